//! Acceptances without an end: what is accepted for ever is never looked at again.

use super::{Check, Context, Finding, Severity};
use crate::{method::status::acceptance, review::words, session::EntryId};

pub(super) const CHECK: Check = Check { id: "acceptance-undated", summary: "An acceptance names no last day", run };

fn run(context: &Context) -> Vec<Finding> {
    let live = context.session.threats().filter(|(_, threat)| threat.is_live());
    let endless = live.filter(|(_, threat)| acceptance(threat).is_some_and(|accepted| accepted.until.is_none()));
    endless
        .map(|(_, threat)| {
            let message = format!("{} is accepted without a last day", words::threat(threat));
            let found = CHECK.finding(Severity::Hint, message).at(EntryId::Threat(threat.id));
            found.letter(Some(threat.letter)).hint("agree on a day to look again, a year ahead at most")
        })
        .collect()
}
