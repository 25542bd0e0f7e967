//! Draws every key of the present screen, from the command table.

use ratatui::layout::Rect;

use crate::{
    app::{
        command::TABLE,
        model::{Hits, Model},
    },
    ui::{
        pen::{Pen, Piece, centred, piece},
        symbols, text,
        theme::Role,
    },
};

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, top: usize, hits: &mut Hits) {
    let place = centred(area, area.width.saturating_sub(4).min(110), area.height.saturating_sub(2));
    pen.clear(place, Role::Overlay);
    let title = [piece("Keys of this screen", Role::TitleFocus)];
    let corner = [piece("j k scroll · esc closes", Role::TextDim)];
    let inside = pen.frame(place, Role::BorderFocus, &title, &corner);
    let lines = lines(model, usize::from(inside.width));
    let most = lines.len().saturating_sub(usize::from(inside.height));
    let top = top.min(most);
    hits.help_last = most;
    for (row, pieces) in inside.rows().zip(lines.iter().skip(top)) {
        pen.row(row, Role::Overlay, pieces, &[]);
    }
    pen.scroll(
        Rect { y: inside.y, height: inside.height, ..place },
        top,
        usize::from(inside.height),
        lines.len(),
        Role::BorderFocus,
    );
}

/// Words beside what they explain, on as many lines as they take: half a reason says nothing.
fn beside(first: Piece<'static>, words: &str, role: Role, width: usize) -> Vec<Vec<Piece<'static>>> {
    let indent = text::width(&first.text);
    let wrapped = text::wrap(words, width.saturating_sub(indent));
    let mut first = Some(first);
    let line = |part| vec![first.take().unwrap_or_else(|| piece(" ".repeat(indent), role)), piece(part, role)];
    wrapped.into_iter().map(line).collect()
}

fn lines(model: &Model, width: usize) -> Vec<Vec<Piece<'static>>> {
    let ctx = model.context();
    let mut lines: Vec<Vec<Piece<'static>>> = Vec::new();
    let mut taken = std::collections::BTreeSet::new();
    for scope in ctx.scopes() {
        lines.push(vec![piece(format!(" {}", scope.heading()), Role::Heading)]);
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            // A key that a narrower place has taken means something else here.
            let keys: Vec<String> =
                model.keymap.keys_of(row.command).into_iter().filter(|key| taken.insert(key.clone())).collect();
            if keys.is_empty() {
                continue;
            }
            let key = piece(format!("   {}", text::pad(&keys.join("  "), 18)), Role::Key);
            let (words, role) = match row.command.available(&ctx) {
                Ok(()) => (row.help.to_owned(), Role::Text),
                Err(reason) => (format!("{}  ({})", row.help, model.keymap.phrase(reason)), Role::Disabled),
            };
            lines.extend(beside(key, &words, role, width));
        }
        lines.push(Vec::new());
    }
    lines.push(vec![piece(" Capture line", Role::Heading)]);
    for (example, meaning) in crate::app::capture::EXAMPLES {
        let example = piece(format!("   {}", text::pad(example, 46)), Role::Asset);
        lines.extend(beside(example, meaning, Role::Text, width));
    }
    lines.push(Vec::new());
    lines.push(vec![piece(" Lists that open over the screen, and forms", Role::Heading)]);
    for (keys, meaning) in [
        ("type, ↑ ↓, enter", "find, choose, take; tab marks where several can be taken"),
        ("j k, enter, h l", "go through the fields of a form, edit one, choose"),
        ("esc, ctrl-c", "keep what was typed in a field; leave it as it was"),
        ("ctrl-e", "edit a text of several lines in $EDITOR"),
    ] {
        lines.extend(beside(piece(format!("   {}", text::pad(keys, 18)), Role::Key), meaning, Role::Text, width));
    }
    lines.push(Vec::new());
    lines.push(vec![piece(" Symbols", Role::Heading)]);
    for chunk in symbols::CELLS.chunks(4) {
        let mut line = vec![piece("   ", Role::Text)];
        for (symbol, role, words) in chunk {
            line.push(piece(format!("{symbol} "), *role));
            line.push(piece(format!("{words}    "), Role::Text));
        }
        lines.push(line);
    }
    let mut line = vec![piece("   ", Role::Text)];
    for (element, words) in symbols::ELEMENTS {
        let (symbol, role) = symbols::element(element);
        line.push(piece(format!("{symbol} "), role));
        line.push(piece(format!("{words}    "), Role::Text));
    }
    lines.push(line);
    lines
}
