//! Draws what lies over the workbench.

mod help;
mod letter;
mod picker;

use jiff::civil::Date;
use ratatui::layout::Rect;

use super::{
    form,
    pen::{Pen, Piece, centred, piece},
    text,
    theme::Role,
};
use crate::app::{
    days,
    document::Document,
    model::{Hits, Model},
    msg::Failure,
    overlay::{
        Choice, Overlay, Way,
        ask::{Ask, Question},
        picker::Purpose,
    },
};

/// Draws an overlay; gives the cursor's place while something is typed in it.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    area: Rect,
    model: &Model,
    overlay: &Overlay,
    hits: &mut Hits,
) -> Option<(u16, u16)> {
    match overlay {
        Overlay::Help(top) => {
            help::draw(pen, area, model, *top, hits);
            None
        }
        Overlay::Picker(list) => Some(picker::draw(pen, area, list, hits)),
        Overlay::Ask(ask) => Some(question(pen, area, ask, model.environment.today)),
        Overlay::Form(fields) => form::popup(pen, area, model, fields),
        Overlay::Choice(choice) => {
            ways(pen, area, choice, hits);
            None
        }
        Overlay::Letter(letter) => {
            letter::draw(pen, area, model, *letter);
            None
        }
        Overlay::Message(failure) => {
            message(pen, area, failure);
            None
        }
    }
}

/// The keys of an overlay, for the hint line: no others hold while it is there.
pub(super) fn hints(overlay: &Overlay, document: Option<&Document>, push: &mut impl FnMut(&str, &str)) {
    match overlay {
        Overlay::Help(_) => {
            push("j k", "scroll");
            push("esc", "close");
        }
        Overlay::Picker(list) => {
            push("↑ ↓", "select");
            if list.several {
                push("tab", "mark");
            }
            if matches!(list.purpose, Purpose::File(_)) {
                push("tab", "letter");
            }
            push("enter", "take");
            push("esc", "leave");
        }
        Overlay::Ask(_) => {
            push("enter", "go on");
            push("esc", "go back");
        }
        Overlay::Form(fields) => form::hints(fields, document, push),
        Overlay::Choice(choice) => {
            push("j k", "select");
            push("enter", "take");
            push("esc", if choice.ways.first() == Some(&Way::Stay) { "stay" } else { "take the first" });
        }
        Overlay::Letter(_) => {
            push("j k", "other letters");
            push("esc", "close");
        }
        Overlay::Message(_) => push("enter", "go on"),
    }
}

/// A box in the middle for some lines, and the space inside it.
fn boxed(pen: &mut Pen<'_>, area: Rect, title: &str, lines: usize, border: Role) -> Rect {
    let width = area.width.saturating_sub(4).min(84);
    let place = centred(area, width, (lines as u16 + 2).min(area.height.saturating_sub(2)));
    pen.clear(place, Role::Overlay);
    let inside = pen.frame(place, border, &[piece(title, Role::TitleFocus)], &[]);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Columns inside a box.
fn room(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(4).min(84)).saturating_sub(4)
}

fn question(pen: &mut Pen<'_>, area: Rect, ask: &Ask, today: Date) -> (u16, u16) {
    let about = text::wrap(&ask.about, room(area)).into_iter().filter(|line| !line.is_empty());
    let mut lines: Vec<Vec<Piece<'_>>> = about.map(|line| vec![piece(line, Role::TextDim)]).collect();
    for (question, answer) in ask.questions.iter().zip(&ask.answers) {
        lines.push(vec![piece(format!("{} ", question.words()), Role::TextDim), piece(answer.as_str(), Role::Text)]);
    }
    lines.push(vec![piece(ask.question().map_or("", Question::words), Role::TextStrong)]);
    let typed = lines.len();
    let wrong = ask.error.as_ref().map_or_else(Vec::new, |error| text::wrap(error, room(area).saturating_sub(2)));
    let inside = boxed(pen, area, &ask.title, typed + 3 + wrong.len(), Role::BorderFocus);
    for (row, pieces) in inside.rows().zip(&lines) {
        pen.row(row, Role::Overlay, pieces, &[]);
    }
    let line = Rect { y: inside.y + typed as u16, height: 1, ..inside }.intersection(inside);
    let cursor = super::input::line(pen, line, "› ", &ask.line, "");
    if let Some(Question::Day(_)) = ask.question() {
        // `friday` is only sure once it is a date.
        let meant = days::day(&ask.line.value(), today).map(|day| format!("{} ", day.strftime("%A %Y-%m-%d")));
        let meant = meant.unwrap_or_default();
        let width = (text::width(&meant) as u16).min(line.width);
        let right = Rect { x: line.right() - width, width, ..line };
        pen.row(right, Role::Overlay, &[piece(meant, Role::StatusGood)], &[]);
    }
    for (at, words) in wrong.iter().enumerate() {
        let below = Rect { y: line.y + 1 + at as u16, ..line }.intersection(inside);
        let mark = if at == 0 { "✗ " } else { "  " };
        pen.row(below, Role::Overlay, &[piece(format!("{mark}{words}"), Role::StatusError)], &[]);
    }
    let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    pen.row(
        last,
        Role::Overlay,
        &[
            piece("enter", Role::Key),
            piece(" goes on  ", Role::Hint),
            piece("esc", Role::Key),
            piece(" goes back", Role::Hint),
        ],
        &[],
    );
    cursor
}

