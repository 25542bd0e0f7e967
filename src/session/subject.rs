//! What an edit is about: where to look to see what it did.
//!
//! Refuses to say whether that still exists; an edit that adds something is about what is gone once it is undone.

use super::{
    Edit, Letter, Place, Point,
    edit::{Entry, EntryId},
};

/// Where an edit can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// In a cell of a flow or component.
    Cell(Place, Letter),
    /// At a record.
    Record(EntryId),
    /// At the rating of a threat.
    Rating(super::ThreatId, Point),
}

impl Edit {
    /// Where it can be seen, best first. Of several edits that are one step the last says most: what comes before it
    /// is what it needed.
    pub fn subjects(&self) -> Vec<Subject> {
        let cell = |place: &Place, letter| (*place != Place::Unfiled).then(|| Subject::Cell(place.clone(), letter));
        let record = |id: EntryId| vec![Subject::Record(id)];
        match self {
            Self::ChangeHeader(_) => Vec::new(),
            Self::Add(entry) => {
                // A parked cell shows its question.
                let parked = match entry {
                    Entry::Note(note) => note.place.as_ref().zip(note.letter).and_then(|(place, l)| cell(place, l)),
                    _ => None,
                };
                parked.into_iter().chain([Subject::Record(entry.id())]).collect()
            }
            Self::Change(entry) => record(entry.id()),
            Self::Remove(id) | Self::Swap(id, _) => record(id.clone()),
            Self::Decide { place, cell: answered } => cell(place, answered.letter).into_iter().collect(),
            Self::Reopen { place, letter } => cell(place, *letter).into_iter().collect(),
            Self::AddThreat { place, threat } => {
                let threat_row = Subject::Record(EntryId::Threat(threat.id));
                [threat_row].into_iter().chain(cell(place, threat.letter)).collect()
            }
            Self::ChangeThreat(threat) => record(EntryId::Threat(threat.id)),
            Self::SetRating { threat, point, .. } => vec![Subject::Rating(*threat, *point)],
            Self::MoveThreat { threat, .. } | Self::Withdraw { threat, .. } => record(EntryId::Threat(*threat)),
            Self::Link { threat, mitigation } | Self::Unlink { threat, mitigation } => {
                vec![Subject::Record(EntryId::Threat(*threat)), Subject::Record(EntryId::Mitigation(*mitigation))]
            }
            Self::Settle(id) => match (id.cell(), &id.record) {
                (Some((place, letter)), _) => vec![Subject::Cell(place, letter)],
                (None, Some(found)) => record(found.clone()),
                (None, None) => Vec::new(),
            },
            Self::Batch { edits, .. } => edits.iter().rev().flat_map(Self::subjects).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Component, Flow, Note, NoteKind};

    #[test]
    fn a_step_is_about_what_it_was_done_for() {
        let id = |name: &str| name.parse().unwrap();
        let flow = Flow::new("F1-aaa".parse().unwrap(), id("web"), id("api"));
        let place = Place::Flow(flow.id);
        let edits = vec![
            Edit::Add(Entry::Component(Box::new(Component::new(id("api"), "api")))),
            Edit::Add(Entry::Flow(Box::new(flow.clone()))),
        ];
        let drawn = Edit::Batch { label: String::new(), edits };
        assert_eq!(drawn.subjects()[0], Subject::Record(EntryId::Flow(flow.id)));

        let mut note = Note::new("N1-aaa".parse().unwrap(), NoteKind::Question, "why?");
        (note.place, note.letter) = (Some(place.clone()), Some(Letter::D));
        assert_eq!(Edit::Add(Entry::Note(note)).subjects()[0], Subject::Cell(place, Letter::D));
    }
}
