//! Place 7: the review, one thing after the other: what a merge left open, what changed since a base, what was said.
//!
//! Owns the rows, which is selected and which were seen. Nothing here changes the session: a review leaves comments and
//! endorsements; a conflict that is settled and a record that is opened are edits like any other, made on purpose.
//!
//! Refuses: reading git and the files beside the session (the worker does), and what a row means for a signature
//! ([`crate::review::endorsement`]).

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    app::history::Revision,
    format::beside::{Beside, Kept},
    review::{
        comment::{Comment, CommentKind, threads},
        diff::{Change, Section, diff},
        endorsement::{Look, last_by},
        print::{About, Print, Prints},
        words,
    },
    session::{CommentId, ConflictId, EndorsementId, EntryId, Session},
};

/// What the session is compared with.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Base {
    /// It was not looked for yet.
    #[default]
    Unread,
    /// Nothing: who reviews has not signed yet, so everything is new to them.
    Nothing,
    /// What they endorsed last.
    Endorsed(EndorsementId, Arc<Session>),
    /// What they endorsed last, but git does not have that version any more.
    Lost(EndorsementId),
    /// A revision they chose.
    Revision(String, Arc<Session>),
    /// It cannot be read; why, in a sentence.
    Unreadable(String),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// What a merge could not decide.
    Conflict(ConflictId),
    /// Something changed; an index into what is said.
    Change(usize),
    /// What somebody said and is not settled.
    Thread(CommentId),
}

/// What there is to review in one revision of the session.
#[derive(Debug)]
pub struct Seen {
    revision: Revision,
    /// What changed, the worst first.
    pub changes: Vec<Change>,
    /// Conflicts, then changes, then open threads.
    pub rows: Vec<Row>,
    /// What stands in the way of signing for what is shown.
    pub look: Look,
}

/// What place 7 remembers.
#[derive(Debug, Default)]
pub struct Review {
    /// Who reviews.
    pub by: String,
    /// What was left beside the session.
    pub beside: Beside,
    /// What of that cannot be read, and why.
    pub unread: Vec<(Kept, String)>,
    /// What the session is compared with.
    pub base: Base,
    /// Revisions that can be chosen: id, then day and first line.
    pub revisions: Vec<(String, String)>,
    /// The selected row.
    pub selected: usize,
    /// Prints of the sentences that were seen. One that changes is unseen again.
    pub accepted: BTreeSet<Print>,
    /// What there is to review, once it was shown.
    pub seen: Option<Seen>,
}

impl Review {
    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        let last = self.rows().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Looks at the session again, unless nothing changed.
    pub fn look(&mut self, session: &Session, revision: Revision) {
        if self.seen.as_ref().is_some_and(|seen| seen.revision == revision) {
            return;
        }
        let look = Look::of(session, &self.beside.endorsements, &self.by);
        let changes = self.changes(session, &look);
        let conflicts = session.conflicts.keys().cloned().map(Row::Conflict);
        let said = (0..changes.len()).map(Row::Change);
        let open = threads(session, &self.beside.comments).into_iter().filter(|thread| !thread.resolved);
        let rows: Vec<Row> = conflicts.chain(said).chain(open.map(|thread| Row::Thread(thread.first.id))).collect();
        self.selected = self.selected.min(rows.len().saturating_sub(1));
        self.seen = Some(Seen { revision, changes, rows, look });
    }

    /// Has everything looked at again with the next key.
    pub fn forget(&mut self) {
        self.seen = None;
    }

    fn changes(&self, session: &Session, look: &Look) -> Vec<Change> {
        let before = match &self.base {
            Base::Unread | Base::Unreadable(_) => return Vec::new(),
            Base::Nothing => &Session::new(&session.title),
            Base::Endorsed(_, before) | Base::Revision(_, before) => before.as_ref(),
            Base::Lost(id) => {
                let was = self.beside.endorsements.get(id).map(|one| one.records.clone()).unwrap_or_default();
                return unknown(session, &was, look);
            }
        };
        // Conflicts have rows of their own.
        diff(before, session).said.into_iter().filter(|change| change.section != Section::Conflicts).collect()
    }

