//! The session file: canonical bytes, strict reading, and messages that people can act on.

use proptest::prelude::*;
use strideboard::{
    format::session::{FIRST_LINE, Locator, decode, encode},
    session::{Problem, Session, edit::EntryId},
};

use crate::arbitrary;

/// Every record and field of format 1. Never changed once format 2 exists.
const V1: &str = include_str!("../formats/v1.tm.ron");

fn frozen() -> Session {
    decode(V1.as_bytes()).unwrap_or_else(|problems| panic!("{}", told(&problems)))
}

fn told(problems: &[strideboard::format::session::Diagnostic]) -> String {
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
        ("Flow", "Flow(\n            id: \"F3-a2c\","),
        ("Cell", "Cell(letter: R,"),
        ("Threat", "Threat(\n                    id: \"T2-k7q\","),
        ("Rating", "current: Rating(likelihood: 3,"),
        ("Acceptance", "Acceptance(by: \"Checkout\","),
        ("Mitigation", "Mitigation(\n            id: \"M2-9fd\","),
        ("Assumption", "Assumption(\n            id: \"A1-0zx\","),
        ("Note", "Note(\n            id: \"N4-p3w\","),
        ("Sitting", "Sitting(\n            id: \"W1-g5t\","),
    ];
    for (record, beginning) in records {
        let said = told_after(&[(beginning, &format!("{beginning} qqqqqqqqqqqq: 1,"))]);
        let fields: Vec<&str> = said.split('`').skip(3).step_by(2).collect();
        assert!(!fields.is_empty(), "{record}: {said}");
        for field in fields {
            let written = written_in(record, field);
            assert!(written, "tests/formats/v1.tm.ron has no {record} with `{field}`");
        }
    }
}

