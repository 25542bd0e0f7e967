//! The number of its format that a file starts with, looked for before anything is parsed: a file of another format is
//! not one with mistakes.

use super::{
    Sort,
    position::{Diagnostic, Lines},
    scan::{Token, Tokens},
};

/// The format a file says it has; `None` when it says something that ron should complain about.
pub(in crate::format) fn number(text: &str, sort: &Sort) -> Result<Option<u32>, Vec<Diagnostic>> {
    let told = |offset: usize, message: String| Diagnostic::new(Lines::new(text).position(text, offset), message);
    let Some((value, offset)) = written(text).map_err(|missing| {
        vec![match missing {
            Missing::Record => told(0, sort.mistaken()).hint(sort.start()),
            Missing::Format(root) => told(root, "the file does not say which format it has".to_owned())
                .hint(format!("{} starts with `{}format: {},`", sort.called, sort.opens, sort.format)),
        }]
    })?
    else {
        return Ok(None);
    };
    let Ok(number) = value.parse::<u32>() else { return Ok(None) };
    if number > sort.format {
        let message = format!("written by a newer strideboard (format {number}; this one reads {})", sort.format);
        return Err(vec![told(offset, message).hint("update strideboard; the file is left as it is")]);
    }
    if number == 0 {
        return Err(vec![told(offset, "there is no format 0; the first one is 1".to_owned())]);
    }
    Ok(Some(number))
}

#[derive(Debug)]
enum Missing {
    Record,
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
    Err(root.map_or(Missing::Record, Missing::Format))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::session::SORT;

    #[test]
    fn the_format_is_found_wherever_it_stands_in_the_session() {
        for (text, expected) in [
            ("Session(format: 1)", Some(1)),
            ("#![enable(implicit_some)]\n// format: 9\n(title: \"format: 3\", x: (format: 5), format: 1)", Some(1)),
            ("Session(format: \"1\")", None),
            ("Session(format: 0x1)", None),
            ("Session(format:", None),
        ] {
            assert_eq!(number(text, &SORT).unwrap(), expected, "{text}");
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
            assert_eq!(number(text, &SORT).unwrap_err()[0].to_string(), expected);
        }
    }
}
