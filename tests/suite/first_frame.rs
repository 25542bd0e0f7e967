//! The first frame of a session does not wait for the catalogue.

use std::{env, path::Path, process::Command};

use ratatui::{Terminal, backend::TestBackend};
use strideboard::{
    app::{
        Effect, Model,
        keymap::Keymap,
        model::Preferences,
        msg::{Environment, Look},
        update,
    },
    catalog::is_read,
    runtime::{disk::Disk, replay},
    ui::{theme::Theme, view},
};

/// Set for the process that looks: in this one other tests have read the catalogue long ago.
const ALONE: &str = "STRIDEBOARD_TEST_FIRST_FRAME";

#[test]
fn the_catalogue_is_parsed_by_the_worker_once_a_session_is_on_the_screen() {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "first_frame::run", "--ignored", "--nocapture"]).env(ALONE, "1");
    let output = child.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "the process that the other test starts"]
fn run() {
    if env::var_os(ALONE).is_none() {
        return;
    }
    let today = jiff::civil::date(2026, 11, 20);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let path = folder.join("aws-web-hosting.tm.ron");
    let environment = Environment { today, seed: 7, themes: Vec::new(), folder: String::new() };
    let preferences = Preferences { theme: "dark".to_owned(), autosave: false, me: None };
    let mut model = Model::new(environment, Keymap::default(), preferences);
    let mut disk = Disk::new(&folder, today);
    let mut waiting = Vec::new();
    for msg in disk.perform(Effect::Load(path.clone())) {
        waiting.extend(update(&mut model, msg));
    }
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    let frame = terminal.draw(|frame| drop(view(&model, &Theme::default(), frame))).unwrap();
    assert!(replay::text(frame.buffer).contains("The catalogue is being read"));
    assert!(!is_read(), "the first frame waited for the catalogue");

    let read = Effect::ReadTeam { path: Some(path), look: Look::First };
    assert!(waiting.contains(&read), "{waiting:?}");
    assert_eq!(disk.perform(read).len(), 1);
    assert!(is_read());
}
