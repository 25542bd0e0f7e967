//! Carrying out the effects that read and write files.
//!
//! Owns what was last seen in each file, so that a save can tell whether somebody else
//! wrote it. Runs on the worker's thread beside the workbench, or in line in a replay.
//!
//! Refuses: deciding when to save, and asking. Whatever happens is answered with a message.

mod claim;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    beside::{self, BesideError},
    earlier, history,
    lock::Claim,
    models, paths, resume, settings,
    store::{self, Fingerprint, SaveError, StoreError},
    team::{self, Seen},
    tripwires,
};
use crate::{
    app::{
        history::Revision,
        msg::{Compared, Effect, Failure, Listing, Look, Msg, Opened, ReadBeside, Reviewed, SaveFailure, Write},
        outline::Outline,
        pane::review::Base,
    },
    catalog::Promoted,
    format::{beside::Kept, session as format},
    review::{endorsement::last_by, summary::SessionSummary},
    session::{Session, id, limits},
};
use claim::Claimed;

/// Most warnings of a loaded file that are shown.
const MOST_WARNINGS: usize = 12;

/// The files of one run of the program.
#[derive(Debug)]
pub struct Disk {
    /// Where sessions are looked for and made.
    folder: PathBuf,
    today: Date,
    /// Where locks, journals and where people stopped are kept; nowhere in a replay.
    state: Option<PathBuf>,
    /// What was last read from or written to each file.
    seen: BTreeMap<PathBuf, Fingerprint>,
    /// The session that is open.
    open: Option<Claimed>,
    /// What was last read of the team, and for which folder.
    team: Option<(PathBuf, Seen)>,
}

impl Disk {
    /// Files seen from a folder.
    pub fn new(folder: impl Into<PathBuf>, today: Date) -> Self {
        let folder = folder.into();
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        Self { folder, today, state: None, seen: BTreeMap::new(), open: None, team: None }
    }

    /// The same with locks and recovery journals in this folder, where it is kept, too, where people stopped.
    pub fn remembering(mut self, state: Option<PathBuf>) -> Self {
        self.state = state;
        self
    }

    /// Where locks and recovery journals are; nowhere in a replay.
    pub fn journals(&self) -> Option<PathBuf> {
        self.state.as_deref().map(paths::journals)
    }

