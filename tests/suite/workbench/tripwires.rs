//! Assumptions with tripwires: what the repository contradicts is stale on the screen, and only that.

use std::{fs, process::Command};

use strideboard::session::{AssumptionState, Cell, Edit, edit::Entry};

use super::*;

/// A session in a repository, with an assumption that one answer names.
fn leaning(tripwire: &str) -> Option<Driver> {
    let driver = Driver::captured(&["browser -> api: log in https", "= no upload"]);
    let made = Command::new("git").args(["init", "--quiet"]).current_dir(driver.folder()).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: git was not found");
        return None;
    }
    let mut assumption = driver.session().assumptions.iter().next().unwrap().clone();
    assumption.tripwires = vec![tripwire.parse().unwrap()];
    let place = Place::Flow(driver.session().flows.iter().next().unwrap().id);
    let cell = |letter, reason: &str| {
        let cell = Cell { reason: reason.into(), ..Cell::new(letter, Answer::NotApplicable) };
        Edit::Decide { place: place.clone(), cell }
    };
    let edits = [cell(Letter::T, "same owner"), cell(Letter::D, "nothing is taken in (A1)")];
    let driver = edits.iter().fold(driver, Driver::edit);
    Some(driver.edit(&Edit::Change(Entry::Assumption(assumption))))
}

#[test]
fn an_answer_that_leaned_on_a_broken_assumption_is_stale_until_it_is_answered_anew() {
    let Some(driver) = leaning("missing upload.rs") else { return };
    let driver = driver.hides("stale");
    fs::write(driver.folder().join("upload.rs"), "").unwrap();
    let driver = driver.come_back().says("does not hold: upload.rs is there; the answer that leaned on it is stale");
    let driver = driver.keys("gs").shows("1 stale").shows("it leans on an assumption that");
    let driver = driver.keys("y").says("D leans on A1, which does not hold");
    driver.keys("x").hides("1 stale");
}

#[test]
fn a_rejected_assumption_takes_its_answers_along_and_undo_brings_them_back() {
    let Some(driver) = leaning("missing upload.rs") else { return };
    let mut assumption = driver.session().assumptions.iter().next().unwrap().clone();
    assumption.state = AssumptionState::Rejected;
    let driver = driver.edit(&Edit::Change(Entry::Assumption(assumption))).shows("1 stale");
    driver.keys("u").hides("1 stale");
}
