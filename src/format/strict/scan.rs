//! The tokens of RON with their places: what ron's own parser does not give.
//!
//! Knows strings, raw strings, comments and brackets, and takes everything else as words. It never fails: what it does
//! not understand becomes a word, and what is not closed ends with the source.

use std::ops::Range;

/// What kind of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Token {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    /// A name, a number or anything else without a bracket.
    Word,
    /// A text or character literal with its quotes.
    Text,
}

/// Reads tokens one by one; white space and comments are skipped.
#[derive(Debug, Clone)]
pub(in crate::format) struct Tokens<'a> {
    source: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(in crate::format) fn new(source: &'a str) -> Self {
        Self { source: source.as_bytes(), at: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.source.get(self.at + ahead).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b' ' | b'\n' | b'\r' | b'\t' | 0x0b | 0x0c), _) => self.at += 1,
                (Some(b'/'), Some(b'/')) => {
                    self.at += self.rest().iter().position(|b| *b == b'\n').unwrap_or(self.rest().len());
                }
                (Some(b'/'), Some(b'*')) => self.skip_block_comment(),
                _ => return,
            }
        }
    }

    /// Block comments nest in RON; a counter keeps hostile nesting off the stack.
    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.source.len() {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (Some(b'*'), Some(b'/')) => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.at += 1,
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Moves past a text whose opening quote is at `self.at`.
    fn skip_text(&mut self, quote: u8) {
        self.at += 1;
        while let Some(b) = self.peek(0) {
            self.at += if b == b'\\' { 2 } else { 1 };
            if b == quote {
                break;
            }
        }
        self.at = self.at.min(self.source.len());
    }

    /// Moves past `r"…"`, `r#"…"#` and their byte forms, when one starts here.
    fn skip_raw_text(&mut self) -> bool {
        let start = match (self.peek(0), self.peek(1)) {
            (Some(b'r'), _) => 1,
            (Some(b'b'), Some(b'r')) => 2,
            _ => return false,
        };
        let hashes = self.rest()[start..].iter().take_while(|b| **b == b'#').count();
        if self.peek(start + hashes) != Some(b'"') {
            return false;
        }
        self.at += start + hashes + 1;
        while let Some(quote) = self.rest().iter().position(|b| *b == b'"') {
            self.at += quote + 1;
            if self.rest().iter().take(hashes).take_while(|b| **b == b'#').count() == hashes {
                self.at += hashes;
                return true;
            }
        }
        self.at = self.source.len();
        true
    }

    /// Moves past a character literal; an apostrophe that starts none is a word of its own.
    fn skip_character(&mut self) -> Token {
        let body = &self.rest()[1..];
        let first = if body.first() == Some(&b'\\') { 2 } else { 1 };
        let Some(close) = body.iter().skip(first).take(12).position(|b| *b == b'\'') else {
            self.at += 1;
            return Token::Word;
        };
        self.at += 1 + first + close + 1;
        Token::Text
    }

    fn skip_word(&mut self) {
        self.at += 1;
        while let Some(b) = self.peek(0) {
            let comment = b == b'/' && matches!(self.peek(1), Some(b'/' | b'*'));
            if comment || b.is_ascii_whitespace() || b"()[]{},:\"'".contains(&b) {
                return;
            }
            self.at += 1;
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blanks();
        let start = self.at;
        let first = self.peek(0)?;
        let token = match first {
            b'(' | b'[' | b'{' => Token::Open(first),
            b')' | b']' | b'}' => Token::Close(first),
            b',' => Token::Comma,
            b':' => Token::Colon,
            b'"' => {
                self.skip_text(b'"');
                Token::Text
            }
            b'b' if self.peek(1) == Some(b'"') => {
                self.at += 1;
                self.skip_text(b'"');
                Token::Text
            }
            b'\'' => self.skip_character(),
            _ if self.skip_raw_text() => Token::Text,
            _ => {
                self.skip_word();
                Token::Word
            }
        };
        if self.at == start {
            self.at += 1;
        }
        Some((token, start..self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(source: &str) -> Vec<&str> {
        Tokens::new(source).map(|(_, span)| &source[span]).collect()
    }

    #[test]
    fn brackets_in_texts_and_comments_are_not_brackets() {
        assert_eq!(
            tokens("a:(\"x)\\\")\",// ]\n/* [ /* ( */ ] */ 'c')"),
            ["a", ":", "(", "\"x)\\\")\"", ",", "'c'", ")"]
        );
    }

    #[test]
    fn raw_texts_end_at_their_own_fence() {
        assert_eq!(
            tokens("r\"a\\\" r#\"b\")\"# br##\"c\"#\"## r#type"),
            [r#"r"a\""#, r##"r#"b")"#"##, "br##\"c\"#\"##", "r#type"]
        );
    }

    #[test]
    fn nothing_is_ever_out_of_bounds() {
        for source in ["", "\"", "\"\\", "r#\"", "'", "'\\", "/*", "/", "b\"", "br#", "平台(", "/*/", "'平", "*/"] {
            for (_, span) in Tokens::new(source) {
                assert!(span.end <= source.len() && span.start < span.end, "{source:?} {span:?}");
            }
        }
    }
}
