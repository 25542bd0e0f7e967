//! Starting, leaving and going past the steps of the practice strip.
//!
//! Refuses: the steps themselves; those are [`crate::app::practice`]'s.

use std::{collections::VecDeque, sync::Arc};

use crate::{
    app::{
        model::{Model, Screen},
        msg::Effect,
        practice::{NAME, Practice, TITLE, is_practice},
    },
    session::Session,
};

use super::rows;

/// Opens the practice session of the folder, or makes one.
pub(super) fn start(model: &mut Model) -> Vec<Effect> {
    let Screen::Browser(browser) = &model.screen else { return Vec::new() };
    let Some(listings) = &browser.listings else {
        model.warn("Still looking for sessions");
        return Vec::new();
    };
    let file = format!("{NAME}.tm.ron");
    let there = listings.iter().find(|listing| listing.path.file_name().is_some_and(|name| *name == *file));
    let there = there.map(|listing| listing.path.clone());
    if model.document.as_ref().is_some_and(|d| d.is_unsaved() || d.is_saving()) {
        model.warn(model.keymap.phrase(rows::NOT_SAVED));
        return Vec::new();
    }
    model.document = None;
    model.screen = Screen::Loading { shown: file, waiting: VecDeque::new(), from_browser: true };
    match there {
        Some(path) => vec![Effect::Load(path)],
        None => vec![Effect::Create { name: NAME.to_owned(), session: Arc::new(Session::new(TITLE)) }],
    }
}

/// Shows the strip in a session that was opened to practise, unless all is done there.
pub(super) fn opened(model: &mut Model) {
    model.practice = None;
    if let Some(document) = model.document.as_ref().filter(|document| is_practice(document.session())) {
        let mut practice = Practice::default();
        practice.follow(document);
        model.practice = practice.step().is_some().then_some(practice);
    }
}

/// Shows the strip, or leaves it.
pub(super) fn toggle(model: &mut Model) {
    if model.practice.take().is_some() {
        let words = "The practice strip is closed; {practice} brings it back, where you were";
        model.say(model.keymap.phrase(words));
    } else {
        model.practice = Some(Practice::default());
    }
}

/// Goes past the step at hand.
pub(super) fn skip(model: &mut Model) {
    if let (Some(practice), Some(document)) = (&mut model.practice, &model.document) {
        practice.skip(document);
    }
}

/// Keeps the strip up with the session.
pub(super) fn follow(model: &mut Model) {
    if let (Some(practice), Some(document)) = (&mut model.practice, &model.document) {
        practice.follow(document);
    }
}
