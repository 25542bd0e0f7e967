//! The README says what is true: its generated parts are up to date, what it names exists, its first session works.
//!
//! `STRIDEBOARD_BLESS=1 cargo test docs` rewrites the generated parts; everything between `<!-- begin NAME -->` and
//! `<!-- end NAME -->` is one.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use strideboard::{
    app::{
        Model,
        capture::EXAMPLES,
        key::Key,
        keymap::Keymap,
        model::{Preferences, Screen},
        msg::Environment,
    },
    format::session::{decode, encode},
    runtime::{
        disk::Disk,
        replay::{self, Replay},
        settings::Settings,
    },
    session::{Session, limits},
    ui::theme::{BUILTIN, Theme},
};

/// What the picture of the README shows, pressed on `aws-microservices`.
const PICTURE: &str = "]]]]2jcT: a link signed for one photo takes a larger one !3x2 ~jo";

fn house() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README with `\n`, whatever git made of it here.
fn readme() -> String {
    fs::read_to_string(house().join("README.md")).unwrap().replace("\r\n", "\n")
}

/// What stands between the marks of a block: where it starts and ends.
fn block(text: &str, name: &str) -> (usize, usize) {
    let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
    let start = text.find(&begin).unwrap_or_else(|| panic!("README.md has no `{}`", begin.trim_end())) + begin.len();
    let length = text[start..].find(&end).unwrap_or_else(|| panic!("README.md has no `{end}`"));
    (start, start + length)
}

fn content<'a>(text: &'a str, name: &str) -> &'a str {
    let (start, end) = block(text, name);
    &text[start..end]
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// A workbench with nothing open, the same on every machine.
fn workbench(folder: &Path, size: (u16, u16)) -> Replay {
    let today = jiff::civil::date(2026, 3, 1);
    let themes: Vec<(String, Theme)> =
        BUILTIN.iter().map(|(name, _)| ((*name).to_owned(), Theme::builtin(name).unwrap())).collect();
    let environment = Environment {
        today,
        seed: 7,
        themes: themes.iter().map(|(name, _)| name.clone()).collect(),
        folder: "~/checkout".to_owned(),
    };
    let preferences = Preferences { theme: "dark".to_owned(), autosave: true, me: None };
    let model = Model::new(environment, Keymap::default(), preferences);
    Replay::new(model, themes, Disk::new(folder, today), size)
}

fn press(replay: &mut Replay, keys: &str) {
    replay.keys(&Key::parse_sequence(keys).unwrap_or_else(|error| panic!("{keys}: {error}")));
}

fn picture() -> String {
    let mut replay = workbench(house(), (120, 40));
    replay.open(&house().join("sessions").join("aws-microservices.tm.ron"));
    press(&mut replay, PICTURE);
    // Folders are told apart with another sign elsewhere.
    replay::text(replay.frame()).replace("sessions\\", "sessions/")
}

/// What the binary prints, on no terminal and with nothing set around it.
fn printed(args: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_strideboard"));
    let command = command.args(args).env("STRIDEBOARD_CONFIG_DIR", home.path()).current_dir(house());
    let output = command.env_remove("COLUMNS").stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}

/// How the program is called and its subcommands.
fn help() -> String {
    let help = printed(&["-h"]).replace("strideboard.exe", "strideboard");
    let (_, usage) = help.split_once("\n\n").unwrap();
    usage.split("\nArguments:").next().unwrap().to_owned()
}

fn captures() -> String {
    let mut table = "| line | means |\n|---|---|\n".to_owned();
    for (line, means) in EXAMPLES {
        let _ = writeln!(table, "| `{}` | {means} |", line.replace('|', "\\|"));
    }
    table
}

fn limits() -> String {
    let mut table = "| what | at most |\n|---|---|\n".to_owned();
    for (what, most, unit) in limits::TABLE {
        let most = match (*unit, most >> 20) {
            ("bytes", mebibytes @ 1..) => format!("{mebibytes} MiB"),
            _ if *most >= 10_000 => format!("{},{:03} {unit}", most / 1000, most % 1000),
            _ => format!("{most} {unit}"),
        };
        let _ = writeln!(table, "| {what} | {most} |");
    }
    table
}

