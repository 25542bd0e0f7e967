//! Going to where something is: what an undo changed, and the next cell or threat that waits for somebody.
//!
//! Owns which pane shows what, and the order in which places are visited. Refuses: edits.

use crate::{
    app::{
        command::Command,
        document::Document,
        history::Done,
        model::Model,
        msg::Spot,
        outline::{Outline, Row},
        pane::{Pane, checklist, mitigations::Shown},
    },
    method::{cell, matrix::Risk, status},
    session::{EntryId, Letter, MitigationId, Note, Place, Session, Subject, Threat, ThreatId},
};

use super::{capturing, matrix, selection};

/// Takes a step back or does it again, with the selection on what it changes: before, for what goes, and after, for what
/// comes or moves.
pub(super) fn step(model: &mut Model, done: Option<Done>, step: impl FnOnce(&mut Document)) {
    let Some(Done { subjects, .. }) = done else { return };
    let before = best(model, &subjects);
    if let Some(at) = before {
        show(model, &subjects[at]);
    }
    if let Some(document) = &mut model.document {
        step(document);
    }
    selection::refresh(model);
    match (before, best(model, &subjects)) {
        // What the step is about has gone, and the selection is where it was.
        (Some(before), Some(after)) if before < after => {}
        (_, Some(after)) => show(model, &subjects[after]),
        (_, None) => {}
    }
}

/// The first of these that is there.
fn best(model: &Model, subjects: &[Subject]) -> Option<usize> {
    let session = model.session()?;
    let there = |subject: &Subject| match subject {
        Subject::Cell(place, _) => session.cells_at(place).is_some(),
        Subject::Record(id) => session.has(id) && !matches!(id, EntryId::Sitting(_)),
        Subject::Rating(threat, _) => session.has(&EntryId::Threat(*threat)),
    };
    // A link has two ends; whoever looks at mitigations sees it there.
    let mitigation = |s: &Subject| matches!(s, Subject::Record(EntryId::Mitigation(_))) && there(s);
    let at_hand = subjects.iter().position(mitigation).filter(|_| model.focus == Pane::Mitigations);
    at_hand.or_else(|| subjects.iter().position(there))
}

fn show(model: &mut Model, subject: &Subject) {
    match subject {
        Subject::Cell(place, letter) => show_cell(model, place, *letter),
        Subject::Record(EntryId::Threat(id)) => show_threat(model, *id),
        Subject::Record(id) => show_record(model, id),
        Subject::Rating(threat, point) if model.focus == Pane::Matrix => {
            model.matrix.point = *point;
            matrix::matrix_to(model, *threat);
        }
        Subject::Rating(threat, _) => show_threat(model, *threat),
    }
}

/// Goes on where somebody stopped the last time, if that is still there.
pub(super) fn resume(model: &mut Model, spot: &Spot) {
    if model.session().is_some_and(|session| session.cells_at(&spot.place).is_some()) {
        show_cell(model, &spot.place, spot.letter);
        model.say(format!("You stopped here: {} on {}", spot.letter, capturing::place_words(model, &spot.place)));
    }
}

/// Goes to a record that was found by name.
pub(super) fn go(model: &mut Model, id: &EntryId) {
    match id {
        EntryId::Threat(threat) => show_threat(model, *threat),
        EntryId::Flow(_) | EntryId::Component(_) => {
            show_record(model, id);
            focus(model, Pane::Checklist);
        }
        other => show_record(model, other),
    }
}

fn focus(model: &mut Model, pane: Pane) {
    if pane != Pane::Matrix {
        matrix::put_back(model);
    }
    model.focus = pane;
}

fn show_cell(model: &mut Model, place: &Place, letter: Letter) {
    selection::show_place(model, place);
    selection::select_cell(model, letter);
    focus(model, Pane::Checklist);
}

fn show_threat(model: &mut Model, id: ThreatId) {
    let Some(document) = &model.document else { return };
    let Some(place) = document.outline().place_of(id).cloned() else { return };
    if place == Place::Unfiled {
        return select_row(model, &Row::Unfiled(id));
    }
    let session = document.session().clone();
    selection::show_place(model, &place);
    model.checklist.select(&session, checklist::Row::Threat(id));
    focus(model, Pane::Checklist);
}

fn show_record(model: &mut Model, id: &EntryId) {
    if let EntryId::Mitigation(mitigation) = id {
        model.mitigations.selected = Some(*mitigation);
        if !model.listed_mitigations().1.contains(mitigation) {
            model.mitigations.shown = Shown::All;
        }
        return focus(model, Pane::Mitigations);
    }
    // The checklist shows what is about its own place too: its ends, zones, assets and protocol.
    let here = model.checklist.place.as_ref().and_then(Place::entry);
    if model.focus == Pane::Checklist && here.as_ref() == Some(id) {
        return;
    }
    if let Some(row) = super::row_of(id) {
        select_row(model, &row);
        selection::follow_components(model);
    }
}

fn select_row(model: &mut Model, row: &Row) {
    if let Some(document) = &model.document {
        model.components.select(document.session(), document.outline(), row);
    }
    focus(model, Pane::Components);
}

