//! The session as it will be, while a line is turned into edits.
//!
//! Owns the promise that a captured edit always applies: every edit is applied here first, to a copy that shares
//! everything, and only those that were accepted are handed on.

use crate::app::{outline::Outline, words};
use crate::catalog::Kinds;
use crate::session::{
    Asset, AssetId, Class, Component, ComponentId, Edit, EditError, Element, Exposure, Named, Session, ThreatId,
    Whereabouts, Zone, ZoneId,
    edit::{Entry, EntryId},
    id::Suffixes,
};

use super::{Context, names, record::EXPOSURES, understood::Phrase};

/// Whether the sentence about a line is read before it is captured or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Will,
    Did,
}

pub(super) struct Draft<'s> {
    pub(super) session: Session,
    pub(super) kinds: &'s Kinds,
    /// What is known about the session as it was.
    outline: Option<&'s Outline>,
    pub(super) suffixes: &'s mut dyn Suffixes,
    pub(super) edits: Vec<Edit>,
    pub(super) warnings: Vec<String>,
    /// What came into being on the way.
    pub(super) made: Vec<EntryId>,
    /// What was changed on the way.
    pub(super) changed: Vec<EntryId>,
    /// Components that were made without a word for their kind, and what they are drawn as.
    drawn_as: Vec<(EntryId, String)>,
    tense: Tense,
}

impl<'s> Draft<'s> {
    pub(super) fn new(ctx: &Context<'s>, suffixes: &'s mut dyn Suffixes, tense: Tense) -> Self {
        let (session, kinds, outline) = (ctx.session.clone(), ctx.kinds, ctx.outline);
        let (edits, warnings, made, changed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { session, kinds, outline, suffixes, edits, warnings, made, changed, drawn_as: Vec::new(), tense }
    }

    /// One of two forms of a verb: what will be done, or what was done.
    pub(super) fn verb(&self, will: &'static str, did: &'static str) -> &'static str {
        match self.tense {
            Tense::Will => will,
            Tense::Did => did,
        }
    }

    /// A record by its kind and its present name.
    pub(super) fn subject(&self, id: &EntryId) -> String {
        format!("{} {}", id.kind(), self.session.called(id))
    }

    /// Takes an edit if the session takes it.
    pub(super) fn push(&mut self, edit: Edit) -> Result<(), EditError> {
        // Stays true while a line is read: it adds one threat at most, and moves or removes none.
        let known = |threat| self.outline.map_or(Whereabouts::Unknown, |outline| outline.whereabouts(threat));
        self.session = self.session.apply_knowing(&edit, &known)?;
        self.edits.push(edit);
        Ok(())
    }

    /// The id of the next threat.
    pub(super) fn fresh_threat(&mut self) -> ThreatId {
        match self.outline {
            Some(outline) => ThreatId::fresh(outline.next_threat(), self.suffixes),
            None => self.session.fresh_threat(self.suffixes),
        }
    }

    /// Takes an edit, or says why not; nothing was said that would be lost.
    pub(super) fn try_push(&mut self, edit: Edit) -> bool {
        let taken = self.push(edit);
        if let Err(error) = &taken {
            self.warnings.push(error.to_string());
        }
        taken.is_ok()
    }

    /// One edit for all: itself when it is the only one, else a batch, which may be empty.
    pub(super) fn finish(&mut self, label: String) -> Edit {
        let mut edits = std::mem::take(&mut self.edits);
        match edits.pop() {
            Some(only) if edits.is_empty() => only,
            Some(last) => {
                edits.push(last);
                Edit::Batch { label, edits }
            }
            None => Edit::Batch { label, edits },
        }
    }

    /// The zone of that name, made if it is new; who can reach it is said or in its name.
    pub(super) fn zone(&mut self, name: &str, exposure: Option<Exposure>) -> ZoneId {
        if let Some(zone) = names::zone(&self.session, name) {
            return zone.id.clone();
        }
        let id = self.session.fresh_zone(name);
        let zone = Zone {
            id: id.clone(),
            rank: Session::next_rank(self.session.zones.iter(), |z| z.rank),
            name: name.to_owned(),
            parent: None,
            exposure: exposure.or_else(|| EXPOSURES.value(name)).unwrap_or_default(),
            note: crate::session::Text::default(),
        };
        if self.try_push(Edit::Add(Entry::Zone(zone))) {
            self.made.push(EntryId::Zone(id.clone()));
        }
        id
    }

    /// The asset of that name, made if it is new.
    pub(super) fn asset(&mut self, name: &str, class: Option<Class>) -> AssetId {
        if let Some(asset) = names::asset(&self.session, name) {
            return asset.id.clone();
        }
        let id = self.session.fresh_asset(name);
        let asset = Asset {
            id: id.clone(),
            rank: Session::next_rank(self.session.assets.iter(), |a| a.rank),
            name: name.to_owned(),
            class: class.unwrap_or_default(),
            note: crate::session::Text::default(),
        };
        if self.try_push(Edit::Add(Entry::Asset(asset))) {
            self.made.push(EntryId::Asset(id.clone()));
        }
        id
    }

