//! Keys: what hints and sentences say about them, and what the settings make of them.

use super::*;

/// The lowest line of the screen.
fn hints(driver: &Driver) -> String {
    driver.text().lines().next_back().unwrap_or_default().trim().to_owned()
}

#[test]
fn hints_name_the_keys_of_what_lies_on_top_and_no_others() {
    assert_eq!(hints(&login().keys("n")), "↑ ↓ select  enter take  esc leave");
    assert_eq!(hints(&login().keys("?")), "j k scroll  esc close");
    assert_eq!(hints(&login().keys("Sone<enter>da")), "enter go on  esc go back");
    login().keys("n").hides("captures what is said");
}

#[test]
fn a_form_shows_the_keys_of_the_selected_field() {
    let driver = login().keys("Sone<enter>e").hides("h l").hides("$EDITOR").shows("enter edit");
    let driver = driver.keys("j").shows("enter choose  h l step").hides("enter edit");
    let driver = driver.keys("G").shows("ctrl-e $EDITOR").keys("<enter>").shows("esc keep").shows("ctrl-e $EDITOR");
    driver.keys("<esc>g<enter>").shows("enter keep").hides("$EDITOR");
}

#[test]
fn sentences_name_the_key_a_command_is_on() {
    let driver = login().keys("Sone<enter>").idle().remapped("withdraw", &["<ctrl-w>"]).keys("2ggx");
    let driver = driver.says("withdraw them (ctrl-w) or file them elsewhere (f f) first");
    driver.keys(":mark-clear").shows("withdraw them (ctrl-w)");
    Driver::empty().remapped("capture", &["<f5>"]).shows("Press f5 and write what").shows("f5 captures what is said");
    Driver::empty().remapped("capture", &[]).keys("]").says("press :capture and write");
}

#[test]
fn a_selected_note_is_read_in_full() {
    let question = "who keeps the login log, and for how many days after a member has left the programme";
    let driver = login().capture(&format!("? {question} ~ana by friday")).keys("1/keeps<enter>");
    let driver = driver.shows("and for how many").shows("days after a member has").shows("due 2026-11-27");
    driver.size(80, 24).shows("programme");
    let driver =
        login().capture("= the provider keeps two copies in two places far from each other").keys("1/copies<enter>");
    driver.shows("each other");
}

#[test]
fn a_row_that_says_everything_is_not_said_twice() {
    let driver = login().capture("? short").keys("1/short<enter>");
    driver.shows("▸ ? F1 S short").hides("│     short");
}

#[test]
fn the_help_screen_cuts_nothing_and_ends_where_it_ends() {
    let driver = login().size(80, 24).keys("2?").hides("…│").shows("place");
    driver.keys("G").shows("Symbols").keys("k").hides("a store").keys("g").shows("2 Checklist");
}

#[test]
fn a_press_selects_on_the_list_on_top_and_takes_on_the_second() {
    let driver = login().keys("n").click("covered by another").click("covered by another");
    assert!(matches!(answer(&driver, Letter::S), Some(Answer::NotApplicable)), "{}", driver.text());
}
