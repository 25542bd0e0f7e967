//! Checks: what stands in the way of calling a session done.
//!
//! One check, one file, one row of [`CHECKS`]. A check looks and says; it never mends. Messages name the record by its
//! short id and its words, so that they can be read aloud without the session on screen.

mod acceptance_expired;
mod acceptance_undated;
#[cfg(test)]
mod cases;
mod cell_open;
mod cell_stale;
mod conflict_open;
mod matrix_unknown;
mod mitigation_evidence;
mod mitigation_owner;
mod model_moved;
mod model_unusable;
mod owner_missing;
mod person_unknown;
mod question_open;
mod rating_range;
mod readiness;
mod record_broken;
mod threat_response;
mod threat_tolerance;
mod threat_unrated;
mod unfiled;

use jiff::civil::Date;

use super::reuse::Models;
use crate::{
    method::cell::Parked,
    session::{EntryId, Letter, Place, Session},
};

/// Every check, in the order in which findings are worth reading: what is broken first, then the steps of a session.
pub const CHECKS: &[Check] = &[
    record_broken::CHECK,
    conflict_open::CHECK,
    matrix_unknown::CHECK,
    rating_range::CHECK,
    model_unusable::CHECK,
    owner_missing::CHECK,
    readiness::CHECK,
    cell_open::CHECK,
    cell_stale::CHECK,
    model_moved::CHECK,
    question_open::CHECK,
    unfiled::CHECK,
    threat_unrated::CHECK,
    threat_response::CHECK,
    acceptance_expired::CHECK,
    threat_tolerance::CHECK,
    acceptance_undated::CHECK,
    mitigation_evidence::CHECK,
    mitigation_owner::CHECK,
    person_unknown::CHECK,
];

/// How much a finding weighs; the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Should be mended.
    Warning,
    /// Stands in the way: the session is not done. Only these make `check` fail.
    Error,
}

impl Severity {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check that found it.
    pub id: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The record to look at; none when it is about the whole session.
    pub entry: Option<EntryId>,
    /// The first letter it is about.
    pub letter: Option<Letter>,
    /// What was found, without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Finding {
    fn at(self, entry: EntryId) -> Self {
        Self { entry: Some(entry), ..self }
    }

    fn at_place(self, place: &Place) -> Self {
        Self { entry: place.entry(), ..self }
    }

    fn letter(self, letter: Option<Letter>) -> Self {
        Self { letter, ..self }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// What a check looks at.
#[derive(Debug)]
pub struct Context<'a> {
    /// The session under review.
    pub session: &'a Session,
    /// The day of the review; without one, nothing is late.
    pub today: Option<Date>,
    /// Which cells wait for an answer.
    pub parked: Parked,
    /// The sessions that model components; without them nothing is said about models.
    pub models: Models,
}

impl<'a> Context<'a> {
    /// A session on a day.
    pub fn new(session: &'a Session, today: Option<Date>) -> Self {
        Self { session, today, parked: Parked::of(session), models: Models::new() }
    }

    /// The same with what was found where components say their models are.
    pub fn with_models(self, models: Models) -> Self {
        Self { models, ..self }
    }
}

/// One thing that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What findings and settings call it.
    pub id: &'static str,
    /// What it looks for, in one line without a full stop.
    pub summary: &'static str,
    /// Looks for it.
    pub run: fn(&Context) -> Vec<Finding>,
}

impl Check {
    fn finding(&self, severity: Severity, message: String) -> Finding {
        Finding { id: self.id, severity, entry: None, letter: None, message, hint: None }
    }

    fn error(&self, message: String) -> Finding {
        self.finding(Severity::Error, message)
    }

    fn warning(&self, message: String) -> Finding {
        self.finding(Severity::Warning, message)
    }
}

/// Everything the checks find, in the order of [`CHECKS`].
pub fn findings(context: &Context) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| (check.run)(context)).collect()
}

/// Whether any of these stands in the way.
pub fn fails(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
