//! Draws pane 3: the mitigations of what is selected, the selected one in full, or its editor.

use jiff::civil::Date;
use ratatui::layout::Rect;

use crate::{
    app::{
        document::Document,
        model::{Hits, Model},
        pane::{
            Pane,
            mitigations::{Shown, Subject},
        },
        words,
    },
    method::baseline::Standing,
    session::{EntryId, Layer, Mitigation, MitigationState, Named, Responsibility},
    ui::{
        form,
        pen::{Pen, Piece, piece, top_of},
        symbols, text,
        theme::Role,
    },
};

/// Rows kept for the other fields while a long one is edited.
const FIELDS: usize = 11;

pub(in crate::ui) fn draw(
    pen: &mut Pen<'_>,
    area: Rect,
    model: &Model,
    document: &Document,
    hits: &mut Hits,
) -> Option<(u16, u16)> {
    let (border, _, selection) = super::roles(model, Pane::Mitigations);
    let mut title = super::title(model, Pane::Mitigations);
    let session = document.session();
    if let Some(editor) = &model.mitigations.form {
        if let crate::app::form::target::Target::Entry(id) = &editor.target {
            title.push(piece(format!("  {}", id.short()), Role::TextStrong));
        }
        let inside = pen.frame(area, border, &title, &[]);
        let focused = model.focus == Pane::Mitigations;
        let most = form::rows_of_selected(FIELDS, inside.height);
        return form::draw(pen, inside, document, editor, focused, model, most);
    }
    let (subject, list) = model.listed_mitigations();
    let about = match &subject {
        Subject::Threat(id) => format!("  for {}", document.outline().name(*id)),
        Subject::Place(place) => format!("  for {}", words::place(session, place)),
        Subject::Everything if list.is_empty() => String::new(),
        Subject::Everything => format!("  all {}", list.len()),
    };
    title.push(piece(about, Role::TextDim));
    let inside = pen.frame(area, border, &title, &[]);
    let standing = standing(document, &subject);
    let inside = by_baseline(pen, inside, &standing);
    if list.is_empty() {
        empty(pen, inside, &subject, model, !session.mitigations.is_empty());
        return None;
    }
    let chosen = model.mitigation();
    let selected = chosen.and_then(|id| list.iter().position(|m| *m == id)).unwrap_or(0);
    // A small list leaves its space to the details of the selected one.
    let height = list.len().min(usize::from(inside.height / 2).max(2));
    let listed = Rect { height: height as u16, ..inside };
    let top = top_of(model.hits.mitigations_top, selected, height, list.len());
    hits.mitigations_top = top;
    if model.focus == Pane::Mitigations {
        hits.page = height;
    }
    for (line, (index, id)) in listed.rows().zip(list.iter().enumerate().skip(top)) {
        let Some(mitigation) = session.mitigations.get(id) else { continue };
        let under = if index == selected { selection } else { Role::Text };
        let (symbol, role) = symbols::state(mitigation.state);
        let left = [
            piece(if index == selected { "▸" } else { " " }, Role::Key),
            piece(format!("{symbol} "), role),
            piece(format!("{} ", id.short()), Role::Key),
            piece(super::comment_mark(model, &EntryId::Mitigation(*id), None), Role::StatusWarn),
            piece(mitigation.title.as_str(), Role::Text),
        ];
        let right = match mitigation.overdue(model.environment.today) {
            Some(_) => piece(format!("▲ {} ", mitigation.state.name()), Role::StatusWarn),
            None => piece(format!("{} ", mitigation.state.name()), role),
        };
        pen.row(line, under, &left, &[right]);
        hits.rows.push((Pane::Mitigations, line.y, index));
    }
    pen.scroll(Rect { y: listed.y, height: listed.height, ..area }, top, height, list.len(), border);
    if let Some(mitigation) = chosen.and_then(|id| session.mitigations.get(&id)) {
        let rest = Rect { y: listed.bottom(), height: inside.bottom().saturating_sub(listed.bottom()), ..inside };
        details(pen, rest, document, mitigation, model.environment.today);
    }
    None
}

/// The baselines that stand where the list is about, those that answer its threat before all.
fn standing<'a>(document: &'a Document, subject: &Subject) -> Vec<Standing<'a>> {
    let session = document.session();
    match subject {
        Subject::Threat(id) => {
            let found = document.outline().threat(session, *id);
            found.map_or(Vec::new(), |(place, threat)| document.team.answering(session, place, threat))
        }
        Subject::Place(place) => document.team.standing_at(session, place),
        Subject::Everything => Vec::new(),
    }
}

/// Draws the baselines at the bottom, in a third of the pane at most; gives back what is left.
fn by_baseline(pen: &mut Pen<'_>, area: Rect, standing: &[Standing<'_>]) -> Rect {
    let room = usize::from(area.height / 3);
    let rows = standing.len().min(room);
    let rest = Rect { height: area.height - rows as u16, ..area };
    let lines = Rect { y: rest.bottom(), height: rows as u16, ..area };
    // What stands at one component needs no name; a flow has two of them.
    let of_flow = standing.iter().any(|one| one.component.id != standing[0].component.id);
    for (at, (line, one)) in lines.rows().zip(standing).enumerate() {
        let (state, words) = match one.deviation {
            None => (MitigationState::InPlace, "by baseline ".to_owned()),
            Some(deviation) => (MitigationState::Dropped, format!("deviates: {} ", deviation.reason.name())),
        };
        let (symbol, role) = symbols::state(state);
        let more = standing.len() - rows;
        let words = if at + 1 == rows && more > 0 { format!("and {more} more ") } else { words };
        let left = [
            piece(format!(" {symbol} "), role),
            piece(one.baseline.title.as_str(), Role::Text),
            piece(if of_flow { format!("  {}", one.component.name) } else { String::new() }, Role::TextDim),
        ];
        pen.row(line, Role::Text, &left, &[piece(words, role)]);
    }
    rest
}

