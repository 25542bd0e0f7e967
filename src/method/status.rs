//! How far a threat is, and whether somebody still has to decide something about it.
//!
//! All of it follows from the rating, the response, the acceptance and the linked mitigations. Without a date of today
//! nothing counts as expired.

use jiff::civil::Date;

use super::matrix::{Matrix, Risk};
use crate::session::{Acceptance, Mitigation, MitigationState, Point, Rating, Response, Session, Threat, Verdict};

/// How far a threat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThreatStatus {
    /// A fragment: neither rated nor answered.
    Draft,
    /// Rated, without a response.
    Rated,
    /// A response is chosen.
    Decided,
    /// Every linked mitigation that was not dropped is in place, and there is at least one.
    Treated,
    /// Somebody carries it, today.
    Accepted,
    /// Somebody carried it until a day that has passed.
    Expired,
    /// It no longer counts.
    Withdrawn,
}

impl ThreatStatus {
    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Rated => "rated",
            Self::Decided => "decided",
            Self::Treated => "treated",
            Self::Accepted => "accepted",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What is missing before a threat above appetite is answered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Nobody chose a response.
    NoResponse,
    /// It is to be mitigated or eliminated, and no linked mitigation is agreed or further.
    NoMitigation,
    /// It is to be accepted or transferred, and nobody signed with a name and a reason.
    NoAcceptance,
    /// The acceptance ended on this day.
    Expired(Date),
}

/// The risk at a point of time, from the rating given for that point and no other.
pub fn risk(session: &Session, threat: &Threat, point: Point) -> Risk {
    threat.rating(point).map_or(Risk::Unrated, |rating| Matrix::of(session).level_of(threat.letter, rating))
}

/// The rating a threat counts with: the current one, else the inherent one, which can only be worse. A target is a wish
/// and never counts.
pub fn effective(threat: &Threat) -> Option<Rating> {
    threat.current.or(threat.inherent)
}

/// The risk a threat counts with; see [`effective`].
pub fn effective_risk(session: &Session, threat: &Threat) -> Risk {
    effective(threat).map_or(Risk::Unrated, |rating| Matrix::of(session).level_of(threat.letter, rating))
}

/// How far a threat is.
pub fn status(session: &Session, threat: &Threat, today: Option<Date>) -> ThreatStatus {
    if !threat.is_live() {
        return ThreatStatus::Withdrawn;
    }
    match acceptance(threat) {
        Some(accepted) if expired_on(accepted, today).is_some() => ThreatStatus::Expired,
        Some(_) => ThreatStatus::Accepted,
        None if is_treated(session, threat) => ThreatStatus::Treated,
        None if threat.response.is_some() => ThreatStatus::Decided,
        None if effective(threat).is_some() => ThreatStatus::Rated,
        None => ThreatStatus::Draft,
    }
}

/// Whether nobody has judged how bad a live threat is. "Unknown" is a judgement.
pub fn needs_rating(threat: &Threat) -> bool {
    threat.is_live() && effective(threat).is_none()
}

/// Whether a live threat above appetite is not answered for; see [`gap`].
pub fn needs_response(session: &Session, threat: &Threat, today: Option<Date>) -> bool {
    gap(session, threat, today).is_some()
}

/// What is missing before a live threat above appetite is answered for. What is unknown counts by its worst; an unrated
/// threat needs a rating first ([`needs_rating`]) and has no gap.
pub fn gap(session: &Session, threat: &Threat, today: Option<Date>) -> Option<Gap> {
    let above = effective_risk(session, threat).worst().is_some_and(|level| level > session.appetite());
    if !threat.is_live() || !above {
        return None;
    }
    match threat.response {
        None => Some(Gap::NoResponse),
        Some(Response::Mitigate | Response::Eliminate) => {
            let agreed = mitigations(session, threat).any(|m| m.is_some_and(is_agreed));
            (!agreed).then_some(Gap::NoMitigation)
        }
        Some(Response::Accept | Response::Transfer) => match acceptance(threat) {
            None => Some(Gap::NoAcceptance),
            Some(accepted) => expired_on(accepted, today).map(Gap::Expired),
        },
    }
}

