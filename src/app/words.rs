//! Words for places and risks, the same wherever a pane, a prompt or a picker shows them.
//!
//! Refuses: words for programs to read; those are in `cli`.

use crate::session::{AssetId, ComponentId, Place, Session, ZoneId};

/// A component by the name people gave it; its slug when it is gone.
pub fn component<'a>(session: &'a Session, id: &'a ComponentId) -> &'a str {
    session.components.get(id).map_or(id.as_str(), |c| c.name.as_str())
}

/// A zone by its name, likewise.
pub fn zone<'a>(session: &'a Session, id: &'a ZoneId) -> &'a str {
    session.zones.get(id).map_or(id.as_str(), |zone| zone.name.as_str())
}

/// An asset by its name, likewise.
pub fn asset<'a>(session: &'a Session, id: &'a AssetId) -> &'a str {
    session.assets.get(id).map_or(id.as_str(), |asset| asset.name.as_str())
}

/// Whoever a field names: a person of the session by name, else the words that stand there.
pub fn person<'a>(session: &'a Session, said: &'a str) -> &'a str {
    session.people.get(said).map_or(said, |person| person.name.as_str())
}

/// The same where there is little room: by first name if nobody else answers to it.
pub fn first_name<'a>(session: &'a Session, said: &'a str) -> &'a str {
    let name = person(session, said);
    let first = name.split_whitespace().next().unwrap_or(name);
    let known = session.person_called(first).is_some_and(|person| person.id.as_str() == said);
    if known { first } else { name }
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
