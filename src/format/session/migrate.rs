//! File formats by number: which one a file has, and the steps from past ones to the present.
//!
//! The number is looked for before anything is parsed, because a file of another format is not a session with mistakes.

use std::borrow::Cow;

use super::{
    position::{Diagnostic, Lines},
    scan::{Token, Tokens},
};
use crate::session::FORMAT;

/// Turns the text of one format into the text of the next.
///
/// A step reads its own format strictly, with types of its own that never change again, and answers for what it cannot
/// read with places in the text it was given. It writes any RON of the next format; the layout does not matter.
type Step = fn(&str) -> Result<String, Vec<Diagnostic>>;

/// The steps, each with the format it starts from, oldest first.
///
/// To add format 2: freeze `tests/formats/v1.tm.ron`, add `(1, from_1)` here with `from_1` in a file of its own, raise
/// [`FORMAT`], and add `tests/formats/v2.tm.ron`.
const STEPS: &[(u32, Step)] = &[];

/// The text in the present format.
pub(super) fn to_present(text: Cow<'_, str>) -> Result<Cow<'_, str>, Vec<Diagnostic>> {
    let Some(found) = number(&text)? else { return Ok(text) };
    let mut text = text;
    for (_, step) in STEPS.iter().filter(|(from, _)| *from >= found) {
        text = Cow::Owned(step(&text)?);
    }
    Ok(text)
}

/// The format a file says it has; `None` when it says something that ron should complain about.
fn number(text: &str) -> Result<Option<u32>, Vec<Diagnostic>> {
    let told = |offset: usize, message: String| Diagnostic::new(Lines::new(text).position(text, offset), message);
    let Some((value, offset)) = written(text).map_err(|missing| {
        vec![match missing {
            Missing::Session => {
                told(0, "this is not a session file".to_owned()).hint("a session starts with `Session(`")
            }
            Missing::Format(root) => told(root, "the file does not say which format it has".to_owned())
                .hint(format!("a session starts with `Session(format: {FORMAT},`")),
        }]
    })?
    else {
        return Ok(None);
    };
    let Ok(number) = value.parse::<u32>() else { return Ok(None) };
    if number > FORMAT {
        let message = format!("written by a newer strideboard (format {number}; this one reads {FORMAT})");
        return Err(vec![told(offset, message).hint("update strideboard; the file is left as it is")]);
    }
    if number == 0 {
        return Err(vec![told(offset, "there is no format 0; the first one is 1".to_owned())]);
    }
    Ok(Some(number))
}

#[derive(Debug)]
enum Missing {
    Session,
    Format(usize),
}

/// The word after `format:` directly inside the first record, and where it stands.
fn written(text: &str) -> Result<Option<(&str, usize)>, Missing> {
    let mut tokens = Tokens::new(text).peekable();
    let mut depth = 0_usize;
    let mut root = None;
    let mut before = None;
    while let Some((token, span)) = tokens.next() {
        match token {
            Token::Open(bracket) => {
                if depth == 0 && root.is_none() && bracket == b'(' {
                    root = Some(before.clone().unwrap_or(span.clone()).start);
                }
                depth += 1;
            }
            Token::Close(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && root.is_some() {
                    break;
                }
            }
            Token::Word
                if depth == 1
                    && root.is_some()
                    && &text[span.clone()] == "format"
                    && tokens.next_if(|(token, _)| *token == Token::Colon).is_some() =>
            {
                return Ok(tokens.next().map(|(_, span)| (&text[span.clone()], span.start)));
            }
            _ => {}
        }
        before = (token == Token::Word).then_some(span);
    }
    Err(root.map_or(Missing::Session, Missing::Format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_past_format_has_one_step_to_the_next() {
        let from: Vec<u32> = STEPS.iter().map(|(from, _)| *from).collect();
        assert_eq!(from, (1..FORMAT).collect::<Vec<_>>());
    }

    #[test]
    fn the_format_is_found_wherever_it_stands_in_the_session() {
        for (text, expected) in [
            ("Session(format: 1)", Some(1)),
            ("#![enable(implicit_some)]\n// format: 9\n(title: \"format: 3\", x: (format: 5), format: 1)", Some(1)),
            ("Session(format: \"1\")", None),
            ("Session(format: 0x1)", None),
            ("Session(format:", None),
        ] {
            assert_eq!(number(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn another_format_or_none_is_said_plainly() {
        for (text, expected) in [
            ("Session(\n    format: 2)", "2:13: written by a newer strideboard (format 2; this one reads 1)"),
            ("Session(format: 0)", "1:17: there is no format 0; the first one is 1"),
            ("\nSession(title: \"x\")", "2:1: the file does not say which format it has"),
            ("{\"title\": 1}", "1:1: this is not a session file"),
            ("hello", "1:1: this is not a session file"),
        ] {
            assert_eq!(number(text).unwrap_err()[0].to_string(), expected);
        }
    }
}
