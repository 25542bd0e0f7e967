//! Draws pane 2: the six letters of a place, the threats under each, and what to ask about the selected one.

mod asked;
mod offers;

use ratatui::layout::Rect;

use crate::{
    app::{
        document::Document,
        model::{Hits, Model},
        pane::{
            Pane,
            checklist::{Row, rows},
        },
        words,
    },
    catalog::{Kinds, Part, class_of},
    method::{
        cell::{self, CellState, CellView},
        matrix::{Matrix, Risk},
        prompts::Subject,
        status,
        weight::{self, Weight},
    },
    review::reuse::Models,
    session::{
        Component, EntryId, Letter, MitigationState, Named, Note, Place, Response, Responsibility, Session, Threat,
    },
    ui::{
        pen::{Pen, Piece, piece, top_of},
        symbols, text,
        theme::Role,
    },
};

pub(in crate::ui) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, hits: &mut Hits) {
    let session = document.session();
    let (border, _, selection) = super::roles(model, Pane::Checklist);
    let mut title = super::title(model, Pane::Checklist);
    let Some(place) = model.checklist.place.as_ref().filter(|p| session.cells_at(p).is_some()) else {
        let inside = pen.frame(area, border, &title, &[]);
        empty(pen, inside, model);
        return;
    };
    let taken: usize = title.iter().map(|piece| text::width(&piece.text)).sum();
    let room = usize::from(area.width).saturating_sub(taken + 6);
    title.push(piece(format!("  {}", place_within(session, place, room)), Role::TextStrong));
    let inside = pen.frame(area, border, &title, &[]);
    let views = cell::cells(session, place, document.outline().parked());
    let head = Rect { height: 1, ..inside };
    pen.row(head, Role::Text, &about(session, &model.models, place), &[]);
    if let Place::Component(id) = place
        && let Some(component) = session.components.get(id)
        && inside.height > 8
    {
        pen.row(Rect { y: head.y + 1, ..head }, Role::Text, &shares(document.team.kinds(), component), &[]);
    }

    let letter = model.checklist.letter(session);
    let room = usize::from(inside.width.saturating_sub(4));
    let chosen = match model.checklist.row {
        Row::Threat(id) => session.threats_at(place).and_then(|threats| threats.get(&id)),
        Row::Cell(_) => None,
    };
    let list = rows(session, place);
    let body = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    let free = body.height.saturating_sub(list.len() as u16);
    let visited = model.suggestions.selected().is_some();
    // What to ask stands right below the list, and keeps at least a third of the pane when the list is long.
    let most = free.max(if visited { body.height - body.height / 4 } else { body.height / 3 });
    let (free, most_below) = (usize::from(free.saturating_sub(1)), usize::from(most.saturating_sub(1)));
    let below = match chosen {
        _ if visited => offers::visited(model, room, free, most_below),
        Some(threat) => offers::plain(asked::details(model, document, threat, room)),
        None => {
            let asked = asked::questions(session, place, letter, &views[letter as usize], &model.keymap, room);
            offers::beside(model, asked, room, free.max(usize::from(body.height / 3)))
        }
    };
    let wanted = (below.len() as u16 + 1).min(most);
    let listed = Rect { height: (list.len() as u16).min(body.height.saturating_sub(wanted)), ..body };

    let height = usize::from(listed.height);
    let selected = list.iter().position(|row| *row == model.checklist.row).unwrap_or(0);
    let top = top_of(model.hits.checklist_top, selected, height, list.len());
    hits.checklist_top = top;
    if model.focus == Pane::Checklist {
        hits.page = height;
    }
    for (line, (index, row)) in listed.rows().zip(list.iter().enumerate().skip(top)) {
        let under = match (index == selected, visited) {
            (false, _) => Role::Text,
            (true, false) => selection,
            (true, true) => Role::SelectionInactive,
        };
        match row {
            Row::Cell(letter) => cell_row(pen, line, under, model, document, place, *letter, &views[*letter as usize]),
            Row::Threat(id) => {
                if let Some(threat) = session.threats_at(place).and_then(|t| t.get(id)) {
                    threat_row(pen, line, under, model, document, threat, index == selected);
                }
            }
        }
        hits.rows.push((Pane::Checklist, line.y, index));
    }
    pen.scroll(Rect { y: listed.y, height: listed.height, ..area }, top, height, list.len(), border);

    let rest = Rect { y: listed.bottom(), height: body.bottom().saturating_sub(listed.bottom()), ..body };
    let shown = usize::from(rest.height.saturating_sub(1));
    for (index, (line, below_line)) in rest.rows().skip(1).zip(&below).enumerate() {
        // A question that is cut must not look whole.
        let cut = (index + 1 == shown && below.len() > shown).then(|| piece("… ", Role::TextDim));
        let right: Vec<Piece<'_>> = below_line.right.iter().map(borrowed).chain(cut).collect();
        let left: Vec<Piece<'_>> = below_line.left.iter().map(borrowed).collect();
        pen.row(line, if below_line.selected { selection } else { Role::Text }, &left, &right);
        hits.offers.extend(below_line.offer.map(|offer| (line.y, offer)));
    }
}

