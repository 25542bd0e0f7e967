//! `practice`: a session to learn with, one instruction at a time.
//!
//! Owns where it lies. Refuses: replacing a file that is there; practice goes on in it.

use std::{fs, path::Path, process::ExitCode};

use super::{Console, Failure, Keys, OpenArgs, Size, open};
use crate::{
    app::practice::{NAME, TITLE},
    format::session::encode,
    runtime::{paths::SUFFIX, store},
    session::Session,
};

/// Where to practise.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard practice                  practice.tm.ron in this folder, made if it is not there
  strideboard practice ~/tmp/mine       ~/tmp/mine.tm.ron; go on with the same command")]
pub struct Args {
    /// File to practise in: a path, or a name without `.tm.ron`
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    file: Option<String>,
    /// Press these keys after opening
    #[arg(long, value_name = "KEYS", value_parser = super::keys_of)]
    keys: Option<Keys>,
    /// Print the last frame at this size, such as 80x24, instead of using the terminal
    #[arg(long, value_name = "WxH")]
    print: Option<Size>,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let typed = args.file.as_deref().map_or(NAME, str::trim);
    let named = Path::new(typed).extension().is_some_and(|end| end == "ron");
    let file = if named { typed.to_owned() } else { format!("{typed}{SUFFIX}") };
    let path = Path::new(&file);
    if fs::symlink_metadata(path).is_err() {
        store::save_as(path, encode(&Session::new(TITLE)).as_bytes())?;
    }
    open::run(&OpenArgs { session: Some(file), keys: args.keys.clone(), print: args.print, theme: None }, console)
}
