//! Whatever is typed or pasted: no panic, and every edit applies.

use proptest::prelude::*;

use super::{Context, capture_all, nowhere, on_a_cell, session};
use crate::{
    app::capture::{capture, complete, preview},
    session::{Edit, Place, Session},
};

/// Pieces the language knows, so that random lines hit its rules often.
const PIECES: &[&str] = &[
    "browser",
    "api",
    "users",
    "F1",
    "F9",
    "T1",
    "S",
    "Edge",
    "Data",
    "zone",
    "asset",
    "person",
    "entry",
    "by",
    "friday",
    "2026-05-08",
    "https",
    "aws.apigw",
    "credentials",
    "internet",
    "isolated",
    "secret",
    "developer",
    "ana",
    "ünï",
    "平台",
    " ",
    " ",
    " ",
    " ",
    "-> ",
    " -> ",
    "→",
    "=>",
    "<->",
    "-->",
    "<",
    ":",
    ": ",
    "@",
    "%",
    "~",
    "!",
    "!3",
    "!4x3",
    "+ ",
    "? ",
    "= ",
    "> ",
    "# ",
    "\"",
    " \"a b\" ",
    "@\"x y\"",
    " over ",
    "tls",
    "mutual ",
    "\\",
    "[",
    "]",
    ",",
    "x",
    "\u{7}",
    "\u{202e}",
    "\t",
    "-",
    "  ",
];

fn line() -> impl Strategy<Value = String> {
    let known = prop::collection::vec(prop::sample::select(PIECES), 0..14).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => known, 1 => "\\PC{0,60}", 1 => any::<String>()]
}

fn with_everything(session: &Session) -> Context<'_> {
    Context { threat: session.threats().next().map(|(_, t)| t.id), ..on_a_cell(session) }
}

proptest! {
    #[test]
    fn every_line_gives_an_edit_that_applies(line in line(), empty: bool) {
        let session = if empty { Session::new("") } else { session() };
        for ctx in [nowhere(&session), with_everything(&session)] {
            let captured = capture(&line, &ctx, &mut || 7);
            let shown = preview(&line, &ctx);
            prop_assert_eq!(captured.is_some(), shown.captures);
            for part in shown.parts {
                prop_assert!(line.get(part.range.clone()).is_some());
            }
            let Some(captured) = captured else { continue };
            let after = session.apply(&captured.edit);
            prop_assert!(after.is_ok(), "{:?}", after.err());
            let nothing = matches!(&captured.edit, Edit::Batch { edits, .. } if edits.is_empty());
            prop_assert!(!captured.became.is_empty());
            prop_assert_eq!(nothing, captured.became.contains("already") && after.as_ref() == Ok(&session));
            prop_assert!(captured.focus.is_none_or(|focus| after.unwrap().has(&focus)));
        }
    }

    #[test]
    fn completion_never_panics_and_replaces_whole_characters(line in line(), cursor in 0..80_usize) {
        let session = session();
        let completion = complete(&line, cursor, &on_a_cell(&session));
        prop_assert!(line.is_char_boundary(completion.start));
    }

    #[test]
    fn pasted_text_loses_no_line(lines in prop::collection::vec(line(), 0..8)) {
        let session = session();
        let text = lines.join("\n");
        let (all, after) = capture_all(&text, &on_a_cell(&session), &mut || 7);
        prop_assert!(all.is_sorted_by_key(|captured| captured.line));
        prop_assert!(all.iter().all(|captured| captured.focus.as_ref().is_none_or(|focus| after.has(focus))));
    }
}

#[test]
fn a_place_and_a_threat_that_are_gone_do_no_harm() {
    let session = session();
    let mut ctx = with_everything(&session);
    let empty = Session::new("empty");
    ctx.session = &empty;
    for line in ["stolen cookie", "+ rotate", "? limit", "= assumed", "!4"] {
        let captured = capture(line, &ctx, &mut || 0).unwrap();
        assert!(empty.apply(&captured.edit).is_ok(), "{line}");
    }
    ctx.place = Some(Place::Unfiled);
    assert!(empty.apply(&capture("? limit", &ctx, &mut || 0).unwrap().edit).is_ok());
}

#[test]
fn a_scope_note_of_an_untitled_session_is_kept_as_a_quote() {
    let session = Session::new("");
    let captured = capture("# out: export", &nowhere(&session), &mut || 0).unwrap();
    assert_eq!(captured.became, "quote N1");
}

#[test]
fn the_text_holds_no_control_characters() {
    let session = session();
    let captured = capture("S: \u{1b}[2Jstolen\u{202e} cookie\u{0}", &on_a_cell(&session), &mut || 0).unwrap();
    let after = session.apply(&captured.edit).unwrap();
    assert!(after.threats().any(|(_, t)| t.statement == "[2Jstolen cookie"));
}
