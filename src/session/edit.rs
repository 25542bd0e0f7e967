//! The vocabulary of changes. Whoever changes a session (a key, the capture line, an importer, a merge) says it here.
//!
//! An edit holds ids and whole values, never positions, so that it means the same on another version of the session and
//! can be written to a journal. [`Session::apply`] gives it its meaning, [`Edit::label`] its words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Asset, AssetId, Assumption, AssumptionId, Cell, Component, ComponentId, ConflictId, Flow, FlowId, Letter, Level,
    Mitigation, MitigationId, Note, NoteId, Person, PersonId, Place, Point, Rating, Record, Response, Session, Sitting,
    SittingId, Text, Threat, ThreatId, Zone, ZoneId,
    id::{ALPHABET, Suffixes},
};

/// One change of a session. Applying it is all or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Replaces title, owner, scope and the other fields above the records.
    ChangeHeader(Box<Header>),
    /// Adds a record; its id must be free and what it refers to must exist.
    Add(Entry),
    /// Replaces the described fields of a record. Cells and threats of a component or flow stay as they are.
    Change(Entry),
    /// Removes a record and what cannot be without it: a component takes its flows, a flow its threats.
    Remove(EntryId),
    /// Exchanges the places of two records of one kind in the meeting's order.
    Swap(EntryId, EntryId),
    /// Answers a cell. A question parked there is not answered by it.
    Decide {
        /// A flow or component.
        place: Place,
        /// The answer.
        cell: Cell,
    },
    /// Takes an answer back.
    Reopen {
        /// A flow or component.
        place: Place,
        /// Which cell.
        letter: Letter,
    },
    /// Adds a threat at a place.
    AddThreat {
        /// Where it stands.
        place: Place,
        /// The threat; its id must be free.
        threat: Box<Threat>,
    },
    /// Replaces a threat where it stands.
    ChangeThreat(Box<Threat>),
    /// Sets or clears the rating of a threat at a point.
    SetRating {
        /// Which threat.
        threat: ThreatId,
        /// When the rating holds.
        point: Point,
        /// The judgement; `None` takes it back.
        rating: Option<Rating>,
    },
    /// Moves a threat to another place or letter; its id stays.
    MoveThreat {
        /// Which threat.
        threat: ThreatId,
        /// Where it goes.
        place: Place,
        /// Its primary letter there.
        letter: Letter,
    },
    /// Withdraws a threat with a reason, or brings it back with `None`.
    Withdraw {
        /// Which threat.
        threat: ThreatId,
        /// Why it no longer counts.
        reason: Option<String>,
    },
    /// Says that a mitigation helps against a threat.
    Link {
        /// Which threat.
        threat: ThreatId,
        /// Which mitigation.
        mitigation: MitigationId,
    },
    /// Takes that back.
    Unlink {
        /// Which threat.
        threat: ThreatId,
        /// Which mitigation.
        mitigation: MitigationId,
    },
    /// Says that a conflict is decided: what the session holds there is what counts.
    Settle(ConflictId),
    /// Several changes that are one step for people; undone together.
    Batch {
        /// What the step is called.
        label: String,
        /// The changes, in order.
        edits: Vec<Edit>,
    },
}

impl Edit {
    /// Says that a mitigation helps against a threat: one that nobody has responded to is mitigated from then on.
    pub fn mitigate(threat: &Threat, mitigation: MitigationId) -> Vec<Self> {
        let link = Self::Link { threat: threat.id, mitigation };
        let responded = threat
            .response
            .is_none()
            .then(|| Self::ChangeThreat(Box::new(Threat { response: Some(Response::Mitigate), ..threat.clone() })));
        responded.into_iter().chain([link]).collect()
    }
}

/// The fields above the records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// See [`Session::title`].
    pub title: String,
    /// See [`Session::workload`].
    pub workload: String,
    /// See [`Session::owner`].
    pub owner: String,
    /// See [`Session::profile`].
    pub profile: String,
    /// See [`Session::intake`].
    pub intake: Text,
    /// See [`Session::matrix`].
    pub matrix: String,
    /// See [`Session::appetite`].
    pub appetite: Option<Level>,
    /// See [`Session::tolerance`].
    pub tolerance: Option<Level>,
    /// See [`Session::scope`].
    pub scope: Text,
    /// See [`Session::note`].
    pub note: Text,
}

