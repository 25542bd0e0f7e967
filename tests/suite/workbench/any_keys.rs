//! Whatever is typed: nothing panics, what is known about the session stays true, and everything can be undone.

use proptest::prelude::*;
use strideboard::app::{command::TABLE, key::Key, outline::Outline};

use super::Driver;

/// Keys of the table and words of the capture line, weighted towards what changes a session.
fn keys() -> impl Strategy<Value = Vec<Key>> {
    let bound: Vec<&str> = TABLE.iter().flat_map(|row| row.keys).copied().collect();
    let typed = vec![
        "1",
        "2",
        "3",
        "4",
        "5",
        "0",
        "<enter>",
        "<esc>",
        "<tab>",
        "<backspace>",
        "<space>",
        "capi -> users: reads [orders] sql<enter>",
        "cbrowser @Edge<enter>",
        "c? who pays<enter>",
        "c+ rotate<enter>",
        "cstolen cookie<enter>",
        "Sforged token<enter>",
        "Iread by others<enter>",
        "r34",
        "r05",
        "x",
        "mlimit<enter>",
        "nprovider<enter>",
        "wno<enter>",
        "daana<enter>why<enter><enter>",
        "plimit?<enter>",
        "/api<enter>",
        "é",
        "平",
        "ß",
        "2j",
        "1G",
        "3<enter>j<enter>words<esc><esc>",
        "4<enter>hk<enter>",
    ];
    let parse = |keys: &&str| Key::parse_sequence(keys).unwrap();
    let some = prop_oneof![
        proptest::sample::select(bound).prop_map(move |keys| parse(&keys)),
        proptest::sample::select(typed).prop_map(move |keys| parse(&keys)),
        any::<char>().prop_map(|c| vec![Key::char(c)]),
    ];
    proptest::collection::vec(some, 40..120).prop_map(|parts| parts.concat().into_iter().take(300).collect())
}

/// What an outline says, in an order that does not depend on hashing.
fn said(outline: &Outline, session: &strideboard::session::Session) -> String {
    use std::fmt::Write;
    let mut all = format!("{:?}{:?}{:?}{:?}", outline.rows(), outline.flows(), outline.mitigations(), outline.total());
    for place in session.places() {
        write!(all, "{place:?}{:?}", outline.place(&place)).unwrap();
    }
    for component in session.components.keys() {
        write!(all, "{component}{:?}", outline.reaching(component)).unwrap();
    }
    for (_, threat) in session.threats() {
        write!(all, "{}{:?}", outline.name(threat.id), outline.place_of(threat.id)).unwrap();
    }
    for point in strideboard::session::Point::ALL {
        let buckets: Vec<_> = outline.buckets(point).collect();
        write!(all, "{buckets:?}").unwrap();
    }
    for mitigation in session.mitigations.keys() {
        let linked: Vec<_> = outline.linked(*mitigation).collect();
        write!(all, "{linked:?}").unwrap();
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_leave_a_session_that_can_be_undone(keys in keys(), columns in 20_u16..200, rows in 5_u16..60, rich: bool) {
        let mut driver = if rich { Driver::open("aws-web-hosting") } else { Driver::empty() }.size(columns, rows);
        let opened = driver.session();
        let path = driver.path();
        for key in keys {
            if driver.ended() {
                break;
            }
            driver.key(key);
        }
        let same = driver.model().document.as_ref().filter(|document| document.path == path);
        if let Some(document) = same {
            prop_assert_eq!(said(document.outline(), document.session()), said(&Outline::of(document.session()), document.session()));
        }
        let restored = driver.undo_all();
        if let Some((now, now_path)) = restored && now_path == path {
            prop_assert_eq!(&*now, &*opened);
        }
    }
}
