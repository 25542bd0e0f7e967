//! The practice session from its first instruction to its last, by keys, and what a letter means.

use super::*;

/// The browser of an empty folder, and practice begun in it.
fn begun() -> Driver {
    Driver::browser(&[]).size(80, 24).keys("p")
}

/// Practice up to the first threat.
fn drawn() -> Driver {
    begun()
        .capture("customer @Internet -> shop @Edge: sign in [password] https")
        .capture("shop -> users db @Data: check password [password] sql")
}

#[test]
fn a_newcomer_goes_through_the_four_questions_with_what_the_strip_says() {
    let driver = begun().shows("Practice 1/10 · What are we working on?").shows("press c, type this line");
    let driver = driver.keys("c").shows("Type this and press enter:").keys("<esc>");
    let driver = driver.capture("customer @Internet -> shop @Edge: sign in [password] https").shows("Practice 2/10");
    let driver = driver.capture("shop -> users db @Data: check password [password] sql").shows("Practice 3/10");
    let driver = driver.shows("What can go wrong?").shows("Press 2").keys("2").shows("Press S to write");
    let driver = driver.keys("S").shows("somebody comes in with a stolen password").keys("a stolen password<enter>");
    let driver =
        driver.shows("Practice 4/10").keys("jx").shows("Practice 5/10").keys("jn<enter>").shows("Practice 6/10");
    let driver = driver.shows("3 of 6 are decided").keys("<space>x<space>x<space>x").shows("Practice 7/10");
    let driver = driver.shows("What do we do about it?").keys("gur43").shows("Practice 8/10");
    let driver = driver.keys("mslow down after wrong passwords<enter>").shows("Practice 9/10").shows("Press 8");
    let driver = driver.shows("Was it good enough?").keys("8").shows("Press s").keys("s").shows("Press x");
    let driver = driver.keys("xnothing<enter><enter><enter><enter><enter>").shows("Practice 10/10");
    let driver = driver.keys("<ctrl-s>").shows("Practice · done").shows("ctrl-o");
    assert_eq!(driver.path().file_name().unwrap(), "practice.tm.ron");
    driver.keys("gl").hides("Practice · done");
}

#[test]
fn it_goes_on_where_it_was_left_and_undo_leads_back() {
    let driver =
        drawn().keys("2ja<esc>").idle().shows("Practice 3/10").opened_again().size(80, 24).shows("Practice 3/10");
    let driver = driver.capture("F1 S: a stolen password").shows("Practice 4/10").keys("u").shows("Practice 3/10");
    let driver = driver.idle().keys("<ctrl-o>").shows("practice.tm.ron").keys("p");
    assert!(driver.shows("Practice 3/10").session().flows.len() == 2, "the one that is there is opened");
}

#[test]
fn what_was_done_in_another_way_or_order_counts() {
    let driver = drawn().capture("F1 S: a stolen password !4x3 ~ana").keys("2").shows("Practice 4/10");
    driver.keys("x").shows("Practice 5/10").keys("jn<enter>").shows("Practice 6/10");
}

#[test]
fn a_step_can_be_skipped_and_the_strip_left_and_taken_up_again() {
    let driver = begun().keys("gk").shows("Practice 2/10").keys("gl").hides("Practice 2").says("brings it back");
    let driver = driver.keys("gk").says("shows the practice strip first").keys("gl").shows("Practice 1/10");
    (0..10).fold(driver, |driver, _| driver.keys("gk")).shows("Practice · done");
}

#[test]
fn the_strip_is_offered_in_any_session_and_comes_by_itself_only_where_one_practises() {
    login().hides("Practice").keys("gl").shows("Practice").keys("gl").hides("Practice ");
}

#[test]
fn the_strip_leaves_the_panes_whole_on_the_smallest_terminal() {
    let driver = begun().size(60, 16).shows("Practice 1/10").shows("Nothing here yet.").shows("captures what is said");
    driver.keys("c").shows("customer @Internet");
}

#[test]
fn a_letter_says_what_it_means_where_to_look_and_what_would_prove_it_closed() {
    let driver = login().size(80, 24).keys("2i").shows("S Spoofing, against authenticity").shows("Where to look");
    let driver = driver.shows("What would prove it closed").keys("jj").shows("R Repudiation").keys("<esc>");
    driver.shows("▸ R Repudiation").keys("ix").hides("Where to look").hides("✓ clear");
}
