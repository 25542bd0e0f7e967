//! What a team lays over the built-in catalogue: rows of its own, rows in the place of others, rows it does not want.
//!
//! Owns what that comes to. A row with the id of another takes its place as a whole: whoever reviews the team's file
//! sees in one place what holds, and nothing of a later built-in row mixes with it. A row that is left out disappears
//! from the rows that name it as well; a threat that asked for a kind or a peer which is gone goes with it.
//!
//! Refuses: reading files (`format` and `runtime` do) and judging rows ([`lint`](super::lint)).

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, Control, Kind, Kinds, Pack, Threat};

/// Rows of a team.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Ids of rows that shall not be there.
    pub disable: Vec<String>,
    /// Kinds of components.
    pub kinds: Vec<Kind>,
    /// Threats.
    pub threats: Vec<Threat>,
    /// Controls.
    pub controls: Vec<Control>,
    /// Feature packs.
    pub packs: Vec<Pack>,
}

impl Overlay {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The ids of its rows.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let kinds = self.kinds.iter().map(|row| row.id.as_str());
        let threats = self.threats.iter().map(|row| row.id.as_str());
        let controls = self.controls.iter().map(|row| row.id.as_str());
        kinds.chain(threats).chain(controls).chain(self.packs.iter().map(|row| row.id.as_str()))
    }

    /// Takes in the rows of another file.
    pub fn append(&mut self, other: Self) {
        self.disable.extend(other.disable);
        self.kinds.extend(other.kinds);
        self.threats.extend(other.threats);
        self.controls.extend(other.controls);
        self.packs.extend(other.packs);
    }
}

/// What an overlay did to a catalogue, for whoever judges it.
#[derive(Debug, Clone, Default)]
pub(super) struct Laid {
    /// Ids of the team's rows.
    pub(super) own: BTreeSet<String>,
    /// Ids that were left out.
    pub(super) gone: BTreeSet<String>,
    /// Ids to leave out that no row had.
    pub(super) missed: Vec<String>,
}

/// A row of any sort.
trait Row: Clone {
    fn id(&self) -> &str;
}

macro_rules! row {
    ($($sort:ty),*) => {
        $(impl Row for $sort {
            fn id(&self) -> &str {
                &self.id
            }
        })*
    };
}

row!(Kind, Threat, Control, Pack);

impl Catalogue {
    /// This catalogue with an overlay on it.
    pub fn with(&self, overlay: &Overlay) -> Self {
        let own: BTreeSet<String> = overlay.ids().map(str::to_owned).collect();
        // A row that the team wrote is wanted.
        let gone: BTreeSet<String> = overlay.disable.iter().filter(|id| !own.contains(*id)).cloned().collect();
        let missed = gone.iter().filter(|id| !self.has(id)).cloned().collect();
        let mut kinds = laid(self.kinds().all(), &overlay.kinds, &gone);
        let mut threats = laid(self.threats(), &overlay.threats, &gone);
        let controls = laid(self.controls(), &overlay.controls, &gone);
        let mut packs = laid(self.packs(), &overlay.packs, &gone);
        if !gone.is_empty() {
            for kind in &mut kinds {
                drop_gone(&mut kind.inherits, &gone);
            }
            for pack in &mut packs {
                drop_gone(&mut pack.threats, &gone);
            }
            threats.retain_mut(|threat| {
                // What is left empty would mean "any".
                drop_gone(&mut threat.kinds, &gone) && drop_gone(&mut threat.peer.kinds, &gone)
            });
            for threat in &mut threats {
                drop_gone(&mut threat.controls, &gone);
                drop_gone(&mut threat.replaces, &gone);
            }
        }
        Self::new(Kinds::new(kinds).into(), threats, controls, packs).laid(Laid { own, gone, missed })
    }

    fn has(&self, id: &str) -> bool {
        self.kinds().by_id(id).is_some()
            || self.threat(id).is_some()
            || self.control(id).is_some()
            || self.pack(id).is_some()
    }
}

/// The rows with those of the team in the place of theirs or at the end.
fn laid<R: Row>(rows: &[R], over: &[R], gone: &BTreeSet<String>) -> Vec<R> {
    let place: BTreeMap<&str, usize> = over.iter().enumerate().map(|(at, row)| (row.id(), at)).collect();
    let known: BTreeSet<&str> = rows.iter().map(Row::id).collect();
    let kept = rows.iter().filter(|row| !gone.contains(row.id()));
    let kept = kept.map(|row| place.get(row.id()).map_or(row, |at| &over[*at]).clone());
    kept.chain(over.iter().filter(|row| !known.contains(row.id())).cloned()).collect()
}

/// Takes out what is gone; whether anything is left of what there was.
fn drop_gone(ids: &mut Vec<String>, gone: &BTreeSet<String>) -> bool {
    let before = ids.len();
    ids.retain(|id| !gone.contains(id));
    !ids.is_empty() || before == 0
}
