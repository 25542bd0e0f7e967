//! What the panes need to know about a whole session, kept up to date by what changed.
//!
//! Owns the rows of pane 1, the counts of the title line, where each threat stands and which threats share a matrix cell.
//! `Outline::follow` compares two versions of a session pointer by pointer and recomputes only the places that differ,
//! so that a key press on a session with ten thousand threats costs what the edit costs. Refuses: drawing, judging.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, btree_map, hash_map},
    sync::Arc,
};

use crate::{
    method::{
        cell::Parked,
        coverage::{self, PlaceSummary},
        matrix::Matrix,
    },
    session::{
        AssetId, AssumptionId, Component, ComponentId, FlowId, MitigationId, NoteId, PersonId, Place, Point, Rating,
        Record, Session, Table, Threat, ThreatId, Whereabouts, ZoneId, edit::EntryId,
    },
};

/// A part of pane 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Components by zone.
    Components,
    /// Flows in the meeting's order.
    Flows,
    /// Threats without a place.
    Unfiled,
    /// Open questions and actions, then the answered ones.
    Notes,
    /// Assumptions.
    Assumptions,
    /// Assets.
    Assets,
    /// People.
    People,
}

impl Section {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Components => "Components",
            Self::Flows => "Flows",
            Self::Unfiled => "Unfiled",
            Self::Notes => "Questions and actions",
            Self::Assumptions => "Assumptions",
            Self::Assets => "Assets",
            Self::People => "People",
        }
    }
}

/// One row of pane 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Row {
    /// Heading of a section.
    Heading(Section),
    /// A zone, nested this deep; `None` heads the components without a zone.
    Zone(Option<ZoneId>, u8),
    /// A component, nested this deep.
    Component(ComponentId, u8),
    /// A flow.
    Flow(FlowId),
    /// An unfiled threat.
    Unfiled(ThreatId),
    /// A question, action or quote.
    Note(NoteId),
    /// An assumption.
    Assumption(AssumptionId),
    /// An asset.
    Asset(AssetId),
    /// A person.
    Person(PersonId),
}

impl Row {
    /// The record of the row.
    pub fn entry(&self) -> Option<EntryId> {
        Some(match self {
            Self::Heading(_) | Self::Zone(None, _) => return None,
            Self::Zone(Some(id), _) => EntryId::Zone(id.clone()),
            Self::Component(id, _) => EntryId::Component(id.clone()),
            Self::Flow(id) => EntryId::Flow(*id),
            Self::Unfiled(id) => EntryId::Threat(*id),
            Self::Note(id) => EntryId::Note(*id),
            Self::Assumption(id) => EntryId::Assumption(*id),
            Self::Asset(id) => EntryId::Asset(id.clone()),
            Self::Person(id) => EntryId::Person(id.clone()),
        })
    }
}

/// Where a rating lies on the matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket {
    /// Likelihood, from 1; `None` when unknown or not rated.
    pub likelihood: Option<u8>,
    /// Impact, from 1; `None` when unknown or not rated.
    pub impact: Option<u8>,
}

impl From<Option<Rating>> for Bucket {
    fn from(rating: Option<Rating>) -> Self {
        let rating = rating.unwrap_or_default();
        Self { likelihood: rating.likelihood, impact: rating.impact }
    }
}

type Order = (u32, ThreatId);

/// Everything the panes need to know about a whole session.
///
/// Two outlines of one session are equal however they came about: nothing empty is kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    rows: Arc<Vec<Row>>,
    flows: Arc<Vec<FlowId>>,
    mitigations: Arc<Vec<MitigationId>>,
    places: HashMap<Place, PlaceSummary>,
    total: PlaceSummary,
    reaching: HashMap<ComponentId, PlaceSummary>,
    parked: Parked,
    /// The assumptions that the repository contradicts.
    broken: BTreeSet<AssumptionId>,
    buckets: [BTreeMap<Bucket, BTreeSet<Order>>; 3],
    threats: HashMap<ThreatId, Place>,
    numbers: BTreeMap<u32, u32>,
    links: BTreeMap<MitigationId, BTreeSet<ThreatId>>,
}

