//! What else is said: people, assumptions, questions, actions, ideas and quotes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AssumptionId, Letter, NoteId, PersonId, Place, Record, Text, Tripwire, model::is_default};

/// A perspective somebody brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Keeps the feature useful and carries the risk.
    Business,
    /// Knows the design.
    Developer,
    /// Attacks it in thought.
    Adversary,
    /// Runs and watches it.
    Defender,
    /// Knows the method and endorses.
    AppSec,
    /// Drives the meeting.
    Moderator,
    /// Writes down what is said.
    NoteTaker,
    /// Owns the system.
    Owner,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Slug, unique among people; also what `~ana` names.
    pub id: PersonId,
    /// What people call them.
    pub name: String,
    /// The perspectives they bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
}

/// Whether an assumption was looked into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AssumptionState {
    /// Said, not checked.
    #[default]
    Unconfirmed,
    /// Checked and true.
    Confirmed,
    /// Checked and false.
    Rejected,
}

/// Something taken as true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// `A1-0zx`.
    pub id: AssumptionId,
    /// What is taken as true.
    pub text: String,
    /// Where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Whether somebody looked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: AssumptionState,
    /// Who said it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What must hold in the repository for it to hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tripwires: Vec<Tripwire>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

/// What kind of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NoteKind {
    /// Parked: somebody has to find out. Keeps its cell undecided until answered.
    Question,
    /// Somebody has to do something.
    Action,
    /// Worth keeping for the minutes.
    Quote,
}

/// A question, an action or a quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// `N4-p3w`.
    pub id: NoteId,
    /// What kind of note it is.
    pub kind: NoteKind,
    /// What was said.
    pub text: String,
    /// Where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The letter it parks there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
    /// Who said it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The answer or result; a note without one is open.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub answer: Text,
}

impl Note {
    /// An open note with nothing but its words.
    pub fn new(id: NoteId, kind: NoteKind, text: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            text: text.into(),
            place: None,
            letter: None,
            by: String::new(),
            owner: String::new(),
            due: None,
            answer: Text::default(),
        }
    }

    /// Whether it still waits for an answer or a result.
    pub fn is_open(&self) -> bool {
        self.kind != NoteKind::Quote && self.answer.is_empty()
    }

    /// The day it was to be done by, once that has passed and it is not.
    pub fn overdue(&self, today: Date) -> Option<Date> {
        self.due.filter(|due| *due < today && self.is_open())
    }

    /// Whether it is a question that nobody has answered.
    pub fn asks(&self) -> bool {
        self.kind == NoteKind::Question && self.is_open()
    }

    /// Whether it is an open question that keeps this cell undecided.
    pub fn parks(&self, place: &Place, letter: Letter) -> bool {
        self.asks() && self.letter == Some(letter) && self.place.as_ref() == Some(place)
    }
}

impl Record for Person {
    type Id = PersonId;
    fn id(&self) -> &PersonId {
        &self.id
    }
}

impl Record for Assumption {
    type Id = AssumptionId;
    fn id(&self) -> &AssumptionId {
        &self.id
    }
}

impl Record for Note {
    type Id = NoteId;
    fn id(&self) -> &NoteId {
        &self.id
    }
}
