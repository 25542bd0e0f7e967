//! Whether what is registered is in effect: settings, attributes, hooks, and one real merge.
//!
//! The merge happens in a repository of its own in a temporary folder, with the driver line as it is registered here, on
//! two changes that lines alone cannot merge.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::ValueEnum;

use super::{attributes, hooks, hooks::Hook, key, lines, setting};
use crate::{
    cli::{Console, Failure, Kind, merge::Conflicts, page::Ink, shown, source::reason, versions::is_session},
    runtime::git::{Repository, Tree},
};

/// How a part of the setup is.
enum State {
    Good(String),
    Note(String),
    Bad(String, &'static str),
}

const INSTALL: &str = "strideboard git-setup install";

pub(super) fn run(repository: &Repository, console: Console) -> Result<ExitCode, Failure> {
    let mut found = vec![version(repository)?];
    let driver = setting(repository, "driver")?;
    found.push(match &driver {
        None => State::Bad("no merge driver is registered; sessions are merged as text".to_owned(), INSTALL),
        Some(line) if !lines::is_ours(line) => {
            State::Bad(format!("the merge driver is somebody else's: {line}"), "strideboard git-setup install --force")
        }
        Some(line) if !is_present(line) => {
            State::Bad(format!("the merge driver was registered by another version: {line}"), INSTALL)
        }
        Some(_) => State::Good("the merge driver is registered".to_owned()),
    });
    found.push(display(repository)?);
    found.extend(attributes_of_sessions(repository)?);
    for hook in Hook::value_variants() {
        let path = hooks::path(repository, *hook)?;
        if hooks::is_ours(&path) {
            found.push(State::Good(format!("the hook {} is ours", hook.file())));
        } else if path.exists() {
            found.push(State::Note(format!("the hook {} is somebody else's and does what it does", hook.file())));
        }
    }
    if let Some(line) = driver.filter(|line| lines::is_ours(line)) {
        found.push(trial(&line)?);
    }
    let mut page = console.page();
    let mut bad = 0;
    for state in &found {
        match state {
            State::Good(text) => page.parts(&[(Ink::Bold, "good"), (Ink::Plain, "  "), (Ink::Plain, text)]),
            State::Note(text) => page.parts(&[(Ink::Yellow, "note"), (Ink::Plain, "  "), (Ink::Plain, text)]),
            State::Bad(text, hint) => {
                bad += 1;
                page.parts(&[(Ink::Red, "bad"), (Ink::Plain, "   "), (Ink::Plain, text)]);
                page.parts(&[(Ink::Plain, "      "), (Ink::Cyan, "hint"), (Ink::Plain, ": "), (Ink::Plain, hint)]);
            }
        }
    }
    console.print(&page)?;
    Ok(if bad == 0 { ExitCode::SUCCESS } else { Kind::Findings.code() })
}

/// Whether this version would write the same line, with whatever program.
fn is_present(line: &str) -> bool {
    let behind = |line: &str| line.split_once(" merge-driver ").map(|(_, rest)| rest.to_owned());
    let program = lines::Program("strideboard".to_owned());
    let known = [Conflicts::Records, Conflicts::Markers].map(|conflicts| behind(&lines::driver(&program, conflicts)));
    known.contains(&behind(line))
}

fn version(repository: &Repository) -> Result<State, Failure> {
    let told = repository.told(["version"])?.unwrap_or_default();
    let mut numbers = told.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<u32>().ok());
    let known = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    // Since then it names the sides of a merge.
    Ok(if known < (2, 44) {
        State::Note(format!("{told} does not name the sides of a merge; conflicts say ours and theirs"))
    } else {
        State::Good(told)
    })
}

fn display(repository: &Repository) -> Result<State, Failure> {
    if repository.told(["config", "--get", &key("command")])?.is_some() {
        let text = "`git diff` runs a program for sessions; without it, it ends with an error".to_owned();
        return Ok(State::Bad(text, "git config --unset-all diff.strideboard.command"));
    }
    Ok(match setting(repository, "xfuncname")? {
        Some(_) => State::Good("`git diff` and `git log` name the record of a change".to_owned()),
        None => State::Bad("`git diff` does not name the record of a change".to_owned(), INSTALL),
    })
}

