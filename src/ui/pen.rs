//! Drawing in roles: rows of pieces, frames and scroll marks, with every text made visible and cut to its space.
//!
//! Owns the way from text to cells: all but the editor of several lines goes through here, so no control character and no half of a wide
//! character reaches the buffer. Refuses: colours; a piece of text has a role, and the theme knows how that looks.

use std::borrow::Cow;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
    style::Style,
};

use super::{
    text,
    theme::{Role, Theme},
};

/// A piece of text in a role.
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) role: Role,
    /// Underline characters at these indices, as matches of a filter.
    pub(super) marks: &'a [u32],
}

/// A piece of text in a role.
pub(super) fn piece<'a>(text: impl Into<Cow<'a, str>>, role: Role) -> Piece<'a> {
    Piece { text: text.into(), role, marks: &[] }
}

/// What draws: a buffer and a theme.
pub(super) struct Pen<'a> {
    pub(super) buf: &'a mut Buffer,
    pub(super) theme: &'a Theme,
}

impl Pen<'_> {
    /// Paints an area in a role and empties it.
    pub(super) fn clear(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.buf.area);
        let mut blank = Cell::default();
        blank.set_style(self.theme.style(Role::Background).patch(self.theme.style(role)));
        for y in area.top()..area.bottom() {
            self.cells(area.left(), y, area.width).fill(blank.clone());
        }
    }

    /// Cells of a row that lie in the buffer, as one slice.
    fn cells(&mut self, x: u16, y: u16, width: u16) -> &mut [Cell] {
        let start = self.buf.index_of(x, y);
        &mut self.buf.content[start..start + usize::from(width)]
    }

    /// Writes pieces from the left of a row and others to its right end; the left ones give way, shortened by `…`.
    /// `under` is painted over the whole row first.
    pub(super) fn row(&mut self, area: Rect, under: Role, left: &[Piece<'_>], right: &[Piece<'_>]) {
        let area = Rect { height: area.height.min(1), ..area }.intersection(self.buf.area);
        if area.is_empty() {
            return;
        }
        if under != Role::Text {
            self.buf.set_style(area, self.theme.style(under));
        }
        let taken: usize = right.iter().map(|p| text::width(&p.text)).sum();
        let room = usize::from(area.width);
        let right_room = taken.min(room);
        let gap = usize::from(right_room > 0 && right_room < room);
        self.pieces(area, under, left, room.saturating_sub(right_room + gap));
        let start = area.right() - right_room as u16;
        self.pieces(Rect { x: start, width: right_room as u16, ..area }, under, right, right_room);
    }

    fn pieces(&mut self, area: Rect, under: Role, pieces: &[Piece<'_>], room: usize) {
        let mut x = area.x;
        let end = area.x + room as u16;
        for (index, piece) in pieces.iter().enumerate() {
            let left = usize::from(end.saturating_sub(x));
            if left == 0 {
                break;
            }
            let shown = text::truncate(&piece.text, left);
            let style = self.style(piece.role, under);
            if piece.marks.is_empty() {
                x = self.put(x, area.y, &shown, style);
            } else {
                let marked = style.patch(self.theme.style(Role::Match));
                for (at, c) in shown.chars().enumerate() {
                    let style = if piece.marks.binary_search(&(at as u32)).is_ok() { marked } else { style };
                    x = self.put(x, area.y, c.encode_utf8(&mut [0; 4]), style);
                }
            }
            // A cut piece ends the row, or its ellipsis would be followed by unrelated words.
            if index + 1 < pieces.len() && text::exceeds(&piece.text, left) {
                break;
            }
        }
    }

    fn style(&self, role: Role, under: Role) -> Style {
        if under == Role::Text { self.theme.style(role) } else { self.theme.on(role, under) }
    }

    fn put(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        if x >= self.buf.area.right() || y >= self.buf.area.bottom() {
            return x;
        }
        if let Some(cells) = text::plain(text) {
            // Most text is, and needs no looking for letters that belong together.
            let end = x.saturating_add(cells as u16).min(self.buf.area.right());
            for (cell, c) in self.cells(x, y, end - x).iter_mut().zip(text.chars()) {
                cell.set_char(c).set_style(style);
            }
            return end;
        }
        self.buf.set_stringn(x, y, text, usize::from(self.buf.area.right() - x), style).0
    }

    /// Draws a frame with a title and gives the space inside.
    pub(super) fn frame(&mut self, area: Rect, border: Role, title: &[Piece<'_>], corner: &[Piece<'_>]) -> Rect {
        let area = area.intersection(self.buf.area);
        if area.width < 2 || area.height < 2 {
            return Rect::default();
        }
        let style = self.theme.style(border);
        let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
        for x in left + 1..right {
            self.buf[(x, top)].set_symbol("─").set_style(style);
            self.buf[(x, bottom)].set_symbol("─").set_style(style);
        }
        for y in top + 1..bottom {
            self.buf[(left, y)].set_symbol("│").set_style(style);
            self.buf[(right, y)].set_symbol("│").set_style(style);
        }
        for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")] {
            self.buf[(x, y)].set_symbol(corner).set_style(style);
        }
        let inside = Rect::new(left + 2, top, area.width.saturating_sub(4), 1);
        let taken: usize = corner.iter().map(|p| text::width(&p.text)).sum();
        let room = usize::from(inside.width);
        let title_room = room.saturating_sub(if taken > 0 { taken + 1 } else { 0 });
        self.pieces(inside, Role::Text, title, title_room);
        if taken > 0 && taken < room {
            let start = inside.right() - taken as u16;
            self.pieces(Rect { x: start, width: taken as u16, ..inside }, Role::Text, corner, taken);
        }
        Rect::new(left + 1, top + 1, area.width - 2, area.height - 2)
    }

    /// Marks on the right border of a frame which part of a long list is on screen.
    pub(super) fn scroll(&mut self, area: Rect, top: usize, shown: usize, total: usize, role: Role) {
        if total <= shown || area.height < 3 || area.is_empty() {
            return;
        }
        let track = usize::from(area.height);
        let size = (track * shown / total).clamp(1, track);
        let start = (track - size) * top / (total - shown).max(1);
        let style = self.theme.style(role);
        for y in start..(start + size).min(track) {
            let (x, y) = (area.right().saturating_sub(1), area.y + y as u16);
            if self.buf.area.contains(ratatui::layout::Position { x, y }) {
                self.buf[(x, y)].set_symbol("┃").set_style(style);
            }
        }
    }
}

/// An area of this size in the middle of another.
pub(super) fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// The first visible row of a list, so that the selected row is on screen and the list moves as little as possible.
pub(super) fn top_of(before: usize, selected: usize, shown: usize, total: usize) -> usize {
    let most = total.saturating_sub(shown);
    let lowest = (selected + 1).saturating_sub(shown);
    before.clamp(lowest.min(most), selected.min(most).max(lowest.min(most)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_moves_only_when_the_selection_leaves_the_screen() {
        assert_eq!(top_of(0, 4, 5, 10), 0);
        assert_eq!(top_of(0, 5, 5, 10), 1);
        assert_eq!(top_of(3, 2, 5, 10), 2);
        assert_eq!(top_of(9, 9, 5, 10), 5);
        assert_eq!(top_of(7, 0, 5, 3), 0);
    }
}
