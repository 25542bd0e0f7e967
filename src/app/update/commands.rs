//! What each command does.

use crate::{
    app::{
        command::{Command, TABLE},
        form::{Form, Target},
        key::{Code, Key},
        model::{Judged, Model, RatingInput, Screen},
        msg::Effect,
        outline::{Bucket, Row, Section},
        overlay::{
            Overlay,
            ask::{self, Ask},
            picker::{Item, Picker, Purpose, Value},
        },
        pane::{
            Pane, checklist,
            matrix::{Cursor, Held, cursor_of},
            mitigations::Shown,
        },
    },
    method::{
        basis::basis,
        cell::{self, CellState},
        matrix::Matrix,
        weight::Weight,
    },
    session::{
        Answer, Cell, Edit, Letter, MitigationState, Place, Point, Rating, Response, Threat, ThreatId,
        edit::{Entry, EntryId},
    },
};

use super::{apply, capturing, forms, selection};

/// Reasons a cell cannot apply, offered before own words. "Already mitigated" is left out on purpose: that is a threat
/// with a control.
const REASONS: &[&str] = &[
    "same zone, same owner, same rights on both ends",
    "no data on this flow that it could concern",
    "the provider answers for this",
    "whoever could do it already holds that right",
    "covered by another cell",
    "covered by the model of another session",
    "out of scope by decision",
];

