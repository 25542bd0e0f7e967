//! Edits that nobody would plan: every kind of edit, mostly sensible for the session at hand, sometimes not.
//!
//! A [`Wish`] is made without knowing the session; [`Wish::edit`] turns it into an edit of the session as it is by then.
//! New records come from another session, the donor, with their references bent to what exists here, or not.

use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};
use strideboard::{
    method::basis::basis,
    session::{
        Answer, Asset, AssetId, Assumption, AssumptionState, Basis, Cell, Class, Component, Edit, EntryId, Exposure,
        Flow, Letter, Mitigation, MitigationId, Note, NoteKind, Person, PersonId, Place, Point, Rating, Record,
        Session, Sitting, Table, Text, Threat, ThreatId, Zone, ZoneId, edit::Entry,
    },
};

use crate::arbitrary;

/// Lists the variants of an enum in a constant, so that none can be forgotten.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}

listed!(
    /// Which kind of edit.
    Verb {
        ChangeHeader,
        Add,
        Change,
        Remove,
        Swap,
        Decide,
        Reopen,
        AddThreat,
        ChangeThreat,
        SetRating,
        MoveThreat,
        Withdraw,
        Link,
        Unlink,
        Settle,
        Batch,
    }
);

listed!(
    /// Which kind of record.
    Kind { Person, Zone, Asset, Component, Flow, Threat, Mitigation, Assumption, Note, Sitting }
);

/// The kind of an edit. A new kind does not compile until it is wished for, too.
pub(crate) fn verb(edit: &Edit) -> Verb {
    match edit {
        Edit::ChangeHeader(_) => Verb::ChangeHeader,
        Edit::Add(_) => Verb::Add,
        Edit::Change(_) => Verb::Change,
        Edit::Remove(_) => Verb::Remove,
        Edit::Swap(..) => Verb::Swap,
        Edit::Decide { .. } => Verb::Decide,
        Edit::Reopen { .. } => Verb::Reopen,
        Edit::AddThreat { .. } => Verb::AddThreat,
        Edit::ChangeThreat(_) => Verb::ChangeThreat,
        Edit::SetRating { .. } => Verb::SetRating,
        Edit::MoveThreat { .. } => Verb::MoveThreat,
        Edit::Withdraw { .. } => Verb::Withdraw,
        Edit::Link { .. } => Verb::Link,
        Edit::Unlink { .. } => Verb::Unlink,
        Edit::Settle(_) => Verb::Settle,
        Edit::Batch { .. } => Verb::Batch,
    }
}

/// The kind of a record; exhaustive for the same reason as [`verb`].
pub(crate) fn kind(id: &EntryId) -> Kind {
    match id {
        EntryId::Person(_) => Kind::Person,
        EntryId::Zone(_) => Kind::Zone,
        EntryId::Asset(_) => Kind::Asset,
        EntryId::Component(_) => Kind::Component,
        EntryId::Flow(_) => Kind::Flow,
        EntryId::Threat(_) => Kind::Threat,
        EntryId::Mitigation(_) => Kind::Mitigation,
        EntryId::Assumption(_) => Kind::Assumption,
        EntryId::Note(_) => Kind::Note,
        EntryId::Sitting(_) => Kind::Sitting,
    }
}

/// What an edit is made of, before it is known what there is to edit.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    verb: Verb,
    kind: Kind,
    picks: [Index; 4],
    /// Names something that does not exist, or brings references that may lead nowhere.
    astray: bool,
    letter: Letter,
    point: Point,
    rating: Option<Rating>,
    answer: Answer,
    basis: Option<Basis>,
    words: String,
    text: Text,
    inner: Vec<Wish>,
}

/// A rating that a matrix knows, so that it matters which matrix it is.
fn on_the_scale() -> impl Strategy<Value = Option<Rating>> {
    let step = || option::of(1_u8..=5);
    option::of((step(), step())).prop_map(|rating| rating.map(|(likelihood, impact)| Rating { likelihood, impact }))
}

