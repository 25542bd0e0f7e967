//! Texts on their way to the screen: nothing a terminal obeys is left, and what was measured is what is drawn.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use strideboard::ui::text::{truncate, truncate_middle, visible, width, wrap_lines};

use super::Target;
use crate::arbitrary::PIECES;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &["word", " ", "日本", "👩\u{200d}💻", "\u{301}", "\u{200d}", "\u{fe0f}", "🇩🇪", "क्षि", "\u{111c3}", "\u{1b}[2J", "\n", "\t"],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    PIECES.iter().map(|piece| piece.as_bytes().to_vec()).chain([Vec::new()]).collect()
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = visible(&text);
    assert!(!shown.contains(hidden), "{shown:?}");
    assert_eq!(visible(&shown), shown);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 300, 1));
    if width(&text) <= 300 {
        let (end, _) = buffer.set_stringn(0, 0, &shown, 300, Style::new());
        assert_eq!(usize::from(end), width(&text));
    }
    for limit in [1, 7, 40] {
        assert!(width(&truncate(&text, limit)) <= limit);
        assert!(width(&truncate_middle(&text, limit)) <= limit);
        assert!(wrap_lines(&text, limit, 3).iter().all(|line| width(line) <= limit));
    }
}

/// What no terminal may get from a file.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}
