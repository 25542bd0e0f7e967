//! Merging text line by line.
//!
//! Changes that do not touch each other are both applied. Where they touch, both making the same change is no conflict;
//! otherwise the lines stay as they were before both, and the text as a whole is in conflict.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Texts with more lines than this are taken as one piece: comparing them could take longer than anybody waits.
const MOST_LINES: usize = 4_000;

/// The merged text, and whether everything found its place in it.
pub(super) fn merge(base: &str, ours: &str, theirs: &str) -> (String, bool) {
    let [base, ours, theirs] = [base, ours, theirs].map(|text| text.lines().collect::<Vec<_>>());
    if base.len() + ours.len() + theirs.len() > MOST_LINES {
        return (base.join("\n"), false);
    }
    let (mut left, mut right) = (Changes::of(&base, &ours), Changes::of(&base, &theirs));
    let (mut out, mut whole, mut at) = (Vec::new(), true, 0);
    while let Some(start) = left.start().into_iter().chain(right.start()).min() {
        out.extend_from_slice(&base[at..start]);
        let mut region = start..start;
        // What touches belongs together.
        while left.take_into(&mut region) || right.take_into(&mut region) {}
        let (a, b) = (left.text(&ours, &region), right.text(&theirs, &region));
        let before = &base[region.clone()];
        match (a, b) {
            (Some(a), Some(b)) if a != b => {
                whole = false;
                out.extend_from_slice(before);
            }
            (Some(text), _) | (None, Some(text)) => out.extend_from_slice(text),
            (None, None) => {}
        }
        at = region.end;
    }
    out.extend_from_slice(&base[at..]);
    (out.join("\n"), whole)
}

/// What one side changed, in the order of the lines before.
struct Changes {
    /// Lines before, and the lines that stand there now.
    hunks: Vec<(Range<usize>, Range<usize>)>,
    next: usize,
    /// The first hunk of the region at hand.
    first: usize,
}

impl Changes {
    fn of(before: &[&str], after: &[&str]) -> Self {
        let ops = capture_diff_slices(Algorithm::Myers, before, after);
        let changes = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
        Self { hunks: changes.map(|op| (op.old_range(), op.new_range())).collect(), next: 0, first: 0 }
    }

    fn start(&self) -> Option<usize> {
        Some(self.hunks.get(self.next)?.0.start)
    }

    /// Takes the next change into the region if it touches it.
    fn take_into(&mut self, region: &mut Range<usize>) -> bool {
        let Some((before, _)) = self.hunks.get(self.next).filter(|(before, _)| before.start <= region.end) else {
            return false;
        };
        region.end = region.end.max(before.end);
        self.next += 1;
        true
    }

    /// What stands in the region on this side; `None` when nothing was changed there.
    fn text<'a>(&mut self, side: &'a [&'a str], region: &Range<usize>) -> Option<&'a [&'a str]> {
        let taken = self.hunks.get(self.first..self.next)?;
        self.first = self.next;
        let ((first, from), (last, to)) = taken.first().zip(taken.last())?;
        let start = from.start - (first.start - region.start);
        Some(&side[start..to.end + (region.end - last.end)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_do_not_touch_are_both_applied() {
        let table = [
            // base, ours, theirs, merged, whole
            ("a b c", "x b c", "a b y", "x b y", true),
            ("a b c", "x b c", "x b c", "x b c", true),
            ("a b c", "a c", "a b c d", "a c d", true),
            ("a b c d", "a d", "x b c d e", "a b c d e", false),
            ("a b c", "x b c", "y b c", "a b c", false),
            ("", "x", "y", "", false),
            ("", "x", "", "x", true),
            ("a", "a x", "a y", "a", false),
            ("a b c d e", "a 1 c d e", "a b c d 2", "a 1 c d 2", true),
            ("a b", "", "a b c", "a b", false),
        ];
        for (base, ours, theirs, merged, whole) in table {
            let [b, o, t, m] = [base, ours, theirs, merged].map(|words| words.replace(' ', "\n"));
            assert_eq!(merge(&b, &o, &t), (m.clone(), whole), "{base} | {ours} | {theirs}");
            assert_eq!(merge(&b, &t, &o), (m, whole), "{base} | {theirs} | {ours}");
        }
    }

    #[test]
    fn a_text_of_very_many_lines_is_one_piece() {
        let long = "x\n".repeat(MOST_LINES);
        assert_eq!(merge(&long, &format!("y\n{long}"), &format!("{long}z")), (long.trim_end().to_owned(), false));
    }
}
