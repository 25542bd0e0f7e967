//! Templates: models that are drawn before anybody said anything, with a few questions to fill in.
//!
//! Owns the form of a template, which is the same for the built-in ones and for a team's own file: a head, questions with
//! defaults, and lines of the capture line with `{names}` in them. Owns as well what an answer may be and how the lines
//! are filled. Refuses to draw (the capture line does) and to answer anything about the model: that is what people meet
//! for.
//!
//! A line with a question that has several answers is repeated for each of them; without an answer it is left out.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt::Write,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;

use super::compiled_in_one;

/// A model to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What it is called on the command line; lower case with hyphens.
    pub id: String,
    /// What a screen shows.
    pub title: String,
    /// What is drawn, in a sentence.
    pub about: String,
    /// What is asked before it is drawn.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Lines of the capture line, with `{name}` for the answer to the question of that name.
    pub lines: String,
}

/// Something that is asked before a template is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What the lines and the command line call it.
    pub name: String,
    /// How it is asked.
    pub ask: String,
    /// What holds when nobody answers; says what an answer may be as well.
    pub default: Preset,
}

/// The answer that holds when nobody gives another, and the kind of answer that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum Preset {
    /// One name.
    Name(String),
    /// Any number of names.
    Names(Vec<String>),
    /// How many, from 1; copies are numbered from 1, and a single one has no number.
    Number(usize),
}

/// A part of a template, to say where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its id.
    Id,
    /// Its title.
    Title,
    /// What it says that it draws.
    About,
    /// A question, from 0.
    Question(usize),
    /// All of its lines.
    Lines,
    /// One of them, from 1.
    Line(usize),
}

/// Something that is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub part: Part,
    /// What, in a sentence.
    pub message: String,
}

/// Most answers to a question that may have several.
const MOST: usize = 20;

/// Characters of the longest name.
const LONGEST: usize = 40;

impl Question {
    /// The default as it would be typed.
    pub fn given(&self) -> String {
        match &self.default {
            Preset::Name(name) => name.clone(),
            Preset::Names(names) => names.join(", "),
            Preset::Number(number) => number.to_string(),
        }
    }

    /// What takes the place of its name, one text for each repetition of a line; the error says what is wrong.
    pub fn read(&self, answer: &str) -> Result<Vec<String>, String> {
        let answer = answer.trim();
        match self.default {
            Preset::Name(_) => match answer {
                "" => Err("a name is needed".to_owned()),
                name => named(name).map(|name| vec![name]),
            },
            Preset::Names(_) => {
                let said: Vec<&str> = answer.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
                if said.len() > MOST {
                    return Err(format!("at most {MOST} names are possible"));
                }
                let mut names: Vec<String> = Vec::new();
                for name in said {
                    let name = named(name)?;
                    if names.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
                        return Err(format!("`{name}` is there twice"));
                    }
                    names.push(name);
                }
                Ok(names)
            }
            Preset::Number(_) => match answer.parse() {
                Ok(1) => Ok(vec![String::new()]),
                Ok(number @ 2..=MOST) => Ok((1..=number).map(|number| number.to_string()).collect()),
                _ => Err(format!("a number from 1 to {MOST} is needed")),
            },
        }
    }

    fn repeats(&self) -> bool {
        !matches!(self.default, Preset::Name(_))
    }
}

