//! Where a record stands in a file: the line that a finding, an annotation or an editor jumps to.
//!
//! Reads the shape of the file only, so it also finds its way in files that are written by hand.

use std::collections::HashMap;

use crate::{
    format::strict::{Lines, Outline, Position},
    session::{ConflictId, Letter, Place, edit::EntryId},
};

/// Finds records and fields in the source of a session.
///
/// Limitations: ids are looked up as they are written; a file that [`decode`](super::decode) refuses may be found in part.
#[derive(Debug, Clone)]
pub struct Locator {
    source: Box<str>,
    outline: Outline,
    lines: Lines,
    records: HashMap<EntryId, Vec<usize>>,
}

impl Locator {
    /// Reads the shape of a source.
    pub fn new(source: &str) -> Self {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let mut locator = Self {
            source: source.into(),
            outline: Outline::new(source),
            lines: Lines::new(source),
            records: HashMap::new(),
        };
        locator.index();
        locator
    }

    /// Where a record begins; its first occurrence when its id stands twice.
    pub fn locate(&self, id: &EntryId) -> Option<Position> {
        self.record(id).map(|node| self.value_position(node))
    }

    /// Where a field of a record is written; `None` when the file leaves it out.
    pub fn locate_field(&self, id: &EntryId, field: &str) -> Option<Position> {
        let node = self.outline.field(&self.source, self.record(id)?, field)?;
        Some(self.lines.position(&self.source, self.outline.node(node).span.start))
    }

    /// Where a field of the session itself is written, such as `scope`.
    pub fn locate_header(&self, field: &str) -> Option<Position> {
        let node = self.outline.field(&self.source, self.outline.root()?, field)?;
        Some(self.lines.position(&self.source, self.outline.node(node).span.start))
    }

    /// Where the answer of a cell is written; `None` while it is open.
    pub fn locate_cell(&self, place: &Place, letter: Letter) -> Option<Position> {
        let record = self.record(&place.entry()?)?;
        let cells = self.outline.field(&self.source, record, "cells")?;
        let cell = self.entries(cells).find(|cell| {
            let name = self.outline.field(&self.source, *cell, "letter");
            name.is_some_and(|name| self.value(name).chars().eq([letter.as_char()]))
        })?;
        Some(self.value_position(cell))
    }

    /// Where to look for a field: where it is written, else where its record begins, else the first line. A letter is
    /// the field of an answered cell; without a record the field is one of the session's.
    pub fn locate_nearest(&self, record: Option<&EntryId>, field: &str) -> Position {
        let start = Position { line: 1, column: 1 };
        let Some(id) = record else { return self.locate_header(field).unwrap_or(start) };
        let cell = ConflictId::new(Some(id.clone()), field).cell();
        let cell = cell.and_then(|(place, letter)| self.locate_cell(&place, letter));
        cell.or_else(|| self.locate_field(id, field)).or_else(|| self.locate(id)).unwrap_or(start)
    }

    /// Where the id of every record with this identity is written: more than one when the file is broken.
    pub(super) fn locate_ids(&self, id: &EntryId) -> Vec<Position> {
        let ids = self.records.get(id).into_iter().flatten();
        ids.filter_map(|record| self.outline.field(&self.source, *record, "id"))
            .map(|n| self.value_position(n))
            .collect()
    }

    fn record(&self, id: &EntryId) -> Option<usize> {
        self.records.get(id)?.first().copied()
    }

    fn value_position(&self, node: usize) -> Position {
        self.lines.position(&self.source, self.outline.node(node).value)
    }

    /// The source of a value.
    fn value(&self, node: usize) -> &str {
        let node = self.outline.node(self.outline.inner(&self.source, node));
        &self.source[node.value..node.span.end]
    }

