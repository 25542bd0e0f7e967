//! When enough is enough: what a session has to meet before it is done, by how much is at stake.
//!
//! Owns the criteria, the profiles made of them, and the few questions that choose one. A criterion is a set of checks;
//! a profile without it does not run them. What is broken or contradicts itself is found whatever the profile.
//!
//! Refuses: a profile in which a broken file passes.

use std::borrow::Cow;

use serde::Deserialize;

use super::severity::Severity;
use crate::session::{Level, Session};

/// Something a session has to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Criterion {
    /// There is enough of a model to ask what can go wrong.
    Ready,
    /// The letters that matter were talked about.
    Covered,
    /// Every threat has a place and a rating.
    Stated,
    /// Somebody answers for what is above appetite.
    Answered,
    /// What is said to be in place can be seen.
    Proven,
    /// Questions have answers.
    Asked,
    /// Every perspective was in the room once.
    Heard,
    /// The room looked back at how it worked.
    Closed,
}

impl Criterion {
    /// Every criterion, in the order of a meeting.
    pub const ALL: [Self; 8] = [
        Self::Ready,
        Self::Covered,
        Self::Stated,
        Self::Answered,
        Self::Proven,
        Self::Asked,
        Self::Heard,
        Self::Closed,
    ];

    /// What it asks for, without a full stop.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ready => "a model to ask about",
            Self::Covered => "letters talked about",
            Self::Stated => "threats placed and rated",
            Self::Answered => "threats above appetite answered",
            Self::Proven => "what is in place proven",
            Self::Asked => "questions answered",
            Self::Heard => "five perspectives heard",
            Self::Closed => "looked back at the meeting",
        }
    }
}

/// What a session has to meet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What sessions call it.
    pub name: Cow<'static, str>,
    /// For what it is, without a full stop.
    pub summary: Cow<'static, str>,
    /// What it asks for.
    pub criteria: Cow<'static, [Criterion]>,
    /// How many of a hundred ask cells have to be decided or parked.
    #[serde(default)]
    pub ask: u32,
    /// The highest level anybody may sign for, whatever the session says.
    #[serde(default = "highest")]
    pub tolerance: Level,
    /// How much it weighs when a perspective, a look back or an ask cell is missing.
    #[serde(default = "usual")]
    pub soft: Severity,
}

fn highest() -> Level {
    Level::Critical
}

fn usual() -> Severity {
    Severity::Warning
}

use Criterion::{Answered, Ready, Stated};

/// The profiles there always are, from the least to the most.
pub static BUILTIN: [Profile; 4] = [
    Profile {
        name: Cow::Borrowed("none"),
        summary: Cow::Borrowed("no session needed: only what is broken is found"),
        criteria: Cow::Borrowed(&[]),
        ask: 0,
        tolerance: Level::Critical,
        soft: Severity::Hint,
    },
    Profile {
        name: Cow::Borrowed("quick"),
        summary: Cow::Borrowed(
            "prototypes and internal tools: a model, placed threats, and an answer for those above appetite",
        ),
        criteria: Cow::Borrowed(&[Ready, Stated, Answered]),
        ask: 0,
        tolerance: Level::Critical,
        soft: Severity::Hint,
    },
    Profile {
        name: Cow::Borrowed("standard"),
        summary: Cow::Borrowed(
            "what most features need: every core letter, every question, and seven of ten ask letters",
        ),
        criteria: Cow::Borrowed(&Criterion::ALL),
        ask: 70,
        tolerance: Level::Critical,
        soft: Severity::Warning,
    },
    Profile {
        name: Cow::Borrowed("high-risk"),
        summary: Cow::Borrowed("identity, tenants, the most sensitive data: everything, and nobody signs above Medium"),
        criteria: Cow::Borrowed(&Criterion::ALL),
        ask: 100,
        tolerance: Level::Medium,
        soft: Severity::Error,
    },
];

/// What holds for a session that names none.
pub static USUAL: &Profile = &BUILTIN[2];

impl Profile {
    /// Whether it asks for this.
    pub fn asks(&self, criterion: Criterion) -> bool {
        self.criteria.contains(&criterion)
    }

    /// The highest level anybody may sign for in a session.
    pub fn tolerance(&self, session: &Session) -> Level {
        session.tolerance().min(self.tolerance)
    }
}

/// A question that chooses the profile when the answer is yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// What is asked.
    pub question: &'static str,
    /// Name of the profile it chooses.
    pub profile: &'static str,
}

/// How much a feature deserves. The first yes decides.
pub const INTAKE: [Intake; 7] = [
    Intake { question: "Does the team ask for help with it?", profile: "high-risk" },
    Intake { question: "Does it change who may do what: sign-in, rights, keys, tenants?", profile: "high-risk" },
    Intake { question: "Does something new touch the most sensitive data?", profile: "high-risk" },
    Intake {
        question: "Is there a new boundary, third party, public way in, payment, upload or AI tool?",
        profile: "standard",
    },
    Intake { question: "Does a component change that holds sensitive data?", profile: "standard" },
    Intake { question: "Is it a prototype, or for insiders alone?", profile: "quick" },
    Intake { question: "Does no data flow change, or does a model younger than six months cover it?", profile: "none" },
];

/// The profile that the first yes chooses, and the answers as lines: that question with yes, those before it with no.
/// Without a yes it is the usual one.
pub fn chosen(first_yes: Option<usize>) -> (&'static str, String) {
    let asked = INTAKE.iter().take(first_yes.map_or(INTAKE.len(), |at| at + 1));
    let lines = asked.enumerate().map(|(at, intake)| {
        let answer = if Some(at) == first_yes { "yes" } else { "no" };
        format!("{} {answer}", intake.question)
    });
    let profile = first_yes.and_then(|at| INTAKE.get(at)).map_or("standard", |intake| intake.profile);
    (profile, lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_questions_name_profiles() {
        assert!(INTAKE.iter().all(|intake| BUILTIN.iter().any(|profile| profile.name == intake.profile)));
        assert_eq!(chosen(None).0, USUAL.name);
    }

    #[test]
    fn the_first_yes_chooses_the_profile_and_is_the_reason() {
        assert_eq!(chosen(Some(0)), ("high-risk", "Does the team ask for help with it? yes".to_owned()));
        let (profile, why) = chosen(Some(6));
        assert_eq!((profile, why.lines().count(), why.ends_with("yes")), ("none", 7, true));
        let (profile, why) = chosen(None);
        assert_eq!((profile, why.matches(" no").count() >= 7), ("standard", true));
    }
}