/// A record of any kind but a threat, which needs a place and has edits of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the record it names")]
pub enum Entry {
    Person(Person),
    Zone(Zone),
    Asset(Asset),
    Component(Box<Component>),
    Flow(Box<Flow>),
    Mitigation(Box<Mitigation>),
    Assumption(Assumption),
    Note(Note),
    Sitting(Sitting),
}

/// The identity of any record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the record it names")]
pub enum EntryId {
    Person(PersonId),
    Zone(ZoneId),
    Asset(AssetId),
    Component(ComponentId),
    Flow(FlowId),
    Threat(ThreatId),
    Mitigation(MitigationId),
    Assumption(AssumptionId),
    Note(NoteId),
    Sitting(SittingId),
}

impl EntryId {
    /// What kind of record it names, as people say it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Zone(_) => "zone",
            Self::Asset(_) => "asset",
            Self::Component(_) => "component",
            Self::Flow(_) => "flow",
            Self::Threat(_) => "threat",
            Self::Mitigation(_) => "mitigation",
            Self::Assumption(_) => "assumption",
            Self::Note(_) => "note",
            Self::Sitting(_) => "sitting",
        }
    }

    /// The record that a whole identity with a letter and a number names, `T31-k7q`.
    pub fn numbered(text: &str) -> Option<Self> {
        Some(match text.chars().next()? {
            FlowId::LETTER => Self::Flow(text.parse().ok()?),
            ThreatId::LETTER => Self::Threat(text.parse().ok()?),
            MitigationId::LETTER => Self::Mitigation(text.parse().ok()?),
            AssumptionId::LETTER => Self::Assumption(text.parse().ok()?),
            NoteId::LETTER => Self::Note(text.parse().ok()?),
            SittingId::LETTER => Self::Sitting(text.parse().ok()?),
            _ => return None,
        })
    }

    /// The record that a whole name means, as its `Display` writes it.
    pub fn named(text: &str) -> Option<Self> {
        Some(match text.split_once('/') {
            Some(("person", id)) => Self::Person(id.parse().ok()?),
            Some(("zone", id)) => Self::Zone(id.parse().ok()?),
            Some(("asset", id)) => Self::Asset(id.parse().ok()?),
            Some(("component", id)) => Self::Component(id.parse().ok()?),
            Some(_) => return None,
            None => Self::numbered(text)?,
        })
    }

    /// What people say for it: the slug, or letter and number.
    pub fn short(&self) -> String {
        match self {
            Self::Person(id) => id.to_string(),
            Self::Zone(id) => id.to_string(),
            Self::Asset(id) => id.to_string(),
            Self::Component(id) => id.to_string(),
            Self::Flow(id) => id.short(),
            Self::Threat(id) => id.short(),
            Self::Mitigation(id) => id.short(),
            Self::Assumption(id) => id.short(),
            Self::Note(id) => id.short(),
            Self::Sitting(id) => id.short(),
        }
    }
}

/// The whole name: `T31-k7q`, or `component/api` for what has a slug, which another kind may have as well.
impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person/{id}"),
            Self::Zone(id) => write!(f, "zone/{id}"),
            Self::Asset(id) => write!(f, "asset/{id}"),
            Self::Component(id) => write!(f, "component/{id}"),
            Self::Flow(id) => write!(f, "{id}"),
            Self::Threat(id) => write!(f, "{id}"),
            Self::Mitigation(id) => write!(f, "{id}"),
            Self::Assumption(id) => write!(f, "{id}"),
            Self::Note(id) => write!(f, "{id}"),
            Self::Sitting(id) => write!(f, "{id}"),
        }
    }
}

impl Entry {
    /// The identity of the record.
    pub fn id(&self) -> EntryId {
        match self {
            Self::Person(r) => EntryId::Person(r.id.clone()),
            Self::Zone(r) => EntryId::Zone(r.id.clone()),
            Self::Asset(r) => EntryId::Asset(r.id.clone()),
            Self::Component(r) => EntryId::Component(r.id.clone()),
            Self::Flow(r) => EntryId::Flow(r.id),
            Self::Mitigation(r) => EntryId::Mitigation(r.id),
            Self::Assumption(r) => EntryId::Assumption(r.id),
            Self::Note(r) => EntryId::Note(r.id),
            Self::Sitting(r) => EntryId::Sitting(r.id),
        }
    }
}

