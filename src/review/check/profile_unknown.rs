//! A session that names a profile this build does not have: it would silently be held to another one.

use super::{Check, Context, Finding};
use crate::review::profile::{BUILTIN, Profile, USUAL};

pub(super) const CHECK: Check =
    Check { id: "profile-unknown", summary: "The session names a profile that is not known", run };

fn run(context: &Context) -> Vec<Finding> {
    let name = &context.session.profile;
    if name.is_empty() || Profile::named(name).is_some() {
        return Vec::new();
    }
    let known: Vec<&str> = BUILTIN.iter().map(|profile| profile.name).collect();
    let message = format!("profile `{name}` is not known; the session is held to `{}` instead", USUAL.name);
    vec![CHECK.error(message).hint(format!("use one of {}", known.join(", ")))]
}
