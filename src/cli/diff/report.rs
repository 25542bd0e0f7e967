//! Changes with the lines to look at: what every format is written from.

use std::path::Path;

use serde::Serialize;

use crate::{
    cli::{shown, words},
    format::session::Locator,
    review::diff::{Changes, Section, Tally},
    session::{Level, Named},
};

/// Everything that is said about the change of a session.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    version: u32,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) risk: Risk,
    pub(super) sections: Vec<Part>,
    pub(super) spelling: usize,
    pub(super) order: usize,
}

/// How many live threats stood and stand where.
#[derive(Debug, Serialize)]
pub(super) struct Risk {
    pub(super) levels: Vec<AtLevel>,
    pub(super) unrated: Pair,
    pub(super) unanswered: Pair,
    pub(super) conflicts: Pair,
}

#[derive(Debug, Serialize)]
pub(super) struct AtLevel {
    level: &'static str,
    pub(super) name: &'static str,
    #[serde(flatten)]
    pub(super) count: Pair,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Pair {
    pub(super) before: usize,
    pub(super) after: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Part {
    #[serde(skip)]
    pub(super) kind: Section,
    section: &'static str,
    pub(super) title: &'static str,
    pub(super) changes: Vec<Said>,
}

#[derive(Debug, Serialize)]
pub(super) struct Said {
    pub(super) record: Option<String>,
    field: &'static str,
    #[serde(skip)]
    pub(super) gone: bool,
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) text: String,
}

impl Report {
    /// The changes between two files, each with its place in them.
    pub(super) fn new(changes: &Changes, paths: [&Path; 2], locators: &[Locator; 2]) -> Self {
        let [before, after] = paths.map(shown);
        let part = |kind: Section| {
            let changes = changes.section(kind).map(|change| Said {
                record: change.record.as_ref().map(words::record),
                field: change.field,
                gone: change.gone,
                path: if change.gone { before.clone() } else { after.clone() },
                line: locators[usize::from(!change.gone)].locate_nearest(change.record.as_ref(), change.field).line,
                text: change.text.clone(),
            });
            Part { kind, section: kind.name(), title: kind.title(), changes: changes.collect() }
        };
        let sections = Section::ALL.into_iter().map(part).filter(|part| !part.changes.is_empty()).collect();
        let (spelling, order) = (changes.spelling, changes.order);
        Self { version: 1, risk: Risk::new(&changes.before, &changes.after), sections, spelling, order, before, after }
    }

    /// Whether nothing changed.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.spelling == 0 && self.order == 0
    }
}

impl Risk {
    fn new(before: &Tally, after: &Tally) -> Self {
        let pair = |of: fn(&Tally) -> usize| Pair { before: of(before), after: of(after) };
        // The words of the matrix after, unless a level only occurs before.
        let named = |level: Level| {
            let known = after.levels.iter().chain(&before.levels).find(|(known, ..)| *known == level);
            known.map(|(_, name, _)| *name)
        };
        let levels = Level::ALL.into_iter().rev().filter_map(|level| {
            let count = Pair { before: before.at(level), after: after.at(level) };
            Some(AtLevel { level: level.name(), name: named(level)?, count })
        });
        Self {
            levels: levels.collect(),
            unrated: pair(|tally| tally.unrated),
            unanswered: pair(|tally| tally.unanswered),
            conflicts: pair(|tally| tally.conflicts),
        }
    }
}
