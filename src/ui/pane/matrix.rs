//! Draws pane 4: impact upwards, likelihood to the right, threats by name in their cells.

use ratatui::layout::Rect;

use crate::{
    app::{
        document::Document,
        model::{Area, Hits, Model},
        pane::{Pane, matrix::Cursor},
    },
    method::{
        matrix::{Matrix, Risk},
        status,
    },
    session::{Level, Point, Rating, Session, Threat},
    ui::{
        pen::{Pen, Piece, piece},
        symbols, text,
        theme::Role,
    },
};

/// Rows for the threats of the cursor's cell, when space is short.
const LISTED: u16 = 4;

/// Rows the pane needs beside the others.
pub(in crate::ui) fn height(session: &Session) -> u16 {
    Matrix::of(session).impact.len() as u16 + 2 + 1 + LISTED + 1 + 2
}

pub(in crate::ui) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, hits: &mut Hits) {
    let session = document.session();
    let matrix = Matrix::of(session);
    let (border, _, _) = super::roles(model, Pane::Matrix);
    let mut title = super::title(model, Pane::Matrix);
    title.push(piece(format!("  {}", model.matrix.point.name()), Role::TextStrong));
    if model.matrix.only_here {
        title.push(piece("  only here", Role::Match));
    }
    let inside = pen.frame(
        area,
        border,
        &title,
        &axes(Matrix::of(document.session()), &title, usize::from(area.width.saturating_sub(4))),
    );
    let rows = matrix.impact.len() as u16;
    let columns = matrix.likelihood.len() as u16;
    // The words of the impact steps stand beside the grid where there is room for them.
    let words = matrix.impact.iter().map(|s| text::width(s.name)).max().unwrap_or(0) as u16;
    let label = if inside.width >= words + 3 + columns * 8 { words + 3 } else { 3 };
    let width = (inside.width.saturating_sub(label) / columns).clamp(3, 24);
    let tall = (inside.height.saturating_sub(3 + LISTED + 2) / rows).clamp(1, 5);
    let mut y = inside.y;
    for impact in (1..=rows as u8).rev() {
        let step = &matrix.impact[usize::from(impact) - 1];
        let line = Rect { y, height: 1, ..inside };
        if line.y >= inside.bottom() {
            return;
        }
        let name = if label > 3 { step.name } else { "" };
        pen.row(
            Rect { width: label, ..line },
            Role::Text,
            &[piece(format!("{impact} "), Role::Key), piece(name, Role::TextDim)],
            &[],
        );
        for likelihood in 1..=columns as u8 {
            let x = inside.x + label + u16::from(likelihood - 1) * width;
            let cell = Rect { x, y, width, height: tall }.intersection(inside);
            grid_cell(pen, cell, model, document, matrix, likelihood, impact);
            hits.cells.push((
                likelihood,
                impact,
                Area { x: cell.x, y: cell.y, width: cell.width, height: cell.height },
            ));
        }
        y += tall;
    }
    axis(pen, Rect { y, height: 1, ..inside }.intersection(inside), matrix, label, width);
    let rest = Rect { y: y + 1, height: inside.bottom().saturating_sub(y + 1), ..inside }.intersection(inside);
    below(pen, rest, model, document, matrix);
}

