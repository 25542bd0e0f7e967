//! A session that names a profile neither this build nor the team has: it would silently be held to another one.

use super::{Check, Context, Finding};
use crate::method::profile::USUAL;

pub(super) const CHECK: Check =
    Check { id: "profile-unknown", summary: "The session names a profile that is not known", run };

fn run(context: &Context) -> Vec<Finding> {
    let name = &context.session.profile;
    if name.is_empty() || context.rules.profile(name).is_some() {
        return Vec::new();
    }
    let message = format!("profile `{name}` is not known; the session is held to `{}` instead", USUAL.name);
    vec![CHECK.error(message).hint(format!("use one of {}", context.rules.profile_names()))]
}
