//! How many minutes each phase of a meeting may take.

use std::borrow::Cow;

use serde::Deserialize;

use crate::session::Phase;

/// A plan for the minutes of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Agenda {
    /// What sittings call it; the built-in ones are called by their length.
    pub name: Cow<'static, str>,
    /// Minutes of each phase, in the order of a meeting.
    pub minutes: [u32; 7],
}

/// An agenda as a team writes it: a phase that is left out has no minutes of its own.
#[derive(Deserialize)]
#[serde(rename = "Agenda", deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    opening: u32,
    #[serde(default)]
    model: u32,
    #[serde(default)]
    route: u32,
    #[serde(default)]
    threats: u32,
    #[serde(default)]
    rating: u32,
    #[serde(default)]
    response: u32,
    #[serde(default)]
    close: u32,
}

impl From<Written> for Agenda {
    fn from(said: Written) -> Self {
        let Written { name, opening, model, route, threats, rating, response, close } = said;
        Self { name: name.into(), minutes: [opening, model, route, threats, rating, response, close] }
    }
}

/// The agendas there always are, shortest first.
pub const BUILTIN: [Agenda; 3] = [
    Agenda { name: Cow::Borrowed("30"), minutes: [1, 5, 1, 13, 4, 4, 2] },
    Agenda { name: Cow::Borrowed("60"), minutes: [3, 10, 2, 25, 7, 8, 5] },
    Agenda { name: Cow::Borrowed("90"), minutes: [5, 15, 5, 35, 10, 12, 8] },
];

/// What a meeting follows when nobody chose.
pub static USUAL: Agenda = Agenda { name: Cow::Borrowed("60"), minutes: BUILTIN[1].minutes };

impl Agenda {
    /// Minutes planned for a phase.
    pub fn of(&self, phase: Phase) -> u32 {
        self.minutes[phase as usize]
    }

    /// Minutes of the whole meeting.
    pub fn total(&self) -> u32 {
        self.minutes.iter().fold(0, |sum, minutes| sum.saturating_add(*minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_is_as_long_as_its_name_says_and_gives_every_phase_a_minute() {
        for agenda in &BUILTIN {
            assert_eq!(agenda.total().to_string(), agenda.name);
            assert!(Phase::ALL.iter().all(|phase| agenda.of(*phase) > 0), "{}", agenda.name);
        }
        assert_eq!(USUAL, BUILTIN[1]);
    }
}
