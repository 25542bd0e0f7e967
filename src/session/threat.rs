//! What can go wrong: threats, their ratings and what was decided about them.
//!
//! Ratings are judgements of people; the level that follows from one is looked up in `method::matrix` and never stored.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AssetId, Basis, Letter, MitigationId, Record, Text, ThreatId};

/// How bad, in the words a matrix gives it. Looked up from likelihood and impact, never stored for a threat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// The lowest level of a matrix (`Note` in OWASP, `Very low` in NIST).
    VeryLow,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// The highest level of a matrix (`Critical` in OWASP, `Very high` in NIST).
    Critical,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 5] = [Self::VeryLow, Self::Low, Self::Medium, Self::High, Self::Critical];
}

/// When a rating holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Point {
    /// As if no control were there.
    Inherent,
    /// With the controls that are in place.
    #[default]
    Current,
    /// After the agreed mitigations.
    Target,
}

impl Point {
    /// The three points in the order of time.
    pub const ALL: [Self; 3] = [Self::Inherent, Self::Current, Self::Target];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inherent => "inherent",
            Self::Current => "current",
            Self::Target => "target",
        }
    }
}

/// A judgement of likelihood and impact, each a step of the session's matrix counted from 1; absent means "unknown".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// Step on the matrix's likelihood scale, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<u8>,
    /// Step on the matrix's impact scale, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<u8>,
}

/// What is done with a threat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Response {
    /// Reduce it with mitigations.
    Mitigate,
    /// Remove what makes it possible.
    Eliminate,
    /// Let another party carry it; the threat's acceptance names who and on which evidence.
    Transfer,
    /// Live with it; needs an acceptance.
    Accept,
}

/// Who accepted a threat, why, and until when. Also used for the counter-party of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Who carries the risk.
    pub by: String,
    /// Why that is reasonable.
    pub reason: String,
    /// Last day it holds; an expired acceptance counts as open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Something that can go wrong at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// `T31-k7q`.
    pub id: ThreatId,
    /// Order among its equals when it was moved by hand; absent means by number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// The primary letter.
    pub letter: Letter,
    /// Other letters it touches; it is still counted once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Letter>,
    /// What was said.
    pub statement: String,
    /// Grammar: who or what causes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Grammar: what must hold before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prerequisites: String,
    /// Grammar: what is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// Grammar: what it leads to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub impact: String,
    /// Grammar: what is hurt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<AssetId>,
    /// Who said it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Rating as if no control were there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherent: Option<Rating>,
    /// Rating with the controls in place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Rating>,
    /// Rating after the agreed mitigations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Rating>,
    /// What is done with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// Who carries it, when accepted or transferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<Acceptance>,
    /// What is done about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mitigations: Vec<MitigationId>,
    /// Catalogue row it came from, `id@version`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// Where to read more, one per line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The code it is about: paths or globs from the top of the repository, one per line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<String>,
    /// Why it no longer counts; kept because reviewers want to see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// How many steps apart the room was when it voted on the rating; absent when nobody voted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<u32>,
    /// What it rested on when it was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

impl Threat {
    /// A fresh threat with nothing but its words.
    pub fn new(id: ThreatId, letter: Letter, statement: impl Into<String>) -> Self {
        Self {
            id,
            rank: None,
            letter,
            also: Vec::new(),
            statement: statement.into(),
            source: String::new(),
            prerequisites: String::new(),
            action: String::new(),
            impact: String::new(),
            assets: Vec::new(),
            by: String::new(),
            inherent: None,
            current: None,
            target: None,
            response: None,
            acceptance: None,
            mitigations: Vec::new(),
            origin: String::new(),
            references: Vec::new(),
            code: Vec::new(),
            withdrawn: None,
            spread: None,
            basis: None,
            note: Text::default(),
        }
    }

    /// Whether it counts.
    pub fn is_live(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Whether nothing was decided about it, so that removing it loses no decision.
    pub fn is_draft(&self) -> bool {
        self.inherent.or(self.current).or(self.target).is_none()
            && self.response.is_none()
            && self.mitigations.is_empty()
    }

    /// The rating at a point.
    pub fn rating(&self, point: Point) -> Option<Rating> {
        match point {
            Point::Inherent => self.inherent,
            Point::Current => self.current,
            Point::Target => self.target,
        }
    }

    /// The rating slot of a point.
    pub fn rating_mut(&mut self, point: Point) -> &mut Option<Rating> {
        match point {
            Point::Inherent => &mut self.inherent,
            Point::Current => &mut self.current,
            Point::Target => &mut self.target,
        }
    }

    /// Sort key of the meeting's order.
    pub fn order(&self) -> (u32, ThreatId) {
        (self.rank.unwrap_or(self.id.number()), self.id)
    }
}

impl Record for Threat {
    type Id = ThreatId;
    fn id(&self) -> &ThreatId {
        &self.id
    }
}
