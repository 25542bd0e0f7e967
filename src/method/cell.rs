//! What a cell says: the stored answer seen together with threats, questions and what has changed since.
//!
//! In this order: an open question parks the cell whatever else is there; live threats with this primary letter win
//! over a stored answer; then the answer; then the cell is open. A decided cell is *stale* when what it rested on
//! ([`super::basis`]) differs now, or its reason names an assumption that does not hold. A stale cell keeps its old state readable but does not count as decided.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    basis::{Aspect, basis, changed},
    leaning,
    weight::{Weight, weights_at},
};
use crate::session::{Answer, AssumptionId, Basis, Letter, Place, Session, Table};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellState {
    /// Nobody said anything.
    Open,
    /// Talked about, nothing found.
    Clear,
    /// Cannot apply here.
    NotApplicable,
    /// Answered in another session.
    Inherited,
    /// So many live threats with this primary letter; at least one.
    Threats(usize),
    /// Waits for the answer to a question.
    Parked,
}

impl CellState {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Clear => "clear",
            Self::NotApplicable => "n/a",
            Self::Inherited => "inherited",
            Self::Threats(_) => "threats",
            Self::Parked => "parked",
        }
    }

    /// Whether something was settled, stale or not.
    pub fn is_answered(self) -> bool {
        match self {
            Self::Clear | Self::NotApplicable | Self::Inherited | Self::Threats(_) => true,
            Self::Open | Self::Parked => false,
        }
    }
}

impl From<Answer> for CellState {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Clear => Self::Clear,
            Answer::NotApplicable => Self::NotApplicable,
            Answer::Inherited => Self::Inherited,
        }
    }
}

/// A cell as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellView {
    /// What it says.
    pub state: CellState,
    /// What changed since it was answered; empty unless [`CellState::is_answered`].
    pub stale: Vec<Aspect>,
    /// How much it matters.
    pub weight: Weight,
}

impl CellView {
    /// Whether it needs no more talk: answered and not stale.
    pub fn is_decided(&self) -> bool {
        self.state.is_answered() && self.stale.is_empty()
    }

    /// Whether anybody said anything about it.
    pub fn is_touched(&self) -> bool {
        self.state != CellState::Open
    }
}

/// What notes and assumptions say about cells: an index, so that looking at many cells costs no walk over either.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parked {
    /// The cells that wait for the answer to a question.
    waiting: BTreeMap<Place, BTreeSet<Letter>>,
    /// The assumptions that do not hold: what leans on one is stale.
    fallen: BTreeSet<AssumptionId>,
}

impl Parked {
    /// The cells that open questions of this session park, and the assumptions that were rejected.
    pub fn of(session: &Session) -> Self {
        let mut parked: BTreeMap<Place, BTreeSet<Letter>> = BTreeMap::new();
        for note in session.notes.iter() {
            if let (Some(place), Some(letter)) = (&note.place, note.letter)
                && note.parks(place, letter)
            {
                parked.entry(place.clone()).or_default().insert(letter);
            }
        }
        Self { waiting: parked, fallen: leaning::rejected(session).collect() }
    }

    /// The same where these assumptions do not hold either, by what the repository says.
    pub fn with_broken(mut self, broken: &BTreeSet<AssumptionId>) -> Self {
        self.fallen.extend(broken);
        self
    }

    /// The assumptions that do not hold.
    pub fn fallen(&self) -> &BTreeSet<AssumptionId> {
        &self.fallen
    }

    /// Whether an open question stands at this cell.
    pub fn contains(&self, place: &Place, letter: Letter) -> bool {
        self.waiting.get(place).is_some_and(|letters| letters.contains(&letter))
    }
}

/// What one cell says now. For all six of a place, [`cells`] does the common part once.
pub fn cell(session: &Session, place: &Place, letter: Letter, parked: &Parked) -> CellView {
    let weight = weights_at(session, place)[letter as usize];
    view(session, place, letter, weight, parked, &mut Now::default())
}

