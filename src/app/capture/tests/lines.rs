//! Lines that say something: what each becomes and what the session knows then.

use super::{Context, capture_all, check, nowhere, on_a_cell, one, session};
use crate::{
    app::capture::{PartKind, capture, preview},
    session::{Edit, Session},
};

#[test]
fn the_last_word_of_a_name_tells_stores_and_people() {
    let empty = Session::new("shop");
    let drawn = "customer browser -> invoice portal\ninvoice portal -> invoice db";
    let (_, session) = capture_all(drawn, &nowhere(&empty), &mut || 0);
    let kinds: Vec<_> = session.components.iter().map(|c| (c.name.as_str(), c.kind.as_str())).collect();
    assert_eq!(kinds, [("customer browser", "browser"), ("invoice db", "sqldb"), ("invoice portal", "")]);
}

#[test]
fn anything_else_is_a_threat_for_the_selected_cell() {
    check(
        on_a_cell,
        &[
            ("stolen cookie replayed", "threat T2 S on F1 browser → api", "F1 S 'stolen cookie replayed' by mo"),
            ("T: stolen cookie replayed", "threat T2 T on F1 browser → api", "F1 T 'stolen cookie replayed' by mo"),
            ("t: stolen cookie replayed", "threat T2 T on F1 browser → api", "F1 T 'stolen cookie replayed' by mo"),
            ("F2 T: query changed", "threat T2 T on F2 api → users", "F2 T 'query changed' by mo"),
            ("@f2 t: query changed", "threat T2 T on F2 api → users", "F2 T 'query changed' by mo"),
            ("api I: stack trace shown", "threat T2 I on api", "api I 'stack trace shown' by mo"),
            ("F9 T: no such flow", "threat T2 S on F1 browser → api", "F1 S 'F9 T: no such flow' by mo"),
            (
                "stolen cookie @F2 :I !4x3 ~ana %credentials",
                "threat T2 I on F2 api → users, likelihood 4, impact 3, %credentials",
                "F2 I 'stolen cookie' 4x3 %credentials by ana-ruiz",
            ),
            (
                "stolen cookie :T :R !4",
                "threat T2 T on F1 browser → api, also R, impact 4",
                "F1 T +R 'stolen cookie' ?x4 by mo",
            ),
            (
                "stolen cookie :S !?x2 ~zoe.",
                "threat T2 S on F1 browser → api, impact 2",
                "F1 S 'stolen cookie' ?x2 by zoe",
            ),
            ("same trick again @T1", "threat T2 S on F1 browser → api", "F1 S 'same trick again' by mo"),
            (
                "cookie %sessions @nowhere !7 :x",
                "threat T2 S on F1 browser → api",
                "F1 S 'cookie %sessions @nowhere !7 :x' by mo",
            ),
            (
                "mail ana@example.com about C:T, %20 and !important",
                "threat T2 S on F1 browser → api",
                "F1 S 'mail ana@example.com about C:T, %20 and !important' by mo",
            ),
            ("D:\\data readable", "threat T2 S on F1 browser → api", "F1 S 'D:\\data readable' by mo"),
            (
                "\\+ @api :T is not a mitigation",
                "threat T2 S on F1 browser → api",
                "F1 S '+ @api :T is not a mitigation' by mo",
            ),
            ("@F2 !9", "threat T2 S on F2 api → users", "F2 S '!9' by mo"),
            ("!4x4 @T1", "rates T1, likelihood 4, impact 4", "F1 S 'password guessed' 4x4 by mo"),
            (">50 requests crash it", "threat T2 S on F1 browser → api", "F1 S '>50 requests crash it' by mo"),
            ("+1 from ana", "threat T2 S on F1 browser → api", "F1 S '+1 from ana' by mo"),
            ("\"open\" is the default", "threat T2 S on F1 browser → api", "F1 S '\"open\" is the default' by mo"),
        ],
    );
}

