//! Answering cells.
//!
//! Owns the reasons offered for "not applicable", and that an answer carries its basis and closes the question that
//! parked the cell.

use crate::{
    app::{
        model::Model,
        overlay::{
            Overlay,
            ask::{self, Ask, Question},
            picker::{Item, Picker, Purpose, Value},
        },
    },
    method::{
        basis::basis,
        cell::{self, CellState},
        leaning,
        weight::{self, Weight},
    },
    session::{Answer, AssumptionId, Cell, Edit, Letter, Place, Session, edit::Entry},
};

use super::{apply, capturing};

/// A reason for what stays inside a boundary.
const SAME_ZONE: &str = "same zone, same owner, same rights on both ends";

/// Reasons a cell cannot apply, offered before own words. "Already mitigated" is left out on purpose: that is a threat
/// with a control.
const REASONS: &[&str] = &[
    "no data on this flow that it could concern",
    "the provider answers for this",
    "whoever could do it already holds that right",
    "covered by another cell",
    "covered by the model of another session",
    "out of scope by decision",
];

/// Marks the selected cell clear; where a question waits there, asks for its answer first.
pub(super) fn clear(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let asked = model.session().and_then(|session| session.open_questions(&place, letter).next());
    match asked.map(|note| note.text.clone()) {
        Some(question) => {
            let questions = vec![Question::Optional("What is the answer? (empty: nothing was found)")];
            model.overlay = Some(Overlay::Ask(Ask::new(question, ask::Purpose::Clear(place, letter), questions)));
        }
        None => decide(model, &place, &Cell::new(letter, Answer::Clear), ""),
    }
}

/// Answers a cell and closes the questions that parked it, with what was said to them or else the answer of the cell.
/// The selection stays: the room looks at what was just said, and `space` goes on when it is ready.
pub(super) fn decide(model: &mut Model, place: &Place, cell: &Cell, said: &str) {
    let Some(session) = model.session() else { return };
    let letter = cell.letter;
    let answered = Cell { basis: basis(session, place), by: model.me(), ..cell.clone() };
    let decision = Edit::Decide { place: place.clone(), cell: answered };
    let answer = match (said, cell.state) {
        ("", Answer::Clear) => "clear",
        ("", _) => &cell.reason,
        (said, _) => said,
    };
    let mut edits = close_questions(session, place, letter, answer);
    let label = decision.label(session);
    edits.push(decision);
    let edit = if edits.len() == 1 {
        edits.remove(0)
    } else {
        Edit::Batch { label: format!("{label}, question answered"), edits }
    };
    apply(model, &edit);
}

fn close_questions(session: &Session, place: &Place, letter: Letter, answer: &str) -> Vec<Edit> {
    let closed = session.open_questions(place, letter).map(|note| {
        let mut note = note.clone();
        note.answer = answer.into();
        Edit::Change(Entry::Note(note))
    });
    closed.collect()
}

/// Takes the answer of the selected cell back; of a parked one first its questions, which stay among the answered ones.
pub(super) fn reopen(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let Some(session) = model.session() else { return };
    let edits = close_questions(session, &place, letter, "taken back");
    if edits.is_empty() {
        apply(model, &Edit::Reopen { place, letter });
        return;
    }
    let label = format!("take the question about {letter} on {} back", session.place_called(&place));
    if apply(model, &Edit::Batch { label, edits }) {
        model.say(format!("{letter} is no longer parked; its question stays in pane 1, answered with “taken back”"));
    }
}

pub(super) fn ask_reason(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let crosses = match &place {
        Place::Flow(id) => model.session().is_some_and(|s| s.flows.get(id).is_some_and(|f| weight::crosses(s, f))),
        Place::Component(_) | Place::Unfiled => false,
    };
    // What a boundary crossing contradicts is not offered there.
    let reasons = [SAME_ZONE].iter().filter(|_| !crosses).chain(REASONS);
    let items = reasons.map(|reason| Item::new(Value::Text, *reason)).collect();
    let title = format!("Why does {} not apply to {}?", letter.name(), capturing::place_words(model, &place));
    model.overlay =
        Some(Overlay::Picker(Picker::new(title, Purpose::Reason(place, letter), items).or_new("own words")));
}

/// Takes the answer, and the threats, of a stale cell as holding for what is there now.
pub(super) fn confirm(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let Some(session) = model.session() else { return };
    if let Some(fallen) = leans_on_fallen(model, &place, letter) {
        model.fail(format!("{letter} leans on {fallen}, which does not hold: answer it anew, or correct {fallen}"));
        return;
    }
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
    let label = format!("confirm {letter} on {}", session.place_called(&place));
    apply(model, &Edit::Batch { label, edits });
}

/// The assumption, by its short id, that an answer leans on and that does not hold.
fn leans_on_fallen(model: &Model, place: &Place, letter: Letter) -> Option<String> {
    let document = model.document.as_ref()?;
    let (session, fallen) = (document.session(), document.outline().parked().fallen());
    let reason = &session.cells_at(place)?.get(letter)?.reason;
    leaning::named(session, reason).find(|id| fallen.contains(id)).map(AssumptionId::short)
}

/// Marks every open cell that no method lists for the place.
pub(super) fn clear_rare(model: &mut Model) {
    let Some((session, place)) = model.session().zip(model.checklist.place.clone()) else { return };
    let Some(parked) = model.document.as_ref().map(|d| d.outline().parked()) else { return };
    let views = cell::cells(session, &place, parked);
    let open =
        Letter::ALL.into_iter().zip(views).filter(|(_, v)| v.weight == Weight::Rare && v.state == CellState::Open);
    let now = basis(session, &place);
    let edits: Vec<Edit> = open
        .map(|(letter, _)| {
            let reason = "no method lists it for this pair of ends".to_owned();
            let cell = Cell { reason, basis: now, by: model.me(), ..Cell::new(letter, Answer::NotApplicable) };
            Edit::Decide { place: place.clone(), cell }
        })
        .collect();
    match edits.len() {
        0 => model.say("No rare cell is open here"),
        count => {
            let label = format!("{count} rare cells not applicable on {}", session.place_called(&place));
            apply(model, &Edit::Batch { label, edits });
        }
    }
}
