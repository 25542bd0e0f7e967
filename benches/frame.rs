//! What a frame and a key press cost, on a small session and on a hundred times larger one, in one run.
//!
//! Drawing must not depend on the size of the session: the run fails when a frame of the large session costs more than
//! [`FRAME_LIMIT`] times one of the small session. Keys have limits of their own, written beside each. Reading and writing
//! the file must stay linear in its size, and so must looking at shapes that only a made-up file has.
//!
//! ```text
//! cargo bench --bench frame                                      the table, and a failure when a limit is passed
//! cargo bench --bench frame -- --write-session small FILE        a session of 20 flows and 100 threats
//! cargo bench --bench frame -- --write-session large FILE        one of 2,000 flows and 10,000 threats
//! ```
//!
//! Small and large are measured in turns, so that a busy machine slows both. Times are medians; allocations are exact.

#[path = "session.rs"]
mod generate;

use std::{
    alloc::System,
    env, fs,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use ratatui::{Terminal, backend::TestBackend};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use strideboard::{
    app::{
        Model, Msg,
        key::Key,
        keymap::Keymap,
        model::Preferences,
        msg::{Environment, Look, Opened},
        outline::Outline,
        settle, update,
    },
    format::session as format,
    meeting::route::Route,
    method::cell::Parked,
    review::{
        diff::diff,
        merge::{Names, merge},
    },
    session::{Answer, Cell, Edit, Letter, Place, Session, Threat},
    ui::{theme::Theme, view},
};

use generate::Size;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Most that a frame of the large session may cost, in frames of the small one.
const FRAME_LIMIT: f64 = 1.5;

const SCREEN: (u16, u16) = (160, 48);
const SMALL: Size = Size { flows: 20, threats: 100 };
const LARGE: Size = Size { flows: 2_000, threats: 10_000 };

/// A state to draw.
struct Frame {
    name: &'static str,
    keys: &'static str,
}

const FRAMES: &[Frame] = &[
    Frame { name: "components", keys: "1" },
    Frame { name: "components, last row", keys: "1G" },
    Frame { name: "components, zoomed", keys: "1z" },
    Frame { name: "checklist", keys: "2" },
    Frame { name: "suggestions", keys: "2o" },
    Frame { name: "mitigations", keys: "3" },
    Frame { name: "mitigations, all of them", keys: "3vG" },
    Frame { name: "matrix", keys: "4" },
    Frame { name: "matrix, tray", keys: "4jjjjj" },
    Frame { name: "filter", keys: "/api" },
    Frame { name: "threat captured", keys: "cT: stolen token replayed" },
    Frame { name: "flow captured", keys: "capi 1 -> store 1: reads" },
    Frame { name: "threat form", keys: "2ggj<enter>" },
    Frame { name: "mitigation form", keys: "3v<enter>" },
    Frame { name: "picker of threats", keys: "3vt" },
    Frame { name: "commands", keys: ":" },
];

/// A key to press again and again.
struct Press {
    name: &'static str,
    /// Keys that lead to it.
    setup: &'static str,
    /// Not measured; pressed before each time.
    before: &'static str,
    /// Measured together.
    keys: &'static str,
    limit: Limit,
}

/// The most a case may cost with the large session.
#[derive(Clone, Copy)]
enum Limit {
    /// In times of the small session.
    Times(f64),
    /// In frames of the small session. For what looks something up in the whole session, as finding a name does.
    Frames(f64),
    /// In milliseconds.
    Milliseconds(f64),
}

/// Colder memory and deeper trees: what a key may cost that looks at nothing but what it changes.
const KEY_LIMIT: Limit = Limit::Times(4.0);
/// A key that looks through the whole session still costs less than drawing its result.
const LOOKUP_LIMIT: Limit = Limit::Frames(1.0);
/// What adds, removes or reorders rows of pane 1 lists all of them again.
const ROWS_LIMIT: Limit = Limit::Frames(4.0);

const PRESSES: &[Press] = &[
    Press { name: "j in components", setup: "1", before: "k", keys: "j", limit: KEY_LIMIT },
    Press { name: "j in the checklist", setup: "2", before: "k", keys: "j", limit: KEY_LIMIT },
    Press { name: "j in all mitigations", setup: "3v", before: "k", keys: "j", limit: KEY_LIMIT },
    Press { name: "l in the matrix", setup: "4", before: "h", keys: "l", limit: KEY_LIMIT },
    Press { name: "n in a matrix cell", setup: "4", before: "", keys: "n", limit: KEY_LIMIT },
    Press { name: "j among the suggestions", setup: "2o", before: "k", keys: "j", limit: KEY_LIMIT },
    Press { name: "next flow", setup: "2", before: "[", keys: "]", limit: KEY_LIMIT },
    Press { name: "cell decided", setup: "2]]]", before: "ggX", keys: "x", limit: KEY_LIMIT },
    Press { name: "decision undone", setup: "2]]]", before: "ggx", keys: "u", limit: KEY_LIMIT },
    Press { name: "parked cell decided, undone", setup: "2]", before: "gg", keys: "xu", limit: ROWS_LIMIT },
    Press { name: "threat rated", setup: "2ggj", before: "r11", keys: "r34", limit: KEY_LIMIT },
    Press { name: "threat moved on the matrix", setup: "4", before: "n", keys: "<enter>l<enter>", limit: KEY_LIMIT },
    Press { name: "letter typed in a capture", setup: "cT: stolen toke", before: "", keys: "n", limit: KEY_LIMIT },
    Press { name: "threat captured", setup: "2", before: "cT: stolen token", keys: "<enter>", limit: LOOKUP_LIMIT },
    Press {
        name: "flow captured",
        setup: "1",
        before: "capi 1 -> store 1: reads",
        keys: "<enter>",
        limit: LOOKUP_LIMIT,
    },
    Press {
        name: "undo of a component",
        setup: "1cshop @Zone-1<enter>",
        before: "<ctrl-r>",
        keys: "u",
        limit: ROWS_LIMIT,
    },
    Press { name: "component captured", setup: "1", before: "cshop @Zone-1", keys: "<enter>", limit: LOOKUP_LIMIT },
    Press { name: "letter typed in a form", setup: "2ggj<enter>jj<enter>", before: "", keys: "n", limit: KEY_LIMIT },
];

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [what, which, path] = args.as_slice()
        && what == "--write-session"
    {
        let size = if which == "large" { LARGE } else { SMALL };
        return match fs::write(path, format::encode(&generate::session(size))) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{path}: {error}");
                ExitCode::FAILURE
            }
        };
    }
    // Without `--bench` this is a test run: everything once, nothing judged.
    let judged = env::args().any(|arg| arg == "--bench");
    let rounds = if judged { 60 } else { 1 };
    let sessions = [generate::session(SMALL), generate::session(LARGE)].map(Arc::new);
    let mut missed = Vec::new();
    let mut frame_of_small = None;
    let mut judge = |row: &Measured| {
        let frame = *frame_of_small.get_or_insert(row.times[0]);
        row.print();
        let (taken, allowed, what) = match row.limit {
            Limit::Times(most) => (row.ratio(), most, "times the small session"),
            Limit::Milliseconds(most) => (row.times[1].as_secs_f64() * 1000.0, most, "milliseconds"),
            Limit::Frames(most) => (row.times[1].as_secs_f64() / frame.as_secs_f64(), most, "frames"),
        };
        if judged && taken > allowed {
            missed.push(format!("{}: {taken:.2} {what}, at most {allowed:.1} are allowed", row.name));
        }
    };

    heading("one frame of 160x48");
    for frame in FRAMES {
        let [small, large] = sessions.each_ref().map(|session| model(session, frame.keys));
        judge(&frames(frame.name, small, large, rounds));
    }
    heading("one key, without drawing");
    for press in PRESSES {
        let [small, large] = sessions.each_ref().map(|session| model(session, press.setup));
        judge(&presses(press, small, large, rounds));
    }
    heading("what an edit is made of");
    judge(&parts("outline follows a decision", &sessions, rounds, |session, next, outline| {
        outline.follow(session, next);
    }));
    judge(&parts("decision applied", &sessions, rounds, |session, _, _| drop(session.apply(&decision(session)))));
    judge(&parts("two versions compared", &sessions, rounds, |session, next, _| {
        assert!(session != next, "a decision changes something");
    }));
    heading("the whole file");
    let files = sessions.each_ref().map(|session| format::encode(session).into_bytes());
    // Linear in the bytes, with room for colder memory.
    let times_larger = u32::try_from(files[1].len() / files[0].len()).expect("a hundred times, about");
    let linear = Limit::Times(2.0 * f64::from(times_larger));
    let few = rounds.min(7);
    judge(&measure("written", linear, few, |which| cost(|| format::encode(&sessions[which]))));
    judge(&measure("read", linear, few, |which| cost(|| format::decode(&files[which]).expect("it was just written"))));
    heading("shapes that nobody draws");
    let nested = [500, 4_000].map(generate::zones_inside_each_other);
    judge(&measure("zones inside each other", Limit::Times(16.0), few, |which| cost(|| nested[which].problems())));
    heading("the way through two thousand open cells");
    let open = [SMALL, Size { flows: 600, threats: 100 }].map(generate::session);
    let parked = open.each_ref().map(Parked::of);
    assert!(Route::of(&open[1], &parked[1]).steps.len() >= 2_000);
    let limit = Limit::Milliseconds(5.0);
    judge(&measure("route planned", limit, rounds, |which| cost(|| Route::of(&open[which], &parked[which]))));
    heading("every threat changed");
    let [ours, theirs] =
        [said_by_all as fn(&mut Threat), unrate].map(|change| sessions.each_ref().map(|s| everywhere(s, change)));
    judge(&measure("compared in words", linear, few, |which| cost(|| diff(&sessions[which], &theirs[which]))));
    judge(&measure("merged", linear, few, |which| {
        cost(|| merge(Some(&sessions[which]), &ours[which], &theirs[which], Names::default()))
    }));
    if missed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("\nDepends on the size of the session:");
    for line in missed {
        eprintln!("  {line}");
    }
    ExitCode::FAILURE
}

