//! `resolve`: the conflicts a merge left in a session, and settling them.
//!
//! JSON: `{ "version": 1, "conflicts": [ … ] }`. A conflict has `id`, `about` (what it is about, in words), `kind`
//! (`differ`, `removed`, `needed`, `together`), `line`, and in words `base`, `ours` and `theirs`, with `ours_from` and
//! `theirs_from` (may be empty).
//!
//! Refuses: guessing. Without a side it only lists.

use std::process::ExitCode;

use super::{
    Console, Failure, Kind, json,
    page::{Ink, Page},
    shown, source,
    words::count,
};
use crate::{
    format::session::{Locator, encode},
    review::{
        merge::{Choice, join, settle},
        words,
    },
    runtime::store,
    session::{Conflict, ConflictId, Edit, EntryId, Session, ThreatId},
};

/// Which conflicts, and which side.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard resolve checkout                        list what is undecided; 2 if anything is
  strideboard resolve checkout T31/current --theirs   take their rating
  strideboard resolve checkout T31 --ours             take our side of everything about T31
  strideboard resolve checkout --all --ours
  strideboard resolve checkout T31/current --keep     what the session holds now is right
  strideboard resolve checkout --same T31 T40         T40 is withdrawn as the same threat

Exit codes: 0 nothing is undecided, or it was done; 1 usage or a broken file; 2 conflicts are listed")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    /// Session with conflicts
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    session: String,
    /// Conflicts to settle: `T31/current`, or a record for all about it
    #[arg(value_name = "CONFLICT")]
    conflicts: Vec<String>,
    /// Settle every conflict
    #[arg(long, conflicts_with = "conflicts")]
    all: bool,
    /// Take our side
    #[arg(long, group = "choice")]
    ours: bool,
    /// Take their side
    #[arg(long, group = "choice")]
    theirs: bool,
    /// Take what both started from
    #[arg(long, group = "choice")]
    base: bool,
    /// Keep what the session holds now
    #[arg(long, group = "choice")]
    keep: bool,
    /// Two threats that are one: the second is withdrawn, the first takes over its mitigations
    #[arg(long, num_args = 2, value_names = ["KEPT", "OTHER"], conflicts_with_all = ["conflicts", "all", "choice"])]
    same: Vec<String>,
    /// How to list conflicts
    #[arg(long, value_enum, default_value_t)]
    format: super::Format,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let path = source::find_file(&args.session)?;
    let source = source::open(&path)?;
    let session = &source.session;
    if let [kept, other] = args.same.as_slice() {
        let edit = same(session, kept, other)?;
        let next = session.apply(&edit).map_err(|error| Failure::new(Kind::Usage, error.to_string()))?;
        save(&source, &next)?;
        let mut page = console.page();
        page.line(edit.label(session));
        console.print(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let ids = named(session, args)?;
    match choice(args) {
        Some(choice) if ids.is_empty() && !args.all => {
            let failure = Failure::new(Kind::Usage, format!("which conflicts are settled with {}?", choice.name()));
            Err(failure.hint("name them, or use --all"))
        }
        Some(choice) => settle_all(&source, &ids, choice, console),
        None if args.all => {
            let failure = Failure::new(Kind::Usage, "--all needs a side");
            Err(failure.hint("add --ours, --theirs, --base or --keep"))
        }
        None => list(&source, args, &ids, console),
    }
}

fn choice(args: &Args) -> Option<Choice> {
    let choices = [
        (args.ours, Choice::Ours),
        (args.theirs, Choice::Theirs),
        (args.base, Choice::Base),
        (args.keep, Choice::Keep),
    ];
    choices.into_iter().find(|(wanted, _)| *wanted).map(|(_, choice)| choice)
}

/// Settles conflicts one after the other; one that takes others along settles them, too.
fn settle_all(
    source: &source::Source,
    ids: &[ConflictId],
    choice: Choice,
    console: Console,
) -> Result<ExitCode, Failure> {
    let mut session = source.session.clone();
    let mut page = console.page();
    for id in ids {
        if !session.conflicts.contains(id) {
            page.line(format!("{id} went with its record"));
            continue;
        }
        let edit = settle(&session, id, choice).map_err(|error| Failure::new(Kind::Usage, error.to_string()))?;
        session = session.apply(&edit).map_err(|error| {
            let failure = Failure::new(Kind::Usage, format!("{id} cannot be settled with {}: {error}", choice.name()));
            failure.hint("nothing was saved; choose another side, or change the record and use --keep")
        })?;
        page.line(edit.label(&source.session));
    }
    save(source, &session)?;
    let left = session.conflicts.len();
    page.line(if left == 0 { "no conflict is left".to_owned() } else { format!("{} left", count(left, "conflict")) });
    console.print(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn save(source: &source::Source, session: &Session) -> Result<(), Failure> {
    store::save(&source.path, encode(session).as_bytes(), Some(&source.content.fingerprint))?;
    Ok(())
}

/// The conflicts that are meant: all, or those whose name or record is given.
fn named(session: &Session, args: &Args) -> Result<Vec<ConflictId>, Failure> {
    if args.conflicts.is_empty() {
        let all = args.all || choice(args).is_none();
        return Ok(if all { session.conflicts.keys().cloned().collect() } else { Vec::new() });
    }
    let mut found = Vec::new();
    for typed in &args.conflicts {
        let is_named = |id: &&ConflictId| {
            let (whole, field) = (id.to_string(), format!("/{}", id.field));
            let record = whole.strip_suffix(&field).unwrap_or(&whole);
            let short = id.record.as_ref().map_or("session".to_owned(), EntryId::short);
            [whole.as_str(), record, &short, &format!("{short}{field}")].contains(&typed.as_str())
        };
        let meant: Vec<ConflictId> = session.conflicts.keys().filter(is_named).cloned().collect();
        if meant.is_empty() {
            let failure = Failure::new(Kind::Usage, format!("there is no conflict `{typed}`"));
            return Err(failure.hint(format!("`strideboard resolve {}` lists them", args.session)));
        }
        found.extend(meant.into_iter().filter(|id| !found.contains(id)).collect::<Vec<_>>());
    }
    Ok(found)
}

/// The edit that makes two threats one.
fn same(session: &Session, kept: &str, other: &str) -> Result<Edit, Failure> {
    let find = |typed: &str| {
        let means = |id: &ThreatId| id.short() == typed || id.to_string() == typed;
        let mut found = session.threat_ids().filter(means);
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(id),
            (Some(a), Some(b)) => {
                Err(Failure::new(Kind::Usage, format!("`{typed}` may be {a} or {b}")).hint("write the whole id"))
            }
            (None, _) => Err(Failure::new(Kind::Usage, format!("there is no threat `{typed}`"))),
        }
    };
    let (kept, other) = (find(kept)?, find(other)?);
    join(session, kept, other).ok_or_else(|| Failure::new(Kind::Usage, format!("{kept} is one threat already")))
}

/// One conflict for programs.
#[derive(serde::Serialize)]
struct Row<'a> {
    id: String,
    about: String,
    kind: &'static str,
    line: usize,
    base: String,
    ours: String,
    theirs: String,
    ours_from: &'a str,
    theirs_from: &'a str,
}

fn list(source: &source::Source, args: &Args, ids: &[ConflictId], console: Console) -> Result<ExitCode, Failure> {
    let session = &source.session;
    let locator = Locator::new(&String::from_utf8_lossy(&source.content.bytes));
    let conflicts = ids.iter().filter_map(|id| session.conflicts.get(id));
    let rows: Vec<Row<'_>> = conflicts.map(|conflict| row(session, conflict, &locator)).collect();
    match args.format {
        super::Format::Text => console.print(&text(&shown(&source.path), &rows, console.page()))?,
        super::Format::Json => json::print(console, &serde_json::json!({ "version": 1, "conflicts": rows }))?,
    }
    Ok(if rows.is_empty() { ExitCode::SUCCESS } else { Kind::Findings.code() })
}

fn row<'a>(session: &Session, conflict: &'a Conflict, locator: &Locator) -> Row<'a> {
    let [base, ours, theirs] =
        [&conflict.base, &conflict.ours, &conflict.theirs].map(|value| words::value(session, value));
    Row {
        id: conflict.id.to_string(),
        about: words::subject(session, &conflict.id),
        kind: conflict.kind.name(),
        line: locator.locate_nearest(conflict.id.record.as_ref(), &conflict.id.field).line,
        base,
        ours,
        theirs,
        ours_from: &conflict.ours_from,
        theirs_from: &conflict.theirs_from,
    }
}

fn text(path: &str, rows: &[Row<'_>], mut page: Page) -> Page {
    for row in rows {
        let place = format!("{path}:{}: ", row.line);
        page.parts(&[(Ink::Bold, &place), (Ink::Red, &row.id), (Ink::Plain, " "), (Ink::Plain, &row.about)]);
        page.line(format!("  {}", why(row)));
        let from = |name: &str| if name.is_empty() { String::new() } else { format!("  ({name})") };
        page.line(format!("  --ours    {}{}", row.ours, from(row.ours_from)));
        page.line(format!("  --theirs  {}{}", row.theirs, from(row.theirs_from)));
        if matches!(row.kind, "differ" | "together") {
            page.line(format!("  --base    {}", row.base));
        }
    }
    page.line(if rows.is_empty() { format!("{path}: no conflicts") } else { count(rows.len(), "conflict") });
    page
}

/// Why there is no common answer.
fn why(row: &Row<'_>) -> &'static str {
    match row.kind {
        "removed" => "one side removed it, the other changed it",
        "needed" => "one side removed it, the other refers to it",
        "together" => "each change is sound alone, not both together",
        _ => "both sides changed it",
    }
}
