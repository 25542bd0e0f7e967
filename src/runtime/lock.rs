//! Who has a session open: one advisory lock for each session file, held as long as somebody works on it.
//!
//! The lock is the system's own, on a small file beside the recovery journal: it is free again the moment its holder
//! ends, however that happens, so a lock that can be had is a stale one. The file says in plain text who holds it.
//!
//! On disks without locks ([`Claim::Unknown`]) two programs notice each other only by what they find in the session's
//! file when they save. Refuses: keeping anybody from writing who does not ask.

use std::{
    env, fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use super::{clock, store};

/// Longer files are none of ours.
const LONGEST: u64 = 1024;
/// A file that goes away between opening and locking it is tried again this often.
const TRIES: usize = 8;

/// What became of asking for a session.
#[derive(Debug)]
pub enum Claim {
    /// It is ours.
    Ours(Lock),
    /// Somebody else has it.
    Theirs(Holder),
    /// Locks do not work here; why, in words.
    Unknown(String),
}

/// A session is ours as long as this lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Who holds a lock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// Name of the machine.
    pub host: String,
    /// Name of the account.
    pub user: String,
    /// Number of the process.
    pub pid: Option<i32>,
    /// Since when, in their local time.
    pub since: String,
}

/// Asks for the lock of this file, making it if need be.
pub fn claim(path: &Path) -> Claim {
    for _ in 0..TRIES {
        match attempt(path) {
            Ok(Some(claim)) => return claim,
            Ok(None) => {}
            Err(error) => return Claim::Unknown(store::reason(&error).into_owned()),
        }
    }
    Claim::Unknown("it goes away again and again".to_owned())
}

/// Whether somebody holds the lock of this file now; nothing is made.
pub fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// `None` when the file was removed meanwhile.
fn attempt(path: &Path) -> io::Result<Option<Claim>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    match file.try_lock() {
        Ok(()) if !is_there(&file, path) => Ok(None),
        Ok(()) => {
            Holder::here().write(&mut file)?;
            Ok(Some(Claim::Ours(Lock { file, path: path.to_owned() })))
        }
        Err(TryLockError::WouldBlock) => {
            let holder = Holder::read(&file);
            if holder.is_gone() {
                // A network disk may keep the lock of a process that has ended.
                Holder::here().write(&mut file)?;
                return Ok(Some(Claim::Ours(Lock { file, path: path.to_owned() })));
            }
            Ok(Some(Claim::Theirs(holder)))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the name still leads to the open file.
#[cfg(unix)]
fn is_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata().map(id), path.metadata().map(id)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(not(unix))]
fn is_there(_: &File, path: &Path) -> bool {
    // A file that is open cannot be removed there.
    path.exists()
}

impl Drop for Lock {
    fn drop(&mut self) {
        // First the file, then the lock: who opened it meanwhile finds it gone and makes a new one.
        drop(std::fs::remove_file(&self.path));
        drop(self.file.unlock());
    }
}

impl Holder {
    /// This process.
    fn here() -> Self {
        let user = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| env::var(name).ok()).unwrap_or_default();
        Self { host: host(), user, pid: i32::try_from(std::process::id()).ok(), since: clock::minute() }
    }

    fn write(&self, file: &mut File) -> io::Result<()> {
        let pid = self.pid.map_or(String::new(), |pid| pid.to_string());
        let text = format!("host {}\nuser {}\npid {pid}\nsince {}\n", self.host, self.user, self.since);
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(text.as_bytes())
    }

    fn read(file: &File) -> Self {
        let mut text = String::new();
        // Unreadable is unknown.
        let _ = file.take(LONGEST).read_to_string(&mut text);
        let value = |name: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            found.unwrap_or_default().to_owned()
        };
        Self { host: value("host"), user: value("user"), pid: value("pid").parse().ok(), since: value("since") }
    }

    /// Whether the process is known to have ended: only that can be seen on the same machine.
    fn is_gone(&self) -> bool {
        #[cfg(unix)]
        if let (Some(pid), true) = (self.pid.and_then(rustix::process::Pid::from_raw), self.host == host()) {
            return rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH);
        }
        false
    }
}

/// `ana on build-7 (process 4711) since 2026-11-20 10:12`
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.user.is_empty() { "another strideboard" } else { &self.user })?;
        if !self.host.is_empty() {
            write!(f, " on {}", self.host)?;
        }
        if let Some(pid) = self.pid {
            write!(f, " (process {pid})")?;
        }
        if !self.since.is_empty() {
            write!(f, " since {}", self.since)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    env::var("COMPUTERNAME").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_it_and_gets_it_when_the_first_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let Claim::Ours(first) = claim(&path) else { panic!("the lock was free") };
        assert!(is_held(&path));
        let Claim::Theirs(holder) = claim(&path) else { panic!("the lock was not free") };
        assert_eq!(holder.pid, i32::try_from(std::process::id()).ok());
        assert!(holder.to_string().contains(&format!("(process {})", std::process::id())), "{holder}");
        drop(first);
        assert!(!path.exists());
        assert!(matches!(claim(&path), Claim::Ours(_)));
    }

    #[test]
    fn a_file_nobody_holds_is_a_stale_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        std::fs::write(&path, "host elsewhere\nuser ana\npid 1\nsince 2026-11-20 10:12\n").unwrap();
        assert!(!is_held(&path));
        assert!(matches!(claim(&path), Claim::Ours(_)));
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_whose_process_is_gone_is_stale_although_it_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let mut child = std::process::Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        std::fs::write(&path, format!("host {}\nuser ana\npid {}\n", host(), child.id())).unwrap();
        let held = File::open(&path).unwrap();
        held.lock().unwrap();
        assert!(matches!(claim(&path), Claim::Ours(_)));
    }

    #[test]
    fn where_nothing_can_be_made_it_is_unknown() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(claim(&folder.path().join("no/such/a.lock")), Claim::Unknown(_)));
    }
}
