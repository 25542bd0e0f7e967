//! Questions nobody answered yet. One that parks a core cell keeps the session from closing.

use super::{Check, Context, Finding, Severity};
use crate::{
    method::weight::{Weight, weight},
    review::words,
    session::{EntryId, Note, NoteKind},
};

pub(super) const CHECK: Check = Check { id: "question-open", summary: "A question still waits for its answer", run };

fn run(context: &Context) -> Vec<Finding> {
    let questions = context.session.notes.iter().filter(|n| n.kind == NoteKind::Question && n.is_open());
    questions.map(|note| finding(context, note)).collect()
}

fn finding(context: &Context, note: &Note) -> Finding {
    let (id, text) = (note.id.short(), words::quoted(&note.text));
    let (severity, message) = match (&note.place, note.letter) {
        (Some(place), Some(letter)) => {
            let core = weight(context.session, place, letter) == Weight::Core;
            let place = words::place(context.session, place);
            let severity = if core { Severity::Error } else { Severity::Warning };
            (severity, format!("{place}: {letter} is parked until {id} is answered: {text}"))
        }
        _ => (Severity::Warning, format!("{id} waits for an answer: {text}")),
    };
    let hint = match note.owner.trim() {
        "" => "say who finds out".to_owned(),
        owner => format!("ask {}", words::person(context.session, owner)),
    };
    CHECK.finding(severity, message).at(EntryId::Note(note.id)).letter(note.letter).hint(hint)
}
