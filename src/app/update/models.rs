//! Sessions that model components: asked for when they are named, announced when they moved, taken over when a person
//! says so.
//!
//! Owns noticing that other models are named than before. Refuses: reading (that is [`Effect::ReadModels`]) and taking
//! anything over by itself.

use std::path::Path;

use crate::{
    app::{
        document::Document,
        model::{Model, Severity},
        models::{Asked, Asking},
        msg::Effect,
        overlay::picker::{Item, Value},
    },
    review::reuse::{self, Found, Models},
    session::{ComponentId, Mitigation, MitigationId, Place, Session},
};

use super::apply;

/// Asks for the models that components name, when those are other ones than before.
pub(super) fn follow(model: &mut Model, mut effects: Vec<Effect>) -> Vec<Effect> {
    let asking = match &model.document {
        Some(document) => model.models_asked.follow(&document.path, document.session()),
        None if model.models_asked.any() => Asking::Forget,
        None => Asking::Nothing,
    };
    match (asking, &model.document) {
        (Asking::Read, Some(document)) => effects.push(read(document)),
        (Asking::Read | Asking::Nothing, _) => {}
        (Asking::Forget, None) => {
            model.models_asked = Asked::default();
            model.models.clear();
        }
        (Asking::Forget, Some(_)) => model.models.clear(),
    }
    effects
}

/// Asks again: somebody may have pulled what a model says now.
pub(super) fn look_again(model: &Model) -> Option<Effect> {
    model.document.as_ref().filter(|_| model.models_asked.any()).map(read)
}

fn read(document: &Document) -> Effect {
    Effect::ReadModels { path: document.path.clone(), session: document.session().clone() }
}

/// Models were read.
pub(super) fn on_models(model: &mut Model, path: &Path, models: Models) {
    let Some(document) = model.document.as_ref().filter(|document| document.path == path) else { return };
    let news = news(document.session(), &model.models, &models);
    model.models = models;
    // Whether they moved is among what is left to do.
    model.meeting.seen = None;
    let quiet = model.status.as_ref().is_none_or(|status| status.severity == Severity::Info);
    if let Some((first, more)) = news.split_first().filter(|_| quiet) {
        let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
        model.warn(format!("{first}{more}"));
    }
}

/// What a person should hear about the models of a session: those that moved or cannot be used, once.
fn news(session: &Session, before: &Models, now: &Models) -> Vec<String> {
    let others = now.iter().filter(|(id, found)| before.get(*id) != Some(found));
    others.filter_map(|(id, found)| found.news(session.components.get(id)?)).collect()
}

/// Takes over what was decided in the model of the component on screen.
pub(super) fn take(model: &mut Model) {
    let by = model.me();
    let Some((session, Place::Component(id))) = model.session().zip(model.checklist.place.as_ref()) else { return };
    let Some(Found::Offer(offer)) = model.models.get(id) else { return };
    if let Some(edit) = reuse::take(session, id, offer, &by) {
        apply(model, &edit);
    }
}

/// Mitigations of the models at a place: those of a component, or of both ends of a flow.
pub(super) fn mitigations(model: &Model, place: &Place) -> Vec<Item> {
    let Some(session) = model.session() else { return Vec::new() };
    let ends = match place {
        Place::Flow(id) => session.flows.get(id).map_or_else(Vec::new, |flow| vec![&flow.from, &flow.to]),
        Place::Component(id) => vec![id],
        Place::Unfiled => Vec::new(),
    };
    let offers = ends.into_iter().filter_map(|id| match model.models.get(id) {
        Some(Found::Offer(offer)) => Some((session.components.get(id)?, offer)),
        _ => None,
    });
    let items = offers.flat_map(|(component, offer)| {
        let known = |original: MitigationId| {
            let seen = reuse::seen_at(component, original);
            session.mitigations.iter().any(|one| one.evidence.contains(&seen))
        };
        let new = offer.mitigations.iter().filter(move |one| !known(one.id));
        new.map(move |one| {
            let value = Value::Upstream(component.id.clone(), one.id);
            Item::new(value, &one.title).with(format!("{} {}", offer.title, one.state.name()))
        })
    });
    items.collect()
}

/// The mitigation of a model as this session keeps it, new where it was not linked before.
pub(super) fn adopted(
    model: &mut Model,
    component: &ComponentId,
    original: MitigationId,
) -> Option<(MitigationId, Option<Mitigation>)> {
    let session = model.document.as_ref()?.session().clone();
    let Some(Found::Offer(offer)) = model.models.get(component) else { return None };
    let original = offer.mitigations.iter().find(|one| one.id == original)?;
    Some(reuse::adopt(&session, session.components.get(component)?, original, &mut model.random))
}
