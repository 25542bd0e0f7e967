//! One or more questions answered by typing a line each.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    app::{days, document::After, line::Typing},
    catalog::template::{self, Template},
    review::{comment::CommentKind, endorsement::Decision},
    session::{CommentId, ComponentId, ConflictId, DeviationReason, Letter, Place, Stop, ThreatId},
};

/// What the answers are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Withdraw a threat: why.
    Withdraw(ThreatId),
    /// Accept a threat: who, why, until when.
    Accept(ThreatId),
    /// Transfer a threat: to whom, on which evidence, until when.
    Transfer(ThreatId),
    /// Deviate from a baseline: why in words, who agreed.
    Deviate {
        /// Where.
        component: ComponentId,
        /// From which.
        baseline: String,
        /// Why, as one of few.
        reason: DeviationReason,
    },
    /// Mark a parked cell clear: the answer to its question.
    Clear(Place, Letter),
    /// Close the meeting: who waives the rest, what to keep and change, when the next one is, what came out of it.
    Close(Stop),
    /// A new session: its name, and what its template wants to know.
    NewSession(Option<Arc<Template>>),
    /// Say something about a field of a record, or ask for something.
    Comment(CommentKind, ConflictId),
    /// Answer or settle a comment.
    Reply(CommentKind, CommentId),
    /// Sign: in which role, and what has to happen.
    Sign(Decision),
    /// Saving under another name, and what waits for it.
    SaveAs(After),
}

/// A question, and whether nothing is an answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Something has to be said.
    Needed(&'static str),
    /// It may stay empty.
    Optional(&'static str),
    /// A day, or nothing.
    Day(&'static str),
    /// What a template wants to know; its default stands there already.
    Template(template::Question),
}

impl Question {
    /// Its words.
    pub fn words(&self) -> &str {
        match self {
            Self::Needed(words) | Self::Optional(words) | Self::Day(words) => words,
            Self::Template(question) => &question.ask,
        }
    }

    /// Why this is no answer to it.
    fn refuses(&self, answer: &str, today: Date) -> Option<String> {
        match self {
            Self::Needed(_) if answer.is_empty() => Some("An answer is needed; esc goes back".to_owned()),
            Self::Day(_) if !answer.is_empty() && days::day(answer, today).is_none() => {
                Some(format!("`{answer}` is not a day; write it like {}", days::EXAMPLES))
            }
            Self::Needed(_) | Self::Optional(_) | Self::Day(_) => None,
            Self::Template(question) => question.read(answer).err(),
        }
    }

    /// The line it is answered on.
    fn line(&self) -> Typing {
        match self {
            Self::Needed(_) | Self::Optional(_) | Self::Day(_) => Typing::line(""),
            Self::Template(question) => Typing::replacing(&question.given()),
        }
    }
}

/// Questions, asked one after the other.
#[derive(Debug)]
pub struct Ask {
    /// Heading.
    pub title: String,
    /// What it is about, where the heading does not say enough; mostly empty.
    pub about: String,
    /// What the answers are for.
    pub purpose: Purpose,
    /// The questions.
    pub questions: Vec<Question>,
    /// The answers so far.
    pub answers: Vec<String>,
    /// The answer being typed.
    pub line: Typing,
    /// Why the last answer was refused.
    pub error: Option<String>,
}

impl Ask {
    /// Asks these questions.
    pub fn new(title: impl Into<String>, purpose: Purpose, questions: Vec<Question>) -> Self {
        let (about, answers, line) = (String::new(), Vec::new(), Typing::line(""));
        Self { title: title.into(), about, purpose, questions, answers, line, error: None }
    }

    /// The same with an answer to the first question that stands there already; typing replaces it.
    #[must_use]
    pub fn answered(mut self, first: &str) -> Self {
        self.line = Typing::replacing(first);
        self
    }

    /// The question being asked; `None` after the last.
    pub fn question(&self) -> Option<&Question> {
        self.questions.get(self.answers.len())
    }

    /// Takes the typed line as an answer, unless it is none to this question; `true` when it was the last.
    pub fn answer(&mut self, today: Date) -> bool {
        let answer = self.line.value().trim().to_owned();
        self.error = self.question().and_then(|question| question.refuses(&answer, today));
        if self.error.is_some() {
            return false;
        }
        self.answers.push(answer);
        self.line = self.question().map_or_else(|| Typing::line(""), Question::line);
        self.answers.len() >= self.questions.len()
    }

    /// Goes back to the question before, its answer ready to be mended; `false` at the first.
    pub fn back(&mut self, error: Option<String>) -> bool {
        self.error = error;
        match self.answers.pop() {
            Some(answer) => {
                self.line.replace(&answer);
                true
            }
            None => false,
        }
    }
}
