//! Keeping every selection on something that exists, and moving it.
//!
//! Owns what follows what: the checklist follows pane 1, pane 3 follows the selected threat. Refuses: edits; nothing
//! here changes the session.

use crate::{
    app::{
        form::{self, Form},
        key::{Code, Key},
        line::Typing,
        model::{Model, Screen},
        outline::Row,
        overlay::Overlay,
        pane::{Pane, checklist},
    },
    method::cell,
    session::{ComponentId, FlowId, Letter, Place, Session},
};

/// Puts the selections of all panes right after the session changed.
pub(super) fn refresh(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let session = document.session().clone();
    model.components.refresh(&session, document.outline());
    model.checklist.refresh(&session);
    if model.mitigations.selected.is_some_and(|id| !session.mitigations.contains(&id)) {
        model.mitigations.selected = None;
    }
    // A form whose record is gone would be an empty box that eats a key.
    let (outline, kinds) = (document.outline(), document.team.kinds());
    let gone = |form: &Form| form::fields(&session, outline, kinds, &form.target).is_none();
    if model.mitigations.form.as_ref().is_some_and(gone) {
        model.mitigations.form = None;
    }
    if matches!(&model.overlay, Some(Overlay::Form(form)) if gone(form)) {
        model.overlay = None;
    }
    model.matrix.clamp(crate::method::matrix::Matrix::of(&session));
    if model.matrix.held.is_some_and(|held| document.outline().place_of(held.threat).is_none()) {
        model.matrix.held = None;
    }
    if model.checklist.place.is_none() {
        follow_components(model);
    }
    if model.checklist.place.is_none() {
        // The last row that a filter shows is gone: there are other flows to look at.
        show_first_place(model);
    }
}

/// Selects a cell of the place on the checklist.
pub(super) fn select_cell(model: &mut Model, letter: Letter) {
    if let Some(session) = model.document.as_ref().map(|d| d.session().clone()) {
        model.checklist.select(&session, checklist::Row::Cell(letter));
    }
}

/// Shows the first flow on the checklist, so that a session opens on something.
pub(super) fn show_first_place(model: &mut Model) {
    let first = model.document.as_ref().and_then(|d| d.outline().flows().first().copied());
    if let Some(flow) = first {
        model.checklist.show(Place::Flow(flow));
    }
}

/// Puts the matrix cursor on the worst cell that holds a threat.
pub(super) fn show_worst_risk(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let table = crate::method::matrix::Matrix::of(document.session());
    let rated = document.outline().buckets(model.matrix.point).filter_map(|(bucket, _)| {
        let rating = crate::session::Rating { likelihood: bucket.likelihood, impact: bucket.impact };
        Some((table.level(rating), bucket)).filter(|_| table.admits(rating))
    });
    if let Some((_, bucket)) = rated.max() {
        model.matrix.cursor = crate::app::pane::matrix::cursor_of(table, bucket);
    }
}

/// Shows the flow or component selected in pane 1 on the checklist.
pub(super) fn follow_components(model: &mut Model) {
    match model.components.selected() {
        Some(Row::Flow(id)) => model.checklist.show(Place::Flow(*id)),
        Some(Row::Component(id, _)) => model.checklist.show(Place::Component(id.clone())),
        _ => {}
    }
}

/// Shows a place on the checklist and selects it in pane 1.
pub(super) fn show_place(model: &mut Model, place: &Place) {
    let row = match place {
        Place::Flow(id) => Row::Flow(*id),
        Place::Component(id) => Row::Component(id.clone(), 0),
        Place::Unfiled => return,
    };
    model.checklist.show(place.clone());
    if let Some(document) = &model.document {
        model.components.select(document.session(), document.outline(), &row);
    }
}

/// Moves the selection of the focused list by some rows.
pub(super) fn step(model: &mut Model, by: isize) {
    if let Screen::Browser(browser) = &mut model.screen {
        let last = browser.listings.as_ref().map_or(0, |l| l.len().saturating_sub(1));
        browser.selected = browser.selected.saturating_add_signed(by).min(last);
        return;
    }
    let Some(document) = &model.document else { return };
    match model.focus {
        Pane::Components => {
            model.components.step(document.outline(), by);
            follow_components(model);
        }
        Pane::Checklist if model.suggestions.selected().is_some() => model.suggestions.step(by),
        Pane::Checklist => model.checklist.step(document.session(), by),
        Pane::Mitigations => {
            let (_, list) = model.listed_mitigations();
            let now = model.mitigation().and_then(|id| list.iter().position(|m| *m == id)).unwrap_or(0);
            let next = now.saturating_add_signed(by).min(list.len().saturating_sub(1));
            model.mitigations.selected = list.get(next).copied();
        }
        Pane::Review => model.review.step(by),
        Pane::Meeting => {
            let session = document.session().clone();
            model.meeting.step(&session, by);
        }
        Pane::Matrix => {
            let table = crate::method::matrix::Matrix::of(document.session());
            let steps = by.unsigned_abs().min(usize::from(u8::MAX));
            for _ in 0..steps {
                model.matrix.step(table, 0, if by > 0 { -1 } else { 1 });
            }
        }
    }
}

