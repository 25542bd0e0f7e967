//! Whether a row fits a situation: what it asks for and what is known, one fact after the other.
//!
//! Owns the rule that what nobody said contradicts nothing, and what is said can. Refuses order: see `suggest`.

use super::{Carrier, Condition, Kinds, Party, Peer, Seat, Situation, Spot, Threat};
use crate::session::{Class, Exposure, Named};

/// A fact of the place that a row asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// It crosses a trust boundary, or stays inside one.
    Crossing(bool),
    /// It moves over a network, or by this carrier.
    Carrier(Carrier),
    /// Whether it is encrypted.
    Encrypted(bool),
    /// What is carried or held has this class.
    Class(Class),
    /// The component can be reached by these.
    Exposure(Exposure),
    /// One of the ends is a log store.
    LogStore,
    /// The other end is of a kind that the row asks for.
    Peer,
}

impl Fact {
    /// As in "because it *crosses a boundary*".
    pub fn words(self) -> String {
        match self {
            Self::Crossing(true) => "crosses a boundary".to_owned(),
            Self::Crossing(false) => "stays inside a boundary".to_owned(),
            Self::Carrier(carrier) => carrier.name().to_owned(),
            Self::Encrypted(true) => "encrypted".to_owned(),
            Self::Encrypted(false) => "not encrypted".to_owned(),
            Self::Class(class) => format!("{} data", class.name()),
            Self::Exposure(exposure) => match exposure {
                Exposure::Isolated => "isolated",
                Exposure::Internal => "reachable inside",
                Exposure::Partner => "reachable by partners",
                Exposure::Internet => "reachable from the internet",
            }
            .to_owned(),
            Self::LogStore => "log store".to_owned(),
            Self::Peer => "both ends".to_owned(),
        }
    }
}

/// The component a row is about, at one of the ends or by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role<'s> {
    pub(super) seat: Seat,
    pub(super) about: &'s Party<'s>,
    pub(super) peer: Option<&'s Party<'s>>,
}

impl<'s> Role<'s> {
    /// The components of a situation, the target of a flow first.
    pub(super) fn all(situation: &'s Situation<'_>) -> Vec<Self> {
        match &situation.spot {
            Spot::Flow { from, to } => vec![
                Self { seat: Seat::Target, about: to, peer: Some(from) },
                Self { seat: Seat::Source, about: from, peer: Some(to) },
            ],
            Spot::Component(alone) => vec![Self { seat: Seat::Alone, about: alone, peer: None }],
        }
    }
}

/// The facts a row asked for and found; `None` when something contradicts it.
pub(super) fn fit(threat: &Threat, role: Role<'_>, situation: &Situation<'_>, kinds: &Kinds) -> Option<Vec<Fact>> {
    let seated = match (role.seat, threat.at) {
        (Seat::Alone, _) => threat.stands_alone(),
        (_, Seat::Alone) => false,
        (_, Seat::Either) => true,
        (seat, at) => seat == at,
    };
    if !seated {
        return None;
    }
    let mut met = Vec::new();
    if !threat.peer.is_anything() {
        if !is_peer(&threat.peer, role.peer?, kinds) {
            return None;
        }
        // Half of all components are processes: only a kind makes a row more particular.
        met.extend((!threat.peer.kinds.is_empty()).then_some(Fact::Peer));
    }
    conditions(&threat.when, role.about, situation, &mut met).then_some(met)
}

fn is_peer(wanted: &Peer, peer: &Party<'_>, kinds: &Kinds) -> bool {
    let of_element = wanted.elements.is_empty() || wanted.elements.contains(&peer.element);
    let of_kind = wanted.kinds.is_empty()
        || kinds.get(peer.kind).is_some_and(|known| known.lineage().any(|id| wanted.kinds.iter().any(|w| w == id)));
    of_element && of_kind
}

/// Whether nothing contradicts the conditions; what is known to be so is added to `met`.
fn conditions(when: &Condition, about: &Party<'_>, situation: &Situation<'_>, met: &mut Vec<Fact>) -> bool {
    let carrier = situation.protocol.carrier;
    let mut known = |fact: Option<Fact>| met.extend(fact);
    if let Some(wanted) = when.crossing {
        if situation.crossing != wanted {
            return false;
        }
        known(Some(Fact::Crossing(wanted)));
    }
    if when.network && carrier.is_some_and(|carrier| !carrier.is_network()) {
        return false;
    }
    if !when.over.is_empty() {
        if carrier.is_some_and(|carrier| !when.over.contains(&carrier)) {
            return false;
        }
        known(carrier.map(Fact::Carrier));
    }
    if let Some(wanted) = when.encrypted {
        if situation.protocol.encrypted.is_some_and(|encrypted| encrypted != wanted) {
            return false;
        }
        known(situation.protocol.encrypted.map(Fact::Encrypted));
    }
    if let Some(least) = when.class {
        if situation.class.is_some_and(|class| class < least) {
            return false;
        }
        known(situation.class.map(Fact::Class));
    }
    if let Some(least) = when.exposure {
        if about.exposure.is_some_and(|exposure| exposure < least) {
            return false;
        }
        known(about.exposure.map(Fact::Exposure));
    }
    if let Some(most) = when.at_most {
        if about.exposure.is_some_and(|exposure| exposure > most) {
            return false;
        }
        known(about.exposure.map(Fact::Exposure));
    }
    if when.log_store {
        if !situation.log_store {
            return false;
        }
        known(Some(Fact::LogStore));
    }
    true
}
