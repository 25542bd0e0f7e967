//! What changed between two sessions, as a reviewer wants to read it: the worst first, in sentences.
//!
//! Records are recognised by their identity, so what was moved or renamed is one change and not two. Every difference
//! is said exactly once, in the first section it belongs to; only differences of order and of spelling are counted
//! instead of said. Sentences name records by their short ids and words and stand for themselves.
//!
//! Refuses: judging whether a change is right, lines of files (`format::changes` adds them), and making words safe for
//! where they are shown.

mod records;
mod rows;
mod scope;
mod threats;

pub(super) use threats::lowered_because;

use std::{cmp::Reverse, collections::BTreeSet};

use super::words;
use crate::{
    method::{
        matrix::{Matrix, Risk},
        status::{effective_risk, gap},
    },
    session::{EntryId, Level, Session},
};

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Where the session stood.
    pub before: Tally,
    /// Where it stands.
    pub after: Tally,
    /// What is worth a sentence, in the order of [`Section::ALL`], then the worst risks first, then in the order
    /// of the session.
    pub said: Vec<Change>,
    /// Records whose words only changed in spacing, case or punctuation.
    pub spelling: usize,
    /// Records that only changed their place in the meeting's order.
    pub order: usize,
}

/// One sentence about one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How much it matters.
    pub section: Section,
    /// The record; none for the fields above the records.
    pub record: Option<EntryId>,
    /// The field to look at, as in the file; a letter for an answered cell, empty for the whole record.
    pub field: &'static str,
    /// Whether it is there to be looked at only in the session before.
    pub gone: bool,
    /// The sentence, without a full stop.
    pub text: String,
}

/// What kind of change it is; the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// A merge could not decide.
    Conflicts,
    /// Above appetite, and nobody answers for it.
    Unanswered,
    /// Above appetite and worse than before, though somebody answers for it.
    Raised,
    /// Ratings and limits that became milder.
    Lowered,
    /// Threats that no longer count and letters that do not apply.
    Withdrawn,
    /// Mitigations in place without evidence, taken back or removed.
    Unproven,
    /// Risks that somebody carries from now on.
    Accepted,
    /// What is modelled.
    Scope,
    /// Threats that are answered for now, and mitigations in place.
    Closed,
    /// Everything else.
    Other,
}

impl Section {
    /// Every section, in the order in which a reviewer reads.
    pub const ALL: [Self; 10] = [
        Self::Conflicts,
        Self::Unanswered,
        Self::Raised,
        Self::Lowered,
        Self::Withdrawn,
        Self::Unproven,
        Self::Accepted,
        Self::Scope,
        Self::Closed,
        Self::Other,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Conflicts => "Unresolved conflicts",
            Self::Unanswered => "Above appetite, and nobody answers for it",
            Self::Raised => "Risks raised above appetite",
            Self::Lowered => "Ratings and limits lowered",
            Self::Withdrawn => "Withdrawn, removed or not applicable",
            Self::Unproven => "Mitigations without evidence, taken back or removed",
            Self::Accepted => "Risks accepted or transferred",
            Self::Scope => "Scope",
            Self::Closed => "Closed since",
            Self::Other => "Other changes",
        }
    }

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conflicts => "conflicts",
            Self::Unanswered => "unanswered",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Withdrawn => "withdrawn",
            Self::Unproven => "unproven",
            Self::Accepted => "accepted",
            Self::Scope => "scope",
            Self::Closed => "closed",
            Self::Other => "other",
        }
    }

    /// Whether a reviewer has to decide something about it; the rest is good to know.
    pub fn asks(self) -> bool {
        self < Self::Scope
    }
}

/// How many live threats stand where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The levels that occur, worst first, in the words of the session's matrix.
    pub levels: Vec<(Level, &'static str, usize)>,
    /// Without a rating.
    pub unrated: usize,
    /// Above appetite without anybody who answers for them.
    pub unanswered: usize,
    /// Conflicts that wait for a decision.
    pub conflicts: usize,
}

