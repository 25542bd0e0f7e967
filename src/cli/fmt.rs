//! `fmt`: the canonical layout, so that a change of a session is the same few lines whoever saves it.
//!
//! Refuses: settings of layout; there is one, and the codec owns it.

use std::{
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

use super::{Console, Failure, Kind, shown, source, words::count};
use crate::{
    format::session::{decode, encode},
    runtime::store,
    session::limits,
};

/// Which files to rewrite.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard fmt sessions/              rewrite every session below a folder
  strideboard fmt --check sessions/      for CI: 2 when a file would change
  git show main:s.tm.ron | strideboard fmt -

Comments are not kept; the session has fields for notes")]
pub struct Args {
    /// Sessions, or folders of sessions; `-` turns standard input into standard output
    #[arg(value_name = "SESSION", required = true, value_hint = clap::ValueHint::AnyPath)]
    sessions: Vec<String>,
    /// Only list the files that would change
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if args.sessions.iter().any(|name| name == "-") {
        return match args.sessions.len() {
            1 => filter(args, console),
            _ => Err(Failure::new(Kind::Usage, "`-` stands alone: one session comes in and one goes out")),
        };
    }
    let (paths, mut failures) = source::find_all(&args.sessions);
    let mut page = console.page();
    let mut changes = 0;
    for path in &paths {
        match format(path, args) {
            Ok(true) => {
                changes += 1;
                page.line(shown(path));
            }
            Ok(false) => {}
            Err(failure) => failures.push(failure),
        }
    }
    console.print(&page)?;
    for failure in &failures {
        console.report(failure);
    }
    match changes {
        _ if !failures.is_empty() => Ok(Kind::Broken.code()),
        changes if args.check && changes > 0 => Err(would_change(&count(changes, "file"))),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Whether the file was, or would be, changed.
fn format(path: &Path, args: &Args) -> Result<bool, Failure> {
    let source = source::open(path)?;
    let canonical = encode(&source.session);
    if canonical.as_bytes() == source.content.bytes {
        return Ok(false);
    }
    if !args.check {
        store::save(path, canonical.as_bytes(), Some(&source.content.fingerprint))?;
    }
    Ok(true)
}

fn filter(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let mut bytes = Vec::new();
    // One more than a session may have, so that the decoder says what is wrong.
    let mut input = io::stdin().lock().take(limits::FILE as u64 + 1);
    input.read_to_end(&mut bytes).map_err(|error| {
        Failure::new(Kind::Io, format!("standard input cannot be read: {}", source::reason(&error)))
    })?;
    let session = decode(&bytes).map_err(|problems| Failure::broken(Path::new("standard input"), &problems))?;
    let canonical = encode(&session);
    if !args.check {
        console.print_raw(&canonical)?;
    } else if canonical.as_bytes() != bytes {
        return Err(would_change("standard input"));
    }
    Ok(ExitCode::SUCCESS)
}

fn would_change(what: &str) -> Failure {
    let failure = Failure::new(Kind::Findings, format!("not in the canonical layout: {what}"));
    failure.hint("`strideboard fmt` without --check rewrites them")
}
