//! `forecast`: how long the next meeting of each session will take, from what meetings took before.
//!
//! The formula stands in [`crate::meeting::forecast`].
//!
//! JSON: `{ "version": 1, "history", "sessions": [ … ] }`. `history` is null when no meeting was led to its end, else
//! `meetings` (how many it rests on) and the ranges `seconds_per_cell` and `seconds_beside`. A session has `path`,
//! `open_cells` and the range `minutes` (null without a history, and where nothing is open). A range has `low`, `middle`
//! and `high`.

use std::{path::PathBuf, process::ExitCode};

use serde::Serialize;

use super::{Console, Failure, Format, Kind, json, shown, source, words::count};
use crate::{
    app::practice::is_practice,
    meeting::{
        clock,
        forecast::{Effort, Forecast, Range},
        route::Route,
    },
    method::cell::Parked,
    runtime::paths,
};

/// Where to look.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard forecast             the sessions below this folder
  strideboard forecast sessions    those below another one

minutes = median minutes outside of \"what can go wrong?\" + open cells x median time of a cell in it,
of all meetings in the folder whose clock was brought to its end. The range is from the first to the
third quartile of both")]
pub struct Args {
    /// Folder to look in, and below it
    #[arg(value_name = "DIR", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Report {
    version: u32,
    history: Option<History>,
    sessions: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct History {
    meetings: usize,
    seconds_per_cell: Spread,
    seconds_beside: Spread,
}

#[derive(Debug, Serialize)]
struct Row {
    path: String,
    open_cells: usize,
    minutes: Option<Spread>,
}

#[derive(Debug, Serialize)]
struct Spread {
    low: i64,
    middle: i64,
    high: i64,
}

impl From<Range> for Spread {
    fn from(Range { low, middle, high }: Range) -> Self {
        Self { low, middle, high }
    }
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if !args.folder.is_dir() {
        return Err(Failure::new(Kind::Usage, format!("{} is not a folder", shown(&args.folder))));
    }
    let found = paths::session_files(&args.folder);
    let mut failures: Vec<Failure> =
        found.left_out().map(|reason| Failure::new(Kind::Usage, reason)).into_iter().collect();
    let (mut history, mut open) = (Vec::new(), Vec::new());
    for path in found.files {
        match source::open(&path) {
            Ok(source) if is_practice(&source.session) => {}
            Ok(source) => {
                history.extend(Effort::all(&source.session));
                open.push((shown(&path), Route::of(&source.session, &Parked::of(&source.session)).steps.len()));
            }
            Err(failure) => failures.push(failure),
        }
    }
    let forecast = Forecast::of(&history);
    match args.format {
        Format::Text => print(args, forecast.as_ref(), &open, console)?,
        Format::Json => json::print(console, &report(forecast.as_ref(), open))?,
    }
    for failure in &failures {
        console.report(failure);
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { Kind::Broken.code() })
}

/// The next meeting of a session with so many open cells; none where nothing is open.
fn next(forecast: Option<&Forecast>, open: usize) -> Option<Range> {
    forecast.filter(|_| open > 0).map(|forecast| forecast.meeting(open))
}

fn report(forecast: Option<&Forecast>, open: Vec<(String, usize)>) -> Report {
    let history = forecast.map(|known| History {
        meetings: known.meetings,
        seconds_per_cell: known.cell.into(),
        seconds_beside: known.beside.into(),
    });
    let minutes = |range: Range| {
        let [low, middle, high] = range.minutes();
        Spread { low, middle, high }
    };
    let row = |(path, open_cells): (String, usize)| Row {
        minutes: next(forecast, open_cells).map(minutes),
        path,
        open_cells,
    };
    Report { version: 1, history, sessions: open.into_iter().map(row).collect() }
}

fn print(args: &Args, forecast: Option<&Forecast>, open: &[(String, usize)], console: Console) -> Result<(), Failure> {
    let mut page = console.page();
    let Some(known) = forecast else {
        page.line(format!("no history: no meeting below {} was led to its end", shown(&args.folder)));
        console.print(&page)?;
        console.remark("the clock of the meeting (`8`, then `s`) writes one down; `x` there brings it to its end");
        return Ok(());
    };
    let Range { low, middle, high } = known.cell;
    let each = clock::shown(middle);
    let each = if low == high { each } else { format!("{each} ({} to {})", clock::shown(low), clock::shown(high)) };
    let meetings = count(known.meetings, "meeting");
    page.line(format!("Rests on {meetings}: {each} a cell, and {} beside that.", known.beside.in_minutes()));
    page.line("");
    let head = ["session", "open cells", "next meeting"].map(str::to_owned);
    let row = |(path, open): &(String, usize)| {
        let next = next(forecast, *open).map_or("nothing is open".to_owned(), Range::in_minutes);
        [path.clone(), open.to_string(), next]
    };
    page.table(0, &std::iter::once(head).chain(open.iter().map(row)).collect::<Vec<_>>());
    console.print(&page)
}
