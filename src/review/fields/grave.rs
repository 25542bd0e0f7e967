//! Which of two values is the worse one: it holds until a conflict is settled.

use crate::session::{AssumptionState, Class, Exposure, MitigationState};

/// What can be worse or better.
pub(super) trait Grave: Copy {
    /// The greater the worse; equal only for equal values.
    fn gravity(self) -> u8;
}

impl Grave for Exposure {
    fn gravity(self) -> u8 {
        self as u8
    }
}

impl Grave for Class {
    fn gravity(self) -> u8 {
        self as u8
    }
}

/// The less is done, the worse.
impl Grave for MitigationState {
    fn gravity(self) -> u8 {
        match self {
            Self::Dropped => 5,
            Self::Proposed => 4,
            Self::Agreed => 3,
            Self::InProgress => 2,
            Self::InPlace => 1,
            Self::Verified => 0,
        }
    }
}

impl Grave for AssumptionState {
    fn gravity(self) -> u8 {
        match self {
            Self::Rejected => 2,
            Self::Unconfirmed => 1,
            Self::Confirmed => 0,
        }
    }
}
