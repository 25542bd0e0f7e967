//! Components that rely on what was decided elsewhere, where something was decided anew since.

use super::{Check, Context, Finding};
use crate::{
    review::reuse::Found,
    session::{ComponentId, EntryId},
};

pub(super) const CHECK: Check = Check {
    id: "model-moved",
    summary: "The session that models a component decided something anew since it was taken over",
    run,
};

fn run(context: &Context) -> Vec<Finding> {
    let found = context.models.iter().filter(|(_, found)| matches!(found, Found::Offer(_)));
    let finding = |(id, found): (&ComponentId, &Found)| {
        let component = context.session.components.get(id)?;
        let hint = format!("read {}, then take it over again with the command take-model", component.model);
        Some(CHECK.warning(found.news(component)?).at(EntryId::Component(id.clone())).hint(hint))
    };
    found.filter_map(finding).collect()
}
