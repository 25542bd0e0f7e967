//! Findings for a comment of a forge or the summary of a job: what fails first, then the rest folded.

use std::fmt::Write as _;

use super::report::{File, Found, Report};
use crate::cli::{forge::escaped, words::count};

/// What a comment starts with, so that it can be found and replaced by the next one.
const MARK: &str = "<!-- strideboard check -->";

/// Forges refuse longer comments.
const LARGEST: usize = 65_536;

/// Kept free for what is said about what was left out.
const RESERVE: usize = 400;

/// A longer sentence is cut.
const LONGEST: usize = 400;

pub(super) fn comment(report: &Report) -> String {
    let mut out = format!("{MARK}\n### Threat model: {}\n\n", verdict(report));
    for failure in report.all_failures() {
        let _ = writeln!(out, "- **{}**", escaped(cut(&failure.message)));
        for problem in failure.problems.iter().take(5) {
            let _ = writeln!(out, "- line {}: {}", problem.line, escaped(cut(&problem.message)));
        }
        if out.len() > LARGEST / 2 {
            break;
        }
    }
    if report.all_failures().next().is_some() {
        out.push('\n');
    }
    let all = report.worst_first();
    let kept = |found: &Found| found.waived.is_none();
    let failing: Vec<_> = all.iter().copied().filter(|(_, found)| found.fails()).collect();
    let rest: Vec<_> = all.iter().copied().filter(|(_, found)| kept(found) && !found.fails()).collect();
    let waived: Vec<_> = all.iter().copied().filter(|(_, found)| !kept(found)).collect();
    let mut left_out = table(&mut out, "", &failing);
    left_out += table(&mut out, &format!("Worth a look ({})", rest.len()), &rest);
    left_out += table(&mut out, &format!("Waived ({})", waived.len()), &waived);
    if left_out > 0 {
        let _ = writeln!(
            out,
            "**{} did not fit here.** `strideboard check` shows all of them.",
            count(left_out, "finding")
        );
    }
    out
}

fn verdict(report: &Report) -> String {
    match (report.all_failures().count(), report.summary.errors) {
        (1.., _) => "could not be checked".to_owned(),
        (0, 0) => format!("no errors in {}", count(report.files.len(), "session")),
        (0, errors) => format!("{} in {}", count(errors, "error"), count(report.files.len(), "session")),
    }
}

/// Writes as many rows as there is room for; gives how many are left out.
fn table(out: &mut String, folded: &str, rows: &[(&File, &Found)]) -> usize {
    const HEAD: &str = "| where | check | finding |\n|---|---|---|\n";
    let (open, close) = match folded {
        "" => (HEAD.to_owned(), "\n".to_owned()),
        title => (format!("<details><summary>{title}</summary>\n\n{HEAD}"), "\n</details>\n\n".to_owned()),
    };
    let mut text = open;
    let mut written = 0;
    for (file, found) in rows {
        let mut said = escaped(cut(&found.message));
        if let Some(waived) = &found.waived {
            let _ = write!(
                said,
                "; until {} by {}: {}",
                waived.until,
                escaped(cut(&waived.owner)),
                escaped(cut(&waived.reason))
            );
        }
        let row = format!("| {} line {} | {} | {said} |\n", escaped(&file.path), found.line, found.id);
        if out.len() + text.len() + row.len() + close.len() > LARGEST - RESERVE {
            break;
        }
        text.push_str(&row);
        written += 1;
    }
    if written > 0 {
        out.push_str(&text);
        out.push_str(&close);
    }
    rows.len() - written
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}
