//! File formats by number: which one a file has, and the steps from past ones to the present.
//!
//! The number is looked for before anything is parsed, because a file of another format is not a session with mistakes.

use std::borrow::Cow;

use super::SORT;
use crate::format::strict::{Diagnostic, number};

/// Turns the text of one format into the text of the next.
///
/// A step reads its own format strictly, with types of its own that never change again, and answers for what it cannot
/// read with places in the text it was given. It writes any RON of the next format; the layout does not matter.
type Step = fn(&str) -> Result<String, Vec<Diagnostic>>;

/// The steps, each with the format it starts from, oldest first.
///
/// To add format 2: freeze `tests/formats/v1.tm.ron`, add `(1, from_1)` here with `from_1` in a file of its own, raise
/// [`FORMAT`](crate::session::FORMAT), and add `tests/formats/v2.tm.ron`.
const STEPS: &[(u32, Step)] = &[];

/// The text in the present format.
pub(super) fn to_present(text: Cow<'_, str>) -> Result<Cow<'_, str>, Vec<Diagnostic>> {
    let Some(found) = number(&text, &SORT)? else { return Ok(text) };
    let mut text = text;
    for (_, step) in STEPS.iter().filter(|(from, _)| *from >= found) {
        text = Cow::Owned(step(&text)?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::FORMAT;

    #[test]
    fn every_past_format_has_one_step_to_the_next() {
        let from: Vec<u32> = STEPS.iter().map(|(from, _)| *from).collect();
        assert_eq!(from, (1..FORMAT).collect::<Vec<_>>());
    }
}
