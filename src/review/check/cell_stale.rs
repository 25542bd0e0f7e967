//! Answers whose ground changed: the old answer may still hold, but somebody has to say so.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Check, Context, Finding, Severity};
use crate::{
    method::{basis::Aspect, cell::cells, weight::Weight},
    review::words,
    session::{Letter, Place},
};

pub(super) const CHECK: Check =
    Check { id: "cell-stale", summary: "A cell was decided before what it rested on changed", run };

fn run(context: &Context) -> Vec<Finding> {
    context.session.places().flat_map(|place| at(context, &place)).collect()
}

/// One finding for all letters that lost the same ground: a new protocol makes six cells stale in one go.
fn at(context: &Context, place: &Place) -> Vec<Finding> {
    let mut groups: BTreeMap<(Reverse<Severity>, Vec<Aspect>), Vec<Letter>> = BTreeMap::new();
    for (letter, cell) in Letter::ALL.into_iter().zip(cells(context.session, place, &context.parked)) {
        if !cell.stale.is_empty() {
            let severity = if cell.weight == Weight::Core { Severity::Error } else { Severity::Warning };
            groups.entry((Reverse(severity), cell.stale)).or_default().push(letter);
        }
    }
    let finding = |((Reverse(severity), aspects), letters): ((Reverse<Severity>, Vec<Aspect>), Vec<Letter>)| {
        let name = words::place(context.session, place);
        if aspects == [Aspect::Assumption] {
            let lean = words::letters(&letters, "leans", "lean");
            let message = format!("{name}: {lean} on an assumption that does not hold");
            let found = CHECK.finding(severity, message).at_place(place).letter(letters.first().copied());
            return found.hint("answer anew, or correct the assumption");
        }
        let decided = words::letters(&letters, "was decided", "were decided");
        let what: Vec<&str> = aspects.iter().map(|aspect| aspect.words(place)).collect();
        let message = format!("{name}: {decided} before {} changed", what.join(" and "));
        let found = CHECK.finding(severity, message).at_place(place).letter(letters.first().copied());
        found.hint("look again: confirm the answer or reopen the cell")
    };
    groups.into_iter().map(finding).collect()
}
