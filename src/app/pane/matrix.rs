//! Pane 4: the risk matrix, driven with the keys.
//!
//! The cursor stands on a cell of the grid or on the tray of threats that have no full rating. A threat that was picked
//! up travels with the cursor; putting it down is one edit.

use crate::{
    app::outline::{Bucket, Outline},
    method::matrix::Matrix as Table,
    session::{Place, Point, Session, Threat, ThreatId},
};

/// Where the cursor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cursor {
    /// On a cell: likelihood and impact, from 1.
    Cell(u8, u8),
    /// On the tray below the grid.
    Tray,
}

/// A threat that travels with the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which threat.
    pub threat: ThreatId,
    /// Where it was picked up.
    pub from: Cursor,
}

/// What pane 4 remembers.
#[derive(Debug)]
pub struct Matrix {
    /// Which ratings are shown.
    pub point: Point,
    /// Where the cursor stands.
    pub cursor: Cursor,
    /// The selected threat of the cursor's cell, by number.
    pub index: usize,
    /// Only threats of the place on screen.
    pub only_here: bool,
    /// The threat being moved.
    pub held: Option<Held>,
}

impl Default for Matrix {
    fn default() -> Self {
        Self { point: Point::Current, cursor: Cursor::Cell(1, 1), index: 0, only_here: false, held: None }
    }
}

impl Matrix {
    /// Keeps the cursor on the grid when the session's matrix changed.
    pub fn clamp(&mut self, table: &Table) {
        if let Cursor::Cell(likelihood, impact) = self.cursor {
            let within = |step: u8, steps: usize| step.clamp(1, (steps as u8).max(1));
            self.cursor = Cursor::Cell(within(likelihood, table.likelihood.len()), within(impact, table.impact.len()));
        }
    }

    /// Moves the cursor. Below the lowest impact lies the tray.
    pub fn step(&mut self, table: &Table, likelihood: i8, impact: i8) {
        let (columns, rows) = (table.likelihood.len() as u8, table.impact.len() as u8);
        let held = self.held.is_some();
        self.cursor = match self.cursor {
            Cursor::Cell(_, 1) if impact < 0 && !held => Cursor::Tray,
            Cursor::Cell(l, i) => Cursor::Cell(
                l.saturating_add_signed(likelihood).clamp(1, columns),
                i.saturating_add_signed(impact).clamp(1, rows),
            ),
            Cursor::Tray if impact > 0 => Cursor::Cell(1, 1),
            Cursor::Tray => Cursor::Tray,
        };
        self.index = 0;
    }

    /// The live threats of a cell of the grid, in the meeting's order.
    pub fn at<'a>(
        &self,
        session: &'a Session,
        outline: &'a Outline,
        place: Option<&Place>,
        cursor: Cursor,
    ) -> Box<dyn Iterator<Item = ThreatId> + 'a> {
        let (table, point) = (Table::of(session), self.point);
        let in_cell = move |bucket: Bucket| cursor_of(table, bucket) == cursor;
        if let (true, Some(place)) = (self.only_here, place) {
            let threats = session.threats_at(place).into_iter().flat_map(crate::session::Table::iter);
            let mut found: Vec<&Threat> =
                threats.filter(|t| t.is_live() && in_cell(Bucket::from(t.rating(self.point)))).collect();
            found.sort_unstable_by_key(|t| t.order());
            return Box::new(found.into_iter().map(|t| t.id));
        }
        match cursor {
            Cursor::Cell(likelihood, impact) => {
                Box::new(outline.bucket(point, Bucket { likelihood: Some(likelihood), impact: Some(impact) }))
            }
            Cursor::Tray => {
                let buckets = outline.buckets(point).filter(move |(bucket, _)| in_cell(*bucket));
                Box::new(buckets.flat_map(move |(bucket, _)| outline.bucket(point, bucket)))
            }
        }
    }

    /// How many live threats a cell of the grid holds, without listing them.
    pub fn count(&self, session: &Session, outline: &Outline, place: Option<&Place>, cursor: Cursor) -> usize {
        match cursor {
            Cursor::Cell(likelihood, impact) if !self.only_here => {
                outline.bucket(self.point, Bucket { likelihood: Some(likelihood), impact: Some(impact) }).len()
            }
            Cursor::Tray if !self.only_here => {
                let table = Table::of(session);
                let buckets = outline.buckets(self.point).filter(|(b, _)| cursor_of(table, *b) == cursor);
                buckets.map(|(_, count)| count).sum()
            }
            _ => self.at(session, outline, place, cursor).count(),
        }
    }
}

/// Where a rating lies: on the grid when both steps are known to the table, else in the tray.
pub fn cursor_of(table: &Table, bucket: Bucket) -> Cursor {
    let within = |step: Option<u8>, steps: usize| step.filter(|s| (1..=steps).contains(&usize::from(*s)));
    match (within(bucket.likelihood, table.likelihood.len()), within(bucket.impact, table.impact.len())) {
        (Some(likelihood), Some(impact)) => Cursor::Cell(likelihood, impact),
        _ => Cursor::Tray,
    }
}
