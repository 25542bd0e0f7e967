//! What the team keeps, as commands use it.
//!
//! Owns what a command does about a team's file that is broken: one that is about the catalogue fails, any other says so
//! and goes on with what ships.

use std::path::{Path, PathBuf};

use super::{Console, Failure, source};
use crate::runtime::team::{self, Broken, Found};

/// What the team keeps for the sessions of a folder; a broken file is a failure for each file that has mistakes.
pub(super) fn of(folder: &Path) -> Result<Found, Vec<Failure>> {
    let found = team::read(folder);
    if found.broken.is_empty() { Ok(found) } else { Err(found.broken.iter().map(failure).collect()) }
}

/// What the team keeps for a session, or what ships after the mistakes were told.
pub(super) fn or_builtin(session: &Path, console: Console) -> Found {
    of(folder_of(session)).unwrap_or_else(|failures| {
        for failure in &failures {
            console.report(failure);
        }
        console.remark("the built-in catalogue is used, and no baselines");
        Found::default()
    })
}

/// The last failure, once those before it are told.
pub(super) fn last(mut failures: Vec<Failure>, console: Console) -> Result<std::process::ExitCode, Failure> {
    let last = failures.pop();
    for failure in &failures {
        console.report(failure);
    }
    last.map_or(Ok(std::process::ExitCode::SUCCESS), Err)
}

/// The folder of a file; the present one for a bare name.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path as messages show it, from where the command runs.
pub(super) fn relative(path: &Path) -> PathBuf {
    let here = source::cwd().ok().and_then(|cwd| std::path::absolute(cwd).ok());
    here.and_then(|cwd| path.strip_prefix(cwd).ok()).unwrap_or(path).to_owned()
}

fn failure(broken: &Broken) -> Failure {
    let path = relative(&broken.path);
    let failure = Failure::broken(&path, &broken.problems);
    let above = if broken.problems.len() == 1 { "the problem" } else { "the problems" };
    Failure { message: format!("{} cannot be used; see {above} above", failure.path), ..failure }
}
