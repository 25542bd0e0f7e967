//! Finding a threat without looking in every place, for those who keep track of where threats stand.
//!
//! Owns what may be known about that and how it is checked. Refuses keeping track: that is its caller's.

use super::{Place, Session, ThreatId, edit::EntryId};

/// What somebody knows about where a threat stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// Nothing.
    Unknown,
    /// There is no such threat.
    Nowhere,
    /// It stands here; checked before it is believed.
    At(Place),
}

/// What somebody knows about where threats stand.
pub type Known<'a> = &'a dyn Fn(ThreatId) -> Whereabouts;

impl Session {
    /// Where a threat stands: where it is thought to stand if it does, else wherever it is found.
    pub(super) fn locate(&self, id: ThreatId, known: Known<'_>) -> Option<Place> {
        match known(id) {
            Whereabouts::Nowhere => None,
            Whereabouts::At(place) if self.threats_at(&place).is_some_and(|threats| threats.contains(&id)) => {
                Some(place)
            }
            _ => self.find_threat(id).map(|(place, _)| place),
        }
    }

    pub(super) fn holds(&self, id: &EntryId, known: Known<'_>) -> bool {
        match id {
            EntryId::Threat(id) => self.locate(*id, known).is_some(),
            other => self.has(other),
        }
    }
}
