//! Captured lines: each becomes an edit that applies and leaves a session that can be saved.

use std::sync::OnceLock;

use strideboard::{
    app::capture::{Context, EXAMPLES, capture_all, complete, preview},
    catalog::Kinds,
    format::session::{decode, encode},
    session::Session,
};

use super::Target;
use crate::format::V1;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        " -> ", "->", " <-> ", "→", ": ", "[", "]", "%", "@", "@Edge", "@T1", "@F3", ":T", "!", "!3x4", "!?x9", "~", "~ana",
        "+ ", "? ", "= ", "> ", "# ", "\" ", "\\", "zone ", "asset ", "person ", "entry ", " < ", "internet", "aws.rds",
        "by friday", "by 2026-02-30", "restricted", "\n", "\r\n", "- ", "12. ", "F3 T: ", "S: ", "https",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    EXAMPLES.iter().map(|(line, _)| line.as_bytes().to_vec()).collect()
}

fn session() -> &'static Session {
    static SESSION: OnceLock<Session> = OnceLock::new();
    SESSION.get_or_init(|| decode(V1.as_bytes()).unwrap())
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let today = jiff::civil::date(2026, 11, 20);
    let context =
        Context { session: session(), kinds: Kinds::builtin(), outline: None, place: None, letter: None, threat: None, by: "", today };
    let line = text.lines().next().unwrap_or_default();
    let seen = preview(line, &context);
    for part in &seen.parts {
        assert!(line.get(part.range.clone()).is_some(), "{part:?}");
    }
    let at = line.char_indices().nth(line.len() / 2).map_or(line.len(), |(at, _)| at);
    let completion = complete(line, at, &context);
    assert!(completion.candidates.is_empty() || line.is_char_boundary(completion.start));
    let mut random = || 0;
    let (captured, after) = capture_all(&text, &context, &mut random);
    assert_eq!(after.problems(), session().problems(), "{captured:?}");
    if captured.len() < 4 {
        assert_eq!(decode(encode(&after).as_bytes()), Ok(after));
    }
}