impl Outline {
    /// The outline of a session, from nothing.
    pub fn of(session: &Session) -> Self {
        Self::leaning(session, BTreeSet::new())
    }

    /// The same where the repository contradicts these assumptions.
    fn leaning(session: &Session, broken: BTreeSet<AssumptionId>) -> Self {
        let parked = Parked::of(session).with_broken(&broken);
        let mut outline = Self { parked, broken, ..Self::default() };
        let matrix = Matrix::of(session);
        for place in session.places() {
            outline.add(session, &place, matrix);
        }
        outline.rows = Arc::new(rows(session));
        outline.flows = Arc::new(ordered_flows(session));
        outline.mitigations = Arc::new(ordered_mitigations(session));
        outline
    }

    /// Brings the outline from one version of a session to the next.
    pub fn follow(&mut self, old: &Session, new: &Session) {
        let same_frame = old.zones.same(&new.zones) && old.assets.same(&new.assets) && old.matrix == new.matrix;
        let mut changed = Changed::default();
        let components = !old.components.same(&new.components);
        if components {
            changed.compare(&old.components, &new.components, same_component, |id| Place::Component(id.clone()));
        }
        if !same_frame {
            // What cells rest on may have changed anywhere; this is rare and linear.
            *self = Self::leaning(new, std::mem::take(&mut self.broken));
            return;
        }
        let reindexed = !old.notes.same(&new.notes) || !old.assumptions.same(&new.assumptions);
        let parked = reindexed.then(|| Parked::of(new).with_broken(&self.broken));
        if parked.as_ref().is_some_and(|parked| parked.fallen() != self.parked.fallen()) {
            // What leaned on an assumption may be anywhere; this is rare and linear.
            *self = Self::leaning(new, std::mem::take(&mut self.broken));
            return;
        }
        if changed.structure {
            // What the cells of a flow rest on are its ends.
            let moved = |id: &ComponentId| changed.places.contains(&Place::Component(id.clone()));
            let flows = [old, new].into_iter().flat_map(|session| session.flows.iter());
            let touched = flows.filter(|flow| moved(&flow.from) || moved(&flow.to)).map(|flow| Place::Flow(flow.id));
            let touched: Vec<Place> = touched.collect();
            changed.places.extend(touched);
        }
        if !old.flows.same(&new.flows) {
            changed.compare(&old.flows, &new.flows, |a, b| a.rank == b.rank, |id| Place::Flow(*id));
        }
        if !old.unfiled.same(&new.unfiled) {
            changed.places.insert(Place::Unfiled);
            changed.lists = true;
        }
        if !old.notes.same(&new.notes) {
            let differ = old.notes.differences(&new.notes).flat_map(|(a, b)| [a, b]).flatten();
            changed.places.extend(differ.filter_map(|note| note.place.clone()));
            changed.lists = true;
        }
        // Everything old goes before anything new comes: a threat that moved is in two of these places.
        for place in &changed.places {
            self.remove(old, place);
        }
        if let Some(parked) = parked {
            self.parked = parked;
        }
        let matrix = Matrix::of(new);
        for place in changed.places.iter().filter(|place| new.threats_at(place).is_some()) {
            self.add(new, place, matrix);
        }
        if changed.structure {
            self.flows = Arc::new(ordered_flows(new));
        }
        if !old.mitigations.same(&new.mitigations) && !old.mitigations.keys().eq(new.mitigations.keys()) {
            self.mitigations = Arc::new(ordered_mitigations(new));
        }
        let lists = !old.assumptions.same(&new.assumptions) || !old.people.same(&new.people);
        if changed.structure || changed.lists || lists {
            self.rows = Arc::new(rows(new));
        }
    }

    /// Takes in which assumptions the repository contradicts.
    pub fn lean(&mut self, session: &Session, broken: &BTreeSet<AssumptionId>) {
        if self.broken != *broken {
            *self = Self::leaning(session, broken.clone());
        }
    }

