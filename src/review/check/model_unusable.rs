//! Components whose model cannot be used: what they inherited rests on nothing anybody can look at.

use super::{Check, Context, Finding};
use crate::{
    review::reuse::Found,
    session::{ComponentId, EntryId},
};

pub(super) const CHECK: Check = Check {
    id: "model-unusable",
    summary: "The session that models a component is missing, broken, out of reach or goes round in a circle",
    run,
};

fn run(context: &Context) -> Vec<Finding> {
    let found = context.models.iter().filter(|(_, found)| matches!(found, Found::Unusable(_)));
    let finding = |(id, found): (&ComponentId, &Found)| {
        let message = found.news(context.session.components.get(id)?)?;
        Some(CHECK.error(message).at(EntryId::Component(id.clone())).hint("mend the path in `model`, or clear it"))
    };
    found.filter_map(finding).collect()
}