/// Does a command, or says what has to be done first.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if let Err(reason) = command.available(&model.context()) {
        model.warn(reason);
        return Vec::new();
    }
    match command {
        Command::Help => model.overlay = Some(Overlay::Help(0)),
        Command::OpenPalette => open_palette(model),
        Command::Back => back(model),
        Command::Quit => return super::quit(model, false),
        Command::SwitchTheme => open_themes(model),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Capture => capturing::open(model, ""),
        Command::NextOpenCell => selection::next_open(model),
        Command::Undo => {
            let undone = model.document.as_mut().and_then(super::super::document::Document::undo);
            selection::refresh(model);
            model.say(undone.map_or(String::new(), |label| format!("Undone: {label}")));
        }
        Command::Redo => {
            let redone = model.document.as_mut().and_then(super::super::document::Document::redo);
            selection::refresh(model);
            model.say(redone.map_or(String::new(), |label| format!("Done again: {label}")));
        }
        Command::Save => {
            if let Some(reason) = model.document.as_ref().and_then(|d| d.read_only.clone()) {
                model.fail(reason);
                return Vec::new();
            }
            return model.document.as_mut().and_then(|d| d.save(false)).into_iter().collect();
        }
        Command::Filter => selection::open_filter(model),
        Command::NextPane => focus(model, model.focus.next()),
        Command::PreviousPane => focus(model, model.focus.previous()),
        Command::Zoom => model.zoomed = !model.zoomed,
        Command::FocusComponents => focus(model, Pane::Components),
        Command::FocusChecklist => focus(model, Pane::Checklist),
        Command::FocusMitigations => focus(model, Pane::Mitigations),
        Command::FocusMatrix => focus(model, Pane::Matrix),
        Command::SessionDetails => model.overlay = Some(Overlay::Form(Form::new(Target::Session))),
        Command::OpenBrowser => return leave_for_browser(model),
        Command::Reload => return model.path().cloned().map(Effect::Load).into_iter().collect(),
        Command::PreviousFlow => selection::step_flow(model, false),
        Command::NextFlow => selection::step_flow(model, true),
        Command::Down => selection::step(model, 1),
        Command::Up => selection::step(model, -1),
        Command::First => selection::step(model, isize::MIN / 2),
        Command::Last => selection::step(model, isize::MAX / 2),
        Command::HalfPageDown => selection::step(model, half_page(model)),
        Command::HalfPageUp => selection::step(model, -half_page(model)),
        Command::Open => return open(model),
        Command::Add => add(model),
        Command::Delete => delete(model),
        Command::MoveDown => swap(model, true),
        Command::MoveUp => swap(model, false),
        Command::NextSection => section(model, true),
        Command::PreviousSection => section(model, false),
        Command::Edit => edit_row(model),
        Command::CaptureS => capturing::open_at(model, "S: ", Some(Letter::S)),
        Command::CaptureT => capturing::open_at(model, "T: ", Some(Letter::T)),
        Command::CaptureR => capturing::open_at(model, "R: ", Some(Letter::R)),
        Command::CaptureI => capturing::open_at(model, "I: ", Some(Letter::I)),
        Command::CaptureD => capturing::open_at(model, "D: ", Some(Letter::D)),
        Command::CaptureE => capturing::open_at(model, "E: ", Some(Letter::E)),
        Command::MarkClear => {
            if let Some((place, letter)) = model.cell() {
                decide(model, &place, &Cell::new(letter, Answer::Clear));
            }
        }
        Command::MarkNotApplicable => ask_reason(model),
        Command::Park => {
            let letter = model.cell().map(|(_, letter)| letter);
            capturing::open_at(model, "? ", letter);
        }
        Command::Reopen => {
            if let Some((place, letter)) = model.cell() {
                apply(model, &Edit::Reopen { place, letter });
            }
        }
        Command::Confirm => confirm(model),
        Command::ClearRare => clear_rare(model),
        Command::EditPlace => {
            if let Some(id) = model.checklist.place.as_ref().and_then(Place::entry) {
                forms::open(model, id);
            }
        }
        Command::Rate => {
            model.rating = model.threat().map(|threat| RatingInput { threat, likelihood: None });
        }
        Command::AddMitigation => pick_mitigation(model),
        Command::EditThreat => {
            if let Some(threat) = model.threat() {
                forms::open(model, EntryId::Threat(threat));
            }
        }
        Command::RespondMitigate => respond(model, Some(Response::Mitigate)),
        Command::RespondEliminate => respond(model, Some(Response::Eliminate)),
        Command::RespondOpen => respond(model, None),
        Command::RespondAccept => {
            let questions =
                ["Who carries the risk?", "Why is that reasonable?", "Until which day? (2027-01-31, empty for no end)"];
            ask_about_threat(model, "Accept", ask::Purpose::Accept, &questions);
        }
        Command::RespondTransfer => {
            let questions = [
                "Who takes it over?",
                "Which evidence is there that they do?",
                "Until which day? (2027-01-31, empty for no end)",
            ];
            ask_about_threat(model, "Transfer", ask::Purpose::Transfer, &questions);
        }
        Command::FileS => file(model, Letter::S),
        Command::FileT => file(model, Letter::T),
        Command::FileR => file(model, Letter::R),
        Command::FileI => file(model, Letter::I),
        Command::FileD => file(model, Letter::D),
        Command::FileE => file(model, Letter::E),
        Command::FileElsewhere => pick_place(model),
        Command::Withdraw => withdraw(model),
        Command::NextState => step_state(model, 1),
        Command::PreviousState => step_state(model, -1),
        Command::LinkThreats => pick_threats(model),
        Command::ToggleRelated => {
            model.mitigations.shown = match model.mitigations.shown {
                Shown::Related => Shown::All,
                Shown::All => Shown::Related,
            };
        }
        Command::Left => matrix_step(model, -1, 0),
        Command::Right => matrix_step(model, 1, 0),
        Command::NextInCell => in_cell(model, 1),
        Command::PreviousInCell => in_cell(model, -1),
        Command::PickUp => pick_up(model),
        Command::NextPoint => {
            model.matrix.held = None;
            model.matrix.point = Point::ALL[(model.matrix.point as usize + 1) % Point::ALL.len()];
            model.matrix.index = 0;
            model.say(format!("Matrix of {} ratings", model.matrix.point.name()));
        }
        Command::OnlyHere => {
            model.matrix.only_here = !model.matrix.only_here;
            model.matrix.index = 0;
        }
        Command::NewSession => {
            let ask = Ask::new("New session", ask::Purpose::NewSession, vec!["What is it called?"]);
            model.overlay = Some(Overlay::Ask(ask));
        }
    }
    Vec::new()
}

fn half_page(model: &Model) -> isize {
    (model.hits.page / 2).max(1) as isize
}

