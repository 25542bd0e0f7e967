//! `themes`: what is built in, and a file to start an own theme from.

use std::process::ExitCode;

use super::{Console, Failure, Kind};
use crate::{
    format::nearest::nearest,
    ui::theme::{BUILTIN, Theme},
};

/// Which theme to print.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Theme to print as a file; all are listed when absent
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    match &args.name {
        None => {
            let about = |name: &str| Theme::builtin(name).map_or_else(String::new, |theme| theme.about);
            let rows: Vec<[String; 2]> = BUILTIN.iter().map(|(name, _)| [(*name).to_owned(), about(name)]).collect();
            let mut page = console.page();
            page.table(0, &rows);
            console.print(&page)?;
        }
        Some(name) => console.print_raw(file(name)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn file(name: &str) -> Result<&'static str, Failure> {
    let names = || BUILTIN.iter().map(|(known, _)| *known);
    BUILTIN.iter().find(|(known, _)| *known == name).map(|(_, source)| *source).ok_or_else(|| {
        let failure = Failure::new(Kind::Usage, format!("there is no theme `{name}`"));
        match nearest(name, names()) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint(format!("the themes are {}", names().collect::<Vec<_>>().join(", "))),
        }
    })
}
