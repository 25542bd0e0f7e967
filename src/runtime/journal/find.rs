//! Which journal belongs to which session, and what earlier runs left.
//!
//! Owns the names: the session's name for people, and a fingerprint of its real path, so that every way to a file leads
//! to one journal and one lock. Refuses: judging what a journal holds.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    format::journal::{self, Journal, Unreadable},
    runtime::{
        lock, paths,
        store::{self, Fingerprint},
    },
    session::id,
};

const JOURNAL: &str = "journal";
const LOCK: &str = "lock";
/// The session at the beginning, and steps until it is begun anew.
const LONGEST: usize = 128 << 20;

/// Where journal and lock of a session file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The session's real path.
    pub session: PathBuf,
    /// Its journal, which may not exist.
    pub journal: PathBuf,
    /// Its lock, which may not exist.
    pub lock: PathBuf,
}

impl Place {
    /// The place for a session file, in this folder.
    pub fn of(folder: &Path, session: &Path) -> Self {
        let session = real(session);
        let name = session.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(paths::SUFFIX).unwrap_or(&name);
        let fingerprint = Fingerprint::of(session.as_os_str().as_encoded_bytes()).to_string();
        let base = format!("{}-{}", id::slug(stem), &fingerprint[..16]);
        let file = |suffix: &str| folder.join(format!("{base}.{suffix}"));
        Self { journal: file(JOURNAL), lock: file(LOCK), session }
    }
}

/// The real path; of a file that is gone, the one it would have.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize().unwrap_or_else(|_| {
        let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
        folder.zip(path.file_name()).map_or(path.clone(), |(folder, name)| folder.join(name))
    })
}

/// A journal that was found.
#[derive(Debug)]
pub struct Found {
    /// Its file.
    pub path: PathBuf,
    /// What it says, or why it cannot be read.
    pub content: Result<Journal, String>,
    /// Somebody has the session open now.
    pub is_open: bool,
}

/// What an earlier run left for a session; a journal that was never begun is removed, nothing stands in it.
pub fn find(path: &Path) -> Option<Result<Journal, String>> {
    if fs::symlink_metadata(path).is_err() {
        return None;
    }
    match read(path) {
        Ok(Err(Unreadable::NeverBegun)) => {
            drop(fs::remove_file(path));
            None
        }
        Ok(Err(error)) => Some(Err(error.to_string())),
        Ok(Ok(journal)) => Some(Ok(journal)),
        Err(error) => Some(Err(error)),
    }
}

fn read(path: &Path) -> Result<Result<Journal, Unreadable>, String> {
    let content = store::read_within(path, LONGEST).map_err(|error| error.to_string())?;
    Ok(journal::decode(&content.bytes))
}

/// Every journal in a folder, in the order of their names.
pub fn all(folder: &Path) -> Vec<Found> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == JOURNAL))
        .collect();
    paths.sort();
    let found = paths.into_iter().map(|path| {
        let is_open = lock::is_held(&path.with_extension(LOCK));
        let content = read(&path).and_then(|read| read.map_err(|error| error.to_string()));
        Found { path, content, is_open }
    });
    found.collect()
}

/// Keeps a journal that cannot be read to its end under a name of its content, too; says which.
///
/// It stays what it is: a journal in its place is a new file.
pub fn keep_aside(path: &Path) -> io::Result<PathBuf> {
    let fingerprint = Fingerprint::of(&fs::read(path)?).to_string();
    let aside = path.with_extension(format!("kept-{}", &fingerprint[..8]));
    if fs::symlink_metadata(&aside).is_err() {
        // Needs no room on the disk.
        fs::hard_link(path, &aside).or_else(|_| fs::copy(path, &aside).map(drop))?;
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn every_way_to_a_file_leads_to_one_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.tm.ron");
        fs::write(&file, "").unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        std::os::unix::fs::symlink(&file, folder.path().join("link.tm.ron")).unwrap();
        let place = |path: &str| Place::of(Path::new("/state"), &folder.path().join(path));
        assert_eq!(place("a.tm.ron"), place("sub/../link.tm.ron"));
        assert_ne!(place("a.tm.ron"), place("b.tm.ron"));
        let name = place("a.tm.ron").journal.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("a-") && name.ends_with(".journal"), "{name}");
        // A file that is gone still has the place it had.
        let before = place("a.tm.ron");
        fs::remove_file(&file).unwrap();
        assert_eq!(place("a.tm.ron"), before);
    }

    #[test]
    fn what_is_kept_aside_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a-1.journal");
        let mut kept = Vec::new();
        for content in ["one", "two", "one"] {
            fs::write(&path, content).unwrap();
            kept.push(keep_aside(&path).unwrap());
            // A new journal is a new file.
            fs::remove_file(&path).unwrap();
        }
        assert_eq!(
            kept.iter().map(|path| fs::read_to_string(path).unwrap()).collect::<Vec<_>>(),
            ["one", "two", "one"]
        );
    }
}
