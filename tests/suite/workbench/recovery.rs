//! What is left after the program was killed, and two people on one session.

use std::fs;

use strideboard::{
    app::msg::Journaling,
    format::session::{decode, encode},
    session::{Edit, EntryId},
};

use super::*;

/// What the file holds and one change more, killed before it was saved.
fn killed() -> Driver {
    login().idle().keys("x").killed()
}

// --- the journal

#[test]
fn what_was_on_the_screen_is_offered_after_a_kill() {
    let driver = killed().shows("Work that was not saved was recovered").shows("before 1 change reached the file");
    assert_eq!(answer(&driver, Letter::S), None);
    let driver = driver.keys("<enter>").says("Recovered 1 change").shows("unsaved");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    // It is a change like any other.
    assert_eq!(answer(&driver.keys("u"), Letter::S), None);
}

#[test]
fn what_was_recovered_is_recovered_again_until_it_is_saved() {
    let driver = killed().keys("<enter>").killed().keys("<enter>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    let driver = driver.idle();
    assert_eq!(driver.journals(), [""; 0].map(std::path::PathBuf::from));
    assert_eq!(driver.killed().hides("recovered").on_disk().flows.len(), 1);
}

#[test]
fn an_answer_to_the_question_that_never_came_loses_nothing() {
    let driver = killed().killed().killed().keys("<esc>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

#[test]
fn a_journal_is_there_only_while_something_is_not_saved() {
    let driver = login().idle();
    assert!(driver.journals().is_empty());
    let driver = driver.keys("x");
    assert_eq!(driver.journals().len(), 1);
    let driver = driver.keys("u");
    assert!(driver.journals().is_empty());
    assert!(driver.keys("x").idle().journals().is_empty());
}

#[test]
fn undo_and_redo_are_recovered_as_they_were_done() {
    let driver = login().idle().keys("x<space>x<space>xuu<ctrl-r>u").killed().keys("<enter>");
    let before = login().idle().keys("x<space>x<space>xuu<ctrl-r>u");
    assert_eq!(driver.session(), before.session());
    // Undo to before what is in the file is a change of it, too.
    let driver = login().idle().keys("x<space>x").idle().keys("uu").killed().keys("<enter>");
    assert_eq!(answer(&driver, Letter::S), None);
    assert_eq!(driver.session(), login().session());
}

#[test]
fn a_save_while_work_goes_on_leaves_nothing_to_recover_twice() {
    let driver = login().idle().keys("x").idle().keys("<space>x").killed();
    let driver = driver.shows("before 1 change reached").keys("<enter>");
    assert_eq!((answer(&driver, Letter::S), answer(&driver, Letter::T)), (Some(Answer::Clear), Some(Answer::Clear)));
}

#[test]
fn what_it_is_can_be_looked_at_before_deciding() {
    let driver = killed().keys("v").shows("+ clear S on F1").keys("b").shows("reached the file");
    assert_eq!(answer(&driver.keys("<enter>"), Letter::S), Some(Answer::Clear));
}

#[test]
fn discarding_asks_once_more() {
    let driver = killed().keys("x<enter>").shows("will be gone for good");
    assert_eq!(driver.journals().len(), 1);
    let driver = driver.keys("x<enter>").says("Discarded");
    assert!(driver.journals().is_empty());
    assert_eq!(answer(&driver, Letter::S), None);
}

#[test]
fn leaving_without_saving_leaves_no_journal() {
    let driver = login().idle().without_autosave().keys("xql<enter>");
    assert!(driver.ended() && driver.journals().is_empty());
}

// --- what is being typed

#[test]
fn half_a_sentence_comes_back_into_the_capture_line() {
    let driver = login().idle().keys("cT: half a sent").killed().shows("what was being typed").keys("<enter>");
    let driver = driver.shows("› T: half a sent").keys("ence<enter>");
    assert_eq!(driver.threats(), ["T1 T half a sentence"]);
    assert!(driver.idle().journals().is_empty());
}

#[test]
fn half_a_field_comes_back_into_its_form() {
    let driver = login().idle().keys("<ctrl-t><enter> of the shop").killed().keys("<enter>");
    let driver = driver.shows("Sign-in of the shop").keys("<enter>");
    assert_eq!(driver.session().title, "Sign-in of the shop");
}

#[test]
fn half_a_field_of_a_record_that_is_gone_becomes_a_note() {
    let typing = login().idle().keys("Sone<enter>").idle().keys("e<enter> and more");
    assert!(typing.text().contains("one and more"), "{}", typing.text());
    let driver = typing.changed_outside(|text| without_threats(&text)).killed().keys("<enter>");
    let note = driver.session().notes.iter().next().unwrap().text.clone();
    assert!(note.contains("one and more"), "{note}");
}

/// The file as somebody leaves it who removed every threat of the flow.
fn without_threats(text: &str) -> String {
    let mut session = decode(text.as_bytes()).unwrap();
    for (_, threat) in session.clone().threats() {
        session = session.apply(&Edit::Remove(EntryId::Threat(threat.id))).unwrap();
    }
    encode(&session)
}

#[test]
fn what_was_given_up_is_not_offered() {
    login().idle().keys("cT: no<esc>").killed().hides("recovered");
}

// --- the file changed meanwhile

#[test]
fn what_somebody_else_wrote_is_kept_beside_what_is_recovered() {
    let driver = login().idle().keys("x").changed_outside(|text| text.replace("login", "sign-in")).killed();
    let driver = driver.shows("Both can be kept: no field").keys("<enter>");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "sign-in");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

/// A label that both changed.
fn disputed() -> Driver {
    let driver = login().idle().keys("1").keys("e<enter>s<enter><esc>");
    driver.changed_outside(|text| text.replace("\"login\"", "\"sign-in\"")).killed()
}

#[test]
fn a_field_that_both_changed_is_kept_twice() {
    let driver = disputed().shows("kept but for 1 field").keys("<enter>").says("Recovered");
    assert_eq!(driver.session().conflicts.len(), 1);
    assert!(driver.keys("u").session().conflicts.is_empty());
}

#[test]
fn what_is_recovered_can_go_into_a_copy() {
    let driver = disputed().keys("j<enter>");
    assert!(driver.path().ends_with("sign-in-copy.tm.ron"), "{:?}", driver.path());
    assert_eq!(driver.on_disk(), *driver.session());
    let theirs = fs::read_to_string(driver.folder().join("sign-in.tm.ron")).unwrap();
    assert!(theirs.contains("sign-in\""), "{theirs}");
    assert!(driver.journals().is_empty());
}

#[test]
fn going_back_to_an_earlier_state_is_merged_too() {
    let driver = login().idle().keys("x").idle().keys("u").changed_outside(|text| text.replace("login", "sign-in"));
    let driver = driver.killed().keys("<enter>");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "sign-in");
}

#[test]
fn a_copy_that_cannot_be_written_never_leads_over_the_file() {
    let driver = disputed();
    let path = driver.path();
    let theirs = fs::read(&path).unwrap();
    for number in 1..100 {
        let count = if number == 1 { String::new() } else { format!("-{number}") };
        fs::write(driver.folder().join(format!("sign-in-copy{count}.tm.ron")), "taken").unwrap();
    }
    let driver = driver.keys("j<enter>").shows("too many copies").keys("<esc>x").idle();
    assert_eq!(fs::read(&path).unwrap(), theirs);
    let driver = driver.killed().keys("<enter>");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "logins");
}

#[test]
fn a_file_that_is_gone_while_nothing_was_unsaved_is_kept_by_the_journal() {
    let mut driver = login().idle();
    let (path, session) = (driver.path(), driver.session());
    fs::remove_file(&path).unwrap();
    driver.send(Msg::Focused);
    assert_eq!(driver.journals().len(), 1);
    fs::write(&path, encode(&Session::new("Sign-in"))).unwrap();
    let driver = driver.killed().keys("<enter>");
    assert_eq!(driver.on_disk(), *session);
    assert_ne!(driver.path(), path);
}

// --- a damaged journal

fn damaged(change: impl Fn(&mut Vec<u8>)) -> Driver {
    let driver = login().idle().keys("x<space>x<space>x");
    let journal = driver.journals().remove(0);
    let mut bytes = fs::read(&journal).unwrap();
    change(&mut bytes);
    fs::write(&journal, bytes).unwrap();
    driver.killed()
}

#[test]
fn a_torn_tail_costs_only_itself() {
    let driver = damaged(|bytes| bytes.truncate(bytes.len() - 7)).shows("before 2 changes").keys("<enter>");
    assert_eq!((answer(&driver, Letter::T), answer(&driver, Letter::R)), (Some(Answer::Clear), None));
}

#[test]
fn a_damaged_journal_is_read_up_to_the_damage_and_kept() {
    let driver = damaged(|bytes| {
        let second_last = bytes.iter().rposition(|byte| *byte == b'{').unwrap();
        bytes[second_last - 40] ^= 1;
    });
    let driver = driver.shows("damaged").keys("<enter>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    let kept = fs::read_dir(driver.folder().join("state/journals")).unwrap();
    assert!(kept.map(|entry| entry.unwrap().file_name()).any(|name| name.to_string_lossy().contains(".kept-")));
}

#[test]
fn a_journal_that_cannot_be_read_at_all_is_kept_and_in_nobodys_way() {
    let driver = damaged(|bytes| bytes[30] ^= 1).says("it was kept as").keys("2ggx");
    assert_eq!(driver.killed().keys("<enter>").says("Recovered 1 change").journals().len(), 1);
}

#[test]
fn where_no_journal_can_be_written_it_is_said_once_and_work_goes_on() {
    let driver = login().idle();
    fs::remove_dir_all(driver.folder().join("state/journals")).unwrap();
    fs::write(driver.folder().join("state/journals"), "in the way").unwrap();
    let driver = driver.keys("x").shows("no journal");
    assert!(matches!(driver.model().journaling, Journaling::Failed(_)));
    let driver = driver.keys("x").idle();
    assert_eq!(driver.on_disk(), *driver.session());
}

// --- two on one session

#[test]
fn the_second_only_looks_and_is_told_who_works() {
    let driver = login().idle().opened_twice().shows("read only").shows(":take-over tries again").keys("<esc>");
    let driver = driver.keys("2ggx").says("Somebody else has this session open").keys("c");
    assert!(driver.model().capture.is_none());
    assert_eq!(answer(&driver, Letter::S), None);
}

#[test]
fn the_second_takes_over_once_the_first_is_done() {
    let driver = login().idle().opened_twice().keys("<esc>:take-over<enter>").says("Still open elsewhere");
    let driver = driver.first_closed().keys(":take-over<enter>").hides("read only").keys("2ggx");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

#[test]
fn the_second_goes_on_with_a_copy() {
    let driver =
        login().idle().opened_twice().keys("<esc>:save-as<enter><ctrl-u>mine<enter>").says("Saved").keys("x").idle();
    assert!(driver.path().ends_with("mine.tm.ron"));
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn the_journal_of_somebody_who_works_is_left_alone() {
    login().idle().keys("x").opened_twice().hides("recovered");
}

// --- save as

#[test]
fn saving_under_another_name_goes_on_with_that_file() {
    let driver = login().keys(":save-as<enter><ctrl-u>later<enter>").says("Saved").hides("unsaved");
    assert!(driver.path().ends_with("later.tm.ron"));
    assert_eq!(driver.on_disk(), *driver.session());
    assert!(driver.journals().is_empty());
}

#[test]
fn a_name_that_is_taken_is_written_over_only_when_said() {
    let taken = || {
        let driver = login().idle();
        fs::write(driver.folder().join("taken.tm.ron"), "theirs").unwrap();
        driver.keys("x:save-as<enter><ctrl-u>taken<enter>").shows("There is a file of that name")
    };
    let driver = taken().keys("a<enter>").shows("› taken");
    assert_eq!(fs::read_to_string(driver.folder().join("taken.tm.ron")).unwrap(), "theirs");
    let driver = taken().keys("o<enter>").says("Saved");
    assert!(driver.path().ends_with("taken.tm.ron"));
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn from_a_folder_that_is_gone_saving_elsewhere_works() {
    let driver = login().idle();
    fs::create_dir(driver.folder().join("sub")).unwrap();
    let driver = driver.keys(":save-as<enter><ctrl-u>sub/a<enter>").says("Saved").keys("x");
    fs::remove_dir_all(driver.folder().join("sub")).unwrap();
    let driver = driver.keys("<ctrl-s>").shows("sub does not exist").keys("a<enter><ctrl-u>a<enter>").says("Saved");
    assert_eq!(driver.on_disk(), *driver.session());
    assert!(driver.journals().is_empty());
}
