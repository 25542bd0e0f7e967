//! Sessions as git has them: the repository around the current folder, and what a session held in one of its states.
//!
//! Refuses: what to do with them, and asking git anything itself ([`crate::runtime::git`]).

use std::path::{Path, PathBuf};

use super::{Failure, Kind, shown, source};
use crate::{
    format::session::decode,
    runtime::{
        git::{self, Content, Entry, GitError, Repository},
        paths, store,
    },
    session::Session,
};

/// A session as one state of the repository holds it.
#[derive(Debug)]
pub(super) struct Version {
    /// Its path from the current folder.
    pub path: PathBuf,
    /// What it is called with its revision: `main:sessions/checkout.tm.ron`; the path alone in the folder.
    pub label: String,
    /// What it held.
    pub bytes: Vec<u8>,
    /// What that means.
    pub session: Session,
}

/// The repository that the current folder is in.
pub(super) fn repository() -> Result<Repository, Failure> {
    Ok(Repository::around(&source::cwd()?)?)
}

/// Whether a file is a session by its name.
pub(super) fn is_session(path: &Path) -> bool {
    path.to_string_lossy().ends_with(paths::SUFFIX)
}

/// What a file is called in a revision.
pub(super) fn label(repository: &Repository, entry: &Entry, revision: Option<&str>) -> String {
    match revision {
        Some(revision) => format!("{revision}:{}", shown(&entry.path)),
        None => shown(&repository.from_here(&entry.path)),
    }
}

/// Reads a session of a revision, or of the folder.
pub(super) fn open(repository: &Repository, entry: &Entry, revision: Option<&str>) -> Result<Version, Failure> {
    let (label, bytes) = bytes(repository, entry, revision)?;
    match decode(&bytes) {
        Ok(session) => Ok(Version { path: repository.from_here(&entry.path), label, bytes, session }),
        Err(diagnostics) => Err(Failure::broken(Path::new(&label), &diagnostics)),
    }
}

/// What a file of a revision, or of the folder, is called and holds.
pub(super) fn bytes(
    repository: &Repository,
    entry: &Entry,
    revision: Option<&str>,
) -> Result<(String, Vec<u8>), Failure> {
    let label = label(repository, entry, revision);
    match entry.kind {
        git::Kind::File => {}
        git::Kind::Link => return Err(Failure::new(Kind::Broken, format!("{label} is a link, not a session"))),
        git::Kind::Other => return Err(Failure::new(Kind::Broken, format!("{label} is no file"))),
    }
    let bytes = match repository.content(entry)? {
        Content::Bytes(bytes) => bytes,
        Content::InFolder(path) => store::read(&path)?.bytes,
    };
    Ok((label, bytes))
}

/// Names that mean nothing are usage, damage is the system's.
impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        let kind = match &error {
            GitError::NotARepository(_) | GitError::UnknownRevision { .. } | GitError::Unrelated(..) => Kind::Usage,
            GitError::Missing
            | GitError::Start(_)
            | GitError::Absent(_)
            | GitError::TooMuch(_)
            | GitError::Refused { .. } => Kind::Io,
        };
        let failure = Self::new(kind, error.to_string());
        match error {
            GitError::UnknownRevision { shallow: true, .. } => {
                failure.hint("the clone holds only the end of the history; `git fetch --unshallow` gets the rest")
            }
            GitError::UnknownRevision { .. } => failure.hint("`git branch --all` and `git log` show what there is"),
            GitError::Unrelated(..) => {
                failure.hint("in a shallow clone fetch more of the history: `git fetch --deepen=100`")
            }
            GitError::Absent(_) => failure.hint("`git fetch` gets it"),
            _ => failure,
        }
    }
}