fn focus(model: &mut Model, pane: Pane) {
    if pane == Pane::Matrix && model.focus != Pane::Matrix {
        // The matrix opens on the threat that was selected, if it is rated.
        if let Some(threat) = model.threat() {
            matrix_to(model, threat);
        }
    }
    model.focus = pane;
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

fn back(model: &mut Model) {
    if let Some(held) = model.matrix.held.take() {
        model.matrix.cursor = held.from;
        model.say("Put back where it was");
    } else if model.components.filter().is_some() {
        selection::set_filter(model, None);
    } else if model.zoomed {
        model.zoomed = false;
    } else if matches!(model.screen, Screen::Browser(_)) && model.document.is_some() {
        model.screen = Screen::Workbench;
    }
}

fn leave_for_browser(model: &mut Model) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    if let Some(document) = &mut model.document
        && document.is_unsaved()
    {
        if document.read_only.is_some() || !model.preferences.autosave {
            model.warn("Save first (ctrl-s) or undo: another session cannot be opened over unsaved changes");
            return effects;
        }
        effects.extend(document.save(false));
    }
    effects.extend(super::open_browser(model));
    effects
}

fn open(model: &mut Model) -> Vec<Effect> {
    if let Screen::Browser(browser) = &model.screen {
        let listing = browser.listings.as_ref().and_then(|l| l.get(browser.selected));
        let Some(listing) = listing else { return Vec::new() };
        if model.path() == Some(&listing.path) {
            model.screen = Screen::Workbench;
            return Vec::new();
        }
        if model.document.as_ref().is_some_and(|d| d.is_unsaved() || d.is_saving()) {
            model.warn("The open session is still being saved; try again in a moment");
            return Vec::new();
        }
        let path = listing.path.clone();
        model.screen = Screen::Loading { shown: listing.shown.clone(), waiting: std::collections::VecDeque::new() };
        model.document = None;
        return vec![Effect::Load(path)];
    }
    match model.focus {
        Pane::Components => match model.components.selected().cloned() {
            Some(Row::Component(..) | Row::Flow(_)) => {
                selection::follow_components(model);
                model.focus = Pane::Checklist;
            }
            Some(row) => {
                if let Some(id) = row.entry() {
                    forms::open(model, id);
                }
            }
            None => {}
        },
        Pane::Checklist => match model.checklist.row {
            checklist::Row::Threat(id) => forms::open(model, EntryId::Threat(id)),
            checklist::Row::Cell(letter) => open_cell(model, letter),
        },
        Pane::Mitigations => {
            if let Some(id) = model.mitigation() {
                model.mitigations.selected = Some(id);
                model.mitigations.form = Some(Form::new(Target::Entry(EntryId::Mitigation(id))));
            }
        }
        Pane::Matrix => pick_up(model),
    }
    Vec::new()
}

/// Opens what a cell holds: its parked question, its only threat, or the line for a new threat.
fn open_cell(model: &mut Model, letter: Letter) {
    let Some((session, place)) = model.session().zip(model.checklist.place.clone()) else { return };
    let question = session.open_questions(&place, letter).next().map(|note| note.id);
    match (question, model.threat()) {
        (Some(id), _) => forms::open_field(model, EntryId::Note(id), "answer"),
        (None, Some(threat)) => forms::open(model, EntryId::Threat(threat)),
        (None, None) => capturing::open_at(model, &format!("{letter}: "), Some(letter)),
    }
}

fn edit_row(model: &mut Model) {
    match model.components.selected().and_then(Row::entry) {
        Some(id) => forms::open(model, id),
        None => model.warn("Nothing to edit on this row"),
    }
}

fn add(model: &mut Model) {
    let text = match model.focus {
        Pane::Components => {
            let zone = |id: &crate::session::ZoneId| format!(" @{id}");
            match model.components.selected() {
                Some(Row::Zone(Some(id), _)) => {
                    // The name goes in front of the zone; the cursor starts there.
                    let text = zone(id);
                    capturing::open_at(model, &text, None);
                    if let Some(line) = &mut model.capture {
                        line.typing.key(Key::plain(Code::Home));
                    }
                    return;
                }
                Some(Row::Component(id, _)) => format!("{id} -> "),
                Some(Row::Asset(_) | Row::Heading(Section::Assets)) => "asset ".to_owned(),
                Some(Row::Person(_) | Row::Heading(Section::People)) => "person ".to_owned(),
                Some(Row::Note(_) | Row::Heading(Section::Notes)) => "? ".to_owned(),
                Some(Row::Assumption(_) | Row::Heading(Section::Assumptions)) => "= ".to_owned(),
                _ => String::new(),
            }
        }
        Pane::Checklist => match model.cell() {
            Some((_, letter)) => {
                capturing::open_at(model, &format!("{letter}: "), Some(letter));
                return;
            }
            None => String::new(),
        },
        Pane::Mitigations => "+ ".to_owned(),
        Pane::Matrix => String::new(),
    };
    if model.focus == Pane::Mitigations {
        // A mitigation added beside a threat helps against it.
        let threat = model.subject_threat();
        capturing::open_at(model, &text, None);
        if let (Some(line), true) = (&mut model.capture, model.mitigations.shown == Shown::Related) {
            line.here.threat = threat;
        }
        return;
    }
    capturing::open(model, &text);
}

