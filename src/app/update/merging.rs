//! A file that somebody else changed: both sides in sentences, and keeping both.
//!
//! Owns what the question about such a file says, and what becomes of the answer "both". Refuses: how fields are merged
//! (`review::merge`), and reading the file.

use std::sync::Arc;

use crate::{
    app::{
        document::{After, Trouble},
        model::Model,
        msg::{Effect, Opened},
        overlay::{Choice, Overlay, Way},
    },
    review::diff::diff,
    session::Session,
};

/// Sentences of each side that are shown; the rest is counted.
const MOST_SENTENCES: usize = 4;

/// Asks what to do, and looks meanwhile what the others wrote.
pub(super) fn ask(model: &mut Model, message: String, after: After) -> Vec<Effect> {
    let text = vec![message, "Nothing was written. What you have is still here.".to_owned()];
    let ways = ways(model, after, &[Way::Reload, Way::Overwrite]);
    model.overlay = Some(Overlay::Choice(Choice::new("The file is not what was read", text, &ways, after)));
    model.path().cloned().map(Effect::Peek).into_iter().collect()
}

/// The ways there are always, and those that depend on what the others wrote.
fn ways(model: &Model, after: After, theirs: &[Way]) -> Vec<Way> {
    let merge = theirs.iter().filter(|way| **way == Way::Merge);
    let others = theirs.iter().filter(|way| **way != Way::Merge);
    let kept = [Way::SaveCopy, Way::SaveAs];
    let ways = std::iter::once(&Way::Stay).chain(merge).chain(&kept).chain(others).copied();
    let kept = !model.journaling.is_failed();
    ways.chain(Way::leaving(after, kept)).collect()
}

/// Adds both sides to the question, if it is still asked.
pub(super) fn on_peeked(model: &mut Model, theirs: Result<Arc<Session>, String>) -> Vec<Effect> {
    let Some(document) = &model.document else { return Vec::new() };
    let Some(Overlay::Choice(choice)) = &model.overlay else { return Vec::new() };
    let mut choice = choice.clone();
    if !matches!(document.trouble(), Some(Trouble::Changed(_))) || !choice.ways.contains(&Way::Overwrite) {
        return Vec::new();
    }
    let chosen = choice.ways.get(choice.selected).copied();
    match theirs {
        Ok(theirs) if theirs == *document.session() => {
            // Both did the same.
            model.overlay = None;
            return vec![Effect::Load(document.path.clone())];
        }
        Ok(theirs) => {
            choice.text.extend(side("Mine", document.base(), document.session()));
            choice.text.extend(side("Theirs", document.base(), &theirs));
            choice.text.push(match document.merged_with(&theirs).conflicts.len() {
                0 => "Both can be kept: no field was changed to different values.".to_owned(),
                1 => "Both can be kept but for 1 field that says different things; it is marked and asked about."
                    .to_owned(),
                n => format!(
                    "Both can be kept but for {n} fields that say different things; they are marked and asked about."
                ),
            });
            choice.ways = ways(model, choice.after, &[Way::Merge, Way::Reload, Way::Overwrite]);
        }
        Err(why) => {
            if !choice.text.contains(&why) {
                choice.text.push(why);
            }
            choice.ways = ways(model, choice.after, &[Way::WriteAgain]);
        }
    }
    choice.selected = choice.ways.iter().position(|way| Some(*way) == chosen).unwrap_or(0);
    model.overlay = Some(Overlay::Choice(choice));
    Vec::new()
}

/// What a side did since the file was read, the worst first.
fn side(whose: &str, base: &Session, now: &Session) -> Vec<String> {
    let changes = diff(base, now);
    let mut said: Vec<String> = changes.said.iter().map(|change| format!("  {}", change.text)).collect();
    let small = changes.spelling + changes.order;
    if small > 0 {
        said.push(format!("  wording or order of {small}"));
    }
    let more = said.len().saturating_sub(MOST_SENTENCES);
    said.truncate(MOST_SENTENCES);
    if more > 0 {
        said.push(format!("  and {more} more"));
    }
    if said.is_empty() {
        said.push("  nothing that matters".to_owned());
    }
    said.insert(0, format!("{whose}:"));
    said
}

/// Keeps both: the file as it is now is read, and what was done here is merged into it.
pub(super) fn merge(model: &mut Model) -> Vec<Effect> {
    let Some(document) = &mut model.document else { return Vec::new() };
    document.keep_both_on_reading();
    vec![Effect::Load(document.path.clone())]
}

/// What is in the file takes the place of what is here, or is merged with it, if that is what was asked for.
pub(super) fn read_again(model: &mut Model, opened: Opened) {
    let Some(document) = &mut model.document else { return };
    let waited = document.locked.is_some();
    let locked = opened.locked.is_some();
    let words = if document.keeps_both() {
        match document.merge(opened) {
            0 => "Both are kept; {undo} brings back what was here".to_owned(),
            1 => "Both are kept but for 1 field; `strideboard resolve` shows its two values".to_owned(),
            n => format!("Both are kept but for {n} fields; `strideboard resolve` shows their two values"),
        }
    } else if document.reload(opened) {
        match (waited, locked) {
            (true, false) => "It is yours to change now, as the other left it".to_owned(),
            (true, true) => "Read the file again".to_owned(),
            _ => "Read the file again; {undo} brings back what was here".to_owned(),
        }
    } else if waited && !locked {
        "It is yours to change now".to_owned()
    } else {
        "Nothing differs in the file".to_owned()
    };
    model.say(model.keymap.phrase(&words));
}
