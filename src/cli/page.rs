//! Text on its way to a terminal or a pipe: the one place where strings from files become output.
//!
//! Owns lines, columns and the few colours of the command line. Every string is made visible on the way in, line breaks
//! included, so that no title can clear a screen or forge a line.

use std::borrow::Cow;

use crate::ui::{
    text::{visible, width},
    theme::ColorDepth,
};

/// Colours of the command line: the terminal's own sixteen, because it has no theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// As it is.
    Plain,
    /// A heading.
    Bold,
    /// Less important.
    Dim,
    /// Errors.
    Red,
    /// Warnings.
    Yellow,
    /// Hints.
    Cyan,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "\u{1b}[1m",
            Self::Dim => "\u{1b}[2m",
            Self::Red => "\u{1b}[1;31m",
            Self::Yellow => "\u{1b}[33m",
            Self::Cyan => "\u{1b}[36m",
        }
    }
}

/// Lines that are safe to show.
#[derive(Debug, Clone)]
pub struct Page {
    text: String,
    depth: ColorDepth,
}

impl Page {
    /// An empty page.
    pub fn new(depth: ColorDepth) -> Self {
        Self { text: String::new(), depth }
    }

    /// The finished text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Adds a line.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.parts(&[(Ink::Plain, text.as_ref())]);
    }

    /// Adds an empty line and a heading.
    pub fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.parts(&[(Ink::Bold, text)]);
    }

    /// Adds a line of several colours.
    pub fn parts(&mut self, parts: &[(Ink, &str)]) {
        let start = self.text.len();
        if parts.iter().find(|(_, text)| !text.is_empty()).is_some_and(|(_, text)| calculates(text)) {
            self.text.push('\'');
        }
        for (ink, text) in parts {
            let coloured = self.depth > ColorDepth::Mono && *ink != Ink::Plain;
            self.text.push_str(if coloured { ink.code() } else { "" });
            self.text.push_str(&visible(text));
            self.text.push_str(if coloured { "\u{1b}[0m" } else { "" });
        }
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end.max(start));
        self.text.push('\n');
    }

    /// Adds every line of a text behind the same number of spaces.
    pub fn indented(&mut self, indent: usize, text: &str) {
        for line in text.lines() {
            self.line(format!("{:indent$}{line}", ""));
        }
    }

    /// Adds rows whose columns stand below each other, two spaces apart.
    pub fn table<const N: usize>(&mut self, indent: usize, rows: &[[String; N]]) {
        let mut widths = [0; N];
        let rows: Vec<[Cow<'_, str>; N]> = rows.iter().map(|row| row.each_ref().map(|cell| inert(cell))).collect();
        for row in &rows {
            widths.iter_mut().zip(row).for_each(|(widest, cell)| *widest = (*widest).max(width(cell)));
        }
        // A column that is empty everywhere takes no room.
        let used: Vec<usize> = (0..N).filter(|column| widths[*column] > 0).collect();
        for row in &rows {
            let mut line = " ".repeat(indent);
            for &column in &used {
                line.push_str(&row[column]);
                line.extend(std::iter::repeat_n(' ', widths[column] - width(&row[column]) + 2));
            }
            self.line(line);
        }
    }
}

/// Whether a spreadsheet would take this for a formula when the text is pasted into one.
fn calculates(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that a spreadsheet takes for text: its own sign for that in front where it is needed.
fn inert(cell: &str) -> Cow<'_, str> {
    if calculates(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_and_obeys_nothing() {
        let mut page = Page::new(ColorDepth::Mono);
        page.line("a\nerror: b\u{1b}[2J");
        assert_eq!(page.as_str(), "a␊error: b␛[2J\n");
    }

    #[test]
    fn no_line_or_cell_is_a_formula() {
        let mut page = Page::new(ColorDepth::Mono);
        page.line("=cmd|' /C calc'!A0");
        page.table(0, &[["a".to_owned(), "@SUM(1)".to_owned()], ["-1".to_owned(), "b-1".to_owned()]]);
        assert_eq!(page.as_str(), "'=cmd|' /C calc'!A0\na    '@SUM(1)\n'-1  b-1\n");
    }

    #[test]
    fn colours_are_ours_or_there_are_none() {
        let mut page = Page::new(ColorDepth::Ansi16);
        page.parts(&[(Ink::Red, "error"), (Ink::Plain, ": \u{1b}[0m")]);
        assert_eq!(page.as_str(), "\u{1b}[1;31merror\u{1b}[0m: ␛[0m\n");
    }

    #[test]
    fn columns_stand_below_each_other_and_empty_ones_are_left_out() {
        let mut page = Page::new(ColorDepth::Mono);
        let row = |cells: [&str; 3]| cells.map(str::to_owned);
        page.table(2, &[row(["日本", "", "x"]), row(["a", "", "y"])]);
        assert_eq!(page.as_str(), "  日本  x\n  a     y\n");
    }
}
