//! Session files: read back the same or refused with a place, checked and outlined without complaint.

use strideboard::{
    app::outline::Outline,
    format::session::{Locator, decode, encode},
    review::check::{Context, findings},
};

use super::Target;
use crate::format::V1;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        "Session(", "format: 1,", "title: \"", "\"", "(", ")", "[", "]", "{", "}", ",", ":", "//", "/*", "*/", "r#\"",
        "\"#", "\\u{202e}", "\\\"", "\\", "Some(", "None", "id: \"T1-abc\"", "Threat(", "Flow(", "Cell(letter: S",
        "state: NotApplicable", "zone: \"edge\"", "parent: \"edge\"", "rank: 4294967295", "<<<<<<< HEAD\n",
        "=======\n", ">>>>>>> topic\n", "\r\n", "'", "#![enable(implicit_some)]", "0x1", "-1", "place: Unfiled",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    let small = "Session(format: 1, title: \"x\", zones: [Zone(id: \"a\", name: \"A\", parent: \"b\"), Zone(id: \"b\", \
                 name: \"B\", parent: \"a\")], components: [Component(id: \"api\", name: \"API\", zone: \"a\")], flows: \
                 [Flow(id: \"F1-abc\", from: \"api\", to: \"api\", cells: [Cell(letter: S, state: Clear)])], unfiled: \
                 [Threat(id: \"T1-abc\", letter: S, statement: \"s\", mitigations: [\"M1-abc\"])])";
    vec![V1.as_bytes().to_vec(), small.into(), "Session(format: 1, title: \"x\")".into(), Vec::new()]
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let locator = Locator::new(&text);
    match decode(bytes) {
        Ok(session) => {
            assert_eq!(decode(encode(&session).as_bytes()).as_ref(), Ok(&session));
            for found in findings(&Context::new(&session, None)) {
                let _ = found.entry.and_then(|entry| locator.locate(&entry));
            }
            assert!(!Outline::of(&session).rows().is_empty() || session.components.is_empty());
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            let lines = text.lines().count() + 1;
            for problem in problems {
                assert!((1..=lines).contains(&problem.line) && !problem.message.is_empty(), "{problem}");
                assert!(!problem.to_string().contains(char::is_control), "{problem:?}");
            }
        }
    }
}
