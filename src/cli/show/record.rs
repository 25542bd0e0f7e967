//! The JSON of `show`.
//!
//! `{ "version": 1, "path", "title", "workload", "owner", "state", "scope", "note", "risk", "coverage", "zones",
//! "assets", "components", "flows", "threats", "mitigations", "assumptions", "notes" }`.
//!
//! Ids are whole (`T31-k7q`); references are ids and may name what does not exist. Texts that were not said are empty,
//! single values that are not there are null. New fields may be added to version 1; none is renamed or taken out.
//!
//! | record | fields |
//! |---|---|
//! | `risk` | `matrix`, `appetite`, `tolerance` |
//! | `coverage` | `core` and `ask` (`decided`, `total`), `parked`, `stale`, `not_applicable`, `threats`, `unrated` |
//! | zone | `id`, `name`, `parent`, `exposure`, `note` |
//! | asset | `id`, `name`, `class`, `note` |
//! | component | `id`, `name`, `element`, `kind`, `zone`, `owner`, `entry_points` (`name`, `exposure`), `assets`, `cells`, `note` |
//! | flow | `id`, `from`, `to`, `label`, `protocol`, `assets`, `crosses`, `cells`, `note` |
//! | cell | `letter`, `state` (`open`, `clear`, `n/a`, `inherited`, `threats`, `parked`), `weight` (`core`, `ask`, `rare`), `decided`, `stale` (what changed), `reason`, `by` |
//! | threat | `id`, `letter`, `also`, `place` (`flow`, `component`, or null when unfiled), `statement`, `risk`, `inherent`, `current`, `target`, `response`, `acceptance` (`by`, `reason`, `until`), `status`, `mitigations`, `assets`, `by`, `origin`, `withdrawn`, `note`; worst first |
//! | rating | `likelihood`, `impact` (null when unknown), `risk` |
//! | `risk` of a threat or rating | `level` (`very-low` … `critical`, or null), `words` |
//! | mitigation | `id`, `title`, `state`, `owner`, `due`, `ticket`, `layer`, `responsibility`, `text`, `evidence`, `note` |
//! | assumption | `id`, `text`, `place`, `state`, `by`, `note` |
//! | note | `id`, `kind` (`question`, `action`, `quote`), `text`, `place`, `letter`, `by`, `owner`, `due`, `answer`, `open` |

use jiff::civil::Date;
use serde::Serialize;

use super::register::sorted;
use crate::{
    cli::{
        shown,
        source::Source,
        words::{self, RiskWords},
    },
    method::{
        cell::{Parked, cells},
        coverage::{Count, Coverage},
        matrix::Matrix,
        status::{effective_risk, status},
        weight::crosses,
    },
    review::summary::SessionSummary,
    session::{self, AssetId, Letter, MitigationId, Session},
};

#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    version: u32,
    path: String,
    title: &'a str,
    workload: &'a str,
    owner: &'a str,
    state: &'static str,
    scope: &'a str,
    note: &'a str,
    risk: Limits,
    coverage: Covered,
    zones: Vec<Zone<'a>>,
    assets: Vec<Asset<'a>>,
    components: Vec<Component<'a>>,
    flows: Vec<Flow<'a>>,
    threats: Vec<Threat<'a>>,
    mitigations: Vec<Mitigation<'a>>,
    assumptions: Vec<Assumption<'a>>,
    notes: Vec<Note<'a>>,
}

#[derive(Debug, Serialize)]
struct Limits {
    matrix: &'static str,
    appetite: &'static str,
    tolerance: &'static str,
}

#[derive(Debug, Serialize)]
struct Covered {
    core: Decided,
    ask: Decided,
    parked: usize,
    stale: usize,
    not_applicable: usize,
    threats: usize,
    unrated: usize,
}

#[derive(Debug, Serialize)]
struct Decided {
    decided: usize,
    total: usize,
}

