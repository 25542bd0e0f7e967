//! Lines that begin with a keyword and hold a word that means nothing there.

use super::{check, on_a_cell, one, session};

const ROLES: &str = "there are business, developer, adversary, defender, appsec, moderator, note-taker, owner";
const REACH: &str = "there are internet, partner, internal, isolated";

#[test]
fn one_bad_word_is_left_out_and_named() {
    let session = session();
    for (line, became, warning) in [
        ("person Ted: operations", "person Ted", format!("`operations` is no role; {ROLES}")),
        ("person Ted Young: developer, ops", "person Ted Young, developer", format!("`ops` is no role; {ROLES}")),
        ("person ana: operations", "person Ana Ruiz is there already", format!("`operations` is no role; {ROLES}")),
        ("person Ted operations", "person Ted", format!("`operations` is no role; {ROLES}")),
        ("person Ted: develper", "person Ted", "`develper` is no role; is it `developer`?".to_owned()),
        (
            "zone Lake < VPC isolatd",
            "zone Lake in VPC, internal; new zone VPC",
            wrong("isolatd", "exposure", "isolated"),
        ),
        ("zone Lake: open", "zone Lake, internal", format!("`open` is no exposure; {REACH}")),
        ("asset orders confidental", "asset orders, internal", wrong("confidental", "class", "confidential")),
        ("asset credentials: topsecret", "asset credentials is there already", {
            "`topsecret` is no class; there are public, internal, confidential, restricted".to_owned()
        }),
        (
            "entry api: REST routes intrenet",
            "entry point of api: REST routes, internal",
            wrong("intrenet", "exposure", "internet"),
        ),
    ] {
        let captured = one(line, &on_a_cell(&session));
        assert_eq!((captured.became.as_str(), captured.warnings), (became, vec![warning]), "{line}");
    }
}

fn wrong(said: &str, what: &str, meant: &str) -> String {
    format!("`{said}` is no {what}; is it `{meant}`?")
}

#[test]
fn the_value_may_stand_after_a_colon() {
    check(
        on_a_cell,
        &[
            ("zone Lake < VPC: isolated", "zone Lake in VPC, isolated; new zone VPC", "'Lake' < vpc Isolated"),
            ("asset orders: confidential", "asset orders, confidential", "'orders' Confidential"),
            ("person Ted:", "person Ted", "'Ted' []"),
        ],
    );
}

#[test]
fn a_sentence_stays_a_threat_and_says_how_the_record_is_written() {
    let session = session();
    for (line, doubt) in [
        ("person in the middle reads tokens", "`person NAME: developer` records a person"),
        ("person Ted: reads the tokens of everybody", "`person NAME: developer` records a person"),
        ("zone transfer open to the whole world", "`zone NAME < PARENT` records a zone"),
        ("asset list: can be read by anyone", "`asset NAME: confidential` records an asset"),
        ("entry badge: cloned", "`entry COMPONENT: NAME` needs one that is drawn"),
    ] {
        let captured = one(line, &on_a_cell(&session));
        assert_eq!(
            (captured.became.as_str(), captured.doubt),
            ("threat T2 S on F1 browser → api", Some(doubt)),
            "{line}"
        );
    }
}
