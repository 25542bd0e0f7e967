//! Reuse: what the session that models a component has decided, and what of it holds here.
//!
//! Owns what is taken from such a session: a letter is settled there when every core cell of it is decided, and its
//! mitigations can be linked. Owns the fingerprint by which a session that moved since is noticed, and the words for one
//! that cannot be used. Refuses: reading files ([`Found`] is handed in) and taking anything by itself: [`take`] makes the
//! edit that a person asked for.
//!
//! A fingerprint is 64-bit FNV-1a over what was decided, folded to 40 bits and written like a
//! [`Basis`]. It is stored in files, so its fields and their order are fixed for good. Names,
//! notes and people do not count: renaming changes nothing that somebody relies on.

use std::collections::BTreeMap;

use super::words;
use crate::{
    method::{
        cell::{CellState, Parked, cells},
        matrix::{Matrix, Risk},
        status,
        weight::Weight,
    },
    session::{
        Answer, Basis, Cell, Component, ComponentId, Edit, Letter, Mitigation, MitigationId, MitigationState, Place,
        Responsibility, Session, Table,
        edit::Entry,
        id::{ALPHABET, Suffixes},
    },
};

/// The sessions that model components of a session, by component.
pub type Models = BTreeMap<ComponentId, Found>;

/// What was found where a component says its model is.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A session.
    Offer(Box<Offer>),
    /// Nothing that can be used.
    Unusable(Unusable),
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// There is no such file.
    Missing,
    /// It cannot be read as a session; says why.
    Broken(String),
    /// Its path leads out of the repository, so it was not opened.
    Outside,
    /// Models of models lead back to where they began: the files on the way.
    Cycle(Vec<String>),
}

impl Found {
    /// How a component stands to it, in two or three words.
    pub fn standing(&self, component: &Component) -> &'static str {
        match self {
            Self::Offer(offer) if offer.moved_since(component) => "moved since",
            Self::Offer(_) if component.taken.is_some() => "taken over",
            Self::Offer(_) => "not taken over",
            Self::Unusable(Unusable::Missing) => "missing",
            Self::Unusable(Unusable::Broken(_)) => "cannot be read",
            Self::Unusable(Unusable::Outside) => "not opened",
            Self::Unusable(Unusable::Cycle(_)) => "goes in a circle",
        }
    }

    /// What somebody who relies on it should hear: that it moved, or that it cannot be used.
    pub fn news(&self, component: &Component) -> Option<String> {
        let name = &component.name;
        match self {
            Self::Offer(offer) if offer.moved_since(component) => {
                Some(format!("{name}: {} decided something anew since it was taken over", words::quoted(&offer.title)))
            }
            Self::Offer(_) => None,
            Self::Unusable(why) => {
                Some(format!("{name}: its model {} {}", words::quoted(&component.model), why.words()))
            }
        }
    }
}

impl Unusable {
    /// Why, in a few words that follow the path.
    pub fn words(&self) -> String {
        match self {
            Self::Missing => "is not there".to_owned(),
            Self::Broken(why) => format!("cannot be read: {why}"),
            Self::Outside => "leads out of the repository, so it was not opened".to_owned(),
            Self::Cycle(files) => format!("goes round in a circle: {}", files.join(" → ")),
        }
    }
}

/// What a session has for who relies on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What the session is called.
    pub title: String,
    /// What was decided in it, as a fingerprint.
    pub print: Basis,
    /// How far each letter is, in the order S T R I D E.
    pub shares: [Share; 6],
    /// What is done there about threats, in the order of the file.
    pub mitigations: Vec<Mitigation>,
}

/// How far a letter is in a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Core cells that are decided.
    pub decided: usize,
    /// Core cells.
    pub core: usize,
    /// Live threats.
    pub threats: usize,
    /// The worst of them.
    pub worst: Option<Risk>,
}

