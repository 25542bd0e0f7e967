//! A line as it was typed or pasted, and the clean text that is read.
//!
//! Owns which characters never enter a session by this way: control characters and marks that turn the direction of
//! the text after them. Keeps where each byte came from, so that a highlight falls on what is on the screen.

use crate::session::limits::CAPTURED;

/// A line without what must not be in it.
pub(super) struct Clean {
    /// What is read: no control characters, single blanks, none around it, at most [`CAPTURED`] characters.
    pub(super) text: String,
    /// Whether the end is missing.
    pub(super) cut: bool,
    /// How many characters that cannot be seen were left out.
    pub(super) hidden: usize,
    /// For each byte of `text`, and one past it, the byte of the raw line it stands for.
    origin: Vec<usize>,
}

impl Clean {
    /// Cleans a line.
    pub(super) fn new(raw: &str) -> Self {
        let mut clean = Self { text: String::new(), cut: false, hidden: 0, origin: Vec::new() };
        let end = raw.trim_end().len();
        let mut length = 0;
        for (at, c) in raw[..end].char_indices() {
            let c = if c.is_whitespace() { ' ' } else { c };
            clean.hidden += usize::from(is_hidden(c));
            if is_hidden(c) || (c == ' ' && (clean.text.is_empty() || clean.text.ends_with(' '))) {
                continue;
            }
            if length == CAPTURED {
                clean.cut = true;
                clean.text.truncate(clean.text.trim_end().len());
                clean.origin.truncate(clean.text.len());
                clean.origin.push(at);
                return clean;
            }
            length += 1;
            clean.text.push(c);
            clean.origin.resize(clean.text.len(), at);
        }
        clean.text.truncate(clean.text.trim_end().len());
        clean.origin.truncate(clean.text.len());
        clean.origin.push(end);
        clean
    }

    /// The byte of the raw line for a byte of the text.
    pub(super) fn raw(&self, at: usize) -> usize {
        self.origin.get(at).or(self.origin.last()).copied().unwrap_or(0)
    }
}

fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The line without the bullet or number a list in a chat or document puts in front.
pub(super) fn unbulleted(line: &str) -> &str {
    let line = line.trim_start();
    let bullet = ["- ", "* ", "• ", "– "].iter().find_map(|bullet| line.strip_prefix(bullet));
    let numbered = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.len() - rest.len();
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).filter(|_| (1..=3).contains(&digits))
    };
    bullet.or_else(numbered).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped_and_the_rest_stays() {
        for (raw, text) in [
            ("  plain  ", "plain"),
            ("tab\t becomes  one blank", "tab becomes one blank"),
            ("\u{1b}[31mred\u{7}\r", "[31mred"),
            ("safe\u{202e}txt.exe", "safetxt.exe"),
            ("naïve 平台 🦀 e\u{301}", "naïve 平台 🦀 e\u{301}"),
            (" \u{0} ", ""),
        ] {
            assert_eq!(Clean::new(raw).text, text, "{raw:?}");
        }
    }

    #[test]
    fn a_byte_of_the_clean_text_knows_where_it_came_from() {
        let clean = Clean::new("  a\u{7}é b ");
        assert_eq!(clean.text, "aé b");
        let origins: Vec<usize> = (0..=clean.text.len()).map(|at| clean.raw(at)).collect();
        assert_eq!(origins, [2, 4, 4, 6, 7, 8]);
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let clean = Clean::new(&"ü".repeat(CAPTURED + 1));
        assert!(clean.cut);
        assert_eq!(clean.text.chars().count(), CAPTURED);
        assert!(!Clean::new(&"ü".repeat(CAPTURED)).cut);
    }

    #[test]
    fn bullets_and_numbers_of_lists_are_taken_off() {
        for (line, rest) in [
            ("- a", "a"),
            ("  * a", "a"),
            ("12. a", "a"),
            ("3) a", "a"),
            ("-> a", "-> a"),
            ("1.5 times", "1.5 times"),
            ("2026. a", "2026. a"),
            ("a - b", "a - b"),
        ] {
            assert_eq!(unbulleted(line), rest);
        }
    }
}
