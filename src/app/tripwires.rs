//! What the repository says about the assumptions of the open session, and which ones were asked about.
//!
//! Refuses: looking (`runtime::tripwires`) and what follows (`review::tripwire`).

use std::path::PathBuf;

use crate::{
    review::tripwire::Verdicts,
    session::{Assumption, AssumptionId, Table, Tripwire},
};

/// What is known, and what was asked.
#[derive(Debug, Default)]
pub struct Tripwires {
    /// What was found.
    pub verdicts: Verdicts,
    pub(super) path: PathBuf,
    /// The assumptions as they were when it was asked.
    pub(super) assumptions: Table<Assumption>,
    pub(super) named: Vec<(AssumptionId, Vec<Tripwire>)>,
}
