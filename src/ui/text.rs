//! Text as data: whatever a session file holds, made safe to show and to measure.
//!
//! Owns making the invisible visible ([`visible()`]), measuring in cells ([`width`]), shortening, filling and wrapping. All
//! of them look at the text as [`visible()`] shows it, so that no order of calls lets an escape sequence through and a
//! measure always fits what is drawn.
//!
//! Refuses styles, and ratatui's own wrapping, which panics on some texts (ratatui#2679).
//!
//! Limitations: graphemes are measured one by one, as a `Buffer` draws them. Terminals that measure differently (some
//! emoji, some Indic clusters) shift the rest of their line.

mod visible;
mod wrap;

pub use visible::visible;
pub use wrap::{breaks, wrap, wrap_lines};

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// Stands for what was cut.
pub const ELLIPSIS: &str = "…";

/// How many cells a text takes when drawn.
pub fn width(text: &str) -> usize {
    plain(text).unwrap_or_else(|| cells(&visible(text)))
}

/// Whether a text takes more cells than this. Looks at no more of it than decides that.
pub fn exceeds(text: &str, limit: usize) -> bool {
    width(head(text, limit)) > limit
}

/// The text, or its start and `…` if it takes more than this many cells. Looks at no more of it than is shown.
pub fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
    let text = head(text, limit);
    let plain = plain(text);
    if plain.is_some_and(|cells| cells <= limit) {
        return Cow::Borrowed(text);
    }
    let shown = visible(text);
    if plain.is_none() && cells(&shown) <= limit {
        return shown;
    }
    match limit {
        0 => return Cow::Borrowed(""),
        1 => return Cow::Borrowed(ELLIPSIS),
        _ => {}
    }
    let end = if plain.is_some() {
        shown.char_indices().nth(limit - 1).map_or(shown.len(), |(at, _)| at)
    } else {
        let mut left = limit - 1;
        let fitting = shown.graphemes(true).take_while(|grapheme| match left.checked_sub(grapheme_cells(grapheme)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        });
        fitting.map(str::len).sum()
    };
    Cow::Owned(format!("{}{ELLIPSIS}", &shown[..end]))
}

/// The text, or its start, `…` and its end if it takes more than this many cells. The end gets the odd cell: it tells
/// names apart.
pub fn truncate_middle(text: &str, limit: usize) -> Cow<'_, str> {
    if limit < 5 || width(text) <= limit {
        return truncate(text, limit);
    }
    let shown = visible(text);
    let start = truncate(&shown, (limit - 1) / 2 + 1);
    // From the front: read backwards, what joins into one character may differ.
    let mut left = width(&shown);
    let room = limit - width(&start);
    let skipped = shown.graphemes(true).take_while(|grapheme| {
        let over = left > room;
        left -= grapheme_cells(grapheme).min(left);
        over
    });
    let end = skipped.map(str::len).sum::<usize>();
    Cow::Owned(format!("{start}{}", &shown[end..]))
}

/// The text in exactly this many cells: shortened with `…` or filled with spaces.
pub fn pad(text: &str, cells: usize) -> Cow<'_, str> {
    let fitted = truncate(text, cells);
    match cells.saturating_sub(width(&fitted)) {
        0 => fitted,
        missing => {
            let mut filled = fitted.into_owned();
            filled.extend(std::iter::repeat_n(' ', missing));
            Cow::Owned(filled)
        }
    }
}

/// The beginning of a text if that alone takes more than this many cells, else all of it.
fn head(text: &str, limit: usize) -> &str {
    // Few characters share a cell; where they do, the whole text is looked at.
    let Some((end, _)) = text.char_indices().nth(limit.saturating_mul(2).saturating_add(8)) else { return text };
    let start = &text[..end];
    // The last grapheme may go on behind the cut.
    let sure = start.grapheme_indices(true).next_back().map_or("", |(last, _)| &start[..last]);
    if width(sure) > limit { sure } else { text }
}

/// The cells of a text in which every character takes one and none joins its neighbour: most text, and the signs of
/// the screen. Spares looking for graphemes.
pub(in crate::ui) fn plain(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |cells, c| stands_alone(c).then_some(cells + 1))
}

fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '·' | '×' | '–' | '“' | '”' | '…' | '‹' | '›' | '←'..='↓' | '─'..='╿')
        || matches!(c, '▣' | '▸' | '◇' | '○' | '◌' | '●' | '◐' | '◫' | '◯' | '✓' | '✗')
}

/// The cells of a text that is already visible.
fn cells(shown: &str) -> usize {
    if let Some(cells) = plain(shown) {
        return cells;
    }
    shown.graphemes(true).map(grapheme_cells).sum()
}

