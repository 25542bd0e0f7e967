//! SARIF 2.1.0, for code scanning.
//!
//! A result is recognised again by a fingerprint of ours that holds no line; the one of the forge is left to the forge.
//! A waiver is a suppression. What could not be looked at makes the run one that did not succeed.

use serde_json::{Value, json};

use super::report::{File, Found, Report};
use crate::{
    cli::forge::address,
    review::{
        check::{CHECKS, Severity},
        since::SINCE,
        waiver::WAIVERS,
    },
};

/// Results that forges take in.
const MOST: usize = 5_000;

pub(super) fn log(report: &Report) -> Value {
    let checks = CHECKS.iter().map(|check| (check.id, check.summary));
    let more = [
        ("unreadable", "The file cannot be read as a session"),
        ("base-unreadable", "The session of the base cannot be read"),
    ];
    let rules: Vec<Value> = checks
        .chain(SINCE)
        .chain(WAIVERS)
        .chain(more)
        .map(|(id, summary)| json!({ "id": id, "shortDescription": { "text": summary } }))
        .collect();
    let mut results: Vec<Value> = report.files.iter().filter_map(unreadable).collect();
    results.extend(report.worst_first().into_iter().map(|(file, found)| result(file, found)));
    results.truncate(MOST);
    let notes: Vec<Value> = report
        .all_failures()
        .map(|failure| json!({ "level": "error", "message": { "text": failure.message } }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "strideboard",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": notes.is_empty(), "toolExecutionNotifications": notes }],
            "results": results,
        }],
    })
}

fn result(file: &File, found: &Found) -> Value {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let hint = found.hint.as_ref().map_or_else(String::new, |hint| format!("\n{hint}"));
    let suppressions: Vec<Value> = found
        .waived
        .iter()
        .map(|waived| {
            let text = format!("{} (by {} until {})", waived.reason, waived.owner, waived.until);
            json!({ "kind": "external", "status": "accepted", "justification": text })
        })
        .collect();
    json!({
        "ruleId": found.id,
        "level": level,
        "message": { "text": format!("{}{hint}\n{}", found.message, found.command) },
        "locations": [location(&file.path, found.line, found.column)],
        "partialFingerprints": { "strideboardFinding/v1": found.fingerprint },
        "suppressions": suppressions,
    })
}

fn unreadable(file: &File) -> Option<Value> {
    let failure = file.failure.as_ref()?;
    let (line, column, text) = match file.errors.first() {
        Some(problem) => (problem.line, problem.column, &problem.message),
        None => (1, 1, &failure.message),
    };
    Some(json!({
        "ruleId": "unreadable",
        "level": "error",
        "message": { "text": text },
        "locations": [location(&file.path, line, column)],
    }))
}

fn location(path: &str, line: usize, column: usize) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": address(path) },
        "region": { "startLine": line, "startColumn": column },
    } })
}