fn simple() -> impl Strategy<Value = Wish> {
    let verbs: Vec<Verb> = Verb::ALL.iter().copied().filter(|verb| *verb != Verb::Batch).collect();
    // What cells rest on is where much can go wrong.
    let kinds = prop_oneof![1 => select(Kind::ALL), 1 => select(&[Kind::Component, Kind::Flow][..])];
    let verbs = prop_oneof![3 => select(verbs), 1 => select(&[Verb::Change, Verb::Decide][..])];
    let what = (verbs, kinds, any::<[Index; 4]>(), prop::bool::weighted(0.15));
    let how = (
        arbitrary::letter(),
        select(&Point::ALL[..]),
        prop_oneof![3 => on_the_scale(), 1 => arbitrary::rating()],
        select(vec![Answer::Clear, Answer::NotApplicable, Answer::Inherited]),
        arbitrary::basis(),
        prop_oneof![4 => arbitrary::words(), 1 => arbitrary::hostile()],
        arbitrary::text(),
    );
    (what, how).prop_map(|((verb, kind, picks, astray), (letter, point, rating, answer, basis, words, text))| Wish {
        verb,
        kind,
        picks,
        astray,
        letter,
        point,
        rating,
        answer,
        basis,
        words,
        text,
        inner: Vec::new(),
    })
}

/// Any wish; one in ten is for several changes in one step.
pub(crate) fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        9 => simple(),
        1 => (simple(), vec(simple(), 0..5)).prop_map(|(wish, inner)| Wish { verb: Verb::Batch, inner, ..wish }),
    ]
}

/// An id nobody has.
fn nobody<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} is an id"))
}

impl Wish {
    /// The wish as an edit of a session.
    pub(crate) fn edit(&self, session: &Session, donor: &Session) -> Edit {
        match self.verb {
            Verb::ChangeHeader => self.header(session, donor),
            Verb::Add => Edit::Add(self.entry(donor, session)),
            // What is here already, changed to what the donor says or touched up.
            Verb::Change => Edit::Change(self.changed(session, donor)),
            Verb::Remove => Edit::Remove(self.id(session, self.kind, 0)),
            Verb::Swap => {
                let other = if self.astray { Kind::ALL[self.picks[2].index(Kind::ALL.len())] } else { self.kind };
                Edit::Swap(self.id(session, self.kind, 0), self.id(session, other, 1))
            }
            Verb::Decide => {
                let place = self.place(session);
                let cell = Cell {
                    reason: self.words.clone(),
                    by: self.text.to_string(),
                    basis: self.rests_on(session, &place),
                    ..Cell::new(self.letter, self.answer)
                };
                Edit::Decide { place, cell }
            }
            Verb::Reopen => Edit::Reopen { place: self.place(session), letter: self.letter },
            Verb::AddThreat => {
                let place = self.place(session);
                let basis = self.rests_on(session, &place);
                let threat = Box::new(Threat { basis, ..self.threat(donor, session) });
                Edit::AddThreat { place, threat }
            }
            Verb::ChangeThreat => {
                let id = self.threat_id(session);
                Edit::ChangeThreat(Box::new(Threat { id, ..self.threat(donor, session) }))
            }
            Verb::SetRating => {
                Edit::SetRating { threat: self.threat_id(session), point: self.point, rating: self.rating }
            }
            Verb::MoveThreat => {
                let (threat, place) = (self.threat_id(session), self.place(session));
                Edit::MoveThreat { threat, place, letter: self.letter }
            }
            Verb::Withdraw => {
                let reason = self.rating.map(|_| self.words.clone());
                Edit::Withdraw { threat: self.threat_id(session), reason }
            }
            Verb::Link => Edit::Link { threat: self.threat_id(session), mitigation: self.mitigation_id(session) },
            Verb::Unlink => Edit::Unlink { threat: self.threat_id(session), mitigation: self.mitigation_id(session) },
            Verb::Settle => Edit::Settle(self.one(session.conflicts.keys().cloned(), 0, "session/title")),
            Verb::Batch => {
                let (mut edits, mut now) = (Vec::new(), session.clone());
                for wish in &self.inner {
                    let edit = wish.edit(&now, donor);
                    match now.apply(&edit) {
                        Ok(next) => now = next,
                        Err(_) if !self.astray => continue,
                        Err(_) => (),
                    }
                    edits.push(edit);
                }
                Edit::Batch { label: self.words.clone(), edits }
            }
        }
    }

