//! What the recovery journal is told after each message, and the question what to do with what it brought back.
//!
//! Owns noticing what is being typed. Refuses: writing; what the journal shall hold is returned as effects, first of
//! all, so that it is on its way before anything else.

use std::sync::Arc;

use crate::{
    app::{
        document::After,
        form::{self, Form, target::Target},
        line::Typing,
        model::Model,
        msg::{Effect, Journaling, Order},
        overlay::{Choice, Overlay, Way},
        recovery::{Fit, Recovery},
    },
    format::journal::{Draft, DraftPlace},
    session::{Edit, Note, NoteKind, edit::Entry},
};

use super::{capturing, forms, selection};

/// Lines of a list that fit into the question on a small screen.
const MOST_LINES: usize = 8;

/// Puts what the journal has to know in front of the other effects.
pub(super) fn follow(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    let mut orders = model.document.as_mut().map(super::Document::orders).unwrap_or_default();
    let draft = draft(model);
    // The journal of another file knows nothing of it yet.
    let another = draft.is_some() && orders.iter().any(|order| matches!(order, Order::Open { .. }));
    if another || draft != model.drafted {
        model.drafted.clone_from(&draft);
        orders.push(Order::Draft(draft));
    }
    if orders.is_empty() {
        return effects;
    }
    orders.into_iter().map(Effect::Journal).chain(effects).collect()
}

/// What is being typed and in no record yet.
fn draft(model: &Model) -> Option<Draft> {
    let document = model.document.as_ref().filter(|document| document.locked.is_none())?;
    let form = match &model.overlay {
        Some(Overlay::Form(form)) => Some(form),
        Some(Overlay::Ask(ask)) => {
            return drafted(DraftPlace::Answer, ask.line.value());
        }
        _ => model.mitigations.form.as_ref(),
    };
    if let Some(Form { target, selected, editing: Some(typing), .. }) = form {
        let fields = form::fields(document.session(), document.outline(), document.team.kinds(), target)?;
        let field = fields.get(*selected)?;
        let text = typing.value();
        if text != field.value {
            let record = match target {
                Target::Session => None,
                Target::Entry(id) => Some(id.clone()),
            };
            return drafted(DraftPlace::Field { record, field: field.name.to_owned() }, text);
        }
    }
    let line = model.capture.as_ref().filter(|line| line.is_touched())?;
    drafted(DraftPlace::Capture, line.typing.value())
}

fn drafted(place: DraftPlace, text: String) -> Option<Draft> {
    (!text.trim().is_empty()).then_some(Draft { place, text })
}

/// The journal works differently than before.
pub(super) fn on_journaling(model: &mut Model, journaling: Journaling) {
    if let Journaling::Failed(reason) = &journaling
        && !model.journaling.is_failed()
    {
        let then = model.keymap.phrase("Until it can, only what is saved is safe: {save} saves");
        model.fail(format!("{reason} {then}"));
    }
    model.journaling = journaling;
}

/// Says again why nothing is kept, as long as nothing else is to be said.
pub(super) fn remind(model: &mut Model) {
    let unsaved = model.document.as_ref().is_some_and(super::Document::is_unsaved);
    if let (Journaling::Failed(reason), None, true) = (&model.journaling, &model.status, unsaved) {
        let then = model.keymap.phrase("{save} saves");
        model.fail(format!("{reason} {then}"));
    }
}

/// Asks what to do with what an earlier run left.
pub(super) fn ask(model: &mut Model, recovery: Recovery) {
    let text = summary(&recovery);
    let ways = ways(&recovery, Way::Look);
    model.recovery = Some(recovery);
    question(model, "Work that was not saved was recovered", text, ways);
}

fn question(model: &mut Model, title: &str, text: Vec<String>, ways: Vec<Way>) {
    let title = title.to_owned();
    model.overlay = Some(Overlay::Choice(Choice { title, text, ways, selected: 0, after: After::Nothing }));
}

/// The ways to go on, the one that loses nothing first.
fn ways(recovery: &Recovery, other: Way) -> Vec<Way> {
    match recovery.fit {
        Fit::Exact(_) => vec![Way::Recover, other, Way::DiscardRecovered],
        Fit::Merged { .. } => vec![Way::Recover, Way::RecoverCopy, other, Way::DiscardRecovered],
        Fit::Apart => vec![Way::RecoverCopy, other, Way::DiscardRecovered],
    }
}

