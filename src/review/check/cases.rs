//! A passing and a failing case for every check, as changes of a session in which no check finds anything.

use jiff::civil::{Date, date};

use super::*;
use crate::{
    method::baseline::Baseline,
    method::fixture::{
        closed, component, flow, flow_id, login, mitigation, put, question, rated, rating, threat, web, zone,
    },
    review::{code, reuse, tripwire::Verdict},
    session::{
        Acceptance, Answer, Assumption, AssumptionState, Cell, Conflict, Deviation, DeviationReason, Element, Exposure,
        Layer, MitigationState as State, Response, Table, Threat, ThreatId, Tripwire,
    },
};

const TODAY: Date = date(2026, 3, 1);

struct Case {
    check: &'static str,
    change: fn(&mut Session),
    /// Severity and message of each finding; none for a passing case.
    found: &'static [(Severity, &'static str)],
}

const fn case(check: &'static str, found: &'static [(Severity, &'static str)], change: fn(&mut Session)) -> Case {
    Case { check, change, found }
}

use Severity::{Error, Hint, Warning};

const CASES: &[Case] = &[
    case("record-broken", &[], |_| ()),
    case("record-broken", &[(Error, "flow `F9` names component `gone` in `to`, which does not exist")], |s| {
        s.flows.insert(flow("F9-zzz", "api", "gone"));
    }),
    case("record-broken", &[(Error, "R on F1 is not applicable without a reason")], |s| {
        let cells = &mut s.flows.get_mut(&flow_id("F1-a00")).unwrap().cells;
        cells.set(Cell::new(Letter::R, Answer::NotApplicable));
    }),
    case("record-broken", &[(Warning, "component `api` has no words")], |s| {
        s.components.get_mut("api").unwrap().name.clear();
    }),
    case("conflict-open", &[], |s| put(s, &login(), rated("T1-000", Letter::S, 1, 1))),
    case(
        "conflict-open",
        &[(Error, "T1 \"stolen cookie replayed\", current rating: two sides differ and nobody decided")],
        |s| {
            put(s, &login(), rated("T1-000", Letter::S, 1, 1));
            let unset = || crate::session::Value::Nothing;
            s.conflicts.insert(Conflict {
                id: "T1-000/current".parse().unwrap(),
                kind: crate::session::ConflictKind::Differ,
                base: unset(),
                ours: unset(),
                theirs: unset(),
                ours_from: String::new(),
                theirs_from: String::new(),
            });
        },
    ),
    case("matrix-unknown", &[], |s| s.matrix = "nist".into()),
    case("matrix-unknown", &[(Error, "matrix `ours` is not known; levels are looked up in `5x5` instead")], |s| {
        s.matrix = "ours".into();
    }),
    case("profile-unknown", &[], |s| s.profile = "quick".into()),
    case(
        "profile-unknown",
        &[(Error, "profile `mine` is not known; the session is held to `standard` instead")],
        |s| s.profile = "mine".into(),
    ),
    case("rating-range", &[], |s| put(s, &login(), rated("T1-000", Letter::S, 5, 0))),
    case(
        "rating-range",
        &[
            (
                Error,
                "T1 \"stolen cookie replayed\": current likelihood 5 is not on the scale of `owasp`, which ends at 3",
            ),
            (Error, "T1 \"stolen cookie replayed\": target impact 4 is not on the scale of `owasp`, which ends at 3"),
        ],
        |s| {
            s.matrix = "owasp".into();
            put(s, &login(), Threat { target: Some(rating(1, 4)), ..rated("T1-000", Letter::S, 5, 1) });
        },
    ),
    case("owner-missing", &[], |_| ()),
    case("owner-missing", &[(Error, "the session names no owner")], |s| s.owner = "  ".into()),
    case("readiness", &[], |_| ()),
    case(
        "readiness",
        &[(Error, "nothing is worth protecting yet: name what an attacker would want, for example credentials")],
        |s| s.assets = Table::default(),
    ),
    case("model-unusable", &[], |s| modelled(s, CLOSED, None)),
    case("model-unusable", &[(Error, "api: its model \"gone\" is not there")], |s| modelled(s, "gone", None)),
    case("model-moved", &[], |s| modelled(s, CLOSED, None)),
    case("model-moved", &[], |s| modelled(s, CLOSED, Some(reuse::Offer::of(&closed()).print))),
    case("model-moved", &[(Warning, "api: \"Sign-in\" decided something anew since it was taken over")], |s| {
        modelled(s, CLOSED, Some(reuse::Offer::of(&web()).print));
    }),
    case("tripwire-broken", &[], |s| assume(s, "exists src/main.rs")),
    case(
        "tripwire-broken",
        &[(Error, "A1 \"No upload\" does not hold: src/upload is there (missing src/upload)")],
        |s| assume(s, "missing src/upload"),
    ),
    case("tripwire-unknown", &[], |s| assume(s, "missing src/upload")),
    case("tripwire-unknown", &[(Warning, "A1 \"No upload\": it is not text (lacks src/x.png upload)")], |s| {
        assume(s, "lacks src/x.png upload");
    }),
    case("code-gone", &[], |s| s.components.get_mut("api").unwrap().code = vec!["src/*.rs".into()]),
    case("code-gone", &[(Warning, "component \"api\": its code lib/main.rs is not in the repository")], |s| {
        s.components.get_mut("api").unwrap().code = vec!["lib/main.rs".into()];
    }),
    case("cell-open", &[], |s| {
        // R is not core where nothing has to be proved, so leaving it open is allowed.
        s.components.get_mut("users").unwrap().zone = Some("edge".parse().unwrap());
        s.flows.get_mut(&flow_id("F2-b00")).unwrap().cells.reopen(Letter::R);
    }),
    case("cell-open", &[(Error, "F1 browser → api: S, I are open"), (Error, "F2 api → users: D is open")], |s| {
        for (id, letters) in [("F1-a00", "SI"), ("F2-b00", "D")] {
            let cells = &mut s.flows.get_mut(&flow_id(id)).unwrap().cells;
            letters.chars().filter_map(Letter::from_char).for_each(|letter| drop(cells.reopen(letter)));
        }
    }),
    case("cell-stale", &[], |s| s.components.get_mut("api").unwrap().name = "Gateway".into()),
    case(
        "cell-stale",
        &[
            (Error, "F1 browser → api: S, T, R, I, D, E were decided before its ends and a zone changed"),
            (Error, "F2 api → users: S, T, R, I, D were decided before its ends and a zone changed"),
            (Warning, "F2 api → users: E was decided before its ends and a zone changed"),
        ],
        |s| {
            let api = s.components.get_mut("api").unwrap();
            (api.kind, api.zone) = ("aws.apigw".into(), None);
        },
    ),
    case("cell-stale", &[(Warning, "api: E was decided before its entry points changed")], |s| {
        let place = Place::Component("api".parse().unwrap());
        let basis = crate::method::basis::basis(s, &place);
        put(s, &place, Threat { basis, ..rated("T1-000", Letter::E, 1, 1) });
        s.components.get_mut("api").unwrap().entry_points[0].exposure = Exposure::Partner;
    }),
    case("question-open", &[], |s| {
        s.notes.insert(crate::session::Note { answer: "five".into(), ..question("N1-000", &login(), Letter::D) });
    }),
    case(
        "question-open",
        &[
            (Error, "F1 browser → api: D is parked until N1 is answered: \"limit per account?\""),
            (Warning, "users: E is parked until N2 is answered: \"limit per account?\""),
            (Warning, "N3 waits for an answer: \"limit per account?\""),
        ],
        |s| {
            let users = Place::Component("users".parse().unwrap());
            let loose = crate::session::Note { place: None, ..question("N3-002", &login(), Letter::D) };
            s.notes = [question("N1-000", &login(), Letter::D), question("N2-001", &users, Letter::E), loose]
                .into_iter()
                .collect();
        },
    ),
    case("overdue", &[], |s| {
        let due = Some(date(2026, 2, 1));
        s.mitigations.insert(crate::session::Mitigation { due, ..mitigation("M1-000", State::Dropped) });
        s.mitigations.insert(crate::session::Mitigation { due: Some(TODAY), ..mitigation("M2-000", State::Agreed) });
        let done = crate::session::Note { due, answer: "five".into(), ..question("N1-000", &login(), Letter::D) };
        s.notes.insert(done);
    }),
    case(
        "overdue",
        &[
            (Warning, "M1 \"rotate session keys\" was due on 2026-02-01"),
            (Warning, "question N1 \"limit per account?\" was due on 2026-02-01"),
        ],
        |s| {
            let due = Some(date(2026, 2, 1));
            s.mitigations.insert(crate::session::Mitigation { due, ..mitigation("M1-000", State::Agreed) });
            s.notes.insert(crate::session::Note { due, ..question("N1-000", &login(), Letter::D) });
        },
    ),
    case("unfiled", &[], |s| {
        put(s, &Place::Unfiled, Threat { withdrawn: Some("same as T2".into()), ..rated("T1-000", Letter::S, 1, 1) });
    }),
    case("unfiled", &[(Error, "T1 \"stolen cookie replayed\" has no place yet")], |s| {
        put(s, &Place::Unfiled, rated("T1-000", Letter::S, 1, 1));
    }),
    case("threat-unrated", &[], |s| put(s, &login(), rated("T1-000", Letter::S, 0, 0))),
    case("threat-unrated", &[(Error, "T1 \"stolen cookie replayed\" is not rated")], |s| {
        put(s, &login(), Threat { target: Some(rating(1, 1)), ..threat("T1-000", Letter::S) });
    }),
    case("threat-response", &[], |s| put(s, &login(), rated("T1-000", Letter::S, 2, 3))),
    case("threat-response", &[], |s| put(s, &login(), accepted(Some(date(2026, 1, 1))))),
    case(
        "threat-response",
        &[
            (Error, "T1 \"stolen cookie replayed\" is High, above the appetite of Low, and has no response"),
            (
                Error,
                "T2 \"stolen cookie replayed\" is up to High, above the appetite of Low, and is to be mitigated, \
                 but only M1 is proposed, M9 is missing",
            ),
            (
                Error,
                "T3 \"stolen cookie replayed\" is High, above the appetite of Low, and is to be eliminated, \
                 but no mitigation is linked",
            ),
            (
                Error,
                "T4 \"stolen cookie replayed\" is High, above the appetite of Low, and is to be accepted, \
                 but nobody signed for it",
            ),
        ],
        |s| {
            let proposed = mitigation("M1-000", State::Proposed);
            let linked = vec![proposed.id, "M9-zzz".parse().unwrap()];
            s.mitigations.insert(proposed);
            let high = |id, response| Threat { response, ..rated(id, Letter::S, 3, 5) };
            put(s, &login(), high("T1-000", None));
            let unknown = Some(rating(3, 0));
            let idea = high("T2-001", Some(Response::Mitigate));
            put(s, &login(), Threat { mitigations: linked, current: unknown, ..idea });
            put(s, &login(), high("T3-002", Some(Response::Eliminate)));
            put(s, &login(), high("T4-003", Some(Response::Accept)));
        },
    ),
    case("acceptance-expired", &[], |s| put(s, &login(), accepted(Some(TODAY)))),
    case(
        "acceptance-expired",
        &[
            (Error, "T1 \"stolen cookie replayed\" was accepted by cfo until 2026-01-01"),
            (Warning, "T2 \"stolen cookie replayed\" was accepted by cfo until 2026-01-01"),
        ],
        |s| {
            let ended = accepted(Some(date(2026, 1, 1)));
            let small = Threat { id: threat_id("T2-001"), current: Some(rating(1, 1)), ..ended.clone() };
            put(s, &login(), ended);
            put(s, &login(), small);
        },
    ),
    case("threat-tolerance", &[], |s| put(s, &login(), accepted(None))),
    case(
        "threat-tolerance",
        &[(Warning, "T1 \"stolen cookie replayed\" is signed for at Critical, above the tolerance of High")],
        |s| put(s, &login(), Threat { current: Some(rating(5, 5)), ..accepted(None) }),
    ),
    case("acceptance-undated", &[], |s| put(s, &login(), accepted(Some(TODAY)))),
    case("acceptance-undated", &[(Hint, "T1 \"stolen cookie replayed\" is accepted without a last day")], |s| {
        put(s, &login(), accepted(None));
    }),
    case("mitigation-evidence", &[], |s| {
        let mut seen = mitigation("M1-000", State::Verified);
        seen.evidence.push("iac/kms.tf#12".into());
        s.mitigations = [seen, mitigation("M2-001", State::Agreed)].into_iter().collect();
    }),
    case("mitigation-evidence", &[(Error, "M1 \"rotate session keys\" is in place, but nothing shows it")], |s| {
        s.mitigations.insert(mitigation("M1-000", State::InPlace));
    }),
    case("mitigation-owner", &[], |s| {
        s.mitigations.insert(mitigation("M1-000", State::Proposed));
    }),
    case("mitigation-owner", &[(Warning, "M1 \"rotate session keys\" is in progress, but nobody owns it")], |s| {
        s.mitigations.insert(mitigation("M1-000", State::InProgress));
    }),
    case("mitigation-monitor", &[], |s| {
        let mut watched = mitigation("M1-000", State::Agreed);
        (watched.layer, watched.monitor) = (Some(Layer::Detect), "on call".into());
        s.mitigations.insert(watched);
    }),
    case("mitigation-monitor", &[(Hint, "M1 \"rotate session keys\" detects, but nobody is said to watch it")], |s| {
        let mut alarm = mitigation("M1-000", State::InPlace);
        (alarm.layer, alarm.evidence) = (Some(Layer::Detect), vec!["alarms.tf#3".into()]);
        s.mitigations.insert(alarm);
    }),
    case("ask-open", &[], |_| ()),
    case("ask-open", &[(Warning, "0/1 ask letters are decided; `standard` wants 1")], |s| *s = web()),
    case("perspective-missing", &[], |_| ()),
    case("perspective-missing", &[], |s| {
        let roles = crate::method::perspective::WANTED.to_vec();
        people(s);
        s.people.get_mut("lena-fox").unwrap().roles = roles;
        sitting(s).present.push("lena-fox".parse().unwrap());
    }),
    case(
        "perspective-missing",
        &[(Warning, "nobody brought the view of business, developer, adversary, defender, appsec")],
        |s| {
            sitting(s);
        },
    ),
    case("retrospective-missing", &[], |s| sitting(s).keep = "the order".into()),
    case("retrospective-missing", &[(Warning, "W1 of 2026-02-27 has no line about how it went")], |s| {
        sitting(s);
    }),
    case("person-unknown", &[], |s| {
        // Without a list nobody is missing from it.
        put(s, &login(), Threat { by: "zoe".into(), ..rated("T1-000", Letter::S, 1, 1) });
    }),
    case("person-unknown", &[], |s| {
        people(s);
        s.owner = "team-shop".into();
        let moved = Acceptance { by: "Insurer".into(), reason: "insured".into(), until: None };
        let transferred = Threat { response: Some(Response::Transfer), acceptance: Some(moved), ..accepted(None) };
        put(s, &login(), Threat { by: "Lena".into(), ..transferred });
        answer(s, "LF");
        let owned =
            |id, owner: &str| crate::session::Mitigation { owner: owner.into(), ..mitigation(id, State::Agreed) };
        s.mitigations = [owned("M1-000", "fox"), owned("M2-001", "team-shop")].into_iter().collect();
    }),
    case(
        "person-unknown",
        &[
            (Warning, "nobody among the people is `cfo`, named by T1"),
            (Warning, "nobody among the people is `fl`, named by F1, api"),
            (Warning, "nobody among the people is `leni`, named by T1, M1, M2, 2 more"),
        ],
        |s| {
            people(s);
            answer(s, "fl");
            put(s, &login(), Threat { by: "leni".into(), ..accepted(None) });
            let owned = |id| crate::session::Mitigation { owner: "leni".into(), ..mitigation(id, State::Agreed) };
            s.mitigations = [owned("M1-000"), owned("M2-001"), owned("M3-002")].into_iter().collect();
            s.notes.insert(crate::session::Note { owner: "leni".into(), ..question("N1-000", &login(), Letter::D) });
        },
    ),
    case("baseline-evidence", &[], |_| ()),
    case(
        "baseline-evidence",
        &[(Warning, "baseline tls \"All traffic is encrypted\" holds for api, but nothing shows it")],
        |s| s.components.get_mut("api").unwrap().owner = PLATFORM.to_owned(),
    ),
    case("baseline-evidence", &[], |s| {
        s.components.get_mut("api").unwrap().owner = PLATFORM.to_owned();
        deviate(s, "lives a minute", "ana");
    }),
    case("deviation", &[], |_| ()),
    case("deviation", &[(Hint, "api deviates from baseline tls: ephemeral: lives a minute (agreed by ana)")], |s| {
        deviate(s, "lives a minute", "ana");
    }),
    case("deviation", &[(Warning, "api deviates from baseline tls: ephemeral, without anybody who agreed")], |s| {
        deviate(s, "lives a minute", " ");
    }),
    case("deviation", &[(Hint, "api deviates from baseline tls: ephemeral, which the team does not ask of it")], |s| {
        s.components.get_mut("browser").unwrap().owner = PLATFORM.to_owned();
        deviate(s, "lives a minute", "ana");
    }),
    case("provider-only", &[], |s| put(s, &login(), rated("T1-000", Letter::S, 1, 1))),
    case("provider-only", &[(Warning, "api: the one threat to it is left to its provider")], |s| {
        let theirs = crate::session::Responsibility::Provider;
        s.mitigations
            .insert(crate::session::Mitigation { responsibility: theirs, ..mitigation("M1-000", State::Agreed) });
        let linked = vec!["M1-000".parse().unwrap()];
        put(s, &login(), Threat { mitigations: linked, ..rated("T1-000", Letter::S, 1, 1) });
    }),
];

/// Says who answered for R on F1 and on api.
fn answer(session: &mut Session, by: &str) {
    let cell = || Cell { by: by.into(), ..Cell::new(Letter::R, Answer::Clear) };
    session.flows.get_mut(&flow_id("F1-a00")).unwrap().cells.set(cell());
    session.components.get_mut("api").unwrap().cells.set(cell());
}

/// Gives a session a meeting.
fn sitting(session: &mut Session) -> &mut crate::session::Sitting {
    let sitting = crate::session::Sitting::new("W1-abc".parse().unwrap(), date(2026, 2, 27));
    let id = sitting.id;
    session.sittings.insert(sitting);
    session.sittings.get_mut(&id).unwrap()
}

/// Gives a session its people: Lena Fox alone.
fn people(session: &mut Session) {
    let id = "lena-fox".parse().unwrap();
    session.people.insert(crate::session::Person { id, name: "Lena Fox".into(), roles: Vec::new() });
}

/// Where [`closed`] is found as a model; nothing is found anywhere else.
const CLOSED: &str = "closed";

/// Gives the api a model, and what was taken from it.
fn modelled(session: &mut Session, model: &str, taken: Option<crate::session::Basis>) {
    let api = session.components.get_mut("api").unwrap();
    (api.model, api.taken) = (model.to_owned(), taken);
}

fn models(session: &Session) -> reuse::Models {
    let modelled = session.components.iter().filter(|component| !component.model.is_empty());
    let found = |model: &str| match model {
        CLOSED => reuse::Found::Offer(Box::new(reuse::Offer::of(&closed()))),
        _ => reuse::Found::Unusable(reuse::Unusable::Missing),
    };
    modelled.map(|component| (component.id.clone(), found(&component.model))).collect()
}

/// A threat at High that somebody carries.
fn accepted(until: Option<Date>) -> Threat {
    let acceptance = Acceptance { by: "cfo".into(), reason: "cheaper".into(), until };
    Threat { response: Some(Response::Accept), acceptance: Some(acceptance), ..rated("T1-000", Letter::S, 3, 5) }
}

/// Whose components the baseline of the cases is declared for.
const PLATFORM: &str = "platform";

/// An assumption with a tripwire; see [`verdicts`].
fn assume(session: &mut Session, tripwire: &str) {
    let assumption = Assumption {
        id: "A1-000".parse().unwrap(),
        text: "No upload".into(),
        place: None,
        state: AssumptionState::Unconfirmed,
        by: String::new(),
        tripwires: vec![tripwire.parse().unwrap()],
        note: "".into(),
    };
    session.assumptions.insert(assumption);
}

/// What looking at the tripwires of the cases gives.
fn verdicts(session: &Session) -> Verdicts {
    let verdict = |tripwire: &Tripwire| match tripwire {
        Tripwire::Missing(path) => Verdict::Broken(format!("{path} is there")),
        Tripwire::Lacks(..) => Verdict::Unknown("it is not text".to_owned()),
        _ => Verdict::Holds,
    };
    let one = |tripwire: &Tripwire| (tripwire.clone(), verdict(tripwire));
    super::super::tripwire::of(session).map(|(id, all)| (id, all.iter().map(one).collect())).collect()
}

fn deviate(session: &mut Session, words: &str, by: &str) {
    let (words, by) = (words.to_owned(), by.to_owned());
    let deviation = Deviation { baseline: "tls".to_owned(), reason: DeviationReason::Ephemeral, words, by };
    session.components.get_mut("api").unwrap().deviations.insert(deviation);
}

fn threat_id(id: &str) -> ThreatId {
    id.parse().unwrap()
}

#[test]
fn each_check_says_exactly_what_it_should() {
    for case in CASES {
        let mut session = closed();
        (case.change)(&mut session);
        let tls = Baseline::new("tls", "All traffic is encrypted");
        let platform = session.components.iter().filter(|component| component.owner == PLATFORM);
        let stands = |component| Standing { component, baseline: &tls, deviation: component.deviations.get("tls") };
        let context = Context::new(&session, Some(TODAY));
        let context = context.with_baselines(platform.map(stands).collect()).with_models(models(&session));
        let code = [("src/main.rs".to_owned(), code::Kind::File, String::new())];
        let context = context.with_tripwires(verdicts(&session)).with_code(Some(code.into_iter().collect()));
        let check = CHECKS.iter().find(|check| check.id == case.check).expect("a case names a check");
        let found = (check.run)(&context);
        let said: Vec<_> = found.iter().map(|finding| (finding.severity, finding.message.as_str())).collect();
        assert_eq!(said, case.found, "{}", case.check);
        assert!(found.iter().all(|finding| finding.id == check.id), "{}", check.id);
    }
}

#[test]
fn every_check_has_a_passing_and_a_failing_case() {
    for check in CHECKS {
        let of_it = || CASES.iter().filter(|case| case.check == check.id);
        assert!(of_it().any(|case| case.found.is_empty()), "{} has no passing case", check.id);
        assert!(of_it().any(|case| !case.found.is_empty()), "{} has no failing case", check.id);
    }
}

#[test]
fn ids_are_unique_and_summaries_are_one_line_without_a_full_stop() {
    for (n, check) in CHECKS.iter().enumerate() {
        assert!(CHECKS[n + 1..].iter().all(|other| other.id != check.id), "{}", check.id);
        assert!(check.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", check.id);
        assert!(!check.summary.is_empty() && !check.summary.contains('\n') && !check.summary.ends_with('.'));
    }
}

#[test]
fn a_closed_session_has_no_findings_and_only_errors_fail() {
    let session = closed();
    assert_eq!(findings(&Context::new(&session, Some(TODAY))), []);
    let open = web();
    assert!(fails(&findings(&Context::new(&open, None))));
    let mut hinted = closed();
    put(&mut hinted, &login(), accepted(None));
    let found = findings(&Context::new(&hinted, Some(TODAY)));
    assert!(!found.is_empty() && !fails(&found), "{found:?}");
}

#[test]
fn a_session_no_edit_would_have_made_gives_findings_and_no_panic() {
    let mut session = web();
    session.matrix = "none of ours".into();
    for (id, parent) in [("edge", "data"), ("data", "edge")] {
        session.zones.insert(crate::session::Zone { parent: Some(parent.parse().unwrap()), ..zone(id) });
    }
    session.components.insert(component("lost", Element::External, Some("nowhere")));
    session.components.remove("api");
    session.flows.insert(flow("F9-zzz", "gone", "gone"));
    session.assets = Table::default();
    let extreme = Some(crate::session::Rating { likelihood: Some(0), impact: Some(255) });
    for place in [login(), Place::Component("lost".parse().unwrap()), Place::Unfiled] {
        let mitigations = vec!["M9-zzz".parse().unwrap()];
        put(&mut session, &place, Threat { inherent: extreme, mitigations, ..threat("T1-000", Letter::E) });
    }
    let gone = Place::Flow(flow_id("F77-zzz"));
    session.notes.insert(question("N1-000", &gone, Letter::S));
    session.notes.insert(question("N2-000", &Place::Unfiled, Letter::S));
    let found = findings(&Context::new(&session, Some(TODAY)));
    for id in ["record-broken", "matrix-unknown", "rating-range", "cell-open", "question-open", "threat-response"] {
        assert!(found.iter().any(|finding| finding.id == id), "{id}");
    }
}
