//! Mitigations that notice something and tell it to nobody.

use super::{Check, Context, Finding, Severity};
use crate::{
    review::words,
    session::{EntryId, Layer, Mitigation},
};

pub(super) const CHECK: Check =
    Check { id: "mitigation-monitor", summary: "A mitigation that detects is in place and nobody watches it", run };

fn run(context: &Context) -> Vec<Finding> {
    let unwatched =
        |m: &&Mitigation| m.layer == Some(Layer::Detect) && m.state.is_in_place() && m.monitor.trim().is_empty();
    let finding = |mitigation: &Mitigation| {
        let message = format!("{} detects, but nobody is said to watch it", words::mitigation(mitigation));
        let found = CHECK.finding(Severity::Hint, message).at(EntryId::Mitigation(mitigation.id));
        found.hint("say in `monitor` who hears of it and what they do then")
    };
    context.session.mitigations.iter().filter(unwatched).map(finding).collect()
}
