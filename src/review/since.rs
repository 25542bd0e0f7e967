//! What a change did that a gate should ask about: what was counted on before and silently is not any more.
//!
//! [`super::diff`] tells a reviewer everything; these findings are the few things that should not pass without a word.
//! They need the session as it was before, so they are no rows of [`CHECKS`](super::check::CHECKS).
//!
//! Refuses: judging reasons. That there is one, and that it lost nothing, is all that can be seen.

use super::{
    check::{Finding, Severity},
    diff::lowered_because,
    words,
};
use crate::{
    method::{
        matrix::Matrix,
        profile::Criterion,
        rules::Rules,
        status::{effective, effective_risk},
    },
    session::{Answer, EntryId, Mitigation, Place, Session, Threat},
};

/// What is looked for, with a summary of each.
pub const SINCE: [(&str, &str); 7] = [
    ("rating-lowered", "A rating became lower and nothing says why"),
    ("threat-removed", "A threat was deleted, not withdrawn"),
    ("reason-weakened", "The reason why something does not count lost words"),
    ("evidence-removed", "A mitigation in place lost evidence"),
    ("limit-raised", "Appetite or tolerance was raised"),
    ("profile-lowered", "The session is held to less than before"),
    ("session-removed", "A session was deleted"),
];

/// What a session says less of than before, by the rules of its team.
pub fn since(before: &Session, after: &Session, rules: &Rules) -> Vec<Finding> {
    let mut found = limits(before, after);
    found.extend(profile(before, after, rules));
    for (place, old) in before.threats() {
        match after.find_threat(old.id) {
            Some((_, new)) => found.extend(threat(before, after, old, new)),
            None if old.is_live() => found.push(removed(before, after, &place, old)),
            None => {}
        }
    }
    found.extend(before.places().flat_map(|place| reasons(before, after, &place)));
    let known = after.mitigations.iter().filter_map(|new| Some((before.mitigations.get(&new.id)?, new)));
    found.extend(known.filter_map(|(old, new)| evidence(old, new)));
    found
}

fn finding(id: &'static str, severity: Severity, entry: Option<EntryId>, message: String, hint: &str) -> Finding {
    Finding { id, severity, entry, letter: None, message, hint: Some(hint.to_owned()) }
}

fn limits(before: &Session, after: &Session) -> Vec<Finding> {
    let limits =
        [("appetite", before.appetite(), after.appetite()), ("tolerance", before.tolerance(), after.tolerance())];
    let raised = limits.into_iter().filter(|(_, was, is)| is > was);
    let raised = raised.map(|(name, was, is)| {
        let [was, is] = [Matrix::of(before).level_name(was), Matrix::of(after).level_name(is)];
        let message = format!("the {name} was raised from {was} to {is}: more risk needs nobody's answer");
        finding("limit-raised", Severity::Error, None, message, "have whoever carries the risk agree, then waive this")
    });
    raised.collect()
}

/// A profile that asks for less.
fn profile(before: &Session, after: &Session, rules: &Rules) -> Option<Finding> {
    let (was, is) = (rules.profile_of(before), rules.profile_of(after));
    let lost: Vec<&str> =
        Criterion::ALL.into_iter().filter(|one| was.asks(*one) && !is.asks(*one)).map(Criterion::words).collect();
    let message = format!("the profile was {} and is {}: no more is asked for {}", was.name, is.name, lost.join(", "));
    let hint = "have whoever owns the session agree, then waive this";
    (!lost.is_empty()).then(|| finding("profile-lowered", Severity::Error, None, message, hint))
}

fn threat(before: &Session, after: &Session, old: &Threat, new: &Threat) -> Vec<Finding> {
    let mut found = Vec::new();
    let entry = Some(EntryId::Threat(new.id));
    let lower = effective(old) != effective(new) && effective_risk(after, new) < effective_risk(before, old);
    if old.is_live() && new.is_live() && lower && lowered_because(before, after, old, new).is_none() {
        let [was, is] =
            [(before, old), (after, new)].map(|(session, threat)| words::rating(session, effective(threat)));
        let message = format!("{}: {was} became {is} and nothing says why", words::threat(new));
        let hint = "put a mitigation in place or write the reason into the note";
        found.push(finding("rating-lowered", Severity::Error, entry.clone(), message, hint));
    }
    if let (Some(was), Some(is)) = (&old.withdrawn, &new.withdrawn) {
        found.extend(weaker(entry, &words::threat(new), was, is));
    }
    found
}

