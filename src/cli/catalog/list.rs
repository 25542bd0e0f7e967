//! `catalog list`: every row, one line each, or as JSON.
//!
//! JSON: `{ "version": 1, "kinds": [ … ], "threats": [ … ], "controls": [ … ], "packs": [ … ] }`, in the order of the
//! catalogue; what was not asked for is an empty array. A kind has `id`, `name`, `element`, `zone`, `exposure`,
//! `aliases`, `inherits`, `responsibility` (`infrastructure`, `container`, `abstracted` or null) and `entry_points`. A
//! threat has `id`, `version`, `letter`, `kinds`, `at` and `when` (in words), `text`, `question`, `controls` and `references`. A control has `id`,
//! `text`, `verify`, `domain`, `layer`, `responsibility`, `letters` and `references`. A pack has `id`, `name`, `words`
//! and `threats`.

use std::process::ExitCode;

use serde::Serialize;

use super::show::{conditions, seat};
use crate::{
    catalog::{Catalogue, Control, Kind as Component, Pack, Threat},
    cli::{Console, Failure, Format, Kind, json},
    session::{Letter, Named},
};

/// What to list.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which rows; all of them when absent
    #[arg(value_enum, value_name = "WHAT")]
    what: Option<What>,
    /// Only threats about this kind and what it inherits from
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only threats of this letter
    #[arg(long, value_name = "LETTER", value_parser = letter)]
    letter: Option<Letter>,
    /// How to write the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Kinds of components
    Kinds,
    /// Threats
    Threats,
    /// Controls
    Controls,
    /// Feature packs
    Packs,
}

fn letter(text: &str) -> Result<Letter, &'static str> {
    let mut chars = text.chars();
    let one = chars.next().filter(|_| chars.next().is_none());
    one.and_then(Letter::from_char).ok_or("expected one of S, T, R, I, D, E")
}

/// The rows that were asked for.
struct Listed<'c> {
    kinds: &'c [Component],
    threats: Vec<&'c Threat>,
    controls: &'c [Control],
    packs: &'c [Pack],
}

pub(super) fn run(args: &Args, catalogue: &Catalogue, console: Console) -> Result<ExitCode, Failure> {
    let listed = listed(args, catalogue)?;
    match args.format {
        Format::Text => text(&listed, console)?,
        Format::Json => json::print(console, &record(&listed))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn listed<'c>(args: &Args, catalogue: &'c Catalogue) -> Result<Listed<'c>, Failure> {
    let lineage: Option<Vec<&str>> =
        args.kind.as_deref().map(|word| known(catalogue, word)).transpose()?.map(|kind| kind.lineage().collect());
    // Asking for a kind or letter is asking for threats.
    let narrowed = args.kind.is_some() || args.letter.is_some();
    let wanted = |what| args.what.map_or(!narrowed || what == What::Threats, |asked| asked == what);
    let threats = catalogue.threats().iter().filter(|threat| {
        lineage.as_ref().is_none_or(|ids| threat.kinds.iter().any(|id| ids.contains(&id.as_str())))
            && args.letter.is_none_or(|letter| threat.letter == letter)
    });
    Ok(Listed {
        kinds: if wanted(What::Kinds) { catalogue.kinds().all() } else { &[] },
        threats: if wanted(What::Threats) { threats.collect() } else { Vec::new() },
        controls: if wanted(What::Controls) { catalogue.controls() } else { &[] },
        packs: if wanted(What::Packs) { catalogue.packs() } else { &[] },
    })
}

fn known<'c>(catalogue: &'c Catalogue, word: &str) -> Result<&'c Component, Failure> {
    catalogue.kinds().get(word).ok_or_else(|| {
        let failure = Failure::new(Kind::Usage, format!("there is no kind `{word}`"));
        match catalogue.kinds().nearest(word) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`strideboard catalog list kinds` lists them"),
        }
    })
}