/// A state with a session open and some keys pressed.
fn said_by_all(threat: &mut Threat) {
    threat.by.push_str(" and all");
}

fn unrate(threat: &mut Threat) {
    (threat.current, threat.inherent) = (None, None);
}

/// The session with every threat changed, as if it had been read from another file: nothing is shared.
fn everywhere(session: &Session, change: fn(&mut Threat)) -> Session {
    let mut session = format::decode(format::encode(session).as_bytes()).expect("it was just written");
    session.flows.change_where(|_| true, |flow| flow.threats.change_where(|_| true, change));
    session.components.change_where(|_| true, |component| component.threats.change_where(|_| true, change));
    session.unfiled.change_where(|_| true, change);
    session
}

fn model(session: &Arc<Session>, keys: &str) -> Model {
    let environment =
        Environment { today: jiff::civil::date(2027, 1, 31), seed: 1, themes: vec!["dark".into()], folder: ".".into() };
    let preferences = Preferences { theme: "dark".into(), autosave: true, me: None };
    let mut model = Model::new(environment, Keymap::default(), preferences);
    let opened = Opened {
        path: "bench.tm.ron".into(),
        shown: "bench.tm.ron".into(),
        session: Arc::clone(session),
        outline: Outline::of(session),
        warnings: Vec::new(),
        read_only: None,
        spot: None,
        locked: None,
        notice: None,
        recovery: None,
    };
    update(&mut model, Msg::Loaded(Ok(Box::new(opened))));
    let path = model.path().cloned();
    update(&mut model, Msg::Team { path, team: std::sync::Arc::default(), problems: Vec::new(), look: Look::First });
    draw(&mut model, &Theme::default(), &mut screen());
    press(&mut model, keys);
    model
}

