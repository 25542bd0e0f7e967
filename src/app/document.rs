//! The open session with its history, its file and what is known about it.
//!
//! Owns the one way to change a session while it is open, and which revision is in the file: saved, being saved, or
//! failed. Refuses: writing (that is [`Effect::Save`]) and anything about the screen.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use crate::{
    catalog::Team,
    review::merge::{Merged, Names, merge},
    session::{AssumptionId, Edit, EditError, Session, Threat, ThreatId},
};

use super::{
    history::{Done, History, Revision},
    msg::{Effect, Opened, Order, SaveFailure, Write},
    outline::Outline,
    recovery::Resumed,
};
use crate::format::journal::Step;

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
    /// The person left what could not be saved to the journal.
    Later,
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

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not fit the session.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The session is only looked at.
    #[error("{0}")]
    Locked(&'static str),
}

/// What is said to who changes a session that is only looked at, with keys named as in [`super::keymap::Keymap::phrase`].
pub const LOCKED: &str =
    "Somebody else has this session open: {take-over} tries again, {save-as} keeps a copy to go on with";

/// What the recovery journal was told about this session last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Following {
    /// Nothing.
    Not,
    /// Nothing about the file the session has now.
    Moved,
    /// That everything is in the file.
    Resting,
    /// What was done since.
    Steps,
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
    /// Who has the session open already; it is only looked at then.
    pub locked: Option<String>,
    /// What the team keeps beside its sessions; what ships with the program until that is read.
    pub team: Arc<Team>,
    history: History,
    outline: Outline,
    /// What the file holds; `None` when that is something else.
    saved: Option<Revision>,
    saving: Option<(Revision, Arc<Session>)>,
    /// The session as it is in the file.
    base: Arc<Session>,
    /// What the recovery journal does not know yet.
    unwritten: Vec<Step>,
    journaling: Following,
    /// Why the last save failed.
    trouble: Option<Trouble>,
    /// Autosave waits for another value than this: it could not be saved, or it is older than what was read again.
    held: Option<Revision>,
    /// The revision the file was last read into; what is older is only written when somebody asks.
    read_at: Revision,
    /// What is read next is merged with what is here.
    keeps_both: bool,
}

