//! The save: resolve, compare, write beside, sync, compare again, rename, sync the folder.
//!
//! Owns the order of these steps, on which it depends that a crash leaves the old content or the new one. Refuses:
//! asking what to do about a change by somebody else; it says so and leaves the file.

use std::{
    ffi::OsString,
    fs::{self, File, Metadata},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::{
    Fingerprint, SaveError, StoreError, folder_of, read,
    volume::{System, Volume},
};

/// As many links in a row as systems follow.
const MOST_LINKS: usize = 40;
/// A longer name would not leave room for the temporary one's dots and random characters.
const LONGEST_NAME: usize = 200;

/// Replaces the content of `path`, if it is still the one with the fingerprint `expected` (`None`: if there is no file).
///
/// Follows symbolic links, keeps the permissions, and does nothing if the file already holds these bytes, whoever
/// wrote them. The result is the fingerprint of the new content, to be expected at the next save.
pub fn save(path: &Path, bytes: &[u8], expected: Option<&Fingerprint>) -> Result<Fingerprint, SaveError> {
    save_on(&System, path, bytes, expected)
}

/// The same on a disk that may be made to fail.
pub fn save_on(
    volume: &dyn Volume,
    path: &Path,
    bytes: &[u8],
    expected: Option<&Fingerprint>,
) -> Result<Fingerprint, SaveError> {
    let new = Fingerprint::of(bytes);
    let target = resolve(path)?;
    let present = fingerprint(&target)?;
    if present == Some(new) {
        // An earlier save may have been interrupted right before this.
        sync_folder(volume, &target, new)?;
        return Ok(new);
    }
    compare(&target, present.as_ref(), expected)?;
    let old = match present {
        Some(_) => Some(writable(&target)?),
        None => None,
    };
    let temporary = write_beside(volume, &target, bytes, old.as_ref())?;
    compare(&target, fingerprint(&target)?.as_ref(), expected)?;
    if old.is_some() {
        replace(volume, temporary, &target)?;
    } else {
        put_new(volume, temporary, &target)?;
    }
    sync_folder(volume, &target, new)?;
    Ok(new)
}

/// Writes a new file; refuses to touch an existing one with another content.
pub fn save_as(path: &Path, bytes: &[u8]) -> Result<Fingerprint, SaveError> {
    save(path, bytes, None)
}

/// The name the content is really kept under: links followed, the folder made absolute.
///
/// A rename over a link would replace the link and leave the file it leads to as it was. A link that leads nowhere
/// gets its file.
fn resolve(path: &Path) -> Result<PathBuf, SaveError> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(link) = fs::read_link(&path) else {
            let Some(name) = path.file_name() else { return Err(SaveError::NoName { path }) };
            let folder = folder_of(&path);
            let folder = folder.canonicalize().map_err(|source| SaveError::NoFolder { folder, source })?;
            return Ok(folder.join(name));
        };
        path = folder_of(&path).join(link);
    }
    Err(SaveError::Failed { path, source: io::Error::other("too many symbolic links in a row") })
}

