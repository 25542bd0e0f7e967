//! The way through the open cells: what matters most first, a little of everything before much of one thing.
//!
//! Owns the worth of talking about a cell and the order that follows from it. Core cells come before ask cells. Within
//! those, a cell is worth as much as its place: whether a boundary is crossed, how sensitive the data is, who can reach
//! it, whether something changed since it was last looked at. What was already said about a place makes the next word
//! about it worth less: the first cell counts whole, the second half, the third a third. Adding up such worth, the first
//! so many cells of the route are the best choice of so many cells there is, whatever the number.
//!
//! That is the plan: which cells, when not all of them fit. The walk through it goes by place: a room that thinks about
//! one flow stays there until the planned cells of that weight are done, and only then goes on to the next place.
//!
//! Refuses: hiding. What does not fit is at the end of the route, and it is said that it does not fit.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    method::{
        cell::{CellState, CellView, Parked, cells},
        weight::{Weight, crosses},
    },
    session::{AssetId, Class, Component, Exposure, Flow, Letter, Named, Place, Session},
};

/// One cell of the route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where it is.
    pub place: Place,
    /// Its letter there.
    pub letter: Letter,
    /// How much the letter matters there.
    pub weight: Weight,
    /// What talking about it is worth, in sixtieths.
    pub worth: u32,
}

/// The open cells in the order in which to talk about them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Route {
    /// All of them.
    pub steps: Vec<Step>,
}

/// The first cell of a place counts whole: a number that can be divided by one to six and leaves no rest.
const WHOLE: u32 = 60;

impl Route {
    /// The route through a session: cells of flows that are open or stale, and stale cells of components.
    pub fn of(session: &Session, parked: &Parked) -> Self {
        let mut steps = Vec::new();
        for flow in session.flows.iter() {
            let (place, worth) = (Place::Flow(flow.id), worth_of_flow(session, flow));
            stop_at(&mut steps, &place, worth, &cells(session, &place, parked));
        }
        for component in session.components.iter().filter(|component| is_touched(component)) {
            let place = Place::Component(component.id.clone());
            let views = cells(session, &place, parked);
            // By itself a component is talked about when somebody began to, and then until it is not stale any more.
            let begun = views.map(|view| CellView { weight: Weight::Ask, ..view });
            let open = |view: &CellView| view.state != CellState::Open;
            if begun.iter().any(|view| open(view) && !view.stale.is_empty()) {
                let stale: Vec<(Letter, CellView)> =
                    Letter::ALL.into_iter().zip(begun).filter(|(_, v)| open(v)).collect();
                rank(&mut steps, &place, worth_of_component(component, session), Weight::Ask, &stale);
            }
        }
        let order = |place: &Place| match place {
            Place::Flow(id) => (0, session.flows.get(id).map_or(0, |f| f.rank), id.number()),
            Place::Component(id) => (1, session.components.get(id).map_or(0, |c| c.rank), 0),
            Place::Unfiled => (2, 0, 0),
        };
        steps.sort_by_cached_key(|step| {
            (step.weight, Reverse(step.worth), order(&step.place), step.letter, step.place.clone())
        });
        Self { steps }
    }

    /// Where to go on from a place when so many cells fit: the next planned cell of the same place while it has one as
    /// heavy as the first that is left anywhere, else that first one. What the room passed over is left out.
    pub fn next(&self, at: Option<&Place>, fitting: usize, passed: &BTreeSet<(Place, Letter)>) -> Option<&Step> {
        let fresh = |step: &&Step| !passed.contains(&(step.place.clone(), step.letter));
        let first = self.steps.iter().find(fresh)?;
        let planned = self.steps.iter().take(fitting).filter(fresh);
        let mut here = planned.filter(|step| Some(&step.place) == at && step.weight == first.weight);
        Some(here.next().unwrap_or(first))
    }

    /// The places of which something is left when only so many cells are talked about, in the order of the route.
    pub fn untouched(&self, fitting: usize) -> Vec<(Place, usize)> {
        let mut places: Vec<(Place, usize)> = Vec::new();
        let mut at: BTreeMap<&Place, usize> = BTreeMap::new();
        for step in self.steps.iter().skip(fitting) {
            let index = *at.entry(&step.place).or_insert(places.len());
            match places.get_mut(index) {
                Some((_, count)) => *count += 1,
                None => places.push((step.place.clone(), 1)),
            }
        }
        places
    }
}

