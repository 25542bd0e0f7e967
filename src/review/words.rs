//! How findings name records: the short id people say, and enough of the words to recognise it.
//!
//! Refuses: making the words safe for a terminal; whoever prints a finding does that.

use crate::session::{ComponentId, Flow, Letter, Mitigation, Place, Session, Threat};

/// Longest quotation in a finding; a line of a terminal holds one beside what is said about it.
const QUOTED: usize = 60;

/// `F3 browser → api`.
pub(super) fn flow(session: &Session, flow: &Flow) -> String {
    format!("{} {} → {}", flow.id.short(), component(session, &flow.from), component(session, &flow.to))
}

/// The component's name, or its id when it has no name or does not exist.
pub(super) fn component(session: &Session, id: &ComponentId) -> String {
    let name = session.components.get(id).map_or("", |component| component.name.trim());
    if name.is_empty() { id.to_string() } else { name.to_owned() }
}

/// The flow or component, or the tray.
pub(super) fn place(session: &Session, place: &Place) -> String {
    match place {
        Place::Flow(id) => session.flows.get(id).map_or_else(|| id.short(), |found| flow(session, found)),
        Place::Component(id) => component(session, id),
        Place::Unfiled => "the unfiled tray".to_owned(),
    }
}

/// `T2 "stolen cookie replayed"`.
pub(super) fn threat(threat: &Threat) -> String {
    format!("{} {}", threat.id.short(), quoted(&threat.statement))
}

/// `M2 "rotate session keys"`.
pub(super) fn mitigation(mitigation: &Mitigation) -> String {
    format!("{} {}", mitigation.id.short(), quoted(&mitigation.title))
}

/// In quotation marks, cut at a fixed number of characters.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("\"{}…\"", text[..end].trim_end()),
        None => format!("\"{text}\""),
    }
}

/// `S, T, I`, and the verb that fits their number.
pub(super) fn letters(letters: &[Letter], one: &'static str, many: &'static str) -> String {
    let list: Vec<String> = letters.iter().map(Letter::to_string).collect();
    format!("{} {}", list.join(", "), if letters.len() == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_statement_is_cut_between_characters() {
        let quote = quoted(&"ü".repeat(200));
        assert_eq!((quote.chars().count(), quote.ends_with("…\"")), (QUOTED + 3, true));
        assert_eq!(quoted(" short "), "\"short\"");
    }
}
