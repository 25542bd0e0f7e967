//! Invariants of a loaded session. Edits keep them; files made by hand or by a text merge may not.
//!
//! Owns the list of what can be wrong in a session that could be read. Refuses: mending it, and deciding whether it
//! stands in the way (`review::check`).

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{ConflictId, Letter, Place, Session, ThreatId, ZoneId, cell::Answer, edit::EntryId};

/// Something in a session that no edit would have let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Two threats with one identity at different places: which one is meant cannot be known.
    DuplicateThreat(ThreatId),
    /// A record refers to one that does not exist.
    Dangling {
        /// The record with the reference.
        from: EntryId,
        /// The field that holds it.
        field: &'static str,
        /// What it refers to.
        to: EntryId,
    },
    /// A zone stands inside itself.
    ZoneCycle(ZoneId),
    /// A cell says `NotApplicable` without a reason.
    ReasonMissing(Place, Letter),
    /// A record has no name, title or words.
    Nameless(EntryId),
    /// A conflict is about a record that does not exist.
    Adrift(ConflictId),
}

impl Problem {
    /// Whether the session cannot be worked on before this is mended.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::DuplicateThreat(_))
    }

    /// The record to look at.
    pub fn entry(&self) -> Option<EntryId> {
        match self {
            Self::DuplicateThreat(id) => Some(EntryId::Threat(*id)),
            Self::Dangling { from, .. } => Some(from.clone()),
            Self::ZoneCycle(id) => Some(EntryId::Zone(id.clone())),
            Self::ReasonMissing(place, _) => place.entry(),
            Self::Nameless(id) => Some(id.clone()),
            Self::Adrift(_) => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateThreat(id) => write!(f, "threat `{id}` stands at two places; keep one or give one a new id"),
            Self::Dangling { from, field, to } => {
                write!(
                    f,
                    "{} `{}` names {} `{}` in `{field}`, which does not exist",
                    from.kind(),
                    from.short(),
                    to.kind(),
                    to.short()
                )
            }
            Self::ZoneCycle(id) => write!(f, "zone `{id}` stands inside itself"),
            Self::ReasonMissing(place, letter) => {
                write!(f, "{letter} on {} is not applicable without a reason", place.short())
            }
            Self::Nameless(id) => write!(f, "{} `{}` has no words", id.kind(), id.short()),
            Self::Adrift(id) => write!(f, "conflict `{id}` is about a record that does not exist"),
        }
    }
}

impl Place {
    /// The record of the place; the unfiled tray has none.
    pub fn entry(&self) -> Option<EntryId> {
        match self {
            Self::Flow(id) => Some(EntryId::Flow(*id)),
            Self::Component(id) => Some(EntryId::Component(id.clone())),
            Self::Unfiled => None,
        }
    }
}

