//! Which records a value refers to: what does not exist any more cannot stand in for a decision.

use crate::session::{ComponentId, EntryId, Letter, Place, ZoneId};

/// What names other records.
pub(super) trait Refers: Sized {
    /// What it names.
    fn targets(&self) -> Vec<EntryId>;

    /// The value that names nothing, if there is one.
    fn none() -> Option<Self>;
}

impl Refers for Option<ZoneId> {
    fn targets(&self) -> Vec<EntryId> {
        self.iter().cloned().map(EntryId::Zone).collect()
    }

    fn none() -> Option<Self> {
        Some(None)
    }
}

impl Refers for Option<Place> {
    fn targets(&self) -> Vec<EntryId> {
        self.as_ref().and_then(Place::entry).into_iter().collect()
    }

    fn none() -> Option<Self> {
        Some(None)
    }
}

impl Refers for (Option<Place>, Option<Letter>) {
    fn targets(&self) -> Vec<EntryId> {
        self.0.targets()
    }

    fn none() -> Option<Self> {
        Some((None, None))
    }
}

impl Refers for (ComponentId, ComponentId) {
    fn targets(&self) -> Vec<EntryId> {
        [&self.0, &self.1].map(|id| EntryId::Component(id.clone())).into()
    }

    fn none() -> Option<Self> {
        None
    }
}

/// Where a threat stands.
impl Refers for Place {
    fn targets(&self) -> Vec<EntryId> {
        self.entry().into_iter().collect()
    }

    fn none() -> Option<Self> {
        None
    }
}
