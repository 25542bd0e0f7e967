//! `diff`: what changed in sessions since the last commit, between revisions or between two files, the worst first.
//!
//! JSON: `{ "version": 1, "from", "to", "sessions": [ … ] }`. `from` and `to` are revisions (null for files). A session
//! has `path`, `status` (`same`, `changed`, `new`, `removed`, `renamed`, `unreadable`), `before`, `after` (the file with
//! its revision; null where there is none), `risk`, `endorsements`, `sections`, `spelling`, `order` and `errors`.
//! `endorsements` are the last of each person: `by`, `role`, `decision`, `on`, and `stale` when it does not hold after.
//! `risk` has `levels` (an array of `level`, `name`, `before`, `after`, worst first) and `unrated`, `unanswered` and
//! `conflicts`, each with `before` and `after`. A section has `section`, `title` and `changes`. A change has `record`
//! (null for the fields above the records), `field` (may be empty), `path` and `line` where to look, and `text`.
//! `spelling` and `order` count records that changed in nothing else. An error has `file`, `message` and `problems`
//! (`line`, `column`, `message`, `hint`).

mod markdown;
mod report;
mod target;

use std::process::ExitCode;

use clap::ValueEnum;

use super::{
    Console, Failure, Kind, json,
    page::{Ink, Page},
    words::count,
};
use crate::review::diff::Section;
use report::{Became, Changed, Count, Report};

/// What to compare.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "strideboard diff [OPTIONS] [REVISION[..REVISION] | FILE FILE] [-- PATH...]",
    after_long_help = "\
Examples:
  strideboard diff                        what you changed since the last commit
  strideboard diff checkout               the same, of one session
  strideboard diff main                   what differs from main
  strideboard diff main...HEAD            what this branch did, as a pull request shows it
  strideboard diff v1.0..v1.1 -- sessions
  strideboard diff old.tm.ron new.tm.ron  two files; needs no git
  strideboard diff origin/main...HEAD --format markdown --link 'https://forge/blob/abc/{path}'

Exit codes: 0 compared, 1 something is missing or cannot be read, 2 with --exit-code when they differ"
)]
pub struct Args {
    /// Revision, range of revisions or session; or two files
    #[arg(value_name = "REVISION", num_args = 0..=2, value_hint = clap::ValueHint::FilePath)]
    what: Vec<String>,
    /// Sessions or folders to look at, behind `--`
    #[arg(value_name = "PATH", last = true, value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<String>,
    /// How to write the changes; `markdown` fits a comment of a forge
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Address of the file after, that a line can be linked in: `ADDRESS#L12`; `{path}` in it is the session's path
    #[arg(long, value_name = "ADDRESS")]
    link: Option<String>,
    /// Exit with 2 when sessions differ
    #[arg(long)]
    exit_code: bool,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people at a terminal
    #[default]
    Text,
    /// For a comment in a pull request
    Markdown,
    /// For programs; stable and documented
    Json,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let compared = target::find(&args.what, &args.paths)?;
    let report = Report::new(&compared);
    if let Some(link) = args.link.as_deref().filter(|link| report.sessions.len() > 1 && !link.contains("{path}")) {
        let failure = Failure::new(Kind::Usage, format!("`{link}` is the address of one file, and several changed"));
        return Err(failure.hint("write `{path}` where the path of the session belongs"));
    }
    match args.format {
        Form::Text => console.print(&text(&report, console.page()))?,
        Form::Markdown => console.print_raw(&markdown::comment(&report, args.link.as_deref()))?,
        Form::Json => json::print(console, &report)?,
    }
    match report.sessions.iter().filter(|session| session.status == Became::Unreadable).count() {
        0 if args.exit_code && report.differs() => Ok(Kind::Findings.code()),
        0 => Ok(ExitCode::SUCCESS),
        unreadable => {
            let failure = Failure::new(Kind::Broken, format!("{} could not be compared", count(unreadable, "session")));
            Err(failure.hint("what is wrong stands with the session"))
        }
    }
}

fn text(report: &Report, mut page: Page) -> Page {
    if report.sessions.is_empty() {
        page.line("no session changed");
    }
    for (n, changed) in report.sessions.iter().enumerate() {
        if n > 0 {
            page.line("");
        }
        session(changed, &mut page);
    }
    page
}

fn session(changed: &Changed, page: &mut Page) {
    let [before, after] = [&changed.before, &changed.after].map(|side| side.as_deref().unwrap_or_default());
    if changed.status == Became::Same {
        return page.line(format!("no change from {before} to {after}"));
    }
    match changed.status {
        Became::Changed | Became::Renamed => {
            page.parts(&[(Ink::Bold, before), (Ink::Plain, " → "), (Ink::Bold, after)]);
        }
        _ => {
            let fate = changed.fate().unwrap_or_default();
            page.parts(&[(Ink::Bold, &changed.path), (Ink::Plain, ": "), (Ink::Plain, &fate)]);
        }
    }
    for error in &changed.errors {
        page.parts(&[(Ink::Plain, "  "), (Ink::Red, "error"), (Ink::Plain, ": "), (Ink::Plain, &error.message)]);
        for problem in &error.problems {
            page.line(format!("  {}:{}:{}: {}", error.file, problem.line, problem.column, problem.message));
        }
    }
    if changed.is_empty() {
        return;
    }
    page.line(changed.risk_in_one_line());
    for signed in &changed.endorsements {
        page.parts(&[(if signed.stale { Ink::Red } else { Ink::Plain }, &signed.text)]);
    }
    for part in &changed.sections {
        page.heading(part.title);
        for change in &part.changes {
            let place = format!("  {}:{}: ", change.path, change.line);
            let ink = if part.kind.asks() { Ink::Plain } else { Ink::Dim };
            page.parts(&[(Ink::Cyan, &place), (ink, &change.text)]);
        }
    }
    if let Some(rest) = changed.counted() {
        page.heading("Not said one by one");
        page.line(format!("  {rest}"));
    }
}

impl Changed {
    /// `high 4 (+1)  medium 9  unanswered 2 (+1)`.
    fn risk_in_one_line(&self) -> String {
        let levels = self.risk.levels.iter().map(|level| (level.name, level.count));
        let rest = [
            ("unrated", self.risk.unrated),
            ("unanswered above appetite", self.risk.unanswered),
            ("conflicts", self.risk.conflicts),
        ];
        let said = levels.chain(rest).filter(|(_, pair)| pair.before + pair.after > 0);
        let said: Vec<String> = said.map(|(name, pair)| format!("{name} {pair}")).collect();
        if said.is_empty() { "no threats".to_owned() } else { said.join("  ") }
    }

    /// What is only counted, in words.
    fn counted(&self) -> Option<String> {
        let said = [(self.spelling, "only in spelling"), (self.order, "only in order")];
        let said: Vec<String> = said
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, how)| format!("{} changed {how}", count(*n, "record")))
            .collect();
        (!said.is_empty()).then(|| said.join(", "))
    }
}

/// `4 (+1)`, `4` when nothing changed.
impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.after)?;
        match self.after.cmp(&self.before) {
            std::cmp::Ordering::Greater => write!(f, " (+{})", self.after - self.before),
            std::cmp::Ordering::Less => write!(f, " (−{})", self.before - self.after),
            std::cmp::Ordering::Equal => Ok(()),
        }
    }
}

/// The sections that a reviewer can skip.
fn folds(section: Section) -> bool {
    !section.asks() && section != Section::Scope
}
