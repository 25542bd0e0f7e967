//! Symbols and the roles they stand in. Every symbol has a word beside it or in the legend of the help screen.
//!
//! Refuses: meaning by colour alone.

use super::theme::Role;
use crate::{
    method::{
        cell::{CellState, CellView},
        matrix::Risk,
        weight::Weight,
    },
    session::{Element, MitigationState},
};

/// The symbol of a cell; a stale answer shows as such whatever it was.
pub(super) fn cell(view: &CellView) -> (&'static str, Role) {
    if !view.stale.is_empty() {
        return ("!", Role::CellStale);
    }
    match view.state {
        CellState::Open => match view.weight {
            Weight::Core => ("○", Role::CellOpen),
            Weight::Ask => ("◌", Role::WeightAsk),
            Weight::Rare => ("·", Role::WeightRare),
        },
        CellState::Clear => ("✓", Role::CellClear),
        CellState::NotApplicable => ("–", Role::CellNa),
        CellState::Inherited => ("↑", Role::CellInherited),
        CellState::Threats(_) => ("●", Role::CellThreats),
        CellState::Parked => ("?", Role::CellParked),
    }
}

/// What the symbols of cells mean, for the legend.
pub(super) const CELLS: [(&str, Role, &str); 9] = [
    ("○", Role::CellOpen, "open, core"),
    ("◌", Role::WeightAsk, "open, worth asking"),
    ("·", Role::WeightRare, "open, rare here"),
    ("●", Role::CellThreats, "threats"),
    ("✓", Role::CellClear, "clear"),
    ("–", Role::CellNa, "not applicable"),
    ("?", Role::CellParked, "parked"),
    ("!", Role::CellStale, "stale"),
    ("↑", Role::CellInherited, "inherited"),
];

/// The symbol of an element.
pub(super) fn element(element: Element) -> (&'static str, Role) {
    match element {
        Element::Actor => ("◯", Role::ElementActor),
        Element::Process => ("▣", Role::ElementProcess),
        Element::Store => ("◫", Role::ElementStore),
        Element::External => ("◇", Role::ElementExternal),
    }
}

/// What the symbols of elements mean, for the legend.
pub(super) const ELEMENTS: [(Element, &str); 4] = [
    (Element::Actor, "actor"),
    (Element::Process, "process"),
    (Element::Store, "store"),
    (Element::External, "external system"),
];

/// The role of a risk.
pub(super) fn risk(risk: Risk) -> Role {
    match risk {
        Risk::Unrated => Role::RiskUnknown,
        Risk::Unknown { worst } => Role::risk(Some(worst)),
        Risk::Level(level) => Role::risk(Some(level)),
    }
}

/// The symbol of a mitigation's state.
pub(super) fn state(state: MitigationState) -> (&'static str, Role) {
    match state {
        MitigationState::Proposed => ("◌", Role::TextDim),
        MitigationState::Agreed => ("○", Role::Text),
        MitigationState::InProgress => ("◐", Role::StatusInfo),
        MitigationState::InPlace => ("●", Role::StatusGood),
        MitigationState::Verified => ("✓", Role::StatusGood),
        MitigationState::Dropped => ("×", Role::Disabled),
    }
}
