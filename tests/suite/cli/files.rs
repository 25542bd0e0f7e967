//! Creating, listing, finding and laying out session files.

use std::fs;

use insta::assert_snapshot;

use super::{SIGN_IN, Shell};

#[test]
fn new_makes_a_file_that_is_found_by_its_name_and_never_overwrites() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["new", "Sign in", "--title", "Sign-in of members"]), @"
        exit 0
        -- out
        sign-in.tm.ron
        -- err
        next: strideboard sign-in.tm.ron
        ");
    assert_snapshot!(shell.read("sign-in.tm.ron"), @r#"
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "Sign-in of members",
        )
        "#);
    assert_snapshot!(shell.run(&["new", "sign-in"]), @"
        exit 1
        -- err
        error: sign-in.tm.ron already exists
          hint: choose another name, or open it with `strideboard NAME`
        ");
    fs::create_dir(shell.path("sessions")).unwrap();
    assert_snapshot!(shell.run(&["new", "Über uns"]), @"
        exit 0
        -- out
        sessions/über-uns.tm.ron
        -- err
        next: strideboard sessions/über-uns.tm.ron
        ");
    assert_snapshot!(shell.run(&["new", "services/pay"]), @"
        exit 1
        -- err
        error: the folder services does not exist, so nothing was saved; create it first
        ");
    assert_snapshot!(shell.run(&["new", "./own name.ron"]), @"
        exit 0
        -- out
        ./own name.ron
        -- err
        next: strideboard './own name.ron'
        note: `strideboard list` finds files that end in .tm.ron
        ");
    assert_snapshot!(shell.run(&["new", " "]), @"
        exit 1
        -- err
        error: a session needs a name
          hint: for example `strideboard new checkout`, or `strideboard new checkout --template webhooks`
        ");
    assert_snapshot!(shell.run(&["--color", "never", "list"]), @"
        exit 0
        -- out
        session                   state  decided  worst  threats  unfiled  questions  owner  changed  title
        sessions/über-uns.tm.ron  empty  0/0      –      0        0        0          –      today    Über uns
        sign-in.tm.ron            empty  0/0      –      0        0        0          –      today    Sign-in of members
        ");
}

#[test]
fn a_list_by_team_says_how_far_each_is_and_when_it_met() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write("sessions/refund.tm.ron", SIGN_IN);
    shell.write("sessions/draft.tm.ron", "Session(format: 1, title: \"Draft\")");
    assert_snapshot!(shell.run(&["list", "--by-team"]), @"
        exit 0
        -- out
        team           sessions  ready  decided  threats  last meeting
        nobody         1         0      0/0      0        –
        team-payments  2         0      2/22     4        2026-03-17
        ");
}

#[test]
fn list_says_where_every_session_stands_and_which_cannot_be_read() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["list"]), @"
        exit 0
        -- out
        session                  state        decided  worst           threats  unfiled  questions  owner          changed  title
        sessions/sign-in.tm.ron  identifying  1/11     up to Critical  2        1        0          team-payments  today    Sign-in
        ");
    shell.write("deep/er/broken.tm.ron", "Session(\n  format: 1,\n  titel: \"x\",\n)\n");
    assert_snapshot!(shell.run(&["list", "."]), @"
        exit 1
        -- out
        session                  state        decided  worst           threats  unfiled  questions  owner          changed  title
        deep/er/broken.tm.ron    unreadable                                                                                 3:3: the session has no field `titel`
        sessions/sign-in.tm.ron  identifying  1/11     up to Critical  2        1        0          team-payments  today    Sign-in
        -- err
        deep/er/broken.tm.ron:3:3: the session has no field `titel`
          hint: did you mean `title`?
        error: deep/er/broken.tm.ron cannot be read as a session; see the problem above
        ");
    assert_snapshot!(shell.run(&["list", "--format", "json"]), @r#"
        exit 1
        -- out
        {
          "version": 1,
          "sessions": [
            {
              "path": "deep/er/broken.tm.ron",
              "errors": [
                {
                  "line": 3,
                  "column": 3,
                  "message": "the session has no field `titel`",
                  "hint": "did you mean `title`?"
                }
              ]
            },
            {
              "path": "sessions/sign-in.tm.ron",
              "title": "Sign-in",
              "workload": "Checkout",
              "owner": "team-payments",
              "state": "identifying",
              "progress": {
                "decided": 1,
                "total": 11
              },
              "worst": {
                "level": "critical",
                "words": "up to Critical"
              },
              "threats": 2,
              "unfiled": 1,
              "open_questions": 0
            }
          ]
        }
        -- err
        deep/er/broken.tm.ron:3:3: the session has no field `titel`
          hint: did you mean `title`?
        error: deep/er/broken.tm.ron cannot be read as a session; see the problem above
        "#);
    assert_snapshot!(shell.run(&["list", "sessions"]), @"
        exit 0
        -- out
        session                  state        decided  worst           threats  unfiled  questions  owner          changed  title
        sessions/sign-in.tm.ron  identifying  1/11     up to Critical  2        1        0          team-payments  today    Sign-in
        ");
    assert_snapshot!(shell.run(&["list", "nowhere"]), @"
        exit 1
        -- err
        error: nowhere is not a folder
          hint: `strideboard show SESSION` shows one session
        ");
    assert_snapshot!(Shell::new().run(&["list"]), @"
        exit 0
        -- err
        there are no sessions (*.tm.ron) below .
        next: strideboard new NAME
        ");
}

#[test]
fn a_session_that_is_not_there_is_looked_for_and_a_near_one_named() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sing-in"]), @"
        exit 1
        -- err
        error: there is no session `sing-in`
          hint: looked for `sing-in`, `sing-in.tm.ron`, `sing-in.ron`, `sessions/sing-in`, `sessions/sing-in.tm.ron`, `sessions/sing-in.ron`
          hint: did you mean `sessions/sign-in.tm.ron`?
        ");
    assert_snapshot!(shell.run(&["show", "sessions"]), @"
        exit 1
        -- err
        error: sessions is a folder; name one session
          hint: for example sessions/sign-in.tm.ron; `strideboard list` shows all
        ");
    assert_snapshot!(shell.run(&["show", "./sign-in"]), @"
        exit 1
        -- err
        error: there is no session `./sign-in`
          hint: looked for `sign-in`, `sign-in.tm.ron`, `sign-in.ron`
          hint: did you mean `sessions/sign-in.tm.ron`?
        ");
}

#[test]
fn fmt_rewrites_what_is_laid_out_otherwise_and_check_only_lists_it() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write("sessions/other.tm.ron", "(format: 1, title: \"Other\", // why\n)");
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"
        exit 2
        -- out
        sessions/other.tm.ron
        -- err
        error: not in the canonical layout: 1 file
          hint: `strideboard fmt` without --check rewrites them
        ");
    assert!(shell.read("sessions/other.tm.ron").contains("// why"));
    assert_snapshot!(shell.run(&["fmt", "other", "sessions", "sign-in"]), @"
        exit 0
        -- out
        sessions/other.tm.ron
        ");
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"exit 0");
    assert_snapshot!(shell.read("sessions/other.tm.ron"), @r#"
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "Other",
        )
        "#);
    assert_snapshot!(shell.feed(&["fmt", "-"], "(title: \"x\", format: 1)"), @r#"
        exit 0
        -- out
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "x",
        )
        "#);
    assert_snapshot!(shell.feed(&["fmt", "-", "--check"], "(title: \"x\", format: 1)"), @"
        exit 2
        -- err
        error: not in the canonical layout: standard input
          hint: `strideboard fmt` without --check rewrites them
        ");
    assert_snapshot!(shell.feed(&["fmt", "-"], "(title: \"x\", format: 1"), @"
        exit 1
        -- err
        standard input:1:23: expected a comma before this
          hint: the `(` in line 1 is not closed as it should be
        error: standard input cannot be read as a session; see the problem above
        ");
    assert_snapshot!(shell.run(&["fmt", "-", "other"]), @"
        exit 1
        -- err
        error: `-` stands alone: one session comes in and one goes out
        ");
}

#[test]
fn a_broken_file_is_told_line_by_line_and_the_others_are_still_done() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write(
        "sessions/broken.tm.ron",
        "Session(\n    format: 1,\n    titel: \"x\",\n    zones: [Zone(id: \"A b\", name: \"A\")],\n)\n",
    );
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions", "gone"]), @"
        exit 1
        -- err
        error: there is no session `gone`
          hint: looked for `gone`, `gone.tm.ron`, `gone.ron`, `sessions/gone`, `sessions/gone.tm.ron`, `sessions/gone.ron`
        sessions/broken.tm.ron:3:5: the session has no field `titel`
          hint: did you mean `title`?
        sessions/broken.tm.ron:4:22: `A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        error: sessions/broken.tm.ron cannot be read as a session; see the problems above
        ");
    assert_snapshot!(shell.run(&["show", "broken"]), @"
        exit 1
        -- err
        sessions/broken.tm.ron:3:5: the session has no field `titel`
          hint: did you mean `title`?
        sessions/broken.tm.ron:4:22: `A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        error: sessions/broken.tm.ron cannot be read as a session; see the problems above
        ");
    assert_snapshot!(shell.run(&["check", "broken", "--format", "json"]), @r#"
        exit 3
        -- out
        {
          "version": 1,
          "files": [
            {
              "path": "sessions/broken.tm.ron",
              "findings": [],
              "errors": [
                {
                  "line": 3,
                  "column": 5,
                  "message": "the session has no field `titel`",
                  "hint": "did you mean `title`?"
                },
                {
                  "line": 4,
                  "column": 22,
                  "message": "`A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`",
                  "hint": null
                }
              ]
            }
          ],
          "summary": {
            "errors": 0,
            "warnings": 0,
            "hints": 0,
            "waived": 0,
            "unreadable": 1
          }
        }
        -- err
        sessions/broken.tm.ron:3:5: the session has no field `titel`
          hint: did you mean `title`?
        sessions/broken.tm.ron:4:22: `A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        error: sessions/broken.tm.ron cannot be read as a session; see the problems above
        "#);
}

#[test]
fn practice_makes_its_file_once_and_goes_on_in_it() {
    let shell = Shell::new();
    let first = shell.run(&["practice", "--print", "80x24"]);
    assert!(first.contains("Practice 1/10"), "{first}");
    let keys = "cshopper @Internet -> shop @Edge: sign in<enter><ctrl-s>";
    shell.run(&["practice", "--keys", keys, "--print", "80x24"]);
    let again = shell.run(&["practice", "practice.tm.ron", "--print", "80x24"]);
    assert!(again.contains("Practice 2/10"), "{again}");
    let elsewhere = shell.run(&["practice", "mine", "--print", "80x24"]);
    assert!(elsewhere.contains("Practice 1/10"), "{elsewhere}");
}
