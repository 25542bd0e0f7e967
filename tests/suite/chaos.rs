//! Whatever a room full of people does to the keyboard: random keys, pastes, mouse and window sizes on the workbench.
//!
//! After each input the screen is drawn and what is selected exists; after each round everything can be undone back to
//! what was opened. `cargo test` plays some thousands of inputs, always the same; `STRIDEBOARD_CHAOS=1000000 cargo test
//! --release chaos` plays as many as asked for, from `STRIDEBOARD_FUZZ_SEED` if that is set.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;
use strideboard::{
    app::{
        Msg,
        command::TABLE,
        key::{Code, Key},
        model::Model,
        msg::MouseKind,
        outline::Outline,
    },
    session::{Component, Edit, Session, Text, edit::Entry},
    ui::text::visible,
};

use crate::{arbitrary::PIECES, driver::Driver, fuzz::asked};

/// Inputs of an ordinary run.
const ORDINARY: u64 = 3_000;
/// Inputs between opening a session and undoing everything.
const ROUND: u64 = 250;

/// What people type and paste, beside what no person would.
const SAID: &[&str] = &[
    "browser -> api: login [credentials] https",
    "api @Edge aws.apigw",
    "zone Edge < VPC internet",
    "stolen cookie replayed",
    "T: body altered !3x4 ~ana",
    "F3 T: body altered",
    "+ rotate keys daily @T1",
    "? limit per account by friday :D",
    "= TLS ends at the CDN",
    "> ana: open ticket",
    "# out: batch export",
    "asset orders restricted",
    "two\nlines -> here\n",
    "\u{1b}[2J\u{202e}evil",
    "日本 -> 平台: 👩\u{200d}💻",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}",
    "",
];

/// Sequences that lead somewhere, so that chaos is not only refusals.
const LEADS: &[&str] = &[
    "c",
    "<esc>",
    "<enter>",
    "<tab>",
    "1",
    "2",
    "3",
    "4",
    "<ctrl-s>",
    ":",
    "?",
    "/",
    "e",
    "a",
    "x",
    "r34",
    "da",
    "u",
    "<ctrl-r>",
    "j",
    "k",
    "l",
    "h",
    "<space>",
    "<ctrl-p>",
    "G",
    "gg",
    "]",
    "[",
    "z",
    "m",
    "S",
    "T",
    "y",
    "<down>",
    "<up>",
    "<pagedown>",
];

#[test]
fn nothing_that_is_pressed_pasted_or_clicked_breaks_the_workbench() {
    let first = asked("STRIDEBOARD_FUZZ_SEED").unwrap_or(0);
    let rounds = asked("STRIDEBOARD_CHAOS").unwrap_or(ORDINARY).div_ceil(ROUND);
    for seed in first..first + rounds {
        let mut done = Vec::new();
        let played = catch_unwind(AssertUnwindSafe(|| round(seed, &mut done)));
        assert!(played.is_ok(), "STRIDEBOARD_FUZZ_SEED={seed} STRIDEBOARD_CHAOS=1 plays this again: {done:#?}");
    }
}

/// Opens something, does anything to it, and takes everything back.
fn round(seed: u64, done: &mut Vec<String>) {
    let mut rng = Rng::with_seed(seed);
    let mut driver = opened(seed);
    let opened = driver.model().document.as_ref().map(|document| (document.session().clone(), document.path.clone()));
    let problems = opened.as_ref().map_or(0, |(session, _)| session.problems().len());
    for step in 0..ROUND {
        let input = Input::any(&mut rng);
        done.push(format!("{input:?}"));
        input.give(&mut driver);
        selections_exist(driver.model());
        if step % 16 == 0 {
            screen_is_safe(&driver);
        }
        if step % 50 == 0 {
            session_is_sound(driver.model(), problems);
        }
        if driver.ended() {
            break;
        }
    }
    session_is_sound(driver.model(), problems);
    if let (Some((now, path)), Some((before, same))) = (driver.undo_all(), opened)
        && path == same
    {
        assert_eq!(now, before, "undoing everything leads elsewhere");
    }
}

/// A sample, nothing, a browser, or a session of nothing but trouble.
fn opened(seed: u64) -> Driver {
    match seed % 6 {
        0 => Driver::open("aws-web-hosting"),
        1 => Driver::open("aws-microservices"),
        2 => Driver::open("strideboard"),
        3 => Driver::empty(),
        4 => Driver::with(&hostile()),
        _ => Driver::browser(&[("a.tm.ron", b"Session(format: 1, title: \"a\")"), ("b.tm.ron", b"no session")]),
    }
}

