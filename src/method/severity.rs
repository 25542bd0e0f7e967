//! How much a finding weighs.

use serde::Deserialize;

/// How much a finding weighs; the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Should be mended.
    Warning,
    /// Stands in the way: the session is not done. Only these make `check` fail.
    Error,
}

impl Severity {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