fn press(model: &mut Model, keys: &str) {
    for key in sequence(keys) {
        update(model, Msg::Key(key));
    }
}

fn sequence(keys: &str) -> Vec<Key> {
    Key::parse_sequence(&keys.replace(' ', "<space>")).expect("the keys of a case are keys")
}

fn screen() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1)).expect("memory is a terminal")
}

fn draw(model: &mut Model, theme: &Theme, screen: &mut Terminal<TestBackend>) {
    settle(model);
    model.hits = view(model, theme, &mut screen.get_frame());
}

/// Times and allocations of one case on both sessions.
struct Measured {
    name: String,
    times: [Duration; 2],
    allocations: [usize; 2],
    bytes: [usize; 2],
    limit: Limit,
}

impl Measured {
    fn ratio(&self) -> f64 {
        self.times[1].as_secs_f64() / self.times[0].as_secs_f64()
    }

    fn print(&self) {
        let us = |time: Duration| time.as_secs_f64() * 1e6;
        let limit = match self.limit {
            Limit::Times(most) => format!("{most:.1}"),
            Limit::Frames(most) => format!("{most:.0} frame"),
            Limit::Milliseconds(most) => format!("{most:.0} ms"),
        };
        println!(
            "{:<32}{:>10.1}{:>10.1}{:>8.2}{:>9}{:>9}{:>9}{:>11}{:>11}",
            self.name,
            us(self.times[0]),
            us(self.times[1]),
            self.ratio(),
            limit,
            self.allocations[0],
            self.allocations[1],
            self.bytes[0],
            self.bytes[1],
        );
    }
}

