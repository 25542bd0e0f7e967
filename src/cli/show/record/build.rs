//! From a session to the records of the JSON.

use jiff::civil::Date;

use super::{
    Acceptance, Asset, Assumption, Cell, Component, Covered, Decided, Deviation, Dismissal, EntryPoint, Flow, Limits,
    Mitigation, Note, Place, Rating, Shown, Threat, Zone,
};
use crate::{
    cli::{show::register::sorted, shown, source::Source, words},
    method::{
        cell::{Parked, cells},
        coverage::{Count, Coverage},
        matrix::Matrix,
        status::{effective_risk, status},
        weight::crosses,
    },
    review::summary::SessionSummary,
    session::{self, AssetId, Letter, MitigationId, Named, Session},
};

pub(in crate::cli::show) fn of(source: &Source, today: Date) -> Shown<'_> {
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
            appetite: session.appetite().name(),
            tolerance: session.tolerance().name(),
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
        exposure: zone.exposure.name(),
        note: zone.note.as_str(),
    }
}

fn asset(asset: &session::Asset) -> Asset<'_> {
    let (class, note) = (asset.class.name(), asset.note.as_str());
    Asset { id: asset.id.to_string(), name: &asset.name, class, note }
}

fn component<'a>(session: &'a Session, component: &'a session::Component, parked: &Parked) -> Component<'a> {
    let entry = |entry: &'a session::EntryPoint| EntryPoint { name: &entry.name, exposure: entry.exposure.name() };
    let deviation = |one: &'a session::Deviation| Deviation {
        baseline: &one.baseline,
        reason: one.reason.name(),
        words: &one.words,
        by: &one.by,
    };
    Component {
        id: component.id.to_string(),
        name: &component.name,
        element: component.element.name(),
        kind: &component.kind,
        responsibility: component.responsibility.map(Named::name),
        zone: component.zone.as_ref().map(ToString::to_string),
        owner: &component.owner,
        entry_points: component.entry_points.iter().map(entry).collect(),
        assets: assets(&component.assets),
        model: &component.model,
        code: &component.code,
        deviations: component.deviations.iter().map(deviation).collect(),
        cells: cells_at(session, &session::Place::Component(component.id.clone()), parked),
        dismissed: dismissed(&component.dismissed),
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
        dismissed: dismissed(&flow.dismissed),
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

fn dismissed(table: &session::Table<session::Dismissal>) -> Vec<Dismissal<'_>> {
    table.iter().map(|one| Dismissal { id: &one.id, reason: &one.reason, by: &one.by }).collect()
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
        risk: words::risk(matrix.level_of(threat.letter, rating), matrix),
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
        response: threat.response.map(Named::name),
        acceptance: threat.acceptance.as_ref().map(signed),
        status: status(session, threat, Some(today)).name(),
        mitigations: threat.mitigations.iter().map(MitigationId::to_string).collect(),
        assets: assets(&threat.assets),
        by: &threat.by,
        origin: &threat.origin,
        code: &threat.code,
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
        layer: mitigation.layer.map(Named::name),
        responsibility: mitigation.responsibility.name(),
        effect: &mitigation.effect,
        verdict: mitigation.verdict.map(Named::name),
        monitor: &mitigation.monitor,
        text: mitigation.text.as_str(),
        origin: &mitigation.origin,
        evidence: &mitigation.evidence,
        code: &mitigation.code,
        note: mitigation.note.as_str(),
    }
}

fn assumption(assumption: &session::Assumption) -> Assumption<'_> {
    Assumption {
        id: assumption.id.to_string(),
        text: &assumption.text,
        place: assumption.place.as_ref().and_then(place),
        state: assumption.state.name(),
        by: &assumption.by,
        tripwires: assumption.tripwires.iter().map(ToString::to_string).collect(),
        note: assumption.note.as_str(),
    }
}

fn note(note: &session::Note) -> Note<'_> {
    Note {
        id: note.id.to_string(),
        kind: note.kind.name(),
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
