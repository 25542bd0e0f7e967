//! Planted sources that show what the scanner sees and what it does not mind.

use super::{File, circle, drawn, graph, looks, mark_tests, trespasses, unproven, words, wrapping};

fn file(name: &str, text: &str) -> File {
    File::new(name, text)
}

/// Everything any rule says about a planted file.
fn told(name: &str, text: &str) -> Vec<String> {
    let file = file(name, text);
    [trespasses(&file), words(&file), unproven(&file), wrapping(&file)].concat()
}

#[test]
fn an_upward_import_is_found_with_its_line() {
    let source = "//! X.\n\nuse std::sync::Arc;\nuse crate::runtime::clock::today;\n";
    assert_eq!(
        told("src/app/x.rs", source),
        ["src/app/x.rs:4 uses crate::runtime, which `app` may not \
             (allowed: session, method, catalog, diagram, review, meeting, format)"]
    );
    assert_eq!(
        told("src/session/cell.rs", "use crate::method::cell;"),
        ["src/session/cell.rs:1 uses crate::method, which `session` may not (allowed: nothing)"]
    );
}

#[test]
fn a_path_in_the_middle_of_code_is_found_too() {
    let source = "fn f(m: &crate::ui::View) -> u8 {\n    g::<u8>(m);\n    crate::runtime::go()\n}\n";
    let lines: Vec<_> = told("src/app.rs", source).iter().map(|said| said[..12].to_owned()).collect();
    assert_eq!(lines, ["src/app.rs:1", "src/app.rs:3"]);
}

#[test]
fn a_grouped_import_is_found_on_the_line_of_the_room() {
    let source = "use crate::{\n    session::{Edit, Session},\n    app::{\n        model::Model,\n        Msg,\n    },\n    review,\n};\n";
    assert_eq!(
        told("src/method/x.rs", source),
        [
            "src/method/x.rs:3 uses crate::app, which `method` may not (allowed: session)",
            "src/method/x.rs:7 uses crate::review, which `method` may not (allowed: session)",
        ]
    );
}

#[test]
fn super_that_climbs_out_of_a_room_is_an_import_and_super_inside_is_not() {
    assert_eq!(
        told("src/app/pane/x.rs", "use super::super::model::Model;\nuse super::{super::form, list};\n"),
        [""; 0]
    );
    assert_eq!(
        told("src/review/check.rs", "use super::super::app::Model;"),
        ["src/review/check.rs:1 uses crate::app, which `review` may not (allowed: session, method)"]
    );
    let nested = "mod a {\n    use super::super::super::session::Id;\n    use super::super::super::{ui::view};\n}\n";
    assert_eq!(
        told("src/review/check.rs", nested),
        ["src/review/check.rs:3 uses crate::ui, which `review` may not (allowed: session, method)"]
    );
}

#[test]
fn comments_and_texts_do_not_count() {
    let source = r##"
//! [`crate::runtime`] and std::fs
/// crate::ui
// use crate::runtime::x; panic!()
/* crate::cli /* nested */ std::env */
const A: &str = "crate::runtime std::fs \" crate::ui";
const B: &str = r#"crate::runtime " println!()"#;
const C: (char, u8, &[u8]) = ('"', b'\'', b"std::fs");
fn f<'a>(x: &'a str) -> &'a str { x }
"##;
    assert_eq!(told("src/session/x.rs", source), [""; 0]);
    let behind = "const A: char = '\"'; use crate::ui::view; const B: char = '\"';";
    assert_eq!(told("src/session/x.rs", behind).len(), 1);
}

#[test]
fn words_of_the_world_are_found_however_they_are_spelled() {
    for source in [
        "use std::fs;",
        "use std::{fmt, fs::File};",
        "use std::{\n    collections::BTreeMap,\n    process,\n};",
        "fn f() { std::env::var(\"X\"); }",
        "use std::time::{Duration, SystemTime};",
        "fn f() { let t = Instant::now(); }",
        "fn f() { let t = jiff::Zoned::now(); }",
        "use ratatui::style::Style;",
        "use ratatui::crossterm::event;",
        "fn f() { println!(\"x\"); }",
        "use directories::ProjectDirs;",
        "use tui_textarea::TextArea;",
        "fn f() { ron::to_string(&1); }",
    ] {
        let said = told("src/review/x.rs", source);
        assert!(!said.is_empty(), "{source}");
        assert_eq!(told("src/runtime/settings.rs", source).len(), usize::from(source.contains("tui_")), "{source}");
    }
    assert_eq!(
        told("src/review/x.rs", "use std::{fmt, path::Path}; fn f(directories: u8) -> u8 { directories }"),
        [""; 0]
    );
}

