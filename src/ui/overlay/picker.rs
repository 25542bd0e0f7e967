//! Draws a list to choose from by typing.

use ratatui::layout::Rect;

use crate::{
    app::{
        model::Hits,
        overlay::picker::{Picker, Purpose, Shown},
    },
    ui::{
        pen::{Pen, Piece, centred, piece, top_of},
        text,
        theme::Role,
    },
};

/// Rows below the list for more about the selected item.
const MORE: u16 = 5;

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, picker: &Picker, hits: &mut Hits) -> (u16, u16) {
    let rows = picker.rows().max(1);
    let width = area.width.saturating_sub(4).min(96);
    let below = if picker.items.iter().any(|item| !item.more.is_empty()) { MORE } else { 0 };
    let height = (rows as u16 + 4 + below).min(area.height.saturating_sub(2)).min(24);
    let place = if matches!(picker.purpose, Purpose::Theme { .. }) {
        // Beside the panes, so that the theme is seen while it is chosen.
        Rect { x: area.right().saturating_sub(width.min(40) + 2), y: area.y + 2, width: width.min(40), height }
    } else {
        centred(area, width, height)
    };
    pen.clear(place, Role::Overlay);
    let corner = [piece(format!("{} of {}", picker.matches.len(), picker.items.len()), Role::TextDim)];
    let inside = pen.frame(place, Role::BorderFocus, &[piece(picker.title.as_str(), Role::TitleFocus)], &corner);
    let head = Rect { height: 1, ..inside };
    let ask = picker.free.map_or("type to find".to_owned(), |words| format!("type to find, or {words}"));
    let cursor = crate::ui::input::line(pen, head, " › ", &picker.query, &ask);
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1 + below), ..inside };
    if let Some(item) = picker.item().filter(|item| !item.more.is_empty()) {
        let room = Rect { y: list.bottom() + 1, height: below.saturating_sub(1), ..inside };
        let words = text::wrap_lines(&item.more, usize::from(room.width.saturating_sub(4)), usize::from(room.height));
        for (row, words) in room.rows().zip(words) {
            pen.row(row, Role::Overlay, &[piece(format!("   {words}"), Role::TextDim)], &[]);
        }
    }
    let shown = usize::from(list.height);
    let top = top_of(0, picker.selected, shown, rows);
    for (row, at) in list.rows().zip(top..picker.rows()) {
        let selected = at == picker.selected;
        hits.over.push((row.y, at));
        let under = if selected { Role::Selection } else { Role::Overlay };
        let mark = if selected { " ▸ " } else { "   " };
        let Some(Shown::Item(found)) = picker.row(at) else {
            let words = picker.free.unwrap_or("");
            let left = [
                piece(mark, Role::Key),
                piece(format!("{words}: "), Role::TextDim),
                piece(picker.query.first_line(), Role::TextStrong),
            ];
            let own = Some(picker.own.as_str()).filter(|own| !own.is_empty());
            let own = own.map(|own| {
                [piece(text::truncate(own, usize::from(row.width) * 2 / 3), Role::TextDim), piece(" ", Role::Text)]
            });
            pen.row(row, under, &left, own.as_ref().map_or(&[], |own| &own[..]));
            continue;
        };
        let item = &picker.items[found.item];
        let mut left: Vec<Piece<'_>> = vec![piece(mark, Role::Key)];
        if picker.several {
            left.push(piece(if item.marked { "[x] " } else { "[ ] " }, Role::Key));
        }
        let role = if item.disabled.is_some() { Role::Disabled } else { Role::Text };
        left.push(Piece { text: item.text.as_str().into(), role, marks: &found.at });
        let detail = match &item.disabled {
            // The name of the item comes first.
            Some(reason) => piece(text::truncate(reason, usize::from(row.width) / 2), Role::Disabled),
            None => piece(item.detail.as_str(), Role::TextDim),
        };
        pen.row(row, under, &left, &[detail, piece(" ", Role::Text)]);
    }
    if rows == 1 && picker.rows() == 0 {
        let words = match (picker.free, picker.items.is_empty()) {
            (Some(_), true) => "   nothing to choose yet: type it; enter takes your words",
            (Some(_), false) => "   type it; enter takes your words",
            (None, _) => "   nothing matches; esc closes",
        };
        pen.row(list, Role::Overlay, &[piece(words, Role::TextDim)], &[]);
    }
    pen.scroll(Rect { y: list.y, height: list.height, ..place }, top, shown, rows, Role::BorderFocus);
    cursor
}
