//! What an edit is called: the words of "undone: …" and of the history.
//!
//! Owns the short words of an edit, with the names that records had before it. Refuses: sentences for capture.

mod changed;
mod removal;

pub use removal::Removal;

use super::{ComponentId, Edit, EntryId, Place, Session, cell::Answer, edit::Entry};

impl Edit {
    /// A short phrase for the edit, read against the session it was applied to.
    pub fn label(&self, before: &Session) -> String {
        match self {
            Self::ChangeHeader(header) => {
                format!("change session details{}", changed::words(&changed::of_header(&before.header(), header)))
            }
            Self::Add(entry) => format!("add {}", added(before, entry)),
            Self::Change(entry) => {
                let fields = changed::of_entry(before, entry);
                match (fields.as_slice(), name(entry)) {
                    (["name"], Some(name)) => format!("rename {} to {name}", there(before, entry)),
                    _ => format!("change {}{}", there(before, entry), changed::words(&fields)),
                }
            }
            Self::Remove(id) => {
                let removal = before.removal(id);
                let left = if removal.left.is_empty() { removal.left } else { format!("; {}", removal.left) };
                format!("remove {}{left}", removal.taken)
            }
            Self::Swap(a, b) => format!("swap {} and {}", before.called(a), before.called(b)),
            Self::Decide { place, cell } => {
                let answer = match cell.state {
                    Answer::Clear => "clear",
                    Answer::NotApplicable => "not applicable:",
                    Answer::Inherited => "inherited:",
                };
                let old = before.cells_at(place).and_then(|cells| cells.get(cell.letter));
                let lost = old.filter(|old| !old.reason.is_empty() && old.reason != cell.reason);
                let lost = lost.map_or_else(String::new, |old| format!("; it was: {}", old.reason));
                format!("{answer} {} on {}{lost}", cell.letter, before.place_called(place))
            }
            Self::Reopen { place, letter } => format!("reopen {letter} on {}", before.place_called(place)),
            Self::AddThreat { place, threat } => {
                format!("add threat {} to {}: {}", threat.id.short(), before.place_called(place), threat.statement)
            }
            Self::ChangeThreat(threat) => {
                let fields = before.find_threat(threat.id).map(|(_, old)| changed::of_threat(old, threat));
                format!("change threat {}{}", threat.id.short(), changed::words(&fields.unwrap_or_default()))
            }
            Self::SetRating { threat, point, rating } => match rating {
                Some(rating) => {
                    let step = |value: Option<u8>| value.map_or("?".to_owned(), |v| v.to_string());
                    format!(
                        "rate {} {} {}x{}",
                        threat.short(),
                        point.name(),
                        step(rating.likelihood),
                        step(rating.impact)
                    )
                }
                None => format!("unrate {} {}", threat.short(), point.name()),
            },
            Self::MoveThreat { threat, place, letter } => {
                format!("file {} to {} {letter}", threat.short(), before.place_called(place))
            }
            Self::Withdraw { threat, reason: Some(_) } => format!("withdraw {}", threat.short()),
            Self::Withdraw { threat, reason: None } => format!("bring {} back", threat.short()),
            Self::Link { threat, mitigation } => format!("link {} to {}", mitigation.short(), threat.short()),
            Self::Unlink { threat, mitigation } => format!("unlink {} from {}", mitigation.short(), threat.short()),
            Self::Settle(id) => format!("settle {id}"),
            Self::Batch { label, .. } => label.clone(),
        }
    }
}

impl Place {
    /// What people say for it: `F3`, the component's slug, or `unfiled`.
    pub fn short(&self) -> String {
        match self {
            Self::Flow(id) => id.short(),
            Self::Component(id) => id.to_string(),
            Self::Unfiled => "unfiled".to_owned(),
        }
    }
}

/// A new record by the name it comes with.
fn added(before: &Session, entry: &Entry) -> String {
    match (entry, name(entry)) {
        (Entry::Flow(flow), _) => flow_words(before, &flow.id.short(), &flow.from, &flow.to),
        (_, Some(name)) => format!("{} {name}", entry.id().kind()),
        (_, None) => format!("{} {}", entry.id().kind(), entry.id().short()),
    }
}

/// A record by the name it has so far.
fn there(before: &Session, entry: &Entry) -> String {
    let id = entry.id();
    match &id {
        EntryId::Flow(flow) => match before.flows.get(flow) {
            Some(flow) => flow_words(before, &flow.id.short(), &flow.from, &flow.to),
            None => format!("flow {}", flow.short()),
        },
        _ => format!("{} {}", id.kind(), before.called(&id)),
    }
}

fn flow_words(session: &Session, flow: &str, from: &ComponentId, to: &ComponentId) -> String {
    let [from, to] = [from, to].map(|end| session.called(&EntryId::Component(end.clone())));
    format!("flow {flow} {from} → {to}")
}

/// The name an entry gives its record.
fn name(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Person(person) => Some(&person.name),
        Entry::Zone(zone) => Some(&zone.name),
        Entry::Asset(asset) => Some(&asset.name),
        Entry::Component(component) => Some(&component.name),
        Entry::Flow(_) | Entry::Mitigation(_) | Entry::Assumption(_) | Entry::Note(_) | Entry::Sitting(_) => None,
    }
}