    fn add(&mut self, session: &Session, place: &Place, matrix: &Matrix) {
        let summary = coverage::summary(session, place, matrix, &self.parked);
        self.total += summary;
        // Sums of nothing are not kept, so that the outline is the same however it came about.
        if let Some(component) = reached(session, place).filter(|_| summary != PlaceSummary::default()) {
            *self.reaching.entry(component.clone()).or_default() += summary;
        }
        self.places.insert(place.clone(), summary);
        for threat in session.threats_at(place).into_iter().flat_map(Table::iter) {
            self.threats.insert(threat.id, place.clone());
            *self.numbers.entry(threat.id.number()).or_default() += 1;
            for mitigation in &threat.mitigations {
                self.links.entry(*mitigation).or_default().insert(threat.id);
            }
            if threat.is_live() {
                for point in Point::ALL {
                    let bucket = Bucket::from(threat.rating(point));
                    self.buckets[point as usize].entry(bucket).or_default().insert(threat.order());
                }
            }
        }
    }

    fn remove(&mut self, session: &Session, place: &Place) {
        if let Some(summary) = self.places.remove(place) {
            self.total -= summary;
            if let Some(component) = reached(session, place)
                && let hash_map::Entry::Occupied(mut sum) = self.reaching.entry(component.clone())
            {
                *sum.get_mut() -= summary;
                if *sum.get() == PlaceSummary::default() {
                    sum.remove();
                }
            }
        }
        for threat in session.threats_at(place).into_iter().flat_map(Table::iter) {
            self.threats.remove(&threat.id);
            if let btree_map::Entry::Occupied(mut count) = self.numbers.entry(threat.id.number()) {
                *count.get_mut() -= 1;
                if *count.get() == 0 {
                    count.remove();
                }
            }
            for mitigation in &threat.mitigations {
                take(&mut self.links, *mitigation, &threat.id);
            }
            if threat.is_live() {
                for point in Point::ALL {
                    let bucket = Bucket::from(threat.rating(point));
                    take(&mut self.buckets[point as usize], bucket, &threat.order());
                }
            }
        }
    }

    /// The rows of pane 1 without a filter.
    pub fn rows(&self) -> &Arc<Vec<Row>> {
        &self.rows
    }

    /// The flows in the meeting's order.
    pub fn flows(&self) -> &[FlowId] {
        &self.flows
    }

    /// The mitigations in the order they were named.
    pub fn mitigations(&self) -> &[MitigationId] {
        &self.mitigations
    }

    /// The counts of the whole session.
    pub fn total(&self) -> &PlaceSummary {
        &self.total
    }

    /// The counts of one place.
    pub fn place(&self, place: &Place) -> PlaceSummary {
        self.places.get(place).copied().unwrap_or_default()
    }

    /// The counts of a component: what stands on it and on the flows that reach it.
    pub fn reaching(&self, component: &ComponentId) -> PlaceSummary {
        self.reaching.get(component).copied().unwrap_or_default()
    }

    /// Which cells are parked.
    pub fn parked(&self) -> &Parked {
        &self.parked
    }

    /// Where a threat stands.
    pub fn place_of(&self, threat: ThreatId) -> Option<&Place> {
        self.threats.get(&threat)
    }

    /// The same for [`Session::apply_knowing`].
    pub fn whereabouts(&self, threat: ThreatId) -> Whereabouts {
        self.place_of(threat).map_or(Whereabouts::Nowhere, |place| Whereabouts::At(place.clone()))
    }

    /// The number of the next threat: the highest there is plus one.
    pub fn next_threat(&self) -> u32 {
        self.numbers.last_key_value().map_or(0, |(number, _)| *number).saturating_add(1)
    }

