//! What happens on each message: the only code that changes the model.
//!
//! Keys are offered to whatever is being typed or lies on top first; what is left goes through the key map to a command.
//! Each room of keys has a file. Refuses: files, clocks and terminals; what the world shall do is returned.

mod capturing;
mod cards;
mod cells;
mod commands;
mod forms;
mod journaling;
mod matrix;
mod meeting;
mod merging;
mod mitigations;
mod models;
mod mouse;
mod overlays;
mod practice;
mod reviewing;
mod rows;
mod saving;
mod selection;
mod starting;
mod suggesting;
mod team;
mod threats;
mod travel;
mod tripwires;
mod voting;

pub use saving::left_behind;

use crate::session::{Edit, edit::EntryId, limits};

use super::{
    command::Command,
    document::{After, Document},
    key::{Code, Key},
    keymap::Resolved,
    model::{Browser, Model, Screen, Typed},
    msg::{Effect, Failure, Listing, Look, Msg, Opened},
    outline::Row,
    overlay::Overlay,
};

/// Takes one message in and says what the world shall do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mattered = model.document.as_ref().map(meeting::matter);
    let effects = on_msg(model, msg);
    let effects = models::follow(model, effects);
    let mut effects = tripwires::follow(model, effects);
    effects.extend(meeting::ask_history(model));
    meeting::noticed(model, mattered);
    reviewing::look(model);
    practice::follow(model);
    suggesting::follow(model);
    journaling::remind(model);
    matrix::follow(model);
    journaling::follow(model, effects)
}

/// Does what was put off until somebody looks; before each frame.
pub fn settle(model: &mut Model) {
    overlays::settle(model);
    meeting::look(model);
}

fn on_msg(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => on_key(model, key),
        Msg::Paste(text) => on_paste(model, text),
        Msg::Mouse(mouse) => {
            // A sequence half typed is about what was selected before, and so is what was said.
            forget_sequence(model);
            model.status = None;
            mouse::on_mouse(model, mouse)
        }
        Msg::Now(now) => {
            meeting::on_now(model, now);
            Vec::new()
        }
        Msg::Idle => saving::autosave(model),
        Msg::Loaded(result) => on_loaded(model, result),
        Msg::Focused => {
            let looks = models::look_again(model)
                .into_iter()
                .chain(team::look_again(model))
                .chain(tripwires::look_again(model));
            saving::compare(model).into_iter().chain(looks).collect()
        }
        Msg::Models { path, models } => {
            models::on_models(model, &path, models);
            Vec::new()
        }
        Msg::Tripwires { path, verdicts } => {
            tripwires::on_verdicts(model, &path, verdicts);
            Vec::new()
        }
        Msg::Peeked(theirs) => merging::on_peeked(model, theirs),
        Msg::Compared(compared) => saving::on_compared(model, compared),
        Msg::Saved { revision, result } => saving::on_saved(model, revision, result),
        Msg::Listed { listings, left_out } => on_listed(model, listings, left_out),
        Msg::Summarized { path, summary } => {
            let Screen::Browser(browser) = &mut model.screen else { return Vec::new() };
            if let Some(listing) = browser.listings.iter_mut().flatten().find(|listing| listing.path == path) {
                listing.summary = Some(summary);
            }
            browser.next_summary()
        }
        Msg::Team { path, team, problems, look } => {
            team::on_read(model, path.as_deref(), team, &problems, look);
            Vec::new()
        }
        Msg::History { path, efforts, before } => {
            meeting::on_history(model, &path, efforts, before);
            Vec::new()
        }
        Msg::Promoted { id, left, result } => team::on_promoted(model, &id, left, result),
        Msg::Beside(read) => {
            reviewing::on_beside(model, read);
            Vec::new()
        }
        Msg::Reviewed(reviewed) => {
            reviewing::on_reviewed(model, *reviewed);
            Vec::new()
        }
        Msg::Written(written) => reviewing::on_written(model, written),
        Msg::EditorClosed(text) => forms::on_editor_closed(model, text),
        Msg::Moved { path, shown } => {
            if let Some(document) = &mut model.document {
                document.moved(path, shown);
            }
            // Another folder may be that of another team.
            team::read(model)
        }
        Msg::Warning(text) => {
            model.warn(text);
            Vec::new()
        }
        Msg::Journal(journaling) => {
            journaling::on_journaling(model, journaling);
            Vec::new()
        }
        Msg::Terminate => saving::terminate(model),
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Screen::Loading { waiting, .. } = &mut model.screen {
        // Type-ahead waits for the session, except for what gives up on it.
        if key == Key::ctrl('c') || (waiting.is_empty() && key == Key::char('q')) {
            return vec![Effect::Quit];
        }
        waiting.push_back(Typed::Key(key));
        return Vec::new();
    }
    if model.hits.too_small {
        // Nobody sees what it would do.
        let leaves = key == Key::ctrl('c') || (key == Key::char('q') && !model.is_typing());
        return if leaves { commands::run(model, Command::Quit) } else { Vec::new() };
    }
    if key.ctrl && model.keymap.resolve(&[key], &model.context()) == Resolved::Command(Command::Suspend) {
        // Also while something is typed; it stays as it is.
        return commands::run(model, Command::Suspend);
    }
    model.status = None;
    if matches!(model.after, After::Quit | After::Browse) {
        // Leaving waits for a write, and somebody goes on working.
        model.after = After::Nothing;
    }
    if model.overlay.is_some() {
        return overlays::on_key(model, key);
    }
    if model.rating.is_some() {
        threats::rating_key(model, key);
        return Vec::new();
    }
    if model.vote.is_some() {
        voting::on_key(model, key);
        return Vec::new();
    }
    if model.capture.is_some() {
        return capturing::on_key(model, key);
    }
    if model.components.typing.is_some() {
        selection::filter_key(model, key);
        return Vec::new();
    }
    if model.mitigations.form.is_some() && model.focus == super::pane::Pane::Mitigations {
        return match forms::pane_key(model, key) {
            forms::Outcome::Open(effects) => effects,
            forms::Outcome::Choosing(picker) => {
                model.overlay = Some(Overlay::Picker(*picker));
                Vec::new()
            }
            forms::Outcome::Closed => Vec::new(),
            forms::Outcome::Elsewhere => beyond_form(model, key),
        };
    }
    if let Screen::Broken { .. } = model.screen {
        return match key.code {
            Code::Char('q') | Code::Esc => vec![Effect::Quit],
            Code::Char('c') if key.ctrl => vec![Effect::Quit],
            _ => Vec::new(),
        };
    }
    // Control-C is what a hand does that wants out; it asks like `q` does.
    if key == Key::ctrl('c') {
        return commands::run(model, Command::Quit);
    }
    model.pending.push(key);
    let ctx = model.context();
    match model.keymap.resolve(&model.pending, &ctx) {
        Resolved::Pending(next) => {
            model.following = next;
            Vec::new()
        }
        Resolved::Command(command) => {
            forget_sequence(model);
            commands::run(model, command)
        }
        Resolved::Unbound => {
            let typed: Vec<String> = model.pending.iter().map(Key::to_string).collect();
            if key.code != Code::Esc {
                let help = model.keymap.key(Command::Help);
                model.warn(format!("{} does nothing here; {help} shows what does", typed.join(" ")));
            }
            forget_sequence(model);
            Vec::new()
        }
    }
}

