//! Pane 2: the six letters of one flow or component, with the threats found under each.
//!
//! Owns which place and row are selected. Refuses: what a cell says (`method::cell`) and answering it (`update/cells`).

use crate::session::{Letter, Place, Session, Threat, ThreatId};

/// One row of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// A cell.
    Cell(Letter),
    /// A threat, under the cell of its letter.
    Threat(ThreatId),
}

/// What pane 2 remembers.
#[derive(Debug)]
pub struct Checklist {
    /// The flow or component it shows.
    pub place: Option<Place>,
    /// The selected row.
    pub row: Row,
    /// The letter of the selected row when it was last there: a threat that is gone leaves its letter selected.
    last: Letter,
}

impl Default for Checklist {
    fn default() -> Self {
        Self { place: None, row: Row::Cell(Letter::S), last: Letter::S }
    }
}

impl Checklist {
    /// Shows a place from its first letter on; keeps the row when the place is already shown.
    pub fn show(&mut self, place: Place) {
        if self.place.as_ref() != Some(&place) {
            self.place = Some(place);
            self.row = Row::Cell(Letter::S);
            self.last = Letter::S;
        }
    }

    /// Selects a row of the place.
    pub fn select(&mut self, session: &Session, row: Row) {
        self.row = row;
        self.last = self.letter(session);
    }

    /// The letter of the selected row.
    pub fn letter(&self, session: &Session) -> Letter {
        match self.row {
            Row::Cell(letter) => letter,
            Row::Threat(id) => {
                let threats = self.place.as_ref().and_then(|place| session.threats_at(place));
                threats.and_then(|t| t.get(&id)).map_or(self.last, |t| t.letter)
            }
        }
    }

    /// The threat of the selected row, or the only one of the selected cell.
    pub fn threat(&self, session: &Session) -> Option<ThreatId> {
        let threats = session.threats_at(self.place.as_ref()?)?;
        match self.row {
            Row::Threat(id) => threats.contains(&id).then_some(id),
            Row::Cell(letter) => {
                let mut live = threats.iter().filter(|t| t.letter == letter && t.is_live());
                live.next().filter(|_| live.next().is_none()).map(|t| t.id)
            }
        }
    }

    /// Puts the selection back on something that exists: a threat that is gone leaves its letter selected.
    pub fn refresh(&mut self, session: &Session) {
        if let Some(place) = &self.place
            && session.cells_at(place).is_none()
        {
            *self = Self::default();
            return;
        }
        if let Row::Threat(id) = self.row
            && !self.place.as_ref().and_then(|p| session.threats_at(p)).is_some_and(|t| t.contains(&id))
        {
            self.row = Row::Cell(self.last);
        }
        self.last = self.letter(session);
    }

    /// Moves the selection by some rows.
    pub fn step(&mut self, session: &Session, by: isize) {
        let Some(place) = &self.place else { return };
        let rows = rows(session, place);
        let now = rows.iter().position(|row| *row == self.row).unwrap_or(0);
        let next = now.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        if let Some(row) = rows.get(next) {
            let row = *row;
            self.select(session, row);
        }
    }
}

/// The rows of a place: each letter, then its live threats in the meeting's order, then its withdrawn ones.
pub fn rows(session: &Session, place: &Place) -> Vec<Row> {
    let mut threats: Vec<&Threat> =
        session.threats_at(place).into_iter().flat_map(crate::session::Table::iter).collect();
    threats.sort_unstable_by_key(|t| (t.letter, !t.is_live(), t.order()));
    let mut threats = threats.into_iter().peekable();
    let mut rows = Vec::new();
    for letter in Letter::ALL {
        rows.push(Row::Cell(letter));
        while let Some(threat) = threats.next_if(|t| t.letter == letter) {
            rows.push(Row::Threat(threat.id));
        }
    }
    rows
}
