//! The lines about sessions, and what lies beside them, in an attributes file.
//!
//! Refuses: touching any other line.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use super::{Where, lines, own_path};
use crate::{
    cli::Failure,
    format::beside::Kept,
    runtime::{
        beside::named,
        git::Repository,
        store::{self, StoreError},
    },
};

/// Most bytes of an attributes file.
const MOST: usize = 1 << 20;

/// A session that need not exist, to ask what git would do with one.
pub(super) const ANY: &str = "any.tm.ron";

pub(super) fn path(repository: &Repository, place: Where) -> Result<PathBuf, Failure> {
    match place {
        Where::Tracked => Ok(repository.top().join(".gitattributes")),
        Where::Info => own_path(repository, "info/attributes"),
    }
}

/// Adds the lines that are missing; whether there were any.
pub(super) fn add(file: &Path) -> Result<bool, Failure> {
    let old = read(file)?;
    let text = old.as_ref().map_or_else(String::new, |old| String::from_utf8_lossy(&old.bytes).into_owned());
    let is_there = |wanted: &&str| text.lines().any(|line| line.trim() == *wanted);
    let missing: Vec<&str> = lines::ATTRIBUTES.into_iter().filter(|wanted| !is_there(wanted)).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let mut bytes = old.as_ref().map_or_else(Vec::new, |old| old.bytes.clone());
    bytes.extend_from_slice(format!("{gap}{}", lines::attributes(&missing)).as_bytes());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::new(crate::cli::Kind::Io, format!("{} cannot be made: {error}", folder.display()))
        })?;
    }
    store::save(file, &bytes, old.map(|old| old.fingerprint).as_ref())?;
    Ok(true)
}

/// Takes the lines out; whether any was there. A file that held nothing else goes with it.
pub(super) fn remove(file: &Path) -> Result<bool, Failure> {
    let Some(old) = read(file)? else { return Ok(false) };
    let kept: Vec<u8> = old
        .bytes
        .split_inclusive(|b| *b == b'\n')
        .filter(|line| !lines::ATTRIBUTES.contains(&String::from_utf8_lossy(line).trim()))
        .flatten()
        .copied()
        .collect();
    if kept.len() == old.bytes.len() {
        return Ok(false);
    }
    if kept.is_empty() {
        std::fs::remove_file(file).map_err(|error| {
            Failure::new(crate::cli::Kind::Io, format!("{} cannot be removed: {error}", file.display()))
        })?;
    } else {
        store::save(file, &kept, Some(&old.fingerprint))?;
    }
    Ok(true)
}

/// A session and the files that a review leaves beside it, whether they exist or not.
pub(super) fn with_beside(session: &Path) -> Vec<PathBuf> {
    let beside = Kept::ALL.map(|kept| named(session, kept.suffix()));
    std::iter::once(session.to_owned()).chain(beside).collect()
}

/// What somebody else says a session, or a file beside one, is merged with.
pub(super) fn foreign(repository: &Repository) -> Result<Option<String>, Failure> {
    let values = of(repository, "merge", &with_beside(Path::new(ANY)))?;
    Ok(values.into_iter().find(|value| !["unspecified", lines::NAME].contains(&value.as_str())))
}

/// What git says an attribute of each file is.
pub(super) fn of(repository: &Repository, attribute: &str, paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let arguments = ["check-attr", "-z", attribute, "--"].map(OsString::from);
    let told = repository.told(arguments.into_iter().chain(paths.iter().map(OsString::from)))?.unwrap_or_default();
    // Path, attribute and value, each ended by a zero byte.
    Ok(told.split('\0').skip(2).step_by(3).map(str::to_owned).collect())
}

fn read(file: &Path) -> Result<Option<store::FileContent>, Failure> {
    match store::read_within(file, MOST) {
        Ok(content) => Ok(Some(content)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
