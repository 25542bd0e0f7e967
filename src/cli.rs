//! The command line: what is typed in a shell, and what comes back.
//!
//! Owns the arguments, one file per subcommand, and the way from a [`Failure`] to an exit code: 0 done, 1 usage, a
//! broken file or the system, 2 findings, differences or
//! conflicts, 3 that `check` could not look at everything. Results go to standard output, everything else to standard error.
//!
//! Refuses: deciding anything about a session (the pure rooms do), and sending a character of a file to the terminal as
//! it is (every line goes through a [`page::Page`]).
//!
//! To add a subcommand: a file here, a variant of [`Command`], an arm of `run`; the help snapshot shows the rest.

mod capture;
mod catalog;
mod check;
mod comment;
mod completions;
mod console;
mod diff;
mod endorse;
mod failure;
mod fmt;
mod forecast;
mod forge;
mod git_setup;
mod json;
mod keys;
mod list;
mod log;
mod man;
mod merge;
mod merge_driver;
mod minutes;
mod new;
pub mod open;
pub mod page;
mod practice;
mod recover;
mod resolve;
mod shell;
mod show;
mod size;
mod source;
mod team;
mod themes;
mod versions;
mod words;

pub use console::Console;
pub use failure::{Failure, Kind, Problem};
pub use size::Size;
pub use source::{find, shown};

use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, error::ErrorKind};

use crate::{
    app::key::Key,
    runtime::{color::ColorChoice, signals::survive_file_limit},
    ui::text::visible,
};

const EXAMPLES: &str = "\
Examples:
  strideboard new checkout             start a session, in sessions/ where there is such a folder
  strideboard checkout                 open it; a name is looked for here and in sessions/
  strideboard                          choose among the sessions here
  strideboard capture checkout < talk  write down one thing per line
  strideboard check sessions/          say what keeps them from being done; 2 if anything does
  strideboard show checkout | less     read a session without opening it
  strideboard diff main...HEAD         say what changed, the worst first

Exit codes: 0 done, 1 usage, a broken file or the system, 2 findings, 3 check could not look";

/// Facilitated STRIDE threat-modeling sessions in the terminal, saved as RON your team reviews in git
#[derive(Debug, Parser)]
#[command(
    name = "strideboard",
    version,
    max_term_width = 100,
    override_usage = "strideboard [OPTIONS] [SESSION]\n       strideboard [OPTIONS] <COMMAND>",
    disable_help_subcommand = true,
    after_long_help = EXAMPLES
)]
pub struct Cli {
    /// What the workbench is opened with.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What to do instead of opening the workbench.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// When to use colour; `auto` means on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorChoice,
}

/// How the workbench is opened.
#[derive(Debug, Clone, Default, PartialEq, clap::Args)]
pub struct OpenArgs {
    /// Session to open: a path, or a name without `.tm.ron`; a folder lists its sessions
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::AnyPath)]
    pub session: Option<String>,
    /// Press these keys after opening, such as `jj<tab>x`
    #[arg(long, value_name = "KEYS", value_parser = keys_of)]
    pub keys: Option<Keys>,
    /// Print the last frame at this size, such as 120x40, instead of using the terminal
    #[arg(long, value_name = "WxH")]
    pub print: Option<Size>,
    /// Use this theme; `strideboard themes` lists them
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

/// Keys to press, already read from their notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys(pub Vec<Key>);

fn keys_of(text: &str) -> Result<Keys, String> {
    Key::parse_sequence(text).map(Keys).map_err(|error| error.to_string())
}

/// What can be done without the workbench.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a session file
    New(new::Args),
    /// Learn by doing, in a session to practise with
    Practice(practice::Args),
    /// List every session below a folder
    List(list::Args),
    /// Show a session as text or JSON
    Show(show::Args),
    /// Write up a meeting for a wiki or a chat
    Minutes(minutes::Args),
    /// Estimate the next meeting from what meetings took
    Forecast(forecast::Args),
    /// Write down lines from a file or pipe
    Capture(capture::Args),
    /// Say what keeps sessions from being done
    Check(check::Args),
    /// Say what changed in sessions, worst first
    Diff(diff::Args),
    /// Say how risk went over the history
    Log(log::Args),
    /// Look at what changed since your last endorsement, and sign
    Endorse(endorse::Args),
    /// List, write and settle review comments
    Comment(comment::Args),
    /// Make one session of two, field by field
    Merge(merge::Args),
    /// Merge sessions for git, which calls this itself
    MergeDriver(merge_driver::Args),
    /// List and settle what a merge could not decide
    Resolve(resolve::Args),
    /// Teach a repository's git to merge and show sessions
    GitSetup(git_setup::Args),
    /// Rewrite session files in their canonical layout
    Fmt(fmt::Args),
    /// Save what a run that ended early did not save
    Recover(recover::Args),
    /// Look up kinds, threats and controls of the catalogue
    Catalog(catalog::Args),
    /// List every key of the workbench
    Keys(keys::Args),
    /// List the built-in themes, or print one as a file
    Themes(themes::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// How results are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs; stable and documented
    Json,
}