    /// Carries out an effect and answers. Effects that are not about files are not this module's and answer nothing.
    pub fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Load(path) => vec![Msg::Loaded(self.load(&path).map(Box::new))],
            Effect::Compare(path) => vec![Msg::Compared(self.compare(&path))],
            Effect::ReadTeam { path, look } => self.read_team(path, look).into_iter().collect(),
            Effect::ReadHistory(path) => {
                let before = history::before(&path, self.today).map(Box::new);
                vec![Msg::History { efforts: history::read(&path), before, path }]
            }
            Effect::Promote { path, promoted } => {
                let result = self.promote(&path, &promoted);
                vec![Msg::Promoted { id: promoted.row.id, left: promoted.left.len(), result }]
            }
            Effect::ReadBeside(path) => vec![Msg::Beside(self.beside(&path))],
            Effect::ReadReview { path, by, revision } => {
                vec![Msg::Reviewed(Box::new(self.reviewed(&path, by, revision)))]
            }
            Effect::Comment { path, comment } => {
                let id = comment.id;
                let done = beside::comment(&path, comment).map_err(|error| self.unwritten(&path, &error));
                vec![Msg::Written(done.map(|_| (self.beside(&path), format!("{id} written beside the session"))))]
            }
            Effect::Endorse { path, mut endorsement, code } => {
                endorsement.code = earlier::code(&path, code.iter().map(String::as_str));
                let said = format!("{}: {} {}", endorsement.id, endorsement.who(), endorsement.decision.name());
                let done = beside::endorse(&path, *endorsement).map_err(|error| self.unwritten(&path, &error));
                vec![Msg::Written(done.map(|_| (self.beside(&path), said)))]
            }
            Effect::Peek(path) => vec![Msg::Peeked(self.peek(&path))],
            Effect::ReadModels { path, session } => vec![Msg::Models { models: models::read(&path, &session), path }],
            Effect::TestTripwires { path, session } => {
                vec![Msg::Tripwires { verdicts: tripwires::test(&path, &session), path }]
            }
            Effect::Create { name, session } => vec![Msg::Loaded(self.create(&name, &session).map(Box::new))],
            Effect::Save { path, session, revision, write } => self.save(&path, &session, revision, write),
            Effect::SaveCopy { path, session, revision } => self.save_copy(&path, &session, revision),
            Effect::SaveAs { typed, path: _, session, revision, write } => {
                self.save_as(&typed, &session, revision, write)
            }
            Effect::List => {
                let found = paths::session_files(&self.folder);
                let listing = |path: PathBuf| Listing { shown: self.shown(&path), path, summary: None };
                let left_out = found.left_out();
                vec![Msg::Listed { listings: found.files.into_iter().map(listing).collect(), left_out }]
            }
            Effect::Summarize(path) => vec![Msg::Summarized { summary: self.summary(&path), path }],
            Effect::RememberTheme(name) => {
                if let Some(path) = paths::settings_path() {
                    // A theme that cannot be remembered is still in use; the next start says what is wrong.
                    drop(settings::remember_theme(&path, &name));
                }
                Vec::new()
            }
            Effect::RememberSeen { path, seen } => {
                if let Some(state) = &self.state {
                    resume::remember_seen(state, &path, seen);
                }
                Vec::new()
            }
            Effect::RememberSpot { path, spot } => {
                if let Some(state) = &self.state {
                    resume::remember(state, &path, &spot);
                }
                Vec::new()
            }
            Effect::Journal(_) | Effect::OpenEditor(_) | Effect::Suspend | Effect::Redraw | Effect::Quit => Vec::new(),
        }
    }

    fn load(&mut self, path: &Path) -> Result<Opened, Failure> {
        // One session has one path, however it was named; the browser compares them.
        let path = &self.folder.join(path);
        let claimed = self.claim(path);
        let content =
            store::read(path).map_err(|error| claim::unreadable(claimed.as_ref(), error.to_string(), Vec::new()))?;
        let session = format::decode(&content.bytes).map_err(|diagnostics| {
            let name = self.shown(path);
            let count = diagnostics.len();
            let problems = if count == 1 { "a problem".to_owned() } else { format!("{count} problems") };
            let details = diagnostics.iter().flat_map(|d| {
                std::iter::once(format!("{name}:{d}")).chain(d.hint.iter().map(|hint| format!("    {hint}")))
            });
            let message = format!("{name} has {problems}. It was not changed.");
            claim::unreadable(claimed.as_ref(), message, details.collect())
        })?;
        let mut warnings: Vec<String> = session.problems().iter().map(ToString::to_string).collect();
        if warnings.len() > MOST_WARNINGS {
            let more = warnings.len() - MOST_WARNINGS;
            warnings.truncate(MOST_WARNINGS);
            warnings.push(format!("and {more} more"));
        }
        let read_only = fs::metadata(path).is_ok_and(|m| m.permissions().readonly());
        let read_only = read_only.then(|| "The file is read only: make it writable, or save a copy".to_owned());
        self.seen.insert(path.to_owned(), content.fingerprint);
        let outline = Outline::of(&session);
        let session = Arc::new(session);
        let mut opened = Opened {
            path: path.to_owned(),
            shown: self.shown(path),
            session,
            outline,
            warnings,
            read_only,
            spot: self.state.as_ref().and_then(|state| resume::recall(state, path)),
            locked: None,
            notice: None,
            recovery: None,
        };
        if let Some(claimed) = claimed {
            self.claimed(claimed, &mut opened);
        }
        Ok(opened)
    }

    /// What was left beside a session; one file that cannot be read takes nothing away from the other.
    fn beside(&self, session: &Path) -> ReadBeside {
        let mut read = ReadBeside::default();
        match beside::endorsements(session) {
            Ok(endorsements) => read.beside.endorsements = endorsements,
            Err(error) => read.unread.push((Kept::Signoff, self.unread(session, Kept::Signoff, &error))),
        }
        match beside::comments(session) {
            Ok(comments) => read.beside.comments = comments,
            Err(error) => read.unread.push((Kept::Comments, self.unread(session, Kept::Comments, &error))),
        }
        read
    }

    /// `the comments cannot be read: shop.comments.ron:3:1: ...`, and what to do about it.
    fn unread(&self, session: &Path, kept: Kept, error: &BesideError) -> String {
        let why = match error {
            BesideError::Broken(path, found) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let first = found.first().map(ToString::to_string).unwrap_or_default();
                let hint = found.first().and_then(|first| first.hint.as_deref());
                format!("{name}:{first}{}", hint.map_or_else(String::new, |hint| format!(" ({hint})")))
            }
            _ => self.unwritten(session, error),
        };
        format!("the {} cannot be read: {why}", kept.entries())
    }

    /// Why something beside a session cannot be read or written, with files called as people know them.
    fn unwritten(&self, session: &Path, error: &BesideError) -> String {
        let folder = session.parent().unwrap_or(&self.folder);
        let inside = format!("{}/", folder.display());
        error.to_string().replace(&inside, "")
    }

    /// What there is to review: what was left beside the session, and what to compare it with.
    fn reviewed(&self, session: &Path, by: String, revision: Option<String>) -> Reviewed {
        let by = if by.trim().is_empty() { earlier::known_as(session).unwrap_or_default() } else { by };
        let beside = self.beside(session);
        let last = last_by(&beside.beside.endorsements, &by);
        let unknown = beside.unread.iter().any(|(kept, _)| *kept == Kept::Signoff);
        let base = match (revision, last) {
            (Some(name), _) => match earlier::version(session, &name) {
                Ok(before) => Base::Revision(name, Arc::new(before)),
                Err(error) => Base::Unreadable(error.to_string()),
            },
            (None, _) if unknown => Base::Unreadable("it is not known what you signed last".to_owned()),
            (None, None) => Base::Nothing,
            (None, Some(last)) => match earlier::endorsed(session, last) {
                Some(before) => Base::Endorsed(last.id, Arc::new(before)),
                None => Base::Lost(last.id),
            },
        };
        // Outside of a repository there are none to choose from.
        let revisions = earlier::revisions(session).unwrap_or_default();
        let seen = self.state.as_ref().map(|state| resume::seen(state, session)).unwrap_or_default();
        Reviewed { by, beside, base, revisions, seen }
    }

    /// Adds a row to the first catalogue file that the team names, else to the team's own file.
    fn promote(&self, session: &Path, promoted: &Promoted) -> Result<String, String> {
        let found = team::read(session.parent().unwrap_or(&self.folder));
        let Some(own) = &found.path else {
            return Err(format!(
                "there is no {} here; `strideboard catalog promote --to FILE` makes a file",
                team::NAME
            ));
        };
        if let Some(first) = found.sentences(&self.folder).first() {
            return Err(format!("the team's file has to be mended first: {first}"));
        }
        let path = found.catalogues.first().unwrap_or(own);
        team::add(path, &promoted.row).map_err(|error| format!("{}: {error}", self.shown(path)))?;
        Ok(self.shown(path))
    }

    /// What the team keeps for a session or for new ones; nothing when it was to be looked at again and is what it was.
    fn read_team(&mut self, path: Option<PathBuf>, look: Look) -> Option<Msg> {
        let folder = match &path {
            Some(path) => path.parent().unwrap_or(&self.folder).to_owned(),
            None => self.folder_of_new(),
        };
        let known = self.team.as_ref().filter(|(known, _)| *known == folder);
        if look == Look::Again && known.is_some_and(|(_, seen)| seen.still_holds(&folder)) {
            return None;
        }
        let found = team::read(&folder);
        if path.is_some() {
            // Parsed here, on the worker's thread, and not with the first cell that is shown.
            found.team.catalogue();
        }
        let problems = found.sentences(&self.folder);
        self.team = Some((folder, found.seen));
        Some(Msg::Team { path, team: found.team, problems, look })
    }

    /// Where new sessions are made.
    fn folder_of_new(&self) -> PathBuf {
        let inner = self.folder.join(paths::FOLDER);
        if inner.is_dir() { inner } else { self.folder.clone() }
    }

    fn compare(&self, path: &Path) -> Compared {
        match store::read(path) {
            Ok(content) if self.seen.get(path) == Some(&content.fingerprint) => Compared::Same,
            _ => self.peek(path).map_or_else(Compared::Lost, |_| Compared::Changed),
        }
    }

    /// The session in a file, or why there is none.
    fn peek(&self, path: &Path) -> Result<Arc<Session>, String> {
        let shown = self.shown(path);
        let content = store::read(path).map_err(|error| match error {
            StoreError::NotFound { .. } => {
                format!("{shown} does not exist any more; perhaps another branch was checked out.")
            }
            error => format!("{}.", error.to_string().replace(&path.display().to_string(), &shown)),
        })?;
        let session = format::decode(&content.bytes).map_err(|diagnostics| {
            let first = diagnostics.first().map_or(String::new(), ToString::to_string);
            format!("What is in {shown} now is no session: {first}.")
        })?;
        Ok(Arc::new(session))
    }

    fn create(&mut self, name: &str, session: &Session) -> Result<Opened, Failure> {
        let path = self.folder_of_new().join(format!("{}{}", id::slug(name), paths::SUFFIX));
        let bytes = format::encode(session);
        match store::save(&path, bytes.as_bytes(), None) {
            Ok(_) => self.load(&path),
            Err(error) => Err(Failure { message: error.to_string(), details: Vec::new() }),
        }
    }

    fn save(&mut self, path: &Path, session: &Session, revision: Revision, write: Write) -> Vec<Msg> {
        let expected = match write {
            Write::Expecting => self.seen.get(path).copied(),
            Write::Over => store::read(path).ok().map(|content| content.fingerprint),
        };
        let result = self.write(path, session, expected.as_ref());
        vec![Msg::Saved {
            revision,
            result: result.and_then(|saved| saved.map_err(|error| self.failure(path, &error))),
        }]
    }

    fn write(
        &mut self,
        path: &Path,
        session: &Session,
        expected: Option<&Fingerprint>,
    ) -> Result<Result<(), SaveError>, SaveFailure> {
        let saved = store::save(path, &encode(session)?, expected);
        if let Ok(fingerprint) | Err(SaveError::NotDurable { fingerprint, .. }) = saved {
            self.seen.insert(path.to_owned(), fingerprint);
        }
        Ok(saved.map(drop))
    }

    /// Saves under the name a person typed: seen from the folder, with the usual ending unless another was typed.
    fn save_as(&mut self, typed: &str, session: &Session, revision: Revision, write: Write) -> Vec<Msg> {
        let mut path = self.folder.join(typed.trim());
        if path.extension().is_none() {
            path.as_mut_os_string().push(paths::SUFFIX);
        }
        let there = match write {
            Write::Expecting => None,
            Write::Over => store::read(&path).ok().map(|content| content.fingerprint),
        };
        let shown = self.shown(&path);
        let elsewhere = |reason| SaveFailure::Elsewhere { typed: typed.to_owned(), reason };
        if self.folder.join(typed.trim()).is_dir() {
            let reason = format!("{} is a folder: write a name behind it, like {0}/session", typed.trim());
            return vec![Msg::Saved { revision, result: Err(elsewhere(reason)) }];
        }
        let claimed = self.claim(&path);
        if let Some(Claimed { claim: Some(Claim::Theirs(holder)), .. }) = &claimed {
            let reason = format!("{shown} is open in another strideboard: {holder}");
            return vec![Msg::Saved { revision, result: Err(elsewhere(reason)) }];
        }
        let failure = match self.write(&path, session, there.as_ref()) {
            Ok(Ok(())) => {
                self.move_to(claimed);
                return vec![Msg::Moved { path, shown }, Msg::Saved { revision, result: Ok(()) }];
            }
            Ok(Err(SaveError::Exists { .. })) => SaveFailure::Taken { typed: typed.to_owned(), shown },
            Ok(Err(error)) => match self.failure(&path, &error) {
                SaveFailure::Changed(reason) | SaveFailure::Refused(reason) => elsewhere(reason),
                other => other,
            },
            Err(failure) => failure,
        };
        vec![Msg::Saved { revision, result: Err(failure) }]
    }

    fn save_copy(&mut self, path: &Path, session: &Session, revision: Revision) -> Vec<Msg> {
        let bytes = match encode(session) {
            Ok(bytes) => bytes,
            Err(failure) => return vec![Msg::Saved { revision, result: Err(failure) }],
        };
        let mut last = "there are too many copies beside it already; remove some".to_owned();
        for number in 1..100 {
            let copy = paths::copy_name(path, number);
            match store::save(&copy, &bytes, None) {
                Ok(fingerprint) => {
                    let shown = self.shown(&copy);
                    self.seen.insert(copy.clone(), fingerprint);
                    let claimed = self.claim(&copy);
                    self.move_to(claimed);
                    return vec![Msg::Moved { path: copy, shown }, Msg::Saved { revision, result: Ok(()) }];
                }
                Err(SaveError::Exists { .. }) => {}
                Err(error) => {
                    last = error.to_string();
                    break;
                }
            }
        }
        vec![Msg::Saved { revision, result: Err(SaveFailure::Refused(last)) }]
    }

    fn summary(&self, path: &Path) -> Result<SessionSummary, String> {
        let content = store::read(path).map_err(|error| error.to_string())?;
        let session = format::decode(&content.bytes)
            .map_err(|diagnostics| diagnostics.first().map_or(String::new(), ToString::to_string))?;
        Ok(SessionSummary::of(&session, Some(self.today)))
    }

    /// Why a save did not happen, with the file called as people know it.
    fn failure(&self, path: &Path, error: &SaveError) -> SaveFailure {
        let words = error.to_string().replace(&path.display().to_string(), &self.shown(path));
        match error {
            SaveError::ChangedUnderneath { .. } => SaveFailure::Changed(format!(
                "{} was changed by another program since it was read, so it was not overwritten.",
                self.shown(path)
            )),
            SaveError::Vanished { .. } | SaveError::Exists { .. } => SaveFailure::Changed(words),
            _ => SaveFailure::Refused(words),
        }
    }

    /// The path as people know it: from the folder they are in.
    pub(super) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.folder).unwrap_or(path).display().to_string()
    }
}

/// The bytes of a session, read back and compared before they may replace a file.
fn encode(session: &Session) -> Result<Vec<u8>, SaveFailure> {
    let bytes = format::encode(session).into_bytes();
    if bytes.len() > limits::FILE {
        let most = limits::FILE >> 20;
        return Err(SaveFailure::Refused(format!(
            "the session is larger than {most} MiB, the most a file can have; take something out of it and save again"
        )));
    }
    match format::decode(&bytes) {
        Ok(again) if again == *session => Ok(bytes),
        _ => Err(SaveFailure::Refused(
            "what would be written does not read back the same, so the file was left alone; please report this"
                .to_owned(),
        )),
    }
}
