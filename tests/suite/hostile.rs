//! A file is data: whatever its texts are, the screen shows them as marks, obeys nothing and stays in its frame.

use proptest::prelude::*;
use strideboard::{
    session::{Mitigation, MitigationId, Session, Text},
    ui::text::visible,
};

use crate::{
    arbitrary::{self, PIECES},
    driver::Driver,
};

/// Ways to every pane and to what can lie over it, each from the panes.
const WAYS: &[&str] = &[
    "1",
    "2",
    "3",
    "4",
    "1z",
    "2z",
    "3z",
    "4z",
    "1jjjjj",
    "2jjjj",
    "?",
    ":",
    "/w",
    "cw",
    "c@<tab><tab>",
    "1ge",
    "1Ge",
    "2e",
    "2je",
    "3e",
    "3e<tab><tab>",
    "4hhkk<enter>",
    "2a",
    "2g",
    "2n",
    "2r",
    "2f",
    "2A",
    "2M",
    "<ctrl-o>",
    "q",
];

/// Every cell of the screen, as text; a cell that holds what a terminal obeys, hides or reorders fails.
#[track_caller]
fn is_safe(driver: &Driver, way: &str) {
    for line in driver.text().lines() {
        assert_eq!(visible(line), line, "after {way}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_a_file_reaches_a_cell_as_it_is(session in arbitrary::session(), wide: bool) {
        let mut driver = Driver::with(&session);
        for (columns, rows) in if wide { [(160, 48), (80, 24)] } else { [(120, 40), (60, 16)] } {
            driver.resize(columns, rows);
            for way in WAYS {
                driver.press(way);
                is_safe(&driver, way);
                if driver.ended() {
                    return Ok(());
                }
                driver.press("<ctrl-c><esc><esc><esc>1");
                is_safe(&driver, "leaving");
            }
        }
    }
}

/// The form of a mitigation with its text open.
fn writing(text: &str) -> Driver {
    let mut mitigation = Mitigation::new("M1-abc".parse::<MitigationId>().unwrap(), "rotate");
    mitigation.text = Text::from(text);
    let mut session = Session::new("x");
    session.mitigations.insert(mitigation);
    Driver::with(&session).keys("3<enter>jjjjj<enter>")
}

fn written(driver: &Driver) -> String {
    driver.session().mitigations.iter().next().unwrap().text.to_string()
}

#[test]
fn the_editor_of_several_lines_shows_what_is_hidden_and_keeps_it() {
    let driver =
        writing("one\u{202e}two\nthr\u{200b}ee").keys("<left>!").shows("one⟨U+202E⟩two").shows("thr⟨U+200B⟩e!e");
    assert_eq!(written(&driver.keys("<esc>")), "one\u{202e}two\nthr\u{200b}e!e");
}

#[test]
fn a_pasted_flood_is_shown_as_marks_in_the_capture_line() {
    let flood: String = PIECES.concat().replace(['\n', '\r'], "");
    let driver = Driver::empty().keys("c").paste(&flood.repeat(20));
    is_safe(&driver, "pasting");
    is_safe(&driver.keys("<home>"), "going to its start");
}

#[test]
fn more_than_fits_is_not_pasted_and_that_is_said() {
    let driver = Driver::empty().paste(&"x".repeat(2 << 20)).says("more than 1 MiB");
    assert_eq!(*driver.session(), Session::new("Sign-in"));
}

#[test]
fn a_line_longer_than_the_file_allows_is_refused_and_stays_where_it_was_typed() {
    let driver = writing("").paste(&"x".repeat(10_001)).keys("<esc>");
    assert_eq!(written(&driver), "");
    driver.shows("10000 characters are").keys("<backspace><esc>").hides("10000 characters are");
}
