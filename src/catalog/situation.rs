//! A situation: all that ranking knows of a place.
//!
//! Owns which facts of a session count and where they are read from. Whatever else a session holds, the same situation
//! gets the same suggestions at the same cost, because nothing else is looked at.

use super::{Kinds, Protocol, Seat, class_of};
use crate::{
    method::{
        prompts::{Names, joined},
        weight::{crosses, keeps_records},
    },
    session::{AssetId, Class, Component, ComponentId, Element, Exposure, Place, ServiceClass, Session},
};

/// What is known of a place when its cells are asked for suggestions.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation<'a> {
    /// What stands there.
    pub spot: Spot<'a>,
    /// What moves or happens, in a few words.
    pub label: &'a str,
    /// How it moves.
    pub protocol: Protocol,
    /// Whether it crosses a trust boundary.
    pub crossing: bool,
    /// The highest class of what is carried or held; absent when nobody said what is.
    pub class: Option<Class>,
    /// What is carried or held, joined for reading.
    pub assets: String,
    /// Whether one of the ends is a log store.
    pub log_store: bool,
    /// The threats that are at the place already.
    pub present: Vec<Present<'a>>,
    /// Ids of rows that somebody dismissed for this place.
    pub dismissed: Vec<&'a str>,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// A flow and what it connects.
    Flow {
        /// Where it starts.
        from: Party<'a>,
        /// Where it ends.
        to: Party<'a>,
    },
    /// A component by itself.
    Component(Party<'a>),
}

/// A component, as far as suggestions care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party<'a> {
    /// What people call it.
    pub name: &'a str,
    /// Its kind, or the plainest one for its element; empty when even that would be a guess.
    pub kind: &'a str,
    /// What it is in the diagram.
    pub element: Element,
    /// Who can reach it; absent when neither a zone nor an entry point says so.
    pub exposure: Option<Exposure>,
    /// How much of it a provider runs; absent when nobody said.
    pub class: Option<ServiceClass>,
}

/// A threat that is at the place already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present<'a> {
    /// The row it came from, `id@version`; empty when somebody thought of it.
    pub origin: &'a str,
    /// What it says.
    pub statement: &'a str,
}

impl<'a> Situation<'a> {
    /// What a session says of a place; `None` where nothing is ever suggested: the tray, and what does not exist.
    pub fn of(session: &'a Session, place: &'a Place, kinds: &'a Kinds) -> Option<Self> {
        let component = |id: &ComponentId| session.components.get(id);
        let mut situation = match place {
            Place::Flow(id) => {
                let flow = session.flows.get(id)?;
                let ends = [component(&flow.from), component(&flow.to)];
                let party = |end: Option<&'a Component>, id: &'a ComponentId| {
                    end.map_or_else(|| Party::missing(id.as_str()), |end| Party::of(session, end, kinds))
                };
                Self {
                    spot: Spot::Flow { from: party(ends[0], &flow.from), to: party(ends[1], &flow.to) },
                    label: &flow.label,
                    protocol: Protocol::of(&flow.protocol, &flow.label),
                    crossing: crosses(session, flow),
                    log_store: ends.into_iter().flatten().any(|end| is_log_store(end, kinds)),
                    ..Self::carrying(session, &flow.assets)
                }
            }
            Place::Component(id) => {
                let alone = component(id)?;
                Self {
                    spot: Spot::Component(Party::of(session, alone, kinds)),
                    log_store: is_log_store(alone, kinds),
                    ..Self::carrying(session, &alone.assets)
                }
            }
            Place::Unfiled => return None,
        };
        situation.dismissed = session.dismissed_at(place)?.keys().map(String::as_str).collect();
        let live = session.threats_at(place)?.iter().filter(|threat| threat.is_live());
        situation.present =
            live.map(|threat| Present { origin: &threat.origin, statement: &threat.statement }).collect();
        Some(situation)
    }

    /// Nothing known but what is carried.
    fn carrying(session: &Session, assets: &[AssetId]) -> Self {
        let known = assets.iter().filter_map(|id| session.assets.get(id));
        let names: Vec<&str> =
            assets.iter().map(|id| session.assets.get(id).map_or(id.as_str(), |asset| &asset.name)).collect();
        Self {
            spot: Spot::Component(Party { name: "", kind: "", element: Element::Process, exposure: None, class: None }),
            label: "",
            protocol: Protocol::default(),
            crossing: false,
            class: known.map(|asset| asset.class).max(),
            assets: joined(&names),
            log_store: false,
            present: Vec::new(),
            dismissed: Vec::new(),
        }
    }

    /// The component that a row is about which says where in a flow it stands.
    pub fn about(&self, seat: Seat) -> &Party<'a> {
        match (&self.spot, seat) {
            (Spot::Flow { from, .. }, Seat::Source) => from,
            (Spot::Flow { to, .. }, _) => to,
            (Spot::Component(alone), _) => alone,
        }
    }

    /// The names to fill into a sentence about one of the ends.
    pub fn names<'n>(&'n self, about: &'n Party<'_>) -> Names<'n> {
        let (from, to) = match &self.spot {
            Spot::Flow { from, to } => (from.name, to.name),
            Spot::Component(_) => ("", ""),
        };
        Names { from, to, label: self.label, assets: &self.assets, me: about.name }
    }
}

impl<'a> Party<'a> {
    fn of(session: &Session, component: &'a Component, kinds: &'a Kinds) -> Self {
        let zone = component.zone.as_ref().and_then(|id| session.zones.get(id)).map(|zone| zone.exposure);
        let entries = component.entry_points.iter().map(|entry| entry.exposure);
        Self {
            name: &component.name,
            kind: kinds.get(&component.kind).map_or(plainest(component.element), |known| &known.id),
            element: component.element,
            exposure: entries.chain(zone).max(),
            class: class_of(kinds, component),
        }
    }

    fn missing(id: &'a str) -> Self {
        Self { name: id, kind: "", element: Element::Process, exposure: None, class: None }
    }
}

/// The kind whose knowledge holds for every component of an element. Of a store nothing is said until its kind is.
pub(super) fn plainest(element: Element) -> &'static str {
    match element {
        Element::Actor => "human",
        Element::Process => "process",
        Element::Store => "",
        Element::External => "saas",
    }
}

fn is_log_store(component: &Component, kinds: &Kinds) -> bool {
    let inherits = kinds.get(&component.kind).is_some_and(|kind| kind.lineage().any(|id| id == "logstore"));
    inherits || keeps_records(component)
}