#[derive(Debug, Serialize)]
struct Zone<'a> {
    id: String,
    name: &'a str,
    parent: Option<String>,
    exposure: &'static str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Asset<'a> {
    id: String,
    name: &'a str,
    class: &'static str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Component<'a> {
    id: String,
    name: &'a str,
    element: &'static str,
    kind: &'a str,
    zone: Option<String>,
    owner: &'a str,
    entry_points: Vec<EntryPoint<'a>>,
    assets: Vec<String>,
    cells: Vec<Cell<'a>>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct EntryPoint<'a> {
    name: &'a str,
    exposure: &'static str,
}

#[derive(Debug, Serialize)]
struct Flow<'a> {
    id: String,
    from: String,
    to: String,
    label: &'a str,
    protocol: &'a str,
    assets: Vec<String>,
    crosses: bool,
    cells: Vec<Cell<'a>>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Cell<'a> {
    letter: String,
    state: &'static str,
    weight: &'static str,
    decided: bool,
    stale: Vec<&'static str>,
    reason: &'a str,
    by: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Flow(String),
    Component(String),
}

#[derive(Debug, Serialize)]
struct Threat<'a> {
    id: String,
    letter: String,
    also: Vec<String>,
    place: Option<Place>,
    statement: &'a str,
    risk: RiskWords,
    inherent: Option<Rating>,
    current: Option<Rating>,
    target: Option<Rating>,
    response: Option<&'static str>,
    acceptance: Option<Acceptance<'a>>,
    status: &'static str,
    mitigations: Vec<String>,
    assets: Vec<String>,
    by: &'a str,
    origin: &'a str,
    withdrawn: Option<&'a str>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Rating {
    likelihood: Option<u8>,
    impact: Option<u8>,
    risk: RiskWords,
}

#[derive(Debug, Serialize)]
struct Acceptance<'a> {
    by: &'a str,
    reason: &'a str,
    until: Option<Date>,
}

#[derive(Debug, Serialize)]
struct Mitigation<'a> {
    id: String,
    title: &'a str,
    state: &'static str,
    owner: &'a str,
    due: Option<Date>,
    ticket: &'a str,
    layer: Option<&'static str>,
    responsibility: &'static str,
    text: &'a str,
    evidence: &'a [String],
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Assumption<'a> {
    id: String,
    text: &'a str,
    place: Option<Place>,
    state: &'static str,
    by: &'a str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Note<'a> {
    id: String,
    kind: &'static str,
    text: &'a str,
    place: Option<Place>,
    letter: Option<String>,
    by: &'a str,
    owner: &'a str,
    due: Option<Date>,
    answer: &'a str,
    open: bool,
}

pub(super) fn of(source: &Source, today: Date) -> Shown<'_> {
    let session = &source.session;
    let parked = Parked::of(session);
    let mut flows: Vec<_> = session.flows.iter().collect();
    flows.sort_by_key(|flow| (flow.rank, flow.id.number()));
    Shown {
        version: 1,
        path: shown(&source.path),
        title: &session.title,
        workload: &session.workload,
        owner: &session.owner,
        state: SessionSummary::of(session, Some(today)).state,
        scope: session.scope.as_str(),
        note: session.note.as_str(),
        risk: Limits {
            matrix: Matrix::of(session).id,
            appetite: words::level(session.appetite()),
            tolerance: words::level(session.tolerance()),
        },
        coverage: covered(session, &parked),
        zones: session.zones.iter().map(zone).collect(),
        assets: session.assets.iter().map(asset).collect(),
        components: session.components.iter().map(|one| component(session, one, &parked)).collect(),
        flows: flows.into_iter().map(|one| flow(session, one, &parked)).collect(),
        threats: sorted(session).into_iter().map(|(at, one)| threat(session, &at, one, today)).collect(),
        mitigations: session.mitigations.iter().map(mitigation).collect(),
        assumptions: session.assumptions.iter().map(assumption).collect(),
        notes: session.notes.iter().map(note).collect(),
    }
}

fn covered(session: &Session, parked: &Parked) -> Covered {
    let sum = Coverage::of(session, parked).total;
    let decided = |count: Count| Decided { decided: count.decided, total: count.total };
    Covered {
        core: decided(sum.core),
        ask: decided(sum.ask),
        parked: sum.parked,
        stale: sum.stale,
        not_applicable: sum.not_applicable,
        threats: sum.threats(),
        unrated: sum.unrated,
    }
}

fn zone(zone: &session::Zone) -> Zone<'_> {
    Zone {
        id: zone.id.to_string(),
        name: &zone.name,
        parent: zone.parent.as_ref().map(ToString::to_string),
        exposure: words::exposure(zone.exposure),
        note: zone.note.as_str(),
    }
}

fn asset(asset: &session::Asset) -> Asset<'_> {
    let (class, note) = (words::class(asset.class), asset.note.as_str());
    Asset { id: asset.id.to_string(), name: &asset.name, class, note }
}

