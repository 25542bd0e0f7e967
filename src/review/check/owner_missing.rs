//! A session nobody owns: a model that is nobody's is not kept alive.

use super::{Check, Context, Finding};

pub(super) const CHECK: Check = Check { id: "owner-missing", summary: "The session names no owner", run };

fn run(context: &Context) -> Vec<Finding> {
    if !context.session.owner.trim().is_empty() {
        return Vec::new();
    }
    let finding = CHECK.error("the session names no owner".to_owned());
    vec![finding.hint("name the team or person who keeps this model alive")]
}
