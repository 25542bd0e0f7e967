//! The first half of the text: the header, what is modelled, and how far the looking is.

use jiff::civil::Date;

use crate::{
    app::{
        outline::{Outline, Row},
        words::component as component_name,
    },
    cli::{page::Page, shown, source::Source, words::count},
    method::{
        cell::{CellState, CellView, Parked, cells},
        coverage::Coverage,
        matrix::Matrix,
        readiness,
        weight::{Weight, crosses},
    },
    review::{summary::SessionSummary, words},
    session::{AssetId, Component, Flow, Letter, Level, Named, Place, Session, Zone},
};

/// What the marks of [`mark`] mean.
const LEGEND: &str =
    "● threat  ✓ clear  – not applicable  ^ inherited  ? parked  ○ open  ◌ open, ask  · open, rare  ! stale";

pub(super) fn write(page: &mut Page, source: &Source, outline: &Outline, today: Date) {
    let session = &source.session;
    header(page, source, today);
    if !session.conflicts.is_empty() {
        page.heading("Conflicts, undecided");
        for conflict in session.conflicts.iter() {
            let [ours, theirs] = words::contrast(session, &conflict.ours, &conflict.theirs);
            page.line(format!("  {}: ours {ours}, theirs {theirs}", words::subject(session, &conflict.id)));
        }
    }
    if !session.scope.is_empty() {
        page.heading("Scope");
        page.indented(2, session.scope.as_str());
    }
    if !session.note.is_empty() {
        page.heading("Note");
        page.indented(2, session.note.as_str());
    }
    if !session.assets.is_empty() {
        page.heading("Assets");
        let mut assets: Vec<_> = session.assets.iter().collect();
        assets.sort_by_key(|asset| asset.rank);
        let rows = assets.iter().map(|a| [a.name.clone(), a.class.name().to_owned(), one_line(a.note.as_str())]);
        page.table(2, &rows.collect::<Vec<_>>());
    }
    zones(page, session, outline);
    flows(page, session, outline.parked());
    coverage(page, session, outline.parked());
}

fn header(page: &mut Page, source: &Source, today: Date) {
    let session = &source.session;
    let summary = SessionSummary::of(session, Some(today));
    page.heading(&session.title);
    let mut rows = vec![["file".to_owned(), shown(&source.path)]];
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            rows.push([name.to_owned(), value.to_owned()]);
        }
    };
    row("workload", &session.workload);
    row("owner", if session.owner.is_empty() { "nobody" } else { &session.owner });
    row("state", summary.state);
    row("profile", &session.profile);
    let matrix = Matrix::of(session);
    let limits = [session.appetite(), session.tolerance()].map(|level| matrix.level_name(level));
    row("risk", &format!("{}; appetite {}, tolerance {}", matrix.name, limits[0], limits[1]));
    let people = session.people.iter().map(|person| match person.roles.as_slice() {
        [] => person.name.clone(),
        roles => {
            let roles: Vec<_> = roles.iter().map(|role| role.name()).collect();
            format!("{} ({})", person.name, roles.join(", "))
        }
    });
    row("people", &people.collect::<Vec<_>>().join(", "));
    page.table(0, &rows);
}

/// Every zone with what stands in it; a zone inside another is shown below it.
fn zones(page: &mut Page, session: &Session, outline: &Outline) {
    if session.zones.is_empty() && session.components.is_empty() {
        return;
    }
    page.heading("Zones and components");
    if session.zones.is_empty() {
        page.line("  no zone");
    }
    for row in outline.rows().iter() {
        match row {
            Row::Zone(Some(id), depth) => {
                if let Some(found) = session.zones.get(id) {
                    zone(page, found, indent(*depth));
                }
            }
            Row::Zone(None, _) => page.line("  no zone"),
            Row::Component(id, depth) => {
                if let Some(found) = session.components.get(id) {
                    component(page, session, outline, indent(*depth), found);
                }
            }
            _ => {}
        }
    }
}

fn indent(depth: u8) -> usize {
    2 + 2 * usize::from(depth)
}

fn zone(page: &mut Page, zone: &Zone, indent: usize) {
    let note = if zone.note.is_empty() { String::new() } else { format!(": {}", one_line(zone.note.as_str())) };
    page.line(format!("{:indent$}{} ({}){note}", "", zone.name, zone.exposure.name()));
}

