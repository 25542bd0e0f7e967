//! Assumptions that the repository contradicts, or about which it can say nothing.

use super::{Check, Context, Finding};
use crate::{
    method::leaning,
    review::{tripwire::Verdict, words},
    session::{AssumptionId, EntryId, Session},
};

pub(super) const BROKEN: Check =
    Check { id: "tripwire-broken", summary: "The repository contradicts an assumption", run: broken };

pub(super) const UNKNOWN: Check =
    Check { id: "tripwire-unknown", summary: "Whether an assumption holds cannot be looked up", run: unknown };

fn broken(context: &Context) -> Vec<Finding> {
    let say = |id: AssumptionId, what: &str| {
        let leaning = leaning(context.session, id);
        let hint = if leaning.is_empty() {
            "reject the assumption or correct its tripwire; no reason names it".to_owned()
        } else {
            format!("look again at {leaning}, which leaned on it; then reject the assumption or correct its tripwire")
        };
        let name = words::named(context.session, &EntryId::Assumption(id));
        BROKEN.error(format!("{name} does not hold: {what}")).at(EntryId::Assumption(id)).hint(hint)
    };
    each(context, |verdict| if let Verdict::Broken(why) = verdict { Some(why) } else { None }, say)
}

fn unknown(context: &Context) -> Vec<Finding> {
    let say = |id: AssumptionId, why: &str| {
        let name = words::named(context.session, &EntryId::Assumption(id));
        UNKNOWN
            .warning(format!("{name}: {why}"))
            .at(EntryId::Assumption(id))
            .hint("until it can be looked up, nobody knows whether the assumption holds")
    };
    each(context, |verdict| if let Verdict::Unknown(why) = verdict { Some(why) } else { None }, say)
}

fn each(
    context: &Context,
    of: impl Fn(&Verdict) -> Option<&String>,
    say: impl Fn(AssumptionId, &str) -> Finding,
) -> Vec<Finding> {
    let all = context.tripwires.iter().flat_map(|(id, found)| found.iter().map(move |one| (*id, one)));
    all.filter_map(|(id, (tripwire, verdict))| Some(say(id, &format!("{} ({tripwire})", of(verdict)?)))).collect()
}

/// `F1 browser → api: S, I and api: D`; nothing when no reason names the assumption.
fn leaning(session: &Session, id: AssumptionId) -> String {
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for (place, letter) in leaning::cells(session, id) {
        let name = words::place(session, &place);
        match places.last_mut().filter(|(last, _)| *last == name) {
            Some((_, letters)) => letters.push(letter.to_string()),
            None => places.push((name, vec![letter.to_string()])),
        }
    }
    places.iter().map(|(name, letters)| format!("{name}: {}", letters.join(", "))).collect::<Vec<_>>().join(" and ")
}
