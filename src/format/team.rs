//! The team's files: `strideboard.ron` and the catalogue files it names, read as strictly as a session.
//!
//! ```ron
//! Team(
//!     format: 1,
//!     catalogues: ["threat-catalogue/payments.ron"],   // more rows, in files of their own
//!     disable: ["web.S2"],                             // rows that shall not be there
//!     kinds: [], threats: [], controls: [], packs: [], // rows, in the form of the built-in ones
//!     baselines: [],                                   // controls that hold without being said in a session
//!     templates: ["templates/shop.ron"],               // models to begin with, a file each
//!     agendas: [], profiles: [], anchors: [],          // how meetings go, when a session is done, what steps mean
//! )
//! ```
//!
//! A catalogue file starts with `Catalogue(format: 1,` and has `disable` and the four lists of rows. A template's file has
//! the form of the built-in ones.
//!
//! Owns what each file may hold by itself, with line and column. Refuses: opening the files that are named, and judging
//! rows together with those of others (`catalog lint` does).

mod row;
mod rules;
mod template;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::strict::{self, Diagnostic, Lines, MOST_DIAGNOSTICS, Outline, Position, Sort, number};
use crate::{
    catalog::{Control, Kind, Overlay, Pack, Threat},
    method::{
        agenda::Agenda,
        baseline::Baseline,
        profile::Profile,
        rules::{Anchors, Rules},
    },
    session::limits,
};

pub use row::{row, with_threat};
pub use template::decode_template;

/// The newest format of both sorts of files.
pub const FORMAT: u32 = 1;

/// More catalogue files than this nobody reviews.
const MOST_CATALOGUES: usize = 100;

/// More templates than this nobody looks through.
const MOST_TEMPLATES: usize = 100;

/// More baselines than this nobody keeps.
const MOST_BASELINES: usize = 200;

const TEAM: Sort = Sort {
    file: "a team file",
    called: "a team file",
    opens: "Team(",
    format: FORMAT,
    divide: "move rows into files of their own and name them under `catalogues`",
};

const CATALOGUE: Sort = Sort {
    file: "a catalogue file",
    called: "a catalogue file",
    opens: "Catalogue(",
    format: FORMAT,
    divide: "divide it into several files",
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Team {
    format: u32,
    #[serde(default)]
    catalogues: Vec<String>,
    #[serde(default)]
    disable: Vec<String>,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    threats: Vec<Threat>,
    #[serde(default)]
    controls: Vec<Control>,
    #[serde(default)]
    packs: Vec<Pack>,
    #[serde(default)]
    baselines: Vec<Baseline>,
    #[serde(default)]
    templates: Vec<String>,
    #[serde(default)]
    agendas: Vec<Agenda>,
    #[serde(default)]
    profiles: Vec<Profile>,
    #[serde(default)]
    anchors: Vec<Anchors>,
}

impl Team {
    /// What it agreed on for its sessions.
    fn rules(&self) -> Rules {
        Rules { agendas: self.agendas.clone(), profiles: self.profiles.clone(), anchors: self.anchors.clone() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    format: u32,
    #[serde(default)]
    disable: Vec<String>,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    threats: Vec<Threat>,
    #[serde(default)]
    controls: Vec<Control>,
    #[serde(default)]
    packs: Vec<Pack>,
}

/// What a team's file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TeamFile {
    /// The catalogue files it names, from its own folder, and where it names them.
    pub catalogues: Vec<(String, Position)>,
    /// Its own rows.
    pub rows: Rows,
    /// Its baselines.
    pub baselines: Vec<Baseline>,
    /// The files of its templates, from its own folder, and where it names them.
    pub templates: Vec<(String, Position)>,
    /// What it agreed on for its sessions.
    pub rules: Rules,
}

/// The rows of a file and where they stand in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// The rows.
    pub overlay: Overlay,
    /// Where each id is given: of a row, a baseline, or one under `disable`.
    pub places: BTreeMap<String, Position>,
}

/// Reads `strideboard.ron`.
pub fn decode_team(bytes: &[u8]) -> Result<TeamFile, Vec<Diagnostic>> {
    let text = strict::text(bytes, &TEAM)?;
    number(&text, &TEAM)?;
    let team = strict::parse(&text, |team: &Team, text| contradictions(team.format, Some(team), text))?;
    let rules = team.rules();
    let Team { catalogues, disable, kinds, threats, controls, packs, baselines, templates, .. } = team;
    let shape = Shape::new(&text);
    let places = shape.places().map(|(_, id, at)| (id, shape.position(at))).collect();
    let named = |list: &str, paths: Vec<String>| {
        let places = shape.elements(list).map(|at| shape.position(at));
        paths.into_iter().zip(places).collect()
    };
    let (catalogues, templates) = (named("catalogues", catalogues), named("templates", templates));
    let overlay = Overlay { disable, kinds, threats, controls, packs };
    Ok(TeamFile { catalogues, rows: Rows { overlay, places }, baselines, templates, rules })
}

/// Reads a catalogue file that a team's file names.
pub fn decode_catalogue(bytes: &[u8]) -> Result<Rows, Vec<Diagnostic>> {
    let text = strict::text(bytes, &CATALOGUE)?;
    number(&text, &CATALOGUE)?;
    let Catalogue { format: _, disable, kinds, threats, controls, packs } =
        strict::parse(&text, |file: &Catalogue, text| contradictions(file.format, None, text))?;
    let shape = Shape::new(&text);
    let places = shape.places().map(|(_, id, at)| (id, shape.position(at))).collect();
    Ok(Rows { overlay: Overlay { disable, kinds, threats, controls, packs }, places })
}

/// The lists whose records have an id.
const LISTS: [&str; 5] = ["kinds", "threats", "controls", "packs", "baselines"];

/// What every record allows but the file as a whole does not.
fn contradictions(format: u32, team: Option<&Team>, text: &str) -> Vec<Diagnostic> {
    let shape = Shape::new(text);
    let mut found = Vec::new();
    let mut tell = |at: usize, message: String, hint: &str| {
        let diagnostic = Diagnostic::new(shape.position(at), message);
        found.push(if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) });
    };
    if format != FORMAT {
        // Numbers that the first look does not understand, such as `0x2`.
        tell(0, format!("format {format} is not known; this strideboard reads {FORMAT}"), "");
    }
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (list, id, at) in shape.places() {
        if id.is_empty() || id.chars().count() > limits::ID || !id.chars().all(fits_an_id) {
            let message = format!("`{id}` is not an id");
            tell(at, message, "an id has only letters, digits, `.`, `-` and `_`, and at most 80 of them");
        }
        // What is left out may be named together with the row of one's own that stands in for it.
        if list == "disable" {
            continue;
        }
        if let Some(before) = first.insert(id.clone(), at) {
            let line = shape.position(before).line;
            tell(
                at,
                format!("`{id}` stands here twice; two rows cannot share an id"),
                &format!("it stands first in line {line}"),
            );
        }
    }
    let Some(team) = team else { return found };
    let baselines = shape.elements("baselines");
    for (baseline, at) in team.baselines.iter().zip(baselines) {
        if baseline.kinds.is_empty() && baseline.zones.is_empty() {
            let message =
                format!("baseline `{}` says neither for which kinds nor in which zones it holds", baseline.id);
            tell(at, message, "add `kinds: [\"sqldb\"]` or `zones: [\"Production\"]`");
        }
    }
    if let Some(at) = shape.elements("baselines").nth(MOST_BASELINES) {
        tell(
            at,
            format!("more than {MOST_BASELINES} baselines are declared here"),
            "keep those that teams deviate from",
        );
    }
    for (at, message, hint) in rules::contradictions(&team.rules(), &shape) {
        tell(at, message, hint);
    }
    for (list, paths, most, example) in [
        ("catalogues", &team.catalogues, MOST_CATALOGUES, "threat-catalogue/web.ron"),
        ("templates", &team.templates, MOST_TEMPLATES, "templates/shop.ron"),
    ] {
        let named: Vec<usize> = shape.elements(list).collect();
        for (path, at) in paths.iter().zip(named.iter()) {
            if let Err(why) = is_relative(path) {
                let hint = format!("name a file as seen from this one, such as `{example}`");
                tell(*at, format!("`{path}` {why}"), &hint);
            }
        }
        if let Some(at) = named.get(most) {
            tell(*at, format!("more than {most} files are named under `{list}`"), "keep those that are used");
        }
    }
    found.truncate(MOST_DIAGNOSTICS);
    found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
    found
}

