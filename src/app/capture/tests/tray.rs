//! What belongs nowhere, who can reach a zone, days that are none, and many lines in numbers.

use super::{Context, capture_all, check, nowhere, on_a_cell, one, session};
use crate::app::capture::summary;

#[test]
fn an_at_and_a_dash_is_no_place_whatever_is_selected() {
    check(
        on_a_cell,
        &[
            ("stolen cookie @-", "threat T2 S (letter guessed) in the unfiled tray", "unfiled S 'stolen cookie' by mo"),
            ("something odd @-", "threat T2 T (letter guessed) in the unfiled tray", "unfiled T 'something odd' by mo"),
            ("D: flooded @-", "threat T2 D in the unfiled tray", "unfiled D 'flooded' by mo"),
            ("@- d: flooded", "threat T2 D in the unfiled tray", "unfiled D 'flooded' by mo"),
            ("= TLS ends at the CDN @-", "assumption A1, of no place", "- 'TLS ends at the CDN' by mo"),
            ("? limit per account @-", "question N1, of no place", "Question - 'limit per account' by mo"),
            ("> open ticket ~ana @-", "action N1 for Ana Ruiz", "Action - 'open ticket' by mo for ana-ruiz"),
        ],
    );
    let session = session();
    assert_eq!(one("stolen cookie @-", &on_a_cell(&session)).warnings, [""; 0]);
    let threat = session.threats().next().map(|(_, threat)| threat.id);
    let idea = one("+ rotate keys @-", &Context { threat, ..on_a_cell(&session) });
    assert_eq!(idea.became, "mitigation M1, an idea without a threat yet");
}

#[test]
fn reach_has_the_words_people_use() {
    check(
        nowhere,
        &[
            ("zone Shop public", "zone Shop, internet", "'Shop' < - Internet"),
            ("zone Shop external", "zone Shop, internet", "'Shop' < - Internet"),
            ("zone Shop < Edge private", "zone Shop in Edge, internal", "'Shop' < edge Internal"),
            ("zone Shop: restricted", "zone Shop, isolated", "'Shop' < - Isolated"),
            ("zone Shop third-party", "zone Shop, partner", "'Shop' < - Partner"),
            ("zone Public", "zone Public, internet", "'Public' < - Internet"),
        ],
    );
}

#[test]
fn a_word_behind_a_zone_that_says_nothing_is_marked() {
    let session = session();
    for line in ["zone Shop < Edge hidden", "zone Edge hidden"] {
        let warning = "`Edge hidden` is another zone than `Edge`: `hidden` does not say who can reach it; \
                       there are internet, partner, internal, isolated";
        assert_eq!(one(line, &nowhere(&session)).warnings, [warning], "{line}");
    }
    assert_eq!(one("zone Shop floor", &nowhere(&session)).warnings, [""; 0]);
}

#[test]
fn a_network_is_no_component() {
    let session = session();
    let drawn = one("order api @Edge vpc", &nowhere(&session));
    assert_eq!(drawn.warnings, ["`vpc` is a network, in which components stand: `zone NAME < PARENT` draws one"]);
    let after = session.apply(&drawn.edit).unwrap();
    assert_eq!(after.components.get("order-api").unwrap().kind, "");
    assert_eq!(one("hub @Edge aws.vpc", &nowhere(&session)).became, "component hub in zone Edge, aws.vpc");
}

#[test]
fn what_stands_in_the_zone_of_somebody_else_is_an_external_system() {
    check(
        nowhere,
        &[
            (
                "clearing @\"Payment provider\"",
                "component clearing in zone Payment provider (external); new zone Payment provider",
                "'clearing' @payment-provider External",
            ),
            (
                "api -> clearing @Bank partner: a label that is long enough to be cut",
                "flow F3 api → clearing (external): a label that is long enough to be cut; new zone Bank, component clearing",
                "api → clearing 'a label that is long enough to be cut'",
            ),
            (
                "ledger @Bank partner db",
                "component ledger in zone Bank, sqldb; new zone Bank",
                "'ledger' @bank Store sqldb",
            ),
        ],
    );
}

#[test]
fn a_day_that_cannot_be_read_is_marked() {
    let session = session();
    let first = |line: &str| one(line, &on_a_cell(&session)).warnings.first().cloned().unwrap_or_default();
    for line in ["+ rotate keys ~ana by 31.13.", "> ana: ticket by 31 Dezember", "? limit by end of year"] {
        assert!(first(line).contains("is not a day and stays in the text; write it like"), "{line}");
    }
    assert!(first("stolen cookie by +2w").starts_with("a threat has no day"));
    for line in ["+ rotate keys ~ana by 31.12.", "+ approved by 2 people", "> ana: ticket by 31 December"] {
        assert_eq!(first(line), "", "{line}");
    }
}

#[test]
fn many_lines_are_told_in_numbers() {
    let session = session();
    let text = "cdn @Edge -> api: forward [terms]\nbuyer -> api: buy\nstolen cookie\nF1 S: replayed\n+ sign @T1\n\
                ? limit\n= trusted\n!3x3 @T1\n# out: export\nzone Edge < VPC";
    let (captured, _) = capture_all(text, &nowhere(&session), &mut || 0);
    assert_eq!(
        summary(&captured),
        "1 threat to the tray, 1 threat, 2 flows, 2 components, 1 zone, 1 asset, 1 mitigation, 1 assumption, \
         1 question, 1 rating, 1 scope line, 1 change"
    );
    assert_eq!(summary(&[]), "nothing new");
}