fn empty(pen: &mut Pen<'_>, area: Rect, subject: &Subject, model: &Model, any: bool) {
    let lines = match subject {
        Subject::Threat(_) => ["Nothing helps against it yet.", "{mitigate} on the threat adds or links a mitigation."],
        Subject::Place(_) => ["No mitigation here yet.", "Select a threat and press {mitigate}, or {add} for an idea."],
        Subject::Everything => {
            ["No mitigations yet.", "Select a threat and press {mitigate}, or write `+ rotate keys` with {capture}."]
        }
    };
    let hint = match model.mitigations.shown {
        Shown::Related => "{related-or-all} shows all mitigations.",
        Shown::All => "{related-or-all} shows those of the selection.",
    };
    let room = usize::from(area.width.saturating_sub(2));
    // Without any mitigation there is nothing else to show.
    let hint = ["", hint].into_iter().filter(|_| any);
    let all = lines.into_iter().chain(hint).map(|line| model.keymap.phrase(line));
    for (row, line) in area.rows().skip(1).zip(all.flat_map(|line| text::wrap(&line, room))) {
        pen.row(row, Role::Text, &[piece(format!(" {line}"), Role::TextDim)], &[]);
    }
}

/// Facts in rows of so many columns, each of them whole where it fits: a day that is broken in two is misread.
fn together(facts: Vec<String>, room: usize, most: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for fact in facts {
        match rows.last_mut() {
            Some(row) if text::width(row) + text::width(&fact) + 3 <= room => *row = format!("{row} · {fact}"),
            _ => rows.extend(text::wrap_lines(&fact, room, most)),
        }
    }
    rows.truncate(most);
    rows
}

/// The selected mitigation as people read it aloud.
fn details(pen: &mut Pen<'_>, area: Rect, document: &Document, mitigation: &Mitigation, today: Date) {
    let room = usize::from(area.width.saturating_sub(2));
    // Texts may be very long; what does not fit is not looked at.
    let most = usize::from(area.height);
    let mut lines: Vec<Vec<Piece<'_>>> = Vec::new();
    lines.push(vec![piece("─".repeat(room), Role::Border)]);
    for line in text::wrap_lines(&mitigation.title, room, most) {
        lines.push(vec![piece(line, Role::TextStrong)]);
    }
    // What is late comes first.
    let mut facts = Vec::new();
    let late = mitigation.overdue(today).map(|due| format!("▲ due {due}, already past"));
    facts.extend(late.clone());
    facts.push(mitigation.state.name().to_owned());
    let owner = words::person(document.session(), &mitigation.owner);
    facts.push(if owner.is_empty() { "no owner".to_owned() } else { format!("owner {owner}") });
    facts.extend(mitigation.due.filter(|_| late.is_none()).map(|due| format!("due {due}")));
    facts.extend((!mitigation.ticket.is_empty()).then(|| mitigation.ticket.clone()));
    facts.extend(mitigation.layer.map(|layer| {
        match layer {
            Layer::Prevent => "prevents",
            Layer::Detect => "detects",
            Layer::Correct => "corrects",
        }
        .to_owned()
    }));
    facts.extend(mitigation.verdict.map(|verdict| format!("business: {}", verdict.name())));
    facts.extend((!mitigation.effect.is_empty()).then(|| mitigation.effect.clone()));
    facts.extend((!mitigation.monitor.is_empty()).then(|| format!("watched by {}", mitigation.monitor)));
    match mitigation.responsibility {
        Responsibility::Us => {}
        Responsibility::Platform => facts.push("by the platform".to_owned()),
        Responsibility::Provider => facts.push("by the provider".to_owned()),
        Responsibility::Vendor => facts.push("by the vendor".to_owned()),
    }
    let mut linked: Vec<_> = document.outline().linked(mitigation.id).collect();
    linked.sort_unstable_by_key(|id| id.number());
    if linked.is_empty() {
        facts.push("for no threat yet".to_owned());
    } else {
        let names: Vec<String> = linked.iter().map(|id| document.outline().name(*id)).collect();
        facts.push(format!("for {}", names.join(" ")));
    }
    for (line, words) in together(facts, room, most).into_iter().enumerate() {
        let role = if line == 0 && late.is_some() { Role::StatusWarn } else { Role::TextDim };
        lines.push(vec![piece(words, role)]);
    }
    for line in mitigation.text.lines().flat_map(|line| text::wrap(line, room)).take(most) {
        lines.push(vec![piece(line, Role::Text)]);
    }
    for evidence in mitigation.evidence.iter().take(most) {
        lines.push(vec![piece("seen at ", Role::TextDim), piece(evidence.as_str(), Role::StatusGood)]);
    }
    for line in mitigation.note.lines().flat_map(|line| text::wrap(line, room)).take(most) {
        lines.push(vec![piece(line, Role::TextDim)]);
    }
    for (row, pieces) in area.rows().zip(lines) {
        let row = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
        pen.row(row, Role::Text, &pieces, &[]);
    }
}