/// The mitigations of a threat that were not dropped, the best first ([`standing`]).
pub fn helping<'a>(session: &'a Session, threat: &'a Threat) -> Vec<&'a Mitigation> {
    let mut helping: Vec<_> =
        mitigations(session, threat).flatten().filter(|m| m.state != MitigationState::Dropped).collect();
    helping.sort_by_key(|mitigation| standing(mitigation));
    helping
}

/// What mitigations of a threat are sorted by: what was agreed, then ideas, then what was dropped; the newest first.
pub fn standing(mitigation: &Mitigation) -> impl Ord + use<> {
    let stage = match mitigation.state {
        MitigationState::Proposed => 1,
        MitigationState::Dropped => 2,
        _ => 0,
    };
    (stage, std::cmp::Reverse(mitigation.id.number()), mitigation.id)
}

/// The signature under an accepted or transferred threat, valid or expired. Without a name or a reason there is none.
pub fn acceptance(threat: &Threat) -> Option<&Acceptance> {
    let signed = |a: &&Acceptance| !a.by.trim().is_empty() && !a.reason.trim().is_empty();
    match threat.response {
        Some(Response::Accept | Response::Transfer) => threat.acceptance.as_ref().filter(signed),
        Some(Response::Mitigate | Response::Eliminate) | None => None,
    }
}

/// The last day of an acceptance, once that day has passed.
pub fn expired_on(acceptance: &Acceptance, today: Option<Date>) -> Option<Date> {
    acceptance.until.filter(|until| today.is_some_and(|today| today > *until))
}

/// Whether at least one linked mitigation is in place and no other is still on its way. A dropped one was an
/// alternative; one that does not exist is not in place.
fn is_treated(session: &Session, threat: &Threat) -> bool {
    let mut wanted =
        mitigations(session, threat).filter(|m| m.is_none_or(|m| m.state != MitigationState::Dropped)).peekable();
    wanted.peek().is_some() && wanted.all(|m| m.is_some_and(|m| m.state.is_in_place()))
}

fn mitigations<'a>(session: &'a Session, threat: &'a Threat) -> impl Iterator<Item = Option<&'a Mitigation>> {
    threat.mitigations.iter().map(|id| session.mitigations.get(id))
}

