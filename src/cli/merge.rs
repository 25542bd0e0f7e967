//! `merge`: one session of two that started from one, or that never had anything in common.
//!
//! Refuses: deciding. What both sides say differently stands in the result as a conflict, which `resolve` settles.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{
    Console, Failure, Kind,
    page::{Ink, Page},
    shown,
    source::{self, Source},
    words::{count, record},
};
use crate::{
    format::session::encode,
    review::{
        merge::{Merged, Names, merge},
        words,
    },
    runtime::store,
    session::{EntryId, Session},
};

/// What to merge.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "strideboard merge [OPTIONS] [BASE] <OURS> <THEIRS>",
    after_long_help = "\
Examples:
  strideboard merge base.tm.ron ours.tm.ron theirs.tm.ron -o ours.tm.ron
  strideboard merge room-a.tm.ron room-b.tm.ron -o both.tm.ron
  strideboard resolve both                 what could not be decided

With two files nothing is known about what they started from: what only one has was added
there, and what both have in different words is a conflict.

Exit codes: 0 merged, 1 a file is missing or cannot be read, 2 merged with conflicts"
)]
pub struct Args {
    /// Session both started from, if there is one; session to merge into; session to merge
    #[arg(value_name = "FILE", required = true, num_args = 2..=3, value_hint = clap::ValueHint::FilePath)]
    files: Vec<String>,
    /// File for the result: one of the merged files, or a new one; standard output when absent
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// What our side is called in conflicts; its file when absent
    #[arg(long, value_name = "NAME")]
    ours_name: Option<String>,
    /// What their side is called in conflicts
    #[arg(long, value_name = "NAME")]
    theirs_name: Option<String>,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let open = |typed: &String| source::find_file(typed).and_then(|path| source::open(&path));
    let (base, ours, theirs) = match args.files.as_slice() {
        [base, ours, theirs] => (Some(open(base)?), open(ours)?, open(theirs)?),
        [ours, theirs] => (None, open(ours)?, open(theirs)?),
        _ => return Err(Failure::new(Kind::Usage, "merging takes two sessions, or three with what both started from")),
    };
    let names = [(&args.ours_name, &ours), (&args.theirs_name, &theirs)];
    let names = names.map(|(name, source)| name.clone().unwrap_or_else(|| shown(&source.path)));
    let merged = merge(
        base.as_ref().map(|source| &source.session),
        &ours.session,
        &theirs.session,
        Names { ours: &names[0], theirs: &names[1] },
    );
    let bytes = encode(&merged.session);
    match &args.output {
        Some(path) => save(path, &bytes, &[base.as_ref(), Some(&ours), Some(&theirs)])?,
        None => console.print_raw(&bytes)?,
    }
    let mut page = console.error_page();
    report(&merged, &ours.session, &theirs.session, &mut page);
    if let Some(path) = &args.output
        && !merged.session.conflicts.is_empty()
    {
        page.parts(&[(Ink::Cyan, "hint"), (Ink::Plain, &format!(": strideboard resolve {}", shown(path)))]);
    }
    console.remarks(&page);
    Ok(if merged.session.conflicts.is_empty() { ExitCode::SUCCESS } else { Kind::Findings.code() })
}

/// Writes the result, over an input as it was read, or as a new file.
fn save(path: &Path, bytes: &str, inputs: &[Option<&Source>]) -> Result<(), Failure> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let input = inputs.iter().flatten().find(|input| real(path).is_some() && real(&input.path) == real(path));
    if input.is_none() && fs::symlink_metadata(path).is_ok() {
        let failure = Failure::new(Kind::Usage, format!("{} already exists", shown(path)));
        return Err(failure.hint("choose a new name, or write over one of the merged files"));
    }
    store::save(path, bytes.as_bytes(), input.map(|input| &input.content.fingerprint))?;
    Ok(())
}

fn report(merged: &Merged, ours: &Session, theirs: &Session, page: &mut Page) {
    let session = &merged.session;
    for conflict in session.conflicts.iter() {
        let name = words::subject(session, &conflict.id);
        let [a, b] = words::contrast(session, &conflict.ours, &conflict.theirs);
        page.parts(&[(Ink::Red, "conflict"), (Ink::Plain, &format!(": {name}: ours {a}, theirs {b}"))]);
    }
    for pair in &merged.similar {
        // Numbers of two rooms are often the same; the whole id is what can be typed.
        let called = |session: &Session, id: &EntryId| format!("{} ({})", words::named(session, id), record(id));
        let (a, b) = (called(ours, &pair.ours), called(theirs, &pair.theirs));
        page.parts(&[(Ink::Yellow, "the same?"), (Ink::Plain, &format!(" {a} and {b}"))]);
    }
    let (all, new) = (session.conflicts.len(), merged.conflicts.len());
    let older = if all > new { format!(", {} of them from before", all - new) } else { String::new() };
    page.line(if all == 0 {
        "merged without conflicts".to_owned()
    } else {
        format!("merged with {}{older}", count(all, "conflict"))
    });
}
