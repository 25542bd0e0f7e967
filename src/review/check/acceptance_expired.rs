//! Acceptances whose last day has passed: the threat counts as open again.

use super::{Check, Context, Finding, Severity};
use crate::{
    method::status::{acceptance, expired_on, needs_response},
    review::words,
    session::{EntryId, Threat},
};

pub(super) const CHECK: Check = Check { id: "acceptance-expired", summary: "An acceptance has run out", run };

fn run(context: &Context) -> Vec<Finding> {
    let live = context.session.threats().filter(|(_, threat)| threat.is_live());
    live.filter_map(|(_, threat)| finding(context, threat)).collect()
}

fn finding(context: &Context, threat: &Threat) -> Option<Finding> {
    let accepted = acceptance(threat)?;
    let until = expired_on(accepted, context.today)?;
    // Below appetite nobody has to sign, so nothing is open; the note that somebody once did is merely old.
    let open = needs_response(context.session, threat, context.today);
    let severity = if open { Severity::Error } else { Severity::Warning };
    let message = format!(
        "{} was accepted by {} until {until}",
        words::threat(threat),
        words::person(context.session, &accepted.by)
    );
    let found = CHECK.finding(severity, message).at(EntryId::Threat(threat.id)).letter(Some(threat.letter));
    Some(found.hint("have it accepted anew or choose another response"))
}
