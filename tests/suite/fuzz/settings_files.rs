//! Settings files: whatever is in them, there are settings, and every mistake has a place.

use strideboard::runtime::settings::Settings;

use super::Target;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        "Settings(", "theme: \"dark\"", "mouse: true", "autosave_after_ms: 800", "editor: \"vi", "keys: {", "\"mark-clear\": [\"x\"]",
        "[", "]", "{", "}", "(", ")", ",", ":", "\"", "//", "/*", "*/", "r#\"", "\"#", "Some(", "1e999", "-1", "\\u{1b}",
        "'", "b\"", "true", "inf",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    let all = "// mine\nSettings(\n    theme: \"light\",\n    mouse: false,\n    autosave: true,\n    autosave_after_ms: \
               800,\n    editor: \"code --wait\",\n    keys: {\"mark-clear\": [\"x\"], \"undo\": []},\n)\n";
    vec![all.into(), "()".into(), "[1, 2]".into(), "Settings(theme: 3)".into(), Vec::new()]
}

fn run(bytes: &[u8]) {
    let (settings, problems) = Settings::parse(&String::from_utf8_lossy(bytes));
    assert!(!settings.theme.is_empty());
    for problem in problems {
        let mut parts = problem.splitn(3, ':').map(str::trim);
        assert!(parts.next().is_some_and(|line| line.parse::<usize>().is_ok_and(|line| line > 0)), "{problem}");
        assert!(parts.next().is_some_and(|column| column.parse::<usize>().is_ok_and(|column| column > 0)), "{problem}");
        assert!(parts.next().is_some_and(|message| !message.is_empty()), "{problem}");
    }
}
