//! Flows the way they are said in a room: new names in lower case, zones with their exposure, assets, protocols.

use super::{Context, capture_all, check, nowhere, one};
use crate::session::{Exposure, Session};

/// The only flow of a session that one line drew: ends, label, assets, protocol.
fn drawn(line: &str) -> (Session, String) {
    let empty = Session::new("Tickets");
    let (captured, session) = capture_all(line, &nowhere(&empty), &mut || 0);
    let warnings: Vec<&String> = captured.iter().flat_map(|captured| &captured.warnings).collect();
    assert!(warnings.is_empty(), "{line}: {warnings:?}");
    let flow = session.flows.iter().next().unwrap_or_else(|| panic!("{line}: {}", captured[0].became));
    let assets: Vec<String> = flow.assets.iter().map(|asset| format!(" %{asset}")).collect();
    let words = format!("{} → {} '{}'{} {}", flow.from, flow.to, flow.label, assets.concat(), flow.protocol);
    (session, words.trim_end().to_owned())
}

#[test]
fn the_first_line_of_an_empty_session_draws() {
    let (session, flow) = drawn("fan app @internet -> CDN @Edge internet: browse events https");
    assert_eq!(flow, "fan-app → cdn 'browse events' https");
    let reach = |zone: &str| session.zones.get(zone).unwrap().exposure;
    assert_eq!((reach("internet"), reach("edge")), (Exposure::Internet, Exposure::Internet));
    assert_eq!(session.components.get("cdn").unwrap().kind, "cdn");
}

#[test]
fn an_end_brings_a_zone_of_several_words_its_exposure_and_its_kind() {
    for (line, zone, exposure, kind) in [
        ("fan -> shop @public edge", "public-edge", Exposure::Internal, ""),
        ("fan -> shop @public edge internet", "public-edge", Exposure::Internet, ""),
        ("fan -> shop @our public edge internet aws.elb: look", "our-public-edge", Exposure::Internet, "aws.elb"),
        ("fan -> shop @Edge aws.elb internet", "edge", Exposure::Internet, "aws.elb"),
        ("fan -> shop @Partner", "partner", Exposure::Partner, ""),
        ("fan -> shop @\"The edge\" isolated", "the-edge", Exposure::Isolated, ""),
    ] {
        let (session, _) = drawn(line);
        let shop = session.components.get("shop").unwrap();
        assert_eq!(shop.zone.as_ref().unwrap().as_str(), zone, "{line}");
        assert_eq!(session.zones.get(zone).unwrap().exposure, exposure, "{line}");
        assert_eq!(shop.kind, kind, "{line}");
    }
}

#[test]
fn a_zone_that_is_there_keeps_its_exposure_and_says_so() {
    let session = super::session();
    let captured = one("cdn @Edge internet", &nowhere(&session));
    assert_eq!(captured.warnings, ["zone Edge is internal; `zone Edge internet` changes that"]);
    assert_eq!(session.apply(&captured.edit).unwrap().zones.get("edge").unwrap().exposure, Exposure::Internal);
}

#[test]
fn between_brackets_every_name_counts_and_behind_them_stands_the_protocol() {
    for (line, flow) in [
        ("a -> b: place order [orders, pii] postgres tls", "a → b 'place order' %orders %pii postgres tls"),
        (
            "a -> b: pay [card number of the buyer, order id] HTTPS",
            "a → b 'pay' %card-number-of-the-buyer %order-id https",
        ),
        ("a -> b: pay [\"cards, old ones\"] TLS 1.3.", "a → b 'pay' %cards-old-ones TLS 1.3"),
        ("a -> b: pay [cards] \"our own frames\"", "a → b 'pay' %cards our own frames"),
        ("a -> b [orders (all): since May?] own frames", "a → b '' %orders-all-since-may own frames"),
        ("a -> b [orders]: read back", "a → b 'read back' %orders"),
        ("a -> b: [orders] read back https", "a → b 'read back' %orders https"),
        ("a -> b: read [orders] and then write them all back", "a → b 'read and then write them all back' %orders"),
        ("a -> b: save state postgres", "a → b 'save state' postgres"),
        ("a -> b: push offers websocket", "a → b 'push offers' websocket"),
        ("a -> orders postgres", "a → orders-postgres ''"),
    ] {
        assert_eq!(drawn(line).1, flow, "{line}");
    }
}

#[test]
fn a_name_between_brackets_has_an_end() {
    let long = "x".repeat(81);
    let session = Session::new("Tickets");
    let captured = one(&format!("a -> b: pay [{long}]"), &nowhere(&session));
    assert!(session.apply(&captured.edit).unwrap().assets.is_empty());
}

#[test]
fn a_long_sentence_with_an_arrow_says_before_enter_how_to_draw() {
    let session = super::session();
    let hint = "ends of three words or in \"quotes\" draw a flow";
    for (line, doubt) in [
        ("stolen token -> attacker reads all orders and mail", Some(hint)),
        ("customer order history service -> users", Some(hint)),
        ("F3 -> api", Some(hint)),
        ("api ->", Some("a flow needs a name at both ends of the arrow")),
        ("T: header x -> y", None),
        ("\\a token of the old kind -> b", None),
        ("x->y is a long sentence about code", None),
        ("stolen cookie replayed", None),
    ] {
        let captured = one(line, &super::on_a_cell(&session));
        assert!(captured.became.starts_with("threat"), "{line}");
        assert_eq!(captured.doubt, doubt, "{line}");
        assert_eq!(captured.warnings.first().map(String::as_str).filter(|_| doubt.is_some()), doubt, "{line}");
    }
}

#[test]
fn the_words_say_what_a_name_alone_is_drawn_as() {
    check(
        nowhere,
        &[
            (
                "ticket scanner -> api: scan",
                "flow F3 ticket scanner (process) → api: scan; new component ticket scanner",
                "ticket-scanner → api 'scan'",
            ),
            (
                "club member -> api: vote",
                "flow F3 club member (human) → api: vote; new component club member",
                "club-member → api 'vote'",
            ),
            ("visitor -> api", "flow F3 visitor → api; new component visitor", "visitor → api ''"),
            ("mobile gate @Edge", "component mobile gate in zone Edge (process)", "'mobile gate' @edge Process"),
            ("mobile gate @Edge api", "component mobile gate in zone Edge, api", "'mobile gate' @edge Process api"),
        ],
    );
}

#[test]
fn the_last_word_of_a_name_tells_people() {
    let empty = Session::new("Tickets");
    let ctx: Context<'_> = nowhere(&empty);
    for (name, kind) in [
        ("shop admin", "human"),
        ("admin", "human"),
        ("network operator", "human"),
        ("customer", "human"),
        ("club member", "human"),
        ("gate staff", "human"),
        ("ticket buyer", "human"),
        ("cashier", "human"),
        ("support agent", "human"),
        ("ai agent", ""),
        ("agent", "llm"),
        ("visitor", "human"),
        ("resale partner", "saas"),
        ("ticket scanner", ""),
        ("gate", ""),
        ("customer portal", ""),
        ("partner api", ""),
    ] {
        let (_, session) = capture_all(&format!("{name} -> x"), &ctx, &mut || 0);
        let component = session.components.iter().find(|component| component.name == name).unwrap();
        assert_eq!(component.kind, kind, "{name}");
    }
    let (_, session) = capture_all("admin @Ops admin", &ctx, &mut || 0);
    assert_eq!(session.components.get("admin").unwrap().kind, "admin");
}
