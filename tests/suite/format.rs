//! The session file: canonical bytes, strict reading, and messages that people can act on.

use strideboard::{
    format::session::{FIRST_LINE, Locator, decode, encode},
    session::{Session, edit::EntryId},
};

/// Every record and field of format 1. Never changed once format 2 exists.
pub(crate) const V1: &str = include_str!("../formats/v1.tm.ron");

/// What a merge may leave: every kind of value that can be in conflict.
const MERGED: &str = include_str!("../formats/v1-merged.tm.ron");

pub(crate) fn frozen() -> Session {
    decode(V1.as_bytes()).unwrap_or_else(|problems| panic!("{}", told(&problems)))
}

pub(crate) fn told(problems: &[strideboard::format::session::Diagnostic]) -> String {
    let line = |p: &strideboard::format::session::Diagnostic| match &p.hint {
        Some(hint) => format!("{p} ({hint})\n"),
        None => format!("{p}\n"),
    };
    problems.iter().map(line).collect()
}

/// What is said about the frozen file after some of its text was replaced.
fn told_after(changes: &[(&str, &str)]) -> String {
    let mut text = V1.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from} is not unique");
        text = text.replace(from, to);
    }
    told_about(&text)
}

fn told_about(text: &str) -> String {
    match decode(text.as_bytes()) {
        Ok(_) => "read\n".to_owned(),
        Err(problems) => told(&problems),
    }
}

#[test]
fn the_frozen_file_is_read_and_written_back_byte_by_byte() {
    let session = frozen();
    assert_eq!(session.problems(), []);
    assert_eq!(encode(&session), V1);
    let merged = decode(MERGED.as_bytes()).unwrap();
    assert_eq!(merged.problems(), []);
    assert_eq!(encode(&merged), MERGED);
}

#[test]
fn the_frozen_file_holds_every_field_of_every_record() {
    // A record that is given an unknown field lists the fields it has.
    let records = [
        ("Session", "Session(\n    format: 1,"),
        ("Person", "Person(id: \"chi\","),
        ("Zone", "Zone(\n            id: \"data\","),
        ("Asset", "Asset(\n            id: \"credentials\","),
        ("Component", "Component(\n            id: \"api\","),
        ("EntryPoint", "EntryPoint(name: \"REST routes\","),
        ("Deviation", "Deviation(baseline: \"tls-everywhere\","),
        ("Flow", "Flow(\n            id: \"F3-a2c\","),
        ("Cell", "Cell(letter: R,"),
        ("Dismissal", "Dismissal(id: \"api.D1\","),
        ("Threat", "Threat(\n                    id: \"T2-k7q\","),
        ("Rating", "current: Rating(likelihood: 3,"),
        ("Acceptance", "Acceptance(by: \"Checkout\","),
        ("Mitigation", "Mitigation(\n            id: \"M2-9fd\","),
        ("Assumption", "Assumption(\n            id: \"A1-0zx\","),
        ("Note", "Note(\n            id: \"N4-p3w\","),
        ("Sitting", "Sitting(\n            id: \"W1-g5t\","),
        ("Moment", "Moment(at: \"2026-03-17T13:20:00Z\","),
        ("Conflict", "Conflict(\n            id: \"session/appetite\","),
    ];
    for (record, beginning) in records {
        let file = if V1.contains(beginning) { V1 } else { MERGED };
        let said = told_about(&file.replacen(beginning, &format!("{beginning} qqqqqqqqqqqq: 1,"), 1));
        let fields: Vec<&str> = said.split('`').skip(3).step_by(2).collect();
        assert!(!fields.is_empty(), "{record}: {said}");
        for field in fields {
            let written = written_in(record, field);
            assert!(written, "tests/formats/v1*.tm.ron has no {record} with `{field}`");
        }
    }
}

/// Whether some record of a kind in the frozen file has a field.
fn written_in(record: &str, field: &str) -> bool {
    [V1, MERGED].into_iter().any(|file| written_in_file(file, record, field))
}

