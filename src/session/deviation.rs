//! Deviations: where a component does without a control that the team's baseline asks for, and who agreed to that.
//!
//! Refuses: what the baselines are. They are the team's and live beside the sessions; a deviation from one that is gone
//! stays readable.

use serde::{Deserialize, Serialize};

use super::Record;

/// Why a baseline does not hold for a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DeviationReason {
    /// There is nothing there that it could protect.
    NotApplicable,
    /// Something else is done instead; the words say what.
    Compensated,
    /// What is held or carried is worth less than the baseline assumes.
    LowerClass,
    /// Only machines have access.
    NonHuman,
    /// It does not live long enough.
    Ephemeral,
}

/// A baseline that does not hold for a component, by agreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// Id of the team's baseline.
    pub baseline: String,
    /// Why, as one of few.
    pub reason: DeviationReason,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Who agreed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

impl Record for Deviation {
    type Id = String;
    fn id(&self) -> &String {
        &self.baseline
    }
}
