//! Writing one journal: begun with the first step, cut back after a failed write, replaced as a whole, removed.
//!
//! A journal that an earlier run left is replaced by a rename once something new has to be written: at every moment the
//! name leads to one of the two. After a failure the next step is written as a whole session, so that there is never a
//! gap. Refuses: threads, and waiting for the disk to confirm; what has to be confirmed is handed back.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tempfile::{Builder, NamedTempFile};

use super::{Place, set_current};
use crate::{
    app::msg::Order,
    format::journal::{self, Draft, Step, Trail},
    runtime::store::{self, System, Volume},
    session::Session,
};

/// From this size on the first record is on disk before it is needed, and stays there while the session is open.
const LARGE: usize = 256 * 1024;

/// How old a file that nothing leads to has to be before it is removed: nobody is still writing it.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

const PREFIX: &str = ".journal.";
const SUFFIX: &str = ".tmp";

/// A journal that grew by more begins anew with the session as it is. Grew, not is: the session alone may be as large.
const MOST_GROWTH: u64 = 16 * 1024 * 1024;

/// Writes the journals in one folder, one at a time.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    volume: Arc<dyn Volume>,
    current: Option<Current>,
}

/// The journal of the session that is open.
#[derive(Debug)]
struct Current {
    place: Place,
    base: Arc<Session>,
    /// The first record, made while there is time.
    head: Option<Vec<u8>>,
    /// A file that holds the first record and waits for its name.
    ready: Option<NamedTempFile>,
    open: Option<Open>,
    /// The session after the last step, as long as something is not saved.
    after: Option<Arc<Session>>,
    /// What undo and redo can refer to in what is on disk.
    trail: Trail,
    /// A write failed: what follows does not fit what is on disk.
    gap: bool,
    /// What is being typed.
    draft: Option<Draft>,
    /// Whether that has to be written.
    draft_waits: bool,
}

/// A file that is written to.
#[derive(Debug)]
struct Open {
    file: File,
    length: u64,
    /// Its length when it was begun.
    begun: u64,
}

/// What the disk has to confirm.
#[derive(Debug)]
pub struct Unconfirmed {
    /// The file.
    pub file: File,
    /// The folder, when its name in there is new.
    pub folder: Option<PathBuf>,
}

