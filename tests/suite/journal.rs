//! The recovery journal: whatever was done, wherever it was cut off, and on disks that fail.

#[path = "journal/crash.rs"]
#[cfg(unix)]
mod crash;
#[path = "journal/faulty.rs"]
mod faulty;
#[path = "journal/fuse.rs"]
mod fuse;
#[path = "journal/large.rs"]
mod large;

use std::{path::Path, sync::Arc};

use proptest::{collection::vec, prelude::*, sample::Index, test_runner::Config};
use strideboard::{
    app::{
        document::Document,
        msg::{Effect, Opened, Order, Write},
        outline::Outline,
        recovery::{Fit, recover},
    },
    format::journal::{End, Trail, begin, decode},
    session::{Edit, Session},
};

use crate::{
    arbitrary,
    edits::{Wish, wish},
};

/// A document as it is after its file was read.
pub(super) fn document(session: &Session) -> Document {
    Document::new(Opened {
        path: "a.tm.ron".into(),
        shown: "a.tm.ron".into(),
        session: Arc::new(session.clone()),
        outline: Outline::of(session),
        warnings: Vec::new(),
        read_only: None,
        spot: None,
        locked: None,
        notice: None,
        recovery: None,
    })
}

#[derive(Debug, Clone)]
enum Action {
    Edit(Wish),
    Undo,
    Redo,
    Save,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        5 => wish().prop_map(Action::Edit),
        3 => Just(Action::Undo),
        2 => Just(Action::Redo),
        1 => Just(Action::Save),
    ]
}

/// The bytes a journal has after each order, and the session that was on the screen then.
#[derive(Default)]
struct Written {
    bytes: Vec<u8>,
    base: Option<Arc<Session>>,
    trail: Trail,
    marks: Vec<(usize, Arc<Session>)>,
}

impl Written {
    fn take(&mut self, document: &mut Document) {
        for order in document.orders() {
            match order {
                Order::Open { base, .. } | Order::Rest { base } => {
                    *self = Self { base: Some(base.clone()), ..Self::default() };
                    self.bytes = begin("a.tm.ron", &base);
                    self.marks.push((self.bytes.len(), base));
                }
                Order::Steps { steps, after } => {
                    self.bytes.extend(self.trail.encode(&steps, &after));
                    self.marks.push((self.bytes.len(), after));
                }
                Order::Draft(_) | Order::Discard => {}
            }
        }
    }
}

fn done(document: &mut Document, action: &Action, donor: &Session) {
    match action {
        Action::Edit(wish) => {
            let edit: Edit = wish.edit(document.session(), donor);
            drop(document.apply(&edit));
        }
        Action::Undo => drop(document.undo()),
        Action::Redo => drop(document.redo()),
        Action::Save => {
            if let Some(Effect::Save { revision, .. }) = document.save(Write::Expecting) {
                document.saved(revision, None);
            }
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 96, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_journal_cut_anywhere_brings_back_what_was_on_the_screen_before_that(
        session in arbitrary::session(),
        donor in arbitrary::session(),
        actions in vec(action(), 1..24),
        cut in any::<Index>(),
    ) {
        let mut document = document(&session);
        let mut written = Written::default();
        written.take(&mut document);
        for action in &actions {
            done(&mut document, action, &donor);
            written.take(&mut document);
        }
        let Written { bytes, base, marks, .. } = written;
        let base = base.unwrap();
        let (begun, last) = (marks[0].0, marks.last().unwrap().1.clone());
        prop_assert_eq!(&last, document.session());
        for at in [bytes.len(), begun + cut.index(bytes.len() - begun + 1)] {
            let journal = decode(&bytes[..at]).unwrap();
            let whole = marks.iter().any(|(mark, _)| *mark == at);
            prop_assert!(journal.end != End::Damaged && (!whole || journal.end == End::Whole));
            let shown = &marks.iter().rfind(|(mark, _)| *mark <= at).unwrap().1;
            let recovery = recover(journal, Some(&base));
            prop_assert_eq!(&recovery.mine, shown);
            let Fit::Exact(resumed) = recovery.fit else { panic!("the file is what it was") };
            prop_assert_eq!(resumed.history.session(), shown);
            // Going on from there and failing again brings back the same.
            let mut again = begin("a.tm.ron", &base);
            again.extend(Trail::default().encode(&resumed.steps, shown));
            prop_assert_eq!(&recover(decode(&again).unwrap(), Some(&base)).mine, shown);
        }
    }

    #[test]
    fn a_save_that_was_cut_off_from_the_journal_is_recognised(
        session in arbitrary::session(),
        donor in arbitrary::session(),
        actions in vec(action(), 1..24),
        saved in any::<Index>(),
    ) {
        // The file holds any of the sessions the journal passes: it was written and the journal not removed yet.
        let mut document = document(&session);
        let mut written = Written::default();
        written.take(&mut document);
        for action in actions.iter().filter(|action| !matches!(action, Action::Save)) {
            done(&mut document, action, &donor);
            written.take(&mut document);
        }
        let file = saved.get(&written.marks).1.clone();
        let recovery = recover(decode(&written.bytes).unwrap(), Some(&file));
        prop_assert_eq!(&recovery.mine, document.session());
        let Fit::Exact(resumed) = recovery.fit else { panic!("the journal knows what is in the file") };
        prop_assert_eq!(resumed.history.session(), document.session());
        prop_assert_eq!(file != *document.session(), !recovery.changes.is_empty());
    }
}

/// Nobody has this path; only its words matter.
pub(super) fn session_file(folder: &Path) -> std::path::PathBuf {
    folder.join("a.tm.ron")
}
