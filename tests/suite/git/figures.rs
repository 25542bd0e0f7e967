//! How well sessions fare in git, measured: lines for a change, and pairs of people who edit at the same time.
//!
//! `cargo test` plays a few pairs, always the same; `STRIDEBOARD_PAIRS=1000 cargo test figures -- --nocapture` plays as
//! many as asked for and prints the figures, from `STRIDEBOARD_FUZZ_SEED` if that is set.

use std::{fs, path::Path};

use fastrand::Rng;
use strideboard::{
    format::session::{decode, encode},
    review::{
        check::{Context, Severity, findings},
        merge::{Names, merge},
    },
    session::{
        Answer, Cell, Edit, EntryId, Letter, Mitigation, MitigationState, Place, Point, Rating, Session, Threat,
        edit::Entry,
    },
};

use super::Repo;
use crate::fuzz::asked;

/// Pairs of an ordinary run.
const ORDINARY: u64 = 12;

/// The best that can be had for a conflict by lines, and for one that is left to people, in percent.
const BY_LINES: u64 = 13;
const BY_RECORDS: u64 = 4;

fn samples() -> Vec<Session> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let names = ["aws-web-hosting", "aws-microservices", "strideboard"];
    names.map(|name| decode(&fs::read(folder.join(format!("{name}.tm.ron"))).unwrap()).unwrap()).into()
}

fn alphabet(rng: &mut Rng) -> String {
    let letters = strideboard::session::id::ALPHABET;
    (0..3).map(|_| letters[rng.usize(..letters.len())] as char).collect()
}

fn words(rng: &mut Rng) -> String {
    const WORDS: [&str; 12] = [
        "token", "replayed", "queue", "flooded", "secret", "logged", "page", "forged", "export", "read", "by",
        "a guest",
    ];
    (0..rng.usize(4..9)).map(|_| WORDS[rng.usize(..WORDS.len())]).collect::<Vec<_>>().join(" ")
}

fn rating(rng: &mut Rng) -> Rating {
    Rating { likelihood: Some(rng.u8(1..=5)), impact: Some(rng.u8(1..=5)) }
}

/// One thing a person does at one of these places: 30 % new threats, 15 % new mitigations, the rest small.
fn edit(rng: &mut Rng, session: &Session, places: &[Place]) -> Option<Edit> {
    let place = rng.choice(places)?.clone();
    let here: Vec<Threat> = session.threats_at(&place).into_iter().flat_map(|table| table.iter().cloned()).collect();
    let threat = rng.choice(&here).cloned();
    Some(match rng.u8(0..100) {
        0..30 => {
            let letter = Letter::ALL[rng.usize(..6)];
            let id = format!("T{}-{}", session.threats().count() + 1, alphabet(rng)).parse().ok()?;
            let mut new = Threat::new(id, letter, words(rng));
            new.inherent = Some(rating(rng));
            Edit::AddThreat { place, threat: Box::new(new) }
        }
        30..45 => {
            let id = format!("M{}-{}", session.mitigations.len() + 1, alphabet(rng)).parse().ok()?;
            Edit::Add(Entry::Mitigation(Box::new(Mitigation::new(id, words(rng)))))
        }
        45..60 => Edit::SetRating { threat: threat?.id, point: Point::Inherent, rating: Some(rating(rng)) },
        60..72 => {
            let mut threat = threat?;
            threat.statement = words(rng);
            Edit::ChangeThreat(Box::new(threat))
        }
        72..82 => {
            let mut threat = threat?;
            threat.note = words(rng).as_str().into();
            Edit::ChangeThreat(Box::new(threat))
        }
        82..90 => {
            let linked = threat?.mitigations.first().copied()?;
            let mut mitigation = session.mitigations.get(&linked)?.clone();
            mitigation.state =
                [MitigationState::Agreed, MitigationState::InProgress, MitigationState::Proposed][rng.usize(..3)];
            Edit::Change(Entry::Mitigation(Box::new(mitigation)))
        }
        90..94 => {
            let letter = Letter::ALL[rng.usize(..6)];
            let cell = Cell { reason: words(rng), ..Cell::new(letter, Answer::NotApplicable) };
            Edit::Decide { place, cell }
        }
        94..97 => Edit::Remove(EntryId::Threat(threat?.id)),
        _ => Edit::Swap(EntryId::Threat(threat?.id), EntryId::Threat(rng.choice(&here)?.id)),
    })
}

fn edited(rng: &mut Rng, base: &Session, places: &[Place]) -> Session {
    let mut now = base.clone();
    for _ in 0..rng.usize(1..=6) {
        if let Some(next) = edit(rng, &now, places).and_then(|edit| now.apply(&edit).ok()) {
            now = next;
        }
    }
    now
}

/// Where two people work: half of the pairs apart, a third anywhere, a fifth at the same place.
fn places(rng: &mut Rng, base: &Session) -> [Vec<Place>; 2] {
    let mut all: Vec<Place> = base.flows.iter().map(|flow| Place::Flow(flow.id)).collect();
    rng.shuffle(&mut all);
    match rng.u8(0..100) {
        0..50 => {
            let (a, b) = all.split_at(all.len() / 2);
            [a.to_vec(), b.to_vec()]
        }
        50..80 => [all.clone(), all],
        _ => {
            let one = vec![all[0].clone()];
            [one.clone(), one]
        }
    }
}

#[derive(Debug, Default)]
struct Tally {
    pairs: u64,
    /// Lines conflict.
    by_lines: u64,
    /// Records conflict.
    by_records: u64,
    /// Merged by lines into something that is not whole; `check` says so.
    reported: u64,
    /// Merged by lines into something whole that loses what somebody did.
    silent: u64,
}

