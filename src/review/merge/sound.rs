//! What holds between records: references lead somewhere, zones do not stand inside themselves, what is in place can be
//! seen, ratings were judged on the matrix that the session names, and whoever signed for a risk knew how bad it is.
//!
//! Each side keeps to all of that; together they may not. Then what was removed comes back, or a value stays as it was,
//! and a conflict says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Side, Versions, Work,
    records::{found, placed},
};
use crate::{
    method::{
        matrix::Risk,
        status::{acceptance, effective},
    },
    review::fields::{Fields, Said, Scribe},
    session::{
        ComponentId, ConflictId, ConflictKind, EntryId, Flow, FlowId, Mitigation, MitigationState, Place, Problem,
        Session, Table, Threat, ThreatId, Value, ZoneId,
    },
};

/// Where a record leads that another one names.
type Reference = (EntryId, &'static str, EntryId);

impl Work<'_> {
    /// Mends what the two sides broke together.
    pub(super) fn make_sound(&mut self, session: &mut Session) {
        self.bring_along(session);
        self.references(session);
        self.circles(session);
        self.evidence(session);
        self.scales(session);
        self.signatures(session);
    }

    /// Brings back what one side removed and the other refers to, until nothing is missing.
    fn references(&mut self, session: &mut Session) {
        let Versions { ours, theirs, .. } = self.of;
        let broken = dangling(session);
        if broken.is_empty() {
            return;
        }
        // What a side had broken by itself is not the merge's to mend.
        let before: BTreeSet<Reference> = dangling(ours).into_iter().chain(dangling(theirs)).collect();
        let mut missing = broken;
        loop {
            let mut wanted: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
            for (from, _, to) in missing.iter().filter(|reference| !before.contains(*reference)) {
                if ours.has(to) || theirs.has(to) {
                    wanted.entry(to.clone()).or_default().push(from.clone());
                }
            }
            if wanted.is_empty() {
                return;
            }
            for (id, by) in wanted {
                self.restore(session, &id, &by.iter().collect::<Vec<_>>());
            }
            self.bring_along(session);
            missing = dangling(session);
        }
    }

    /// What went with a place goes back with it: the threats that stood there and the flows of a component.
    fn bring_along(&mut self, session: &mut Session) {
        let kept = std::mem::take(&mut self.kept);
        if kept.is_empty() {
            return;
        }
        let mut known: BTreeSet<ThreatId> = session.threat_ids().collect();
        for (id, side) in kept {
            let flows = if let EntryId::Component(id) = &id { flows(session, id, side) } else { Vec::new() };
            for flow in &flows {
                bring(session, &EntryId::Flow(*flow), side);
            }
            let own = match id {
                EntryId::Flow(id) => Some(Place::Flow(id)),
                EntryId::Component(id) => Some(Place::Component(id)),
                _ => None,
            };
            for place in flows.into_iter().map(Place::Flow).chain(own) {
                let Some((here, there)) = session.threats_mut(&place).ok().zip(side.threats_at(&place)) else {
                    continue;
                };
                for threat in there.iter().filter(|threat| known.insert(threat.id)) {
                    here.insert(threat.clone());
                }
            }
        }
    }

    /// Brings a removed record back, with what stood in it, because these refer to it.
    pub(super) fn restore(&mut self, session: &mut Session, id: &EntryId, by: &[&EntryId]) {
        let Versions { ours, theirs, .. } = self.of;
        let side = if ours.has(id) { ours } else { theirs };
        if session.has(id) || !bring(session, id, side) {
            return;
        }
        let by = by.iter().map(|id| ConflictId::new(Some((*id).clone()), "")).map(|id| id.to_string());
        let needed = Value::Needed(by.map(|name| name.trim_end_matches('/').to_owned()).collect());
        let sides =
            if ours.has(id) { [Value::Nothing, needed, Value::Gone] } else { [Value::Nothing, Value::Gone, needed] };
        self.scribe(Some(id.clone())).note(ConflictId::WHOLE, ConflictKind::Needed, sides);
        // Around a zone that comes back stands the one around it, and so on.
        if let EntryId::Zone(zone) = id {
            let outer = session.zones.get(zone).and_then(|zone| zone.parent.clone()).map(EntryId::Zone);
            if let Some(outer) = outer.filter(|outer| !session.has(outer)) {
                self.restore(session, &outer, &[id]);
            }
        }
        self.kept.push((id.clone(), side));
    }

    /// Two zones that moved into each other stay where they were.
    fn circles(&mut self, session: &mut Session) {
        let Versions { base, ours, theirs } = self.of;
        // One side alone makes no circle, so mostly there is nothing to look for.
        let moved = |by: Side| {
            let zones = self.changed.iter().filter(|(id, _)| matches!(id, Some(EntryId::Zone(_))));
            zones.into_iter().any(|(_, side)| *side == by || *side == Side::Both)
        };
        if !moved(Side::Ours) || !moved(Side::Theirs) {
            return;
        }
        loop {
            let circling = session.problems().into_iter().filter_map(|problem| match problem {
                Problem::ZoneCycle(id) => Some(id),
                _ => None,
            });
            let parent = |of: &Session, id: &ZoneId| of.zones.get(id).and_then(|zone| zone.parent.clone());
            let turned: Vec<(ZoneId, Option<ZoneId>)> = circling
                .map(|id| (base.and_then(|base| parent(base, &id)).filter(|was| session.zones.contains(was)), id))
                .map(|(was, id)| (id, was))
                .filter(|(id, was)| parent(session, id) != *was)
                .collect();
            if turned.is_empty() {
                return;
            }
            for (id, was) in turned {
                let sides = [parent(ours, &id), parent(theirs, &id)];
                let mut scribe = self.scribe(Some(EntryId::Zone(id.clone())));
                scribe.note("parent", ConflictKind::Together, [was.said(), sides[0].said(), sides[1].said()]);
                session.zones.get_mut(&id).into_iter().for_each(|zone| zone.parent.clone_from(&was));
            }
        }
    }

    /// A mitigation in place on one side and without its evidence on the other is not in place.
    fn evidence(&mut self, session: &mut Session) {
        let Versions { base, ours, theirs } = self.of;
        let unseen = |m: &&Mitigation| m.state.is_in_place() && m.evidence.iter().all(|line| line.trim().is_empty());
        let unseen: Vec<Mitigation> = session.mitigations.iter().filter(unseen).cloned().collect();
        for mitigation in unseen {
            let id = mitigation.id;
            let [a, b] = [ours, theirs].map(|side| side.mitigations.get(&id));
            if [a, b]
                .into_iter()
                .any(|side| side.is_none_or(|m| (m.state, &m.evidence) == (mitigation.state, &mitigation.evidence)))
            {
                continue;
            }
            let before = base.and_then(|base| base.mitigations.get(&id));
            let state = |m: Option<&Mitigation>| m.map_or(Value::Nothing, |m| Value::Mitigation(m.state));
            let mut scribe = self.scribe(Some(EntryId::Mitigation(id)));
            scribe.note("state", ConflictKind::Together, [before, a, b].map(state));
            let meanwhile = MitigationState::InProgress;
            session.mitigations.get_mut(&id).into_iter().for_each(|m| m.state = meanwhile);
        }
    }

    /// Another matrix on one side and new ratings on the other: nobody has judged those on it.
    fn scales(&mut self, session: &Session) {
        let Versions { base: Some(base), ours, theirs } = self.of else { return };
        let (was, a, b) = (&base.matrix, &ours.matrix, &theirs.matrix);
        let other = match (a == was, b == was) {
            (false, true) => theirs,
            (true, false) => ours,
            _ => return,
        };
        let before = placed(base);
        let ratings = |threat: &Threat| [threat.inherent, threat.current, threat.target];
        let judges = |threat: &Threat| match before.get(&threat.id) {
            Some((_, known)) => ratings(known) != ratings(threat),
            None => ratings(threat).iter().any(Option::is_some),
        };
        let kept: BTreeSet<ThreatId> = session.threat_ids().collect();
        if other.threats().any(|(_, threat)| kept.contains(&threat.id) && judges(threat)) {
            let mut scribe: Scribe<'_> = self.scribe(None);
            scribe.note("matrix", ConflictKind::Together, [was.said(), a.said(), b.said()]);
        }
    }

    /// Somebody signed for a risk on one side, and it was judged worse on the other: nobody signed for that.
    fn signatures(&mut self, session: &mut Session) {
        let Versions { base, ours, theirs } = self.of;
        let both = self.changed.iter().filter(|(_, side)| **side == Side::Both);
        let both = both.filter_map(|(id, _)| if let Some(EntryId::Threat(id)) = id { Some(*id) } else { None });
        let both: BTreeSet<ThreatId> = both.collect();
        if both.is_empty() {
            return;
        }
        let matrix = self.matrix;
        let risk =
            |threat: &Threat| effective(threat).map_or(Risk::Unrated, |rating| matrix.level_of(threat.letter, rating));
        let answer = |threat: &Threat| (threat.response, threat.acceptance.clone());
        let [before, a, b] = [base, Some(ours), Some(theirs)].map(|side| side.map(placed).unwrap_or_default());
        for id in both {
            let (Some(old), Some(x), Some(y)) = (found(&before, id), found(&a, id), found(&b, id)) else { continue };
            let signed = |one: &Threat, other: &Threat| {
                let judged = effective(other) != effective(old);
                judged && answer(one) != answer(old) && acceptance(one).is_some() && risk(other) > risk(one)
            };
            if answer(x) != answer(y) && (signed(x, y) || signed(y, x)) {
                let mut scribe = self.scribe(Some(EntryId::Threat(id)));
                let sides = [old, x, y].map(|threat| answer(threat).said());
                scribe.note("response", ConflictKind::Together, sides);
                let Some((place, _)) = session.find_threat(id) else { continue };
                let threat = session.threats_mut(&place).ok().and_then(|threats| threats.get_mut(&id));
                if let Some(threat) = threat {
                    (threat.response, threat.acceptance) = (None, None);
                }
            }
        }
    }
}

