//! `comment`: what reviewers say about a field of a record, kept in `NAME.comments.ron`.
//!
//! JSON of a list: `{ "version": 1, "threads": [ … ] }`. A thread has `id`, `kind` (`remark`, `ask`), `about` (a record and
//! a field, `T31-k7q/current`), `line`, `by`, `on`, `text`, `resolved`, `outdated` and `answers` (each `id`, `kind` (`reply`,
//! `resolve`), `by`, `on`, `text`).
//!
//! Refuses: changing the session, and changing or removing what was said.

use std::process::ExitCode;

use super::{
    Console, Failure, Kind,
    endorse::signer,
    json,
    page::{Ink, Page},
    shown, source,
    words::count,
};
use crate::{
    format::session::Locator,
    review::{
        comment::{Comment, CommentKind, Said, Thread, threads},
        print::{Prints, is_field},
        words,
    },
    runtime::{beside, clock},
    session::{CommentId, ConflictId, EntryId, Session, Table},
};

/// What to do with comments.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard comment list checkout                        what is open
  strideboard comment add checkout T4/current \"why so low?\"  about one field
  strideboard comment add checkout T4 \"rate it\" --ask       to be done before you sign
  strideboard comment reply checkout C2 \"measured in June\"
  strideboard comment resolve checkout C2")]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List the threads about a session
    List {
        /// Session whose comments to list
        #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
        session: String,
        /// Also list what is settled
        #[arg(long)]
        all: bool,
        /// How to list them
        #[arg(long, value_enum, default_value_t)]
        format: super::Format,
    },
    /// Say something about a record or one of its fields
    Add {
        /// Session to comment on
        #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
        session: String,
        /// A record, `T4`, with a field as in the file, `T4/current`, or a letter, `F2/S`; `session/scope`
        #[arg(value_name = "ABOUT")]
        about: String,
        /// What to say
        #[arg(value_name = "TEXT")]
        text: String,
        /// It has to be settled before you sign
        #[arg(long)]
        ask: bool,
        /// Who you are; git's `user.name` when absent
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Answer a comment
    Reply {
        /// Session that was commented on
        #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
        session: String,
        /// The comment, `C2`
        #[arg(value_name = "COMMENT")]
        to: String,
        /// What to say
        #[arg(value_name = "TEXT")]
        text: String,
        /// Who you are; git's `user.name` when absent
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Say that a comment is settled
    Resolve {
        /// Session that was commented on
        #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
        session: String,
        /// The comment, `C2`
        #[arg(value_name = "COMMENT")]
        to: String,
        /// What to say about it
        #[arg(value_name = "TEXT", default_value = "")]
        text: String,
        /// Who you are; git's `user.name` when absent
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    match &args.what {
        What::List { session, all, format } => list(session, *all, *format, console),
        What::Add { session, about, text, ask, by } => {
            let kind = if *ask { CommentKind::Ask } else { CommentKind::Remark };
            say(session, kind, by.as_deref(), text, console, |session, all, said| {
                Ok(Comment::new(session, all, said, meant(session, about)?, &mut clock::random))
            })
        }
        What::Reply { session, to, text, by } => {
            say(session, CommentKind::Reply, by.as_deref(), text, console, |_, all, said| {
                Ok(Comment::answer(all, said, first(all, to)?, &mut clock::random))
            })
        }
        What::Resolve { session, to, text, by } => {
            say(session, CommentKind::Resolve, by.as_deref(), text, console, |_, all, said| {
                Ok(Comment::answer(all, said, first(all, to)?, &mut clock::random))
            })
        }
    }
}

fn say(
    typed: &str,
    kind: CommentKind,
    by: Option<&str>,
    text: &str,
    console: Console,
    make: impl FnOnce(&Session, &Table<Comment>, Said) -> Result<Comment, Failure>,
) -> Result<ExitCode, Failure> {
    let source = source::open(&source::find_file(typed)?)?;
    let all = beside::read(&source.path)?.comments;
    let said = Said { kind, by: signer(by, &source.path)?, on: clock::today(), text: text.into() };
    let comment = make(&source.session, &all, said)?;
    let id = comment.id;
    let mut with: Table<Comment> = all.clone();
    with.insert(comment.clone());
    if let Some(fault) = comment.fault(&with) {
        return Err(Failure::new(Kind::Usage, format!("nothing was written: {fault}")));
    }
    beside::comment(&source.path, comment)?;
    let mut page = console.page();
    page.line(match kind {
        CommentKind::Remark => format!("{id}: commented"),
        CommentKind::Ask => format!("{id}: asked"),
        CommentKind::Reply => format!("{id}: answered"),
        CommentKind::Resolve => format!("{id}: settled"),
    });
    console.print(&page)?;
    Ok(ExitCode::SUCCESS)
}

/// What a comment is to be about: a record by its short or whole name, and a field it has.
fn meant(session: &Session, typed: &str) -> Result<ConflictId, Failure> {
    let prints = Prints::of(session);
    let found_by = |text: &str| -> Vec<Option<EntryId>> {
        let is = |about: &&Option<EntryId>| match about {
            None => text == "session",
            Some(record) => record.short() == text || record.to_string() == text,
        };
        prints.keys().filter(is).cloned().collect()
    };
    let (found, field) = match (found_by(typed), typed.rsplit_once('/')) {
        (found, _) if !found.is_empty() => (found, ConflictId::WHOLE),
        (_, Some((record, field))) => (found_by(record), field),
        (found, None) => (found, ConflictId::WHOLE),
    };
    let record = match found.as_slice() {
        [one] => one.clone(),
        [] => {
            let failure = Failure::new(Kind::Usage, format!("there is no record `{typed}`"));
            return Err(failure.hint("`strideboard show` lists the records with their ids"));
        }
        several => {
            let whole: Vec<String> = several.iter().flatten().map(|record| format!("`{record}`")).collect();
            let failure = Failure::new(Kind::Usage, format!("`{typed}` may be {}", whole.join(" or ")));
            return Err(failure.hint("write the whole name"));
        }
    };
    let about = ConflictId::new(record, field);
    if is_field(session, &about) {
        return Ok(about);
    }
    let failure = Failure::new(Kind::Usage, format!("`{typed}` names no field of the record"));
    Err(failure.hint("fields are named as in the file; without one the comment is about the whole record"))
}

/// The first comment of a thread by its short or whole id.
fn first(all: &Table<Comment>, typed: &str) -> Result<CommentId, Failure> {
    let is = |id: &CommentId| id.short() == typed || id.to_string() == typed;
    let found: Vec<&Comment> = all.iter().filter(|one| is(&one.id)).collect();
    match found.as_slice() {
        [one] => Ok(one.to.unwrap_or(one.id)),
        [] => {
            let failure = Failure::new(Kind::Usage, format!("there is no comment `{typed}`"));
            Err(failure.hint("`strideboard comment list SESSION --all` lists them"))
        }
        several => {
            let names: Vec<String> = several.iter().map(|one| one.id.to_string()).collect();
            let failure = Failure::new(Kind::Usage, format!("`{typed}` may be {}", names.join(" or ")));
            Err(failure.hint("write the whole id"))
        }
    }
}

fn list(typed: &str, all: bool, format: super::Format, console: Console) -> Result<ExitCode, Failure> {
    let source = source::open(&source::find_file(typed)?)?;
    let comments = beside::read(&source.path)?.comments;
    let found = threads(&source.session, &comments);
    let open = found.iter().filter(|thread| !thread.resolved).count();
    let listed: Vec<&Thread<'_>> = found.iter().filter(|thread| all || !thread.resolved).collect();
    let locator = Locator::new(&String::from_utf8_lossy(&source.content.bytes));
    let line = |thread: &Thread<'_>| locator.locate_nearest(thread.about.record.as_ref(), &thread.about.field).line;
    match format {
        super::Format::Text => {
            let mut page = console.page();
            let path = shown(&source.path);
            for thread in &listed {
                one(&mut page, &source.session, &format!("{path}:{}: ", line(thread)), thread);
            }
            let settled = found.len() - open;
            page.line(match (found.len(), settled) {
                (0, _) => format!("{path}: no comments"),
                (_, 0) => format!("{} open", count(open, "comment")),
                _ => format!("{} open, {settled} settled", count(open, "comment")),
            });
            console.print(&page)?;
        }
        super::Format::Json => {
            let rows: Vec<serde_json::Value> = listed.iter().map(|thread| for_programs(thread, line(thread))).collect();
            json::print(console, &serde_json::json!({ "version": 1, "threads": rows }))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A thread with everything that was said.
pub(super) fn one(page: &mut Page, session: &Session, place: &str, thread: &Thread<'_>) {
    let first = thread.first;
    let state = match (thread.resolved, thread.outdated) {
        (true, _) => " (settled)",
        (false, true) => " (outdated: it says something else now)",
        (false, false) => "",
    };
    let kind = if first.kind == CommentKind::Ask { "asks about" } else { "on" };
    let about = words::subject(session, thread.about);
    let ink = if thread.asks() { Ink::Red } else { Ink::Plain };
    page.parts(&[
        (Ink::Bold, place),
        (ink, &thread.called),
        (Ink::Plain, " "),
        (Ink::Plain, &format!("{} {kind} {about}, {}", first.by.trim(), first.on)),
        (Ink::Dim, state),
    ]);
    for line in first.text.lines() {
        page.line(format!("  {line}"));
    }
    for answer in &thread.answers {
        let did = if answer.kind == CommentKind::Resolve { " settled it" } else { "" };
        let mut lines = answer.text.lines();
        page.line(
            format!("    {}{did}: {}", answer.by.trim(), lines.next().unwrap_or_default()).trim_end_matches(": "),
        );
        lines.for_each(|line| page.line(format!("      {line}")));
    }
}

fn for_programs(thread: &Thread<'_>, line: usize) -> serde_json::Value {
    let kind = |kind: CommentKind| match kind {
        CommentKind::Remark => "remark",
        CommentKind::Ask => "ask",
        CommentKind::Reply => "reply",
        CommentKind::Resolve => "resolve",
    };
    let said = |one: &Comment| {
        serde_json::json!({
            "id": one.id, "kind": kind(one.kind), "by": one.by, "on": one.on, "text": one.text.as_str(),
        })
    };
    let answers: Vec<serde_json::Value> = thread.answers.iter().map(|answer| said(answer)).collect();
    let mut row = said(thread.first);
    row["about"] = thread.about.to_string().into();
    row["line"] = line.into();
    row["resolved"] = thread.resolved.into();
    row["outdated"] = thread.outdated.into();
    row["answers"] = answers.into();
    row
}
