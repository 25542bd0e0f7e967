//! Hooks: a look at the sessions before they are committed, merged or pushed.
//!
//! What they look at is what is staged or pushed, never what happens to lie in the folder, and only whether it can be
//! read and is whole: that a session is not finished is no reason to keep it from being saved. Where strideboard is
//! missing they say so and let everything pass; CI is what cannot be passed by.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::ValueEnum;

use super::{lines::Program, own_path};
use crate::{
    cli::{Failure, Kind, shown, source::reason},
    runtime::git::Repository,
};

/// What a hook of ours can be recognised by.
const MARK: &str = "# strideboard git-setup";

/// When to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "these are git's names")]
pub(super) enum Hook {
    /// Before a commit: the sessions that are staged
    PreCommit,
    /// Before a merge that git could do alone is committed
    PreMergeCommit,
    /// Before a push: the sessions of what is pushed
    PrePush,
}

/// What came of putting a hook in.
pub(super) enum Put {
    /// It is ours now.
    Ours(PathBuf),
    /// Somebody else has one there.
    Foreign(PathBuf),
}

impl Hook {
    /// The name of its file.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrePush => "pre-push",
        }
    }
}

/// What a hook runs.
pub(super) fn line(hook: Hook, program: &Program) -> String {
    let program = program.quoted();
    match hook {
        Hook::PreCommit | Hook::PreMergeCommit => format!("{program} check --staged --only structure --if-any"),
        Hook::PrePush => format!("{program} check --rev \"$commit\" --only structure --if-any"),
    }
}

fn script(hook: Hook, program: &Program) -> String {
    let (line, program) = (line(hook, program), program.quoted());
    let run = match hook {
        Hook::PreCommit | Hook::PreMergeCommit => format!("exec {line}\n"),
        Hook::PrePush => format!(
            "while read -r _ commit _ _; do\n    case \"$commit\" in *[!0]*) ;; *) continue ;; esac\n    {line} || exit\ndone\n"
        ),
    };
    format!(
        "#!/bin/sh\n{MARK}, {name}: `strideboard git-setup uninstall` takes it out.\n\
         if ! command -v {program} >/dev/null 2>&1; then\n    \
         echo 'strideboard was not found, so sessions are not checked' >&2\n    exit 0\nfi\n{run}",
        name = hook.file()
    )
}

pub(super) fn install(repository: &Repository, hook: Hook, program: &Program) -> Result<Put, Failure> {
    let path = path(repository, hook)?;
    if fs::symlink_metadata(&path).is_ok() && !is_ours(&path) {
        return Ok(Put::Foreign(path));
    }
    write(&path, &script(hook, program))
        .map_err(|error| Failure::new(Kind::Io, format!("{} cannot be written: {}", shown(&path), reason(&error))))?;
    Ok(Put::Ours(path))
}

fn write(path: &Path, script: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, script)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}

/// Takes a hook of ours out.
pub(super) fn remove(repository: &Repository, hook: Hook) -> Result<Option<PathBuf>, Failure> {
    let path = path(repository, hook)?;
    if !is_ours(&path) {
        return Ok(None);
    }
    fs::remove_file(&path)
        .map_err(|error| Failure::new(Kind::Io, format!("{} cannot be removed: {}", shown(&path), reason(&error))))?;
    Ok(Some(path))
}

pub(super) fn path(repository: &Repository, hook: Hook) -> Result<PathBuf, Failure> {
    Ok(own_path(repository, "hooks")?.join(hook.file()))
}

/// Whether a hook is there and was put there by us.
pub(super) fn is_ours(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.lines().nth(1).is_some_and(|line| line.starts_with(MARK)))
}
