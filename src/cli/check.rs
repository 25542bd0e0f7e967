//! `check`: what keeps sessions from being done, with the line to look at, for people, programs and forges.
//!
//! JSON: `{ "version": 1, "files": [ … ], "summary": { "errors", "warnings", "hints", "waived", "unreadable" } }`. A file
//! has `path`, `findings` and `errors`. A finding has `id` (the check), `severity` (`error`, `warning`, `hint`), `line`,
//! `column`, `record` and `letter` (null when it is about no single one), `message`, `hint` (may be null), `command` (what
//! to type next), `fingerprint` (stays when lines move) and `waived` (null, or `reason`, `owner`, `until`). `errors` is
//! empty unless the file cannot be read; then it says why: `line`, `column`, `message`, `hint`.
//!
//! Refuses: passing what it could not look at. Nothing to check, a missing base and a broken file have an exit code of
//! their own.

mod gather;
mod github;
mod gitlab;
mod ground;
mod junit;
mod markdown;
mod report;
mod sarif;
mod text;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::ValueEnum;
use jiff::civil::Date;

use super::{Console, Failure, Kind, json, page::Page, shown, source::reason, team};
use crate::{
    method::profile::{self, Profile},
    review::{
        check::{CHECKS, Context, findings},
        comment::COMMENTS,
        endorsement::ENDORSEMENTS,
        since::{SINCE, since},
        waiver::WAIVERS,
    },
    runtime::clock,
};
use gather::From;
use report::Report;

/// What to check.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard check sessions/            every session below a folder
  strideboard check checkout sign-in     two sessions by name
  strideboard check --base origin/main   and what this branch takes back without a word
  strideboard check --staged             as they would be committed
  strideboard check --profile quick      as if every session were a prototype
  strideboard check --format human --format sarif=out.sarif --format junit=out.xml
  strideboard check --explain            what is looked for

A finding that has to stay for a while is waived in NAME.waivers.ron beside the session, with a
reason, an owner and a last day; it is listed all the same.

Exit codes: 0 no errors, 1 usage, 2 errors were found, 3 something could not be checked: a file is
missing or broken, a revision is not there, or there is no session at all")]
pub struct Args {
    /// Sessions, or folders of sessions
    #[arg(value_name = "SESSION", default_value = ".", value_hint = clap::ValueHint::AnyPath)]
    sessions: Vec<String>,
    /// How to write the findings, and into which file; may be given several times
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = output)]
    format: Vec<Output>,
    /// Check what is staged instead of what lies in the folder
    #[arg(long, conflicts_with = "rev")]
    staged: bool,
    /// Check the sessions of this revision
    #[arg(long, value_name = "REVISION")]
    rev: Option<String>,
    /// Also find what was taken back since this revision: ratings, reasons, evidence, threats
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// Pass when there is no session to check
    #[arg(long)]
    if_any: bool,
    /// Only look for this
    #[arg(long, value_enum, value_name = "WHAT")]
    only: Option<Only>,
    /// Day to check for, such as 2026-03-01; today when absent
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// Hold the sessions to this profile instead of their own: none, quick, standard, high-risk or one of the team's
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// List what is looked for, with the profiles that do
    #[arg(
        long,
        conflicts_with_all = ["sessions", "format", "today", "staged", "rev", "base", "only", "if_any", "profile"]
    )]
    explain: bool,
}

/// A part of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Whether a session is whole: for hooks, while it is worked on
    Structure,
}

/// What `--only structure` looks for.
const STRUCTURE: [&str; 5] = ["record-broken", "conflict-open", "matrix-unknown", "profile-unknown", "rating-range"];

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    #[value(alias = "text")]
    Human,
    /// For programs; stable and documented
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// XML for test reports
    Junit,
    /// For a comment or a job summary
    Markdown,
}

/// A format and where it goes; standard output without a file.
#[derive(Debug, Clone)]
struct Output {
    form: Form,
    file: Option<PathBuf>,
}

fn output(text: &str) -> Result<Output, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
    let known = Form::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let known = known.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ");
    let form = Form::from_str(name, false).map_err(|_| format!("`{name}` is none of {known}"))?;
    match file {
        Some(file) if file.as_os_str().is_empty() => Err(format!("`{text}` names no file")),
        // What is no file goes where everything else goes.
        file => Ok(Output { form, file: file.filter(|file| file.as_os_str() != "-") }),
    }
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "expected a day like 2026-03-01")
}