#[test]
fn without_a_cell_the_letter_is_guessed_and_the_place_is_the_tray() {
    check(
        nowhere,
        &[
            (
                "stolen cookie replayed",
                "threat T2 S (letter guessed) in the unfiled tray",
                "unfiled S 'stolen cookie replayed' by mo",
            ),
            ("something odd", "threat T2 T (letter guessed) in the unfiled tray", "unfiled T 'something odd' by mo"),
            ("D: flooded", "threat T2 D in the unfiled tray", "unfiled D 'flooded' by mo"),
            ("logs can be changed @api", "threat T2 R (letter guessed) on api", "api R 'logs can be changed' by mo"),
        ],
    );
}

#[test]
fn signs_change_what_a_line_is() {
    check(
        on_a_cell,
        &[
            ("+ rotate keys daily", "mitigation M1, an idea without a threat yet", "'rotate keys daily' proposed"),
            (
                "+ rotate keys daily @T1 by friday ~ana",
                "mitigation M1 for T1, owner Ana Ruiz by 2026-05-08",
                "'rotate keys daily' proposed for T1 owner ana-ruiz due 2026-05-08",
            ),
            (
                "? limit per account",
                "question N1 parks S on F1 browser → api",
                "Question F1 S 'limit per account' by mo",
            ),
            (
                "?who owns this ~ben by tomorrow",
                "question N1 parks S on F1 browser → api, for Ben by 2026-05-07",
                "Question F1 S 'who owns this' by mo for ben due 2026-05-07",
            ),
            ("? limit @api", "question N1 parks S on api", "Question api S 'limit' by mo"),
            ("? limit @F2 :D", "question N1 parks D on F2 api → users", "Question F2 D 'limit' by mo"),
            ("= TLS ends at the CDN", "assumption A1 on F1 browser → api", "F1 'TLS ends at the CDN' by mo"),
            ("= TLS ends at the CDN @api ~ben", "assumption A1 on api", "api 'TLS ends at the CDN' by ben"),
            (
                "> ana: open ticket by friday",
                "action N1 for Ana Ruiz by 2026-05-08",
                "Action - 'open ticket' by mo for ana-ruiz due 2026-05-08",
            ),
            (
                "> Zoe: open ticket by 2026-06-01 @F2",
                "action N1 for Zoe by 2026-06-01",
                "Action F2 'open ticket' by mo for Zoe due 2026-06-01",
            ),
            (
                "> open ticket: high priority",
                "action N1 without an owner yet",
                "Action - 'open ticket: high priority' by mo",
            ),
            ("> open ticket", "action N1 without an owner yet", "Action - 'open ticket' by mo"),
            (
                "> open ticket ~ben by next week",
                "action N1 for Ben by 2026-05-13",
                "Action - 'open ticket' by mo for ben due 2026-05-13",
            ),
            (
                "> ana: open ticket ~ben by +2w",
                "action N1 for Ana Ruiz by 2026-05-20",
                "Action - 'open ticket' by ben for ana-ruiz due 2026-05-20",
            ),
            ("# out: batch export", "scope note", "out: batch export"),
            ("\" we never tested that", "quote N1", "Quote - 'we never tested that' by mo"),
            ("\"we never tested that\" ", "quote N1", "Quote - 'we never tested that' by mo"),
        ],
    );
    check(
        nowhere,
        &[
            ("? limit per account", "question N1", "Question - 'limit per account' by mo"),
            ("? limit :D", "question N1", "Question - 'limit' by mo"),
            ("= TLS ends at the CDN", "assumption A1", "- 'TLS ends at the CDN' by mo"),
        ],
    );
}

#[test]
fn a_mitigation_goes_to_the_selected_threat_and_is_not_doubled() {
    let session = session();
    let threat = session.threats().next().map(|(_, t)| t.id);
    let ctx = Context { threat, ..on_a_cell(&session) };
    let first = one("+ rotate keys", &ctx);
    assert_eq!(first.became, "mitigation M1 for T1");
    let after = session.apply(&first.edit).unwrap();
    let ctx = Context { session: &after, ..ctx };
    assert_eq!(one("+ Rotate Keys", &ctx).became, "mitigation M1 is there already");
    let owned = one("+ rotate keys ~ben", &ctx);
    assert_eq!(owned.became, "mitigation M1 is there already, owner Ben");
    assert!(after.apply(&owned.edit).unwrap().mitigations.iter().all(|m| m.owner == "ben"));
    let rated = one("!4", &ctx);
    assert_eq!(rated.became, "rated T1, impact 4");
    let rated = one("!2x4", &ctx);
    assert_eq!(rated.became, "rated T1, likelihood 2, impact 4");
}

