//! Session files as the command line names them.
//!
//! Owns finding the files a name or folder means, and reading one. Paths are kept relative to where the command runs,
//! so that messages are short and can be clicked.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::{Failure, Kind};
use crate::{
    format::session::decode,
    runtime::{
        paths::{self, NotFound},
        store::{self, FileContent},
    },
    session::Session,
};

/// A session and the file it came from.
#[derive(Debug)]
pub(super) struct Source {
    /// The file.
    pub path: PathBuf,
    /// What it held.
    pub content: FileContent,
    /// What that means.
    pub session: Session,
}

/// Finds what people mean by a name: a file, or a folder when no file fits.
pub fn find(typed: &str) -> Result<PathBuf, Failure> {
    if typed.trim().is_empty() {
        let failure = Failure::new(Kind::Usage, "the name of the session is empty");
        return Err(failure.hint("`strideboard list` shows the sessions here"));
    }
    let cwd = cwd()?;
    match paths::resolve_session(typed, &cwd) {
        Ok(path) => Ok(relative(&path, &cwd)),
        Err(missing) => Err(not_found(&missing, &cwd)),
    }
}

/// Finds one session; a folder is not one.
pub(super) fn find_file(typed: &str) -> Result<PathBuf, Failure> {
    let path = find(typed)?;
    if !path.is_dir() {
        return Ok(path);
    }
    let failure = Failure::new(Kind::Usage, format!("{} is a folder; name one session", shown(&path)));
    Err(match paths::session_files(&path).files.first() {
        Some(first) => failure.hint(format!("for example {}; `strideboard list` shows all", shown(first))),
        None => failure.hint("there is no session in it; `strideboard new NAME` creates one"),
    })
}

/// Finds the sessions of several names, a folder meaning all below it, each file once; and what was not found.
pub(super) fn find_all(typed: &[String]) -> (Vec<PathBuf>, Vec<Failure>) {
    let (mut found, mut failures): (Vec<PathBuf>, Vec<Failure>) = Default::default();
    for name in typed {
        match find(name) {
            Ok(folder) if folder.is_dir() => {
                let below = paths::session_files(&folder);
                failures.extend(below.left_out().map(|reason| Failure::new(Kind::Usage, reason)));
                let below = below.files;
                if below.is_empty() {
                    let message = format!("there are no sessions (*{}) below {}", paths::SUFFIX, shown(&folder));
                    failures.push(Failure::new(Kind::Usage, message));
                }
                found.extend(below.into_iter().map(|path| path.strip_prefix(".").map_or(path.clone(), Path::to_owned)));
            }
            Ok(file) => found.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    let mut known = std::collections::BTreeSet::new();
    found.retain(|path| known.insert(path.clone()));
    (found, failures)
}

/// Reads a session.
pub(super) fn open(path: &Path) -> Result<Source, Failure> {
    let content = store::read(path)?;
    match decode(&content.bytes) {
        Ok(session) => Ok(Source { path: path.to_owned(), content, session }),
        Err(diagnostics) => Err(Failure::broken(path, &diagnostics)),
    }
}

/// What the system said, without its number.
pub(super) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// A path as messages show it.
pub fn shown(path: &Path) -> String {
    match path.to_string_lossy() {
        here if here.is_empty() => ".".to_owned(),
        path => path.into_owned(),
    }
}

/// Where the command runs.
pub(super) fn cwd() -> Result<PathBuf, Failure> {
    env::current_dir().map_err(|error| {
        Failure::new(Kind::Io, format!("the current folder cannot be used: {}", reason(&error)))
            .hint("change to another folder")
    })
}

fn relative(path: &Path, cwd: &Path) -> PathBuf {
    match path.strip_prefix(cwd).unwrap_or(path) {
        here if here.as_os_str().is_empty() => PathBuf::from("."),
        path => path.to_owned(),
    }
}

fn not_found(missing: &NotFound, cwd: &Path) -> Failure {
    let list = |paths: &[PathBuf]| {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", shown(&relative(path, cwd)))).collect();
        names.join(", ")
    };
    let failure = Failure::new(Kind::Usage, format!("there is no session `{}`", missing.typed));
    let failure = if missing.looked_at.is_empty() {
        failure
    } else {
        failure.hint(format!("looked for {}", list(&missing.looked_at)))
    };
    if missing.near.is_empty() { failure } else { failure.hint(format!("did you mean {}?", list(&missing.near))) }
}
