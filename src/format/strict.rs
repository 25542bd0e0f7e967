//! Strict reading: what every file has in common that people write by hand and git merges.
//!
//! Owns finding everything that keeps a text from being a value, with line and column, several problems at once; the
//! bounds that no real file meets; and the words ([`sentence`]). What is in a file, and which format it has, is its
//! `Sort`. Refuses: mending anything, and knowing a record.

mod bounds;
mod escape;
mod explain;
mod fault;
mod intake;
mod number;
mod outline;
mod position;
mod scan;

use std::{borrow::Cow, ops::Range};

use ron::error::SpannedError;
use serde::de::DeserializeOwned;

pub(super) use escape::Escaper;
pub use explain::sentence;
pub(super) use number::number;
pub(super) use outline::Outline;
pub(super) use position::Lines;
pub use position::{Diagnostic, Position};
use {
    fault::Survey,
    scan::{Token, Tokens},
};

/// More problems than this are not listed at once: the first ones explain the rest.
pub const MOST_DIAGNOSTICS: usize = 20;

/// How many bytes are parsed again in search of further problems, so that a large broken file is refused in a moment.
const SEARCHED: usize = 64 << 20;

/// A sort of file that is read strictly, as far as words about it go.
#[derive(Debug)]
pub(super) struct Sort {
    /// With its article, as in "a session file".
    pub(super) file: &'static str,
    /// What it holds, as in "a session starts with".
    pub(super) called: &'static str,
    /// What it starts with, `Session(`.
    pub(super) opens: &'static str,
    /// The newest format that is read.
    pub(super) format: u32,
    /// What to do with one that is too large.
    pub(super) divide: &'static str,
}

impl Sort {
    fn mistaken(&self) -> String {
        format!("this is not {}", self.file)
    }

    fn start(&self) -> String {
        format!("{} starts with `{}`", self.called, self.opens)
    }
}

/// The dialect of RON that files are written in: optional values stand without `Some`, and no header line is
/// needed to say so. The recursion limit is ron's own; without it a deeply nested file would overflow the stack.
pub(super) fn dialect() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// The text of a file that is within all bounds, without byte-order mark and with lines ended by `\n`.
pub(super) fn text<'a>(bytes: &'a [u8], sort: &Sort) -> Result<Cow<'a, str>, Vec<Diagnostic>> {
    let text = intake::text(bytes, sort)?;
    match bounds::beyond(&text, sort) {
        none if none.is_empty() => Ok(text),
        found => Err(found),
    }
}

/// The value a text holds, or everything that keeps it from being one; `check` says what every record allows but the
/// file as a whole does not. The problems come in the order of the text.
pub(super) fn parse<T: DeserializeOwned>(
    text: &str,
    check: impl Fn(&T, &str) -> Vec<Diagnostic>,
) -> Result<T, Vec<Diagnostic>> {
    match dialect().from_str::<T>(text) {
        Ok(value) => match check(&value, text) {
            none if none.is_empty() => Ok(value),
            found => Err(found),
        },
        Err(first) => Err(survey(text, first, check)),
    }
}

/// Looks for problems after the first by blanking the value around each and parsing again.
fn survey<T: DeserializeOwned>(
    source: &str,
    first: SpannedError,
    check: impl Fn(&T, &str) -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
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
        match dialect().from_str::<T>(&text) {
            Ok(rest) => {
                found.extend(check(&rest, &text));
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
fn take_out(text: &mut String, span: Range<usize>) {
    let comma = match Tokens::new(&text[span.end..]).next() {
        Some((Token::Comma, comma)) => Some(span.end + comma.start..span.end + comma.end),
        _ => None,
    };
    for span in std::iter::once(span).chain(comma) {
        let blanks: String = text[span.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        text.replace_range(span, &blanks);
    }
}
