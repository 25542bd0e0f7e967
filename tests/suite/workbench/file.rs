//! Saving, a file changed underneath, and leaving without losing anything.

use strideboard::{
    app::{
        Effect,
        key::{Code, Key},
        left_behind,
        msg::{Journaling, Listing, Look},
        update,
    },
    format::session::encode,
};

use super::*;

// --- the file

#[test]
fn a_pause_saves_and_what_is_saved_is_what_is_there() {
    let driver = login();
    assert!(driver.on_disk().flows.is_empty());
    let driver = driver.idle().hides("unsaved");
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn control_s_saves_at_once_and_undoing_to_it_is_clean() {
    let driver = login().without_autosave().keys("<ctrl-s>").hides("unsaved").keys("x").shows("unsaved");
    let driver = driver.keys("u").hides("unsaved");
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn reading_the_file_again_is_one_step() {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    let driver = driver.keys(":reload<enter>").shows("sign-in");
    assert_eq!(driver.keys("u").session().flows.iter().next().unwrap().label, "login");
}

#[test]
fn coming_back_reads_what_somebody_else_wrote_when_nothing_is_unsaved() {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in")).come_back();
    let driver = driver.says("Read the file again").shows("sign-in");
    assert_eq!(driver.keys("u").session().flows.iter().next().unwrap().label, "login");
    login().idle().keys("j").come_back().says("");
}

#[test]
fn coming_back_with_unsaved_changes_says_so_and_leaves_the_decision() {
    let driver = login().idle().keys("x").changed_outside(|text| text.replace("login", "sign-in")).come_back();
    let driver = driver.says("is not what was read").idle().shows("not saved: changed outside");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    driver.keys("<ctrl-s>").shows("keep mine as a copy");
}

#[test]
fn coming_back_while_typing_takes_nothing_away() {
    let driver = login().idle().keys("cT: half a thou").changed_outside(|text| text.replace("login", "sign-in"));
    driver.come_back().keys("ght<enter>").shows("half a thought");
}

#[test]
fn a_file_that_is_gone_is_told_and_written_again_when_asked() {
    let driver = login().idle();
    std::fs::remove_file(driver.path()).unwrap();
    let driver = driver.come_back().says("what you have is still here").shows("not saved: changed outside");
    let driver = driver.keys("<ctrl-s>o<enter>");
    assert_eq!(driver.on_disk(), *driver.session());
}

fn conflict() -> Driver {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    driver.keys("x<ctrl-s>").shows("is not what was read")
}

#[test]
fn a_save_nobody_asked_for_never_takes_the_focus() {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    let driver = driver.keys("xS").idle().shows("not saved: changed outside");
    driver.keys("over the wire<enter>").shows("over the wire");
}

#[test]
fn a_file_changed_underneath_keeps_mine_as_a_copy() {
    let driver = conflict().keys("c<enter>");
    assert!(driver.path().ends_with("sign-in-copy.tm.ron"), "{:?}", driver.path());
    assert_eq!(driver.on_disk(), *driver.session());
    let theirs = std::fs::read_to_string(driver.folder().join("sign-in.tm.ron")).unwrap();
    assert!(theirs.contains("\"sign-in\"") && !theirs.contains("Clear"), "{theirs}");
}

#[test]
fn a_file_changed_underneath_is_read_and_mine_is_one_undo_away() {
    let driver = conflict().keys("r<enter>");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "sign-in");
    let driver = driver.keys("u");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "login");
}

#[test]
fn a_file_changed_underneath_is_overwritten_only_when_asked() {
    let driver = conflict();
    assert_eq!(driver.on_disk().flows.iter().next().unwrap().label, "sign-in");
    // The letter alone decides nothing.
    let driver = driver.keys("o");
    assert_eq!(driver.on_disk().flows.iter().next().unwrap().label, "sign-in");
    let driver = driver.keys("<enter>");
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn a_file_changed_underneath_shows_both_sides_and_both_can_be_kept() {
    let driver = conflict().shows("Mine:").shows("S is clear").shows("Theirs:").shows("Both can be kept: no field");
    let driver = driver.keys("m<enter>").says("Both are kept");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "sign-in");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    let driver = driver.idle().hides("unsaved");
    assert_eq!(driver.on_disk(), *driver.session());
    let driver = driver.keys("u").says("merge with what others wrote into the file");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "login");
}

#[test]
fn what_both_sides_changed_differently_is_kept_twice_and_asked_about() {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    let driver = driver.keys("2.<enter><ctrl-u>log on<enter><esc><ctrl-s>").shows("but for 1 field");
    let driver = driver.keys("m<enter>").says("`strideboard resolve`");
    assert_eq!(driver.session().conflicts.len(), 1);
    driver.shows("1 conflict").idle().killed().shows("A merge could not decide 1 field, and a cautious value stands");
}