/// A session in which every text is what a terminal must not get.
fn hostile() -> Session {
    let text = PIECES.concat();
    let mut header = Session::new(&text).header();
    (header.scope, header.note) = (Text::from(text.as_str()), Text::from(text.as_str()));
    (header.owner, header.workload) = (text.clone(), text.clone());
    let add = |id: &str| Edit::Add(Entry::Component(Box::new(Component::new(id.parse().unwrap(), text.as_str()))));
    let edits = vec![Edit::ChangeHeader(Box::new(header)), add("a"), add("b")];
    Session::new("x").apply(&Edit::Batch { label: String::new(), edits }).unwrap()
}

/// One thing that happens.
#[derive(Debug)]
enum Input {
    Key(Key),
    Typed(&'static str),
    Said(&'static str),
    Paste(String),
    Mouse(u16, u16, MouseKind),
    Size(u16, u16),
    Idle,
}

impl Input {
    fn any(rng: &mut Rng) -> Self {
        match rng.u8(0..100) {
            0..40 => Self::Typed(rng.choice(TABLE).and_then(|row| rng.choice(row.keys)).unwrap_or(&"j")),
            40..60 => Self::Typed(rng.choice(LEADS).unwrap_or(&"j")),
            60..70 => Self::Said(rng.choice(SAID).unwrap_or(&"")),
            70..80 => Self::Key(any_key(rng)),
            80..85 => Self::Paste(
                (0..rng.usize(0..4)).filter_map(|_| rng.choice(PIECES).or(rng.choice(SAID))).copied().collect(),
            ),
            85..93 => {
                let kind = [MouseKind::Press, MouseKind::ScrollUp, MouseKind::ScrollDown][rng.usize(0..3)];
                Self::Mouse(rng.u16(0..130), rng.u16(0..45), kind)
            }
            93..96 => Self::Size(rng.u16(1..12), rng.u16(1..12)),
            96..99 => Self::Size(rng.u16(1..240), rng.u16(1..80)),
            _ => Self::Idle,
        }
    }

    fn give(&self, driver: &mut Driver) {
        match self {
            Self::Key(key) => driver.key(*key),
            Self::Typed(keys) => driver.press(keys),
            Self::Said(line) => {
                line.chars().for_each(|c| driver.key(if c == '\n' { Key::plain(Code::Enter) } else { Key::char(c) }));
            }
            Self::Paste(text) => driver.send(Msg::Paste(text.clone())),
            Self::Mouse(column, row, kind) => driver.mouse(*column, *row, *kind),
            Self::Size(columns, rows) => driver.resize(*columns, *rows),
            Self::Idle => driver.send(Msg::Idle),
        }
    }
}

fn any_key(rng: &mut Rng) -> Key {
    let named = [
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Backspace,
        Code::Delete,
        Code::Home,
        Code::End,
        Code::Left,
        Code::Right,
        Code::Up,
        Code::Down,
        Code::PageUp,
        Code::PageDown,
        Code::Insert,
        Code::F(rng.u8(1..20)),
    ];
    let code = if rng.bool() { Code::Char(rng.char(..)) } else { named[rng.usize(0..named.len())] };
    Key { code, ctrl: rng.u8(0..6) == 0, alt: rng.u8(0..8) == 0, shift: rng.u8(0..8) == 0 }
}

/// Everything that commands would act on is there.
fn selections_exist(model: &Model) {
    let Some(session) = model.session() else { return };
    if let Some(place) = &model.checklist.place {
        assert!(session.threats_at(place).is_some(), "{place:?} is on the checklist");
    }
    let selected = [model.entry(), model.components.selected().and_then(strideboard::app::outline::Row::entry)];
    for id in selected.iter().flatten() {
        assert!(session.has(id), "{id:?} is selected");
    }
    let threats = [model.threat(), model.subject_threat(), model.matrix_threat()];
    assert!(threats.into_iter().flatten().all(|id| session.find_threat(id).is_some()), "a threat is selected");
    assert!(model.listed_mitigations().1.iter().all(|id| session.mitigations.contains(id)), "a mitigation is listed");
}

/// No cell of the screen holds what a terminal would obey or hide.
fn screen_is_safe(driver: &Driver) {
    for line in driver.text().lines() {
        assert_eq!(visible(line), line);
    }
}

/// What edits must keep is kept, and what is known about the session is true.
fn session_is_sound(model: &Model, problems: usize) {
    let Some(document) = &model.document else { return };
    assert!(document.session().problems().len() <= problems, "{:?}", document.session().problems());
    assert_eq!(document.outline(), &Outline::of(document.session()));
}
