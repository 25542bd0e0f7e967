//! What `check` writes for forges and gates, and that no session can write anything of its own there.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value;

use super::{Shell, told};

/// Somebody's fork: every word wants to be a command, a tag, a row or an escape.
const HOSTILE: &str = r#"Session(
    format: 1,
    title: "x",
    owner: "team",
    components: [Component(id: "api", name: "a\n::error::owned ##[error]x ##vso[task]y </failure><b> | [l](https://evil.example) \u{1b}[2J @all")],
    mitigations: [
        Mitigation(
            id: "M1-abc",
            title: "\n::warning file=x,line=1::owned\r%0A::error::x ##[error] <img src=x> | a | b",
            state: InPlace,
        ),
        Mitigation(id: "M2-abc", title: "plain", state: InPlace),
    ],
)
"#;

fn written(shell: &Shell, format: &str) -> String {
    String::from_utf8(shell.output(&["check", "x.tm.ron", "--format", format]).stdout).unwrap()
}

#[test]
fn several_formats_are_written_at_once_and_one_goes_to_standard_output() {
    let shell = Shell::with("x.tm.ron", HOSTILE);
    let args = ["check", "x.tm.ron", "--format", "human", "--format", "sarif=a.sarif", "--format", "junit=out.xml"];
    let output = shell.output(&args);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output, &shell));
    assert_eq!(serde_json::from_str::<Value>(&shell.read("a.sarif")).unwrap()["version"], "2.1.0");
    assert!(shell.read("out.xml").starts_with("<?xml"));
    assert_snapshot!(shell.run(&["check", "--format", "json", "--format", "sarif"]), @"
        exit 1
        -- err
        error: only one format can go to standard output
          hint: name files for the others: --format sarif=out.sarif
        ");
    assert_snapshot!(shell.run(&["check", "--format", "pdf"]).lines().nth(2).unwrap_or_default(), @"error: invalid value 'pdf' for '--format <FORMAT[=FILE]>': `pdf` is none of human, json, sarif, github, gitlab, junit, markdown");
    assert!(shell.run(&["check", "x.tm.ron", "--format", "junit=no/such/out.xml"]).starts_with("exit 3"));
}

#[test]
fn no_session_can_write_a_line_a_tag_or_a_command() {
    let shell = Shell::with("x.tm.ron", HOSTILE);
    let github = written(&shell, "github");
    assert!(github.lines().all(|line| ["::error ", "::warning ", "::notice "].iter().any(|c| line.starts_with(c))));
    for text in [&github, &written(&shell, "human")] {
        assert!(!text.contains("##[") && !text.contains("##vso") && !text.contains('\u{1b}'), "{text}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::error::")), "{text}");
    }
    let junit = written(&shell, "junit");
    assert_eq!(
        tags(&junit),
        ["error", "failure", "system-out", "testcase", "testsuite", "testsuites"]
            .into_iter()
            .filter(|tag| junit.contains(&format!("<{tag}")))
            .collect::<BTreeSet<_>>()
    );
    assert!(!junit.contains("<img") && !junit.contains('\u{1b}'), "{junit}");
    let markdown = written(&shell, "markdown");
    assert!(!markdown.contains("<img") && !markdown.contains("](https"), "{markdown}");
    assert!(
        markdown.lines().filter(|line| line.contains("owned")).all(|line| line.starts_with("| x.tm.ron line ")),
        "{markdown}"
    );
    assert!(!written(&shell, "sarif").contains('\u{1b}') && !written(&shell, "gitlab").contains('\u{1b}'));
}