/// What the cells of a place say now, in the order S T R I D E.
///
/// A place that does not exist has six open, rare cells, and so has the unfiled tray, whatever is said about it.
pub fn cells(session: &Session, place: &Place, parked: &Parked) -> [CellView; 6] {
    let weights = weights_at(session, place);
    let mut now = Now::default();
    Letter::ALL.map(|letter| view(session, place, letter, weights[letter as usize], parked, &mut now))
}

fn view(session: &Session, place: &Place, letter: Letter, weight: Weight, parked: &Parked, now: &mut Now) -> CellView {
    let Some(answers) = session.cells_at(place) else {
        // The unfiled tray has threats but no cells: nothing there may look decided.
        return CellView { state: CellState::Open, stale: Vec::new(), weight };
    };
    if parked.contains(place, letter) {
        return CellView { state: CellState::Parked, stale: Vec::new(), weight };
    }
    let (mut found, mut stale) = (0, BTreeSet::new());
    for threat in session.threats_at(place).into_iter().flat_map(Table::iter) {
        if threat.is_live() && threat.letter == letter {
            found += 1;
            stale.extend(now.changed_since(threat.basis, session, place));
        }
    }
    if found > 0 {
        return CellView { state: CellState::Threats(found), stale: stale.into_iter().collect(), weight };
    }
    match answers.get(letter) {
        Some(cell) => {
            let mut stale = now.changed_since(cell.basis, session, place);
            let fallen = &parked.fallen;
            if !fallen.is_empty() && leaning::named(session, &cell.reason).any(|id| fallen.contains(&id)) {
                stale.push(Aspect::Assumption);
            }
            CellView { state: cell.state.into(), stale, weight }
        }
        None => CellView { state: CellState::Open, stale: Vec::new(), weight },
    }
}

/// The present basis of a place, computed when the first stored one asks for it.
#[derive(Default)]
enum Now {
    #[default]
    Unasked,
    Asked(Option<Basis>),
}

