//! Draws the strip above the panes.
//!
//! Owns its height. Refuses: its words (`app::strip`) and covering anything.

use ratatui::layout::Rect;

use super::{
    pen::{Pen, piece},
    text,
    theme::Role,
};
use crate::app::{model::Model, strip::Strip};

/// Rows that a text takes at most.
const MOST: usize = 3;

/// Rows the strip needs in so many columns.
pub(super) fn height(strip: Option<&Strip>, columns: u16) -> u16 {
    let Some(strip) = strip else { return 0 };
    (1 + wrapped(strip, columns).len() + usize::from(!strip.example.is_empty())) as u16
}

fn wrapped(strip: &Strip, columns: u16) -> Vec<String> {
    text::wrap_lines(&strip.text, usize::from(columns).saturating_sub(4), MOST)
}

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, strip: &Strip) {
    pen.clear(area, Role::Overlay);
    let mut rows = area.rows();
    let Some(first) = rows.next() else { return };
    let mut keys = Vec::new();
    for (command, words) in &strip.keys {
        keys.push(piece(model.keymap.key(*command), Role::Key));
        keys.push(piece(format!(" {words}  "), Role::Hint));
    }
    pen.row(first, Role::Overlay, &[piece(" ▌ ", Role::Key), piece(strip.heading.as_str(), Role::Heading)], &keys);
    for (line, row) in wrapped(strip, area.width).into_iter().zip(rows.by_ref()) {
        pen.row(row, Role::Overlay, &[piece(" ▌ ", Role::Key), piece(line, Role::TextStrong)], &[]);
    }
    if let Some(row) = rows.next() {
        pen.row(row, Role::Overlay, &[piece(" ▌ ", Role::Key), piece(strip.example, Role::Asset)], &[]);
    }
}
