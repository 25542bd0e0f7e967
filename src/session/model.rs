//! What we are working on: zones, assets, components and the flows between them.
//!
//! Cells and threats stand inside the flow or component they are about, so that removing it takes them along.

use serde::{Deserialize, Serialize};

use super::{AssetId, Basis, Cells, ComponentId, Deviation, Dismissal, FlowId, Record, Table, Text, Threat, ZoneId};

/// Who can reach something, from nobody outside to anyone; a greater value is more exposed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Exposure {
    /// Reachable only from its own zone.
    Isolated,
    /// Reachable by other systems of the same organisation.
    #[default]
    Internal,
    /// Reachable by known partners.
    Partner,
    /// Reachable by anyone.
    Internet,
}

/// A trust zone; where two zones meet is a boundary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Slug, unique among zones.
    pub id: ZoneId,
    /// Place in the meeting's order; smaller first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rank: u32,
    /// What people call it.
    pub name: String,
    /// The zone around this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ZoneId>,
    /// Who can reach it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exposure: Exposure,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

/// How much it hurts when an asset is disclosed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Meant for everyone.
    Public,
    /// For members of the organisation.
    #[default]
    Internal,
    /// For those who need it; personal or business-sensitive.
    Confidential,
    /// Disclosure does lasting harm: keys, credentials, health, payment data.
    Restricted,
}

/// What is worth protecting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Slug, unique among assets.
    pub id: AssetId,
    /// Place in the meeting's order; smaller first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rank: u32,
    /// What people call it.
    pub name: String,
    /// Its data class.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: Class,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
}

/// What a component is in a data-flow diagram; decides which letters matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Element {
    /// A person, or something that acts for one.
    Actor,
    /// Code we run or configure.
    #[default]
    Process,
    /// Where data rests.
    Store,
    /// A system somebody else runs.
    External,
}

/// How much of a service its provider runs. The customer's share is never nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ServiceClass {
    /// The customer answers for everything from the operating system upward.
    Infrastructure,
    /// The provider runs machines and system; the customer sets up the engine and answers for what runs in it.
    Container,
    /// The customer sees an API, and answers for calls, policies and data.
    Abstracted,
}

/// A way in from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryPoint {
    /// What it is: a port, a page, a queue.
    pub name: String,
    /// Who can reach it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exposure: Exposure,
}

/// An actor, process, store or external system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Slug, unique among components.
    pub id: ComponentId,
    /// Place in the meeting's order; smaller first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rank: u32,
    /// What people call it.
    pub name: String,
    /// Catalogue kind such as `aws.rds`; empty when nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// What it is in the diagram. Stored, so that a file means the same without any catalogue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub element: Element,
    /// How much of it its provider runs, when not what its kind says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsibility: Option<ServiceClass>,
    /// The zone it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneId>,
    /// The team or person who runs it, when not the session's owner.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Ways in from outside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entry_points: Vec<EntryPoint>,
    /// What it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<AssetId>,
    /// The session file that models it in its own right, as a path from this file; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// What was decided there when it was taken over; absent while nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Basis>,
    /// The code it is about: paths or globs from the top of the repository, one per line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<String>,
    /// Baselines of the team that do not hold for it, one entry for each.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub deviations: Table<Deviation>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
    /// Answers about the component by itself.
    #[serde(default, skip_serializing_if = "Cells::is_empty")]
    pub cells: Cells,
    /// Suggestions that were turned down here.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub dismissed: Table<Dismissal>,
    /// Threats to the component that no flow shows.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub threats: Table<Threat>,
}

impl Component {
    /// A process without zone, kind or anything said about it.
    pub fn new(id: ComponentId, name: impl Into<String>) -> Self {
        Self {
            id,
            rank: 0,
            name: name.into(),
            kind: String::new(),
            element: Element::default(),
            responsibility: None,
            zone: None,
            owner: String::new(),
            entry_points: Vec::new(),
            assets: Vec::new(),
            model: String::new(),
            taken: None,
            code: Vec::new(),
            deviations: Table::default(),
            note: Text::default(),
            cells: Cells::default(),
            dismissed: Table::default(),
            threats: Table::default(),
        }
    }
}

/// Data moving from one component to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// `F3-a2c`.
    pub id: FlowId,
    /// Place in the meeting's order; smaller first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rank: u32,
    /// Where it starts.
    pub from: ComponentId,
    /// Where it ends; may equal `from`.
    pub to: ComponentId,
    /// What moves or happens, in a few words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// How it moves: `https`, `sql`…
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub protocol: String,
    /// What it carries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<AssetId>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
    /// Answers, one per letter at most.
    #[serde(default, skip_serializing_if = "Cells::is_empty")]
    pub cells: Cells,
    /// Suggestions that were turned down here.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub dismissed: Table<Dismissal>,
    /// Threats found on it.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub threats: Table<Threat>,
}

impl Flow {
    /// A flow between two components with nothing said about it.
    pub fn new(id: FlowId, from: ComponentId, to: ComponentId) -> Self {
        Self {
            id,
            rank: id.number(),
            from,
            to,
            label: String::new(),
            protocol: String::new(),
            assets: Vec::new(),
            note: Text::default(),
            cells: Cells::default(),
            dismissed: Table::default(),
            threats: Table::default(),
        }
    }
}

impl Record for Zone {
    type Id = ZoneId;
    fn id(&self) -> &ZoneId {
        &self.id
    }
}

impl Record for Asset {
    type Id = AssetId;
    fn id(&self) -> &AssetId {
        &self.id
    }
}

impl Record for Component {
    type Id = ComponentId;
    fn id(&self) -> &ComponentId {
        &self.id
    }
}

impl Record for Flow {
    type Id = FlowId;
    fn id(&self) -> &FlowId {
        &self.id
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
