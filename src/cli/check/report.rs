//! Findings with the line to look at, who answers for them, and a name that stays: what every format is written from.

use std::{collections::BTreeMap, path::Path};

use jiff::civil::Date;
use serde::Serialize;

use super::gather::{Before, Gathered, Waivers};
use crate::{
    cli::{Failure, Problem, shell::word, words},
    format::session::{Locator, Position},
    review::{
        check::{Finding, Severity},
        comment, endorsement,
        waiver::complaint,
    },
    runtime::store::Fingerprint,
    session::{EntryId, Place, Session},
};

#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) version: u32,
    pub(super) files: Vec<File>,
    pub(super) summary: Summary,
    /// What could not be looked at and belongs to no file.
    #[serde(skip)]
    pub(super) failures: Vec<Failure>,
}

#[derive(Debug, Serialize)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) findings: Vec<Found>,
    pub(super) errors: Vec<Problem>,
    /// Why it cannot be read.
    #[serde(skip)]
    pub(super) failure: Option<Failure>,
}

#[derive(Debug, Serialize)]
pub(super) struct Found {
    pub(super) id: &'static str,
    #[serde(serialize_with = "named")]
    pub(super) severity: Severity,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) record: Option<String>,
    pub(super) letter: Option<String>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// What to type next.
    pub(super) command: String,
    /// The same whatever lines stand above, and as long as it is the same finding about the same record.
    pub(super) fingerprint: String,
    pub(super) waived: Option<Waived>,
}

/// Who answers for a finding.
#[derive(Debug, Serialize)]
pub(super) struct Waived {
    pub(super) reason: String,
    pub(super) owner: String,
    pub(super) until: Date,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Summary {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) hints: usize,
    pub(super) waived: usize,
    pub(super) unreadable: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn named<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.name())
}

impl Found {
    /// Whether it keeps the check from passing.
    pub(super) fn fails(&self) -> bool {
        self.severity == Severity::Error && self.waived.is_none()
    }

    /// The rule and the record: what people call it.
    pub(super) fn name(&self) -> String {
        let at = [self.record.as_deref(), self.letter.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("/");
        if at.is_empty() { self.id.to_owned() } else { format!("{} {at}", self.id) }
    }
}

impl Report {
    /// Judges everything that was gathered; `look` is what is to be said about a session in its place, and beside what it
    /// was.
    pub(super) fn new(
        gathered: Gathered,
        today: Date,
        mut look: impl FnMut(&Path, &Session, Option<&Session>) -> Vec<Finding>,
    ) -> Self {
        let mut report =
            Self { version: 1, files: Vec::new(), summary: Summary::default(), failures: gathered.failures };
        for mut input in gathered.inputs {
            let waivers = std::mem::take(&mut input.waivers);
            let file = match &input.read {
                Ok((bytes, session)) => {
                    let before = match &input.before {
                        Before::Session(before) => Some(&**before),
                        Before::Nothing | Before::Unreadable => None,
                    };
                    let mut found = look(&input.place, session, before);
                    if matches!(input.before, Before::Unreadable) {
                        found.push(unreadable_before());
                    }
                    found.extend(endorsement::findings(session, &input.beside.endorsements));
                    found.extend(comment::findings(session, &input.beside.comments));
                    let locator = Locator::new(&String::from_utf8_lossy(bytes));
                    File {
                        findings: judged(&input.path, found, &locator, &waivers, today),
                        path: input.path,
                        errors: Vec::new(),
                        failure: None,
                    }
                }
                Err(failure) => File {
                    path: input.path.clone(),
                    findings: Vec::new(),
                    errors: failure.problems.clone(),
                    failure: Some(failure.clone()),
                },
            };
            report.files.push(file);
        }
        for path in gathered.removed {
            let found = Finding {
                id: "session-removed",
                severity: Severity::Error,
                entry: None,
                letter: None,
                message: "the session was deleted, with everything that was found and agreed in it".to_owned(),
                hint: Some("bring it back, or have whoever owns it agree in the review".to_owned()),
            };
            let findings = judged(&path, vec![found], &Locator::new(""), &Waivers::default(), today);
            report.files.push(File { path, findings, errors: Vec::new(), failure: None });
        }
        report.count();
        report
    }

    /// Keeps only the findings of some checks.
    pub(super) fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        self.files.iter_mut().for_each(|file| file.findings.retain(|found| wanted(found.id)));
        self.count();
    }

    fn count(&mut self) {
        self.summary = Summary::default();
        let summary = &mut self.summary;
        for file in &self.files {
            summary.unreadable += usize::from(file.failure.is_some());
            for found in &file.findings {
                *match found.severity {
                    _ if found.waived.is_some() => &mut summary.waived,
                    Severity::Error => &mut summary.errors,
                    Severity::Warning => &mut summary.warnings,
                    Severity::Hint => &mut summary.hints,
                } += 1;
            }
        }
    }

    /// Everything that kept a session from being looked at.
    pub(super) fn all_failures(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().chain(self.files.iter().filter_map(|file| file.failure.as_ref()))
    }