#[test]
fn nothing_said_captures_nothing() {
    let session = session();
    for line in ["", "   ", "\t\u{7}", "+", "? ", "=", ">", "# ", "\"", "\"\"", "\\", "T:", "F1 T: "] {
        assert_eq!(capture(line, &on_a_cell(&session), &mut || 0), None, "{line:?}");
        assert!(!preview(line, &on_a_cell(&session)).captures);
    }
    assert_eq!(preview("? ", &on_a_cell(&session)).words, "a question to park…");
}

#[test]
fn a_line_is_one_step_with_a_name() {
    let session = session();
    let label = |line| one(line, &on_a_cell(&session)).edit.label(&session);
    assert_eq!(label("cdn -> api: forward [terms]"), "add flow F3 cdn → api");
    assert_eq!(label("stolen cookie"), "add threat T2 to F1: stolen cookie");
    assert_eq!(label("zone Edge < VPC"), "change zone Edge");
    let same = one("browser -> api: login", &on_a_cell(&session));
    assert_eq!(same.edit, Edit::Batch { label: "keep flow F1 browser → api".to_owned(), edits: Vec::new() });
}

#[test]
fn warnings_say_what_to_look_at() {
    let session = session();
    for (line, warning) in [
        ("stolen cookie @nowhere", "nothing here is called `nowhere`; `@nowhere` stays in the text"),
        ("spa -> api: search", "`spa` is taken as browser, both are browser; `spa @ZONE` makes another"),
        ("api @Edge aws.apgw", "there is no kind `aws.apgw`; is it `aws.apigw`?"),
        ("zone Edge < Edge", "zone `edge` would stand inside itself"),
        ("the log is \u{1b}[31mcut\u{202e}", "2 characters that cannot be seen left out"),
        (&format!("x{}", "y".repeat(2_000)), "the line is cut after 2000 characters"),
    ] {
        assert_eq!(one(line, &on_a_cell(&session)).warnings, [warning], "{line}");
    }
    assert_eq!(one("D: flooded", &nowhere(&session)).warnings, ["no place: it goes to the unfiled tray"]);
}

#[test]
fn the_preview_shows_what_each_part_was_read_as() {
    let session = session();
    let parts = |line: &str| -> Vec<(String, PartKind)> {
        let shown = preview(line, &on_a_cell(&session));
        shown.parts.into_iter().map(|part| (line[part.range].to_owned(), part.kind)).collect()
    };
    let named = |parts: &[(&str, PartKind)]| -> Vec<(String, PartKind)> {
        parts.iter().map(|(text, kind)| ((*text).to_owned(), *kind)).collect()
    };
    assert_eq!(
        parts("  browser @Internet ->  api: log  in [credentials] https"),
        named(&[
            ("browser", PartKind::Component),
            ("Internet", PartKind::Zone),
            ("->", PartKind::Arrow),
            ("api", PartKind::Component),
            ("credentials", PartKind::Asset),
            ("https", PartKind::Protocol),
        ])
    );
    assert_eq!(
        parts("F2 T: query changed !4 ~ana @gone"),
        named(&[
            ("F2", PartKind::Place),
            ("T", PartKind::Letter),
            ("!4", PartKind::Rating),
            ("~ana", PartKind::Person)
        ])
    );
    assert_eq!(
        parts("> ana: open ticket by friday"),
        named(&[
            (">", PartKind::Sign),
            ("ana", PartKind::Person),
            ("by", PartKind::Keyword),
            ("friday", PartKind::Date)
        ])
    );
}
