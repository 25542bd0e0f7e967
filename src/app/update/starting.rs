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
    catalog::{Team, template::Template},
    session::Session,
};

use super::rows;

/// Asks for the name of a session with nothing in it.
pub(super) fn empty(model: &mut Model) {
    ask(model, None);
}

/// Offers the templates.
pub(super) fn pick(model: &mut Model) {
    let Some(team) = team(model) else { return };
    let items = team.templates().map(|template| {
        let own = if team.has_own_template(&template.id) { "of the team · " } else { "" };
        let mut item =
            Item::new(Value::Word(template.id.clone()), &template.title).with(format!("{own}{}", template.id));
        item.name = template.id.clone().into();
        item
    });
    let items = items.collect();
    model.overlay = Some(Overlay::Picker(Picker::new("Begin with", picker::Purpose::Template, items)));
}

/// What the team keeps for new sessions.
fn team(model: &Model) -> Option<Arc<Team>> {
    match &model.screen {
        Screen::Browser(browser) => Some(browser.team.clone()),
        _ => None,
    }
}

/// Asks for the name and what the template wants to know.
pub(super) fn chosen(model: &mut Model, id: &str) {
    let template = team(model).and_then(|team| team.template(id).cloned());
    ask(model, template);
}

fn ask(model: &mut Model, template: Option<Arc<Template>>) {
    let (title, about) = match &template {
        None => ("New session".to_owned(), String::new()),
        Some(template) => (template.title.clone(), template.about.clone()),
    };
    let questions = template.iter().flat_map(|template| template.questions.clone()).map(Asked);
    let questions = [Needed("What is it called?")].into_iter().chain(questions).collect();
    model.overlay = Some(Overlay::Ask(Ask { about, ..Ask::new(title, Purpose::NewSession(template), questions) }));
}

/// Makes the session that was asked about, drawn from its template.
pub(super) fn answered(model: &mut Model, template: Option<&Template>, answers: Vec<String>) -> Vec<Effect> {
    let Some(team) = team(model) else { return Vec::new() };
    if model.document.as_ref().is_some_and(|d| d.is_unsaved() || d.is_saving()) {
        model.warn(model.keymap.phrase(rows::NOT_SAVED));
        return Vec::new();
    }
    let mut answers = answers.into_iter();
    let name = answers.next().unwrap_or_default();
    let session = match template {
        Some(template) => {
            let names = template.questions.iter().map(|question| question.name.clone());
            let (answers, today) = (names.zip(answers).collect(), model.environment.today);
            template::start(template, &answers, team.kinds(), &name, today, &mut model.random)
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
