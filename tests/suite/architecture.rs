//! The house rules that the compiler does not know: who may use whom, which words a room may not say, how files look.
//!
//! A line scanner ([`scan`]), not a framework. The tables below say what the architecture says; whoever changes one
//! changes the other.

#[path = "architecture/planted.rs"]
mod planted;
#[path = "architecture/scan.rs"]
mod scan;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path as FilePath,
};

use scan::{Path, Source};

/// A room of the house and what it may use.
struct Room {
    name: &'static str,
    /// The rooms it may use besides itself.
    rooms: &'static [&'static str],
    /// What it may not say.
    forbidden: &'static [&'static [&'static str]],
}

/// From the ground up: a room uses only rooms listed before it.
const ROOMS: [Room; 11] = [
    Room { name: "session", rooms: &[], forbidden: PURE },
    Room { name: "method", rooms: &["session"], forbidden: PURE },
    Room { name: "catalog", rooms: &["session", "method"], forbidden: PURE },
    Room { name: "diagram", rooms: &["session"], forbidden: PURE },
    Room { name: "review", rooms: &["session", "method"], forbidden: PURE },
    Room { name: "meeting", rooms: &["session", "method", "review"], forbidden: PURE },
    Room { name: "format", rooms: &["session", "method", "catalog", "diagram", "review", "meeting"], forbidden: PURE },
    Room {
        name: "app",
        rooms: &["session", "method", "catalog", "diagram", "review", "meeting", "format"],
        forbidden: PURE,
    },
    Room {
        name: "ui",
        rooms: &["session", "method", "catalog", "diagram", "review", "meeting", "format", "app"],
        forbidden: VIEW,
    },
    Room {
        name: "runtime",
        rooms: &["session", "method", "catalog", "diagram", "review", "meeting", "format", "app", "ui"],
        forbidden: EDGE,
    },
    Room {
        name: "cli",
        rooms: &["session", "method", "catalog", "diagram", "review", "meeting", "format", "app", "ui", "runtime"],
        forbidden: EDGE,
    },
];

/// What decides and what is recorded knows no terminal, no disk and no clock.
const PURE: &[&[&str]] = &[WORLD, TERMINAL];

/// What draws knows cells and styles, and neither the terminal behind them nor the world.
const VIEW: &[&[&str]] = &[WORLD, &["crossterm"]];

/// The edge may say everything.
const EDGE: &[&[&str]] = &[];

const TERMINAL: &[&str] = &["ratatui", "crossterm"];

const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "TimeZone::system",
    "directories",
    "tempfile",
    "fastrand",
    "nix",
    "rustix",
    "signal_hook",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "dbg!",
];

/// Crates that only these files and folders know.
const ONLY_IN: [(&str, &[&str]); 2] = [
    ("tui_textarea", &["src/app", "src/ui"]),
    ("ron", &["src/format", "src/catalog", "src/ui/theme", "src/runtime/settings", "src/runtime/resume"]),
];

/// Most lines of a file.
const LONGEST: usize = 600;

/// A file of `src`.
struct File {
    /// From the top of the repository, with `/`.
    name: String,
    text: String,
    source: Source,
    /// Whether only tests compile the whole of it.
    test: bool,
}

impl File {
    fn new(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), source: Source::of(text), test: false }
    }

    /// `src/app/pane/matrix.rs` is the module `app`, `pane`, `matrix`.
    fn modules(&self) -> Vec<&str> {
        let inner = self.name.trim_start_matches("src/").trim_end_matches(".rs");
        if matches!(inner, "lib" | "main") { Vec::new() } else { inner.split('/').collect() }
    }

    /// The room, `lib` or `main`.
    fn room(&self) -> &str {
        self.name.trim_start_matches("src/").trim_end_matches(".rs").split('/').next().unwrap_or("")
    }

    /// The files of the modules that only tests compile.
    fn test_files(&self) -> Vec<String> {
        let folder = FilePath::new(&self.name).parent().unwrap_or(FilePath::new("src"));
        let stem = self.name.trim_end_matches(".rs");
        let file = |module: &String| match module.strip_suffix(".rs") {
            Some(_) => format!("{}/{module}", folder.display()),
            None if self.modules().is_empty() => format!("src/{module}.rs"),
            None => format!("{stem}/{module}.rs"),
        };
        self.source.test_modules.iter().map(file).collect()
    }

    /// The paths with what is not tested code marked as such.
    fn paths(&self) -> impl Iterator<Item = (&Path, bool)> {
        self.source.paths.iter().map(|path| (path, path.test || self.test))
    }

    /// The room that a path leads to from here, and the line; `None` for a path that stays inside.
    fn leads_to<'a>(&self, path: &'a Path) -> Option<(&'a str, usize)> {
        // What is written out inside the file only matters for how far `super` has to climb.
        let mut here = self.modules();
        here.extend(std::iter::repeat_n("", path.depth));
        let (first, _) = path.segments.first()?;
        match first.as_str() {
            _ if path.method => return None,
            "strideboard" if self.room() == "main" && path.segments.len() > 1 => here.clear(),
            "crate" => here.clear(),
            "self" => (),
            "super" => drop(here.pop()),
            _ => return None,
        }
        for (segment, line) in &path.segments[1..] {
            match segment.as_str() {
                "self" => (),
                "super" => drop(here.pop()),
                _ if here.is_empty() => return Some((segment, *line)),
                _ => return None,
            }
        }
        None
    }
}

