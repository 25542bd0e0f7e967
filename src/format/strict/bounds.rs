//! What is beyond every real session, found by looking at brackets, commas and quotes alone.
//!
//! Owns holding a file to [`limits`] before it is parsed, so that no made-up one costs more than reading it once.

use std::borrow::Cow;

use super::{
    MOST_DIAGNOSTICS, Sort,
    position::{Diagnostic, Lines},
    scan::{Token, Tokens},
};
use crate::session::limits;

/// A bracket that is open.
#[derive(Default)]
struct Open {
    entries: usize,
    /// An entry has begun and its comma has not come.
    begun: bool,
}

/// Everything that is beyond a limit, the first of them at least.
pub(in crate::format) fn beyond(text: &str, sort: &Sort) -> Vec<Diagnostic> {
    let mut found: Vec<(usize, String, Cow<'static, str>)> = Vec::new();
    let mut around: Vec<Open> = vec![Open::default()];
    for (token, span) in Tokens::new(text) {
        let here = around.last_mut().filter(|open| !open.begun && !matches!(token, Token::Close(_) | Token::Comma));
        if let Some(open) = here {
            (open.begun, open.entries) = (true, open.entries + 1);
            if open.entries == limits::LIST + 1 {
                let message = format!("a list has more than {} entries, the most it can have", limits::LIST);
                found.push((span.start, message, sort.divide.into()));
            }
        }
        match token {
            Token::Open(_) if around.len() > limits::NESTING => {
                let message = "brackets are nested too deeply".to_owned();
                found.push((span.start, message, sort.start().into()));
                break;
            }
            Token::Open(_) => around.push(Open::default()),
            Token::Close(_) if around.len() > 1 => drop(around.pop()),
            Token::Close(_) => {}
            Token::Comma => {
                if let Some(open) = around.last_mut() {
                    open.begun = false;
                }
            }
            Token::Word if span.len() > limits::TEXT => {
                found.push((span.start, sort.mistaken(), sort.start().into()));
                break;
            }
            Token::Text if characters(&text[span.clone()]) > limits::TEXT => {
                let message = format!("a text has more than {} characters, the most it can have", limits::TEXT);
                found.push((
                    span.start,
                    message,
                    "is its closing quote missing? a long text stands as several lines, `[\"one\", \"two\"]`".into(),
                ));
            }
            Token::Text | Token::Word | Token::Colon => {}
        }
        if found.len() == MOST_DIAGNOSTICS {
            break;
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    found.into_iter().map(|(at, message, hint)| Diagnostic::new(lines.position(text, at), message).hint(hint)).collect()
}

/// How many characters a text stands for; an escape is one, however it is written.
fn characters(written: &str) -> usize {
    // The quotes are not counted, and a raw text may have a few more signs around it.
    if written.len() <= limits::TEXT || !written.starts_with('"') {
        return written.chars().count().saturating_sub(2);
    }
    let mut count = 0_usize;
    let mut chars = written.chars().skip(1);
    while let Some(c) = chars.next() {
        count += 1;
        if c == '\\' && chars.next() == Some('u') {
            // Up to the closing bracket; there are eight digits at most.
            let _ = chars.by_ref().take(10).find(|c| *c == '}');
        }
    }
    // The closing quote.
    count.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::session::SORT;

    fn told(text: &str) -> Vec<String> {
        beyond(text, &SORT).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_just_within_the_limits_is_nobodys_business() {
        let text = |length: usize| format!("S(a: \"{}\")", "é".repeat(length));
        let escaped = |length: usize| format!("S(a: \"{}\")", r"\u{202e}".repeat(length));
        let list = |entries: usize| format!("S(a: [{}])", "(b: 1), ".repeat(entries));
        let open = |list: String| list.replace(", ]", "]");
        let deep = |depth: usize| "[".repeat(depth);
        for within in [
            text(limits::TEXT),
            escaped(limits::TEXT),
            list(limits::LIST),
            open(list(limits::LIST)),
            deep(limits::NESTING),
        ] {
            assert_eq!(told(&within), [""; 0]);
        }
        for (beyond, message) in [
            (text(limits::TEXT + 1), "1:6: a text has more than 10000 characters, the most it can have"),
            (escaped(limits::TEXT + 1), "1:6: a text has more than 10000 characters, the most it can have"),
            (list(limits::LIST + 1), "1:160007: a list has more than 20000 entries, the most it can have"),
            (open(list(limits::LIST + 1)), "1:160007: a list has more than 20000 entries, the most it can have"),
            (deep(limits::NESTING + 1), "1:33: brackets are nested too deeply"),
        ] {
            assert_eq!(told(&beyond), [message]);
        }
    }

    #[test]
    fn hostile_shapes_are_read_once_and_told_once() {
        assert_eq!(told(&"[".repeat(1_000_000)).len(), 1);
        assert_eq!(told(&"]".repeat(1_000_000)), [""; 0]);
        assert_eq!(told(&"\0".repeat(1_000_000)), ["1:1: this is not a session file"]);
        let many = format!("S({})", format!("a: \"{}\", ", "x".repeat(limits::TEXT + 1)).repeat(100));
        assert_eq!(told(&many).len(), MOST_DIAGNOSTICS);
    }
}