/// Every reference of a session that leads nowhere.
fn dangling(session: &Session) -> Vec<Reference> {
    let problems = session.problems().into_iter();
    let dangling = problems.filter_map(|problem| match problem {
        Problem::Dangling { from, field, to } => Some((from, field, to)),
        _ => None,
    });
    dangling.collect()
}

/// Copies a record without the threats in it; `false` when the side has none, or it is no record that others refer to.
fn bring(session: &mut Session, id: &EntryId, side: &Session) -> bool {
    fn copy<T: crate::session::Record + Fields>(to: &mut Table<T>, from: &Table<T>, id: &T::Id) -> bool {
        let Some(mut record) = from.get(id).cloned() else { return false };
        record.inside_mut().into_iter().for_each(|(_, threats)| *threats = Table::default());
        to.insert(record);
        true
    }
    match id {
        EntryId::Person(id) => copy(&mut session.people, &side.people, id),
        EntryId::Zone(id) => copy(&mut session.zones, &side.zones, id),
        EntryId::Asset(id) => copy(&mut session.assets, &side.assets, id),
        EntryId::Component(id) => copy(&mut session.components, &side.components, id),
        EntryId::Flow(id) => copy(&mut session.flows, &side.flows, id),
        EntryId::Mitigation(id) => copy(&mut session.mitigations, &side.mitigations, id),
        EntryId::Threat(_) | EntryId::Assumption(_) | EntryId::Note(_) | EntryId::Sitting(_) => false,
    }
}

/// The flows of a component that are gone and have both their ends.
fn flows(session: &Session, component: &ComponentId, side: &Session) -> Vec<FlowId> {
    let stands = |flow: &&Flow| [&flow.from, &flow.to].into_iter().all(|end| session.components.contains(end));
    let flows = side.flows_of(component).filter(stands).map(|flow| flow.id);
    flows.filter(|flow| !session.flows.contains(flow)).collect()
}
