//! The panes of the workbench, and the places that take all of it. One file per pane keeps its state and what its commands do.
//!
//! Refuses: drawing; `ui/pane` has a file of the same name for each.

pub mod checklist;
pub mod components;
pub mod matrix;
pub mod meeting;
pub mod mitigations;
pub mod review;

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
    /// The review: it takes the whole workbench.
    Review,
    /// The meeting: it takes the whole workbench.
    Meeting,
}

impl Pane {
    /// The panes that share the screen where it is large enough, in the order of their digits.
    pub const SHARED: [Self; 4] = [Self::Components, Self::Checklist, Self::Mitigations, Self::Matrix];

    /// Everything with a digit, in their order.
    pub const ALL: [Self; 6] =
        [Self::Components, Self::Checklist, Self::Mitigations, Self::Matrix, Self::Review, Self::Meeting];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Components => "Components",
            Self::Checklist => "STRIDE",
            Self::Mitigations => "Mitigations",
            Self::Matrix => "Matrix",
            Self::Review => "Review",
            Self::Meeting => "Meeting",
        }
    }

    /// Its digit.
    pub fn digit(self) -> usize {
        match self {
            Self::Review => 7,
            Self::Meeting => 8,
            shared => shared as usize + 1,
        }
    }

    /// The pane after it among those that share the screen.
    pub fn next(self) -> Self {
        let at = Self::SHARED.iter().position(|pane| *pane == self);
        at.map_or(Self::Components, |at| Self::SHARED[(at + 1) % Self::SHARED.len()])
    }

    /// The pane before it among those.
    pub fn previous(self) -> Self {
        let at = Self::SHARED.iter().position(|pane| *pane == self);
        at.map_or(Self::Matrix, |at| Self::SHARED[(at + Self::SHARED.len() - 1) % Self::SHARED.len()])
    }
}
