//! Which sessions that model components were asked for last.
//!
//! Owns noticing that other ones are named than before, at the price of a pointer comparison after a key that changed no
//! component. Refuses: reading them, and what was found (`review::reuse`).

use std::path::{Path, PathBuf};

use crate::session::{Component, ComponentId, Session, Table};

/// What was asked for last.
#[derive(Debug, Default)]
pub struct Asked {
    path: PathBuf,
    /// The components as they were then.
    components: Table<Component>,
    named: Vec<(ComponentId, String)>,
}

/// What has to be done after a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// The same models are named.
    Nothing,
    /// Others are named: they have to be read.
    Read,
    /// None is named any more.
    Forget,
}

impl Asked {
    /// Compares what a session names with what was asked for, and takes it as asked.
    pub fn follow(&mut self, path: &Path, session: &Session) -> Asking {
        if self.path == path && self.components.same(&session.components) {
            return Asking::Nothing;
        }
        let modelled = session.components.iter().filter(|component| !component.model.trim().is_empty());
        let named: Vec<_> = modelled.map(|component| (component.id.clone(), component.model.clone())).collect();
        let others = self.path != path || self.named != named;
        *self = Self { path: path.to_owned(), components: session.components.clone(), named };
        match (others, self.any()) {
            (false, _) => Asking::Nothing,
            (true, true) => Asking::Read,
            (true, false) => Asking::Forget,
        }
    }

    /// Whether any model is named.
    pub fn any(&self) -> bool {
        !self.named.is_empty()
    }
}
