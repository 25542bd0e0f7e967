//! Accepted threats that are worse than anybody here may sign for.

use super::{Check, Context, Finding};
use crate::{
    method::{
        matrix::Matrix,
        status::{acceptance, effective_risk},
    },
    review::words,
    session::{EntryId, Threat},
};

pub(super) const CHECK: Check =
    Check { id: "threat-tolerance", summary: "A threat above tolerance is accepted or transferred", run };

fn run(context: &Context) -> Vec<Finding> {
    let live = context.session.threats().filter(|(_, threat)| threat.is_live() && acceptance(threat).is_some());
    live.filter_map(|(_, threat)| finding(context, threat)).collect()
}

fn finding(context: &Context, threat: &Threat) -> Option<Finding> {
    let (matrix, tolerance) = (Matrix::of(context.session), context.profile.tolerance(context.session));
    let risk = effective_risk(context.session, threat);
    risk.worst().filter(|level| *level > tolerance)?;
    let (name, risk, tolerance) = (words::threat(threat), risk.words(matrix), matrix.level_name(tolerance));
    let message = format!("{name} is signed for at {risk}, above the tolerance of {tolerance}");
    let found = CHECK.warning(message).at(EntryId::Threat(threat.id)).letter(Some(threat.letter));
    Some(found.hint("bring it down with a mitigation before anybody carries it"))
}
