//! The template of a new session: found by name or read from a file, its questions answered.
//!
//! Owns asking on a terminal, one line for each question that `--set` does not answer. Without a terminal nobody is
//! asked and every question takes its default.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
    sync::Arc,
};

use crate::{
    app::template::start,
    catalog::{
        Team,
        template::{Question, Template},
    },
    cli::{
        Console, Failure, Kind,
        page::{Ink, Page},
    },
    format::{nearest::nearest, team::decode_template},
    runtime::{clock, store},
    session::{Session, limits},
};

/// The word that lists the templates instead of starting from one.
pub(super) const LIST: &str = "list";

/// `--set name=value`.
#[derive(Debug, Clone)]
pub(super) struct Setting(String, String);

pub(super) fn setting(text: &str) -> Result<Setting, &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE, such as user=Customer")?;
    Ok(Setting(name.trim().to_owned(), value.to_owned()))
}

/// Every template with its questions, the team's own first.
pub(super) fn list(page: &mut Page, team: &Team) {
    for template in team.templates() {
        page.parts(&[(Ink::Bold, &template.id), (Ink::Plain, "  "), (Ink::Plain, &template.about)]);
        for question in &template.questions {
            let given = question.given();
            let given = if given.is_empty() { "nothing".to_owned() } else { format!("\"{given}\"") };
            let name = format!("  {:<12}", question.name);
            page.parts(&[(Ink::Dim, &name), (Ink::Plain, &question.ask), (Ink::Dim, &format!("  {given}"))]);
        }
    }
}

/// A new session drawn from a template.
pub(super) fn session(
    said: &str,
    settings: &[Setting],
    title: &str,
    team: &Team,
    console: Console,
) -> Result<Session, Failure> {
    let template = find(said, team)?;
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    for Setting(name, value) in settings {
        if answers.insert(name.clone(), value.clone()).is_some() {
            return Err(Failure::new(Kind::Usage, format!("`{name}` is set twice")));
        }
    }
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        for question in template.questions.iter().filter(|question| !settings.iter().any(|set| set.0 == question.name))
        {
            answers.insert(question.name.clone(), ask(question, console)?);
        }
    }
    start(&template, &answers, team.kinds(), title, clock::today(), &mut clock::random).map_err(|errors| {
        let (shown, more) = errors.split_at(errors.len().min(5));
        let failure = Failure::new(Kind::Usage, format!("template {} cannot be drawn", template.id));
        let failure = shown.iter().fold(failure, |failure, error| failure.hint(error.clone()));
        if more.is_empty() { failure } else { failure.hint(format!("and {} more", more.len())) }
    })
}

/// A template by its id, or by the path of its file.
fn find(said: &str, team: &Team) -> Result<Arc<Template>, Failure> {
    if let Some(template) = team.template(said) {
        return Ok(template.clone());
    }
    let path = Path::new(said);
    if said.contains(['/', std::path::MAIN_SEPARATOR]) || path.extension().is_some_and(|end| end == "ron") {
        return read(path).map(Arc::new);
    }
    let failure = Failure::new(Kind::Usage, format!("there is no template `{said}`"));
    let failure = match nearest(said, team.templates().map(|template| template.id.as_str())) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure,
    };
    Err(failure.hint("`strideboard new --template list` shows them; a file is named by its path, such as ./ours.ron"))
}

fn read(path: &Path) -> Result<Template, Failure> {
    let content = store::read_within(path, limits::SETTINGS)?;
    let read = decode_template(&content.bytes);
    read.map(|(template, _)| template).map_err(|problems| {
        let failure = Failure::broken(path, &problems);
        let failure = Failure { message: format!("{} is no template", failure.path), ..failure };
        failure.hint("`strideboard catalog show webhooks` prints a template to compare it with")
    })
}

/// Asks until the answer is one; nothing typed takes the default.
fn ask(question: &Question, console: Console) -> Result<String, Failure> {
    let failed = |error: io::Error| Failure::new(Kind::Io, format!("the answer cannot be read: {error}"));
    loop {
        let mut page = console.error_page();
        page.parts(&[(Ink::Plain, &question.ask), (Ink::Dim, &format!(" [{}]", question.given()))]);
        console.remarks(&page);
        io::stderr().write_all(b"> ").map_err(failed)?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).map_err(failed)?;
        let answer = line.trim();
        if read == 0 || answer.is_empty() {
            return Ok(question.given());
        }
        match question.read(answer) {
            Ok(_) => return Ok(answer.to_owned()),
            Err(reason) => console.remark(&reason),
        }
    }
}
