//! How much each letter matters for a pair of ends: a weight, never a filter.
//!
//! Published tables of which letters apply to which elements disagree in many cells, so hiding a letter would hide
//! threats that some experts look for. Every flow shows all six letters; the weight only says which come first and
//! which must be decided before a session can close.
//!
//! - *core*: the letters of the interaction table below, tampering, disclosure and denial on every flow that crosses a
//!   boundary, and repudiation where someone will have to prove what happened ([`Proof::Owed`]).
//! - *ask*: the letters that the classic element table gives either end or the flow itself.
//! - *rare*: the others.
//!
//! That elevation is core where a process trusts the source less than itself needs no rule of its own: such a flow
//! crosses a boundary, and every crossing into a process has E at its core.

mod proof;

pub use proof::{Proof, keeps_records};

use crate::session::{Component, Element, Flow, Letter, Place, Session};

/// How much a letter matters at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Must be decided before the session can close.
    Core,
    /// Worth a question.
    Ask,
    /// No table lists it for this pair.
    Rare,
}

impl Weight {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Ask => "ask",
            Self::Rare => "rare",
        }
    }
}

/// What stands at one end of a flow, as far as the tables tell elements apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// A person or a system somebody else runs.
    External,
    /// Code we run or configure.
    Process,
    /// Where data rests.
    Store,
}

impl End {
    /// The ends a table has rows for.
    pub const ALL: [Self; 3] = [Self::External, Self::Process, Self::Store];
}

impl From<Element> for End {
    fn from(element: Element) -> Self {
        match element {
            Element::Actor | Element::External => Self::External,
            Element::Process => Self::Process,
            Element::Store => Self::Store,
        }
    }
}

/// The two ends of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair {
    /// Where it starts.
    pub from: End,
    /// Where it ends.
    pub to: End,
}

impl Pair {
    /// The ends of a flow. A component that does not exist counts as a process, which has every letter.
    pub fn of(session: &Session, flow: &Flow) -> Self {
        let end = |component: Option<&Component>| component.map_or(End::Process, |c| c.element.into());
        Self { from: end(session.components.get(&flow.from)), to: end(session.components.get(&flow.to)) }
    }
}

/// The weights of S T R I D E for a pair of ends.
pub fn weights(pair: Pair, crossing: bool, proof: Proof) -> [Weight; 6] {
    Letter::ALL.map(|letter| {
        let crossed = crossing && matches!(letter, Letter::T | Letter::I | Letter::D);
        let owed = proof == Proof::Owed && letter == Letter::R;
        if crossed || owed || lists(by_interaction(pair, crossing), letter) {
            Weight::Core
        } else if [by_element(pair.from), BY_FLOW, by_element(pair.to)].iter().any(|list| lists(list, letter)) {
            Weight::Ask
        } else {
            Weight::Rare
        }
    })
}

/// The weights of S T R I D E at a place: see [`weight`].
pub fn weights_at(session: &Session, place: &Place) -> [Weight; 6] {
    match place {
        Place::Flow(id) => session.flows.get(id).map_or([Weight::Rare; 6], |flow| {
            weights(Pair::of(session, flow), crosses(session, flow), Proof::of(session, flow))
        }),
        Place::Component(id) => {
            let listed = session.components.get(id).map_or("", |component| by_element(component.element.into()));
            Letter::ALL.map(|letter| if lists(listed, letter) { Weight::Ask } else { Weight::Rare })
        }
        Place::Unfiled => [Weight::Rare; 6],
    }
}

/// The weight of a letter at a place.
///
/// A component by itself has no core letters: what no flow shows is worth asking, but nobody has to decide it before
/// closing. A place that does not exist, and the unfiled tray, have only rare ones.
pub fn weight(session: &Session, place: &Place, letter: Letter) -> Weight {
    weights_at(session, place)[letter as usize]
}

/// Whether a flow crosses a trust boundary: its ends stand in different zones, or one in a zone and the other in none.
///
/// Without any zones drawn, the boundary that is certainly there is the one around what we run: a flow between it and an
/// actor or external system crosses.
pub fn crosses(session: &Session, flow: &Flow) -> bool {
    let zone = |id| session.components.get(id).and_then(|component: &Component| component.zone.as_ref());
    match (zone(&flow.from), zone(&flow.to)) {
        (None, None) => {
            let pair = Pair::of(session, flow);
            (pair.from == End::External) != (pair.to == End::External)
        }
        (from, to) => from != to,
    }
}

/// What the rules of Microsoft's core template find for an interaction, evaluated with no property set on any element:
/// the letters for which at least one rule fires.
fn by_interaction(pair: Pair, crossing: bool) -> &'static str {
    let (across, inside) = match (pair.from, pair.to) {
        (End::External, End::Process) => ("STRIDE", "SE"),
        (End::External, End::Store) => ("STRD", "S"),
        (End::Process, End::Process) => ("STRIDE", "E"),
        (End::Process, End::Store) => ("STRID", "SD"),
        (End::Process, End::External) => ("SRD", ""),
        (End::Store, End::Process) => ("SRIDE", "SI"),
        (End::Store, End::External) => ("SRID", "SI"),
        (End::Store, End::Store) => ("SRD", "S"),
        (End::External, End::External) => ("RD", ""),
    };
    if crossing { across } else { inside }
}

