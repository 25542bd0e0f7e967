//! One meeting as it is recorded: who came, how the clock went, how it ended.
//!
//! Owns the moments of a meeting's clock. They are facts that were written down when they happened, like the date of the
//! meeting: everything a clock shows follows from them, so that it survives whatever happens to the program.
//!
//! Refuses: what follows from the moments (`meeting`), and moments of anything else. When a cell was answered or a threat
//! was written is not recorded.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{PersonId, Record, SittingId, Text, model::is_default};

/// One meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// `W1-g5t`.
    pub id: SittingId,
    /// The day it was held.
    pub date: Date,
    /// How long it took.
    #[serde(default, skip_serializing_if = "is_default")]
    pub minutes: u32,
    /// Name of the agenda it followed; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agenda: String,
    /// Who was there, from the beginning or for a while.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<PersonId>,
    /// What happened to its clock, and who came late or left early.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
    /// Why it ended; absent while it goes on, and where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
    /// Who took it on themselves to stop before everything was done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub waived_by: String,
    /// What came out of it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub summary: Text,
    /// What was good about it and shall stay.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub keep: Text,
    /// What shall be different the next time.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub change: Text,
    /// The day of the next meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
}

/// Something that happened to the clock of a meeting, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Turn,
    /// How many cells were decided by then, so that the pace can be known afterwards.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decided: u32,
}

/// What can happen to the clock of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Turn {
    /// A phase began, and with it the clock if it stood still.
    Begin(Phase),
    /// The clock was stopped.
    Pause,
    /// It went on.
    Resume,
    /// The phase at hand got this many minutes more.
    Extend(u32),
    /// Somebody came after the beginning, or came back.
    Came(PersonId),
    /// Somebody left before the end.
    Left(PersonId),
    /// The meeting was over.
    End,
}

/// A part of a meeting; the four questions with a way in, a way through and a way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Goal, roles and time box.
    Opening,
    /// What are we working on?
    Model,
    /// Which way through it, and what is out.
    Route,
    /// What can go wrong?
    Threats,
    /// How bad is it?
    Rating,
    /// What do we do about it?
    Response,
    /// Was it good enough?
    Close,
}

/// Why a meeting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stop {
    /// Everything the profile asks for is done.
    Met,
    /// The time was over.
    Time,
    /// Nothing new came any more.
    Exhausted,
    /// Somebody took it on themselves to leave the rest.
    Waived,
}

impl Phase {
    /// The phases in the order of a meeting.
    pub const ALL: [Self; 7] =
        [Self::Opening, Self::Model, Self::Route, Self::Threats, Self::Rating, Self::Response, Self::Close];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => "Opening",
            Self::Model => "What are we working on?",
            Self::Route => "Route",
            Self::Threats => "What can go wrong?",
            Self::Rating => "Rate",
            Self::Response => "What do we do about it?",
            Self::Close => "Good enough?",
        }
    }

    /// Its name where there is little room: in the title line, beside its clock.
    pub fn short(self) -> &'static str {
        match self {
            Self::Opening => "Opening",
            Self::Model => "Model",
            Self::Route => "Route",
            Self::Threats => "Find threats",
            Self::Rating => "Rate",
            Self::Response => "Respond",
            Self::Close => "Close",
        }
    }

    /// The phase after it; none after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

impl Stop {
    /// The reasons, the best first.
    pub const ALL: [Self; 4] = [Self::Met, Self::Exhausted, Self::Time, Self::Waived];

    /// Its words, after "stopped because".
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "everything the profile asks for is done",
            Self::Exhausted => "nothing new came any more",
            Self::Time => "the time was over",
            Self::Waived => "the rest was waived",
        }
    }
}

impl Sitting {
    /// A meeting on a day, of which nothing else is known.
    pub fn new(id: SittingId, date: Date) -> Self {
        Self {
            id,
            date,
            minutes: 0,
            agenda: String::new(),
            present: Vec::new(),
            moments: Vec::new(),
            stop: None,
            waived_by: String::new(),
            summary: Text::default(),
            keep: Text::default(),
            change: Text::default(),
            next: None,
        }
    }

    /// Everybody it names, some of them more than once.
    pub fn named(&self) -> impl Iterator<Item = &PersonId> {
        let moved = self.moments.iter().filter_map(|moment| match &moment.what {
            Turn::Came(person) | Turn::Left(person) => Some(person),
            _ => None,
        });
        self.present.iter().chain(moved)
    }

    /// Forgets that somebody was there.
    pub(super) fn forget(&mut self, person: &PersonId) {
        self.present.retain(|id| id != person);
        self.moments.retain(|moment| !matches!(&moment.what, Turn::Came(id) | Turn::Left(id) if id == person));
    }
}

impl Record for Sitting {
    type Id = SittingId;
    fn id(&self) -> &SittingId {
        &self.id
    }
}
