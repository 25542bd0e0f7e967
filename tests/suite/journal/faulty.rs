//! Every single call of a save and of a journal fails once, or from then on.

use std::{fs, io::ErrorKind, path::Path, sync::Arc};

use strideboard::{
    app::{document::Document, recovery::recover},
    format::journal::decode,
    runtime::{
        journal::Writer,
        store::{Fingerprint, SaveError, save_on},
    },
    session::{Edit, Session, Text, Zone, edit::Entry},
};

use super::fuse::{Burn, Fuse};

/// What disks say.
const KINDS: [ErrorKind; 6] = [
    ErrorKind::StorageFull,
    ErrorKind::QuotaExceeded,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::PermissionDenied,
    ErrorKind::FileTooLarge,
    ErrorKind::Other,
];

fn burns() -> impl Iterator<Item = Burn> {
    KINDS.into_iter().flat_map(|kind| [Burn::Once(kind), Burn::FromThen(kind), Burn::Half(kind)])
}

// --- the session's file

#[test]
fn a_save_that_fails_anywhere_leaves_the_old_content_and_says_so() {
    for burn in burns() {
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let path = super::session_file(folder.path());
            fs::write(&path, "old").unwrap();
            let fuse = Fuse::new(at, burn);
            let result = save_on(&fuse, &path, b"new", Some(&Fingerprint::of(b"old")));
            if fuse.calls() <= at {
                assert!(result.is_ok());
                break;
            }
            let there = fs::read_to_string(&path).unwrap();
            match result {
                // A disk that cannot confirm folders is no reason to refuse.
                Ok(_) | Err(SaveError::NotDurable { .. }) => assert_eq!(there, "new", "{burn:?} at {at}"),
                Err(error) => assert_eq!(there, "old", "{burn:?} at {at}: {error}"),
            }
            assert_eq!(
                fs::read_dir(folder.path()).unwrap().count(),
                1,
                "{burn:?} at {at}: something is left beside it"
            );
        }
    }
}

// --- the journal

/// A zone, as the smallest change there is.
pub(super) fn zone(number: usize) -> Edit {
    Edit::Add(Entry::Zone(Zone {
        id: format!("z{number}").parse().unwrap(),
        rank: 0,
        name: format!("Zone {number}"),
        parent: None,
        exposure: strideboard::session::Exposure::default(),
        note: Text::default(),
    }))
}

/// What a meeting does; `told` hears each state of the session in order, and whether it may be shown.
pub(super) fn meeting(writer: &mut Writer, mut told: impl FnMut(&Session, bool)) {
    let mut document = super::document(&Session::new("A"));
    let mut now = |document: &mut Document| {
        let written = document.orders().into_iter().all(|order| writer.take(order).is_ok());
        told(document.session(), written);
    };
    now(&mut document);
    for number in 0..6 {
        document.apply(&zone(number)).unwrap();
        now(&mut document);
        if number == 3 {
            document.undo();
            now(&mut document);
            document.redo();
            now(&mut document);
        }
    }
}

/// How many zones there are after each step of the meeting.
pub(super) const ZONES: [usize; 9] = [0, 1, 2, 3, 4, 3, 4, 5, 6];

/// Whether a session is what was shown last, counted in steps, or something that was done after it.
pub(super) fn is_kept(back: &Session, shown: usize) -> bool {
    ZONES[shown..].contains(&back.zones.len())
}

/// What a journal in this folder brings back.
pub(super) fn brought_back(folder: &Path) -> Session {
    let mut files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let Some(path) = files.find(|path| path.extension().is_some_and(|suffix| suffix == "journal")) else {
        return Session::new("A");
    };
    match decode(&fs::read(path).unwrap()) {
        Ok(journal) => Arc::unwrap_or_clone(recover(journal, None).mine),
        Err(error) => {
            assert_eq!(error, strideboard::format::journal::Unreadable::NeverBegun);
            Session::new("A")
        }
    }
}

#[test]
fn a_journal_whose_writing_fails_anywhere_holds_everything_that_was_acknowledged() {
    for burn in burns() {
        for at in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let fuse = Arc::new(Fuse::new(at, burn));
            let (mut step, mut shown) = (0, 0);
            let mut writer = Writer::on(Arc::clone(&fuse) as Arc<_>, folder.path());
            meeting(&mut writer, |session, written| {
                assert_eq!(session.zones.len(), ZONES[step]);
                shown = if written { step } else { shown };
                step += 1;
            });
            let back = brought_back(folder.path());
            assert!(is_kept(&back, shown), "{burn:?} at {at}: {} zones after step {shown}", back.zones.len());
            if fuse.calls() <= at {
                assert_eq!(back.zones.len(), 6);
                break;
            }
            if !matches!(burn, Burn::FromThen(_)) {
                // The step after a failure brings along what failed; only the very last has none.
                assert!(back.zones.len() >= 5, "{burn:?} at {at}");
            }
        }
    }
}
