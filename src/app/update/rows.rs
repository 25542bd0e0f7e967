//! Commands on the selected row, whatever pane it is in: open, add, remove, move.

use crate::{
    app::{
        Command, capture,
        form::{Form, target::Target},
        key::{Code, Key},
        model::{Model, Screen},
        msg::Effect,
        outline::{Row, Section},
        pane::{Pane, checklist, mitigations::Shown},
    },
    session::{Edit, Letter, Removal, Threat, ThreatId, edit::EntryId},
};

use super::{apply, capturing, forms, matrix, selection, threats};

/// Why another session is not opened now.
pub(super) const NOT_SAVED: &str = "The open session is not saved yet: {back} goes back to it, {save} saves";

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Screen::Browser(browser) = &model.screen {
        let listing = browser.listings.as_ref().and_then(|l| l.get(browser.selected));
        let Some(listing) = listing else { return Vec::new() };
        if model.path() == Some(&listing.path) {
            model.screen = Screen::Workbench;
            return Vec::new();
        }
        if model.document.as_ref().is_some_and(|d| d.is_unsaved() || d.is_saving()) {
            model.warn(model.keymap.phrase(NOT_SAVED));
            return Vec::new();
        }
        let path = listing.path.clone();
        model.screen = Screen::Loading {
            shown: listing.shown.clone(),
            waiting: std::collections::VecDeque::new(),
            from_browser: true,
        };
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
        Pane::Matrix => matrix::pick_up(model),
        Pane::Review => super::reviewing::open(model),
        Pane::Meeting => super::meeting::come_or_leave(model),
    }
    Vec::new()
}

/// Opens what a cell holds: its parked question, its only threat, or the line for a new threat.
pub(super) fn open_cell(model: &mut Model, letter: Letter) {
    let Some((session, place)) = model.session().zip(model.checklist.place.clone()) else { return };
    let question = session.open_questions(&place, letter).next().map(|note| note.id);
    match (question, model.threat()) {
        (Some(id), _) => forms::open_field(model, EntryId::Note(id), "answer"),
        (None, Some(threat)) => forms::open(model, EntryId::Threat(threat)),
        (None, None) => capturing::open_at(model, &format!("{letter}: "), Some(letter)),
    }
}

pub(super) fn edit_row(model: &mut Model) {
    match model.entry() {
        Some(id) => forms::open(model, id),
        None => model.warn("Nothing to edit on this row"),
    }
}

pub(super) fn add(model: &mut Model) {
    let text = match model.focus {
        Pane::Components => {
            let session = model.session();
            match model.components.selected() {
                Some(Row::Zone(Some(id), _)) => {
                    // The name goes in front of the zone; the cursor starts there.
                    let zone = session.and_then(|session| Some(capture::say_zone(session, session.zones.get(id)?)));
                    let text = zone.map_or_else(String::new, |zone| format!(" @{zone}"));
                    capturing::open_at(model, &text, None);
                    if let Some(line) = &mut model.capture {
                        line.typing.key(Key::plain(Code::Home));
                    }
                    return;
                }
                Some(Row::Component(id, _)) => {
                    let component =
                        session.and_then(|session| Some(capture::say_component(session, session.components.get(id)?)));
                    component.map_or_else(String::new, |component| format!("{component} -> "))
                }
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
        Pane::Matrix | Pane::Review => String::new(),
        Pane::Meeting => "person ".to_owned(),
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

pub(super) fn delete(model: &mut Model) {
    let Some(id) = model.entry() else { return model.warn("Nothing to remove on this row") };
    if let EntryId::Threat(threat) = id {
        let found = model.document.as_ref().and_then(|d| d.threat(threat));
        if found.is_some_and(|t| !t.is_live()) {
            return model.say(model.keymap.phrase("It is withdrawn already; {withdraw} brings it back"));
        }
        let draft = model.document.as_ref().and_then(|d| d.threat(threat)).is_some_and(Threat::is_draft);
        if !draft {
            // Reviewers want to see what was decided once; it is withdrawn instead.
            return threats::withdraw(model);
        }
    }
    let Some(Removal { taken, left, several }) = model.session().map(|session| session.removal(&id)) else { return };
    if apply(model, &Edit::Remove(id)) {
        let undo = model.keymap.key(Command::Undo);
        let what = if several { "them" } else { "it" };
        let left = if left.is_empty() { left } else { format!("; {left}") };
        model.say(format!("Removed {taken}; {undo} brings {what} back{left}"));
    }
}

pub(super) fn swap(model: &mut Model, down: bool) {
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
            if model.focus == Pane::Matrix && model.matrix_threat().is_some() {
                model.matrix.index = if down { model.matrix.index + 1 } else { model.matrix.index.saturating_sub(1) };
            }
        }
        None => {
            model.say(if down { "This is the last of its kind here" } else { "This is the first of its kind here" });
        }
    }
}

/// Whether two rows stand in one list that has an order.
pub(super) fn siblings(session: &crate::session::Session, a: &Row, b: &Row) -> bool {
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

pub(super) fn neighbour<T: PartialEq + Clone>(list: &[T], item: &T, down: bool) -> Option<T> {
    let at = list.iter().position(|other| other == item)?;
    let other = if down { at.checked_add(1) } else { at.checked_sub(1) };
    other.and_then(|at| list.get(at)).cloned()
}

pub(super) fn section(model: &mut Model, forward: bool) {
    if let Some(document) = &model.document {
        model.components.section(document.outline(), forward);
        selection::follow_components(model);
    }
}
