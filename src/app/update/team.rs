//! What the team keeps, from the workbench: deviating from a baseline, taking that back, promoting a threat.
//!
//! A deviation has a reason of few, words and somebody who agreed; whoever records one is asked for all three.

use std::{path::Path, sync::Arc};

use crate::{
    app::{
        model::{Model, Screen, Severity},
        msg::{Effect, Look},
        overlay::{
            Overlay,
            ask::{self, Ask, Question::Needed},
            picker::{Item, Picker, Purpose, Value},
        },
        words,
    },
    catalog::Team,
    session::{Component, ComponentId, Deviation, DeviationReason, Edit, Named, Table, edit::Entry},
};

use super::apply;

/// Asks for what the team keeps for the open session.
pub(super) fn read(model: &Model) -> Vec<Effect> {
    let path = model.document.as_ref().map(|document| document.path.clone());
    path.map(|path| Effect::ReadTeam { path: Some(path), look: Look::First }).into_iter().collect()
}

/// Asks again: somebody may have pulled or edited it meanwhile.
pub(super) fn look_again(model: &Model) -> Option<Effect> {
    let path = model.document.as_ref().map(|document| document.path.clone());
    let listed = matches!(&model.screen, Screen::Browser(browser) if browser.listings.is_some());
    match &model.screen {
        Screen::Workbench if path.is_some() => Some(Effect::ReadTeam { path, look: Look::Again }),
        Screen::Browser(_) if listed => Some(Effect::ReadTeam { path: None, look: Look::Again }),
        _ => None,
    }
}

/// What the team keeps is there, or why it is not. What is found broken later leaves what was read before in use.
pub(super) fn on_read(model: &mut Model, path: Option<&Path>, team: Arc<Team>, problems: &[String], look: Look) {
    let kept = look == Look::Again && !problems.is_empty();
    match (path, &mut model.document, &mut model.screen) {
        (None, _, Screen::Browser(browser)) => {
            if !kept {
                browser.team = team;
            }
        }
        (Some(path), Some(document), _) if document.path == path => {
            if !kept {
                model.suggestions.know(team.clone());
                document.team = team;
                // Its baselines are among what is left to do.
                model.meeting.seen = None;
            }
        }
        // For a session that is on the screen no more.
        _ => return,
    }
    // A file that is in danger is said before anything else; an earlier word about the team is out of date.
    let quiet = model.status.as_ref().is_none_or(|status| status.severity != Severity::Error);
    match (problems.split_first(), look) {
        (None, Look::First) => {}
        (None, Look::Again) if quiet => model.say("The team's files changed and were read again"),
        (Some((first, more)), Look::First) => {
            let what = if path.is_some() { "catalogue is" } else { "templates are" };
            model.warn(format!("The built-in {what} used, not the team's: {first}{}", and_more(more)));
        }
        (Some((first, more)), Look::Again) if quiet => {
            model.warn(format!("The team's files stay in use as they were: {first}{}", and_more(more)));
        }
        (_, Look::Again) => {}
    }
}

fn and_more(more: &[String]) -> String {
    if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) }
}

/// Lists the baselines at the place on screen.
pub(super) fn choose(model: &mut Model) {
    let Some((document, place)) = model.document.as_ref().zip(model.checklist.place.as_ref()) else { return };
    let session = document.session();
    let items = document.team.standing_at(session, place).into_iter().map(|one| {
        let value = Value::Baseline(one.component.id.clone(), one.baseline.id.clone());
        let detail = match one.deviation {
            Some(deviation) => format!("deviates: {}; enter withdraws that", deviation.reason.name()),
            None => "holds".to_owned(),
        };
        Item::new(value, format!("{}: {}", one.component.name, one.baseline.title)).with(detail)
    });
    let title = format!("Which baseline does not hold at {}?", words::place(session, place));
    model.overlay = Some(Overlay::Picker(Picker::new(title, Purpose::Baseline, items.collect())));
}

/// A baseline was chosen: the deviation from it is withdrawn, or its reason is asked for.
pub(super) fn chosen(model: &mut Model, id: &ComponentId, baseline: &str) {
    let Some(component) = model.session().and_then(|session| session.components.get(id)) else { return };
    if component.deviations.contains(baseline) {
        let kept = component.deviations.iter().filter(|one| one.baseline != baseline).cloned().collect();
        let label = format!("baseline {baseline} holds for {} again", component.name);
        change(model, &component.clone(), kept, label);
        return;
    }
    let reasons = DeviationReason::ALL.iter().map(|reason| Item::new(Value::Text, reason.name()));
    let title = format!("Why does {baseline} not hold for {}?", component.name);
    let purpose = Purpose::Deviation(id.clone(), baseline.to_owned());
    model.overlay = Some(Overlay::Picker(Picker::new(title, purpose, reasons.collect())));
}

/// The reason was chosen: words and who agreed are asked for.
pub(super) fn because(model: &mut Model, component: ComponentId, baseline: String, reason: &str) {
    let Some(reason) = DeviationReason::from_name(reason) else { return };
    let why = match reason {
        DeviationReason::Compensated => "What is done instead?",
        _ => "Why, in a sentence?",
    };
    let title = format!("{baseline}: {}", reason.name());
    let purpose = ask::Purpose::Deviate { component, baseline, reason };
    model.overlay = Some(Overlay::Ask(Ask::new(title, purpose, vec![Needed(why), Needed("Who agreed to that?")])));
}

/// Everything is said.
pub(super) fn record(
    model: &mut Model,
    id: &ComponentId,
    baseline: String,
    reason: DeviationReason,
    said: Vec<String>,
) {
    let mut said = said.into_iter();
    let (words, by) = (said.next().unwrap_or_default(), said.next().unwrap_or_default());
    let Some(session) = model.session() else { return };
    let Some(component) = session.components.get(id).cloned() else { return };
    let by = session.person_called(&by).map_or(by, |person| person.id.to_string());
    let label = format!("{} deviates from baseline {baseline}", component.name);
    let mut deviations = component.deviations.clone();
    deviations.insert(Deviation { baseline, reason, words, by });
    change(model, &component, deviations, label);
}

fn change(model: &mut Model, component: &Component, deviations: Table<Deviation>, label: String) {
    let next = Component { deviations, ..component.clone() };
    apply(model, &Edit::Batch { label, edits: vec![Edit::Change(Entry::Component(Box::new(next)))] });
}

/// The selected threat as a row for the team's catalogue.
pub(super) fn promote(model: &mut Model) -> Vec<Effect> {
    let Some((document, id)) = model.document.as_ref().zip(model.threat()) else { return Vec::new() };
    let session = document.session();
    let found = document.outline().threat(session, id);
    let promoted = found.and_then(|(place, threat)| document.team.catalogue().promote(session, place, threat));
    if let Some(promoted) = promoted {
        vec![Effect::Promote { path: document.path.clone(), promoted: Box::new(promoted) }]
    } else {
        model.warn(model.keymap.phrase("The threat has no place yet; file it first ({file-elsewhere})"));
        Vec::new()
    }
}

/// The row stands in a file of the team, or not.
pub(super) fn on_promoted(model: &mut Model, id: &str, left: usize, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Err(why) => {
            model.fail(format!("Not promoted: {why}"));
            Vec::new()
        }
        Ok(shown) => {
            let left = match left {
                0 => String::new(),
                _ => "; `strideboard catalog lint` says what is left to do".to_owned(),
            };
            model.say(format!("{id} stands in {shown} now, for review{left}"));
            read(model)
        }
    }
}