/// The cells of one grapheme; what `Buffer` leaves out takes none.
fn grapheme_cells(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { usize::from(grapheme.cell_width()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::{buffer::Buffer, layout::Rect, style::Style};

    use super::*;

    /// Texts made of what breaks terminals, besides what proptest thinks of itself.
    pub(super) fn hostile() -> impl Strategy<Value = String> {
        let pieces = [
            "a",
            "word",
            "B",
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "\u{1b}[31m",
            "\0",
            "\u{7f}",
            "\u{85}",
            "\u{9b}",
            "é",
            "e\u{301}",
            "\u{301}",
            "\u{301}\u{302}\u{303}\u{304}\u{305}",
            "日本",
            "ﾞ",
            "ｶﾞ",
            "👩\u{200d}💻",
            "🏳️\u{200d}🌈",
            "⚠️",
            "1️⃣",
            "👍🏽",
            "🇩🇪",
            "🇩",
            "\u{200d}",
            "\u{200b}",
            "\u{feff}",
            "\u{ad}",
            "\u{202e}",
            "\u{2066}",
            "\u{2069}",
            "\u{200e}",
            "\u{61c}",
            "\u{2028}",
            "\u{e0041}",
            "\u{fe0f}",
            "क्षि",
            "क्\u{200d}ष",
            "می\u{200c}خواهم",
            "ไทย",
            "각",
            "\u{1160}",
            "\u{11a8}",
            "\u{115f}",
            "\u{3164}",
            "\u{600}",
            "لا",
            "\u{a0}",
            "\u{3000}",
            "（",
            "iac/kms.tf:12",
            "https://example.com/a-b?c=d",
            "don't",
            "…",
            "\u{ffff}",
            "\u{e000}",
            "\u{1d173}",
            "\u{34f}",
            "◌",
        ];
        let piece = prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => ".{0,3}"];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn what_stands_alone_takes_one_cell_and_joins_nothing() {
        let alone: Vec<char> = ('\u{0}'..='\u{ffff}').filter(|c| stands_alone(*c)).collect();
        for a in &alone {
            assert_eq!(grapheme_cells(&a.to_string()), 1, "{a}");
            assert!(matches!(visible(&a.to_string()), Cow::Borrowed(_)));
            for b in &alone {
                assert_eq!(format!("{a}{b}").graphemes(true).count(), 2, "{a}{b}");
            }
        }
    }

    #[test]
    fn widths_are_those_of_the_screen() {
        for (text, cells) in
            [("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👩\u{200d}💻", 2), ("a\u{1b}b", 3)]
        {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        for (text, limit, start) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 5, "abcd…"),
            ("abcdef", 1, "…"),
            ("abcdef", 0, ""),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("", 0, ""),
            ("\u{1b}[31mred", 5, "␛[31…"),
        ] {
            assert_eq!(truncate(text, limit), start);
        }
        for (text, limit, shown) in [
            ("invoice portal", 14, "invoice portal"),
            ("invoice portal", 9, "invo…rtal"),
            ("invoice portal", 8, "inv…rtal"),
            ("invoice portal", 4, "inv…"),
            ("日本語日本語", 7, "日…本語"),
        ] {
            assert_eq!(truncate_middle(text, limit), shown);
        }
        assert_eq!(pad("日本語", 4), "日… ");
        assert_eq!(pad("ab", 4), "ab  ");
    }

    #[test]
    fn plain_text_that_fits_is_not_copied() {
        assert!(matches!(truncate("plain", 9), Cow::Borrowed(_)));
        assert!(matches!(pad("plain", 5), Cow::Borrowed(_)));
        assert!(matches!(truncate("no limit at all", usize::MAX), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in hostile(), limit in 0_usize..40) {
            prop_assert!(width(&truncate(&text, limit)) <= limit);
            prop_assert!(width(&truncate_middle(&text, limit)) <= limit);
            prop_assert_eq!(width(&pad(&text, limit)), limit);
            prop_assert_eq!(exceeds(&text, limit), width(&text) > limit);
        }

        #[test]
        fn what_follows_a_cut_changes_nothing_before_it(text in hostile(), rest in hostile(), limit in 2_usize..12) {
            // Long enough that only its beginning is looked at; the end is of another grapheme for sure.
            let long = format!("{text}. {}", rest.repeat(40));
            let whole = visible(&long);
            let mut expected = String::new();
            for grapheme in whole.graphemes(true) {
                if cells(&expected) + grapheme_cells(grapheme) > limit - 1 {
                    break;
                }
                expected.push_str(grapheme);
            }
            if cells(&whole) > limit {
                prop_assert_eq!(truncate(&long, limit), format!("{expected}{ELLIPSIS}"));
            }
        }

        #[test]
        fn a_buffer_draws_as_many_cells_as_were_measured(text in hostile()) {
            let shown = visible(&text);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 2_000, 1));
            let (end, _) = buffer.set_stringn(0, 0, &shown, usize::MAX, Style::new());
            prop_assert_eq!(usize::from(end), width(&text));
        }
    }
}
