//! `diff`: what changed between two session files, the worst first.
//!
//! JSON: `{ "version": 1, "before", "after", "risk", "sections", "spelling", "order" }`. `before` and `after` are paths.
//! `risk` has `levels` (an array of `level`, `name`, `before`, `after`, worst first) and `unrated`, `unanswered` and
//! `conflicts`, each with `before` and `after`. A section has `section`, `title` and `changes`. A change has `record`
//! (null for the fields above the records), `field` (may be empty), `path` and `line` where to look, and `text`.
//! `spelling` and `order` count records that changed in nothing else.

mod markdown;
mod report;

pub(super) use markdown::escaped;

use std::process::ExitCode;

use clap::ValueEnum;

use super::{
    Console, Failure, Kind, json,
    page::{Ink, Page},
    source,
    words::count,
};
use crate::{format::session::Locator, review::diff::Section};
use report::{Pair, Report};

/// What to compare.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard diff old.tm.ron new.tm.ron
  git show main:sessions/checkout.tm.ron > /tmp/old.tm.ron
  strideboard diff /tmp/old.tm.ron checkout --format markdown

Exit codes: 0 compared, 1 a file is missing or cannot be read, 2 with --exit-code when they differ")]
pub struct Args {
    /// Session before
    #[arg(value_name = "BEFORE", value_hint = clap::ValueHint::FilePath)]
    before: String,
    /// Session after
    #[arg(value_name = "AFTER", value_hint = clap::ValueHint::FilePath)]
    after: String,
    /// How to write the changes; `markdown` fits a comment of a forge
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Address of the file after, that a line can be linked in: `ADDRESS#L12`
    #[arg(long, value_name = "ADDRESS")]
    link: Option<String>,
    /// Exit with 2 when the sessions differ
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
    let [before, after] =
        [&args.before, &args.after].map(|typed| source::find_file(typed).and_then(|p| source::open(&p)));
    let (before, after) = (before?, after?);
    let changes = crate::review::diff::diff(&before.session, &after.session);
    let locators = [&before, &after].map(|source| Locator::new(&String::from_utf8_lossy(&source.content.bytes)));
    let report = Report::new(&changes, [&before.path, &after.path], &locators);
    match args.format {
        Form::Text => console.print(&text(&report, console.page()))?,
        Form::Markdown => console.print_raw(&markdown::comment(&report, args.link.as_deref()))?,
        Form::Json => json::print(console, &report)?,
    }
    let differs = args.exit_code && !changes.is_empty();
    Ok(if differs { Kind::Findings.code() } else { ExitCode::SUCCESS })
}

fn text(report: &Report, mut page: Page) -> Page {
    if report.is_empty() {
        page.line(format!("no change from {} to {}", report.before, report.after));
        return page;
    }
    page.parts(&[(Ink::Bold, &report.before), (Ink::Plain, " → "), (Ink::Bold, &report.after)]);
    page.line(report.risk_in_one_line());
    for part in &report.sections {
        page.heading(part.title);
        for change in &part.changes {
            let place = format!("  {}:{}: ", change.path, change.line);
            let ink = if part.kind.asks() { Ink::Plain } else { Ink::Dim };
            page.parts(&[(Ink::Cyan, &place), (ink, &change.text)]);
        }
    }
    if let Some(rest) = report.counted() {
        page.heading("Not said one by one");
        page.line(format!("  {rest}"));
    }
    page
}

impl Report {
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
impl std::fmt::Display for Pair {
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