fn ways(pen: &mut Pen<'_>, area: Rect, choice: &Choice, hits: &mut Hits) {
    let text: Vec<String> = choice.text.iter().flat_map(|line| text::wrap(line, room(area))).collect();
    let inside = boxed(pen, area, &choice.title, text.len() + choice.ways.len() + 1 + 2, Role::Danger);
    let mut rows = inside.rows();
    for line in &text {
        if let Some(row) = rows.next() {
            pen.row(row, Role::Overlay, &[piece(line.as_str(), Role::Text)], &[]);
        }
    }
    let mut rows = rows.skip(usize::from(!text.is_empty()));
    for (index, way) in choice.ways.iter().enumerate() {
        if let Some(row) = rows.next() {
            let selected = index == choice.selected;
            let under = if selected { Role::Selection } else { Role::Overlay };
            let mark = if selected { "▸ " } else { "  " };
            let left =
                [piece(mark, Role::Key), piece(format!("{}  ", way.key()), Role::Key), piece(way.words(), Role::Text)];
            pen.row(row, under, &left, &[]);
            hits.over.push((row.y, index));
        }
    }
    let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    let keys = [
        piece("letter or j k", Role::Key),
        piece(" selects  ", Role::Hint),
        piece("enter", Role::Key),
        piece(" takes it  ", Role::Hint),
        piece("esc", Role::Key),
        piece(if choice.ways.first() == Some(&Way::Stay) { " stays" } else { " takes the first" }, Role::Hint),
    ];
    pen.row(last, Role::Overlay, &keys, &[]);
}

fn message(pen: &mut Pen<'_>, area: Rect, failure: &Failure) {
    let lines = failure_lines(failure, room(area), usize::from(area.height.saturating_sub(6)));
    let inside = boxed(pen, area, "Please read", lines.len() + 2, Role::Danger);
    for (row, (line, role)) in inside.rows().zip(&lines) {
        pen.row(row, Role::Overlay, &[piece(line.as_str(), *role)], &[]);
    }
    let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    pen.row(last, Role::Overlay, &[piece("enter", Role::Key), piece(" goes on", Role::Hint)], &[]);
}

fn failure_lines(failure: &Failure, room: usize, most: usize) -> Vec<(String, Role)> {
    let message = text::wrap(&failure.message, room).into_iter().map(|line| (line, Role::TextStrong));
    let details = failure.details.iter().flat_map(|line| text::wrap(line, room)).map(|line| (line, Role::Text));
    let mut lines: Vec<_> = message.chain([(String::new(), Role::Text)]).chain(details).collect();
    if lines.len() > most {
        let more = lines.len() - most + 1;
        lines.truncate(most.saturating_sub(1));
        lines.push((format!("… and {more} more lines: `strideboard check` shows them all"), Role::TextDim));
    }
    lines
}

/// The whole screen when a session could not be read.
pub(super) fn broken(pen: &mut Pen<'_>, area: Rect, shown: &str, failure: &Failure) {
    super::header::plain(pen, Rect { height: 1, ..area }, "cannot open", shown);
    let body = Rect {
        x: area.x + 2,
        y: area.y + 2,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(4),
    };
    let lines = failure_lines(failure, usize::from(body.width), usize::from(body.height));
    for (row, (line, role)) in body.rows().zip(&lines) {
        pen.row(row, Role::Text, &[piece(line.as_str(), *role)], &[]);
    }
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    pen.row(last, Role::Bar, &[piece(" q", Role::Key), piece(" quit; the file was not touched", Role::Hint)], &[]);
}
