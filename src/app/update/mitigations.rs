//! Mitigations: which threats they help against, and how far they are.

use crate::{
    app::{
        model::Model,
        overlay::{
            Overlay,
            picker::{Item, Picker, Purpose, Value},
        },
    },
    session::{Edit, MitigationState, edit::Entry},
};

use super::apply;

pub(super) fn pick_threats(model: &mut Model) {
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

pub(super) fn step_state(model: &mut Model, by: isize) {
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
