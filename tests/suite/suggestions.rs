//! What the catalogue offers for the worked examples: enough, nothing twice, and nothing that contradicts its flow.

use std::collections::BTreeSet;

use strideboard::{
    catalog::{Carrier, Situation, Spot, Suggestion, builtin},
    format::session::decode,
    method::weight::{Weight, weight},
    session::{Class, Element, Letter, Place, Session},
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
    let Spot::Flow { from, to } = &situation.spot else { return None };
    let carrier = situation.protocol.carrier;
    if !carrier.is_none_or(Carrier::is_network)
        && says(&["encrypt", "certificate", "network", "protocol", "sent or received"])
    {
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
    if carrier.is_some_and(|carrier| carrier != Carrier::Shell) && says(&["login key", "remote login", "a shell on"]) {
        return Some("nobody logs in on this flow");
    }
    if situation.class == Some(Class::Public) && one.threat.letter == Letter::I && says(&["{assets}", "private"]) {
        return Some("everybody may know what is carried");
    }
    if from.exposure <= to.exposure && says(&["less trusted"]) {
        return Some("it comes from where fewer people reach");
    }
    if to.element == Element::Store && says(&["header", "to {to}"]) && says(&["rights"]) {
        return Some("a store does not act on headers");
    }
    if [from, to].iter().all(|end| end.element == Element::Store) && says(&["authors", "nobody meant to share"]) {
        return Some("no person made these files");
    }
    if one.about.element == Element::Process && says(&["fill {self}"]) {
        return Some("it stores nothing");
    }
    None
}

/// Rows that say the same in other words: the left one is the more particular.
const SAME: [(&str, &str); 6] = [
    ("sqldb.S2", "flow.S1"),
    ("human.S1", "admin.S1"),
    ("api.S4", "lb.S1"),
    ("f.upload.I1", "objstore.I3"),
    ("lb.I1", "flow.I1"),
    ("f.register.I1", "aws.cognito.I1"),
];

#[test]
fn of_rows_that_say_the_same_only_the_more_particular_one_is_offered() {
    let mut offered = BTreeSet::new();
    every_cell(|name, session, place, letter| {
        let situation = Situation::of(session, place, builtin().kinds()).unwrap();
        let rows: Vec<&str> =
            builtin().suggestions(&situation, letter).iter().map(|one| one.threat.id.as_str()).collect();
        for (particular, general) in SAME {
            assert!(
                !(rows.contains(&particular) && rows.contains(&general)),
                "{name} {place:?}: {particular} {general}"
            );
            offered.extend(rows.contains(&particular).then_some(particular));
        }
    });
    assert_eq!(offered.len(), SAME.len(), "{offered:?}");
}
