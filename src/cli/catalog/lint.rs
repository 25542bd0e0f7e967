//! `catalog lint`: what is wrong with the rows, those of the team by file, line and column.

use std::process::ExitCode;

use crate::{
    catalog::lint::{self, Problem},
    cli::{Console, Failure, Kind, page::Ink, shown, team::relative},
    runtime::team::Found,
};

pub(super) fn run(found: &Found, console: Console) -> Result<ExitCode, Failure> {
    let catalogue = found.team.catalogue();
    let mut problems = lint::problems(catalogue);
    problems.extend(lint::baselines(&found.team));
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
    let rows: Vec<[String; 2]> = other.iter().map(|problem| [problem.id.clone(), problem.message.clone()]).collect();
    page.table(0, &rows);
    if problems.is_empty() {
        let [kinds, threats, controls] =
            [catalogue.kinds().all().len(), catalogue.threats().len(), catalogue.controls().len()];
        page.line(format!("{kinds} kinds, {threats} threats and {controls} controls: nothing is wrong"));
    }
    console.print(&page)?;
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { Kind::Findings.code() })
}
