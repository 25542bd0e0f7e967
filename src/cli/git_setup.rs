//! `git-setup`: teaching the git of one clone to merge and show sessions, taking it back, and saying whether it works.
//!
//! Owns what is registered: lines in `.gitattributes` (or in `.git/info/attributes`), a merge driver, how differences are
//! shown, and hooks for who asks for them. All of it degrades: where strideboard is missing, git merges and shows sessions
//! as text. Doing it twice is doing it once.
//!
//! Refuses: replacing a driver, an attribute or a hook that somebody else set, unless told to with `--force`; a hook of
//! somebody else is never replaced.

mod attributes;
mod doctor;
mod hooks;
mod lines;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Subcommand, ValueEnum};

use super::{
    Console, Failure, Kind,
    merge::Conflicts,
    page::{Ink, Page},
    shown, versions,
};
use crate::runtime::git::Repository;
use hooks::Hook;
use lines::Program;

/// What to do with git's settings.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard git-setup install                       attributes, merge driver, hunk headers
  strideboard git-setup install --hooks pre-commit,pre-merge-commit
  strideboard git-setup install --attributes info     without touching a file of the team
  strideboard git-setup doctor                        does it work? 2 if not
  strideboard git-setup uninstall

Everybody does this once for each clone; the lines in .gitattributes are committed once.
A clone without it merges sessions as text.")]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Register everything in this clone
    Install(Install),
    /// Take everything back that install registered
    Uninstall,
    /// Say what is registered, whether it is in effect, and try a merge
    Doctor,
}

#[derive(Debug, clap::Args)]
struct Install {
    /// Where the lines about sessions go
    #[arg(long, value_enum, default_value_t)]
    attributes: Where,
    /// Hooks to put in as well
    #[arg(long, value_enum, value_name = "HOOK", value_delimiter = ',')]
    hooks: Vec<Hook>,
    /// How the driver writes conflicts down
    #[arg(long, value_enum, default_value_t)]
    conflicts: Conflicts,
    /// Program that git calls; its name where it is on the PATH, else its path
    #[arg(long, value_name = "PROGRAM", value_hint = clap::ValueHint::ExecutablePath)]
    program: Option<String>,
    /// Replace a driver or attribute that somebody else set
    #[arg(long)]
    force: bool,
}

/// Which file says that sessions are sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Where {
    /// `.gitattributes`, to be committed for everybody
    #[default]
    Tracked,
    /// `.git/info/attributes`, in this clone alone
    Info,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    // Everything is asked and written from the top, whichever folder this runs in.
    let repository = Repository::around(&versions::repository()?.top())?;
    match &args.action {
        Action::Install(install) => installed(&repository, install, console),
        Action::Uninstall => uninstalled(&repository, console),
        Action::Doctor => doctor::run(&repository, console),
    }
}

/// The key of a setting.
fn key(name: &str) -> String {
    let group = if matches!(name, "driver" | "name") { "merge" } else { "diff" };
    format!("{group}.{}.{name}", lines::NAME)
}

/// What git's configuration says.
fn setting(repository: &Repository, name: &str) -> Result<Option<String>, Failure> {
    Ok(repository.told(["config", "--get", &key(name)])?)
}

