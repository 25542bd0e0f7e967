//! Which characters of a text are written as themselves and which as escapes.
//!
//! The table is our own and fixed. ron escapes with the standard library's table, which turns `don't`, emoji and every
//! Indic or Thai mark into `\u{…}` and may change with the toolchain, so two builds could write different bytes for the
//! same session. Here only what cannot be seen, or what changes how its surroundings are seen, stays escaped: a diff
//! must show what is in the file.

use std::fmt::Write;

/// Writes the inside of a text literal, deciding each character by the one before it.
#[derive(Debug, Default)]
pub(in crate::format) struct Escaper {
    before: Option<char>,
}

impl Escaper {
    /// Appends one character of the text.
    pub(in crate::format) fn push(&mut self, c: char, out: &mut String) {
        let literal = match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
                true
            }
            '\n' => plain_escape(out, "\\n"),
            '\r' => plain_escape(out, "\\r"),
            '\t' => plain_escape(out, "\\t"),
            ' '..='~' => {
                out.push(c);
                true
            }
            _ if self.hides(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
                false
            }
            _ => {
                out.push(c);
                true
            }
        };
        self.before = literal.then_some(c);
    }

    /// Whether a character would be invisible, or would change how others are seen.
    ///
    /// Joiners, variation selectors and tags are invisible too, but emoji and many scripts cannot be written without
    /// them. They stay literal directly after a character they can belong to, and are escaped everywhere else: between
    /// Latin letters they only hide something.
    fn hides(&self, c: char) -> bool {
        match c {
            '\u{200c}' | '\u{200d}' => !self.before.is_some_and(|b| !b.is_ascii() && !is_joiner(b)),
            '\u{fe0f}' => !self.before.is_some_and(|b| joinable(b) || b.is_ascii_digit() || b == '#' || b == '*'),
            '\u{fe00}'..='\u{fe0e}' | '\u{e0100}'..='\u{e01ef}' => !self.before.is_some_and(joinable),
            '\u{e0020}'..='\u{e007f}' => {
                !self.before.is_some_and(|b| b == '\u{1f3f4}' || ('\u{e0020}'..'\u{e007f}').contains(&b))
            }
            _ => always_hides(c),
        }
    }
}

/// A text from a file, fit to be shown: hidden characters as escapes, quotes and backslashes as they are.
pub(in crate::format) fn visible(text: &str) -> String {
    let (mut escaper, mut out) = (Escaper::default(), String::with_capacity(text.len()));
    for c in text.chars() {
        match c {
            '"' | '\\' => out.push(c),
            c => escaper.push(c, &mut out),
        }
    }
    out
}

fn plain_escape(out: &mut String, escape: &str) -> bool {
    out.push_str(escape);
    false
}

fn joinable(c: char) -> bool {
    !c.is_ascii() && !is_joiner(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn always_hides(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' // controls: C0, DEL, C1
        | '\u{a0}' | '\u{2007}' | '\u{202f}' // spaces that do not break
        | '\u{ad}' // soft hyphen
        | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{17b4}' | '\u{17b5}' // invisible marks
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // direction
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // fillers: letters without a shape
        | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' // without width, BOM
        | '\u{2028}' | '\u{2029}' // line and paragraph separators
        | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' // format controls
        | '\u{fdd0}'..='\u{fdef}' // never characters
        | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' // tags without meaning
    ) || u32::from(c) & 0xfffe == 0xfffe // the last two of every plane are never characters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let (mut escaper, mut out) = (Escaper::default(), String::new());
        text.chars().for_each(|c| escaper.push(c, &mut out));
        out
    }

    #[test]
    fn what_people_write_is_written_as_itself() {
        for text in [
            "don't stop; keys/secrets, 100 % (c) ~`^",
            "naïve e\u{301}",
            "平台组 ユーザー 사용자",
            "हिन्दी ไทย العربية עברית",
            "می\u{200c}خواهم",
            "👩\u{200d}💻 ⚠\u{fe0f} ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3} 👍🏽",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}",
            "\u{e0a0}",
        ] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        for (text, expected) in [
            ("a\"b\\c", r#"a\"b\\c"#),
            ("\n\t\r", r"\n\t\r"),
            ("\0\u{1b}[2J\u{7f}\u{9b}", r"\u{0}\u{1b}[2J\u{7f}\u{9b}"),
            ("\u{202e}txt.exe\u{2069}", r"\u{202e}txt.exe\u{2069}"),
            ("a\u{200b}b\u{feff}\u{a0}\u{ad}", r"a\u{200b}b\u{feff}\u{a0}\u{ad}"),
            ("\u{2028}\u{2029}\u{3164}\u{e0001}\u{ffff}", r"\u{2028}\u{2029}\u{3164}\u{e0001}\u{ffff}"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn joiners_and_tags_are_escaped_where_they_belong_to_nothing() {
        for (text, expected) in [
            ("ad\u{200d}min", r"ad\u{200d}min"),
            ("\u{200d}x", r"\u{200d}x"),
            ("a\u{fe0f}", r"a\u{fe0f}"),
            ("😀\u{fe0f}\u{fe0f}", "😀\u{fe0f}\\u{fe0f}"),
            ("😀\u{200d}\u{200d}", "😀\u{200d}\\u{200d}"),
            ("😀\u{e0061}", "😀\\u{e0061}"),
            ("\u{a0}\u{200d}", r"\u{a0}\u{200d}"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
