//! Draws pane 2: the six letters of a place, the threats under each, and what to ask about the selected one.

use ratatui::layout::Rect;

use crate::{
    app::{
        Command,
        document::Document,
        keymap::Keymap,
        model::{Hits, Model},
        pane::{
            Pane,
            checklist::{Row, rows},
        },
        words,
    },
    method::{
        cell::{self, CellState, CellView},
        matrix::{Matrix, Risk},
        prompts::{self, Names},
        status::{self, Gap},
        weight::{self, End, Weight},
    },
    review::reuse::Models,
    session::{Letter, Place, Point, Session, Threat},
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
    title.push(piece(format!("  {}", words::place(session, place)), Role::TextStrong));
    let inside = pen.frame(area, border, &title, &[]);
    let views = cell::cells(session, place, document.outline().parked());
    let head = Rect { height: 1, ..inside };
    pen.row(head, Role::Text, &about(session, &model.models, place), &[]);

    let letter = model.checklist.letter(session);
    let room = usize::from(inside.width.saturating_sub(4));
    let chosen = match model.checklist.row {
        Row::Threat(id) => session.threats_at(place).and_then(|threats| threats.get(&id)),
        Row::Cell(_) => None,
    };
    let asked = match chosen {
        Some(threat) => details(model, document, threat, room),
        None => questions(session, place, letter, &views[letter as usize], &model.keymap, room),
    };
    let list = rows(session, place);
    let body = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    // What to ask stands right below the list, and keeps at least a third of the pane when the list is long.
    let wanted = (asked.len() as u16 + 1).min(body.height.saturating_sub(list.len() as u16).max(body.height / 3));
    let listed = Rect { height: (list.len() as u16).min(body.height.saturating_sub(wanted)), ..body };

    let height = usize::from(listed.height);
    let selected = list.iter().position(|row| *row == model.checklist.row).unwrap_or(0);
    let top = top_of(model.hits.checklist_top, selected, height, list.len());
    hits.checklist_top = top;
    if model.focus == Pane::Checklist {
        hits.page = height;
    }
    for (line, (index, row)) in listed.rows().zip(list.iter().enumerate().skip(top)) {
        let under = if index == selected { selection } else { Role::Text };
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
    for (index, (line, (words, role))) in rest.rows().skip(1).zip(&asked).enumerate() {
        // A question that is cut must not look whole.
        let more =
            if index + 1 == shown && asked.len() > shown { vec![piece("… ", Role::TextDim)] } else { Vec::new() };
        pen.row(line, Role::Text, &[piece(format!("  {words}"), *role)], &more);
    }
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
        pieces.push(piece(format!("   %{asset}"), Role::Asset));
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
        piece(if selected { " ▸ " } else { "   " }, Role::Key),
        piece(format!("{letter} "), Role::letter(letter)),
        piece(text::pad(name, width).into_owned(), name_role),
        piece(format!("{symbol} "), role),
    ];
    let stored = session.cells_at(place).and_then(|cells| cells.get(letter));
    // Who said it stays on screen however long the reason is.
    let mut said = stored.map_or(String::new(), |cell| cell.by.clone());
    match view.state {
        CellState::Open => {
            let question = question(session, place, letter, 0).unwrap_or_default();
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
            let owner = question.map_or("", |note| note.owner.as_str());
            let due = question.and_then(|note| note.due).map_or_else(String::new, |due| due.to_string());
            said = [owner, due.as_str()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
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
    let mark = if selected { " ▸ " } else { "   " };
    if let Some(reason) = &threat.withdrawn {
        let left = [piece(mark, Role::Key), piece(format!("    {name} {}", threat.statement), Role::Disabled)];
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
        piece(mark, Role::Key),
        piece(format!("    {name} "), Role::Key),
        piece(threat.statement.as_str(), Role::Text),
    ];
    let gap = status::gap(session, threat, Some(model.environment.today));
    let response = match (threat.response, gap) {
        (_, Some(status::Gap::Expired(_))) => ("expired ".to_owned(), Role::StatusError),
        (None, _) => (String::new(), Role::TextDim),
        (Some(crate::session::Response::Mitigate | crate::session::Response::Eliminate), gap) => {
            let links: Vec<String> = threat.mitigations.iter().take(2).map(|m| m.short()).collect();
            let more = threat.mitigations.len().saturating_sub(2);
            let more = if more > 0 { format!("+{more}") } else { String::new() };
            let role = if gap.is_some() { Role::StatusWarn } else { Role::StatusGood };
            (format!("{}{more} ", links.join(" ")), role)
        }
        (Some(crate::session::Response::Accept), _) => ("accepted ".to_owned(), Role::TextDim),
        (Some(crate::session::Response::Transfer), _) => ("transferred ".to_owned(), Role::TextDim),
    };
    let right = [piece(response.0, response.1), piece(format!("{words} "), symbols::risk(risk))];
    pen.row(line, under, &left, &right);
}

/// More lines than any screen has rows; of very long texts the rest is not looked at.
const MOST_LINES: usize = 500;

/// The selected threat in full, as it is read aloud.
fn details(model: &Model, document: &Document, threat: &Threat, width: usize) -> Vec<(String, Role)> {
    let session = document.session();
    let matrix = Matrix::of(session);
    let (today, keymap) = (Some(model.environment.today), &model.keymap);
    let mut lines = Vec::new();
    let mut push = |words: &str, role: Role| {
        if lines.len() < MOST_LINES {
            lines.extend(text::wrap(words, width).into_iter().map(|line| (line, role)));
        }
    };
    push(&format!("{} {}", document.outline().name(threat.id), threat.statement), Role::TextStrong);
    let ratings: Vec<String> = Point::ALL
        .into_iter()
        .filter_map(|point| {
            let rating = threat.rating(point)?;
            let step = |step: Option<u8>| step.map_or("?".to_owned(), |s| s.to_string());
            let level = matrix.level(rating).words(matrix).to_lowercase();
            Some(format!("{} {}x{} {level}", point.name(), step(rating.likelihood), step(rating.impact)))
        })
        .collect();
    let rated =
        if ratings.is_empty() { keymap.phrase("not rated: {rate} and two digits") } else { ratings.join(" → ") };
    push(&rated, symbols::risk(status::effective_risk(session, threat)));
    let mut facts = vec![status::status(session, threat, today).name().to_owned()];
    facts.extend((!threat.by.is_empty()).then(|| format!("said by {}", threat.by)));
    if !threat.also.is_empty() {
        let also: Vec<String> = threat.also.iter().map(ToString::to_string).collect();
        facts.push(format!("also {}", also.join(" ")));
    }
    facts.extend(threat.references.iter().cloned());
    push(&facts.join(" · "), Role::TextDim);
    match status::gap(session, threat, today) {
        Some(Gap::NoResponse) => push(
            &keymap.phrase("Above appetite without a response: {mitigate} mitigates, {respond-accept} accepts"),
            Role::StatusWarn,
        ),
        Some(Gap::NoMitigation) => {
            push(
                &keymap.phrase("Above appetite, and no mitigation is agreed: {next-state} in pane 3 moves one on"),
                Role::StatusWarn,
            );
        }
        Some(Gap::NoAcceptance) => push(
            &keymap.phrase("Above appetite, and nobody signed for it: {respond-accept} or {respond-transfer}"),
            Role::StatusWarn,
        ),
        Some(Gap::Expired(day)) => push(
            &format!("Accepted only until {day}: decide again with {}", keymap.key(Command::RespondAccept)),
            Role::StatusError,
        ),
        None => {}
    }
    if let Some(accepted) = &threat.acceptance {
        let until = accepted.until.map_or(String::new(), |day| format!(" until {day}"));
        push(&format!("carried by {}{until}: {}", accepted.by, accepted.reason), Role::Text);
    }
    if let Some(reason) = &threat.withdrawn {
        push(&format!("withdrawn: {reason}"), Role::StatusWarn);
    }
    for (name, words) in [
        ("source", &threat.source),
        ("when", &threat.prerequisites),
        ("does", &threat.action),
        ("leads to", &threat.impact),
    ] {
        if !words.is_empty() {
            push(&format!("{name}: {words}"), Role::Text);
        }
    }
    for id in &threat.mitigations {
        if let Some(mitigation) = session.mitigations.get(id) {
            let (symbol, role) = symbols::state(mitigation.state);
            push(&format!("{symbol} {} {}", id.short(), mitigation.title), role);
        }
    }
    for line in threat.note.lines() {
        push(line, Role::TextDim);
    }
    lines
}

/// What to ask about the selected letter, wrapped; for a stale answer what changed, first.
fn questions(
    session: &Session,
    place: &Place,
    letter: Letter,
    view: &CellView,
    keymap: &Keymap,
    width: usize,
) -> Vec<(String, Role)> {
    let mut lines = Vec::new();
    let mut push = |words: &str, first: &str, role: Role| {
        if lines.len() > MOST_LINES {
            return;
        }
        for (index, line) in text::wrap(words, width.saturating_sub(2)).into_iter().enumerate() {
            lines.push((format!("{}{line}", if index == 0 { first } else { "  " }), role));
        }
    };
    if !view.stale.is_empty() {
        let changed: Vec<&str> = view.stale.iter().map(|aspect| aspect.words(place)).collect();
        push(
            &format!(
                "Stale: {} changed since. {} says that the answer still holds.",
                changed.join(", "),
                keymap.key(Command::Confirm)
            ),
            "! ",
            Role::CellStale,
        );
    }
    // The row has one line for it; here it is whole.
    let stored = session.cells_at(place).and_then(|cells| cells.get(letter)).filter(|cell| !cell.reason.is_empty());
    if let (CellState::NotApplicable | CellState::Inherited, Some(cell)) = (view.state, stored) {
        push(&format!("{}: {}", view.state.name(), cell.reason), "", Role::Text);
    }
    for question in session.open_questions(place, letter) {
        push(&format!("parked: {}", question.text), "", Role::CellParked);
    }
    let weight = match view.weight {
        _ if view.is_decided() => "decided",
        Weight::Core => "to be decided before closing",
        Weight::Ask => "worth asking",
        Weight::Rare => "seldom applies here",
    };
    push(&format!("{} ({}), {weight}", letter.name(), letter.property()), "", Role::Heading);
    let answered =
        session.notes.iter().filter(|note| note.place.as_ref() == Some(place) && note.letter == Some(letter));
    for note in answered.filter(|note| !note.answer.is_empty()) {
        push(&format!("{} Answer: {}", note.text, note.answer.as_str().replace('\n', " ")), "✓ ", Role::CellClear);
    }
    for index in 0.. {
        match question(session, place, letter, index) {
            Some(words) => push(&words, "· ", Role::Text),
            None => break,
        }
    }
    lines
}

/// A prompting question with the names of the place filled in.
fn question(session: &Session, place: &Place, letter: Letter, index: usize) -> Option<String> {
    let joined = |assets: &[crate::session::AssetId]| {
        let names: Vec<&str> =
            assets.iter().map(|id| session.assets.get(id).map_or(id.as_str(), |a| a.name.as_str())).collect();
        match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        }
    };
    match place {
        Place::Flow(id) => {
            let flow = session.flows.get(id)?;
            let end = |id| {
                session.components.get(id).map_or(End::Process, |c: &crate::session::Component| End::from(c.element))
            };
            let prompt = prompts::prompts(end(&flow.from), end(&flow.to), letter).get(index)?;
            let assets = joined(&flow.assets);
            // Labels are any words people used; quoted they read well in every sentence.
            let label = if flow.label.is_empty() { String::new() } else { format!("“{}”", flow.label) };
            let names = Names {
                from: words::component(session, &flow.from),
                to: words::component(session, &flow.to),
                label: &label,
                assets: &assets,
                me: "",
            };
            Some(prompts::fill(prompt, &names))
        }
        Place::Component(id) => {
            let component = session.components.get(id)?;
            let prompt = prompts::standing(End::from(component.element), letter).get(index)?;
            let assets = joined(&component.assets);
            Some(prompts::fill(prompt, &Names { me: &component.name, assets: &assets, ..Names::default() }))
        }
        Place::Unfiled => None,
    }
}