/// Goes to the flow before or after the one on the checklist, keeping the letter.
pub(super) fn step_flow(model: &mut Model, forward: bool) {
    let Some(document) = &model.document else { return };
    let flows = document.outline().flows();
    let now = match &model.checklist.place {
        Some(Place::Flow(id)) => flows.iter().position(|f| f == id),
        _ => None,
    };
    let next: Option<FlowId> = match (now, forward) {
        (None, true) => flows.first().copied(),
        (None, false) => flows.last().copied(),
        (Some(at), true) => flows.get(at + 1).copied(),
        (Some(at), false) => at.checked_sub(1).and_then(|at| flows.get(at).copied()),
    };
    let letter = model.checklist.letter(document.session());
    match next {
        Some(flow) => {
            show_place(model, &Place::Flow(flow));
            select_cell(model, letter);
        }
        None => model.say(if forward { "This is the last flow" } else { "This is the first flow" }),
    }
}

/// Goes to the next cell that is not decided: core cells of this flow and the ones after it first, then ask cells.
pub(super) fn next_open(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let session = document.session();
    let flows = document.outline().flows();
    let parked = document.outline().parked();
    let start = start_of_route(model, session, flows);
    let total = flows.len() * 6;
    let open_at = |weight: crate::method::weight::Weight| {
        (0..total).map(|offset| (start + offset) % total.max(1)).find_map(|at| {
            let (flow, letter) = (flows[at / 6], Letter::ALL[at % 6]);
            // Most flows of a long session are done; their counts say so without looking at cells.
            let counts = document.outline().place(&Place::Flow(flow));
            let left = match weight {
                crate::method::weight::Weight::Core => counts.core.open() > 0,
                _ => counts.ask.open() > 0,
            };
            if !left {
                return None;
            }
            let view = cell::cell(session, &Place::Flow(flow), letter, parked);
            let waits = view.state == cell::CellState::Parked;
            (view.weight == weight && !view.is_decided() && !waits).then_some((flow, letter))
        })
    };
    let found = open_at(crate::method::weight::Weight::Core).or_else(|| open_at(crate::method::weight::Weight::Ask));
    let total = *document.outline().total();
    match found {
        Some((flow, letter)) => {
            show_place(model, &Place::Flow(flow));
            select_cell(model, letter);
            model.focus = Pane::Checklist;
        }
        None if total.parked > 0 => {
            model.say(format!(
                "Every core and ask cell of the flows is decided but {} parked: answer their questions in pane 1",
                total.parked
            ));
        }
        None => model.say("Every core and ask cell of the flows is decided"),
    }
}

/// Where the route begins, as a number of cells from the first flow's first one: in pane 1 with the selected flow, or the
/// first one that touches the selected component; elsewhere after the selected cell of the checklist.
fn start_of_route(model: &Model, session: &Session, flows: &[FlowId]) -> usize {
    let touches = |id: &ComponentId| {
        let at_end = |flow: &FlowId| session.flows.get(flow).is_some_and(|flow| flow.from == *id || flow.to == *id);
        flows.iter().position(at_end)
    };
    let (at, cells) = match &model.checklist.place {
        Some(Place::Flow(id)) => {
            let passed = if model.focus == Pane::Components { 0 } else { model.checklist.letter(session) as usize + 1 };
            (flows.iter().position(|flow| flow == id), passed)
        }
        Some(Place::Component(id)) => (touches(id), 0),
        Some(Place::Unfiled) | None => (None, 0),
    };
    at.map_or(0, |at| at * 6 + cells)
}

/// Opens the line that filters pane 1.
pub(super) fn open_filter(model: &mut Model) {
    model.focus = Pane::Components;
    model.components.typing = Some(Typing::line(model.components.filter().unwrap_or("")));
}

/// A key while the filter is typed.
pub(super) fn filter_key(model: &mut Model, key: Key) {
    match key.code {
        Code::Esc => {
            model.components.typing = None;
            set_filter(model, None);
        }
        Code::Enter => model.components.typing = None,
        Code::Down | Code::Up => step(model, if key.code == Code::Down { 1 } else { -1 }),
        _ => {
            if model.components.typing.as_mut().is_some_and(|typing| typing.key(key)) {
                filter_changed(model);
            }
        }
    }
}

/// Applies what is typed as filter.
pub(super) fn filter_changed(model: &mut Model) {
    let words = model.components.typing.as_ref().map(|t| t.first_line().to_owned());
    set_filter(model, words);
}

/// Sets or clears the filter of pane 1.
pub(super) fn set_filter(model: &mut Model, words: Option<String>) {
    if let Some(document) = &model.document {
        model.components.set_filter(document.session(), document.outline(), words);
        follow_components(model);
    }
}