fn delete(model: &mut Model) {
    let Some(id) = model.entry() else { return model.warn("Nothing to remove on this row") };
    if let EntryId::Threat(threat) = id {
        let draft = model.document.as_ref().and_then(|d| d.threat(threat)).is_some_and(Threat::is_draft);
        if !draft {
            // Reviewers want to see what was decided once; it is withdrawn instead.
            return withdraw(model);
        }
    }
    apply(model, &Edit::Remove(id));
}

fn swap(model: &mut Model, down: bool) {
    let Some(id) = model.entry() else { return };
    let Some(document) = &model.document else { return };
    let session = document.session();
    let neighbour = match (&id, model.focus) {
        (EntryId::Threat(threat), Pane::Matrix) => {
            let here =
                model.matrix.at(session, document.outline(), model.checklist.place.as_ref(), model.matrix.cursor);
            neighbour(&here.collect::<Vec<_>>(), threat, down).map(EntryId::Threat)
        }
        (EntryId::Threat(threat), Pane::Checklist) => {
            let place = model.checklist.place.as_ref();
            let threats = place.map(|place| checklist::rows(session, place)).unwrap_or_default();
            let letter = document.threat(*threat).map(|t| (t.letter, t.is_live()));
            let same = |id: &ThreatId| document.threat(*id).map(|t| (t.letter, t.is_live())) == letter;
            let list: Vec<ThreatId> = threats
                .into_iter()
                .filter_map(|row| match row {
                    checklist::Row::Threat(id) if same(&id) => Some(id),
                    _ => None,
                })
                .collect();
            neighbour(&list, threat, down).map(EntryId::Threat)
        }
        _ => {
            let rows = model.components.rows(document.outline());
            let siblings: Vec<EntryId> = match model.components.selected() {
                Some(selected) => {
                    rows.iter().filter(|row| siblings(session, row, selected)).filter_map(Row::entry).collect()
                }
                None => Vec::new(),
            };
            neighbour(&siblings, &id, down)
        }
    };
    match neighbour {
        Some(other) => {
            apply(model, &Edit::Swap(id, other));
            if let (Pane::Matrix, Some(threat)) = (model.focus, model.matrix_threat()) {
                let _ = threat;
                model.matrix.index = if down { model.matrix.index + 1 } else { model.matrix.index.saturating_sub(1) };
            }
        }
        None => {
            model.say(if down { "This is the last of its kind here" } else { "This is the first of its kind here" });
        }
    }
}

/// Whether two rows stand in one list that has an order.
fn siblings(session: &crate::session::Session, a: &Row, b: &Row) -> bool {
    match (a, b) {
        (Row::Zone(Some(a), _), Row::Zone(Some(b), _)) => {
            session.zones.get(a).map(|z| &z.parent) == session.zones.get(b).map(|z| &z.parent)
        }
        (Row::Component(a, _), Row::Component(b, _)) => {
            session.components.get(a).map(|c| &c.zone) == session.components.get(b).map(|c| &c.zone)
        }
        (Row::Flow(_), Row::Flow(_)) | (Row::Asset(_), Row::Asset(_)) | (Row::Unfiled(_), Row::Unfiled(_)) => true,
        _ => false,
    }
}

fn neighbour<T: PartialEq + Clone>(list: &[T], item: &T, down: bool) -> Option<T> {
    let at = list.iter().position(|other| other == item)?;
    let other = if down { at.checked_add(1) } else { at.checked_sub(1) };
    other.and_then(|at| list.get(at)).cloned()
}

fn section(model: &mut Model, forward: bool) {
    if let Some(document) = &model.document {
        model.components.section(document.outline(), forward);
    }
}

