//! The whole program ended in every rude way: what was on its screen is there afterwards.

use std::{fs, path::Path, process::Command, thread, time::Duration};

use rustix::process::Signal;
use strideboard::{
    format::session::{decode, encode},
    session::Session,
};

use super::pty::driver::Terminal;

/// A folder with one session and these settings.
fn folder(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join(".home/.config/strideboard");
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("settings.ron"), settings).unwrap();
    fs::write(folder.path().join("a.tm.ron"), encode(&Session::new("A"))).unwrap();
    folder
}

/// Nothing is saved before the end.
const NEVER_SAVED: &str = "(autosave_after_ms: 600000)";

fn session(folder: &Path) -> Session {
    decode(&fs::read(folder.join("a.tm.ron")).unwrap()).unwrap()
}

/// Recovers without the screen, in the home of the terminal.
fn recovered(folder: &Path) -> Session {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strideboard"));
    command.args(["recover", "a.tm.ron"]).current_dir(folder);
    for (name, below) in [("HOME", ""), ("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", ".state")] {
        command.env(name, folder.join(".home").join(below));
    }
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() || told.contains("nothing to recover"), "{told}");
    session(folder)
}

fn opened(folder: &Path) -> Terminal {
    let terminal = Terminal::open(folder, &["a.tm.ron"]);
    terminal.wait_for("Nothing here yet");
    terminal
}

#[test]
fn what_was_on_the_screen_survives_kills_at_random_moments() {
    for round in 0..8 {
        let folder = folder("(autosave_after_ms: 40)");
        let mut terminal = opened(folder.path());
        let mut said = Vec::new();
        // Somewhere between two keys, in the journal, in a save: whatever the machine makes of it.
        let moment = Duration::from_micros(fastrand::u64(0..60_000));
        for number in 0..=round {
            let word = format!("word{round}x{number}");
            terminal.keys(&format!("cT: {word}\r"));
            terminal.wait_until(&word, |screen| screen.contents().contains(&format!("T{} {word}", number + 1)));
            said.push(word);
        }
        terminal.keys("cT: half a thought");
        thread::sleep(moment);
        terminal.signal_program(Signal::KILL);
        terminal.end();
        let session = recovered(folder.path());
        let kept: Vec<&str> = session.threats().map(|(_, threat)| threat.statement.as_str()).collect();
        for word in said {
            assert!(kept.contains(&word.as_str()), "{word} is lost, {moment:?} after it was shown: {kept:?}");
        }
    }
}

#[test]
fn what_was_typed_a_second_ago_survives_a_kill() {
    let folder = folder(NEVER_SAVED);
    let mut terminal = opened(folder.path());
    terminal.keys("cT: half a thought");
    terminal.wait_for("half a thought");
    let journals = folder.path().join(".home/.state/strideboard/journals");
    let on_disk = || {
        let files = fs::read_dir(&journals).into_iter().flatten().flatten();
        files
            .map(|entry| fs::read(entry.path()).unwrap_or_default())
            .any(|bytes| String::from_utf8_lossy(&bytes).contains("half a thought"))
    };
    while !on_disk() {
        thread::sleep(Duration::from_millis(20));
    }
    terminal.signal_program(Signal::KILL);
    terminal.end();
    let terminal = Terminal::open(folder.path(), &["a.tm.ron"]);
    terminal.wait_for("what was being typed");
}

#[test]
fn a_window_that_is_closed_leaves_everything_saved() {
    let folder = folder(NEVER_SAVED);
    let mut terminal = opened(folder.path());
    terminal.keys("cT: spoken\r");
    terminal.wait_for("T1 spoken");
    terminal.hang_up();
    terminal.end();
    assert_eq!(recovered(folder.path()).threats().count(), 1);
}

#[test]
fn being_terminated_while_the_editor_runs_keeps_what_the_editor_wrote() {
    let editor = r#"sh -c 'echo "what I wrote" > "$1"; echo EDITOR READY; exec sleep 600' sh"#;
    let folder = folder(&format!("(autosave_after_ms: 600000, editor: {editor:?})"));
    let mut terminal = opened(folder.path());
    // The scope is the first field of several lines.
    terminal.keys("\x14");
    terminal.wait_for("scope");
    for _ in 0..12 {
        terminal.keys("j");
    }
    terminal.keys("\x05");
    terminal.wait_for("EDITOR READY");
    terminal.signal_program(Signal::TERM);
    assert_eq!(terminal.end(), 143);
    terminal.assert_given_back();
    let mut terminal = Terminal::open(folder.path(), &["a.tm.ron"]);
    terminal.wait_for("what was being typed");
    terminal.keys("\r");
    terminal.wait_for("what I wrote");
}

#[test]
fn the_second_terminal_only_looks_until_the_first_is_gone() {
    let folder = folder(NEVER_SAVED);
    let mut first = opened(folder.path());
    let mut second = Terminal::open(folder.path(), &["a.tm.ron"]);
    second.wait_for(":take-over tries again");
    first.keys("cT: spoken\r");
    first.wait_for("T1 spoken");
    first.signal_program(Signal::KILL);
    first.end();
    second.keys("\r:take-over\r");
    second.wait_for("1 change");
    second.keys("\r");
    second.wait_for("T1 spoken");
}