    /// One of these, or the stranger when there is none or the wish goes astray.
    fn one<T>(&self, of: impl Iterator<Item = T>, pick: usize, stranger: &str) -> T
    where
        T: Clone + std::str::FromStr,
    {
        let list: Vec<T> = of.collect();
        if list.is_empty() || self.astray { nobody(stranger) } else { self.picks[pick].get(&list).clone() }
    }

    fn place(&self, session: &Session) -> Place {
        let places: Vec<Place> = session.places().collect();
        match (self.astray, self.point) {
            (true, Point::Inherent) => Place::Flow(nobody("F9999-zzz")),
            (true, Point::Current) => Place::Component(nobody("nowhere")),
            _ => self.picks[1].get(&places).clone(),
        }
    }

    /// What an answer at a place would rest on now, so that later edits can make it stale.
    fn rests_on(&self, session: &Session, place: &Place) -> Option<Basis> {
        self.basis.and_then(|random| basis(session, place).or(Some(random)))
    }

    fn threat_id(&self, session: &Session) -> ThreatId {
        self.one(session.threats().map(|(_, threat)| threat.id), 0, "T9999-zzz")
    }

    fn mitigation_id(&self, session: &Session) -> MitigationId {
        // Astray is for one of the two at a time.
        let list: Vec<_> = session.mitigations.keys().copied().collect();
        if list.is_empty() { nobody("M9999-zzz") } else { *self.picks[2].get(&list) }
    }

    fn id(&self, session: &Session, kind: Kind, pick: usize) -> EntryId {
        match kind {
            Kind::Person => EntryId::Person(self.one(session.people.keys().cloned(), pick, "nobody")),
            Kind::Zone => EntryId::Zone(self.one(session.zones.keys().cloned(), pick, "nowhere")),
            Kind::Asset => EntryId::Asset(self.one(session.assets.keys().cloned(), pick, "nothing")),
            Kind::Component => EntryId::Component(self.one(session.components.keys().cloned(), pick, "nowhere")),
            Kind::Flow => EntryId::Flow(self.one(session.flows.keys().copied(), pick, "F9999-zzz")),
            Kind::Threat => {
                EntryId::Threat(self.one(session.threats().map(|(_, threat)| threat.id), pick, "T9999-zzz"))
            }
            Kind::Mitigation => EntryId::Mitigation(self.one(session.mitigations.keys().copied(), pick, "M9999-zzz")),
            Kind::Assumption => EntryId::Assumption(self.one(session.assumptions.keys().copied(), pick, "A9999-zzz")),
            Kind::Note => EntryId::Note(self.one(session.notes.keys().copied(), pick, "N9999-zzz")),
            Kind::Sitting => EntryId::Sitting(self.one(session.sittings.keys().copied(), pick, "W9999-zzz")),
        }
    }

    fn header(&self, session: &Session, donor: &Session) -> Edit {
        let mut header = donor.header();
        header.title.clone_from(&self.words);
        // Another matrix judges every threat anew.
        let matrices = ["", "owasp", "no such matrix", session.matrix.as_str()];
        (*self.picks[0].get(&matrices)).clone_into(&mut header.matrix);
        Edit::ChangeHeader(Box::new(header))
    }

