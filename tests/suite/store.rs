//! Reading and saving on a real disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use strideboard::runtime::store::{Fingerprint, SaveError, StoreError, read, save, save_as};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn with(name: &str, content: &str) -> (Self, PathBuf, Fingerprint) {
        let folder = Self::new();
        let path = folder.path(name);
        fs::write(&path, content).unwrap();
        let fingerprint = read(&path).unwrap().fingerprint;
        (folder, path, fingerprint)
    }

    /// Every save, good or bad, leaves exactly these names behind.
    fn holds(&self, expected: &[&str]) {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, expected);
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_save_replaces_what_was_read_and_can_go_on() {
    let (folder, path, mut fingerprint) = Folder::with("a.tm.ron", "one");
    for content in ["two", "three", "", "four"] {
        fingerprint = save(&path, content.as_bytes(), Some(&fingerprint)).unwrap();
        assert_eq!(fingerprint, Fingerprint::of(content.as_bytes()));
        assert_eq!(read(&path).unwrap().bytes, content.as_bytes());
    }
    folder.holds(&["a.tm.ron"]);
}

#[test]
fn a_new_file_is_written_once_and_never_over_another() {
    let folder = Folder::new();
    let path = folder.path("new.tm.ron");
    save_as(&path, b"mine").unwrap();
    assert!(matches!(save_as(&path, b"other"), Err(SaveError::Exists { .. })));
    save_as(&path, b"mine").unwrap();
    assert_eq!(text(&path), "mine");
    folder.holds(&["new.tm.ron"]);
}