fn borrowed<'a>(piece: &'a Piece<'_>) -> Piece<'a> {
    Piece { text: piece.text.as_ref().into(), role: piece.role, marks: piece.marks }
}

fn empty(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let lines = [
        ("The six letters of STRIDE are walked flow by flow.", Role::TextStrong),
        ("", Role::Text),
        ("Select a flow or component in pane 1, or capture the first flow:", Role::Text),
        ("press {capture} and write  browser -> api: login [credentials] https", Role::Asset),
    ];
    let room = usize::from(area.width.saturating_sub(2));
    let wrapped = lines
        .iter()
        .flat_map(|(line, role)| text::wrap(&model.keymap.phrase(line), room).into_iter().map(move |l| (l, *role)));
    for (row, (line, role)) in area.rows().skip(1).zip(wrapped) {
        pen.row(row, Role::Text, &[piece(format!(" {line}"), role)], &[]);
    }
}

/// Cells both ends of a flow keep together, however long its label is.
const LEAST_ENDS: usize = 12;

/// The place in so many cells: the ends of a flow give way to its label, which tells it from its neighbours.
fn place_within(session: &Session, place: &Place, room: usize) -> String {
    let whole = words::place(session, place);
    let flow = match place {
        Place::Flow(id) => session.flows.get(id),
        Place::Component(_) | Place::Unfiled => None,
    };
    let Some(flow) = flow.filter(|_| text::exceeds(&whole, room)) else { return whole };
    let [from, to] = [&flow.from, &flow.to].map(|end| words::component(session, end));
    let fixed = text::width(&whole).saturating_sub(text::width(from) + text::width(to));
    let ends = super::components::ends(from, to, room.saturating_sub(fixed).max(LEAST_ENDS)).join(" → ");
    let label = if flow.label.is_empty() { String::new() } else { format!(": {}", flow.label) };
    format!("{} {ends}{label}", flow.id.short())
}

/// Zones, protocol and assets of the place in one line.
fn about<'a>(session: &'a Session, models: &Models, place: &'a Place) -> Vec<Piece<'a>> {
    let zone = |component: &crate::session::ComponentId| {
        let zone = session.components.get(component).and_then(|c| c.zone.as_ref());
        zone.map_or("no zone".to_owned(), |id| session.zones.get(id).map_or(id.to_string(), |z| z.name.clone()))
    };
    let mut pieces = vec![piece(" ", Role::Text)];
    let mut assets: &[crate::session::AssetId] = &[];
    match place {
        Place::Flow(id) => {
            let Some(flow) = session.flows.get(id) else { return pieces };
            let (from, to) = (zone(&flow.from), zone(&flow.to));
            if from == to {
                let zoned = session.components.get(&flow.from).is_some_and(|c| c.zone.is_some());
                let words = if zoned { format!("inside {from}") } else { from };
                pieces.push(piece(words, Role::TextDim));
            } else {
                pieces.push(piece(format!("{from} ▸ {to}"), Role::Boundary));
            }
            if !flow.protocol.is_empty() {
                pieces.push(piece(format!("   {}", flow.protocol), Role::Text));
            }
            assets = &flow.assets;
            if weight::crosses(session, flow) {
                pieces.push(piece("   crosses a boundary", Role::Boundary));
            }
        }
        Place::Component(id) => {
            if let Some(component) = session.components.get(id) {
                let (symbol, role) = symbols::element(component.element);
                pieces.push(piece(format!("{symbol} "), role));
                pieces.push(piece(format!("{}  ", zone(id)), Role::Boundary));
                pieces.push(piece(component.kind.as_str(), Role::TextDim));
                if !component.model.is_empty() {
                    let found = models.get(id);
                    let standing = found.map_or("", |found| found.standing(component));
                    let news = found.and_then(|found| found.news(component));
                    let role = if news.is_some() { Role::StatusWarn } else { Role::TextDim };
                    pieces.push(piece(format!("  model {standing} "), role));
                    pieces.push(piece(component.model.as_str(), Role::Text));
                }
                for point in &component.entry_points {
                    pieces.push(piece(format!("  ⇥ {}", point.name), Role::Text));
                }
                match component.deviations.len() {
                    0 => {}
                    1 => pieces.push(piece("   1 deviation", Role::CellStale)),
                    more => pieces.push(piece(format!("   {more} deviations"), Role::CellStale)),
                }
                assets = &component.assets;
            }
        }
        Place::Unfiled => {}
    }
    for asset in assets {
        pieces.push(piece(format!("   %{}", words::asset(session, asset)), Role::Asset));
    }
    pieces
}

