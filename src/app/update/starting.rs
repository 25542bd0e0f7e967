//! Starting a session from the browser: an empty one, or from a template.
//!
//! Owns the list of templates and the questions before the first frame of a new session. Refuses: making the file, which
//! is [`Effect::Create`].

use std::{collections::VecDeque, sync::Arc};

use crate::{
    app::{
        model::{Model, Screen},
        msg::{Effect, Failure},
        overlay::{
            Overlay,
            ask::{
                Ask, Purpose,
                Question::{Needed, Template as Asked},
            },
            picker::{self, Item, Picker, Value},
        },
        template,
    },
    catalog::{
        Kinds,
        template::{Template, template as by_id, templates},
    },
    session::Session,
};

use super::rows;

/// Asks for the name of a session with nothing in it.
pub(super) fn empty(model: &mut Model) {
    ask(model, None);
}

/// Offers the templates.
pub(super) fn pick(model: &mut Model) {
    let items = templates().iter().map(|template| {
        let mut item = Item::new(Value::Word(template.id.clone()), &template.title).with(&template.id);
        item.name = template.id.as_str().into();
        item
    });
    model.overlay = Some(Overlay::Picker(Picker::new("Begin with", picker::Purpose::Template, items.collect())));
}

/// Asks for the name and what the template wants to know.
pub(super) fn chosen(model: &mut Model, id: &str) {
    ask(model, by_id(id));
}

fn ask(model: &mut Model, template: Option<&'static Template>) {
    let (title, about) = template.map_or(("New session", ""), |template| (&template.title, &template.about));
    let questions = template.into_iter().flat_map(|template| &template.questions).map(Asked);
    let questions = [Needed("What is it called?")].into_iter().chain(questions).collect();
    let purpose = Purpose::NewSession(template.map(|template| template.id.as_str()));
    model.overlay = Some(Overlay::Ask(Ask { about, ..Ask::new(title, purpose, questions) }));
}

/// Makes the session that was asked about, drawn from its template.
pub(super) fn answered(model: &mut Model, template: Option<&'static str>, answers: Vec<String>) -> Vec<Effect> {
    let Screen::Browser(_) = model.screen else { return Vec::new() };
    if model.document.as_ref().is_some_and(|d| d.is_unsaved() || d.is_saving()) {
        model.warn(model.keymap.phrase(rows::NOT_SAVED));
        return Vec::new();
    }
    let mut answers = answers.into_iter();
    let name = answers.next().unwrap_or_default();
    let session = match template.and_then(by_id) {
        Some(template) => {
            let names = template.questions.iter().map(|question| question.name.clone());
            let (answers, today) = (names.zip(answers).collect(), model.environment.today);
            // No file is open, so no team's kinds are known; what ships needs none.
            template::start(template, &answers, Kinds::builtin(), &name, today, &mut model.random)
        }
        None => Ok(Session::new(&name)),
    };
    match session {
        Ok(session) => {
            // Keys typed from here on are for the new session.
            model.document = None;
            model.screen = Screen::Loading { shown: name.clone(), waiting: VecDeque::new(), from_browser: true };
            vec![Effect::Create { name, session: Arc::new(session) }]
        }
        Err(details) => {
            let message = "The template cannot be drawn with these answers.".to_owned();
            model.overlay = Some(Overlay::Message(Failure { message, details }));
            Vec::new()
        }
    }
}