impl Document {
    /// A session as it was read.
    pub fn new(opened: Opened) -> Self {
        Self {
            path: opened.path,
            shown: opened.shown,
            read_only: opened.read_only,
            locked: opened.locked,
            base: opened.session.clone(),
            team: Arc::default(),
            unwritten: Vec::new(),
            journaling: Following::Not,
            history: History::new(opened.session),
            outline: opened.outline,
            saved: Some(0),
            saving: None,
            trouble: None,
            held: None,
            read_at: 0,
            keeps_both: false,
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

    /// Takes in which assumptions the repository contradicts.
    pub fn lean(&mut self, broken: &BTreeSet<AssumptionId>) {
        self.outline.lean(self.history.session(), broken);
    }

    /// A threat, without looking for it in every place.
    pub fn threat(&self, id: ThreatId) -> Option<&Threat> {
        self.outline.threat(self.session(), id).map(|(_, threat)| threat)
    }

    /// Its history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The one way a session is changed while it is open.
    /// Says whether there was anything to do.
    pub fn apply(&mut self, edit: &Edit) -> Result<bool, Refusal> {
        self.is_writable().map_err(Refusal::Locked)?;
        let changed = self.changing(|history, outline| history.apply(edit, &|threat| outline.whereabouts(threat)))?;
        if changed {
            self.unwritten.push(Step::Edit(edit.clone()));
        }
        Ok(changed)
    }

    /// Whether changes can be made at all, or who makes them.
    pub fn is_writable(&self) -> Result<(), &'static str> {
        if self.locked.is_some() { Err(LOCKED) } else { Ok(()) }
    }

    /// Takes the last change back and says what it was.
    pub fn undo(&mut self) -> Option<Done> {
        self.is_writable().ok()?;
        let undone = self.changing(|history, _| history.undo())?;
        self.unwritten.push(Step::Undo);
        Some(undone)
    }

    /// Does the undone change again and says what it was.
    pub fn redo(&mut self) -> Option<Done> {
        self.is_writable().ok()?;
        let redone = self.changing(|history, _| history.redo())?;
        self.unwritten.push(Step::Redo);
        Some(redone)
    }

    /// The session is another one, and no edit led to it.
    fn leapt(&mut self) {
        self.unwritten.push(Step::Whole(self.session().clone()));
    }

    /// Puts what was read again in place, as one step that can be undone.
    /// Says whether it differs from what was here.
    pub fn reload(&mut self, opened: Opened) -> bool {
        self.put(opened, "read the file again")
    }

    fn put(&mut self, opened: Opened, label: &str) -> bool {
        self.keeps_both = false;
        let differs = *opened.session != **self.history.session();
        self.base = opened.session.clone();
        if differs {
            self.history.replace(opened.session, label);
            self.outline = opened.outline;
            self.leapt();
        }
        self.read_only = opened.read_only;
        self.locked = opened.locked;
        self.saved = Some(self.history.revision());
        self.read_at = self.history.revision();
        self.trouble = None;
        self.held = None;
        differs
    }

    /// The session as it was last in the file.
    pub fn base(&self) -> &Session {
        &self.base
    }

    /// What keeping both comes to: what was done here, and what somebody else did, since the file was read.
    pub fn merged_with(&self, theirs: &Session) -> Merged {
        merge(Some(&self.base), self.session(), theirs, Names { ours: "mine", theirs: "the file" })
    }

    /// What is read next is merged with what is here instead of taking its place.
    pub fn keep_both_on_reading(&mut self) {
        self.keeps_both = true;
    }

    /// Whether what is read is to be merged.
    pub fn keeps_both(&self) -> bool {
        self.keeps_both
    }

    /// Puts the merge with what was read in place, as one step that can be undone; says how many fields are left to settle.
    pub fn merge(&mut self, opened: Opened) -> usize {
        let merged = self.merged_with(&opened.session);
        let theirs = opened.session.clone();
        let merged_session = Arc::new(merged.session);
        let opened = Opened { outline: Outline::of(&merged_session), session: merged_session, ..opened };
        self.put(opened, "merge with what others wrote into the file");
        if theirs != *self.session() {
            self.saved = None;
        }
        self.base = theirs;
        merged.conflicts.len()
    }

    /// Goes on with what a recovery journal brought back.
    pub fn resume(&mut self, resumed: Resumed) {
        let Resumed { history, saved, steps } = resumed;
        self.outline = Outline::of(history.session());
        self.history = history;
        self.saved = Some(saved);
        self.unwritten = steps;
    }

    /// Puts a session in place that is to be kept beside what is in the file: a pause does not write it over that.
    pub fn lay_over(&mut self, session: Arc<Session>) {
        self.outline = Outline::of(&session);
        self.history.replace(session, "go on with what was recovered");
        self.leapt();
        self.trouble = Some(Trouble::Changed("The file was changed after what was recovered was made.".to_owned()));
    }

    /// The session lives in another file from now on.
    pub fn moved(&mut self, path: PathBuf, shown: String) {
        self.path = path;
        self.shown = shown;
        self.read_only = None;
        self.locked = None;
        self.journaling = Following::Moved;
    }

    /// What the recovery journal has to be told since this was asked last.
    pub fn orders(&mut self) -> Vec<Order> {
        let steps = std::mem::take(&mut self.unwritten);
        if self.locked.is_some() {
            // The journal belongs to whoever has the session open.
            return Vec::new();
        }
        if self.journaling == Following::Moved && self.is_saving() {
            // Where it will live is known once it is there.
            self.unwritten = steps;
            return Vec::new();
        }
        let mut orders = Vec::new();
        let rests = !self.is_unsaved() && !self.is_saving();
        if rests && matches!(self.journaling, Following::Moved | Following::Steps) {
            orders.push(Order::Rest { base: self.base.clone() });
        }
        if matches!(self.journaling, Following::Not | Following::Moved) {
            orders.push(Order::Open { path: self.path.clone(), base: self.base.clone() });
        }
        if rests {
            self.journaling = Following::Resting;
        } else {
            let after = self.session().clone();
            if self.journaling == Following::Moved {
                // What led here is in the journal of the other file.
                orders.push(Order::Steps { steps: vec![Step::Whole(after.clone())], after });
            } else if !steps.is_empty() {
                orders.push(Order::Steps { steps, after });
            }
            self.journaling = Following::Steps;
        }
        orders
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
        let revision = self.now_saving();
        Some(Effect::Save { path: self.path.clone(), session: self.session().clone(), revision, write })
    }

    /// Asks for the present session to be written to a new file.
    pub fn save_copy(&mut self) -> Effect {
        let revision = self.now_saving();
        Effect::SaveCopy { path: self.path.clone(), session: self.session().clone(), revision }
    }

    /// Learns that the file no longer holds what was last read or written.
    pub fn is_not_in_its_file(&mut self, trouble: Trouble) {
        if !self.is_unsaved() {
            // Nothing but this run and its journal has it now.
            self.leapt();
        }
        self.saved = None;
        self.trouble = Some(trouble);
    }

    /// Asks for the present session to be written to a file that a person named.
    pub fn save_as(&mut self, typed: String, write: Write) -> Effect {
        let revision = self.now_saving();
        Effect::SaveAs { typed, path: self.path.clone(), session: self.session().clone(), revision, write }
    }

    fn now_saving(&mut self) -> Revision {
        let revision = self.history.revision();
        self.saving = Some((revision, self.session().clone()));
        revision
    }

    /// Learns how a write ended.
    pub fn saved(&mut self, revision: Revision, failure: Option<&SaveFailure>) {
        let written = self.saving.take();
        if let Some(SaveFailure::Taken { .. } | SaveFailure::Elsewhere { .. }) = failure {
            // About another file than the session's own.
            return;
        }
        self.trouble = match (failure, self.trouble.take()) {
            (None | Some(SaveFailure::Taken { .. } | SaveFailure::Elsewhere { .. }), _) => None,
            // That a copy cannot be written does not make it right to write over the file.
            (Some(SaveFailure::Refused(_)), Some(Trouble::Changed(message))) => Some(Trouble::Changed(message)),
            (Some(SaveFailure::Changed(message)), _) => Some(Trouble::Changed(message.clone())),
            (Some(SaveFailure::Refused(message)), _) => Some(Trouble::Refused(message.clone())),
        };
        if failure.is_none() {
            self.saved = Some(revision);
            self.held = None;
            if let Some((_, session)) = written.filter(|(number, _)| *number == revision) {
                self.base = session;
            }
        } else {
            self.held = Some(revision);
        }
    }
}
