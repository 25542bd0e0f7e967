//! What holds for every session and every damaged file, and how fast.

use proptest::prelude::*;
use strideboard::format::session::{Locator, decode, encode};

use crate::{
    arbitrary,
    format::{V1, frozen, told},
};

/// Run with `cargo test --release -- --ignored --nocapture ten_thousand`.
#[test]
#[ignore = "measures time; only meaningful in a release build"]
fn ten_thousand_threats_are_written_and_read_in_a_moment() {
    let mut session = frozen();
    let prose =
        "Ein Dieb spielt das Cookie ab; чужая сессия, 会话被重放, हिन्दी में टिप्पणी. Don't trust \"remember me\".\n";
    let flow = session.flows.keys().next().copied().unwrap();
    let mut template = session.flows.get(&flow).unwrap().threats.iter().next().unwrap().clone();
    template.note = prose.repeat(2).into();
    template.references.clear();
    let flow = session.flows.get_mut(&flow).unwrap();
    for number in 10..10_010 {
        let id = strideboard::session::ThreatId::new(number, *b"k7q");
        flow.threats.insert(strideboard::session::Threat { id, ..template.clone() });
    }
    let timed = |name: &str, work: &mut dyn FnMut()| {
        let mut times: Vec<_> = (0..7)
            .map(|_| {
                let start = std::time::Instant::now();
                work();
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("{name}: {:?}", times[3]);
        times[3]
    };
    let file = encode(&session);
    println!("{} bytes", file.len());
    let write = timed("encode", &mut || drop(encode(&session)));
    let read = timed("decode", &mut || assert!(decode(file.as_bytes()).is_ok()));
    let broken = file.replace("letter: E", "letter: X");
    timed("decode with a problem", &mut || assert!(decode(broken.as_bytes()).is_err()));
    let broken = file.replace("likelihood: 5", "likelihood: 555");
    timed("decode with 10,000 problems", &mut || assert!(decode(broken.as_bytes()).is_err()));
    timed("locator", &mut || assert!(Locator::new(&file).locate_header("title").is_some()));
    assert!(write.as_millis() < 500 && read.as_millis() < 500);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_session_is_read_back_as_it_was(session in arbitrary::session()) {
        let file = encode(&session);
        let back = match decode(file.as_bytes()) {
            Ok(back) => back,
            Err(problems) => panic!("{}\n{file}", told(&problems)),
        };
        prop_assert_eq!(&back, &session);
        prop_assert_eq!(encode(&back), file);
    }

    #[test]
    fn files_hold_no_hidden_characters_and_no_ragged_lines(session in arbitrary::session()) {
        let file = encode(&session);
        prop_assert!(file.ends_with(")\n"));
        for line in file.lines() {
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            prop_assert!(!line.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{a0}', '\u{2028}']), "{line:?}");
            prop_assert_eq!(line.trim_end(), line);
        }
    }

    #[test]
    fn arbitrary_sessions_are_sound(session in arbitrary::session()) {
        prop_assert_eq!(session.problems(), []);
    }

    #[test]
    fn any_bytes_are_answered_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let _ = Locator::new(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_damage_to_a_file_is_answered_and_never_panics(
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), 0_usize..60, arbitrary::hostile()), 1..5)
    ) {
        let mut file: Vec<char> = V1.chars().collect();
        for (at, length, with) in damage {
            let start = at.index(file.len());
            let end = (start + length).min(file.len());
            file.splice(start..end, with.chars());
        }
        let file: String = file.into_iter().collect();
        let _ = Locator::new(&file);
        match decode(file.as_bytes()) {
            Ok(session) => prop_assert_eq!(decode(encode(&session).as_bytes()), Ok(session)),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                let lines = file.lines().count() + 1;
                prop_assert!(problems.iter().all(|p| (1..=lines).contains(&p.line) && !p.message.is_empty()));
            }
        }
    }
}
