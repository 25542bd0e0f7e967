//! The open session with its history, its file and what is known about it.
//!
//! Owns the one way to change a session while it is open, and which revision is in the file: saved, being saved, or
//! failed. Refuses: writing (that is [`Effect::Save`]) and anything about the screen.

use std::{path::PathBuf, sync::Arc};

use crate::session::{Edit, EditError, Session, Threat, ThreatId};

use super::{
    history::{Done, History, Revision},
    msg::{Effect, Opened, SaveFailure, Write},
    outline::Outline,
};

/// What waits for the write under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum After {
    /// Nothing: the write was nobody's wish.
    #[default]
    Nothing,
    /// The person wants to hear that it is saved.
    Say,
    /// Quitting; any key takes it back.
    Quit,
    /// Choosing another session; any key takes it back.
    Browse,
    /// The terminal or the system ends the program; nobody can be asked.
    Told {
        /// A copy was tried after the file itself could not be written.
        copied: bool,
    },
}

/// Why the session is not in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Somebody else changed the file; a person has to decide.
    Changed(String),
    /// The file cannot be written; tried again after the next change.
    Refused(String),
}

/// An open session.
#[derive(Debug)]
pub struct Document {
    /// Its file.
    pub path: PathBuf,
    /// The path as shown.
    pub shown: String,
    /// Why the file cannot be written, if it cannot.
    pub read_only: Option<String>,
    history: History,
    outline: Outline,
    /// What the file holds; `None` when that is something else.
    saved: Option<Revision>,
    saving: Option<Revision>,
    /// Why the last save failed.
    trouble: Option<Trouble>,
    /// Autosave waits for another value than this: it could not be saved, or it is older than what was read again.
    held: Option<Revision>,
    /// The revision the file was last read into; what is older is only written when somebody asks.
    read_at: Revision,
}

impl Document {
    /// A session as it was read.
    pub fn new(opened: Opened) -> Self {
        Self {
            path: opened.path,
            shown: opened.shown,
            read_only: opened.read_only,
            history: History::new(opened.session),
            outline: opened.outline,
            saved: Some(0),
            saving: None,
            trouble: None,
            held: None,
            read_at: 0,
        }
    }

    /// The session now.
    pub fn session(&self) -> &Arc<Session> {
        self.history.session()
    }

    /// What is known about the whole of it.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// A threat, without looking for it in every place.
    pub fn threat(&self, id: ThreatId) -> Option<&Threat> {
        self.outline.threat(self.session(), id).map(|(_, threat)| threat)
    }

    /// Its history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The one way a session is changed while it is open. A recovery journal would be written from here.
    /// Says whether there was anything to do.
    pub fn apply(&mut self, edit: &Edit) -> Result<bool, EditError> {
        self.changing(|history, outline| history.apply(edit, &|threat| outline.whereabouts(threat)))
    }

    /// Takes the last change back and says what it was.
    pub fn undo(&mut self) -> Option<Done> {
        self.changing(|history, _| history.undo())
    }

    /// Does the undone change again and says what it was.
    pub fn redo(&mut self) -> Option<Done> {
        self.changing(|history, _| history.redo())
    }

    /// Puts what was read again in place, as one step that can be undone.
    /// Says whether it differs from what was here.
    pub fn reload(&mut self, opened: Opened) -> bool {
        let differs = *opened.session != **self.history.session();
        if differs {
            self.history.replace(opened.session, "read the file again");
            self.outline = opened.outline;
        }
        self.read_only = opened.read_only;
        self.saved = Some(self.history.revision());
        self.read_at = self.history.revision();
        self.trouble = None;
        self.held = None;
        differs
    }

    fn changing<T>(&mut self, change: impl FnOnce(&mut History, &Outline) -> T) -> T {
        let before = self.history.session().clone();
        let result = change(&mut self.history, &self.outline);
        let after = self.history.session().clone();
        if !Arc::ptr_eq(&before, &after) {
            self.outline.follow(&before, &after);
        }
        result
    }

    /// Whether something is not in the file yet.
    pub fn is_unsaved(&self) -> bool {
        self.saved != Some(self.history.revision())
    }

    /// Whether a save is under way.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Whether a pause is a reason to save.
    pub fn wants_autosave(&self) -> bool {
        self.is_unsaved()
            && self.saving.is_none()
            && self.held != Some(self.history.revision())
            && self.history.revision() >= self.read_at
            && !matches!(self.trouble, Some(Trouble::Changed(_)))
            && self.read_only.is_none()
    }

    /// Why the last save failed; `None` once one went well.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Asks for the present session to be written; `None` while an earlier write is under way.
    pub fn save(&mut self, write: Write) -> Option<Effect> {
        if self.saving.is_some() {
            return None;
        }
        let revision = self.history.revision();
        self.saving = Some(revision);
        Some(Effect::Save { path: self.path.clone(), session: self.session().clone(), revision, write })
    }

    /// Asks for the present session to be written to a new file.
    pub fn save_copy(&mut self) -> Effect {
        let revision = self.history.revision();
        self.saving = Some(revision);
        Effect::SaveCopy { path: self.path.clone(), session: self.session().clone(), revision }
    }

    /// Learns that the file no longer holds what was last read or written.
    pub fn is_not_in_its_file(&mut self, trouble: Trouble) {
        self.saved = None;
        self.trouble = Some(trouble);
    }

    /// Learns how a write ended.
    pub fn saved(&mut self, revision: Revision, failure: Option<&SaveFailure>) {
        self.saving = None;
        self.trouble = failure.map(|failure| match failure {
            SaveFailure::Changed(message) => Trouble::Changed(message.clone()),
            SaveFailure::Refused(message) => Trouble::Refused(message.clone()),
        });
        if failure.is_none() {
            self.saved = Some(revision);
            self.held = None;
        } else {
            self.held = Some(revision);
        }
    }
}