    /// A threat with its place, without looking through the session.
    pub fn threat<'a>(&self, session: &'a Session, id: ThreatId) -> Option<(&Place, &'a Threat)> {
        let place = self.threats.get(&id)?;
        Some((place, session.threats_at(place)?.get(&id)?))
    }

    /// The live threats of a matrix cell at a point, in the meeting's order.
    pub fn bucket(&self, point: Point, bucket: Bucket) -> impl ExactSizeIterator<Item = ThreatId> + '_ {
        static EMPTY: BTreeSet<Order> = BTreeSet::new();
        self.buckets[point as usize].get(&bucket).unwrap_or(&EMPTY).iter().map(|(_, id)| *id)
    }

    /// The buckets of a point that hold at least one threat.
    pub fn buckets(&self, point: Point) -> impl Iterator<Item = (Bucket, usize)> + '_ {
        self.buckets[point as usize].iter().map(|(bucket, threats)| (*bucket, threats.len()))
    }

    /// The threats a mitigation is linked to.
    pub fn linked(&self, mitigation: MitigationId) -> impl ExactSizeIterator<Item = ThreatId> + '_ {
        static EMPTY: BTreeSet<ThreatId> = BTreeSet::new();
        self.links.get(&mitigation).unwrap_or(&EMPTY).iter().copied()
    }

    /// What the screen calls a threat: `T31`, or the whole id while two threats share the number.
    pub fn name(&self, id: ThreatId) -> String {
        if self.numbers.get(&id.number()).copied().unwrap_or(0) > 1 { id.to_string() } else { id.short() }
    }
}

/// Takes a value out of the set under a key, and the set with it once nothing is left.
fn take<K: Ord, V: Ord>(sets: &mut BTreeMap<K, BTreeSet<V>>, key: K, value: &V) {
    if let btree_map::Entry::Occupied(mut set) = sets.entry(key) {
        set.get_mut().remove(value);
        if set.get().is_empty() {
            set.remove();
        }
    }
}

/// What differs between two versions of a session.
#[derive(Default)]
struct Changed {
    places: BTreeSet<Place>,
    structure: bool,
    lists: bool,
}

impl Changed {
    /// Looks at the records that differ between two versions of a table.
    fn compare<T: Record>(
        &mut self,
        old: &Table<T>,
        new: &Table<T>,
        same_frame: impl Fn(&T, &T) -> bool,
        place: impl Fn(&T::Id) -> Place,
    ) {
        for (before, after) in old.differences(new) {
            self.structure |= !before.zip(after).is_some_and(|(a, b)| same_frame(a, b));
            self.places.extend(before.or(after).map(|record| place(record.id())));
        }
    }
}

/// Whether only the answers and threats of a component changed.
fn same_component(a: &Component, b: &Component) -> bool {
    (a.rank, &a.name, &a.kind, a.element, &a.zone) == (b.rank, &b.name, &b.kind, b.element, &b.zone)
        && (&a.entry_points, &a.assets, &a.owner, &a.model) == (&b.entry_points, &b.assets, &b.owner, &b.model)
}

/// The component a place counts for: itself, or the target of a flow.
fn reached<'a>(session: &'a Session, place: &'a Place) -> Option<&'a ComponentId> {
    match place {
        Place::Flow(id) => session.flows.get(id).map(|flow| &flow.to),
        Place::Component(id) => Some(id),
        Place::Unfiled => None,
    }
}

fn ordered_flows(session: &Session) -> Vec<FlowId> {
    let mut flows: Vec<_> = session.flows.iter().map(|f| (f.rank, f.id.number(), f.id)).collect();
    flows.sort_unstable();
    flows.into_iter().map(|(_, _, id)| id).collect()
}

fn ordered_mitigations(session: &Session) -> Vec<MitigationId> {
    let mut mitigations: Vec<_> = session.mitigations.keys().map(|id| (id.number(), *id)).collect();
    mitigations.sort_unstable();
    mitigations.into_iter().map(|(_, id)| id).collect()
}

