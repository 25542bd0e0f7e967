//! Parse, run, exit code.
//!
//! All of it is [`strideboard::cli::main`], so that tests and documentation see the same library as the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    strideboard::cli::main()
}
