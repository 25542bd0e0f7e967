//! What can go wrong with a file, in words people can act on.
//!
//! The system's own error stays as the source; the sentences do not repeat it.

use std::{
    borrow::Cow,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing has this name, or a link leads nowhere.
    #[error("{} does not exist", .path.display())]
    NotFound {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder, pipe, socket or device.
    #[error("{} is {is}, not a regular file", .path.display())]
    NotAFile {
        /// What was to be read.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// More bytes than are asked for.
    #[error("{} is larger than {} MiB, the most it can have, so it was not read", .path.display(), .most >> 20)]
    TooLarge {
        /// What was to be read.
        path: PathBuf,
        /// The bytes it can have.
        most: usize,
    },
    /// The user may not read it.
    #[error("{} cannot be read: you have no permission; `ls -l` shows who has", .path.display())]
    Denied {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else.
    #[error("{} cannot be read: {}", .path.display(), reason(.source))]
    Failed {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StoreError {
    pub(super) fn of(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            // `file/below`: something on the way is a file, so this does not exist either.
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NotFound { path, source },
            ErrorKind::PermissionDenied => Self::Denied { path, source },
            _ => Self::Failed { path, source },
        }
    }
}

/// Why a file was not saved. Except for [`SaveError::NotDurable`], the old content is still there.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else has changed it since it was read.
    #[error(
        "{} was changed by another program since it was read, so it was not overwritten; reload it, or save under \
         another name", .path.display()
    )]
    ChangedUnderneath {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else has removed or renamed it since it was read.
    #[error("{} is gone since it was read; save under a name to write it again", .path.display())]
    Vanished {
        /// The file.
        path: PathBuf,
    },
    /// A new file was asked for, but there is one.
    #[error("{} already exists, so it was not overwritten; choose another name", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is marked as not to be written.
    #[error("{} is read-only, so it was not saved; make it writable, or save under another name", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A folder, pipe, socket or device has the name.
    #[error("{} is {is}, so nothing was saved; choose another name", .path.display())]
    NotAFile {
        /// The name.
        path: PathBuf,
        /// What it is.
        is: &'static str,
    },
    /// The path ends in no file name.
    #[error("`{}` is not the name of a file", .path.display())]
    NoName {
        /// The path.
        path: PathBuf,
    },
    /// The folder does not exist.
    #[error("the folder {} does not exist, so nothing was saved; create it first", .folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No file can be made in the folder, which a safe save needs.
    #[error(
        "nothing can be written in the folder {}, so nothing was saved; make it writable, or save somewhere else",
        .folder.display()
    )]
    FolderNotWritable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is there now cannot be compared with what was read.
    #[error("{} cannot be compared with what was read, so it was not overwritten: {}", .path.display(), reason(.source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Writing failed.
    #[error("{} was not saved: {}", .path.display(), reason(.source))]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The new content is in place, but the system could not promise that it survives a power cut.
    #[error("{} was saved, but the disk did not confirm it: {}; save again", .path.display(), reason(.source))]
    NotDurable {
        /// The file.
        path: PathBuf,
        /// The content that is there now.
        fingerprint: super::Fingerprint,
        /// What the system said.
        source: io::Error,
    },
}

/// The cause in words; the system's own text only for what has none here.
pub(in crate::runtime) fn reason(error: &io::Error) -> Cow<'static, str> {
    Cow::Borrowed(match error.kind() {
        ErrorKind::StorageFull => "the disk is full; make room and try again",
        ErrorKind::QuotaExceeded => "your quota on this disk is used up; make room and try again",
        ErrorKind::FileTooLarge => "the file is too large for this disk or for the limit set for this program",
        ErrorKind::ReadOnlyFilesystem => "the disk is mounted read-only",
        ErrorKind::PermissionDenied => "you have no permission",
        ErrorKind::InvalidFilename => "the disk does not accept this name",
        ErrorKind::StaleNetworkFileHandle | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            "the network disk is gone"
        }
        ErrorKind::OutOfMemory => "there is not enough memory",
        _ => {
            let text = error.to_string();
            return Cow::Owned(text.split(" (os error").next().unwrap_or_default().to_lowercase());
        }
    })
}
