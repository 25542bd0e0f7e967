//! Words for places and risks, the same wherever a pane, a prompt or a picker shows them.
//!
//! Refuses: words for programs to read; those are in `cli`.

use crate::session::{ComponentId, Place, Session};

/// A component by the name people gave it; its slug when it is gone.
pub fn component<'a>(session: &'a Session, id: &'a ComponentId) -> &'a str {
    session.components.get(id).map_or(id.as_str(), |c| c.name.as_str())
}

/// `F3 browser → api: login`, or the name of the component.
pub fn place(session: &Session, place: &Place) -> String {
    match place {
        Place::Flow(id) => match session.flows.get(id) {
            Some(flow) => {
                let ends =
                    format!("{} {} → {}", id.short(), component(session, &flow.from), component(session, &flow.to));
                if flow.label.is_empty() { ends } else { format!("{ends}: {}", flow.label) }
            }
            None => id.short(),
        },
        Place::Component(id) => component(session, id).to_owned(),
        Place::Unfiled => "unfiled".to_owned(),
    }
}
