//! What holds for every merge: sessions that two people edited at random, merged in every way.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};
use strideboard::{
    format::session::{decode, encode},
    review::merge::{Choice, Names, merge, settle},
    session::{
        Acceptance, Answer, Cell, Conflict, ConflictId, Dismissal, Edit, EntryId, Letter, MitigationState, Place,
        Point, Rating, Response, Session, Threat, ThreatId,
    },
};

use crate::{
    arbitrary,
    edits::{Wish, wish},
    fuzz::asked,
};

/// A session and what two people made of it.
#[derive(Debug)]
pub(crate) struct Fork {
    pub(crate) base: Session,
    pub(crate) ours: Session,
    pub(crate) theirs: Session,
}

/// What several people made of one session, two by two: making sessions takes longer than merging them.
pub(crate) fn forks() -> impl Strategy<Value = Vec<Fork>> {
    let people = vec(vec(wish(), 1..14), PEOPLE);
    (arbitrary::decided(), arbitrary::decided(), people).prop_map(|(base, donor, people)| {
        let edited: Vec<Session> = people.iter().map(|wishes| edited(&base, &donor, wishes)).collect();
        let pairs =
            edited.iter().enumerate().flat_map(|(n, ours)| edited[..n].iter().map(move |theirs| (ours, theirs)));
        let fork = |(ours, theirs): (&Session, &Session)| Fork {
            base: base.clone(),
            ours: ours.clone(),
            theirs: theirs.clone(),
        };
        pairs.map(fork).collect()
    })
}

/// The session after all wishes that come true.
fn edited(base: &Session, donor: &Session, wishes: &[Wish]) -> Session {
    wishes.iter().fold(base.clone(), |now, wish| now.apply(&wish.edit(&now, donor)).unwrap_or(now))
}

fn merged(base: &Session, ours: &Session, theirs: &Session) -> Session {
    merge(Some(base), ours, theirs, Names::default()).session
}

/// The same conflict seen from the other side.
fn turned(conflict: &Conflict) -> Conflict {
    let Conflict { ours, theirs, ours_from, theirs_from, .. } = conflict.clone();
    Conflict { ours: theirs, theirs: ours, ours_from: theirs_from, theirs_from: ours_from, ..conflict.clone() }
}

fn threat_of(session: &Session, id: ThreatId) -> Option<&Threat> {
    session.find_threat(id).map(|(_, threat)| threat)
}

/// How many people change a session at once in [`forks`], and how many pairs they make.
const PEOPLE: usize = 5;
const PAIRS: u64 = 10;