/// Goes to the next one of what a counter of the title line counts, in the meeting's order and around its end.
pub(super) fn next(model: &mut Model, command: Command) {
    let Some(document) = &model.document else { return };
    let (session, outline) = (document.session().clone(), document.outline());
    let places = places(outline);
    let here = match (model.focus, model.components.selected()) {
        (Pane::Components, Some(Row::Unfiled(id))) => Some((Place::Unfiled, Some(checklist::Row::Threat(*id)))),
        (Pane::Checklist, _) => model.checklist.place.clone().map(|place| (place, Some(model.checklist.row))),
        _ => model.checklist.place.clone().map(|place| (place, None)),
    };
    let (place, row) = here.unwrap_or((Place::Unfiled, None));
    let start = places.iter().position(|other| *other == place).unwrap_or(0);
    // The place at hand comes first, below the selected row, and once more at the end as a whole.
    let found = (0..=places.len()).find_map(|step| {
        let place = &places[(start + step) % places.len()];
        // Most places have nothing waiting; their counts say so without looking at rows.
        let counts = outline.place(place);
        let any = match command {
            Command::NextStale => counts.stale > 0,
            Command::NextUnrated => counts.unrated > 0,
            _ => *place == Place::Unfiled,
        };
        if !any {
            return None;
        }
        let rows = rows(&session, place);
        let below = row.filter(|_| step == 0).and_then(|row| rows.iter().position(|other| *other == row));
        let views = cell::cells(&session, place, outline.parked());
        let waits = |row: &&checklist::Row| match (command, row) {
            (Command::NextStale, checklist::Row::Cell(letter)) => !views[*letter as usize].stale.is_empty(),
            (Command::NextUnrated, checklist::Row::Threat(id)) => is_unrated(&session, place, *id),
            (Command::NextUnfiled, checklist::Row::Threat(_)) => true,
            _ => false,
        };
        rows.iter().skip(below.map_or(0, |at| at + 1)).find(waits).map(|row| (place.clone(), *row))
    });
    match found {
        Some((_, checklist::Row::Threat(id))) => show_threat(model, id),
        Some((place, checklist::Row::Cell(letter))) => show_cell(model, &place, letter),
        None => {}
    }
}

/// Where something can wait, in the meeting's order.
fn places(outline: &Outline) -> Vec<Place> {
    let flows = outline.flows().iter().map(|id| Place::Flow(*id));
    let components = outline.rows().iter().filter_map(|row| match row {
        Row::Component(id, _) => Some(Place::Component(id.clone())),
        _ => None,
    });
    flows.chain(components).chain([Place::Unfiled]).collect()
}

/// Goes to the next idea in the order in which they were said, and around the end.
pub(super) fn next_idea(model: &mut Model) {
    let Some(session) = model.session() else { return };
    let mut ideas: Vec<MitigationId> = session.ideas().map(|idea| idea.id).collect();
    ideas.sort_unstable_by_key(|id| id.number());
    let here = model.mitigations.selected.filter(|_| model.focus == Pane::Mitigations);
    let after = here.and_then(|here| ideas.iter().position(|id| id.number() > here.number())).unwrap_or(0);
    if let Some(next) = ideas.get(after) {
        show_record(model, &EntryId::Mitigation(*next));
    }
}

/// Goes to the next open question and around their end: the cells they park first, then those about no cell in pane 1.
pub(super) fn next_question(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let (session, outline) = (document.session(), document.outline());
    let places = places(outline);
    let here = model.checklist.place.as_ref().and_then(|place| places.iter().position(|other| other == place));
    let letter = (model.focus == Pane::Checklist).then(|| model.checklist.letter(session));
    let mut stops: Vec<Subject> = Vec::new();
    let mut start = 0;
    for (at, place) in places.iter().enumerate().filter(|(_, place)| outline.place(place).parked > 0) {
        for parked in Letter::ALL.into_iter().filter(|letter| outline.parked().contains(place, *letter)) {
            stops.push(Subject::Cell(place.clone(), parked));
            if here.is_some_and(|here| (at, Some(parked)) <= (here, letter)) {
                start = stops.len();
            }
        }
    }
    for row in outline.rows().iter() {
        let Row::Note(id) = row else { continue };
        let about_no_cell = |note: &Note| match (&note.place, note.letter) {
            (Some(place), Some(_)) => session.cells_at(place).is_none(),
            _ => true,
        };
        if session.notes.get(id).is_some_and(|note| note.asks() && about_no_cell(note)) {
            stops.push(Subject::Record(EntryId::Note(*id)));
            if model.focus == Pane::Components && model.components.selected() == Some(row) {
                start = stops.len();
            }
        }
    }
    if let Some(stop) = stops.get(start % stops.len().max(1)).cloned() {
        show(model, &stop);
    }
}

/// What stands at a place, from its top.
fn rows(session: &Session, place: &Place) -> Vec<checklist::Row> {
    if *place != Place::Unfiled {
        return checklist::rows(session, place);
    }
    let mut unfiled: Vec<_> = session.unfiled.iter().map(Threat::order).collect();
    unfiled.sort_unstable();
    unfiled.into_iter().map(|(_, id)| checklist::Row::Threat(id)).collect()
}

fn is_unrated(session: &Session, place: &Place, id: ThreatId) -> bool {
    let threat = session.threats_at(place).and_then(|threats| threats.get(&id));
    threat.is_some_and(|threat| threat.is_live() && status::effective_risk(session, threat) == Risk::Unrated)
}
