//! `catalog`: what is known beforehand about kinds, threats and controls.

mod lint;
mod list;
mod promote;
mod show;
mod stats;

use std::{path::Path, process::ExitCode};

use clap::Subcommand;

use super::{Console, Failure, source, team};
use crate::runtime::{
    paths,
    team::{Found, find},
};

/// What to do with the catalogue.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard catalog list threats --kind aws.s3
  strideboard catalog show aws.s3.I1
  strideboard catalog show CWE-79      every row that names a reference
  strideboard catalog promote checkout T3 --to threat-catalogue/web.ron
  strideboard catalog stats sessions/  how often rows are taken
  strideboard catalog list --format json | jq -r '.controls[] | select(.domain == \"people\") | .text'")]
pub struct Args {
    /// Leave out what the team's strideboard.ron lays over it
    #[arg(long, global = true)]
    builtin: bool,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List kinds, threats, controls and feature packs
    List(list::Args),
    /// Show a kind, a threat, a control or a pack, or every row that names a reference
    Show(show::Args),
    /// Say what is wrong with the rows of the catalogue
    Lint,
    /// Turn a threat of a session into a row for the team's catalogue, ready for review
    Promote(promote::Args),
    /// Count threats for each kind and letter, next to what other tools ship, and how often sessions use them
    Stats(stats::Args),
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    // Beside the sessions is where the file usually is, and here is where a command usually runs.
    let here = Path::new(".");
    let sessions = Path::new(paths::FOLDER);
    let found = match &args.action {
        _ if args.builtin => Ok(Found::default()),
        Action::Stats(args) if args.folder.is_some() => team::of(args.folder.as_deref().unwrap_or(here)),
        Action::Promote(args) => team::of(team::folder_of(&source::find_file(&args.session)?)),
        _ if find(here).is_none() && sessions.is_dir() => team::of(sessions),
        _ => team::of(here),
    };
    let found = match found {
        Ok(found) => found,
        Err(failures) => return team::last(failures, console),
    };
    let catalogue = found.team.catalogue();
    match &args.action {
        Action::List(args) => list::run(args, catalogue, console),
        Action::Show(args) => show::run(args, &found, console),
        Action::Lint => lint::run(&found, console),
        Action::Promote(args) => promote::run(args, &found.team, console),
        Action::Stats(args) => stats::run(args, catalogue, console),
    }
}
