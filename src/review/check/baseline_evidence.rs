//! Baselines that hold for something in the session, by declaration alone.

use super::{Check, Context, Finding};

pub(super) const CHECK: Check =
    Check { id: "baseline-evidence", summary: "A baseline of the team holds here without evidence", run };

/// More components than this are counted.
const NAMED: usize = 3;

fn run(context: &Context) -> Vec<Finding> {
    let mut found: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    let unseen = context
        .baselines
        .iter()
        .filter(|one| one.deviation.is_none() && one.baseline.evidence.iter().all(|line| line.trim().is_empty()));
    for one in unseen {
        let (id, name) = (one.baseline.id.as_str(), one.component.name.as_str());
        match found.iter_mut().find(|(known, ..)| *known == id) {
            Some((.., names)) => names.push(name),
            None => found.push((id, &one.baseline.title, vec![name])),
        }
    }
    let finding = |(id, title, names): (&str, &str, Vec<&str>)| {
        let more = names.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let names = format!("{}{more}", names[..names.len().min(NAMED)].join(", "));
        let found = CHECK.warning(format!("baseline {id} \"{title}\" holds for {names}, but nothing shows it"));
        found.hint("add `evidence` to it in the team's file: path#line, a commit or a URL")
    };
    found.into_iter().map(finding).collect()
}
