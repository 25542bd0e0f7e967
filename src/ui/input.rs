//! Draws what is being typed, a line or a text of several rows, and says where its cursor is.

use std::ops::Range;

use ratatui::layout::Rect;

use super::{
    pen::{Pen, Piece, piece},
    text,
    theme::Role,
};
use crate::app::line::Typing;

/// Characters that may share a cell, marks and joiners among them, before the rest is not looked at.
const MOST_PER_CELL: usize = 16;

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
    parts: &[(Range<usize>, Role)],
) -> (u16, u16) {
    let room = usize::from(field.width.saturating_sub(1));
    let at = line.char_indices().nth(cursor).map_or(line.len(), |(at, _)| at);
    let from = cut_before(&line[..at], room);
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

/// The rows of a text being typed in this many columns: the number of the line each stands in, and its bytes there.
pub(super) fn rows(typing: &Typing, width: usize) -> Vec<(usize, Range<usize>)> {
    let lines = typing.lines().iter().enumerate();
    // One column is the cursor's.
    let broken = |(number, line): (usize, &String)| {
        let rows = text::breaks(line, width.saturating_sub(1).max(1));
        rows.into_iter().map(move |row| (number, row))
    };
    lines.flat_map(broken).collect()
}

/// A text of several rows with the cursor before a character, scrolled so that the cursor is on screen.
pub(super) fn block(pen: &mut Pen<'_>, area: Rect, typing: &Typing, placeholder: &str) -> (u16, u16) {
    if typing.is_empty() && typing.lines().len() <= 1 {
        pen.row(area, Role::Text, &[piece(placeholder, Role::Placeholder)], &[]);
        return (area.x, area.y);
    }
    let (number, character) = typing.cursor();
    let lines = typing.lines();
    let line = lines.get(number).map_or("", String::as_str);
    let at = line.char_indices().nth(character).map_or(line.len(), |(at, _)| at);
    let rows = rows(typing, usize::from(area.width));
    // At a break the cursor stands where the next character goes: before the word below.
    let here = rows.iter().rposition(|(other, row)| *other == number && row.start <= at).unwrap_or(0);
    let top = (here + 1).saturating_sub(usize::from(area.height));
    for (place, (number, row)) in area.rows().zip(rows.iter().skip(top)) {
        pen.row(place, Role::Text, &[piece(&lines[*number][row.clone()], Role::Input)], &[]);
    }
    let start = rows.get(here).map_or(0, |(_, row)| row.start);
    let column = text::width(&line[start..at.max(start)]) as u16;
    (area.x + column.min(area.width.saturating_sub(1)), area.y + (here - top) as u16)
}

/// Where a line is cut so that what is left of it up to its end fits.
fn cut_before(line: &str, room: usize) -> usize {
    // Of a long line only as much is looked at as could ever fit.
    let window = line.char_indices().rev().nth(MOST_PER_CELL * (room + 1)).map_or(0, |(at, _)| at);
    let starts: Vec<usize> = line[window..].char_indices().map(|(at, _)| window + at).collect();
    let cut = starts.partition_point(|from| text::width(&line[*from..]) > room);
    starts.get(cut).copied().unwrap_or(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_so_that_the_cursor_fits_however_long_it_is() {
        for (line, room, shown) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 3, "def"),
            ("日本語", 5, "本語"),
            ("", 3, ""),
            ("abc", 0, ""),
            ("a\u{202e}b", 9, "\u{202e}b"),
            ("a\u{202e}b", 8, "b"),
        ] {
            assert_eq!(&line[cut_before(line, room)..], shown, "{line:?} {room}");
        }
        let long = "word ".repeat(200_000);
        assert_eq!(&long[cut_before(&long, 9)..], "ord word ");
    }
}