fn fits_an_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".-_".contains(c)
}

/// Whether a path, taken as text, is one from here on every platform; whether it stays in the repository shows on disk.
fn is_relative(path: &str) -> Result<(), &'static str> {
    let absolute = path.starts_with(['/', '\\', '~']) || path.contains(':');
    if path.trim().is_empty() {
        Err("is no path")
    } else if absolute {
        Err("is not a path from here")
    } else if path.chars().any(char::is_control) {
        Err("has characters that no path should have")
    } else {
        Ok(())
    }
}

/// The shape of a file, to find its ids.
struct Shape<'t> {
    text: &'t str,
    outline: Outline,
    lines: Lines,
}

impl<'t> Shape<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, outline: Outline::new(text), lines: Lines::new(text) }
    }

    fn position(&self, at: usize) -> Position {
        self.lines.position(self.text, at)
    }

    /// The nodes of a list of the file.
    fn list(&self, field: &str) -> impl Iterator<Item = usize> + '_ {
        let list = self.outline.root().and_then(|root| self.outline.field(self.text, root, field));
        let list = list.map(|list| self.outline.inner(self.text, list));
        list.into_iter().flat_map(|list| self.outline.children(list))
    }

    /// Where the elements of a list begin.
    fn elements(&self, field: &str) -> impl Iterator<Item = usize> + '_ {
        self.list(field).map(|entry| self.outline.node(entry).value)
    }

    /// Every id that the file gives, with the list it stands in and where.
    fn places(&self) -> impl Iterator<Item = (&'static str, String, usize)> + '_ {
        let rows = LISTS.into_iter().flat_map(move |list| {
            self.list(list).filter_map(move |entry| {
                let entry = self.outline.inner(self.text, entry);
                let (id, at) = self.word(self.outline.field(self.text, entry, "id")?)?;
                Some((list, id, at))
            })
        });
        let disabled = self.list("disable").filter_map(|entry| self.word(entry)).map(|(id, at)| ("disable", id, at));
        // A row of one's own comes last, so that its place is the one that is remembered.
        disabled.chain(rows)
    }

    /// A text and where it begins.
    fn word(&self, node: usize) -> Option<(String, usize)> {
        let node = self.outline.node(self.outline.inner(self.text, node));
        let text = ron::from_str(&self.text[node.value..node.span.end]).ok()?;
        Some((text, node.value))
    }
}

#[cfg(test)]
mod tests;
