//! `catalog stats`: how many threats each kind has for each letter, and what others ship.

use std::process::ExitCode;

use crate::{
    catalog::{
        Catalogue,
        stats::{Coverage, OTHERS, coverage, letters},
    },
    cli::{Console, Failure},
    session::Letter,
};

pub(super) fn run(catalogue: &Catalogue, console: Console) -> Result<ExitCode, Failure> {
    let mut page = console.page();
    page.heading("Threats of each kind, with those it inherits behind a plus");
    let mut rows = vec![header("kind")];
    rows.extend(coverage(catalogue).iter().map(kind));
    page.table(2, &rows);

    page.heading("Feature packs");
    let packs = catalogue.packs().iter().map(|pack| {
        let of = |letter: Letter| {
            pack.threats.iter().filter_map(|id| catalogue.threat(id)).filter(move |t| t.letter == letter)
        };
        row(&pack.id, &pack.threats.len().to_string(), Letter::ALL.map(|letter| number(of(letter).count(), 0)))
    });
    page.table(2, &std::iter::once(header("pack")).chain(packs).collect::<Vec<_>>());

    page.heading("Next to others, as counted in their repositories in November 2026");
    let ours = letters(catalogue).map(|count| number(count, 0));
    let mut rows = vec![
        noted(header("catalogue"), "what they are"),
        noted(row("strideboard", &catalogue.threats().len().to_string(), ours), "threats with question and controls"),
    ];
    rows.extend(OTHERS.iter().map(|other| {
        let six = other.letters.map_or_else(|| [const { String::new() }; 6], |six| six.map(|count| number(count, 0)));
        noted(row(other.name, &other.size.to_string(), six), other.note)
    }));
    page.table(2, &rows);
    console.print(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn header(what: &str) -> [String; 8] {
    row(what, "all", Letter::ALL.map(|letter| letter.to_string()))
}

fn kind(of: &Coverage<'_>) -> [String; 8] {
    let [own, inherited]: [usize; 2] = [of.own.iter().sum(), of.inherited.iter().sum()];
    let mut six = [const { String::new() }; 6];
    for (cell, counts) in six.iter_mut().zip(of.own.iter().zip(&of.inherited)) {
        *cell = number(*counts.0, *counts.1);
    }
    row(&of.kind.id, &number(own, inherited), six)
}

fn row(name: &str, all: &str, six: [String; 6]) -> [String; 8] {
    let mut cells = [name.to_owned(), all.to_owned()].into_iter().chain(six);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

fn noted(row: [String; 8], note: &str) -> [String; 9] {
    let mut cells = row.into_iter().chain([note.to_owned()]);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

fn number(own: usize, inherited: usize) -> String {
    match (own, inherited) {
        (0, 0) => "–".to_owned(),
        (own, 0) => own.to_string(),
        (own, inherited) => format!("{own}+{inherited}"),
    }
}
