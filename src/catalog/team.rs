//! What a team knows of its own: its rows over the built-in catalogue, and its baselines.
//!
//! Owns the value that `strideboard.ron` comes to. Refuses: reading it (`format` does) and finding it (`runtime` does).
//! Without such a file the value is the default one, and everything is as it ships.

use std::sync::Arc;

use super::{Catalogue, Kinds, Overlay, builtin};
use crate::method::baseline::Baseline;

/// What a team keeps beside its sessions.
#[derive(Debug, Clone, Default)]
pub struct Team {
    /// The merged catalogue; none where the team changes nothing of the built-in one.
    catalogue: Option<Arc<Catalogue>>,
    /// Controls that hold without anybody saying so in a session.
    pub baselines: Vec<Baseline>,
}

impl Team {
    /// A team with rows over the built-in catalogue.
    pub fn new(overlay: &Overlay, baselines: Vec<Baseline>) -> Self {
        let catalogue = (!overlay.is_empty()).then(|| Arc::new(builtin().with(overlay)));
        Self { catalogue, baselines }
    }

    /// Everything that is known beforehand.
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue.as_deref().unwrap_or_else(|| builtin())
    }

    /// The kinds of components; spares reading the built-in threats where only a word is looked up.
    pub fn kinds(&self) -> &Kinds {
        self.catalogue.as_deref().map_or_else(|| Kinds::builtin().as_ref(), |catalogue| catalogue.kinds())
    }
}
