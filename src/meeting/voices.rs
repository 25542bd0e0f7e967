//! Who is in the room, and how often each was heard.
//!
//! Owns who came and left. Refuses: rankings. How often somebody was heard is for the moderator's
//! eyes, in the order of names, and in no report.

use std::collections::BTreeMap;

use crate::session::{Cells, Person, PersonId, Session, Sitting, Turn};

/// Whether somebody is in the room: was there and did not leave since.
pub fn is_here(sitting: &Sitting, person: &PersonId) -> bool {
    if !sitting.present.contains(person) {
        return false;
    }
    let mut moves: Vec<_> = sitting
        .moments
        .iter()
        .filter(|moment| matches!(&moment.what, Turn::Came(id) | Turn::Left(id) if id == person))
        .collect();
    moves.sort_by_key(|moment| moment.at);
    moves.last().is_none_or(|last| matches!(last.what, Turn::Came(_)))
}

/// The people in the room, by name.
pub fn here<'a>(session: &'a Session, sitting: &'a Sitting) -> impl Iterator<Item = &'a Person> {
    session.people.iter().filter(|person| is_here(sitting, &person.id))
}

/// How many threats, notes, assumptions and answers are by each person who has a record.
pub fn heard(session: &Session) -> BTreeMap<PersonId, usize> {
    let threats = session.threats().map(|(_, threat)| &threat.by);
    let notes = session.notes.iter().map(|note| &note.by);
    let assumptions = session.assumptions.iter().map(|assumption| &assumption.by);
    let cells = session.places().filter_map(|place| session.cells_at(&place).map(Cells::iter));
    let cells: Vec<&String> = cells.flatten().map(|cell| &cell.by).collect();
    let mut heard = BTreeMap::new();
    for by in threats.chain(notes).chain(assumptions).chain(cells) {
        for name in by.split(", ").filter(|name| !name.is_empty()) {
            if let Some(person) = session.people.get(name) {
                *heard.entry(person.id.clone()).or_insert(0) += 1;
            }
        }
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::clock::tests::sitting,
        method::fixture::{put, threat, web},
        session::{Letter, Place},
    };

    fn person(id: &str) -> Person {
        Person { id: id.parse().unwrap(), name: id.to_owned(), roles: Vec::new() }
    }

    #[test]
    fn whoever_left_is_not_here_until_they_come_back() {
        let ana: PersonId = "ana".parse().unwrap();
        let mut sitting = sitting(&[("1:00", Turn::Left(ana.clone()), 0), ("5:00", Turn::Came(ana.clone()), 0)]);
        assert!(!is_here(&sitting, &ana));
        sitting.present.push(ana.clone());
        assert!(is_here(&sitting, &ana));
        sitting.moments.pop();
        assert!(!is_here(&sitting, &ana));
    }

    #[test]
    fn everybody_who_said_something_is_heard_as_often_as_they_did() {
        let mut session = web();
        session.people = [person("ana"), person("ben")].into_iter().collect();
        for (id, by) in [("T1-000", "ana"), ("T2-000", "ana, ben"), ("T3-000", "somebody else")] {
            let mut threat = threat(id, Letter::S);
            by.clone_into(&mut threat.by);
            put(&mut session, &Place::Unfiled, threat);
        }
        let heard: Vec<_> = heard(&session).into_iter().map(|(id, count)| (id.to_string(), count)).collect();
        assert_eq!(heard, [("ana".into(), 2), ("ben".into(), 1)]);
    }
}
