//! How far a session is: decided cells out of those that count, and threats per level.
//!
//! Sums are additive, so that a screen keeps a running total and looks again only at the place that changed. There is no
//! percentage here: a share without what it is a share of tells nothing.
//!
//! What counts: the core and ask cells of flows, and the cells of a component by itself once somebody touched them
//! (with an answer, a threat or a question), as ask whatever their weight. Rare cells of flows do not count.

use std::{
    collections::BTreeMap,
    fmt, iter,
    ops::{AddAssign, SubAssign},
};

use super::{
    cell::{CellState, CellView, Parked, cells},
    matrix::{Matrix, Risk},
    status::effective,
    weight::Weight,
};
use crate::session::{Level, Place, Session, Table};

/// Decided cells out of those that count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Count {
    /// How many are decided.
    pub decided: usize,
    /// How many there are.
    pub total: usize,
}

impl Count {
    /// How many are left.
    pub fn open(self) -> usize {
        self.total.saturating_sub(self.decided)
    }

    fn add(&mut self, cell: &CellView) {
        self.total += 1;
        self.decided += usize::from(cell.is_decided());
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.decided, self.total))
    }
}

/// What one place adds to the whole, or the sum of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PlaceSummary {
    /// Cells that must be decided before closing.
    pub core: Count,
    /// Cells worth a question.
    pub ask: Count,
    /// Cells waiting for an answer, whatever their weight.
    pub parked: usize,
    /// Answered cells whose ground changed, whatever their weight.
    pub stale: usize,
    /// Cells answered with "not applicable": the part of the decided ones that took no finding to decide.
    pub not_applicable: usize,
    /// Live threats per level, lowest first, by their effective rating; an unknown half counts by its worst.
    pub levels: [usize; 5],
    /// How many of [`Self::levels`] have an unknown half.
    pub uncertain: usize,
    /// Live threats nobody rated.
    pub unrated: usize,
}

impl PlaceSummary {
    /// Live threats, rated or not.
    pub fn threats(&self) -> usize {
        self.unrated + self.levels.iter().sum::<usize>()
    }

    /// Live threats of a level.
    pub fn at(&self, level: Level) -> usize {
        self.levels[level as usize]
    }

    /// Live threats above a level; unrated ones are not among them.
    pub fn above(&self, level: Level) -> usize {
        self.levels[level as usize + 1..].iter().sum()
    }

    /// The worst level any live threat has or may have.
    pub fn worst(&self) -> Option<Level> {
        Level::ALL.into_iter().rev().find(|level| self.at(*level) > 0)
    }

    /// Every number of the summary, for sums and differences that cannot forget one.
    fn numbers(&mut self) -> impl Iterator<Item = &mut usize> {
        let Self { core, ask, parked, stale, not_applicable, levels, uncertain, unrated } = self;
        [&mut core.decided, &mut core.total, &mut ask.decided, &mut ask.total, parked, stale, not_applicable]
            .into_iter()
            .chain(levels)
            .chain([uncertain, unrated])
    }
}

impl AddAssign for PlaceSummary {
    fn add_assign(&mut self, mut other: Self) {
        iter::zip(self.numbers(), other.numbers()).for_each(|(sum, part)| *sum = sum.saturating_add(*part));
    }
}

impl SubAssign for PlaceSummary {
    fn sub_assign(&mut self, mut other: Self) {
        iter::zip(self.numbers(), other.numbers()).for_each(|(sum, part)| *sum = sum.saturating_sub(*part));
    }
}

/// What a place adds to the whole; nothing when it does not exist.
pub fn summary(session: &Session, place: &Place, matrix: &Matrix, parked: &Parked) -> PlaceSummary {
    let mut sum = PlaceSummary::default();
    for cell in cells(session, place, parked) {
        match place {
            Place::Flow(_) => match cell.weight {
                Weight::Core => sum.core.add(&cell),
                Weight::Ask => sum.ask.add(&cell),
                Weight::Rare => (),
            },
            Place::Component(_) if cell.is_touched() => sum.ask.add(&cell),
            Place::Component(_) | Place::Unfiled => (),
        }
        sum.parked += usize::from(cell.state == CellState::Parked);
        sum.stale += usize::from(!cell.stale.is_empty());
        sum.not_applicable += usize::from(cell.state == CellState::NotApplicable);
    }
    for threat in session.threats_at(place).into_iter().flat_map(Table::iter).filter(|t| t.is_live()) {
        match effective(threat).map_or(Risk::Unrated, |rating| matrix.level_of(threat.letter, rating)) {
            Risk::Unrated => sum.unrated += 1,
            Risk::Unknown { worst } => {
                sum.levels[worst as usize] += 1;
                sum.uncertain += 1;
            }
            Risk::Level(level) => sum.levels[level as usize] += 1,
        }
    }
    sum
}

