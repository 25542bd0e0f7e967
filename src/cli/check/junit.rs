//! `JUnit`: a suite for each session, a test for each finding and one for being readable.
//!
//! Viewers drop tests with the same name and some ignore lines, so a name is the check and the record, numbered where it
//! would be there twice, and the text begins with the place.

use std::{collections::BTreeMap, fmt::Write as _};

use super::report::{File, Report};
use crate::ui::text::visible;

pub(super) fn suites(report: &Report) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tests: usize = report.files.iter().map(|file| file.findings.len() + 1).sum();
    let failures: usize = report.files.iter().flat_map(|file| &file.findings).filter(|found| found.fails()).count();
    let errors = report.summary.unreadable + report.failures.len();
    let tests = tests + report.failures.len();
    let _ = writeln!(
        out,
        "<testsuites name=\"strideboard check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">"
    );
    for file in &report.files {
        suite(file, &mut out);
    }
    if !report.failures.is_empty() {
        let count = report.failures.len();
        let _ = writeln!(out, "  <testsuite name=\"strideboard\" tests=\"{count}\" failures=\"0\" errors=\"{count}\">");
        for failure in &report.failures {
            let text = xml(&failure.message);
            let _ = writeln!(
                out,
                "    <testcase classname=\"strideboard\" name=\"{text}\"><error message=\"{text}\"/></testcase>"
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(file: &File, out: &mut String) {
    let path = xml(&file.path);
    let failures = file.findings.iter().filter(|found| found.fails()).count();
    let skipped = file.findings.iter().filter(|found| found.waived.is_some()).count();
    let (tests, errors) = (file.findings.len() + 1, usize::from(file.failure.is_some()));
    let _ = writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">"
    );
    match &file.failure {
        None => {
            let _ = writeln!(out, "    <testcase classname=\"{path}\" name=\"readable\"/>");
        }
        Some(failure) => {
            let lines = file.errors.iter().map(|p| format!("{}:{}:{}: {}", file.path, p.line, p.column, p.message));
            let body = xml(&lines.collect::<Vec<_>>().join("\n"));
            let _ = writeln!(
                out,
                "    <testcase classname=\"{path}\" name=\"readable\"><error message=\"{}\">{body}</error></testcase>",
                xml(&failure.message)
            );
        }
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for found in &file.findings {
        let number = names.entry(found.name()).or_default();
        *number += 1;
        let name = if *number == 1 { found.name() } else { format!("{} #{number}", found.name()) };
        let (name, message) = (xml(&name), xml(&found.message));
        let hint = found.hint.as_ref().map_or_else(String::new, |hint| format!("\n{hint}"));
        let body =
            xml(&format!("{}:{}:{}: {}{hint}\n{}", file.path, found.line, found.column, found.message, found.command));
        let _ = match &found.waived {
            Some(waived) => writeln!(
                out,
                "    <testcase classname=\"{path}\" name=\"{name}\"><skipped message=\"{}\"/></testcase>",
                xml(&format!("waived until {} by {}: {}", waived.until, waived.owner, waived.reason))
            ),
            None if found.fails() => writeln!(
                out,
                "    <testcase classname=\"{path}\" name=\"{name}\"><failure type=\"{}\" message=\"{message}\">{body}</failure></testcase>",
                found.id
            ),
            None => writeln!(
                out,
                "    <testcase classname=\"{path}\" name=\"{name}\"><system-out>{body}</system-out></testcase>"
            ),
        };
    }
    out.push_str("  </testsuite>\n");
}

/// Text within an element or an attribute; line breaks stay, everything else that is not shown becomes visible.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, line) in text.split('\n').enumerate() {
        out.push_str(if n == 0 { "" } else { "&#10;" });
        for c in visible(line).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                // No document may hold these.
                '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
                c if c.is_control() => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
    }
    out
}