/// The names of all elements; every one that begins ends, in order.
fn tags(xml: &str) -> BTreeSet<&str> {
    let (mut open, mut seen) = (Vec::new(), BTreeSet::new());
    for piece in xml.split('<').skip(1).filter(|piece| !piece.starts_with('?')) {
        let (tag, _) = piece.split_once('>').expect("every tag ends");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{xml}");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        seen.insert(name);
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_findings_apart() {
    let shell = Shell::with("x.tm.ron", HOSTILE);
    let prints = |shell: &Shell| -> Vec<(String, u64)> {
        let json = shell.json(&["check", "x.tm.ron", "--format", "json"]);
        let found = json["files"][0]["findings"].as_array().unwrap().clone();
        found
            .iter()
            .map(|one| (one["fingerprint"].as_str().unwrap().to_owned(), one["line"].as_u64().unwrap()))
            .collect()
    };
    let before = prints(&shell);
    shell.write("x.tm.ron", &HOSTILE.replace("    owner:", "    scope: [\n\"a\",\n\"b\",\n],\n    owner:"));
    let after = prints(&shell);
    let names = |found: &[(String, u64)]| found.iter().map(|(print, _)| print.clone()).collect::<BTreeSet<_>>();
    assert_eq!((names(&before), before.len()), (names(&after), names(&after).len()));
    assert!(before.iter().any(|one| !after.contains(one)), "no line moved");
}

#[test]
fn every_line_opens_on_the_record_in_every_format() {
    let shell = Shell::with("x.tm.ron", HOSTILE);
    let line = HOSTILE.lines().position(|line| line.contains("M2-abc")).unwrap() as u64 + 1;
    let json = |format: &str| serde_json::from_str::<Value>(&written(&shell, format)).unwrap();
    let found = json("json")["files"][0]["findings"].as_array().unwrap().clone();
    let of_m2 = |one: &&Value| one["record"] == "M2-abc";
    assert_eq!(found.iter().find(of_m2).unwrap()["line"], line);
    let sarif = json("sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let regions: Vec<&Value> =
        results.iter().map(|r| &r["locations"][0]["physicalLocation"]["region"]["startLine"]).collect();
    assert!(regions.iter().any(|at| **at == line), "{regions:?}");
    let known: BTreeSet<&str> = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert!(results.iter().all(|result| known.contains(result["ruleId"].as_str().unwrap())));
    assert!(json("gitlab").as_array().unwrap().iter().any(|issue| issue["location"]["lines"]["begin"] == line));
    assert!(written(&shell, "github").contains(&format!("file=x.tm.ron,line={line},")));
    assert!(written(&shell, "junit").contains(&format!("x.tm.ron:{line}:")));
}

#[test]
fn a_waiver_covers_one_finding_until_its_day_and_is_listed_all_the_same() {
    let text = HOSTILE.replace("state: InPlace,\n", "state: Proposed,\n");
    let shell = Shell::with("x.tm.ron", &text);
    let waiver = |until: &str, reason: &str| {
        format!(
            "Waivers(format: 1, waivers: [\n    Waiver(finding: \"mitigation-evidence\", record: \"M2-abc\", reason: \"{reason}\", owner: \"ana\", until: \"{until}\"),\n    Waiver(finding: \"cell-open\", reason: \"x\", owner: \"ben\", until: \"2026-03-02\"),\n])"
        )
    };
    shell.write("x.waivers.ron", &waiver("2026-04-30", "the test follows"));
    assert_snapshot!(shell.run(&["check", "x.tm.ron"]), @r#"
        exit 2
        -- out
        x.tm.ron:3:5: error: nothing is worth protecting yet: name what an attacker would want, for example credentials [readiness]
          hint: capture, for example: asset credentials confidential
        x.tm.ron:3:5: error: there is no way in yet: give a component an entry point, a port or page that outsiders reach [readiness]
        x.tm.ron:3:5: error: there are fewer than two components: one alone has nobody to attack it; add who or what uses it [readiness]
          hint: capture, for example: browser -> api: login [credentials] https
        x.tm.ron:3:5: error: nothing moves yet: join two components with a flow, because threats live where data moves [readiness]
          hint: capture, for example: browser -> api: login [credentials] https
        x.tm.ron:12:9: waived: M2 "plain" is in place, but nothing shows it [mitigation-evidence]
          until 2026-04-30 by ana: the test follows
        x.tm.ron:3:5: warning: x.waivers.ron:3: the waiver of cell-open covers nothing that is found [waiver-unused]
          hint: take it out of the waivers
        4 errors, 1 warning, 0 hints, 1 waived in 1 session
        "#);
    let sarif: Value = serde_json::from_str(&written(&shell, "sarif")).unwrap();
    let suppressed = |result: &&Value| !result["suppressions"].as_array().unwrap().is_empty();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().iter().filter(suppressed).count(), 1);
    for (until, reason, said) in [
        ("2026-02-28", "x", "ended on 2026-02-28"),
        ("2029-01-01", "x", "longer than 366 days"),
        ("2026-04-30", " ", "gives no reason"),
    ] {
        shell.write("x.waivers.ron", &waiver(until, reason));
        let told = shell.run(&["check", "x.tm.ron"]);
        assert!(told.contains("error: M2 \"plain\" is in place") && told.contains(said), "{told}");
    }
    shell.write("x.waivers.ron", "Waivers(format: 1, waivers: [Waiver(finding: \"x\")])");
    assert_snapshot!(shell.run(&["check", "x.tm.ron"]), @"
        exit 3
        -- err
        x.waivers.ron:1:49: this record needs `reason`
        error: x.waivers.ron cannot be read as waivers; see the problem above
        ");
}

#[test]
fn what_cannot_be_looked_at_is_never_a_pass() {
    let shell = Shell::new();
    for args in [
        &["check"][..],
        &["check", "gone"],
        &["check", "--base", "main"],
        &["check", "--rev", "HEAD"],
        &["check", "--staged"],
    ] {
        for format in ["human", "json", "sarif", "github", "gitlab", "junit", "markdown"] {
            let output = shell.output(&[args, &["--format", format]].concat());
            assert_eq!(output.status.code(), Some(3), "{args:?} {format}: {}", told(&output, &shell));
        }
    }
    shell.write("x.tm.ron", "Session(");
    let github = written(&shell, "github");
    assert!(github.starts_with("::error file=x.tm.ron,line=1,title=cannot be read::"), "{github}");
    let sarif: Value = serde_json::from_str(&written(&shell, "sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert!(written(&shell, "junit").contains("<error message="));
    assert_eq!(shell.output(&["check", "--format", "nonsense"]).status.code(), Some(1));
}
