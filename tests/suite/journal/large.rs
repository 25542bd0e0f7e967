//! The journal of a large session: what is written once is not written with every step.

use std::{
    fs::File,
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use strideboard::{
    app::{document::Document, recovery::recover},
    format::journal::decode,
    runtime::{journal::Writer, store::Volume},
    session::{Edit, Note, NoteKind, Session, edit::Entry},
};

/// A disk that counts what is written.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl Volume for Counting {
    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        self.0.fetch_add(bytes.len(), Ordering::SeqCst);
        file.write_all(bytes)
    }
}

fn note(number: usize, text: &str) -> Edit {
    Edit::Add(Entry::Note(Note::new(format!("N{number}-aaa").parse().unwrap(), NoteKind::Quote, text)))
}

fn large() -> Session {
    let edits = (1..60).map(|number| note(number, &"what was said ".repeat(600))).collect();
    Session::new("x").apply(&Edit::Batch { label: String::new(), edits }).unwrap()
}

#[test]
fn a_step_writes_itself_and_not_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let volume = Arc::new(Counting::default());
    let written = || volume.0.swap(0, Ordering::SeqCst);
    let mut writer = Writer::on(volume.clone(), folder.path());
    let mut document: Document = super::document(&large());
    let tell = |writer: &mut Writer, document: &mut Document| {
        for order in document.orders() {
            writer.take(order).unwrap();
        }
    };
    tell(&mut writer, &mut document);
    writer.prepare();
    assert!(written() > 400_000);
    for _ in 0..2 {
        document.apply(&note(90, "one more")).unwrap();
        tell(&mut writer, &mut document);
        assert!((1..1_000).contains(&written()));
        let journal = journal(&folder).unwrap();
        assert_eq!(recover(decode(&journal).unwrap(), None).mine, *document.session());
        document.undo();
        tell(&mut writer, &mut document);
        writer.prepare();
        assert!(written() < 1_000);
    }
    drop(writer);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn undo_to_before_a_save_does_not_make_every_later_step_write_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let volume = Arc::new(Counting::default());
    let mut writer = Writer::on(volume.clone(), folder.path());
    // With the session twice in it the journal is larger than a journal may grow.
    let huge = (100..1_000).map(|number| note(number, &"what was said ".repeat(700))).collect();
    let huge = large().apply(&Edit::Batch { label: String::new(), edits: huge }).unwrap();
    let mut document: Document = super::document(&huge);
    let mut tell = |document: &mut Document| {
        volume.0.store(0, Ordering::SeqCst);
        for order in document.orders() {
            writer.take(order).unwrap();
        }
        writer.prepare();
        volume.0.load(Ordering::SeqCst)
    };
    document.apply(&note(90, "one more")).unwrap();
    tell(&mut document);
    if let Some(strideboard::app::Effect::Save { revision, .. }) =
        document.save(strideboard::app::msg::Write::Expecting)
    {
        document.saved(revision, None);
    }
    tell(&mut document);
    document.undo();
    assert!(tell(&mut document) > 8_000_000);
    for number in 91..95 {
        document.apply(&note(number, "and another")).unwrap();
        assert!(tell(&mut document) < 1_000);
    }
}

fn journal(folder: &tempfile::TempDir) -> Option<Vec<u8>> {
    let mut entries = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    entries
        .find(|path| path.extension().is_some_and(|suffix| suffix == "journal"))
        .map(|path| std::fs::read(path).unwrap())
}
