//! A vote under way: impact first, likelihood only when the impact can be above the appetite.
//!
//! Owns what has been typed and which half is voted on. Refuses: showing a number before everybody has voted; the view
//! has dots until then.

use crate::{
    meeting::vote::Ballot,
    method::matrix::{Matrix, Step},
    session::ThreatId,
};

/// What is voted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// How bad it would be.
    Impact,
    /// How likely it is.
    Likelihood,
}

impl Half {
    /// The steps that a matrix has for it.
    pub fn steps(self, matrix: &Matrix) -> &'static [Step] {
        match self {
            Self::Impact => matrix.impact,
            Self::Likelihood => matrix.likelihood,
        }
    }

    /// What a matrix calls it.
    pub fn name(self, matrix: &Matrix) -> &'static str {
        let [likelihood, impact] = matrix.axes;
        match self {
            Self::Impact => impact,
            Self::Likelihood => likelihood,
        }
    }
}

/// Whether the numbers can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Numbers are typed, unseen.
    Casting,
    /// They are on the screen.
    Revealed,
}

/// A vote about a threat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The threat.
    pub threat: ThreatId,
    /// Which half of its rating.
    pub half: Half,
    /// What was typed for it.
    pub ballot: Ballot,
    /// Whether it can be seen.
    pub stage: Stage,
    /// This is the second time the room votes on this half; there is no third.
    pub again: bool,
    /// The impact that was settled, once likelihood is voted on; `None` in it is unknown.
    pub impact: Option<Option<u8>>,
    /// How far apart the room was at most.
    pub spread: u8,
}

impl Vote {
    /// A vote that begins.
    pub fn new(threat: ThreatId) -> Self {
        Self {
            threat,
            half: Half::Impact,
            ballot: Ballot::default(),
            stage: Stage::Casting,
            again: false,
            impact: None,
            spread: 0,
        }
    }

    /// The same about the other half, once the impact is settled.
    pub fn about_likelihood(self, impact: Option<u8>) -> Self {
        Self { half: Half::Likelihood, impact: Some(impact), spread: self.spread, ..Self::new(self.threat) }
    }
}
