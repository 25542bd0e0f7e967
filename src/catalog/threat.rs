//! A threat of the catalogue: a sentence about what goes wrong, and when it is worth saying.
//!
//! Owns the form of a row in `threats/*.ron`, which holds one file for each family of kinds. Refuses: deciding whether a
//! row fits a place (`fit`) and in which order rows come (`suggest`).
//!
//! `text` and `question` name the place by `{from}`, `{to}`, `{self}` and `{assets}`. A row that says `{from}` or `{to}`
//! or asks something of the flow is offered on flows only; any other row on a component by itself as well. As with
//! [prompts](crate::method::prompts), no sentence begins with a name or makes a verb agree with one.

use serde::{Deserialize, Serialize};

use super::{Carrier, Part, compiled_in};
use crate::session::{Class, Element, Exposure, Letter};

/// Something that goes wrong with a kind of component, or wherever a feature is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// `aws.s3.I1`: never renamed, because sessions remember it.
    pub id: String,
    /// Grows when the sentence comes to mean something else; sessions remember it with the id.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub version: u32,
    /// The letter it belongs to.
    pub letter: Letter,
    /// Kinds it is about; empty for a row that only a feature pack brings.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kinds: Vec<String>,
    /// Where `{self}` stands in the flow.
    #[serde(default, skip_serializing_if = "is_default")]
    pub at: Seat,
    /// What has to stand at the other end.
    #[serde(default, skip_serializing_if = "is_default")]
    pub peer: Peer,
    /// What has to hold for the flow.
    #[serde(default, skip_serializing_if = "is_default")]
    pub when: Condition,
    /// Ids of more general rows that say the same or do not hold for this kind; they are left out where this one fits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub replaces: Vec<String>,
    /// The part of the component in which it goes wrong, where that is one a provider may answer for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub part: Option<Part>,
    /// What goes wrong, in one sentence that is said aloud.
    pub text: String,
    /// What to ask the room to find out whether it does.
    pub question: String,
    /// Ids of controls that help.
    pub controls: Vec<String>,
    /// Where to read more.
    pub references: Vec<String>,
}

fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_first(version: &u32) -> bool {
    *version == first()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Where the component that a row is about stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Seat {
    /// Where the flow ends.
    #[default]
    Target,
    /// Where the flow starts.
    Source,
    /// At any end.
    Either,
    /// By itself; no flow shows it.
    Alone,
}

/// What has to stand at the other end of the flow; empty lists ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// One of these kinds, or one that inherits from it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kinds: Vec<String>,
    /// One of these elements.
    #[serde(default, skip_serializing_if = "is_default")]
    pub elements: Vec<Element>,
}

impl Peer {
    /// Whether anything may stand there.
    pub fn is_anything(&self) -> bool {
        self.kinds.is_empty() && self.elements.is_empty()
    }
}

/// What has to hold for a flow. What nobody said contradicts nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Whether it crosses a trust boundary.
    #[serde(default, skip_serializing_if = "is_default")]
    pub crossing: Option<bool>,
    /// Data leaves the machine: never on an in-process call, a local file or by hand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub network: bool,
    /// One of these ways to move.
    #[serde(default, skip_serializing_if = "is_default")]
    pub over: Vec<Carrier>,
    /// Whether the way it moves is encrypted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encrypted: Option<bool>,
    /// The least class of what is carried or held.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: Option<Class>,
    /// Who at least can reach `{self}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exposure: Option<Exposure>,
    /// Who at most can reach `{self}`: a colleague is not everybody on the internet.
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_most: Option<Exposure>,
    /// One of the ends is a log store.
    #[serde(default, skip_serializing_if = "is_default")]
    pub log_store: bool,
}

impl Condition {
    /// Whether only a flow can meet it.
    fn needs_flow(&self) -> bool {
        // A remote login is a way into the component itself, whether or not a flow shows it.
        let over_flow = self.over.iter().any(|carrier| *carrier != Carrier::Shell);
        self.crossing.is_some() || self.network || over_flow || self.encrypted.is_some()
    }
}

impl Threat {
    /// What a session remembers of a threat that came from this row.
    pub fn origin(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// Whether it can be said of a component without any flow.
    pub fn stands_alone(&self) -> bool {
        let names_flow = [&self.text, &self.question].iter().any(|t| t.contains("{from}") || t.contains("{to}"));
        !names_flow && !self.when.needs_flow() && self.peer.is_anything()
    }
}

/// One file for each family of kinds, in the order a moderator would page through.
const FILES: [(&str, &str); 17] = [
    ("threats/people.ron", include_str!("threats/people.ron")),
    ("threats/web.ron", include_str!("threats/web.ron")),
    ("threats/services.ron", include_str!("threats/services.ron")),
    ("threats/data.ron", include_str!("threats/data.ron")),
    ("threats/identity.ron", include_str!("threats/identity.ron")),
    ("threats/ai.ron", include_str!("threats/ai.ron")),
    ("threats/delivery.ron", include_str!("threats/delivery.ron")),
    ("threats/partners.ron", include_str!("threats/partners.ron")),
    ("threats/platform.ron", include_str!("threats/platform.ron")),
    ("threats/network.ron", include_str!("threats/network.ron")),
    ("threats/logs.ron", include_str!("threats/logs.ron")),
    ("threats/features.ron", include_str!("threats/features.ron")),
    ("threats/aws-compute.ron", include_str!("threats/aws-compute.ron")),
    ("threats/aws-edge.ron", include_str!("threats/aws-edge.ron")),
    ("threats/aws-data.ron", include_str!("threats/aws-data.ron")),
    ("threats/aws-identity.ron", include_str!("threats/aws-identity.ron")),
    ("threats/aws-operations.ron", include_str!("threats/aws-operations.ron")),
];

/// Every built-in threat, family by family.
pub(super) fn threats() -> Vec<Threat> {
    FILES.iter().flat_map(|(file, source)| compiled_in::<Threat>(file, source)).collect()
}
