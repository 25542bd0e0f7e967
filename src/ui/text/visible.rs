//! Making the invisible visible.
//!
//! Owns which characters may reach a terminal as they are. Refuses judging words: look-alike letters stay as they are.
//!
//! Joiners stay where they join (emoji families, Indic conjuncts, Persian word parts) and are marked everywhere else.

use std::{borrow::Cow, fmt::Write};

use unicode_segmentation::UnicodeSegmentation;

use super::{cells, plain};

/// Marks that may stand on one letter; more are stacked to cover other lines.
const MOST_MARKS: usize = 3;

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

/// The text with everything a terminal would obey, hide or reorder replaced by a visible mark: `␛` for an escape,
/// `⟨U+202E⟩` for a bidirectional override, `⟨+9⟩` for nine marks too many on one letter. Tabs become a space. Doing it
/// twice changes nothing more.
pub fn visible(text: &str) -> Cow<'_, str> {
    if plain(text).is_some() || text.graphemes(true).all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.graphemes(true).for_each(|grapheme| show(grapheme, &mut shown));
    Cow::Owned(shown)
}

/// Whether a grapheme can be shown as it is without looking closer.
fn is_harmless(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    chars.next().is_some_and(|first| !is_hidden(first) && chars.next().is_none()) && cells(grapheme) > 0
}

fn show(grapheme: &str, shown: &mut String) {
    let mut cluster = Cluster::default();
    let mut chars = grapheme.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\t' {
            shown.push(' ');
        } else if is_hidden(c) && !cluster.takes_joiner(c, chars.peek().copied()) {
            cluster.finish(shown);
            mark(c, shown);
        } else {
            cluster.push(c, shown);
        }
    }
    cluster.finish(shown);
}

/// A letter with the marks on it, before it is shown.
#[derive(Default)]
struct Cluster {
    text: String,
    stacked: usize,
}

impl Cluster {
    fn push(&mut self, c: char, shown: &mut String) {
        if is_mark(c) {
            self.stacked += 1;
        } else {
            // Marks that come before their letter would be drawn on something else when the text is cut between them.
            if self.stacked > MOST_MARKS || self.text.starts_with(is_mark) {
                self.finish(shown);
            }
            self.stacked = 0;
        }
        if self.stacked <= MOST_MARKS {
            self.text.push(c);
        }
    }

    /// Whether a joiner does its work here: between two parts of one grapheme, or, for the non-joiner, after a letter of
    /// a script that joins. What follows the letter is not asked, so that a text may be cut there.
    fn takes_joiner(&self, c: char, after: Option<char>) -> bool {
        let whole = self.stacked <= MOST_MARKS && !self.text.starts_with(is_mark);
        let before = self.text.chars().next_back().filter(|_| whole);
        match c {
            JOINER => before.is_some() && after.is_some_and(|after| !is_mark(after) && !is_hidden(after)),
            NON_JOINER => before.is_some_and(is_joined_script),
            _ => false,
        }
    }

    /// Shows what was gathered; marks without a letter get something to stand on, or their numbers if that fails.
    fn finish(&mut self, shown: &mut String) {
        let Self { text, stacked } = std::mem::take(self);
        if cells(&text) > 0 {
            shown.push_str(&text);
        } else {
            let placed = format!("◌{text}");
            if text.is_empty() || placed.graphemes(true).count() > 1 {
                text.chars().for_each(|c| mark(c, shown));
            } else {
                shown.push_str(&placed);
            }
        }
        if stacked > MOST_MARKS {
            // Writing to a string cannot fail.
            let _ = write!(shown, "⟨+{}⟩", stacked - MOST_MARKS);
        }
    }
}

/// Whether a character is drawn on the one before it.
fn is_mark(c: char) -> bool {
    !is_hidden(c) && cells(c.encode_utf8(&mut [0; 4])) == 0
}

/// Letters of Arabic, Syriac, the scripts of India, Myanmar, Khmer and Mongolian.
fn is_joined_script(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17b3}' | '\u{1820}'..='\u{18aa}')
        && !is_hidden(c)
}

/// Whether a terminal obeys it, draws nothing for it, or reorders what follows.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Writes what stands for a hidden character.
fn mark(c: char, shown: &mut String) {
    match c {
        // The pictures of the control characters stand in their order.
        '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => shown.push('␡'),
        _ => {
            // Writing to a string cannot fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ui::text::tests::hostile;

    #[test]
    fn what_a_terminal_would_obey_or_hide_is_shown() {
        for (text, shown) in [
            ("plain ascii", "plain ascii"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("\0\u{7f}\u{85}", "␀␡⟨U+0085⟩"),
            ("a\tb\nc\r\n", "a b␊c␍␊"),
            ("user\u{202e}nimda", "user⟨U+202E⟩nimda"),
            ("a\u{2066}b\u{2069}\u{200f}", "a⟨U+2066⟩b⟨U+2069⟩⟨U+200F⟩"),
            ("ad\u{200b}min\u{feff}", "ad⟨U+200B⟩min⟨U+FEFF⟩"),
            ("a\u{200d}b\u{ad}", "a⟨U+200D⟩b⟨U+00AD⟩"),
            ("\u{e0041}\u{e007f}", "⟨U+E0041⟩⟨U+E007F⟩"),
            ("a\u{2028}b", "a⟨U+2028⟩b"),
            ("\u{3164}", "⟨U+3164⟩"),
            ("Z\u{301}\u{302}\u{303}\u{304}\u{305}x", "Z\u{301}\u{302}\u{303}⟨+2⟩x"),
            ("\u{301}a", "◌\u{301}a"),
            ("\u{1b}\u{301}", "␛◌\u{301}"),
            ("a\u{111c3} b", "a⟨U+111C3⟩ b"),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
        }
    }

    #[test]
    fn ordinary_writing_of_any_script_stays_as_it_is() {
        for text in [
            "don't – “quoted” … →",
            "é",
            "e\u{301}",
            "日本語",
            "ไทยน้ำ",
            "हिन्दी क्षि",
            "क्\u{200d}ष",
            "می\u{200c}خواهم",
            "שָׁלוֹם",
            "Việt",
            "한국어",
            "👩\u{200d}💻",
            "🏳️\u{200d}🌈",
            "⚠️",
            "1️⃣",
            "👍🏽",
            "🇩🇪",
            "٣",
            "\u{3000}",
        ] {
            assert!(matches!(visible(text), Cow::Borrowed(_)) || visible(text) == text, "{text} {}", visible(text));
        }
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in hostile()) {
            let shown = visible(&text);
            for c in shown.chars().filter(|c| ![JOINER, NON_JOINER].contains(c)) {
                prop_assert!(!is_hidden(c), "{:?} in {:?}", c, shown);
            }
            for grapheme in shown.graphemes(true) {
                prop_assert!(cells(grapheme) > 0, "{:?} in {:?}", grapheme, shown);
            }
        }

        #[test]
        fn doing_it_twice_changes_nothing_more(text in hostile()) {
            let once = visible(&text).into_owned();
            prop_assert_eq!(&visible(&once), &once);
        }
    }
}