    /// Every finding with its file, the worst first.
    pub(super) fn worst_first(&self) -> Vec<(&File, &Found)> {
        let mut all: Vec<(&File, &Found)> =
            self.files.iter().flat_map(|file| file.findings.iter().map(move |found| (file, found))).collect();
        all.sort_by_key(|(_, found)| (found.waived.is_some(), std::cmp::Reverse(found.severity)));
        all
    }
}

fn unreadable_before() -> Finding {
    Finding {
        id: "base-unreadable",
        severity: Severity::Warning,
        entry: None,
        letter: None,
        message: "the session of the base cannot be read, so what changed is not known".to_owned(),
        hint: None,
    }
}

/// Findings with lines, waivers and fingerprints, in the order of the lines; then what is wrong with the waivers.
fn judged(path: &str, found: Vec<Finding>, locator: &Locator, waivers: &Waivers, today: Date) -> Vec<Found> {
    let mut used = vec![false; waivers.waivers.len()];
    let mut rows: Vec<Found> = Vec::new();
    for finding in found {
        let mut row = row(path, finding, locator);
        let record = row.record.clone().unwrap_or_default();
        let covering = waivers.waivers.iter().position(|(waiver, _)| waiver.covers(row.id, &record));
        if let Some(n) = covering {
            used[n] = true;
            let waiver = &waivers.waivers[n].0;
            if waiver.fault(today).is_none() {
                let (reason, owner) = (waiver.reason.trim().to_owned(), waiver.owner.trim().to_owned());
                row.waived = Some(Waived { reason, owner, until: waiver.until });
            }
        }
        rows.push(row);
    }
    rows.sort_by_key(|row| (row.line, row.column));
    for ((waiver, line), used) in waivers.waivers.iter().zip(used) {
        let fault = waiver.fault(today);
        let fault = fault.or_else(|| {
            (!used).then(|| ("waiver-unused", format!("the waiver of {} covers nothing that is found", waiver.name())))
        });
        if let Some((id, message)) = fault {
            let message = format!("{}:{line}: {message}", waivers.path);
            rows.push(row(path, complaint(id, message), locator));
        }
    }
    fingerprint(path, &mut rows);
    rows
}

fn row(path: &str, finding: Finding, locator: &Locator) -> Found {
    let at = position(&finding, locator);
    Found {
        id: finding.id,
        severity: finding.severity,
        line: at.line,
        column: at.column,
        record: finding.entry.as_ref().map(words::record),
        letter: finding.letter.map(|letter| letter.to_string()),
        command: command(path, &finding),
        message: finding.message,
        hint: finding.hint,
        fingerprint: String::new(),
        waived: None,
    }
}

/// Rule, file, record and letter; the same again gets a number, in the order of the file.
fn fingerprint(path: &str, rows: &mut [Found]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let [record, letter] = [&row.record, &row.letter].map(|part| part.as_deref().unwrap_or_default());
        // A path may hold anything but a zero byte.
        let what = [row.id, path, record, letter].join("\0");
        let number = seen.entry(what.clone()).or_default();
        *number += 1;
        let whole = Fingerprint::of(format!("{what}\0{number}").as_bytes()).to_string();
        whole.split('-').next().unwrap_or_default().clone_into(&mut row.fingerprint);
    }
}

/// What to type to mend it.
fn command(path: &str, finding: &Finding) -> String {
    // A name that begins like an option would be taken for one.
    let path = if path.starts_with('-') { word(&format!("./{path}")) } else { word(path) };
    let record = finding.entry.as_ref().map(EntryId::short);
    match (finding.id, record) {
        ("conflict-open", Some(record)) => format!("strideboard resolve {path} {record}"),
        ("conflict-open", None) => format!("strideboard resolve {path}"),
        ("endorsement-stale" | "endorsement-refused" | "endorsement-conditions", _) => {
            format!("strideboard endorse {path}")
        }
        ("ask-unsettled" | "comment-open" | "comment-outdated", _) => format!("strideboard comment list {path}"),
        ("session-removed", _) => format!("git log --diff-filter=D -- {path}"),
        _ => format!("strideboard {path}"),
    }
}

/// The line to jump to: the answered cell, else the record, else the field of the session, else its first.
fn position(finding: &Finding, locator: &Locator) -> Position {
    let place = match &finding.entry {
        Some(EntryId::Flow(id)) => Some(Place::Flow(*id)),
        Some(EntryId::Component(id)) => Some(Place::Component(id.clone())),
        _ => None,
    };
    let cell = place.zip(finding.letter).and_then(|(place, letter)| locator.locate_cell(&place, letter));
    let record = || finding.entry.as_ref().and_then(|entry| locator.locate(entry));
    let field = || match finding.id {
        "matrix-unknown" => locator.locate_header("matrix"),
        "profile-unknown" | "profile-lowered" => locator.locate_header("profile"),
        "owner-missing" => locator.locate_header("owner"),
        _ => None,
    };
    let title = || locator.locate_header("title");
    cell.or_else(record).or_else(field).or_else(title).unwrap_or(Position { line: 1, column: 1 })
}
