//! Theme files: a theme with every role, or mistakes with their places.

use strideboard::ui::theme::{BUILTIN, ColorDepth, Theme};

use super::Target;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        "palette: {", "roles: {", "\"text\": (fg: \"ink\")", "ground: Dark", "add: [Bold]", "#ffffff", "#é1b2c", "#", "\"",
        "(", ")", "[", "]", "{", "}", ",", ":", "//", "/*", "*/", "Some(", "'", "r#\"", "name: \"",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    BUILTIN.iter().map(|(_, source)| source.as_bytes().to_vec()).collect()
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Theme::parse(&text) {
        Ok(theme) => drop(theme.at(ColorDepth::Ansi16)),
        Err(errors) => {
            assert!(!errors.is_empty());
            let lines = text.lines().count() + 1;
            assert!(errors.iter().all(|error| (1..=lines).contains(&error.line) && error.column > 0), "{errors:?}");
        }
    }
}