/// The whole session: the sum, and each place's part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The sum over all places.
    pub total: PlaceSummary,
    places: BTreeMap<Place, PlaceSummary>,
}

impl Coverage {
    /// Looks at every place.
    pub fn of(session: &Session, parked: &Parked) -> Self {
        let mut coverage = Self::default();
        for place in session.places() {
            coverage.refresh(session, &place, parked);
        }
        coverage
    }

    /// A place's part of the sum.
    pub fn at(&self, place: &Place) -> PlaceSummary {
        self.places.get(place).copied().unwrap_or_default()
    }

    /// Looks again at one place that changed, appeared or went.
    pub fn refresh(&mut self, session: &Session, place: &Place, parked: &Parked) {
        let part = summary(session, place, Matrix::of(session), parked);
        self.total -= self.at(place);
        self.total += part;
        if session.threats_at(place).is_some() {
            self.places.insert(place.clone(), part);
        } else {
            self.places.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{flow_id, login, put, question, rated, threat, web},
        session::{Answer, Cell, Letter},
    };

    fn whole(session: &Session) -> PlaceSummary {
        Coverage::of(session, &Parked::of(session)).total
    }

    fn count(decided: usize, total: usize) -> Count {
        Count { decided, total }
    }

    #[test]
    fn a_fresh_session_has_the_core_cells_of_its_flows_and_nothing_else() {
        let sum = whole(&web());
        assert_eq!((sum.core, sum.ask), (count(0, 11), count(0, 1)));
        assert_eq!((sum.threats(), sum.worst()), (0, None));
    }

    #[test]
    fn standing_cells_count_only_once_somebody_touched_them() {
        let mut session = web();
        let browser = session.components.get_mut("browser").unwrap();
        browser.cells.set(Cell::new(Letter::S, Answer::Clear));
        put(&mut session, &Place::Component("api".parse().unwrap()), threat("T1-000", Letter::E));
        let users = Place::Component("users".parse().unwrap());
        session.notes.insert(question("N1-000", &users, Letter::T));
        let sum = whole(&session);
        assert_eq!((sum.core, sum.ask), (count(0, 11), count(2, 4)));
        assert_eq!((sum.parked, sum.unrated), (1, 1));
    }

    #[test]
    fn threats_are_counted_by_the_worst_they_may_be_and_the_tray_answers_no_cell() {
        let mut session = web();
        put(&mut session, &login(), rated("T1-000", Letter::S, 5, 5));
        put(&mut session, &login(), rated("T2-000", Letter::T, 1, 0));
        put(&mut session, &Place::Unfiled, threat("T3-000", Letter::T));
        let sum = whole(&session);
        assert_eq!((sum.threats(), sum.unrated, sum.uncertain), (3, 1, 1));
        assert_eq!((sum.at(Level::Critical), sum.at(Level::Medium)), (1, 1));
        assert_eq!((sum.above(Level::Low), sum.above(Level::Critical)), (2, 0));
        assert_eq!((sum.core, sum.worst()), (count(2, 11), Some(Level::Critical)));
    }

    #[test]
    fn looking_again_at_what_changed_gives_the_same_as_looking_at_everything() {
        let mut session = web();
        put(&mut session, &login(), rated("T1-000", Letter::S, 5, 5));
        let mut running = Coverage::of(&session, &Parked::of(&session));
        session.flows.get_mut(&flow_id("F1-a00")).unwrap().cells.set(Cell::new(Letter::D, Answer::Clear));
        session.flows.remove(&flow_id("F2-b00"));
        session.notes.insert(question("N1-000", &login(), Letter::S));
        session.notes.insert(question("N2-000", &Place::Flow(flow_id("F2-b00")), Letter::S));
        let parked = Parked::of(&session);
        running.refresh(&session, &login(), &parked);
        running.refresh(&session, &Place::Flow(flow_id("F2-b00")), &parked);
        assert_eq!(running, Coverage::of(&session, &parked));
    }
}
