//! What became of a session: `diff`, `merge` and `resolve` on files.

use std::fs;

use insta::assert_snapshot;

use super::Shell;

/// Where both people started.
const BASE: &str = r#"
Session(
    format: 1,
    title: "Refunds",
    zones: [Zone(id: "edge", name: "Edge"), Zone(id: "data", name: "Data")],
    assets: [Asset(id: "cards", name: "Card data")],
    components: [
        Component(id: "api", name: "API", zone: "edge"),
        Component(id: "ledger", name: "Ledger", zone: "data"),
    ],
    flows: [
        Flow(
            id: "F3-a2c",
            from: "api",
            to: "ledger",
            label: "refund",
            cells: [Cell(letter: R, state: Clear, by: "ana")],
            threats: [
                Threat(id: "T8-9mc", letter: I, statement: "card numbers in the access log",
                    current: Rating(likelihood: 2, impact: 4)),
                Threat(id: "T9-0zx", letter: D, statement: "refunds queue up behind a slow ledger",
                    current: Rating(likelihood: 3, impact: 4), response: Mitigate, mitigations: ["M8-bb4"]),
                Threat(id: "T12-p2d", letter: S, statement: "session token replayed",
                    current: Rating(likelihood: 4, impact: 4), response: Mitigate, mitigations: ["M7-aa3"]),
            ],
        ),
    ],
    mitigations: [
        Mitigation(id: "M7-aa3", title: "Bind tokens to devices", state: Agreed),
        Mitigation(id: "M8-bb4", title: "Time out after 2 s", state: Proposed),
    ],
)
"#;

/// The session with some of its text replaced.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    })
}

