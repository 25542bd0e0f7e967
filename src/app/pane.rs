//! The four panes of the workbench. One file per pane keeps its state and what its commands do.
//!
//! Refuses: drawing; `ui/pane` has a file of the same name for each.

pub mod checklist;
pub mod components;
pub mod matrix;
pub mod mitigations;

/// A pane of the workbench. Digits go to panes, always.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// Zones, components, flows, assets and notes.
    #[default]
    Components,
    /// The STRIDE checklist of the selected flow or component.
    Checklist,
    /// Mitigations and their editor.
    Mitigations,
    /// The risk matrix.
    Matrix,
}

impl Pane {
    /// The panes in the order of their digits.
    pub const ALL: [Self; 4] = [Self::Components, Self::Checklist, Self::Mitigations, Self::Matrix];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Components => "Components",
            Self::Checklist => "STRIDE",
            Self::Mitigations => "Mitigations",
            Self::Matrix => "Matrix",
        }
    }

    /// Its digit.
    pub fn digit(self) -> usize {
        self as usize + 1
    }

    /// The pane after it.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// The pane before it.
    pub fn previous(self) -> Self {
        Self::ALL[(self as usize + Self::ALL.len() - 1) % Self::ALL.len()]
    }
}
