//! A meeting about what changed: the part of the route that is worth a second meeting, and what it leaves out.
//!
//! Owns what counts as changed. Since the answers were given, a place changed when one of them is stale, or when nobody
//! ever said anything about it. Since an earlier model, it changed when it is new or stands on something else than then.
//! Refuses: finding that earlier model, and hiding; what is left out is counted, place by place.

use std::collections::BTreeMap;

use super::route::{Route, Step};
use crate::{
    method::{
        basis::basis,
        cell::{CellState, Parked, cell, cells},
    },
    session::{Place, Session},
};

/// Since when things count as changed.
#[derive(Debug, Clone, Copy)]
pub enum Since<'a> {
    /// Since they were answered: what the session says by itself.
    Answers,
    /// Since a model of before, such as one that was signed off.
    Model(&'a Session),
}

/// A route in two parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// What changed: stale cells first, otherwise in the order of the route.
    pub route: Route,
    /// What did not, in the order of the route.
    pub left_out: Route,
}

impl Delta {
    /// Parts a route by what changed.
    pub fn of(route: Route, session: &Session, parked: &Parked, since: Since<'_>) -> Self {
        let mut known: BTreeMap<Place, bool> = BTreeMap::new();
        let (mut steps, left_out): (Vec<Step>, Vec<Step>) = route.steps.into_iter().partition(|step| {
            let place = &step.place;
            *known.entry(place.clone()).or_insert_with(|| is_changed(session, place, parked, since))
        });
        let is_stale = |step: &Step| !cell(session, &step.place, step.letter, parked).stale.is_empty();
        steps.sort_by_cached_key(|step| !is_stale(step));
        Self { route: Route { steps }, left_out: Route { steps: left_out } }
    }
}

fn is_changed(session: &Session, place: &Place, parked: &Parked, since: Since<'_>) -> bool {
    let views = cells(session, place, parked);
    let stale = views.iter().any(|view| !view.stale.is_empty());
    stale
        || match since {
            Since::Answers => views.iter().all(|view| view.state == CellState::Open),
            Since::Model(before) => before.cells_at(place).is_none() || basis(before, place) != basis(session, place),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{closed, flow_id, login, web},
        session::Letter,
    };

    fn delta(session: &Session, since: Since<'_>) -> Delta {
        let parked = Parked::of(session);
        Delta::of(Route::of(session, &parked), session, &parked, since)
    }

    /// [`closed`], with the flow to the store half open again.
    fn half_open() -> Session {
        let mut session = closed();
        let users = session.flows.get_mut(&flow_id("F2-b00")).unwrap();
        users.cells = users.cells.iter().filter(|cell| cell.letter < Letter::I).cloned().collect();
        session
    }

    #[test]
    fn what_is_stale_or_was_never_looked_at_is_in_and_the_rest_is_counted() {
        let mut session = half_open();
        assert_eq!(delta(&session, Since::Answers).route.steps, []);
        session.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol = "http".to_owned();
        let delta = delta(&session, Since::Answers);
        assert!(!delta.route.steps.is_empty() && delta.route.steps.iter().all(|step| step.place == login()));
        assert!(delta.left_out.steps.iter().all(|step| step.place == Place::Flow(flow_id("F2-b00"))));
        assert_eq!(delta.left_out.untouched(0).len(), 1);
        let everything = self::delta(&web(), Since::Answers);
        assert_eq!(everything.left_out.steps, [], "nothing was looked at yet");
    }

    #[test]
    fn against_an_earlier_model_only_what_differs_from_it_is_in() {
        let before = half_open();
        let mut session = before.clone();
        assert_eq!(delta(&session, Since::Model(&before)).route.steps, []);
        session.flows.get_mut(&flow_id("F2-b00")).unwrap().protocol = "sql over tls".to_owned();
        let changed = delta(&session, Since::Model(&before));
        assert!(!changed.route.steps.is_empty() && changed.left_out.steps.is_empty());
        let parked = Parked::of(&session);
        let stale: Vec<bool> = changed
            .route
            .steps
            .iter()
            .map(|step| !cell(&session, &step.place, step.letter, &parked).stale.is_empty())
            .collect();
        assert!(stale.is_sorted_by_key(|stale| !stale), "stale cells come first: {stale:?}");
        let new = delta(&session, Since::Model(&Session::new("Before")));
        assert_eq!(new.left_out.steps, []);
    }
}
