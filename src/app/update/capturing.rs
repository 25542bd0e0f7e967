//! Keys of the capture line, and turning a captured line into an edit.
//!
//! Refuses: understanding the line; that is [`crate::app::capture`]'s.

use crate::{
    app::{
        capture::{self, chat},
        capture_line::{CaptureLine, Here},
        command::Command,
        key::{Code, Key},
        model::{Model, Severity, Status},
        msg::Effect,
        overlay::{
            Overlay,
            picker::{Item, Picker, Purpose, Value},
        },
        pane::{Pane, checklist, mitigations::Subject},
    },
    session::{Letter, Place, ThreatId, edit::EntryId},
};

/// Opens the capture line for whatever is selected.
pub(super) fn open(model: &mut Model, text: &str) {
    let letter = match model.focus {
        Pane::Checklist => model.cell().map(|(_, letter)| letter),
        _ => None,
    };
    open_at(model, text, letter);
}

/// Opens the capture line and keeps it open, for when a system is described sentence after sentence.
pub(super) fn open_many(model: &mut Model) {
    open(model, "");
    if let Some(line) = &mut model.capture {
        line.many = true;
    }
}

/// Opens the capture line for a letter of the place on the checklist.
pub(super) fn open_at(model: &mut Model, text: &str, letter: Option<Letter>) {
    if let Some(Err(locked)) = model.document.as_ref().map(super::Document::is_writable) {
        model.warn(model.keymap.phrase(locked));
        return;
    }
    let threat = match model.focus {
        // The one that the title of the pane names.
        Pane::Mitigations => match model.listed_mitigations() {
            (Subject::Threat(threat), _) => Some(threat),
            _ => None,
        },
        _ => model.threat(),
    };
    let here = Here { place: model.checklist.place.clone(), letter, threat };
    model.capture = Some(CaptureLine::new(text, here));
}

/// A key while the capture line is open.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let today = model.environment.today;
    let Some(line) = &mut model.capture else { return Vec::new() };
    match key.code {
        Code::Esc if line.completion.is_some() => line.completion = None,
        Code::Esc => {
            let text = line.typing.value();
            // What was typed is one `up` away in the next capture line.
            if line.is_touched() && !text.trim().is_empty() {
                model.captured.push(text);
            }
            model.capture = None;
        }
        Code::Char('c') if key.ctrl => model.capture = None,
        Code::Enter => commit(model),
        Code::Tab => {
            if let Some(document) = &model.document {
                line.complete(document, today, !key.shift);
            }
        }
        Code::Up => line.recall(&model.captured, true),
        Code::Down => line.recall(&model.captured, false),
        _ => {
            if line.typing.key(key) {
                line.completion = None;
            }
        }
    }
    Vec::new()
}

/// Pastes into the capture line, opening it if need be. Several lines are captured at once, as one step.
pub(super) fn paste(model: &mut Model, text: &str) {
    if model.document.is_none() {
        return;
    }
    let several = text.trim_end().contains(['\n', '\r']);
    if several {
        let line = model.capture.take();
        let many = line.as_ref().is_some_and(|line| line.many);
        let typed = line.map(|line| line.typing.value()).unwrap_or_default();
        if let Some(said) = Some(text).filter(|_| typed.trim().is_empty()).and_then(chat::messages) {
            return ask_about_chat(model, &said);
        }
        capture_lines(model, &format!("{typed}{text}"));
        if many {
            open_many(model);
        }
        return;
    }
    if model.capture.is_none() {
        open(model, "");
    }
    if let Some(line) = &mut model.capture {
        line.typing.paste(text);
        line.completion = None;
    }
}

/// Captures what is typed and closes the line, or empties it for the next one.
pub(super) fn commit(model: &mut Model) {
    let Some(mut line) = model.capture.take() else { return };
    let text = line.typing.value();
    let Some(document) = &model.document else { return };
    let captured = {
        let context = line.context(document, model.environment.today);
        capture::capture(&text, &context, &mut model.random)
    };
    let Some(captured) = captured else {
        if line.asked_for_words() {
            // Closed silently, what is said next would be commands.
            model.warn("Nothing is said yet: write it, or leave with esc");
            model.capture = Some(line);
        }
        return;
    };
    if captured.doubt.is_some() && line.doubted.as_ref() != Some(&text) {
        // Filed as a threat it would be noticed too late; one more enter says that it is meant so.
        line.doubted = Some(text);
        model.capture = Some(line);
        return;
    }
    if super::apply(model, &captured.edit) {
        model.captured.push(text);
        follow(model, captured.focus.as_ref(), line.here.letter);
        tell(model, &captured);
        if line.many {
            open_many(model);
        }
    } else {
        // Nothing that was said is lost: the line stays open with its words.
        model.capture = Some(line);
    }
}

/// The line for a mitigation of a threat: typed in the list of `m` or behind a `+`, it is read the same way.
fn mitigation_line(typed: &str) -> String {
    format!("+ {}", typed.trim_start_matches(['+', ' ']))
}

/// What a mitigation typed for a threat will become, in words.
pub(super) fn mitigation_words(model: &Model, threat: ThreatId, typed: &str) -> String {
    let Some(document) = &model.document else { return String::new() };
    let here = Here { threat: Some(threat), ..Here::default() };
    let context = here.context(document, model.environment.today);
    let preview = capture::preview(&mitigation_line(typed), &context);
    // The row stands in a list of mitigations, and on a narrow screen it has no room for saying so.
    let words = preview.words.strip_prefix("mitigation ").unwrap_or(&preview.words);
    match preview.warnings.first() {
        Some(warning) => format!("▲ {warning}  {words}"),
        None => words.to_owned(),
    }
}

