//! Saving, and leaving without losing anything.
//!
//! Owns what happens after a write ended, well or not, and what waits for it: quitting, opening another session, the end of
//! the program. A save that nobody asked for never takes the focus: what went wrong stays in the title line until
//! somebody asks.

use crate::app::{
    document::{After, Document, Trouble},
    history::Revision,
    model::{Browser, Model, Screen},
    msg::{Compared, Effect, Journaling, Order, SaveFailure, Spot, Write},
    overlay::{
        Choice, Overlay, Way,
        ask::{self, Ask, Question},
    },
};

use super::{journaling, merging, sentence};

/// Saves after a pause.
pub(super) fn autosave(model: &mut Model) -> Vec<Effect> {
    let wanted = model.wants_idle();
    model.document.as_mut().filter(|_| wanted).and_then(|d| d.save(Write::Expecting)).into_iter().collect()
}

/// Looks whether somebody else wrote the file while the person was in another window.
pub(super) fn compare(model: &Model) -> Vec<Effect> {
    let document = model.document.as_ref().filter(|document| !document.is_saving());
    document.map(|document| Effect::Compare(document.path.clone())).into_iter().collect()
}

/// The file was compared with what was last seen in it: read again where nothing can be lost by it, else a decision for
/// whoever saves or leaves next.
pub(super) fn on_compared(model: &mut Model, compared: Compared) -> Vec<Effect> {
    let leaving = std::mem::take(&mut model.looks_before_leaving) && matches!(model.after, After::Quit | After::Browse);
    if model.recovery.is_some() {
        // What becomes of it is decided first; the next save compares again.
        return Vec::new();
    }
    let busy = model.is_typing();
    let Some(document) = model.document.as_mut().filter(|document| !document.is_saving()) else { return Vec::new() };
    let message = match compared {
        // What was saved here and replaced by somebody since was theirs to replace.
        Compared::Same | Compared::Changed if leaving => {
            let after = std::mem::take(&mut model.after);
            return go(model, after);
        }
        Compared::Same => return Vec::new(),
        Compared::Changed if !document.is_unsaved() && busy => return Vec::new(),
        Compared::Changed if !document.is_unsaved() => return vec![Effect::Load(document.path.clone())],
        Compared::Changed => format!("{} was changed by another program since it was read.", document.shown),
        Compared::Lost(message) => message,
    };
    let trouble = Trouble::Changed(message.clone());
    if document.trouble() != Some(&trouble) {
        document.is_not_in_its_file(trouble);
        model.fail(model.keymap.phrase("The file is not what was read. {save} decides; what you have is still here"));
    }
    if leaving {
        let after = std::mem::take(&mut model.after);
        return merging::ask(model, message, after);
    }
    Vec::new()
}

/// Saves because the person asked for it.
pub(super) fn save_now(model: &mut Model) -> Vec<Effect> {
    let Some(document) = &mut model.document else { return Vec::new() };
    if let Some(reason) = document.read_only.clone() {
        ask(model, "The file is read only", vec![reason], &[Way::Stay, Way::SaveCopy, Way::SaveAs], After::Say);
        return Vec::new();
    }
    if let Some(Trouble::Changed(message)) = document.trouble().cloned() {
        return merging::ask(model, message, After::Say);
    }
    model.after = After::Say;
    // While an earlier write is under way its end comes back here and saves what came since.
    document.save(Write::Expecting).into_iter().collect()
}

/// Leaves the session, saving first; asks only when something could be lost.
pub(super) fn leave(model: &mut Model, after: After) -> Vec<Effect> {
    let Some(document) = &mut model.document else { return go(model, after) };
    if !document.is_unsaved() && !document.is_saving() {
        if document.locked.is_some() || model.looks_before_leaving {
            return go(model, after);
        }
        // What is saved is in the file, if that is still there; a second wish does not wait for a slow disk.
        model.looks_before_leaving = true;
        model.after = after;
        return compare(model);
    }
    if let Some(reason) = document.read_only.clone() {
        let ways = [Way::Stay, Way::SaveCopy, Way::SaveAs, Way::LeaveAnyway];
        ask(model, "Changes are not saved", vec![reason], &ways, after);
        return Vec::new();
    }
    if let Some(Trouble::Changed(message)) = document.trouble().cloned() {
        return merging::ask(model, message, after);
    }
    if !model.preferences.autosave {
        ask(model, "Changes are not saved", Vec::new(), &[Way::Stay, Way::SaveThenLeave, Way::LeaveAnyway], after);
        return Vec::new();
    }
    save_then(model, after)
}

