//! Baselines: controls that a team declares to hold wherever a component of some kind stands, or stands in some zone.
//!
//! Owns what a baseline is and what it comes to at a component ([`Standing`]). Nothing of it is stored in a session
//! but where the session deviates: a baseline that the team changes then holds everywhere at once. Refuses: knowing
//! which kinds inherit from which; the catalogue does ([`Team`](crate::catalog::Team)).

use serde::Deserialize;

use crate::session::{Component, Deviation, Letter, Session};

/// A control that holds without anybody saying so in a session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// What deviations name; never renamed.
    pub id: String,
    /// What holds, as a statement.
    pub title: String,
    /// Id of the catalogue's control that it is; empty when it is none.
    #[serde(default)]
    pub control: String,
    /// Kinds it holds for, and those that inherit from them; any kind when empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Zones it holds in, and those inside them, by slug or name; any zone when empty.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Letters whose threats it answers when they came from no row of the catalogue.
    #[serde(default)]
    pub letters: Vec<Letter>,
    /// Who sees to it.
    #[serde(default)]
    pub owner: String,
    /// Where it can be seen.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// Zones inside each other that are looked at.
const DEEPEST: usize = 100;

impl Baseline {
    /// A baseline that is declared for everything and answers nothing.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            control: String::new(),
            kinds: Vec::new(),
            zones: Vec::new(),
            letters: Vec::new(),
            owner: String::new(),
            evidence: Vec::new(),
        }
    }

    /// Whether a component stands in one of its zones, or in one inside them.
    pub fn holds_in_zone_of(&self, session: &Session, component: &Component) -> bool {
        let called =
            |said: &String, id: &str, name: &str| said.eq_ignore_ascii_case(id) || said.eq_ignore_ascii_case(name);
        let mut zone = component.zone.as_ref();
        // A file made by hand may turn in circles.
        for _ in 0..DEEPEST {
            let Some(here) = zone.and_then(|id| session.zones.get(id)) else { break };
            if self.zones.iter().any(|said| called(said, here.id.as_str(), &here.name)) {
                return true;
            }
            zone = here.parent.as_ref();
        }
        self.zones.is_empty()
    }
}

/// A baseline at a component that it is declared for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'a> {
    /// Where.
    pub component: &'a Component,
    /// What.
    pub baseline: &'a Baseline,
    /// Why it does not hold there after all.
    pub deviation: Option<&'a Deviation>,
}