/// The rows of the first session: what is pressed, and what is on screen then.
fn first_session(text: &str) -> Vec<(String, Vec<String>)> {
    let section = text.split("\n## ").find(|section| section.starts_with("A first session")).unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let rows: Vec<(String, Vec<String>)> =
        rows.skip(1).map(|(pressed, seen)| (codes(pressed).concat(), codes(seen))).collect();
    assert!(rows.len() > 5, "the first session was not found");
    rows
}

/// The pieces of a line that are in backticks.
fn codes(line: &str) -> Vec<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Plays the first session as it is written and gives the file it leaves.
fn played(rows: &[(String, Vec<String>)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkout.tm.ron");
    fs::write(&path, encode(&Session::new("checkout"))).unwrap();
    let mut replay = workbench(folder.path(), (120, 40));
    replay.open(&path);
    for (keys, seen) in rows {
        press(&mut replay, keys);
        let screen = replay::text(replay.frame());
        for words in seen {
            assert!(screen.contains(words.as_str()), "after `{keys}` there is no `{words}`:\n{screen}");
        }
    }
    assert!(replay.ended(), "the first session does not end with quitting");
    fs::read_to_string(&path).unwrap()
}

/// The only flow of a session file, as far to the left as it goes.
fn flow(file: &str) -> String {
    let lines = file.lines().skip_while(|line| *line != "        Flow(");
    let mut flow = String::new();
    for line in lines {
        flow.push_str(line.strip_prefix("        ").unwrap());
        flow.push('\n');
        if line == "        )," {
            break;
        }
    }
    flow
}

/// The team's file of the worked example about meetings.
pub(crate) fn team_of_the_meeting() -> &'static str {
    let text = include_str!("../../docs/meeting.md");
    let start = text.find("```ron\n").unwrap() + "```ron\n".len();
    &text[start..start + text[start..].find("```").unwrap()]
}

#[test]
fn generated_parts_of_the_readme_are_up_to_date() {
    let old = readme();
    let file = played(&first_session(&old));
    let parts = [
        ("picture", fenced("text", &picture())),
        ("help", fenced("text", &help())),
        ("keys", printed(&["keys", "--format", "markdown"])),
        ("captures", captures()),
        ("flow", fenced("ron", &flow(&file))),
        ("limits", limits()),
    ];
    let mut new = old.clone();
    let mut stale = Vec::new();
    for (name, expected) in &parts {
        let (start, end) = block(&new, name);
        if new[start..end] != **expected {
            stale.push(*name);
            new.replace_range(start..end, expected);
        }
    }
    if !stale.is_empty() && std::env::var_os("STRIDEBOARD_BLESS").is_some() {
        fs::write(house().join("README.md"), new).unwrap();
        return;
    }
    assert!(stale.is_empty(), "README.md: {stale:?} not up to date; `STRIDEBOARD_BLESS=1 cargo test docs` rewrites it");
}

#[test]
fn the_first_session_leaves_a_session_in_its_canonical_layout() {
    let file = played(&first_session(&readme()));
    let session = decode(file.as_bytes()).unwrap();
    assert_eq!(encode(&session), file);
    let flow = session.flows.iter().next().unwrap();
    assert_eq!((session.flows.len(), flow.threats.len(), session.mitigations.len()), (1, 1, 1));
    for id in codes(&readme()).iter().filter(|code| code.starts_with("T1-")) {
        assert!(file.contains(id.as_str()), "the README explains {id}, which is not in its session");
    }
}

#[test]
fn the_picture_is_the_screen_that_its_command_prints() {
    let text = readme();
    assert!(text.contains(&format!("--keys '{PICTURE}' --print 120x40")), "the README does not say how to print it");
    assert!(!text.contains('\t') && !text.contains('\u{1b}'));
}

