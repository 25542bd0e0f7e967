//! Place 8: the meeting, with its phases, its people and what is left.
//!
//! Owns which person is selected and which cells the room passed over. Refuses: the clock, which is in the session
//! ([`crate::session::Sitting`]), and how it adds up ([`crate::meeting`]).

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::session::{Letter, PersonId, Place, Session};

/// What place 8 remembers.
#[derive(Debug, Default)]
pub struct Meeting {
    /// The selected person.
    pub selected: Option<PersonId>,
    /// Whether it is shown how often everybody was heard. The moderator asks for it; nobody else has to see it.
    pub voices: bool,
    /// Open cells that the room went past; they come again once everything else was looked at.
    pub passed: BTreeSet<(Place, Letter)>,
    /// When a threat that matters was found last.
    pub found: Option<Timestamp>,
    /// It was said that nothing new comes any more.
    pub dry: bool,
}

impl Meeting {
    /// The people in the order of the list.
    pub fn people(session: &Session) -> impl ExactSizeIterator<Item = &PersonId> {
        session.people.keys()
    }

    /// The selected person, else the first.
    pub fn person<'a>(&'a self, session: &'a Session) -> Option<&'a PersonId> {
        let selected = self.selected.as_ref().filter(|id| session.people.contains(*id));
        selected.or_else(|| Self::people(session).next())
    }

    /// Moves the selection.
    pub fn step(&mut self, session: &Session, by: isize) {
        let now = self.person(session).and_then(|id| Self::people(session).position(|other| other == id)).unwrap_or(0);
        let last = session.people.len().saturating_sub(1);
        self.selected = Self::people(session).nth(now.saturating_add_signed(by).min(last)).cloned();
    }
}
