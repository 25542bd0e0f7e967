//! Changes with the lines to look at: what every format is written from.

use jiff::civil::Date;
use serde::Serialize;

use super::target::{Compared, Pair};
use crate::{
    cli::{Failure, Problem, shown, versions::Version, words},
    format::session::Locator,
    review::{
        diff::{Changes, Section, Tally, diff},
        endorsement::{Endorsement, standing},
        print::Prints,
    },
    session::{Level, Named, Session},
};

/// Everything that is said about the change of all sessions.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    version: u32,
    /// The revision before; null for a file.
    from: Option<String>,
    /// The revision after; null for a file.
    to: Option<String>,
    pub(super) sessions: Vec<Changed>,
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Became {
    /// It holds the same.
    Same,
    /// It holds something else.
    Changed,
    /// It was not there before.
    New,
    /// It is not there any more.
    Removed,
    /// It has another name, whatever it holds.
    Renamed,
    /// One side cannot be read as a session.
    Unreadable,
}

/// Everything that is said about the change of a session.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    pub(super) path: String,
    pub(super) status: Became,
    /// The file before, with its revision.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) risk: Risk,
    pub(super) endorsements: Vec<Signed>,
    pub(super) sections: Vec<Part>,
    pub(super) spelling: usize,
    pub(super) order: usize,
    /// Why a side cannot be read.
    pub(super) errors: Vec<Broken>,
}

/// What somebody signed, and what of that does not hold after.
#[derive(Debug, Serialize)]
pub(super) struct Signed {
    by: String,
    role: String,
    decision: &'static str,
    on: Date,
    pub(super) stale: bool,
    #[serde(skip)]
    pub(super) text: String,
}

impl Signed {
    fn of(one: &Endorsement, session: &Session, now: &Prints) -> Self {
        let delta = one.delta(now);
        let said = format!("{} {} on {}", one.who(), one.decision.name(), one.on);
        let stale = !delta.is_empty();
        let text = if stale { format!("{said}, STALE: {}", delta.words(session)) } else { format!("{said}, holds") };
        Self { by: one.by.clone(), role: one.role.clone(), decision: one.decision.name(), on: one.on, stale, text }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Serialize)]
pub(super) struct Broken {
    pub(super) file: String,
    pub(super) message: String,
    pub(super) problems: Vec<Problem>,
}

/// How many live threats stood and stand where.
#[derive(Debug, Serialize)]
pub(super) struct Risk {
    pub(super) levels: Vec<AtLevel>,
    pub(super) unrated: Count,
    pub(super) unanswered: Count,
    pub(super) conflicts: Count,
}

#[derive(Debug, Serialize)]
pub(super) struct AtLevel {
    level: &'static str,
    pub(super) name: &'static str,
    #[serde(flatten)]
    pub(super) count: Count,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Count {
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
    /// What became of every session; what needs a decision first.
    pub(super) fn new(compared: &Compared) -> Self {
        let mut sessions: Vec<Changed> = compared.sessions.iter().map(Changed::new).collect();
        let urgency = |changed: &Changed| match changed.sections.first() {
            _ if changed.status == Became::Unreadable => (0, 0),
            Some(part) => (1, part.kind as usize),
            None => (2, 0),
        };
        sessions.sort_by_key(urgency);
        Self { version: 1, from: compared.from.clone(), to: compared.to.clone(), sessions }
    }

    /// Whether any session differs.
    pub(super) fn differs(&self) -> bool {
        self.sessions.iter().any(|session| session.status != Became::Same)
    }
}

impl Changed {
    fn new(pair: &Pair) -> Self {
        let [before, after] = [&pair.before, &pair.after].map(|side| side.as_ref().and_then(|side| side.as_ref().ok()));
        let nothing = Session::new("");
        let [was, is] = [before, after].map(|side| side.map_or(&nothing, |version| &version.session));
        let changes = diff(was, is);
        let failed = [&pair.before, &pair.after].into_iter().flatten().filter_map(|side| side.as_ref().err());
        let failed = failed.chain(pair.endorsements.as_ref().err());
        let broken = |failure: &Failure| {
            let message = match failure.problems.len() {
                0 => failure.message.clone(),
                // The problems stand beside it, not above.
                _ if pair.endorsements.as_ref().is_err_and(|endorsements| endorsements == failure) => {
                    format!("the endorsements in {} cannot be read", failure.path)
                }
                _ => format!("{} cannot be read as a session", failure.path),
            };
            Broken { file: failure.path.clone(), message, problems: failure.problems.clone() }
        };
        let errors: Vec<Broken> = failed.map(broken).collect();
        let status = match (before, after) {
            _ if !errors.is_empty() => Became::Unreadable,
            (Some(_), None) => Became::Removed,
            (None, _) => Became::New,
            (Some(_), Some(_)) if pair.renamed => Became::Renamed,
            _ if changes.is_empty() => Became::Same,
            _ => Became::Changed,
        };
        let path = shown(&pair.path);
        let sections = match status {
            Became::Unreadable => Vec::new(),
            Became::Removed => vec![Part::removed(&path, was, &changes.before)],
            _ => parts(&changes, [before, after]),
        };
        let endorsements = match &pair.endorsements {
            Ok(all) if !all.is_empty() => {
                let now = Prints::of(is);
                standing(all).into_iter().map(|one| Signed::of(one, is, &now)).collect()
            }
            _ => Vec::new(),
        };
        let (spelling, order) = (changes.spelling, changes.order);
        let risk = Risk::new(&changes.before, &changes.after);
        let [before, after] = [before, after].map(|side| side.map(|version| version.label.clone()));
        Self { path, status, before, after, risk, endorsements, sections, spelling, order, errors }
    }

