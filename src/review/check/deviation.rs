//! Deviations from the team's baselines: every one is worth knowing, and one that nobody agreed to is worth more.

use super::{Check, Context, Finding, Severity};
use crate::{
    review::words,
    session::{Component, Deviation, EntryId, Named},
};

pub(super) const CHECK: Check =
    Check { id: "deviation", summary: "A component deviates from a baseline of the team", run };

fn run(context: &Context) -> Vec<Finding> {
    let components = context.session.components.iter();
    let all = components.flat_map(|component| component.deviations.iter().map(move |one| (component, one)));
    all.map(|(component, deviation)| finding(context, component, deviation)).collect()
}

fn finding(context: &Context, component: &Component, deviation: &Deviation) -> Finding {
    let (name, id, reason) = (&component.name, &deviation.baseline, deviation.reason.name());
    let what = format!("{name} deviates from baseline {id}: {reason}");
    let [words, by] = [deviation.words.trim(), words::person(context.session, &deviation.by)];
    let stands = context.baselines.iter().any(|one| one.component.id == component.id && one.baseline.id == *id);
    let found = if words.is_empty() || by.is_empty() {
        let missing = match (words.is_empty(), by.is_empty()) {
            (true, true) => "without words and without anybody who agreed",
            (true, false) => "without words",
            _ => "without anybody who agreed",
        };
        CHECK.warning(format!("{what}, {missing}")).hint("record it again with why and who agreed, or withdraw it")
    } else if !context.baselines.is_empty() && !stands {
        CHECK.finding(Severity::Hint, format!("{what}, which the team does not ask of it")).hint("withdraw it")
    } else {
        CHECK.finding(Severity::Hint, format!("{what}: {words} (agreed by {by})"))
    };
    found.at(EntryId::Component(component.id.clone()))
}