    /// The end of a flow: a component of that name, the one that goes by a synonym, or a new one.
    pub(super) fn end(&mut self, phrase: &Phrase<'_>) -> ComponentId {
        if phrase.zone.is_none()
            && names::component(&self.session, phrase.name).is_none()
            && let Some(other) = names::synonym(&self.session, self.kinds, phrase.name)
        {
            let id = other.id.clone();
            let (said, name, kind) = (phrase.name, other.name.clone(), other.kind.clone());
            self.warnings.push(format!("`{said}` is taken as {name}, both are {kind}; `{said} @ZONE` makes another"));
            return id;
        }
        self.component(phrase)
    }

    /// The component of that name, in the zone and of the kind that were said; made if it is new.
    pub(super) fn component(&mut self, phrase: &Phrase<'_>) -> ComponentId {
        if let Some(word) = phrase.unknown_kind {
            let near = self.kinds.nearest(word).map_or_else(String::new, |near| format!("; is it `{near}`?"));
            self.warnings.push(match self.kinds.get(word) {
                Some(_) => format!("`{word}` is a network, in which components stand: `zone NAME < PARENT` draws one"),
                None => format!("there is no kind `{word}`{near}"),
            });
        }
        let zone = phrase.zone.map(|zone| self.zone(zone, phrase.exposure));
        if let Some((reach, zone)) = phrase.exposure.zip(zone.as_ref().and_then(|zone| self.session.zones.get(zone)))
            && zone.exposure != reach
        {
            let (name, is, reach) = (&zone.name, zone.exposure.name(), reach.name());
            self.warnings.push(format!("zone {name} is {is}; `zone {name} {reach}` changes that"));
        }
        let before = names::component(&self.session, phrase.name);
        let mut component = before.cloned().unwrap_or_else(|| {
            let id = self.session.fresh_component(phrase.name);
            let rank = Session::next_rank(self.session.components.iter(), |c| c.rank);
            Component { rank, ..Component::new(id, phrase.name) }
        });
        let is_new = before.is_none();
        let guessed = || names::kind(self.kinds, phrase.name).filter(|_| is_new);
        if let Some(kind) = phrase.kind.or_else(guessed) {
            component.kind.clone_from(&kind.id);
            component.element = kind.element;
        } else if is_new && zone.as_ref().and_then(|zone| self.session.zones.get(zone)).is_some_and(names::is_outside) {
            component.element = Element::External;
        }
        // Nobody is to be surprised later by the questions for a process where a person was meant.
        let is_said = phrase.kind.is_some() || self.kinds.get(phrase.name).is_some_and(|k| k.id == component.kind);
        let shape = if component.kind.is_empty() { component.element.name() } else { &component.kind };
        let drawn_as = (is_new && !is_said).then(|| (EntryId::Component(component.id.clone()), shape.to_lowercase()));
        if let (Some(from), Some(to)) = (component.zone.as_ref().filter(|_| !is_new), &zone)
            && from != to
        {
            let [from, to] = [from, to].map(|zone| words::zone(&self.session, zone));
            let moves = format!("moves {} from {from} to {to}", component.name);
            // Other boundaries mean other questions: it comes before everything else that is to be looked at.
            self.warnings.insert(0, moves);
        }
        if zone.is_some() {
            component.zone = zone;
        }
        let id = component.id.clone();
        if is_new {
            if self.try_push(Edit::Add(Entry::Component(Box::new(component)))) {
                self.made.push(EntryId::Component(id.clone()));
                self.drawn_as.extend(drawn_as);
            }
        } else if before != Some(&component) && self.try_push(Edit::Change(Entry::Component(Box::new(component)))) {
            self.changed.push(EntryId::Component(id.clone()));
        }
        id
    }

    /// What a component is drawn as that was made without a word for its kind: ` (process)`.
    pub(super) fn drawn_as(&self, subject: &EntryId) -> String {
        let drawn = self.drawn_as.iter().find(|(drawn, _)| drawn == subject);
        drawn.map_or_else(String::new, |(_, shape)| format!(" ({shape})"))
    }

    /// What the ends of flows are drawn as, said beside them instead of at the end, where a narrow screen cuts it.
    pub(super) fn take_drawn_as(&mut self) -> Vec<(EntryId, String)> {
        std::mem::take(&mut self.drawn_as)
    }

    /// What else came into being or changed besides `subject`, as the end of a sentence.
    pub(super) fn besides(&self, subject: &EntryId) -> String {
        let list = |word: &str, records: &[EntryId]| {
            let others = records.iter().filter(|id| *id != subject);
            let mut others: Vec<String> =
                others.map(|id| format!("{}{}", self.subject(id), self.drawn_as(id))).collect();
            // What nobody said comes first: a narrow screen cuts the end.
            others.sort_by_key(|thing| !thing.ends_with(')'));
            if others.is_empty() { String::new() } else { format!("; {word} {}", others.join(", ")) }
        };
        format!("{}{}", list("new", &self.made), list(self.verb("changes", "changed"), &self.changed))
    }
}
