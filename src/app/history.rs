//! Undo and redo: a list of session values, each with the label of the edit that led to it.
//!
//! Owns the numbers of session values, by which undoing back to what is in the file reads as saved. Refuses inverse
//! edits: going back is the old value, which shares all records that did not change.

use std::sync::Arc;

use crate::session::{Edit, EditError, Known, Session, Subject};

/// Number of a session value in a history; two equal numbers are the same value.
pub type Revision = u64;

/// One value a session had.
#[derive(Debug, Clone)]
struct Step {
    session: Arc<Session>,
    revision: Revision,
    /// What was done to leave this value (in the past) or to come to it (in the future).
    done: Done,
}

/// What was done in a step.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// What it is called.
    pub label: String,
    /// Where it can be seen, best first.
    pub subjects: Vec<Subject>,
}

/// All values of a session since it was opened. Undoing back to a saved value is recognised by its revision.
#[derive(Debug)]
pub struct History {
    past: Vec<Step>,
    present: Arc<Session>,
    revision: Revision,
    future: Vec<Step>,
    last_revision: Revision,
}

impl History {
    /// A history that starts with a session as it was opened.
    pub fn new(session: Arc<Session>) -> Self {
        Self { past: Vec::new(), present: session, revision: 0, future: Vec::new(), last_revision: 0 }
    }

    /// The session now.
    pub fn session(&self) -> &Arc<Session> {
        &self.present
    }

    /// The number of the value now.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Does an edit and says whether there was anything to do. An edit that changes nothing leaves no step.
    pub fn apply(&mut self, edit: &Edit, known: Known<'_>) -> Result<bool, EditError> {
        let next = self.present.apply_knowing(edit, known)?;
        let differs = next != *self.present;
        if differs {
            let done = Done { label: edit.label(&self.present), subjects: edit.subjects() };
            self.push(Arc::new(next), done);
        }
        Ok(differs)
    }

    /// Puts a whole other value in place as one step, as reading the file again does.
    pub fn replace(&mut self, session: Arc<Session>, label: impl Into<String>) {
        self.push(session, Done { label: label.into(), subjects: Vec::new() });
    }

    fn push(&mut self, next: Arc<Session>, done: Done) {
        let session = std::mem::replace(&mut self.present, next);
        self.past.push(Step { session, revision: self.revision, done });
        self.last_revision += 1;
        self.revision = self.last_revision;
        self.future.clear();
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) -> Option<Done> {
        let step = self.past.pop()?;
        let session = std::mem::replace(&mut self.present, step.session);
        self.future.push(Step { session, revision: self.revision, done: step.done.clone() });
        self.revision = step.revision;
        Some(step.done)
    }

    /// Does an undone step again and says what it was.
    pub fn redo(&mut self) -> Option<Done> {
        let step = self.future.pop()?;
        let session = std::mem::replace(&mut self.present, step.session);
        self.past.push(Step { session, revision: self.revision, done: step.done.clone() });
        self.revision = step.revision;
        Some(step.done)
    }

    /// The step that would be taken back.
    pub fn last(&self) -> Option<&Done> {
        self.past.last().map(|step| &step.done)
    }

    /// The undone step that would be done again.
    pub fn next(&self) -> Option<&Done> {
        self.future.last().map(|step| &step.done)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is an undone step.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Whereabouts, Zone, edit::Entry};

    fn zone(name: &str) -> Edit {
        let id = name.parse().unwrap();
        Edit::Add(Entry::Zone(Zone {
            id,
            rank: 0,
            name: name.into(),
            parent: None,
            exposure: crate::session::Exposure::default(),
            note: crate::session::Text::default(),
        }))
    }

    #[test]
    fn undoing_everything_is_the_session_as_opened() {
        let mut history = History::new(Arc::new(Session::new("x")));
        let opened = history.session().clone();
        for name in ["a", "b", "c"] {
            history.apply(&zone(name), &|_| Whereabouts::Unknown).unwrap();
        }
        let full = history.session().clone();
        let labels: Vec<_> = std::iter::from_fn(|| history.undo()).map(|done| done.label).collect();
        assert_eq!(labels, ["add zone c", "add zone b", "add zone a"]);
        assert_eq!((history.session(), history.revision()), (&opened, 0));
        while history.redo().is_some() {}
        assert_eq!((history.session(), history.revision()), (&full, 3));
    }

    #[test]
    fn a_new_edit_forgets_what_was_undone_but_never_reuses_a_number() {
        let mut history = History::new(Arc::new(Session::new("x")));
        history.apply(&zone("a"), &|_| Whereabouts::Unknown).unwrap();
        history.undo();
        history.apply(&zone("b"), &|_| Whereabouts::Unknown).unwrap();
        assert!(!history.can_redo());
        assert_eq!(history.revision(), 2);
    }

    #[test]
    fn a_refused_edit_leaves_no_step() {
        let mut history = History::new(Arc::new(Session::new("x")));
        history.apply(&zone("a"), &|_| Whereabouts::Unknown).unwrap();
        assert!(history.apply(&zone("a"), &|_| Whereabouts::Unknown).is_err());
        assert_eq!(history.revision(), 1);
    }
}
