//! The fields of notes and assumptions.

use jiff::civil::Date;

use crate::session::{Assumption, AssumptionState, Edit, Named, Note, NoteKind, Session, edit::Entry};

use super::{
    Field,
    parse::{chosen, date, names, one_line, person},
};

pub(super) fn fields(note: &Note) -> Vec<Field> {
    vec![
        Field::sentence("text", &note.text, "what was said"),
        Field::text("answer", &note.answer),
        Field::choice("kind", note.kind.name(), names::<NoteKind>()),
        Field::line("owner", &note.owner, "who sees to it"),
        Field::day("due", note.due),
        Field::line("by", &note.by, "who said it"),
    ]
}

pub(super) fn change(session: &Session, note: &Note, field: &str, value: &str, today: Date) -> Result<Edit, String> {
    let mut next = note.clone();
    match field {
        "text" => next.text = one_line(value),
        "answer" => next.answer = value.into(),
        "kind" => next.kind = chosen(value)?,
        "owner" => next.owner = person(session, value),
        "due" => next.due = date(value, today)?,
        "by" => next.by = person(session, value),
        _ => return Err(format!("a note has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Note(next)))
}

pub(super) fn assumption_fields(assumption: &Assumption) -> Vec<Field> {
    vec![
        Field::sentence("text", &assumption.text, "what is taken as true"),
        Field::choice("state", assumption.state.name(), names::<AssumptionState>()),
        Field::line("by", &assumption.by, "who said it"),
        Field::text("note", &assumption.note),
    ]
}

pub(super) fn change_assumption(
    session: &Session,
    assumption: &Assumption,
    field: &str,
    value: &str,
) -> Result<Edit, String> {
    let mut next = assumption.clone();
    match field {
        "text" => next.text = one_line(value),
        "state" => next.state = chosen(value)?,
        "by" => next.by = person(session, value),
        "note" => next.note = value.into(),
        _ => return Err(format!("an assumption has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Assumption(next)))
}