    /// One of the donor's records, or the stranger when it has none.
    fn lent<T: Record>(&self, of: &Table<T>, stranger: impl FnOnce() -> T) -> T {
        let list: Vec<&T> = of.iter().collect();
        if list.is_empty() { stranger() } else { (*self.picks[3].get(&list)).clone() }
    }

    fn assets(&self, mut assets: Vec<AssetId>, session: &Session) -> Vec<AssetId> {
        if !self.astray {
            assets.retain(|id| session.assets.contains(id));
        }
        assets
    }

    fn zone(&self, session: &Session) -> Option<ZoneId> {
        let zones: Vec<_> = session.zones.keys().cloned().collect();
        match (self.astray, zones.is_empty()) {
            (true, _) => Some(nobody("nowhere")),
            (false, true) => None,
            (false, false) => self.rating.map(|_| self.picks[1].get(&zones).clone()),
        }
    }

    fn maybe_place(&self, session: &Session) -> Option<Place> {
        self.basis.map(|_| self.place(session))
    }

    fn threat(&self, donor: &Session, session: &Session) -> Threat {
        let lent: Vec<&Threat> = donor.threats().map(|(_, threat)| threat).collect();
        let threat = if lent.is_empty() {
            Threat::new(nobody("T77-abc"), self.letter, self.words.clone())
        } else {
            (*self.picks[3].get(&lent)).clone()
        };
        self.bent(threat, session)
    }

    fn bent(&self, mut threat: Threat, session: &Session) -> Threat {
        threat.current = self.rating.or(threat.current);
        threat.assets = self.assets(threat.assets, session);
        if !self.astray {
            threat.mitigations.retain(|id| session.mitigations.contains(id));
            if !session.mitigations.is_empty() && self.rating.is_some() {
                threat.mitigations.push(self.mitigation_id(session));
            }
        }
        threat
    }

    fn contents(&self, threats: &Table<Threat>, session: &Session) -> Table<Threat> {
        threats.iter().map(|threat| self.bent(threat.clone(), session)).collect()
    }

    /// A record of the donor's that refers to what exists here.
    fn entry(&self, donor: &Session, session: &Session) -> Entry {
        let words = || self.words.clone();
        let ends = || {
            let end = |pick| self.one(session.components.keys().cloned(), pick, "nowhere");
            (end(0), end(1))
        };
        match self.kind {
            Kind::Person => {
                let stranger = || Person { id: nobody("zoe"), name: words(), roles: Vec::new() };
                Entry::Person(self.lent(&donor.people, stranger))
            }
            Kind::Zone => {
                let mut zone = self.lent(&donor.zones, || Zone {
                    id: nobody("moat"),
                    rank: 0,
                    name: words(),
                    parent: None,
                    exposure: Exposure::default(),
                    note: self.text.clone(),
                });
                zone.parent = self.zone(session);
                Entry::Zone(zone)
            }
            Kind::Asset => Entry::Asset(self.lent(&donor.assets, || Asset {
                id: nobody("crown"),
                rank: 0,
                name: words(),
                class: Class::default(),
                note: self.text.clone(),
            })),
            Kind::Component => {
                let mut component = self.lent(&donor.components, || Component::new(nobody("tower"), words()));
                component.zone = self.zone(session);
                component.assets = self.assets(component.assets, session);
                component.threats = self.contents(&component.threats, session);
                Entry::Component(Box::new(component))
            }
            // A threat is no entry; another flow is worth more.
            Kind::Flow | Kind::Threat => {
                let (from, to) = ends();
                let mut flow = self.lent(&donor.flows, || Flow::new(nobody("F77-abc"), from, to));
                (flow.from, flow.to) = ends();
                flow.assets = self.assets(flow.assets, session);
                flow.threats = self.contents(&flow.threats, session);
                Entry::Flow(Box::new(flow))
            }
            Kind::Mitigation => {
                let stranger = || Mitigation::new(nobody("M77-abc"), words());
                Entry::Mitigation(Box::new(self.lent(&donor.mitigations, stranger)))
            }
            Kind::Assumption => {
                let mut assumption = self.lent(&donor.assumptions, || Assumption {
                    id: nobody("A77-abc"),
                    text: words(),
                    place: None,
                    state: AssumptionState::default(),
                    by: String::new(),
                    tripwires: Vec::new(),
                    note: self.text.clone(),
                });
                assumption.place = self.maybe_place(session);
                Entry::Assumption(assumption)
            }
            Kind::Note => {
                let mut note = self.lent(&donor.notes, || Note::new(nobody("N77-abc"), NoteKind::Question, words()));
                note.place = self.maybe_place(session);
                note.letter = Some(self.letter);
                if self.rating.is_some() {
                    note.kind = NoteKind::Question;
                    note.answer = Text::default();
                }
                Entry::Note(note)
            }
            Kind::Sitting => {
                let mut sitting = self.lent(&donor.sittings, || Sitting {
                    minutes: 45,
                    summary: self.text.clone(),
                    ..Sitting::new(nobody("W77-abc"), jiff::civil::date(2026, 1, 2))
                });
                let present: PersonId = self.one(session.people.keys().cloned(), 0, "nobody");
                sitting.present.retain(|id| session.people.contains(id));
                if self.astray || !session.people.is_empty() {
                    sitting.present.push(present);
                }
                Entry::Sitting(sitting)
            }
        }
    }

