//! The line about sessions in an attributes file.
//!
//! Refuses: touching any other line.

use std::path::{Path, PathBuf};

use super::{Where, lines, own_path};
use crate::{
    cli::Failure,
    runtime::{
        git::Repository,
        store::{self, StoreError},
    },
};

/// Most bytes of an attributes file.
const MOST: usize = 1 << 20;

/// A session that need not exist, to ask what git would do with one.
const ANY: &str = "any.tm.ron";

pub(super) fn path(repository: &Repository, place: Where) -> Result<PathBuf, Failure> {
    match place {
        Where::Tracked => Ok(repository.top().join(".gitattributes")),
        Where::Info => own_path(repository, "info/attributes"),
    }
}

/// Adds the line; whether it was not there.
pub(super) fn add(file: &Path) -> Result<bool, Failure> {
    let old = read(file)?;
    let text = old.as_ref().map_or_else(String::new, |old| String::from_utf8_lossy(&old.bytes).into_owned());
    if text.lines().any(|line| line.trim() == lines::ATTRIBUTES) {
        return Ok(false);
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let mut bytes = old.as_ref().map_or_else(Vec::new, |old| old.bytes.clone());
    bytes.extend_from_slice(format!("{gap}{}\n", lines::ATTRIBUTES).as_bytes());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::new(crate::cli::Kind::Io, format!("{} cannot be made: {error}", folder.display()))
        })?;
    }
    store::save(file, &bytes, old.map(|old| old.fingerprint).as_ref())?;
    Ok(true)
}

/// Takes the line out; whether it was there. A file that held nothing else goes with it.
pub(super) fn remove(file: &Path) -> Result<bool, Failure> {
    let Some(old) = read(file)? else { return Ok(false) };
    let kept: Vec<u8> = old
        .bytes
        .split_inclusive(|b| *b == b'\n')
        .filter(|line| String::from_utf8_lossy(line).trim() != lines::ATTRIBUTES)
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

/// What somebody else says a session is merged with.
pub(super) fn foreign(repository: &Repository) -> Result<Option<String>, Failure> {
    let value = of(repository, "merge", Path::new(ANY))?;
    Ok(value.filter(|value| !["unspecified", lines::NAME].contains(&value.as_str())))
}

/// What git says an attribute of a file is.
pub(super) fn of(repository: &Repository, attribute: &str, path: &Path) -> Result<Option<String>, Failure> {
    let arguments = ["check-attr".as_ref(), "-z".as_ref(), attribute.as_ref(), "--".as_ref(), path.as_os_str()];
    let told = repository.told(arguments)?;
    // Path, attribute and value, each ended by a zero byte.
    Ok(told.and_then(|told| told.trim_end_matches('\0').rsplit('\0').next().map(str::to_owned)))
}

fn read(file: &Path) -> Result<Option<store::FileContent>, Failure> {
    match store::read_within(file, MOST) {
        Ok(content) => Ok(Some(content)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