impl Share {
    /// Whether nothing that matters is left open.
    pub fn is_settled(self) -> bool {
        self.core > 0 && self.decided == self.core
    }

    /// `4 core cells decided, 2 threats, worst High`.
    fn words(self, matrix: &Matrix) -> String {
        let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        let decided = format!("{} decided", count(self.core, "core cell"));
        match self.worst {
            None => format!("{decided}, no threat"),
            Some(worst) => {
                let threats = count(self.threats, "threat");
                format!("{decided}, {threats}, worst {}", worst.words(matrix).to_lowercase())
            }
        }
    }
}

impl Offer {
    /// What a session has to offer.
    pub fn of(session: &Session) -> Self {
        let parked = Parked::of(session);
        let mut shares = [Share::default(); 6];
        for place in session.places().filter(|place| *place != Place::Unfiled) {
            let views = cells(session, &place, &parked);
            for (share, view) in shares.iter_mut().zip(&views).filter(|(_, view)| view.weight == Weight::Core) {
                share.core += 1;
                share.decided += usize::from(view.is_decided());
            }
        }
        for (_, threat) in session.threats().filter(|(_, threat)| threat.is_live()) {
            let share = &mut shares[threat.letter as usize];
            share.threats += 1;
            share.worst = share.worst.max(Some(status::effective_risk(session, threat)));
        }
        let standing = session.mitigations.iter().filter(|one| one.state != MitigationState::Dropped);
        let (title, mitigations) = (session.title.clone(), standing.cloned().collect());
        Self { title, print: print(session), shares, mitigations }
    }

    /// Whether something was decided anew since a component took from it.
    pub fn moved_since(&self, component: &Component) -> bool {
        component.taken.is_some_and(|taken| taken != self.print)
    }
}

/// Makes the edit that takes over what was decided in the model of a component.
///
/// Open cells of settled letters become inherited, and so do those inherited before; one whose letter is no longer
/// settled opens again. What was answered or found here stays.
pub fn take(session: &Session, id: &ComponentId, offer: &Offer, by: &str) -> Option<Edit> {
    let component = session.components.get(id)?;
    let place = Place::Component(id.clone());
    let now = crate::method::basis::basis(session, &place);
    let views = cells(session, &place, &Parked::of(session));
    let matrix = Matrix::of(session);
    let mut edits = Vec::new();
    for ((letter, view), share) in Letter::ALL.into_iter().zip(&views).zip(offer.shares) {
        let stored = component.cells.get(letter);
        let inherited = stored.is_some_and(|cell| cell.state == Answer::Inherited);
        if inherited && !share.is_settled() {
            edits.push(Edit::Reopen { place: place.clone(), letter });
        } else if share.is_settled() && (inherited || view.state == CellState::Open) {
            let reason = format!("{}: {}", offer.title, share.words(matrix));
            let cell = Cell { reason, by: by.to_owned(), basis: now, ..Cell::new(letter, Answer::Inherited) };
            if stored != Some(&cell) {
                edits.push(Edit::Decide { place: place.clone(), cell });
            }
        }
    }
    if component.taken != Some(offer.print) {
        let taken = Component { taken: Some(offer.print), ..component.clone() };
        edits.push(Edit::Change(Entry::Component(Box::new(taken))));
    }
    Some(Edit::Batch { label: format!("take over what {} decided for {id}", component.model), edits })
}

/// A mitigation of a model as this session keeps it: the one that was linked before, or a new one whose evidence is the
/// original. Who linked it does not run it: what was theirs is the platform's here.
pub fn adopt(
    session: &Session,
    component: &Component,
    original: &Mitigation,
    suffixes: &mut dyn Suffixes,
) -> (MitigationId, Option<Mitigation>) {
    let evidence = seen_at(component, original.id);
    if let Some(known) = session.mitigations.iter().find(|one| one.evidence.contains(&evidence)) {
        return (known.id, None);
    }
    let id = session.fresh_mitigation(suffixes);
    let responsibility = match original.responsibility {
        Responsibility::Us => Responsibility::Platform,
        other => other,
    };
    let (state, layer) = (original.state, original.layer);
    let evidence = vec![evidence];
    let adopted = Mitigation { state, layer, responsibility, evidence, ..Mitigation::new(id, &original.title) };
    (id, Some(adopted))
}

