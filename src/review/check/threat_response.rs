//! Threats above appetite that nobody answers for. Expired acceptances have a check of their own.

use super::{Check, Context, Finding};
use crate::{
    method::{
        matrix::Matrix,
        status::{Gap, effective_risk, gap},
    },
    review::words,
    session::{EntryId, Response, Session, Threat},
};

pub(super) const CHECK: Check =
    Check { id: "threat-response", summary: "A threat above appetite is not answered for", run };

fn run(context: &Context) -> Vec<Finding> {
    let threats = context.session.threats();
    let findings = threats.filter_map(|(_, threat)| finding(context, threat, gap(context.session, threat, None)?));
    findings.collect()
}

fn finding(context: &Context, threat: &Threat, gap: Gap) -> Option<Finding> {
    let aim = threat.response.map_or("", aim);
    let (missing, hint) = match gap {
        Gap::NoResponse => {
            ("has no response".to_owned(), "choose to mitigate, eliminate, transfer or accept it".to_owned())
        }
        Gap::NoMitigation => (format!("is to be {aim}, but {}", unagreed(context.session, threat)), agree(threat)),
        Gap::NoAcceptance => (
            format!("is to be {aim}, but nobody signed for it"),
            "record who carries it, why, and until when".to_owned(),
        ),
        Gap::Expired(_) => return None,
    };
    let message = format!("{} is {} and {missing}", words::threat(threat), level(context.session, threat));
    Some(CHECK.error(message).at(EntryId::Threat(threat.id)).letter(Some(threat.letter)).hint(hint))
}

/// `High, above the appetite of Low,`.
fn level(session: &Session, threat: &Threat) -> String {
    let matrix = Matrix::of(session);
    let appetite = matrix.level_name(session.appetite());
    format!("{}, above the appetite of {appetite},", effective_risk(session, threat).words(matrix))
}

fn aim(response: Response) -> &'static str {
    match response {
        Response::Mitigate => "mitigated",
        Response::Eliminate => "eliminated",
        Response::Transfer => "transferred",
        Response::Accept => "accepted",
    }
}

/// Why no linked mitigation counts.
fn unagreed(session: &Session, threat: &Threat) -> String {
    let linked = threat.mitigations.iter().map(|id| {
        let state = session.mitigations.get(id).map_or("missing", |mitigation| mitigation.state.name());
        format!("{} is {state}", id.short())
    });
    let linked: Vec<String> = linked.collect();
    if linked.is_empty() { "no mitigation is linked".to_owned() } else { format!("only {}", linked.join(", ")) }
}

fn agree(threat: &Threat) -> String {
    if threat.mitigations.is_empty() {
        "add a mitigation and agree on it".to_owned()
    } else {
        "agree on one of them, or choose another response".to_owned()
    }
}
