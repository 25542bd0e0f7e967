//! The session file: one RON document with canonical bytes, read strictly.
//!
//! [`encode`] gives the same bytes for equal sessions on every platform and toolchain, one fact per line. [`decode`]
//! refuses everything that a later save would silently lose or change, and says where, several problems at once.
//! [`Locator`] finds the line of a record in a file for findings and annotations.
//!
//! Refuses: keeping comments (the first line of the file says so), and reading files of a newer format.

mod bounds;
mod escape;
mod explain;
mod fault;
mod intake;
mod locate;
mod migrate;
mod outline;
mod position;
mod read;
mod scan;
mod write;

pub use explain::sentence;
pub use locate::Locator;
pub use position::{Diagnostic, Position};
pub use read::{MOST_DIAGNOSTICS, decode};
pub use write::{FIRST_LINE, encode};

/// The dialect of RON that session files are written in: optional values stand without `Some`, and no header line is
/// needed to say so. The recursion limit is ron's own; without it a deeply nested file would overflow the stack.
pub(super) fn dialect() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}