#[expect(clippy::too_many_arguments, reason = "what a row shows, each looked up once by the caller")]
fn cell_row(
    pen: &mut Pen<'_>,
    line: Rect,
    under: Role,
    model: &Model,
    document: &Document,
    place: &Place,
    letter: Letter,
    view: &CellView,
) {
    let session = document.session();
    let selected = model.checklist.row == Row::Cell(letter);
    let (symbol, role) = symbols::cell(view);
    let name = if line.width >= 70 { letter.name() } else { short_name(letter) };
    let width = if line.width >= 70 { 23 } else { 13 };
    let name_role = match view.weight {
        Weight::Core => Role::WeightCore,
        Weight::Ask => Role::WeightAsk,
        Weight::Rare => Role::WeightRare,
    };
    let mut left = vec![
        mark(model, selected),
        piece(format!("{letter} "), Role::letter(letter)),
        piece(text::pad(name, width).into_owned(), name_role),
        piece(format!("{symbol} "), role),
    ];
    let named = if line.width >= 70 { words::person } else { words::first_name };
    let stored = session.cells_at(place).and_then(|cells| cells.get(letter));
    // Who said it stays on screen however long the reason is.
    let mut said = stored.map_or(String::new(), |cell| named(session, &cell.by).to_owned());
    match view.state {
        CellState::Open => {
            let subject = Subject::of(session, place);
            let question = subject.and_then(|subject| subject.questions(letter).next()).unwrap_or_default();
            let role = if view.weight == Weight::Rare { Role::Disabled } else { Role::TextDim };
            left.push(piece(question, role));
        }
        CellState::Clear => left.push(piece("clear", Role::CellClear)),
        CellState::NotApplicable | CellState::Inherited => {
            left.push(piece(format!("{}  ", view.state.name()), role));
            left.push(piece(stored.map_or("", |cell| cell.reason.as_str()), Role::TextDim));
        }
        CellState::Threats(count) => {
            left.push(piece(format!("{count} {}", if count == 1 { "threat" } else { "threats" }), role));
        }
        CellState::Parked => {
            let question = session.open_questions(place, letter).next();
            left.push(piece("parked  ", role));
            left.push(piece(question.map_or("", |note| note.text.as_str()), Role::Text));
            // The mark and the question come first; who and when stand below the list as well.
            let asked = text::width(question.map_or("", |note| note.text.as_str())).min(LEAST_QUESTION);
            let room = usize::from(line.width).saturating_sub(width + asked + text::width("   S ? parked    ·  core "));
            let who_and_when = question.map_or_else(Vec::new, |note| asked_of(named(session, &note.owner), note));
            let fitting = (0..=who_and_when.len()).rev().map(|count| who_and_when[..count].join(" "));
            said = fitting.into_iter().find(|said| text::width(said) <= room).unwrap_or_default();
        }
    }
    if !view.stale.is_empty() {
        left.push(piece("  stale", Role::CellStale));
    }
    let mut right = Vec::new();
    if !said.is_empty() {
        right.push(piece(format!("· {said} "), Role::TextDim));
    }
    match (view.weight, view.is_decided()) {
        (Weight::Core, false) => right.push(piece("core ", Role::WeightCore)),
        (Weight::Rare, false) if view.state == CellState::Open => right.push(piece("rare ", Role::WeightRare)),
        _ => {}
    }
    pen.row(line, under, &left, &right);
}

