//! What each profile finds.

use super::*;
use crate::{
    method::fixture::{closed, login, put, rated, threat, web},
    session::{Acceptance, Letter, Place, Response, Sitting},
};

/// The checks that find something, in the order of all checks.
fn found(session: &Session, profile: &str) -> Vec<&'static str> {
    let context = Context { profile: rules::BUILTIN.profile(profile).unwrap(), ..Context::new(session, None) };
    let settles = |found: &Finding| {
        found.hint.is_some() || CHECKS.iter().any(|check| check.id == found.id && check.criterion().is_none())
    };
    assert!(findings(&context).iter().all(settles), "a finding that keeps a criterion says what to do");
    let mut ids: Vec<_> = findings(&context).into_iter().map(|finding| finding.id).collect();
    ids.dedup();
    ids
}

#[test]
fn every_criterion_has_checks() {
    for criterion in Criterion::ALL {
        assert!(CHECKS.iter().any(|check| check.criterion() == Some(criterion)), "{criterion:?}");
    }
}

#[test]
fn each_profile_finds_exactly_what_its_criteria_ask_for() {
    let mut session = web();
    let acceptance = Some(Acceptance { by: "cfo".into(), reason: "cheaper".into(), until: None });
    let accepted =
        crate::session::Threat { response: Some(Response::Accept), acceptance, ..rated("T1-000", Letter::S, 3, 5) };
    put(&mut session, &login(), accepted);
    put(&mut session, &Place::Unfiled, threat("T2-000", Letter::T));
    session.sittings.insert(Sitting::new("W1-abc".parse().unwrap(), jiff::civil::date(2026, 3, 17)));
    session.owner.clear();
    let stated = ["unfiled", "threat-unrated"];
    assert_eq!(found(&session, "none"), ["owner-missing"]);
    assert_eq!(found(&session, "quick"), [&["owner-missing"], &stated[..], &["acceptance-undated"]].concat());
    let standard = [
        &["owner-missing", "cell-open", "ask-open"],
        &stated[..],
        &["acceptance-undated", "perspective-missing", "retrospective-missing"],
    ];
    assert_eq!(found(&session, "standard"), standard.concat());
    let high = [
        &["owner-missing", "cell-open", "ask-open"],
        &stated[..],
        &["threat-tolerance", "acceptance-undated", "perspective-missing", "retrospective-missing"],
    ];
    assert_eq!(found(&session, "high-risk"), high.concat());
}

#[test]
fn what_is_left_is_counted_by_criterion() {
    let left = |session: &Session| super::left(&Context::new(session, None));
    assert!(left(&closed()).iter().all(|(_, left)| *left == 0));
    let open: Vec<_> = left(&web()).into_iter().filter(|(_, left)| *left > 0).collect();
    assert_eq!(open, [(Criterion::Covered, 3)]);
}
