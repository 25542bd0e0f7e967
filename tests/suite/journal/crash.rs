//! The process ends before and after every single call of a save and of a journal. A real end of a real process: the
//! test starts itself again for each, and looks at what is left.

use std::{
    env, fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use strideboard::runtime::{
    journal::Writer,
    store::{Fingerprint, save_on},
};

use super::{
    faulty::{ZONES, brought_back, is_kept, meeting},
    fuse::{Burn, Fuse},
};

const OLD: &str = "the old content";
const NEW: &str = "the new content, which is longer";

/// The second process: `STRIDEBOARD_TEST_CRASH` says what it does, where, and when it ends.
#[test]
#[ignore = "a process of the tests beside it"]
fn child() {
    let Ok(told) = env::var("STRIDEBOARD_TEST_CRASH") else { return };
    let mut words = told.splitn(4, ' ');
    let (what, burn, at, folder) =
        (words.next().unwrap(), words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let burn = if burn == "before" { Burn::EndBefore } else { Burn::EndAfter };
    let fuse = Fuse::new(at.parse().unwrap(), burn);
    let folder = Path::new(folder);
    if what == "save" {
        let path = super::session_file(folder);
        save_on(&fuse, &path, NEW.as_bytes(), Some(&Fingerprint::of(OLD.as_bytes()))).unwrap();
    } else {
        let mut writer = Writer::on(Arc::new(fuse), folder);
        let mut step = 0;
        meeting(&mut writer, |_, written| {
            assert!(written);
            // What the screen shows, in a way that survives the end of the process.
            println!("shown {step}.");
            std::io::stdout().flush().unwrap();
            step += 1;
        });
    }
}

/// Ends a process at a call; says whether it came that far, and which step it had shown last.
fn ended(what: &str, burn: &str, at: usize, folder: &Path) -> (bool, usize) {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "journal::crash::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env("STRIDEBOARD_TEST_CRASH", format!("{what} {burn} {at} {}", folder.display()))
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let step = |line: &str| line.split_once("shown ")?.1.split_once('.')?.0.parse().ok();
    (!output.status.success(), text.lines().filter_map(step).next_back().unwrap_or(0))
}

#[test]
fn a_save_that_ends_anywhere_leaves_the_old_content_or_the_new() {
    for burn in ["before", "after"] {
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let path = super::session_file(folder.path());
            fs::write(&path, OLD).unwrap();
            let (died, _) = ended("save", burn, at, folder.path());
            let there = fs::read_to_string(&path).unwrap();
            assert!(there == NEW || (died && there == OLD), "{burn} {at}: {there}");
            if !died {
                break;
            }
            // Nothing that is left stands in the way of the next save.
            let fuse = Fuse::new(usize::MAX, Burn::EndBefore);
            save_on(&fuse, &path, NEW.as_bytes(), Some(&Fingerprint::of(there.as_bytes()))).unwrap();
        }
    }
}

#[test]
fn a_journal_that_ends_anywhere_holds_everything_that_was_shown() {
    for burn in ["before", "after"] {
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let (died, shown) = ended("journal", burn, at, folder.path());
            let back = brought_back(folder.path());
            assert!(is_kept(&back, shown), "{burn} {at}: {} zones after step {shown}", back.zones.len());
            if !died {
                assert_eq!(shown + 1, ZONES.len());
                break;
            }
        }
    }
}
