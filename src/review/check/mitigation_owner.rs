//! Mitigations everybody agreed to and nobody does.

use super::{Check, Context, Finding};
use crate::{
    review::words,
    session::{EntryId, Mitigation, MitigationState},
};

pub(super) const CHECK: Check =
    Check { id: "mitigation-owner", summary: "A mitigation is agreed or in progress without an owner", run };

fn run(context: &Context) -> Vec<Finding> {
    let nobodys = |m: &&Mitigation| {
        matches!(m.state, MitigationState::Agreed | MitigationState::InProgress) && m.owner.trim().is_empty()
    };
    let finding = |mitigation: &Mitigation| {
        let (name, state) = (words::mitigation(mitigation), mitigation.state.name());
        let found = CHECK.warning(format!("{name} is {state}, but nobody owns it"));
        found.at(EntryId::Mitigation(mitigation.id)).hint("say who sees to it")
    };
    context.session.mitigations.iter().filter(nobodys).map(finding).collect()
}
