//! Draws a line being typed and says where its cursor is.

use ratatui::layout::Rect;

use super::{
    pen::{Pen, Piece, piece},
    text,
    theme::Role,
};
use crate::app::line::Typing;

/// A line being typed, scrolled so that the cursor is on screen.
pub(super) fn line(pen: &mut Pen<'_>, area: Rect, sign: &str, typing: &Typing, placeholder: &str) -> (u16, u16) {
    pen.row(area, Role::Text, &[piece(sign, Role::Key)], &[]);
    let start = area.x + text::width(sign) as u16;
    let field = Rect { x: start, width: area.right().saturating_sub(start), ..area };
    if typing.is_empty() {
        pen.row(field, Role::Text, &[piece(placeholder, Role::Placeholder)], &[]);
        return (field.x, field.y);
    }
    // What the next key will replace looks selected.
    let replaced = [(0..typing.first_line().len(), Role::Match)];
    typed(pen, field, typing.first_line(), typing.cursor().1, if typing.is_replacing() { &replaced } else { &[] })
}

/// A text with the cursor before a character, as much of it as fits. Roles of parts are given by byte range.
pub(super) fn typed(
    pen: &mut Pen<'_>,
    field: Rect,
    line: &str,
    cursor: usize,
    parts: &[(std::ops::Range<usize>, Role)],
) -> (u16, u16) {
    let room = usize::from(field.width.saturating_sub(1));
    let at = line.char_indices().nth(cursor).map_or(line.len(), |(at, _)| at);
    // Cut from the left, a character at a time, until the cursor fits.
    let mut from = 0;
    while text::width(&line[from..at]) > room {
        from += line[from..].chars().next().map_or(1, char::len_utf8);
    }
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut done = from;
    for (range, role) in parts {
        let (start, end) = (range.start.max(done), range.end.min(line.len()));
        if start < end && line.is_char_boundary(start) && line.is_char_boundary(end) {
            pieces.push(piece(&line[done..start], Role::Input));
            pieces.push(piece(&line[start..end], *role));
            done = end;
        }
    }
    pieces.push(piece(&line[done..], Role::Input));
    pen.row(field, Role::Text, &pieces, &[]);
    (field.x + text::width(&line[from..at]) as u16, field.y)
}
