//! `catalog lint`: what is wrong with the rows.

use std::process::ExitCode;

use crate::{
    catalog::{Catalogue, lint::problems},
    cli::{Console, Failure, Kind},
};

pub(super) fn run(catalogue: &Catalogue, console: Console) -> Result<ExitCode, Failure> {
    let problems = problems(catalogue);
    let mut page = console.page();
    let rows: Vec<[String; 2]> = problems.iter().map(|problem| [problem.id.clone(), problem.message.clone()]).collect();
    page.table(0, &rows);
    if problems.is_empty() {
        let [kinds, threats, controls] =
            [catalogue.kinds().all().len(), catalogue.threats().len(), catalogue.controls().len()];
        page.line(format!("{kinds} kinds, {threats} threats and {controls} controls: nothing is wrong"));
    }
    console.print(&page)?;
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { Kind::Findings.code() })
}
