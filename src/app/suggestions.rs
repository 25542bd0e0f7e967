//! The suggestions for the cell on screen, ready to be read aloud.
//!
//! Owns what was ranked and for which cell, and which of it is selected while somebody is there. A visit keeps its rows in
//! their order: what is accepted or dismissed stays where it is and says so, so that the numbers a room calls out still
//! mean the same. Refuses: ranking (`catalog`), edits (`update/suggesting`), and more than one cell at a time.

use std::sync::Arc;

use crate::{
    catalog::{Situation, Suggestion, Team},
    session::{Letter, Place, Session, Table},
};

use super::history::Revision;

/// Most suggestions on the screen at once.
pub const SHOWN: usize = 5;

/// What became of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing yet.
    Offered,
    /// A threat at the place came from it.
    Taken,
    /// Somebody turned it down for this reason.
    Dismissed(String),
}

/// A suggestion as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Id of its row.
    pub row: String,
    /// What goes wrong, with the names of the place.
    pub text: String,
    /// What to ask, with the names of the place.
    pub question: String,
    /// Why it is here.
    pub why: String,
    /// Whether the provider answers for where it goes wrong.
    pub providers: bool,
    /// What became of it.
    pub standing: Standing,
}

/// A cell at a moment: what suggestions depend on.
type Cell = (Place, Letter, Revision);

/// Rows in the order in which somebody found them.
#[derive(Debug)]
struct Visit {
    rows: Vec<String>,
    selected: usize,
}

/// What is suggested for one cell.
#[derive(Debug, Default)]
pub struct Suggestions {
    /// What is known beforehand; none while it is being read.
    team: Option<Arc<Team>>,
    of: Option<Cell>,
    offers: Vec<Offer>,
    /// Whether any row fits the cell, whatever became of it.
    fits: bool,
    visit: Option<Visit>,
}

impl Suggestions {
    /// What is known beforehand; none while it is being read.
    pub fn team(&self) -> Option<&Arc<Team>> {
        self.team.as_ref()
    }

    /// Suggests from the catalogue of this team from now on.
    pub fn know(&mut self, team: Arc<Team>) {
        self.team = Some(team);
        self.of = None;
    }

    /// The suggestions, best first.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// Whether any row fits the cell, whatever became of it.
    pub fn fits(&self) -> bool {
        self.fits
    }

    /// The selected suggestion while somebody is among them.
    pub fn selected(&self) -> Option<usize> {
        self.visit.as_ref().map(|visit| visit.selected)
    }

    /// The selected suggestion.
    pub fn offer(&self) -> Option<&Offer> {
        self.offers.get(self.selected()?)
    }

    /// The first suggestion on screen, and those that are there with it.
    pub fn page(&self) -> (usize, &[Offer]) {
        let first = self.selected().map_or(0, |selected| selected / SHOWN * SHOWN);
        let rest = self.offers.get(first..).unwrap_or_default();
        (first, &rest[..rest.len().min(SHOWN)])
    }

    /// Goes among the suggestions.
    pub fn enter(&mut self, at: usize) {
        if at < self.offers.len() {
            let rows = self.offers.iter().map(|offer| offer.row.clone()).collect();
            self.visit = Some(Visit { rows, selected: at });
        }
    }

    /// Leaves them; what was accepted or dismissed is not offered again.
    pub fn leave(&mut self) {
        self.visit = None;
        self.of = None;
    }

    /// Selects another one.
    pub fn select(&mut self, at: usize) {
        let last = self.offers.len().saturating_sub(1);
        if let Some(visit) = &mut self.visit {
            visit.selected = at.min(last);
        }
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        self.select(self.selected().unwrap_or(0).saturating_add_signed(by));
    }

    /// Shows the next few, after the last the first again.
    pub fn turn(&mut self) {
        let (first, page) = self.page();
        let next = first + page.len();
        self.select(if next < self.offers.len() { next } else { 0 });
    }

    /// Selects the next one that nothing became of yet, if there is any below.
    pub fn go_on(&mut self) {
        let from = self.selected().unwrap_or(0);
        let open = |offer: &Offer| offer.standing == Standing::Offered;
        if let Some(next) = self.offers.iter().skip(from).position(open) {
            self.select(from + next);
        }
    }

    /// Keeps up with the cell on screen. Costs nothing while it is the same one of the same session.
    pub(super) fn follow(&mut self, session: &Session, cell: Option<(&Place, Letter)>, revision: Revision) {
        let same = |(place, letter): (&Place, Letter)| {
            let known = self.of.as_ref();
            (known.is_some_and(|(p, l, _)| (p, *l) == (place, letter)), known.is_some_and(|(.., r)| *r == revision))
        };
        match cell.map(same) {
            Some((true, true)) => return,
            Some((true, false)) => {}
            _ => self.visit = None,
        }
        self.of = cell.map(|(place, letter)| (place.clone(), letter, revision));
        self.offers.clear();
        self.fits = false;
        let (Some(team), Some((place, letter))) = (self.team.clone(), cell) else { return };
        let catalogue = team.catalogue();
        let Some(situation) = Situation::of(session, place, team.kinds()) else { return };
        let offer = |one: &Suggestion<'_, '_>| Offer {
            row: one.threat.id.clone(),
            text: one.text(&situation),
            question: one.question(&situation),
            why: one.why(),
            providers: one.is_providers(),
            standing: standing(session, place, &one.threat.id),
        };
        if self.visit.is_none() {
            self.offers = catalogue.suggestions(&situation, letter).iter().map(offer).collect();
            self.fits = !self.offers.is_empty();
        }
        if self.fits {
            return;
        }
        // Whatever became of them.
        let untouched = Situation { present: Vec::new(), dismissed: Vec::new(), ..situation.clone() };
        let fitting = catalogue.suggestions(&untouched, letter);
        self.fits = !fitting.is_empty();
        let Some(visit) = &mut self.visit else { return };
        let found = |row: &String| fitting.iter().find(|one| one.threat.id == *row);
        self.offers = visit.rows.iter().filter_map(found).map(offer).collect();
        visit.selected = visit.selected.min(self.offers.len().saturating_sub(1));
        if self.offers.is_empty() {
            self.visit = None;
        }
    }
}

/// What became of a row at a place.
pub(super) fn standing(session: &Session, place: &Place, row: &str) -> Standing {
    let came = |origin: &str| origin.split('@').next() == Some(row);
    let mut threats = session.threats_at(place).into_iter().flat_map(Table::iter);
    if threats.any(|threat| threat.is_live() && came(&threat.origin)) {
        return Standing::Taken;
    }
    let dismissed = session.dismissed_at(place).and_then(|table| table.get(row));
    dismissed.map_or(Standing::Offered, |one| Standing::Dismissed(one.reason.clone()))
}
