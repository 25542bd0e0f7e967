//! Threats that were said aloud and never got a place.

use super::{Check, Context, Finding};
use crate::{review::words, session::EntryId};

pub(super) const CHECK: Check = Check { id: "unfiled", summary: "A threat in the tray has no place yet", run };

fn run(context: &Context) -> Vec<Finding> {
    let waiting = context.session.unfiled.iter().filter(|threat| threat.is_live());
    let finding = |threat| CHECK.error(format!("{} has no place yet", words::threat(threat)));
    waiting
        .map(|threat| {
            let found = finding(threat).at(EntryId::Threat(threat.id)).letter(Some(threat.letter));
            found.hint("file it to a flow or component, or withdraw it")
        })
        .collect()
}