/// Cells of a question that are worth more than who is to answer it.
const LEAST_QUESTION: usize = 16;

/// Who is to answer a question, and until when.
fn asked_of(owner: &str, note: &Note) -> Vec<String> {
    let owner = Some(owner.to_owned()).filter(|owner| !owner.is_empty());
    owner.into_iter().chain(note.due.map(|due| due.to_string())).collect()
}

/// Who answers for which part of a component that a provider runs.
fn shares(kinds: &Kinds, component: &Component) -> Vec<Piece<'static>> {
    let Some(class) = class_of(kinds, component) else { return Vec::new() };
    let mut pieces = vec![piece(format!(" {}", class.name()), Role::TextDim)];
    for part in Part::ALL {
        let who = part.answered_by(class);
        let role = if who == Responsibility::Us { Role::Text } else { Role::TextDim };
        pieces.push(piece(format!(" · {} {}", part.name(), who.name()), role));
    }
    pieces
}

/// The mark of the selected row; while somebody is among its suggestions the cursor stands there, and the row is open.
fn mark(model: &Model, selected: bool) -> Piece<'static> {
    match (selected, model.suggestions.selected()) {
        (false, _) => piece("   ", Role::Text),
        (true, None) => piece(" ▸ ", Role::Key),
        (true, Some(_)) => piece(" ▾ ", Role::TextDim),
    }
}

fn short_name(letter: Letter) -> &'static str {
    match letter {
        Letter::I => "Info disc.",
        Letter::D => "Denial",
        Letter::E => "Elevation",
        other => other.name(),
    }
}

fn threat_row(
    pen: &mut Pen<'_>,
    line: Rect,
    under: Role,
    model: &Model,
    document: &Document,
    threat: &Threat,
    selected: bool,
) {
    let session = document.session();
    let name = document.outline().name(threat.id);
    // The matrix has the selection while it is walked through.
    let elsewhere = model.focus == Pane::Matrix && model.matrix_threat() != Some(threat.id);
    let mark = mark(model, selected && !elsewhere);
    if let Some(reason) = &threat.withdrawn {
        let left = [mark, piece(format!("    {name} {}", threat.statement), Role::Disabled)];
        pen.row(line, under, &left, &[piece(format!(" withdrawn: {}", text::truncate(reason, 24)), Role::Disabled)]);
        return;
    }
    let matrix = Matrix::of(session);
    let risk = status::effective_risk(session, threat);
    let words = match risk {
        Risk::Unrated => "unrated".to_owned(),
        other => other.words(matrix).to_lowercase(),
    };
    let left = [
        mark,
        piece(format!("    {name} "), Role::Key),
        piece(super::comment_mark(model, &EntryId::Threat(threat.id), None), Role::StatusWarn),
        piece(threat.statement.as_str(), Role::Text),
    ];
    let gap = status::gap(session, threat, Some(model.environment.today));
    let mut right = match (threat.response, gap) {
        (_, Some(status::Gap::Expired(_))) => vec![piece("expired ", Role::StatusError)],
        (Some(Response::Accept), _) => vec![piece("accepted ", Role::TextDim)],
        (Some(Response::Transfer), _) => vec![piece("transferred ", Role::TextDim)],
        (Some(Response::Mitigate | Response::Eliminate) | None, _) => Vec::new(),
    };
    right.extend(links(session, threat, gap.is_some()));
    right.push(piece(format!("{words} "), symbols::risk(risk)));
    pen.row(line, under, &left, &right);
}

/// What helps against a threat: what was agreed first, ideas dimmed.
fn links(session: &Session, threat: &Threat, gap: bool) -> Vec<Piece<'static>> {
    let helping = status::helping(session, threat);
    let mut pieces: Vec<_> =
        helping.iter().take(2).map(|mitigation| (mitigation.id.short(), mitigation.state)).collect();
    if let (Some((last, _)), more @ 1..) = (pieces.last_mut(), helping.len().saturating_sub(2)) {
        *last = format!("{last}+{more}");
    }
    let role = |state| match (state, gap) {
        (MitigationState::Proposed, false) => Role::TextDim,
        (_, true) => Role::StatusWarn,
        (_, false) => Role::StatusGood,
    };
    pieces.into_iter().map(|(words, state)| piece(format!("{words} "), role(state))).collect()
}
