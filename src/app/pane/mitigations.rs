//! Pane 3: the mitigations of what is selected, or all of them, and the editor of one.
//!
//! Owns what the list relates to and the open form. Refuses: the fields of a mitigation (`form::mitigation`).

use std::borrow::Cow;

use crate::{
    app::{form::Form, outline::Outline},
    method::status,
    session::{MitigationId, Place, Session, Table, ThreatId},
};

/// Which mitigations pane 3 lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those of the selected threat, or of the place on screen.
    #[default]
    Related,
    /// All of them.
    All,
}

/// What pane 3 remembers.
#[derive(Debug, Default)]
pub struct Mitigations {
    /// Which mitigations are listed.
    pub shown: Shown,
    /// The selected one.
    pub selected: Option<MitigationId>,
    /// The editor, while it is open.
    pub form: Option<Form>,
}

/// What the mitigations listed have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// They help against this threat.
    Threat(ThreatId),
    /// They help against a threat of this place.
    Place(Place),
    /// Nothing.
    Everything,
}

impl Mitigations {
    /// The mitigations to list: what was agreed first and the newest before older ones; all of them by number.
    pub fn list<'a>(
        &self,
        session: &Session,
        outline: &'a Outline,
        threat: Option<ThreatId>,
        place: Option<&Place>,
    ) -> (Subject, Cow<'a, [MitigationId]>) {
        let everything = || (Subject::Everything, Cow::Borrowed(outline.mitigations()));
        if self.shown == Shown::All {
            return everything();
        }
        let (subject, mut list): (_, Vec<MitigationId>) = match (threat, place) {
            (Some(id), _) => {
                let links = outline.threat(session, id).map(|(_, t)| t.mitigations.clone());
                (Subject::Threat(id), links.unwrap_or_default())
            }
            (None, Some(place)) => {
                let threats = session.threats_at(place).into_iter().flat_map(Table::iter).filter(|t| t.is_live());
                (Subject::Place(place.clone()), threats.flat_map(|t| t.mitigations.iter().copied()).collect())
            }
            (None, None) => return everything(),
        };
        list.sort_unstable();
        list.dedup();
        // What was agreed comes first, as on the checklist.
        let mut known: Vec<_> = list.iter().filter_map(|id| session.mitigations.get(id)).collect();
        known.sort_by_key(|mitigation| status::standing(mitigation));
        (subject, known.into_iter().map(|mitigation| mitigation.id).collect())
    }
}
