//! `recover`: what a run that ended early did not save, without the screen.
//!
//! JSON of the list: `{ "version": 1, "journals": [ … ] }`. A journal has `journal` (its file), `session` (path of the
//! session's file, null when the journal cannot be read), `state` (`open`: somebody works on it now; `fits`: the file is
//! what it was; `changed`: somebody else changed the file, and both can be kept; `apart`: it
//! holds another session now; `missing`: there is no such file, or it cannot be read; `nothing`: everything is in the file; `unreadable`), `changes` (lines of text), `conflicts` (how many
//! fields say different things in the file), `typing` (what was being typed, or null) and `error` (why it is unreadable,
//! or null). A recovered session is told as one such journal with `written`: the file that holds it now.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use serde::Serialize;

use super::{Console, Failure, Format, Kind, json, shown, source, words::count};
use crate::{
    app::recovery::{Fit, Recovery, recover},
    format::{
        journal::Journal,
        session::{decode, encode},
    },
    runtime::{
        clock,
        journal::{self, Found, Place},
        lock::{self, Claim},
        paths,
        store::{self, Fingerprint},
    },
    session::{Edit, Note, NoteKind, Session, edit::Entry},
};

/// What to recover.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard recover                  list what was not saved
  strideboard recover checkout         save it into the session, with what others wrote there meanwhile
  strideboard recover checkout --output other.tm.ron

