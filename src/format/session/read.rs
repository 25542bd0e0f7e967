//! The strict reader: a session, or everything that keeps the file from being one.
//!
//! Owns what a session as a whole does not allow. Refuses: mending anything itself, and reading a file of a newer format.

use super::{Locator, SORT, migrate};
use crate::{
    format::strict::{self, Diagnostic, MOST_DIAGNOSTICS, Position},
    session::{FORMAT, Problem, Session},
};

/// Reads a session file.
///
/// What would be lost or changed by saving again is refused: unknown fields and names, records with the same id, merge
/// conflicts, newer formats. What costs nothing is accepted: any order and spacing, comments, raw texts, explicit
/// `Some(..)`, a byte-order mark, CRLF. The problems come in the order of the file.
pub fn decode(bytes: &[u8]) -> Result<Session, Vec<Diagnostic>> {
    let text = migrate::to_present(strict::text(bytes, &SORT)?)?;
    strict::parse(&text, contradictions)
}

/// What every single record allows but the session as a whole does not.
fn contradictions(session: &Session, text: &str) -> Vec<Diagnostic> {
    let fatal: Vec<Problem> = session.problems().into_iter().filter(Problem::is_fatal).collect();
    if fatal.is_empty() && session.format == FORMAT {
        return Vec::new();
    }
    let locator = Locator::new(text);
    let start = Position { line: 1, column: 1 };
    let mut found = Vec::new();
    if session.format != FORMAT {
        // Numbers that the first look does not understand, such as `0x2`.
        let at = locator.locate_header("format").unwrap_or(start);
        found.push(Diagnostic::new(
            at,
            format!("format {} is not known; this strideboard reads {FORMAT}", session.format),
        ));
    }
    for problem in fatal.into_iter().take(MOST_DIAGNOSTICS) {
        let places = problem.entry().map(|id| locator.locate_ids(&id)).unwrap_or_default();
        let first = places.first().copied().unwrap_or(start);
        let last = places.last().copied().unwrap_or(first);
        let diagnostic = Diagnostic::new(last, problem.to_string());
        let hint = format!("it stands first in line {}", first.line);
        found.push(if last == first { diagnostic } else { diagnostic.hint(hint) });
    }
    found
}
