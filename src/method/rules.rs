//! What a team agreed on for all of its sessions: agendas, profiles, and what the steps of its matrices mean.
//!
//! Owns looking things up by name: the team's own come before the built-in ones, so that one with the name of a built-in
//! one takes its place. Refuses: reading the team's file (`format` does). Without one, the rules are the default ones and
//! only what is built in is found.

use serde::Deserialize;

use super::{
    agenda::{self, Agenda},
    profile::{self, Profile},
};
use crate::session::Session;

/// What a team agreed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Its own agendas.
    pub agendas: Vec<Agenda>,
    /// Its own profiles.
    pub profiles: Vec<Profile>,
    /// What the steps of its matrices mean to it.
    pub anchors: Vec<Anchors>,
}

/// What each step of a matrix means, in words that a room can hold its own case against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchors {
    /// Which matrix.
    pub matrix: String,
    /// For each step of its likelihood, from the first; none when empty.
    #[serde(default)]
    pub likelihood: Vec<String>,
    /// For each step of its impact, from the first; none when empty.
    #[serde(default)]
    pub impact: Vec<String>,
}

/// What holds where no team agreed on anything.
pub static BUILTIN: Rules = Rules { agendas: Vec::new(), profiles: Vec::new(), anchors: Vec::new() };

impl Rules {
    /// The agenda of that name; the usual one for any other.
    pub fn agenda(&self, name: &str) -> &Agenda {
        self.agendas().find(|agenda| agenda.name == name).unwrap_or(&agenda::USUAL)
    }

    /// Every agenda: the team's own, then the built-in ones that it did not replace.
    pub fn agendas(&self) -> impl Iterator<Item = &Agenda> {
        let replaced = |name: &str| self.agendas.iter().any(|own| own.name == name);
        self.agendas.iter().chain(agenda::BUILTIN.iter().filter(move |builtin| !replaced(&builtin.name)))
    }

    /// What the steps of a matrix mean to the team.
    pub fn anchors(&self, matrix: &str) -> Option<&Anchors> {
        self.anchors.iter().find(|anchors| anchors.matrix == matrix)
    }

    /// The profile of that name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles().find(|profile| profile.name == name)
    }

    /// The profile of a session; the usual one when it names none or one that nobody knows.
    pub fn profile_of(&self, session: &Session) -> &Profile {
        let usual = || self.profile(&profile::USUAL.name).unwrap_or(profile::USUAL);
        self.profile(&session.profile).unwrap_or_else(usual)
    }

    /// Every profile: the team's own, then the built-in ones that it did not replace.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        let replaced = |name: &str| self.profiles.iter().any(|own| own.name == name);
        self.profiles.iter().chain(profile::BUILTIN.iter().filter(move |builtin| !replaced(&builtin.name)))
    }

    /// What the profiles are called, as an answer to a name that none has.
    pub fn profile_names(&self) -> String {
        self.profiles().map(|profile| profile.name.as_ref()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_team_calls_like_something_built_in_takes_its_place() {
        let longer = Agenda { name: "60".into(), minutes: [10; 7] };
        let strict = Profile { ask: 90, ..profile::USUAL.clone() };
        let rules = Rules { agendas: vec![longer], profiles: vec![strict], ..Rules::default() };
        assert_eq!(
            (rules.agenda("60").total(), rules.agenda("gone").total(), rules.agenda("30").total()),
            (70, 60, 30)
        );
        assert_eq!((rules.agendas().count(), rules.profiles().count()), (3, 4));
        assert_eq!(rules.profile_of(&Session::new("Shop")).ask, 90, "a session without a profile has the usual one");
    }
}
