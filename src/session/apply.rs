//! What each edit does: the only code that changes a session.
//!
//! Owns what every edit may do and what it takes along: removing a component removes its flows. An edit is done whole
//! or refused with an [`EditError`]; what it leaves has no dangling reference. Refuses: judging whether it was wise.

mod swap;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{
    AssetId, Cell, Component, ComponentId, Edit, EditError, Flow, FlowId, Letter, MitigationId, Place, Session,
    Sitting, Threat, ThreatId, ZoneId,
    cell::Answer,
    edit::{Entry, EntryId, Header},
    limits,
    whereabouts::{Known, Whereabouts},
};

impl Session {
    /// The session after an edit. Untouched records are shared with `self`.
    pub fn apply(&self, edit: &Edit) -> Result<Self, EditError> {
        self.apply_knowing(edit, &|_| Whereabouts::Unknown)
    }

    /// The same for somebody who knows where threats stand, so that they need not be looked for in every place.
    pub fn apply_knowing(&self, edit: &Edit, known: Known<'_>) -> Result<Self, EditError> {
        limits::check(edit)?;
        let mut next = self.clone();
        next.perform(edit, known)?;
        Ok(next)
    }

    fn perform(&mut self, edit: &Edit, known: Known<'_>) -> Result<(), EditError> {
        match edit {
            Edit::ChangeHeader(header) => self.change_header(header),
            Edit::Add(entry) => {
                let id = entry.id();
                if self.has(&id) {
                    return Err(EditError::Exists(id));
                }
                self.check_room(&id)?;
                self.check(entry)?;
                self.check_contents(entry)?;
                self.put(entry.clone());
                Ok(())
            }
            Edit::Change(entry) => {
                let id = entry.id();
                if !self.has(&id) {
                    return Err(EditError::Missing(id));
                }
                self.check(entry)?;
                self.put(self.keeping_contents(entry.clone()));
                Ok(())
            }
            Edit::Remove(id) => self.remove(id, known),
            Edit::Swap(a, b) => self.swap(a, b, known),
            Edit::Decide { place, cell } => {
                check_cell(cell)?;
                self.cells_mut(place)?.set(cell.clone());
                Ok(())
            }
            Edit::Reopen { place, letter } => {
                self.cells_mut(place)?.reopen(*letter);
                Ok(())
            }
            Edit::AddThreat { place, threat } => self.add_threat(place, threat, known),
            Edit::ChangeThreat(threat) => {
                check_threat(threat)?;
                let before = self.threat_mut(threat.id, known)?.clone();
                self.check_links(&threat.assets, &before.assets)?;
                self.check_mitigations(&threat.mitigations, &before.mitigations)?;
                *self.threat_mut(threat.id, known)? = (**threat).clone();
                Ok(())
            }
            Edit::SetRating { threat, point, rating } => {
                *self.threat_mut(*threat, known)?.rating_mut(*point) = *rating;
                Ok(())
            }
            Edit::MoveThreat { threat, place, letter } => self.move_threat(*threat, place, *letter, known),
            Edit::Withdraw { threat, reason } => {
                if reason.as_ref().is_some_and(|r| r.trim().is_empty()) {
                    return Err(EditError::Empty("withdrawal", "a reason"));
                }
                self.threat_mut(*threat, known)?.withdrawn.clone_from(reason);
                Ok(())
            }
            Edit::Link { threat, mitigation } => {
                if !self.mitigations.contains(mitigation) {
                    return Err(EditError::Missing(EntryId::Mitigation(*mitigation)));
                }
                let threat = self.threat_mut(*threat, known)?;
                if !threat.mitigations.contains(mitigation) {
                    threat.mitigations.push(*mitigation);
                    threat.mitigations.sort_unstable();
                }
                Ok(())
            }
            Edit::Unlink { threat, mitigation } => {
                self.threat_mut(*threat, known)?.mitigations.retain(|m| m != mitigation);
                Ok(())
            }
            Edit::Settle(id) => match self.conflicts.remove(id) {
                Some(_) => Ok(()),
                None => Err(EditError::Settled(id.clone())),
            },
            Edit::Batch { edits, .. } => {
                // A threat that was nowhere may come with an earlier edit.
                let before = |threat| match known(threat) {
                    Whereabouts::Nowhere => Whereabouts::Unknown,
                    other => other,
                };
                edits.iter().try_for_each(|edit| self.perform(edit, &before))
            }
        }
    }

    fn change_header(&mut self, header: &Header) -> Result<(), EditError> {
        required(&header.title, "session", "a title")?;
        self.set_header(header);
        Ok(())
    }

