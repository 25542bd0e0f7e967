//! Lines from a file or a pipe.

use insta::assert_snapshot;
use strideboard::runtime::{
    journal::Place,
    lock::{self, Claim},
};

use super::Shell;

#[test]
fn capture_says_what_each_line_became_and_saves_it() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let lines = "# in: the shop\nbrowser -> api: login [credentials] https\n\n- F1 T: body changed on the way !3x4 ~ana\n\
                 + sign the body @T1\n? limit per account @F1 :D\nstolen cookie !9\n";
    assert_snapshot!(shell.feed(&["capture", "shop", "--dry-run"], lines), @"
        exit 0
        -- out
        1: scope note
        2: flow F1 browser → api: login; new component browser, component api, asset credentials
        4: threat T1 T on F1 browser → api, likelihood 3, impact 4
        5: mitigation M1 for T1
        6: question N1 parks D on F1 browser → api
        7: threat T2 S (letter guessed) in the unfiled tray
        -- err
        standard input:7: warning: `!9` is not on the matrix and stays in the text: likelihood goes from 1 to 5, impact to 5
        standard input:7: warning: no place: it goes to the unfiled tray
        nothing was saved, as asked; would have captured 6 lines to shop.tm.ron
        ");
    assert!(!shell.read("shop.tm.ron").contains("browser"));
    assert_snapshot!(shell.feed(&["capture", "shop", "-"], lines), @"
        exit 0
        -- out
        1: scope note
        2: flow F1 browser → api: login; new component browser, component api, asset credentials
        4: threat T1 T on F1 browser → api, likelihood 3, impact 4
        5: mitigation M1 for T1
        6: question N1 parks D on F1 browser → api
        7: threat T2 S (letter guessed) in the unfiled tray
        -- err
        standard input:7: warning: `!9` is not on the matrix and stays in the text: likelihood goes from 1 to 5, impact to 5
        standard input:7: warning: no place: it goes to the unfiled tray
        captured 6 lines to shop.tm.ron
        ");
    assert_snapshot!(shell.read("shop.tm.ron"), @r#"
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "shop",
            scope: "in: the shop",
            assets: [
                Asset(
                    id: "credentials",
                    rank: 1,
                    name: "credentials",
                ),
            ],
            components: [
                Component(
                    id: "api",
                    rank: 2,
                    name: "api",
                    kind: "api",
                ),
                Component(
                    id: "browser",
                    rank: 1,
                    name: "browser",
                    kind: "browser",
                    element: Actor,
                ),
            ],
            flows: [
                Flow(
                    id: "F1-hmw",
                    rank: 1,
                    from: "browser",
                    to: "api",
                    label: "login",
                    protocol: "https",
                    assets: [
                        "credentials",
                    ],
                    threats: [
                        Threat(
                            id: "T1-013",
                            letter: T,
                            statement: "body changed on the way",
                            by: "ana",
                            current: Rating(likelihood: 3, impact: 4),
                            response: Mitigate,
                            mitigations: [
                                "M1-kbr",
                            ],
                            basis: "xahjdq8e",
                        ),
                    ],
                ),
            ],
            unfiled: [
                Threat(
                    id: "T2-c9f",
                    letter: S,
                    statement: "stolen cookie !9",
                ),
            ],
            mitigations: [
                Mitigation(
                    id: "M1-kbr",
                    title: "sign the body",
                ),
            ],
            notes: [
                Note(
                    id: "N1-hcz",
                    kind: Question,
                    text: "limit per account",
                    place: Flow("F1-hmw"),
                    letter: D,
                ),
            ],
        )
        "#);
    shell.write("more.txt", "\u{feff}= TLS ends at the CDN\r\n");
    assert_snapshot!(shell.run(&["capture", "shop", "more.txt"]), @"
        exit 0
        -- out
        1: assumption A1
        -- err
        captured 1 line to shop.tm.ron
        ");
}

#[test]
fn capture_saves_nothing_it_cannot_read() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let before = shell.read("shop.tm.ron");
    assert_snapshot!(shell.feed(&["capture", "shop"], b"fine\nnot \xff text\n"), @"
        exit 1
        -- err
        error: standard input:2: the line is not UTF-8 text
          hint: save the file as UTF-8; nothing was captured
        ");
    assert_snapshot!(shell.feed(&["capture", "shop"], "\n \n"), @"
        exit 0
        -- err
        there was nothing to capture in standard input
        ");
    assert_snapshot!(shell.run(&["capture", "shop", "gone.txt"]), @"
        exit 1
        -- err
        error: gone.txt cannot be read: no such file or directory
        ");
    assert_snapshot!(shell.feed(&["capture", "nowhere"], "x"), @"
        exit 1
        -- err
        error: there is no session `nowhere`
          hint: looked for `nowhere`, `nowhere.tm.ron`, `nowhere.ron`, `sessions/nowhere`, `sessions/nowhere.tm.ron`, `sessions/nowhere.ron`
        ");
    assert_eq!(shell.read("shop.tm.ron"), before);
}

#[test]
fn lines_for_a_session_that_is_open_are_kept_and_said_to_be() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let place = Place::of(&shell.home.path().join("state/journals"), &shell.path("shop.tm.ron"));
    std::fs::create_dir_all(place.lock.parent().unwrap()).unwrap();
    let Claim::Ours(lock) = lock::claim(&place.lock) else { panic!("the lock was free") };
    let told = shell.feed(&["capture", "shop"], "a -> b: read\n");
    assert!(told.contains("has shop.tm.ron open; their workbench will ask them to merge these lines"), "{told}");
    assert!(shell.read("shop.tm.ron").contains("read"));
    drop(lock);
    assert!(!shell.feed(&["capture", "shop"], "b -> c: write\n").contains("open"));
}
