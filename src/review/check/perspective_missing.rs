//! Perspectives that were at no meeting of the session. Who works alone is not asked, unless much is at stake.

use super::{Check, Context, Finding, Severity};
use crate::{method::perspective::never_heard, session::Named};

pub(super) const CHECK: Check =
    Check { id: "perspective-missing", summary: "One of five perspectives was at no meeting", run };

fn run(context: &Context) -> Vec<Finding> {
    let session = context.session;
    if session.sittings.is_empty() && context.profile.soft < Severity::Error {
        return Vec::new();
    }
    let missing: Vec<&str> = never_heard(session).into_iter().map(Named::name).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message = format!("nobody brought the view of {}", missing.join(", "));
    let hint = "give somebody who was there the role, or invite somebody; one person may bring several";
    vec![CHECK.finding(context.profile.soft, message).hint(hint)]
}