    /// Replaces the fields above the records.
    pub(crate) fn set_header(&mut self, header: &Header) {
        self.title.clone_from(&header.title);
        self.workload.clone_from(&header.workload);
        self.owner.clone_from(&header.owner);
        self.profile.clone_from(&header.profile);
        self.intake = header.intake.clone();
        self.matrix.clone_from(&header.matrix);
        self.appetite = header.appetite;
        self.tolerance = header.tolerance;
        self.scope = header.scope.clone();
        self.note = header.note.clone();
    }

    /// Whether the entry may enter: named, and every reference it brings leads somewhere. A reference that was already
    /// broken in a loaded file does not stop other fields of the record from being changed.
    fn check(&self, entry: &Entry) -> Result<(), EditError> {
        match entry {
            Entry::Person(person) => required(&person.name, "person", "a name"),
            Entry::Zone(zone) => {
                required(&zone.name, "zone", "a name")?;
                let before = self.zones.get(&zone.id).and_then(|z| z.parent.as_ref());
                self.check_zone(zone.parent.as_ref(), before)?;
                if self.zone_path(zone.parent.as_ref()).any(|ancestor| *ancestor == zone.id) {
                    return Err(EditError::ZoneCycle(zone.id.clone()));
                }
                Ok(())
            }
            Entry::Asset(asset) => required(&asset.name, "asset", "a name"),
            Entry::Component(component) => {
                required(&component.name, "component", "a name")?;
                for deviation in component.deviations.iter() {
                    required(&deviation.baseline, "deviation", "the baseline it is from")?;
                }
                let before = self.components.get(&component.id);
                self.check_zone(component.zone.as_ref(), before.and_then(|c| c.zone.as_ref()))?;
                self.check_links(&component.assets, before.map_or(&[], |c| &c.assets))
            }
            Entry::Flow(flow) => {
                let before = self.flows.get(&flow.id);
                for (end, old) in [(&flow.from, before.map(|f| &f.from)), (&flow.to, before.map(|f| &f.to))] {
                    if !self.components.contains(end) && old != Some(end) {
                        return Err(EditError::Missing(EntryId::Component(end.clone())));
                    }
                }
                self.check_links(&flow.assets, before.map_or(&[], |f| &f.assets))
            }
            Entry::Mitigation(mitigation) => required(&mitigation.title, "mitigation", "a title"),
            Entry::Assumption(assumption) => {
                required(&assumption.text, "assumption", "words")?;
                let before = self.assumptions.get(&assumption.id).and_then(|a| a.place.as_ref());
                self.check_place(assumption.place.as_ref(), before)
            }
            Entry::Note(note) => {
                required(&note.text, "note", "words")?;
                let before = self.notes.get(&note.id).and_then(|n| n.place.as_ref());
                self.check_place(note.place.as_ref(), before)
            }
            Entry::Sitting(sitting) => {
                let before: BTreeSet<_> = self.sittings.get(&sitting.id).into_iter().flat_map(Sitting::named).collect();
                match sitting.named().find(|id| !self.people.contains(*id) && !before.contains(id)) {
                    Some(id) => Err(EditError::Missing(EntryId::Person(id.clone()))),
                    None => Ok(()),
                }
            }
        }
    }

    /// Whether the cells and threats that a new component or flow brings along may enter, too.
    fn check_contents(&self, entry: &Entry) -> Result<(), EditError> {
        let (cells, threats) = match entry {
            Entry::Component(component) => (&component.cells, &component.threats),
            Entry::Flow(flow) => (&flow.cells, &flow.threats),
            _ => return Ok(()),
        };
        cells.iter().try_for_each(check_cell)?;
        threats.iter().try_for_each(|threat| self.check_new_threat(threat, &|_| Whereabouts::Unknown))
    }

    fn check_new_threat(&self, threat: &Threat, known: Known<'_>) -> Result<(), EditError> {
        if self.locate(threat.id, known).is_some() {
            return Err(EditError::Exists(EntryId::Threat(threat.id)));
        }
        check_threat(threat)?;
        self.check_links(&threat.assets, &[])?;
        self.check_mitigations(&threat.mitigations, &[])
    }

    fn check_place(&self, place: Option<&Place>, before: Option<&Place>) -> Result<(), EditError> {
        match place.filter(|place| before != Some(*place)).and_then(Place::entry) {
            Some(id) if !self.has(&id) => Err(EditError::Missing(id)),
            _ => Ok(()),
        }
    }

    /// A zone and the zones around it, innermost first; stops after as many steps as there are zones.
    pub fn zone_path<'a>(&'a self, zone: Option<&'a ZoneId>) -> impl Iterator<Item = &'a ZoneId> {
        let parent = |id: &&'a ZoneId| self.zones.get(*id).and_then(|z| z.parent.as_ref());
        std::iter::successors(zone, parent).take(self.zones.len() + 1)
    }

