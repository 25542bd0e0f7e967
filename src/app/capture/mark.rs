//! Which parts of a line were understood as what, for the highlight while typing.

use std::ops::Range;

/// What a part of the line was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// `+`, `?`, `=`, `>`, `#`, `"` or the leading backslash.
    Sign,
    /// `zone`, `asset`, `person`, `entry`, `by`.
    Keyword,
    /// `->` and its relatives.
    Arrow,
    /// A component that exists or will.
    Component,
    /// A zone that exists or will.
    Zone,
    /// A catalogue kind.
    Kind,
    /// An asset that exists or will.
    Asset,
    /// A protocol word.
    Protocol,
    /// A data class or who can reach something.
    Class,
    /// A person.
    Person,
    /// A person's perspective.
    Role,
    /// `@F4` and the place in front of a letter.
    Place,
    /// A letter of STRIDE.
    Letter,
    /// `!4x3`.
    Rating,
    /// A day.
    Date,
}

/// A part of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Bytes of the line as it was typed.
    pub range: Range<usize>,
    /// What it was read as.
    pub kind: PartKind,
}

/// Collects the parts of one line; every part is a slice of it.
#[derive(Debug)]
pub(super) struct Marks<'l> {
    line: &'l str,
    parts: Vec<Part>,
}

impl<'l> Marks<'l> {
    pub(super) fn new(line: &'l str) -> Self {
        Self { line, parts: Vec::new() }
    }

    /// Notes that a slice of the line was read as something; a slice of anything else is ignored.
    pub(super) fn add(&mut self, part: &str, kind: PartKind) {
        let start = (part.as_ptr() as usize).wrapping_sub(self.line.as_ptr() as usize);
        let inside = start.checked_add(part.len()).is_some_and(|end| end <= self.line.len());
        if inside && !part.is_empty() {
            self.parts.push(Part { range: start..start + part.len(), kind });
        }
    }

    /// Where the collection stands, to go back to with [`Marks::rewind`].
    pub(super) fn here(&self) -> usize {
        self.parts.len()
    }

    /// Forgets what was noted since.
    pub(super) fn rewind(&mut self, here: usize) {
        self.parts.truncate(here);
    }

    /// The parts in the order of the line.
    pub(super) fn finish(mut self) -> Vec<Part> {
        self.parts.sort_by_key(|part| part.range.start);
        self.parts
    }
}
