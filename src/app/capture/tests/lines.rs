//! One line after the other: what it becomes and what the session knows then.

use super::{Captured, Context, facts, nowhere, on_a_cell, session};
use crate::{
    app::capture::{PartKind, capture, preview},
    session::{Edit, Session},
};

/// Checks `(line, became, facts)` and prints every row that differs.
fn check(ctx: impl Fn(&Session) -> Context<'_>, rows: &[(&str, &str, &str)]) {
    let session = session();
    let mut wrong = String::new();
    for (line, became, known) in rows {
        let captured = capture(line, &ctx(&session), &mut || 0).unwrap();
        let after = session.apply(&captured.edit).unwrap();
        let found = facts(&after, &captured);
        if captured.became != *became || found != *known {
            wrong += &format!("\n(\n    {line:?},\n    {:?},\n    {found:?},\n),", captured.became);
        }
        let shown = preview(line, &ctx(&session));
        assert_eq!((shown.words, shown.warnings), (captured.became, captured.warnings), "{line}");
        for part in shown.parts {
            assert!(line.get(part.range).is_some(), "{line}");
        }
    }
    assert!(wrong.is_empty(), "these rows are wrong; found:{wrong}");
}

fn one(line: &str, ctx: &Context<'_>) -> Captured {
    capture(line, ctx, &mut || 0).unwrap()
}

#[test]
fn a_line_with_an_arrow_is_a_flow() {
    check(nowhere, &[
        ("browser -> api: search https", "", ""),
        ("browser → api: search", "", ""),
        ("Browser=>API:search [terms, credentials] %basket HTTPS", "", ""),
        ("browser -> api https", "", ""),
        ("browser -> api https [credentials]", "", ""),
        ("browser -> cdn -> api", "", ""),
        ("api <-> redis: session", "", ""),
        ("api -> order service: place order grpc", "", ""),
        ("worker @App process -> users: nightly clean-up", "", ""),
        ("spa -> api: search", "", ""),
        ("api -> s3", "", ""),
        ("api -> api: retry", "", ""),
        ("browser -> api: maps x -> y", "", ""),
        ("browser -> api: 100 %20 [see: x", "", ""),
        ("a -> b -> c: copy", "", ""),
    ]);
}

#[test]
fn a_flow_that_is_there_is_not_doubled() {
    check(nowhere, &[
        ("browser -> api: Login", "", ""),
        ("browser -> api: login %session-key tls", "", ""),
        ("browser <-> api: login", "", ""),
    ]);
}

#[test]
fn an_arrow_in_a_sentence_is_no_flow() {
    check(on_a_cell, &[
        ("stolen token -> attacker reads all orders and mail", "", ""),
        ("T: header x -> y", "", ""),
        ("-> api", "", ""),
        ("api ->", "", ""),
        ("they said: a -> b", "", ""),
    ]);
}

#[test]
fn a_name_in_a_zone_is_a_component() {
    check(on_a_cell, &[
        ("gateway @Edge aws.apigw", "", ""),
        ("api @DMZ", "", ""),
        ("API @edge aws.apigw", "", ""),
        ("api @Edge", "", ""),
        ("redis @App", "", ""),
        ("order service @App", "", ""),
        ("pay service @Edge AWS.Lambda", "", ""),
        ("api @Edge aws.apgw", "", ""),
        ("api @Edge stolen", "", ""),
        ("stolen cookie @api", "", ""),
        ("stolen cookie @home", "", ""),
        ("mail to ana@example.com", "", ""),
    ]);
}

#[test]
fn keywords_make_records() {
    check(on_a_cell, &[
        ("zone VPC", "", ""),
        ("zone Edge < VPC", "", ""),
        ("zone Lake < Data isolated", "", ""),
        ("zone Edge internet", "", ""),
        ("zone Edge", "", ""),
        ("zone Edge < Edge", "", ""),
        ("zone Partner", "", ""),
        ("zone transfer open to the whole world", "", ""),
        ("zone", "", ""),
        ("asset orders", "", ""),
        ("asset credentials restricted", "", ""),
        ("asset client secret: restricted", "", ""),
        ("asset session keys secret", "", ""),
        ("asset list can be read by anyone", "", ""),
        ("person Cleo", "", ""),
        ("person Cleo Marsh developer, defender", "", ""),
        ("person cleo marsh appsec and moderator", "", ""),
        ("person ana: moderator", "", ""),
        ("person in the middle", "", ""),
        ("entry api: REST routes internet", "", ""),
        ("entry users: SQL port", "", ""),
        ("entry badge: cloned", "", ""),
    ]);
}

#[test]
fn anything_else_is_a_threat_for_the_selected_cell() {
    check(on_a_cell, &[
        ("stolen cookie replayed", "", ""),
        ("T: stolen cookie replayed", "", ""),
        ("t: stolen cookie replayed", "", ""),
        ("F2 T: query changed", "", ""),
        ("@f2 t: query changed", "", ""),
        ("api I: stack trace shown", "", ""),
        ("F9 T: no such flow", "", ""),
        ("stolen cookie @F2 :I !4x3 ~ana %credentials", "", ""),
        ("stolen cookie :T :R !4", "", ""),
        ("stolen cookie :S !?x2 ~zoe.", "", ""),
        ("same trick again @T1", "", ""),
        ("cookie %sessions @nowhere !7 :x", "", ""),
        ("mail ana@example.com about C:T, %20 and !important", "", ""),
        ("D:\\data readable", "", ""),
        ("\\+ @api :T is not a mitigation", "", ""),
        ("@F2 !9", "", ""),
        ("!4x4 @T1", "", ""),
        (">50 requests crash it", "", ""),
        ("+1 from ana", "", ""),
        ("\"open\" is the default", "", ""),
    ]);
}

#[test]
fn without_a_cell_the_letter_is_guessed_and_the_place_is_the_tray() {
    check(nowhere, &[
        ("stolen cookie replayed", "", ""),
        ("something odd", "", ""),
        ("D: flooded", "", ""),
        ("logs can be changed @api", "", ""),
    ]);
}

#[test]
fn signs_change_what_a_line_is() {
    check(on_a_cell, &[
        ("+ rotate keys daily", "", ""),
        ("+ rotate keys daily @T1 by friday ~ana", "", ""),
        ("? limit per account", "", ""),
        ("?who owns this ~ben by tomorrow", "", ""),
        ("? limit @api", "", ""),
        ("? limit @F2 :D", "", ""),
        ("= TLS ends at the CDN", "", ""),
        ("= TLS ends at the CDN @api ~ben", "", ""),
        ("> ana: open ticket by friday", "", ""),
        ("> Zoe: open ticket by 2026-06-01 @F2", "", ""),
        ("> open ticket: high priority", "", ""),
        ("> open ticket", "", ""),
        ("# out: batch export", "", ""),
        ("\" we never tested that", "", ""),
        ("\"we never tested that\" ", "", ""),
    ]);
    check(nowhere, &[("? limit per account", "", ""), ("? limit :D", "", ""), ("= TLS ends at the CDN", "", "")]);
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
    let rated = one("!4", &ctx);
    assert_eq!(rated.became, "rates T1, impact 4");
    let rated = one("!2x4", &ctx);
    assert_eq!(rated.became, "rates T1, likelihood 2, impact 4");
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
    assert_eq!(label("stolen cookie"), "add threat T2 to F1");
    assert_eq!(label("zone Edge < VPC"), "change zone edge");
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
