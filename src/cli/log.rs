//! `log`: how risk went over the history of a session, or of all sessions in a folder.
//!
//! JSON: `{ "version": 1, "path", "shallow", "revisions": [ … ], "unreadable": [ … ] }`, the oldest revision first. A
//! revision has `commit`, `day`, `sessions`, `open` (`critical`, `high`, `medium`, `low`, `very_low`, `unrated`: open
//! threats), `reopened`, `oldest_high_days` (null without an open threat that is high or worse), `evidence` and
//! `not_applicable` (`part`, `of`). `unreadable` has `commit`, `path` and `reason`; there, the session counts as it was
//! before. CSV has the same, one row for a revision; every cell is a day, a commit or a number.
//!
//! Owns following sessions through the commits of the first parents, renames included. Refuses: asking git for each
//! revision; all contents come from one run of it, and each is read once.

mod text;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use clap::ValueEnum;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;

use super::{Console, Failure, Kind, json, shown, source, versions};
use crate::{
    format::session::decode,
    review::trend::{Measure, Revision, Row, Share, trend},
    runtime::git::{self, Commit, ObjectId, Repository},
    session::limits,
};

/// Whose history.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard log checkout                    one session, through renames
  strideboard log sessions/                   every session of a folder, as a sum
  strideboard log --format csv > trend.csv    for a spreadsheet

A threat is open while it counts, nobody carries it, and its mitigations are not all in place. The
history is that of the first parents, so a merged branch counts when it was merged.")]
pub struct Args {
    /// Session, or folder of sessions
    #[arg(value_name = "SESSION", default_value = ".", value_hint = clap::ValueHint::AnyPath)]
    session: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Last revision to look at
    #[arg(long, value_name = "REVISION", default_value = "HEAD")]
    rev: String,
}

/// How a history is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    #[default]
    Text,
    /// For programs; stable and documented
    Json,
    /// For spreadsheets
    Csv,
}

/// Everything there is to tell.
#[derive(Debug)]
struct Log {
    path: String,
    /// Whether the clone holds only the end of the history.
    shallow: bool,
    rows: Vec<Row>,
    unreadable: Vec<Unreadable>,
}

