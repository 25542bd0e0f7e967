//! Meetings after which nobody said what to keep and what to change: the question teams skip.

use super::{Check, Context, Finding, Severity};
use crate::session::{EntryId, Sitting};

pub(super) const CHECK: Check =
    Check { id: "retrospective-missing", summary: "The last meeting said nothing about how it went", run };

fn run(context: &Context) -> Vec<Finding> {
    let last = context.session.sittings.iter().max_by_key(|sitting| (sitting.date, sitting.id.number(), sitting.id));
    let said = |sitting: &Sitting| !sitting.keep.is_empty() || !sitting.change.is_empty();
    let hint = "write one line about what to keep or to change when the meeting is closed";
    match last {
        Some(sitting) if said(sitting) => Vec::new(),
        Some(sitting) => {
            let message = format!("{} of {} has no line about how it went", sitting.id.short(), sitting.date);
            let found = CHECK.finding(context.profile.soft, message).at(EntryId::Sitting(sitting.id));
            vec![found.hint(hint)]
        }
        None if context.profile.soft < Severity::Error => Vec::new(),
        None => vec![CHECK.finding(context.profile.soft, "no meeting was held".to_owned()).hint("hold one")],
    }
}