/// Whether it will be done as it stands: agreed to, and not sent back by the business.
fn is_agreed(mitigation: &Mitigation) -> bool {
    if mitigation.verdict == Some(Verdict::Rework) {
        return false;
    }
    match mitigation.state {
        MitigationState::Agreed
        | MitigationState::InProgress
        | MitigationState::InPlace
        | MitigationState::Verified => true,
        MitigationState::Proposed | MitigationState::Dropped => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{mitigation, rated, rating, threat, web},
        session::{Letter, Level},
    };

    const TODAY: Date = jiff::civil::date(2026, 3, 1);

    fn accepted(until: Option<Date>) -> Threat {
        let acceptance = Acceptance { by: "cfo".into(), reason: "cheaper".into(), until };
        Threat { response: Some(Response::Accept), acceptance: Some(acceptance), ..rated("T1-000", Letter::S, 5, 5) }
    }

    fn mitigated(states: &[MitigationState]) -> (Session, Threat) {
        let mut session = web();
        let mut threat = Threat { response: Some(Response::Mitigate), ..rated("T1-000", Letter::S, 5, 5) };
        for (n, state) in states.iter().enumerate() {
            let mitigation = mitigation(&format!("M{}-000", n + 1), *state);
            threat.mitigations.push(mitigation.id);
            session.mitigations.insert(mitigation);
        }
        (session, threat)
    }

    #[test]
    fn a_mitigation_that_the_business_sends_back_opens_its_threat_again() {
        let mut session = web();
        let mut agreed = mitigation("M1-000", MitigationState::Agreed);
        let mut above = rated("T1-000", Letter::S, 5, 5);
        (above.response, above.mitigations) = (Some(Response::Mitigate), vec![agreed.id]);
        for (verdict, missing) in
            [(None, None), (Some(Verdict::Fits), None), (Some(Verdict::Rework), Some(Gap::NoMitigation))]
        {
            agreed.verdict = verdict;
            session.mitigations.insert(agreed.clone());
            assert_eq!(gap(&session, &above, None), missing, "{verdict:?}");
        }
    }

    #[test]
    fn a_status_follows_from_what_was_recorded() {
        let base = || rated("T1-000", Letter::S, 5, 5);
        let table = [
            (threat("T1-000", Letter::S), ThreatStatus::Draft),
            (base(), ThreatStatus::Rated),
            (Threat { inherent: Some(rating(1, 1)), ..threat("T1-000", Letter::S) }, ThreatStatus::Rated),
            (Threat { target: Some(rating(1, 1)), ..threat("T1-000", Letter::S) }, ThreatStatus::Draft),
            (Threat { response: Some(Response::Mitigate), ..base() }, ThreatStatus::Decided),
            (Threat { response: Some(Response::Accept), ..base() }, ThreatStatus::Decided),
            (accepted(None), ThreatStatus::Accepted),
            (accepted(Some(TODAY)), ThreatStatus::Accepted),
            (accepted(TODAY.yesterday().ok()), ThreatStatus::Expired),
            (Threat { withdrawn: Some("wrong".into()), ..accepted(None) }, ThreatStatus::Withdrawn),
        ];
        for (threat, expected) in table {
            assert_eq!(status(&web(), &threat, Some(TODAY)), expected, "{threat:?}");
        }
    }

    #[test]
    fn a_threat_is_treated_when_nothing_wanted_is_still_on_its_way() {
        use MitigationState::{Agreed, Dropped, InPlace, Verified};
        let table: [(&[MitigationState], bool); 6] = [
            (&[], false),
            (&[InPlace], true),
            (&[InPlace, Verified], true),
            (&[InPlace, Dropped], true),
            (&[InPlace, Agreed], false),
            (&[Dropped], false),
        ];
        for (states, treated) in table {
            let (session, mut threat) = mitigated(states);
            assert_eq!(status(&session, &threat, None) == ThreatStatus::Treated, treated, "{states:?}");
            threat.mitigations.push("M99-zzz".parse().unwrap());
            assert_ne!(status(&session, &threat, None), ThreatStatus::Treated, "dangling {states:?}");
        }
    }

    #[test]
    fn a_threat_above_appetite_needs_more_than_a_word() {
        use MitigationState::{Agreed, Dropped, Proposed};
        for (states, expected) in [
            (&[] as &[_], Some(Gap::NoMitigation)),
            (&[Proposed], Some(Gap::NoMitigation)),
            (&[Dropped], Some(Gap::NoMitigation)),
            (&[Proposed, Agreed], None),
        ] {
            let (session, threat) = mitigated(states);
            assert_eq!(gap(&session, &threat, None), expected, "{states:?}");
        }
        let yesterday = TODAY.yesterday().unwrap();
        let unsigned = Threat { acceptance: None, ..accepted(None) };
        let mut anonymous = accepted(None);
        anonymous.acceptance.as_mut().unwrap().by = " ".into();
        for (threat, today, expected) in [
            (rated("T1-000", Letter::S, 5, 5), None, Some(Gap::NoResponse)),
            (unsigned, None, Some(Gap::NoAcceptance)),
            (anonymous, None, Some(Gap::NoAcceptance)),
            (accepted(Some(yesterday)), Some(TODAY), Some(Gap::Expired(yesterday))),
            (accepted(Some(yesterday)), None, None),
            (accepted(Some(TODAY)), Some(TODAY), None),
        ] {
            assert_eq!(gap(&web(), &threat, today), expected, "{threat:?}");
        }
    }

    #[test]
    fn appetite_decides_who_needs_a_response_and_the_unknown_counts_by_its_worst() {
        let mut session = web();
        for (rated, appetite, expected) in [
            (rated("T1-000", Letter::S, 1, 1), Level::Low, false),
            (rated("T1-000", Letter::S, 1, 5), Level::Low, true),
            (rated("T1-000", Letter::S, 1, 5), Level::Medium, false),
            (rated("T1-000", Letter::S, 1, 0), Level::Low, true),
            (rated("T1-000", Letter::S, 5, 5), Level::Critical, false),
            (threat("T1-000", Letter::S), Level::VeryLow, false),
        ] {
            session.appetite = Some(appetite);
            assert_eq!(needs_response(&session, &rated, None), expected, "{rated:?} {appetite:?}");
        }
        assert!(needs_rating(&threat("T1-000", Letter::S)));
        assert!(!needs_rating(&Threat { current: Some(rating(0, 0)), ..threat("T1-000", Letter::S) }));
    }
}
