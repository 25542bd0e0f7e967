//! What holds for every session and every edit of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use strideboard::{
    app::{history::History, outline::Outline, reshape},
    format::session::{decode, encode},
    method::basis::basis,
    session::{Cell, Cells, Edit, EntryId, Session, Whereabouts},
};

use crate::{
    arbitrary,
    edits::{Kind, Verb, Wish, kind, verb, wish},
};

/// A session, where new records come from, and what is wished for one after the other.
fn story() -> impl Strategy<Value = (Session, Session, Vec<Wish>)> {
    (arbitrary::session().prop_map(|session| settled(&session)), arbitrary::session(), vec(wish(), 1..24))
}

/// The session with every answer that rests on something resting on what is there, so that edits can make it stale.
fn settled(session: &Session) -> Session {
    let mut settled = session.clone();
    for place in session.places() {
        for cell in session.cells_at(&place).into_iter().flat_map(Cells::iter).filter(|cell| cell.basis.is_some()) {
            let cell = Cell { basis: basis(session, &place), ..cell.clone() };
            settled = settled.apply(&Edit::Decide { place: place.clone(), cell }).unwrap();
        }
    }
    settled
}

fn config() -> Config {
    Config { cases: 128, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn drawing_anew_what_was_decided_loses_nothing(session in arbitrary::session(), which in any::<Index>()) {
        let mut tails = || 0;
        let mut drawn = Vec::new();
        let (flows, components): (Vec<_>, Vec<_>) = (session.flows.keys().collect(), session.components.keys().collect());
        if !components.is_empty() {
            let component = which.get(&components);
            drawn.push(reshape::copy(&session, component, "another one", &mut tails));
            if !flows.is_empty() {
                drawn.extend(reshape::via(&session, **which.get(&flows), component, &mut tails));
            }
        }
        for edits in drawn {
            let after = session.apply(&Edit::Batch { label: String::new(), edits }).unwrap();
            prop_assert!(session.places().all(|place| after.cells_at(&place) == session.cells_at(&place)));
            prop_assert!(session.places().all(|place| after.threats_at(&place) == session.threats_at(&place)));
            prop_assert_eq!(&after.notes, &session.notes);
            prop_assert_eq!(&after.mitigations, &session.mitigations);
            let drawn_anew = session.places().count() < after.places().count();
            prop_assert!(drawn_anew, "a flow or a component came");
        }
    }

    #[test]
    fn undoing_everything_is_the_beginning_and_redoing_everything_is_the_end((session, donor, wishes) in story()) {
        let mut history = History::new(Arc::new(session.clone()));
        let mut steps = Vec::new();
        for wish in &wishes {
            let before = (history.session().clone(), history.revision());
            let edit = wish.edit(&before.0, &donor);
            match history.apply(&edit, &|_| Whereabouts::Unknown) {
                Ok(true) => steps.push(edit.label(&before.0)),
                Ok(false) => prop_assert_eq!(history.session(), &before.0),
                Err(_) => prop_assert!(Arc::ptr_eq(history.session(), &before.0), "{edit:?}"),
            }
        }
        let end = history.session().clone();
        let mut undone: Vec<_> = std::iter::from_fn(|| history.undo()).map(|done| done.label).collect();
        undone.reverse();
        prop_assert_eq!(&undone, &steps);
        prop_assert_eq!((&**history.session(), history.revision()), (&session, 0));
        let redone: Vec<_> = std::iter::from_fn(|| history.redo()).map(|done| done.label).collect();
        prop_assert_eq!(&redone, &steps);
        prop_assert!(Arc::ptr_eq(history.session(), &end));
    }

    #[test]
    fn no_edit_breaks_what_held_before_and_every_session_survives_the_file((session, donor, wishes) in story()) {
        let mut now = session;
        prop_assert_eq!(now.problems(), []);
        for wish in &wishes {
            let edit = wish.edit(&now, &donor);
            let before = now.clone();
            if let Ok(next) = now.apply(&edit) {
                prop_assert_eq!(next.problems(), [], "{:?}", edit);
                now = next;
            }
            else {
                prop_assert_eq!(&now, &before);
            }
        }
        let read = decode(encode(&now).as_bytes());
        prop_assert!(read.is_ok(), "{:?}", read.err());
        prop_assert_eq!(read.ok(), Some(now));
    }

    #[test]
    fn swapping_exchanges_two_records_and_moves_no_other((session, donor, wishes) in story()) {
        let mut now = session;
        for wish in &wishes {
            let edit = wish.edit(&now, &donor);
            let Ok(next) = now.apply(&edit) else { continue };
            if let Edit::Swap(a, b) = &edit {
                let mut wanted = in_order(&now, a);
                let at = |id| wanted.iter().position(|other| other == id);
                if let (Some(first), Some(second)) = (at(a), at(b)) {
                    wanted.swap(first, second);
                }
                prop_assert_eq!(in_order(&next, a), wanted);
            }
            now = next;
        }
    }

    #[test]
    fn an_outline_that_follows_is_the_outline_from_nothing((session, donor, wishes) in story()) {
        let mut history = History::new(Arc::new(session));
        let mut outline = Outline::of(history.session());
        let mut check = |history: &mut History, change: &mut dyn FnMut(&mut History)| {
            let before = history.session().clone();
            change(history);
            outline.follow(&before, history.session());
            prop_assert_eq!(&outline, &Outline::of(history.session()));
            prop_assert_eq!(told(&outline, history.session()), looked_up(history.session()));
            Ok(())
        };
        for (n, wish) in wishes.iter().enumerate() {
            let edit = wish.edit(history.session(), &donor);
            check(&mut history, &mut |history| drop(history.apply(&edit, &|_| Whereabouts::Unknown)))?;
            if n % 4 == 3 {
                check(&mut history, &mut |history| drop(history.undo()))?;
                check(&mut history, &mut |history| drop(history.undo()))?;
                check(&mut history, &mut |history| drop(history.redo()))?;
            }
        }
        while history.can_undo() {
            check(&mut history, &mut |history| drop(history.undo()))?;
        }
        while history.can_redo() {
            check(&mut history, &mut |history| drop(history.redo()))?;
        }
    }

    #[test]
    fn an_edit_survives_being_written_down((session, donor, wishes) in story()) {
        for wish in &wishes {
            let edit = wish.edit(&session, &donor);
            let journal = serde_json::to_string(&edit).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Edit>(&journal).unwrap(), &edit, "{}", journal);
            let notes = ron::to_string(&edit).unwrap();
            prop_assert_eq!(&ron::from_str::<Edit>(&notes).unwrap(), &edit, "{}", notes);
        }
    }
}

