//! What single edits may do and what they may not.

use super::*;
use crate::session::{Assumption, Note, NoteKind, Person, Sitting, Text};

fn component(name: &str) -> Component {
    Component::new(name.parse().unwrap(), name)
}

fn add(session: &Session, entry: Entry) -> Result<Session, EditError> {
    session.apply(&Edit::Add(entry))
}

fn with_api() -> Session {
    add(&Session::new("x"), Entry::Component(Box::new(component("api")))).unwrap()
}

fn threat(id: &str) -> Threat {
    Threat::new(id.parse().unwrap(), Letter::S, "cookie replayed")
}

#[test]
fn a_component_or_flow_that_brings_threats_and_cells_is_held_to_what_they_are_held_to_alone() {
    let place = Place::Component("api".parse().unwrap());
    let known = Edit::AddThreat { place, threat: Box::new(threat("T1-k7q")) };
    let session = with_api().apply(&known).unwrap();
    let missing: MitigationId = "M1-9fd".parse().unwrap();
    let flow = || Flow::new("F1-a2c".parse().unwrap(), "api".parse().unwrap(), "api".parse().unwrap());
    let brought = [
        (threat("T1-k7q"), EditError::Exists(EntryId::Threat("T1-k7q".parse().unwrap()))),
        (Threat { mitigations: vec![missing], ..threat("T2-000") }, EditError::Missing(EntryId::Mitigation(missing))),
        (Threat { statement: " ".into(), ..threat("T2-000") }, EditError::Empty("threat", "words")),
    ];
    for (threat, why) in brought {
        let flow = Flow { threats: [threat.clone()].into_iter().collect(), ..flow() };
        assert_eq!(add(&session, Entry::Flow(Box::new(flow))), Err(why.clone()));
        let component = Component { threats: [threat].into_iter().collect(), ..component("db") };
        assert_eq!(add(&session, Entry::Component(Box::new(component))), Err(why));
    }
    let cells = [Cell::new(Letter::R, Answer::NotApplicable)].into_iter().collect();
    assert_eq!(add(&session, Entry::Flow(Box::new(Flow { cells, ..flow() }))), Err(EditError::ReasonRequired));
    let sound = Flow { threats: [threat("T2-000")].into_iter().collect(), ..flow() };
    assert!(add(&session, Entry::Flow(Box::new(sound))).is_ok());
}

#[test]
fn notes_assumptions_and_sittings_name_only_what_exists() {
    let place = Some(Place::Component("db".parse().unwrap()));
    let why = Err(EditError::Missing(EntryId::Component("db".parse().unwrap())));
    let note = Note { place: place.clone(), ..Note::new("N1-p3w".parse().unwrap(), NoteKind::Question, "who?") };
    assert_eq!(add(&with_api(), Entry::Note(note)), why);
    let assumption = Assumption {
        id: "A1-0zx".parse().unwrap(),
        text: "nobody".into(),
        place,
        state: crate::session::AssumptionState::default(),
        by: String::new(),
        note: Text::default(),
    };
    assert_eq!(add(&with_api(), Entry::Assumption(assumption)), why);
    let sitting = Sitting {
        id: "W1-g5t".parse().unwrap(),
        date: jiff::civil::date(2026, 1, 2),
        minutes: 0,
        present: vec!["ana".parse().unwrap()],
        summary: Text::default(),
    };
    let why = EditError::Missing(EntryId::Person("ana".parse().unwrap()));
    assert_eq!(add(&with_api(), Entry::Sitting(sitting.clone())), Err(why));
    let ana = Person { id: "ana".parse().unwrap(), name: "Ana".into(), roles: Vec::new() };
    let session = add(&with_api(), Entry::Person(ana)).unwrap();
    assert!(add(&session, Entry::Sitting(sitting)).is_ok());
}
