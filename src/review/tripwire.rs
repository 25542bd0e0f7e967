//! What the repository says about assumptions: the verdict over each tripwire, and what follows for the session.
//!
//! Refuses: looking at files (`runtime::tripwires`).

use std::collections::{BTreeMap, BTreeSet};

use crate::session::{AssumptionId, AssumptionState, Session, Tripwire};

/// What looking at one tripwire gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is as it was assumed.
    Holds,
    /// It is not; in words that follow the condition.
    Broken(String),
    /// Nobody can say; why not.
    Unknown(String),
}

/// The verdict over every tripwire of each assumption that has some.
pub type Verdicts = BTreeMap<AssumptionId, Vec<(Tripwire, Verdict)>>;

/// The assumptions that do not hold any more.
pub fn broken(verdicts: &Verdicts) -> BTreeSet<AssumptionId> {
    let broken = |found: &[(Tripwire, Verdict)]| found.iter().any(|(_, verdict)| matches!(verdict, Verdict::Broken(_)));
    verdicts.iter().filter(|(_, found)| broken(found)).map(|(id, _)| *id).collect()
}

/// The tripwires to look at; those of a rejected assumption are not.
pub fn of(session: &Session) -> impl Iterator<Item = (AssumptionId, &[Tripwire])> {
    let held = session.assumptions.iter().filter(|one| one.state != AssumptionState::Rejected);
    held.map(|one| (one.id, one.tripwires.as_slice())).filter(|(_, tripwires)| !tripwires.is_empty())
}
