//! The mouse: focus, selection, scrolling and the matrix. Nothing needs it.
//!
//! Owns what a press on a screen cell means, from the [`Hits`](crate::app::model::Hits) of the last frame. Refuses:
//! edits.

use crate::app::{
    command::Command,
    model::{Model, Screen},
    msg::{Effect, Mouse, MouseKind},
    overlay::Overlay,
    pane::{Pane, checklist, matrix::Cursor},
};

use super::{overlays, selection};

/// Rows per turn of the wheel.
const WHEEL: isize = 3;

pub(super) fn on_mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let by = match mouse.kind {
        MouseKind::ScrollUp => -WHEEL,
        MouseKind::ScrollDown => WHEEL,
        MouseKind::Press => 0,
    };
    match &mut model.overlay {
        Some(Overlay::Help(top)) => {
            *top = top.saturating_add_signed(by).min(model.hits.help_last);
            return Vec::new();
        }
        Some(Overlay::Picker(_) | Overlay::Choice(_)) if by == 0 => return overlays::press(model, mouse.row),
        Some(Overlay::Picker(picker)) => {
            picker.step(by.signum());
            return Vec::new();
        }
        Some(_) => return Vec::new(),
        None => {}
    }
    if let Screen::Browser(browser) = &mut model.screen {
        let pressed = model.hits.listings.iter().find(|(row, _)| *row == mouse.row).map(|(_, index)| *index);
        match pressed.filter(|_| by == 0) {
            Some(index) if index == browser.selected => return super::rows::open(model),
            Some(index) => browser.selected = index,
            None => selection::step(model, by.signum()),
        }
        return Vec::new();
    }
    // What is being typed stays open; a stray press must not lose it.
    if model.capture.is_some()
        || model.rating.is_some()
        || model.vote.is_some()
        || model.mitigations.form.as_ref().is_some_and(|f| f.editing.is_some())
    {
        return Vec::new();
    }
    if model.components.typing.is_some() {
        return Vec::new();
    }
    let pressed = model.hits.commands.iter().find(|(_, area)| by == 0 && area.holds(mouse.column, mouse.row));
    if let Some((command, _)) = pressed {
        return super::commands::run(model, *command);
    }
    let under = model.hits.panes.iter().find(|(_, area)| area.holds(mouse.column, mouse.row)).map(|(pane, _)| *pane);
    let Some(pane) = under else { return Vec::new() };
    if pane != Pane::Matrix {
        super::matrix::put_back(model);
    }
    model.focus = pane;
    if by != 0 {
        selection::step(model, by);
        return Vec::new();
    }
    if pane == Pane::Checklist
        && let Some((_, index)) = model.hits.offers.iter().find(|(row, _)| *row == mouse.row).copied()
    {
        // As in the browser: once selects, once more takes.
        match model.suggestions.selected() {
            Some(selected) if selected == index => return super::commands::run(model, Command::Accept),
            Some(_) => model.suggestions.select(index),
            None => model.suggestions.enter(index),
        }
        return Vec::new();
    }
    if model.suggestions.selected().is_some() {
        model.suggestions.leave();
    }
    let index = model.hits.rows.iter().find(|(p, row, _)| *p == pane && *row == mouse.row).map(|(_, _, index)| *index);
    match (pane, index) {
        (Pane::Components, Some(index)) => {
            if let Some(document) = &model.document {
                model.components.select_index(document.outline(), index);
            }
            selection::follow_components(model);
        }
        (Pane::Checklist, Some(index)) => {
            if let (Some(document), Some(place)) = (&model.document, &model.checklist.place)
                && let Some(row) = checklist::rows(document.session(), place).get(index)
            {
                let (row, session) = (*row, document.session().clone());
                model.checklist.select(&session, row);
            }
        }
        (Pane::Mitigations, Some(index)) if model.mitigations.form.is_none() => {
            model.mitigations.selected = model.listed_mitigations().1.get(index).copied();
        }
        (Pane::Review, Some(index)) => model.review.selected = index,
        (Pane::Meeting, Some(index)) => {
            let person = model.session().and_then(|session| session.people.keys().nth(index)).cloned();
            model.meeting.selected = person;
        }
        (Pane::Matrix, _) => {
            let cell = model.hits.cells.iter().find(|(_, _, area)| area.holds(mouse.column, mouse.row));
            if let Some((likelihood, impact, _)) = cell {
                model.matrix.cursor = Cursor::Cell(*likelihood, *impact);
                model.matrix.index = 0;
            }
        }
        _ => {}
    }
    Vec::new()
}
