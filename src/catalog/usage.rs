//! Usage: how often sessions took a row of the catalogue, and how often they dismissed it.
//!
//! Owns the counting over any number of sessions, so that a team sees which rows earn their place. Refuses: reading the
//! sessions.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::session::{Dismissal, Session, Table, Threat};

/// What sessions did with the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    rows: BTreeMap<String, Count>,
    /// Sessions that were counted.
    pub sessions: usize,
    /// Live threats that somebody thought of.
    pub own_words: usize,
}

/// How often a row was taken and dismissed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Threats that came from it and count.
    pub taken: usize,
    /// Threats that came from it and were withdrawn later.
    pub withdrawn: usize,
    /// Places where somebody turned it down.
    pub dismissed: usize,
}

impl Usage {
    /// Counts a session.
    pub fn count(&mut self, session: &Session) {
        self.sessions += 1;
        let at_components = session.components.iter().flat_map(|component| component.threats.iter());
        let at_flows = session.flows.iter().flat_map(|flow| flow.threats.iter());
        at_components.chain(at_flows).chain(Table::iter(&session.unfiled)).for_each(|threat| self.threat(threat));
        let at_components = session.components.iter().flat_map(|component| component.dismissed.iter());
        let at_flows = session.flows.iter().flat_map(|flow| flow.dismissed.iter());
        at_components.chain(at_flows).for_each(|dismissal| self.dismissal(dismissal));
    }

    fn threat(&mut self, threat: &Threat) {
        match threat.origin.split('@').next().unwrap_or_default() {
            "" => self.own_words += usize::from(threat.is_live()),
            row => {
                let count = self.rows.entry(row.to_owned()).or_default();
                if threat.is_live() { count.taken += 1 } else { count.withdrawn += 1 }
            }
        }
    }

    fn dismissal(&mut self, dismissal: &Dismissal) {
        self.rows.entry(dismissal.id.clone()).or_default().dismissed += 1;
    }

    /// Every row that sessions name, the most used first.
    pub fn rows(&self) -> Vec<(&str, Count)> {
        let mut rows: Vec<(&str, Count)> = self.rows.iter().map(|(id, count)| (id.as_str(), *count)).collect();
        rows.sort_by_key(|(id, count)| (Reverse(count.taken), Reverse(count.withdrawn), Reverse(count.dismissed), *id));
        rows
    }

    /// All rows together.
    pub fn total(&self) -> Count {
        self.rows.values().fold(Count::default(), |sum, one| Count {
            taken: sum.taken + one.taken,
            withdrawn: sum.withdrawn + one.withdrawn,
            dismissed: sum.dismissed + one.dismissed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{login, put, web},
        session::{Letter, Place},
    };

    #[test]
    fn rows_are_counted_over_sessions_whatever_their_version() {
        let mut session = web();
        let from = |id: &str, origin: &str| Threat {
            origin: origin.to_owned(),
            ..Threat::new(id.parse().unwrap(), Letter::S, "words")
        };
        put(&mut session, &login(), from("T1-000", "web.S1@1"));
        put(&mut session, &login(), from("T2-000", "web.S1@2"));
        put(&mut session, &login(), Threat { withdrawn: Some("no".into()), ..from("T3-000", "web.S2@1") });
        put(&mut session, &login(), from("T4-000", ""));
        let mut usage = Usage::default();
        usage.count(&session);
        usage.count(&session);
        assert_eq!(
            usage.rows(),
            [
                ("web.S1", Count { taken: 4, ..Count::default() }),
                ("web.S2", Count { withdrawn: 2, ..Count::default() })
            ]
        );
        assert_eq!((usage.sessions, usage.own_words), (2, 2));
    }

    #[test]
    fn dismissals_are_counted_at_flows_and_components() {
        let mut session = web();
        let dismissal = |id: &str| Dismissal { id: id.to_owned(), reason: String::new(), by: String::new() };
        let Place::Flow(flow) = login() else { unreachable!("the fixture's login is a flow") };
        session.flows.get_mut(&flow).unwrap().dismissed.insert(dismissal("web.S1"));
        session.components.get_mut("users").unwrap().dismissed.insert(dismissal("web.S1"));
        session.components.get_mut("users").unwrap().dismissed.insert(dismissal("sqldb.T1"));
        let mut usage = Usage::default();
        usage.count(&session);
        let dismissed = |count| Count { dismissed: count, ..Count::default() };
        assert_eq!(usage.rows(), [("web.S1", dismissed(2)), ("sqldb.T1", dismissed(1))]);
        assert_eq!(usage.total(), dismissed(3));
    }
}