/// Whether every session is one for git, and what may lie beside it is, too.
fn attributes_of_sessions(repository: &Repository) -> Result<Vec<State>, Failure> {
    let files = repository.files(&Tree::Index)?;
    let sessions: Vec<PathBuf> = files.into_iter().map(|entry| entry.path).filter(|path| is_session(path)).collect();
    let asked = if sessions.is_empty() { vec![PathBuf::from(attributes::ANY)] } else { sessions };
    let mut states = Vec::new();
    for session in &asked {
        let paths = attributes::with_beside(session);
        for (path, value) in paths.iter().zip(attributes::of(repository, "merge", &paths)?) {
            if value != lines::NAME {
                let how = if value == "unspecified" { "any text".to_owned() } else { format!("`{value}`") };
                let text = format!("git merges {} as {how}", shown(path));
                states.push(State::Bad(text, "look for the line about it in .gitattributes; install adds one"));
            }
        }
    }
    if states.is_empty() {
        states.push(State::Good("the attributes of sessions are in effect".to_owned()));
    }
    Ok(states)
}

const BASE: &str = "Session(\n    format: 1,\n    title: \"trial\",\n)\n";
const OURS: &str = "Session(\n    format: 1,\n    title: \"trial\",\n    scope: [\"ours\"],\n)\n";
const THEIRS: &str = "Session(\n    format: 1,\n    title: \"trial\",\n    owner: \"theirs\",\n)\n";

/// Merges two sessions with the driver as it is registered.
fn trial(driver: &str) -> Result<State, Failure> {
    let failed = |error: std::io::Error| Failure::new(Kind::Io, format!("no trial merge: {}", reason(&error)));
    let folder = tempfile::tempdir().map_err(failed)?;
    let text = merged(folder.path(), driver).map_err(failed)??;
    Ok(if text.contains("\"ours\"") && text.contains("\"theirs\"") && !text.contains("<<<<<<<") {
        State::Good("a trial merge came out as it should".to_owned())
    } else if text.contains("<<<<<<<") {
        let said = "a trial merge was done by lines: git did not find strideboard, or it failed".to_owned();
        State::Bad(said, "put strideboard on the PATH of git, or install with --program PATH")
    } else {
        State::Bad("a trial merge lost a side".to_owned(), INSTALL)
    })
}

fn merged(folder: &Path, driver: &str) -> std::io::Result<Result<String, Failure>> {
    let session = folder.join("trial.tm.ron");
    let run = |arguments: &[&str]| -> Result<(), Failure> {
        let name = ["-c", "user.name=trial", "-c", "user.email=trial@localhost", "-c", "commit.gpgSign=false"];
        let hooks = ["-c", "core.hooksPath=/dev/null"];
        Ok(Repository::alone(folder).set_up(name.iter().chain(&hooks).chain(arguments).copied())?)
    };
    let commit = |text: &str| -> std::io::Result<Result<(), Failure>> {
        fs::write(&session, text)?;
        Ok(run(&["add", "."]).and_then(|()| run(&["commit", "--quiet", "--message", "trial"])))
    };
    fs::write(folder.join(".gitattributes"), lines::attributes(&lines::ATTRIBUTES))?;
    let started = run(&["init", "--quiet"])
        .and_then(|()| run(&["config", &key("driver"), driver]))
        .and_then(|()| run(&["checkout", "--quiet", "-b", "ours"]));
    if let Err(failure) = started {
        return Ok(Err(failure));
    }
    for (text, after) in [
        (BASE, &["checkout", "--quiet", "-b", "theirs"][..]),
        (THEIRS, &["checkout", "--quiet", "ours"]),
        (OURS, &["version"]),
    ] {
        if let Err(failure) = commit(text)?.and_then(|()| run(after)) {
            return Ok(Err(failure));
        }
    }
    // With conflicts git says no; what it leaves says more.
    let _ = run(&["merge", "--quiet", "--no-edit", "theirs"]);
    fs::read_to_string(&session).map(Ok)
}