/// A session that could not be read at a revision.
#[derive(Debug, Serialize)]
struct Unreadable {
    commit: String,
    path: String,
    reason: String,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let path = source::find(&args.session).unwrap_or_else(|_| PathBuf::from(&args.session));
    let repository = versions::repository()?;
    let tip = repository.commit(&args.rev)?;
    let commits = repository.history(&tip, std::slice::from_ref(&path), !path.is_dir())?;
    let log = read(&repository, &path, commits)?;
    if log.rows.is_empty() {
        for one in &log.unreadable {
            console.remark(&format!("{} {} could not be read: {}", short(&one.commit), one.path, one.reason));
        }
        let message = format!("there is no session that can be read in the history of {}", log.path);
        return Err(Failure::new(Kind::Usage, message).hint("commit a session, or name one that is committed"));
    }
    match args.format {
        Form::Text => console.print(&text::page(&log, console.page()))?,
        Form::Json => json::print(console, &told(&log))?,
        Form::Csv => console.print_raw(&csv(&log))?,
    }
    if args.format == Form::Csv && !log.unreadable.is_empty() {
        console.remark(&format!("not all could be read ({}); --format text names them", log.unreadable.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A session at one commit: a number that stays when its file is renamed, and its content.
type At = BTreeMap<PathBuf, (usize, ObjectId)>;

/// Follows the sessions through the commits, which come with the newest first.
fn read(repository: &Repository, path: &std::path::Path, mut commits: Vec<Commit>) -> Result<Log, Failure> {
    commits.reverse();
    let is_folder = path.is_dir();
    let is_one = |path: &std::path::Path| !is_folder || versions::is_session(path);
    let (mut at, mut next) = (At::new(), 0);
    let mut states: Vec<(&Commit, At)> = Vec::new();
    for commit in &commits {
        let mut changed = false;
        let mut known = BTreeMap::new();
        for was in commit.changes.iter().filter_map(|change| change.before.as_ref()) {
            changed |= at.contains_key(&was.path);
            known.extend(at.remove(&was.path).map(|(number, _)| (was.path.clone(), number)));
        }
        for change in &commit.changes {
            let Some(is) = change.after.as_ref().filter(|is| is_one(&is.path) && is.kind == git::Kind::File) else {
                continue;
            };
            let Some(blob) = is.blob.clone() else { continue };
            let number = change.before.as_ref().and_then(|was| known.get(&was.path)).copied().unwrap_or_else(|| {
                next += 1;
                next
            });
            at.insert(is.path.clone(), (number, blob));
            changed = true;
        }
        if changed {
            states.push((commit, at.clone()));
        }
    }
    let wanted: BTreeSet<&ObjectId> = states.iter().flat_map(|(_, at)| at.values().map(|(_, blob)| blob)).collect();
    let wanted: Vec<ObjectId> = wanted.into_iter().cloned().collect();
    let mut read: BTreeMap<ObjectId, Result<Arc<Measure>, String>> = BTreeMap::new();
    repository.contents(&wanted, limits::FILE, |id, content| {
        read.insert(id.clone(), measured(content.as_deref()));
    })?;
    let mut log = Log { path: shown(path), shallow: repository.is_shallow(), rows: Vec::new(), unreadable: Vec::new() };
    let mut last: BTreeMap<usize, Arc<Measure>> = BTreeMap::new();
    let mut told: BTreeSet<(usize, &ObjectId)> = BTreeSet::new();
    let mut revisions = Vec::new();
    for (commit, at) in &states {
        let id = commit.id.as_str();
        let mut sessions = BTreeMap::new();
        for (path, (number, blob)) in at {
            match read.get(blob) {
                Some(Ok(measure)) => drop(last.insert(*number, measure.clone())),
                // Said once, where it came to be so; until it is mended the session counts as it was.
                Some(Err(reason)) if told.insert((*number, blob)) => {
                    log.unreadable.push(Unreadable {
                        commit: id.to_owned(),
                        path: shown(path),
                        reason: reason.clone(),
                    });
                }
                Some(Err(_)) | None => {}
            }
            sessions.extend(last.get(number).map(|measure| (*number, measure.clone())));
        }
        if !sessions.is_empty() || !revisions.is_empty() {
            revisions.push(Revision { commit: id.to_owned(), day: day(commit.when), sessions });
        }
    }
    log.rows = trend(&revisions);
    Ok(log)
}

fn measured(content: Option<&[u8]>) -> Result<Arc<Measure>, String> {
    let content = content.ok_or_else(|| "it is not in this clone, or too large to be a session".to_owned())?;
    match decode(content) {
        Ok(session) => Ok(Arc::new(Measure::of(&session))),
        Err(found) => Err(found.first().map_or_else(String::new, ToString::to_string)),
    }
}

/// The day of a commit, wherever it was made.
fn day(when: i64) -> Date {
    Timestamp::from_second(when).unwrap_or_default().to_zoned(TimeZone::UTC).date()
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

#[derive(Debug, Serialize)]
struct Told<'a> {
    version: u32,
    path: &'a str,
    shallow: bool,
    revisions: Vec<ToldRow<'a>>,
    unreadable: &'a [Unreadable],
}

#[derive(Debug, Serialize)]
struct ToldRow<'a> {
    commit: &'a str,
    day: Date,
    sessions: usize,
    open: Open,
    reopened: usize,
    oldest_high_days: Option<i64>,
    evidence: Part,
    not_applicable: Part,
}

#[derive(Debug, Serialize)]
struct Open {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    very_low: usize,
    unrated: usize,
}

#[derive(Debug, Serialize)]
struct Part {
    part: usize,
    of: usize,
}

impl From<Share> for Part {
    fn from(share: Share) -> Self {
        Self { part: share.part, of: share.of }
    }
}

impl<'a> ToldRow<'a> {
    fn of(row: &'a Row) -> Self {
        let [very_low, low, medium, high, critical] = row.open;
        Self {
            commit: &row.commit,
            day: row.day,
            sessions: row.sessions,
            open: Open { critical, high, medium, low, very_low, unrated: row.unrated },
            reopened: row.reopened,
            oldest_high_days: row.oldest_high,
            evidence: row.evidence.into(),
            not_applicable: row.not_applicable.into(),
        }
    }
}

fn told(log: &Log) -> Told<'_> {
    Told {
        version: 1,
        path: &log.path,
        shallow: log.shallow,
        revisions: log.rows.iter().map(ToldRow::of).collect(),
        unreadable: &log.unreadable,
    }
}

/// The columns of the CSV.
const COLUMNS: &str = "day,commit,sessions,critical,high,medium,low,very_low,unrated,reopened,oldest_high_days,evidence,in_place,not_applicable,cells";

fn csv(log: &Log) -> String {
    let mut out = format!("{COLUMNS}\n");
    for row in &log.rows {
        let [very_low, low, medium, high, critical] = row.open;
        let oldest = row.oldest_high.map_or_else(String::new, |days| days.to_string());
        let counts = [row.sessions, critical, high, medium, low, very_low, row.unrated, row.reopened];
        let counts = counts.map(|count| count.to_string()).join(",");
        let (evidence, cells) = (row.evidence, row.not_applicable);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{},{},{counts},{oldest},{},{},{},{}",
            row.day, row.commit, evidence.part, evidence.of, cells.part, cells.of
        );
    }
    out
}
