//! The whole program in a real terminal: a session from nothing to a reviewed change, by keys alone.

use std::{fs, path::Path, process::Command};

use rustix::process::Signal;
use strideboard::{
    format::session::decode,
    session::{Answer, MitigationState, Session},
};

use super::pty::driver::Terminal;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::new("git")
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(run.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn read(path: &Path) -> Session {
    decode(&fs::read(path).unwrap()).unwrap()
}

/// Captures a line and waits until it is understood.
#[track_caller]
fn capture(terminal: &mut Terminal, line: &str, shown: &str) {
    terminal.keys(&format!("c{line}\r"));
    terminal.wait_for(shown);
}

#[test]
fn a_session_from_nothing_to_a_reviewed_change() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    let mut terminal = Terminal::open(folder.path(), &[]);
    terminal.wait_for("No session here yet");
    assert!(terminal.is_taken());
    terminal.keys("n");
    terminal.wait_for("What is it called?");
    terminal.keys("Sign-in\r");
    terminal.wait_for("0/0 core decided");

    capture(&mut terminal, "zone Edge internet", "zone Edge");
    capture(&mut terminal, "api @Edge aws.apigw", "component api");
    capture(&mut terminal, "browser -> api: login [credentials] https", "F1 browser");
    capture(&mut terminal, "api -> users: reads [credentials] sql", "F2 api");
    capture(&mut terminal, "asset credentials restricted", "asset credentials");

    // On the first flow: nothing here, not applicable, a question, a threat with rating and mitigation.
    terminal.keys("[2x");
    terminal.wait_for("clear S on F1");
    terminal.keys(" n");
    terminal.wait_for("own words");
    terminal.keys("nothing is changed\r");
    terminal.wait_for("nothing is changed");
    terminal.keys(" plimit per account\r");
    terminal.wait_for("1 parked");
    terminal.keys("Ifields are logged\r");
    terminal.wait_for("T1 fields are logged");
    terminal.keys("r34");
    terminal.wait_for("medium");
    terminal.keys("mredact the log\r");
    terminal.wait_for("mitigation M1 for T1");
    terminal.keys("u");
    terminal.wait_for("Undone: mitigate T1");
    terminal.keys("\x12");
    terminal.wait_for("Done again: mitigate T1");
    terminal.keys("\x13");
    terminal.wait_until("it is saved", |screen| {
        !screen.contents().contains("unsaved") && !screen.contents().contains("saving")
    });
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();

    let path = folder.path().join("sign-in.tm.ron");
    let session = read(&path);
    let flow = session.flows.iter().find(|flow| flow.label == "login").unwrap();
    assert_eq!((flow.protocol.as_str(), flow.cells.iter().count()), ("https", 2));
    assert_eq!(flow.cells.iter().map(|cell| cell.state).collect::<Vec<_>>(), [Answer::Clear, Answer::NotApplicable]);
    let threat = flow.threats.iter().next().unwrap();
    assert_eq!(threat.current.and_then(|rating| rating.likelihood), Some(3));
    let mitigation = session.mitigations.iter().next().unwrap();
    assert_eq!((mitigation.title.as_str(), mitigation.state), ("redact the log", MitigationState::Proposed));
    assert_eq!(session.notes.iter().filter(|note| note.is_open()).count(), 1);

    // Opened again everything is there; one judgement changes, and the review shows that judgement alone.
    git(folder.path(), &["add", "sign-in.tm.ron"]);
    git(folder.path(), &["commit", "--quiet", "--message", "First meeting"]);
    let mut terminal = Terminal::open(folder.path(), &["sign-in.tm.ron"]);
    terminal.wait_for("T1 fields are logged");
    terminal.wait_for("limit per acc");
    terminal.wait_for("nothing is changed");
    // On the cell where it was left.
    terminal.wait_for("You stopped here: I on F1");
    terminal.wait_for("M1 redact the log");
    terminal.keys("r55");
    terminal.wait_for("critical");
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
    let diff = git(folder.path(), &["diff", "--unified=0", "sign-in.tm.ron"]);
    let lines: Vec<&str> = diff
        .lines()
        .filter(|line| line.starts_with(['+', '-']) && line.as_bytes()[1] == b' ')
        .map(str::trim_end)
        .collect();
    let words: Vec<&str> = lines.iter().map(|line| line.trim_start_matches(['+', '-', ' '])).collect();
    assert_eq!(
        words,
        ["current: Rating(likelihood: 3, impact: 4),", "current: Rating(likelihood: 5, impact: 5),"],
        "{diff}"
    );
}

#[test]
fn being_terminated_saves_what_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    // Long enough that only the end can be what saves.
    let settings = folder.path().join(".home/.config/strideboard");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("settings.ron"), "(autosave_after_ms: 600000)").unwrap();
    fs::write(folder.path().join("a.tm.ron"), strideboard::format::session::encode(&Session::new("A"))).unwrap();
    let mut terminal = Terminal::open(folder.path(), &["a.tm.ron"]);
    terminal.wait_for("Nothing here yet");
    capture(&mut terminal, "browser -> api: login", "unsaved");
    terminal.signal_program(Signal::TERM);
    assert_eq!(terminal.end(), 143);
    terminal.assert_given_back();
    assert_eq!(read(&folder.path().join("a.tm.ron")).flows.len(), 1);
}

#[test]
fn a_name_that_leads_nowhere_never_takes_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path(), &["nowhere.tm.ron"]);
    assert_eq!(terminal.end(), 1);
    assert!(terminal.contents().contains("nowhere"), "{}", terminal.contents());
    terminal.assert_given_back();
}

#[test]
fn a_broken_file_is_shown_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let torn = "Session(\n    format: 1,\n    title: \"Torn\n";
    fs::write(folder.path().join("torn.tm.ron"), torn).unwrap();
    let mut terminal = Terminal::open(folder.path(), &["torn.tm.ron"]);
    terminal.wait_for("It was not changed");
    terminal.keys("q");
    assert_eq!(terminal.end(), 1);
    assert_eq!(fs::read_to_string(folder.path().join("torn.tm.ron")).unwrap(), torn);
}

#[test]
fn a_decided_cell_writes_at_most_500_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/sessions/aws-microservices.tm.ron");
    fs::copy(example, folder.path().join("a.tm.ron")).unwrap();
    let mut terminal = Terminal::open(folder.path(), &["a.tm.ron"]);
    terminal.wait_for("1 Components");
    terminal.resize(160, 48);
    terminal.keys("2ggjjX");
    terminal.wait_for("reopen T on F1");
    // The catalogue comes when it is read, and has a frame of its own.
    terminal.wait_for("Suggestions");
    let before = terminal.written();
    terminal.keys("x");
    terminal.wait_for("clear T on F1");
    let written = terminal.written() - before;
    assert!((1..=500).contains(&written), "{written}");
}

#[test]
fn moving_about_does_not_put_a_save_off() {
    let folder = tempfile::tempdir().unwrap();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/sessions/aws-microservices.tm.ron");
    let path = folder.path().join("a.tm.ron");
    fs::copy(example, &path).unwrap();
    let mut terminal = Terminal::open(folder.path(), &["a.tm.ron"]);
    terminal.wait_for("1 Components");
    terminal.keys("2ggjjX");
    terminal.wait_for("reopen T on F1");
    let opened = fs::read(example).unwrap();
    // Never quiet for as long as the delay; without end it would never be written.
    let written = (0..100).any(|turn| {
        terminal.keys(if turn % 2 == 0 { "j" } else { "k" });
        std::thread::sleep(std::time::Duration::from_millis(100));
        fs::read(&path).unwrap() != opened
    });
    assert!(written);
}
