//! Settling a conflict: the edit that writes one side's value down and says that the conflict is decided.
//!
//! Refuses: applying it. What the value refers to may be gone by now; then the session refuses the edit and says why.

use super::PLACE;
use crate::{
    review::fields::Fields,
    session::{Cell, ConflictId, Edit, EntryId, Record, Session, Table, ThreatId, Value, edit::Entry},
};

/// What counts from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What our side says.
    Ours,
    /// What their side says.
    Theirs,
    /// What both started from.
    Base,
    /// What the session holds now, be it by hand.
    Keep,
}

impl Choice {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
            Self::Base => "base",
            Self::Keep => "what is there",
        }
    }
}

/// Why a conflict cannot be settled like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// There is no such conflict.
    #[error("there is no conflict `{0}`")]
    Missing(ConflictId),
    /// A record that was removed on one side has no single value before.
    #[error("`{0}` is about a whole record: choose ours, theirs or what is there")]
    WholeRecord(ConflictId),
    /// The value does not fit the field; only a file changed by hand holds such a thing.
    #[error("`{0}` holds no value for this field; change the record, then keep what is there")]
    Unfit(ConflictId),
}

/// The edit that settles a conflict, as one step.
pub fn settle(session: &Session, id: &ConflictId, choice: Choice) -> Result<Edit, Unsettled> {
    let conflict = session.conflicts.get(id).ok_or_else(|| Unsettled::Missing(id.clone()))?;
    let value = match choice {
        Choice::Ours => &conflict.ours,
        Choice::Theirs => &conflict.theirs,
        Choice::Base if id.field == ConflictId::WHOLE => return Err(Unsettled::WholeRecord(id.clone())),
        Choice::Base => &conflict.base,
        Choice::Keep => return Ok(Edit::Settle(id.clone())),
    };
    let edit = match (value, &id.record) {
        // The session holds the record as this side has it.
        (Value::Changed(_) | Value::Needed(_), _) => None,
        (Value::Gone, Some(record)) => Some(Edit::Remove(record.clone())),
        (value, _) => Some(put(session, id, value).ok_or_else(|| Unsettled::Unfit(id.clone()))?),
    };
    let label = format!("settle {id} with {}", choice.name());
    Ok(Edit::Batch { label, edits: std::iter::once(Edit::Settle(id.clone())).chain(edit).collect() })
}

/// The edit that gives a field a value.
pub(super) fn put(session: &Session, id: &ConflictId, value: &Value) -> Option<Edit> {
    if let Some((place, letter)) = id.cell() {
        return match value.clone() {
            Value::Nothing => Some(Edit::Reopen { place, letter }),
            Value::Cell { state, reason, by, basis } => {
                Some(Edit::Decide { place, cell: Cell { letter, state, reason, by, basis } })
            }
            _ => None,
        };
    }
    let field = id.field.as_str();
    let Some(record) = &id.record else {
        let header = changed(Some(session.header()), field, value)?;
        return Some(Edit::ChangeHeader(Box::new(header)));
    };
    if let EntryId::Threat(id) = record {
        let threat = session.find_threat(*id)?.1;
        if let (PLACE, Value::Place { place, .. }) = (field, value) {
            return Some(Edit::MoveThreat { threat: *id, place: place.clone(), letter: threat.letter });
        }
        return Some(Edit::ChangeThreat(Box::new(changed(Some(threat.clone()), field, value)?)));
    }
    Some(Edit::Change(match record {
        EntryId::Person(id) => Entry::Person(found(&session.people, id, field, value)?),
        EntryId::Zone(id) => Entry::Zone(found(&session.zones, id, field, value)?),
        EntryId::Asset(id) => Entry::Asset(found(&session.assets, id, field, value)?),
        EntryId::Component(id) => Entry::Component(Box::new(found(&session.components, id, field, value)?)),
        EntryId::Flow(id) => Entry::Flow(Box::new(found(&session.flows, id, field, value)?)),
        EntryId::Mitigation(id) => Entry::Mitigation(Box::new(found(&session.mitigations, id, field, value)?)),
        EntryId::Assumption(id) => Entry::Assumption(found(&session.assumptions, id, field, value)?),
        EntryId::Note(id) => Entry::Note(found(&session.notes, id, field, value)?),
        EntryId::Sitting(id) => Entry::Sitting(found(&session.sittings, id, field, value)?),
        EntryId::Threat(_) => return None,
    }))
}

/// What a session holds at the place of a conflict about a field; `None` for whole records, places and what is gone.
pub(in crate::review) fn held(session: &Session, id: &ConflictId) -> Option<Value> {
    if let Some((place, letter)) = id.cell() {
        let cell = session.cells_at(&place)?.get(letter);
        return Some(cell.map_or(Value::Nothing, |cell| {
            let Cell { state, reason, by, basis, .. } = cell.clone();
            Value::Cell { state, reason, by, basis }
        }));
    }
    let field = id.field.as_str();
    let Some(record) = &id.record else { return row(Some(&session.header()), field) };
    match record {
        EntryId::Person(id) => row(session.people.get(id), field),
        EntryId::Zone(id) => row(session.zones.get(id), field),
        EntryId::Asset(id) => row(session.assets.get(id), field),
        EntryId::Component(id) => row(session.components.get(id), field),
        EntryId::Flow(id) => row(session.flows.get(id), field),
        EntryId::Mitigation(id) => row(session.mitigations.get(id), field),
        EntryId::Assumption(id) => row(session.assumptions.get(id), field),
        EntryId::Note(id) => row(session.notes.get(id), field),
        EntryId::Sitting(id) => row(session.sittings.get(id), field),
        EntryId::Threat(id) => row(session.find_threat(*id).map(|(_, threat)| threat), field),
    }
}

fn row<T: Fields>(record: Option<&T>, field: &str) -> Option<Value> {
    let rows = record?.values().into_iter();
    { rows }.find(|(name, _)| *name == field).map(|(_, value)| value)
}

fn found<T: Record + Fields>(table: &Table<T>, id: &T::Id, field: &str, value: &Value) -> Option<T> {
    changed(table.get(id).cloned(), field, value)
}

fn changed<T: Fields>(record: Option<T>, field: &str, value: &Value) -> Option<T> {
    record.and_then(|mut record| record.put(field, value).then_some(record))
}

/// The edit that makes one threat of two: one takes over the mitigations, the other is withdrawn and says why.
///
/// `None` when one of them does not exist, or both are the same.
pub fn join(session: &Session, keep: ThreatId, other: ThreatId) -> Option<Edit> {
    let (_, stays) = session.find_threat(keep)?;
    let (_, goes) = session.find_threat(other).filter(|_| keep != other)?;
    let missing = goes.mitigations.iter().filter(|id| !stays.mitigations.contains(id));
    let mut edits: Vec<Edit> = missing.map(|id| Edit::Link { threat: keep, mitigation: *id }).collect();
    edits.push(Edit::Withdraw { threat: other, reason: Some(format!("same as {keep}")) });
    Some(Edit::Batch { label: format!("join {} into {}", other.short(), keep.short()), edits })
}
