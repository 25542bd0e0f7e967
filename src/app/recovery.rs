//! What a recovery journal brings back.
//!
//! Owns replaying on the session the journal began with, which gives exactly what was on the screen, and bringing that
//! together with a file that somebody else changed meanwhile. Refuses: how fields are merged (`review::merge`), deciding
//! what a person wants, and what a journal looks like on disk.

use std::sync::Arc;

use crate::{
    format::journal::{Draft, End, Journal, Step},
    review::merge::{Names, merge},
    session::{Edit, Session, Whereabouts},
};

use super::history::{History, Revision};

/// What a journal brings back, read against the session that is in the file now.
#[derive(Debug)]
pub struct Recovery {
    /// The session exactly as it was.
    pub mine: Arc<Session>,
    /// What was being typed.
    pub draft: Option<Draft>,
    /// What it does to the session in the file, one line each.
    pub changes: Vec<String>,
    /// How it fits the file.
    pub fit: Fit,
    /// The journal was damaged: what is behind the damage is not in here.
    pub damaged: bool,
}

/// How what was recovered fits the file.
#[derive(Debug)]
pub enum Fit {
    /// The file holds a session that the journal knows: nobody else changed it.
    Exact(Resumed),
    /// Somebody else changed the file, and both are kept.
    Merged {
        /// Goes on with both.
        resumed: Resumed,
        /// How many fields say different things; each is marked as a conflict.
        conflicts: usize,
    },
    /// There is no session in the file, or one that does not come from what was recovered.
    Apart,
}

/// A history that goes on from the session in the file.
#[derive(Debug)]
pub struct Resumed {
    /// The history; its present is what was recovered.
    pub history: History,
    /// The revision that is in the file.
    pub saved: Revision,
    /// What leads from the session in the file to the present one.
    pub steps: Vec<Step>,
}

impl Recovery {
    /// Whether there is anything that is not in the file.
    pub fn is_needed(&self) -> bool {
        self.draft.is_some() || self.damaged || !self.changes.is_empty()
    }

    /// How many things were recovered, in words.
    pub fn count(&self) -> String {
        match (self.changes.len(), &self.draft) {
            (0, Some(_)) => "what was being typed".to_owned(),
            (1, None) => "1 change".to_owned(),
            (n, None) => format!("{n} changes"),
            (1, Some(_)) => "1 change and what was being typed".to_owned(),
            (n, Some(_)) => format!("{n} changes and what was being typed"),
        }
    }
}

/// Replays a journal, against the session in the file; without one there is only the session as it was.
///
/// A file that holds something the journal does not know is merged with what was recovered. Both started from what the
/// journal began with.
pub fn recover(journal: Journal, present: Option<&Arc<Session>>) -> Recovery {
    let Journal { base, steps, draft, end, .. } = journal;
    let base = Arc::new(base);
    let mut walk = Walk::from(base.clone(), present);
    for step in steps {
        walk.step(step);
    }
    let mine = walk.history.session().clone();
    let damaged = end == End::Damaged;
    let (changes, fit) = walk.arrived(&base, present);
    Recovery { mine, draft, changes, fit, damaged }
}

/// A replay under way.
struct Walk<'a> {
    history: History,
    present: Option<&'a Arc<Session>>,
    /// The edits that led here from the last whole session, with their words.
    done: Vec<(Edit, String)>,
    undone: Vec<(Edit, String)>,
    /// The session is not reached by edits alone since it was last in the file.
    leapt: bool,
    /// The last time the walk passed the session that is in the file: its revision and the length of `done`.
    passed: Option<(Revision, usize)>,
}

impl<'a> Walk<'a> {
    fn from(base: Arc<Session>, present: Option<&'a Arc<Session>>) -> Self {
        let history = History::new(base);
        let (done, undone) = Default::default();
        let mut walk = Self { history, present, done, undone, leapt: false, passed: None };
        walk.look();
        walk
    }

    /// Notices when this is the session in the file.
    fn look(&mut self) {
        if self.present.is_some_and(|present| **present == **self.history.session()) {
            self.passed = Some((self.history.revision(), self.done.len()));
            self.leapt = false;
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Edit(edit) => {
                let words = edit.label(self.history.session());
                // What was written was done once, so it can be done again; if not, what follows may still.
                if let Ok(true) = self.history.apply(&edit, &|_| Whereabouts::Unknown) {
                    self.done.push((edit, words));
                    self.undone.clear();
                }
            }
            Step::Undo => {
                if self.history.undo().is_some() {
                    self.undone.extend(self.done.pop());
                    // What is in the file can no longer be reached by going forth.
                    self.leapt |= self.passed.is_some_and(|(_, length)| self.done.len() < length);
                }
            }
            Step::Redo => {
                if self.history.redo().is_some() {
                    self.done.extend(self.undone.pop());
                }
            }
            Step::Whole(session) => {
                self.history = History::new(session);
                self.done.clear();
                self.undone.clear();
                self.leapt = true;
                // Revisions count from here.
                self.passed = self.passed.map(|_| (Revision::MAX, 0));
            }
        }
        self.look();
    }

    fn arrived(self, base: &Session, present: Option<&Arc<Session>>) -> (Vec<String>, Fit) {
        let Self { history, done, leapt, passed, .. } = self;
        let mine = history.session().clone();
        let Some((saved, length)) = passed else {
            let whole = leapt.then(|| "the whole session as it was".to_owned());
            let changes: Vec<_> = whole.into_iter().chain(done.into_iter().map(|(_, words)| words)).collect();
            return match present {
                None => (changes, Fit::Apart),
                // The file went away while nothing was unsaved, and something else took its place.
                Some(_) if leapt && *mine == *base => (changes, Fit::Apart),
                Some(present) => both(base, &mine, present, changes),
            };
        };
        let since = done.into_iter().skip(length);
        let (steps, changes) = if leapt {
            let words = since.map(|(_, words)| words);
            let went = std::iter::once("went back to an earlier state".to_owned());
            (vec![Step::Whole(mine.clone())], went.chain(words).collect())
        } else {
            since.map(|(edit, words)| (Step::Edit(edit), words)).unzip()
        };
        if let Some(present) = present.filter(|_| leapt && saved == Revision::MAX) {
            return (changes, Fit::Exact(from(present, mine)));
        }
        (changes, Fit::Exact(Resumed { history, saved, steps }))
    }
}

/// What was recovered and what somebody else made of the file meanwhile, in one session.
fn both(base: &Session, mine: &Session, present: &Arc<Session>, changes: Vec<String>) -> (Vec<String>, Fit) {
    let merged = merge(Some(base), mine, present, Names { ours: "recovered", theirs: "the file" });
    if merged.session == **present {
        // Somebody else did the same.
        return (
            Vec::new(),
            Fit::Exact(Resumed { history: History::new(present.clone()), saved: 0, steps: Vec::new() }),
        );
    }
    let conflicts = merged.conflicts.len();
    (changes, Fit::Merged { resumed: from(present, Arc::new(merged.session)), conflicts })
}

/// Goes from the session in the file to another one, in a step that can be undone.
fn from(present: &Arc<Session>, session: Arc<Session>) -> Resumed {
    let mut history = History::new(present.clone());
    history.replace(session.clone(), "go on with what was recovered");
    Resumed { history, saved: 0, steps: vec![Step::Whole(session)] }
}
