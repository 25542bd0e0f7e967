//! `catalog lint`: what is wrong with the rows and templates, those of the team by file, line and column.

use std::{collections::BTreeMap, path::Path, process::ExitCode};

use crate::{
    app::template::start,
    catalog::lint::{self, Problem},
    cli::{Console, Failure, Kind, page::Ink, shown, team::relative},
    format::session::Position,
    runtime::{clock, team::Found},
};

pub(super) fn run(found: &Found, console: Console) -> Result<ExitCode, Failure> {
    let catalogue = found.team.catalogue();
    let mut problems = lint::problems(catalogue);
    problems.extend(lint::baselines(&found.team));
    let undrawn = undrawn(found);
    let mut page = console.page();
    let (own, other): (Vec<Problem>, Vec<Problem>) =
        problems.iter().cloned().partition(|problem| found.places.contains_key(&problem.id));
    let mut own: Vec<_> = own.iter().map(|problem| (&found.places[&problem.id], problem)).collect();
    own.sort();
    for ((path, at), problem) in own {
        let place = format!("{}:{at}: ", shown(&relative(path)));
        page.parts(&[
            (Ink::Bold, &place),
            (Ink::Plain, &problem.id),
            (Ink::Plain, ": "),
            (Ink::Plain, &problem.message),
        ]);
    }
    for (path, at, message) in &undrawn {
        let place = format!("{}:{at}: ", shown(&relative(path)));
        page.parts(&[(Ink::Bold, &place), (Ink::Plain, message)]);
    }
    let rows: Vec<[String; 2]> = other.iter().map(|problem| [problem.id.clone(), problem.message.clone()]).collect();
    page.table(0, &rows);
    let clean = problems.is_empty() && undrawn.is_empty();
    if clean {
        let [kinds, threats, controls] =
            [catalogue.kinds().all().len(), catalogue.threats().len(), catalogue.controls().len()];
        page.line(format!("{kinds} kinds, {threats} threats and {controls} controls: nothing is wrong"));
    }
    console.print(&page)?;
    Ok(if clean { ExitCode::SUCCESS } else { Kind::Findings.code() })
}

/// What keeps the team's templates from being drawn with their defaults, and where they stand.
fn undrawn(found: &Found) -> Vec<(&Path, Position, String)> {
    let mut said = Vec::new();
    for (id, (path, at)) in &found.templates {
        let Some(template) = found.team.template(id) else { continue };
        let drawn = start(template, &BTreeMap::new(), found.team.kinds(), id, clock::today(), &mut clock::random);
        said.extend(drawn.err().into_iter().flatten().map(|error| (path.as_path(), *at, format!("{id}: {error}"))));
    }
    said
}