fn save_then(model: &mut Model, after: After) -> Vec<Effect> {
    let Some(document) = &mut model.document else { return go(model, after) };
    let save = document.save(Write::Expecting);
    model.after = after;
    let word = if after == After::Browse { "opening another" } else { "quitting" };
    model.say(format!("Saving, then {word}; any key stays"));
    save.into_iter().collect()
}

/// Does what waited for the write.
fn go(model: &mut Model, after: After) -> Vec<Effect> {
    match after {
        After::Nothing => Vec::new(),
        After::Say => {
            let shown = model.document.as_ref().map_or("", |document| &document.shown).to_owned();
            model.say(format!("Saved {shown}"));
            Vec::new()
        }
        After::Quit | After::Later | After::Told { .. } => quit(model),
        After::Browse => {
            let spot = spot(model);
            model.screen = Screen::Browser(Browser::default());
            spot.into_iter().chain([Effect::List]).collect()
        }
    }
}

/// Ends the program, keeping where the person stopped.
fn quit(model: &Model) -> Vec<Effect> {
    spot(model).into_iter().chain([Effect::Quit]).collect()
}

/// Asks for the selected cell to be remembered.
fn spot(model: &Model) -> Option<Effect> {
    let (place, letter) = model.cell()?;
    Some(Effect::RememberSpot { path: model.path()?.clone(), spot: Spot { place, letter } })
}

/// The system or the terminal ends the program: nobody can be asked any more, and what can be kept is kept, if need be in
/// a copy.
pub(super) fn terminate(model: &mut Model) -> Vec<Effect> {
    let copied = matches!(model.after, After::Told { copied: true });
    if model.journaling.is_failed() {
        // The journal would have kept it as what it is, words half typed; without one it becomes a record.
        super::keep_what_is_typed(model);
    }
    model.after = After::Told { copied };
    match &mut model.document {
        // The end of the write under way comes back as a message and leads here again.
        Some(document) if document.is_saving() => Vec::new(),
        // Whoever saves by hand finds the file as they left it, and the rest in the journal.
        Some(document) if document.is_unsaved() && !model.preferences.autosave && !model.journaling.is_failed() => {
            quit(model)
        }
        Some(document) if document.is_unsaved() && cannot_be_written(document) => copy_once(model),
        Some(document) if document.is_unsaved() => document.save(Write::Expecting).into_iter().collect(),
        _ => quit(model),
    }
}

/// Whether it is known that the file is not to be written without asking.
fn cannot_be_written(document: &Document) -> bool {
    document.read_only.is_some() || matches!(document.trouble(), Some(Trouble::Changed(_)))
}

/// What somebody who was not asked, or left it for later, has to know after the end: where their work is, if it is not in
/// its file.
pub fn left_behind(model: &Model) -> Option<String> {
    if !matches!(model.after, After::Told { .. } | After::Later) {
        return None;
    }
    let document = model.document.as_ref()?;
    let shown = &document.shown;
    let what = match (document.is_unsaved(), &model.drafted) {
        (true, _) => "the last changes are",
        (false, Some(_)) => "what was being typed is",
        (false, None) if model.after == (After::Told { copied: true }) => {
            return Some(format!(
                "the file holds what somebody else wrote, so the session is in {shown} beside it; `strideboard merge` \
                 puts the two together"
            ));
        }
        (false, None) => return None,
    };
    Some(match &model.journaling {
        Journaling::Failed(_) => format!("{what} lost: neither {shown} nor the recovery journal could be written"),
        _ => format!("{what} not in {shown} but in the recovery journal; `strideboard {shown}` offers it"),
    })
}

fn copy_once(model: &mut Model) -> Vec<Effect> {
    let first = model.after != After::Told { copied: true };
    model.after = After::Told { copied: true };
    match &mut model.document {
        Some(document) if first => vec![document.save_copy()],
        _ => quit(model),
    }
}