/// All records of this one's kind in the meeting's order.
fn in_order(session: &Session, of: &EntryId) -> Vec<EntryId> {
    let mut order: Vec<(u32, u32, EntryId)> = match of {
        EntryId::Zone(_) => session.zones.iter().map(|r| (r.rank, 0, EntryId::Zone(r.id.clone()))).collect(),
        EntryId::Asset(_) => session.assets.iter().map(|r| (r.rank, 0, EntryId::Asset(r.id.clone()))).collect(),
        EntryId::Component(_) => {
            session.components.iter().map(|r| (r.rank, 0, EntryId::Component(r.id.clone()))).collect()
        }
        EntryId::Flow(_) => session.flows.iter().map(|r| (r.rank, r.id.number(), EntryId::Flow(r.id))).collect(),
        EntryId::Threat(_) => session.threats().map(|(_, t)| (t.order().0, 0, EntryId::Threat(t.id))).collect(),
        _ => Vec::new(),
    };
    order.sort_unstable();
    order.into_iter().map(|(_, _, id)| id).collect()
}

/// What an outline says about threats and mitigations: place, name, links.
fn told(outline: &Outline, session: &Session) -> Vec<String> {
    let threats =
        session.threats().map(|(_, t)| format!("{} {:?} {}", t.id, outline.place_of(t.id), outline.name(t.id)));
    let links = session.mitigations.keys().map(|id| format!("{id} {:?}", outline.linked(*id).collect::<Vec<_>>()));
    threats.chain(links).collect()
}

/// The same, looked up in the session itself.
fn looked_up(session: &Session) -> Vec<String> {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    session.threats().for_each(|(_, t)| *numbers.entry(t.id.number()).or_default() += 1);
    let name = |id: strideboard::session::ThreatId| if numbers[&id.number()] > 1 { id.to_string() } else { id.short() };
    let threats = session.threats().map(|(place, t)| format!("{} {:?} {}", t.id, Some(place), name(t.id)));
    let links = session.mitigations.keys().map(|id| {
        let linked: BTreeSet<_> =
            session.threats().filter(|(_, t)| t.mitigations.contains(id)).map(|(_, t)| t.id).collect();
        format!("{id} {:?}", Vec::from_iter(linked))
    });
    threats.chain(links).collect()
}

#[test]
fn every_kind_of_edit_and_record_is_tried_accepted_and_refused() {
    let mut runner = TestRunner::deterministic();
    let [mut accepted, mut refused] = [const { BTreeSet::new() }; 2];
    let [mut added, mut changed, mut removed] = [const { BTreeSet::new() }; 3];
    // Threats are added and changed by edits of their own.
    let entries: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Threat).collect();
    // Long enough that the rarest of them comes up; over as soon as it has.
    for _ in 0..500 {
        let verbs = accepted.len().min(refused.len());
        if verbs == Verb::ALL.len()
            && removed.len() == Kind::ALL.len()
            && added.len().min(changed.len()) == entries.len()
        {
            break;
        }
        let (mut session, donor, wishes) = story().new_tree(&mut runner).unwrap().current();
        for wish in &wishes {
            let edit = wish.edit(&session, &donor);
            let Ok(next) = session.apply(&edit) else {
                refused.insert(verb(&edit));
                continue;
            };
            session = next;
            accepted.insert(verb(&edit));
            match &edit {
                Edit::Add(entry) => drop(added.insert(kind(&entry.id()))),
                Edit::Change(entry) => drop(changed.insert(kind(&entry.id()))),
                Edit::Remove(id) => drop(removed.insert(kind(id))),
                _ => (),
            }
        }
    }
    assert_eq!(Vec::from_iter(accepted), Verb::ALL);
    assert_eq!(Vec::from_iter(refused), Verb::ALL);
    assert_eq!(Vec::from_iter(removed), Kind::ALL);
    assert_eq!(Vec::from_iter(added), entries);
    assert_eq!(Vec::from_iter(changed), entries);
}
