//! Which records there are after a merge, and what is in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{PLACE, Versions, Work};
use crate::{
    method::matrix::Matrix,
    review::fields::{Fields, ORDER, Said, Three, cells},
    session::{ConflictId, ConflictKind, EntryId, Place, Record, Session, Table, Threat, ThreatId, Value},
};

/// Threats of a session with their places.
pub(super) type Placed<'a> = BTreeMap<ThreatId, (Place, &'a Threat)>;

/// A record before and on both sides, where it is there.
struct Held<'a, T> {
    before: Option<&'a T>,
    ours: Option<&'a T>,
    theirs: Option<&'a T>,
}

/// The sides on which a record also changed its place.
#[derive(Clone, Copy, Default)]
struct Moved {
    ours: bool,
    theirs: bool,
}

impl Work<'_> {
    /// Every record, merged by itself; what holds between records is for later.
    pub(super) fn records(&mut self) -> Session {
        let mut session = Session::new("");
        self.header(&mut session);
        session.people = self.table(|s| &s.people, EntryId::Person);
        session.zones = self.table(|s| &s.zones, EntryId::Zone);
        session.assets = self.table(|s| &s.assets, EntryId::Asset);
        session.components = self.table(|s| &s.components, EntryId::Component);
        session.flows = self.table(|s| &s.flows, EntryId::Flow);
        session.mitigations = self.table(|s| &s.mitigations, EntryId::Mitigation);
        session.assumptions = self.table(|s| &s.assumptions, EntryId::Assumption);
        session.notes = self.table(|s| &s.notes, EntryId::Note);
        session.sittings = self.table(|s| &s.sittings, EntryId::Sitting);
        for (place, threat) in self.threats() {
            self.stand(&mut session, &place, threat);
        }
        session
    }

    fn header(&mut self, session: &mut Session) {
        let Versions { base, ours, theirs } = self.of;
        let (before, a, b) = (base.map(Session::header), ours.header(), theirs.header());
        self.note_change(None, before.as_ref() != Some(&a), before.as_ref() != Some(&b));
        let header = Fields::merge(Three { base: before.as_ref(), ours: &a, theirs: &b }, &mut self.scribe(None));
        session.set_header(&header);
        self.matrix = Matrix::of(session);
    }

    /// A threat where it stands; a place that is gone comes back for it.
    fn stand(&mut self, session: &mut Session, place: &Place, threat: Threat) {
        if session.threats_at(place).is_none() {
            let id = EntryId::Threat(threat.id);
            place.entry().into_iter().for_each(|place| self.restore(session, &place, &[&id]));
        }
        if let Ok(threats) = session.threats_mut(place) {
            threats.insert(threat);
        } else {
            session.unfiled.insert(threat);
        }
    }

    fn table<T>(&mut self, of: fn(&Session) -> &Table<T>, name: fn(T::Id) -> EntryId) -> Table<T>
    where
        T: Record + Fields,
    {
        let Versions { base, ours, theirs } = self.of;
        let (before, a, b) = (base.map(of), of(ours), of(theirs));
        let ids: BTreeSet<&T::Id> = a.keys().chain(b.keys()).collect();
        let merged = ids.into_iter().filter_map(|id| {
            let before = before.and_then(|table| table.get(id));
            let held = Held { before, ours: a.get(id), theirs: b.get(id) };
            let mut record = self.record(name(id.clone()), &held, Moved::default())?;
            if let Some((_, threats)) = record.inside_mut() {
                // They are placed when all of them are known.
                *threats = Table::default();
            }
            Some(record)
        });
        merged.collect()
    }

    /// One record, or none.
    fn record<T: Fields>(&mut self, id: EntryId, held: &Held<'_, T>, moved: Moved) -> Option<T> {
        let Held { before, ours, theirs } = *held;
        let differs = |side: Option<&T>| match (before, side) {
            // What differs may also be a threat inside, which is a record by itself.
            (Some(before), Some(side)) => {
                side != before && (side.inside().is_none() || !side.changed(before).is_empty())
            }
            (before, side) => before.is_some() != side.is_some(),
        };
        self.note_change(Some(id.clone()), differs(ours) || moved.ours, differs(theirs) || moved.theirs);
        let (Some(ours), Some(theirs)) = (ours, theirs) else { return self.one_sided(id, held, moved) };
        let of = Three { base: before, ours, theirs };
        if let Ok(agreed) = of.agreed() {
            return Some(agreed.clone());
        }
        let mut scribe = self.scribe(Some(id));
        let mut merged = T::merge(of, &mut scribe);
        if let (Some((ours, _)), Some((theirs, _))) = (ours.inside(), theirs.inside()) {
            let base = before.and_then(Fields::inside).map(|(cells, _)| cells);
            let answers = cells(&mut scribe, Three { base, ours, theirs });
            merged.inside_mut().into_iter().for_each(|(cells, _)| cells.clone_from(&answers));
        }
        Some(merged)
    }

    /// A record that one side has and the other has not.
    fn one_sided<T: Fields>(&mut self, id: EntryId, held: &Held<'_, T>, moved: Moved) -> Option<T> {
        let one = held.ours.or(held.theirs)?;
        let Some(before) = held.before else { return Some(one.clone()) };
        let rows = one.changed(before).into_iter().filter(|row| *row != ORDER);
        let place = (moved.ours || moved.theirs).then_some(PLACE);
        let changed: Vec<String> = rows.chain(place).map(str::to_owned).collect();
        if changed.is_empty() {
            return None;
        }
        let (changed, gone) = (Value::Changed(changed), Value::Gone);
        let (side, values) = if held.ours.is_some() {
            (self.of.ours, [Value::Nothing, changed, gone])
        } else {
            (self.of.theirs, [Value::Nothing, gone, changed])
        };
        self.kept.push((id.clone(), side));
        self.scribe(Some(id)).note(ConflictId::WHOLE, ConflictKind::Removed, values);
        Some(one.clone())
    }

    /// Every threat and where it stands.
    fn threats(&mut self) -> Vec<(Place, Threat)> {
        let Versions { base, ours, theirs } = self.of;
        let (before, a, b) = (base.map(placed).unwrap_or_default(), placed(ours), placed(theirs));
        let ids: BTreeSet<ThreatId> = a.keys().chain(b.keys()).copied().collect();
        let mut threats = Vec::with_capacity(ids.len());
        for id in ids {
            let at = |threats: &Placed<'_>| threats.get(&id).map(|(place, _)| place.clone());
            let (was, here, there) = (at(&before), at(&a), at(&b));
            let elsewhere = |now: &Option<Place>| was.as_ref().zip(now.as_ref()).is_some_and(|(was, now)| was != now);
            let moved = Moved { ours: elsewhere(&here), theirs: elsewhere(&there) };
            let held = Held { before: found(&before, id), ours: found(&a, id), theirs: found(&b, id) };
            let Some(threat) = self.record(EntryId::Threat(id), &held, moved) else { continue };
            let place = match (here, there) {
                (Some(ours), Some(theirs)) => self.place(id, Three { base: was, ours, theirs }),
                (one, other) => one.or(other).unwrap_or(Place::Unfiled),
            };
            threats.push((place, threat));
        }
        threats
    }

    /// Where a threat stands that both sides have.
    fn place(&mut self, id: ThreatId, of: Three<Place>) -> Place {
        let of = Three { base: Some(of.base), ours: Some(of.ours), theirs: Some(of.theirs) };
        let Three { base, ours, theirs } = match of.agreed() {
            Ok(agreed) => return agreed.unwrap_or(Place::Unfiled),
            Err(of) => of,
        };
        let base = base.flatten();
        let values = [&base, &ours, &theirs].map(Said::said);
        let mut scribe = self.scribe(Some(EntryId::Threat(id)));
        scribe.note(PLACE, ConflictKind::Differ, values);
        let stands = base.filter(|place| place.entry().is_none_or(|entry| scribe.stand(&[entry])));
        stands.or(ours.min(theirs)).unwrap_or(Place::Unfiled)
    }
}

/// One of them.
pub(super) fn found<'a>(threats: &Placed<'a>, id: ThreatId) -> Option<&'a Threat> {
    threats.get(&id).map(|(_, threat)| *threat)
}

/// The threats of a session by their ids.
pub(super) fn placed(session: &Session) -> Placed<'_> {
    session.threats().map(|(place, threat)| (threat.id, (place, threat))).collect()
}