/// How many random forks: few while working; for each property so many triples of a session and two changed ones as
/// `STRIDEBOARD_TRIPLES` says, or so many times ten as `PROPTEST_CASES` does.
pub(crate) fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let set = std::env::var_os("PROPTEST_CASES").map(|_| default.cases);
    let triples = asked("STRIDEBOARD_TRIPLES").and_then(|triples| u32::try_from(triples.div_ceil(PAIRS)).ok());
    ProptestConfig { cases: triples.or(set).unwrap_or(32), failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_side_that_changed_nothing_adds_nothing(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
        for (merged, expected) in [
            (merge(Some(base), base, theirs, Names::default()), theirs),
            (merge(Some(base), ours, base, Names::default()), ours),
            (merge(Some(base), ours, ours, Names::default()), ours),
            (merge(None, ours, ours, Names::default()), ours),
        ] {
            prop_assert_eq!(&merged.session, expected);
            prop_assert_eq!(merged.conflicts, []);
        }
    }
    }

    #[test]
    fn which_side_is_ours_makes_no_difference_but_in_the_names(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
        for base in [Some(base), None] {
            let there = merge(base, ours, theirs, Names { ours: "a", theirs: "b" }).session;
            let back = merge(base, theirs, ours, Names { ours: "b", theirs: "a" }).session;
            let back = Session { conflicts: back.conflicts.iter().map(turned).collect(), ..back };
            prop_assert_eq!(there, back);
        }
    }
    }

    #[test]
    fn every_merge_is_sound_and_survives_the_file(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
        for base in [Some(base), None] {
            let session = merge(base, ours, theirs, Names { ours: "main", theirs: "topic" }).session;
            prop_assert_eq!(session.problems(), []);
            prop_assert_eq!(decode(encode(&session).as_bytes()), Ok(session.clone()));
            // Nothing is left to merge.
            prop_assert_eq!(merged(&session, &session, &session), session);
        }
    }
    }

    #[test]
    fn settling_every_conflict_either_way_ends_without_conflicts_and_sound(forks in forks(), ways in vec(0_usize..3, 1..9)) {
        for Fork { base, ours, theirs } in &forks {
        let mut session = merged(base, ours, theirs);
        let mut refused = 0;
        for way in ways.iter().cycle() {
            let Some(id) = session.conflicts.keys().nth(refused).cloned() else { break };
            let choice = [Choice::Ours, Choice::Theirs, Choice::Keep][*way];
            let edit = settle(&session, &id, choice);
            prop_assert!(edit.is_ok(), "{id} {choice:?}: {edit:?}");
            // What the value refers to may have gone with another conflict; what is there can always be kept.
            match session.apply(&edit.unwrap()) {
                Ok(next) => session = next,
                Err(_) => refused += 1,
            }
        }
        for id in session.conflicts.keys().cloned().collect::<Vec<ConflictId>>() {
            session = session.apply(&settle(&session, &id, Choice::Keep).unwrap()).unwrap();
        }
        prop_assert_eq!(session.problems(), []);
        prop_assert!(session.conflicts.is_empty());
    }
    }

    #[test]
    fn the_order_in_which_three_branches_come_together_makes_no_difference_without_conflicts(forks in forks()) {
        let (base, [a, b, c]) = (&forks[0].base, [&forks[0].ours, &forks[0].theirs, &forks[1].ours]);
        let together = |one, other, last| merged(base, &merged(base, one, other), last);
        let first = together(a, b, c);
        if first.conflicts.is_empty() {
            prop_assert_eq!(&first, &together(b, c, a));
            prop_assert_eq!(&first, &together(c, a, b));
        }
    }

    #[test]
    fn no_threat_that_somebody_added_or_changed_is_lost(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
        let session = merged(base, ours, theirs);
        let after: BTreeSet<ThreatId> = session.threat_ids().collect();
        for side in [ours, theirs] {
            for (_, threat) in side.threats() {
                let changed = threat_of(base, threat.id) != Some(threat);
                prop_assert!(!changed || ordered_only(base, threat) || after.contains(&threat.id), "{}", threat.id);
            }
        }
    }
    }

    #[test]
    fn what_a_side_said_about_a_threat_stands_there_or_is_in_conflict(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
            let session = merged(base, ours, theirs);
            for (_, said) in ours.threats().chain(theirs.threats()) {
                let (Some(before), Some(now)) = (threat_of(base, said.id), threat_of(&session, said.id)) else { continue };
                let answer = |threat: &Threat| (threat.response, threat.acceptance.clone());
                let fields = [
                    ("letter", said.letter != before.letter, said.letter == now.letter),
                    ("statement", said.statement != before.statement, said.statement == now.statement),
                    ("inherent", said.inherent != before.inherent, said.inherent == now.inherent),
                    ("current", said.current != before.current, said.current == now.current),
                    ("target", said.target != before.target, said.target == now.target),
                    ("response", answer(said) != answer(before), answer(said) == answer(now)),
                    ("withdrawn", said.withdrawn != before.withdrawn, said.withdrawn == now.withdrawn),
                    ("by", said.by != before.by, said.by == now.by),
                    ("origin", said.origin != before.origin, said.origin == now.origin),
                ];
                for (field, changed, stands) in fields {
                    let id = ConflictId::new(Some(EntryId::Threat(said.id)), field);
                    prop_assert!(!changed || stands || session.conflicts.contains(&id), "{id}");
                }
            }
        }
    }

    #[test]
    fn what_only_one_side_changed_is_as_that_side_has_it(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
        let session = merged(base, ours, theirs);
        for (side, other) in [(ours, theirs), (theirs, ours)] {
            for (_, threat) in side.threats() {
                let (before, there) = (threat_of(base, threat.id), threat_of(other, threat.id));
                if before.is_some() && before == there {
                    prop_assert_eq!(threat_of(&session, threat.id), Some(threat));
                }
            }
            for mitigation in side.mitigations.iter() {
                let (before, there) = (base.mitigations.get(&mitigation.id), other.mitigations.get(&mitigation.id));
                if before.is_some() && before == there {
                    prop_assert_eq!(session.mitigations.get(&mitigation.id), Some(mitigation));
                }
            }
        }
    }
    }
}

/// Whether only the place in the meeting's order differs from what it was.
fn ordered_only(base: &Session, threat: &Threat) -> bool {
    threat_of(base, threat.id).is_some_and(|before| Threat { rank: threat.rank, ..before.clone() } == *threat)
}

