//! A session as it was: in a revision that somebody names, or when somebody endorsed it.
//!
//! An endorsement knows what every record said, not in which commit: squashing and rebasing change commits and not
//! contents. So the version that was endorsed is looked for by its content among the last revisions of the file.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::git::{Content, Entry, GitError, Kind, Repository, Tree};
use crate::{
    format::session::decode,
    review::{
        code::{Listing, Print},
        endorsement::Endorsement,
        print::Prints,
    },
    session::Session,
};

/// Revisions that are looked through for the version that was endorsed.
const LOOKED_THROUGH: usize = 200;

/// Why an earlier version is not there.
#[derive(Debug, thiserror::Error)]
pub enum NoVersion {
    /// Git has no answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The file was not there then.
    #[error("the session was not there in `{0}`")]
    Absent(String),
    /// It was no session then.
    #[error("the session of `{0}` cannot be read")]
    Unreadable(String),
}

/// A session as a revision has it.
pub fn version(session: &Path, revision: &str) -> Result<Session, NoVersion> {
    let repository = Repository::around(folder(session))?;
    let id = repository.commit(revision)?;
    let entry = repository.file_at(&id, &from_top(&repository, session))?;
    let entry = entry.filter(|entry| entry.kind == Kind::File).ok_or_else(|| NoVersion::Absent(revision.to_owned()))?;
    read(&repository, &entry)?.ok_or_else(|| NoVersion::Unreadable(revision.to_owned()))
}

/// A session as it was endorsed, if one of its last revisions says exactly that.
pub fn endorsed(session: &Path, endorsement: &Endorsement) -> Option<Session> {
    let repository = Repository::around(folder(session)).ok()?;
    let mut seen = std::collections::BTreeSet::new();
    for id in repository.revisions_of(session, LOOKED_THROUGH).ok()? {
        let Ok(Some(entry)) = repository.file_at(&id, &from_top(&repository, session)) else { continue };
        if !seen.insert(entry.blob.clone()) {
            continue;
        }
        if let Ok(Some(found)) = read(&repository, &entry)
            && Prints::of(&found) == endorsement.records
        {
            return Some(found);
        }
    }
    None
}

/// Who sits at the keyboard, as git knows them.
pub fn known_as(session: &Path) -> Option<String> {
    let known = Repository::around(folder(session)).ok()?.told(["config", "--get", "user.name"]).ok()??;
    Some(known).filter(|name| !name.trim().is_empty())
}

/// What git holds now at the paths of code that a session names; nothing outside of a repository.
pub fn code<'a>(session: &Path, named: impl Iterator<Item = &'a str>) -> BTreeMap<String, Print> {
    let mut named = named.peekable();
    let listing = |repository: Repository| repository.listing(&Tree::Work).ok();
    let listing = named.peek().and_then(|_| Repository::around(folder(session)).ok().and_then(listing));
    let print = |listing: &Listing| named.map(|path| (path.to_owned(), listing.print(path))).collect();
    listing.as_ref().map_or_else(BTreeMap::new, print)
}

/// The last revisions of a session's file, newest first, each with its day and first line.
pub fn revisions(session: &Path) -> Result<Vec<(String, String)>, GitError> {
    Repository::around(folder(session))?.log_of(session, LOOKED_THROUGH)
}

/// Where the session's file is in a commit.
fn from_top(repository: &Repository, session: &Path) -> PathBuf {
    repository.from_top(Path::new(session.file_name().unwrap_or_default()))
}

fn folder(session: &Path) -> &Path {
    session.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn read(repository: &Repository, entry: &Entry) -> Result<Option<Session>, GitError> {
    match repository.content(entry)? {
        Content::Bytes(bytes) => Ok(decode(&bytes).ok()),
        Content::InFolder(_) => Ok(None),
    }
}