fn heading(what: &str) {
    println!(
        "\n{what:<32}{:>10}{:>10}{:>8}{:>9}{:>9}{:>9}{:>11}{:>11}",
        "small µs", "large µs", "ratio", "limit", "allocs s", "allocs l", "bytes s", "bytes l"
    );
}

/// Measures two things in turns.
fn measure(
    name: &str,
    limit: Limit,
    rounds: usize,
    mut once: impl FnMut(usize) -> (Duration, usize, usize),
) -> Measured {
    let mut all = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (which, samples) in all.iter_mut().enumerate() {
            samples.push(once(which));
        }
    }
    let [small, large] = all.map(|samples| {
        let middle = |mut values: Vec<u128>| {
            values.sort_unstable();
            values[values.len() / 2]
        };
        let time = middle(samples.iter().map(|s| s.0.as_nanos()).collect());
        let allocations = middle(samples.iter().map(|s| s.1 as u128).collect());
        let bytes = middle(samples.iter().map(|s| s.2 as u128).collect());
        (Duration::from_nanos(time as u64), allocations as usize, bytes as usize)
    });
    Measured {
        name: name.to_owned(),
        times: [small.0, large.0],
        allocations: [small.1, large.1],
        bytes: [small.2, large.2],
        limit,
    }
}

/// Runs something once and says what it took.
fn cost<T>(work: impl FnOnce() -> T) -> (Duration, usize, usize) {
    let region = Region::new(ALLOCATOR);
    let start = Instant::now();
    let result = work();
    let time = start.elapsed();
    let change = region.change();
    drop(result);
    (time, change.allocations + change.reallocations, change.bytes_allocated)
}

fn frames(name: &str, small: Model, large: Model, rounds: usize) -> Measured {
    let theme = Theme::default();
    let (mut models, mut screens) = ([small, large], [screen(), screen()]);
    measure(name, Limit::Times(FRAME_LIMIT), rounds, |which| {
        let (model, screen) = (&mut models[which], &mut screens[which]);
        cost(|| draw(model, &theme, screen))
    })
}

fn presses(press_: &Press, small: Model, large: Model, rounds: usize) -> Measured {
    let mut models = [small, large];
    let keys = sequence(press_.keys);
    measure(press_.name, press_.limit, rounds, |which| {
        let model = &mut models[which];
        press(model, press_.before);
        cost(|| {
            for key in &keys {
                update(model, Msg::Key(*key));
            }
        })
    })
}

/// A decision about a flow in the middle.
fn decision(session: &Session) -> Edit {
    let flow = session.flows.keys().nth(session.flows.len() / 2).expect("a session with flows");
    let mut cell = Cell::new(Letter::D, Answer::NotApplicable);
    cell.reason = "measured".into();
    Edit::Decide { place: Place::Flow(*flow), cell }
}

fn parts(
    name: &str,
    sessions: &[Arc<Session>; 2],
    rounds: usize,
    work: impl Fn(&Session, &Session, &mut Outline),
) -> Measured {
    let next = sessions.each_ref().map(|s| s.apply(&decision(s)).expect("a decision applies"));
    let mut outlines = sessions.each_ref().map(|s| Outline::of(s));
    measure(name, KEY_LIMIT, rounds, |which| {
        let taken = cost(|| work(&sessions[which], &next[which], &mut outlines[which]));
        outlines[which].follow(&next[which], &sessions[which]);
        taken
    })
}
