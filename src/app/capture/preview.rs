//! What enter will do, while the line is typed.

use super::{Captured, Context, Part, clean::Clean, draft::Tense, line, mark::Marks, perform, understood::Line};

/// What enter will do with a line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// In words, with the numbers the records will have; empty for a blank line.
    pub words: String,
    /// What the person should look at.
    pub warnings: Vec<String>,
    /// For a threat that was perhaps meant to draw: how to say that.
    pub doubt: Option<&'static str>,
    /// Which bytes of the line were read as what, in order.
    pub parts: Vec<Part>,
    /// Whether enter captures something; not so for a blank line or a sign alone.
    pub captures: bool,
}

/// Reads a line as [`super::capture`] would, without ids that last.
pub fn preview(line: &str, ctx: &Context<'_>) -> Preview {
    let clean = Clean::new(line);
    let mut marks = Marks::new(&clean.text);
    let Some(read) = line::read(&clean.text, ctx, &mut marks) else { return Preview::default() };
    let mut parts = marks.finish();
    for part in &mut parts {
        part.range = clean.raw(part.range.start)..clean.raw(part.range.end);
    }
    if let Line::Unsaid(next) = read {
        return Preview { words: format!("{next}…"), parts, ..Preview::default() };
    }
    // Only the number of an id is shown, and that does not depend on its tail.
    match perform(read, &clean, ctx, &mut || 0, Tense::Will) {
        Some(Captured { became, warnings, doubt, .. }) => {
            Preview { words: became, warnings, doubt, parts, captures: true }
        }
        None => Preview { parts, ..Preview::default() },
    }
}
