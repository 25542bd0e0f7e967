//! Too little of a model to ask what can go wrong.

use super::{Check, Context, Finding};
use crate::method::readiness::missing;

pub(super) const CHECK: Check = Check {
    id: "readiness",
    summary: "The model lacks an asset, an entry point, or a flow between two components",
    run,
};

fn run(context: &Context) -> Vec<Finding> {
    let lacking = missing(context.session).into_iter();
    lacking
        .map(|what| Finding {
            hint: what.example().map(|line| format!("capture, for example: {line}")),
            ..CHECK.error(what.words().to_owned())
        })
        .collect()
}
