//! `recover`: what a run that ended early left, without the screen.

use std::{path::Path, sync::Arc};

use strideboard::{
    app::msg::Order,
    format::{
        journal::{Draft, DraftPlace, Step},
        session::{decode, encode},
    },
    runtime::{
        journal::{Place, Writer},
        lock::{self, Claim},
    },
    session::{Edit, EntryId, Letter, Place as Where, Session, Threat},
};

use super::*;

impl Shell {
    fn journals(&self) -> PathBuf {
        self.home.path().join("state/journals")
    }

    /// Leaves these edits, and half a sentence, in the journal of a session, as a kill does.
    fn killed(&self, name: &str, edits: Vec<Edit>, typing: Option<&str>) {
        let path = self.path(name);
        let base = Arc::new(decode(&fs::read(&path).unwrap()).unwrap());
        let after = Arc::new(edits.iter().fold((*base).clone(), |session, edit| session.apply(edit).unwrap()));
        let mut writer = Writer::new(self.journals());
        writer.take(Order::Open { path, base }).unwrap();
        writer.take(Order::Steps { steps: edits.into_iter().map(Step::Edit).collect(), after }).unwrap();
        let draft = typing.map(|text| Draft { place: DraftPlace::Capture, text: text.to_owned() });
        writer.take(Order::Draft(draft)).unwrap();
        writer.write_draft().unwrap();
    }

    fn session(&self, name: &str) -> Session {
        decode(self.read(name).as_bytes()).unwrap()
    }
}

fn said(number: u32, statement: &str) -> Edit {
    let threat = Threat::new(format!("T{number}-abc").parse().unwrap(), Letter::T, statement);
    Edit::AddThreat { place: Where::Unfiled, threat: Box::new(threat) }
}

fn withdrawn(number: u32) -> Edit {
    Edit::Withdraw { threat: format!("T{number}-abc").parse().unwrap(), reason: Some("said twice".into()) }
}

fn killed() -> Shell {
    let shell = Shell::with("a.tm.ron", &encode(&Session::new("A")));
    shell.killed("a.tm.ron", vec![said(1, "the log is cut"), said(2, "a key is copied")], Some("T: half a thou"));
    shell
}

/// The sentence of somebody else in the file, and one of ours taken out.
fn changed(shell: &Shell, change: impl FnOnce(Session) -> Session) {
    shell.write("a.tm.ron", &encode(&change(shell.session("a.tm.ron"))));
}