/// A write ended.
pub(super) fn on_saved(model: &mut Model, revision: Revision, result: Result<(), SaveFailure>) -> Vec<Effect> {
    if let Some(document) = &mut model.document {
        document.saved(revision, result.as_ref().err());
    }
    let after = model.after;
    let unsaved = model.document.as_ref().is_some_and(Document::is_unsaved);
    match (result, after) {
        (Ok(()), After::Told { .. }) => terminate(model),
        (Ok(()), After::Quit | After::Browse | After::Say) if unsaved => {
            // Something was changed while the file was being written.
            model.document.as_mut().and_then(|d| d.save(Write::Expecting)).into_iter().collect()
        }
        (Ok(()), after) => {
            model.after = After::Nothing;
            go(model, after)
        }
        (Err(_), After::Told { .. }) => copy_once(model),
        (Err(failure), After::Nothing) => {
            match failure {
                SaveFailure::Changed(_) => {
                    model.fail(model.keymap.phrase("Not saved: somebody else changed the file. {save} decides"));
                }
                SaveFailure::Refused(message) => model.fail(format!("Not saved: {message}")),
                // Only a person names a file.
                SaveFailure::Taken { .. } | SaveFailure::Elsewhere { .. } => {}
            }
            Vec::new()
        }
        (Err(failure), after) => {
            model.after = After::Nothing;
            match failure {
                SaveFailure::Changed(message) => return merging::ask(model, message, after),
                SaveFailure::Refused(message) => {
                    let mut ways = vec![Way::Stay, Way::TryAgain, Way::SaveAs, Way::SaveCopy];
                    ways.extend(Way::leaving(after, !model.journaling.is_failed()));
                    ask(model, "The session could not be saved", vec![message], &ways, after);
                }
                SaveFailure::Elsewhere { typed, reason } => {
                    model.naming = Some(typed);
                    let text = vec![sentence(&reason), "The session is where it was.".to_owned()];
                    ask(model, "It could not be saved there", text, &[Way::Stay, Way::SaveAs], after);
                }
                SaveFailure::Taken { typed, shown } => {
                    model.naming = Some(typed);
                    let text = vec![format!("{shown} is there already. Nothing was written.")];
                    ask(model, "There is a file of that name", text, &[Way::Stay, Way::SaveAs, Way::Replace], after);
                }
            }
            Vec::new()
        }
    }
}

fn ask(model: &mut Model, title: &str, text: Vec<String>, ways: &[Way], after: After) {
    model.overlay = Some(Overlay::Choice(Choice::new(title, text, ways, after)));
}

/// Asks under which name to save, with the last one ready to be mended.
pub(super) fn ask_name(model: &mut Model, after: After) {
    let Some(document) = &model.document else { return };
    let name = model.naming.take().unwrap_or_else(|| document.shown.clone());
    let mut question =
        Ask::new("Save as", ask::Purpose::SaveAs(after), vec![Question::Needed("Under which name or path?")]);
    question.line.replace(&name);
    model.overlay = Some(Overlay::Ask(question));
}

/// Saves under a name that a person typed, and goes on with that file.
pub(super) fn save_as(model: &mut Model, typed: String, write: Write, after: After) -> Vec<Effect> {
    let Some(document) = &mut model.document else { return Vec::new() };
    if document.is_saving() {
        model.warn("A save is under way: try again when it has ended");
        return Vec::new();
    }
    model.after = after;
    vec![document.save_as(typed, write)]
}

/// Goes the way a person chose.
pub(super) fn choose(model: &mut Model, way: Way, after: After) -> Vec<Effect> {
    match way {
        Way::Stay => Vec::new(),
        Way::LeaveAnyway => {
            if after == After::Browse {
                model.document = None;
            }
            let left = go(model, after);
            std::iter::once(Effect::Journal(Order::Discard)).chain(left).collect()
        }
        Way::LeaveForNow => {
            let left = go(model, after);
            if after == After::Browse {
                model.document = None;
            }
            model.after = After::Later;
            left
        }
        Way::SaveThenLeave => save_then(model, after),
        Way::TryAgain => {
            model.after = after;
            model.document.as_mut().and_then(|d| d.save(Write::Expecting)).into_iter().collect()
        }
        Way::Overwrite | Way::WriteAgain => {
            model.after = after;
            model.document.as_mut().and_then(|d| d.save(Write::Over)).into_iter().collect()
        }
        Way::Merge => merging::merge(model),
        Way::Reload => model.path().cloned().map(Effect::Load).into_iter().collect(),
        Way::SaveCopy => {
            model.after = after;
            model.document.as_mut().map(Document::save_copy).into_iter().collect()
        }
        Way::SaveAs => {
            ask_name(model, after);
            Vec::new()
        }
        Way::Replace => match model.naming.take() {
            Some(typed) => save_as(model, typed, Write::Over, after),
            None => Vec::new(),
        },
        Way::Recover
        | Way::RecoverCopy
        | Way::Look
        | Way::BackToQuestion
        | Way::DiscardRecovered
        | Way::DiscardForGood => journaling::choose(model, way),
    }
}
