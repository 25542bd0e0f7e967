//! `merge-driver`: what git calls to merge a session, so that two people's changes are merged record by record, or what a
//! review left beside one, so that nobody's signature is lost.
//!
//! Git believes a driver's exit code: 0 merged, 1 to 128 conflicts, more ends the whole merge. A driver that fails
//! without having written anything would leave our side, as if theirs never was. Two things keep that from happening:
//! what cannot be merged as sessions is merged line by line, with ordinary markers; and with `--handshake` the exit
//! codes are ones that no crash, no missing program and no older strideboard ends with, so that the shell line that
//! `git-setup` registers can tell.
//!
//! Refuses: touching `OURS` before the result is known to be one, and deciding what two people disagree about.

use std::{path::PathBuf, process::ExitCode};

use clap::ValueEnum;

use super::{
    Console, Failure, Kind,
    merge::{Conflicts, result, union},
    page::Ink,
    shown,
};
use crate::{
    format::{beside::Kept, session::decode},
    review::merge::{Merged, Names, merge},
    runtime::{git, store},
    session::Session,
};

/// With `--handshake`: merged.
pub(super) const MERGED: u8 = 40;
/// With `--handshake`: merged, with conflicts.
pub(super) const CONFLICTS: u8 = 41;
/// Git ends the whole merge and leaves everything as it was.
const ABORT: u8 = 200;

/// What git names a side while it makes a common ancestor for a merge with several.
const VIRTUAL: &str = "Temporary merge branch";

/// What git hands over.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
`strideboard git-setup install` registers this; git fills in the rest:
  strideboard merge-driver --handshake %O %A %B -l %L -p %P -s %S -x %X -y %Y

Exit codes: 0 merged, 1 conflicts, 200 nothing was done; with --handshake 40 and 41 instead of 0 and 1")]
pub struct Args {
    /// What both sides started from (%O); empty when both added the file
    #[arg(value_name = "BASE", value_hint = clap::ValueHint::FilePath)]
    base: PathBuf,
    /// Our side (%A); the result is written here
    #[arg(value_name = "OURS", value_hint = clap::ValueHint::FilePath)]
    ours: PathBuf,
    /// Their side (%B)
    #[arg(value_name = "THEIRS", value_hint = clap::ValueHint::FilePath)]
    theirs: PathBuf,
    /// Length of conflict markers (%L), if it is not given with -l
    #[arg(value_name = "SIZE")]
    size_too: Option<String>,
    /// Path of the session (%P), if it is not given with -p
    #[arg(value_name = "PATH")]
    path_too: Option<String>,
    /// Length of conflict markers (%L)
    #[arg(short = 'l', long, value_name = "SIZE")]
    marker_size: Option<String>,
    /// Path of the session (%P)
    #[arg(short, long, value_name = "PATH")]
    path: Option<String>,
    /// What the base is called (%S)
    #[arg(short = 's', long, value_name = "NAME", allow_hyphen_values = true)]
    base_name: Option<String>,
    /// What our side is called (%X)
    #[arg(short = 'x', long, value_name = "NAME", allow_hyphen_values = true)]
    ours_name: Option<String>,
    /// What their side is called (%Y)
    #[arg(short = 'y', long, value_name = "NAME", allow_hyphen_values = true)]
    theirs_name: Option<String>,
    /// How conflicts are written down
    #[arg(long, value_enum, default_value_t)]
    conflicts: Conflicts,
    /// Exit with 40 for merged and 41 for conflicts, which nothing else does
    #[arg(long)]
    handshake: bool,
}

pub(super) fn run(args: &Args, console: Console) -> ExitCode {
    let names = args.names();
    let decided = match Kept::of(&args.called()) {
        Some(kept) => joined(kept, args, &names),
        None => merged(args, &names, console),
    };
    let decided = decided.or_else(|failure| {
        console.report(&failure);
        console.remark(&format!("{} is merged line by line instead", args.called()));
        let labels = [names[1].as_str(), &names[0], &names[2]];
        git::merge_lines(labels, args.size(), [&args.base, &args.ours, &args.theirs]).map_err(Failure::from)
    });
    match decided {
        Ok(clean) => args.code(clean),
        Err(failure) => {
            console.report(&failure);
            ExitCode::from(ABORT)
        }
    }
}

