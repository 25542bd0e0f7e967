//! `merge`: one session of two that started from one, or that never had anything in common.
//!
//! Refuses: deciding. What both sides say differently stands in the result as a conflict, which `resolve` settles.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::ValueEnum;

use super::{
    Console, Failure, Kind,
    page::{Ink, Page},
    shown,
    source::{self, Source},
    versions,
    words::{count, record},
};
use crate::{
    format::{
        beside::{Apart, Kept},
        markers::marked,
        session::{decode, encode},
    },
    review::{
        merge::{Merged, Names, merge},
        words,
    },
    runtime::{
        beside::{BesideError, named},
        git::{Entry, Repository},
        store,
    },
    session::{EntryId, Session},
};

/// How long conflict markers are unless somebody wants them longer.
const MARKERS: usize = 7;

/// What to merge.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "strideboard merge [OPTIONS] [BASE] <OURS> <THEIRS>\n       strideboard merge --unmerged <SESSION>",
    after_long_help = "\
Examples:
  strideboard merge base.tm.ron ours.tm.ron theirs.tm.ron -o ours.tm.ron
  strideboard merge room-a.tm.ron room-b.tm.ron -o both.tm.ron
  strideboard merge --unmerged checkout    what git left with conflict markers
  strideboard resolve both                 what could not be decided

With two files nothing is known about what they started from: what only one has was added
there, and what both have in different words is a conflict.

Exit codes: 0 merged, 1 a file is missing or cannot be read, 2 merged with conflicts"
)]
pub struct Args {
    /// Session both started from, if there is one; session to merge into; session to merge
    #[arg(value_name = "FILE", required_unless_present = "unmerged", num_args = 2..=3, value_hint = clap::ValueHint::FilePath)]
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
    /// How conflicts are written down
    #[arg(long, value_enum, default_value_t)]
    conflicts: Conflicts,
    /// Merge the versions that git holds of a session it could not merge, and of the files beside it
    #[arg(long, value_name = "SESSION", conflicts_with_all = ["files", "output"])]
    unmerged: Option<String>,
}

/// How conflicts are written down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Conflicts {
    /// In the session, which still opens; `resolve` settles them
    #[default]
    Records,
    /// Between the markers of git and other tools, to be settled in an editor
    Markers,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if let Some(typed) = &args.unmerged {
        return unmerged(args, typed, console);
    }
    let open = |typed: &String| source::find_file(typed).and_then(|path| source::open(&path));
    let (base, ours, theirs) = match args.files.as_slice() {
        [base, ours, theirs] => (Some(open(base)?), open(ours)?, open(theirs)?),
        [ours, theirs] => (None, open(ours)?, open(theirs)?),
        _ => return Err(Failure::new(Kind::Usage, "merging takes two sessions, or three with what both started from")),
    };
    let names = [(&args.ours_name, &ours), (&args.theirs_name, &theirs)];
    let names = names.map(|(name, source)| name.clone().unwrap_or_else(|| shown(&source.path)));
    let names = Names { ours: &names[0], theirs: &names[1] };
    let merged = merge(base.as_ref().map(|source| &source.session), &ours.session, &theirs.session, names);
    let text = result(&merged.session, args.conflicts, names, MARKERS)?;
    match &args.output {
        Some(path) => save(path, &text, &[base.as_ref(), Some(&ours), Some(&theirs)])?,
        None => console.print_raw(&text)?,
    }
    Ok(finish(args, &merged, [&ours.session, &theirs.session], args.output.as_deref(), console))
}

/// Merges what git holds of a session that it could not merge, and of the files beside it.
fn unmerged(args: &Args, typed: &str, console: Console) -> Result<ExitCode, Failure> {
    let path = source::find_file(typed)?;
    let repository = versions::repository()?;
    let beside = match Kept::of(&shown(&path)) {
        Some(kept) => vec![(kept, path.clone())],
        None => Kept::ALL.map(|kept| (kept, named(&path, kept.suffix()))).to_vec(),
    };
    // One of the files that cannot be joined does not stand in the way of the others.
    let (mut joined, mut failed) = (false, None);
    for (kept, path) in &beside {
        match join_unmerged(*kept, path, &repository, console) {
            Ok(done) => joined |= done,
            Err(failure) => failed.replace(failure).iter().for_each(|earlier| console.report(earlier)),
        }
    }
    let is_session = beside.iter().all(|(_, beside)| *beside != path);
    let code = if is_session { merge_unmerged(args, &path, &repository, console)? } else { None };
    if let Some(failure) = failed {
        return Err(failure);
    }
    if let Some(code) = code.or(joined.then_some(ExitCode::SUCCESS)) {
        return Ok(code);
    }
    let failure = Failure::new(Kind::Usage, format!("git holds no two sides of {}", shown(&path)));
    Err(failure.hint("there is nothing to merge: `git status` lists what is not merged yet"))
}