fn text(listed: &Listed<'_>, console: Console) -> Result<(), Failure> {
    let mut page = console.page();
    if !listed.kinds.is_empty() {
        page.heading("Kinds");
        let rows: Vec<[String; 4]> = listed.kinds.iter().map(kind_row).collect();
        page.table(2, &rows);
    }
    if !listed.threats.is_empty() {
        page.heading("Threats");
        let rows: Vec<[String; 2]> = listed.threats.iter().map(|one| [one.id.clone(), one.text.clone()]).collect();
        page.table(2, &rows);
    }
    if !listed.controls.is_empty() {
        page.heading("Controls");
        let row = |one: &Control| [one.id.clone(), one.domain.name().to_owned(), one.text.clone()];
        page.table(2, &listed.controls.iter().map(row).collect::<Vec<_>>());
    }
    if !listed.packs.is_empty() {
        page.heading("Feature packs");
        let row = |one: &Pack| [one.id.clone(), one.name.clone(), one.words.join(", ")];
        page.table(2, &listed.packs.iter().map(row).collect::<Vec<_>>());
    }
    console.print(&page)
}

fn kind_row(one: &Component) -> [String; 4] {
    let inherits = if one.inherits.is_empty() { String::new() } else { format!("like {}", one.inherits.join(", ")) };
    [one.id.clone(), one.name.clone(), one.element.name().to_owned(), inherits]
}

#[derive(Debug, Serialize)]
struct Record<'c> {
    version: u32,
    kinds: Vec<KindRecord<'c>>,
    threats: Vec<ThreatRecord<'c>>,
    controls: Vec<ControlRecord<'c>>,
    packs: Vec<PackRecord<'c>>,
}

#[derive(Debug, Serialize)]
struct KindRecord<'c> {
    id: &'c str,
    name: &'c str,
    element: &'static str,
    zone: &'c str,
    exposure: &'static str,
    aliases: &'c [String],
    inherits: &'c [String],
    responsibility: Option<&'static str>,
    entry_points: &'c [String],
}

#[derive(Debug, Serialize)]
struct ThreatRecord<'c> {
    id: &'c str,
    version: u32,
    letter: Letter,
    kinds: &'c [String],
    at: &'static str,
    when: Vec<String>,
    text: &'c str,
    question: &'c str,
    controls: &'c [String],
    references: &'c [String],
}

#[derive(Debug, Serialize)]
struct ControlRecord<'c> {
    id: &'c str,
    text: &'c str,
    verify: &'c str,
    domain: &'static str,
    layer: &'static str,
    responsibility: &'static str,
    letters: &'c [Letter],
    references: &'c [String],
}

#[derive(Debug, Serialize)]
struct PackRecord<'c> {
    id: &'c str,
    name: &'c str,
    words: &'c [String],
    threats: &'c [String],
}

fn record<'c>(listed: &Listed<'c>) -> Record<'c> {
    let kind = |one: &'c Component| KindRecord {
        id: &one.id,
        name: &one.name,
        element: one.element.name(),
        zone: &one.zone,
        exposure: one.exposure.name(),
        aliases: &one.aliases,
        inherits: &one.inherits,
        responsibility: one.responsibility.map(Named::name),
        entry_points: &one.entry_points,
    };
    let threat = |one: &&'c Threat| ThreatRecord {
        id: &one.id,
        version: one.version,
        letter: one.letter,
        kinds: &one.kinds,
        at: seat(one),
        when: conditions(one),
        text: &one.text,
        question: &one.question,
        controls: &one.controls,
        references: &one.references,
    };
    let control = |one: &'c Control| ControlRecord {
        id: &one.id,
        text: &one.text,
        verify: &one.verify,
        domain: one.domain.name(),
        layer: one.layer.name(),
        responsibility: one.side.name(),
        letters: &one.letters,
        references: &one.references,
    };
    let pack = |one: &'c Pack| PackRecord { id: &one.id, name: &one.name, words: &one.words, threats: &one.threats };
    Record {
        version: 1,
        kinds: listed.kinds.iter().map(kind).collect(),
        threats: listed.threats.iter().map(threat).collect(),
        controls: listed.controls.iter().map(control).collect(),
        packs: listed.packs.iter().map(pack).collect(),
    }
}