impl Session {
    /// Everything that breaks an invariant, in file order.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.duplicate_threats(&mut problems);
        self.dangling(&mut problems);
        problems.extend(self.zones_in_cycles().into_iter().cloned().map(Problem::ZoneCycle));
        for place in self.places() {
            let unexplained = self.cells_at(&place).into_iter().flat_map(super::Cells::iter);
            for cell in unexplained.filter(|c| c.state == Answer::NotApplicable && c.reason.trim().is_empty()) {
                problems.push(Problem::ReasonMissing(place.clone(), cell.letter));
            }
        }
        self.nameless(&mut problems);
        problems.extend(self.adrift().into_iter().map(Problem::Adrift));
        problems
    }

    /// The zones that stand inside themselves, in file order. Each zone is stepped on once, however deep they are.
    fn zones_in_cycles(&self) -> BTreeSet<&ZoneId> {
        let mut walks: BTreeMap<&ZoneId, usize> = BTreeMap::new();
        let mut found = BTreeSet::new();
        for (walk, zone) in self.zones.iter().enumerate() {
            let mut at = Some(zone);
            while let Some(zone) = at.filter(|zone| !walks.contains_key(&zone.id)) {
                walks.insert(&zone.id, walk);
                at = zone.parent.as_ref().and_then(|parent| self.zones.get(parent));
            }
            // Back on its own steps: from here on it goes round.
            while let Some(zone) = at.filter(|zone| walks[&zone.id] == walk && found.insert(&zone.id)) {
                at = zone.parent.as_ref().and_then(|parent| self.zones.get(parent));
            }
        }
        found
    }

    fn duplicate_threats(&self, problems: &mut Vec<Problem>) {
        let mut seen: BTreeMap<ThreatId, u32> = BTreeMap::new();
        for (_, threat) in self.threats() {
            *seen.entry(threat.id).or_default() += 1;
        }
        problems.extend(seen.into_iter().filter(|(_, n)| *n > 1).map(|(id, _)| Problem::DuplicateThreat(id)));
    }

    fn dangling(&self, problems: &mut Vec<Problem>) {
        let mut miss = |from: EntryId, field: &'static str, to: EntryId| {
            // Threat lookups are linear; nothing but places is asked for here.
            if !self.has(&to) {
                problems.push(Problem::Dangling { from, field, to });
            }
        };
        for zone in self.zones.iter() {
            if let Some(parent) = &zone.parent {
                miss(EntryId::Zone(zone.id.clone()), "parent", EntryId::Zone(parent.clone()));
            }
        }
        for component in self.components.iter() {
            let me = || EntryId::Component(component.id.clone());
            if let Some(zone) = &component.zone {
                miss(me(), "zone", EntryId::Zone(zone.clone()));
            }
            component.assets.iter().for_each(|a| miss(me(), "assets", EntryId::Asset(a.clone())));
        }
        for flow in self.flows.iter() {
            let me = || EntryId::Flow(flow.id);
            miss(me(), "from", EntryId::Component(flow.from.clone()));
            miss(me(), "to", EntryId::Component(flow.to.clone()));
            flow.assets.iter().for_each(|a| miss(me(), "assets", EntryId::Asset(a.clone())));
        }
        for (_, threat) in self.threats() {
            let me = || EntryId::Threat(threat.id);
            threat.assets.iter().for_each(|a| miss(me(), "assets", EntryId::Asset(a.clone())));
            threat.mitigations.iter().for_each(|m| miss(me(), "mitigations", EntryId::Mitigation(*m)));
        }
        for assumption in self.assumptions.iter() {
            if let Some(place) = assumption.place.as_ref().and_then(Place::entry) {
                miss(EntryId::Assumption(assumption.id), "place", place);
            }
        }
        for note in self.notes.iter() {
            if let Some(place) = note.place.as_ref().and_then(Place::entry) {
                miss(EntryId::Note(note.id), "place", place);
            }
        }
        for sitting in self.sittings.iter() {
            let named: BTreeSet<_> = sitting.named().collect();
            for person in named {
                miss(EntryId::Sitting(sitting.id), "present", EntryId::Person(person.clone()));
            }
        }
    }

    /// The conflicts about records that do not exist.
    pub(super) fn adrift(&self) -> Vec<ConflictId> {
        if self.conflicts.is_empty() {
            return Vec::new();
        }
        let threats: BTreeSet<ThreatId> = self.threat_ids().collect();
        let exists = |record: &EntryId| match record {
            EntryId::Threat(id) => threats.contains(id),
            other => self.has(other),
        };
        let adrift = self.conflicts.keys().filter(|id| id.record.as_ref().is_some_and(|record| !exists(record)));
        adrift.cloned().collect()
    }

    fn nameless(&self, problems: &mut Vec<Problem>) {
        let zones = self.zones.iter().filter(|z| blank(&z.name)).map(|z| EntryId::Zone(z.id.clone()));
        let assets = self.assets.iter().filter(|a| blank(&a.name)).map(|a| EntryId::Asset(a.id.clone()));
        let components = self.components.iter().filter(|c| blank(&c.name)).map(|c| EntryId::Component(c.id.clone()));
        let threats = self.threats().filter(|(_, t)| blank(&t.statement)).map(|(_, t)| EntryId::Threat(t.id));
        let mitigations = self.mitigations.iter().filter(|m| blank(&m.title)).map(|m| EntryId::Mitigation(m.id));
        problems.extend(zones.chain(assets).chain(components).chain(threats).chain(mitigations).map(Problem::Nameless));
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Exposure, Text, Zone};

    fn zone(id: &str, parent: &str) -> Zone {
        let parent = Some(parent).filter(|parent| !parent.is_empty()).map(|parent| parent.parse().unwrap());
        let id: ZoneId = id.parse().unwrap();
        Zone { name: id.to_string(), id, rank: 0, parent, exposure: Exposure::default(), note: Text::default() }
    }

    #[test]
    fn only_zones_that_come_back_to_themselves_stand_in_a_circle() {
        let mut session = Session::new("x");
        let zones =
            [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e"), ("f", "e"), ("g", "h"), ("h", ""), ("0", "b")];
        session.zones = zones.iter().map(|(id, parent)| zone(id, parent)).collect();
        let found: Vec<String> = session.zones_in_cycles().iter().map(ToString::to_string).collect();
        assert_eq!(found, ["a", "b", "c", "e"]);
    }
}