#[test]
fn what_was_not_saved_is_listed_and_saved() {
    let shell = killed();
    assert_snapshot!(shell.run(&["recover"]), @"
    exit 0
    -- out
    a.tm.ron: 2 changes not saved
      + add threat T1 to unfiled: the log is cut
      + add threat T2 to unfiled: a key is copied
      … being typed: T: half a thou
    ");
    assert_snapshot!(shell.run(&["recover", "a"]), @"
    exit 0
    -- out
    a.tm.ron
    -- err
    recovered 2 changes and what was being typed
    what was being typed is a note now: T: half a thou
    ");
    let session = shell.session("a.tm.ron");
    assert_eq!((session.unfiled.len(), session.notes.iter().next().unwrap().text.as_str()), (2, "T: half a thou"));
    assert_snapshot!(shell.run(&["recover"]), @"
    exit 0
    -- err
    everything is saved: there is nothing to recover
    ");
    assert_snapshot!(shell.run(&["recover", "a"]), @"
    exit 1
    -- err
    error: there is nothing to recover for a
      hint: `strideboard recover` lists what was not saved
    ");
}

#[test]
fn a_journal_of_what_is_in_the_file_already_goes_and_nothing_is_called_recovered() {
    let shell = Shell::with("a.tm.ron", &encode(&Session::new("A").apply(&said(1, "saved")).unwrap()));
    shell.killed("a.tm.ron", vec![said(2, "saved too")], None);
    changed(&shell, |session| session.apply(&said(2, "saved too")).unwrap());
    assert_snapshot!(shell.run(&["recover", "a"]), @"
    exit 0
    -- err
    everything is in a.tm.ron already
    ");
    assert!(shell.run(&["recover"]).contains("nothing to recover"));
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_kept_too() {
    let shell = killed();
    changed(&shell, |session| session.apply(&said(9, "theirs")).unwrap());
    assert_eq!(shell.json(&["recover", "--list", "--format", "json"])["journals"][0]["state"], "changed");
    assert!(shell.run(&["recover", "a"]).starts_with("exit 0"));
    assert_eq!(shell.session("a.tm.ron").unfiled.len(), 3);
}

#[test]
fn where_both_changed_a_field_both_values_are_kept() {
    let shell = Shell::with("a.tm.ron", &encode(&Session::new("A").apply(&said(1, "both know")).unwrap()));
    shell.killed("a.tm.ron", vec![withdrawn(1)], None);
    changed(&shell, |session| session.apply(&Edit::Remove(EntryId::Threat("T1-abc".parse().unwrap()))).unwrap());
    assert_snapshot!(shell.run(&["recover", "a"]), @"
    exit 2
    -- out
    a.tm.ron
    -- err
    recovered 1 change
    error: a.tm.ron was changed meanwhile, and 1 field would say different things
      hint: both values are in the file: `strideboard resolve` settles them
    ");
    assert_eq!(shell.session("a.tm.ron").threats().count(), 1);
    assert!(shell.run(&["resolve", "a.tm.ron"]).contains("T1-abc"));
    assert!(shell.run(&["recover"]).contains("nothing to recover"));
}

#[test]
fn a_file_that_is_no_session_any_more_is_left_alone() {
    let shell = killed();
    shell.write("a.tm.ron", "<<<<<<< mine");
    assert_snapshot!(shell.run(&["recover", "a"]), @"
    exit 2
    -- out
    a-copy.tm.ron
    -- err
    recovered 2 changes and what was being typed
    what was being typed is a note now: T: half a thou
    error: a.tm.ron is not that session any more, so this is a copy beside it
    ");
    assert_eq!(shell.read("a.tm.ron"), "<<<<<<< mine");
    assert_eq!(shell.session("a-copy.tm.ron").unfiled.len(), 2);
}

#[test]
fn a_session_whose_file_is_gone_is_written_again() {
    let shell = killed();
    fs::remove_file(shell.path("a.tm.ron")).unwrap();
    assert!(shell.run(&["recover"]).contains("the file is gone or cannot be read"));
    assert!(shell.run(&["recover", "a"]).starts_with("exit 0"));
    assert_eq!(shell.session("a.tm.ron").unfiled.len(), 2);
}

#[test]
fn it_can_go_to_another_file_or_be_thrown_away() {
    let shell = killed();
    assert!(shell.run(&["recover", "a", "--output", "b.tm.ron"]).starts_with("exit 0"));
    assert_eq!((shell.session("b.tm.ron").unfiled.len(), shell.session("a.tm.ron").unfiled.len()), (2, 0));
    shell.killed("a.tm.ron", vec![said(1, "no")], None);
    assert!(shell.run(&["recover", "a", "--discard"]).contains("discarded what was not saved"));
    assert!(shell.run(&["recover"]).contains("nothing to recover"));
}

#[test]
fn what_is_open_is_left_to_who_works_on_it() {
    let shell = killed();
    let place = Place::of(&shell.journals(), Path::new(&shell.path("a.tm.ron")));
    let Claim::Ours(_lock) = lock::claim(&place.lock) else { panic!("the lock was free") };
    assert_eq!(shell.json(&["recover", "--list", "--format", "json"])["journals"][0]["state"], "open");
    let told = shell.run(&["recover", "a"]);
    assert!(told.starts_with("exit 1") && told.contains("works on it and will save it"), "{told}");
    assert_eq!(shell.session("a.tm.ron").unfiled.len(), 0);
}

#[test]
fn a_journal_that_cannot_be_read_stays_where_it_is() {
    let shell = killed();
    let journal = fs::read_dir(shell.journals()).unwrap().next().unwrap().unwrap().path();
    fs::write(&journal, "not a journal at all\n").unwrap();
    assert_eq!(shell.json(&["recover", "--list", "--format", "json"])["journals"][0]["state"], "unreadable");
    let told = shell.run(&["recover", "a"]);
    assert!(told.starts_with("exit 1") && told.contains("it stays where it is"), "{told}");
    assert!(journal.exists());
}
