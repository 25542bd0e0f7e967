//! Running `git` once and taking in what it says, within bounds.
//!
//! Owns the environment git gets: whatever could make it page, prompt, translate, trace, fetch, take locks it does not
//! need or run other programs is switched off. What says which repository is meant is left alone, because hooks rely on
//! it.

use std::{
    ffi::OsString,
    io::{self, Read},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use super::GitError;

/// Most of what git may complain.
const COMPLAINT: u64 = 64 << 10;

/// Settings for one run; they win over every configuration file.
const SETTINGS: [&str; 9] = [
    "--no-pager",
    "--literal-pathspecs",
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "advice.defaultBranchName=false",
];

/// What somebody may have set for themselves and would change the answers.
const UNSET: [&str; 14] = [
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_TRACE",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_TRACE2_PERF",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_SETUP",
    "GIT_TRACE_PERFORMANCE",
    "GIT_FLUSH",
    "LANGUAGE",
];

/// What says which repository is meant; hooks are run with these.
const REPOSITORY: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

/// Which repository a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// What the environment says, else the one around the folder.
    AsTold,
    /// The one around the folder.
    ByFolder,
}

/// What git answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) code: Option<i32>,
    pub(super) out: Vec<u8>,
    complaint: Vec<u8>,
}

impl Answer {
    pub(super) fn done(&self) -> bool {
        self.code == Some(0)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// What it complained, in one line.
    pub(super) fn said(&self) -> String {
        let text = String::from_utf8_lossy(&self.complaint);
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("hint:"));
        let line = line.map(|line| line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned());
        line.unwrap_or_else(|| match self.code {
            Some(code) => format!("it ended with {code}"),
            None => "it was ended by a signal".to_owned(),
        })
    }

    pub(super) fn or_refused(self, doing: &'static str) -> Result<Self, GitError> {
        if self.done() { Ok(self) } else { Err(GitError::Refused { doing, said: self.said() }) }
    }
}

/// Runs git in a folder and reads at most so many bytes of its answer.
pub(super) fn git<S: Into<OsString>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
    most: usize,
) -> Result<Answer, GitError> {
    git_in(folder, Meant::AsTold, arguments, most)
}

/// The same, for the repository that is meant.
pub(super) fn git_in<S: Into<OsString>>(
    folder: &Path,
    meant: Meant,
    arguments: impl IntoIterator<Item = S>,
    most: usize,
) -> Result<Answer, GitError> {
    let mut child = started(&mut command(folder, meant, arguments), folder)?;
    // Both streams are read at once: git waits for whichever is full.
    let complaints = child.stderr.take().map(|stream| thread::spawn(move || read_start(stream, COMPLAINT)));
    let mut out = Vec::new();
    let read = child.stdout.take().map_or(Ok(0), |stream| stream.take(most as u64 + 1).read_to_end(&mut out));
    let too_much = out.len() > most;
    if too_much || read.is_err() {
        // It may have ended by itself; either way it is waited for.
        drop(child.kill());
    }
    let status = child.wait().map_err(GitError::Start)?;
    read.map_err(GitError::Start)?;
    if too_much {
        return Err(GitError::TooMuch(most));
    }
    let complaint = complaints.and_then(|reader| reader.join().ok()).unwrap_or_default();
    Ok(Answer { code: status.code(), out, complaint })
}

/// Git with these arguments, not yet started.
pub(super) fn command<S: Into<OsString>>(
    folder: &Path,
    meant: Meant,
    arguments: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new("git");
    for name in REPOSITORY.iter().filter(|_| meant == Meant::ByFolder) {
        command.env_remove(name);
    }
    for name in UNSET {
        command.env_remove(name);
    }
    command
        .args(SETTINGS)
        .args(arguments.into_iter().map(Into::into))
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Starts it.
pub(super) fn started(command: &mut Command, folder: &Path) -> Result<Child, GitError> {
    command.spawn().map_err(|error| match error.kind() {
        // A folder that is gone gives the same error as a program that is.
        io::ErrorKind::NotFound if folder.is_dir() => GitError::Missing,
        _ => GitError::Start(error),
    })
}

/// The start of what a stream says; the rest is read and forgotten, so that nobody waits for a reader.
fn read_start(mut stream: impl Read, most: u64) -> Vec<u8> {
    let mut start = Vec::new();
    let _ = stream.by_ref().take(most).read_to_end(&mut start);
    let _ = io::copy(&mut stream, &mut io::sink());
    start
}
