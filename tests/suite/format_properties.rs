//! What holds for every session and every damaged file, and how fast.

use proptest::prelude::*;
use strideboard::format::session::{Locator, decode, encode};

use crate::{
    arbitrary,
    format::{V1, told},
};

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
