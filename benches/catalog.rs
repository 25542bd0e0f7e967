//! What it costs to rank the suggestions of one cell, with the catalogue as it ships and a team's 10,000 rows on top.
//!
//! The run fails when one ranking in a hundred takes longer than [`SLOWEST`], or when a ranking in the large session
//! costs more than [`GROWTH`] times one in the small session.
//!
//! ```text
//! cargo bench --bench catalog
//! ```

#[path = "session.rs"]
#[expect(dead_code, reason = "the other benchmark asks for more shapes")]
mod generate;

use std::{
    env,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use strideboard::{
    catalog::{Catalogue, Situation, Threat, builtin},
    format::session::decode,
    session::{Letter, Place, Session},
};

use generate::Size;

/// What 99 of 100 rankings have to stay below.
const SLOWEST: Duration = Duration::from_millis(1);

/// Most that a ranking in the large session may cost, in rankings in the small one.
const GROWTH: f64 = 1.5;

const ROWS: usize = 10_000;
const SMALL: Size = Size { flows: 20, threats: 100 };
const LARGE: Size = Size { flows: 2_000, threats: 10_000 };

const WORDS: [&str; 12] = [
    "ledger", "courier", "harbour", "turbine", "lantern", "orchard", "quarry", "saddle", "thimble", "velvet", "walnut",
    "zephyr",
];

/// The catalogue that ships and a team's rows: as many for every kind and letter, each saying something of its own.
fn catalogue() -> Catalogue {
    let shipped = builtin();
    let kinds: Vec<&str> = shipped.kinds().all().iter().map(|kind| kind.id.as_str()).collect();
    let pattern = shipped.threats().first().expect("a catalogue with rows");
    let made = (0..ROWS).map(|number| {
        let letter = Letter::ALL[number / kinds.len() % 6];
        let word = |step: usize| WORDS[number / step % WORDS.len()];
        Threat {
            id: format!("team.{number}"),
            letter,
            kinds: vec![kinds[number % kinds.len()].to_owned()],
            text: format!("The {} of {{self}} loses its {} to a {} {number}", word(1), word(12), word(144)),
            replaces: Vec::new(),
            ..pattern.clone()
        }
    });
    let threats = shipped.threats().iter().cloned().chain(made).collect();
    Catalogue::new(Arc::clone(shipped.kinds()), threats, shipped.controls().to_vec(), shipped.packs().to_vec())
}

/// A made-up session in which every component has a kind.
fn session(size: Size) -> Session {
    let mut session = generate::session(size);
    let kinds: Vec<String> =
        builtin().kinds().all().iter().filter(|k| k.is_component()).map(|k| k.id.clone()).collect();
    let mut next = kinds.iter().cycle();
    session.components.change_where(|_| true, |component| component.kind.clone_from(next.next().expect("a cycle")));
    session
}

/// How long the ranking of each cell of the first flows took, sorted.
fn times(catalogue: &Catalogue, session: &Session, flows: usize, rounds: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        for flow in session.flows.keys().take(flows) {
            let place = Place::Flow(*flow);
            for letter in Letter::ALL {
                let start = Instant::now();
                let situation = Situation::of(session, &place, catalogue.kinds()).expect("a flow that exists");
                let found = catalogue.suggestions(&situation, letter).len();
                times.push(start.elapsed());
                assert!(found < ROWS, "a ranking looks at few rows");
            }
        }
    }
    times.sort_unstable();
    times
}

fn main() -> ExitCode {
    // Without `--bench` this is a test run: everything once, nothing judged.
    let judged = env::args().any(|arg| arg == "--bench");
    let rounds = if judged { 200 } else { 1 };
    let catalogue = catalogue();
    let examples = [
        ("aws-web-hosting", include_str!("../sessions/aws-web-hosting.tm.ron")),
        ("aws-microservices", include_str!("../sessions/aws-microservices.tm.ron")),
    ]
    .map(|(name, text)| (name, decode(text.as_bytes()).expect("an example is a session")));
    let made = [("small session", session(SMALL)), ("large session", session(LARGE))];
    println!("{:<24}{:>10}{:>10}{:>10}", "one cell", "median µs", "p99 µs", "worst µs");
    let (mut missed, mut medians) = (Vec::new(), Vec::new());
    for (name, session) in examples.iter().chain(&made) {
        let times = times(&catalogue, session, SMALL.flows, rounds);
        let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        let us = |time: Duration| time.as_secs_f64() * 1e6;
        println!("{name:<24}{:>10.1}{:>10.1}{:>10.1}", us(at(50)), us(at(99)), us(at(100)));
        medians.push(us(at(50)));
        if at(99) > SLOWEST {
            missed.push(format!("{name}: one ranking in a hundred takes more than {SLOWEST:?}"));
        }
    }
    let growth = medians[3] / medians[2];
    println!("large in small {growth:>19.2}");
    if growth > GROWTH {
        missed.push(format!("the large session costs {growth:.2} times the small one, at most {GROWTH} is allowed"));
    }
    if !judged || missed.is_empty() {
        return ExitCode::SUCCESS;
    }
    for line in missed {
        eprintln!("{line}");
    }
    ExitCode::FAILURE
}
