//! How findings, changes and conflicts name records: the short id people say, and enough of the words to recognise it.
//!
//! Refuses: making the words safe for a terminal; whoever prints a finding does that.

mod apart;
mod value;

pub(super) use apart::{shared, told_apart};
pub(super) use value::{acceptance, apart, rating, row};
pub use value::{contrast, value};

use crate::session::{
    ComponentId, ConflictId, EntryId, Flow, Letter, Mitigation, Moment, Named, Place, Session, Threat, Turn,
};

/// Longest quotation in a finding; a line of a terminal holds one beside what is said about it.
const QUOTED: usize = 60;

/// `F3 browser → api`.
pub(super) fn flow(session: &Session, flow: &Flow) -> String {
    format!("{} {} → {}", flow.id.short(), component(session, &flow.from), component(session, &flow.to))
}

/// The component's name, or its id when it has no name or does not exist.
pub(super) fn component(session: &Session, id: &ComponentId) -> String {
    let name = session.components.get(id).map_or("", |component| component.name.trim());
    if name.is_empty() { id.to_string() } else { name.to_owned() }
}

/// Whoever a field names: a person by name, else the words that stand there.
pub(super) fn person<'a>(session: &'a Session, said: &'a str) -> &'a str {
    let said = said.trim();
    session.people.get(said).map(|person| person.name.trim()).filter(|name| !name.is_empty()).unwrap_or(said)
}

/// The flow or component, or the tray.
pub(super) fn place(session: &Session, place: &Place) -> String {
    match place {
        Place::Flow(id) => session.flows.get(id).map_or_else(|| id.short(), |found| flow(session, found)),
        Place::Component(id) => component(session, id),
        Place::Unfiled => "the unfiled tray".to_owned(),
    }
}

/// `T2 "stolen cookie replayed"`.
pub(super) fn threat(threat: &Threat) -> String {
    format!("{} {}", threat.id.short(), quoted(&threat.statement))
}

/// `2026-03-17T13:00:00Z begin Rate`.
pub(super) fn moment(moment: &Moment) -> String {
    let what = match &moment.what {
        Turn::Begin(phase) => format!("begin {}", phase.name()),
        Turn::Pause => "pause".to_owned(),
        Turn::Resume => "go on".to_owned(),
        Turn::Extend(minutes) => format!("{minutes} minutes more"),
        Turn::Came(person) => format!("{person} came"),
        Turn::Left(person) => format!("{person} left"),
        Turn::End => "end".to_owned(),
    };
    format!("{} {what}", moment.at)
}

/// `M2 "rotate session keys"`.
pub(super) fn mitigation(mitigation: &Mitigation) -> String {
    format!("{} {}", mitigation.id.short(), quoted(&mitigation.title))
}

/// Any record, as people call it; kind and id when it does not exist.
pub fn named(session: &Session, id: &EntryId) -> String {
    let found = match id {
        EntryId::Flow(id) => session.flows.get(id).map(|found| flow(session, found)),
        EntryId::Threat(id) => session.find_threat(*id).map(|(_, found)| threat(found)),
        EntryId::Mitigation(id) => session.mitigations.get(id).map(mitigation),
        EntryId::Component(id) => session.components.get(id).map(|found| format!("component {}", quoted(&found.name))),
        EntryId::Zone(id) => session.zones.get(id).map(|found| format!("zone {}", quoted(&found.name))),
        EntryId::Asset(id) => session.assets.get(id).map(|found| format!("asset {}", quoted(&found.name))),
        EntryId::Person(id) => session.people.get(id).map(|found| format!("person {}", quoted(&found.name))),
        EntryId::Assumption(id) => session.assumptions.get(id).map(|a| format!("{} {}", a.id.short(), quoted(&a.text))),
        EntryId::Note(id) => {
            session.notes.get(id).map(|n| format!("{} {} {}", n.kind.name(), n.id.short(), quoted(&n.text)))
        }
        EntryId::Sitting(id) => session.sittings.get(id).map(|s| format!("meeting {} of {}", s.id.short(), s.date)),
    };
    let mut name = found.unwrap_or_else(|| format!("{} {}", id.kind(), id.short()));
    told_apart(&shared(session), Some(id), &mut name);
    name
}

/// What a conflict is about: `T31 "stolen cookie replayed", current rating`.
pub fn subject(session: &Session, id: &ConflictId) -> String {
    let Some(record) = &id.record else { return row(&id.field).to_owned() };
    let name = named(session, record);
    match id.cell() {
        Some((_, letter)) => format!("{name}, {letter}"),
        None if id.field == ConflictId::WHOLE => name,
        None => format!("{name}, {}", row(&id.field)),
    }
}

/// In quotation marks, cut at a fixed number of characters.
pub(super) fn quoted(text: &str) -> String {
    cut(text, QUOTED)
}

/// In quotation marks, cut at a number of characters.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("\"{}…\"", text[..end].trim_end()),
        None => format!("\"{text}\""),
    }
}

/// Where a threat stands: `on F3 browser → api`, `in the unfiled tray`.
pub(super) fn at(session: &Session, at: &Place) -> String {
    let preposition = if *at == Place::Unfiled { "in" } else { "on" };
    format!("{preposition} {}", place(session, at))
}

/// `S, T, I`, and the verb that fits their number.
pub(super) fn letters(letters: &[Letter], one: &'static str, many: &'static str) -> String {
    let list: Vec<String> = letters.iter().map(Letter::to_string).collect();
    format!("{} {}", list.join(", "), if letters.len() == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_statement_is_cut_between_characters() {
        let quote = quoted(&"ü".repeat(200));
        assert_eq!((quote.chars().count(), quote.ends_with("…\"")), (QUOTED + 3, true));
        assert_eq!(quoted(" short "), "\"short\"");
    }
}
