//! What the catalogue offers for the worked examples: enough, nothing twice, and nothing that contradicts its flow.

use std::collections::BTreeSet;

use strideboard::{
    catalog::{Carrier, Situation, Suggestion, builtin},
    format::session::decode,
    method::weight::{Weight, weight},
    session::{Letter, Place, Session},
};

const EXAMPLES: [(&str, &str); 2] = [
    ("aws-web-hosting", include_str!("../../sessions/aws-web-hosting.tm.ron")),
    ("aws-microservices", include_str!("../../sessions/aws-microservices.tm.ron")),
];

/// Calls `look` with every cell of every flow of the examples.
fn every_cell(mut look: impl FnMut(&str, &Session, &Place, Letter)) {
    for (name, text) in EXAMPLES {
        let session = decode(text.as_bytes()).unwrap();
        for flow in session.flows.iter() {
            for letter in Letter::ALL {
                look(name, &session, &Place::Flow(flow.id), letter);
            }
        }
    }
}

#[test]
fn nine_of_ten_core_cells_of_the_examples_have_a_suggestion() {
    let (mut core, mut bare) = (0, Vec::new());
    every_cell(|name, session, place, letter| {
        if weight(session, place, letter) == Weight::Core {
            core += 1;
            let situation = Situation::of(session, place, builtin().kinds()).unwrap();
            if builtin().suggestions(&situation, letter).is_empty() {
                bare.push(format!("{name} {place:?} {letter}"));
            }
        }
    });
    assert!(core > 100 && bare.len() * 10 <= core, "{} of {core} have none: {bare:#?}", bare.len());
}

#[test]
fn no_suggestion_comes_twice_within_a_flow() {
    let mut seen = BTreeSet::new();
    every_cell(|name, session, place, letter| {
        let situation = Situation::of(session, place, builtin().kinds()).unwrap();
        for one in builtin().suggestions(&situation, letter) {
            let text = one.text(&situation);
            assert!(seen.insert((name.to_owned(), place.clone(), text.clone())), "{name} {place:?}: {text}");
        }
    });
}

#[test]
fn no_suggestion_contradicts_its_flow() {
    every_cell(|name, session, place, letter| {
        let situation = Situation::of(session, place, builtin().kinds()).unwrap();
        for one in builtin().suggestions(&situation, letter) {
            let text = one.text(&situation);
            if let Some(why) = contradiction(&one, &situation) {
                panic!("{name} {place:?} {letter} {}: {why}: {text}", one.threat.id);
            }
        }
    });
}

/// Read off the words of the sentence, not off the conditions of its row.
fn contradiction(one: &Suggestion<'_, '_>, situation: &Situation<'_>) -> Option<&'static str> {
    let text = one.threat.text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let on_wire = situation.protocol.carrier.is_none_or(Carrier::is_network);
    if !on_wire && says(&["encrypt", "certificate", "network", "protocol"]) {
        return Some("nothing leaves the machine");
    }
    if situation.protocol.encrypted == Some(true) && says(&["plain http", "unencrypted through", "without encryption"])
    {
        return Some("the flow is encrypted");
    }
    if !situation.log_store
        && one.threat.letter != Letter::R
        && says(&["log line", "log group", "log store", "entries"])
    {
        return Some("no end is a log store");
    }
    None
}

#[test]
fn zz_dump() {
    use std::fmt::Write;
    let mut out = String::new();
    let mut last = String::new();
    every_cell(|name, session, place, letter| {
        let situation = Situation::of(session, place, builtin().kinds()).unwrap();
        let Place::Flow(id) = place else { return };
        let flow = session.flows.get(id).unwrap();
        let c = |id: &strideboard::session::ComponentId| {
            let c = session.components.get(id).unwrap();
            format!("{} ({}, {:?}, zone {})", c.name, c.kind, c.element, c.zone.as_ref().map_or("-".to_owned(), |z| z.to_string()))
        };
        let head = format!("{name} {}", flow.id);
        if head != last {
            writeln!(out, "\n=== {head}: {} -> {} : {} | proto {:?} | crossing {} log {} class {:?} | {}", c(&flow.from), c(&flow.to), flow.label, flow.protocol, situation.crossing, situation.log_store, situation.class, situation.assets).unwrap();
            last = head;
        }
        writeln!(out, "-- {letter} {:?}", weight(session, place, letter)).unwrap();
        for one in builtin().suggestions(&situation, letter) {
            writeln!(out, "  {}{} [{}] {}  ?{}", one.threat.id, if one.is_providers() {"(P)"} else {""}, one.why(), one.text(&situation), one.question(&situation)).unwrap();
        }
    });
    std::fs::write("/tmp/know_dump.txt", out).unwrap();
}
