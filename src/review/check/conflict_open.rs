//! Conflicts that nobody decided: what the session holds there is only what is safe to assume.

use super::{Check, Context, Finding};
use crate::review::words;

pub(super) const CHECK: Check = Check { id: "conflict-open", summary: "A merge left something undecided", run };

fn run(context: &Context) -> Vec<Finding> {
    let session = context.session;
    let finding = |id| {
        let found = CHECK.error(format!("{}: two sides differ and nobody decided", words::subject(session, id)));
        Finding {
            entry: id.record.clone(),
            ..found.hint(format!("strideboard resolve SESSION {id} --ours, or --theirs"))
        }
    };
    session.conflicts.keys().map(finding).collect()
}