    /// How many open threads are about a record, or about a field of it.
    pub fn open_about(&self, record: &EntryId, field: Option<&str>) -> usize {
        let all = &self.beside.comments;
        let settled = |first: &Comment| {
            let answers = all.iter().filter(|answer| answer.to == Some(first.id));
            let last = answers.max_by_key(|answer| (answer.on, answer.id.number(), answer.id));
            last.is_some_and(|last| last.kind == CommentKind::Resolve)
        };
        let here = |about: &ConflictId| {
            about.record.as_ref() == Some(record) && field.is_none_or(|field| about.field == field)
        };
        all.iter().filter(|first| first.about.as_ref().is_some_and(here) && !settled(first)).count()
    }

    /// The rows there are.
    pub fn rows(&self) -> &[Row] {
        self.seen.as_ref().map_or(&[], |seen| &seen.rows)
    }

    /// The selected row.
    pub fn row(&self) -> Option<&Row> {
        self.rows().get(self.selected)
    }

    /// What a row says changed.
    pub fn change(&self, row: &Row) -> Option<&Change> {
        match row {
            Row::Change(at) => self.seen.as_ref()?.changes.get(*at),
            _ => None,
        }
    }

    /// Whether a row needs no more looking at: threads are only there to be read.
    pub fn is_done(&self, row: &Row) -> bool {
        match row {
            Row::Conflict(_) => false,
            Row::Change(_) => {
                self.change(row).is_some_and(|change| self.accepted.contains(&Print::of_words(&change.text)))
            }
            Row::Thread(_) => true,
        }
    }

    /// How many changes were seen, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let changes = self.rows().iter().filter(|row| matches!(row, Row::Change(_)));
        changes.fold((0, 0), |(done, all), row| (done + usize::from(self.is_done(row)), all + 1))
    }

    /// The next row from the selected one on that has to be looked at.
    pub fn next_open(&self) -> Option<usize> {
        let rows = self.rows();
        let after = (self.selected + 1..rows.len()).chain(0..=self.selected);
        after.filter(|at| *at < rows.len()).find(|at| !self.is_done(&rows[*at]))
    }

    /// Where a comment on the selected row belongs.
    pub fn about(&self) -> Option<ConflictId> {
        match self.row()? {
            Row::Conflict(id) => Some(id.clone()),
            Row::Thread(id) => self.beside.comments.get(id)?.about.clone(),
            row @ Row::Change(_) => {
                let change = self.change(row)?;
                let field = if change.field.is_empty() { ConflictId::WHOLE } else { change.field };
                Some(ConflictId::new(change.record.clone(), field))
            }
        }
    }

    /// The record of the selected row.
    pub fn record(&self) -> Option<EntryId> {
        match self.row()? {
            Row::Change(_) => self.change(self.row()?).filter(|change| !change.gone)?.record.clone(),
            _ => self.about()?.record,
        }
    }

    /// Whether what is on the screen is what a signature is about.
    pub fn shows_all(&self) -> bool {
        let last = last_by(&self.beside.endorsements, &self.by).map(|one| one.id);
        match &self.base {
            Base::Nothing => last.is_none(),
            Base::Endorsed(id, _) | Base::Lost(id) => last == Some(*id),
            Base::Unread | Base::Revision(..) | Base::Unreadable(_) => false,
        }
    }
}

/// What is known about changes when only their records are: which.
fn unknown(session: &Session, was: &Prints, look: &Look) -> Vec<Change> {
    let name = |about: &About| match about {
        None => "the session's own fields".to_owned(),
        Some(record) => words::named(session, record),
    };
    let delta = crate::review::endorsement::Delta::of(was, &look.records);
    let lists = [(delta.changed, false, "changed"), (delta.new, false, "is new"), (delta.gone, true, "is gone")];
    let changes =
        lists.into_iter().flat_map(|(records, gone, how)| records.into_iter().map(move |record| (record, gone, how)));
    let changes = changes.map(|(record, gone, how)| {
        let text = format!("{} {how}; git does not have what it said", name(&record));
        Change { section: Section::Other, record, field: "", gone, text }
    });
    changes.collect()
}