/// A session with two zones, a mitigation, and a threat on a flow between two components.
fn small() -> Session {
    let file = r#"Session(format: 1, title: "x",
        zones: [Zone(id: "a", name: "A"), Zone(id: "b", name: "B")],
        components: [Component(id: "api", name: "API", zone: "a"), Component(id: "db", name: "DB", zone: "b")],
        flows: [Flow(id: "F1-a2c", from: "api", to: "db", threats: [
            Threat(id: "T1-k7q", letter: S, statement: "said", current: Rating(likelihood: 2, impact: 2)),
        ])],
        mitigations: [Mitigation(id: "M1-9fd", title: "done", state: Agreed, evidence: ["a.rs"])],
    )"#;
    decode(file.as_bytes()).unwrap()
}

/// What is in conflict after two people changed the small session, and the merged session.
fn after(ours: impl Fn(&mut Session), theirs: impl Fn(&mut Session)) -> (Vec<String>, Session) {
    let (mut a, mut b) = (small(), small());
    ours(&mut a);
    theirs(&mut b);
    for side in [&a, &b] {
        assert_eq!(side.problems(), [], "a side is broken by itself");
    }
    let merged = merge(Some(&small()), &a, &b, Names::default());
    assert_eq!(merged.session.problems(), []);
    (merged.conflicts.iter().map(ToString::to_string).collect(), merged.session)
}

fn remove(id: EntryId) -> impl Fn(&mut Session) {
    move |session| *session = session.apply(&Edit::Remove(id.clone())).unwrap()
}

fn api() -> EntryId {
    EntryId::Component("api".parse().unwrap())
}

#[test]
fn zones_that_move_into_each_other_stay_where_they_were() {
    let (conflicts, session) = after(
        |s| s.zones.get_mut("a").unwrap().parent = Some("b".parse().unwrap()),
        |s| s.zones.get_mut("b").unwrap().parent = Some("a".parse().unwrap()),
    );
    assert_eq!(conflicts, ["zone/a/parent", "zone/b/parent"]);
    assert!(session.zones.iter().all(|zone| zone.parent.is_none()));
}

#[test]
fn in_place_on_one_side_and_without_its_evidence_on_the_other_is_not_in_place() {
    let id = "M1-9fd".parse().unwrap();
    let (conflicts, session) = after(
        |s| s.mitigations.get_mut(&id).unwrap().state = MitigationState::InPlace,
        |s| s.mitigations.get_mut(&id).unwrap().evidence.clear(),
    );
    assert_eq!(conflicts, ["M1-9fd/state"]);
    assert_eq!(session.mitigations.get(&id).unwrap().state, MitigationState::InProgress);
}

#[test]
fn ratings_of_one_side_and_another_matrix_of_the_other_are_in_conflict() {
    let rate = |s: &mut Session| {
        let rating = Some(Rating { likelihood: Some(5), impact: Some(5) });
        *s = s.apply(&Edit::SetRating { threat: "T1-k7q".parse().unwrap(), point: Point::Current, rating }).unwrap();
    };
    assert_eq!(after(|s| s.matrix = "owasp".into(), rate).0, ["session/matrix"]);
    assert_eq!(after(|s| s.matrix = "owasp".into(), |s| s.title = "y".into()).0, [] as [&str; 0]);
}

#[test]
fn nobody_signed_for_what_was_judged_worse_meanwhile() {
    let id: ThreatId = "T1-k7q".parse().unwrap();
    let sign = |s: &mut Session| {
        let acceptance = Some(Acceptance { by: "cfo".into(), reason: "rare".into(), until: None });
        let signed = Threat { response: Some(Response::Accept), acceptance, ..threat_of(s, id).unwrap().clone() };
        *s = s.apply(&Edit::ChangeThreat(Box::new(signed))).unwrap();
    };
    let rate = |step: u8| {
        move |s: &mut Session| {
            let rating = Some(Rating { likelihood: Some(step), impact: Some(step) });
            *s = s.apply(&Edit::SetRating { threat: id, point: Point::Current, rating }).unwrap();
        }
    };
    let (conflicts, session) = after(sign, rate(5));
    assert_eq!(conflicts, ["T1-k7q/response"]);
    assert_eq!(threat_of(&session, id).unwrap().response, None);
    assert_eq!(after(sign, rate(1)).0, [] as [&str; 0], "milder is covered by the signature");
    let lower_and_sign = |s: &mut Session| {
        rate(1)(s);
        sign(s);
    };
    let file_away = |s: &mut Session| {
        let edit = Edit::MoveThreat { threat: id, place: Place::Unfiled, letter: Letter::S };
        *s = s.apply(&edit).unwrap();
    };
    assert_eq!(after(lower_and_sign, file_away).0, [] as [&str; 0], "the other side judged nothing");
}

