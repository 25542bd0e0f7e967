//! A team's files: whatever is in them, they are read or every mistake has a place, and a row added to one reads back.

use strideboard::{
    catalog::builtin,
    format::team::{decode_catalogue, decode_team, with_threat},
};

use super::Target;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        "Team(", "Catalogue(", "format: 1", "catalogues: [\"a.ron\"]", "disable: [\"web.S2\"]", "threats: [", "Threat(",
        "kinds: [", "letter: S", "Baseline(", "id: \"tls\"", "zones: [\"Edge\"]", "\"../x\"", "[", "]", "(", ")", ",", ":",
        "\"", "//", "/*", "r#\"", "Some(", "1e999", "-1", "\\u{1b}", "@",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    let docs = include_str!("../../../docs/team-catalogue.md");
    let blocks = docs.split("```ron\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    blocks.map(|block| block.as_bytes().to_vec()).chain([b"Team(format: 1)".to_vec(), Vec::new()]).collect()
}

fn run(bytes: &[u8]) {
    let places = |diagnostics: Vec<strideboard::format::session::Diagnostic>| {
        assert!(!diagnostics.is_empty());
        for one in diagnostics {
            assert!(one.line > 0 && one.column > 0 && !one.message.is_empty(), "{one}");
        }
    };
    if let Err(diagnostics) = decode_team(bytes) {
        places(diagnostics);
        if let Err(diagnostics) = decode_catalogue(bytes) {
            places(diagnostics);
            return;
        }
    }
    // What could be read can be added to, unless the row is there, and is read again then.
    let row = builtin().threat("web.S1").expect("it ships");
    match with_threat(bytes, row) {
        Ok(text) => assert!(decode_team(text.as_bytes()).is_ok() || decode_catalogue(text.as_bytes()).is_ok(), "{text}"),
        Err(diagnostics) => places(diagnostics),
    }
}
