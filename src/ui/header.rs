//! The title line: what is open, where it lies, how far it is. And the tabs of small terminals.

use ratatui::layout::Rect;

use super::{
    pen::{Pen, Piece, piece},
    text,
    theme::Role,
};
use crate::{
    app::{
        Command,
        document::Trouble,
        model::{Area, Hits, Model},
        msg::Journaling,
        pane::Pane,
    },
    method::matrix::Matrix,
    session::Level,
};

/// Columns kept for the name of the session, and how far it gives way to what is counted.
const TITLE: usize = 22;
const LEAST_TITLE: usize = 10;

/// The title line of an open session. What it counts can be pressed, and leads to the next one.
pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, hits: &mut Hits) {
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
        let save = model.keymap.key(Command::Save);
        match trouble {
            Trouble::Changed(_) => piece(format!("✗ not saved: changed outside, {save}  "), Role::StatusError),
            Trouble::Refused(_) => piece(format!("✗ not saved, {save}  "), Role::StatusError),
        }
    } else if document.is_saving() {
        piece("◌ saving  ", Role::Unsaved)
    } else if document.is_unsaved() {
        piece("● unsaved  ", Role::Unsaved)
    } else {
        piece("", Role::Bar)
    };

    let journal = match model.journaling {
        Journaling::Kept => piece("", Role::Bar),
        Journaling::Behind => piece("journal behind  ", Role::StatusWarn),
        Journaling::Failed(_) => piece("✗ no journal  ", Role::StatusError),
    };

    let clock = super::pane::meeting::clock(model).unwrap_or_else(|| piece("", Role::Bar));
    // On the right, where nothing is cut on a narrow screen.
    let core = piece(format!("{} core decided", total.core), Role::Text);
    let mut right: Vec<(Piece<'_>, Option<Command>)> =
        vec![(clock, Some(Command::FocusMeeting)), (journal, None), (mark, None), (core, Some(Command::NextOpenCell))];
    if !session.conflicts.is_empty() {
        let conflicts = if session.conflicts.len() == 1 { "conflict" } else { "conflicts" };
        right.push((piece("  ", Role::Bar), None));
        right.push((
            piece(format!("{} {conflicts}", session.conflicts.len()), Role::StatusError),
            Some(Command::FocusReview),
        ));
    }
    for level in [Level::Critical, Level::High] {
        if total.at(level) > 0 {
            let words = format!("{} {}", total.at(level), matrix.level_name(level).to_lowercase());
            right.push((piece("  ", Role::Bar), None));
            right.push((piece(words, Role::risk(Some(level))), Some(Command::FocusMatrix)));
        }
    }
    for (count, word, role, next) in [
        (total.unrated, "unrated", Role::RiskUnknown, Command::NextUnrated),
        (total.parked, "parked", Role::CellParked, Command::NextParked),
        (total.stale, "stale", Role::CellStale, Command::NextStale),
        (session.unfiled.len(), "unfiled", Role::StatusWarn, Command::NextUnfiled),
    ] {
        if count > 0 {
            right.push((piece("  ", Role::Bar), None));
            right.push((piece(format!("{count} {word}"), role), Some(next)));
        }
    }
    // The name of the session and the way to help stay; what counts least goes first on a narrow screen.
    let help = piece(format!("  {} help ", model.keymap.key(Command::Help)), Role::Hint);
    let room = |title: usize| usize::from(area.width).saturating_sub(title + text::width(&help.text));
    let width = |right: &[(Piece<'_>, _)]| right.iter().map(|(p, _)| text::width(&p.text)).sum::<usize>();
    if width(&right) > room(TITLE) {
        right[3].0 = piece(format!("{} core", total.core), Role::Text);
    }
    let room = room(LEAST_TITLE);
    while right.len() > 4 && width(&right) > room {
        right.truncate(right.len() - 2);
    }
    right.push((help, Some(Command::Help)));
    let x = area.right().saturating_sub(width(&right) as u16);
    press(area, x, right.iter().map(|(piece, command)| (text::width(&piece.text), *command)), hits);
    let right: Vec<Piece<'_>> = right.into_iter().map(|(piece, _)| piece).collect();
    pen.row(area, Role::Bar, &left, &right);
}

/// Notes which of the pieces of a row, from a column on, run a command when they are pressed.
fn press(area: Rect, mut x: u16, pieces: impl Iterator<Item = (usize, Option<Command>)>, hits: &mut Hits) {
    for (width, command) in pieces {
        if let Some(command) = command {
            hits.commands.push((command, Area { x, y: area.y, width: width as u16, height: 1 }));
        }
        x = x.saturating_add(width as u16);
    }
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
pub(super) fn tabs(pen: &mut Pen<'_>, area: Rect, model: &Model, hits: &mut Hits) {
    let mut pieces = vec![piece(" ", Role::Text)];
    let mut presses = vec![(1, None)];
    // All of them stand there, closer together where there is little room.
    let names: usize = Pane::ALL.iter().map(|pane| 3 + text::width(pane.title())).sum();
    let fits = |gap: &usize| 1 + names + gap * Pane::ALL.len() <= usize::from(area.width);
    let gap = [3, 2, 1].into_iter().find(fits).unwrap_or(1);
    for pane in Pane::ALL {
        let (digit, title) =
            if pane == model.focus { (Role::TitleFocus, Role::TitleFocus) } else { (Role::Key, Role::Title) };
        let open = if pane == model.focus { "▸" } else { " " };
        pieces.push(piece(format!("{open}{} ", pane.digit()), digit));
        pieces.push(piece(format!("{}{}", pane.title(), " ".repeat(gap)), title));
        let command = match pane {
            Pane::Components => Command::FocusComponents,
            Pane::Checklist => Command::FocusChecklist,
            Pane::Mitigations => Command::FocusMitigations,
            Pane::Matrix => Command::FocusMatrix,
            Pane::Review => Command::FocusReview,
            Pane::Meeting => Command::FocusMeeting,
        };
        presses.push((text::width(pane.title()) + 3 + gap, Some(command)));
    }
    press(area, area.x, presses.into_iter(), hits);
    let right = if model.zoomed {
        vec![piece(format!("zoomed, {} leaves ", model.keymap.key(Command::Zoom)), Role::TextDim)]
    } else {
        Vec::new()
    };
    pen.row(area, Role::Text, &pieces, &right);
}
