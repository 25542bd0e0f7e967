//! Which answers lean on which assumptions: a reason that names one (`A1`, `A1-0zx`) holds only as long as it does.
//!
//! Refuses: whether an assumption holds. That it was rejected is in the session; what the repository says about it is
//! looked at elsewhere.

use crate::session::{Assumption, AssumptionId, AssumptionState, Cells, Letter, Place, Session};

/// The assumptions that a text names, by whole id or by a short one that only one assumption has.
pub fn named<'a>(session: &'a Session, text: &'a str) -> impl Iterator<Item = AssumptionId> + 'a {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| word.starts_with('A'));
    words.filter_map(|word| {
        if let Ok(id) = word.parse::<AssumptionId>() {
            return session.assumptions.contains(&id).then_some(id);
        }
        let mut meant = session.assumptions.iter().filter(|one| one.id.short() == word);
        meant.next().filter(|_| meant.next().is_none()).map(|one| one.id)
    })
}

/// The answered cells whose reason names an assumption.
pub fn cells(session: &Session, assumption: AssumptionId) -> Vec<(Place, Letter)> {
    let at = |place: Place| {
        let answers = session.cells_at(&place).into_iter().flat_map(Cells::iter);
        let leaning = answers.filter(|cell| named(session, &cell.reason).any(|id| id == assumption));
        leaning.map(|cell| (place.clone(), cell.letter)).collect::<Vec<_>>()
    };
    session.places().flat_map(at).collect()
}

/// The assumptions that somebody looked into and found false.
pub(super) fn rejected(session: &Session) -> impl Iterator<Item = AssumptionId> + '_ {
    let rejected = |one: &&Assumption| one.state == AssumptionState::Rejected;
    session.assumptions.iter().filter(rejected).map(|one| one.id)
}
