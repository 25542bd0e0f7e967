//! Components whose every threat is left to somebody who runs them: some share is always one's own.

use super::{Check, Context, Finding};
use crate::{
    review::words,
    session::{EntryId, MitigationState, Place, Responsibility, Session, Table, Threat},
};

pub(super) const CHECK: Check =
    Check { id: "provider-only", summary: "Every threat to a component is left to its provider", run };

fn run(context: &Context) -> Vec<Finding> {
    let session = context.session;
    let mut shares = std::collections::BTreeMap::new();
    let components = session.components.keys().map(|id| (Place::Component(id.clone()), id));
    let flows = session.flows.iter().map(|flow| (Place::Flow(flow.id), &flow.to));
    for (place, component) in components.chain(flows) {
        let threats = session.threats_at(&place).into_iter().flat_map(Table::iter);
        for threat in threats.filter(|threat| threat.is_live()) {
            let (all, providers): &mut (usize, usize) = shares.entry(component).or_default();
            *all += 1;
            *providers += usize::from(is_providers(session, threat));
        }
    }
    let left = shares.into_iter().filter(|(_, (all, providers))| all == providers);
    left.map(|(component, (all, _))| {
        let name = words::component(session, component);
        let threats =
            if all == 1 { "the one threat to it is".to_owned() } else { format!("all {all} threats to it are") };
        let found = CHECK.warning(format!("{name}: {threats} left to its provider"));
        found
            .at(EntryId::Component(component.clone()))
            .hint("ask what is set up, called and stored there: that share is never the provider's")
    })
    .collect()
}

/// Whether everything that is to help against a threat is the provider's.
fn is_providers(session: &Session, threat: &Threat) -> bool {
    let linked = threat.mitigations.iter().filter_map(|id| session.mitigations.get(id));
    let mut helps = linked.filter(|mitigation| mitigation.state != MitigationState::Dropped).peekable();
    helps.peek().is_some() && helps.all(|mitigation| mitigation.responsibility == Responsibility::Provider)
}
