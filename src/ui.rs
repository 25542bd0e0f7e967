//! The view: what a state looks like on a terminal.
//!
//! Owns drawing: [`view`] is a function of the model and a theme, one file per pane with the same name as in `app`; themes
//! ([`theme`]) and text made fit for cells ([`text`]).
//!
//! Refuses: changing anything, reading files, knowing the terminal. Colour depth is passed in; a theme file is passed in
//! as text. What the model needs to know about the picture (rows that fit, where panes are) is returned as [`Hits`].

mod browser;
mod footer;
mod form;
mod header;
mod input;
mod overlay;
mod pane;
mod pen;
mod projector;
mod strip;
mod symbols;
pub mod text;
pub mod theme;

use ratatui::{Frame, layout::Rect};

use crate::app::{
    model::{Area, Hits, Model, Screen},
    overlay::Overlay,
    pane::Pane,
};
use pen::{Pen, piece};
use theme::{Role, Theme};

/// Fewest columns and rows that can be worked on.
pub const SMALLEST: (u16, u16) = (60, 16);

/// From this size on all four panes are on screen at once.
pub const ALL_PANES: (u16, u16) = (120, 28);

/// Draws the model and says where things are.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) -> Hits {
    let area = frame.area();
    let mut hits = Hits::default();
    let mut cursor = None;
    {
        let mut pen = Pen { buf: frame.buffer_mut(), theme };
        pen.clear(area, Role::Background);
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            too_small(&mut pen, area);
            hits.too_small = true;
            return hits;
        }
        let strip = matches!(model.screen, Screen::Workbench).then(|| crate::app::strip::strip(model)).flatten();
        let [top, middle, bottom] = bands(area, footer::height(model, area.width));
        match &model.screen {
            Screen::Loading { shown, waiting, .. } => loading(&mut pen, area, shown, waiting.len()),
            Screen::Broken { shown, failure } => overlay::broken(&mut pen, area, shown, failure),
            Screen::Browser(list) => {
                header::plain(&mut pen, top, "sessions", &model.environment.folder);
                browser::draw(&mut pen, middle, list, &model.keymap, &mut hits);
                cursor = footer::draw(&mut pen, bottom, model);
            }
            Screen::Workbench => {
                let height = strip::height(strip.as_ref(), area.width).min(middle.height / 2);
                let (above, middle) = (
                    Rect { height, ..middle },
                    Rect { y: middle.y + height, height: middle.height - height, ..middle },
                );
                if let Some(strip) = &strip {
                    strip::draw(&mut pen, above, model, strip);
                }
                if model.projector.on {
                    projector::header(&mut pen, top, model);
                } else {
                    header::draw(&mut pen, top, model, &mut hits);
                }
                panes(&mut pen, middle, model, &mut hits, &mut cursor);
                let typing = footer::draw(&mut pen, bottom, model);
                cursor = typing.or(cursor);
            }
        }
        if let Some(over) = &model.overlay {
            // What goes wrong in a form is said below it.
            let above = Rect { height: area.height.saturating_sub(bottom.height), ..area };
            let area = if matches!(over, Overlay::Form(_)) { above } else { area };
            cursor = overlay::draw(&mut pen, area, model, over, &mut hits);
        }
    }
    if let Some((x, y)) = cursor {
        frame.set_cursor_position((x, y));
    }
    hits
}

/// Header, panes and footer.
fn bands(area: Rect, footer: u16) -> [Rect; 3] {
    let middle = area.height.saturating_sub(1 + footer);
    [
        Rect { height: 1, ..area },
        Rect { y: area.y + 1, height: middle, ..area },
        Rect { y: area.y + 1 + middle, height: footer, ..area },
    ]
}

/// Whether all panes are on screen at once.
fn all_at_once(model: &Model, area: Rect) -> bool {
    !model.zoomed && !model.projector.on && area.width >= ALL_PANES.0 && area.height + 3 >= ALL_PANES.1
}

fn panes(pen: &mut Pen<'_>, area: Rect, model: &Model, hits: &mut Hits, cursor: &mut Option<(u16, u16)>) {
    let Some(document) = &model.document else { return };
    let (tabs, rest) =
        (Rect { height: 1, ..area }, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area });
    if model.projector.on && model.focus == Pane::Checklist {
        hits.panes.push((Pane::Checklist, Area { x: area.x, y: area.y, width: area.width, height: area.height }));
        projector::draw(pen, area, model, document, hits);
        return;
    }
    let one_at_a_time = !all_at_once(model, area);
    if one_at_a_time {
        header::tabs(pen, tabs, model, hits);
    }
    let mut draw = |pen: &mut Pen<'_>, which: Pane, area: Rect| {
        hits.panes.push((which, Area { x: area.x, y: area.y, width: area.width, height: area.height }));
        match which {
            Pane::Components => pane::components::draw(pen, area, model, document, hits),
            Pane::Checklist => pane::checklist::draw(pen, area, model, document, hits),
            Pane::Mitigations => {
                if let Some(at) = pane::mitigations::draw(pen, area, model, document, hits) {
                    *cursor = Some(at);
                }
            }
            Pane::Matrix => pane::matrix::draw(pen, area, model, document, hits),
            Pane::Review => pane::review::draw(pen, area, model, document, hits),
            Pane::Meeting => pane::meeting::draw(pen, area, model, document, hits),
        }
    };
    if one_at_a_time {
        draw(pen, model.focus, rest);
        return;
    }
    if matches!(model.focus, Pane::Review | Pane::Meeting) {
        draw(pen, model.focus, area);
        return;
    }
    let left = (area.width * 2 / 7).clamp(34, 46);
    let right = (area.width * 3 / 10).clamp(38, 60);
    let centre = area.width - left - right;
    let matrix = pane::matrix::height(document.session()).min(area.height / 2 + 2);
    let column = |x: u16, width: u16| Rect { x: area.x + x, width, ..area };
    let right_column = column(left + centre, right);
    draw(pen, Pane::Components, column(0, left));
    draw(pen, Pane::Checklist, column(left, centre));
    draw(pen, Pane::Mitigations, Rect { height: area.height - matrix, ..right_column });
    draw(pen, Pane::Matrix, Rect { y: right_column.bottom() - matrix, height: matrix, ..right_column });
}

fn too_small(pen: &mut Pen<'_>, area: Rect) {
    let lines = [
        "This window is too small.".to_owned(),
        format!("strideboard needs {}x{}; this is {}x{}.", SMALLEST.0, SMALLEST.1, area.width, area.height),
        "Make it larger; nothing is lost. Until then only ctrl-c does something: it leaves.".to_owned(),
    ];
    let wrapped = lines.iter().flat_map(|line| text::wrap(line, usize::from(area.width)));
    for (row, line) in area.rows().zip(wrapped) {
        pen.row(row, Role::Text, &[piece(line, Role::Text)], &[]);
    }
}

fn loading(pen: &mut Pen<'_>, area: Rect, shown: &str, waiting: usize) {
    header::plain(pen, Rect { height: 1, ..area }, "reading…", shown);
    let middle = Rect { x: area.x + 2, y: area.y + area.height / 2, width: area.width.saturating_sub(4), height: 1 };
    pen.row(middle, Role::Text, &[piece("◌ reading ", Role::TextDim), piece(shown, Role::TextStrong)], &[]);
    if waiting > 0 {
        let below = Rect { y: middle.y + 1, ..middle };
        pen.row(below, Role::Text, &[piece(format!("  {waiting} keys and pastes wait for it"), Role::TextDim)], &[]);
    }
}
