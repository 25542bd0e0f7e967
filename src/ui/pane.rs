//! The panes. Each file draws the pane of the same name in `app`.
//!
//! Refuses: state. What a pane remembers is in the model.

pub(super) mod checklist;
pub(super) mod components;
pub(super) mod matrix;
pub(super) mod meeting;
pub(super) mod mitigations;
pub(super) mod review;

use super::{
    pen::{Piece, piece},
    theme::Role,
};
use crate::{
    app::{model::Model, pane::Pane},
    session::EntryId,
};

/// The role of a pane's frame and title, and of its selected row.
fn roles(model: &Model, pane: Pane) -> (Role, Role, Role) {
    if model.focus == pane {
        (Role::BorderFocus, Role::TitleFocus, Role::Selection)
    } else {
        (Role::Border, Role::Title, Role::SelectionInactive)
    }
}

/// How many open comments there are about a record or a field of it; nothing without any.
pub(super) fn comment_mark(model: &Model, id: &EntryId, field: Option<&str>) -> String {
    match model.review.open_about(id, field) {
        0 => String::new(),
        1 => "❝ ".to_owned(),
        several => format!("❝{several} "),
    }
}

/// Digit and name of a pane, for its frame.
fn title(model: &Model, pane: Pane) -> Vec<Piece<'static>> {
    let (_, title, _) = roles(model, pane);
    vec![piece(format!("{} ", pane.digit()), Role::Key), piece(pane.title(), title)]
}
