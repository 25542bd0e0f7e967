//! The workbench: the event loop on a terminal, or a replay that prints its last frame.

use std::process::ExitCode;

use super::{Console, Failure, Kind, OpenArgs};

/// Opens the workbench.
pub fn run(_args: &OpenArgs, _console: Console) -> Result<ExitCode, Failure> {
    Err(Failure::new(Kind::Usage, "the workbench is not built yet")
        .hint("see `strideboard --help` for the subcommands"))
}