/// Everything in a fenced block or in backticks that starts the program, without what comes before it.
fn invocations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
            continue;
        }
        let pieces = if inside { vec![line.to_owned()] } else { codes(line) };
        for piece in pieces {
            for part in piece.split(" | ").flat_map(|part| part.split(" && ")) {
                let part = part.split(" #").next().unwrap_or(part).trim();
                let part = part.trim_start_matches("$ ").trim_start_matches("run: ");
                let rest = part.strip_prefix("strideboard").or_else(|| part.strip_prefix("cargo run --release --"));
                found.extend(rest.filter(|rest| rest.starts_with(' ')).map(|rest| rest.trim().to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_command_and_option_the_readme_names_exists() {
    let text = readme() + &fs::read_to_string(house().join("docs/ci.md")).unwrap();
    let help = content(&text, "help").to_owned();
    let program = strideboard::cli::command();
    let long = |command: &clap::Command| -> BTreeSet<String> {
        let own = command.get_arguments().chain(program.get_arguments());
        let inner = command.get_subcommands().flat_map(clap::Command::get_arguments);
        own.chain(inner)
            .filter_map(|argument| argument.get_long())
            .chain(["help", "version"])
            .map(|long| format!("--{long}"))
            .collect()
    };
    let mut seen = BTreeSet::new();
    for invocation in invocations(&text.replace(&help, "")) {
        // Quoted words are keys and titles.
        let plain: String = invocation.split('\'').step_by(2).collect();
        let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "…").collect();
        let first = words.iter().find(|word| !word.starts_with('-')).copied().unwrap_or("");
        let command = program.find_subcommand(first).unwrap_or(&program);
        if command.get_name() == program.get_name() {
            let known = ["", "checkout", "aws-microservices", "SESSION", "120x40"].contains(&first);
            assert!(known, "`strideboard {invocation}`: `{first}` is neither a subcommand nor a session used here");
        }
        for option in words.iter().filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap();
            assert!(long(command).contains(option), "`strideboard {invocation}`: there is no `{option}`");
        }
        seen.insert(command.get_name().to_owned());
    }
    for command in ["new", "check", "fmt", "capture", "show", "keys", "strideboard"] {
        assert!(seen.contains(command), "the README never uses `{command}`: {seen:?}");
    }
}

#[test]
fn every_file_the_readme_links_to_is_there() {
    let text = readme();
    let mut links = 0;
    for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if target.starts_with("http") {
            continue;
        }
        links += 1;
        if let Some(heading) = target.strip_prefix('#') {
            let slug = |line: &str| {
                let kept = line
                    .to_lowercase()
                    .chars()
                    .filter(|c| c.is_alphanumeric() || " -".contains(*c))
                    .collect::<String>();
                kept.replace(' ', "-")
            };
            let headings =
                text.lines().filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")));
            assert!(headings.map(slug).any(|slug| slug == heading), "README.md has no heading for #{heading}");
        } else {
            assert!(house().join(target).exists(), "README.md links to {target}, which is not there");
        }
    }
    assert!(links > 3, "no links were found");
}

#[test]
fn every_path_the_readme_names_in_src_is_there() {
    let text = readme();
    let codes = text.lines().flat_map(codes).collect::<Vec<_>>();
    let missing: Vec<&String> = codes
        .iter()
        .filter(|code| ["src/", "tests/", "themes/"].iter().any(|top| code.starts_with(top)))
        // `x` stands for the new thing.
        .filter(|code| !code.contains("/x.") && !house().join(PathBuf::from(code.as_str())).exists())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_settings_of_the_readme_are_settings() {
    let text = readme();
    let source = text.split("```ron\n").map(|part| part.split("```").next().unwrap());
    let source = source.filter(|block| block.starts_with("Settings(")).collect::<String>();
    let (read, problems) = Settings::parse(&source);
    assert_eq!(problems, Vec::<String>::new());
    assert_ne!(read, Settings::default());
}

#[test]
fn the_sizes_the_readme_promises_are_the_sizes_of_the_view() {
    let text = readme();
    let ((width, height), (least, fewest)) = (strideboard::ui::ALL_PANES, strideboard::ui::SMALLEST);
    for size in [format!("{width}x{height}"), format!("{least}x{fewest}")] {
        assert!(text.contains(&size), "README.md does not mention {size}");
    }
    let mut replay = workbench(house(), (least, fewest));
    replay.open(&house().join("sessions").join("aws-microservices.tm.ron"));
    assert!(matches!(replay.model.screen, Screen::Workbench));
    assert!(!replay::text(replay.frame()).contains("too small"));
}
