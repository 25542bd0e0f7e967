//! Mitigations said to be in place that nobody can see.

use super::{Check, Context, Finding};
use crate::{
    review::words,
    session::{EntryId, Mitigation, Responsibility},
};

pub(super) const CHECK: Check =
    Check { id: "mitigation-evidence", summary: "A mitigation is in place without evidence", run };

fn run(context: &Context) -> Vec<Finding> {
    let unseen = |m: &&Mitigation| m.state.is_in_place() && m.evidence.iter().all(|line| line.trim().is_empty());
    let finding = |mitigation: &Mitigation| {
        let (name, state) = (words::mitigation(mitigation), mitigation.state.name());
        let found = CHECK.error(format!("{name} is {state}, but nothing shows it"));
        found.at(EntryId::Mitigation(mitigation.id)).hint(match mitigation.responsibility {
            Responsibility::Provider => "add the provider's report as evidence: where it is, and which part of it",
            _ => "add evidence: path#line, a commit or a URL",
        })
    };
    context.session.mitigations.iter().filter(unseen).map(finding).collect()
}