/// The fingerprint of what is there now; `None` if nothing is.
fn fingerprint(target: &Path) -> Result<Option<Fingerprint>, SaveError> {
    let path = target.to_owned();
    match read(target) {
        Ok(content) => Ok(Some(content.fingerprint)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(StoreError::NotAFile { is, .. }) => Err(SaveError::NotAFile { path, is }),
        // What was read was not that large.
        Err(StoreError::TooLarge { .. }) => Err(SaveError::ChangedUnderneath { path }),
        Err(StoreError::Denied { source, .. } | StoreError::Failed { source, .. }) => {
            Err(SaveError::Unreadable { path, source })
        }
    }
}

fn compare(target: &Path, present: Option<&Fingerprint>, expected: Option<&Fingerprint>) -> Result<(), SaveError> {
    let path = || target.to_owned();
    match (present, expected) {
        (None, None) => Ok(()),
        (Some(present), Some(expected)) if present == expected => Ok(()),
        (Some(_), Some(_)) => Err(SaveError::ChangedUnderneath { path: path() }),
        (Some(_), None) => Err(SaveError::Exists { path: path() }),
        (None, Some(_)) => Err(SaveError::Vanished { path: path() }),
    }
}

/// The old file's owner and permissions, if it may be written.
///
/// A rename needs no permission on the file it replaces, so the permission is asked for here: who took it away meant it.
fn writable(target: &Path) -> Result<Metadata, SaveError> {
    let path = || target.to_owned();
    let metadata = fs::metadata(target).map_err(|source| SaveError::Failed { path: path(), source })?;
    #[cfg(unix)]
    let refused = rustix::fs::access(target, rustix::fs::Access::WRITE_OK).is_err();
    #[cfg(not(unix))]
    let refused = false;
    // The mode is looked at too, because the administrator may write everything.
    if refused || metadata.permissions().readonly() {
        return Err(SaveError::ReadOnly { path: path() });
    }
    Ok(metadata)
}

/// A synced file with the content, in the folder of the target; it is removed when dropped.
fn write_beside(
    volume: &dyn Volume,
    target: &Path,
    bytes: &[u8],
    old: Option<&Metadata>,
) -> Result<NamedTempFile, SaveError> {
    let folder = folder_of(target);
    let mut prefix = OsString::from(".");
    prefix.push(target.file_name().filter(|name| name.len() <= LONGEST_NAME).unwrap_or("strideboard".as_ref()));
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    // The umask takes its part of a new file's permissions, as it does for any program. A replacement is private
    // until it has the permissions of the file it replaces.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(if old.is_some() { 0o600 } else { 0o666 }));
    let temporary = volume.temporary(&builder, &folder).map_err(|source| match source.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::FolderNotWritable { folder, source },
        _ => SaveError::Failed { path: target.to_owned(), source },
    })?;
    let write = |file: &File| {
        volume.write(file, bytes)?;
        if let Some(old) = old {
            keep_permissions(file, old)?;
        }
        // Before the rename: otherwise a power cut may leave the new name with nothing in it.
        volume.sync(file)
    };
    match write(temporary.as_file()) {
        Ok(()) => Ok(temporary),
        Err(source) => Err(SaveError::Failed { path: target.to_owned(), source }),
    }
}

/// Gives the new file the owner, group and mode of the old one, as far as this user may.
#[cfg(unix)]
fn keep_permissions(file: &File, old: &Metadata) -> io::Result<()> {
    use rustix::fs::{Gid, Uid, fchown};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let new = file.metadata()?;
    let mut mode = old.mode() & 0o7777;
    if old.uid() != new.uid() {
        // Only the administrator may; for others the file is theirs from now on, as with most editors.
        let _ = fchown(file, Some(Uid::from_raw(old.uid())), None);
    }
    if old.gid() != new.gid() && fchown(file, None, Some(Gid::from_raw(old.gid()))).is_err() {
        // Another group has the file now; it gets what everybody had, not what the old group had.
        mode = (mode & !0o070) | ((mode & 0o007) << 3);
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_permissions(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

fn replace(volume: &dyn Volume, temporary: NamedTempFile, target: &Path) -> Result<(), SaveError> {
    let failed = |error: tempfile::PersistError| SaveError::Failed { path: target.to_owned(), source: error.error };
    volume.replace(temporary, target).map(drop).map_err(failed)
}

/// The rename for a name that was free a moment ago.
fn put_new(volume: &dyn Volume, temporary: NamedTempFile, target: &Path) -> Result<(), SaveError> {
    match volume.put_new(temporary, target) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            Err(SaveError::Exists { path: target.to_owned() })
        }
        // Some disks can neither rename without replacing nor link; the check a moment ago has to do there.
        Err(error) => replace(volume, error.file, target),
    }
}

/// Makes the rename survive a power cut, where a folder can be synced.
fn sync_folder(volume: &dyn Volume, target: &Path, fingerprint: Fingerprint) -> Result<(), SaveError> {
    match volume.sync_folder(&folder_of(target)) {
        Ok(()) => Ok(()),
        // A folder that may be written but not read, or a disk that cannot sync folders: no more can be done.
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidInput) => Ok(()),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
        Err(source) => Err(SaveError::NotDurable { path: target.to_owned(), fingerprint, source }),
    }
}
