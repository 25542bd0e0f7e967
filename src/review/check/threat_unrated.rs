//! Threats nobody judged. "Unknown" is a judgement; saying nothing is not.

use super::{Check, Context, Finding};
use crate::{method::status::needs_rating, review::words, session::EntryId};

pub(super) const CHECK: Check = Check { id: "threat-unrated", summary: "A threat is not rated", run };

fn run(context: &Context) -> Vec<Finding> {
    let unrated = context.session.threats().filter(|(_, threat)| needs_rating(threat));
    unrated
        .map(|(_, threat)| {
            let found = CHECK.error(format!("{} is not rated", words::threat(threat)));
            let found = found.at(EntryId::Threat(threat.id)).letter(Some(threat.letter));
            found.hint("rate its impact first; leave the likelihood unknown rather than guess")
        })
        .collect()
}
