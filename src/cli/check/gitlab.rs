//! Code Quality of GitLab: one array of issues. Equal fingerprints collapse there, so each is its own.

use serde::Serialize;

use super::report::Report;
use crate::{review::check::Severity, runtime::store::Fingerprint};

#[derive(Debug, Serialize)]
pub(super) struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
}

pub(super) fn issues(report: &Report) -> Vec<Issue> {
    let mut issues = Vec::new();
    for file in &report.files {
        let location = |begin: usize| Location { path: file.path.clone(), lines: Lines { begin } };
        if let Some(failure) = &file.failure {
            let problem = file.errors.first();
            issues.push(Issue {
                description: problem.map_or(&failure.message, |problem| &problem.message).clone(),
                check_name: "unreadable".to_owned(),
                fingerprint: Fingerprint::of(format!("unreadable\0{}", file.path).as_bytes()).to_string(),
                severity: "blocker",
                location: location(problem.map_or(1, |problem| problem.line)),
            });
        }
        for found in file.findings.iter().filter(|found| found.waived.is_none()) {
            issues.push(Issue {
                description: found.message.clone(),
                check_name: found.id.to_owned(),
                fingerprint: found.fingerprint.clone(),
                severity: match found.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "minor",
                    Severity::Hint => "info",
                },
                location: location(found.line),
            });
        }
    }
    issues
}
