//! What is recorded: the session document, its parts, and the one way to change it.
//!
//! Owns every record a session file can hold ([`Session`] and the types below it), their identities ([`id`]), the
//! vocabulary of changes ([`Edit`]) and the function that applies one ([`Session::apply`]). A `Session` is a value:
//! applying an edit gives a new one that shares everything untouched, so history is a list of values.
//!
//! Refuses: judging (weights, coverage and levels are `method`), bytes (`format`), clocks, randomness and files.
//! New identities need three random characters; they are passed in ([`id::Suffixes`]).

mod apply;
mod called;
mod cell;
mod conflict;
mod deviation;
mod dismissal;
pub mod edit;
pub mod id;
mod label;
pub mod limits;
mod mitigation;
mod model;
mod named;
mod note;
mod people;
mod problem;
mod refused;
mod sitting;
mod subject;
mod table;
mod text;
mod threat;
mod tripwire;
mod whereabouts;

pub use cell::{Answer, Basis, Cell, Cells, Letter};
pub use conflict::{Conflict, ConflictId, ConflictIdError, ConflictKind, Value};
pub use deviation::{Deviation, DeviationReason};
pub use dismissal::Dismissal;
pub use edit::{Edit, EntryId};
pub use id::{
    AssetId, AssumptionId, CommentId, ComponentId, EndorsementId, FlowId, MitigationId, NoteId, PersonId, SittingId,
    ThreatId, ZoneId,
};
pub use label::Removal;
pub use mitigation::{Layer, Mitigation, MitigationState, Responsibility, Verdict};
pub use model::{Asset, Class, Component, Element, EntryPoint, Exposure, Flow, ServiceClass, Zone};
pub use named::Named;
pub use note::{Assumption, AssumptionState, Note, NoteKind, Person, Role};
pub use people::{Meant, is_same_name, plain};
pub use problem::Problem;
pub use refused::EditError;
pub use sitting::{Moment, Phase, Sitting, Stop, Turn};
pub use subject::Subject;
pub use table::{Difference, Record, Table};
pub use text::Text;
pub use threat::{Acceptance, Level, Point, Rating, Response, Threat};
pub use tripwire::{CodePath, Tripwire};
pub use whereabouts::{Known, Whereabouts};

use serde::{Deserialize, Serialize};

/// The session file format this build reads and writes.
pub const FORMAT: u32 = 1;

/// One living threat model: what is modelled, what was said about it, and who said it.
///
/// Field order is the order in the file. Empty and default fields are left out there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Number of the file format; always [`FORMAT`] once loaded.
    pub format: u32,
    /// The feature under discussion, as people call it.
    pub title: String,
    /// The workload the feature belongs to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub workload: String,
    /// The team or person who keeps this model alive.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Name of the exit-criteria profile; empty means `standard`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// The questions that chose the profile, with their answers.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub intake: Text,
    /// Name of the risk matrix; empty means the default 5x5.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matrix: String,
    /// Highest level acceptable without a signature; absent means `Low`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appetite: Option<Level>,
    /// Highest level acceptable with a signature; absent means `High`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Level>,
    /// What is in and what is out, one statement per line.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub scope: Text,
    /// Remarks that fit no other field.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
    /// Who takes part, with the perspectives they bring.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub people: Table<Person>,
    /// Trust zones.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub zones: Table<Zone>,
    /// What is worth protecting.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub assets: Table<Asset>,
    /// Actors, processes, stores and external systems.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub components: Table<Component>,
    /// Data moving between components, with the cells and threats found on it.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub flows: Table<Flow>,
    /// Threats said aloud that have no place yet; must be empty to close.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub unfiled: Table<Threat>,
    /// What is done about threats; many to many.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub mitigations: Table<Mitigation>,
    /// What is taken as true without proof.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub assumptions: Table<Assumption>,
    /// Questions, actions, ideas and quotes.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub notes: Table<Note>,
    /// Meetings held about this model.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub sittings: Table<Sitting>,
    /// What a merge could not decide; must be empty to close.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub conflicts: Table<Conflict>,
}

/// Where a threat, question or assumption stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// On a flow.
    Flow(FlowId),
    /// On a component by itself: what no flow shows (insiders, deletion, administration).
    Component(ComponentId),
    /// Nowhere yet.
    Unfiled,
}