#[test]
fn two_people_at_once_seldom_conflict_and_nothing_is_lost_without_a_word() {
    let Some(repo) = Repo::with("s.tm.ron", "") else { return };
    repo.git(&["config", "gc.auto", "0"]);
    repo.run(&["git-setup", "install"]);
    repo.commit("attributes");
    let mut tally = Tally::default();
    let first = asked("STRIDEBOARD_FUZZ_SEED").unwrap_or(0);
    let samples = samples();
    for seed in first..first + asked("STRIDEBOARD_PAIRS").unwrap_or(ORDINARY) {
        let mut rng = Rng::with_seed(seed);
        let base = &samples[rng.usize(..samples.len())];
        let [here, there] = places(&mut rng, base);
        let (ours, theirs) = (edited(&mut rng, base, &here), edited(&mut rng, base, &there));
        let state = |session: &Session, parent: &str| {
            repo.git(&["switch", "--quiet", "--detach", parent]);
            repo.write("s.tm.ron", &encode(session));
            repo.commit("edited");
            repo.git(&["rev-parse", "HEAD"]).trim().to_owned()
        };
        let start = state(base, "main");
        let (a, b) = (state(&ours, &start), state(&theirs, &start));
        let merged = |driver: &[&str]| {
            repo.git(&["switch", "--quiet", "--detach", &a]);
            let output = repo.try_git(&[driver, &["merge", "--quiet", "--no-edit", &b]].concat());
            let text = repo.read("s.tm.ron");
            repo.git(&["reset", "--quiet", "--hard"]);
            (output.status.success(), text)
        };
        let (clean, text) = merged(&["-c", "merge.strideboard.driver=git merge-file %A %O %B"]);
        let (decided, by_driver) = merged(&[]);
        let expected = merge(Some(base), &ours, &theirs, Names { ours: "HEAD", theirs: b.as_str() }).session;
        let got = decode(by_driver.as_bytes()).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        assert_eq!(
            (decided, got.conflicts.len()),
            (expected.conflicts.is_empty(), expected.conflicts.len()),
            "seed {seed}"
        );
        tally.pairs += 1;
        tally.by_lines += u64::from(!clean);
        tally.by_records += u64::from(!decided);
        if clean {
            match decode(text.as_bytes()) {
                Ok(session) if session == expected => {}
                Ok(session) if is_whole(&session) => {
                    tally.silent += 1;
                    println!("seed {seed}: merged by lines into something else, and nothing says so");
                }
                _ => tally.reported += 1,
            }
        }
    }
    println!("{tally:?}");
    assert_eq!(tally.silent, 0, "{tally:?}");
    // Few pairs say nothing about a rate.
    if tally.pairs >= 100 {
        assert!(tally.by_lines * 100 <= tally.pairs * BY_LINES, "{tally:?}");
        assert!(tally.by_records * 100 <= tally.pairs * BY_RECORDS, "{tally:?}");
    }
}

fn is_whole(session: &Session) -> bool {
    let structure = ["record-broken", "conflict-open"];
    let found = findings(&Context::new(session, None));
    !found.iter().any(|one| structure.contains(&one.id) && one.severity == Severity::Error)
}

#[test]
fn a_change_is_a_few_lines_in_git() {
    let Some(repo) = Repo::new() else { return };
    let lines = |before: &Session, after: &Session| -> usize {
        repo.write("a", &encode(before));
        repo.write("b", &encode(after));
        let output = repo.try_git(&["diff", "--no-index", "--numstat", "a", "b"]);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        told.split_whitespace().take(2).map(|count| count.parse::<usize>().unwrap()).sum()
    };
    let every = if asked("STRIDEBOARD_PAIRS").is_some() { 1 } else { 12 };
    let mut most = [0; 4];
    for session in samples() {
        most[0] = most[0].max(lines(&session, &decode(encode(&session).as_bytes()).unwrap()));
        let threats: Vec<(Place, Threat)> = session.threats().map(|(place, threat)| (place, threat.clone())).collect();
        for (place, threat) in threats.iter().step_by(every) {
            let apply = |edit: &Edit| session.apply(edit).unwrap();
            let other = Rating { likelihood: Some(1), impact: Some(1) };
            let changed = [
                apply(&Edit::SetRating { threat: threat.id, point: Point::Inherent, rating: Some(other) }),
                apply(&Edit::ChangeThreat(Box::new(Threat { statement: "other words".into(), ..threat.clone() }))),
                apply(&Edit::ChangeThreat(Box::new(Threat { by: "somebody".into(), ..threat.clone() }))),
            ];
            most[1] = changed.iter().map(|after| lines(&session, after)).chain([most[1]]).max().unwrap();
            let mut new = Threat::new("T999-zzz".parse().unwrap(), threat.letter, "something new");
            (new.inherent, new.note) = (Some(other), "one line".into());
            most[2] =
                most[2].max(lines(&session, &apply(&Edit::AddThreat { place: place.clone(), threat: Box::new(new) })));
            let beside = threats.iter().find(|(there, two)| there == place && two.id != threat.id);
            if let Some((_, two)) = beside {
                let edit = Edit::Swap(EntryId::Threat(threat.id), EntryId::Threat(two.id));
                most[3] = most[3].max(lines(&session, &apply(&edit)));
            }
        }
    }
    println!(
        "lines at most: untouched {}, one field {}, a new threat {}, two swapped {}",
        most[0], most[1], most[2], most[3]
    );
    assert!(most[0] == 0 && most[1] <= 2 && most[2] <= 14 && most[3] <= 4, "{most:?}");
}