/// Keys that lead out of pane 3 work from within its editor.
fn beyond_form(model: &mut Model, key: Key) -> Vec<Effect> {
    let leads_out = match key.code {
        Code::Char('r' | 's' | 'z' | 'l') if key.ctrl => true,
        Code::Char('1'..='4' | '7' | '8' | 'c' | 'u' | 'z' | '?' | ':') => !key.ctrl && !key.alt,
        _ => false,
    };
    match model.keymap.resolve(&[key], &model.context()) {
        Resolved::Command(command) if leads_out => commands::run(model, command),
        _ => Vec::new(),
    }
}

fn forget_sequence(model: &mut Model) {
    model.pending.clear();
    model.following.clear();
}

fn on_paste(model: &mut Model, text: String) -> Vec<Effect> {
    if text.len() > limits::PASTED {
        model.fail(format!("That is more than {} MiB at once, so nothing was pasted", limits::PASTED >> 20));
        return Vec::new();
    }
    if let Screen::Loading { waiting, .. } = &mut model.screen {
        waiting.push_back(Typed::Paste(text));
        return Vec::new();
    }
    forget_sequence(model);
    if model.hits.too_small || !matches!(model.screen, Screen::Workbench) || model.rating.is_some() {
        return Vec::new();
    }
    if model.vote.is_some() {
        voting::paste(model, &text);
        return Vec::new();
    }
    if overlays::paste(model, &text) || forms::paste(model, &text) {
        return Vec::new();
    }
    if let Some(typing) = &mut model.components.typing {
        typing.paste(&text);
        selection::filter_changed(model);
        return Vec::new();
    }
    capturing::paste(model, &text);
    Vec::new()
}

fn on_listed(model: &mut Model, listings: Vec<Listing>, left_out: Option<String>) -> Vec<Effect> {
    let Screen::Browser(browser) = &mut model.screen else { return Vec::new() };
    browser.selected = browser.selected.min(listings.len().saturating_sub(1));
    browser.listings = Some(listings);
    let mut next = browser.next_summary();
    next.push(Effect::ReadTeam { path: None, look: Look::First });
    if let Some(reason) = left_out {
        model.warn(reason);
    }
    next
}

