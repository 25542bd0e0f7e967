//! How much a session may hold: bounds that no real one meets, so that a made-up one exhausts nobody.
//!
//! Owns the numbers, for whoever reads a file, takes in what is typed or applies an edit, and holding an edit to them:
//! what an edit lets in can be read back from the file. Refuses: measuring files (`format` does, with line and column).

use std::io;

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use super::{Edit, EditError, EntryId, Place, Session};

/// Bytes of a session file.
pub const FILE: usize = 16 << 20;
/// Bytes of a settings or theme file.
pub const SETTINGS: usize = 1 << 20;
/// Brackets inside each other.
pub const NESTING: usize = 32;
/// Entries of one list: records, references, lines of a text.
pub const LIST: usize = 20_000;
/// Characters of one text or one line of it.
pub const TEXT: usize = 10_000;
/// Characters of an id.
pub const ID: usize = 80;
/// Characters of a captured line; what is longer is cut, and that is said.
pub const CAPTURED: usize = 2_000;
/// Bytes pasted or brought back from an editor at once.
pub const PASTED: usize = 1 << 20;

/// Every limit in words, for people.
pub const TABLE: &[(&str, usize, &str)] = &[
    ("session file", FILE, "bytes"),
    ("settings or theme file", SETTINGS, "bytes"),
    ("brackets inside each other", NESTING, "levels"),
    ("one list: records, references, lines of a text", LIST, "entries"),
    ("one text, or one line of it", TEXT, "characters"),
    ("an id", ID, "characters"),
    ("a captured line; the rest is cut, with a warning", CAPTURED, "characters"),
    ("a paste, or a text back from `$EDITOR`", PASTED, "bytes"),
];

/// Whether everything an edit brings along is within the limits.
pub(super) fn check(edit: &Edit) -> Result<(), EditError> {
    if let Edit::Batch { edits, .. } = edit {
        return edits.iter().try_for_each(check);
    }
    let mut gauge = Gauge::default();
    // Only the gauge can refuse: nothing is written anywhere.
    let measured = edit.serialize(&mut Serializer::with_formatter(io::sink(), &mut gauge));
    match measured {
        Ok(()) => Ok(()),
        Err(_) if gauge.entries > LIST => Err(EditError::TooMany),
        Err(_) => Err(EditError::TooLong),
    }
}

impl Session {
    /// Whether the list a record belongs into can take one more.
    pub(super) fn check_room(&self, id: &EntryId) -> Result<(), EditError> {
        let present = match id {
            EntryId::Person(_) => self.people.len(),
            EntryId::Zone(_) => self.zones.len(),
            EntryId::Asset(_) => self.assets.len(),
            EntryId::Component(_) => self.components.len(),
            EntryId::Flow(_) => self.flows.len(),
            EntryId::Threat(_) => self.unfiled.len(),
            EntryId::Mitigation(_) => self.mitigations.len(),
            EntryId::Assumption(_) => self.assumptions.len(),
            EntryId::Note(_) => self.notes.len(),
            EntryId::Sitting(_) => self.sittings.len(),
        };
        if present < LIST { Ok(()) } else { Err(EditError::TooMany) }
    }

    /// Whether a place can take one more threat.
    pub(super) fn check_room_at(&self, place: &Place) -> Result<(), EditError> {
        let present = self.threats_at(place).map_or(0, super::Table::len);
        if present < LIST { Ok(()) } else { Err(EditError::TooMany) }
    }
}

/// Counts the characters of texts and the entries of lists while a value is written to nowhere.
#[derive(Debug, Default)]
struct Gauge {
    characters: usize,
    /// Entries so far of the list being counted.
    entries: usize,
    /// Entries so far of the lists around it.
    around: Vec<usize>,
}

impl Gauge {
    fn longer(&mut self, by: usize) -> io::Result<()> {
        self.characters += by;
        Self::within(self.characters, TEXT)
    }

    fn within(count: usize, most: usize) -> io::Result<()> {
        if count <= most { Ok(()) } else { Err(io::ErrorKind::InvalidInput.into()) }
    }
}

impl Formatter for &mut Gauge {
    fn begin_string<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.characters = 0;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, _: &mut W, fragment: &str) -> io::Result<()> {
        self.longer(fragment.chars().count())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        _: serde_json::ser::CharEscape,
    ) -> io::Result<()> {
        self.longer(1)
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.around.push(std::mem::take(&mut self.entries));
        Ok(())
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        self.entries += 1;
        Gauge::within(self.entries, LIST)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.entries = self.around.pop().unwrap_or(0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Component, Letter, Threat, edit::Entry, edit::Header};

    fn component(name: &str) -> Edit {
        Edit::Add(Entry::Component(Box::new(Component::new("api".parse().unwrap(), name))))
    }

    fn scope(lines: usize) -> Edit {
        let scope = vec!["in"; lines].join("\n").into();
        Edit::ChangeHeader(Box::new(Header { scope, ..Session::new("s").header() }))
    }

    #[test]
    fn an_edit_may_bring_as_much_as_a_file_may_hold_and_no_more() {
        let session = Session::new("x");
        assert_eq!(session.apply(&component(&"\u{1b}é\"".repeat(TEXT / 3))).err(), None);
        assert_eq!(session.apply(&component(&"é".repeat(TEXT + 1))).err(), Some(EditError::TooLong));
        assert_eq!(session.apply(&scope(LIST)).err(), None);
        assert_eq!(session.apply(&scope(LIST + 1)).err(), Some(EditError::TooMany));
        let batch = Edit::Batch { label: String::new(), edits: vec![component("api"), scope(LIST + 1)] };
        assert_eq!(session.apply(&batch).err(), Some(EditError::TooMany));
    }

    #[test]
    fn a_full_list_takes_no_further_record() {
        let mut session = Session::new("x");
        session.unfiled = (1..=LIST as u32)
            .map(|n| Threat::new(super::super::ThreatId::new(n, *b"000"), Letter::S, "said"))
            .collect();
        let threat = Box::new(Threat::new("T99999-000".parse().unwrap(), Letter::S, "one more"));
        let refused = session.apply(&Edit::AddThreat { place: Place::Unfiled, threat });
        assert_eq!(refused.err(), Some(EditError::TooMany));
    }
}