fn rows(session: &Session) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut section = |section: Section, mut content: Vec<Row>| {
        if !content.is_empty() {
            rows.push(Row::Heading(section));
            rows.append(&mut content);
        }
    };
    section(Section::Components, component_rows(session));
    section(Section::Flows, ordered_flows(session).into_iter().map(Row::Flow).collect());
    let mut unfiled: Vec<_> = session.unfiled.iter().map(Threat::order).collect();
    unfiled.sort_unstable();
    section(Section::Unfiled, unfiled.into_iter().map(|(_, id)| Row::Unfiled(id)).collect());
    let mut notes: Vec<_> = session.notes.iter().map(|n| (!n.is_open(), n.kind, n.id.number(), n.id)).collect();
    notes.sort_unstable();
    section(Section::Notes, notes.into_iter().map(|(_, _, _, id)| Row::Note(id)).collect());
    let mut assumptions: Vec<_> = session.assumptions.keys().map(|id| (id.number(), *id)).collect();
    assumptions.sort_unstable();
    section(Section::Assumptions, assumptions.into_iter().map(|(_, id)| Row::Assumption(id)).collect());
    let mut assets: Vec<_> = session.assets.iter().map(|a| (a.rank, a.id.clone())).collect();
    assets.sort_unstable();
    section(Section::Assets, assets.into_iter().map(|(_, id)| Row::Asset(id)).collect());
    section(Section::People, session.people.keys().map(|id| Row::Person(id.clone())).collect());
    rows
}

