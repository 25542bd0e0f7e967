//! Words for records, risks and counts, the same in text and JSON.

use serde::Serialize;

use crate::{
    method::matrix::{Matrix, Risk},
    session::{EntryId, Level, Named},
};

/// `1 threat`, `2 threats`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// How bad a threat is, for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RiskWords {
    /// The level to reckon with, the same in every matrix; null when nobody rated it.
    pub level: Option<&'static str>,
    /// In the words of the session's matrix: `High`, `up to High`, `unrated`.
    pub words: String,
}

pub(super) fn risk(risk: Risk, matrix: &Matrix) -> RiskWords {
    RiskWords { level: risk.worst().map(Level::name), words: risk.words(matrix) }
}

/// The whole id of a record.
pub(super) fn record(id: &EntryId) -> String {
    match id {
        EntryId::Person(id) => id.to_string(),
        EntryId::Zone(id) => id.to_string(),
        EntryId::Asset(id) => id.to_string(),
        EntryId::Component(id) => id.to_string(),
        EntryId::Flow(id) => id.to_string(),
        EntryId::Threat(id) => id.to_string(),
        EntryId::Mitigation(id) => id.to_string(),
        EntryId::Assumption(id) => id.to_string(),
        EntryId::Note(id) => id.to_string(),
        EntryId::Sitting(id) => id.to_string(),
    }
}
