//! Names of nobody on the people list: work given to a slip of the pen is nobody's.
//!
//! Looks only where people are listed. Initials name somebody too. A team that owns the session or a component is
//! somebody, and whoever a risk was transferred to need not take part.

use std::collections::BTreeMap;

use super::{Check, Context, Finding};
use crate::session::{EntryId, Session, plain};

pub(super) const CHECK: Check =
    Check { id: "person-unknown", summary: "Somebody is named who is not among the people", run };

/// Records a finding lists for one name.
const LISTED: usize = 3;

fn run(context: &Context) -> Vec<Finding> {
    let session = context.session;
    if session.people.is_empty() {
        return Vec::new();
    }
    let mut unknown: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (name, entry) in session.people_named() {
        let entries = (!is_known(session, name)).then(|| unknown.entry(name).or_default());
        if let Some(entries) = entries.filter(|entries| !entries.contains(&entry)) {
            entries.push(entry);
        }
    }
    let finding = |(name, entries): (&str, Vec<EntryId>)| {
        let mut listed: Vec<String> = entries.iter().take(LISTED).map(EntryId::short).collect();
        if entries.len() > LISTED {
            listed.push(format!("{} more", entries.len() - LISTED));
        }
        let found = CHECK.warning(format!("nobody among the people is `{name}`, named by {}", listed.join(", ")));
        found
            .at(entries[0].clone())
            .hint(format!("mend the name, or add the person: `person {name}` on the capture line"))
    };
    unknown.into_iter().map(finding).collect()
}

fn is_known(session: &Session, name: &str) -> bool {
    let is_team = |owner: &str| owner.trim().eq_ignore_ascii_case(name);
    name.is_empty()
        || session.person_called(name).is_some()
        || session.people.iter().any(|person| person.initials() == plain(name))
        || is_team(&session.owner)
        || session.components.iter().any(|component| is_team(&component.owner))
}
