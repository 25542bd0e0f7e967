//! Having a session to oneself, and what an earlier run left in its journal.
//!
//! A journal is only looked at by who has the lock, and only when a session is opened: later it is this run's own.
//! Refuses: asking what to do with what was found; that is `app::update`'s.

use std::{fs, path::Path};

use super::Disk;
use crate::{
    app::{
        msg::{Failure, Opened},
        recovery::recover,
    },
    format::journal::{End, Journal},
    runtime::{
        journal::{self, Place},
        lock::{self, Claim},
    },
};

/// A session file somebody works on.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) place: Place,
    /// What came of asking for it; `None` when it was ours already.
    pub(super) claim: Option<Claim>,
}

impl Disk {
    /// Asks for a session; `None` when nobody is going to work on it.
    pub(super) fn claim(&mut self, path: &Path) -> Option<Claimed> {
        let folder = self.journals()?;
        let place = Place::of(&folder, path);
        let ours = |open: &Claimed| open.place == place && !matches!(open.claim, Some(Claim::Theirs(_)));
        if self.open.as_ref().is_some_and(ours) {
            return Some(Claimed { place, claim: None });
        }
        let claim = match journal::private_folder(&folder) {
            Ok(()) => lock::claim(&place.lock),
            Err(error) => Claim::Unknown(crate::runtime::store::reason(&error).into_owned()),
        };
        Some(Claimed { place, claim: Some(claim) })
    }

    /// The session lives in this file from now on.
    pub(super) fn move_to(&mut self, claimed: Option<Claimed>) {
        if let Some(claimed) = claimed.filter(|claimed| claimed.claim.is_some()) {
            self.open = Some(claimed);
        }
    }

    /// Says what having asked for a session came to.
    pub(super) fn claimed(&mut self, claimed: Claimed, opened: &mut Opened) {
        match &claimed.claim {
            None => return,
            Some(Claim::Theirs(holder)) => {
                let words = format!("{holder} has this session open, so it is only looked at here.");
                opened.read_only = Some(words.clone());
                opened.locked = Some(words);
            }
            Some(Claim::Ours(_)) => self.look_for_journal(&claimed.place, opened),
            Some(Claim::Unknown(why)) => {
                opened.notice = Some(format!(
                    "No lock can be taken ({why}): two strideboards on this session notice each other only when they save"
                ));
                self.look_for_journal(&claimed.place, opened);
            }
        }
        // The session that was open before is free for others.
        self.open = Some(claimed);
    }

    fn look_for_journal(&self, place: &Place, opened: &mut Opened) {
        match journal::find(&place.journal) {
            None => {}
            Some(Ok(journal)) => {
                if journal.end == End::Damaged {
                    self.keep_aside(place, opened, "is damaged");
                }
                let recovery = recover(journal, Some(&opened.session));
                if recovery.is_needed() {
                    opened.recovery = Some(Box::new(recovery));
                } else {
                    // Everything in it reached the file before the program ended.
                    drop(fs::remove_file(&place.journal));
                }
            }
            Some(Err(why)) => self.keep_aside(place, opened, &format!("cannot be read: {why}")),
        }
    }

    fn keep_aside(&self, place: &Place, opened: &mut Opened, what: &str) {
        // A journal whose folder takes no new name stays where it is, and nothing can be written in its place.
        if let Ok(aside) = journal::keep_aside(&place.journal) {
            let kept = self.shown(&aside);
            opened.notice = Some(format!("The recovery journal of this session {what}; it was kept as {kept}"));
        }
    }
}

/// A session file that cannot be read, with the way to what its journal holds.
pub(super) fn unreadable(claimed: Option<&Claimed>, message: String, mut details: Vec<String>) -> Failure {
    let recoverable = |journal: Journal| recover(journal, None).is_needed();
    let found = claimed.and_then(|claimed| journal::find(&claimed.place.journal));
    if found.is_some_and(|found| found.is_ok_and(recoverable)) {
        details.push("What was not saved is in the recovery journal: `strideboard recover` writes it to a file".into());
    }
    Failure { message, details }
}
