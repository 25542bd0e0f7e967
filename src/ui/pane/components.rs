//! Draws pane 1: only the rows on screen are looked at.

mod said;

use std::borrow::Cow;

use ratatui::layout::Rect;

use crate::{
    app::{
        document::Document,
        model::{Hits, Model},
        outline::{Row, Section},
        pane::Pane,
        words,
    },
    method::{cell, matrix::Matrix},
    session::{Exposure, Level, Named, NoteKind, Place, Session},
    ui::{
        pen::{Pen, Piece, piece, top_of},
        symbols, text,
        theme::Role,
    },
};

pub(in crate::ui) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, hits: &mut Hits) {
    let (border, _, selection) = super::roles(model, Pane::Components);
    let mut title = super::title(model, Pane::Components);
    if let Some(filter) = model.components.filter() {
        title.push(piece(format!("  /{filter}"), Role::Match));
    }
    let outline = document.outline();
    let rows = model.components.rows(outline);
    let inside = pen.frame(area, border, &title, &[]);
    if rows.is_empty() {
        empty(pen, inside, model);
        return;
    }
    let selected = model.components.index();
    // What was said is unfolded below its row, at the cost of the rows below that.
    let mut unfolded =
        rows.get(selected).map_or_else(Vec::new, |row| said::unfolded(document, row, usize::from(inside.width)));
    unfolded.truncate(usize::from(inside.height / 2));
    let height = usize::from(inside.height) - unfolded.len();
    let top = top_of(model.hits.components_top, selected, height, rows.len());
    hits.components_top = top;
    if model.focus == Pane::Components {
        hits.page = height;
    }
    let mut lines = inside.rows();
    for (index, row) in rows.iter().enumerate().skip(top).take(height) {
        let Some(line) = lines.next() else { break };
        let under = if index == selected { selection } else { Role::Text };
        let (left, mut right) = pieces(document, row, index == selected, usize::from(line.width));
        let mark = row.entry().map(|id| super::comment_mark(model, &id, None)).filter(|mark| !mark.is_empty());
        right.extend(mark.map(|mark| piece(mark, Role::StatusWarn)));
        pen.row(line, under, &left, &right);
        hits.rows.push((Pane::Components, line.y, index));
        if index == selected {
            // In this order, or a line of the screen would be taken for a line that is not there.
            for ((words, role), line) in unfolded.iter().zip(lines.by_ref()) {
                pen.row(line, Role::Text, &[piece(words.as_str(), *role)], &[]);
                hits.rows.push((Pane::Components, line.y, index));
            }
        }
    }
    pen.scroll(Rect { y: inside.y, height: inside.height, ..area }, top, height, rows.len(), border);
}

/// What the first minute looks like: how to begin, by example.
fn empty(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let lines: &[(&str, Role)] = if model.components.filter().is_some() {
        &[("No row holds these words.", Role::TextDim), ("{back} shows everything again.", Role::TextDim)]
    } else {
        &[
            ("Nothing here yet.", Role::TextStrong),
            ("Press {capture} and write what", Role::Text),
            ("people say:", Role::Text),
            ("", Role::Text),
            ("zone Edge internet", Role::Asset),
            ("api @Edge aws.apigw", Role::Asset),
            ("browser -> api: login", Role::Asset),
            ("asset credentials restricted", Role::Asset),
            ("entry api: REST internet", Role::Asset),
            ("", Role::Text),
            ("Names that are new become", Role::TextDim),
            ("components by themselves.", Role::TextDim),
        ]
    };
    for (row, (line, role)) in area.rows().zip(lines) {
        pen.row(row, Role::Text, &[piece(format!(" {}", model.keymap.phrase(line)), *role)], &[]);
    }
}

type Pieces<'a> = (Vec<Piece<'a>>, Vec<Piece<'a>>);

