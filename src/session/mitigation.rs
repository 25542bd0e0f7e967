//! What is done about threats.
//!
//! Refuses: which threats it helps against; the threat holds the links.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MitigationId, Record, Text, model::is_default};

/// How far a mitigation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MitigationState {
    /// An idea nobody has agreed to.
    #[default]
    Proposed,
    /// The team will do it.
    Agreed,
    /// Somebody is doing it.
    InProgress,
    /// It works; evidence says where.
    InPlace,
    /// Somebody else looked at the evidence.
    Verified,
    /// It will not be done; the note says why.
    Dropped,
}

impl MitigationState {
    /// All states in the order of a mitigation's life.
    pub const ALL: [Self; 6] =
        [Self::Proposed, Self::Agreed, Self::InProgress, Self::InPlace, Self::Verified, Self::Dropped];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::InProgress => "in progress",
            Self::InPlace => "in place",
            Self::Verified => "verified",
            Self::Dropped => "dropped",
        }
    }

    /// Whether it already protects.
    pub fn is_in_place(self) -> bool {
        matches!(self, Self::InPlace | Self::Verified)
    }
}

/// Which kind of protection it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// Keeps it from happening.
    Prevent,
    /// Notices that it happens.
    Detect,
    /// Limits the harm or restores.
    Correct,
}

/// Who has to do it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Responsibility {
    /// The team of this session.
    #[default]
    Us,
    /// A platform team of the same organisation.
    Platform,
    /// The cloud provider.
    Provider,
    /// The vendor of bought software.
    Vendor,
}

/// What the business says to a mitigation, once it knows what that does to the feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// The feature stays what people want.
    Fits,
    /// Less risk is not worth this.
    TooCostly,
    /// Not like this: somebody has to find another way.
    Rework,
}

/// Something that is done, or could be done, about one or more threats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mitigation {
    /// `M2-9fd`.
    pub id: MitigationId,
    /// What is done, in a few words.
    pub title: String,
    /// How far it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: MitigationState,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Where the work is tracked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ticket: String,
    /// Which kind of protection it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<Layer>,
    /// Who has to do it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub responsibility: Responsibility,
    /// What it costs, and what it does to what people want of the feature.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub effect: String,
    /// What the business says to that; absent while nobody decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Who watches it, and what they do when it speaks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub monitor: String,
    /// What exactly is done.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// Catalogue control it came from, such as `AUT-01`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// Where it can be seen: `path#line`, a commit, a URL. One per line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// The code that does it: paths or globs from the top of the repository, one per line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<String>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

impl Mitigation {
    /// A proposed mitigation with nothing but its title.
    pub fn new(id: MitigationId, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            state: MitigationState::default(),
            owner: String::new(),
            due: None,
            ticket: String::new(),
            layer: None,
            responsibility: Responsibility::default(),
            effect: String::new(),
            verdict: None,
            monitor: String::new(),
            text: Text::default(),
            origin: String::new(),
            evidence: Vec::new(),
            code: Vec::new(),
            note: Text::default(),
        }
    }

    /// The day it was to be done by, once that has passed and it is not.
    pub fn overdue(&self, today: Date) -> Option<Date> {
        let done = self.state.is_in_place() || self.state == MitigationState::Dropped;
        self.due.filter(|due| *due < today && !done)
    }
}

impl Record for Mitigation {
    type Id = MitigationId;
    fn id(&self) -> &MitigationId {
        &self.id
    }
}