/// The classic table of letters per element. R on a store is disputed unless the store is a log; listed is listed.
fn by_element(end: End) -> &'static str {
    match end {
        End::External => "SR",
        End::Process => "STRIDE",
        End::Store => "TRID",
    }
}

/// The row of the same table for the flow itself.
const BY_FLOW: &str = "TID";

fn lists(letters: &str, letter: Letter) -> bool {
    letters.contains(letter.as_char())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::fixture::{component, flow, flow_id, web, zone};

    /// Pair, then core letters when crossing and inside as the rule gives them, then rare letters, then everything that
    /// any other published table or any rule with properties set lists for the pair.
    const FACTS: [(End, End, &str, &str, &str, &str); 9] = [
        (End::External, End::Process, "STRIDE", "SE", "", "STRIDE"),
        (End::External, End::Store, "STRID", "S", "E", "STRID"),
        (End::Process, End::Process, "STRIDE", "E", "", "STRIDE"),
        (End::Process, End::Store, "STRID", "SD", "", "STRID"),
        (End::Process, End::External, "STRID", "", "", "STRID"),
        (End::Store, End::Process, "STRIDE", "SI", "", "STRIDE"),
        (End::Store, End::External, "STRID", "SI", "E", "STRID"),
        (End::Store, End::Store, "STRID", "S", "E", "STRID"),
        (End::External, End::External, "TRID", "", "E", "STRI"),
    ];

    fn having(weights: [Weight; 6], wanted: Weight) -> String {
        Letter::ALL.iter().zip(weights).filter(|(_, w)| *w == wanted).map(|(l, _)| l.as_char()).collect()
    }

    #[test]
    fn all_nine_pairs_have_the_published_core_letters_on_both_sides_of_a_boundary() {
        for (from, to, across, inside, rare, _) in FACTS {
            let pair = Pair { from, to };
            for (crossing, core) in [(true, across), (false, inside)] {
                let found = weights(pair, crossing, Proof::Usual);
                assert_eq!(having(found, Weight::Core), core, "{pair:?} crossing: {crossing}");
                assert_eq!(having(found, Weight::Rare), rare, "{pair:?} crossing: {crossing}");
            }
        }
    }

    #[test]
    fn nothing_that_any_table_lists_is_rare() {
        for (from, to, .., listed) in FACTS {
            let rare = having(weights(Pair { from, to }, false, Proof::Usual), Weight::Rare);
            assert!(!rare.chars().any(|letter| listed.contains(letter)), "{from:?} -> {to:?}");
        }
    }

    #[test]
    fn every_crossing_into_a_process_has_elevation_at_its_core() {
        for from in End::ALL {
            let found = weights(Pair { from, to: End::Process }, true, Proof::Usual);
            assert_eq!(found[Letter::E as usize], Weight::Core, "{from:?}");
        }
    }

    #[test]
    fn a_boundary_is_where_zones_differ_or_where_ours_meets_others() {
        let table = [
            (Some("edge"), Some("edge"), Element::Process, false),
            (Some("edge"), Some("data"), Element::Process, true),
            (Some("edge"), None, Element::Process, true),
            (Some("edge"), Some("edge"), Element::Actor, false),
            (None, None, Element::Process, false),
            (None, None, Element::Store, false),
            (None, None, Element::Actor, true),
            (None, None, Element::External, true),
        ];
        for (from, to, element, expected) in table {
            let mut session = Session::new("boundaries");
            session.zones.insert(zone("edge"));
            session.zones.insert(zone("data"));
            session.components.insert(component("a", element, from));
            session.components.insert(component("b", Element::Process, to));
            let flow = flow("F1-000", "a", "b");
            assert_eq!(crosses(&session, &flow), expected, "{from:?} {to:?} {element:?}");
        }
    }

    #[test]
    fn a_component_by_itself_has_letters_to_ask_and_none_at_the_core() {
        let session = web();
        for (id, ask) in [("browser", "SR"), ("api", "STRIDE"), ("users", "TRID"), ("nobody", "")] {
            let found = weights_at(&session, &Place::Component(id.parse().unwrap()));
            assert_eq!(having(found, Weight::Ask), ask, "{id}");
            assert_eq!(having(found, Weight::Core), "", "{id}");
        }
    }

    #[test]
    fn what_does_not_exist_is_rare_and_a_missing_end_has_every_letter() {
        let mut session = web();
        assert_eq!(weights_at(&session, &Place::Unfiled), [Weight::Rare; 6]);
        assert_eq!(weights_at(&session, &Place::Flow(flow_id("F99-zzz"))), [Weight::Rare; 6]);
        session.flows.insert(flow("F9-zzz", "gone", "lost"));
        let found = weights_at(&session, &Place::Flow(flow_id("F9-zzz")));
        assert!(!found.contains(&Weight::Rare));
    }
}
