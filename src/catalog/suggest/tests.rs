//! What is offered where, in which order, and what is left out.

use super::*;
use crate::{
    catalog::{Kinds, Present, Protocol, Spot, builtin},
    method::fixture::{flow, login, web},
    session::{Class, ComponentId, Exposure, Place, ServiceClass, Session},
};

/// A flow between two kinds, carrying restricted data from the internet across a boundary.
fn between<'a>(from: &'a str, to: &'a str, protocol: &str) -> Situation<'a> {
    let party = |word: &'a str| {
        let known = Kinds::builtin().get(word).unwrap();
        Party {
            name: &known.name,
            kind: &known.id,
            element: known.element,
            exposure: Some(Exposure::Internet),
            class: known.responsibility,
        }
    };
    Situation {
        spot: Spot::Flow { from: party(from), to: party(to) },
        label: "",
        protocol: Protocol::read(protocol),
        crossing: true,
        class: Some(Class::Restricted),
        assets: "credentials".to_owned(),
        log_store: to == "logstore",
        present: Vec::new(),
        dismissed: Vec::new(),
    }
}

fn ids(situation: &Situation<'_>, letter: Letter) -> Vec<&'static str> {
    builtin().suggestions(situation, letter).iter().map(|found| found.threat.id.as_str()).collect()
}

fn all(situation: &Situation<'_>) -> Vec<&'static str> {
    Letter::ALL.iter().flat_map(|letter| ids(situation, *letter)).collect()
}

#[test]
fn a_service_comes_before_what_it_inherits_and_every_flow_comes_last() {
    let found = ids(&between("process", "aws.rds", "postgres"), Letter::I);
    let at = |id: &str| found.iter().position(|one| *one == id).unwrap_or_else(|| panic!("{id} in {found:?}"));
    assert!(at("aws.rds.I1") < at("sqldb.I4") && at("sqldb.I4") < at("flow.I3"), "{found:?}");
}

#[test]
fn a_particular_row_takes_the_place_of_a_general_one() {
    let lambda = all(&between("aws.apigw", "aws.lambda", "lambda invoke"));
    assert!(lambda.contains(&"aws.lambda.I1") && !lambda.contains(&"process.I1"), "{lambda:?}");
    let service = all(&between("api", "process", "https"));
    assert!(service.contains(&"process.I1"), "{service:?}");
    let other_end = all(&between("aws.lambda", "process", "https"));
    assert!(other_end.contains(&"aws.lambda.E1") && other_end.contains(&"process.E1"), "{other_end:?}");
}

#[test]
fn what_two_rows_say_of_one_thing_is_said_once() {
    let sign_in = Situation { label: "signs in, resets the password", ..between("aws.lambda", "aws.cognito", "https") };
    let found = all(&sign_in);
    assert!(found.contains(&"aws.cognito.I1") && !found.contains(&"f.recover.I1"), "{found:?}");
    let foreign = all(&between("browser", "aws.apigw", "https"));
    assert!(foreign.contains(&"aws.apigw.I1") && !foreign.contains(&"browser.I4"), "{foreign:?}");
    assert!(all(&between("browser", "api", "https")).contains(&"browser.I4"));
}

#[test]
fn a_provider_answers_for_its_parts_unless_the_customer_runs_them() {
    let provided = |class| {
        let mut situation = between("process", "aws.rds", "postgres");
        if let Spot::Flow { to, .. } = &mut situation.spot {
            to.class = class;
        }
        let found = builtin().suggestions(&situation, Letter::E);
        found.iter().any(|one| one.threat.id == "sqldb.E1" && one.is_providers())
    };
    assert!(provided(Kinds::builtin().get("aws.rds").unwrap().responsibility));
    assert!(!provided(Some(ServiceClass::Infrastructure)) && !provided(None));
}

#[test]
fn the_ends_of_a_flow_take_turns() {
    let found = ids(&between("browser", "web", "https"), Letter::T);
    let of_browser = found[..4].iter().filter(|id| id.starts_with("browser.")).count();
    assert_eq!(of_browser, 2, "{found:?}");
}

#[test]
fn nothing_about_the_network_is_said_of_a_call_inside_one_machine() {
    for protocol in ["in-process call", "unix socket", "configuration file", "screen and keyboard"] {
        let situation = between("process", "process", protocol);
        for letter in Letter::ALL {
            for found in builtin().suggestions(&situation, letter) {
                let text = found.text(&situation).to_lowercase();
                let wire = ["encrypt", "certificate", "network", " port ", "protocol"];
                assert!(!wire.iter().any(|word| text.contains(word)), "{protocol}: {text}");
            }
        }
    }
}

#[test]
fn what_is_encrypted_is_not_called_readable() {
    let plain = all(&between("browser", "web", "http"));
    let encrypted = all(&between("browser", "web", "https"));
    assert!(plain.contains(&"web.I8") && plain.contains(&"flow.I1"), "{plain:?}");
    assert!(!encrypted.contains(&"web.I8") && !encrypted.contains(&"flow.I1"), "{encrypted:?}");
}

#[test]
fn nothing_about_logs_is_said_where_no_log_store_is() {
    let table = all(&between("process", "sqldb", "postgres"));
    assert!(!table.contains(&"sqldb.R2") && !table.iter().any(|id| id.starts_with("logstore.")), "{table:?}");
    let logs = all(&between("process", "logstore", "https"));
    assert!(logs.contains(&"logstore.T1") && logs.contains(&"process.I3"), "{logs:?}");
}

#[test]
fn public_data_is_not_said_to_leak() {
    let public = Situation { class: Some(Class::Public), ..between("process", "objstore", "https") };
    assert!(!all(&public).contains(&"objstore.I1"));
    let unsaid = Situation { class: None, ..public };
    assert!(all(&unsaid).contains(&"objstore.I1"), "what nobody said contradicts nothing");
}

#[test]
fn a_customer_is_not_said_to_leave_the_company() {
    let customer = between("human", "web", "https");
    assert!(!all(&customer).contains(&"human.E1"));
    let mut colleague = customer.clone();
    if let Spot::Flow { from, .. } = &mut colleague.spot {
        from.exposure = Some(Exposure::Internal);
    }
    assert!(all(&colleague).contains(&"human.E1"));
}

#[test]
fn a_feature_is_found_by_what_the_flow_is_called() {
    let silent = between("browser", "web", "https");
    let said = Situation { label: "resets a forgotten password", ..silent.clone() };
    assert!(!all(&silent).contains(&"f.recover.S1") && all(&said).contains(&"f.recover.S1"));
}

#[test]
fn what_is_there_or_was_dismissed_is_not_offered_again() {
    let open = between("browser", "web", "https");
    assert!(ids(&open, Letter::T).contains(&"web.T1"));
    let came = Present { origin: "web.T1@1", statement: "Injection through the search box" };
    let said = Present { origin: "", statement: "text from the browser becomes part of a database command" };
    for present in [came, said] {
        let covered = Situation { present: vec![present], ..open.clone() };
        assert!(!ids(&covered, Letter::T).contains(&"web.T1"), "{present:?}");
    }
    let dismissed = Situation { dismissed: vec!["web.T1"], ..open };
    assert!(!ids(&dismissed, Letter::T).contains(&"web.T1"));
}

#[test]
fn no_row_comes_twice_for_a_place_even_when_both_ends_are_alike() {
    for word in ["process", "aws.lambda", "queue", "llm"] {
        let mut found = all(&between(word, word, "https"));
        let count = found.len();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), count, "{word}");
    }
}