/// Zones as a tree in the meeting's order, each followed by its components; what has no place in the tree comes last.
fn component_rows(session: &Session) -> Vec<Row> {
    let mut children: BTreeMap<Option<&ZoneId>, Vec<(u32, &ZoneId)>> = BTreeMap::new();
    for zone in session.zones.iter() {
        let parent = zone.parent.as_ref().filter(|p| session.zones.contains(*p) && **p != zone.id);
        children.entry(parent).or_default().push((zone.rank, &zone.id));
    }
    let mut members: BTreeMap<Option<&ZoneId>, Vec<(u32, &ComponentId)>> = BTreeMap::new();
    for component in session.components.iter() {
        let zone = component.zone.as_ref().filter(|z| session.zones.contains(*z));
        members.entry(zone).or_default().push((component.rank, &component.id));
    }
    for list in children.values_mut() {
        list.sort_unstable();
    }
    for list in members.values_mut() {
        list.sort_unstable();
    }

    let mut rows = Vec::new();
    let mut seen: BTreeSet<&ZoneId> = BTreeSet::new();
    let mut stack: Vec<(&ZoneId, u8)> = Vec::new();
    let roots = children.get(&None).into_iter().flatten().map(|(_, id)| *id);
    // Zones in a cycle hang on no root; they are shown at the top so that they can be mended.
    let strays = session.zones.keys();
    for root in roots.chain(strays) {
        stack.push((root, 0));
        while let Some((zone, depth)) = stack.pop() {
            if !seen.insert(zone) {
                continue;
            }
            rows.push(Row::Zone(Some(zone.clone()), depth));
            let inside = members.get(&Some(zone)).into_iter().flatten();
            rows.extend(inside.map(|(_, id)| Row::Component((*id).clone(), depth + 1)));
            let inner = children.get(&Some(zone)).into_iter().flatten().rev();
            stack.extend(inner.map(|(_, id)| (*id, depth.saturating_add(1).min(8))));
        }
    }
    if let Some(homeless) = members.get(&None) {
        if !session.zones.is_empty() {
            rows.push(Row::Zone(None, 0));
        }
        rows.extend(homeless.iter().map(|(_, id)| Row::Component((*id).clone(), 1)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Answer, Cell, Edit, Flow, Letter, Note, NoteKind, Zone, edit::Entry};

    /// Everything that can be asked, in words.
    fn said(outline: &Outline, session: &Session) -> Vec<String> {
        let places = session.places().map(|place| format!("{place:?} {:?}", outline.place(&place)));
        let reaching = session.components.keys().map(|id| format!("{id} {:?}", outline.reaching(id)));
        let threats = session.threats().map(|(_, t)| format!("{:?} {}", outline.place_of(t.id), outline.name(t.id)));
        let buckets = Point::ALL.into_iter().map(|point| format!("{:?}", outline.buckets(point).collect::<Vec<_>>()));
        let linked = session.mitigations.keys().map(|id| format!("{:?}", outline.linked(*id).collect::<Vec<_>>()));
        let lists = format!("{:?} {:?} {:?}", outline.rows(), outline.flows(), outline.mitigations());
        let total = format!("{:?} {:?}", outline.total(), outline.parked());
        places.chain(reaching).chain(threats).chain(buckets).chain(linked).chain([lists, total]).collect()
    }

    #[test]
    fn following_an_edit_gives_what_looking_at_everything_gives() {
        let id = |name: &str| name.parse::<ComponentId>().unwrap();
        let flow = |id_: &str, from: &str, to: &str| {
            Edit::Add(Entry::Flow(Box::new(Flow::new(id_.parse().unwrap(), id(from), id(to)))))
        };
        let add = |name: &str| Edit::Add(Entry::Component(Box::new(Component::new(id(name), name))));
        let zone = Zone {
            id: "edge".parse().unwrap(),
            rank: 1,
            name: "Edge".into(),
            parent: None,
            exposure: crate::session::Exposure::default(),
            note: crate::session::Text::default(),
        };
        let mut moved = Component::new(id("api"), "api");
        moved.zone = Some("edge".parse().unwrap());
        moved.element = crate::session::Element::Store;
        let place = Place::Flow("F1-aaa".parse().unwrap());
        let threat = |id: &str, letter| Box::new(Threat::new(id.parse().unwrap(), letter, "said"));
        let first: ThreatId = "T1-aaa".parse().unwrap();
        let mut note = Note::new("N1-aaa".parse().unwrap(), NoteKind::Question, "why?");
        (note.place, note.letter) = (Some(place.clone()), Some(Letter::D));
        let mut based = Cell::new(Letter::S, Answer::Clear);
        based.basis = Some(crate::session::Basis(*b"00000000"));
        let rating = Some(Rating { likelihood: Some(2), impact: Some(5) });
        let edits = [
            add("api"),
            add("db"),
            add("web"),
            flow("F1-aaa", "web", "api"),
            flow("F2-aab", "api", "db"),
            Edit::Decide { place: place.clone(), cell: based },
            Edit::AddThreat { place: place.clone(), threat: threat("T1-aaa", Letter::T) },
            Edit::AddThreat { place: Place::Component(id("db")), threat: threat("T1-aab", Letter::E) },
            Edit::AddThreat { place: Place::Unfiled, threat: threat("T3-aac", Letter::I) },
            Edit::SetRating { threat: first, point: Point::Current, rating },
            Edit::Add(Entry::Note(note)),
            Edit::Add(Entry::Zone(zone)),
            Edit::Change(Entry::Component(Box::new(moved))),
            Edit::MoveThreat { threat: first, place: Place::Component(id("api")), letter: Letter::R },
            Edit::Swap(EntryId::Flow("F1-aaa".parse().unwrap()), EntryId::Flow("F2-aab".parse().unwrap())),
            Edit::Withdraw { threat: first, reason: Some("wrong".into()) },
            Edit::Remove(EntryId::Component(id("web"))),
            Edit::Remove(EntryId::Zone("edge".parse().unwrap())),
        ];
        let mut session = Session::new("x");
        let mut outline = Outline::of(&session);
        for edit in edits {
            let next = session.apply_knowing(&edit, &|id| outline.whereabouts(id)).unwrap();
            outline.follow(&session, &next);
            assert_eq!(said(&outline, &next), said(&Outline::of(&next), &next), "after {edit:?}");
            outline.follow(&next, &session);
            assert_eq!(said(&outline, &session), said(&Outline::of(&session), &session), "back from {edit:?}");
            outline.follow(&session, &next);
            session = next;
        }
    }
}