    fn check_zone(&self, zone: Option<&ZoneId>, before: Option<&ZoneId>) -> Result<(), EditError> {
        match zone {
            Some(id) if !self.zones.contains(id) && before != Some(id) => {
                Err(EditError::Missing(EntryId::Zone(id.clone())))
            }
            _ => Ok(()),
        }
    }

    fn check_links(&self, assets: &[AssetId], before: &[AssetId]) -> Result<(), EditError> {
        match assets.iter().find(|id| !self.assets.contains(*id) && !before.contains(id)) {
            Some(id) => Err(EditError::Missing(EntryId::Asset(id.clone()))),
            None => Ok(()),
        }
    }

    fn check_mitigations(&self, links: &[MitigationId], before: &[MitigationId]) -> Result<(), EditError> {
        match links.iter().find(|id| !self.mitigations.contains(*id) && !before.contains(id)) {
            Some(id) => Err(EditError::Missing(EntryId::Mitigation(*id))),
            None => Ok(()),
        }
    }

    /// The entry with the cells and threats that stand in the session now.
    fn keeping_contents(&self, entry: Entry) -> Entry {
        match entry {
            Entry::Component(mut component) => {
                if let Some(before) = self.components.get(&component.id) {
                    component.cells = before.cells.clone();
                    component.threats = before.threats.clone();
                }
                Entry::Component(component)
            }
            Entry::Flow(mut flow) => {
                if let Some(before) = self.flows.get(&flow.id) {
                    flow.cells = before.cells.clone();
                    flow.threats = before.threats.clone();
                }
                Entry::Flow(flow)
            }
            other => other,
        }
    }

    fn put(&mut self, entry: Entry) {
        match entry {
            Entry::Person(r) => drop(self.people.insert(r)),
            Entry::Zone(r) => drop(self.zones.insert(r)),
            Entry::Asset(r) => drop(self.assets.insert(r)),
            Entry::Component(r) => drop(self.components.insert(*r)),
            Entry::Flow(r) => drop(self.flows.insert(*r)),
            Entry::Mitigation(r) => drop(self.mitigations.insert(*r)),
            Entry::Assumption(r) => drop(self.assumptions.insert(r)),
            Entry::Note(r) => drop(self.notes.insert(r)),
            Entry::Sitting(r) => drop(self.sittings.insert(r)),
        }
    }

    fn remove(&mut self, id: &EntryId, known: Known<'_>) -> Result<(), EditError> {
        if !self.holds(id, known) {
            return Err(EditError::Missing(id.clone()));
        }
        match id {
            EntryId::Person(id) => {
                self.people.remove(id);
                self.sittings.change_where(|s| s.named().any(|person| person == id), |s| s.forget(id));
            }
            EntryId::Zone(id) => {
                let outer = self.zones.remove(id).and_then(|z| z.parent.clone());
                self.zones.change_where(|z| z.parent.as_ref() == Some(id), |z| z.parent.clone_from(&outer));
                self.components.change_where(|c| c.zone.as_ref() == Some(id), |c| c.zone.clone_from(&outer));
            }
            EntryId::Asset(id) => self.remove_asset(id),
            EntryId::Component(id) => self.remove_component(id),
            EntryId::Flow(id) => self.remove_flow(*id),
            EntryId::Threat(id) => {
                if let Some(place) = self.locate(*id, known) {
                    self.take_threat(&place, *id);
                }
            }
            EntryId::Mitigation(id) => {
                self.mitigations.remove(id);
                self.change_threats_where(|t| t.mitigations.contains(id), |t| t.mitigations.retain(|m| m != id));
            }
            EntryId::Assumption(id) => drop(self.assumptions.remove(id)),
            EntryId::Note(id) => drop(self.notes.remove(id)),
            EntryId::Sitting(id) => drop(self.sittings.remove(id)),
        }
        self.forget_conflicts();
        Ok(())
    }

    fn remove_asset(&mut self, id: &AssetId) {
        self.assets.remove(id);
        self.components.change_where(|c| c.assets.contains(id), |c| c.assets.retain(|a| a != id));
        self.flows.change_where(|f| f.assets.contains(id), |f| f.assets.retain(|a| a != id));
        self.change_threats_where(|t| t.assets.contains(id), |t| t.assets.retain(|a| a != id));
    }

