//! Tripwires of assumptions: looked at when others are named and when somebody comes back, announced when one broke.
//!
//! Owns noticing that other tripwires are named than before, at the price of a pointer comparison, and telling the
//! outline which assumptions do not hold. Refuses: looking (that is [`Effect::TestTripwires`]).

use std::path::Path;

use crate::{
    app::{
        document::Document,
        model::{Model, Severity},
        msg::Effect,
        tripwires::Tripwires,
    },
    method::leaning,
    review::{
        tripwire::{self, Verdict, Verdicts},
        words,
    },
    session::{EntryId, Session},
};

/// Asks for a look when other tripwires are named than before; what is known reaches the cells in any case.
pub(super) fn follow(model: &mut Model, mut effects: Vec<Effect>) -> Vec<Effect> {
    let Some(document) = &mut model.document else {
        model.tripwires = Tripwires::default();
        return effects;
    };
    let known = &mut model.tripwires;
    let session = document.session();
    if known.path != document.path || !known.assumptions.same(&session.assumptions) {
        let of = |session: &Session| tripwire::of(session).map(|(id, all)| (id, all.to_vec())).collect::<Vec<_>>();
        let named = of(session);
        let others = known.path != document.path || known.named != named;
        known.path.clone_from(&document.path);
        known.assumptions = session.assumptions.clone();
        if others {
            known.verdicts.clear();
            effects.extend((!named.is_empty()).then(|| look(document)));
            known.named = named;
        }
    }
    document.lean(&tripwire::broken(&known.verdicts));
    effects
}

/// Looks again: somebody may have changed the code meanwhile.
pub(super) fn look_again(model: &Model) -> Option<Effect> {
    model.document.as_ref().filter(|_| !model.tripwires.named.is_empty()).map(look)
}

fn look(document: &Document) -> Effect {
    Effect::TestTripwires { path: document.path.clone(), session: document.session().clone() }
}

/// Somebody looked.
pub(super) fn on_verdicts(model: &mut Model, path: &Path, verdicts: Verdicts) {
    let Some(document) = model.document.as_ref().filter(|document| document.path == path) else { return };
    let news = news(document.session(), &model.tripwires.verdicts, &verdicts);
    model.tripwires.verdicts = verdicts;
    let quiet = model.status.as_ref().is_none_or(|status| status.severity == Severity::Info);
    if let Some((first, more)) = news.split_first().filter(|_| quiet) {
        let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
        model.warn(format!("{first}{more}"));
    }
}

/// The assumptions that do not hold and did before, with what leaned on them.
fn news(session: &Session, before: &Verdicts, now: &Verdicts) -> Vec<String> {
    let known = tripwire::broken(before);
    let broken = now.iter().filter(|(id, _)| !known.contains(id));
    let said = broken.filter_map(|(id, found)| {
        let why = found.iter().find_map(|(_, verdict)| match verdict {
            Verdict::Broken(why) => Some(why),
            Verdict::Holds | Verdict::Unknown(_) => None,
        })?;
        let name = words::named(session, &EntryId::Assumption(*id));
        let leaning = match leaning::cells(session, *id).len() {
            0 => String::new(),
            1 => "; the answer that leaned on it is stale".to_owned(),
            count => format!("; {count} answers that leaned on it are stale"),
        };
        Some(format!("{name} does not hold: {why}{leaning}"))
    });
    said.collect()
}
