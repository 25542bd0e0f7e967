//! The order on known sessions, and the best choice of cells against every other choice.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    method::{
        basis::basis,
        fixture::{closed, component, flow, flow_id, question, web, zone},
    },
    session::{Answer, Asset, Cell, Element, Text},
};

fn route(session: &Session) -> Route {
    Route::of(session, &Parked::of(session))
}

/// `S1 T1 S2`: letter and number of the flow.
fn spoken(route: &Route) -> String {
    let name = |place: &Place| place.short().trim_start_matches('F').to_owned();
    route.steps.iter().map(|step| format!("{}{}", step.letter, name(&step.place))).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_little_of_everything_comes_before_much_of_one_thing_and_core_before_ask() {
    // Both flows cross a boundary one step from the internet; the letter no interaction table lists comes last.
    assert_eq!(spoken(&route(&web())), "S1 S2 T1 T2 R1 R2 I1 I2 D1 D2 E1 E2");
}

#[test]
fn every_cell_of_a_fresh_session_is_on_the_route_once() {
    let mut session = web();
    session.flows.insert(flow("F3-c00", "api", "api"));
    let steps = route(&session).steps;
    let mut cells: Vec<_> = steps.iter().map(|step| (step.place.clone(), step.letter)).collect();
    cells.sort();
    cells.dedup();
    assert_eq!((steps.len(), cells.len()), (18, 18));
}

#[test]
fn what_is_decided_or_parked_is_not_on_the_route_and_what_is_left_there_is_worth_less() {
    let mut session = web();
    let cells = &mut session.flows.get_mut(&flow_id("F1-a00")).unwrap().cells;
    for letter in [Letter::S, Letter::T, Letter::R] {
        cells.set(Cell::new(letter, Answer::Clear));
    }
    session.notes.insert(question("N1-000", &Place::Flow(flow_id("F1-a00")), Letter::D));
    assert_eq!(spoken(&route(&session)), "S2 T2 R2 I2 I1 D2 E1 E2");
    assert_eq!(spoken(&route(&closed())), "");
}

#[test]
fn what_changed_is_looked_at_again_before_what_is_new() {
    let mut session = closed();
    let mut other = flow("F3-c00", "browser", "api");
    other.assets.push("credentials".parse().unwrap());
    session.flows.insert(other);
    session.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol = "http".to_owned();
    assert!(spoken(&route(&session)).starts_with("S1 S3 T1"), "{}", spoken(&route(&session)));
}

/// The walk of a room that answers whatever it comes to while so many cells fit.
fn walked(session: &Session, mut fitting: usize) -> String {
    let (mut session, mut at, mut said) = (session.clone(), None, Vec::new());
    while fitting > 0 {
        let route = route(&session);
        let Some(step) = route.next(at.as_ref(), fitting, &BTreeSet::new()) else { break };
        let Place::Flow(id) = step.place else { unreachable!("no component is touched here") };
        said.push(format!("{}{}", step.letter, id.number()));
        session.flows.get_mut(&id).unwrap().cells.set(Cell::new(step.letter, Answer::Clear));
        (at, fitting) = (Some(step.place.clone()), fitting - 1);
    }
    said.join(" ")
}

#[test]
fn the_walk_stays_in_a_flow_until_its_planned_core_letters_are_done() {
    assert_eq!(walked(&web(), 99), "S1 T1 R1 I1 D1 E1 S2 T2 R2 I2 D2 E2");
    // The same cells as the first six of the plan, in another order.
    assert_eq!(walked(&web(), 6), "S1 T1 R1 S2 T2 R2");
}

#[test]
fn what_was_passed_over_does_not_hold_the_room_back() {
    let route = route(&web());
    let at = Place::Flow(flow_id("F1-a00"));
    let passed = Letter::ALL.into_iter().map(|letter| (at.clone(), letter)).collect();
    let next = route.next(Some(&at), 99, &passed).unwrap();
    assert_eq!((next.place.short().as_str(), next.letter), ("F2", Letter::S));
    assert_eq!(next.why(&web()), "crosses a boundary, reached from the internet");
}

#[test]
fn what_does_not_fit_is_counted_by_place() {
    let left = route(&web()).untouched(9);
    let left: Vec<String> = left.iter().map(|(place, count)| format!("{} {count}", place.short())).collect();
    assert_eq!(left, ["F2 2", "F1 1"]);
}

/// What a choice of cells is worth, from the definition: core before ask, and within a place and a weight the best one
/// counts whole, the second half and so on, after those that are decided already.
fn worth(session: &Session, chosen: &[&Step]) -> (u32, u32) {
    let parked = Parked::of(session);
    let mut sum = (0, 0);
    let mut by_place: BTreeMap<(&Place, Weight), Vec<u32>> = BTreeMap::new();
    for step in chosen {
        by_place.entry((&step.place, step.weight)).or_default().push(whole(session, step));
    }
    for ((place, weight), mut values) in by_place {
        let views = cells(session, place, &parked);
        let open = |view: &&CellView| !view.is_decided() && view.state != CellState::Parked;
        let done = views.iter().filter(|view| view.weight == weight && !open(view)).count() as u32;
        values.sort_unstable_by_key(|value| Reverse(*value));
        let total: u32 = values.into_iter().zip(done + 1..).map(|(value, nth)| value * WHOLE / nth).sum();
        if weight == Weight::Core { sum.0 += total } else { sum.1 += total }
    }
    sum
}

/// What a cell is worth by itself.
fn whole(session: &Session, step: &Step) -> u32 {
    let Place::Flow(id) = &step.place else { unreachable!("no component is touched here") };
    let views = cells(session, &step.place, &Parked::of(session));
    let changed = views.iter().any(|view| !view.stale.is_empty());
    let stale = !views[step.letter as usize].stale.is_empty();
    let flow = session.flows.get(id).unwrap();
    worth_of_flow(session, flow) + if changed { CHANGED } else { 0 } + if stale { STALE } else { 0 }
}

/// Up to three flows between three components, some cells answered, some of those on old ground.
fn small() -> impl Strategy<Value = Session> {
    let drawn = (0..3usize, 0..3usize, 0..4usize, prop::array::uniform6(0..4u8));
    prop::collection::vec(drawn, 1..4).prop_map(|flows| {
        let mut session = Session::new("small");
        for (id, exposure) in [("out", Exposure::Internet), ("in", Exposure::Internal)] {
            session.zones.insert(crate::session::Zone { exposure, ..zone(id) });
        }
        for (id, element, zone) in
            [("a", Element::Actor, Some("out")), ("b", Element::Process, Some("in")), ("c", Element::Store, Some("in"))]
        {
            session.components.insert(component(id, element, zone));
        }
        for (id, class) in [("x", Class::Public), ("y", Class::Confidential), ("z", Class::Restricted)] {
            let asset = Asset { id: id.parse().unwrap(), rank: 0, name: id.into(), class, note: Text::default() };
            session.assets.insert(asset);
        }
        for ((from, to, asset, answers), n) in flows.into_iter().zip(1..) {
            let mut flow = flow(&format!("F{n}-00{n}"), ["a", "b", "c"][from], ["a", "b", "c"][to]);
            flow.assets.extend(["x", "y", "z"].get(asset).map(|id| id.parse().unwrap()));
            let place = Place::Flow(flow.id);
            session.flows.insert(flow.clone());
            let now = basis(&session, &place);
            let before = now.map(|mut ground| {
                ground.0[0] = if ground.0[0] == b'0' { b'1' } else { b'0' };
                ground
            });
            for (letter, answer) in Letter::ALL.into_iter().zip(answers) {
                let basis = match answer {
                    0 => now,
                    1 => before,
                    _ => continue,
                };
                flow.cells.set(Cell { basis, ..Cell::new(letter, Answer::Clear) });
            }
            session.flows.insert(flow);
        }
        session
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No choice of as many cells is worth more than the beginning of the route.
    #[test]
    fn the_beginning_of_the_route_is_the_best_choice_there_is(session in small(), share in 0..=100usize) {
        let route = route(&session);
        // Every choice of at most twelve cells can be tried; what is cut off is at the end of the route.
        let steps = &route.steps[..route.steps.len().min(12)];
        let fitting = steps.len() * share / 100;
        let chosen: Vec<&Step> = steps.iter().take(fitting).collect();
        let best = (0u32..1 << steps.len())
            .filter(|set| set.count_ones() as usize == fitting)
            .map(|set| {
                let choice: Vec<&Step> =
                    steps.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, step)| step).collect();
                worth(&session, &choice)
            })
            .max();
        prop_assert_eq!(Some(worth(&session, &chosen)), best);
    }

    /// The same session gives the same route, and every open cell that counts is on it.
    #[test]
    fn the_route_has_every_open_cell_that_counts(session in small()) {
        let parked = Parked::of(&session);
        let steps = route(&session).steps;
        prop_assert_eq!(&steps, &route(&session).steps);
        let open = session.flows.iter().flat_map(|flow| cells(&session, &Place::Flow(flow.id), &parked));
        let open = open.filter(|view| view.weight != Weight::Rare && !view.is_decided());
        prop_assert_eq!(steps.len(), open.count());
    }
}
