//! The strict reader: a session, or everything that keeps the file from being one.
//!
//! Owns looking for further problems after the first, so that a file is mended in one go. Refuses: mending anything
//! itself, and reading a file of a newer format.

use super::{
    Locator, Position, bounds, dialect,
    fault::Survey,
    intake, migrate,
    position::Diagnostic,
    scan::{Token, Tokens},
};
use crate::session::{FORMAT, Problem, Session};

/// More problems than this are not listed at once: the first ones explain the rest.
pub const MOST_DIAGNOSTICS: usize = 20;

/// How many bytes are parsed again in search of further problems, so that a large broken file is refused in a moment.
const SEARCHED: usize = 64 << 20;

/// Reads a session file.
///
/// What would be lost or changed by saving again is refused: unknown fields and names, records with the same id, merge
/// conflicts, newer formats. What costs nothing is accepted: any order and spacing, comments, raw texts, explicit
/// `Some(..)`, a byte-order mark, CRLF. The problems come in the order of the file.
pub fn decode(bytes: &[u8]) -> Result<Session, Vec<Diagnostic>> {
    let text = intake::text(bytes)?;
    match bounds::beyond(&text) {
        none if none.is_empty() => {}
        found => return Err(found),
    }
    let text = migrate::to_present(text)?;
    match parse(&text) {
        Ok(session) => match contradictions(&session, &text) {
            none if none.is_empty() => Ok(session),
            found => Err(found),
        },
        Err(first) => Err(survey(&text, first)),
    }
}

fn parse(text: &str) -> Result<Session, ron::error::SpannedError> {
    dialect().from_str(text)
}

/// Looks for problems after the first by blanking the value around each and parsing again.
fn survey(source: &str, first: ron::error::SpannedError) -> Vec<Diagnostic> {
    let mut survey = Survey::new(source);
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut text = source.to_owned();
    let mut left = SEARCHED;
    let mut error = first;
    loop {
        let verdict = survey.judge(&text, &error);
        found.extend(verdict.diagnostic);
        left = left.saturating_sub(text.len());
        let blank =
            verdict.blank.filter(|span| found.len() < MOST_DIAGNOSTICS && left > 0 && !is_blank(&text[span.clone()]));
        let Some(span) = blank else { break };
        take_out(&mut text, span);
        match parse(&text) {
            Ok(rest) => {
                found.extend(contradictions(&rest, &text));
                break;
            }
            Err(next) => error = next,
        }
    }
    found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
    found.truncate(MOST_DIAGNOSTICS);
    found
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_whitespace())
}

/// Turns a value and the comma after it into spaces, byte for byte, so that everything else stays where it is.
fn take_out(text: &mut String, span: std::ops::Range<usize>) {
    let comma = match Tokens::new(&text[span.end..]).next() {
        Some((Token::Comma, comma)) => Some(span.end + comma.start..span.end + comma.end),
        _ => None,
    };
    for span in std::iter::once(span).chain(comma) {
        let blanks: String = text[span.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        text.replace_range(span, &blanks);
    }
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
