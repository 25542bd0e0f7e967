//! `check`: what keeps sessions from being done, with the line to look at.
//!
//! JSON: `{ "version": 1, "files": [ … ], "summary": { "errors", "warnings", "hints", "unreadable" } }`. A file has
//! `path`, `findings` and `errors`. A finding has `id` (the check), `severity` (`error`, `warning`, `hint`), `line`,
//! `column`, `record` and `letter` (null when it is about no single one), `message` and `hint` (may be null). `errors`
//! is empty unless the file cannot be read; then it says why: `line`, `column`, `message`, `hint`.

use std::{path::Path, process::ExitCode};

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Console, Failure, Format, Kind, Problem, json,
    page::{Ink, Page},
    shown, source,
    words::{self, count},
};
use crate::{
    format::session::{Locator, Position},
    review::check::{CHECKS, Context, Finding, Severity, findings},
    runtime::{clock, models},
    session::{EntryId, Place},
};

/// What to check.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard check sessions/            every session below a folder
  strideboard check checkout sign-in     two sessions by name
  strideboard check --explain            what is looked for

Exit codes: 0 no errors, 1 a file is missing or cannot be read, 2 errors were found")]
pub struct Args {
    /// Sessions, or folders of sessions
    #[arg(value_name = "SESSION", default_value = ".", value_hint = clap::ValueHint::AnyPath)]
    sessions: Vec<String>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Day to check for, such as 2026-03-01; today when absent
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// List what is looked for
    #[arg(long, conflicts_with_all = ["sessions", "format", "today"])]
    explain: bool,
}

#[derive(Debug, Serialize)]
struct Report {
    version: u32,
    files: Vec<File>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct File {
    path: String,
    findings: Vec<Found>,
    errors: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Found {
    id: &'static str,
    severity: &'static str,
    line: usize,
    column: usize,
    record: Option<String>,
    letter: Option<String>,
    message: String,
    hint: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    hints: usize,
    unreadable: usize,
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "expected a day like 2026-03-01")
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if args.explain {
        let mut page = console.page();
        let rows: Vec<[String; 2]> =
            CHECKS.iter().map(|check| [check.id.to_owned(), check.summary.to_owned()]).collect();
        page.table(0, &rows);
        console.print(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let today = args.today.unwrap_or_else(clock::today);
    let (paths, mut failures) = source::find_all(&args.sessions);
    let mut report = Report { version: 1, files: Vec::new(), summary: Summary::default() };
    for path in &paths {
        let mut file = File { path: shown(path), findings: Vec::new(), errors: Vec::new() };
        match look(path, today, &mut report.summary) {
            Ok(found) => file.findings = found,
            Err(failure) => {
                report.summary.unreadable += 1;
                file.errors.clone_from(&failure.problems);
                failures.push(failure);
            }
        }
        report.files.push(file);
    }
    match args.format {
        Format::Text => console.print(&text(&report, console.page()))?,
        Format::Json => json::print(console, &report)?,
    }
    for failure in &failures {
        console.report(failure);
    }
    Ok(match report.summary.errors {
        _ if !failures.is_empty() => Kind::Broken.code(),
        0 => ExitCode::SUCCESS,
        _ => Kind::Findings.code(),
    })
}

/// The findings of one file, in the order of its lines.
fn look(path: &Path, today: Date, summary: &mut Summary) -> Result<Vec<Found>, Failure> {
    let source = source::open(path)?;
    let text = String::from_utf8_lossy(&source.content.bytes);
    let locator = Locator::new(&text);
    let models = models::read(path, &source.session);
    let context = Context::new(&source.session, Some(today)).with_models(models);
    let mut found: Vec<Found> = findings(&context).iter().map(|one| row(one, &locator)).collect();
    for one in &found {
        match one.severity {
            name if name == Severity::Error.name() => summary.errors += 1,
            name if name == Severity::Warning.name() => summary.warnings += 1,
            _ => summary.hints += 1,
        }
    }
    found.sort_by_key(|one| (one.line, one.column));
    Ok(found)
}

fn row(finding: &Finding, locator: &Locator) -> Found {
    let at = position(finding, locator);
    Found {
        id: finding.id,
        severity: finding.severity.name(),
        line: at.line,
        column: at.column,
        record: finding.entry.as_ref().map(words::record),
        letter: finding.letter.map(|letter| letter.to_string()),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
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
        "owner-missing" => locator.locate_header("owner"),
        _ => None,
    };
    let title = || locator.locate_header("title");
    cell.or_else(record).or_else(field).or_else(title).unwrap_or(Position { line: 1, column: 1 })
}

fn text(report: &Report, mut page: Page) -> Page {
    for file in &report.files {
        for one in &file.findings {
            let ink = match one.severity {
                name if name == Severity::Error.name() => Ink::Red,
                name if name == Severity::Warning.name() => Ink::Yellow,
                _ => Ink::Cyan,
            };
            let place = format!("{}:{}:{}: ", file.path, one.line, one.column);
            let id = format!(" [{}]", one.id);
            let parts = [(Ink::Bold, place.as_str()), (ink, one.severity), (Ink::Plain, ": ")];
            page.parts(&[parts.as_slice(), &[(Ink::Plain, &one.message), (Ink::Dim, &id)]].concat());
            if let Some(hint) = &one.hint {
                page.parts(&[(Ink::Plain, "  "), (Ink::Cyan, "hint"), (Ink::Plain, ": "), (Ink::Plain, hint)]);
            }
        }
    }
    let Summary { errors, warnings, hints, unreadable } = report.summary;
    let read = report.files.len() - unreadable;
    // Nothing was judged, so there is nothing to say about it; why not is said on standard error.
    if read == 0 {
        return page;
    }
    let read = count(read, "session");
    page.line(if errors + warnings + hints == 0 {
        format!("nothing found in {read}")
    } else {
        format!("{}, {}, {} in {read}", count(errors, "error"), count(warnings, "warning"), count(hints, "hint"))
    });
    page
}
