//! `man`: the manual page, made from the same words as the help.

use std::{io, process::ExitCode};

use clap_mangen::Man;

use super::{Console, Failure, Kind};

pub(super) fn run(console: Console) -> Result<ExitCode, Failure> {
    let failed = |error: io::Error| Failure::new(Kind::Io, format!("the manual page cannot be written: {error}"));
    let mut page = Vec::new();
    Man::new(super::command()).render(&mut page).map_err(failed)?;
    let page = String::from_utf8(page).map_err(|error| failed(io::Error::other(error)))?;
    console.print_raw(&page)?;
    Ok(ExitCode::SUCCESS)
}
