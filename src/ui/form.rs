//! Draws the fields of a record, one being edited in place.

use ratatui::layout::Rect;

use super::{
    input,
    pane::comment_mark,
    pen::{Pen, centred, piece, top_of},
    text,
    theme::Role,
};
use crate::app::{
    days,
    document::Document,
    form::{self, Field, Form, Kind, target::Target},
    model::Model,
};

/// Rows of a text that are shown beside the other fields, and rows it has at least while it is selected.
const SHOWN: usize = 6;
const SELECTED: usize = 8;

/// The keys that hold on the selected field of a form, for the hint line.
pub(super) fn hints(form: &Form, document: Option<&Document>, push: &mut impl FnMut(&str, &str)) {
    let fields =
        document.and_then(|d| form::fields(d.session(), d.outline(), d.team.kinds(), &form.target)).unwrap_or_default();
    let kind = fields.get(form.selected).map(|field| &field.kind);
    if form.editing.is_some() {
        push(if kind == Some(&Kind::Text) { "esc" } else { "enter" }, "keep");
        push("tab", "keep, next field");
        if kind.is_some_and(Kind::is_long) {
            push("ctrl-e", "$EDITOR");
        }
        push("ctrl-c", "leave as it was");
        return;
    }
    push("j k", "field");
    match kind {
        Some(Kind::Choice(_)) => {
            push("enter", "choose");
            push("h l", "step");
        }
        Some(Kind::Known(_) | Kind::Person(_) | Kind::Component(_) | Kind::Assets(_)) => push("enter", "choose"),
        Some(Kind::Text | Kind::Sentence(_)) => {
            push("enter", "edit");
            push("ctrl-e", "$EDITOR");
        }
        Some(Kind::Line(_) | Kind::Day) => push("enter", "edit"),
        None => {}
    }
    push("u", "undo");
    push("esc", "close");
}

/// Draws the fields into an area, the selected one in at most so many rows; gives the cursor's place while it is edited.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    area: Rect,
    document: &Document,
    form: &Form,
    focused: bool,
    model: &Model,
    most: usize,
) -> Option<(u16, u16)> {
    let mut fields = form::fields(document.session(), document.outline(), document.team.kinds(), &form.target)?;
    if let Target::Entry(id) = &form.target {
        for field in &mut fields {
            let mark = comment_mark(model, id, Some(field.name));
            field.remark.insert_str(0, &mark);
        }
    }
    let label = fields.iter().map(|f| text::width(f.name)).max().unwrap_or(0) + 2;
    let label = label.min(usize::from(area.width) / 3);
    let room = usize::from(area.width).saturating_sub(label + 2);
    let heights: Vec<usize> =
        fields.iter().enumerate().map(|(i, f)| rows_of(f, i == form.selected, form, room, most)).collect();
    // The form moves by rows, so that the selected field is whole on screen.
    let before: usize = heights[..form.selected.min(heights.len())].iter().sum();
    let selected = heights.get(form.selected).copied().unwrap_or(1);
    let total: usize = heights.iter().sum();
    let shown = usize::from(area.height);
    let top = top_of(0, (before + selected).saturating_sub(1), shown, total).min(before);
    let mut cursor = None;
    let mut row = 0;
    for (index, (field, height)) in fields.iter().zip(&heights).enumerate() {
        let visible = row >= top && row < top + shown;
        if visible {
            let y = area.y + (row - top) as u16;
            let place = Rect { y, height: (*height as u16).min(area.bottom().saturating_sub(y)), ..area };
            let at = field_rows(pen, place, field, index == form.selected, form, focused, label, room, most);
            cursor = cursor.or(at);
            if let (Some(typing), Kind::Day, true) = (&form.editing, &field.kind, index == form.selected) {
                // `friday` is only sure once it is a date.
                let meant = days::day(typing.first_line(), model.environment.today)
                    .map(|day| format!("{} ", day.strftime("%A %Y-%m-%d")));
                let meant = [piece(meant.unwrap_or_default(), Role::StatusGood)];
                pen.row(Rect { height: 1, ..place }, Role::Text, &[], &meant);
            }
        }
        row += height;
    }
    // On the border, which is the column after the fields.
    pen.scroll(Rect { width: area.width + 1, ..area }, top, shown, total, Role::BorderFocus);
    cursor
}

/// How many rows the selected field may take where this many are for all fields.
pub(super) fn rows_of_selected(fields: usize, room: u16) -> usize {
    usize::from(room).saturating_sub(fields).max(SELECTED)
}

/// Rows of a field; a long one grows with its text, up to so many rows while it is selected.
fn rows_of(field: &Field, selected: bool, form: &Form, room: usize, most: usize) -> usize {
    let refused = if selected { refusal(form, room).len() } else { 0 };
    match (&form.editing, &field.kind) {
        (Some(typing), Kind::Text) if selected => input::rows(typing, room + 1).len().clamp(3, most) + refused,
        (Some(typing), Kind::Sentence(_)) if selected => input::rows(typing, room + 1).len().min(most) + refused,
        _ => lines_of(field, selected, room, most).len().max(1) + refused,
    }
}

/// The rows of a field that is not edited: a sentence is whole while it is selected.
fn lines_of(field: &Field, selected: bool, room: usize, most: usize) -> Vec<String> {
    match field.kind {
        Kind::Text => text::wrap_lines(&field.value, room.max(1), if selected { most } else { SHOWN }),
        Kind::Sentence(_) if selected => text::wrap_lines(&field.value, room.max(1), most),
        _ => vec![field.value.clone()],
    }
}

