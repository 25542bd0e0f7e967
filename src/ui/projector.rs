//! Draws the checklist for a room that looks at a wall: the place, the letters, what to ask, what was said.
//!
//! Owns what is left out: everything that is not read from the back of a room, ratings while a vote goes on, and names when
//! somebody asked for that. The row at hand is marked at both of its ends, because projectors lose colours.

use ratatui::layout::Rect;

use super::{
    pen::{Pen, Piece, piece, top_of},
    symbols, text,
    theme::Role,
};
use crate::{
    app::{
        Command,
        document::Document,
        model::{Hits, Model},
        pane::{
            Pane,
            checklist::{Row, rows},
        },
        words,
    },
    method::{
        cell::{self, CellState},
        matrix::{Matrix, Risk},
        prompts::Subject,
        status,
    },
    session::{Letter, Place, Session, Threat},
};

/// Rows of questions.
const ASKED: usize = 4;

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, hits: &mut Hits) {
    let session = document.session();
    let room = usize::from(area.width.saturating_sub(2));
    let Some(place) = model.checklist.place.as_ref().filter(|place| session.cells_at(place).is_some()) else {
        let words = "Select a flow: {components}, or draw one: {capture} and `browser -> api: login`";
        let row = Rect { y: area.y + 1, height: 1, ..area };
        pen.row(row, Role::Text, &[piece(format!(" {}", model.keymap.phrase(words)), Role::TextStrong)], &[]);
        return;
    };
    let mut lines = area.rows();
    let mut line = |pen: &mut Pen<'_>, left: &[Piece<'_>], right: &[Piece<'_>]| {
        let row = lines.next()?;
        pen.row(row, Role::Text, left, right);
        Some(row.y)
    };
    line(pen, &[], &[]);
    line(pen, &[piece(format!(" {}", words::place(session, place)), Role::TextStrong)], &[]);
    line(pen, &[], &[]);
    let list = rows(session, place);
    let letter = model.checklist.letter(session);
    for (view, at) in cell::cells(session, place, document.outline().parked()).iter().zip(Letter::ALL) {
        let (symbol, role) = symbols::cell(view);
        let here = at == letter;
        let (mark, end) = marks(here && matches!(model.checklist.row, Row::Cell(_)));
        let name = if here { at.name().to_uppercase() } else { at.name().to_owned() };
        let under = if here { Role::TextStrong } else { Role::Text };
        let state = match view.state {
            CellState::Threats(1) => "1 threat".to_owned(),
            CellState::Threats(count) => format!("{count} threats"),
            other => other.name().to_owned(),
        };
        let left = [
            piece(mark, Role::Key),
            piece(format!("{at}  "), Role::letter(at)),
            piece(text::pad(&name, 26).into_owned(), under),
            piece(format!("{symbol} "), role),
            piece(state, role),
        ];
        let y = line(pen, &left, &[piece(end, Role::Key)]);
        let index = list.iter().position(|row| *row == Row::Cell(at));
        hits.rows.extend(y.zip(index).map(|(y, index)| (Pane::Checklist, y, index)));
    }
    hits.page = list.len();
    line(pen, &[], &[]);
    let subject = Subject::of(session, place);
    let asked = subject.iter().flat_map(|subject| subject.questions(letter).collect::<Vec<_>>());
    let asked = asked.flat_map(|question| text::wrap(&question, room.saturating_sub(2)));
    for question in asked.take(ASKED) {
        line(pen, &[piece(format!("  {question}"), Role::TextStrong)], &[]);
    }
    let gap = line(pen, &[], &[]).unwrap_or(area.bottom());
    let said: Vec<&Threat> = said(session, place, letter);
    if said.is_empty() {
        let words = model.keymap.phrase("{capture} writes down what is said");
        line(pen, &[piece(format!("  {words}"), Role::TextDim)], &[]);
    }
    // What was said is more than fits: the selected threat stays in sight.
    let room_below = usize::from(area.bottom().saturating_sub(gap + 1));
    let at = said.iter().position(|threat| model.checklist.row == Row::Threat(threat.id)).unwrap_or(0);
    let top = top_of(0, at, room_below, said.len());
    for threat in said.into_iter().skip(top) {
        let chosen = model.checklist.row == Row::Threat(threat.id);
        let (mark, end) = marks(chosen);
        let name = document.outline().name(threat.id);
        let statement = text::truncate(&threat.statement, room.saturating_sub(24)).into_owned();
        let left = [piece(mark, Role::Key), piece(format!("{name} "), Role::Key), piece(statement, Role::Text)];
        let by = if model.projector.hides_names { "" } else { words::first_name(session, &threat.by) };
        let by = if by.is_empty() { String::new() } else { format!(" {by} ") };
        let (level, role) = level(model, session, threat);
        line(pen, &left, &[piece(by, Role::TextDim), piece(level, role), piece(end, Role::Key)]);
    }
}

/// The marks of a row at both of its ends.
fn marks(here: bool) -> (&'static str, &'static str) {
    if here { (" ▶▶ ", " ◀◀ ") } else { ("    ", "    ") }
}

/// What was said to a letter, and still counts.
fn said<'a>(session: &'a Session, place: &Place, letter: Letter) -> Vec<&'a Threat> {
    let mut said: Vec<&Threat> = session
        .threats_at(place)
        .into_iter()
        .flat_map(crate::session::Table::iter)
        .filter(|threat| threat.letter == letter && threat.is_live())
        .collect();
    said.sort_by_key(|threat| threat.order());
    said
}

/// How bad a threat is; hidden while the room votes on it, or it would vote for what it sees.
fn level(model: &Model, session: &Session, threat: &Threat) -> (String, Role) {
    let voting = model.vote.is_some() || model.rating.is_some();
    match status::effective_risk(session, threat) {
        Risk::Unrated => (String::new(), Role::Text),
        _ if voting => (String::new(), Role::Text),
        risk => (risk.words(Matrix::of(session)).to_lowercase(), symbols::risk(risk)),
    }
}

/// The title line of a room: what, which phase, how long.
pub(super) fn header(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let Some(session) = model.session() else { return };
    let clock = super::pane::meeting::clock(model).unwrap_or_else(|| piece("", Role::Bar));
    let leave = piece(format!("{} leaves ", model.keymap.key(Command::ToggleProjector)), Role::Hint);
    let left = [piece(" ", Role::Bar), piece(session.title.as_str(), Role::TextStrong)];
    pen.row(area, Role::Bar, &left, &[clock, leave]);
}
