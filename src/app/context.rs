//! A small snapshot of where the person is: what decides which keys hold and which commands are available.
//!
//! Owns the order of scopes: which keys win where. Refuses: the session itself, so that what a command needs to know
//! about it is a fact in this list, and a test of availability needs no session.

use super::{pane::Pane, scope::Scope};

/// What kind of row is selected in the focused list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Selected {
    /// No row.
    #[default]
    Nothing,
    /// A heading, or a row that only groups others.
    Heading,
    /// A record.
    Record,
    /// A cell of the checklist.
    Cell,
    /// A threat.
    Threat,
}

/// Where the person is.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a flat list of facts, each read by name in the command table")]
pub struct Context {
    /// A session is open.
    pub document: bool,
    /// The browser of sessions is on screen.
    pub browser: bool,
    /// The focused pane.
    pub focus: Pane,
    /// What is selected there.
    pub selected: Selected,
    /// The selected row has an order that can be changed.
    pub movable: bool,
    /// A flow or component is on the checklist.
    pub place: bool,
    /// It is a component that says which session models it.
    pub modelled: bool,
    /// That session was read.
    pub offered: bool,
    /// It is a flow.
    pub on_flow: bool,
    /// A cell is selected there.
    pub cell: bool,
    /// Live threats in that cell.
    pub cell_threats: usize,
    /// That cell has a stored answer.
    pub cell_answered: bool,
    /// A question waits there.
    pub cell_parked: bool,
    /// That cell is stale.
    pub cell_stale: bool,
    /// The catalogue was read.
    pub catalogue: bool,
    /// Suggestions for that cell on the screen.
    pub offers: usize,
    /// One of them is selected.
    pub suggesting: bool,
    /// A threat is selected in the focused pane.
    pub threat: bool,
    /// That threat no longer counts.
    pub withdrawn: bool,
    /// A mitigation is selected.
    pub mitigation: bool,
    /// Number of the team's baselines at the place on the checklist.
    pub baselines: usize,
    /// A row of the review is selected.
    pub reviewing: bool,
    /// It is a conflict of a merge.
    pub on_conflict: bool,
    /// It is what somebody said.
    pub on_thread: bool,
    /// A meeting is under way.
    pub meeting: bool,
    /// A card lies on the table.
    pub card: bool,
    /// The practice strip says what to do.
    pub practising: bool,
    /// Number of flows.
    pub flows: usize,
    /// Number of stale cells.
    pub stale: usize,
    /// Number of threats nobody rated.
    pub unrated: usize,
    /// Number of open questions.
    pub questions: usize,
    /// Number of mitigations that are only an idea.
    pub ideas: usize,
    /// Number of threats without a place.
    pub unfiled: usize,
    /// There is something to undo.
    pub can_undo: bool,
    /// There is something to redo.
    pub can_redo: bool,
    /// Something is not in the file yet.
    pub unsaved: bool,
    /// Somebody else has the session open, so it is only looked at.
    pub locked: bool,
}

impl Context {
    /// The scopes whose keys hold here, narrowest first.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.browser || !self.document {
            return vec![Scope::Browser, Scope::List, Scope::Everywhere];
        }
        let pane = match self.focus {
            Pane::Components => Scope::Components,
            Pane::Checklist => Scope::Checklist,
            Pane::Mitigations => Scope::Mitigations,
            Pane::Matrix => Scope::Matrix,
            Pane::Review => Scope::Review,
            Pane::Meeting => Scope::Meeting,
        };
        if self.suggesting {
            let threat = self.threat.then_some(Scope::Threat);
            let outer = [Scope::List, Scope::Workbench, Scope::Everywhere];
            return [Scope::Suggestions, pane].into_iter().chain(threat).chain(outer).collect();
        }
        // The matrix is driven by the arrows, so its own keys come before those of the threat under the cursor.
        // Where several threats stand in the cell, those keys say which row to go to.
        let about_threats = self.threat || (self.focus == Pane::Checklist && self.cell_threats > 1);
        match (self.focus, about_threats) {
            (Pane::Mitigations, _) | (_, false) => vec![pane, Scope::List, Scope::Workbench, Scope::Everywhere],
            (Pane::Components, true) => vec![Scope::Threat, pane, Scope::List, Scope::Workbench, Scope::Everywhere],
            (_, true) => vec![pane, Scope::Threat, Scope::List, Scope::Workbench, Scope::Everywhere],
        }
    }
}
