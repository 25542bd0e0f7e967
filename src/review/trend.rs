//! Risk over the history of sessions: what was open at each revision, what came back, how old the worst is.
//!
//! A threat is open while it counts and nobody carries it and no mitigation that is in place settles it. Ages are days
//! between revisions: from the first one at which a threat was high and open, to the one at hand.
//!
//! Refuses: reading history (`runtime::git`), and judging whether a trend is good.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Unit, civil::Date};

use crate::{
    method::{
        cell::Parked,
        coverage::Coverage,
        status::{self, ThreatStatus, effective_risk},
    },
    session::{Level, Session, ThreatId},
};

/// What of one version of a session counts for the trend.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    threats: Vec<Stand>,
    /// Mitigations that are in place, and those of them that name evidence.
    pub evidence: Share,
    /// Cells that the methods list, and those that were set not applicable.
    pub not_applicable: Share,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: usize,
    /// The whole.
    pub of: usize,
}

impl Share {
    /// In percent, rounded down; nothing of nothing is nothing.
    pub fn percent(self) -> Option<usize> {
        (self.of > 0).then(|| self.part * 100 / self.of)
    }

    fn add(&mut self, other: Self) {
        self.part += other.part;
        self.of += other.of;
    }
}

/// Where a live threat stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stand {
    id: ThreatId,
    /// Its level; what is unknown counts by its worst, what nobody rated has none.
    level: Option<Level>,
    closed: Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closed {
    No,
    /// For good, until the session changes.
    Yes,
    /// Until a day has passed.
    Until(Date),
}

impl Stand {
    fn is_open(&self, on: Date) -> bool {
        match self.closed {
            Closed::No => true,
            Closed::Yes => false,
            Closed::Until(day) => on > day,
        }
    }
}

impl Measure {
    /// What counts of a session.
    pub fn of(session: &Session) -> Self {
        let live = session.threats().map(|(_, threat)| threat).filter(|threat| threat.is_live());
        let stand = |threat: &crate::session::Threat| Stand {
            id: threat.id,
            level: effective_risk(session, threat).worst(),
            closed: match status::status(session, threat, None) {
                ThreatStatus::Treated | ThreatStatus::Withdrawn => Closed::Yes,
                ThreatStatus::Accepted => {
                    status::acceptance(threat).and_then(|signed| signed.until).map_or(Closed::Yes, Closed::Until)
                }
                ThreatStatus::Draft | ThreatStatus::Rated | ThreatStatus::Decided | ThreatStatus::Expired => Closed::No,
            },
        };
        let threats = live.map(stand).collect();
        let in_place = || session.mitigations.iter().filter(|one| one.state.is_in_place());
        let proven = in_place().filter(|one| one.evidence.iter().any(|line| !line.trim().is_empty())).count();
        let total = Coverage::of(session, &Parked::of(session)).total;
        Self {
            threats,
            evidence: Share { part: proven, of: in_place().count() },
            not_applicable: Share { part: total.not_applicable, of: total.core.total + total.ask.total },
        }
    }
}

/// The sessions as one revision has them.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The commit.
    pub commit: String,
    /// Its day.
    pub day: Date,
    /// Each session, by a number that stays when its file is renamed.
    pub sessions: BTreeMap<usize, Arc<Measure>>,
}

/// What a revision comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The commit.
    pub commit: String,
    /// Its day.
    pub day: Date,
    /// How many sessions it has.
    pub sessions: usize,
    /// Open threats by level, the lowest first.
    pub open: [usize; 5],
    /// Open threats that nobody rated.
    pub unrated: usize,
    /// Threats that were closed or gone at the revision before and are open again.
    pub reopened: usize,
    /// Days for which the oldest open threat that is high or worse has been both; none when there is no such threat.
    pub oldest_high: Option<i64>,
    /// Mitigations in place, and those of them that name evidence.
    pub evidence: Share,
    /// Cells, and those that were set not applicable.
    pub not_applicable: Share,
}

impl Row {
    /// Every open threat.
    pub fn all_open(&self) -> usize {
        self.open.iter().sum::<usize>() + self.unrated
    }
}

