//! Checks: what stands in the way of calling a session done.
//!
//! One check, one file, one row of [`CHECKS`]. A check looks and says; it never mends. Messages name the record by its
//! short id and its words, so that they can be read aloud without the session on screen.

mod acceptance_expired;
mod acceptance_undated;
mod ask_open;
mod baseline_evidence;
#[cfg(test)]
mod cases;
mod cell_open;
mod cell_stale;
mod code_gone;
mod conflict_open;
mod deviation;
mod matrix_unknown;
mod mitigation_evidence;
mod mitigation_monitor;
mod mitigation_owner;
mod model_moved;
mod model_unusable;
mod overdue;
mod owner_missing;
mod person_unknown;
mod perspective_missing;
mod profile_unknown;
#[cfg(test)]
mod profiles;
mod provider_only;
mod question_open;
mod rating_range;
mod readiness;
mod record_broken;
mod retrospective_missing;
mod threat_response;
mod threat_tolerance;
mod threat_unrated;
mod tripwire;
mod unfiled;

pub use crate::method::severity::Severity;

use jiff::civil::Date;

use super::{code::Listing, reuse::Models, tripwire::Verdicts, words};
use crate::{
    method::{
        baseline::Standing,
        cell::Parked,
        profile::{Criterion, Profile},
        rules::{self, Rules},
    },
    session::{EntryId, Letter, Place, Session},
};

/// Every check, in the order in which findings are worth reading: what is broken first, then the steps of a session.
pub const CHECKS: &[Check] = &[
    record_broken::CHECK,
    conflict_open::CHECK,
    matrix_unknown::CHECK,
    profile_unknown::CHECK,
    rating_range::CHECK,
    model_unusable::CHECK,
    tripwire::BROKEN,
    tripwire::UNKNOWN,
    code_gone::CHECK,
    owner_missing::CHECK,
    readiness::CHECK,
    cell_open::CHECK,
    cell_stale::CHECK,
    model_moved::CHECK,
    ask_open::CHECK,
    question_open::CHECK,
    unfiled::CHECK,
    threat_unrated::CHECK,
    threat_response::CHECK,
    acceptance_expired::CHECK,
    threat_tolerance::CHECK,
    acceptance_undated::CHECK,
    mitigation_evidence::CHECK,
    mitigation_owner::CHECK,
    mitigation_monitor::CHECK,
    baseline_evidence::CHECK,
    overdue::CHECK,
    deviation::CHECK,
    provider_only::CHECK,
    person_unknown::CHECK,
    perspective_missing::CHECK,
    retrospective_missing::CHECK,
];

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
    /// The baselines of the team at the session's components.
    pub baselines: Vec<Standing<'a>>,
    /// What the team agreed on; without that only built-in profiles are known.
    pub rules: &'a Rules,
    /// What the session is held to.
    pub profile: &'a Profile,
    /// The sessions that model components; without them nothing is said about models.
    pub models: Models,
    /// What the repository says about assumptions; empty where nobody looked.
    pub tripwires: Verdicts,
    /// The files of the repository; without them nothing is said about code.
    pub code: Option<Listing>,
}

impl<'a> Context<'a> {
    /// A session on a day, held to its own profile.
    pub fn new(session: &'a Session, today: Option<Date>) -> Self {
        let (parked, rules) = (Parked::of(session), &rules::BUILTIN);
        let profile = rules.profile_of(session);
        Self {
            session,
            today,
            parked,
            baselines: Vec::new(),
            rules,
            profile,
            models: Models::new(),
            tripwires: Verdicts::new(),
            code: None,
        }
    }

    /// The same in a team that agreed on rules.
    pub fn with_rules(self, rules: &'a Rules) -> Self {
        Self { rules, profile: rules.profile_of(self.session), ..self }
    }

    /// The same in a team that has baselines.
    pub fn with_baselines(self, baselines: Vec<Standing<'a>>) -> Self {
        Self { baselines, ..self }
    }

    /// The same with what was found where components say their models are.
    pub fn with_models(self, models: Models) -> Self {
        Self { models, ..self }
    }

    /// The same with what looking at the tripwires of assumptions gave.
    pub fn with_tripwires(self, tripwires: Verdicts) -> Self {
        let parked = self.parked.with_broken(&super::tripwire::broken(&tripwires));
        Self { parked, tripwires, ..self }
    }

    /// The same with the files of the repository.
    pub fn with_code(self, code: Option<Listing>) -> Self {
        Self { code, ..self }
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
    /// The criterion it belongs to; none for what must hold in every session.
    pub fn criterion(&self) -> Option<Criterion> {
        Some(match self.id {
            "readiness" => Criterion::Ready,
            "cell-open" | "cell-stale" | "model-moved" | "ask-open" => Criterion::Covered,
            "unfiled" | "threat-unrated" => Criterion::Stated,
            "threat-response" | "acceptance-expired" | "threat-tolerance" | "acceptance-undated"
            | "mitigation-owner" => Criterion::Answered,
            "mitigation-evidence" | "mitigation-monitor" | "baseline-evidence" => Criterion::Proven,
            "question-open" => Criterion::Asked,
            "perspective-missing" => Criterion::Heard,
            "retrospective-missing" => Criterion::Closed,
            _ => return None,
        })
    }

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

/// Everything that the checks of the profile find, in the order of [`CHECKS`].
pub fn findings(context: &Context) -> Vec<Finding> {
    let asked = |check: &&Check| check.criterion().is_none_or(|criterion| context.profile.asks(criterion));
    let mut found: Vec<Finding> = CHECKS.iter().filter(asked).flat_map(|check| (check.run)(context)).collect();
    let shared = words::shared(context.session);
    for finding in &mut found {
        words::told_apart(&shared, finding.entry.as_ref(), &mut finding.message);
    }
    found
}

/// How many findings keep each criterion of the profile from being met, in the order of a meeting. Hints do not count.
pub fn left(context: &Context) -> Vec<(Criterion, usize)> {
    let asked = Criterion::ALL.into_iter().filter(|criterion| context.profile.asks(*criterion));
    let count = |criterion| {
        let checks = CHECKS.iter().filter(|check| check.criterion() == Some(criterion));
        checks.flat_map(|check| (check.run)(context)).filter(|found| found.severity > Severity::Hint).count()
    };
    asked.map(|criterion| (criterion, count(criterion))).collect()
}

/// Whether any of these stands in the way.
pub fn fails(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
