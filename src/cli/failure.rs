//! Why a command did not do what was asked, in words people can act on.
//!
//! Owns the exit codes. Refuses printing ([`super::Console::report`]).

use std::{path::Path, process::ExitCode};

use serde::Serialize;

use super::source::shown;
use crate::{
    format::session::Diagnostic,
    runtime::{
        beside::BesideError,
        store::{SaveError, StoreError},
    },
};

/// What kind of failure it is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command was not understood or names something that is not there.
    Usage,
    /// A file is not what it should be.
    Broken,
    /// Everything worked, and something was found.
    Findings,
    /// The disk or the terminal refused.
    Io,
    /// A check could not look at everything: neither passed nor failed.
    Unchecked,
}

impl Kind {
    /// The exit code: findings differ from everything that kept the command from looking.
    pub fn code(self) -> ExitCode {
        match self {
            Self::Usage | Self::Broken | Self::Io => ExitCode::from(1),
            Self::Findings => ExitCode::from(2),
            Self::Unchecked => ExitCode::from(3),
        }
    }
}

/// Why a command did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: Kind,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The file it is about, when [`Self::problems`] stand in one.
    pub path: String,
    /// The places in the file it comes from, shown before the message.
    pub problems: Vec<Problem>,
}

/// One place in a file that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What may help there.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure without hints.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), path: String::new(), problems: Vec::new() }
    }

    /// The same with one more hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// A file that is no session, with everything that is wrong in it.
    pub fn broken(path: &Path, diagnostics: &[Diagnostic]) -> Self {
        let path = shown(path);
        let problems = diagnostics.iter().cloned().map(|Diagnostic { line, column, message, hint }| Problem {
            line,
            column,
            message,
            hint,
        });
        let above = if diagnostics.len() == 1 { "the problem" } else { "the problems" };
        let message = format!("{path} cannot be read as a session; see {above} above");
        Self { problems: problems.collect(), path, ..Self::new(Kind::Broken, message) }
    }
}

/// Missing files and folders in the place of files are usage; the rest is the system's.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let kind = match &error {
            StoreError::NotFound { .. } | StoreError::NotAFile { .. } => Kind::Usage,
            StoreError::TooLarge { .. } => Kind::Broken,
            StoreError::Denied { .. } | StoreError::Failed { .. } => Kind::Io,
        };
        Self::new(kind, error.to_string())
    }
}

/// What stands beside a session is told of like the session itself.
impl From<BesideError> for Failure {
    fn from(error: BesideError) -> Self {
        match error {
            BesideError::Read(error) => error.into(),
            BesideError::Save(error) => error.into(),
            BesideError::Broken(path, found) => {
                let mut failure = Self::broken(&path, &found);
                failure.message = format!("{} cannot be read; see above", shown(&path));
                failure
            }
        }
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Self {
        Self::new(Kind::Io, error.to_string())
    }
}