/// Where a mitigation of a component's model can be seen: `identity.tm.ron#M3-k7q`.
pub fn seen_at(component: &Component, original: MitigationId) -> String {
    format!("{}#{original}", component.model)
}

/// What was decided in a session, as a fingerprint.
fn print(session: &Session) -> Basis {
    let mut fnv = Fnv(0xcbf2_9ce4_8422_2325);
    for place in session.places() {
        fnv.field(&place.short());
        for cell in session.cells_at(&place).into_iter().flat_map(crate::session::Cells::iter) {
            fnv.field(&cell.letter.to_string());
            fnv.field(answer(cell.state));
            fnv.field(&cell.reason);
        }
        for threat in session.threats_at(&place).into_iter().flat_map(Table::iter) {
            fnv.field(&threat.id.to_string());
            fnv.field(&threat.letter.to_string());
            fnv.field(&threat.statement);
            fnv.field(threat.response.map_or("", crate::session::Named::name));
            fnv.field(if threat.is_live() { "live" } else { "withdrawn" });
            let step = |step: Option<u8>| step.map_or_else(String::new, |step| step.to_string());
            let rating = status::effective(threat).unwrap_or_default();
            fnv.field(&step(rating.likelihood));
            fnv.field(&step(rating.impact));
            for mitigation in &threat.mitigations {
                fnv.field(&mitigation.to_string());
            }
        }
    }
    for flow in session.flows.iter() {
        fnv.field(&format!("{} {} {} {}", flow.id, flow.from, flow.to, flow.protocol));
    }
    for component in session.components.iter() {
        let zone = component.zone.as_ref().map_or("", |zone| zone.as_str());
        fnv.field(&format!("{} {} {zone}", component.id, component.kind));
    }
    for mitigation in session.mitigations.iter() {
        fnv.field(&mitigation.id.to_string());
        fnv.field(&mitigation.title);
        fnv.field(mitigation.state.name());
    }
    fnv.basis()
}

// A word of its own rather than the variant's name: renaming a variant must not move every model.
fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Clear => "clear",
        Answer::NotApplicable => "not applicable",
        Answer::Inherited => "inherited",
    }
}

/// FNV-1a with 64 bits.
struct Fnv(u64);