    fn remove_component(&mut self, id: &ComponentId) {
        let flows: Vec<FlowId> = self.flows_of(id).map(|f| f.id).collect();
        for flow in flows {
            self.remove_flow(flow);
        }
        self.components.remove(id);
        self.forget_place(&Place::Component(id.clone()));
    }

    fn remove_flow(&mut self, id: FlowId) {
        self.flows.remove(&id);
        self.forget_place(&Place::Flow(id));
    }

    /// Questions and assumptions outlive the place they were about.
    fn forget_place(&mut self, place: &Place) {
        let gone = Some(place.clone());
        self.notes.change_where(|n| n.place == gone, |n| (n.place, n.letter) = (None, None));
        self.assumptions.change_where(|a| a.place == gone, |a| a.place = None);
    }

    /// A record that is gone takes what was in conflict about it along.
    pub fn forget_conflicts(&mut self) {
        for id in self.adrift() {
            self.conflicts.remove(&id);
        }
    }

    fn change_threats_where(&mut self, wants: impl Fn(&Threat) -> bool + Copy, change: impl Fn(&mut Threat) + Copy) {
        let any = |threats: &super::Table<Threat>| threats.iter().any(wants);
        self.flows.change_where(|f| any(&f.threats), |f: &mut Flow| f.threats.change_where(wants, change));
        self.components.change_where(|c| any(&c.threats), |c: &mut Component| c.threats.change_where(wants, change));
        self.unfiled.change_where(wants, change);
    }

    fn add_threat(&mut self, place: &Place, threat: &Threat, known: Known<'_>) -> Result<(), EditError> {
        self.check_new_threat(threat, known)?;
        self.check_room_at(place)?;
        self.threats_mut(place)?.insert(threat.clone());
        Ok(())
    }

    fn move_threat(&mut self, id: ThreatId, place: &Place, letter: Letter, known: Known<'_>) -> Result<(), EditError> {
        let missing = EditError::Missing(EntryId::Threat(id));
        let from = self.locate(id, known).ok_or(missing.clone())?;
        self.threats_mut(place)?;
        if from != *place {
            self.check_room_at(place)?;
        }
        let mut threat = self.take_threat(&from, id).ok_or(missing)?;
        threat.letter = letter;
        threat.also.retain(|also| *also != letter);
        self.threats_mut(place)?.insert(threat);
        Ok(())
    }

    fn take_threat(&mut self, place: &Place, id: ThreatId) -> Option<Threat> {
        let taken = self.threats_mut(place).ok()?.remove(&id)?;
        Some(std::sync::Arc::unwrap_or_clone(taken))
    }

    fn threat_mut(&mut self, id: ThreatId, known: Known<'_>) -> Result<&mut Threat, EditError> {
        let missing = || EditError::Missing(EntryId::Threat(id));
        let place = self.locate(id, known).ok_or_else(missing)?;
        self.threats_mut(&place)?.get_mut(&id).ok_or_else(missing)
    }

    /// The threats standing at a place, ready to be changed.
    pub(crate) fn threats_mut(&mut self, place: &Place) -> Result<&mut super::Table<Threat>, EditError> {
        match place {
            Place::Flow(id) => {
                let flow = self.flows.get_mut(id).map(|flow| &mut flow.threats);
                flow.ok_or(EditError::Missing(EntryId::Flow(*id)))
            }
            Place::Component(id) => {
                let component = self.components.get_mut(id).map(|component| &mut component.threats);
                component.ok_or_else(|| EditError::Missing(EntryId::Component(id.clone())))
            }
            Place::Unfiled => Ok(&mut self.unfiled),
        }
    }

    fn cells_mut(&mut self, place: &Place) -> Result<&mut super::Cells, EditError> {
        match place {
            Place::Flow(id) => {
                let flow = self.flows.get_mut(id).map(|flow| &mut flow.cells);
                flow.ok_or(EditError::Missing(EntryId::Flow(*id)))
            }
            Place::Component(id) => {
                let component = self.components.get_mut(id).map(|component| &mut component.cells);
                component.ok_or_else(|| EditError::Missing(EntryId::Component(id.clone())))
            }
            Place::Unfiled => Err(EditError::NoCells),
        }
    }
}

fn required(text: &str, record: &'static str, what: &'static str) -> Result<(), EditError> {
    if text.trim().is_empty() { Err(EditError::Empty(record, what)) } else { Ok(()) }
}

fn check_cell(cell: &Cell) -> Result<(), EditError> {
    let unexplained = cell.state == Answer::NotApplicable && cell.reason.trim().is_empty();
    if unexplained { Err(EditError::ReasonRequired) } else { Ok(()) }
}

fn check_threat(threat: &Threat) -> Result<(), EditError> {
    required(&threat.statement, "threat", "words")
}
