//! The words of enumerations, the same in text and JSON: lower case, as people say them.

use serde::Serialize;

use crate::{
    method::matrix::{Matrix, Risk},
    session::{
        AssumptionState, Class, Element, EntryId, Exposure, Layer, Level, NoteKind, Response, Responsibility, Role,
    },
};

pub(super) fn element(element: Element) -> &'static str {
    match element {
        Element::Actor => "actor",
        Element::Process => "process",
        Element::Store => "store",
        Element::External => "external",
    }
}

pub(super) fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Isolated => "isolated",
        Exposure::Internal => "internal",
        Exposure::Partner => "partner",
        Exposure::Internet => "internet",
    }
}

pub(super) fn class(class: Class) -> &'static str {
    match class {
        Class::Public => "public",
        Class::Internal => "internal",
        Class::Confidential => "confidential",
        Class::Restricted => "restricted",
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Business => "business",
        Role::Developer => "developer",
        Role::Adversary => "adversary",
        Role::Defender => "defender",
        Role::AppSec => "appsec",
        Role::Moderator => "moderator",
        Role::NoteTaker => "note-taker",
        Role::Owner => "owner",
    }
}

pub(super) fn response(response: Response) -> &'static str {
    match response {
        Response::Mitigate => "mitigate",
        Response::Eliminate => "eliminate",
        Response::Transfer => "transfer",
        Response::Accept => "accept",
    }
}

pub(super) fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Prevent => "prevent",
        Layer::Detect => "detect",
        Layer::Correct => "correct",
    }
}

pub(super) fn responsibility(responsibility: Responsibility) -> &'static str {
    match responsibility {
        Responsibility::Us => "us",
        Responsibility::Platform => "platform",
        Responsibility::Provider => "provider",
        Responsibility::Vendor => "vendor",
    }
}

pub(super) fn assumption(state: AssumptionState) -> &'static str {
    match state {
        AssumptionState::Unconfirmed => "unconfirmed",
        AssumptionState::Confirmed => "confirmed",
        AssumptionState::Rejected => "rejected",
    }
}

pub(super) fn note(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Question => "question",
        NoteKind::Action => "action",
        NoteKind::Quote => "quote",
    }
}

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
    RiskWords { level: risk.worst().map(level), words: risk.words(matrix) }
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::VeryLow => "very-low",
        Level::Low => "low",
        Level::Medium => "medium",
        Level::High => "high",
        Level::Critical => "critical",
    }
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