/// Every file of `src`, in order; files of test modules are marked.
fn house() -> Vec<File> {
    fn walk(folder: &FilePath, name: &str, files: &mut Vec<File>) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &name, files);
            } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
                files.push(File::new(&name, &fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    walk(&FilePath::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src", &mut files);
    mark_tests(&mut files);
    files
}

/// A module below a test module is a test module.
fn mark_tests(files: &mut [File]) {
    let tests: BTreeSet<String> = files.iter().flat_map(File::test_files).collect();
    let below = |name: &str| tests.iter().any(|test| name.starts_with(&format!("{}/", test.trim_end_matches(".rs"))));
    for file in files {
        file.test = tests.contains(&file.name) || below(&file.name);
    }
}

fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

/// What a file uses that its room may not.
fn trespasses(file: &File) -> Vec<String> {
    let name = file.room();
    let allowed: &[&str] = match name {
        // The library's root holds the rooms; nobody is below it.
        "lib" => return Vec::new(),
        "main" => &["cli"],
        _ => match room(name) {
            Some(room) => room.rooms,
            None => return vec![format!("{} stands in no room of the architecture", file.name)],
        },
    };
    let said = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
    let mut complaints = Vec::new();
    for (path, _) in file.paths() {
        if let Some((used, line)) = file.leads_to(path)
            && used != name
            && !allowed.contains(&used)
        {
            let file = &file.name;
            complaints.push(format!("{file}:{line} uses crate::{used}, which `{name}` may not (allowed: {said})"));
        }
    }
    complaints.dedup();
    complaints
}

/// The words of the outside world that a file says although its room may not. Tests may read fixtures.
fn words(file: &File) -> Vec<String> {
    let forbidden = room(file.room()).map_or(EDGE, |room| room.forbidden);
    let mut complaints = Vec::new();
    for (path, _) in file.paths().filter(|(path, test)| !test && !path.method) {
        for word in forbidden.iter().copied().flatten() {
            if let Some(line) = said(path, word) {
                complaints.push(format!("{}:{line} says `{word}`, which `{}` may not", file.name, file.room()));
            }
        }
        for (word, places) in ONLY_IN {
            let at_home = places.iter().any(|place| file.name.starts_with(place));
            if let Some(line) = said(path, word).filter(|_| !at_home) {
                let places = places.join(", ");
                complaints.push(format!("{}:{line} says `{word}`, which only {places} may", file.name));
            }
        }
    }
    complaints
}

/// The line where a path says a word. A name alone that could be a crate's is more likely a variable.
fn said(path: &Path, word: &str) -> Option<usize> {
    let parts: Vec<&str> = word.split("::").collect();
    let is_crate = parts.len() == 1 && word.starts_with(|c: char| c.is_lowercase()) && !word.ends_with('!');
    if is_crate && path.segments.len() == 1 { None } else { path.holds(&parts) }
}

/// Calls that can end the program where no comment proves that they cannot.
fn unproven(file: &File) -> Vec<String> {
    let ends = |path: &Path| match path.last().0 {
        "unwrap" => path.method && path.called,
        // Parsers have an `expect` of their own; the one that ends the program takes a text.
        "expect" => path.method && path.called && (path.argument.starts_with('"') || path.argument == "&"),
        "panic!" | "unreachable!" | "todo!" | "unimplemented!" => true,
        // The terminal would stay as it is.
        "exit" | "abort" => path.holds(&["process"]).is_some(),
        _ => false,
    };
    let proven = |line: usize| (line.saturating_sub(2)..=line).any(|line| file.source.remarks.contains(&line));
    let calls = file.paths().filter(|(path, test)| !test && ends(path)).map(|(path, _)| path.last());
    let unproven = calls.filter(|(_, line)| !proven(*line));
    unproven.map(|(call, line)| format!("{}:{line} `{call}` without a comment that proves it", file.name)).collect()
}

/// Uses of the wrapping that ends the program on wide characters (ratatui#2679).
fn wrapping(file: &File) -> Vec<String> {
    let wraps = |path: &Path| match path.last() {
        ("wrap", line) if path.method && path.argument == "Wrap" => Some(line),
        _ => {
            path.holds(&["Paragraph", "wrap"]).or_else(|| path.holds(&["ratatui"]).and_then(|_| path.holds(&["Wrap"])))
        }
    };
    let told =
        |line| format!("{}:{line} wraps a `Paragraph`, which panics on wide characters; use `ui::text`", file.name);
    file.paths().filter_map(|(path, _)| wraps(path)).map(told).collect()
}

/// What is wrong with the look of a file.
fn looks(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    if !file.text.starts_with("//!") {
        complaints.push(format!("{} does not open with `//!`, what it owns and what it refuses", file.name));
    }
    if file.name.ends_with("/mod.rs") {
        complaints.push(format!("{}: a module `x` lives in `x.rs`, never in `x/mod.rs`", file.name));
    }
    let lines = file.text.lines().count();
    if lines > LONGEST {
        complaints.push(format!("{} has {lines} lines; the most is {LONGEST}", file.name));
    }
    complaints
}

/// Who uses whom.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn graph(files: &[File]) -> Graph<'_> {
    let mut graph = Graph::new();
    for file in files.iter().filter(|file| file.room() != "lib") {
        let used = file.paths().filter_map(|(path, _)| file.leads_to(path)).map(|(room, _)| room);
        graph.entry(file.room()).or_default().extend(used.filter(|used| *used != file.room()));
    }
    graph
}

fn drawn(graph: &Graph<'_>) -> String {
    let line = |(room, uses): (&&str, &BTreeSet<&str>)| {
        let uses: Vec<&str> = uses.iter().copied().collect();
        format!("{room} -> {}", uses.join(" ")).trim_end().to_owned()
    };
    graph.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Rooms that use each other in a circle: what is left when rooms that use nobody left are taken away again and again.
fn circle(graph: &Graph<'_>) -> Vec<String> {
    let mut left = graph.clone();
    loop {
        let free: Vec<&str> = left
            .iter()
            .filter(|(_, uses)| !uses.iter().any(|room| left.contains_key(room)))
            .map(|(room, _)| *room)
            .collect();
        if free.is_empty() {
            return left.into_keys().map(str::to_owned).collect();
        }
        left.retain(|room, _| !free.contains(room));
    }
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn everywhere(rule: impl Fn(&File) -> Vec<String>) -> Vec<String> {
    house().iter().flat_map(rule).collect()
}

#[test]
fn no_room_uses_a_room_above_it() {
    assert_none(&everywhere(trespasses));
}

#[test]
fn no_room_says_a_word_of_the_world_outside_it() {
    assert_none(&everywhere(words));
}

#[test]
fn no_rooms_use_each_other_in_a_circle() {
    let files = house();
    let graph = graph(&files);
    assert!(graph.len() > 5, "the rooms were not found:\n{}", drawn(&graph));
    println!("{}", drawn(&graph));
    assert!(circle(&graph).is_empty(), "{} use each other in a circle:\n{}", circle(&graph).join(", "), drawn(&graph));
}

#[test]
fn rooms_are_listed_from_the_ground_up() {
    for (n, room) in ROOMS.iter().enumerate() {
        let below: Vec<_> = ROOMS[..n].iter().map(|room| room.name).collect();
        assert!(room.rooms.iter().all(|used| below.contains(used)), "{}", room.name);
    }
}

#[test]
fn every_file_says_what_it_is_and_is_short_enough_to_read() {
    assert_none(&everywhere(looks));
}

#[test]
fn every_call_that_could_end_the_program_says_why_it_does_not() {
    assert_none(&everywhere(unproven));
}

#[test]
fn no_text_is_wrapped_by_what_ends_the_program_on_wide_characters() {
    assert_none(&everywhere(wrapping));
}