fn removed(before: &Session, after: &Session, place: &Place, old: &Threat) -> Finding {
    let risk = effective_risk(before, old).words(Matrix::of(before));
    let message = format!("{}, {risk}, was deleted {}", words::threat(old), words::at(before, place));
    let entry = place.entry().filter(|entry| after.has(entry));
    let found =
        finding("threat-removed", Severity::Error, entry, message, "bring it back and withdraw it with a reason");
    Finding { letter: Some(old.letter), ..found }
}

/// Letters that still do not apply, for less of a reason.
fn reasons(before: &Session, after: &Session, place: &Place) -> Vec<Finding> {
    let (Some(was), Some(is)) = (before.cells_at(place), after.cells_at(place)) else { return Vec::new() };
    let excused = |state| matches!(state, Answer::NotApplicable | Answer::Inherited);
    let pairs = is.iter().filter_map(|cell| Some((was.get(cell.letter)?, cell)));
    let pairs = pairs.filter(|(old, new)| excused(old.state) && excused(new.state));
    let found = pairs.filter_map(|(old, new)| {
        let name = format!("{}, {}", words::place(after, place), new.letter);
        let found = weaker(place.entry(), &name, &old.reason, &new.reason)?;
        Some(Finding { letter: Some(new.letter), ..found })
    });
    found.collect()
}

fn weaker(entry: Option<EntryId>, name: &str, was: &str, is: &str) -> Option<Finding> {
    let count = |text: &str| text.split_whitespace().count();
    (count(is) < count(was)).then(|| {
        let [was, is] = words::apart(was, is);
        let message = format!("{name}: the reason was {was} and is {is}");
        finding("reason-weakened", Severity::Warning, entry, message, "say at least as much as before")
    })
}

fn evidence(old: &Mitigation, new: &Mitigation) -> Option<Finding> {
    if !(old.state.is_in_place() && new.state.is_in_place()) {
        return None;
    }
    let gone = old.evidence.iter().filter(|line| !line.trim().is_empty() && !new.evidence.contains(line)).count();
    let left = new.evidence.iter().filter(|line| !line.trim().is_empty()).count();
    // As many new ones in their place are a correction.
    if gone == 0 || left >= old.evidence.len() {
        return None;
    }
    let severity = if left == 0 { Severity::Error } else { Severity::Warning };
    let message = format!("{} lost evidence, {left} left", words::mitigation(new));
    let entry = Some(EntryId::Mitigation(new.id));
    Some(finding("evidence-removed", severity, entry, message, "name where it can be seen now"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{closed, login, mitigation, put, rated},
        session::{Letter, Level, MitigationState},
    };

    fn ids(before: &Session, after: &Session) -> Vec<&'static str> {
        since(before, after, &crate::method::rules::BUILTIN).iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn what_was_counted_on_and_is_gone_is_found_and_a_reason_settles_it() {
        let mut before = closed();
        let proven = |lines: &[&str]| {
            let mut proven = mitigation("M1-000", MitigationState::InPlace);
            proven.evidence = lines.iter().map(|line| (*line).to_owned()).collect();
            proven
        };
        put(&mut before, &login(), rated("T1-000", Letter::S, 4, 4));
        before.mitigations.insert(proven(&["src/a.rs#L1"]));
        assert_eq!(ids(&before, &before), [""; 0]);

        let mut lowered = before.clone();
        let mut low = rated("T1-000", Letter::S, 1, 4);
        put(&mut lowered, &login(), low.clone());
        assert_eq!(ids(&before, &lowered), ["rating-lowered"]);
        low.note = "measured: needs a badge".into();
        put(&mut lowered, &login(), low);
        assert_eq!(ids(&before, &lowered), [""; 0]);
        assert_eq!(ids(&lowered, &before), [""; 0]);

        assert_eq!(ids(&before, &closed()), ["threat-removed"]);

        let mut unproven = before.clone();
        unproven.mitigations.insert(proven(&["src/b.rs#L1"]));
        assert_eq!(ids(&before, &unproven), [""; 0]);
        unproven.mitigations.insert(proven(&[]));
        assert_eq!(ids(&before, &unproven), ["evidence-removed"]);

        let mut lenient = before.clone();
        let mut header = lenient.header();
        header.appetite = Some(Level::High);
        lenient.set_header(&header);
        assert_eq!(ids(&before, &lenient), ["limit-raised"]);

        let mut quick = before.clone();
        quick.profile = "quick".into();
        assert_eq!(ids(&before, &quick), ["profile-lowered"]);
        assert_eq!(ids(&quick, &before), [""; 0]);
    }
}
