//! Conflicts: what two people said differently about one thing, kept in the session until somebody decides.
//!
//! Owns the record that a merge leaves behind and how it is named: `T31-k7q/current`, the record and the field. The
//! session holds a cautious value at that place meanwhile, so a file with conflicts can be read, shown and worked on.
//!
//! Refuses: finding conflicts and settling them with one side's value (`review::merge`).

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize, de};

use super::{
    Acceptance, Answer, AssumptionState, Basis, Class, ComponentId, Deviation, Element, EntryPoint, Exposure, Layer,
    Letter, Level, MitigationState, NoteKind, Place, Record, Response, Responsibility, Stop, Table, Text, Verdict,
    ZoneId, edit::EntryId, model::is_default,
};

/// Two sides that cannot both be right, or both were right until they met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Where it is; there is at most one at each place.
    pub id: ConflictId,
    /// What kind of conflict it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: ConflictKind,
    /// What both started from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub base: Value,
    /// What one side says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ours: Value,
    /// What the other side says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub theirs: Value,
    /// Where our side came from: a file or a branch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ours_from: String,
    /// Where their side came from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theirs_from: String,
}

/// Why two sides are in conflict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ConflictKind {
    /// Both changed one field, differently.
    #[default]
    Differ,
    /// One side removed the record, the other changed it.
    Removed,
    /// One side removed the record, the other began to refer to it.
    Needed,
    /// Each change is sound alone; together they break what holds for every session.
    Together,
}

impl ConflictKind {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Differ => "differ",
            Self::Removed => "removed",
            Self::Needed => "needed",
            Self::Together => "together",
        }
    }
}

/// Where a conflict is: a record and a field, `T31-k7q/current`, or `session/title` for the fields above the records.
///
/// The field of an answered cell is its letter, `F3-a2c/S`; that of a whole record is [`ConflictId::WHOLE`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConflictId {
    /// The record; none for the session itself.
    pub record: Option<EntryId>,
    /// Its field, named as in the file; the first one where several change together.
    pub field: String,
}

/// What one side says about a field. Fields that only make sense together are one value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each variant is what it holds")]
pub enum Value {
    /// Nothing: the field is empty.
    #[default]
    Nothing,
    Words(String),
    Lines(Text),
    List(Vec<String>),
    Number(u32),
    Day(Date),
    Level(Level),
    Exposure(Exposure),
    Class(Class),
    Letter(Letter),
    Layer(Layer),
    Verdict(Verdict),
    Stop(Stop),
    Responsibility(Responsibility),
    Mitigation(MitigationState),
    Assumption(AssumptionState),
    Note(NoteKind),
    Zone(ZoneId),
    EntryPoints(Vec<EntryPoint>),
    Deviations(Table<Deviation>),
    Rating {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        likelihood: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        impact: Option<u8>,
    },
    Kind {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        kind: String,
        #[serde(default, skip_serializing_if = "is_default")]
        element: Element,
    },
    Ends {
        from: ComponentId,
        to: ComponentId,
    },
    Place {
        place: Place,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letter: Option<Letter>,
    },
    Response {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response: Option<Response>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acceptance: Option<Acceptance>,
    },
    Cell {
        state: Answer,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        basis: Option<Basis>,
    },
    /// This side removed the record.
    Gone,
    /// This side changed these fields of the record.
    Changed(Vec<String>),
    /// On this side these records refer to it.
    Needed(Vec<String>),
}

impl ConflictId {
    /// The field name for a record as a whole.
    pub const WHOLE: &'static str = "record";

    /// A field of a record, or of the session.
    pub fn new(record: Option<EntryId>, field: impl Into<String>) -> Self {
        Self { record, field: field.into() }
    }

    /// The cell that is in conflict, when its field is a letter of a place.
    pub fn cell(&self) -> Option<(Place, Letter)> {
        let mut letters = self.field.chars();
        let letter = letters.next().filter(char::is_ascii_uppercase).and_then(Letter::from_char)?;
        let place = match self.record.as_ref()? {
            EntryId::Flow(id) => Place::Flow(*id),
            EntryId::Component(id) => Place::Component(id.clone()),
            _ => return None,
        };
        letters.next().is_none().then_some((place, letter))
    }
}

/// Why a text names no conflict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` does not name a conflict: expected a record and a field, like `T31-k7q/current` or `component/api/zone`"
)]
pub struct ConflictIdError(String);

impl fmt::Display for ConflictId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.record {
            None => f.write_str("session")?,
            Some(record) => write!(f, "{record}")?,
        }
        write!(f, "/{}", self.field)
    }
}

impl FromStr for ConflictId {
    type Err = ConflictIdError;
    fn from_str(text: &str) -> Result<Self, ConflictIdError> {
        let found = || {
            let (record, field) = text.rsplit_once('/')?;
            if field.is_empty() || !field.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_') {
                return None;
            }
            let record = if record == "session" { None } else { Some(EntryId::named(record)?) };
            Some(Self::new(record, field))
        };
        found().ok_or_else(|| ConflictIdError(text.to_owned()))
    }
}

impl Serialize for ConflictId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ConflictId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Record for Conflict {
    type Id = ConflictId;
    fn id(&self) -> &ConflictId {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_is_named_by_record_and_field_and_by_nothing_else() {
        for name in ["T31-k7q/current", "F3-a2c/S", "component/api-gateway/zone", "zone/平台/record", "session/title"]
        {
            assert_eq!(name.parse::<ConflictId>().unwrap().to_string(), name);
        }
        for wrong in ["", "T31", "T31/current", "T31-k7q/", "api/zone", "thing/api/zone", "T31-k7q/a b", "/title"] {
            assert!(wrong.parse::<ConflictId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_letter_of_a_place_is_a_cell() {
        let id: ConflictId = "component/api/S".parse().unwrap();
        assert_eq!(id.cell(), Some((Place::Component("api".parse().unwrap()), Letter::S)));
        for other in ["component/api/zone", "T31-k7q/S", "session/S", "F3-a2c/X"] {
            assert_eq!(other.parse::<ConflictId>().unwrap().cell(), None, "{other}");
        }
    }
}