#[test]
fn a_component_by_itself_is_told_nothing_of_flows() {
    let alone = between("aws.s3", "aws.s3", "");
    let Spot::Flow { to, .. } = alone.spot else { unreachable!("made as a flow above") };
    let alone = Situation { spot: Spot::Component(to), ..alone };
    let found: Vec<Suggestion<'_, '_>> =
        Letter::ALL.iter().flat_map(|letter| builtin().suggestions(&alone, *letter)).collect();
    assert!(found.len() > 5, "{}", found.len());
    for one in found {
        assert!(!one.threat.text.contains("{from}") && !one.threat.text.contains("{to}"), "{}", one.threat.id);
    }
}

#[test]
fn a_suggestion_speaks_of_the_flow_and_says_why_it_is_here() {
    let mut session = web();
    session.components.get_mut(&"users".parse::<ComponentId>().unwrap()).unwrap().kind = "aws.rds".to_owned();
    let place = Place::Flow("F2-b00".parse().unwrap());
    let situation = Situation::of(&session, &place, Kinds::builtin()).unwrap();
    let found = builtin().suggestions(&situation, Letter::T);
    let one = found.iter().find(|one| one.threat.id == "sqldb.T1").unwrap();
    assert_eq!(one.text(&situation), "Text glued into a query by api rewrites records in users");
    assert_eq!(one.why(), "sqldb · CWE-89");
}

/// The cost of a ranking follows from the situation, so that it is the same in a session of any size.
#[test]
fn a_situation_knows_nothing_of_the_rest_of_the_session() {
    let small = web();
    let mut large: Session = small.clone();
    for number in 10..400 {
        large.flows.insert(flow(&format!("F{number}-zzz"), "browser", "users"));
    }
    assert_eq!(Situation::of(&small, &login(), Kinds::builtin()), Situation::of(&large, &login(), Kinds::builtin()));
    assert_eq!(Situation::of(&small, &Place::Unfiled, Kinds::builtin()), None);
}