#[test]
fn a_component_that_is_removed_here_and_changed_there_stays_with_all_that_stood_in_it() {
    let (conflicts, session) = after(remove(api()), |s| s.components.get_mut("api").unwrap().owner = "ana".into());
    assert_eq!(conflicts, ["component/api/record"]);
    assert_eq!((session.flows.len(), session.threats().count()), (1, 1));
    let edit = settle(&session, session.conflicts.keys().next().unwrap(), Choice::Ours).unwrap();
    let session = session.apply(&edit).unwrap();
    assert_eq!((session.flows.len(), session.components.len(), session.conflicts.len()), (0, 1, 0));
}

#[test]
fn what_is_removed_here_and_needed_there_comes_back() {
    let found = Threat::new("T2-000".parse().unwrap(), Letter::T, "found meanwhile");
    let add = |s: &mut Session| {
        let edit = Edit::AddThreat { place: Place::Flow("F1-a2c".parse().unwrap()), threat: Box::new(found.clone()) };
        *s = s.apply(&edit).unwrap();
    };
    let (conflicts, session) = after(remove(api()), add);
    assert_eq!(conflicts, ["component/api/record", "F1-a2c/record"]);
    assert_eq!(session.threats().count(), 2);
    assert_eq!(after(remove(api()), |_| ()).1.threats().count(), 0, "nobody needs it, so it is gone");
}

#[test]
fn a_merge_says_which_record_changed_on_which_side() {
    let (mut ours, mut theirs) = (small(), small());
    ours.zones.get_mut("a").unwrap().name = "Z".into();
    remove(api())(&mut ours);
    theirs.zones.get_mut("a").unwrap().name = "Y".into();
    theirs.title = "y".into();
    let changed = merge(Some(&small()), &ours, &theirs, Names::default()).changed;
    let said: Vec<String> = changed
        .iter()
        .map(|(id, side)| format!("{} {side:?}", id.as_ref().map_or("session".to_owned(), EntryId::short)))
        .collect();
    assert_eq!(said, ["session Theirs", "a Both", "api Ours", "F1 Ours", "T1 Ours"]);
}

#[test]
fn what_two_rooms_dismiss_is_dismissed_once_and_nobody_is_asked_to_decide() {
    let dismiss = |row: &'static str, reason: &'static str| {
        move |s: &mut Session| {
            let one = Dismissal { id: row.into(), reason: reason.into(), by: String::new() };
            s.flows.get_mut(&"F1-a2c".parse().unwrap()).unwrap().dismissed.insert(one);
        }
    };
    let dismissed = |session: &Session| {
        let place = Place::Flow("F1-a2c".parse().unwrap());
        let table = session.dismissed_at(&place).unwrap().clone();
        table.iter().map(|one| format!("{} {}", one.id, one.reason)).collect::<Vec<_>>()
    };
    let (conflicts, session) = after(dismiss("api.T1", "no"), dismiss("api.S1", "never"));
    assert_eq!((conflicts.len(), dismissed(&session)), (0, vec!["api.S1 never".to_owned(), "api.T1 no".to_owned()]));
    for (ours, theirs) in [("far-fetched", "no"), ("no", "far-fetched")] {
        let (conflicts, session) = after(dismiss("api.T1", ours), dismiss("api.T1", theirs));
        assert_eq!((conflicts.len(), dismissed(&session)), (0, vec!["api.T1 far-fetched".to_owned()]));
    }
}

#[test]
fn the_same_answer_in_two_rooms_is_one_answer_by_both_and_two_answers_are_none() {
    let place = Place::Flow("F1-a2c".parse().unwrap());
    let answer = |state, reason: &'static str, by: &'static str| {
        let place = place.clone();
        move |s: &mut Session| {
            let cell = Cell { reason: reason.into(), by: by.into(), ..Cell::new(Letter::R, state) };
            *s = s.apply(&Edit::Decide { place: place.clone(), cell }).unwrap();
        }
    };
    let (conflicts, session) = after(answer(Answer::Clear, "", "ben"), answer(Answer::Clear, "", "ana"));
    let cell = session.cells_at(&place).unwrap().get(Letter::R).unwrap();
    assert_eq!((conflicts.len(), cell.by.as_str()), (0, "ana, ben"));
    let (conflicts, session) = after(answer(Answer::Clear, "", "ben"), answer(Answer::NotApplicable, "no", "ana"));
    assert_eq!(conflicts, ["F1-a2c/R"]);
    assert!(session.cells_at(&place).unwrap().is_empty());
}
