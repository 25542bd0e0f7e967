//! `list`: where every session below a folder stands.
//!
//! JSON: `{ "version": 1, "sessions": [ … ] }`, in the order of the paths. A session has `path`, `title`, `workload`,
//! `owner` (empty when not said), `state` (`empty`, `modelling`, `identifying`, `responding`, `ready`), `progress`
//! (`decided` and `total` core cells), `worst` (null without live threats, else `level`: `very-low`, `low`, `medium`,
//! `high`, `critical` or null, and `words`: what the session's matrix calls it), `threats`, `unfiled` and
//! `open_questions`. A file that cannot be read has `path` and `errors` instead: `line`, `column`, `message`, `hint`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::SystemTime,
};

use jiff::{Timestamp, Unit, civil::Date, tz::TimeZone};
use serde::Serialize;

use super::{Console, Failure, Format, Kind, failure::Problem, json, shown, source, words};
use crate::{
    method::matrix::{Matrix, Risk},
    review::summary::{STATES, SessionSummary},
    runtime::{clock, paths},
};

/// Which sessions to list.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder to look in, and below it
    #[arg(value_name = "DIR", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
    /// One line for each team: how many sessions, how far they are and when it met last
    #[arg(long, conflicts_with = "format")]
    by_team: bool,
    /// How to write the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct List {
    version: u32,
    sessions: Vec<Listed>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Listed {
    Session(Row),
    Broken {
        path: String,
        errors: Vec<Problem>,
        /// Why, in one line.
        #[serde(skip)]
        reason: String,
    },
}

#[derive(Debug, Serialize)]
struct Row {
    path: String,
    title: String,
    workload: String,
    owner: String,
    state: &'static str,
    progress: Progress,
    worst: Option<words::RiskWords>,
    threats: usize,
    unfiled: usize,
    open_questions: usize,
    #[serde(skip)]
    age: String,
    /// The day of its last meeting.
    #[serde(skip)]
    met: Option<Date>,
}

#[derive(Debug, Default, Serialize)]
struct Progress {
    decided: usize,
    total: usize,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if !args.folder.is_dir() {
        let failure = Failure::new(Kind::Usage, format!("{} is not a folder", shown(&args.folder)));
        return Err(failure.hint("`strideboard show SESSION` shows one session"));
    }
    let today = clock::today();
    let mut failures = Vec::new();
    let mut sessions = Vec::new();
    let found = paths::session_files(&args.folder);
    failures.extend(found.left_out().map(|reason| Failure::new(Kind::Usage, reason)));
    for path in found.files {
        let path = path.strip_prefix(".").map_or(path.clone(), Path::to_owned);
        sessions.push(match source::open(&path) {
            Ok(source) => Listed::Session(row(&source, today)),
            Err(failure) => {
                let errors = failure.problems.clone();
                let place = |first: &Problem| format!("{}:{}: {}", first.line, first.column, first.message);
                let reason = errors.first().map_or_else(|| failure.message.clone(), place);
                failures.push(failure);
                Listed::Broken { path: shown(&path), errors, reason }
            }
        });
    }
    match args.format {
        Format::Text if args.by_team => print_teams(&sessions, console)?,
        Format::Text => print_text(&sessions, args, console)?,
        Format::Json => json::print(console, &List { version: 1, sessions })?,
    }
    for failure in &failures {
        console.report(failure);
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { Kind::Broken.code() })
}

fn row(source: &source::Source, today: Date) -> Row {
    let summary = SessionSummary::of(&source.session, Some(today));
    Row {
        path: shown(&source.path),
        title: summary.title,
        workload: summary.workload,
        owner: summary.owner,
        state: summary.state,
        progress: Progress { decided: summary.core.decided, total: summary.core.total },
        worst: summary.worst.map(|risk: Risk| words::risk(risk, Matrix::of(&source.session))),
        threats: summary.threats,
        unfiled: summary.unfiled,
        open_questions: summary.open_questions,
        age: age(&source.path, today).unwrap_or_default(),
        met: source.session.sittings.iter().map(|sitting| sitting.date).max(),
    }
}

fn print_text(sessions: &[Listed], args: &Args, console: Console) -> Result<(), Failure> {
    if sessions.is_empty() {
        console.remark(&format!("there are no sessions (*{}) below {}", paths::SUFFIX, shown(&args.folder)));
        console.remark("next: strideboard new NAME");
        return Ok(());
    }
    let head = ["session", "state", "decided", "worst", "threats", "unfiled", "questions", "owner", "changed", "title"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(sessions.iter().map(|listed| match listed {
        Listed::Session(row) => [
            row.path.clone(),
            row.state.to_owned(),
            format!("{}/{}", row.progress.decided, row.progress.total),
            row.worst.as_ref().map_or("–".to_owned(), |worst| worst.words.clone()),
            row.threats.to_string(),
            row.unfiled.to_string(),
            row.open_questions.to_string(),
            if row.owner.is_empty() { "–".to_owned() } else { row.owner.clone() },
            row.age.clone(),
            row.title.clone(),
        ],
        Listed::Broken { path, reason, .. } => {
            let mut cells = [const { String::new() }; 10];
            (cells[0], cells[1]) = (path.clone(), "unreadable".to_owned());
            cells[9].clone_from(reason);
            cells
        }
    }));
    let mut page = console.page();
    page.table(0, &rows);
    console.print(&page)
}

/// What the sessions of a team come to.
#[derive(Debug, Default)]
struct Adoption {
    sessions: usize,
    ready: usize,
    progress: Progress,
    threats: usize,
    met: Option<Date>,
}

fn print_teams(sessions: &[Listed], console: Console) -> Result<(), Failure> {
    let mut teams: BTreeMap<&str, Adoption> = BTreeMap::new();
    for listed in sessions {
        let Listed::Session(row) = listed else { continue };
        let team = teams.entry(row.owner.trim()).or_default();
        team.sessions += 1;
        team.ready += usize::from(row.state == STATES[4]);
        team.progress.decided += row.progress.decided;
        team.progress.total += row.progress.total;
        team.threats += row.threats;
        team.met = team.met.max(row.met);
    }
    let head = ["team", "sessions", "ready", "decided", "threats", "last meeting"].map(str::to_owned);
    let row = |(name, team): (&str, Adoption)| {
        [
            if name.is_empty() { "nobody".to_owned() } else { name.to_owned() },
            team.sessions.to_string(),
            team.ready.to_string(),
            format!("{}/{}", team.progress.decided, team.progress.total),
            team.threats.to_string(),
            team.met.map_or_else(|| "–".to_owned(), |day| day.to_string()),
        ]
    };
    let mut page = console.page();
    page.table(0, &std::iter::once(head).chain(teams.into_iter().map(row)).collect::<Vec<_>>());
    console.print(&page)
}

/// How long ago the file was changed, in days.
fn age(path: &Path, today: Date) -> Option<String> {
    let modified: SystemTime = fs::metadata(path).ok()?.modified().ok()?;
    let day = Timestamp::try_from(modified).ok()?.to_zoned(TimeZone::system()).date();
    let days = today.since((Unit::Day, day)).ok()?.get_days();
    Some(match days {
        // A clock that went back, or a fixed day of today.
        ..=0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    })
}
