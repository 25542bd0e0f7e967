//! Three-way merge: two sessions that started from one become one again, record by record and field by field.
//!
//! Records are recognised by their identity alone, wherever they stand. A record that one side removed is gone unless
//! the other side changed it or began to refer to it. Fields are merged by the tables of `fields`. What cannot be
//! decided becomes a [`Conflict`] in the merged session, which stays a session: it can be read, shown and worked on, and
//! what it holds at the place of a conflict leans to the worse, whichever side is called ours.
//!
//! [`merge()`] finds out, [`settle()`] gives the edit that settles a conflict, [`Similar`] names what two rooms may have
//! written down twice. Nothing is ever joined silently.
//!
//! Refuses: looking at text (files that cannot be read are not merged), clocks, and choosing between two people.

mod records;
mod settle;
mod similar;
mod sound;

use std::collections::BTreeMap;

pub use settle::{Choice, Unsettled, join, settle};
pub use similar::Similar;

pub(super) use self::settle::held;
use self::settle::put;
use super::fields::{Scribe, Three};
use crate::{
    method::matrix::Matrix,
    session::{Conflict, ConflictId, ConflictKind, EntryId, Session},
};

/// What the two sides are called where people decide between them: files, branches, people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names<'a> {
    /// The side that is merged into.
    pub ours: &'a str,
    /// The side that is merged.
    pub theirs: &'a str,
}

/// Which sides changed something since the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Only ours.
    Ours,
    /// Only theirs.
    Theirs,
    /// Both, alike or not.
    Both,
}

/// Where a threat stands: not a field of it, but in conflict like one.
const PLACE: &str = "place";

/// What came of a merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The merged session, conflicts included.
    pub session: Session,
    /// The conflicts of this merge, in the order of the file; older ones may still stand in the session.
    pub conflicts: Vec<ConflictId>,
    /// Every record that differs from the base on a side, threats by themselves; none stands for the fields above the
    /// records.
    pub changed: BTreeMap<Option<EntryId>, Side>,
    /// What both sides may have written down independently.
    pub similar: Vec<Similar>,
}

/// Merges two sessions. Without a base, everything that only one side has was added there, and what both have in
/// different words is in conflict.
pub fn merge(base: Option<&Session>, ours: &Session, theirs: &Session, names: Names<'_>) -> Merged {
    let mut work = Work {
        of: Versions { base, ours, theirs },
        matrix: Matrix::of(ours),
        conflicts: BTreeMap::new(),
        changed: BTreeMap::new(),
        kept: Vec::new(),
    };
    let mut session = work.records();
    work.make_sound(&mut session);
    work.disagree_about_kept(&mut session);
    let conflicts: Vec<ConflictId> = work.conflicts.keys().cloned().collect();
    work.carry_conflicts(&mut session, names);
    Merged { session, conflicts, changed: work.changed, similar: similar::similar(base, ours, theirs) }
}

/// A merge under way.
struct Work<'a> {
    of: Versions<'a>,
    /// The matrix of the merged session.
    matrix: &'static Matrix,
    conflicts: BTreeMap<ConflictId, Conflict>,
    changed: BTreeMap<Option<EntryId>, Side>,
    /// Records that one side removed and that stay, with the session that has them.
    kept: Vec<(EntryId, &'a Session)>,
}

/// The three sessions.
#[derive(Debug, Clone, Copy)]
struct Versions<'a> {
    base: Option<&'a Session>,
    ours: &'a Session,
    theirs: &'a Session,
}

impl Work<'_> {
    fn scribe(&mut self, record: Option<EntryId>) -> Scribe<'_> {
        let (ours, theirs) = (self.of.ours, self.of.theirs);
        Scribe { record, ours, theirs, matrix: self.matrix, conflicts: &mut self.conflicts }
    }

    /// Remembers on which sides something differs from what it was.
    fn note_change(&mut self, record: Option<EntryId>, ours: bool, theirs: bool) {
        let side = match (ours, theirs) {
            (true, true) => Side::Both,
            (true, false) => Side::Ours,
            (false, true) => Side::Theirs,
            (false, false) => return,
        };
        self.changed.insert(record, side);
    }

    /// A conflict that both sides settled, one of them by keeping the cautious value that stood there meanwhile: field by
    /// field only the other side changed something, yet both decided, and differently.
    fn disagree_about_kept(&mut self, session: &mut Session) {
        let Versions { base: Some(base), ours, theirs } = self.of else { return };
        for conflict in base.conflicts.iter() {
            let id = &conflict.id;
            let open = ours.conflicts.contains(id) || theirs.conflicts.contains(id) || self.conflicts.contains_key(id);
            let [Some(was), Some(a), Some(b)] = [base, ours, theirs].map(|side| held(side, id)) else { continue };
            if open || a == b || (a != was && b != was) {
                continue;
            }
            // Where the session refuses it, what the other side chose stands until somebody decides.
            if let Some(next) = put(session, id, &was).and_then(|edit| session.apply(&edit).ok()) {
                *session = next;
            }
            let (ours_from, theirs_from) = (String::new(), String::new());
            let again =
                Conflict { kind: ConflictKind::Differ, ours: a, theirs: b, ours_from, theirs_from, ..conflict.clone() };
            self.conflicts.insert(id.clone(), again);
        }
    }

    /// The conflicts that were there before and those of this merge. One that a side settled is settled.
    fn carry_conflicts(&mut self, session: &mut Session, names: Names<'_>) {
        let Versions { base, ours, theirs } = self.of;
        let older = ours.conflicts.keys().chain(theirs.conflicts.keys());
        for id in older {
            let of = Three {
                base: base.map(|base| base.conflicts.get(id)),
                ours: ours.conflicts.get(id),
                theirs: theirs.conflicts.get(id),
            };
            // Both merged something here already; either record will do, as long as it is the same one for both.
            let one = of.agreed().unwrap_or_else(|of| {
                let sides = of.ours.into_iter().chain(of.theirs);
                sides.min_by_key(|conflict| format!("{conflict:?}"))
            });
            if let Some(conflict) = one {
                session.conflicts.insert(conflict.clone());
            }
        }
        for conflict in std::mem::take(&mut self.conflicts).into_values() {
            let (ours_from, theirs_from) = (names.ours.to_owned(), names.theirs.to_owned());
            session.conflicts.insert(Conflict { ours_from, theirs_from, ..conflict });
        }
        session.forget_conflicts();
    }
}