impl Tally {
    fn of(session: &Session) -> Self {
        let matrix = Matrix::of(session);
        let mut counts = [0_usize; Level::ALL.len()];
        let (mut unrated, mut unanswered) = (0, 0);
        for (_, threat) in session.threats().filter(|(_, threat)| threat.is_live()) {
            match effective_risk(session, threat) {
                Risk::Unrated => unrated += 1,
                Risk::Unknown { worst: level } | Risk::Level(level) => counts[level as usize] += 1,
            }
            unanswered += usize::from(gap(session, threat, None).is_some());
        }
        let levels =
            Level::ALL.into_iter().rev().map(|level| (level, matrix.level_name(level), counts[level as usize]));
        Self {
            levels: levels.filter(|(.., count)| *count > 0).collect(),
            unrated,
            unanswered,
            conflicts: session.conflicts.len(),
        }
    }

    /// How many threats have a level.
    pub fn at(&self, level: Level) -> usize {
        self.levels.iter().find(|(known, ..)| *known == level).map_or(0, |(.., count)| *count)
    }
}

impl Changes {
    /// Whether both sessions are the same.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.spelling == 0 && self.order == 0
    }

    /// What is said in a section.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Change> {
        self.said.iter().filter(move |change| change.section == section)
    }

    /// What is said about a record; none for the fields above the records.
    pub fn about(&self, record: Option<&EntryId>) -> impl Iterator<Item = &Change> {
        self.said.iter().filter(move |change| change.record.as_ref() == record)
    }
}

/// What changed from one session to another.
pub fn diff(before: &Session, after: &Session) -> Changes {
    let mut report = Report { before, after, said: Vec::new(), spelling: 0, order: 0 };
    if before != after {
        report.conflicts();
        report.header();
        report.threats();
        report.mitigations();
        report.scope();
        report.rest();
    }
    let Report { mut said, spelling, order, .. } = report;
    // Within a section what is a risk now comes first, the worst in front: a first review begins with it.
    let risk = |change: &Change| match &change.record {
        Some(EntryId::Threat(id)) => {
            after.find_threat(*id).filter(|(_, threat)| threat.is_live()).map(|(_, t)| effective_risk(after, t))
        }
        _ => None,
    };
    said.sort_by_cached_key(|change| (change.section, Reverse(risk(change))));
    let shared: BTreeSet<String> = [before, after].into_iter().flat_map(words::shared).collect();
    for change in &mut said {
        words::told_apart(&shared, change.record.as_ref(), &mut change.text);
    }
    Changes { before: Tally::of(before), after: Tally::of(after), said, spelling, order }
}

/// A report being written.
struct Report<'a> {
    before: &'a Session,
    after: &'a Session,
    said: Vec<Change>,
    spelling: usize,
    order: usize,
}

impl Report<'_> {
    fn say(&mut self, section: Section, record: Option<EntryId>, field: &'static str, text: String) {
        self.said.push(Change { section, record, field, gone: false, text });
    }

    fn say_gone(&mut self, section: Section, record: EntryId, text: String) {
        self.said.push(Change { section, record: Some(record), field: "", gone: true, text });
    }

    /// What waits for a decision now and did not before, and what was decided since.
    fn conflicts(&mut self) {
        let (before, after) = (self.before, self.after);
        for (was, is) in before.conflicts.differences(&after.conflicts) {
            match (was, is) {
                (was, Some(is)) if was != Some(is) => {
                    let sides = words::contrast(after, &is.ours, &is.theirs);
                    let text = format!("{}: ours {}, theirs {}", words::subject(after, &is.id), sides[0], sides[1]);
                    self.say(Section::Conflicts, is.id.record.clone(), "", text);
                }
                (Some(was), None) => {
                    let text = format!("{}: the conflict is settled", words::subject(after, &was.id));
                    self.say(Section::Other, was.id.record.clone(), "", text);
                }
                _ => {}
            }
        }
    }
}
