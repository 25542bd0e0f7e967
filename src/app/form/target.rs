//! Which record a form is about. A leaf, so that lists can lead back to a form without knowing forms.

use crate::session::edit::EntryId;

/// What a form edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The fields above the records.
    Session,
    /// One record.
    Entry(EntryId),
}
