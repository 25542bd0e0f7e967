//! Reading a session file and saving it atomically, never over somebody else's change.
//!
//! Owns what happens between bytes and the disk. A save is a new file beside the old one, written, synced and renamed
//! over it: after a crash or a power cut at any moment the name leads to the old content or to the new one, whole. A
//! crash between making the new file and renaming it leaves `.NAME.xxxxxx.tmp` behind, which nothing reads. What a
//! rename cannot keep: hard links, extended attributes and access lists of the old file.
//!
//! Whoever saves says what they read ([`Fingerprint`]); if something else is there now, the save is refused. That is
//! checked before writing and again right before the rename. The moment in between cannot be closed for existing files
//! (no system offers "rename if still the same"); a new file is renamed so that an existing one is never replaced.
//!
//! Refuses: what the bytes mean (`format`), when to save (`app`), keys to two instances (the lock).

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::session::limits;

mod error;
mod save;
mod volume;

pub(super) use error::reason;
pub use error::{SaveError, StoreError};
pub use save::{save, save_as, save_on};
pub use volume::{System, Volume};

/// What a content is recognised by: its length and a 128-bit FNV-1a hash.
///
/// Against accidents, not against an attacker: it is easy to make two contents with the same hash on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    hash: u128,
    length: u64,
}

impl Fingerprint {
    /// The fingerprint of a content; the same in every version of the program.
    pub fn of(bytes: &[u8]) -> Self {
        const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let hash = bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
        Self { hash, length: bytes.len() as u64 }
    }
}

/// As the journal writes it: hash, hyphen, length.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}-{}", self.hash, self.length)
    }
}

/// What a file held when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileContent {
    /// The content.
    pub bytes: Vec<u8>,
    /// What to hand to [`save()`] later.
    pub fingerprint: Fingerprint,
}

/// Reads a whole session file, through symbolic links.
///
/// Never waits: a pipe without a writer is refused like a device or a folder. A file that is larger than a session can
/// be is refused before it is read.
pub fn read(path: &Path) -> Result<FileContent, StoreError> {
    read_within(path, limits::FILE)
}

/// Reads a whole regular file of at most this many bytes, in the same way.
pub fn read_within(path: &Path, most: usize) -> Result<FileContent, StoreError> {
    let failed = |source: io::Error| StoreError::of(path, source);
    // Asked before opening, because opening alone can do something to a device.
    check(path, &fs::metadata(path).map_err(failed)?, most)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // Between the two the name may have come to mean a pipe; then opening must not wait either.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        (rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY).bits().cast_signed(),
    );
    let file = options.open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    check(path, &metadata, most)?;
    let bytes = read_capped(&file, metadata.len(), most).map_err(failed)?;
    if bytes.len() > most {
        return Err(StoreError::TooLarge { path: path.to_owned(), most });
    }
    Ok(FileContent { fingerprint: Fingerprint::of(&bytes), bytes })
}

fn read_capped(file: &File, expected: u64, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).saturating_add(1));
    // One more than allowed: a file that grows meanwhile is noticed and not cut.
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn check(path: &Path, metadata: &fs::Metadata, most: usize) -> Result<(), StoreError> {
    if !metadata.is_file() {
        Err(StoreError::NotAFile { path: path.to_owned(), is: kind(metadata) })
    } else if metadata.len() > most as u64 {
        Err(StoreError::TooLarge { path: path.to_owned(), most })
    } else {
        Ok(())
    }
}

/// What something that is no regular file is, in words.
fn kind(metadata: &fs::Metadata) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = metadata.file_type();
        if kind.is_fifo() {
            return "a pipe";
        } else if kind.is_socket() {
            return "a socket";
        } else if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    if metadata.is_dir() { "a folder" } else { "not a regular file" }
}

/// The folder a file is in; `.` for a bare name.
fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_fnv_1a_and_stays_so() {
        assert_eq!(Fingerprint::of(b"").to_string(), "6c62272e07bb014262b821756295c58d-0");
        assert_eq!(Fingerprint::of(b"a").to_string(), "d228cb696f1a8caf78912b704e4a8964-1");
        assert_ne!(Fingerprint::of(b"ab"), Fingerprint::of(b"ba"));
    }
}
