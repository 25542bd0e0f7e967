//! `catalog promote`: a threat of a session as a row for the team's catalogue.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    catalog::Team,
    cli::{Console, Failure, Kind, shown, source, words::count},
    format::{nearest::nearest, team},
    runtime::team::{NotAdded, add},
    session::{Place, Session, Threat},
};

/// Which threat, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Session the threat is in
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    pub(super) session: String,
    /// The threat, such as T3
    #[arg(value_name = "THREAT")]
    threat: String,
    /// Add the row to this file of the team instead of printing it; made when it is not there
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    to: Option<PathBuf>,
}

pub(super) fn run(args: &Args, of: &Team, console: Console) -> Result<ExitCode, Failure> {
    let source = source::open(&source::find_file(&args.session)?)?;
    let (place, threat) = called(&source.session, &args.threat)?;
    let Some(promoted) = of.catalogue().promote(&source.session, &place, threat) else {
        let failure = Failure::new(
            Kind::Usage,
            format!("{} has no place yet, so a row would be about nothing", threat.id.short()),
        );
        return Err(failure.hint("file it to a flow or component first"));
    };
    let id = &promoted.row.id;
    match &args.to {
        None => {
            let mut page = console.page();
            team::row(&promoted.row).lines().for_each(|line| page.line(line));
            console.print(&page)?;
        }
        Some(path) => {
            add(path, &promoted.row).map_err(|error| not_added(path, error))?;
            console.remark(&format!("{id} stands in {} now, for review", shown(path)));
        }
    }
    if !promoted.left.is_empty() {
        console.remark(&format!("before it is a good row, {}:", count(promoted.left.len(), "thing")));
        promoted.left.iter().for_each(|line| console.remark(&format!("  {line}")));
    }
    Ok(ExitCode::SUCCESS)
}

fn called<'s>(session: &'s Session, said: &str) -> Result<(Place, &'s Threat), Failure> {
    let mut all = session.threats().filter(|(_, threat)| {
        threat.id.to_string().eq_ignore_ascii_case(said) || threat.id.short().eq_ignore_ascii_case(said)
    });
    match (all.next(), all.next()) {
        (Some(found), None) => Ok(found),
        (Some((_, first)), Some(_)) => {
            let failure = Failure::new(Kind::Usage, format!("`{said}` names more than one threat"));
            Err(failure.hint(format!("write the whole id, such as {}", first.id)))
        }
        (None, _) => {
            let known: Vec<String> = session.threats().map(|(_, threat)| threat.id.short()).collect();
            let failure = Failure::new(Kind::Usage, format!("there is no threat `{said}` in the session"));
            Err(match nearest(said, known.iter().map(String::as_str)) {
                Some(near) => failure.hint(format!("did you mean `{near}`?")),
                None => failure.hint("`strideboard show SESSION` lists them"),
            })
        }
    }
}

fn not_added(path: &Path, error: NotAdded) -> Failure {
    match error {
        NotAdded::Read(error) => error.into(),
        NotAdded::Save(error) => error.into(),
        NotAdded::Broken(problems) => {
            let failure = Failure::broken(path, &problems);
            Failure { message: format!("the row was not added, and {} is as it was", shown(path)), ..failure }
        }
    }
}
