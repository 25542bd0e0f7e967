//! The calls by which files are changed, one method each.
//!
//! A save and a journal are made of these, in an order on which it depends what a crash leaves. They are a trait so that
//! tests can fail every single one, or end the process before and after it. Refuses: any order.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use tempfile::{Builder, NamedTempFile, PersistError};

/// A disk that can be written.
pub trait Volume: fmt::Debug + Send + Sync {
    /// Makes a file with a name nobody has.
    fn temporary(&self, builder: &Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
        builder.tempfile_in(folder)
    }

    /// Makes a private file; fails if there is one.
    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    /// Writes at the end.
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Cuts a file, and writes there next.
    fn cut(&self, mut file: &File, length: u64) -> io::Result<()> {
        file.set_len(length)?;
        io::Seek::seek(&mut file, io::SeekFrom::Start(length)).map(drop)
    }

    /// Waits until the content survives a power cut.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Gives a file the name of another, which it replaces.
    fn replace(&self, file: NamedTempFile, path: &Path) -> Result<File, PersistError> {
        file.persist(path)
    }

    /// Gives a file a name that is free.
    fn put_new(&self, file: NamedTempFile, path: &Path) -> Result<File, PersistError> {
        file.persist_noclobber(path)
    }

    /// Waits until the names in a folder survive a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// The real one.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Volume for System {}
