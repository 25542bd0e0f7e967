//! What an edit is called: the words of "undone: …" and of the history.
//!
//! Owns the short words of an edit, which need the session before it for names. Refuses: sentences for capture.

use super::{
    Edit, Place, Session,
    cell::Answer,
    edit::{Entry, EntryId},
};

impl Edit {
    /// A short phrase for the edit, read against the session it was applied to.
    pub fn label(&self, before: &Session) -> String {
        match self {
            Self::ChangeHeader(_) => "change session details".to_owned(),
            Self::Add(entry) => format!("add {}", named(entry)),
            Self::Change(entry) => format!("change {}", named(entry)),
            Self::Remove(id) => match id {
                EntryId::Component(component) => match before.flows_of(component).count() {
                    0 => format!("remove component {component}"),
                    1 => format!("remove component {component} and its flow"),
                    n => format!("remove component {component} and its {n} flows"),
                },
                EntryId::Flow(id) => match before.flows.get(id).map_or(0, |flow| flow.threats.len()) {
                    0 => format!("remove flow {}", id.short()),
                    1 => format!("remove flow {} and its threat", id.short()),
                    n => format!("remove flow {} and its {n} threats", id.short()),
                },
                EntryId::Zone(zone) => {
                    match before.components.iter().filter(|component| component.zone.as_ref() == Some(zone)).count() {
                        0 => format!("remove zone {zone}"),
                        1 => format!("remove zone {zone}; its component stays, in no zone"),
                        n => format!("remove zone {zone}; its {n} components stay, in no zone"),
                    }
                }
                other => format!("remove {} {}", other.kind(), other.short()),
            },
            Self::Swap(a, b) => format!("swap {} and {}", a.short(), b.short()),
            Self::Decide { place, cell } => {
                let answer = match cell.state {
                    Answer::Clear => "clear",
                    Answer::NotApplicable => "not applicable:",
                    Answer::Inherited => "inherited:",
                };
                let before = before.cells_at(place).and_then(|cells| cells.get(cell.letter));
                let lost = before.filter(|before| !before.reason.is_empty() && before.reason != cell.reason);
                let lost = lost.map_or_else(String::new, |before| format!("; it was: {}", before.reason));
                format!("{answer} {} on {}{lost}", cell.letter, place.short())
            }
            Self::Reopen { place, letter } => format!("reopen {letter} on {}", place.short()),
            Self::AddThreat { place, threat } => {
                format!("add threat {} to {}: {}", threat.id.short(), place.short(), threat.statement)
            }
            Self::ChangeThreat(threat) => format!("change threat {}", threat.id.short()),
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
                format!("file {} to {} {letter}", threat.short(), place.short())
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

fn named(entry: &Entry) -> String {
    match entry {
        Entry::Flow(flow) => format!("flow {} {} → {}", flow.id.short(), flow.from, flow.to),
        other => {
            let id = other.id();
            format!("{} {}", id.kind(), id.short())
        }
    }
}
