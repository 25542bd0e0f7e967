//! Records that no edit would have let in: a hand-made file or a merge by text left them.

use super::{Check, Context, Finding};
use crate::session::Problem;

pub(super) const CHECK: Check = Check {
    id: "record-broken",
    summary: "References lead nowhere, zones stand inside themselves, ids or words are missing or doubled",
    run,
};

fn run(context: &Context) -> Vec<Finding> {
    context.session.problems().iter().map(finding).collect()
}

fn finding(problem: &Problem) -> Finding {
    let message = problem.to_string();
    let found = match problem {
        Problem::Nameless(_) => CHECK.warning(message),
        Problem::DuplicateThreat(_) | Problem::ZoneCycle(_) => CHECK.error(message),
        Problem::Adrift(id) => CHECK.error(message).hint(format!("strideboard resolve SESSION {id} --keep")),
        Problem::Dangling { .. } => CHECK.error(message).hint("add what is missing or take the reference out"),
        Problem::ReasonMissing(_, letter) => {
            CHECK.error(message).letter(Some(*letter)).hint("say why it cannot apply, or reopen the cell")
        }
    };
    Finding { entry: problem.entry(), ..found }
}