/// What is looked for, and from which profile on: each built-in one asks for what the ones before it ask for, and more.
fn explain(mut page: Page, own: &[Profile]) -> Page {
    let builtin = &profile::BUILTIN;
    let rows = CHECKS.iter().map(|check| {
        let asked = |profile: &&Profile| check.criterion().is_none_or(|criterion| profile.asks(criterion));
        let first = builtin.iter().position(|profile| asked(&profile));
        let from = match first {
            Some(0) => "always".to_owned(),
            Some(at) => format!("from {}", builtin[at].name),
            None => "never".to_owned(),
        };
        [check.id.to_owned(), from, check.summary.to_owned()]
    });
    let since = SINCE.map(|(id, summary)| [id, "with --base", summary].map(str::to_owned));
    let waivers = WAIVERS.map(|(id, summary)| [id, "always", summary].map(str::to_owned));
    let beside = ENDORSEMENTS.into_iter().chain(COMMENTS);
    let beside = beside.map(|(id, summary)| [id, "always", summary].map(str::to_owned));
    page.table(0, &rows.chain(since).chain(beside).chain(waivers).collect::<Vec<_>>());
    page.line("");
    let rows: Vec<[String; 2]> =
        builtin.iter().map(|profile| [profile.name.to_string(), profile.summary.to_string()]).collect();
    page.table(0, &rows);
    if !own.is_empty() {
        page.line("");
        let asks = |profile: &Profile| {
            let criteria: Vec<&str> = profile.criteria.iter().map(|criterion| criterion.words()).collect();
            [profile.name.to_string(), "the team's own".to_owned(), criteria.join(", ")]
        };
        page.table(0, &own.iter().map(asks).collect::<Vec<_>>());
    }
    page
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if args.explain {
        let team = team::or_builtin(Path::new("."), console).team;
        console.print(&explain(console.page(), &team.rules().profiles))?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.format.iter().filter(|output| output.file.is_none()).count() > 1 {
        let failure = Failure::new(Kind::Usage, "only one format can go to standard output");
        return Err(failure.hint("name files for the others: --format sarif=out.sarif"));
    }
    let today = args.today.unwrap_or_else(clock::today);
    let unchecked = |failure: Failure| Failure { kind: Kind::Unchecked, ..failure };
    let from = match &args.rev {
        Some(rev) => From::Revision(rev),
        None if args.staged => From::Staged,
        None => From::Folder,
    };
    let gathered = gather::gather(&args.sessions, from, args.base.as_deref()).map_err(unchecked)?;
    let nothing = gathered.inputs.is_empty() && gathered.removed.is_empty() && gathered.failures.is_empty();
    let mut around = ground::Around::new(from).map_err(unchecked)?;
    let (mut broken, mut unknown) = (Vec::new(), None);
    let mut report = Report::new(gathered, today, |path, session, before| {
        let team = around.team(path, &mut broken);
        let context = Context::new(session, Some(today)).with_rules(team.rules());
        let context = context.with_baselines(team.standing_everywhere(session));
        let (tripwires, code) = around.code(path, session);
        let context = context.with_models(around.models(path, session)).with_tripwires(tripwires).with_code(code);
        let asked = args.profile.as_ref().map(|name| team.rules().profile(name).ok_or(name));
        let profile = asked.unwrap_or(Ok(context.profile)).unwrap_or_else(|name| {
            let failure = Failure::new(Kind::Usage, format!("there is no profile `{name}` for {}", shown(path)));
            unknown.get_or_insert(failure.hint(format!("use one of {}", team.rules().profile_names())));
            context.profile
        });
        let since = before.map_or_else(Vec::new, |before| since(before, session, team.rules()));
        findings(&Context { profile, ..context }).into_iter().chain(since).collect()
    });
    if let Some(failure) = unknown {
        return Err(failure);
    }
    report.failures.extend(broken);
    if let Some(Only::Structure) = args.only {
        report.keep(|id| STRUCTURE.contains(&id));
    }
    write(args, &report, console).map_err(unchecked)?;
    for failure in report.all_failures() {
        console.report(failure);
    }
    Ok(match report.summary.errors {
        _ if report.all_failures().next().is_some() => Kind::Unchecked.code(),
        _ if nothing && !args.if_any => {
            let failure = Failure::new(Kind::Unchecked, "there is no session to check");
            return Err(failure.hint("name a folder that has some, or allow that with --if-any"));
        }
        0 => ExitCode::SUCCESS,
        _ => Kind::Findings.code(),
    })
}

fn write(args: &Args, report: &Report, console: Console) -> Result<(), Failure> {
    let usual = [Output { form: Form::Human, file: None }];
    for output in if args.format.is_empty() { &usual[..] } else { &args.format } {
        let written = match output.form {
            Form::Human => {
                let page =
                    text::page(report, if output.file.is_some() { console.plain_page() } else { console.page() });
                page.as_str().to_owned()
            }
            Form::Json => json::text(report)?,
            Form::Sarif => json::text(&sarif::log(report))?,
            Form::Github => github::commands(report),
            Form::Gitlab => json::text(&gitlab::issues(report))?,
            Form::Junit => junit::suites(report),
            Form::Markdown => markdown::comment(report),
        };
        match &output.file {
            None => console.print_raw(&written)?,
            Some(file) => fs::write(file, written).map_err(|error| {
                Failure::new(Kind::Io, format!("{} cannot be written: {}", shown(file), reason(&error)))
            })?,
        }
    }
    Ok(())
}
