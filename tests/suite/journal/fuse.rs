//! A disk on which one call fails, or is the last thing the process does.

use std::{
    fs::File,
    io::{self, ErrorKind},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use strideboard::runtime::store::{System, Volume};
use tempfile::{Builder, NamedTempFile, PersistError};

/// What happens at the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Burn {
    /// It fails; later ones do not.
    Once(ErrorKind),
    /// It and all later ones fail.
    FromThen(ErrorKind),
    /// Half of what was to be written is written before it fails.
    Half(ErrorKind),
    /// The process ends right before it.
    EndBefore,
    /// The process ends right after it.
    EndAfter,
}

/// The real disk up to a call.
#[derive(Debug)]
pub(super) struct Fuse {
    calls: AtomicUsize,
    at: usize,
    burn: Burn,
}

impl Fuse {
    pub(super) fn new(at: usize, burn: Burn) -> Self {
        Self { calls: AtomicUsize::new(0), at, burn }
    }

    /// How many calls there were.
    pub(super) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn call<T>(&self, call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst);
        match self.burn {
            Burn::Once(kind) | Burn::Half(kind) if number == self.at => Err(kind.into()),
            Burn::FromThen(kind) if number >= self.at => Err(kind.into()),
            Burn::EndBefore if number == self.at => std::process::abort(),
            Burn::EndAfter if number == self.at => {
                drop(call());
                std::process::abort()
            }
            _ => call(),
        }
    }
}

impl Volume for Fuse {
    fn temporary(&self, builder: &Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
        self.call(|| System.temporary(builder, folder))
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.call(|| System.create(path))
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        let half = matches!(self.burn, Burn::Half(_)) && self.calls() == self.at;
        if half {
            System.write(file, &bytes[..bytes.len() / 2])?;
        }
        self.call(|| System.write(file, bytes))
    }

    fn cut(&self, file: &File, length: u64) -> io::Result<()> {
        self.call(|| System.cut(file, length))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.call(|| System.sync(file))
    }

    fn replace(&self, file: NamedTempFile, path: &Path) -> Result<File, PersistError> {
        self.named(file, |file| System.replace(file, path))
    }

    fn put_new(&self, file: NamedTempFile, path: &Path) -> Result<File, PersistError> {
        self.named(file, |file| System.put_new(file, path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|| System.sync_folder(folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(|| System.remove(path))
    }
}

impl Fuse {
    fn named(
        &self,
        file: NamedTempFile,
        name: impl FnOnce(NamedTempFile) -> Result<File, PersistError>,
    ) -> Result<File, PersistError> {
        let mut file = Some(file);
        let mut named = None;
        // A call that is not made leaves the file where it was.
        match self.call(|| {
            named = file.take().map(name);
            Ok(())
        }) {
            Ok(()) => named.expect("the call was made"),
            Err(error) => Err(PersistError { error, file: file.expect("the call was not made") }),
        }
    }
}