impl Fnv {
    fn field(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn basis(&self) -> Basis {
        let folded = (self.0 >> 40) ^ self.0;
        let mut characters = [0; 8];
        for (at, character) in characters.iter_mut().enumerate() {
            *character = ALPHABET[(folded >> (5 * (7 - at)) & 31) as usize];
        }
        Basis(characters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::fixture::{closed, component, flow_id, login, mitigation, put, rated, web};
    use crate::session::{Element, Note, NoteKind};

    /// A session with the component `sign-in` that a session called `Sign-in` models.
    fn relying() -> (Session, ComponentId) {
        let mut session = Session::new("Shop");
        let sign_in = Component {
            model: "../identity/sign-in.tm.ron".to_owned(),
            ..component("sign-in", Element::Process, None)
        };
        session.components.insert(sign_in);
        (session, "sign-in".parse().unwrap())
    }

    fn taken(session: &Session, id: &ComponentId, offer: &Offer) -> Session {
        session.apply(&take(session, id, offer, "mo").unwrap()).unwrap()
    }

    #[test]
    fn letters_that_are_settled_upstream_become_inherited_and_nothing_else_does() {
        let (session, id) = relying();
        let mut upstream = closed();
        upstream.flows.get_mut(&flow_id("F1-a00")).unwrap().cells.reopen(Letter::T);
        put(&mut upstream, &login(), rated("T1-000", Letter::S, 4, 4));
        let after = taken(&session, &id, &Offer::of(&upstream));
        let cells = &after.components.get(&id).unwrap().cells;
        let said: Vec<String> =
            cells.iter().map(|cell| format!("{} {:?} {}", cell.letter, cell.state, cell.reason)).collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        S Inherited Sign-in: 2 core cells decided, 1 threat, worst high
        R Inherited Sign-in: 2 core cells decided, no threat
        I Inherited Sign-in: 2 core cells decided, no threat
        D Inherited Sign-in: 2 core cells decided, no threat
        E Inherited Sign-in: 1 core cell decided, no threat
        ");
        assert!(cells.get(Letter::T).is_none(), "not settled upstream");
    }

    #[test]
    fn what_was_said_here_stays_and_what_is_no_longer_settled_opens_again() {
        let (mut session, id) = relying();
        let here = Cell { by: "ana".to_owned(), ..Cell::new(Letter::S, Answer::Clear) };
        session.components.get_mut(&id).unwrap().cells.set(here.clone());
        let first = taken(&session, &id, &Offer::of(&closed()));
        assert_eq!(first.components.get(&id).unwrap().cells.get(Letter::S), Some(&here));
        assert!(first.components.get(&id).unwrap().cells.get(Letter::I).is_some());
        let second = taken(&first, &id, &Offer::of(&web()));
        assert_eq!(second.components.get(&id).unwrap().cells.iter().collect::<Vec<_>>(), [&here]);
        assert_eq!(taken(&second, &id, &Offer::of(&web())), second, "taken twice is taken once");
    }

    #[test]
    fn a_model_moves_when_something_is_decided_and_not_when_something_is_noted() {
        let (session, id) = relying();
        let before = closed();
        let after = taken(&session, &id, &Offer::of(&before));
        let moved = |upstream: &Session| Offer::of(upstream).moved_since(after.components.get(&id).unwrap());
        let mut noted = before.clone();
        noted.notes.insert(Note::new("N1-000".parse().unwrap(), NoteKind::Quote, "well said"));
        noted.title = "Renamed".to_owned();
        assert!(!moved(&before) && !moved(&noted));
        let changes: [fn(&mut Session); 4] = [
            |s| drop(s.flows.get_mut(&flow_id("F1-a00")).unwrap().cells.reopen(Letter::D)),
            |s| put(s, &login(), rated("T1-000", Letter::S, 1, 1)),
            |s| drop(s.mitigations.insert(mitigation("M1-000", MitigationState::Agreed))),
            |s| "http".clone_into(&mut s.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol),
        ];
        for change in changes {
            let mut upstream = before.clone();
            change(&mut upstream);
            assert!(moved(&upstream));
        }
        assert!(!Offer::of(&web()).moved_since(session.components.get(&id).unwrap()), "nothing was taken yet");
    }

    #[test]
    fn a_mitigation_is_adopted_once_with_the_original_as_its_evidence() {
        let (mut session, id) = relying();
        let component = session.components.get(&id).unwrap().clone();
        let original = mitigation("M3-k7q", MitigationState::Verified);
        let (first, made) = adopt(&session, &component, &original, &mut || 0);
        let made = made.unwrap();
        assert_eq!(made.evidence, ["../identity/sign-in.tm.ron#M3-k7q"]);
        assert_eq!((made.state, made.responsibility), (MitigationState::Verified, Responsibility::Platform));
        session.mitigations.insert(made);
        assert_eq!(adopt(&session, &component, &original, &mut || 0), (first, None));
    }

    #[test]
    fn the_fingerprint_never_changes_between_builds_because_files_hold_it() {
        assert_eq!(Offer::of(&closed()).print.to_string(), "vnbd8w4f");
    }
}