/// A folder with the base and what two people made of it.
fn fork(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Shell {
    let shell = Shell::with("base.tm.ron", BASE);
    shell.write("ours.tm.ron", &changed(ours));
    shell.write("theirs.tm.ron", &changed(theirs));
    shell
}

/// A quarter of a year in one pull request: a bit of everything a reviewer has to see.
const QUARTER: &[(&str, &str)] = &[
    ("likelihood: 4, impact: 4", "likelihood: 1, impact: 4"),
    ("letter: I, statement: \"card numbers in the access log\",", "letter: I, statement: \"card numbers in the access log\", withdrawn: \"logs are gone\","),
    ("Cell(letter: R, state: Clear, by: \"ana\")", "Cell(letter: R, state: NotApplicable, reason: \"internal only\", by: \"ana\"), Cell(letter: E, state: Clear)"),
    ("title: \"Bind tokens to devices\", state: Agreed", "title: \"Bind tokens to devices.\", state: InPlace"),
    ("response: Mitigate, mitigations: [\"M8-bb4\"]),", "response: Accept, acceptance: Acceptance(by: \"CFO\", reason: \"rare, and we refund by hand\", until: \"2026-09-30\")),
        Threat(id: \"T31-k7q\", letter: T, statement: \"refund webhook accepts an unsigned payload\", current: Rating(likelihood: 4, impact: 5)),"),
    ("Component(id: \"ledger\", name: \"Ledger\", zone: \"data\"),", "Component(id: \"ledger\", name: \"ledger\", zone: \"data\", rank: 7), Component(id: \"bank\", name: \"Bank\", element: External),"),
];

#[test]
fn a_diff_says_the_worst_first() {
    let shell = fork(&[], QUARTER);
    assert_snapshot!(shell.run(&["diff", "base.tm.ron", "theirs.tm.ron"]), @r#"
        exit 0
        -- out
        base.tm.ron → theirs.tm.ron
        Critical 1 (+1)  High 0 (−1)  Medium 1 (−1)  Low 1 (+1)  unanswered above appetite 1 (−1)

        Above appetite, and nobody answers for it
          theirs.tm.ron:23: T31 "refund webhook accepts an unsigned payload" is new: Critical, Tampering on F3 API → ledger; no response

        Ratings and limits lowered
          theirs.tm.ron:25: T12 "session token replayed": High (4x4) → Low (1x4); M7 "Bind tokens to devices." is in place now, without evidence

        Withdrawn, removed or not applicable
          theirs.tm.ron:19: T8 "card numbers in the access log", Medium, was withdrawn: "logs are gone"
          theirs.tm.ron:17: F3 API → ledger: R is not applicable, because "internal only" (before: clear)

        Mitigations without evidence, taken back or removed
          theirs.tm.ron:30: M7 "Bind tokens to devices.": agreed → in place without evidence

        Risks accepted or transferred
          theirs.tm.ron:22: T9 "refunds queue up behind a slow ledger", Medium, is accepted by CFO until 2026-09-30: "rare, and we refund by hand"

        Scope
          theirs.tm.ron:9: component "Bank" is new

        Other changes
          theirs.tm.ron:21: T9 "refunds queue up behind a slow ledger": mitigations −M8-bb4
          theirs.tm.ron:17: F3 API → ledger: E is clear: nothing was found

        Not said one by one
          2 records changed only in spelling
        "#);
    assert_snapshot!(shell.run(&["diff", "theirs.tm.ron", "base.tm.ron"]), @r#"
        exit 0
        -- out
        theirs.tm.ron → base.tm.ron
        Critical 0 (−1)  High 1 (+1)  Medium 2 (+1)  Low 0 (−1)  unanswered above appetite 2 (+1)

        Above appetite, and nobody answers for it
          base.tm.ron:21: T9 "refunds queue up behind a slow ledger": Medium, and only M8 "Time out after 2 s" is proposed
          base.tm.ron:19: T8 "card numbers in the access log" is back: Medium; no response

        Risks raised above appetite
          base.tm.ron:23: T12 "session token replayed": Low (1x4) → High (4x4); M7 "Bind tokens to devices" is agreed

        Withdrawn, removed or not applicable
          theirs.tm.ron:23: T31 "refund webhook accepts an unsigned payload" was removed; it was Critical, on F3 API → ledger

        Mitigations without evidence, taken back or removed
          base.tm.ron:29: M7 "Bind tokens to devices": in place → agreed

        Scope
          theirs.tm.ron:9: component "Bank" was removed

        Other changes
          base.tm.ron:22: T9 "refunds queue up behind a slow ledger": response accept, by CFO until 2026-09-30: "rare, and we refund by hand" → mitigate; mitigations +M8-bb4
          base.tm.ron:17: F3 API → Ledger: R is clear: nothing was found
          base.tm.ron:12: F3 API → Ledger: E is open again

        Not said one by one
          2 records changed only in spelling
        "#);
}

#[test]
fn a_diff_as_a_comment_folds_what_asks_for_nothing() {
    let shell = fork(&[], QUARTER);
    let link = "https://forge.example/blob/abc/theirs.tm.ron";
    let args = ["diff", "base.tm.ron", "theirs.tm.ron", "--format", "markdown", "--link", link];
    assert_snapshot!(shell.run(&args), @r#"
        exit 0
        -- out
        <!-- strideboard diff -->
        ### Threat model: theirs.tm.ron

        | threats | Critical | High | Medium | Low | above appetite, unanswered |
        | --- | ---: | ---: | ---: | ---: | ---: |
        | before | 0 | 1 | 2 | 0 | 2 |
        | after | **1** | **0** | **1** | **1** | **1** |

        **Above appetite, and nobody answers for it (1)**

        | record | change | line |
        |---|---|---:|
        | T31-k7q | T31 "refund webhook accepts an unsigned payload" is new: Critical, Tampering on F3 API → ledger; no response | [23](https://forge.example/blob/abc/theirs.tm.ron#L23) |

        **Ratings and limits lowered (1)**

        | record | change | line |
        |---|---|---:|
        | T12-p2d | T12 "session token replayed": High (4x4) → Low (1x4); M7 "Bind tokens to devices." is in place now, without evidence | [25](https://forge.example/blob/abc/theirs.tm.ron#L25) |

        **Withdrawn, removed or not applicable (2)**

        | record | change | line |
        |---|---|---:|
        | T8-9mc | T8 "card numbers in the access log", Medium, was withdrawn: "logs are gone" | [19](https://forge.example/blob/abc/theirs.tm.ron#L19) |
        | F3-a2c | F3 API → ledger: R is not applicable, because "internal only" (before: clear) | [17](https://forge.example/blob/abc/theirs.tm.ron#L17) |

        **Mitigations without evidence, taken back or removed (1)**

        | record | change | line |
        |---|---|---:|
        | M7-aa3 | M7 "Bind tokens to devices.": agreed → in place without evidence | [30](https://forge.example/blob/abc/theirs.tm.ron#L30) |

        **Risks accepted or transferred (1)**

        | record | change | line |
        |---|---|---:|
        | T9-0zx | T9 "refunds queue up behind a slow ledger", Medium, is accepted by CFO until 2026-09-30: "rare, and we refund by hand" | [22](https://forge.example/blob/abc/theirs.tm.ron#L22) |

        **Scope (1)**

        | record | change | line |
        |---|---|---:|
        | bank | component "Bank" is new | [9](https://forge.example/blob/abc/theirs.tm.ron#L9) |

        <details><summary>Other changes (2)</summary>

        | record | change | line |
        |---|---|---:|
        | T9-0zx | T9 "refunds queue up behind a slow ledger": mitigations −M8-bb4 | [21](https://forge.example/blob/abc/theirs.tm.ron#L21) |
        | F3-a2c | F3 API → ledger: E is clear: nothing was found | [17](https://forge.example/blob/abc/theirs.tm.ron#L17) |

        </details>

        2 records changed only in spelling.
        "#);
}

#[test]
fn differences_are_an_exit_code_on_request_and_json_on_request() {
    let shell = fork(&[], QUARTER);
    let code = |args: &[&str]| shell.output(args).status.code();
    assert_eq!(code(&["diff", "base.tm.ron", "theirs.tm.ron"]), Some(0));
    assert_eq!(code(&["diff", "base.tm.ron", "theirs.tm.ron", "--exit-code"]), Some(2));
    assert_eq!(code(&["diff", "base.tm.ron", "ours.tm.ron", "--exit-code"]), Some(0));
    assert_eq!(code(&["diff", "base.tm.ron", "gone.tm.ron", "--exit-code"]), Some(1));
    let json = shell.json(&["diff", "base.tm.ron", "theirs.tm.ron", "--format", "json"]);
    let session = &json["sessions"][0];
    let first = &session["sections"][0]["changes"][0];
    assert_eq!((json["version"].as_i64(), first["record"].as_str()), (Some(1), Some("T31-k7q")));
    // The line is the one where the record begins.
    let line = first["line"].as_u64().unwrap() as usize;
    assert!(shell.read("theirs.tm.ron").lines().nth(line - 1).unwrap().contains("Threat(id: \"T31-k7q\""));
    assert_eq!(session["risk"]["unanswered"]["after"], 1);
}

#[test]
fn nobody_can_forge_a_part_of_a_comment() {
    let evil = "x\\n\\n## Approved by @security\\n| a | <img src=x> [ok](https://evil.example) `|`";
    let shell =
        fork(&[], &[("card numbers in the access log", evil), ("name: \"Ledger\"", &format!("name: \"{evil}\""))]);
    let out = shell.run(&["diff", "base.tm.ron", "theirs.tm.ron", "--format", "markdown"]);
    assert!(out.contains("`@security"), "{out}");
    for line in out.lines().filter(|line| line.contains("Approved")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!((line.starts_with("| "), bars), (true, 4), "{line}");
        assert!(!line.contains("<img") || line.contains("`<img"), "{line}");
    }
    assert!(!out.contains("\n## "), "{out}");
}

#[test]
fn a_comment_too_large_for_a_forge_leaves_the_least_out_and_says_so() {
    let threat = |n: usize| {
        format!(
            "Threat(id: \"T{n}-k7q\", letter: T, statement: \"{}\", current: Rating(likelihood: 4, impact: {})),",
            "word ".repeat(20),
            n % 2 * 4 + 1
        )
    };
    let many: String = (100..900).map(threat).collect();
    let shell = fork(
        &[],
        &[
            ("mitigations: [\"M8-bb4\"]),", &format!("mitigations: [\"M8-bb4\"]), {many}")),
            ("name: \"Edge\"", "name: \"Rim\""),
        ],
    );
    let out = String::from_utf8(shell.output(&["diff", "base.tm.ron", "theirs.tm.ron", "--format", "markdown"]).stdout)
        .unwrap();
    assert!((60_000..=65_536).contains(&out.len()), "{}", out.len());
    let last = out.lines().last().unwrap();
    assert!(last.contains("did not fit here:") && last.ends_with("`strideboard diff` shows all of them."), "{last}");
}

#[test]
fn two_people_who_touch_different_things_merge_without_a_word() {
    let shell = fork(
        &[
            ("likelihood: 2, impact: 4", "likelihood: 1, impact: 4"),
            ("title: \"Refunds\"", "title: \"Refunds\", owner: \"payments\""),
        ],
        &[("state: Agreed", "state: InProgress"), ("label: \"refund\"", "label: \"refund request\"")],
    );
    assert_snapshot!(shell.run(&["merge", "base.tm.ron", "ours.tm.ron", "theirs.tm.ron", "-o", "out.tm.ron"]), @r"
    exit 0
    -- err
    merged without conflicts
    ");
    let out = shell.read("out.tm.ron");
    for words in ["likelihood: 1, impact: 4", "owner: \"payments\"", "state: InProgress", "label: \"refund request\""] {
        assert!(out.contains(words), "{words}\n{out}");
    }
}

#[test]
fn what_two_people_said_differently_waits_for_a_decision_and_fails_the_check_until_then() {
    let shell = fork(
        &[
            ("likelihood: 4, impact: 4", "likelihood: 1, impact: 2"),
            (
                "Cell(letter: R, state: Clear, by: \"ana\")",
                "Cell(letter: R, state: NotApplicable, reason: \"signed requests\")",
            ),
            ("Mitigation(id: \"M8-bb4\", title: \"Time out after 2 s\", state: Proposed),", ""),
            ("response: Mitigate, mitigations: [\"M8-bb4\"]", "response: Mitigate"),
        ],
        &[
            ("likelihood: 4, impact: 4", "likelihood: 5, impact: 4"),
            ("Cell(letter: R, state: Clear, by: \"ana\")", "Cell(letter: R, state: Inherited, reason: \"platform\")"),
            ("title: \"Time out after 2 s\", state: Proposed", "title: \"Time out after 2 s\", state: Agreed"),
        ],
    );
    assert_snapshot!(shell.run(&["merge", "base.tm.ron", "ours.tm.ron", "theirs.tm.ron", "-o", "ours.tm.ron"]), @r#"
        exit 2
        -- err
        conflict: F3 API → Ledger, R: ours not applicable: "signed requests", theirs inherited: "platform"
        conflict: T12 "session token replayed", current rating: ours Very low (1x2), theirs High (5x4)
        conflict: M8 "Time out after 2 s": ours removed it, theirs changed state
        merged with 3 conflicts
        hint: strideboard resolve ours.tm.ron
        "#);
    assert_snapshot!(shell.run(&["resolve", "ours.tm.ron"]), @r#"
        exit 2
        -- out
        ours.tm.ron:34: F3-a2c/R F3 API → Ledger, R
          both sides changed it
          --ours    not applicable: "signed requests"  (ours.tm.ron)
          --theirs  inherited: "platform"  (theirs.tm.ron)
          --base    clear (ana)
        ours.tm.ron:57: T12-p2d/current T12 "session token replayed", current rating
          both sides changed it
          --ours    Very low (1x2)  (ours.tm.ron)
          --theirs  High (5x4)  (theirs.tm.ron)
          --base    High (4x4)
        ours.tm.ron:72: M8-bb4/record M8 "Time out after 2 s"
          one side removed it, the other changed it
          --ours    removed it  (ours.tm.ron)
          --theirs  changed state  (theirs.tm.ron)
        3 conflicts
        "#);
    assert!(shell.run(&["check", "ours.tm.ron"]).contains("[conflict-open]"));
    assert!(
        shell
            .run(&["show", "ours.tm.ron"])
            .contains("\nConflicts, undecided\n  F3 API → Ledger, R: ours not applicable")
    );
    // The worse rating holds meanwhile, and the cell is open.
    let session = shell.read("ours.tm.ron");
    assert!(
        session.contains("current: Rating(likelihood: 5, impact: 4)") && !session.contains("Cell(letter: R, state")
    );
    assert_snapshot!(shell.run(&["resolve", "ours.tm.ron", "T12/current", "--ours"]), @"
        exit 0
        -- out
        settle T12-p2d/current with ours
        2 conflicts left
        ");
    assert_snapshot!(shell.run(&["resolve", "ours.tm.ron", "--all", "--theirs"]), @"
        exit 0
        -- out
        settle F3-a2c/R with theirs
        settle M8-bb4/record with theirs
        no conflict is left
        ");
    assert_snapshot!(shell.run(&["resolve", "ours.tm.ron"]), @"
        exit 0
        -- out
        ours.tm.ron: no conflicts
        ");
    let session = shell.read("ours.tm.ron");
    assert!(session.contains("current: Rating(likelihood: 1, impact: 2)"));
    assert!(
        session.contains("Cell(letter: R, state: Inherited, reason: \"platform\")") && !session.contains("conflicts")
    );
}

#[test]
fn two_rooms_that_never_met_merge_too_and_are_asked_about_what_sounds_alike() {
    let shell = Shell::new();
    let room = |flow: &str, threat: &str, said: &str| {
        changed(&[
            ("F3-a2c", flow),
            ("T12-p2d", threat),
            ("session token replayed", said),
            ("T8-9mc", &format!("T8-{}", &flow[3..])),
            ("T9-0zx", &format!("T9-{}", &flow[3..])),
        ])
    };
    shell.write("a.tm.ron", &room("F3-a2c", "T12-p2d", "session token replayed"));
    shell.write("b.tm.ron", &room("F1-h3h", "T4-q5q", "a session token is replayed"));
    assert_snapshot!(shell.run(&["merge", "a.tm.ron", "b.tm.ron", "-o", "both.tm.ron"]), @r#"
        exit 0
        -- err
        the same? F3 API → Ledger (F3-a2c) and F1 API → Ledger (F1-h3h)
        the same? T12 "session token replayed" (T12-p2d) and T4 "a session token is replayed" (T4-q5q)
        the same? T8 "card numbers in the access log" (T8-a2c) and T8 "card numbers in the access log" (T8-h3h)
        the same? T9 "refunds queue up behind a slow ledger" (T9-a2c) and T9 "refunds queue up behind a slow ledger" (T9-h3h)
        merged without conflicts
        "#);
    assert_snapshot!(shell.run(&["resolve", "both.tm.ron", "--same", "T12", "T4"]), @"
        exit 0
        -- out
        join T4 into T12
        ");
    assert!(shell.read("both.tm.ron").contains("withdrawn: \"same as T12-p2d\""));
}

#[test]
fn a_merge_touches_nothing_it_was_not_told_to() {
    let shell = fork(&[("title: \"Refunds\"", "title: \"R\"")], &[("title: \"Refunds\"", "title: \"S\"")]);
    shell.write("other.tm.ron", BASE);
    assert_snapshot!(shell.run(&["merge", "base.tm.ron", "ours.tm.ron", "theirs.tm.ron", "-o", "other.tm.ron"]), @"
        exit 1
        -- err
        error: other.tm.ron already exists
          hint: choose a new name, or write over one of the merged files
        ");
    shell.write("broken.tm.ron", "Session(format: 1, title: 5)");
    assert_snapshot!(shell.run(&["merge", "base.tm.ron", "ours.tm.ron", "broken.tm.ron", "-o", "ours.tm.ron"]), @"
        exit 1
        -- err
        broken.tm.ron:1:27: `title`: expected a text in quotes, found `5`
        error: broken.tm.ron cannot be read as a session; see the problem above
        ");
    assert_eq!(shell.read("other.tm.ron"), BASE);
    assert_eq!(shell.read("ours.tm.ron"), changed(&[("title: \"Refunds\"", "title: \"R\"")]));
    // Standard output, when no file is named.
    let output = shell.output(&["merge", "base.tm.ron", "ours.tm.ron", "theirs.tm.ron"]);
    assert!(output.stdout.starts_with(b"// strideboard session") && output.status.code() == Some(2));
    assert_eq!(fs::read_dir(shell.path("")).unwrap().count(), 5);
}

#[test]
fn a_conflict_that_is_not_there_and_a_side_that_is_not_given_are_said() {
    let shell = fork(&[("title: \"Refunds\"", "title: \"R\"")], &[("title: \"Refunds\"", "title: \"S\"")]);
    shell.run(&["merge", "base.tm.ron", "ours.tm.ron", "theirs.tm.ron", "-o", "both.tm.ron"]);
    assert_snapshot!(shell.run(&["resolve", "both", "T1/current", "--ours"]), @"
        exit 1
        -- err
        error: there is no conflict `T1/current`
          hint: `strideboard resolve both` lists them
        ");
    assert_snapshot!(shell.run(&["resolve", "both", "--ours"]), @"
        exit 1
        -- err
        error: which conflicts are settled with ours?
          hint: name them, or use --all
        ");
    assert_snapshot!(shell.run(&["resolve", "both", "--all"]), @"
        exit 1
        -- err
        error: --all needs a side
          hint: add --ours, --theirs, --base or --keep
        ");
    assert_snapshot!(shell.run(&["resolve", "both", "session/title", "--base"]), @"
        exit 0
        -- out
        settle session/title with base
        no conflict is left
        ");
}