/// What each revision comes to; they are given and returned in the order of time.
pub fn trend(revisions: &[Revision]) -> Vec<Row> {
    // Every threat that was ever open, and those that are; each by its session, whatever else shares its id.
    let mut ever: BTreeSet<(usize, ThreatId)> = BTreeSet::new();
    let mut open_before: BTreeSet<(usize, ThreatId)> = BTreeSet::new();
    let mut high_since: BTreeMap<(usize, ThreatId), Date> = BTreeMap::new();
    let row = |revision: &Revision| {
        let (mut open, mut high) = (BTreeSet::new(), BTreeSet::new());
        let mut row = Row {
            commit: revision.commit.clone(),
            day: revision.day,
            sessions: revision.sessions.len(),
            open: [0; 5],
            unrated: 0,
            reopened: 0,
            oldest_high: None,
            evidence: Share::default(),
            not_applicable: Share::default(),
        };
        for (session, measure) in &revision.sessions {
            row.evidence.add(measure.evidence);
            row.not_applicable.add(measure.not_applicable);
            for stand in measure.threats.iter().filter(|stand| stand.is_open(revision.day)) {
                let threat = (*session, stand.id);
                open.insert(threat);
                match stand.level {
                    Some(level) => row.open[level as usize] += 1,
                    None => row.unrated += 1,
                }
                if stand.level >= Some(Level::High) {
                    high.insert(threat);
                }
            }
        }
        row.reopened = open.iter().filter(|threat| ever.contains(threat) && !open_before.contains(threat)).count();
        high_since.retain(|threat, _| high.contains(threat));
        for threat in high {
            high_since.entry(threat).or_insert(revision.day);
        }
        row.oldest_high = high_since.values().min().map(|since| days(*since, revision.day));
        ever.extend(&open);
        open_before = open;
        row
    };
    revisions.iter().map(row).collect()
}

/// Days from one day to another; a clock that went back gives none.
fn days(from: Date, to: Date) -> i64 {
    to.since((Unit::Day, from)).map_or(0, |span| i64::from(span.get_days()).max(0))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        method::fixture::{closed, login, mitigation, put, rated},
        session::{Acceptance, Letter, MitigationState, Response, Threat},
    };

    fn high() -> Threat {
        rated("T1-000", Letter::S, 5, 5)
    }

    fn with(threat: Threat) -> Session {
        let mut session = closed();
        session.mitigations.insert(mitigation("M1-000", MitigationState::InPlace));
        put(&mut session, &login(), threat);
        session
    }

    fn told(history: &[(Date, Session)]) -> Vec<(usize, usize, Option<i64>)> {
        let revision = |(day, session): &(Date, Session)| Revision {
            commit: String::new(),
            day: *day,
            sessions: BTreeMap::from([(0, Arc::new(Measure::of(session)))]),
        };
        let rows = trend(&history.iter().map(revision).collect::<Vec<_>>());
        rows.iter().map(|row| (row.all_open(), row.reopened, row.oldest_high)).collect()
    }

    #[test]
    fn a_threat_that_comes_back_is_reopened_and_its_age_begins_anew() {
        let treated = Threat { mitigations: vec!["M1-000".parse().unwrap()], ..high() };
        let history = [
            (date(2026, 1, 1), with(high())),
            (date(2026, 1, 11), with(high())),
            (date(2026, 2, 1), with(treated)),
            (date(2026, 3, 1), with(high())),
            (date(2026, 3, 6), with(rated("T1-000", Letter::S, 1, 1))),
        ];
        assert_eq!(told(&history), [(1, 0, Some(0)), (1, 0, Some(10)), (0, 0, None), (1, 1, Some(0)), (1, 0, None)]);
    }

    #[test]
    fn what_somebody_carries_is_open_again_once_the_day_has_passed() {
        let until = Some(date(2026, 2, 1));
        let acceptance = Some(Acceptance { by: "ana".into(), reason: "rare".into(), until });
        let carried = Threat { response: Some(Response::Accept), acceptance, ..high() };
        let history = [
            (date(2026, 1, 1), with(high())),
            (date(2026, 2, 1), with(carried.clone())),
            (date(2026, 2, 2), with(carried)),
        ];
        assert_eq!(told(&history), [(1, 0, Some(0)), (0, 0, None), (1, 1, Some(0))]);
    }

    #[test]
    fn evidence_and_not_applicable_are_shares() {
        let measure = Measure::of(&with(high()));
        assert_eq!((measure.evidence, measure.evidence.percent()), (Share { part: 0, of: 1 }, Some(0)));
        assert_eq!(Share::default().percent(), None);
        assert!(measure.not_applicable.of > 0);
    }
}
