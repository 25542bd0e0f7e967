//! `completions`: a script that teaches a shell the command line.

use std::process::ExitCode;

use clap_complete::Shell;

use super::{Console, Failure, Kind};

/// Which shell to print a script for.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard completions bash > ~/.local/share/bash-completion/completions/strideboard
  strideboard completions zsh > ~/.zfunc/_strideboard
  strideboard completions fish > ~/.config/fish/completions/strideboard.fish")]
pub struct Args {
    /// Shell that reads the script
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "strideboard", &mut script);
    let script = String::from_utf8(script)
        .map_err(|error| Failure::new(Kind::Io, format!("the script cannot be written: {error}")))?;
    console.print_raw(&script)?;
    Ok(ExitCode::SUCCESS)
}
