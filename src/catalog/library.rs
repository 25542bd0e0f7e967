//! A catalogue: all rows and the ways to find them.
//!
//! Owns the index by kind and letter, so that ranking a cell looks only at rows that could stand there. Refuses to load
//! anything before it is asked for: [`builtin`] parses once, on the first call.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use super::{
    Control, Kinds, Pack, Threat, control::controls, overlay::Laid, pack::packs, threat::threats, words::Subject,
};
use crate::session::Letter;

/// Kinds, threats, controls and packs that belong together.
#[derive(Debug)]
pub struct Catalogue {
    kinds: Arc<Kinds>,
    threats: Vec<Threat>,
    controls: Vec<Control>,
    packs: Vec<Pack>,
    by_kind: HashMap<String, [Vec<usize>; 6]>,
    by_id: HashMap<String, usize>,
    subjects: Vec<Subject>,
    laid: Laid,
}

static BUILTIN: OnceLock<Catalogue> = OnceLock::new();

/// What ships with the program.
pub fn builtin() -> &'static Catalogue {
    BUILTIN.get_or_init(|| Catalogue::new(Kinds::builtin().clone(), threats(), controls(), packs()))
}

/// Whether anybody asked for what ships: until then no threat or control is parsed.
pub fn is_read() -> bool {
    BUILTIN.get().is_some()
}

impl Catalogue {
    /// Rows that belong together, with the ways to find them.
    pub fn new(kinds: Arc<Kinds>, threats: Vec<Threat>, controls: Vec<Control>, packs: Vec<Pack>) -> Self {
        let mut by_kind: HashMap<String, [Vec<usize>; 6]> = HashMap::new();
        for (row, threat) in threats.iter().enumerate() {
            for kind in &threat.kinds {
                by_kind.entry(kind.clone()).or_default()[threat.letter as usize].push(row);
            }
        }
        let by_id = threats.iter().enumerate().map(|(row, threat)| (threat.id.clone(), row)).collect();
        let subjects = threats.iter().map(|threat| Subject::of(&threat.text)).collect();
        Self { kinds, threats, controls, packs, by_kind, by_id, subjects, laid: Laid::default() }
    }

    pub(super) fn laid(self, laid: Laid) -> Self {
        Self { laid, ..self }
    }

    /// Whether a team wrote the row with this id.
    pub fn is_own(&self, id: &str) -> bool {
        self.laid.own.contains(id)
    }

    /// Whether a team's rows are among them.
    pub(super) fn is_overlaid(&self) -> bool {
        !self.laid.own.is_empty() || !self.laid.gone.is_empty()
    }

    /// Ids that a team leaves out and that no row has.
    pub(super) fn missed(&self) -> &[String] {
        &self.laid.missed
    }

    /// Every kind, and the words for them.
    pub fn kinds(&self) -> &Arc<Kinds> {
        &self.kinds
    }

    /// Every threat, family by family.
    pub fn threats(&self) -> &[Threat] {
        &self.threats
    }

    /// Every control, domain by domain.
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// Every feature pack.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The threat with this id.
    pub fn threat(&self, id: &str) -> Option<&Threat> {
        self.row(id).map(|row| &self.threats[row])
    }

    /// The control with this id.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == id)
    }

    /// The pack with this id.
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The threats that are about a kind itself, not about what it inherits from.
    pub fn about(&self, kind: &str, letter: Letter) -> impl Iterator<Item = &Threat> {
        self.rows_about(kind, letter).iter().map(|row| &self.threats[*row])
    }

    pub(super) fn rows_about(&self, kind: &str, letter: Letter) -> &[usize] {
        self.by_kind.get(kind).map_or(&[], |six| &six[letter as usize])
    }

    pub(super) fn row(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn subject(&self, row: usize) -> &Subject {
        &self.subjects[row]
    }
}
