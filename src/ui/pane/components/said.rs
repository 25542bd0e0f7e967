//! The selected note, assumption or unfiled threat in full, below its row.
//!
//! Owns what a row has no room for: the rest of a sentence, until when and by whom, and the answer. Refuses rows of the
//! model itself; their details are a key away in the checklist or a form.

use crate::{
    app::{document::Document, outline::Row, words},
    session::{AssumptionState, Named, Note, Session},
    ui::{text, theme::Role},
};

/// Blanks in front of what is unfolded.
const INDENT: &str = "     ";

/// The lines below a selected row; none when the row says everything.
pub(super) fn unfolded(document: &Document, row: &Row, width: usize) -> Vec<(String, Role)> {
    let session = document.session();
    let (statement, beside, facts, answer) = match row {
        Row::Note(id) => {
            let Some(note) = session.notes.get(id) else { return Vec::new() };
            let letter = note.letter.map_or(0, |_| 2);
            let place = note.place.as_ref().map_or(0, |place| text::width(&session.place_called(place)) + 1 + letter);
            (
                note.text.as_str(),
                4 + place + text::width(words::person(session, &note.owner)) + 1,
                facts(session, note),
                note.answer.as_str(),
            )
        }
        Row::Assumption(id) => {
            let Some(assumption) = session.assumptions.get(id) else { return Vec::new() };
            let state = Some(assumption.state).filter(|state| *state != AssumptionState::default());
            let facts = [
                state.map(|state| state.name().to_owned()),
                assumption.place.as_ref().map(|place| format!("on {}", session.place_called(place))),
                by(session, &assumption.by),
            ];
            (assumption.text.as_str(), 4, facts.into_iter().flatten().collect(), assumption.note.as_str())
        }
        Row::Unfiled(id) => {
            let Some(threat) = session.unfiled.get(id) else { return Vec::new() };
            (threat.statement.as_str(), 3 + text::width(&document.outline().name(*id)), Vec::new(), "")
        }
        _ => return Vec::new(),
    };
    let room = width.saturating_sub(INDENT.len() + 1).max(1);
    let whole = text::width(statement) + beside <= width;
    let said = if whole { Vec::new() } else { text::wrap(statement, room) };
    let facts = if facts.is_empty() { Vec::new() } else { text::wrap(&facts.join(" · "), room) };
    let answer = answer.lines().flat_map(|line| text::wrap(line, room));
    let lines = said.into_iter().map(|line| (line, Role::Text));
    let lines = lines.chain(facts.into_iter().map(|line| (line, Role::TextDim)));
    let lines = lines.chain(answer.map(|line| (line, Role::CellClear)));
    lines.map(|(line, role)| (format!("{INDENT}{line}"), role)).collect()
}

fn facts(session: &Session, note: &Note) -> Vec<String> {
    let due = note.due.map(|day| format!("due {day}"));
    [due, by(session, &note.by)].into_iter().flatten().collect()
}

fn by(session: &Session, name: &str) -> Option<String> {
    (!name.is_empty()).then(|| format!("said by {}", words::person(session, name)))
}
