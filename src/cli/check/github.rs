//! Annotations of GitHub Actions: commands in the log, one a line.
//!
//! A step shows ten of each level and drops the rest without a word, so the worst come first and the last one says how
//! many there are. Messages are escaped as the runner unescapes them; a session can end no command and begin none.

use std::fmt::Write as _;

use super::report::Report;
use crate::{cli::words::count, review::check::Severity, ui::text::visible};

/// Annotations of one level that a step shows.
const SHOWN: usize = 10;

pub(super) fn commands(report: &Report) -> String {
    let mut out = String::new();
    let mut shown = [0_usize; 3];
    let mut dropped = 0;
    for file in &report.files {
        for problem in &file.errors {
            shown[Severity::Error as usize] += 1;
            command(&mut out, "error", &file.path, problem.line, "cannot be read", &problem.message);
        }
        if let (Some(failure), true) = (&file.failure, file.errors.is_empty()) {
            command(&mut out, "error", &file.path, 1, "cannot be read", &failure.message);
        }
    }
    for failure in &report.failures {
        command(&mut out, "error", "", 1, "could not be checked", &failure.message);
    }
    for (file, found) in report.worst_first().into_iter().filter(|(_, found)| found.waived.is_none()) {
        let level = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let count = &mut shown[found.severity as usize];
        *count += 1;
        // One of each level is kept for what is said about the rest.
        if *count >= SHOWN {
            dropped += 1;
            continue;
        }
        let hint = found.hint.as_ref().map_or_else(String::new, |hint| format!("\n{hint}"));
        command(&mut out, level, &file.path, found.line, found.id, &format!("{}{hint}", found.message));
    }
    if dropped > 0 {
        let what = format!("{} more; the log and the other reports have all of them", count(dropped, "finding"));
        command(&mut out, "notice", "", 1, "strideboard check", &what);
    }
    out
}

fn command(out: &mut String, level: &str, path: &str, line: usize, title: &str, message: &str) {
    let place = if path.is_empty() { String::new() } else { format!("file={},line={line},", property(path)) };
    let lines: Vec<String> = message.lines().map(|line| data(&visible(line))).collect();
    let _ = writeln!(out, "::{level} {place}title={}::{}", property(title), lines.join("%0A"));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace("##", "# #")
}

fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}
