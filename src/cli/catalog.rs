//! `catalog`: what is known beforehand about kinds, threats and controls.

mod lint;
mod list;
mod show;
mod stats;

use std::process::ExitCode;

use clap::Subcommand;

use super::{Console, Failure};
use crate::catalog::builtin;

/// What to do with the catalogue.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard catalog list threats --kind aws.s3
  strideboard catalog show aws.s3.I1
  strideboard catalog show CWE-79      every row that names a reference
  strideboard catalog list --format json | jq -r '.controls[] | select(.domain == \"people\") | .text'")]
pub struct Args {
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
    /// Count threats for each kind and letter, next to what other tools ship
    Stats,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let catalogue = builtin();
    match &args.action {
        Action::List(args) => list::run(args, catalogue, console),
        Action::Show(args) => show::run(args, catalogue, console),
        Action::Lint => lint::run(catalogue, console),
        Action::Stats => stats::run(catalogue, console),
    }
}