    /// Whether nothing of what it holds changed.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.spelling == 0 && self.order == 0
    }

    /// What happened to the file itself, if that is worth a line.
    pub(super) fn fate(&self) -> Option<String> {
        match self.status {
            Became::Same | Became::Changed => None,
            Became::New => Some("a new session".to_owned()),
            Became::Removed => Some("the session was removed".to_owned()),
            Became::Renamed => Some(format!("renamed from {}", self.before.as_deref().unwrap_or_default())),
            Became::Unreadable => Some("cannot be compared".to_owned()),
        }
    }
}

/// The changes of a session, each with its place in the file.
fn parts(changes: &Changes, sides: [Option<&Version>; 2]) -> Vec<Part> {
    let locators = sides.map(|side| Locator::new(&String::from_utf8_lossy(side.map_or(b"", |version| &version.bytes))));
    let paths = sides.map(|side| side.map_or_else(String::new, |version| version.label.clone()));
    let here = sides[1].map_or_else(String::new, |version| shown(&version.path));
    let part = |kind: Section| {
        let changes = changes.section(kind).map(|change| Said {
            record: change.record.as_ref().map(words::record),
            field: change.field,
            gone: change.gone,
            path: if change.gone { paths[0].clone() } else { here.clone() },
            line: locators[usize::from(!change.gone)].locate_nearest(change.record.as_ref(), change.field).line,
            text: change.text.clone(),
        });
        Part { kind, section: kind.name(), title: kind.title(), changes: changes.collect() }
    };
    Section::ALL.into_iter().map(part).filter(|part| !part.changes.is_empty()).collect()
}

impl Part {
    /// All that has to be said about a session that is gone.
    fn removed(path: &str, session: &Session, tally: &Tally) -> Self {
        let live = session.threats().filter(|(_, threat)| threat.is_live()).count();
        let text = format!(
            "the session \"{}\" was removed, with {} and {} above appetite that nobody answers for",
            session.title.trim(),
            words::count(live, "live threat"),
            tally.unanswered
        );
        let said = Said { record: None, field: "", gone: true, path: path.to_owned(), line: 1, text };
        let kind = Section::Withdrawn;
        Self { kind, section: kind.name(), title: kind.title(), changes: vec![said] }
    }
}

impl Risk {
    fn new(before: &Tally, after: &Tally) -> Self {
        let pair = |of: fn(&Tally) -> usize| Count { before: of(before), after: of(after) };
        // The words of the matrix after, unless a level only occurs before.
        let named = |level: Level| {
            let known = after.levels.iter().chain(&before.levels).find(|(known, ..)| *known == level);
            known.map(|(_, name, _)| *name)
        };
        let levels = Level::ALL.into_iter().rev().filter_map(|level| {
            let count = Count { before: before.at(level), after: after.at(level) };
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