/// Answers a cell, closes the question that parked it, and goes on to the next letter.
pub(super) fn decide(model: &mut Model, place: &Place, cell: &Cell) {
    let Some(session) = model.session() else { return };
    let letter = cell.letter;
    let decision = Edit::Decide { place: place.clone(), cell: Cell { basis: basis(session, place), ..cell.clone() } };
    let answer = match cell.state {
        Answer::Clear => "clear".to_owned(),
        _ => cell.reason.clone(),
    };
    let closing = session.open_questions(place, letter).map(|note| {
        let mut note = note.clone();
        note.answer = answer.as_str().into();
        Edit::Change(Entry::Note(note))
    });
    let mut edits: Vec<Edit> = closing.collect();
    let label = decision.label(session);
    edits.push(decision);
    let edit = if edits.len() == 1 {
        edits.remove(0)
    } else {
        Edit::Batch { label: format!("{label}, question answered"), edits }
    };
    if apply(model, &edit) && model.checklist.place.as_ref() == Some(place) {
        // The room goes on with the next letter.
        let next = Letter::ALL.get(letter as usize + 1).copied();
        if let Some(next) = next {
            model.checklist.row = checklist::Row::Cell(next);
        }
    }
}

fn ask_reason(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let items = REASONS.iter().map(|reason| Item::new(Value::Text, *reason)).collect();
    let title = format!("Why does {} not apply to {}?", letter.name(), capturing::place_words(model, &place));
    model.overlay =
        Some(Overlay::Picker(Picker::new(title, Purpose::Reason(place, letter), items).or_new("own words")));
}

/// Takes the answer, and the threats, of a stale cell as holding for what is there now.
fn confirm(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let Some(session) = model.session() else { return };
    let now = basis(session, &place);
    let mut edits = Vec::new();
    if let Some(cell) = session.cells_at(&place).and_then(|cells| cells.get(letter)) {
        edits.push(Edit::Decide { place: place.clone(), cell: Cell { basis: now, ..cell.clone() } });
    }
    let threats = session.threats_at(&place).into_iter().flat_map(crate::session::Table::iter);
    for threat in threats.filter(|t| t.letter == letter && t.is_live() && t.basis.is_some() && t.basis != now) {
        let mut threat = threat.clone();
        threat.basis = now;
        edits.push(Edit::ChangeThreat(Box::new(threat)));
    }
    let label = format!("confirm {letter} on {}", place.short());
    apply(model, &Edit::Batch { label, edits });
}

/// Marks every open cell that no method lists for the place.
fn clear_rare(model: &mut Model) {
    let Some((session, place)) = model.session().zip(model.checklist.place.clone()) else { return };
    let Some(parked) = model.document.as_ref().map(|d| d.outline().parked()) else { return };
    let views = cell::cells(session, &place, parked);
    let open =
        Letter::ALL.into_iter().zip(views).filter(|(_, v)| v.weight == Weight::Rare && v.state == CellState::Open);
    let now = basis(session, &place);
    let edits: Vec<Edit> = open
        .map(|(letter, _)| {
            let reason = "no method lists it for this pair of ends".to_owned();
            let cell = Cell { reason, basis: now, ..Cell::new(letter, Answer::NotApplicable) };
            Edit::Decide { place: place.clone(), cell }
        })
        .collect();
    match edits.len() {
        0 => model.say("No rare cell is open here"),
        count => {
            let label = format!("{count} rare cells not applicable on {}", place.short());
            apply(model, &Edit::Batch { label, edits });
        }
    }
}

/// A key while a rating is typed.
pub(super) fn rating_key(model: &mut Model, key: Key) {
    let Some(input) = model.rating else { return };
    let Some(matrix) = model.session().map(Matrix::of) else { return };
    let steps = if input.likelihood.is_none() { matrix.likelihood.len() } else { matrix.impact.len() };
    let step = match key.code {
        Code::Char('0' | '?') => Judged::Unknown,
        Code::Char(c @ '1'..='9') if c as usize - '0' as usize <= steps => Judged::Step(c as u8 - b'0'),
        Code::Esc => {
            model.rating = None;
            return;
        }
        _ => {
            model.warn(format!("Type 1 to {steps}, or 0 for unknown; esc leaves the rating as it is"));
            return;
        }
    };
    match input.likelihood {
        None => model.rating = Some(RatingInput { likelihood: Some(step), ..input }),
        Some(likelihood) => {
            model.rating = None;
            let point = if model.focus == Pane::Matrix { model.matrix.point } else { Point::Current };
            let rating = Some(Rating { likelihood: likelihood.step(), impact: step.step() });
            if apply(model, &Edit::SetRating { threat: input.threat, point, rating }) && model.focus == Pane::Matrix {
                matrix_to(model, input.threat);
            }
        }
    }
}

