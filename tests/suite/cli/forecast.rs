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
        let mut sitting = Sitting::new(format!("W{}-abc", number + 1).parse().unwrap(), jiff::civil::date(2026, 3, 17));
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
    // Outside: 10, 12, 20 minutes. A cell: 60, 90, 120 seconds. Eleven cells are open.
    assert_snapshot!(shell.run(&["forecast", "sessions"]), @"
        exit 0
        -- out
        Rests on 3 meetings: 1:30 (1:15 to 1:45) a cell, and 12 min (11 to 16) beside that.

        session                  open cells  next meeting
        sessions/shop.tm.ron     11          29 min (25 to 35)
        sessions/sign-in.tm.ron  11          29 min (25 to 35)
        ");
    let told = shell.run(&["forecast", "sessions", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(told.split_once("-- out\n").unwrap().1).unwrap();
    assert_eq!(json["history"]["meetings"], 3);
    assert_eq!(json["history"]["seconds_per_cell"], serde_json::json!({ "low": 75, "middle": 90, "high": 105 }));
    assert_eq!(json["sessions"][0]["minutes"], serde_json::json!({ "low": 25, "middle": 29, "high": 35 }));
}

#[test]
fn without_a_meeting_there_is_no_history() {
    let shell = Shell::with("sessions/sign-in.tm.ron", &held(&[]));
    assert_snapshot!(shell.run(&["forecast", "sessions"]), @"
        exit 0
        -- out
        no history: no meeting below sessions was led to its end
        -- err
        the clock of the meeting (`8`, then `s`) writes one down; `x` there brings it to its end
        ");
    assert!(shell.run(&["forecast", "sessions", "--format", "json"]).contains("\"history\": null"));
    assert!(shell.run(&["forecast", "nowhere"]).contains("nowhere is not a folder"));
}
