//! Rating, deciding, filing and withdrawing threats.
//!
//! Owns the two digits of a rating while they are typed. Refuses: the fields of a threat (`form::threat`).

use crate::{
    app::{
        form,
        key::{Code, Key},
        model::{Judged, Model, RatingInput},
        overlay::{
            Overlay,
            ask::{self, Ask, Question},
            picker::{Item, Picker, Purpose, Value},
        },
        pane::Pane,
    },
    method::{basis::basis, matrix::Matrix},
    session::{Edit, Letter, Named, Place, Point, Rating, Response, ThreatId, edit::EntryId},
};

use super::{apply, matrix, models};

/// Asked of whoever carries a threat.
pub(super) const UNTIL_WHEN: &str = "Until which day? (2027-01-31, next month, empty for no end)";

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
            if apply(model, &Edit::SetRating { threat: input.threat, point, rating }) {
                matrix::matrix_to(model, input.threat);
            }
        }
    }
}

pub(super) fn respond(model: &mut Model, response: Option<Response>) {
    let Some(threat) = model.threat() else { return };
    let Some(mut next) = model.document.as_ref().and_then(|d| d.threat(threat)).cloned() else { return };
    next.response = response;
    next.acceptance = None;
    let word = response.map_or("reopen", Response::name);
    let label = format!("{word} {}", threat.short());
    apply(model, &Edit::Batch { label, edits: vec![Edit::ChangeThreat(Box::new(next))] });
}

pub(super) fn ask_about_threat(
    model: &mut Model,
    verb: &str,
    purpose: fn(ThreatId) -> ask::Purpose,
    questions: &[Question],
) {
    let Some(threat) = model.threat() else { return };
    let name = model.document.as_ref().map_or_else(|| threat.short(), |d| d.outline().name(threat));
    model.overlay = Some(Overlay::Ask(Ask::new(format!("{verb} {name}"), purpose(threat), questions.to_vec())));
}

pub(super) fn file(model: &mut Model, letter: Letter) {
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

pub(super) fn pick_place(model: &mut Model) {
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
    let mut picker = Picker::new("", Purpose::File(threat), items);
    file_under(&mut picker, &document.outline().name(threat), letter);
    model.overlay = Some(Overlay::Picker(picker));
}

/// Lets the list of places file under another letter.
fn file_under(picker: &mut Picker, name: &str, letter: Letter) {
    picker.title = format!("File {name} under {letter} {} (tab: another letter) at", letter.name());
    for item in &mut picker.items {
        if let Value::Cell(_, under) = &mut item.value {
            *under = letter;
        }
    }
}

/// The same under the letter after the one at hand, with shift the one before.
pub(super) fn file_under_next(model: &Model, picker: &mut Picker, threat: ThreatId, key: Key) {
    let Some(document) = &model.document else { return };
    let now = picker.items.iter().find_map(|item| match item.value {
        Value::Cell(_, letter) => Some(letter as usize),
        _ => None,
    });
    let count = Letter::ALL.len();
    let next = now.map_or(0, |now| (now + if key.shift { count - 1 } else { 1 }) % count);
    file_under(picker, &document.outline().name(threat), Letter::ALL[next]);
}

/// The first question about a risk that is accepted: one of the people, or a name.
pub(super) fn pick_carrier(model: &mut Model, threat: ThreatId) {
    let Some(document) = &model.document else { return };
    let items = form::people::items_of(document.session());
    let title = format!("Accept {}: who carries the risk? Choose, or type a name", document.outline().name(threat));
    let mut picker = Picker::new(title, Purpose::Carries(threat), items).or_new("name");
    picker.names = true;
    model.overlay = Some(Overlay::Picker(picker));
}

/// The questions that follow once it is known who carries the risk.
pub(super) fn ask_why(model: &mut Model, threat: ThreatId, by: &str) {
    let questions = [
        Question::Needed("Who carries the risk?"),
        Question::Needed("Why is that reasonable?"),
        Question::Day(UNTIL_WHEN),
    ];
    let Some(document) = &model.document else { return };
    let title = format!("Accept {}", document.outline().name(threat));
    let mut ask = Ask::new(title, ask::Purpose::Accept(threat), questions.to_vec());
    ask.answers.push(form::person_name(document.session(), by).to_owned());
    model.overlay = Some(Overlay::Ask(ask));
}

pub(super) fn withdraw(model: &mut Model) {
    let Some(EntryId::Threat(threat)) = model.entry().or(model.threat().map(EntryId::Threat)) else { return };
    let withdrawn = model.document.as_ref().and_then(|d| d.threat(threat)).is_some_and(|t| !t.is_live());
    if withdrawn {
        apply(model, &Edit::Withdraw { threat, reason: None });
    } else {
        let name = model.document.as_ref().map_or_else(|| threat.short(), |d| d.outline().name(threat));
        let ask = Ask::new(
            format!("Withdraw {name}"),
            ask::Purpose::Withdraw(threat),
            vec![Question::Needed("Why does it no longer count?")],
        );
        model.overlay = Some(Overlay::Ask(ask));
    }
}

pub(super) fn pick_mitigation(model: &mut Model) {
    let Some(threat) = model.threat() else { return };
    let Some(document) = &model.document else { return };
    let session = document.session();
    let linked = document.threat(threat).map(|t| t.mitigations.clone()).unwrap_or_default();
    let items = document.outline().mitigations().iter().filter(|id| !linked.contains(id));
    let items = items.filter_map(|id| session.mitigations.get(id)).map(|m| {
        Item::new(Value::Mitigation(m.id), m.title.clone()).with(format!("{} {}", m.id.short(), m.state.name()))
    });
    let place = document.outline().place_of(threat).cloned().unwrap_or(Place::Unfiled);
    let items = items.chain(models::mitigations(model, &place));
    let title = format!("What helps against {}? Type something new, or choose", document.outline().name(threat));
    let picker = Picker::new(title, Purpose::Mitigate(threat), items.collect()).or_new("new mitigation");
    model.overlay = Some(Overlay::Picker(picker));
}