/// Captures a mitigation typed for a threat.
pub(super) fn mitigate(model: &mut Model, threat: ThreatId, typed: &str) {
    let Some(document) = &model.document else { return };
    let here = Here { threat: Some(threat), ..Here::default() };
    let context = here.context(document, model.environment.today);
    let Some(captured) = capture::capture(&mitigation_line(typed), &context, &mut model.random) else { return };
    if super::apply(model, &captured.edit) {
        tell(model, &captured);
        follow(model, captured.focus.as_ref(), None);
    }
}

/// Says what a line became, and what to look at.
fn tell(model: &mut Model, captured: &capture::Captured) {
    // A doubt was settled by the second enter.
    let warning = captured.warnings.iter().find(|warning| captured.doubt != Some(warning.as_str()));
    model.status = Some(Status {
        severity: if warning.is_some() { Severity::Warning } else { Severity::Info },
        text: warning.map_or(captured.became.clone(), |warning| format!("{} · {warning}", captured.became)),
    });
}

/// Captures several lines as one step. What is selected says nothing about them: a sentence without a place goes to the
/// unfiled tray, as it does from a file.
fn capture_lines(model: &mut Model, text: &str) {
    if let Some(Err(locked)) = model.document.as_ref().map(super::Document::is_writable) {
        model.warn(model.keymap.phrase(locked));
        return;
    }
    let Some(document) = &model.document else { return };
    let here = Here::default();
    let context = here.context(document, model.environment.today);
    let (captured, _) = capture::capture_all(text, &context, &mut model.random);
    if !captured.is_empty() {
        write_down(model, captured);
    }
}

/// Makes one step of several captures and says what they became.
fn write_down(model: &mut Model, captured: Vec<capture::Captured>) {
    let count = captured.len();
    let label = format!("capture {count} lines");
    let became = capture::summary(&captured);
    // That a sentence goes to the tray is said in numbers already.
    let doubtful = captured.iter().find_map(|one| {
        let warning = one.warnings.iter().find(|warning| *warning != capture::TO_THE_TRAY)?;
        Some(format!(" · line {}: {warning}", one.line))
    });
    let edits = captured.into_iter().map(|c| c.edit).collect();
    if super::apply(model, &crate::session::Edit::Batch { label: label.clone(), edits }) {
        let lines = if count == 1 { "line" } else { "lines" };
        let undo = model.keymap.key(Command::Undo);
        let severity = if doubtful.is_some() { Severity::Warning } else { Severity::Info };
        let text = format!("{count} {lines}: {became}; {undo} takes them all back{}", doubtful.unwrap_or_default());
        model.status = Some(Status { severity, text });
    }
}

/// Shows what was said in a chat, to be written down as one step. What is only assent is not marked.
fn ask_about_chat(model: &mut Model, said: &[chat::Message<'_>]) {
    let items = said.iter().map(|message| Item {
        marked: chat::says_something(message.text),
        ..Item::new(Value::Word(message.by.to_owned()), message.text).with(message.by)
    });
    let title = "A chat: enter writes the marked lines down, tab marks one or not";
    model.overlay = Some(Overlay::Picker(Picker::new(title, Purpose::Chat, items.collect()).many()));
}

/// Writes the marked lines of a chat down, each by whoever said it.
pub(super) fn take_chat(model: &mut Model, items: &[Item]) {
    if let Some(Err(locked)) = model.document.as_ref().map(super::Document::is_writable) {
        model.warn(model.keymap.phrase(locked));
        return;
    }
    let Some(document) = &model.document else { return };
    let session = document.session().clone();
    let said: Vec<(String, &str)> = items
        .iter()
        .filter(|item| item.marked)
        .filter_map(|item| match &item.value {
            Value::Word(by) => Some((session.who(by), item.text.as_str())),
            _ => None,
        })
        .collect();
    let here = Here::default();
    let context = here.context(document, model.environment.today);
    let said = said.iter().map(|(by, text)| (by.as_str(), *text));
    let (captured, _) = capture::capture_each(said, &context, &mut model.random);
    if captured.is_empty() {
        return model.say("No line was marked, so nothing was written down");
    }
    write_down(model, captured);
}

/// Selects what a capture made, so that the next command can act on it.
fn follow(model: &mut Model, focus: Option<&EntryId>, letter: Option<Letter>) {
    let Some(id) = focus else { return };
    match id {
        EntryId::Threat(threat) => {
            let place = model.document.as_ref().and_then(|d| d.outline().place_of(*threat)).cloned();
            // A threat said about another place does not move the room away from where it is.
            if place.is_some() && place == model.checklist.place && model.focus == Pane::Checklist {
                let same =
                    model.document.as_ref().and_then(|d| d.threat(*threat)).is_some_and(|t| Some(t.letter) == letter);
                if (same || letter.is_none())
                    && let Some(session) = model.document.as_ref().map(|d| d.session().clone())
                {
                    model.checklist.select(&session, checklist::Row::Threat(*threat));
                }
            }
        }
        EntryId::Mitigation(mitigation) => model.mitigations.selected = Some(*mitigation),
        EntryId::Note(_) => {}
        other => {
            if let (Some(row), Some(document)) = (super::row_of(other), &model.document) {
                model.components.select(document.session(), document.outline(), &row);
                // While a model is being captured the checklist follows; during brainstorming it stays.
                if model.focus == Pane::Components || model.checklist.place.is_none() {
                    super::selection::follow_components(model);
                }
            }
        }
    }
}

/// The place shown on the checklist, in words for prompts.
pub(super) fn place_words(model: &Model, place: &Place) -> String {
    model.session().map_or_else(|| place.short(), |session| crate::app::words::place(session, place))
}