#[test]
fn a_change_by_somebody_else_is_never_overwritten() {
    let (folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
    fs::write(&path, "theirs").unwrap();
    let error = save(&path, b"mine", Some(&fingerprint)).unwrap_err();
    assert!(matches!(error, SaveError::ChangedUnderneath { .. }));
    assert!(error.to_string().ends_with(
        "a.tm.ron was changed by another program since it was read, so it was not overwritten; reload it, or save \
         under another name"
    ));
    assert_eq!(text(&path), "theirs");
    // The same change made by both is no conflict.
    assert_eq!(save(&path, b"theirs", Some(&fingerprint)).unwrap(), Fingerprint::of(b"theirs"));
    fs::remove_file(&path).unwrap();
    assert!(matches!(save(&path, b"mine", Some(&fingerprint)), Err(SaveError::Vanished { .. })));
    folder.holds(&[]);
}

#[test]
fn the_same_bytes_are_not_written_again() {
    let (_folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
    let before = fs::metadata(&path).unwrap();
    save(&path, b"one", Some(&fingerprint)).unwrap();
    let after = fs::metadata(&path).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::ino(&before), std::os::unix::fs::MetadataExt::ino(&after));
}

#[test]
fn what_is_no_file_is_refused_in_words() {
    let folder = Folder::new();
    let path = folder.path("a.tm.ron");
    assert!(matches!(read(&path), Err(StoreError::NotFound { .. })));
    fs::create_dir(&path).unwrap();
    assert!(read(&path).unwrap_err().to_string().ends_with("a.tm.ron is a folder, not a regular file"));
    let error = save_as(&path, b"x").unwrap_err();
    assert!(error.to_string().ends_with("a.tm.ron is a folder, so nothing was saved; choose another name"));
    let error = save_as(&folder.path("no/where/a.tm.ron"), b"x").unwrap_err();
    assert!(error.to_string().ends_with("no/where does not exist, so nothing was saved; create it first"), "{error}");
    assert!(matches!(save_as(Path::new(""), b"x"), Err(SaveError::NoName { .. })));
    assert!(matches!(save_as(&folder.path(".."), b"x"), Err(SaveError::NoName { .. })));
    folder.holds(&["a.tm.ron"]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = Folder::new();
    let path = folder.path("large.tm.ron");
    let file = fs::File::create(&path).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = read(&path).unwrap_err();
    assert!(
        error.to_string().ends_with("large.tm.ron is larger than 16 MiB, the most it can have, so it was not read")
    );
}

#[test]
fn leftovers_of_a_crash_are_in_nobodys_way() {
    let (folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
    fs::write(folder.path(".a.tm.ron.Xy12Zz.tmp"), "half").unwrap();
    fs::create_dir(folder.path(".a.tm.ron.tmp")).unwrap();
    save(&path, b"two", Some(&fingerprint)).unwrap();
    assert_eq!(text(&path), "two");
    folder.holds(&[".a.tm.ron.Xy12Zz.tmp", ".a.tm.ron.tmp", "a.tm.ron"]);
}

#[test]
fn of_many_savers_at_once_every_loser_is_told() {
    let (folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
    let results: Vec<(String, Result<Fingerprint, SaveError>)> = std::thread::scope(|scope| {
        let start = |n: usize| {
            let path = &path;
            scope.spawn(move || {
                let content = format!("from {n}");
                let result = save(path, content.as_bytes(), Some(&fingerprint));
                (content, result)
            })
        };
        let threads: Vec<_> = (0..8).map(start).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let saved: Vec<&str> = results.iter().filter(|(_, r)| r.is_ok()).map(|(content, _)| content.as_str()).collect();
    assert!(saved.contains(&text(&path).as_str()), "{results:?}");
    for (_, result) in &results {
        assert!(matches!(result, Ok(_) | Err(SaveError::ChangedUnderneath { .. })), "{result:?}");
    }
    // New files have no moment in between: exactly one wins.
    let new = folder.path("new.tm.ron");
    let wins = std::thread::scope(|scope| {
        let new = &new;
        let threads: Vec<_> =
            (0..8).map(|n| scope.spawn(move || save_as(new, format!("from {n}").as_bytes()))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).count()
    });
    assert_eq!(wins, 1);
    folder.holds(&["a.tm.ron", "new.tm.ron"]);
}

#[test]
fn very_long_names_can_be_saved() {
    let folder = Folder::new();
    let name = format!("{}.tm.ron", "n".repeat(240));
    let path = folder.path(&name);
    let fingerprint = save_as(&path, b"one").unwrap();
    save(&path, b"two", Some(&fingerprint)).unwrap();
    folder.holds(&[&name]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// The administrator may do everything, so what depends on permissions shows nothing then.
    fn is_root() -> bool {
        let root = rustix::process::geteuid().is_root();
        if root {
            eprintln!("skipped: the administrator is not refused anything");
        }
        root
    }

    #[test]
    fn a_link_stays_a_link() {
        let (folder, path, fingerprint) = Folder::with("real.tm.ron", "one");
        fs::create_dir(folder.path("links")).unwrap();
        symlink("../real.tm.ron", folder.path("links/first")).unwrap();
        symlink("links/first", folder.path("second")).unwrap();
        save(&folder.path("second"), b"two", Some(&fingerprint)).unwrap();
        assert_eq!(text(&path), "two");
        assert!(folder.path("second").is_symlink() && folder.path("links/first").is_symlink());
        folder.holds(&["links", "real.tm.ron", "second"]);
    }

    #[test]
    fn a_link_that_leads_nowhere_gets_its_file() {
        let folder = Folder::new();
        fs::create_dir(folder.path("there")).unwrap();
        symlink("there/new.tm.ron", folder.path("link")).unwrap();
        assert!(matches!(read(&folder.path("link")), Err(StoreError::NotFound { .. })));
        save_as(&folder.path("link"), b"one").unwrap();
        assert_eq!(text(&folder.path("there/new.tm.ron")), "one");
        assert!(folder.path("link").is_symlink());
        symlink("round", folder.path("round")).unwrap();
        assert!(
            save_as(&folder.path("round"), b"x").unwrap_err().to_string().ends_with("too many symbolic links in a row")
        );
    }

    #[test]
    fn permissions_are_kept_and_new_files_get_the_usual_ones() {
        let (folder, path, mut fingerprint) = Folder::with("a.tm.ron", "one");
        for (n, wanted) in [0o644, 0o600, 0o664, 0o640, 0o755].into_iter().enumerate() {
            set_mode(&path, wanted);
            fingerprint = save(&path, format!("{n}").as_bytes(), Some(&fingerprint)).unwrap();
            assert_eq!(mode(&path), wanted, "{wanted:o}");
        }
        save_as(&folder.path("new.tm.ron"), b"x").unwrap();
        fs::write(folder.path("usual"), "x").unwrap();
        assert_eq!(mode(&folder.path("new.tm.ron")), mode(&folder.path("usual")));
    }

    #[test]
    fn owner_and_group_are_kept_where_possible() {
        if !rustix::process::geteuid().is_root() {
            eprintln!("skipped: only the administrator can give files away");
            return;
        }
        let (_folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
        std::os::unix::fs::chown(&path, Some(1234), Some(4321)).unwrap();
        save(&path, b"two", Some(&fingerprint)).unwrap();
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.uid(), metadata.gid()), (1234, 4321));
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let (folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
        set_mode(&path, 0o444);
        assert!(matches!(save(&path, b"two", Some(&fingerprint)), Err(SaveError::ReadOnly { .. })));
        assert_eq!(text(&path), "one");
        folder.holds(&["a.tm.ron"]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        if is_root() {
            return;
        }
        let (folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
        set_mode(folder.0.path(), 0o555);
        let error = save(&path, b"two", Some(&fingerprint)).unwrap_err();
        set_mode(folder.0.path(), 0o755);
        assert!(matches!(error, SaveError::FolderNotWritable { .. }), "{error}");
        assert!(error.to_string().starts_with("nothing can be written in the folder "));
        assert_eq!(text(&path), "one");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        if is_root() {
            return;
        }
        let (_folder, path, fingerprint) = Folder::with("a.tm.ron", "one");
        set_mode(&path, 0o200);
        assert!(matches!(read(&path), Err(StoreError::Denied { .. })));
        assert!(matches!(save(&path, b"two", Some(&fingerprint)), Err(SaveError::Unreadable { .. })));
    }

    #[test]
    fn pipes_and_devices_are_refused_without_waiting() {
        let folder = Folder::new();
        let pipe = folder.path("pipe.tm.ron");
        let status = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(status.success());
        assert!(read(&pipe).unwrap_err().to_string().ends_with("pipe.tm.ron is a pipe, not a regular file"));
        assert!(matches!(save_as(&pipe, b"x"), Err(SaveError::NotAFile { is: "a pipe", .. })));
        let device = read(Path::new("/dev/zero")).unwrap_err();
        assert_eq!(device.to_string(), "/dev/zero is a device, not a regular file");
        folder.holds(&["pipe.tm.ron"]);
    }

    #[test]
    fn a_disk_that_takes_no_files_is_said_in_words() {
        let error = save_as(Path::new("/proc/strideboard.tm.ron"), b"x").unwrap_err();
        let text = error.to_string();
        assert!(!text.contains("os error"), "{text}");
        assert!(std::error::Error::source(&error).is_some());
    }
}
