//! Carrying out the effects that read and write files.
//!
//! Owns what was last seen in each file, so that a save can tell whether somebody else
//! wrote it. Runs on the worker's thread beside the workbench, or in line in a replay.
//!
//! Refuses: deciding when to save, and asking. Whatever happens is answered with a message.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    paths, resume, settings,
    store::{self, Fingerprint, SaveError},
};
use crate::{
    app::{
        history::Revision,
        msg::{Effect, Failure, Listing, Msg, Opened, SaveFailure, Write},
        outline::Outline,
    },
    format::session as format,
    review::summary::SessionSummary,
    session::{Session, id, limits},
};

/// Most warnings of a loaded file that are shown.
const MOST_WARNINGS: usize = 12;

/// The files of one run of the program.
#[derive(Debug)]
pub struct Disk {
    /// Where sessions are looked for and made.
    folder: PathBuf,
    today: Date,
    /// Where it is kept where people stopped; nowhere in a replay.
    state: Option<PathBuf>,
    /// What was last read from or written to each file.
    seen: BTreeMap<PathBuf, Fingerprint>,
}

impl Disk {
    /// Files seen from a folder.
    pub fn new(folder: impl Into<PathBuf>, today: Date) -> Self {
        let folder = folder.into();
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        Self { folder, today, state: None, seen: BTreeMap::new() }
    }

    /// The same, remembering in this folder where people stopped.
    pub fn remembering(mut self, state: Option<PathBuf>) -> Self {
        self.state = state;
        self
    }

    /// Carries out an effect and answers. Effects that are not about files are not this module's and answer nothing.
    pub fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Load(path) => vec![Msg::Loaded(self.load(&path).map(Box::new))],
            Effect::Compare(path) => self.compare(&path),
            Effect::Create { name } => vec![Msg::Loaded(self.create(&name).map(Box::new))],
            Effect::Save { path, session, revision, write } => self.save(&path, &session, revision, write),
            Effect::SaveCopy { path, session, revision } => self.save_copy(&path, &session, revision),
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
            Effect::RememberSpot { path, spot } => {
                if let Some(state) = &self.state {
                    resume::remember(state, &path, &spot);
                }
                Vec::new()
            }
            Effect::OpenEditor(_) | Effect::Suspend | Effect::Redraw | Effect::Quit => Vec::new(),
        }
    }

    fn load(&mut self, path: &Path) -> Result<Opened, Failure> {
        // One session has one path, however it was named; the browser compares them.
        let path = &self.folder.join(path);
        let plain = |message: String| Failure { message, details: Vec::new() };
        let content = store::read(path).map_err(|error| plain(error.to_string()))?;
        let session = format::decode(&content.bytes).map_err(|diagnostics| {
            let name = self.shown(path);
            let count = diagnostics.len();
            let problems = if count == 1 { "a problem".to_owned() } else { format!("{count} problems") };
            let details = diagnostics.iter().flat_map(|d| {
                std::iter::once(format!("{name}:{d}")).chain(d.hint.iter().map(|hint| format!("    {hint}")))
            });
            Failure { message: format!("{name} has {problems}. It was not changed."), details: details.collect() }
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
        Ok(Opened {
            path: path.to_owned(),
            shown: self.shown(path),
            session: Arc::new(session),
            outline,
            warnings,
            read_only,
            spot: self.state.as_ref().and_then(|state| resume::recall(state, path)),
        })
    }

    fn compare(&self, path: &Path) -> Vec<Msg> {
        let gone = match store::read(path) {
            Ok(content) if self.seen.get(path) == Some(&content.fingerprint) => return Vec::new(),
            Ok(_) => None,
            Err(error) => Some(error.to_string().replace(&path.display().to_string(), &self.shown(path))),
        };
        vec![Msg::FileDiffers { gone }]
    }

    fn create(&mut self, name: &str) -> Result<Opened, Failure> {
        let inner = self.folder.join(paths::FOLDER);
        let folder = if inner.is_dir() { inner } else { self.folder.clone() };
        let path = folder.join(format!("{}{}", id::slug(name), paths::SUFFIX));
        let bytes = format::encode(&Session::new(name.trim()));
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
        let saved = encode(session).map(|bytes| store::save(path, &bytes, expected.as_ref()));
        if let Ok(Ok(fingerprint) | Err(SaveError::NotDurable { fingerprint, .. })) = saved {
            self.seen.insert(path.to_owned(), fingerprint);
        }
        let result = saved.and_then(|saved| saved.map(|_| ()).map_err(|error| self.failure(path, &error)));
        vec![Msg::Saved { revision, result }]
    }

    fn save_copy(&mut self, path: &Path, session: &Session, revision: Revision) -> Vec<Msg> {
        let bytes = match encode(session) {
            Ok(bytes) => bytes,
            Err(failure) => return vec![Msg::Saved { revision, result: Err(failure) }],
        };
        let mut last = "there are too many copies beside it already; remove some".to_owned();
        for number in 1..100 {
            let copy = copy_name(path, number);
            match store::save(&copy, &bytes, None) {
                Ok(fingerprint) => {
                    let shown = self.shown(&copy);
                    self.seen.insert(copy.clone(), fingerprint);
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

/// `sign-in.tm.ron` -> `sign-in-copy.tm.ron`, then `sign-in-copy-2.tm.ron`.
fn copy_name(path: &Path, number: u32) -> PathBuf {
    let name = path.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let (stem, suffix) = match name.split_once('.') {
        Some((stem, rest)) => (stem.to_owned(), format!(".{rest}")),
        None => (name, paths::SUFFIX.to_owned()),
    };
    let count = if number == 1 { String::new() } else { format!("-{number}") };
    path.with_file_name(format!("{stem}-copy{count}{suffix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stands_beside_the_original() {
        let name = |n| copy_name(Path::new("a/sign-in.tm.ron"), n).display().to_string();
        assert_eq!((name(1), name(2)), ("a/sign-in-copy.tm.ron".into(), "a/sign-in-copy-2.tm.ron".into()));
    }
}
