//! What a shell, a pipe or a reviewer gets of hostile files, names and arguments: text that obeys and reads nothing.

use std::{fs, process::Stdio};

use insta::assert_snapshot;
use strideboard::{
    format::session::encode,
    session::{Component, Edit, Mitigation, MitigationState, Session, Text, edit::Entry},
    ui::text::visible,
};

use super::Shell;
use crate::arbitrary::PIECES;

/// A session whose every text is this.
fn of(text: &str) -> String {
    let mut header = Session::new(text).header();
    (header.owner, header.workload, header.scope) = (text.to_owned(), text.to_owned(), Text::from(text));
    let component = Component::new("api".parse().unwrap(), text);
    let mut mitigation = Mitigation::new("M1-abc".parse().unwrap(), text);
    (mitigation.owner, mitigation.state) = (text.to_owned(), MitigationState::Verified);
    mitigation.evidence = ["/etc/passwd", "../../../etc/shadow", "pipe", text].map(str::to_owned).to_vec();
    let edits = vec![
        Edit::ChangeHeader(Box::new(header)),
        Edit::Add(Entry::Component(Box::new(component))),
        Edit::Add(Entry::Mitigation(Box::new(mitigation))),
    ];
    encode(&Session::new("x").apply(&Edit::Batch { label: String::new(), edits }).unwrap())
}

/// Runs a command and looks at every line it writes.
#[track_caller]
fn safe(shell: &Shell, args: &[&str]) -> String {
    let told = shell.run(args);
    for line in told.lines() {
        assert_eq!(visible(line), line, "{args:?}");
    }
    told
}

#[test]
fn no_subcommand_lets_a_character_through_that_a_terminal_obeys() {
    let text = PIECES.concat();
    let shell = Shell::with("a.tm.ron", &of(&text));
    for args in
        [&["show", "a"][..], &["check", "a"], &["list"], &["show", "nosuch\u{1b}[2J\u{202e}"], &["fmt", "a", "\u{9b}"]]
    {
        safe(&shell, args);
    }
    assert_eq!(shell.json(&["show", "a", "--format", "json"])["title"], text.as_str());
    for args in [["show", "a", "--format", "json"], ["check", "a", "--format", "json"]] {
        safe(&shell, &args);
    }
    safe(&shell, &["list", "--format", "json"]);
    shell.write("notes.txt", &text);
    safe(&shell, &["capture", "a", "notes.txt", "--dry-run"]);
}

#[test]
fn what_is_wrong_with_an_argument_is_said_without_obeying_it() {
    let shell = Shell::new();
    for args in [
        &["--\u{1b}]0;owned\u{7}"][..],
        &["--color", "\u{202e}never"],
        &["--print", "1x\u{1b}[2J"],
        &["--keys", "<\u{9b}>"],
        &["list", "a\nerror: b", "c"],
        &["check", "--today", "\u{200b}"],
        &["\u{1b}[31mred"],
    ] {
        let told = safe(&shell, args);
        assert!(told.starts_with("exit 1") && told.contains("error"), "{told}");
    }
    assert_snapshot!(safe(&shell, &["--co\u{202e}lor"]), @"
        exit 1
        -- err
        error: unexpected argument '--co⟨U+202E⟩lor' found

          tip: to pass '--co⟨U+202E⟩lor' as a value, use '-- --co⟨U+202E⟩lor'

        Usage: strideboard [OPTIONS] [SESSION]
               strideboard [OPTIONS] <COMMAND>

        For more information, try '--help'.
        ");
}

#[test]
fn an_empty_name_suggests_nothing() {
    let shell = Shell::with("x.tm.ron", &of("x"));
    assert_snapshot!(shell.run(&[""]), @"
        exit 1
        -- err
        error: the name of the session is empty
          hint: `strideboard list` shows the sessions here
        ");
}

#[cfg(unix)]
#[test]
fn names_of_files_are_shown_as_marks() {
    let shell = Shell::with("sess\u{1b}[2J\u{202e}ion.tm.ron", "Session(format: 1, title: \"x\")");
    shell.write("br\noken.tm.ron", "no");
    assert!(safe(&shell, &["list"]).contains("sess␛[2J⟨U+202E⟩ion.tm.ron"));
    safe(&shell, &["check", "."]);
    safe(&shell, &["fmt", "--check", "."]);
}

/// Opening the pipe would wait for ever, so this ends only if nothing that evidence names is opened.
#[cfg(unix)]
#[test]
fn evidence_is_shown_and_never_opened() {
    let shell = Shell::with("a.tm.ron", &of("x"));
    let made = std::process::Command::new("mkfifo").arg(shell.path("pipe")).status().unwrap();
    assert!(made.success());
    assert!(shell.run(&["show", "a"]).contains("evidence ../../../etc/shadow"));
    assert!(shell.run(&["check", "a"]).starts_with("exit 2"));
    let screen = shell.run(&["a", "--keys", "3v<enter>", "--print", "120x40"]);
    assert!(screen.contains("/etc/passwd"), "{screen}");
}

#[test]
fn a_reader_of_the_help_that_is_full_is_told_by_the_exit_code() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let shell = Shell::new();
    for args in [&["--help"][..], &["--version"], &["list", "--help"]] {
        let status = shell.command(args).stdout(full.try_clone().unwrap()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(1), "{args:?}");
    }
}

#[test]
fn what_is_no_session_file_is_refused_with_its_place() {
    let shell = Shell::new();
    let invalid = shell.path("bytes.tm.ron");
    fs::write(&invalid, b"Session(\n    title: \"\xff\"").unwrap();
    assert_snapshot!(shell.run(&["check", "bytes"]), @"
        exit 3
        -- err
        bytes.tm.ron:2:13: the file is not UTF-8 text: byte 21 cannot be read
          hint: save the file as UTF-8
        error: bytes.tm.ron cannot be read as a session; see the problem above
        ");
    fs::File::create(shell.path("sparse.tm.ron")).unwrap().set_len(1 << 40).unwrap();
    assert!(shell.run(&["list"]).contains("sparse.tm.ron is larger than 16 MiB"));
    shell.write("nul.tm.ron", "Session(\n    format: 1,\n\0");
    assert_snapshot!(shell.run(&["check", "nul"]), @r"
        exit 3
        -- err
        nul.tm.ron:3:1: expected a name
          hint: a hidden character, `\u{0}`, stands here; delete it
        error: nul.tm.ron cannot be read as a session; see the problem above
        ");
    shell.write("long.tm.ron", &format!("Session(format: 1, title: \"{}\")", "x".repeat(10_001)));
    assert_snapshot!(shell.run(&["check", "long"]), @r#"
        exit 3
        -- err
        long.tm.ron:1:27: a text has more than 10000 characters, the most it can have
          hint: is its closing quote missing? a long text stands as several lines, `["one", "two"]`
        error: long.tm.ron cannot be read as a session; see the problem above
        "#);
}