    fn entries(&self, list: usize) -> impl Iterator<Item = usize> + '_ {
        let list = self.outline.inner(&self.source, list);
        self.outline.children(list).map(|entry| self.outline.inner(&self.source, entry))
    }

    fn index(&mut self) {
        let Some(root) = self.outline.root() else { return };
        let mut found: Vec<(EntryId, usize)> = Vec::new();
        for list in self.outline.children(root) {
            let field = &self.source[self.outline.node(list).field.clone()];
            for entry in self.entries(list).filter(|entry| self.outline.node(*entry).bracket == b'(') {
                found.extend(self.identity(field, entry).map(|id| (id, entry)));
                let threats = self.outline.field(&self.source, entry, "threats");
                for threat in threats.into_iter().flat_map(|threats| self.entries(threats)) {
                    found.extend(self.identity("unfiled", threat).map(|id| (id, threat)));
                }
            }
        }
        for (id, record) in found {
            self.records.entry(id).or_default().push(record);
        }
    }

    /// The identity of a record in one of the session's lists.
    fn identity(&self, list: &str, record: usize) -> Option<EntryId> {
        let written = self.value(self.outline.field(&self.source, record, "id")?);
        // Ids hold nothing that would have to be escaped; only a file written by hand can have it otherwise.
        let id = match written.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(plain) if !plain.contains('\\') => plain.to_owned(),
            _ => ron::from_str(written).ok()?,
        };
        Some(match list {
            "people" => EntryId::Person(id.parse().ok()?),
            "zones" => EntryId::Zone(id.parse().ok()?),
            "assets" => EntryId::Asset(id.parse().ok()?),
            "components" => EntryId::Component(id.parse().ok()?),
            "flows" => EntryId::Flow(id.parse().ok()?),
            "unfiled" => EntryId::Threat(id.parse().ok()?),
            "mitigations" => EntryId::Mitigation(id.parse().ok()?),
            "assumptions" => EntryId::Assumption(id.parse().ok()?),
            "notes" => EntryId::Note(id.parse().ok()?),
            "sittings" => EntryId::Sitting(id.parse().ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"Session(
    format: 1,
    components: [
        Component(
            id: "api", // id: "web"
            name: "id: \"db\"",
            threats: [(id: "T2-k7q", letter: S, statement: "x")],
        ),
    ],
    flows: [
        Flow(id: r"F3-a2c", from: "api", to: "api",
            cells: Some([
                Cell(letter: R, state: Clear), Cell(letter: I, state: Clear),
            ]),
            threats: [
                Threat(
                    id: "T5-abc",
                    current: Rating(impact: 3),
                ),
            ],
        ),
    ],
)"#;

    #[test]
    fn records_fields_and_cells_are_found_where_they_stand() {
        let locator = Locator::new(SOURCE);
        let api = EntryId::Component("api".parse().unwrap());
        let flow = EntryId::Flow("F3-a2c".parse().unwrap());
        let threat = |id: &str| EntryId::Threat(id.parse().unwrap());
        let at = |found: Option<Position>| found.map(|p| p.to_string()).unwrap_or_default();
        assert_eq!(at(locator.locate(&api)), "4:9");
        assert_eq!(at(locator.locate_field(&api, "name")), "6:13");
        assert_eq!(at(locator.locate_field(&api, "zone")), "");
        assert_eq!(at(locator.locate(&threat("T2-k7q"))), "7:23");
        assert_eq!(at(locator.locate_field(&threat("T2-k7q"), "statement")), "7:49");
        assert_eq!(at(locator.locate_field(&threat("T5-abc"), "current")), "18:21");
        assert_eq!(at(locator.locate(&flow)), "11:9");
        let place = Place::Flow("F3-a2c".parse().unwrap());
        assert_eq!(at(locator.locate_cell(&place, Letter::I)), "13:48");
        assert_eq!(at(locator.locate_cell(&place, Letter::S)), "");
        assert_eq!(at(locator.locate_cell(&Place::Unfiled, Letter::S)), "");
        assert_eq!(at(locator.locate_header("flows")), "10:5");
        for (record, field, expected) in [
            (Some(&api), "name", "6:13"),
            (Some(&api), "zone", "4:9"),
            (Some(&flow), "I", "13:48"),
            (Some(&flow), "S", "11:9"),
            (None, "flows", "10:5"),
            (None, "scope", "1:1"),
        ] {
            assert_eq!(locator.locate_nearest(record, field).to_string(), expected);
        }
        assert_eq!(at(locator.locate(&EntryId::Zone("web".parse().unwrap()))), "");
    }

    #[test]
    fn a_source_that_is_no_session_has_no_records() {
        for source in ["", "nonsense", "[[[", "Session(components: 5, flows: [3, (id: 4)])", "\u{feff}("] {
            assert_eq!(Locator::new(source).locate(&EntryId::Component("api".parse().unwrap())), None);
        }
    }
}
