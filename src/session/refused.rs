//! Why an edit was refused, in words for whoever asked for it.

use super::{ConflictId, ZoneId, edit::EntryId, limits};

/// Why an edit was refused. The session is unchanged then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The id of an added record is taken.
    #[error("there is already a {kind} `{id}`", kind = .0.kind(), id = .0.short())]
    Exists(EntryId),
    /// A record that the edit names does not exist.
    #[error("there is no {kind} `{id}`", kind = .0.kind(), id = .0.short())]
    Missing(EntryId),
    /// A field that people need to tell records apart is empty.
    #[error("a {0} needs {1}")]
    Empty(&'static str, &'static str),
    /// `NotApplicable` without a reason.
    #[error("\"not applicable\" needs a reason")]
    ReasonRequired,
    /// The unfiled tray has no cells.
    #[error("the unfiled tray has no cells; file it to a flow or component first")]
    NoCells,
    /// A zone would be inside itself.
    #[error("zone `{0}` would stand inside itself")]
    ZoneCycle(ZoneId),
    /// The conflict that the edit names is not there.
    #[error("there is no conflict `{0}`")]
    Settled(ConflictId),
    /// Two records of different kinds cannot change places.
    #[error("only two records of one kind can change places")]
    NotComparable,
    /// A text is beyond [`limits::TEXT`].
    #[error("{} characters are the most a line can have; break it into several", limits::TEXT)]
    TooLong,
    /// A list is beyond [`limits::LIST`].
    #[error("{} entries are the most a list can have; start another session for the rest", limits::LIST)]
    TooMany,
}