    /// Keeps one field of the new record, or all of them.
    fn change_component(&self, new: &mut Component, before: &Component) {
        let new_one = std::mem::replace(new, before.clone());
        match self.picks[2].index(10) {
            0 => new.rank = new_one.rank,
            1 => new.name = new_one.name,
            2 => new.kind = new_one.kind,
            3 => new.element = new_one.element,
            4 => new.zone = new_one.zone,
            5 => new.owner = new_one.owner,
            6 => new.entry_points = new_one.entry_points,
            7 => new.assets = new_one.assets,
            8 => new.deviations = new_one.deviations,
            _ => *new = new_one,
        }
    }

    /// The same for a flow.
    fn change_flow(&self, new: &mut Flow, before: &Flow) {
        let new_one = std::mem::replace(new, before.clone());
        match self.picks[2].index(6) {
            0 => new.rank = new_one.rank,
            1 => new.to = new_one.to,
            2 => new.label = new_one.label,
            3 => new.protocol = new_one.protocol,
            4 => new.assets = new_one.assets,
            _ => *new = new_one,
        }
    }

    /// A record of the session's own, as the donor's record of that kind has it.
    fn changed(&self, session: &Session, donor: &Session) -> Entry {
        let mut entry = self.entry(donor, session);
        match (&mut entry, self.id(session, self.kind, 0)) {
            (Entry::Person(record), EntryId::Person(id)) => record.id = id,
            (Entry::Zone(record), EntryId::Zone(id)) => record.id = id,
            (Entry::Asset(record), EntryId::Asset(id)) => record.id = id,
            (Entry::Component(record), EntryId::Component(id)) => {
                if let Some(before) = session.components.get(&id) {
                    self.change_component(record, before);
                }
                record.id = id;
            }
            (Entry::Flow(record), EntryId::Flow(id)) => {
                if let Some(before) = session.flows.get(&id) {
                    self.change_flow(record, before);
                }
                record.id = id;
            }
            (Entry::Mitigation(record), EntryId::Mitigation(id)) => record.id = id,
            (Entry::Assumption(record), EntryId::Assumption(id)) => record.id = id,
            (Entry::Note(record), EntryId::Note(id)) => record.id = id,
            (Entry::Sitting(record), EntryId::Sitting(id)) => record.id = id,
            // Wished for a threat, which is no entry.
            _ => (),
        }
        entry
    }
}
