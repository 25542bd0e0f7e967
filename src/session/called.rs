//! What people call a record now.
//!
//! Owns present names for everything a person reads. Refuses slugs while there is a name: a record that was renamed
//! keeps its slug, which is for files and for programs.

use super::{Place, Session, edit::EntryId};

impl Session {
    /// The name of a zone, asset, component or person; letter and number of anything else.
    pub fn called(&self, id: &EntryId) -> String {
        let name = match id {
            EntryId::Person(id) => self.people.get(id).map(|person| &person.name),
            EntryId::Zone(id) => self.zones.get(id).map(|zone| &zone.name),
            EntryId::Asset(id) => self.assets.get(id).map(|asset| &asset.name),
            EntryId::Component(id) => self.components.get(id).map(|component| &component.name),
            _ => None,
        };
        name.filter(|name| !name.trim().is_empty()).map_or_else(|| id.short(), Clone::clone)
    }

    /// `F3`, the name of the component, or `unfiled`.
    pub fn place_called(&self, place: &Place) -> String {
        place.entry().map_or_else(|| place.short(), |id| self.called(&id))
    }
}
