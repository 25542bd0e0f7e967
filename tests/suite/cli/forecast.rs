//! `forecast`: the next meeting of every session of a folder.

use insta::assert_snapshot;
use jiff::Timestamp;
use strideboard::{
    format::session::{decode, encode},
    session::{Moment, Phase, Sitting, Turn},
};

use super::{SIGN_IN, Shell};

/// A session whose meetings took so many minutes for the model and, for twelve cells, for what can go wrong.
fn held(meetings: &[(i64, i64)]) -> String {
    let mut session = decode(SIGN_IN.as_bytes()).unwrap();
    let sitting = |(number, (model, threats)): (usize, &(i64, i64))| {
        let mut sitting = Sitting::new(format!("W{number}-abc").parse().unwrap(), jiff::civil::date(2026, 3, 17));
        let moment = |minutes: i64, what: Turn, decided: u32| {
            let at = Timestamp::from_second(1_800_000_000 + 60 * minutes).unwrap();
            Moment { at, what, decided }
        };
        sitting.moments = vec![
            moment(0, Turn::Begin(Phase::Model), 0),
            moment(*model, Turn::Begin(Phase::Threats), 0),
            moment(model + threats, Turn::End, 12),
        ];
        sitting
    };
    session.sittings = meetings.iter().enumerate().map(sitting).collect();
    encode(&session)
}

#[test]
fn the_next_meeting_is_estimated_from_the_meetings_of_the_folder() {
    let shell = Shell::with("sessions/sign-in.tm.ron", &held(&[(10, 12), (20, 24)]));
    shell.write("sessions/shop.tm.ron", &held(&[(12, 18)]));
    assert_snapshot!(shell.run(&["forecast", "sessions"]), @"");
    assert_snapshot!(shell.run(&["forecast", "sessions", "--format", "json"]), @"");
}

#[test]
fn without_a_meeting_there_is_no_history() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["forecast", "sessions"]), @"");
    assert!(shell.run(&["forecast", "sessions", "--format", "json"]).contains("\"history\": null"));
    assert!(shell.run(&["forecast", "nowhere"]).contains("nowhere is not a folder"));
}
