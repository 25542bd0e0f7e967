//! What became of many lines at once, counted.
//!
//! Owns the words for that. Counts what came into being, so that a flow that brought its components counts them too.

use crate::session::{Edit, EntryId, Named, Place, edit::Entry};

use super::Captured;

/// `3 flows, 5 components, 2 threats to the tray`; nothing new says so.
pub fn summary(captured: &[Captured]) -> String {
    let mut counts: Vec<(&'static str, &'static str, usize)> =
        KINDS.iter().map(|(one, many)| (*one, *many, 0)).collect();
    for captured in captured {
        count(&captured.edit, &mut |kind| {
            if let Some(entry) = counts.iter_mut().find(|(one, ..)| *one == kind) {
                entry.2 += 1;
            }
        });
    }
    let made = counts.iter().filter(|(.., count)| *count > 0);
    let made: Vec<String> = made
        .map(|(one, many, count)| if *count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
        .collect();
    if made.is_empty() { "nothing new".to_owned() } else { made.join(", ") }
}

/// What is counted, in the order it is said.
const KINDS: &[(&str, &str)] = &[
    ("threat to the tray", "threats to the tray"),
    ("threat", "threats"),
    ("flow", "flows"),
    ("component", "components"),
    ("zone", "zones"),
    ("asset", "assets"),
    ("person", "people"),
    ("mitigation", "mitigations"),
    ("assumption", "assumptions"),
    ("question", "questions"),
    ("action", "actions"),
    ("quote", "quotes"),
    ("sitting", "sittings"),
    ("rating", "ratings"),
    ("scope line", "scope lines"),
    ("change", "changes"),
];

fn count(edit: &Edit, add: &mut impl FnMut(&'static str)) {
    match edit {
        Edit::Batch { edits, .. } => {
            // A response or link that comes with a mitigation is part of it.
            let is_part = |edit: &&Edit| !matches!(edit, Edit::ChangeThreat(_) | Edit::Link { .. });
            edits.iter().filter(is_part).for_each(|edit| count(edit, add));
        }
        Edit::AddThreat { place: Place::Unfiled, .. } => add("threat to the tray"),
        Edit::Add(Entry::Note(note)) => add(note.kind.name()),
        Edit::Add(entry) => add(entry.id().kind()),
        Edit::AddThreat { threat, .. } => add(EntryId::Threat(threat.id).kind()),
        Edit::SetRating { .. } => add("rating"),
        Edit::ChangeHeader(_) => add("scope line"),
        _ => add("change"),
    }
}
