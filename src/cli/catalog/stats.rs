//! `catalog stats`: how many threats each kind has for each letter, what others ship, and what sessions make of it.

use std::{path::PathBuf, process::ExitCode};

use crate::{
    catalog::{
        Catalogue,
        stats::{Coverage, OTHERS, coverage, letters},
        usage::Usage,
    },
    cli::{Console, Failure, Kind, page::Page, shown, source, words::count},
    session::Letter,
};

/// What to count.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Count what the sessions below this folder took, withdrew and left
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(super) folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args, catalogue: &Catalogue, console: Console) -> Result<ExitCode, Failure> {
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
    let mut failures = Vec::new();
    if let Some(folder) = &args.folder {
        let (paths, missing) = source::find_all(&[shown(folder)]);
        failures = missing;
        let mut usage = Usage::default();
        for path in &paths {
            match source::open(path) {
                Ok(source) => usage.count(&source.session),
                Err(failure) => failures.push(failure),
            }
        }
        used(&mut page, catalogue, &usage);
    }
    console.print(&page)?;
    for failure in &failures {
        console.report(failure);
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { Kind::Broken.code() })
}

/// What sessions made of the rows.
fn used(page: &mut Page, catalogue: &Catalogue, usage: &Usage) {
    let sessions = count(usage.sessions, "session");
    page.heading(&format!("Rows that {sessions} took, the most used first"));
    let mut rows = vec![["row", "taken", "withdrawn", "text"].map(str::to_owned)];
    rows.extend(usage.rows().into_iter().map(|(id, count)| {
        let text = catalogue.threat(id).map_or("(no row has this id any more)", |row| row.text.as_str());
        [id.to_owned(), number(count.taken, 0), number(count.withdrawn, 0), text.to_owned()]
    }));
    if rows.len() == 1 {
        page.line("  none");
    } else {
        page.table(2, &rows);
    }
    let [taken, own] = [usage.rows().iter().map(|(_, count)| count.taken).sum(), usage.own_words];
    page.line(format!("  {} from the catalogue, {} in somebody's own words", count(taken, "threat"), own));
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