/// Takes what both sides added to a file beside a session.
fn joined(kept: Kept, args: &Args, names: &[String; 3]) -> Result<bool, Failure> {
    let (ours, theirs) = (store::read(&args.ours)?, store::read(&args.theirs)?);
    let called = [1, 2].map(|side: usize| format!("{} ({})", args.called(), names[side]));
    let text = union(kept, [&ours.bytes, &theirs.bytes], &called)?;
    store::save(&args.ours, text.as_bytes(), Some(&ours.fingerprint))?;
    Ok(true)
}

/// Merges the three sessions; whether nothing is left to decide.
fn merged(args: &Args, names: &[String; 3], console: Console) -> Result<bool, Failure> {
    let read = |path: &PathBuf, side: &str| -> Result<(store::FileContent, Option<Session>), Failure> {
        let content = store::read(path)?;
        if content.bytes.is_empty() {
            return Ok((content, None));
        }
        let called = format!("{} ({side})", args.called());
        let session = decode(&content.bytes).map_err(|found| Failure::broken(called.as_ref(), &found))?;
        Ok((content, Some(session)))
    };
    let (_, base) = read(&args.base, &names[0])?;
    let (content, ours) = read(&args.ours, &names[1])?;
    let (_, theirs) = read(&args.theirs, &names[2])?;
    let (Some(ours), Some(theirs)) = (ours, theirs) else {
        return Err(Failure::new(Kind::Broken, format!("one side of {} is empty", args.called())));
    };
    let sides = Names { ours: &names[1], theirs: &names[2] };
    let merged = merge(base.as_ref(), &ours, &theirs, sides);
    let text = result(&merged.session, args.conflicts, sides, args.size())?;
    store::save(&args.ours, text.as_bytes(), Some(&content.fingerprint))?;
    if !names[1].starts_with(VIRTUAL) {
        tell(args, &merged, [&ours, &theirs], console);
    }
    Ok(merged.session.conflicts.is_empty())
}

/// What is left to decide, and how; nothing when there is nothing.
fn tell(args: &Args, merged: &Merged, [ours, theirs]: [&Session; 2], console: Console) {
    if merged.session.conflicts.is_empty() && merged.similar.is_empty() {
        return;
    }
    let mut page = console.error_page();
    page.line(format!("{}:", args.called()));
    super::merge::report(merged, ours, theirs, &mut page);
    if !merged.session.conflicts.is_empty() {
        let path = args.called();
        let hint = match args.conflicts {
            Conflicts::Records => format!(": strideboard resolve {path}, then git add {path}"),
            Conflicts::Markers => format!(": settle what stands between the markers, then git add {path}"),
        };
        page.parts(&[(Ink::Cyan, "hint"), (Ink::Plain, &hint)]);
    }
    console.remarks(&page);
}

impl Args {
    /// What the session is called where git told, else our side's file.
    fn called(&self) -> String {
        let given = self.path.as_ref().or(self.path_too.as_ref()).filter(|path| *path != "%P");
        given.cloned().unwrap_or_else(|| shown(&self.ours))
    }

    /// Names of base, ours and theirs; a git that does not know the placeholder hands it over as it is.
    fn names(&self) -> [String; 3] {
        let given = [(&self.base_name, "base"), (&self.ours_name, "ours"), (&self.theirs_name, "theirs")];
        given.map(|(name, usual)| {
            let name = name.as_deref().filter(|name| !matches!(*name, "" | "%S" | "%X" | "%Y")).unwrap_or(usual);
            // Longer ones are whole commit messages; they would make lines of the session that nobody reads.
            name.chars().take(100).collect()
        })
    }

    fn size(&self) -> usize {
        let given = self.marker_size.as_ref().or(self.size_too.as_ref());
        given.and_then(|size| size.parse().ok()).filter(|size| (1..200).contains(size)).unwrap_or(7)
    }

    fn code(&self, clean: bool) -> ExitCode {
        ExitCode::from(match (self.handshake, clean) {
            (true, true) => MERGED,
            (true, false) => CONFLICTS,
            (false, clean) => u8::from(!clean),
        })
    }
}

impl Conflicts {
    /// As it is typed.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}