fn installed(repository: &Repository, args: &Install, console: Console) -> Result<ExitCode, Failure> {
    let program = match &args.program {
        Some(given) => Program(given.clone()),
        None => Program(this_program()?),
    };
    let wanted = lines::settings(&program, args.conflicts);
    if let Some(driver) = setting(repository, "driver")?
        && !lines::is_ours(&driver)
        && !args.force
    {
        let failure = Failure::new(Kind::Usage, format!("git merges sessions with something else: `{driver}`"));
        return Err(failure.hint("`strideboard git-setup install --force` replaces it"));
    }
    if let Some(other) = attributes::foreign(repository)?.filter(|_| !args.force) {
        let failure = Failure::new(Kind::Usage, format!("an attributes file says that sessions merge with `{other}`"));
        return Err(failure.hint("take that line out, or add ours after it with --force"));
    }
    let mut page = console.page();
    for (name, value) in &wanted {
        repository.set_up(["config", "--local", "--replace-all", &key(name), value])?;
    }
    let driver = lines::driver(&program, args.conflicts);
    done(&mut page, "merge driver", &driver);
    let file = attributes::path(repository, args.attributes)?;
    let added = attributes::add(&file)?;
    done(&mut page, "attributes", &format!("{} {}", if added { "added to" } else { "stands in" }, shown(&file)));
    for hook in &args.hooks {
        let put = hooks::install(repository, *hook, &program)?;
        match put {
            hooks::Put::Ours(path) => done(&mut page, "hook", &shown(&path)),
            hooks::Put::Foreign(path) => {
                let line = hooks::line(*hook, &program);
                console.warn("", &format!("{} is not ours and was left alone; add this to it: {line}", shown(&path)));
            }
        }
    }
    page.line(match args.attributes {
        Where::Tracked => "commit .gitattributes once; everybody runs `strideboard git-setup install` in their clone",
        Where::Info => "this clone alone knows; `--attributes tracked` is for everybody",
    });
    console.print(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn uninstalled(repository: &Repository, console: Console) -> Result<ExitCode, Failure> {
    let mut page = console.page();
    match repository.told(["config", "--local", "--get", &key("driver")])? {
        Some(driver) if !lines::is_ours(&driver) => {
            console.warn("", &format!("the merge driver is not ours and was left alone: {driver}"));
        }
        found => {
            for (name, _) in lines::settings(&Program(String::new()), Conflicts::default()) {
                if repository.told(["config", "--local", "--get", &key(name)])?.is_some() {
                    repository.set_up(["config", "--local", "--unset-all", &key(name)])?;
                }
            }
            if found.is_some() {
                done(&mut page, "merge driver", "taken out");
            }
        }
    }
    for place in [Where::Tracked, Where::Info] {
        let file = attributes::path(repository, place)?;
        if attributes::remove(&file)? {
            let others = match place {
                Where::Tracked => "; for everybody who shares the repository, once this is committed",
                Where::Info => "",
            };
            done(&mut page, "attributes", &format!("taken out of {}{others}", shown(&file)));
        }
    }
    for hook in Hook::value_variants() {
        if let Some(path) = hooks::remove(repository, *hook)? {
            done(&mut page, "hook", &format!("{} removed", shown(&path)));
        }
    }
    if page.as_str().is_empty() {
        page.line("nothing of strideboard was registered here");
    }
    console.print(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn done(page: &mut Page, what: &str, text: &str) {
    page.parts(&[(Ink::Bold, what), (Ink::Plain, ": "), (Ink::Plain, text)]);
}

/// This program by its name where the shell would find it, else by its path.
fn this_program() -> Result<String, Failure> {
    let unknown = |_| Failure::new(Kind::Io, "the path of this program is not known").hint("name it with --program");
    let this = env::current_exe().and_then(fs::canonicalize).map_err(unknown)?;
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&folders).map(|folder| folder.join(format!("strideboard{}", env::consts::EXE_SUFFIX)));
    let first = found.into_iter().find(|path| path.is_file());
    if first.and_then(|path| fs::canonicalize(path).ok()).is_some_and(|path| path == this) {
        return Ok("strideboard".to_owned());
    }
    this.into_os_string().into_string().map_err(|path| {
        let failure = Failure::new(Kind::Usage, format!("{} cannot be written into a setting", path.to_string_lossy()));
        failure.hint("put strideboard on the PATH, or name it with --program")
    })
}

/// A path of git's own folder.
fn own_path(repository: &Repository, name: &str) -> Result<PathBuf, Failure> {
    let told = repository.told(["rev-parse", "--git-path", name])?;
    told.map(|path| repository.top().join(Path::new(&path)))
        .ok_or_else(|| Failure::new(Kind::Io, format!("git does not say where its {name} are")))
}
