//! Core cells nobody said anything about.

use super::{Check, Context, Finding};
use crate::{
    method::{
        cell::{CellState, cells},
        weight::Weight,
    },
    review::words,
    session::{EntryId, Letter, Place},
};

pub(super) const CHECK: Check = Check { id: "cell-open", summary: "A flow has core letters nobody talked about", run };

fn run(context: &Context) -> Vec<Finding> {
    let session = context.session;
    let flows = session.flows.iter().filter_map(|flow| {
        let seen = cells(session, &Place::Flow(flow.id), &context.parked);
        let open = Letter::ALL.into_iter().zip(seen);
        let open = open.filter(|(_, cell)| cell.weight == Weight::Core && cell.state == CellState::Open);
        let open: Vec<Letter> = open.map(|(letter, _)| letter).collect();
        let first = *open.first()?;
        let message = format!("{}: {}", words::flow(session, flow), words::letters(&open, "is open", "are open"));
        Some(CHECK.error(message).at(EntryId::Flow(flow.id)).letter(Some(first)))
    });
    let findings = flows.map(|found| found.hint("capture a threat, or say clear, not applicable or a question"));
    findings.collect()
}