fn respond(model: &mut Model, response: Option<Response>) {
    let Some(threat) = model.threat() else { return };
    let Some(mut next) = model.document.as_ref().and_then(|d| d.threat(threat)).cloned() else { return };
    next.response = response;
    next.acceptance = None;
    let word = match response {
        Some(Response::Mitigate) => "mitigate",
        Some(Response::Eliminate) => "eliminate",
        Some(Response::Transfer) => "transfer",
        Some(Response::Accept) => "accept",
        None => "reopen",
    };
    let label = format!("{word} {}", threat.short());
    apply(model, &Edit::Batch { label, edits: vec![Edit::ChangeThreat(Box::new(next))] });
}

fn ask_about_threat(model: &mut Model, verb: &str, purpose: fn(ThreatId) -> ask::Purpose, questions: &[&'static str]) {
    let Some(threat) = model.threat() else { return };
    let name = model.document.as_ref().map_or_else(|| threat.short(), |d| d.outline().name(threat));
    model.overlay = Some(Overlay::Ask(Ask::new(format!("{verb} {name}"), purpose(threat), questions.to_vec())));
}

fn file(model: &mut Model, letter: Letter) {
    if let (Some(threat), Some(place)) = (model.threat(), model.checklist.place.clone()) {
        file_to(model, threat, &place, letter);
    }
}

/// Files a threat, resting from now on on what is at its new place.
pub(super) fn file_to(model: &mut Model, threat: ThreatId, place: &Place, letter: Letter) {
    let Some(document) = &model.document else { return };
    let session = document.session();
    let mut edits = vec![Edit::MoveThreat { threat, place: place.clone(), letter }];
    let label = edits[0].label(session);
    if let Some(found) = document.threat(threat) {
        let mut moved = found.clone();
        moved.letter = letter;
        moved.also.retain(|also| *also != letter);
        moved.basis = basis(session, place);
        edits.push(Edit::ChangeThreat(Box::new(moved)));
    }
    apply(model, &Edit::Batch { label, edits });
}

fn pick_place(model: &mut Model) {
    let Some(threat) = model.threat() else { return };
    let Some(document) = &model.document else { return };
    let session = document.session();
    let letter = document.threat(threat).map_or(Letter::T, |t| t.letter);
    let flows = document.outline().flows().iter().map(|id| Place::Flow(*id));
    let components = session.components.keys().map(|id| Place::Component(id.clone()));
    let items = flows
        .chain(components)
        .map(|place| {
            let words = crate::app::words::place(session, &place);
            Item::new(Value::Cell(place, letter), words)
        })
        .collect();
    let title = format!("File {} under {letter} at", document.outline().name(threat));
    model.overlay = Some(Overlay::Picker(Picker::new(title, Purpose::File(threat), items)));
}

fn withdraw(model: &mut Model) {
    let Some(EntryId::Threat(threat)) = model.entry().or(model.threat().map(EntryId::Threat)) else { return };
    let withdrawn = model.document.as_ref().and_then(|d| d.threat(threat)).is_some_and(|t| !t.is_live());
    if withdrawn {
        apply(model, &Edit::Withdraw { threat, reason: None });
    } else {
        let name = model.document.as_ref().map_or_else(|| threat.short(), |d| d.outline().name(threat));
        let ask =
            Ask::new(format!("Withdraw {name}"), ask::Purpose::Withdraw(threat), vec!["Why does it no longer count?"]);
        model.overlay = Some(Overlay::Ask(ask));
    }
}

fn pick_mitigation(model: &mut Model) {
    let Some(threat) = model.threat() else { return };
    let Some(document) = &model.document else { return };
    let session = document.session();
    let linked = document.threat(threat).map(|t| t.mitigations.clone()).unwrap_or_default();
    let items = document.outline().mitigations().iter().filter(|id| !linked.contains(id));
    let items = items.filter_map(|id| session.mitigations.get(id)).map(|m| {
        Item::new(Value::Mitigation(m.id), m.title.clone()).with(format!("{} {}", m.id.short(), m.state.name()))
    });
    let title = format!("What helps against {}? Type something new, or choose", document.outline().name(threat));
    let picker = Picker::new(title, Purpose::Mitigate(threat), items.collect()).or_new("new mitigation");
    model.overlay = Some(Overlay::Picker(picker));
}

fn pick_threats(model: &mut Model) {
    let Some(id) = model.mitigation() else { return };
    let Some(document) = &model.document else { return };
    let session = document.session();
    let mut threats: Vec<_> = session.threats().filter(|(_, t)| t.is_live() || t.mitigations.contains(&id)).collect();
    threats.sort_unstable_by_key(|(_, t)| (!t.mitigations.contains(&id), t.order()));
    let items = threats.into_iter().map(|(place, t)| {
        let mut item = Item::new(Value::Threat(t.id), format!("{} {}", document.outline().name(t.id), t.statement))
            .with(crate::app::words::place(session, &place));
        item.marked = t.mitigations.contains(&id);
        item
    });
    let title = format!("What does {} help against? Tab marks, enter takes the marks", id.short());
    let picker = Picker::new(title, Purpose::Threats(id), items.collect()).many();
    model.overlay = Some(Overlay::Picker(picker));
}

fn step_state(model: &mut Model, by: isize) {
    let Some(id) = model.mitigation() else { return };
    let Some(mut next) = model.session().and_then(|s| s.mitigations.get(&id)).cloned() else { return };
    let at = next.state as usize;
    match at.checked_add_signed(by).and_then(|at| MitigationState::ALL.get(at)) {
        Some(state) => {
            next.state = *state;
            model.mitigations.selected = Some(id);
            if apply(model, &Edit::Change(Entry::Mitigation(Box::new(next)))) {
                model.say(format!("{} is {}", id.short(), state.name()));
            }
        }
        None => model.say(format!("{} is {} already", id.short(), next.state.name())),
    }
}

fn matrix_step(model: &mut Model, likelihood: i8, impact: i8) {
    if let Some(table) = model.session().map(Matrix::of) {
        model.matrix.step(table, likelihood, impact);
    }
}

fn in_cell(model: &mut Model, by: isize) {
    let Some(document) = &model.document else { return };
    let place = model.checklist.place.as_ref();
    let count = model.matrix.count(document.session(), document.outline(), place, model.matrix.cursor);
    if count > 0 {
        model.matrix.index = (model.matrix.index as isize + by).rem_euclid(count as isize) as usize;
    }
}

/// Picks the selected threat up, or puts the one in hand down as one edit.
fn pick_up(model: &mut Model) {
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
            // From the tray it starts in the middle of the grid, from where everything is near.
            if let Some(table) = model.session().map(Matrix::of) {
                let middle = |steps: usize| (steps as u8).div_ceil(2);
                model.matrix.cursor = Cursor::Cell(middle(table.likelihood.len()), middle(table.impact.len()));
            }
        }
        let name = model.document.as_ref().map_or_else(|| threat.short(), |d| d.outline().name(threat));
        model.say(format!("{name} in hand: arrows move it, enter puts it down, esc puts it back"));
    }
}

fn open_palette(model: &mut Model) {
    let ctx = model.context();
    let scopes = ctx.scopes();
    let items = TABLE.iter().map(|row| {
        let mut item = Item::new(Value::Command(row.command), row.help);
        item.detail = model.keymap.keys_of(row.command).first().cloned().unwrap_or_default();
        item.disabled = row.command.available(&ctx).err();
        (scopes.contains(&row.scope), item)
    });
    let (here, elsewhere): (Vec<_>, Vec<_>) = items.partition(|(here, _)| *here);
    let items = here.into_iter().chain(elsewhere).map(|(_, item)| item).collect();
    model.overlay = Some(Overlay::Picker(Picker::new("Commands", Purpose::Command, items)));
}

fn open_themes(model: &mut Model) {
    let items: Vec<Item> = model.environment.themes.iter().map(|name| Item::new(Value::Text, name)).collect();
    let mut picker = Picker::new("Theme", Purpose::Theme, items);
    picker.selected = model.environment.themes.iter().position(|t| *t == model.preferences.theme).unwrap_or(0);
    model.overlay = Some(Overlay::Picker(picker));
}