impl Session {
    /// An empty session with a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            format: FORMAT,
            title: title.into(),
            workload: String::new(),
            owner: String::new(),
            profile: String::new(),
            intake: Text::default(),
            matrix: String::new(),
            appetite: None,
            tolerance: None,
            scope: Text::default(),
            note: Text::default(),
            people: Table::default(),
            zones: Table::default(),
            assets: Table::default(),
            components: Table::default(),
            flows: Table::default(),
            unfiled: Table::default(),
            mitigations: Table::default(),
            assumptions: Table::default(),
            notes: Table::default(),
            sittings: Table::default(),
            conflicts: Table::default(),
        }
    }

    /// Highest level acceptable without a signature.
    pub fn appetite(&self) -> Level {
        self.appetite.unwrap_or(Level::Low)
    }

    /// Highest level acceptable with a signature.
    pub fn tolerance(&self) -> Level {
        self.tolerance.unwrap_or(Level::High)
    }

    /// The threats standing at `place`; `None` when the place does not exist.
    pub fn threats_at(&self, place: &Place) -> Option<&Table<Threat>> {
        match place {
            Place::Flow(id) => self.flows.get(id).map(|flow| &flow.threats),
            Place::Component(id) => self.components.get(id).map(|component| &component.threats),
            Place::Unfiled => Some(&self.unfiled),
        }
    }

    /// The answered cells of `place`; `None` when it does not exist or has no cells.
    pub fn cells_at(&self, place: &Place) -> Option<&Cells> {
        match place {
            Place::Flow(id) => self.flows.get(id).map(|flow| &flow.cells),
            Place::Component(id) => self.components.get(id).map(|component| &component.cells),
            Place::Unfiled => None,
        }
    }

    /// The suggestions that were turned down at `place`; `None` when it does not exist or has no cells.
    pub fn dismissed_at(&self, place: &Place) -> Option<&Table<Dismissal>> {
        match place {
            Place::Flow(id) => self.flows.get(id).map(|flow| &flow.dismissed),
            Place::Component(id) => self.components.get(id).map(|component| &component.dismissed),
            Place::Unfiled => None,
        }
    }

    /// Every place that can hold threats: flows, components, then the unfiled tray.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let flows = self.flows.keys().map(|id| Place::Flow(*id));
        let components = self.components.keys().map(|id| Place::Component(id.clone()));
        flows.chain(components).chain([Place::Unfiled])
    }

    /// Finds a threat and where it stands by looking in every place: linear in the number of places.
    pub fn find_threat(&self, id: ThreatId) -> Option<(Place, &Threat)> {
        let on_flow = self.flows.iter().find_map(|flow| Some((Place::Flow(flow.id), flow.threats.get(&id)?)));
        on_flow
            .or_else(|| {
                let found = |c: &'_ Component| c.threats.contains(&id);
                let component = self.components.iter().find(|c| found(c))?;
                Some((Place::Component(component.id.clone()), component.threats.get(&id)?))
            })
            .or_else(|| Some((Place::Unfiled, self.unfiled.get(&id)?)))
    }

    /// Every threat with its place.
    pub fn threats(&self) -> impl Iterator<Item = (Place, &Threat)> + '_ {
        let on_flows = self.flows.iter().flat_map(|f| f.threats.iter().map(move |t| (Place::Flow(f.id), t)));
        let on_components =
            self.components.iter().flat_map(|c| c.threats.iter().map(move |t| (Place::Component(c.id.clone()), t)));
        on_flows.chain(on_components).chain(self.unfiled.iter().map(|t| (Place::Unfiled, t)))
    }

    /// The mitigations that nobody agreed to or dropped yet.
    pub fn ideas(&self) -> impl Iterator<Item = &Mitigation> + '_ {
        self.mitigations.iter().filter(|mitigation| mitigation.state == MitigationState::Proposed)
    }

    /// The id of every threat, without looking at the threats.
    pub fn threat_ids(&self) -> impl Iterator<Item = ThreatId> + '_ {
        let on_flows = self.flows.iter().flat_map(|f| f.threats.keys());
        let on_components = self.components.iter().flat_map(|c| c.threats.keys());
        on_flows.chain(on_components).chain(self.unfiled.keys()).copied()
    }

    /// The unanswered questions parked on a cell.
    pub fn open_questions<'a>(&'a self, place: &'a Place, letter: Letter) -> impl Iterator<Item = &'a Note> + 'a {
        self.notes.iter().filter(move |note| note.parks(place, letter))
    }

    /// Flows that start or end at a component.
    pub fn flows_of<'a>(&'a self, component: &'a ComponentId) -> impl Iterator<Item = &'a Flow> + 'a {
        self.flows.iter().filter(move |flow| flow.from == *component || flow.to == *component)
    }
}
