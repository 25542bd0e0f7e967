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
pub use wrap::{wrap, wrap_lines};

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

/// Stands for what was cut.
pub const ELLIPSIS: &str = "…";

/// How many cells a text takes when drawn.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { cells(&visible(text)) }
}

/// The text, or its start and `…` if it takes more than this many cells.
pub fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
    if is_plain(text) && text.len() > limit && limit > 1 {
        return Cow::Owned(format!("{}{ELLIPSIS}", &text[..limit - 1]));
    }
    cut(text, limit, |shown| {
        let mut end = 0;
        let mut left = limit.saturating_sub(1);
        for grapheme in shown.graphemes(true) {
            let Some(rest) = left.checked_sub(grapheme_cells(grapheme)) else { break };
            left = rest;
            end += grapheme.len();
        }
        format!("{}{ELLIPSIS}", &shown[..end])
    })
}

/// The text, or `…` and its end if it takes more than this many cells. For paths, whose end tells more.
pub fn truncate_start(text: &str, limit: usize) -> Cow<'_, str> {
    cut(text, limit, |shown| {
        let mut start = shown.len();
        let mut left = limit.saturating_sub(1);
        for grapheme in shown.graphemes(true).rev() {
            let Some(rest) = left.checked_sub(grapheme_cells(grapheme)) else { break };
            left = rest;
            start -= grapheme.len();
        }
        format!("{ELLIPSIS}{}", &shown[start..])
    })
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

fn cut(text: &str, limit: usize, shorten: impl Fn(&str) -> String) -> Cow<'_, str> {
    if is_plain(text) && text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let shown = visible(text);
    if cells(&shown) <= limit {
        return shown;
    }
    match limit {
        0 => Cow::Borrowed(""),
        1 => Cow::Borrowed(ELLIPSIS),
        _ => Cow::Owned(shorten(&shown)),
    }
}

/// Whether every byte is one visible cell.
pub(in crate::ui) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The cells of a text that is already visible.
fn cells(shown: &str) -> usize {
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
    fn widths_are_those_of_the_screen() {
        for (text, cells) in
            [("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👩\u{200d}💻", 2), ("a\u{1b}b", 3)]
        {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        for (text, limit, start, end) in [
            ("abcdef", 6, "abcdef", "abcdef"),
            ("abcdef", 5, "abcd…", "…cdef"),
            ("abcdef", 1, "…", "…"),
            ("abcdef", 0, "", ""),
            ("日本語", 5, "日本…", "…本語"),
            ("日本語", 4, "日…", "…語"),
            ("", 0, "", ""),
            ("\u{1b}[31mred", 5, "␛[31…", "…mred"),
        ] {
            assert_eq!(truncate(text, limit), start);
            assert_eq!(truncate_start(text, limit), end);
        }
        assert_eq!(pad("日本語", 4), "日… ");
        assert_eq!(pad("ab", 4), "ab  ");
    }

    #[test]
    fn plain_text_that_fits_is_not_copied() {
        assert!(matches!(truncate("plain", 9), Cow::Borrowed(_)));
        assert!(matches!(truncate_start("plain", 9), Cow::Borrowed(_)));
        assert!(matches!(pad("plain", 5), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in hostile(), limit in 0_usize..40) {
            prop_assert!(width(&truncate(&text, limit)) <= limit);
            prop_assert!(width(&truncate_start(&text, limit)) <= limit);
            prop_assert_eq!(width(&pad(&text, limit)), limit);
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
