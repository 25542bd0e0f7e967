//! Where things stand in a theme file: RON gives values without their places, error messages need both.
//!
//! Owns a list of the strings and words of a RON text with line and column. Refuses judging the text: what RON does not
//! accept was reported before anything is looked up here.

/// A line and a column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The strings and words of a text, looked up from a cursor onwards.
pub(super) struct Scan {
    tokens: Vec<Token>,
    cursor: usize,
}

struct Token {
    text: String,
    spot: Spot,
    /// Whether a colon follows.
    key: bool,
}

impl Scan {
    /// Reads the whole text.
    pub(super) fn new(source: &str) -> Self {
        let mut reader = Reader { rest: source, spot: Spot { line: 1, column: 1 } };
        let mut tokens: Vec<Token> = Vec::new();
        while let Some(c) = reader.rest.chars().next() {
            let spot = reader.spot;
            let mut push = |text: String| tokens.push(Token { text, spot, key: false });
            match c {
                '/' if reader.rest.starts_with("//") => drop(reader.take_while(|c| c != '\n')),
                '/' if reader.rest.starts_with("/*") => reader.skip_block_comment(),
                '"' => push(reader.string()),
                c if c.is_alphanumeric() || c == '_' => push(reader.take_while(|c| c.is_alphanumeric() || c == '_')),
                _ => {
                    if let (':', Some(last)) = (c, tokens.last_mut()) {
                        last.key = true;
                    }
                    reader.next();
                }
            }
        }
        Self { tokens, cursor: 0 }
    }

    /// Moves to a field of the outermost struct, wherever it stands.
    pub(super) fn section(&mut self, name: &str) -> Spot {
        self.cursor = 0;
        self.key(name)
    }

    /// The next key of this name; the cursor moves behind it. Where none is found, the place where the cursor was.
    pub(super) fn key(&mut self, name: &str) -> Spot {
        let found = self.tokens[self.cursor..].iter().position(|t| t.key && t.text == name);
        let Some(offset) = found else { return self.here() };
        self.cursor += offset + 1;
        self.here()
    }

    /// The next value of this text, without moving.
    pub(super) fn value(&self, text: &str) -> Spot {
        let found = self.tokens[self.cursor..].iter().find(|t| !t.key && t.text == text);
        found.map_or(self.here(), |t| t.spot)
    }

    /// The token before the cursor.
    fn here(&self) -> Spot {
        let before = self.cursor.checked_sub(1).and_then(|index| self.tokens.get(index));
        before.map_or(Spot { line: 1, column: 1 }, |t| t.spot)
    }
}

struct Reader<'a> {
    rest: &'a str,
    spot: Spot,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        self.spot = if c == '\n' {
            Spot { line: self.spot.line + 1, column: 1 }
        } else {
            Spot { column: self.spot.column + 1, ..self.spot }
        };
        Some(c)
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while self.rest.chars().next().is_some_and(&wanted) {
            taken.extend(self.next());
        }
        taken
    }

    /// A quoted string, as written; an escape is left unread, which only costs such a name its exact place.
    fn string(&mut self) -> String {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => {
                    text.push(c);
                    text.extend(self.next());
                }
                c => text.push(c),
            }
        }
        text
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_u32;
        loop {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.next();
            } else if self.rest.starts_with("*/") {
                depth = depth.saturating_sub(1);
                self.next();
                if depth == 0 {
                    self.next();
                    return;
                }
            }
            if self.next().is_none() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_found_where_they_stand() {
        let source = "( // roles: \"no\"\n  palette: { \"ink\": \"#000000\" },\n  /* roles: /* */ */ roles: {\n    \"ä\": (fg: \"ink\", add: [Bold]),\n  },\n)";
        let mut scan = Scan::new(source);
        assert_eq!(scan.section("roles"), Spot { line: 3, column: 22 });
        assert_eq!(scan.key("ä"), Spot { line: 4, column: 5 });
        assert_eq!(scan.value("ink"), Spot { line: 4, column: 15 });
        assert_eq!(scan.value("Bold"), Spot { line: 4, column: 28 });
        assert_eq!(scan.key("nowhere"), Spot { line: 4, column: 5 });
        assert_eq!(scan.section("palette"), Spot { line: 2, column: 3 });
    }

    #[test]
    fn broken_text_ends_the_scan_and_nothing_else() {
        for source in ["", "\"open", "/* open", "\"\\", "r#\"raw\"#", "::", "/"] {
            let _ = Scan::new(source).section("roles");
        }
    }
}