fn on_loaded(model: &mut Model, result: Result<Box<Opened>, Failure>) -> Vec<Effect> {
    let opened = match (result, &model.screen) {
        (Ok(opened), _) => *opened,
        (Err(failure), Screen::Loading { from_browser: true, .. }) => {
            model.screen = Screen::Browser(Browser::default());
            model.overlay = Some(Overlay::Message(failure));
            return vec![Effect::List];
        }
        (Err(failure), Screen::Loading { shown, .. }) => {
            model.screen = Screen::Broken { shown: shown.clone(), failure };
            return Vec::new();
        }
        (Err(failure), _) => {
            model.overlay = Some(Overlay::Message(failure));
            return Vec::new();
        }
    };
    let mut opened = opened;
    let warnings = std::mem::take(&mut opened.warnings);
    let (recovery, notice, spot) = (opened.recovery.take(), opened.notice.take(), opened.spot.take());
    let again =
        model.document.as_ref().is_some_and(|d| d.path == opened.path) && matches!(model.screen, Screen::Workbench);
    if again {
        merging::read_again(model, opened);
    } else {
        model.document = Some(Document::new(opened));
        model.components = super::pane::components::Components::default();
        model.checklist = super::pane::checklist::Checklist::default();
        model.mitigations = super::pane::mitigations::Mitigations::default();
        model.matrix = super::pane::matrix::Matrix::default();
        model.meeting = super::pane::meeting::Meeting::default();
        model.review = super::pane::review::Review::default();
        (model.hats, model.hand) = (super::room::Hats::default(), None);
        practice::opened(model);
        model.zoomed = false;
        model.focus = super::pane::Pane::Components;
    }
    let waiting = match std::mem::replace(&mut model.screen, Screen::Workbench) {
        Screen::Loading { waiting, .. } => waiting,
        _ => std::collections::VecDeque::new(),
    };
    // First of all, or the checklist would follow whatever row pane 1 begins with.
    if model.checklist.place.is_none() {
        selection::show_first_place(model);
    }
    selection::refresh(model);
    if !again {
        selection::show_worst_risk(model);
        if let Some(spot) = spot {
            travel::resume(model, &spot);
        }
    }
    let document = model.document.as_ref();
    if let Some(locked) = document.and_then(|document| document.locked.clone()) {
        let then = model.keymap.phrase("{take-over} tries again, {save-as} keeps a copy to go on with");
        if again {
            model.warn(format!("Still open elsewhere; {then}"));
        } else {
            model.overlay = Some(Overlay::Message(Failure { message: locked, details: vec![sentence(&then)] }));
        }
    } else if let Some(reason) = document.and_then(|document| document.read_only.clone()).or(notice) {
        model.warn(reason);
    } else if let Some(document) = document.filter(|document| !again && !document.session().conflicts.is_empty()) {
        let count = document.session().conflicts.len();
        let fields = if count == 1 { "1 field".to_owned() } else { format!("{count} fields") };
        let there = model.keymap.phrase("{review} settles it");
        model.warn(format!("A merge could not decide {fields}, and a cautious value stands there; {there}"));
    }
    if !warnings.is_empty() {
        let message =
            "The file holds things that do not fit together. It can be worked on; `strideboard check` lists them."
                .to_owned();
        model.overlay = Some(Overlay::Message(Failure { message, details: warnings }));
    }
    if let Some(recovery) = recovery {
        journaling::ask(model, *recovery);
    }
    // Read once the session is on the screen.
    let beside = model.path().cloned().map(Effect::ReadBeside);
    let read: Vec<Effect> = team::read(model).into_iter().chain(beside).collect();
    let again = |typed: Typed| match typed {
        Typed::Key(key) => on_key(model, key),
        Typed::Paste(text) => on_paste(model, text),
    };
    read.into_iter().chain(waiting.into_iter().flat_map(again)).collect()
}

/// Keeps what is being typed when nobody can finish it: a field that can be read, and the capture line.
fn keep_what_is_typed(model: &mut Model) {
    if model.document.as_ref().is_none_or(|document| document.locked.is_some()) {
        return;
    }
    forms::keep(model);
    if model.capture.as_ref().is_some_and(|line| !line.typing.is_empty()) {
        capturing::commit(model);
    }
}

/// Applies an edit, says what was done or why not, and puts the selections right. `true` when it was applied.
pub(super) fn apply(model: &mut Model, edit: &Edit) -> bool {
    let Some(document) = &mut model.document else { return false };
    let label = edit.label(document.session());
    match document.apply(edit) {
        Ok(changed) => {
            selection::refresh(model);
            model.say(if changed { label } else { format!("Nothing to change: {label}") });
            true
        }
        Err(error) => {
            model.fail(model.keymap.phrase(&sentence(&error.to_string())));
            false
        }
    }
}

/// The text with a capital letter in front.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// The row of pane 1 that shows a record.
pub(super) fn row_of(id: &EntryId) -> Option<Row> {
    Some(match id {
        EntryId::Zone(id) => Row::Zone(Some(id.clone()), 0),
        EntryId::Component(id) => Row::Component(id.clone(), 0),
        EntryId::Flow(id) => Row::Flow(*id),
        EntryId::Asset(id) => Row::Asset(id.clone()),
        EntryId::Person(id) => Row::Person(id.clone()),
        EntryId::Assumption(id) => Row::Assumption(*id),
        EntryId::Note(id) => Row::Note(*id),
        EntryId::Threat(id) => Row::Unfiled(*id),
        EntryId::Mitigation(_) | EntryId::Sitting(_) => return None,
    })
}