/// Reads the arguments, does what they ask for, and says how it went.
pub fn main() -> ExitCode {
    // Where it cannot be caught a limit ends the program, as it did before.
    drop(survive_file_limit());
    let (console, done) = match parse(env::args_os()) {
        Ok(cli) => {
            let console = Console::new(cli.color);
            (console, run(&cli, console))
        }
        Err(answer) => {
            let console = Console::new(ColorChoice::default());
            (console, answered(&answer, console))
        }
    };
    done.unwrap_or_else(|failure| {
        console.report(&failure);
        failure.kind.code()
    })
}

/// Help and version, or what is wrong with the arguments.
fn answered(answer: &clap::Error, console: Console) -> Result<ExitCode, Failure> {
    if !answer.use_stderr() {
        console.printed(answer.print().and_then(|()| io::stdout().flush()))?;
        return Ok(ExitCode::SUCCESS);
    }
    // clap repeats arguments as they are; read again as they are shown, they are wrong in the same way.
    let shown = env::args_os().map(|argument| OsString::from(&*visible(&argument.to_string_lossy())));
    match parse(shown) {
        Err(answer) if answer.use_stderr() => drop(answer.print()),
        _ => return Err(Failure::new(Kind::Usage, answer.render().to_string().trim_start_matches("error: ").trim())),
    }
    Ok(Kind::Usage.code())
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let cli = Cli::from_arg_matches(&command().try_get_matches_from(arguments)?)?;
    // clap's own rule for this would also read `--color never list` as a session called `list`.
    if cli.command.is_some() && cli.open != OpenArgs::default() {
        let message = "a subcommand takes its options after its name, and no session before it";
        return Err(command().error(ErrorKind::ArgumentConflict, message));
    }
    Ok(cli)
}

/// The whole command line, as clap sees it.
pub fn command() -> clap::Command {
    Cli::command()
}

fn run(cli: &Cli, console: Console) -> Result<ExitCode, Failure> {
    match &cli.command {
        None => open::run(&cli.open, console),
        Some(Command::New(args)) => new::run(args, console),
        Some(Command::Practice(args)) => practice::run(args, console),
        Some(Command::List(args)) => list::run(args, console),
        Some(Command::Show(args)) => show::run(args, console),
        Some(Command::Minutes(args)) => minutes::run(args, console),
        Some(Command::Forecast(args)) => forecast::run(args, console),
        Some(Command::Capture(args)) => capture::run(args, console),
        Some(Command::Check(args)) => check::run(args, console),
        Some(Command::Diff(args)) => diff::run(args, console),
        Some(Command::Log(args)) => log::run(args, console),
        Some(Command::Endorse(args)) => endorse::run(args, console),
        Some(Command::Comment(args)) => comment::run(args, console),
        Some(Command::Merge(args)) => merge::run(args, console),
        Some(Command::MergeDriver(args)) => Ok(merge_driver::run(args, console)),
        Some(Command::GitSetup(args)) => git_setup::run(args, console),
        Some(Command::Resolve(args)) => resolve::run(args, console),
        Some(Command::Fmt(args)) => fmt::run(args, console),
        Some(Command::Recover(args)) => recover::run(args, console),
        Some(Command::Catalog(args)) => catalog::run(args, console),
        Some(Command::Keys(args)) => keys::run(args, console),
        Some(Command::Themes(args)) => themes::run(args, console),
        Some(Command::Completions(args)) => completions::run(args, console),
        Some(Command::Man) => man::run(console),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        command().debug_assert();
    }

    #[test]
    fn help_is_an_imperative_without_a_full_stop() {
        for subcommand in command().get_subcommands() {
            let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(about.starts_with(char::is_uppercase) && !about.ends_with('.'), "{}", subcommand.get_name());
            for argument in subcommand.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty() && !help.ends_with('.'), "{} {}", subcommand.get_name(), argument.get_id());
            }
        }
    }
}