/// Whether some record of a kind in the frozen file has a field.
fn written_in(record: &str, field: &str) -> bool {
    V1.match_indices(&format!("{record}(")).any(|(start, _)| {
        let body = &V1[start..];
        let line_start = V1[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = V1[line_start..].len() - V1[line_start..].trim_start_matches(' ').len();
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
fn an_empty_session_is_four_lines() {
    insta::assert_snapshot!(encode(&Session::new("Sign-in")), @"");
}

#[test]
fn what_people_write_by_hand_is_read() {
    let by_hand = concat!(
        "\u{feff}#![enable(implicit_some)]\r\n(unfiled: [(statement: r#\"a \"raw\"\r\ntext\"#, letter: E, id: \"T1-abc\",\r\n",
        "rank: Some(3), /* why */ current: Some(Rating(impact: Some(4))))],\r\n",
        "title: \"x\", note: [\"a\", \"b\"], scope: \"one\r\ntwo\", format: 1)"
    );
    let session = decode(by_hand.as_bytes()).unwrap_or_else(|problems| panic!("{}", told(&problems)));
    insta::assert_snapshot!(encode(&session), @"");
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
    ]), @"");
}

#[test]
fn a_value_of_the_wrong_kind_is_told_what_it_should_be() {
    insta::assert_snapshot!(told_after(&[
        ("title: \"Sign-in\"", "title: 5"),
        ("appetite: Low", "appetite: \"Low\""),
        ("note: \"No route to the internet.\"", "note: 7"),
        ("rank: 1,\n            name: \"Edge\"", "rank: \"first\",\n            name: \"Edge\""),
        ("entry_points: [", "owners: ["),
        ("target: Rating(impact: 4)", "target: 4"),
        ("current: Rating(likelihood: 3", "current: Rating(likelihood: 300"),
        ("until: \"2026-09-30\"", "until: \"30.9.2026\""),
        ("due: \"2026-05-31\"", "due: \"2026-02-31\""),
        ("minutes: 75", "minutes: -75"),
        ("assets: [\n                \"credentials\",\n            ],\n            note: \"Also", "assets: \"credentials\",\n            note: \"Also"),
        ("place: Component(\"api\")", "place: \"api\""),
        ("Zone(\n            id: \"aws\"", "Zome(\n            id: \"aws\""),
    ]), @"");
}

#[test]
fn ids_are_checked_for_form_and_for_being_unique() {
    insta::assert_snapshot!(told_after(&[
        ("id: \"chi\", name: \"Chi\"", "id: \"ana\", name: \"Chi\""),
        ("id: \"audit-log\"", "id: \"Audit Log\""),
        ("Cell(letter: I,", "Cell(letter: R,"),
        ("id: \"F1-p0q\"", "id: \"F3-a2c\""),
        ("\"M1-x3z\",\n                        \"M2-9fd\"", "\"M1\",\n                        \"M2-9fd\""),
        ("place: Flow(\"F3-a2c\")", "place: Flow(\"T3-a2c\")"),
        ("basis: \"0a1b2c3d\"", "basis: \"?\""),
    ]), @"");
    insta::assert_snapshot!(told_after(&[("id: \"T9-zzz\"", "id: \"T2-k7q\"")]), @"");
}

#[test]
fn missing_and_doubled_fields_are_named_with_their_record() {
    insta::assert_snapshot!(told_after(&[
        ("    title: \"Sign-in\",\n", ""),
        ("            name: \"AWS account\",\n", ""),
        ("label: \"login\"", "label: \"login\", label: \"log in\""),
        ("by: \"Checkout\", ", ""),
    ]), @"");
}

#[test]
fn broken_brackets_commas_and_quotes_are_pointed_at() {
    let said: Vec<String> = [
        ("name: \"Chi\"),", "name: \"Chi\","),
        ("protocol: \"https\",", "protocol: \"https,"),
        ("label: \"login\",", "label: \"login\""),
        ("    scope: [", "    scope: ("),
        ("minutes: 75", "minutes 75"),
        ("label: \"login\"", "label: \"C:\\login\""),
        ("        ),\n    ],\n)\n", "        ),\n    ],\n)\n)\n"),
        ("        ),\n    ],\n)\n", "        ),\n    ],\n"),
        ("rank: 1,\n            name: \"Edge\"", "/* rank: 1,\n            name: \"Edge\""),
    ]
    .iter()
    .map(|(from, to)| told_after(&[(from, to)]))
    .collect();
    insta::assert_snapshot!(said.concat(), @"");
}

#[test]
fn the_names_in_files_stay_what_they_are() {
    let said: Vec<String> = [
        ("appetite: Low", "appetite: Q0"),
        ("roles: [Developer,", "roles: [Q0,"),
        ("exposure: Isolated", "exposure: Q0"),
        ("class: Restricted", "class: Q0"),
        ("element: Actor", "element: Q0"),
        ("letter: R,", "letter: Q0,"),
        ("state: Inherited", "state: Q0"),
        ("response: Mitigate", "response: Q0"),
        ("state: InPlace", "state: Q0"),
        ("layer: Prevent", "layer: Q0"),
        ("responsibility: Platform", "responsibility: Q0"),
        ("place: Flow(", "place: Q0("),
        ("state: Confirmed", "state: Q0"),
        ("kind: Quote", "kind: Q0"),
    ]
    .iter()
    .map(|(from, to)| told_after(&[(from, to)]))
    .collect();
    insta::assert_snapshot!(said.concat(), @"");
}

#[test]
fn conflicts_other_formats_and_other_files_are_recognised() {
    let conflict = "<<<<<<< HEAD\n    owner: \"a\",\n=======\n    owner: \"b\",\n>>>>>>> topic";
    insta::assert_snapshot!(told_after(&[("    owner: \"team-payments\",", conflict)]), @"");
    insta::assert_snapshot!(told_after(&[("format: 1,", "format: 2, colour: Red,")]), @"");
    insta::assert_snapshot!(told_after(&[("    format: 1,\n", "")]), @"");
    let other = |bytes: &[u8]| told(&decode(bytes).unwrap_err());
    insta::assert_snapshot!(other(b"{ \"title\": \"x\" }"), @"");
    insta::assert_snapshot!(other(b""), @"");
    insta::assert_snapshot!(other(b"S\xff"), @"");
}

#[test]
fn no_more_than_twenty_problems_are_listed() {
    let zones: String = (0..50).map(|n| format!("Zone(id: \"z{n}\", nam: \"x\"),\n")).collect();
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

/// Run with `cargo test --release -- --ignored --nocapture ten_thousand`.
#[test]
#[ignore = "measures time; only meaningful in a release build"]
fn ten_thousand_threats_are_written_and_read_in_a_moment() {
    let mut session = frozen();
    let flow = session.flows.keys().next().copied().unwrap();
    let template = session.flows.get(&flow).unwrap().threats.iter().next().unwrap().clone();
    let flow = session.flows.get_mut(&flow).unwrap();
    for number in 10..10_010 {
        let id = strideboard::session::ThreatId::new(number, *b"k7q");
        flow.threats.insert(strideboard::session::Threat { id, ..template.clone() });
    }
    let timed = |name: &str, work: &mut dyn FnMut()| {
        let mut times: Vec<_> = (0..7)
            .map(|_| {
                let start = std::time::Instant::now();
                work();
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("{name}: {:?}", times[3]);
        times[3]
    };
    let file = encode(&session);
    println!("{} bytes", file.len());
    let write = timed("encode", &mut || drop(encode(&session)));
    let read = timed("decode", &mut || assert!(decode(file.as_bytes()).is_ok()));
    let broken = file.replace("letter: E", "letter: X");
    timed("decode with a problem", &mut || assert!(decode(broken.as_bytes()).is_err()));
    let broken = file.replace("likelihood: 5", "likelihood: 555");
    timed("decode with 10,000 problems", &mut || assert!(decode(broken.as_bytes()).is_err()));
    timed("locator", &mut || assert!(Locator::new(&file).locate_header("title").is_some()));
    assert!(write.as_millis() < 500 && read.as_millis() < 500);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_session_is_read_back_as_it_was(session in arbitrary::session()) {
        let file = encode(&session);
        let back = match decode(file.as_bytes()) {
            Ok(back) => back,
            Err(problems) => panic!("{}\n{file}", told(&problems)),
        };
        prop_assert_eq!(&back, &session);
        prop_assert_eq!(encode(&back), file);
    }

    #[test]
    fn files_hold_no_hidden_characters_and_no_ragged_lines(session in arbitrary::session()) {
        let file = encode(&session);
        prop_assert!(file.ends_with(")\n"));
        for line in file.lines() {
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            prop_assert!(!line.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{a0}', '\u{2028}']), "{line:?}");
            prop_assert_eq!(line.trim_end(), line);
        }
    }

    #[test]
    fn arbitrary_sessions_are_sound(session in arbitrary::session()) {
        let fatal: Vec<Problem> = session.problems();
        prop_assert_eq!(fatal, []);
    }

    #[test]
    fn any_bytes_are_answered_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let _ = Locator::new(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_damage_to_a_file_is_answered_and_never_panics(
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), 0_usize..60, arbitrary::hostile()), 1..5)
    ) {
        let mut file: Vec<char> = V1.chars().collect();
        for (at, length, with) in damage {
            let start = at.index(file.len());
            let end = (start + length).min(file.len());
            file.splice(start..end, with.chars());
        }
        let file: String = file.into_iter().collect();
        let _ = Locator::new(&file);
        match decode(file.as_bytes()) {
            Ok(session) => prop_assert_eq!(decode(encode(&session).as_bytes()), Ok(session)),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                let lines = file.lines().count() + 1;
                prop_assert!(problems.iter().all(|p| (1..=lines).contains(&p.line) && !p.message.is_empty()));
            }
        }
    }
}
