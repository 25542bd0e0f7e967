//! Driving the risk matrix.
//!
//! Owns moving a held threat, which becomes a rating only when it is put down.

use crate::{
    app::{
        model::Model,
        outline::Bucket,
        pane::{
            Pane,
            matrix::{Cursor, Held, cursor_of},
        },
    },
    method::matrix::Matrix,
    session::{Edit, Rating, ThreatId},
};

use super::apply;

/// Lets go of the threat in hand; it stays where it was.
pub(super) fn put_back(model: &mut Model) {
    if let Some(held) = model.matrix.held.take() {
        model.matrix.cursor = held.from;
    }
}

/// Puts the matrix cursor on a threat.
pub(super) fn matrix_to(model: &mut Model, threat: ThreatId) {
    let Some(document) = &model.document else { return };
    let session = document.session().clone();
    let Some((_, found)) = document.outline().threat(&session, threat) else { return };
    let cursor = cursor_of(Matrix::of(&session), Bucket::from(found.rating(model.matrix.point)));
    let here = model.matrix.at(&session, document.outline(), model.checklist.place.as_ref(), cursor);
    model.matrix.cursor = cursor;
    let index = here.into_iter().position(|id| id == threat).unwrap_or(0);
    model.matrix.index = index;
}

/// Keeps the cursor on the threat that is selected elsewhere, so that the panes never mean two.
pub(super) fn follow(model: &mut Model) {
    if model.focus != Pane::Matrix
        && let Some(threat) = model.selected_threat().filter(|threat| model.matrix_threat() != Some(*threat))
    {
        matrix_to(model, threat);
    }
}

pub(super) fn matrix_step(model: &mut Model, likelihood: i8, impact: i8) {
    if let Some(table) = model.session().map(Matrix::of) {
        model.matrix.step(table, likelihood, impact);
    }
}

pub(super) fn in_cell(model: &mut Model, by: isize) {
    let Some(document) = &model.document else { return };
    let place = model.checklist.place.as_ref();
    let count = model.matrix.count(document.session(), document.outline(), place, model.matrix.cursor);
    if count > 0 {
        model.matrix.index = (model.matrix.index as isize + by).rem_euclid(count as isize) as usize;
    }
}

/// Picks the selected threat up, or puts the one in hand down as one edit.
pub(super) fn pick_up(model: &mut Model) {
    if let Some(held) = model.matrix.held.take() {
        let rating = match model.matrix.cursor {
            Cursor::Cell(likelihood, impact) => Some(Rating { likelihood: Some(likelihood), impact: Some(impact) }),
            Cursor::Tray => None,
        };
        if held.from != model.matrix.cursor {
            apply(model, &Edit::SetRating { threat: held.threat, point: model.matrix.point, rating });
        }
        matrix_to(model, held.threat);
    } else {
        let from = model.matrix.cursor;
        let Some(threat) = model.matrix_threat() else { return };
        model.matrix.held = Some(Held { threat, from });
        if from == Cursor::Tray {
            // From the tray it starts where the half that is known says, else in the middle, from where everything is near.
            if let Some(table) = model.session().map(Matrix::of) {
                let rating = model.document.as_ref().and_then(|d| d.threat(threat)?.rating(model.matrix.point));
                let Rating { likelihood, impact } = rating.unwrap_or_default();
                let start = |step: Option<u8>, steps: usize| {
                    step.filter(|step| (1..=steps).contains(&usize::from(*step))).unwrap_or((steps as u8).div_ceil(2))
                };
                model.matrix.cursor =
                    Cursor::Cell(start(likelihood, table.likelihood.len()), start(impact, table.impact.len()));
            }
        }
        let name = model.document.as_ref().map_or_else(|| threat.short(), |d| d.outline().name(threat));
        model.say(format!("{name} in hand: arrows move it, enter puts it down, esc puts it back"));
    }
}