impl Now {
    fn changed_since(&mut self, stored: Option<Basis>, session: &Session, place: &Place) -> Vec<Aspect> {
        let Some(stored) = stored else { return Vec::new() };
        if let Self::Unasked = self {
            *self = Self::Asked(basis(session, place));
        }
        match self {
            Self::Asked(Some(now)) => changed(stored, *now),
            Self::Asked(None) | Self::Unasked => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{flow_id, login, put, question, threat, web},
        session::{Assumption, AssumptionState, Cell, Threat},
    };

    fn answer(session: &mut Session, cell: Cell) {
        session.flows.get_mut(&flow_id("F1-a00")).unwrap().cells.set(cell);
    }

    fn seen(session: &Session, letter: Letter) -> CellView {
        cell(session, &login(), letter, &Parked::of(session))
    }

    #[test]
    fn a_question_beats_threats_and_threats_beat_an_answer() {
        let mut session = web();
        assert_eq!(seen(&session, Letter::S).state, CellState::Open);
        answer(&mut session, Cell::new(Letter::S, Answer::Clear));
        assert_eq!(seen(&session, Letter::S).state, CellState::Clear);
        put(&mut session, &login(), threat("T1-000", Letter::S));
        put(&mut session, &login(), threat("T2-000", Letter::S));
        assert_eq!(seen(&session, Letter::S).state, CellState::Threats(2));
        session.notes.insert(question("N1-000", &login(), Letter::S));
        assert_eq!(seen(&session, Letter::S).state, CellState::Parked);
        assert!(!seen(&session, Letter::S).is_decided());
        session.notes.get_mut(&"N1-000".parse().unwrap()).unwrap().answer = "five a minute".into();
        assert_eq!(seen(&session, Letter::S).state, CellState::Threats(2));
    }

    #[test]
    fn withdrawn_threats_and_secondary_letters_do_not_decide_a_cell() {
        let mut session = web();
        put(&mut session, &login(), Threat { withdrawn: Some("wrong".into()), ..threat("T1-000", Letter::S) });
        put(&mut session, &login(), Threat { also: vec![Letter::S], ..threat("T2-000", Letter::T) });
        assert_eq!(seen(&session, Letter::S).state, CellState::Open);
        assert_eq!(seen(&session, Letter::T).state, CellState::Threats(1));
    }

    #[test]
    fn a_decided_cell_goes_stale_when_what_it_rested_on_changes_and_stays_readable() {
        let mut session = web();
        let now = basis(&session, &login());
        answer(&mut session, Cell { basis: now, ..Cell::new(Letter::S, Answer::Clear) });
        answer(&mut session, Cell::new(Letter::R, Answer::Clear));
        put(&mut session, &login(), Threat { basis: now, ..threat("T1-000", Letter::T) });
        for letter in [Letter::S, Letter::T, Letter::R] {
            assert!(seen(&session, letter).is_decided(), "{letter}");
        }
        session.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol = "http".into();
        let (clear, threats, based_on_nothing) =
            (seen(&session, Letter::S), seen(&session, Letter::T), seen(&session, Letter::R));
        assert_eq!((clear.state, clear.stale.as_slice()), (CellState::Clear, [Aspect::Protocol].as_slice()));
        assert_eq!((threats.state, threats.stale.as_slice()), (CellState::Threats(1), [Aspect::Protocol].as_slice()));
        assert!(!clear.is_decided() && !threats.is_decided());
        assert!(based_on_nothing.is_decided(), "an answer without basis never goes stale");
    }

    #[test]
    fn exactly_the_answers_whose_reason_names_a_fallen_assumption_are_stale() {
        let mut session = web();
        for (id, state) in [("A1-000", AssumptionState::Unconfirmed), ("A2-000", AssumptionState::Confirmed)] {
            let (place, by, note, tripwires) = (None, String::new(), "".into(), Vec::new());
            let text = "said".to_owned();
            session.assumptions.insert(Assumption { id: id.parse().unwrap(), text, place, state, by, tripwires, note });
        }
        for (letter, reason) in [(Letter::S, "see A1"), (Letter::R, "A2-000, A12"), (Letter::D, "no upload (A1-000).")]
        {
            answer(&mut session, Cell { reason: reason.into(), ..Cell::new(letter, Answer::NotApplicable) });
        }
        let stale = |session: &Session, parked: &Parked| {
            let seen = cells(session, &login(), parked);
            Letter::ALL
                .into_iter()
                .zip(seen)
                .filter(|(_, cell)| !cell.stale.is_empty())
                .map(|(l, _)| l)
                .collect::<Vec<_>>()
        };
        assert_eq!(stale(&session, &Parked::of(&session)), []);
        let broken = BTreeSet::from(["A1-000".parse().unwrap()]);
        assert_eq!(stale(&session, &Parked::of(&session).with_broken(&broken)), [Letter::S, Letter::D]);
        session.assumptions.get_mut(&"A2-000".parse().unwrap()).unwrap().state = AssumptionState::Rejected;
        assert_eq!(stale(&session, &Parked::of(&session)), [Letter::R]);
    }

    fn nowhere() -> Place {
        Place::Flow(flow_id("F99-zzz"))
    }

    #[test]
    fn a_place_without_cells_has_nothing_decided_and_nothing_parked() {
        let mut session = web();
        put(&mut session, &Place::Unfiled, threat("T1-000", Letter::S));
        for (id, place) in [("N1-000", Place::Unfiled), ("N2-000", nowhere())] {
            session.notes.insert(question(id, &place, Letter::T));
            let seen = cells(&session, &place, &Parked::of(&session));
            assert!(seen.iter().all(|cell| !cell.is_touched() && cell.weight == Weight::Rare), "{place:?}");
        }
    }

    #[test]
    fn six_cells_at_once_say_what_each_says_alone() {
        let mut session = web();
        answer(&mut session, Cell::new(Letter::I, Answer::Inherited));
        put(&mut session, &login(), threat("T1-000", Letter::E));
        let parked = Parked::of(&session);
        for place in session.places().chain([nowhere()]) {
            let alone = Letter::ALL.map(|letter| cell(&session, &place, letter, &parked));
            assert_eq!(cells(&session, &place, &parked), alone, "{place:?}");
        }
    }
}