/// Which way is which, as much of it as there is room for beside the title.
fn axes(matrix: &Matrix, title: &[Piece<'_>], room: usize) -> Vec<Piece<'static>> {
    let taken: usize = title.iter().map(|piece| text::width(&piece.text)).sum();
    let [right, up] = matrix.axes;
    let words = [format!("↑ {up}  → {right}"), format!("→ {right}")];
    let words = words.into_iter().find(|words| taken + 2 + text::width(words) <= room);
    words.into_iter().map(|words| piece(words, Role::TextDim)).collect()
}

fn axis(pen: &mut Pen<'_>, area: Rect, matrix: &Matrix, label: u16, width: u16) {
    if area.is_empty() {
        return;
    }
    pen.row(Rect { width: label.min(area.width), ..area }, Role::Text, &[piece("↑→", Role::TextDim)], &[]);
    for (index, step) in matrix.likelihood.iter().enumerate() {
        let x = area.x + label + index as u16 * width;
        let cell = Rect { x, width, ..area }.intersection(area);
        let name = if width >= 10 { step.name } else { "" };
        pen.row(cell, Role::Text, &[piece(format!(" {} ", index + 1), Role::Key), piece(name, Role::TextDim)], &[]);
    }
}

fn grid_cell(
    pen: &mut Pen<'_>,
    area: Rect,
    model: &Model,
    document: &Document,
    matrix: &Matrix,
    likelihood: u8,
    impact: u8,
) {
    if area.is_empty() {
        return;
    }
    let session = document.session();
    let here = Cursor::Cell(likelihood, impact);
    let level = matrix.level(Rating { likelihood: Some(likelihood), impact: Some(impact) }).worst();
    let role = Role::risk(level);
    let on_cursor = model.matrix.cursor == here && is_marked(model);
    let under = match (on_cursor, model.focus == Pane::Matrix) {
        (true, true) => Role::MatrixCursor,
        (true, false) => Role::SelectionInactive,
        _ => Role::Text,
    };
    let place = model.checklist.place.as_ref();
    let held = model.matrix.held.filter(|_| on_cursor).map(|held| held.threat);
    let count = model.matrix.count(session, document.outline(), place, here);
    // One column is the cursor's.
    let room = usize::from(area.width.saturating_sub(1));
    let mut lines: Vec<Vec<Piece<'_>>> = Vec::new();
    if let Some(threat) = held {
        lines.push(vec![piece(format!("[{}]", document.outline().name(threat)), Role::TextStrong)]);
    }
    if count == 0 && held.is_none() {
        lines.push(vec![piece(short_level(matrix, level, room), role)]);
    } else if count > 0 {
        // As many names as fit, then how many more.
        let ids = if model.matrix.only_here {
            model.matrix.at(session, document.outline(), place, here).collect::<Vec<_>>()
        } else {
            let bucket = crate::app::outline::Bucket { likelihood: Some(likelihood), impact: Some(impact) };
            document.outline().bucket(model.matrix.point, bucket).take(usize::from(area.height) * 8).collect()
        };
        let mut shown = 0;
        let mut left = usize::from(area.height).saturating_sub(lines.len());
        while shown < count && left > 0 {
            let mut line = String::new();
            while let Some(id) = ids.get(shown) {
                let name = document.outline().name(*id);
                let more = if left == 1 && shown + 1 < count { 1 + (count - shown - 1).to_string().len() } else { 0 };
                let gap = usize::from(!line.is_empty());
                if text::width(&line) + gap + text::width(&name) + more > room && !line.is_empty() {
                    break;
                }
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(&name);
                shown += 1;
            }
            left -= 1;
            if left == 0 && shown < count {
                line.push('+');
                line.push_str(&(count - shown).to_string());
            }
            if line.is_empty() {
                break;
            }
            lines.push(vec![piece(line, role)]);
        }
    }
    for ((index, row), pieces) in area.rows().enumerate().zip(lines.into_iter().chain(std::iter::repeat_with(Vec::new)))
    {
        let mut all = vec![piece(if on_cursor && index == 0 { "▸" } else { " " }, Role::Key)];
        all.extend(pieces);
        pen.row(row, under, &all, &[]);
    }
}

/// Whether the cursor stands on the threat that is selected: it may have been left where nobody looks any more.
fn is_marked(model: &Model) -> bool {
    model.focus == Pane::Matrix || model.selected_threat().is_some_and(|threat| model.matrix_threat() == Some(threat))
}

/// The word of a level, or the start of its words.
fn short_level(matrix: &Matrix, level: Option<Level>, room: usize) -> String {
    let name = level.map_or("", |level| matrix.level_name(level)).to_lowercase();
    if text::width(&name) < room {
        return name;
    }
    match name.split_once(' ') {
        Some((first, second)) => first.chars().take(1).chain(['.']).chain(second.chars().take(3)).collect(),
        None => name.chars().take(3).collect(),
    }
}

/// The cursor's cell in words, its threats, and where the selected one comes from and goes to.
fn below(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, matrix: &Matrix) {
    let session = document.session();
    let place = model.checklist.place.as_ref();
    let mut rows = area.rows();
    let Some(first) = rows.next() else { return };
    let tray = model.matrix.count(session, document.outline(), place, Cursor::Tray);
    let right = if tray > 0 { vec![piece(format!("  {tray} not placed "), Role::RiskUnknown)] } else { Vec::new() };
    match model.matrix.cursor {
        Cursor::Cell(likelihood, impact) => {
            let level = matrix.level(Rating { likelihood: Some(likelihood), impact: Some(impact) });
            let step = |steps: &[crate::method::matrix::Step], at: u8| {
                steps.get(usize::from(at) - 1).map_or("", |s| s.name).to_lowercase()
            };
            let words = format!("{} · {}", step(matrix.likelihood, likelihood), step(matrix.impact, impact));
            let left = [
                piece(format!("{likelihood}x{impact} "), Role::Key),
                piece(format!("{words} · "), Role::TextDim),
                piece(level.words(matrix).to_lowercase(), symbols::risk(level)),
            ];
            pen.row(first, Role::Text, &left, &right);
        }
        Cursor::Tray => {
            let (mark, under) = match (model.focus == Pane::Matrix, is_marked(model)) {
                (true, _) => ("▸", Role::MatrixCursor),
                (false, true) => ("▸", Role::SelectionInactive),
                (false, false) => (" ", Role::Text),
            };
            let words = format!("{mark} without a place on this matrix: {tray}");
            pen.row(first, under, &[piece(words, Role::RiskUnknown)], &[]);
        }
    }
    if session.threats().next().is_none() {
        let words = model
            .keymap
            .phrase("No threat yet. In the checklist ({checklist}) a letter writes one down, and {rate} rates it.");
        let room = usize::from(area.width.saturating_sub(1));
        for (row, line) in rows.zip(text::wrap(&words, room)) {
            pen.row(row, Role::Text, &[piece(format!(" {line}"), Role::TextDim)], &[]);
        }
        return;
    }
    let chosen = model.matrix_threat().filter(|_| is_marked(model));
    let lines = usize::from(area.height.saturating_sub(2));
    let count = model.matrix.count(session, document.outline(), place, model.matrix.cursor);
    let at = match model.matrix.held {
        None => model.matrix.index.min(count.saturating_sub(1)),
        Some(carried) => {
            let mut here = model.matrix.at(session, document.outline(), place, model.matrix.cursor);
            here.position(|id| id == carried.threat).unwrap_or(0)
        }
    };
    let top = (at + 1).saturating_sub(lines);
    for id in model.matrix.at(session, document.outline(), place, model.matrix.cursor).skip(top).take(lines) {
        let (Some(row), Some((_, threat))) = (rows.next(), document.outline().threat(session, id)) else { break };
        let selected = chosen == Some(id);
        let under = match (selected, model.focus == Pane::Matrix) {
            (true, true) => Role::Selection,
            (true, false) => Role::SelectionInactive,
            _ => Role::Text,
        };
        let left = [
            piece(if selected { "▸" } else { " " }, Role::Key),
            piece(format!("{} ", document.outline().name(id)), Role::Key),
            piece(threat.statement.as_str(), Role::Text),
        ];
        pen.row(row, under, &left, &[]);
    }
    if let (Some((_, threat)), true) = (chosen.and_then(|id| document.outline().threat(session, id)), area.height >= 3)
    {
        let last = Rect { y: area.bottom() - 1, height: 1, ..area };
        pen.row(last, Role::Text, &path(session, matrix, threat), &[]);
    }
}

/// Inherent, current and target risk of a threat, as an arrow.
fn path(session: &Session, matrix: &Matrix, threat: &Threat) -> Vec<Piece<'static>> {
    let mut pieces = vec![piece(" ", Role::Text)];
    for point in Point::ALL {
        if point != Point::Inherent {
            pieces.push(piece(" → ", Role::TextDim));
        }
        let risk = status::risk(session, threat, point);
        let words = match risk {
            Risk::Unrated => "–".to_owned(),
            other => other.words(matrix).to_lowercase(),
        };
        let short = match point {
            Point::Inherent => "inherent ",
            Point::Current => "now ",
            Point::Target => "target ",
        };
        pieces.push(piece(short, Role::TextDim));
        pieces.push(piece(words, symbols::risk(risk)));
    }
    pieces
}
