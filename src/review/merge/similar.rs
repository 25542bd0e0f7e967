//! What two rooms may have written down twice: the same letter at the same place in much the same words, or a flow
//! between the same ends. People decide; nothing is joined here.

use std::collections::{BTreeMap, BTreeSet};

use crate::session::{ComponentId, EntryId, Flow, Letter, Place, Session, Threat};

/// Two records that may be one, each new on its side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Similar {
    /// New on our side.
    pub ours: EntryId,
    /// New on their side.
    pub theirs: EntryId,
}

/// More pairs at one place and letter than this are only compared for equal words.
const MOST_PAIRS: usize = 2_500;

/// Where a threat stands, so that two drawings of one flow are one place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Between(ComponentId, ComponentId),
    On(Place),
}

/// Records of both sides that may be the same, in the order of our side.
pub(super) fn similar(base: Option<&Session>, ours: &Session, theirs: &Session) -> Vec<Similar> {
    let mut found = flows(base, ours, theirs);
    let (a, b) = (threats(base, ours, theirs), threats(base, theirs, ours));
    for (spot, here) in &a {
        let Some(there) = b.get(spot) else { continue };
        let close = if here.len() * there.len() > MOST_PAIRS { 1.0 } else { 0.5 };
        let there: Vec<_> = there.iter().map(|threat| (threat, tokens(&threat.statement))).collect();
        for threat in here {
            let mine = tokens(&threat.statement);
            if close < 1.0 {
                let near = there.iter().filter(|(_, theirs)| overlap(&mine, theirs) >= close);
                found.extend(near.map(|(other, _)| pair(threat, other)));
            } else if let Some((other, _)) = there.iter().find(|(_, theirs)| *theirs == mine) {
                found.push(pair(threat, other));
            }
        }
    }
    found
}

fn pair(ours: &Threat, theirs: &Threat) -> Similar {
    Similar { ours: EntryId::Threat(ours.id), theirs: EntryId::Threat(theirs.id) }
}

/// Live threats that only this side has, by where they stand.
fn threats<'a>(
    base: Option<&Session>,
    side: &'a Session,
    other: &Session,
) -> BTreeMap<(Spot, Letter), Vec<&'a Threat>> {
    let known: BTreeSet<_> = base.into_iter().chain([other]).flat_map(Session::threat_ids).collect();
    let mut spots: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (place, threat) in side.threats().filter(|(_, threat)| threat.is_live() && !known.contains(&threat.id)) {
        let flow = if let Place::Flow(id) = &place { side.flows.get(id) } else { None };
        let spot = flow.map_or(Spot::On(place.clone()), |flow| Spot::Between(flow.from.clone(), flow.to.clone()));
        spots.entry((spot, threat.letter)).or_default().push(threat);
    }
    spots
}

/// Flows that only one side has, between the same ends and in the same words.
fn flows(base: Option<&Session>, ours: &Session, theirs: &Session) -> Vec<Similar> {
    let new = |flow: &&Flow, other: &Session| {
        !base.is_some_and(|base| base.flows.contains(&flow.id)) && !other.flows.contains(&flow.id)
    };
    let key = |flow: &Flow| (flow.from.clone(), flow.to.clone(), tokens(&flow.label));
    let there = theirs.flows.iter().filter(|flow| new(flow, ours)).map(|flow| (key(flow), flow.id));
    let there: BTreeMap<_, _> = there.collect();
    let here = ours.flows.iter().filter(|flow| new(flow, theirs));
    let same = here.filter_map(|flow| Some((flow.id, *there.get(&key(flow))?)));
    same.map(|(ours, theirs)| Similar { ours: EntryId::Flow(ours), theirs: EntryId::Flow(theirs) }).collect()
}

/// The words of a statement: lower case, without what joins them.
fn tokens(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// How many of all words both use, from 0 to 1.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let all = a.union(b).count();
    // A statement has few words; both counts are far below what a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "statements are short")]
    let share = |n: usize| n as f64 / all.max(1) as f64;
    share(a.intersection(b).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_is_compared_by_the_words_it_uses() {
        let table = [
            ("Stolen cookie replayed", "stolen cookie, replayed!", 1.0),
            ("stolen session cookie is replayed", "stolen cookie replayed", 0.6),
            ("stolen cookie", "log forged", 0.0),
            ("", "", 0.0),
            ("平台 被 盗", "平台 被 盗", 1.0),
        ];
        for (a, b, expected) in table {
            let found = overlap(&tokens(a), &tokens(b));
            assert!((found - expected).abs() < 1e-9, "{a} | {b}: {found}");
        }
    }
}
