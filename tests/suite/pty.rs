//! A real pseudo-terminal, for what only it can show: modes and their return, signals, resizing, job control.
//!
//! The program under test is this test binary itself: [`child::run`] is an ignored test that does nothing unless the
//! driver starts it in a terminal with `STRIDEBOARD_TEST_CHILD` set. It is a small event loop over the runtime's pieces
//! which shows what arrived.

#[path = "pty/child.rs"]
mod child;
#[path = "pty/driver.rs"]
pub(crate) mod driver;

use driver::{Start, Terminal};

const CTRL_Z: &str = "\x1a";

#[test]
fn quitting_gives_the_terminal_back() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    assert!(terminal.is_taken());
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn keys_pastes_and_the_mouse_arrive_once() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.keys("é");
    terminal.wait_for("last é;");
    terminal.keys("\x1b[A\x1b[Z");
    terminal.wait_for("last <shift-tab>; count 3;");
    terminal.keys("\x1b");
    terminal.wait_for("last <esc>; count 4;");
    terminal.keys("\x1b[200~two\rlines\x1b[201~");
    terminal.wait_for("last paste \"two\\nlines\"; count 5;");
    terminal.keys("\x1b[<0;11;3M");
    terminal.wait_for("last Press 10,2; count 6;");
    terminal.keys("\x1b[O\x1b[I");
    terminal.wait_for("last focus; count 8;");
    // More than any buffer on the way holds, as a paste into a terminal without bracketed paste.
    terminal.keys(&"a".repeat(20_000));
    terminal.wait_for("last a; count 20008;");
}

#[test]
fn a_resize_is_noticed_without_a_key() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.resize(100, 30);
    terminal.wait_for("size 100x30");
    terminal.resize(70, 20);
    terminal.wait_for("size 70x20");
    terminal.keys("k");
    terminal.wait_for("last k; count 1;");
}

#[test]
fn a_panic_is_readable_and_leaves_a_usable_terminal() {
    // In the loop itself, in another thread, and again while the first one unwinds.
    for (key, words) in [("p", "on purpose"), ("w", "in a worker"), ("n", "nested")] {
        let mut terminal = Terminal::start(Start::Program);
        terminal.wait_for("size 80x24");
        terminal.keys(key);
        assert_ne!(terminal.end(), 0);
        terminal.assert_given_back();
        let screen = terminal.contents();
        assert!(screen.contains(words) || key == "n", "{screen}");
        assert!(screen.contains("Please report the lines above"), "{screen}");
    }
}

#[test]
fn a_panic_says_where_what_is_not_saved_was_kept() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.keys("j");
    assert_ne!(terminal.end(), 0);
    let screen = terminal.contents().replace('\n', "");
    let path = screen.split_once("recovery journal ").and_then(|(_, rest)| rest.split_once(';')).unwrap().0;
    let path = std::path::Path::new(path);
    assert!(path.is_file(), "{screen}");
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn termination_signals_end_it_with_their_code() {
    use rustix::process::Signal;
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let mut terminal = Terminal::start(Start::Program);
        terminal.wait_for("size 80x24");
        terminal.signal(signal);
        assert_eq!(terminal.end(), code);
        terminal.assert_given_back();
    }
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.hang_up();
    // By the signal, the end of input or a frame that cannot be written, whichever comes first.
    let code = terminal.end();
    assert!([129, 4, 3].contains(&code), "{code}");
}

#[test]
fn nothing_wakes_up_while_nothing_happens() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.keys("k");
    terminal.wait_for("count 1;");
    let pause = || std::thread::sleep(std::time::Duration::from_millis(400));
    pause();
    let Some(before) = terminal.wake_ups() else { return };
    pause();
    assert_eq!(terminal.wake_ups(), Some(before));
}

#[test]
fn without_a_shell_it_refuses_to_stop() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.keys(CTRL_Z);
    terminal.wait_for("note there is no shell here");
    terminal.keys("k");
    terminal.wait_for("last k;");
}

#[test]
fn in_a_container_too_it_refuses_to_stop() {
    // Where no container can be made there is nothing to try.
    let mut container = std::process::Command::new("unshare");
    container.args(["--user", "--map-root-user", "--pid", "--fork", "true"]);
    if !container.output().is_ok_and(|output| output.status.success()) {
        return;
    }
    let mut terminal = Terminal::start(Start::InContainer);
    terminal.wait_for("size 80x24");
    terminal.keys(CTRL_Z);
    terminal.wait_for("note there is no shell here");
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_shell_gets_a_usable_terminal_between_ctrl_z_and_fg() {
    let mut terminal = Terminal::start(Start::InShell);
    for round in 0..2 {
        terminal.wait_for("size 80x24");
        terminal.keys(CTRL_Z);
        terminal.wait_until("the shell says so", |screen| screen.contents().matches("topped").count() > round);
        assert!(!terminal.is_taken());
        terminal.keys(&format!("echo shell-{round}-$((40+2))\r"));
        terminal.wait_for(&format!("shell-{round}-42"));
        terminal.keys("fg\r");
        terminal.wait_until("the alternate screen is back", vt100::Screen::alternate_screen);
        terminal.keys("k");
        terminal.wait_for("last k;");
    }
}

#[test]
fn stopped_from_outside_it_sets_its_modes_again() {
    let mut terminal = Terminal::start(Start::InShell);
    terminal.wait_for("size 80x24");
    terminal.signal(rustix::process::Signal::STOP);
    terminal.wait_for("topped");
    // Line ends, because nobody has left raw mode yet; then the modes are what other shells make them.
    terminal.keys("stty sane\nfg\n");
    terminal.wait_until("the whole frame is drawn again", |screen| !screen.contents().contains("topped"));
    // Without raw mode the key would wait for a return.
    terminal.keys("k");
    terminal.wait_for("last k;");
}

#[test]
fn an_editor_gets_every_key_and_its_text_comes_back() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.keys("e");
    terminal.wait_for("EDITOR READY");
    assert!(!terminal.is_taken());
    terminal.keys("every one of these words\r");
    terminal.wait_for("note edited \"every one of these words\"");
    assert!(terminal.is_taken());
    terminal.keys("k");
    terminal.wait_for("last k; count 2;");
}

#[test]
fn ctrl_z_in_the_editor_stops_both() {
    let mut terminal = Terminal::start(Start::InShell);
    terminal.wait_for("size 80x24");
    terminal.keys("e");
    terminal.wait_for("EDITOR READY");
    terminal.keys(CTRL_Z);
    terminal.wait_for("topped");
    // The editor stops on its own time, and until then a line typed at once might still be its.
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.keys("echo shell-$((40+2))\r");
    terminal.wait_for("shell-42");
    terminal.keys("fg\r");
    terminal.keys("words\r");
    terminal.wait_for("note edited \"words\"");
}

#[test]
fn ctrl_c_in_the_editor_ends_only_the_editor() {
    let mut terminal = Terminal::start(Start::Program);
    terminal.wait_for("size 80x24");
    terminal.keys("e");
    terminal.wait_for("EDITOR READY");
    // A shell on its way from one command to the next may overlook a ctrl-c.
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.keys("\x03");
    terminal.wait_for("note the editor ended with");
    terminal.keys("k");
    terminal.wait_for("last k;");
}
