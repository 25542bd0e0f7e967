//! Which threat is meant, whatever pane somebody looks at.
//!
//! Refuses: changing the selection; each pane keeps its own.

use crate::{
    app::{model::Model, pane::Pane},
    session::ThreatId,
};

impl Model {
    /// The threat under the matrix cursor, or the one that travels with it.
    pub fn matrix_threat(&self) -> Option<ThreatId> {
        let document = self.document.as_ref()?;
        if let Some(held) = self.matrix.held {
            return Some(held.threat);
        }
        let place = self.checklist.place.as_ref();
        let (session, outline, cursor) = (document.session(), document.outline(), self.matrix.cursor);
        let last = self.matrix.count(session, outline, place, cursor).checked_sub(1)?;
        self.matrix.at(session, outline, place, cursor).nth(self.matrix.index.min(last))
    }

    /// The one threat that all panes mean: that of the focused pane, else the one pane 3 is about, else the one marked on
    /// the checklist.
    pub fn selected_threat(&self) -> Option<ThreatId> {
        let document = self.document.as_ref()?;
        let marked = || self.checklist.threat(document.session());
        let linked = || {
            let mitigation = self.mitigation().filter(|_| self.focus == Pane::Mitigations)?;
            document.outline().linked(mitigation).min_by_key(|threat| threat.number())
        };
        match self.focus {
            Pane::Mitigations => self.subject_threat().or_else(linked),
            Pane::Components | Pane::Checklist | Pane::Matrix | Pane::Review | Pane::Meeting => {
                self.threat().or_else(marked)
            }
        }
    }
}