#[test]
fn a_file_that_cannot_be_read_any_more_offers_no_merge() {
    let driver = login().idle().changed_outside(|text| format!("<<<<<<< mine\n{text}"));
    driver.keys("x<ctrl-s>").shows("is not what was read").hides("keep both").shows("keep mine as a copy");
}

#[test]
fn deciding_later_loses_nothing() {
    let driver = conflict().keys("<esc>").shows("not saved");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    driver.keys("<ctrl-s>").shows("is not what was read");
}

// --- leaving

#[test]
fn when_the_terminal_goes_away_nothing_is_lost_even_beside_a_changed_file() {
    let mut driver = login().idle().changed_outside(|text| text.replace("login", "sign-in")).keys("xcT: half a senten");
    driver.send(Msg::Terminate);
    assert!(driver.ended());
    let copy = std::fs::read_to_string(driver.folder().join("sign-in-copy.tm.ron")).unwrap();
    assert!(copy.contains("Clear") && !copy.contains("half a senten"), "{copy}");
    assert!(left_behind(driver.model()).unwrap().contains("what was being typed is not in sign-in-copy.tm.ron"));
    driver.killed().shows("what was being typed").keys("<enter>").shows("› T: half a senten");
}

#[test]
fn words_half_typed_become_no_record_when_the_system_ends_the_program() {
    let mut driver = login().idle().keys("cbrowser -> ap");
    driver.send(Msg::Terminate);
    assert!(driver.ended());
    assert_eq!(driver.on_disk().components.len(), 2);
    driver.killed().keys("<enter>").shows("› browser -> ap");
}