fn summary(recovery: &Recovery) -> Vec<String> {
    let mut text = vec![format!("strideboard ended before {} reached the file.", recovery.count())];
    match &recovery.fit {
        Fit::Exact(_) => {}
        Fit::Merged { conflicts, .. } => text.push(format!(
            "The file was changed meanwhile. {}",
            match conflicts {
                0 => "Both can be kept: no field was changed to different values.".to_owned(),
                1 => "Both can be kept but for 1 field that says different things; it is marked.".to_owned(),
                n => format!("Both can be kept but for {n} fields that say different things; they are marked."),
            }
        )),
        Fit::Apart => text.push("What is in the file now is not that session; a copy beside it keeps both.".to_owned()),
    }
    if recovery.damaged {
        text.push("The journal is damaged; what stands behind the damage could not be read. It was kept.".to_owned());
    }
    text
}

fn listed(lines: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let count = lines.len();
    // The latest are what people remember.
    let skipped = if count > MOST_LINES { count - MOST_LINES + 1 } else { 0 };
    let first = (skipped > 0).then(|| format!("{skipped} more before these"));
    first.into_iter().chain(lines.skip(skipped)).collect()
}

/// Goes the way a person chose; nothing when there is no question about a recovery.
pub(super) fn choose(model: &mut Model, way: Way) -> Vec<Effect> {
    let Some(recovery) = model.recovery.take() else { return Vec::new() };
    match way {
        Way::Look => {
            let changes = recovery.changes.iter().map(|words| format!("+ {words}"));
            let mut text = listed(changes);
            if let Some(draft) = &recovery.draft {
                text.push(format!("… being typed: {}", draft.text.replace('\n', " ")));
            }
            let ways = ways(&recovery, Way::BackToQuestion);
            model.recovery = Some(recovery);
            question(model, "What was recovered, the latest last", text, ways);
        }
        Way::BackToQuestion => ask(model, recovery),
        Way::DiscardRecovered => {
            let text = vec![format!("{} will be gone for good.", super::sentence(&recovery.count()))];
            let keep = ways(&recovery, Way::DiscardForGood);
            let ways = keep.into_iter().filter(|way| *way != Way::DiscardRecovered).collect();
            model.recovery = Some(recovery);
            question(model, "Discard what was recovered?", text, ways);
        }
        Way::DiscardForGood => {
            model.say("Discarded what was recovered");
            return vec![Effect::Journal(Order::Discard)];
        }
        Way::RecoverCopy => return beside(model, recovery),
        _ => take_over(model, recovery),
    }
    Vec::new()
}

/// Goes on with what was recovered, as unsaved changes of the session.
fn take_over(model: &mut Model, recovery: Recovery) {
    let count = recovery.count();
    let Recovery { fit: Fit::Exact(resumed) | Fit::Merged { resumed, .. }, draft, .. } = recovery else { return };
    if let Some(document) = &mut model.document {
        document.resume(resumed);
    }
    selection::refresh(model);
    model.say(format!("Recovered {count}; {}", model.keymap.phrase("{undo} takes it back step by step")));
    if let Some(draft) = draft {
        bring_back(model, draft);
    }
}

/// Lays what was recovered beside the file and goes on with that.
fn beside(model: &mut Model, recovery: Recovery) -> Vec<Effect> {
    let Some(document) = &mut model.document else { return Vec::new() };
    document.lay_over(recovery.mine);
    let save = document.save_copy();
    model.after = After::Say;
    selection::refresh(model);
    if let Some(draft) = recovery.draft {
        bring_back(model, draft);
    }
    vec![save]
}

/// Puts a text that was being typed back to where it was typed, or into a note when that place is gone.
fn bring_back(model: &mut Model, draft: Draft) {
    match draft.place {
        DraftPlace::Field { record, field } => {
            let target = record.map_or(Target::Session, Target::Entry);
            let Some(document) = &model.document else { return };
            let fields = form::fields(document.session(), document.outline(), document.team.kinds(), &target)
                .unwrap_or_default();
            let at = fields.iter().find(|known| known.name == field);
            match at.map(|at| &at.kind) {
                Some(form::Kind::Line(_)) => forms::go_on(model, target, &field, Typing::line(&draft.text)),
                Some(form::Kind::Text) => forms::go_on(model, target, &field, Typing::text(&draft.text)),
                _ => keep_as_note(model, &draft.text),
            }
        }
        _ if draft.text.contains('\n') => keep_as_note(model, &draft.text),
        DraftPlace::Capture | DraftPlace::Answer => {
            capturing::open(model, "");
            if let Some(line) = &mut model.capture {
                line.typing.replace(&draft.text);
            }
        }
    }
}

fn keep_as_note(model: &mut Model, text: &str) {
    let Some(session) = model.document.as_ref().map(|document| Arc::clone(document.session())) else { return };
    let note = Note::new(session.fresh_note(&mut model.random), NoteKind::Quote, text.replace('\n', " "));
    super::apply(model, &Edit::Add(Entry::Note(note)));
}