fn component<'a>(session: &'a Session, component: &'a session::Component, parked: &Parked) -> Component<'a> {
    let entry =
        |entry: &'a session::EntryPoint| EntryPoint { name: &entry.name, exposure: words::exposure(entry.exposure) };
    Component {
        id: component.id.to_string(),
        name: &component.name,
        element: words::element(component.element),
        kind: &component.kind,
        zone: component.zone.as_ref().map(ToString::to_string),
        owner: &component.owner,
        entry_points: component.entry_points.iter().map(entry).collect(),
        assets: assets(&component.assets),
        cells: cells_at(session, &session::Place::Component(component.id.clone()), parked),
        note: component.note.as_str(),
    }
}

fn flow<'a>(session: &'a Session, flow: &'a session::Flow, parked: &Parked) -> Flow<'a> {
    Flow {
        id: flow.id.to_string(),
        from: flow.from.to_string(),
        to: flow.to.to_string(),
        label: &flow.label,
        protocol: &flow.protocol,
        assets: assets(&flow.assets),
        crosses: crosses(session, flow),
        cells: cells_at(session, &session::Place::Flow(flow.id), parked),
        note: flow.note.as_str(),
    }
}

fn cells_at<'a>(session: &'a Session, place: &session::Place, parked: &Parked) -> Vec<Cell<'a>> {
    let said = |letter: Letter| session.cells_at(place).and_then(|cells| cells.get(letter));
    let seen = Letter::ALL.into_iter().zip(cells(session, place, parked));
    seen.map(|(letter, cell)| Cell {
        letter: letter.to_string(),
        state: cell.state.name(),
        weight: cell.weight.name(),
        decided: cell.is_decided(),
        stale: cell.stale.iter().map(|aspect| aspect.words(place)).collect(),
        reason: said(letter).map_or("", |cell| &cell.reason),
        by: said(letter).map_or("", |cell| &cell.by),
    })
    .collect()
}

fn place(place: &session::Place) -> Option<Place> {
    match place {
        session::Place::Flow(id) => Some(Place::Flow(id.to_string())),
        session::Place::Component(id) => Some(Place::Component(id.to_string())),
        session::Place::Unfiled => None,
    }
}

fn threat<'a>(session: &Session, at: &session::Place, threat: &'a session::Threat, today: Date) -> Threat<'a> {
    let matrix = Matrix::of(session);
    let rating = |rating: session::Rating| Rating {
        likelihood: rating.likelihood,
        impact: rating.impact,
        risk: words::risk(matrix.level(rating), matrix),
    };
    let signed =
        |signed: &'a session::Acceptance| Acceptance { by: &signed.by, reason: &signed.reason, until: signed.until };
    Threat {
        id: threat.id.to_string(),
        letter: threat.letter.to_string(),
        also: threat.also.iter().map(ToString::to_string).collect(),
        place: place(at),
        statement: &threat.statement,
        risk: words::risk(effective_risk(session, threat), matrix),
        inherent: threat.inherent.map(rating),
        current: threat.current.map(rating),
        target: threat.target.map(rating),
        response: threat.response.map(words::response),
        acceptance: threat.acceptance.as_ref().map(signed),
        status: status(session, threat, Some(today)).name(),
        mitigations: threat.mitigations.iter().map(MitigationId::to_string).collect(),
        assets: assets(&threat.assets),
        by: &threat.by,
        origin: &threat.origin,
        withdrawn: threat.withdrawn.as_deref(),
        note: threat.note.as_str(),
    }
}

fn mitigation(mitigation: &session::Mitigation) -> Mitigation<'_> {
    Mitigation {
        id: mitigation.id.to_string(),
        title: &mitigation.title,
        state: mitigation.state.name(),
        owner: &mitigation.owner,
        due: mitigation.due,
        ticket: &mitigation.ticket,
        layer: mitigation.layer.map(words::layer),
        responsibility: words::responsibility(mitigation.responsibility),
        text: mitigation.text.as_str(),
        evidence: &mitigation.evidence,
        note: mitigation.note.as_str(),
    }
}

fn assumption(assumption: &session::Assumption) -> Assumption<'_> {
    Assumption {
        id: assumption.id.to_string(),
        text: &assumption.text,
        place: assumption.place.as_ref().and_then(place),
        state: words::assumption(assumption.state),
        by: &assumption.by,
        note: assumption.note.as_str(),
    }
}

fn note(note: &session::Note) -> Note<'_> {
    Note {
        id: note.id.to_string(),
        kind: words::note(note.kind),
        text: &note.text,
        place: note.place.as_ref().and_then(place),
        letter: note.letter.map(|letter| letter.to_string()),
        by: &note.by,
        owner: &note.owner,
        due: note.due,
        answer: note.answer.as_str(),
        open: note.is_open(),
    }
}

fn assets(ids: &[AssetId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
