//! The history of some files, along the first parents: what each commit changed.

use std::{ffi::OsString, path::PathBuf};

use super::{Commit, GitError, LISTED, ObjectId, Repository, changes};

impl Repository {
    /// The commits up to `tip` that changed these files, the newest first. A single file is followed through renames;
    /// among several, renames within them are known.
    pub fn history(&self, tip: &ObjectId, paths: &[PathBuf], is_file: bool) -> Result<Vec<Commit>, GitError> {
        let options = [
            "log",
            "--first-parent",
            "--format=%x02%H %ct",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames",
            "--no-relative",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--no-notes",
            "--no-show-signature",
            "--ignore-submodules=all",
        ];
        let mut arguments: Vec<OsString> = options.map(OsString::from).to_vec();
        if is_file {
            arguments.push("--follow".into());
        }
        arguments.extend(["--end-of-options", tip.as_str(), "--"].map(OsString::from));
        arguments.extend(paths.iter().map(OsString::from));
        let answer = self.ask(arguments, LISTED)?.or_refused("read the history")?;
        Ok(changes::history(&answer.out))
    }
}
