//! Places in a file as people and editors count them, and what is wrong there.

use std::fmt;

/// A place in a file; both numbers count from 1, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Something that keeps a file from being read, where it is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What may help.
    pub hint: Option<String>,
}

impl Diagnostic {
    pub(in crate::format) fn new(at: Position, message: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, message: message.into(), hint: None }
    }

    pub(in crate::format) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// `12:5: message`; the hint is left to whoever shows it.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Where the lines of a text start, to turn byte offsets into positions and back.
#[derive(Debug, Clone)]
pub(in crate::format) struct Lines(Vec<usize>);

impl Lines {
    pub(in crate::format) fn new(source: &str) -> Self {
        Self(std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The position of a byte offset; an offset past the end is the end.
    pub(in crate::format) fn position(&self, source: &str, offset: usize) -> Position {
        let offset = offset.min(source.len());
        let line = self.0.partition_point(|start| *start <= offset);
        let start = self.0[line - 1]; // offset 0 is always in the list, so `line` is at least 1
        let column = 1 + String::from_utf8_lossy(&source.as_bytes()[start..offset]).chars().count();
        Position { line, column }
    }

    /// The byte offset of a position; a position past the end is the end.
    pub(in crate::format) fn offset(&self, source: &str, at: Position) -> usize {
        let Some(start) = self.0.get(at.line.saturating_sub(1)) else { return source.len() };
        let rest = &source[*start..];
        rest.char_indices().nth(at.column.saturating_sub(1)).map_or(source.len(), |(offset, _)| start + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_come_back_as_offsets() {
        let source = "aé\n\n平台x";
        let lines = Lines::new(source);
        for (offset, line, column) in [(0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 2, 1), (5, 3, 1), (8, 3, 2), (12, 3, 4)] {
            let at = Position { line, column };
            assert_eq!(lines.position(source, offset), at, "{offset}");
            assert_eq!(lines.offset(source, at), offset, "{at}");
        }
        assert_eq!(lines.offset(source, Position { line: 9, column: 1 }), source.len());
    }
}