/// Writes what both sides added to a file beside a session; whether git holds two sides of it.
fn join_unmerged(kept: Kept, path: &Path, repository: &Repository, console: Console) -> Result<bool, Failure> {
    let [_, Some(ours), Some(theirs)] = repository.unmerged(path)? else { return Ok(false) };
    let (ours_called, ours) = versions::bytes(repository, &ours, Some(":2"))?;
    let (theirs_called, theirs) = versions::bytes(repository, &theirs, Some(":3"))?;
    let text = union(kept, [&ours, &theirs], &[ours_called, theirs_called])?;
    store::save(path, text.as_bytes(), Some(&store::read(path)?.fingerprint))?;
    console.remark(&format!("{} holds the {} of both sides", shown(path), kept.entries()));
    Ok(true)
}

/// Merges the sides that git holds of a session; nothing when it does not hold two.
fn merge_unmerged(
    args: &Args,
    path: &Path,
    repository: &Repository,
    console: Console,
) -> Result<Option<ExitCode>, Failure> {
    let [base, Some(ours), Some(theirs)] = repository.unmerged(path)? else { return Ok(None) };
    let content = store::read(path)?;
    let open = |entry: &Entry, side: &str| versions::open(repository, entry, Some(side));
    let base = base.map(|entry| open(&entry, ":1")).transpose()?;
    let (ours, theirs) = (open(&ours, ":2")?.session, open(&theirs, ":3")?.session);
    let name = |name: &Option<String>, usual: &str| name.clone().unwrap_or_else(|| usual.to_owned());
    let names = [name(&args.ours_name, "ours"), name(&args.theirs_name, "theirs")];
    let names = Names { ours: &names[0], theirs: &names[1] };
    let merged = merge(base.as_ref().map(|version| &version.session), &ours, &theirs, names);
    let text = result(&merged.session, args.conflicts, names, MARKERS)?;
    store::save(path, text.as_bytes(), Some(&content.fingerprint))?;
    Ok(Some(finish(args, &merged, [&ours, &theirs], Some(path), console)))
}

/// The merged session as it is written down, which can be read again.
pub(super) fn result(
    session: &Session,
    conflicts: Conflicts,
    names: Names<'_>,
    size: usize,
) -> Result<String, Failure> {
    if conflicts == Conflicts::Markers
        && let Some(text) = marked(session, names, size)
    {
        return Ok(text);
    }
    let text = encode(session);
    match decode(text.as_bytes()) {
        Ok(read) if read == *session => Ok(text),
        Ok(_) => Err(Failure::new(Kind::Broken, "the merged session would not be read as what it is")),
        Err(found) => Err(Failure::broken(Path::new("the merged session"), &found)),
    }
}

/// The entries of both sides of a file beside a session, which are called so.
pub(super) fn union(kept: Kept, [ours, theirs]: [&[u8]; 2], called: &[String; 2]) -> Result<String, Failure> {
    kept.union(ours, theirs).map_err(|apart| match apart {
        Apart::Broken(side, found) => BesideError::Broken(PathBuf::from(&called[side]), found).into(),
        Apart::Differ(ids) => {
            let message = format!("{} and {} say different things in {}", called[0], called[1], ids.join(", "));
            Failure::new(Kind::Broken, message)
                .hint("keep what was signed or said first; whoever meant more adds an entry")
        }
    })
}

fn finish(
    args: &Args,
    merged: &Merged,
    [ours, theirs]: [&Session; 2],
    path: Option<&Path>,
    console: Console,
) -> ExitCode {
    let mut page = console.error_page();
    report(merged, ours, theirs, &mut page);
    let clean = merged.session.conflicts.is_empty();
    if let Some(path) = path.filter(|_| !clean && args.conflicts == Conflicts::Records) {
        page.parts(&[(Ink::Cyan, "hint"), (Ink::Plain, &format!(": strideboard resolve {}", shown(path)))]);
    }
    console.remarks(&page);
    if clean { ExitCode::SUCCESS } else { Kind::Findings.code() }
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

pub(super) fn report(merged: &Merged, ours: &Session, theirs: &Session, page: &mut Page) {
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
