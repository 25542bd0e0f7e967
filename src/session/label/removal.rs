//! What a removal takes along, and what it leaves behind.

use super::super::{Place, Session, edit::EntryId};

/// Records that are listed before the rest is counted.
const LISTED: usize = 4;

/// A removal in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The record and what goes with it: `component api, 2 flows and 3 threats`.
    pub taken: String,
    /// What stays, and how: `1 question stays, about no place`; may be empty.
    pub left: String,
    /// Whether more than the record goes.
    pub several: bool,
}

impl Session {
    /// What removing a record would take along and leave behind.
    pub fn removal(&self, id: &EntryId) -> Removal {
        let record = format!("{} {}", id.kind(), self.called(id));
        let alone = |left: String| Removal { taken: record.clone(), left, several: false };
        match id {
            EntryId::Component(component) => {
                let flows: Vec<Place> = self.flows_of(component).map(|flow| Place::Flow(flow.id)).collect();
                let count = flows.len();
                let places: Vec<Place> = flows.into_iter().chain([Place::Component(component.clone())]).collect();
                self.places_removed(record, count, &places)
            }
            EntryId::Flow(flow) => self.places_removed(record, 0, &[Place::Flow(*flow)]),
            EntryId::Zone(zone) => {
                let outer = self.zones.get(zone).and_then(|zone| zone.parent.clone());
                let outer = outer.map_or("no zone".to_owned(), |outer| self.called(&EntryId::Zone(outer)));
                let inside = self.components.iter().filter(|component| component.zone.as_ref() == Some(zone)).count();
                let verb = if inside == 1 { "stays" } else { "stay" };
                alone(if inside == 0 {
                    String::new()
                } else {
                    format!("its {} {verb}, in {outer}", counted(inside, "component"))
                })
            }
            EntryId::Person(person) => {
                let naming = self.people_named().filter(|(name, _)| *name == person.as_str()).map(|(_, id)| id);
                alone(self.listed("still named by", naming))
            }
            EntryId::Mitigation(mitigation) => {
                let helped = self.threats().filter(|(_, threat)| threat.mitigations.contains(mitigation));
                alone(self.listed("it helped against", helped.map(|(_, threat)| EntryId::Threat(threat.id))))
            }
            EntryId::Asset(asset) => {
                let flows = self.flows.iter().filter(|f| f.assets.contains(asset)).map(|f| EntryId::Flow(f.id));
                let components = self.components.iter().filter(|c| c.assets.contains(asset));
                let components = components.map(|c| EntryId::Component(c.id.clone()));
                let threats = self.threats().filter(|(_, threat)| threat.assets.contains(asset));
                let threats = threats.map(|(_, threat)| EntryId::Threat(threat.id));
                alone(self.listed("no longer named by", flows.chain(components).chain(threats)))
            }
            _ => alone(String::new()),
        }
    }

    /// A record with flows, and with what stands at these places.
    fn places_removed(&self, record: String, flows: usize, places: &[Place]) -> Removal {
        let threats = places.iter().filter_map(|place| self.threats_at(place)).map(|threats| threats.iter().count());
        let answers = places.iter().filter_map(|place| self.cells_at(place)).map(|cells| cells.iter().count());
        let along = [(flows, "flow"), (threats.sum(), "threat"), (answers.sum(), "answer")];
        let along: Vec<String> = along.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| counted(n, noun)).collect();
        let several = !along.is_empty();
        let taken = joined([record].into_iter().chain(along).collect());
        let here = |place: &Option<Place>| place.as_ref().is_some_and(|place| places.contains(place));
        let notes = || self.notes.iter().filter(|note| here(&note.place));
        let questions = notes().filter(|note| note.asks()).count();
        let assumptions = self.assumptions.iter().filter(|assumption| here(&assumption.place)).count();
        let stay = [(questions, "question"), (notes().count() - questions, "note"), (assumptions, "assumption")];
        let count: usize = stay.iter().map(|(n, _)| n).sum();
        let stay = stay.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| counted(n, noun)).collect();
        let left = match count {
            0 => String::new(),
            1 => format!("{} stays, about no place", joined(stay)),
            _ => format!("{} stay, about no place", joined(stay)),
        };
        Removal { taken, left, several }
    }

    /// Some words and the records, the first ones by name; nothing when there are none.
    fn listed(&self, words: &str, records: impl Iterator<Item = EntryId>) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in records.map(|id| self.called(&id)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(LISTED);
        names.truncate(LISTED);
        names.extend((more > 0).then(|| format!("{more} more")));
        if names.is_empty() { String::new() } else { format!("{words} {}", joined(names)) }
    }
}

/// `1 flow`, `2 flows`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `a, b and c`.
fn joined(mut items: Vec<String>) -> String {
    match items.pop() {
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
        None => String::new(),
    }
}
