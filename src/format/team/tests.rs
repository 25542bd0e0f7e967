//! What a team's file may hold, and what is said of one that does not.

use super::*;

fn told(text: &str) -> Vec<String> {
    decode_team(text.as_bytes()).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn every_field_is_optional_but_the_format() {
    assert_eq!(decode_team(b"Team(format: 1)"), Ok(TeamFile::default()));
    assert_eq!(told("Team()"), ["1:1: the file does not say which format it has"]);
    assert_eq!(told("Session(format: 1)"), ["1:1: expected the team file, `Team(…)`, found `Session(format: 1)`"]);
    assert_eq!(told("Team(format: 2)"), ["1:14: written by a newer strideboard (format 2; this one reads 1)"]);
    assert_eq!(told(""), ["1:1: the file is empty"]);
}

#[test]
fn several_mistakes_are_told_at_once_with_the_nearest_name() {
    let text = "Team(\n    format: 1,\n    disabled: [\"web.S2\"],\n    threats: [\n        Threat(\n            id: \"a.S1\",\n            letter: X,\n            txt: \"t\",\n            question: \"q?\",\n            controls: [],\n            references: [],\n        ),\n    ],\n)";
    let found = decode_team(text.as_bytes()).unwrap_err();
    let lines: Vec<String> =
        found.iter().map(|one| format!("{one} | {}", one.hint.as_deref().unwrap_or_default())).collect();
    assert_eq!(
        lines,
        [
            "3:5: the team file has no field `disabled` | did you mean `disable`?",
            "7:21: `X` is not a letter of STRIDE | write `S`, `T`, `R`, `I`, `D` or `E`",
            "8:13: a threat has no field `txt` | did you mean `text`?",
        ]
    );
}

#[test]
fn two_rows_with_one_id_and_ids_that_are_none_are_pointed_at() {
    let control = |id: &str| {
        format!("(id: \"{id}\", text: \"a\", verify: \"b\", domain: Data, layer: Prevent, letters: [], references: [])")
    };
    let text =
        format!("Team(format: 1, controls: [\n{},\n{},\n{},\n])", control("X-1"), control("a@b"), control("X-1"));
    assert_eq!(told(&text), ["3:6: `a@b` is not an id", "4:6: `X-1` stands here twice; two rows cannot share an id"]);
}

#[test]
fn a_path_that_begins_elsewhere_is_refused() {
    for path in ["/etc/passwd", "C:\\\\x.ron", "~/x.ron", "", "\\\\\\\\host\\\\b"] {
        assert_eq!(told(&format!("Team(format: 1, catalogues: [\"{path}\"])")).len(), 1, "{path}");
    }
    let read = decode_team(b"Team(format: 1, catalogues: [\"threats/web.ron\"])").unwrap();
    assert_eq!(read.catalogues[0].0, "threats/web.ron");
    assert_eq!(read.catalogues[0].1.to_string(), "1:30");
}

#[test]
fn a_baseline_says_where_it_holds() {
    assert_eq!(
        told("Team(format: 1, baselines: [\n  (id: \"tls\", title: \"TLS everywhere\"),\n])"),
        ["2:3: baseline `tls` says neither for which kinds nor in which zones it holds"]
    );
}

#[test]
fn the_place_of_every_row_is_known() {
    let text = b"Team(format: 1, disable: [\"web.S2\"],\n kinds: [Kind(id: \"own.hsm\", name: \"HSM\", element: Store, zone: \"data\")])";
    let places = decode_team(text).unwrap().rows.places;
    assert_eq!(places["own.hsm"].to_string(), "2:19");
    assert_eq!(places["web.S2"].to_string(), "1:27");
}

#[test]
fn an_agenda_and_a_profile_are_read_and_what_makes_no_sense_is_pointed_at() {
    let team = decode_team(b"Team(format: 1, agendas: [Agenda(name: \"lunch\", model: 8, threats: 20)])").unwrap();
    assert_eq!(team.rules.agenda("lunch").minutes, [0, 8, 0, 20, 0, 0, 0]);
    let text = r#"Team(
  format: 1,
  agendas: [
    (name: "none"),
    (name: "day", threats: 4294967295, close: 9),
    (name: "day", threats: 30),
  ],
  profiles: [
    (name: "", summary: "", criteria: []),
    (name: "all", summary: "", criteria: [Ready], ask: 101),
  ],
)"#;
    assert_eq!(
        told(text),
        [
            "4:5: agenda `none` has no minutes",
            "5:5: agenda `day` takes 4294967295 minutes",
            "6:5: two agendas are called `day`",
            "9:5: `` is not a name for profiles",
            "10:5: profile `all` wants 101 of a hundred ask letters",
        ]
    );
    let anchors = "Team(format: 1, anchors: [(matrix: \"6x6\"),\n(matrix: \"5x5\", impact: [\"a\"])])";
    assert_eq!(
        told(anchors),
        [
            "1:27: matrix `6x6` is none of 5x5, owasp, nist, bug-bar",
            "2:1: `5x5` has 5 steps of impact, and 1 have words"
        ]
    );
    assert_eq!(
        told("Team(format: 1, profiles: [(name: \"x\", summary: \"\", criteria: [Redy])])"),
        ["1:64: `Redy` is not a criterion"]
    );
}