#[expect(clippy::too_many_arguments, reason = "what a field shows, each looked up once by the caller")]
fn field_rows(
    pen: &mut Pen<'_>,
    area: Rect,
    field: &Field,
    selected: bool,
    form: &Form,
    focused: bool,
    label: usize,
    room: usize,
    most: usize,
) -> Option<(u16, u16)> {
    let under = match (selected, focused) {
        (true, true) => Role::Selection,
        (true, false) => Role::SelectionInactive,
        _ => Role::Text,
    };
    let head = Rect { height: 1, ..area };
    let name = Rect { width: (label + 1) as u16, ..head };
    let value = Rect { x: area.x + label as u16 + 1, width: area.width.saturating_sub(label as u16 + 1), ..area };
    let mark = if selected { "▸" } else { " " };
    if let (Some(typing), true) = (&form.editing, selected) {
        pen.row(name, under, &[piece(mark, Role::Key), piece(field.name, Role::TextDim)], &[]);
        let cursor = match field.kind {
            Kind::Text | Kind::Sentence(_) => {
                let refused = refusal(form, room).len() as u16;
                let text = Rect { height: value.height.saturating_sub(refused).max(1), ..value };
                Some(input::block(pen, text, typing, field.kind.hint()))
            }
            Kind::Line(hint) => Some(input::line(pen, Rect { height: 1, ..value }, "", typing, hint)),
            Kind::Day => Some(input::line(pen, Rect { height: 1, ..value }, "", typing, days::EXAMPLES)),
            Kind::Choice(_) | Kind::Known(_) | Kind::Person(_) | Kind::Component(_) | Kind::Assets(_) => None,
        };
        error(pen, area, &refusal(form, room));
        return cursor;
    }
    let empty = match &field.kind {
        Kind::Day if field.value.is_empty() && selected => Some(days::EXAMPLES),
        Kind::Text if field.value.is_empty() && selected => Some("enter writes, ctrl-e opens $EDITOR"),
        kind if field.value.is_empty() && selected => Some(kind.hint()).filter(|hint| !hint.is_empty()),
        _ => None,
    };
    let lines = lines_of(field, selected, room, most);
    let mut rows = area.rows();
    let first = rows.next()?;
    // A name that is longer than the others' room pushes its value aside; a value of one line has the space.
    let name = text::pad(field.name, label.max(text::width(field.name) + 1));
    let mut left = vec![piece(mark, Role::Key), piece(name.into_owned(), Role::TextDim)];
    match (empty, &field.kind) {
        (Some(hint), _) => left.push(piece(hint, Role::Placeholder)),
        (None, Kind::Choice(_)) if selected => left.push(piece(format!("‹ {} ›", field.value), Role::Text)),
        (None, _) => left.push(piece(lines.first().cloned().unwrap_or_default(), Role::Text)),
    }
    let remark = [piece(field.remark.as_str(), Role::TextDim), piece(" ", Role::Text)];
    pen.row(first, under, &left, if field.remark.is_empty() { &[] } else { &remark });
    for (row, line) in rows.zip(lines.iter().skip(1)) {
        let row = Rect { x: value.x, width: value.width, ..row };
        pen.row(row, Role::Text, &[piece(line.as_str(), Role::Text)], &[]);
    }
    if selected {
        error(pen, area, &refusal(form, room));
    }
    None
}

/// Why the last value was refused, in as many rows as that takes.
fn refusal(form: &Form, room: usize) -> Vec<String> {
    form.error.as_ref().map_or_else(Vec::new, |error| text::wrap(error, room.max(1)))
}

fn error(pen: &mut Pen<'_>, area: Rect, refusal: &[String]) {
    let below = area.rows().skip(1.max(usize::from(area.height).saturating_sub(refusal.len())));
    for (at, (row, words)) in below.zip(refusal).enumerate() {
        let mark = if at == 0 { "  ✗ " } else { "    " };
        pen.row(row, Role::Text, &[piece(mark, Role::StatusError), piece(words.as_str(), Role::StatusError)], &[]);
    }
}

/// Title and area of a form that lies over the workbench.
pub(super) fn popup(pen: &mut Pen<'_>, area: Rect, model: &Model, form: &Form) -> Option<(u16, u16)> {
    let document = model.document.as_ref()?;
    let session = document.session();
    let fields = form::fields(session, document.outline(), document.team.kinds(), &form.target)?;
    let (what, name) = match &form.target {
        Target::Session => ("Session", session.title.clone()),
        Target::Entry(id) => (id.kind(), session.called(id)),
    };
    let width = area.width.saturating_sub(4).min(100);
    let label = fields.iter().map(|f| text::width(f.name)).max().unwrap_or(0) + 4;
    let room = usize::from(width).saturating_sub(label + 2);
    let tallest = area.height.saturating_sub(1);
    let most = rows_of_selected(fields.len(), tallest.saturating_sub(3));
    let rows: usize = fields.iter().enumerate().map(|(i, f)| rows_of(f, i == form.selected, form, room, most)).sum();
    let height = (rows as u16 + 3).min(tallest);
    let place = centred(area, width, height);
    pen.clear(place, Role::Overlay);
    let title = [piece(format!("{what} "), Role::Title), piece(name, Role::TitleFocus)];
    let inside = pen.frame(place, Role::BorderFocus, &title, &[]);
    let body = Rect { height: inside.height.saturating_sub(1), ..inside };
    let cursor = draw(pen, body, document, form, true, model, most);
    let mut keys = Vec::new();
    hints(form, Some(document), &mut |key: &str, words: &str| {
        keys.push(piece(format!(" {key}"), Role::Key));
        keys.push(piece(format!(" {words} "), Role::Hint));
    });
    pen.row(Rect { y: body.bottom(), height: 1, ..body }, Role::Overlay, &keys, &[]);
    cursor
}