impl Writer {
    /// A writer for journals in this folder, which is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self::on(Arc::new(System), folder)
    }

    /// The same on a disk that may be made to fail.
    pub fn on(volume: Arc<dyn Volume>, folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), volume, current: None }
    }

    /// What went wrong, in a sentence.
    pub fn explain(&self, error: &io::Error) -> String {
        format!("The recovery journal in {} cannot be written: {}.", self.folder.display(), store::reason(error))
    }

    /// Does what is ordered. A draft only waits to be written ([`Self::write_draft`]).
    pub fn take(&mut self, order: Order) -> io::Result<Option<Unconfirmed>> {
        if let Order::Open { path, base } = order {
            let place = Place::of(&self.folder, &path);
            self.leave();
            sweep(&self.folder);
            self.current = Some(Current::new(place, base));
            set_current(None);
            return Ok(None);
        }
        let Some(current) = &mut self.current else { return Ok(None) };
        match order {
            Order::Open { .. } => Ok(None),
            Order::Rest { base } => {
                let same = Arc::ptr_eq(&current.base, &base);
                current.trail = Trail::default();
                if same && current.draft.is_none() && current.back_to_its_beginning(&*self.volume) {
                    return Ok(None);
                }
                if !same {
                    (current.base, current.head, current.ready) = (base, None, None);
                }
                (current.after, current.gap) = (None, false);
                if current.draft.is_some() && current.open.is_some() {
                    current.draft_waits = false;
                    return current.replace(&self.folder, &*self.volume).map(Some);
                }
                current.remove(&*self.volume).map(|()| None)
            }
            Order::Steps { steps, after } => {
                let bytes = current.trail.encode(&steps, &after);
                current.after = Some(after);
                current.append(&self.folder, &*self.volume, &bytes).map(Some)
            }
            Order::Draft(draft) => {
                current.draft_waits = draft.is_some();
                let ended = draft.is_none() && current.draft.is_some();
                current.draft = draft;
                match (&current.open, &current.after) {
                    (None, _) => Ok(None),
                    (Some(_), None) if ended => current.remove(&*self.volume).map(|()| None),
                    (Some(_), _) if ended => {
                        current.append(&self.folder, &*self.volume, &Draft::encode(None)).map(Some)
                    }
                    _ => Ok(None),
                }
            }
            Order::Discard => {
                (current.after, current.gap, current.open) = (None, false, None);
                current.trail = Trail::default();
                set_current(None);
                gone(self.volume.remove(&current.place.journal))
            }
        }
    }

    /// Whether a text that is being typed is not on disk yet.
    pub fn draft_waits(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.draft_waits)
    }

    /// Writes what is being typed.
    pub fn write_draft(&mut self) -> io::Result<Option<Unconfirmed>> {
        let Some(current) = self.current.as_mut().filter(|current| current.draft_waits) else { return Ok(None) };
        current.draft_waits = false;
        let bytes = Draft::encode(current.draft.as_ref());
        current.append(&self.folder, &*self.volume, &bytes).map(Some)
    }

    /// Makes ready what the next journal begins with.
    pub fn prepare(&mut self) {
        if let Some(current) = &mut self.current {
            // Without it the first step takes longer, and says what is wrong.
            drop(current.prepare(&self.folder, &*self.volume));
        }
    }

    /// Removes a journal that only waited for steps.
    fn leave(&mut self) {
        if let Some(mut current) = self.current.take()
            && current.after.is_none()
            && current.draft.is_none()
        {
            drop(current.remove(&*self.volume));
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Current {
    fn new(place: Place, base: Arc<Session>) -> Self {
        let (head, ready, open, after, draft) = Default::default();
        Self { place, base, head, ready, open, after, trail: Trail::default(), gap: false, draft, draft_waits: false }
    }

    /// Makes the first record, and for a large session writes it to a file that has no name yet.
    fn prepare(&mut self, folder: &Path, volume: &dyn Volume) -> io::Result<()> {
        if self.head().len() < LARGE || self.open.is_some() || self.ready.is_some() || self.gap {
            return Ok(());
        }
        private_folder(folder)?;
        let temporary = volume.temporary(Builder::new().prefix(PREFIX).suffix(SUFFIX), folder)?;
        volume.write(temporary.as_file(), self.head())?;
        self.ready = Some(temporary);
        Ok(())
    }

    /// Takes every step out of the journal of a large session and keeps the rest of it, which is worth keeping; says
    /// whether that is all there is to do.
    fn back_to_its_beginning(&mut self, volume: &dyn Volume) -> bool {
        let head = self.head().len();
        let Some(open) = self.open.as_mut().filter(|_| head >= LARGE && !self.gap) else { return false };
        if volume.cut(&open.file, head as u64).is_err() {
            return false;
        }
        (open.length, open.begun) = (head as u64, head as u64);
        self.after = None;
        set_current(None);
        true
    }

    fn head(&mut self) -> &[u8] {
        let (session, base) = (&self.place.session, &self.base);
        self.head.get_or_insert_with(|| journal::begin(&session.to_string_lossy(), base))
    }

    /// Writes records at the end, beginning the journal if need be.
    fn append(&mut self, folder: &Path, volume: &dyn Volume, bytes: &[u8]) -> io::Result<Unconfirmed> {
        if self.gap || self.open.as_ref().is_some_and(|open| open.length - open.begun > MOST_GROWTH) {
            return self.replace(folder, volume);
        }
        let Some(open) = &mut self.open else { return self.begin(folder, volume, bytes) };
        match volume.write(&open.file, bytes) {
            Ok(()) => {
                open.length += bytes.len() as u64;
                Ok(Unconfirmed { file: open.file.try_clone()?, folder: None })
            }
            Err(error) => {
                self.gap = true;
                // Half a record would be recognised too; without it the file is as it was.
                drop(volume.cut(&open.file, open.length));
                Err(error)
            }
        }
    }

    fn begin(&mut self, folder: &Path, volume: &dyn Volume, bytes: &[u8]) -> io::Result<Unconfirmed> {
        if let Some(ready) = self.ready.take() {
            return self.begin_with(ready, folder, volume, bytes);
        }
        let begun = private_folder(folder).and_then(|()| volume.create(&self.place.journal));
        let file = match begun {
            Ok(file) => file,
            // What an earlier run left has been taken over into what is written now.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return self.replace(folder, volume),
            Err(error) => {
                self.gap = true;
                return Err(error);
            }
        };
        let whole = [self.head(), bytes].concat();
        if let Err(error) = volume.write(&file, &whole) {
            self.gap = true;
            drop(volume.remove(&self.place.journal));
            return Err(error);
        }
        self.opened(folder, file, whole.len())
    }

    /// The same with a file that holds the first record already.
    fn begin_with(
        &mut self,
        ready: NamedTempFile,
        folder: &Path,
        volume: &dyn Volume,
        bytes: &[u8],
    ) -> io::Result<Unconfirmed> {
        let length = self.head().len() + bytes.len();
        let written = volume.write(ready.as_file(), bytes);
        match written.and_then(|()| volume.put_new(ready, &self.place.journal).map_err(|error| error.error)) {
            Ok(file) => self.opened(folder, file, length),
            // What an earlier run left has been taken over into what is written now.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.replace(folder, volume),
            Err(error) => {
                self.gap = true;
                Err(error)
            }
        }
    }

    /// Writes a whole new journal in the place of the one that is there: where everything led, and what is being typed.
    fn replace(&mut self, folder: &Path, volume: &dyn Volume) -> io::Result<Unconfirmed> {
        self.gap = true;
        private_folder(folder)?;
        let mut bytes = self.head().to_vec();
        if let Some(after) = &self.after {
            bytes.extend(Step::Whole(after.clone()).encode());
        }
        if self.draft.is_some() {
            bytes.extend(Draft::encode(self.draft.as_ref()));
        }
        let temporary = volume.temporary(Builder::new().prefix(PREFIX).suffix(SUFFIX), folder)?;
        volume.write(temporary.as_file(), &bytes)?;
        // Before the rename: after a power cut the name must not lead to less than before.
        volume.sync(temporary.as_file())?;
        let file = volume.replace(temporary, &self.place.journal).map_err(|error| error.error)?;
        self.gap = false;
        self.trail = Trail::default();
        self.opened(folder, file, bytes.len())
    }

    fn opened(&mut self, folder: &Path, file: File, length: usize) -> io::Result<Unconfirmed> {
        let unconfirmed = Unconfirmed { file: file.try_clone()?, folder: Some(folder.to_owned()) };
        self.open = Some(Open { file, length: length as u64, begun: length as u64 });
        set_current(Some(self.place.journal.clone()));
        Ok(unconfirmed)
    }

    /// Removes the journal if this run wrote it; one that an earlier run left stays until somebody decides.
    fn remove(&mut self, volume: &dyn Volume) -> io::Result<()> {
        set_current(None);
        match self.open.take() {
            Some(_) => gone(volume.remove(&self.place.journal)).map(drop),
            None => Ok(()),
        }
    }
}

/// Removes files that a run which was killed left without a name.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let unnamed = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if unnamed && age().is_some_and(|age| age > STALE) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

fn gone(removed: io::Result<()>) -> io::Result<Option<Unconfirmed>> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

/// Makes the folder, for this user alone.
pub(in crate::runtime) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
