//! `new`: a session file with a title and nothing else in it, or with what a template draws.
//!
//! Owns where a name leads to. Refuses: replacing a file that is there.

mod template;

use std::{
    fs,
    path::{MAIN_SEPARATOR, Path, PathBuf},
    process::ExitCode,
};

use super::{Console, Failure, Kind, shown, team};
use crate::{
    format::session::encode,
    runtime::{
        paths::{FOLDER, SUFFIX},
        store,
    },
    session::{Session, id::slug},
};

/// What to create.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard new checkout                       sessions/checkout.tm.ron, or checkout.tm.ron without that folder
  strideboard new 'Sign in' --title 'Sign-in'    sessions/sign-in.tm.ron
  strideboard new services/pay/pay.tm.ron        exactly that file
  strideboard new --template list                what there is to begin with
  strideboard new shop --template aws-web-hosting --set customer=Guest --set records=Bookings
  strideboard new shop --template ./ours.ron     a template from a file; those that strideboard.ron names go by name")]
pub struct Args {
    /// Name of the session, or a path: with a `/` or `.ron` it is taken as given
    #[arg(value_name = "NAME", required_unless_present = "template")]
    name: Option<String>,
    /// Title of the session; its name when absent
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Begin with a model: the name of a template, or the path of a file; `list` shows them
    #[arg(long, value_name = "TEMPLATE", value_hint = clap::ValueHint::FilePath)]
    template: Option<String>,
    /// Answer a question of the template; without a terminal the others take their defaults
    #[arg(long, value_name = "NAME=VALUE", requires = "template", value_parser = template::setting)]
    set: Vec<template::Setting>,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    if args.template.as_deref() == Some(template::LIST) && args.name.is_none() {
        let mut page = console.page();
        template::list(&mut page, &team::or_builtin(&path_of("new"), console).team);
        console.print(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = args.name.as_deref().map_or("", str::trim);
    if name.is_empty() {
        return Err(Failure::new(Kind::Usage, "a session needs a name")
            .hint("for example `strideboard new checkout`, or `strideboard new checkout --template webhooks`"));
    }
    let path = path_of(name);
    // Asked beforehand, because saving what a file already holds is no error to the store.
    if fs::symlink_metadata(&path).is_ok() {
        let failure = Failure::new(Kind::Usage, format!("{} already exists", shown(&path)));
        return Err(failure.hint("choose another name, or open it with `strideboard NAME`"));
    }
    let title = args.title.as_deref().map_or_else(|| title_of(name), str::trim);
    let session = match &args.template {
        Some(template) => {
            let team = team::or_builtin(&path, console).team;
            template::session(template, &args.set, title, &team, console)?
        }
        None => Session::new(title),
    };
    store::save_as(&path, encode(&session).as_bytes())?;
    let mut page = console.page();
    page.line(shown(&path));
    console.print(&page)?;
    console.remark(&format!("next: strideboard {}", quoted(&shown(&path))));
    if !shown(&path).ends_with(SUFFIX) {
        console.remark(&format!("note: `strideboard list` finds files that end in {SUFFIX}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn is_path(name: &str) -> bool {
    name.contains(['/', MAIN_SEPARATOR]) || is_file(name)
}

fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "ron")
}

fn path_of(name: &str) -> PathBuf {
    if is_file(name) {
        return PathBuf::from(name);
    }
    if is_path(name) {
        // The suffix is what `list` and the name without it are found by.
        return PathBuf::from(format!("{name}{SUFFIX}"));
    }
    let file = format!("{}{SUFFIX}", slug(name));
    let folder = Path::new(FOLDER);
    if folder.is_dir() { folder.join(file) } else { PathBuf::from(file) }
}

/// What a session is called when only its file was named.
fn title_of(name: &str) -> &str {
    let last = name.rsplit(['/', MAIN_SEPARATOR]).next().unwrap_or(name);
    [SUFFIX, ".ron"].iter().find_map(|suffix| last.strip_suffix(suffix)).unwrap_or(last)
}

/// A word for a shell, quoted if it has to be.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/\\._-:".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