/// Three characters that an id may end in.
fn tail(suffixes: &mut dyn Suffixes) -> [u8; 3] {
    suffixes.next().map(|b| if ALPHABET.contains(&b) { b } else { b'0' })
}

impl ThreatId {
    /// An id with a number that is known to be free.
    pub fn fresh(number: u32, suffixes: &mut dyn Suffixes) -> Self {
        Self::new(number, tail(suffixes))
    }
}

macro_rules! fresh {
    ($(#[$doc:meta])* $name:ident, $id:ty, $records:expr) => {
        $(#[$doc])*
        pub fn $name(&self, suffixes: &mut dyn Suffixes) -> $id {
            let taken: fn(&Session) -> Box<dyn Iterator<Item = $id> + '_> = $records;
            let number = taken(self).map(<$id>::number).max().unwrap_or(0).saturating_add(1);
            <$id>::new(number, tail(suffixes))
        }
    };
}

/// Fresh identities. The number is the highest in the session plus one, so the pair is free whatever the tail.
impl Session {
    fresh!(
        /// The next flow id.
        fresh_flow, FlowId, |s| Box::new(s.flows.keys().copied())
    );
    fresh!(
        /// The next threat id.
        fresh_threat, ThreatId, |s| Box::new(s.threat_ids())
    );
    fresh!(
        /// The next mitigation id.
        fresh_mitigation, MitigationId, |s| Box::new(s.mitigations.keys().copied())
    );
    fresh!(
        /// The next assumption id.
        fresh_assumption, AssumptionId, |s| Box::new(s.assumptions.keys().copied())
    );
    fresh!(
        /// The next note id.
        fresh_note, NoteId, |s| Box::new(s.notes.keys().copied())
    );
    fresh!(
        /// The next sitting id.
        fresh_sitting, SittingId, |s| Box::new(s.sittings.keys().copied())
    );

    /// A free component slug for a name.
    pub fn fresh_component(&self, name: &str) -> ComponentId {
        ComponentId::from_name(name, |slug| self.components.contains(slug))
    }

    /// A free zone slug for a name.
    pub fn fresh_zone(&self, name: &str) -> ZoneId {
        ZoneId::from_name(name, |slug| self.zones.contains(slug))
    }

    /// A free asset slug for a name.
    pub fn fresh_asset(&self, name: &str) -> AssetId {
        AssetId::from_name(name, |slug| self.assets.contains(slug))
    }

    /// A free person slug for a name.
    pub fn fresh_person(&self, name: &str) -> PersonId {
        PersonId::from_name(name, |slug| self.people.contains(slug))
    }

    /// The rank after all others of a kind that is ordered by rank alone.
    pub fn next_rank<'a, T: Record + 'a>(records: impl Iterator<Item = &'a T>, rank: impl Fn(&T) -> u32) -> u32 {
        records.map(rank).max().unwrap_or(0).saturating_add(1)
    }

    /// The fields above the records.
    pub fn header(&self) -> Header {
        Header {
            title: self.title.clone(),
            workload: self.workload.clone(),
            owner: self.owner.clone(),
            profile: self.profile.clone(),
            intake: self.intake.clone(),
            matrix: self.matrix.clone(),
            appetite: self.appetite,
            tolerance: self.tolerance,
            scope: self.scope.clone(),
            note: self.note.clone(),
        }
    }

    /// Whether a record with this identity exists.
    pub fn has(&self, id: &EntryId) -> bool {
        match id {
            EntryId::Person(id) => self.people.contains(id),
            EntryId::Zone(id) => self.zones.contains(id),
            EntryId::Asset(id) => self.assets.contains(id),
            EntryId::Component(id) => self.components.contains(id),
            EntryId::Flow(id) => self.flows.contains(id),
            EntryId::Threat(id) => self.find_threat(*id).is_some(),
            EntryId::Mitigation(id) => self.mitigations.contains(id),
            EntryId::Assumption(id) => self.assumptions.contains(id),
            EntryId::Note(id) => self.notes.contains(id),
            EntryId::Sitting(id) => self.sittings.contains(id),
        }
    }
}
