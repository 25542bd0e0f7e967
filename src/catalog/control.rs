//! A control of the catalogue: something that helps, and how anybody could see that it is there.
//!
//! Owns the form of a row in `controls/*.ron`, one file for each domain. Refuses: knowing which threats it helps
//! against; they name their controls.

use serde::Deserialize;

use super::compiled_in;
use crate::session::{Layer, Letter, Responsibility};

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// `AUT-01`: never renamed.
    pub id: String,
    /// What is done, as an imperative.
    pub text: String,
    /// What a reviewer does to see that it works.
    pub verify: String,
    /// Which part of the work it belongs to.
    pub domain: Domain,
    /// Which kind of protection it is.
    pub layer: Layer,
    /// Who usually has to do it.
    #[serde(default)]
    pub side: Responsibility,
    /// The letters it answers.
    pub letters: Vec<Letter>,
    /// Where to read more.
    pub references: Vec<String>,
}

/// Which part of the work a control belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Domain {
    /// Who is who, and who may do what.
    Identity,
    /// What protects data wherever it is.
    Data,
    /// Networks, machines, limits and recovery.
    Infrastructure,
    /// What is recorded and noticed.
    Logging,
    /// How the software is written, built and delivered.
    Build,
    /// What people agree on and practise.
    People,
}

impl Domain {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Data => "data protection",
            Self::Infrastructure => "infrastructure",
            Self::Logging => "logging",
            Self::Build => "build",
            Self::People => "people",
        }
    }
}

const FILES: [(&str, &str); 6] = [
    ("controls/identity.ron", include_str!("controls/identity.ron")),
    ("controls/data.ron", include_str!("controls/data.ron")),
    ("controls/infrastructure.ron", include_str!("controls/infrastructure.ron")),
    ("controls/logging.ron", include_str!("controls/logging.ron")),
    ("controls/build.ron", include_str!("controls/build.ron")),
    ("controls/people.ron", include_str!("controls/people.ron")),
];

/// Every built-in control, domain by domain.
pub(super) fn controls() -> Vec<Control> {
    FILES.iter().flat_map(|(file, source)| compiled_in::<Control>(file, source)).collect()
}
