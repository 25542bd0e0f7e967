//! The files beside a session that a review leaves: reading them, and adding one entry.
//!
//! Refuses: changing an entry that is there, and replacing a file that somebody else changed meanwhile.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    paths,
    store::{self, SaveError, StoreError},
};
use crate::{
    format::{
        beside::{Beside, COMMENTS, SIGNOFF, decode_comments, decode_signoff, encode_comments, encode_signoff},
        strict::Diagnostic,
    },
    review::{comment::Comment, endorsement::Endorsement},
    session::{Record, Table},
};

/// Why it cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BesideError {
    /// The disk says no.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// It is not what it should be.
    #[error("{} cannot be read: {}", .0.display(), .1.first().map(ToString::to_string).unwrap_or_default())]
    Broken(PathBuf, Vec<Diagnostic>),
    /// It cannot be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// The file beside a session whose name ends in this way.
pub fn place(session: &Path, suffix: &str) -> PathBuf {
    // Beside the session itself, also where a link leads to it.
    let session = fs::canonicalize(session).unwrap_or_else(|_| session.to_owned());
    named(&session, suffix)
}

/// The same by name alone, as git has it.
pub fn named(session: &Path, suffix: &str) -> PathBuf {
    let name = session.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let stem = name.strip_suffix(paths::SUFFIX).or_else(|| name.strip_suffix(".ron")).unwrap_or(&name);
    session.with_file_name(format!("{stem}{suffix}"))
}

/// Reads everything beside a session; what is not there is empty.
pub fn read(session: &Path) -> Result<Beside, BesideError> {
    Ok(Beside { endorsements: endorsements(session)?, comments: comments(session)? })
}

/// Reads who signed a session.
pub fn endorsements(session: &Path) -> Result<Table<Endorsement>, BesideError> {
    Ok(one(&place(session, SIGNOFF), decode_signoff)?.0)
}

/// Reads what was said about a session.
pub fn comments(session: &Path) -> Result<Table<Comment>, BesideError> {
    Ok(one(&place(session, COMMENTS), decode_comments)?.0)
}

/// Adds an endorsement to the file beside a session; gives back all of them.
pub fn endorse(session: &Path, endorsement: Endorsement) -> Result<Table<Endorsement>, BesideError> {
    add(&place(session, SIGNOFF), endorsement, decode_signoff, encode_signoff)
}

/// Adds a comment to the file beside a session; gives back all of them.
pub fn comment(session: &Path, comment: Comment) -> Result<Table<Comment>, BesideError> {
    add(&place(session, COMMENTS), comment, decode_comments, encode_comments)
}

type Decode<T> = fn(&[u8]) -> Result<Table<T>, Vec<Diagnostic>>;

fn one<T: Record>(path: &Path, decode: Decode<T>) -> Result<(Table<T>, Option<store::Fingerprint>), BesideError> {
    match store::read(path) {
        Ok(content) => match decode(&content.bytes) {
            Ok(table) => Ok((table, Some(content.fingerprint))),
            Err(found) => Err(BesideError::Broken(path.to_owned(), found)),
        },
        Err(StoreError::NotFound { .. }) => Ok((Table::default(), None)),
        Err(error) => Err(error.into()),
    }
}

fn add<T: Record>(
    path: &Path,
    entry: T,
    decode: Decode<T>,
    encode: fn(&Table<T>) -> String,
) -> Result<Table<T>, BesideError> {
    let (mut table, fingerprint) = one(path, decode)?;
    table.insert(entry);
    store::save(path, encode(&table).as_bytes(), fingerprint.as_ref())?;
    Ok(table)
}
