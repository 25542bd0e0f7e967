//! Suggestions that somebody turned down: which, and why, so that nobody is asked again.
//!
//! Refuses: knowing the catalogue. A row belongs to one letter, so its id says for which cell of the place it was turned
//! down; an id that no catalogue has any more harms nobody.

use serde::{Deserialize, Serialize};

use super::Record;

/// A row of the catalogue that does not come back at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// Id of the row, without its version: `web.T1`.
    pub id: String,
    /// Why it was turned down.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who said so, as initials or a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

impl Record for Dismissal {
    type Id = String;
    fn id(&self) -> &String {
        &self.id
    }
}
