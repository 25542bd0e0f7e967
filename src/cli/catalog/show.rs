//! `catalog show`: one row with all it says, every row that names a reference, or a template as its file.

use std::process::ExitCode;

use crate::{
    catalog::{Catalogue, Condition, Control, Kind as Component, Pack, Seat, Threat, reference, template},
    cli::{
        Console, Failure, Kind,
        page::{Ink, Page},
    },
    format::nearest::nearest,
    runtime::{store, team::Found},
    session::{Letter, Named, limits},
};

/// Which row to show.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Id of a kind, threat, control, pack or template, or a reference such as CWE-79
    #[arg(value_name = "ID")]
    id: String,
}

pub(super) fn run(args: &Args, found: &Found, console: Console) -> Result<ExitCode, Failure> {
    let (id, catalogue) = (args.id.as_str(), found.team.catalogue());
    let mut page = console.page();
    if let Some((path, _)) = found.templates.get(id) {
        let content = store::read_within(path, limits::FILE)?;
        String::from_utf8_lossy(&content.bytes).lines().for_each(|line| page.line(line));
        console.print(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(source) = template::source(id) {
        console.print_raw(source)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(threat) = catalogue.threat(id) {
        show_threat(&mut page, catalogue, threat);
    } else if let Some(control) = catalogue.control(id) {
        show_control(&mut page, catalogue, control);
    } else if let Some(pack) = catalogue.pack(id) {
        show_pack(&mut page, catalogue, pack);
    } else if let Some(kind) = catalogue.kinds().get(id) {
        show_kind(&mut page, catalogue, kind);
    } else if !show_reference(&mut page, catalogue, id) {
        return Err(unknown(catalogue, id));
    }
    console.print(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn unknown(catalogue: &Catalogue, id: &str) -> Failure {
    let threats = catalogue.threats().iter().map(|row| row.id.as_str());
    let controls = catalogue.controls().iter().map(|row| row.id.as_str());
    let kinds = catalogue.kinds().all().iter().map(|row| row.id.as_str());
    let packs = catalogue.packs().iter().map(|row| row.id.as_str());
    let failure = Failure::new(Kind::Usage, format!("there is no row `{id}`, and no row names it as a reference"));
    match nearest(id, kinds.chain(packs).chain(controls).chain(threats)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`strideboard catalog list` lists every row"),
    }
}

fn field(page: &mut Page, name: &str, value: &str) {
    if !value.is_empty() {
        page.parts(&[(Ink::Dim, &format!("{name:<12}")), (Ink::Plain, value)]);
    }
}

fn show_threat(page: &mut Page, catalogue: &Catalogue, threat: &Threat) {
    page.parts(&[(Ink::Bold, &threat.id), (Ink::Plain, "  "), (Ink::Plain, &threat.text)]);
    field(page, "ask", &threat.question);
    field(page, "letter", threat.letter.name());
    field(page, "about", &threat.kinds.join(", "));
    let packs: Vec<&str> =
        catalogue.packs().iter().filter(|p| p.threats.contains(&threat.id)).map(|p| p.id.as_str()).collect();
    field(page, "packs", &packs.join(", "));
    field(page, "where", seat(threat));
    field(page, "when", &conditions(threat).join(", "));
    field(page, "instead of", &threat.replaces.join(", "));
    page.heading("Controls");
    let rows: Vec<[String; 2]> = threat
        .controls
        .iter()
        .filter_map(|id| catalogue.control(id))
        .map(|control| [control.id.clone(), control.text.clone()])
        .collect();
    page.table(2, &rows);
    references(page, &threat.references);
}

/// Where a row is said, in words.
pub(super) fn seat(threat: &Threat) -> &'static str {
    match (threat.at, threat.stands_alone()) {
        (Seat::Target, true) => "where a flow ends, or the component by itself",
        (Seat::Target, false) => "where a flow ends",
        (Seat::Source, true) => "where a flow starts, or the component by itself",
        (Seat::Source, false) => "where a flow starts",
        (Seat::Either, true) => "at any end of a flow, or the component by itself",
        (Seat::Either, false) => "at any end of a flow",
        (Seat::Alone, _) => "the component by itself",
    }
}

/// What has to hold for a row, in words.
pub(super) fn conditions(threat: &Threat) -> Vec<String> {
    let mut said = Vec::new();
    let Condition { crossing, network, over, encrypted, class, exposure, at_most, log_store } = &threat.when;
    if !threat.peer.kinds.is_empty() {
        said.push(format!("the other end is {}", threat.peer.kinds.join(" or ")));
    }
    if !threat.peer.elements.is_empty() {
        let elements: Vec<&str> = threat.peer.elements.iter().map(|element| element.name()).collect();
        said.push(format!("the other end is {}", elements.join(" or ")));
    }
    said.extend(crossing.map(|yes| if yes { "it crosses a boundary" } else { "it crosses no boundary" }.to_owned()));
    said.extend(network.then(|| "it moves over a network".to_owned()));
    if !over.is_empty() {
        said.push(over.iter().map(|carrier| carrier.name()).collect::<Vec<_>>().join(" or "));
    }
    said.extend(encrypted.map(|yes| if yes { "encrypted" } else { "not encrypted" }.to_owned()));
    said.extend(class.map(|class| format!("data is {} or above", class.name())));
    said.extend(exposure.map(|least| format!("reachable from {} or wider", least.name())));
    said.extend(at_most.map(|most| format!("reachable from {} at most", most.name())));
    said.extend(log_store.then(|| "an end is a log store".to_owned()));
    said
}

fn show_control(page: &mut Page, catalogue: &Catalogue, control: &Control) {
    page.parts(&[(Ink::Bold, &control.id), (Ink::Plain, "  "), (Ink::Plain, &control.text)]);
    field(page, "verify", &control.verify);
    field(page, "domain", control.domain.name());
    field(page, "layer", control.layer.name());
    field(page, "done by", control.side.name());
    field(page, "answers", &control.letters.iter().map(|letter| letter.name()).collect::<Vec<_>>().join(", "));
    page.heading("Helps against");
    threat_rows(page, catalogue.threats().iter().filter(|threat| threat.controls.contains(&control.id)));
    references(page, &control.references);
}

fn show_pack(page: &mut Page, catalogue: &Catalogue, pack: &Pack) {
    page.parts(&[(Ink::Bold, &pack.id), (Ink::Plain, "  "), (Ink::Plain, &pack.name)]);
    field(page, "said as", &pack.words.join(", "));
    page.heading("Brings");
    threat_rows(page, pack.threats.iter().filter_map(|id| catalogue.threat(id)));
}

fn show_kind(page: &mut Page, catalogue: &Catalogue, kind: &Component) {
    page.parts(&[(Ink::Bold, &kind.id), (Ink::Plain, "  "), (Ink::Plain, &kind.name)]);
    field(page, "element", kind.element.name());
    field(page, "zone", &kind.zone);
    field(page, "reachable", kind.exposure.name());
    field(page, "also", &kind.aliases.join(", "));
    field(page, "inherits", &kind.inherits.join(", "));
    field(page, "class", kind.responsibility.map_or("", |class| class.name()));
    field(page, "ways in", &kind.entry_points.join(", "));
    for letter in Letter::ALL {
        let threats: Vec<&Threat> = kind.lineage().flat_map(|id| catalogue.about(id, letter)).collect();
        if !threats.is_empty() {
            page.heading(letter.name());
            threat_rows(page, threats);
        }
    }
}

fn show_reference(page: &mut Page, catalogue: &Catalogue, id: &str) -> bool {
    let names = |references: &[String]| references.iter().any(|one| one.eq_ignore_ascii_case(id));
    let threats: Vec<&Threat> = catalogue.threats().iter().filter(|row| names(&row.references)).collect();
    let controls: Vec<&Control> = catalogue.controls().iter().filter(|row| names(&row.references)).collect();
    if !threats.is_empty() {
        page.heading("Threats");
        threat_rows(page, threats.iter().copied());
    }
    if !controls.is_empty() {
        page.heading("Controls");
        let rows: Vec<[String; 2]> = controls.iter().map(|row| [row.id.clone(), row.text.clone()]).collect();
        page.table(2, &rows);
    }
    !(threats.is_empty() && controls.is_empty())
}

fn threat_rows<'a>(page: &mut Page, threats: impl IntoIterator<Item = &'a Threat>) {
    let rows: Vec<[String; 2]> = threats.into_iter().map(|row| [row.id.clone(), row.text.clone()]).collect();
    page.table(2, &rows);
}

fn references(page: &mut Page, references: &[String]) {
    page.heading("References");
    let rows: Vec<[String; 2]> = references
        .iter()
        .map(|id| {
            let list = reference::list(id).map_or_else(String::new, |list| format!("{}, {}", list.name, list.version));
            [id.clone(), list]
        })
        .collect();
    page.table(2, &rows);
}