#[test]
fn who_saves_by_hand_finds_the_file_as_they_left_it_when_the_system_ends_the_program() {
    let mut driver = login().idle().without_autosave().keys("x");
    driver.send(Msg::Terminate);
    assert!(driver.ended() && driver.on_disk() != *driver.session());
    assert!(left_behind(driver.model()).unwrap().contains("the last changes are not in"));
    let driver = driver.killed().keys("<enter>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

#[test]
fn as_long_as_nothing_keeps_what_is_unsaved_the_reason_stays_on_the_screen() {
    let mut driver = login().idle().without_autosave().keys("x");
    driver.send(Msg::Journal(Journaling::Failed("The recovery journal cannot be written: the disk is full.".into())));
    driver.says("the disk is full").keys("j").says("the disk is full. ctrl-s saves").keys("<ctrl-s>j").hides("is full");
}

#[test]
fn leaving_looks_whether_what_was_saved_is_still_there() {
    let gone = || {
        let driver = login().idle();
        std::fs::remove_file(driver.path()).unwrap();
        driver.keys("q").shows("does not exist any more; perhaps another branch was checked out")
    };
    let driver = gone().keys("o<enter>");
    assert!(driver.ended());
    assert_eq!(driver.on_disk(), *driver.session());

    let driver = gone().keys("n<enter>");
    assert!(driver.ended() && driver.journals().len() == 1);
    assert!(left_behind(driver.model()).unwrap().contains("in the recovery journal; `strideboard "));
    let driver = gone().keys("l<enter>");
    assert!(driver.ended() && driver.journals().is_empty());
    assert_eq!(left_behind(driver.model()), None);
    let driver = gone().keys("<esc>").shows("not saved: changed outside");
    assert!(!driver.ended());
}

#[test]
fn a_file_that_became_no_session_is_never_called_saved() {
    let broken = || login().idle().changed_outside(|text| text + "garbage").come_back();
    let driver = broken().says("The file is not what was read").keys("<ctrl-s>");
    let driver =
        driver.shows("What is in sign-in.tm.ron now is no session: ").shows("write mine there, over what is there now");
    let driver = driver.hides("read theirs").hides("keep both").keys("o<enter>").says("Saved");
    assert_eq!(driver.on_disk(), *driver.session());
    broken().keys("q").shows("is no session");
}

#[test]
fn what_others_wrote_and_nobody_changed_here_does_not_keep_anybody() {
    assert!(login().idle().changed_outside(|text| text.replace("login", "sign-in")).keys("q").ended());
}

#[test]
fn both_sides_alike_are_no_question() {
    let driver = login().idle().keys("x");
    let theirs = encode(&driver.session());
    let driver =
        driver.changed_outside(move |_| theirs).come_back().keys("<ctrl-s>").says("Nothing differs in the file");
    assert!(driver.model().overlay.is_none() && driver.hides("unsaved").journals().is_empty());
}

#[test]
fn a_new_session_never_takes_the_place_of_unsaved_work() {
    let driver = login().without_autosave().keys("x<ctrl-o><esc>").keys("<ctrl-o>");
    assert!(
        driver.model().document.as_ref().is_some_and(strideboard::app::document::Document::is_unsaved),
        "{}",
        driver.text()
    );
    driver.shows("Changes are not saved");
}

#[test]
fn quitting_asks_only_when_something_could_be_lost() {
    assert!(Driver::empty().keys("q").ended());
    let driver = login().keys("xq");
    assert!(driver.ended());
    assert_eq!(driver.on_disk(), *driver.session());
    let driver = login().without_autosave().keys("q").shows("save, then leave");
    assert!(!driver.ended());
    assert!(driver.keys("w<enter>").ended());
}

#[test]
fn quitting_without_saving_writes_nothing() {
    let driver = login().without_autosave().keys("ql<enter>");
    assert!(driver.ended());
    assert!(driver.on_disk().flows.is_empty());
}

#[test]
fn a_save_that_fails_keeps_the_program_and_the_words() {
    let driver = login();
    std::fs::remove_dir_all(driver.folder()).unwrap();
    let driver = driver.keys("q");
    assert!(!driver.ended(), "{}", driver.text());
    assert_eq!(driver.session().flows.len(), 1);
    assert!(matches!(driver.model().overlay, Some(Overlay::Choice(_))), "{}", driver.text());
    assert!(!driver.keys("<esc>").ended());
}

#[test]
fn a_refused_autosave_says_so_and_waits_for_another_change() {
    let mut driver = login();
    let document = driver.model().document.as_ref().unwrap();
    let revision = document.history().revision();
    driver.send(Msg::Saved { revision, result: Err(SaveFailure::Refused("the disk is full".to_owned())) });
    assert!(!driver.model().wants_idle());
    assert!(driver.says("Not saved: the disk is full").keys("x").model().wants_idle());
}

#[test]
fn keys_typed_while_a_session_is_read_are_not_lost() {
    let mut driver = login().idle();
    let path = driver.path();
    driver.type_ahead(&path, "2x<space>x");
    assert_eq!((answer(&driver, Letter::S), answer(&driver, Letter::T)), (Some(Answer::Clear), Some(Answer::Clear)));
}

#[test]
fn a_paste_while_a_session_is_read_waits_for_it_as_keys_do() {
    let mut driver = login().idle();
    let path = driver.path();
    driver.read_meanwhile(&path, |driver| {
        driver.press("2Sfirst<enter>");
        driver.send(Msg::Paste("T: second\nI: third\n".to_owned()));
    });
    assert_eq!(driver.threats().len(), 3, "{}", driver.text());
}

#[test]
fn the_browser_shows_names_at_once_and_looks_into_one_file_at_a_time() {
    let mut driver = Driver::browser(&[("a.tm.ron", b"Session(format: 1, title: \"Sign-in\")"), ("b.tm.ron", b"no")]);
    driver = driver.shows("Sign-in").shows("this is not a session file");
    let paths = ["a.tm.ron", "b.tm.ron"].map(|name| driver.folder().join(name));
    let listing =
        |path: &std::path::PathBuf| Listing { path: path.clone(), shown: path.display().to_string(), summary: None };
    let listed = Msg::Listed { listings: paths.iter().map(listing).collect(), left_out: None };
    let effects = update(driver.model_mut(), listed);
    // What the team keeps for new sessions comes after the first file, which is on the screen.
    let team = Effect::ReadTeam { path: None, look: Look::First };
    assert_eq!(effects, [Effect::Summarize(paths[0].clone()), team]);
    let looked = Msg::Summarized { path: paths[0].clone(), summary: Err("no".to_owned()) };
    assert_eq!(update(driver.model_mut(), looked), [Effect::Summarize(paths[1].clone())]);
    assert_eq!(update(driver.model_mut(), Msg::Key(Key::plain(Code::Enter))), [Effect::Load(paths[0].clone())]);
    let late = Msg::Summarized { path: paths[1].clone(), summary: Err("no".to_owned()) };
    assert_eq!(update(driver.model_mut(), late), []);
}

#[test]
fn the_browser_opens_and_comes_back() {
    let driver = login().idle().keys("<ctrl-o>").shows("Sessions").keys("<enter>");
    assert!(driver.is_workbench());
    let driver = Driver::browser(&[]).keys("nPayments<enter>");
    assert!(driver.is_workbench() && driver.path().ends_with("payments.tm.ron"));
}