/// A name that means nothing else on a line.
fn named(name: &str) -> Result<String, String> {
    let fits = |c: char| c.is_alphanumeric() || " -_.&'/+".contains(c);
    if name.chars().count() > LONGEST {
        Err(format!("a name has at most {LONGEST} characters"))
    } else if let Some(bad) = name.chars().find(|c| !fits(*c)) {
        Err(format!("a name cannot hold `{}`; use letters, digits, - _ . & ' / or +", bad.escape_debug()))
    } else if !name.contains(char::is_alphanumeric) {
        Err("a name needs a letter or a digit".to_owned())
    } else {
        Ok(name.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Template {
    /// The lines with every answer filled in; questions without an answer take their default. The errors name a
    /// question each.
    pub fn filled(&self, answers: &BTreeMap<String, String>) -> Result<String, Vec<String>> {
        let mut errors = Vec::new();
        for name in answers.keys().filter(|name| !self.questions.iter().any(|question| question.name == **name)) {
            let known: Vec<&str> = self.questions.iter().map(|question| question.name.as_str()).collect();
            let known = if known.is_empty() {
                "it asks nothing".to_owned()
            } else {
                format!("it asks for {}", known.join(", "))
            };
            errors.push(format!("template {} does not ask for `{name}`; {known}", self.id));
        }
        let mut values: Vec<(&Question, Vec<String>)> = Vec::new();
        for question in &self.questions {
            let answer = answers.get(&question.name).map_or_else(|| Cow::Owned(question.given()), Cow::from);
            match question.read(&answer) {
                Ok(read) => values.push((question, read)),
                Err(reason) => errors.push(format!("`{}` cannot be \"{answer}\": {reason}", question.name)),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut out = String::new();
        for line in self.lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let repeated =
                values.iter().find(|(question, _)| question.repeats() && line.contains(&slot(&question.name)));
            let times = repeated.map_or(1, |(_, read)| read.len());
            for time in 0..times {
                // Whether a repetition or the only answer: a name has one text, and a list as many as it repeats.
                let fill = |name: &str| {
                    let (_, read) = values.iter().find(|(question, _)| question.name == name)?;
                    read.get(time).or(read.first()).map(String::as_str)
                };
                writeln!(out, "{}", replaced(line, fill)).unwrap_or_default();
            }
        }
        Ok(out)
    }

    /// What is wrong with the template itself; whether its lines draw something is not known here.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut tell = |part: Part, message: String| found.push(Problem { part, message });
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        if !is_word(&self.id) {
            tell(Part::Id, format!("the id `{}` is not a word of lower-case letters, digits and hyphens", self.id));
        }
        for (part, what, text) in [
            (Part::Title, "title", &self.title),
            (Part::About, "about", &self.about),
            (Part::Lines, "lines", &self.lines),
        ] {
            if text.trim().is_empty() {
                tell(part, format!("`{what}` is empty"));
            }
        }
        for (at, question) in self.questions.iter().enumerate() {
            let name = &question.name;
            if !is_word(name) {
                tell(
                    Part::Question(at),
                    format!("the name `{name}` is not a word of lower-case letters, digits and hyphens"),
                );
            }
            if self.questions[..at].iter().any(|other| other.name == *name) {
                tell(Part::Question(at), format!("two questions are called `{name}`"));
            }
            if !self.lines.contains(&slot(name)) {
                let message = format!("no line has {}, so nothing depends on the question", slot(name));
                tell(Part::Question(at), message);
            }
            if let Err(reason) = question.read(&question.given()) {
                tell(Part::Question(at), format!("the default of `{name}` is no answer: {reason}"));
            }
        }
        for (number, line) in (1..).zip(self.lines.lines()) {
            let slots = slots(line);
            for name in slots.iter().filter(|name| !self.questions.iter().any(|question| question.name == **name)) {
                let message = format!("line {number} has {}, and no question is called so", slot(name));
                tell(Part::Line(number), message);
            }
            let repeated = |question: &&Question| question.repeats() && slots.contains(&question.name.as_str());
            if self.questions.iter().filter(repeated).count() > 1 {
                let message = format!("line {number} is repeated for two questions; only one of them can be");
                tell(Part::Line(number), message);
            }
        }
        found
    }
}

fn slot(name: &str) -> String {
    format!("{{{name}}}")
}

/// The names between braces.
fn slots(line: &str) -> Vec<&str> {
    let parts = line.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// The line with every slot filled in once: what an answer holds is not looked at again.
fn replaced<'a>(line: &str, fill: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    let mut left = line;
    while let Some((front, rest)) = left.split_once('{') {
        out.push_str(front);
        let Some((name, after)) = rest.split_once('}') else {
            out.push('{');
            left = rest;
            continue;
        };
        match fill(name) {
            // A number that is left out leaves no blank before what closes a name.
            Some("") => out.truncate(out.trim_end().len()),
            Some(value) => out.push_str(value),
            None => out.push_str(&slot(name)),
        }
        left = after;
    }
    out.push_str(left);
    out
}

macro_rules! builtin {
    ($($id:literal)*) => {
        static TEMPLATES: LazyLock<Vec<Arc<Template>>> = LazyLock::new(|| {
            let read = |id: &str, source: &str| Arc::new(compiled_in_one(&format!("templates/{id}.ron"), source));
            FILES.iter().map(|(id, source)| read(id, source)).collect()
        });

        /// The files as they are, by id.
        const FILES: &[(&str, &str)] = &[$(($id, include_str!(concat!("templates/", $id, ".ron")))),*];
    };
}

// The order in which they are offered: what most people draw first.
builtin! {
    "browser-api-database"
    "mobile-api"
    "aws-web-hosting"
    "aws-microservices"
    "event-pipeline"
    "llm-chat"
    "cicd-kubernetes"
    "webhooks"
    "iot-fleet"
    "back-office"
}

/// Every built-in template.
pub fn templates() -> &'static [Arc<Template>] {
    &TEMPLATES
}

/// The file of a built-in template: what a team's own is made like.
pub fn source(id: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == id).map(|(_, source)| *source)
}

/// The built-in template with this id.
pub fn template(id: &str) -> Option<&'static Arc<Template>> {
    TEMPLATES.iter().find(|template| template.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Template {
        let text = r#"(id: "shop", title: "Shop", about: "A shop.", questions: [
                (name: "who", ask: "Who?", default: Name("Buyer")),
                (name: "apis", ask: "Which?", default: Names(["orders", "mail"])),
                (name: "servers", ask: "How many?", default: Number(1)),
            ], lines: "
                {who} @Internet
                {who} -> \"{apis} api\": asks {apis}
                \"Server {servers}\" @App
            ")"#;
        crate::catalog::dialect().from_str(text).unwrap()
    }

    fn filled(answers: &[(&str, &str)]) -> Result<String, Vec<String>> {
        shop().filled(&answers.iter().map(|(name, answer)| ((*name).to_owned(), (*answer).to_owned())).collect())
    }

    #[test]
    fn a_line_is_repeated_for_each_of_several_answers() {
        insta::assert_snapshot!(filled(&[]).unwrap(), @r#"
        Buyer @Internet
        Buyer -> "orders api": asks orders
        Buyer -> "mail api": asks mail
        "Server" @App
        "#);
        insta::assert_snapshot!(filled(&[("apis", ""), ("servers", "2"), ("who", " Ana  Ruiz ")]).unwrap(), @r#"
        Ana Ruiz @Internet
        "Server 1" @App
        "Server 2" @App
        "#);
    }

    #[test]
    fn an_answer_that_means_something_else_on_a_line_is_refused_with_its_question() {
        for (name, answer, reason) in [
            ("who", "a\" -> b", "cannot hold `\\\"`"),
            ("who", "{apis}", "cannot hold `{`"),
            ("who", "", "a name is needed"),
            ("who", "--", "needs a letter or a digit"),
            ("apis", "a, b, A", "`A` is there twice"),
            ("servers", "0", "a number from 1 to 20"),
            ("servers", "many", "a number from 1 to 20"),
            ("whom", "ana", "does not ask for `whom`; it asks for who, apis, servers"),
        ] {
            let errors = filled(&[(name, answer)]).unwrap_err();
            assert!(errors.len() == 1 && errors[0].contains(reason), "{errors:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_template_is_said_all_at_once() {
        let text = shop();
        let broken = Template {
            id: "My shop".to_owned(),
            lines: "{who} {what}\n{apis} {servers}".to_owned(),
            questions: [text.questions.clone(), vec![text.questions[0].clone()]].concat(),
            ..text
        };
        insta::assert_snapshot!(messages(&broken).join("\n"), @r"
        the id `My shop` is not a word of lower-case letters, digits and hyphens
        two questions are called `who`
        line 1 has {what}, and no question is called so
        line 2 is repeated for two questions; only one of them can be
        ");
    }

    fn messages(template: &Template) -> Vec<String> {
        template.problems().into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn every_built_in_template_is_well_formed_and_named_like_its_file() {
        for (template, (file, _)) in templates().iter().zip(FILES) {
            assert_eq!(template.id, *file);
            assert_eq!(messages(template), Vec::<String>::new(), "{file}");
            assert!((1..=4).contains(&template.questions.len()), "{file} asks too much or nothing");
            assert!(template.about.len() <= 120 && template.about.ends_with('.'), "{file}");
            assert!(template.questions.iter().all(|question| question.ask.ends_with('?')), "{file}");
        }
    }
}
