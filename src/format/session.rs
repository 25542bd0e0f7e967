//! The session file: one RON document with canonical bytes, read strictly.
//!
//! [`encode`] gives the same bytes for equal sessions on every platform and toolchain, one fact per line. [`decode`]
//! refuses everything that a later save would silently lose or change, and says where, several problems at once.
//! [`Locator`] finds the line of a record in a file for findings and annotations.
//!
//! Refuses: keeping comments (the first line of the file says so), and reading files of a newer format.

mod locate;
mod migrate;
mod read;
mod write;

use super::strict::Sort;
use crate::session::FORMAT;

pub use super::strict::{Diagnostic, MOST_DIAGNOSTICS, Position, sentence};
pub use locate::Locator;
pub use read::decode;
pub(super) use write::rewrite;
pub use write::{FIRST_LINE, encode};

/// What a session file is called.
pub(super) const SORT: Sort = Sort {
    file: "a session file",
    called: "a session",
    opens: "Session(",
    format: FORMAT,
    divide: "divide it into several sessions",
};
