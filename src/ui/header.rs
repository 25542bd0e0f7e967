//! The title line: what is open, where it lies, how far it is. And the tabs of small terminals.

use ratatui::layout::Rect;

use super::{
    pen::{Pen, Piece, piece},
    text,
    theme::Role,
};
use crate::{
    app::{document::Trouble, model::Model, pane::Pane},
    method::matrix::Matrix,
    session::Level,
};

/// Columns kept for the name of the session.
const TITLE: usize = 22;

/// The title line of an open session.
pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let Some(document) = &model.document else { return };
    let session = document.session();
    let total = document.outline().total();
    let matrix = Matrix::of(session);
    let mut left = vec![piece(" ", Role::Bar)];
    if !session.workload.is_empty() {
        left.push(piece(format!("{} · ", session.workload), Role::TextDim));
    }
    left.push(piece(session.title.as_str(), Role::TextStrong));
    left.push(piece("  ", Role::Bar));
    left.push(piece(document.shown.as_str(), Role::TextDim));
    let mark = if document.read_only.is_some() {
        piece("read only  ", Role::StatusWarn)
    } else if let (Some(trouble), true) = (document.trouble(), document.is_unsaved()) {
        match trouble {
            Trouble::Changed(_) => piece("✗ not saved: changed outside, ctrl-s  ", Role::StatusError),
            Trouble::Refused(_) => piece("✗ not saved, ctrl-s  ", Role::StatusError),
        }
    } else if document.is_saving() {
        piece("◌ saving  ", Role::Unsaved)
    } else if document.is_unsaved() {
        piece("● unsaved  ", Role::Unsaved)
    } else {
        piece("", Role::Bar)
    };

    // On the right, where nothing is cut on a narrow screen.
    let mut right: Vec<Piece<'_>> = vec![mark, piece(format!("{} core decided", total.core), Role::Text)];
    for level in [Level::Critical, Level::High] {
        if total.at(level) > 0 {
            let words = format!("{} {}", total.at(level), matrix.level_name(level).to_lowercase());
            right.push(piece("  ", Role::Bar));
            right.push(piece(words, Role::risk(Some(level))));
        }
    }
    for (count, word, role) in [
        (total.unrated, "unrated", Role::RiskUnknown),
        (total.parked, "parked", Role::CellParked),
        (total.stale, "stale", Role::CellStale),
        (session.unfiled.len(), "unfiled", Role::StatusWarn),
    ] {
        if count > 0 {
            right.push(piece("  ", Role::Bar));
            right.push(piece(format!("{count} {word}"), role));
        }
    }
    // The name of the session and the way to help stay; what counts least goes first on a narrow screen.
    let help = piece("  ? help ", Role::Hint);
    let room = usize::from(area.width).saturating_sub(TITLE + text::width(&help.text));
    while right.len() > 2 && right.iter().map(|p| text::width(&p.text)).sum::<usize>() > room {
        right.truncate(right.len() - 2);
    }
    right.push(help);
    pen.row(area, Role::Bar, &left, &right);
}

/// The title line where no session is open.
pub(super) fn plain(pen: &mut Pen<'_>, area: Rect, what: &str, detail: &str) {
    let left = [
        piece(" strideboard  ", Role::TextStrong),
        piece(what, Role::Text),
        piece("  ", Role::Bar),
        piece(detail, Role::TextDim),
    ];
    pen.row(area, Role::Bar, &left, &[]);
}

/// The panes as tabs, for terminals that hold one pane at a time.
pub(super) fn tabs(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let mut pieces = vec![piece(" ", Role::Text)];
    for pane in Pane::ALL {
        let (digit, title) =
            if pane == model.focus { (Role::TitleFocus, Role::TitleFocus) } else { (Role::Key, Role::Title) };
        let open = if pane == model.focus { "▸" } else { " " };
        pieces.push(piece(format!("{open}{} ", pane.digit()), digit));
        pieces.push(piece(format!("{}   ", pane.title()), title));
    }
    let right = if model.zoomed { vec![piece("zoomed, z leaves ", Role::TextDim)] } else { Vec::new() };
    pen.row(area, Role::Text, &pieces, &right);
}
