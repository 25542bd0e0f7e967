//! `catalog stats`: how many threats each kind has for each letter, what others ship, and what sessions make of it.
//!
//! JSON: `{ "version": 1, "catalogue": { "threats": 565, "letters": { "S": … } }, "kinds": [ … ], "packs": [ … ],
//! "others": [ … ], "usage": … }`. A kind has `id`, and `own` and `inherited` with a number for each letter; a pack has
//! `id` and `letters`; another tool has `name`, `threats`, `letters` (null where its threats have none) and `note`.
//! `usage` is null without a folder, else it has `sessions`, `own_words` (threats that came from no row) and `rows`, each
//! with `id`, `taken`, `withdrawn`, `dismissed` and `text` (null where no row has this id any more).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::Serialize;

use crate::{
    catalog::{
        Catalogue, Pack,
        stats::{Coverage, OTHERS, coverage, letters},
        usage::{Count, Usage},
    },
    cli::{Console, Failure, Format, Kind, json, page::Page, shown, source, words::count},
    session::Letter,
};

/// What to count.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Count what the sessions below this folder took, withdrew and dismissed
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(super) folder: Option<PathBuf>,
    /// How to write the figures
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, catalogue: &Catalogue, console: Console) -> Result<ExitCode, Failure> {
    let (usage, failures) = match &args.folder {
        Some(folder) => {
            let (usage, failures) = count_below(folder);
            (Some(usage), failures)
        }
        None => (None, Vec::new()),
    };
    match args.format {
        Format::Text => console.print(&text(catalogue, usage.as_ref(), console))?,
        Format::Json => json::print(console, &record(catalogue, usage.as_ref()))?,
    }
    for failure in &failures {
        console.report(failure);
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { Kind::Broken.code() })
}

/// What the sessions below a folder made of the rows, and what could not be read.
fn count_below(folder: &Path) -> (Usage, Vec<Failure>) {
    let (paths, mut failures) = source::find_all(&[shown(folder)]);
    let mut usage = Usage::default();
    for path in &paths {
        match source::open(path) {
            Ok(source) => usage.count(&source.session),
            Err(failure) => failures.push(failure),
        }
    }
    (usage, failures)
}

fn text(catalogue: &Catalogue, usage: Option<&Usage>, console: Console) -> Page {
    let mut page = console.page();
    page.heading("Threats of each kind, with those it inherits behind a plus");
    let mut rows = vec![header("kind")];
    rows.extend(coverage(catalogue).iter().map(kind));
    page.table(2, &rows);

    page.heading("Feature packs");
    let packs = catalogue.packs().iter().map(|pack| {
        let counts = pack_letters(catalogue, pack);
        row(&pack.id, &pack.threats.len().to_string(), counts.map(|count| number(count, 0)))
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
    if let Some(usage) = usage {
        used(&mut page, catalogue, usage);
    }
    page
}

fn pack_letters(catalogue: &Catalogue, pack: &Pack) -> [usize; 6] {
    let rows = || pack.threats.iter().filter_map(|id| catalogue.threat(id));
    Letter::ALL.map(|letter| rows().filter(|row| row.letter == letter).count())
}

/// What sessions made of the rows.
fn used(page: &mut Page, catalogue: &Catalogue, usage: &Usage) {
    page.heading(&format!("What {} made of the rows, the most used first", count(usage.sessions, "session")));
    let mut rows = vec![["row", "taken", "withdrawn", "dismissed", "text"].map(str::to_owned)];
    rows.extend(usage.rows().into_iter().map(|(id, count)| {
        let text = catalogue.threat(id).map_or("(no row has this id any more)", |row| row.text.as_str());
        let [taken, withdrawn, dismissed] =
            [count.taken, count.withdrawn, count.dismissed].map(|count| number(count, 0));
        [id.to_owned(), taken, withdrawn, dismissed, text.to_owned()]
    }));
    if rows.len() == 1 {
        page.line("  none was taken or dismissed");
    } else {
        page.table(2, &rows);
    }
    let total = usage.total();
    page.line(format!(
        "  {} from the catalogue, {} in somebody's own words; {}",
        count(total.taken, "threat"),
        usage.own_words,
        count(total.dismissed, "dismissal"),
    ));
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

#[derive(Debug, Serialize)]
struct Record<'c> {
    version: u32,
    catalogue: SizeRecord,
    kinds: Vec<KindRecord<'c>>,
    packs: Vec<PackRecord<'c>>,
    others: Vec<OtherRecord>,
    usage: Option<UsageRecord<'c>>,
}

/// A number for each letter.
type Six = BTreeMap<Letter, usize>;

#[derive(Debug, Serialize)]
struct SizeRecord {
    threats: usize,
    letters: Six,
}

#[derive(Debug, Serialize)]
struct KindRecord<'c> {
    id: &'c str,
    own: Six,
    inherited: Six,
}

#[derive(Debug, Serialize)]
struct PackRecord<'c> {
    id: &'c str,
    letters: Six,
}

#[derive(Debug, Serialize)]
struct OtherRecord {
    name: &'static str,
    threats: usize,
    letters: Option<Six>,
    note: &'static str,
}

#[derive(Debug, Serialize)]
struct UsageRecord<'c> {
    sessions: usize,
    own_words: usize,
    rows: Vec<UsedRecord<'c>>,
}

#[derive(Debug, Serialize)]
struct UsedRecord<'c> {
    id: &'c str,
    taken: usize,
    withdrawn: usize,
    dismissed: usize,
    text: Option<&'c str>,
}

fn record<'c>(catalogue: &'c Catalogue, usage: Option<&'c Usage>) -> Record<'c> {
    let six = |counts: [usize; 6]| -> Six { Letter::ALL.into_iter().zip(counts).collect() };
    let used = |(id, count): (&'c str, Count)| UsedRecord {
        id,
        taken: count.taken,
        withdrawn: count.withdrawn,
        dismissed: count.dismissed,
        text: catalogue.threat(id).map(|row| row.text.as_str()),
    };
    Record {
        version: 1,
        catalogue: SizeRecord { threats: catalogue.threats().len(), letters: six(letters(catalogue)) },
        kinds: coverage(catalogue)
            .into_iter()
            .map(|one| KindRecord { id: &one.kind.id, own: six(one.own), inherited: six(one.inherited) })
            .collect(),
        packs: catalogue
            .packs()
            .iter()
            .map(|pack| PackRecord { id: &pack.id, letters: six(pack_letters(catalogue, pack)) })
            .collect(),
        others: OTHERS
            .iter()
            .map(|other| OtherRecord {
                name: other.name,
                threats: other.size,
                letters: other.letters.map(six),
                note: other.note,
            })
            .collect(),
        usage: usage.map(|usage| UsageRecord {
            sessions: usage.sessions,
            own_words: usage.own_words,
            rows: usage.rows().into_iter().map(used).collect(),
        }),
    }
}