Exit codes: 0 done, 1 nothing to recover or the system, 2 done, but somebody has to look at it: both changed a field,
or what is in the file is no session and a copy stands beside it")]
pub struct Args {
    /// Session to recover; without one what there is is listed
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    session: Option<String>,
    /// Only list what was not saved, of every session or of this one
    #[arg(long)]
    list: bool,
    /// Write the session exactly as it was to this new file instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "discard"], requires = "session")]
    output: Option<PathBuf>,
    /// Throw away what was not saved
    #[arg(long, conflicts_with = "list", requires = "session")]
    discard: bool,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct List {
    version: u32,
    journals: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    journal: String,
    session: Option<String>,
    state: &'static str,
    changes: Vec<String>,
    conflicts: usize,
    typing: Option<String>,
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<String>,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let folder = paths::state_dir().map(|state| paths::journals(&state)).ok_or_else(|| {
        Failure::new(Kind::Io, "there is no folder for recovery journals").hint("set STRIDEBOARD_STATE_DIR to one")
    })?;
    match &args.session {
        Some(session) if !args.list => one(args, &folder, session, console),
        session => list(args, &folder, session.as_deref(), console),
    }
}

fn list(args: &Args, folder: &Path, session: Option<&str>, console: Console) -> Result<ExitCode, Failure> {
    let mut journals = journal::all(folder);
    if let Some(typed) = session {
        let wanted = place(folder, typed).journal;
        journals.retain(|found| found.path == wanted);
    }
    let rows: Vec<Row> = journals.iter().map(|found| Row::of(found, &Against::file(found))).collect();
    match args.format {
        Format::Json => json::print(console, &List { version: 1, journals: rows })?,
        Format::Text if rows.is_empty() => console.remark("everything is saved: there is nothing to recover"),
        Format::Text => {
            let mut page = console.page();
            for row in &rows {
                let name = row.session.clone().unwrap_or_else(|| row.journal.clone());
                page.line(format!("{name}: {}", row.words()));
                row.tell(&mut page);
            }
            console.print(&page)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn one(args: &Args, folder: &Path, typed: &str, console: Console) -> Result<ExitCode, Failure> {
    let place = place(folder, typed);
    let _lock = match lock::claim(&place.lock) {
        Claim::Theirs(holder) => {
            let message = format!("{} is open: {holder} works on it and will save it", here(&place.session));
            return Err(Failure::new(Kind::Usage, message));
        }
        Claim::Ours(lock) => Some(lock),
        // Then there is nothing to compare with but the file.
        Claim::Unknown(_) => None,
    };
    let Some(found) = journal::all(folder).into_iter().find(|found| found.path == place.journal) else {
        let failure = Failure::new(Kind::Usage, format!("there is nothing to recover for {typed}"));
        return Err(failure.hint("`strideboard recover` lists what was not saved"));
    };
    if args.discard {
        remove(&found.path)?;
        console.remark(&format!("discarded what was not saved of {}", here(&place.session)));
        return Ok(ExitCode::SUCCESS);
    }
    let against = Against::file(&found);
    let mut row = Row::of(&found, &against);
    let journal = found.content.map_err(|why| {
        let failure = Failure::new(Kind::Broken, format!("the recovery journal cannot be read: {why}"));
        failure.hint(format!("it stays where it is: {}", shown(&found.path)))
    })?;
    let recovery = recover(journal, against.session());
    if matches!(against, Against::Session(..)) && !recovery.is_needed() && args.output.is_none() {
        remove(&found.path)?;
        match args.format {
            Format::Json => json::print(console, &row)?,
            Format::Text => console.remark(&format!("everything is in {} already", here(&place.session))),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (target, session, expected, kind) = match (&args.output, &recovery.fit) {
        (Some(output), _) => (output.clone(), &recovery.mine, None, Written::Whole),
        (None, Fit::Exact(resumed) | Fit::Merged { resumed, .. }) => {
            (place.session.clone(), resumed.history.session(), against.fingerprint(), Written::Whole)
        }
        // A file that is gone can be written again; one that is there is left alone.
        (None, Fit::Apart) if matches!(against, Against::Nothing) => {
            (place.session.clone(), &recovery.mine, None, Written::Whole)
        }
        (None, Fit::Apart) => (free_copy(&place.session)?, &recovery.mine, None, Written::Copy),
    };
    let (session, note) = with_typing(session, &recovery);
    let bytes = encode(&session);
    store::save(&target, bytes.as_bytes(), expected.as_ref())
        .map_err(|error| Failure::from(error).hint("--output FILE writes it somewhere else"))?;
    if recovery.damaged {
        let aside = journal::keep_aside(&found.path);
        let kept = aside.map_or(String::new(), |path| format!("; it was kept as {}", shown(&path)));
        console.warn("", &format!("the journal is damaged, and what stands behind the damage could not be read{kept}"));
    }
    remove(&found.path)?;
    row.written = Some(here(&target));
    match args.format {
        Format::Json => json::print(console, &row)?,
        Format::Text => {
            let mut page = console.page();
            page.line(here(&target));
            console.print(&page)?;
            console.remark(&format!("recovered {}", recovery.count()));
            if let Some(note) = note {
                console.remark(&format!("what was being typed is a note now: {}", note.text));
            }
        }
    }
    match kind {
        Written::Whole if row.conflicts > 0 && args.output.is_none() => {
            let fields = count(row.conflicts, "field");
            let message =
                format!("{} was changed meanwhile, and {fields} would say different things", here(&place.session));
            Err(Failure::new(Kind::Findings, message)
                .hint("both values are in the file: `strideboard resolve` settles them"))
        }
        Written::Whole => Ok(ExitCode::SUCCESS),
        Written::Copy => {
            let message = format!("{} is not that session any more, so this is a copy beside it", here(&place.session));
            Err(Failure::new(Kind::Findings, message))
        }
    }
}

/// What was written where.
enum Written {
    /// The session, where it belongs.
    Whole,
    /// A copy, because what is there is no session.
    Copy,
}

/// What is in the session's file now.
enum Against {
    Session(Arc<Session>, Fingerprint),
    /// Something that is no session.
    Broken,
    Nothing,
}

impl Against {
    fn file(found: &Found) -> Self {
        let Ok(journal) = &found.content else { return Self::Broken };
        let path = Path::new(&journal.path);
        match store::read(path) {
            Ok(content) => match decode(&content.bytes) {
                Ok(session) => Self::Session(Arc::new(session), content.fingerprint),
                Err(_) => Self::Broken,
            },
            Err(_) if fs::symlink_metadata(path).is_err() => Self::Nothing,
            Err(_) => Self::Broken,
        }
    }

    fn session(&self) -> Option<&Arc<Session>> {
        match self {
            Self::Session(session, _) => Some(session),
            Self::Broken | Self::Nothing => None,
        }
    }

    fn fingerprint(&self) -> Option<Fingerprint> {
        match self {
            Self::Session(_, fingerprint) => Some(*fingerprint),
            Self::Broken | Self::Nothing => None,
        }
    }
}

impl Row {
    fn of(found: &Found, against: &Against) -> Self {
        let mut row = Self {
            journal: shown(&found.path),
            session: None,
            state: "unreadable",
            changes: Vec::new(),
            conflicts: 0,
            typing: None,
            error: None,
            written: None,
        };
        let journal: &Journal = match &found.content {
            Ok(journal) => journal,
            Err(why) => return Self { error: Some(why.clone()), ..row },
        };
        let recovery = recover(journal.clone(), against.session());
        row.session = Some(here(Path::new(&journal.path)));
        row.state = match (&recovery.fit, against) {
            _ if found.is_open => "open",
            (_, Against::Broken | Against::Nothing) => "missing",
            _ if !recovery.is_needed() => "nothing",
            (Fit::Exact(_), _) => "fits",
            (Fit::Merged { .. }, _) => "changed",
            (Fit::Apart, _) => "apart",
        };
        if let Fit::Merged { conflicts, .. } = recovery.fit {
            row.conflicts = conflicts;
        }
        row.typing = recovery.draft.map(|draft| draft.text);
        row.changes = recovery.changes;
        row
    }

    fn words(&self) -> String {
        let changes = count(self.changes.len(), "change");
        match self.state {
            "open" => "is open in a strideboard that runs".to_owned(),
            "fits" if self.changes.is_empty() => "words being typed are in no record yet".to_owned(),
            "fits" => format!("{changes} not saved"),
            "changed" if self.conflicts == 0 => {
                format!("{changes} not saved; the file was changed meanwhile, and both can be kept")
            }
            "changed" => {
                let fields = count(self.conflicts, "field");
                format!("{changes} not saved; the file was changed meanwhile, and {fields} would say different things")
            }
            "apart" => format!("{changes} not saved; the file holds another session now"),
            "missing" => format!("{changes} not saved; the file is gone or cannot be read"),
            "nothing" => "everything is in the file".to_owned(),
            _ => format!("the journal cannot be read: {}", self.error.as_deref().unwrap_or_default()),
        }
    }

    fn tell(&self, page: &mut super::page::Page) {
        for words in &self.changes {
            page.line(format!("  + {words}"));
        }
        if let Some(typing) = &self.typing {
            page.line(format!("  … being typed: {}", typing.replace('\n', " ")));
        }
    }
}

/// The place of a session that may not be there any more.
fn place(folder: &Path, typed: &str) -> Place {
    let path = source::find(typed).unwrap_or_else(|_| PathBuf::from(typed));
    let place = Place::of(folder, &path);
    if fs::symlink_metadata(&place.journal).is_ok() || typed.ends_with(paths::SUFFIX) {
        return place;
    }
    // A file that is gone is not found by its short name.
    let longer = Place::of(folder, Path::new(&format!("{typed}{}", paths::SUFFIX)));
    if fs::symlink_metadata(&longer.journal).is_ok() { longer } else { place }
}

/// A path as messages show it, from the folder where the command runs if it is below that.
fn here(path: &Path) -> String {
    let cwd = source::cwd().ok().and_then(|cwd| cwd.canonicalize().ok());
    shown(cwd.as_deref().and_then(|cwd| path.strip_prefix(cwd).ok()).unwrap_or(path))
}

/// A name beside the file that nobody has.
fn free_copy(path: &Path) -> Result<PathBuf, Failure> {
    let free = (1..100).map(|number| paths::copy_name(path, number)).find(|copy| fs::symlink_metadata(copy).is_err());
    free.ok_or_else(|| {
        let failure = Failure::new(Kind::Io, format!("there are too many copies of {} already", shown(path)));
        failure.hint("remove some, or name a file with --output")
    })
}

/// The session with what was being typed as a note, where nobody can go on typing; and that note.
fn with_typing(session: &Session, recovery: &Recovery) -> (Session, Option<Note>) {
    let Some(draft) = &recovery.draft else { return (session.clone(), None) };
    let id = session.fresh_note(&mut clock::random);
    let note = Note::new(id, NoteKind::Quote, draft.text.replace('\n', " "));
    // Only a taken id is refused, and this one is fresh.
    match session.apply(&Edit::Add(Entry::Note(note.clone()))) {
        Ok(session) => (session, Some(note)),
        Err(_) => (session.clone(), None),
    }
}

fn remove(path: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| {
        let reason = source::reason(&error);
        Failure::new(Kind::Io, format!("the recovery journal {} cannot be removed: {reason}", shown(path)))
    })
}