#[test]
fn the_view_may_draw_and_may_not_reach_the_terminal() {
    assert_eq!(told("src/ui/pane.rs", "use ratatui::{Frame, layout::Rect};\nuse tui_textarea::TextArea;"), [""; 0]);
    assert_eq!(
        told("src/ui/pane.rs", "use ratatui::{Frame, crossterm::event};\nuse std::fs;\nuse crate::runtime::x;"),
        [
            "src/ui/pane.rs:3 uses crate::runtime, which `ui` may not \
             (allowed: session, method, catalog, diagram, review, meeting, format, app)",
            "src/ui/pane.rs:1 says `crossterm`, which `ui` may not",
            "src/ui/pane.rs:2 says `std::fs`, which `ui` may not",
        ]
    );
}

#[test]
fn the_program_itself_knows_only_the_command_line() {
    assert_eq!(told("src/main.rs", "fn main() -> std::process::ExitCode { strideboard::cli::run() }"), [""; 0]);
    assert_eq!(
        told("src/main.rs", "use strideboard::runtime::start;"),
        ["src/main.rs:1 uses crate::runtime, which `main` may not (allowed: cli)"]
    );
}

#[test]
fn tests_may_read_fixtures_and_may_not_look_upward() {
    let source = "fn f() {}\n\n#[cfg(test)]\n#[allow(unused)]\nmod tests {\n    use std::fs;\n    use crate::ui::view;\n\n    \
                  fn g() { fs::read(\"x\").unwrap(); }\n}\n\nfn h() { x.unwrap(); }\n";
    assert_eq!(
        told("src/review/x.rs", source),
        [
            "src/review/x.rs:7 uses crate::ui, which `review` may not (allowed: session, method)",
            "src/review/x.rs:12 `unwrap` without a comment that proves it",
        ]
    );
    assert_eq!(told("src/review/x.rs", "#[cfg(not(test))]\nuse std::fs;\n#[cfg(unix)]\nuse std::env;").len(), 2);
}

#[test]
fn a_file_that_only_tests_compile_is_a_test_with_everything_below_it() {
    let mut files = [
        file(
            "src/review/check.rs",
            "#[cfg(test)]\nmod cases;\n#[cfg(test)]\n#[path = \"odd.rs\"]\nmod named;\nmod real;",
        ),
        file("src/review/check/cases.rs", "use std::fs;"),
        file("src/review/check/cases/more.rs", "use std::fs;"),
        file("src/review/odd.rs", "use std::fs;"),
        file("src/review/check/real.rs", "use std::fs;"),
    ];
    mark_tests(&mut files);
    let said: Vec<_> = files.iter().flat_map(words).collect();
    assert_eq!(said, ["src/review/check/real.rs:1 says `std::fs`, which `review` may not"]);
}

#[test]
fn a_call_that_could_end_the_program_needs_a_proof_nearby() {
    let source = "//! X.\n\
                  fn f() {\n    // Never empty: see above.\n    x.first().unwrap();\n}\n\n\
                  /// Panics never.\nfn g() { x.expect(\"y\"); unreachable!() }\n\n\
                  fn h() { todo!() } // Later.\n\n\n\
                  fn i(p: &mut Parser) { p.expect(b'('); p.unwrap_or(1); assert!(a != b); }\n\
                  fn j() { std::process::exit(1); exit(); }\n";
    assert_eq!(
        unproven(&file("src/format/x.rs", source)),
        [
            "src/format/x.rs:8 `expect` without a comment that proves it",
            "src/format/x.rs:8 `unreachable!` without a comment that proves it",
            "src/format/x.rs:14 `exit` without a comment that proves it",
        ]
    );
}

#[test]
fn wrapping_by_paragraph_is_found_and_our_own_is_not() {
    for source in
        ["p.wrap(Wrap { trim: true });", "Paragraph::wrap(p, w);", "use ratatui::{Frame, widgets::{Paragraph, Wrap}};"]
    {
        assert_eq!(wrapping(&file("src/ui/x.rs", source)).len(), 1, "{source}");
    }
    assert_eq!(wrapping(&file("src/ui/x.rs", "use text::wrap; fn f() { text::wrap(x, 1); x.wrap(80); }")), [""; 0]);
}

#[test]
fn rooms_in_a_circle_are_named() {
    let files = [
        file("src/session.rs", ""),
        file("src/method.rs", "use crate::{session, review};"),
        file("src/review.rs", "use super::method::x;"),
        file("src/app.rs", "use crate::session::x;"),
    ];
    let graph = graph(&files);
    assert_eq!(drawn(&graph), "app -> session\nmethod -> review session\nreview -> method\nsession ->");
    assert_eq!(circle(&graph), ["method", "review"]);
}

#[test]
fn a_file_without_words_or_without_end_is_told() {
    assert_eq!(looks(&file("src/app/x.rs", "//! X.\n")), [""; 0]);
    let long = "//! X.\n".repeat(601);
    assert_eq!(looks(&file("src/app/mod.rs", "use x;\n")).len(), 2);
    assert_eq!(looks(&file("src/app/x.rs", &long)), ["src/app/x.rs has 601 lines; the most is 600"]);
}