fn component(page: &mut Page, session: &Session, outline: &Outline, indent: usize, component: &Component) {
    let kind = if component.kind.is_empty() { String::new() } else { format!(", {}", component.kind) };
    let owner = if component.owner.is_empty() { String::new() } else { format!(", run by {}", component.owner) };
    let held = assets(session, &component.assets);
    let held = if held.is_empty() { held } else { format!("  [{held}]") };
    let name = named(&component.name, component.id.as_str());
    page.line(format!("{:indent$}{name} ({}{kind}{owner}){held}", "", component.element.name()));
    for entry in &component.entry_points {
        page.line(format!("{:indent$}  entry {} ({})", "", entry.name, entry.exposure.name()));
    }
    if !component.model.is_empty() {
        page.line(format!("{:indent$}  modelled in {}", "", component.model));
    }
    for path in &component.code {
        page.line(format!("{:indent$}  code {path}", ""));
    }
    for one in component.deviations.iter() {
        let by = if one.by.is_empty() { String::new() } else { format!(", agreed by {}", one.by) };
        let words = if one.words.is_empty() { String::new() } else { format!(": {}", one_line(&one.words)) };
        page.line(format!("{:indent$}  deviates from {} ({}{by}){words}", "", one.baseline, one.reason.name()));
    }
    let seen = cells(session, &Place::Component(component.id.clone()), outline.parked());
    if seen.iter().any(CellView::is_touched) {
        page.line(format!("{:indent$}  by itself {}", "", marks(&seen)));
    }
    page.indented(indent + 2, component.note.as_str());
}

fn flows(page: &mut Page, session: &Session, parked: &Parked) {
    if session.flows.is_empty() {
        return;
    }
    page.heading("Flows");
    let mut flows: Vec<&Flow> = session.flows.iter().collect();
    flows.sort_by_key(|flow| (flow.rank, flow.id.number()));
    for flow in flows {
        let ends = [&flow.from, &flow.to].map(|end| named(component_name(session, end), end.as_str()));
        let label = if flow.label.is_empty() { String::new() } else { format!(": {}", flow.label) };
        page.line(format!("  {} {} → {}{label}", flow.id.short(), ends[0], ends[1]));
        let mut facts = Vec::new();
        facts.extend(Some(flow.protocol.clone()).filter(|protocol| !protocol.is_empty()));
        facts.extend(
            Some(assets(session, &flow.assets)).filter(|held| !held.is_empty()).map(|held| format!("[{held}]")),
        );
        facts.extend(crosses(session, flow).then(|| "crosses a boundary".to_owned()));
        let seen = marks(&cells(session, &Place::Flow(flow.id), parked));
        page.line(format!("     {seen}   {}", facts.join("  ")));
        page.indented(5, flow.note.as_str());
    }
    page.line("");
    page.line(format!("  {LEGEND}"));
}

/// `S● T✓ R– I? D○ E◌`.
fn marks(cells: &[CellView; 6]) -> String {
    let marks = Letter::ALL.into_iter().zip(cells).map(|(letter, cell)| {
        let stale = if cell.stale.is_empty() { "" } else { "!" };
        format!("{letter}{}{stale}", mark(cell))
    });
    marks.collect::<Vec<_>>().join(" ")
}

fn mark(cell: &CellView) -> char {
    match cell.state {
        CellState::Threats(_) => '●',
        CellState::Clear => '✓',
        CellState::NotApplicable => '–',
        CellState::Inherited => '^',
        CellState::Parked => '?',
        CellState::Open => match cell.weight {
            Weight::Core => '○',
            Weight::Ask => '◌',
            Weight::Rare => '·',
        },
    }
}

fn coverage(page: &mut Page, session: &Session, parked: &Parked) {
    page.heading("Coverage");
    let sum = Coverage::of(session, parked).total;
    page.line(format!("  core cells decided {}; worth a question {}", sum.core, sum.ask));
    page.line(format!("  {} parked, {} stale, {} not applicable", sum.parked, sum.stale, sum.not_applicable));
    let matrix = Matrix::of(session);
    let levels = Level::ALL.into_iter().rev().filter(|level| sum.at(*level) > 0);
    let mut levels: Vec<String> =
        levels.map(|level| format!("{} {}", sum.at(level), matrix.level_name(level))).collect();
    levels.extend((sum.uncertain > 0).then(|| format!("{} of them not fully rated", sum.uncertain)));
    levels.extend((sum.unrated > 0).then(|| format!("{} unrated", sum.unrated)));
    let levels = if levels.is_empty() { String::new() } else { format!(": {}", levels.join(", ")) };
    page.line(format!("  {}{levels}", count(sum.threats(), "threat")));
    for missing in readiness::missing(session) {
        page.line(format!("  {}", missing.words()));
    }
}

/// The names of assets.
pub(super) fn assets(session: &Session, ids: &[AssetId]) -> String {
    let name = |id: &AssetId| named(session.assets.get(id).map_or("", |asset| &asset.name), id.as_str());
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn named(name: &str, id: &str) -> String {
    if name.trim().is_empty() { id.to_owned() } else { name.to_owned() }
}

fn one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}
