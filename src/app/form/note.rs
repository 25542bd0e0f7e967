//! The fields of notes and assumptions.

use jiff::civil::Date;

use crate::{
    app::words,
    session::{Assumption, AssumptionState, Edit, Named, Note, NoteKind, Place, Session, Tripwire, edit::Entry},
};

use super::{
    Field, Outline,
    parse::{chosen, date, lines, names, one_line, person},
};

pub(super) fn fields(session: &Session, note: &Note) -> Vec<Field> {
    vec![
        Field::sentence("text", &note.text, "what was said"),
        Field::text("answer", &note.answer),
        Field::choice("kind", note.kind.name(), names::<NoteKind>()),
        Field::person(session, "owner", &note.owner, "who sees to it"),
        Field::day("due", note.due),
        Field::person(session, "by", &note.by, "who said it"),
    ]
}

pub(super) fn change(session: &Session, note: &Note, field: &str, value: &str, today: Date) -> Result<Edit, String> {
    let mut next = note.clone();
    match field {
        "text" => next.text = one_line(value),
        "answer" => next.answer = value.into(),
        "kind" => next.kind = chosen(value)?,
        "owner" => next.owner = person(session, value)?,
        "due" => next.due = date(value, today)?,
        "by" => next.by = person(session, value)?,
        _ => return Err(format!("a note has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Note(next)))
}

/// What a tripwire is for.
const TRIPWIRES: &str = "what must hold in the repository, like: missing src/upload/**";

fn joined_lines(tripwires: &[Tripwire]) -> String {
    tripwires.iter().map(Tripwire::to_string).collect::<Vec<_>>().join("\n")
}

/// The place of an assumption that belongs to none.
const NO_PLACE: &str = "no place";

/// Every place with the words it is chosen by, flows first.
fn places(session: &Session, outline: &Outline) -> impl Iterator<Item = (Place, String)> {
    let flows = outline.flows().iter().map(|id| Place::Flow(*id));
    let components = session.components.keys().map(|id| Place::Component(id.clone()));
    flows.chain(components).map(|place| {
        let words = words::place(session, &place);
        (place, words)
    })
}

pub(super) fn assumption_fields(session: &Session, outline: &Outline, assumption: &Assumption) -> Vec<Field> {
    let place = assumption.place.as_ref().map_or(NO_PLACE.to_owned(), |place| words::place(session, place));
    let places = places(session, outline).map(|(_, words)| words);
    vec![
        Field::sentence("text", &assumption.text, "what is taken as true"),
        Field::choice("place", &place, std::iter::once(NO_PLACE.to_owned()).chain(places)),
        Field::choice("state", assumption.state.name(), names::<AssumptionState>()),
        Field::person(session, "by", &assumption.by, "who said it"),
        Field { remark: TRIPWIRES.to_owned(), ..Field::text("tripwires", joined_lines(&assumption.tripwires)) },
        Field::text("note", &assumption.note),
    ]
}

pub(super) fn change_assumption(
    session: &Session,
    outline: &Outline,
    assumption: &Assumption,
    field: &str,
    value: &str,
) -> Result<Edit, String> {
    let mut next = assumption.clone();
    match field {
        "text" => next.text = one_line(value),
        "place" if value == NO_PLACE => next.place = None,
        "place" => {
            let found = places(session, outline).find(|(_, words)| words == value);
            next.place = Some(found.ok_or_else(|| format!("there is no place `{value}`"))?.0);
        }
        "state" => next.state = chosen(value)?,
        "tripwires" => next.tripwires = lines(value).iter().map(|line| line.parse()).collect::<Result<_, _>>()?,
        "by" => next.by = person(session, value)?,
        "note" => next.note = value.into(),
        _ => return Err(format!("an assumption has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Assumption(next)))
}
