//! Pane 1: zones with their components, flows, the unfiled tray, notes, assumptions, assets and people.
//!
//! Owns the selection and the filter. The selection is a row, not a number, so that it stays with its record when rows
//! come and go.

mod texts;

use std::sync::Arc;

use crate::{
    app::{
        line::Typing,
        outline::{Outline, Row},
    },
    session::Session,
};
use texts::Texts;

/// Characters of the longest filter that can match.
const LONGEST_FILTER: usize = 100;

/// What pane 1 remembers.
#[derive(Debug, Default)]
pub struct Components {
    selected: Option<Row>,
    index: usize,
    /// The words rows must contain, while a filter is set.
    filter: Option<String>,
    filtered: Option<Arc<Vec<Row>>>,
    /// What it looks at, as long as it is set.
    texts: Option<Texts>,
    /// The filter while it is being typed.
    pub typing: Option<Typing>,
}

impl Components {
    /// The rows to show.
    pub fn rows<'a>(&'a self, outline: &'a Outline) -> &'a Arc<Vec<Row>> {
        self.filtered.as_ref().unwrap_or(outline.rows())
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.selected.as_ref()
    }

    /// Its index among the rows shown.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The words rows must contain.
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_deref()
    }

    /// Selects the row with this index, or the nearest there is.
    pub fn select_index(&mut self, outline: &Outline, index: usize) {
        let rows = self.rows(outline);
        let index = index.min(rows.len().saturating_sub(1));
        let row = rows.get(index).cloned();
        (self.index, self.selected) = (index, row);
    }

    /// Selects this row if it is shown; takes the filter away when only that hides it.
    pub fn select(&mut self, session: &Session, outline: &Outline, row: &Row) {
        if self.filtered.is_some() && !self.rows(outline).iter().any(|r| same_record(r, row)) {
            self.set_filter(session, outline, None);
        }
        if let Some(index) = self.rows(outline).iter().position(|r| same_record(r, row)) {
            self.select_index(outline, index);
        }
    }

    /// Moves the selection by some rows.
    pub fn step(&mut self, outline: &Outline, by: isize) {
        self.select_index(outline, self.index.saturating_add_signed(by));
    }

    /// Goes to the first row of the next section, or of this one or the one before.
    pub fn section(&mut self, outline: &Outline, forward: bool) {
        let rows = self.rows(outline);
        let is_heading = |at: usize| matches!(rows.get(at), Some(Row::Heading(_)));
        let is_row = |at: usize| at < rows.len() && !is_heading(at);
        let headings = (0..rows.len()).filter(|at| is_heading(*at));
        // An empty section is its heading.
        let mut begins = headings.map(|at| if is_row(at + 1) { at + 1 } else { at });
        let found =
            if forward { begins.find(|at| *at > self.index) } else { begins.take_while(|at| *at < self.index).last() };
        if let Some(index) = found {
            self.select_index(outline, index);
        }
    }

    /// Sets or clears the filter.
    pub fn set_filter(&mut self, session: &Session, outline: &Outline, words: Option<String>) {
        let words = words.filter(|w| !w.trim().is_empty());
        if words.is_some() && words == self.filter && self.filtered.is_some() {
            // A key that only moved the cursor.
            return;
        }
        // Every further character leaves fewer rows, of those that are left.
        let narrower = self.filter.as_ref().zip(words.as_ref()).is_some_and(|(old, new)| new.starts_with(old.as_str()));
        let left = self.filtered.take().filter(|_| narrower);
        self.filter = words;
        self.find(session, outline, left.as_ref().unwrap_or(outline.rows()));
        if self.filter.is_some() {
            // Components come first, then their flows, then what was said about them: the name somebody looks for.
            self.select_index(outline, 0);
        }
    }

    /// Finds the selection again after the session changed: cheap unless a filter is set or rows moved.
    pub fn refresh(&mut self, session: &Session, outline: &Outline) {
        self.find(session, outline, outline.rows());
    }

    /// The same where only these rows can hold the words of the filter.
    fn find(&mut self, session: &Session, outline: &Outline, among: &[Row]) {
        if self.filter.is_none() {
            self.texts = None;
        }
        self.filtered = self.filter.as_ref().map(|words| {
            if words.chars().nth(LONGEST_FILTER).is_some() {
                // Something was pasted; comparing it with every row on every key would take long and find nothing.
                return Arc::default();
            }
            let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
            let texts = self.texts.get_or_insert_with(|| Texts::of(session));
            texts.follow(session);
            let matching = among.iter().filter(|row| texts.hold(row, &words));
            Arc::new(matching.cloned().collect())
        });
        let rows = self.rows(outline);
        if rows.get(self.index) == self.selected.as_ref() && self.selected.is_some() {
            return;
        }
        let again = self.selected.as_ref().and_then(|row| rows.iter().position(|r| same_record(r, row)));
        let first = || rows.iter().position(|r| !matches!(r, Row::Heading(_))).unwrap_or(0);
        let index = again.unwrap_or_else(|| if self.selected.is_some() { self.index } else { first() });
        self.select_index(outline, index);
    }
}

/// Rows are the same when they show the same record, wherever it is nested now.
fn same_record(a: &Row, b: &Row) -> bool {
    match (a, b) {
        (Row::Zone(a, _), Row::Zone(b, _)) => a == b,
        (Row::Component(a, _), Row::Component(b, _)) => a == b,
        _ => a == b,
    }
}