fn pieces<'a>(document: &'a Document, row: &'a Row, selected: bool, width: usize) -> Pieces<'a> {
    let session = document.session();
    let mark = if selected { "▸" } else { " " };
    match row {
        Row::Heading(section) => {
            (vec![piece(format!("{mark}{}", section.title()), Role::Heading)], count(session, *section))
        }
        Row::Zone(id, depth) => {
            let zone = id.as_ref().and_then(|id| session.zones.get(id));
            let name = zone.map_or("no zone", |z| z.name.as_str());
            let indent = " ".repeat(usize::from(*depth));
            let exposed = zone.map_or("", |z| exposure(z.exposure));
            (
                vec![piece(format!("{mark}{indent}"), Role::Text), piece(name, Role::Boundary)],
                vec![piece(exposed, Role::TextDim)],
            )
        }
        Row::Component(id, depth) => {
            let indent = " ".repeat(usize::from(*depth));
            let Some(component) = session.components.get(id) else {
                return (vec![piece(id.to_string(), Role::Text)], Vec::new());
            };
            let (symbol, role) = symbols::element(component.element);
            let left = vec![
                piece(format!("{mark}{indent}"), Role::Text),
                piece(format!("{symbol} "), role),
                piece(component.name.as_str(), Role::Text),
            ];
            (left, worst(session, document.outline().reaching(id)))
        }
        Row::Flow(id) => flow(document, *id, mark, width),
        Row::Unfiled(id) => {
            let threat = session.unfiled.get(id);
            let words = threat.map_or("", |t| t.statement.as_str());
            let name = document.outline().name(*id);
            (vec![piece(format!("{mark} {name} "), Role::StatusWarn), piece(words, Role::Text)], Vec::new())
        }
        Row::Note(id) => {
            let Some(note) = session.notes.get(id) else { return (Vec::new(), Vec::new()) };
            let (sign, role) = match (note.kind, note.is_open()) {
                (NoteKind::Question, true) => ("?", Role::CellParked),
                (NoteKind::Action, true) => (">", Role::StatusInfo),
                (NoteKind::Quote, _) => ("\"", Role::TextDim),
                (_, false) => ("✓", Role::CellClear),
            };
            let text = if note.is_open() { Role::Text } else { Role::TextDim };
            let place = note.place.as_ref().map_or(String::new(), |place| match note.letter {
                Some(letter) => format!("{} {letter} ", session.place_called(place)),
                None => format!("{} ", session.place_called(place)),
            });
            let left = vec![
                piece(format!("{mark} {sign} "), role),
                piece(place, Role::TextDim),
                piece(note.text.as_str(), text),
            ];
            (left, vec![piece(words::person(session, &note.owner), Role::TextDim)])
        }
        Row::Assumption(id) => {
            let words = session.assumptions.get(id).map_or("", |a| a.text.as_str());
            (vec![piece(format!("{mark} = "), Role::Key), piece(words, Role::Text)], Vec::new())
        }
        Row::Asset(id) => {
            let Some(asset) = session.assets.get(id) else { return (Vec::new(), Vec::new()) };
            (
                vec![piece(format!("{mark} %"), Role::Asset), piece(asset.name.as_str(), Role::Text)],
                vec![piece(asset.class.name(), Role::TextDim)],
            )
        }
        Row::Person(id) => {
            let Some(person) = session.people.get(id) else { return (Vec::new(), Vec::new()) };
            let roles: Vec<&str> = person.roles.iter().map(|role| role.name()).collect();
            (
                vec![piece(format!("{mark} ~ "), Role::Key), piece(person.name.as_str(), Role::Text)],
                vec![piece(roles.join(", "), Role::TextDim)],
            )
        }
    }
}

/// A flow with the states of its six cells.
fn flow<'a>(document: &'a Document, id: crate::session::FlowId, mark: &'a str, width: usize) -> Pieces<'a> {
    let session = document.session();
    let Some(flow) = session.flows.get(&id) else { return (Vec::new(), Vec::new()) };
    // Mark, id and the six cells with a gap are always there.
    let room = width.saturating_sub(6 + 7);
    let [from, to] = [&flow.from, &flow.to].map(|end| words::component(session, end));
    let mut left = vec![
        piece(format!("{mark} {:<4}", id.short()), Role::Key),
        piece(ends(from, to, room.saturating_sub(1)).join("→"), Role::Text),
    ];
    if !flow.label.is_empty() {
        left.push(piece(format!(" {}", flow.label), Role::TextDim));
    }
    let views = cell::cells(session, &Place::Flow(id), document.outline().parked());
    let right = views.iter().map(symbols::cell).map(|(symbol, role)| piece(symbol, role)).collect();
    (left, right)
}

/// Both ends of a flow in this many cells: a long name gives way only as far as the other one needs, at its end or, where
/// both begin with the same word, in its middle.
pub(super) fn ends<'a>(from: &'a str, to: &'a str, room: usize) -> [Cow<'a, str>; 2] {
    let half = room / 2;
    let (wide, high) = (text::width(from), text::width(to));
    let first = if wide + high <= room { wide } else { wide.min(half.max(room.saturating_sub(high))) };
    let alike = from.split(' ').next() == to.split(' ').next();
    let shorten = if alike { text::truncate_middle } else { text::truncate };
    [shorten(from, first), shorten(to, room - first.min(room))]
}

/// The worst threats of a component, in a word.
fn worst(session: &Session, summary: crate::method::coverage::PlaceSummary) -> Vec<Piece<'static>> {
    let matrix = Matrix::of(session);
    match summary.worst() {
        Some(level) if level >= Level::High => {
            let words = format!("{} {}", summary.at(level), matrix.level_name(level).to_lowercase());
            vec![piece(words, Role::risk(Some(level)))]
        }
        _ if summary.threats() > 0 => vec![piece(summary.threats().to_string(), Role::TextDim)],
        _ => Vec::new(),
    }
}

fn count(session: &Session, section: Section) -> Vec<Piece<'static>> {
    let count = match section {
        Section::Components => session.components.len(),
        Section::Flows => return vec![piece("STRIDE", Role::Heading)],
        Section::Unfiled => session.unfiled.len(),
        Section::Notes => session.notes.iter().filter(|n| n.is_open()).count(),
        Section::Assumptions => session.assumptions.len(),
        Section::Assets => session.assets.len(),
        Section::People => session.people.len(),
    };
    vec![piece(count.to_string(), Role::TextDim)]
}

fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Internal => "",
        other => other.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_flow_can_be_told_apart() {
        for (from, to, room, shown) in [
            ("api", "db", 20, "api→db"),
            ("invoice portal", "db", 20, "invoice portal→db"),
            ("API Gateway", "Register function", 20, "API Gate…→Register …"),
            ("invoice portal", "invoice api", 20, "invo…rtal→invo…e api"),
        ] {
            assert_eq!(ends(from, to, room - 1).join("→"), shown);
        }
    }
}
