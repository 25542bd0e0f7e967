//! What single edits may do and what they may not.

use super::*;
use crate::session::{Assumption, Moment, Note, NoteKind, Person, Phase, Sitting, Text, Turn};

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
        tripwires: Vec::new(),
        note: Text::default(),
    };
    assert_eq!(add(&with_api(), Entry::Assumption(assumption)), why);
    let mut sitting = Sitting::new("W1-g5t".parse().unwrap(), jiff::civil::date(2026, 1, 2));
    sitting.present.push("ana".parse().unwrap());
    let why = EditError::Missing(EntryId::Person("ana".parse().unwrap()));
    assert_eq!(add(&with_api(), Entry::Sitting(sitting.clone())), Err(why));
    let ana = Person { id: "ana".parse().unwrap(), name: "Ana".into(), roles: Vec::new() };
    let session = add(&with_api(), Entry::Person(ana)).unwrap();
    assert!(add(&session, Entry::Sitting(sitting.clone())).is_ok());
    let left = Turn::Left("ben".parse().unwrap());
    sitting.moments.push(Moment { at: "2026-01-02T10:00:00Z".parse().unwrap(), what: left, decided: 0 });
    let why = EditError::Missing(EntryId::Person("ben".parse().unwrap()));
    assert_eq!(add(&session, Entry::Sitting(sitting)), Err(why));
}

#[test]
fn whoever_is_removed_was_at_no_meeting() {
    let [ana, ben] = ["ana", "ben"].map(|id| Person { id: id.parse().unwrap(), name: id.into(), roles: Vec::new() });
    let mut session = with_api();
    session.people = [ana.clone(), ben].into_iter().collect();
    let moment = |what| Moment { at: "2026-01-02T10:00:00Z".parse().unwrap(), what, decided: 0 };
    let mut sitting = Sitting::new("W1-g5t".parse().unwrap(), jiff::civil::date(2026, 1, 2));
    sitting.present = session.people.keys().cloned().collect();
    sitting.moments = vec![moment(Turn::Begin(Phase::Opening)), moment(Turn::Left(ana.id.clone()))];
    session.sittings.insert(sitting);
    let after = session.apply(&Edit::Remove(EntryId::Person(ana.id))).unwrap();
    let sitting = after.sittings.iter().next().unwrap();
    assert_eq!((sitting.named().count(), sitting.moments.len()), (1, 1));
    assert_eq!(after.problems(), []);
}