fn written_in_file(file: &str, record: &str, field: &str) -> bool {
    file.match_indices(&format!("{record}(")).any(|(start, _)| {
        let body = &file[start..];
        let line_start = file[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = file[line_start..].len() - file[line_start..].trim_start_matches(' ').len();
        let first_line = body.lines().next().unwrap_or_default();
        if !first_line.ends_with('(') {
            return first_line.contains(&format!("({field}: ")) || first_line.contains(&format!(", {field}: "));
        }
        let inner = format!("{}{field}: ", " ".repeat(indent + 4));
        let end = format!("\n{})", " ".repeat(indent));
        body[..body.find(&end).unwrap_or(body.len())].lines().any(|line| line.starts_with(&inner))
    })
}

#[test]
fn the_first_line_says_what_becomes_of_comments() {
    assert_eq!(V1.lines().next(), Some(FIRST_LINE));
}

#[test]
fn an_empty_session_holds_its_format_and_title_only() {
    insta::assert_snapshot!(encode(&Session::new("Sign-in")), @r##"
    // strideboard session, format 1. Comments are not kept; use `note`.
    Session(
        format: 1,
        title: "Sign-in",
    )
    "##);
}

#[test]
fn what_people_write_by_hand_is_read() {
    let by_hand = concat!(
        "\u{feff}#![enable(implicit_some)]\r\n(unfiled: [(statement: r#\"a \"raw\"\r\ntext\"#, letter: E, id: \"T1-abc\",\r\n",
        "rank: Some(3), /* why */ current: Some(Rating(impact: Some(4))))],\r\n",
        "title: \"x\", note: [\"a\", \"b\"], scope: \"one\r\ntwo\", format: 1)"
    );
    let session = decode(by_hand.as_bytes()).unwrap_or_else(|problems| panic!("{}", told(&problems)));
    insta::assert_snapshot!(encode(&session), @r##"
    // strideboard session, format 1. Comments are not kept; use `note`.
    Session(
        format: 1,
        title: "x",
        scope: [
            "one",
            "two",
        ],
        note: [
            "a",
            "b",
        ],
        unfiled: [
            Threat(
                id: "T1-abc",
                rank: 3,
                letter: E,
                statement: "a \"raw\"\ntext",
                current: Rating(impact: 4),
            ),
        ],
    )
    "##);
}

#[test]
fn order_in_the_file_does_not_matter() {
    let (first, second) = V1.split_once("        Mitigation(\n            id: \"M1-x3z\"").unwrap();
    let (second, rest) = second.split_once("        ),\n").unwrap();
    let moved = format!("        Mitigation(\n            id: \"M1-x3z\"{second}        ),\n");
    let swapped = first
        .replace("    mitigations: [\n        Mitigation(", &format!("    mitigations: [\n{moved}        Mitigation("));
    assert_ne!(swapped, first);
    assert_eq!(encode(&decode((swapped + rest).as_bytes()).unwrap()), V1);
}

#[test]
fn a_misspelled_field_or_name_is_answered_with_the_nearest_one() {
    insta::assert_snapshot!(told_after(&[
        ("statement: \"stolen", "statment: \"stolen"),
        ("letter: R, state: Clear", "letter: Q, state: Claer"),
        ("exposure: Isolated", "exposure: isolated"),
        ("kind: Question", "kind: Riddle"),
        ("workload:", "severity:"),
    ]), @"
        5:5: the session has no field `severity` (its fields are `format`, `title`, `workload`, `owner`, `profile`, `intake`, `matrix`, `appetite`, `tolerance`, `scope`, `note`, `people`, `zones`, `assets`, `components`, `flows`, `unfiled`, `mitigations`, `assumptions`, `notes`, `sittings` and `conflicts`)
        42:23: `isolated` is not an exposure (did you mean `Isolated`?)
        137:30: `Q` is not a letter of STRIDE (write `S`, `T`, `R`, `I`, `D` or `E`)
        137:40: `Claer` is not an answer for a cell (did you mean `Clear`?)
        153:21: a threat has no field `statment` (did you mean `statement`?)
        258:19: `Riddle` is not a kind of note (write `Question`, `Action` or `Quote`)
        ");
}

#[test]
fn the_names_in_files_stay_what_they_are() {
    let said: Vec<String> = [
        ("appetite: Low", "appetite: Q0"),
        ("roles: [Developer,", "roles: [Q0,"),
        ("exposure: Isolated", "exposure: Q0"),
        ("class: Restricted", "class: Q0"),
        ("element: Actor", "element: Q0"),
        ("responsibility: Container", "responsibility: Q0"),
        ("letter: R,", "letter: Q0,"),
        ("state: Inherited", "state: Q0"),
        ("response: Mitigate", "response: Q0"),
        ("state: InPlace", "state: Q0"),
        ("layer: Prevent", "layer: Q0"),
        ("responsibility: Platform", "responsibility: Q0"),
        ("verdict: Fits", "verdict: Q0"),
        ("place: Flow(", "place: Q0("),
        ("state: Confirmed", "state: Q0"),
        ("kind: Quote", "kind: Q0"),
        ("reason: Compensated", "reason: Q0"),
    ]
    .iter()
    .map(|(from, to)| told_after(&[(from, to)]))
    .collect();
    insta::assert_snapshot!(said.concat(), @"
        9:15: `Q0` is not a level of risk (write `VeryLow`, `Low`, `Medium`, `High` or `Critical`)
        17:53: `Q0` is not a role (write `Business`, `Developer`, `Adversary`, `Defender`, `AppSec`, `Moderator`, `NoteTaker` or `Owner`)
        42:23: `Q0` is not an exposure (write `Isolated`, `Internal`, `Partner` or `Internet`)
        62:20: `Q0` is not a data class (write `Public`, `Internal`, `Confidential` or `Restricted`)
        113:22: `Q0` is not an element of a diagram (write `Actor`, `Process`, `Store` or `External`)
        76:29: `Q0` is not a class of service (write `Infrastructure`, `Container` or `Abstracted`)
        137:30: `Q0` is not a letter of STRIDE (write `S`, `T`, `R`, `I`, `D` or `E`)
        95:40: `Q0` is not an answer for a cell (write `Clear`, `NotApplicable` or `Inherited`)
        199:23: `Q0` is not a response (write `Mitigate`, `Eliminate`, `Transfer` or `Accept`)
        206:20: `Q0` is not a state of a mitigation (write `Proposed`, `Agreed`, `InProgress`, `InPlace`, `Verified` or `Dropped`)
        210:20: `Q0` is not a layer of protection (write `Prevent`, `Detect` or `Correct`)
        211:29: `Q0` is not a responsibility (write `Us`, `Platform`, `Provider` or `Vendor`)
        213:22: `Q0` is not a verdict of the business (write `Fits`, `TooCostly` or `Rework`)
        238:20: `Q0` is not a place (write `Flow`, `Component` or `Unfiled`)
        239:20: `Q0` is not a state of an assumption (write `Unconfirmed`, `Confirmed` or `Rejected`)
        251:19: `Q0` is not a kind of note (write `Question`, `Action` or `Quote`)
        91:63: `Q0` is not a reason for a deviation (write `NotApplicable`, `Compensated`, `LowerClass`, `NonHuman` or `Ephemeral`)
        ");
}

#[test]
fn conflicts_other_formats_and_other_files_are_recognised() {
    let conflict = "<<<<<<< HEAD\n    owner: \"a\",\n=======\n    owner: \"b\",\n>>>>>>> topic";
    insta::assert_snapshot!(told_after(&[("    owner: \"team-payments\",", conflict)]), @"6:1: unresolved merge conflict from line 6 to line 10 (`strideboard merge --unmerged SESSION` merges it field by field; or keep one side or both and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`)");
    insta::assert_snapshot!(told_after(&[("format: 1,", "format: 2, colour: Red,")]), @"3:13: written by a newer strideboard (format 2; this one reads 1) (update strideboard; the file is left as it is)");
    insta::assert_snapshot!(told_after(&[("    format: 1,\n", "")]), @"2:1: the file does not say which format it has (a session starts with `Session(format: 1,`)");
    let other = |bytes: &[u8]| told(&decode(bytes).unwrap_err());
    insta::assert_snapshot!(other(b"{ \"title\": \"x\" }"), @"1:1: this is not a session file (a session starts with `Session(`)");
    insta::assert_snapshot!(other(b""), @"1:1: the file is empty (a session starts with `Session(`)");
    insta::assert_snapshot!(other(b"S\xff"), @"1:2: the file is not UTF-8 text: byte 1 cannot be read (save the file as UTF-8)");
}

#[test]
fn no_more_than_twenty_problems_are_listed() {
    let zones = "Zone(id: \"z\", nam: \"x\"),\n".repeat(50);
    let problems = decode(format!("Session(format: 1, title: \"x\", zones: [\n{zones}])").as_bytes()).unwrap_err();
    assert_eq!((problems.len(), problems[19].line), (20, 21));
}

#[test]
fn deep_nesting_is_refused_without_ado() {
    for (open, start) in
        [("[", "note: "), ("(", "note: "), ("Some(", "note: "), ("{", "note: "), ("[", "zones: "), ("/*", "")]
    {
        let file = format!("Session(format: 1, title: \"x\", {start}{}", open.repeat(200_000));
        let problems = decode(file.as_bytes()).unwrap_err();
        assert!(problems.len() == 1, "{open}: {}", told(&problems));
        let _ = Locator::new(&file);
    }
}

#[test]
fn every_record_is_found_in_the_frozen_file() {
    let session = frozen();
    let locator = Locator::new(V1);
    let lines: Vec<&str> = V1.lines().collect();
    let ids = (session.people.keys().cloned().map(EntryId::Person))
        .chain(session.zones.keys().cloned().map(EntryId::Zone))
        .chain(session.assets.keys().cloned().map(EntryId::Asset))
        .chain(session.components.keys().cloned().map(EntryId::Component))
        .chain(session.flows.keys().copied().map(EntryId::Flow))
        .chain(session.threats().map(|(_, t)| EntryId::Threat(t.id)))
        .chain(session.mitigations.keys().copied().map(EntryId::Mitigation))
        .chain(session.assumptions.keys().copied().map(EntryId::Assumption))
        .chain(session.notes.keys().copied().map(EntryId::Note))
        .chain(session.sittings.keys().copied().map(EntryId::Sitting));
    for id in ids {
        let at = locator.locate(&id).unwrap_or_else(|| panic!("{id:?} is not found"));
        assert!(lines[at.line - 1][at.column - 1..].to_lowercase().starts_with(id.kind()), "{id:?} at {at}");
        let field = locator.locate_field(&id, "id").unwrap();
        assert!(lines[field.line - 1].contains(&id.short()), "{id:?} at {field}");
    }
}

#[test]
fn a_format_in_disguise_is_refused_too() {
    insta::assert_snapshot!(told_after(&[("format: 1,", "format: 0x2,")]), @"3:5: format 2 is not known; this strideboard reads 1");
    insta::assert_snapshot!(told_after(&[("format: 1,", "format: \"1\",")]), @r#"3:13: `format`: expected a whole number, found `"1"`"#);
}

#[test]
fn what_a_file_hides_is_shown_in_messages() {
    insta::assert_snapshot!(told_after(&[
        ("id: \"chi\"", "id: \"\u{1b}[31m\u{202e}chi stands here twice\""),
        ("letter: R,", "letter: R\u{200b},"),
    ]), @r"
        30:20: `\u{1b}[31m\u{202e}chi stands here twice` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        137:31: expected a comma before this (a hidden character, `\u{200b}`, stands here; delete it)
        ");
}
