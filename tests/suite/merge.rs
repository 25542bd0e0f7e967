//! What holds for every merge: sessions that two people edited at random, merged in every way.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};
use strideboard::{
    format::session::{decode, encode},
    review::merge::{Choice, Names, merge, settle},
    session::{Conflict, ConflictId, Session, Threat, ThreatId},
};

use crate::{
    arbitrary,
    edits::{Wish, wish},
};

/// A session and what two people made of it.
#[derive(Debug)]
struct Fork {
    base: Session,
    ours: Session,
    theirs: Session,
}

/// What several people made of one session, two by two: making sessions takes longer than merging them.
fn forks() -> impl Strategy<Value = Vec<Fork>> {
    let people = vec(vec(wish(), 1..14), 5);
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

/// How many random forks: few while working, many with `PROPTEST_CASES`.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 64 };
    ProptestConfig { cases, failure_persistence: None, ..default }
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