impl Step {
    /// Why it is worth going to its place, in the words of what makes it so.
    pub fn why(&self, session: &Session) -> String {
        let flow = match &self.place {
            Place::Flow(id) => session.flows.get(id),
            Place::Component(_) | Place::Unfiled => None,
        };
        let Some(flow) = flow else { return "changed since it was answered".to_owned() };
        let mut why = Vec::new();
        why.extend(crosses(session, flow).then(|| "crosses a boundary".to_owned()));
        why.extend((reached(session, flow) == Exposure::Internet).then(|| "reached from the internet".to_owned()));
        let class = Class::ALL.iter().rev().find(|named| **named as u32 == class(session, &flow.assets));
        why.extend(class.filter(|class| **class > Class::Internal).map(|class| format!("{} data", class.name())));
        if why.is_empty() { "worth most of what is left".to_owned() } else { why.join(", ") }
    }
}

fn is_touched(component: &Component) -> bool {
    !component.cells.is_empty() || !component.threats.is_empty()
}

fn stop_at(steps: &mut Vec<Step>, place: &Place, worth: u32, views: &[CellView; 6]) {
    // What changed here makes every cell of the place worth another look.
    let changed = views.iter().any(|view| !view.stale.is_empty());
    let worth = worth + if changed { CHANGED } else { 0 };
    for weight in [Weight::Core, Weight::Ask] {
        let of_weight = Letter::ALL.into_iter().zip(views.iter().cloned()).filter(|(_, view)| view.weight == weight);
        rank(steps, place, worth, weight, &of_weight.collect::<Vec<_>>());
    }
}

/// Adds the open ones of these cells of one weight, each with what it is worth after those before it.
fn rank(steps: &mut Vec<Step>, place: &Place, worth: u32, weight: Weight, cells: &[(Letter, CellView)]) {
    let open = |view: &CellView| !view.is_decided() && view.state != CellState::Parked;
    let done = cells.iter().filter(|(_, view)| !open(view)).count() as u32;
    let mut left: Vec<&(Letter, CellView)> = cells.iter().filter(|(_, view)| open(view)).collect();
    left.sort_by_key(|(letter, view)| (view.stale.is_empty(), *letter));
    for ((letter, view), nth) in left.into_iter().zip(done + 1..) {
        let worth = worth + if view.stale.is_empty() { 0 } else { STALE };
        steps.push(Step { place: place.clone(), letter: *letter, weight, worth: worth * WHOLE / nth });
    }
}

/// What crossing a boundary adds: it is the master switch of the method.
const CROSSING: u32 = 8;
/// What a change since the last answer adds to every cell of the place.
const CHANGED: u32 = 4;
/// What it adds to the answer that is no longer known to hold.
const STALE: u32 = 4;

fn worth_of_flow(session: &Session, flow: &Flow) -> u32 {
    let crossing = if crosses(session, flow) { CROSSING } else { 0 };
    1 + crossing + 2 * reached(session, flow) as u32 + 2 * class(session, &flow.assets)
}

/// Who can reach either end of a flow.
fn reached(session: &Session, flow: &Flow) -> Exposure {
    let ends = [&flow.from, &flow.to].map(|id| session.components.get(id));
    ends.into_iter().flatten().map(|end| exposure(session, end)).max().unwrap_or(Exposure::Isolated)
}

fn worth_of_component(component: &Component, session: &Session) -> u32 {
    1 + CHANGED + 2 * exposure(session, component) as u32 + 2 * class(session, &component.assets)
}

/// Who can reach a component: through its ways in, or because of the zone it stands in.
fn exposure(session: &Session, component: &Component) -> Exposure {
    let zone = component.zone.as_ref().and_then(|zone| session.zones.get(zone)).map(|zone| zone.exposure);
    let ways = component.entry_points.iter().map(|way| way.exposure);
    ways.chain(zone).max().unwrap_or(Exposure::Isolated)
}

/// The most sensitive of these; nothing named is worth as little as what is public.
fn class(session: &Session, assets: &[AssetId]) -> u32 {
    let classes = assets.iter().filter_map(|id| session.assets.get(id)).map(|asset| asset.class);
    classes.max().unwrap_or(Class::Public) as u32
}

#[cfg(test)]
mod tests;
