//! `show`: a session as one text to read, or as JSON for programs.
//!
//! The text is in [`model`], [`register`] and [`review`]; the JSON, with its documentation, in [`record`].

mod model;
mod record;
mod register;
mod review;

use std::process::ExitCode;

use super::{Console, Failure, Format, json, source};
use crate::{
    app::outline::Outline,
    runtime::{beside, clock},
};

/// Which session to show.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard show checkout | less
  strideboard show checkout --format json | jq '.threats[] | select(.risk.level == \"critical\")'")]
pub struct Args {
    /// Session to show
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    session: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let source = source::open(&source::find_file(&args.session)?)?;
    let today = clock::today();
    match args.format {
        Format::Text => {
            let mut page = console.page();
            let outline = Outline::of(&source.session);
            model::write(&mut page, &source, &outline, today);
            register::write(&mut page, &source.session, &outline, today);
            review::write(&mut page, &source.session, &beside::read(&source.path)?);
            console.print(&page)?;
        }
        Format::Json => json::print(console, &record::of(&source, today))?,
    }
    Ok(ExitCode::SUCCESS)
}
