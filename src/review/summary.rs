//! One line about a session: for the browser of sessions and for `list`.
//!
//! Owns the names of the states a session goes through. Refuses: storing the state; it follows from the content.

use jiff::civil::Date;

use super::check::{Context, fails, findings};
use crate::{
    method::{
        coverage::{Count, Coverage},
        matrix::Risk,
        readiness::missing,
        status::effective_risk,
    },
    session::{NoteKind, Session},
};

/// Where a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSummary {
    /// The feature under discussion.
    pub title: String,
    /// The workload it belongs to; may be empty.
    pub workload: String,
    /// Who keeps it alive; may be empty.
    pub owner: String,
    /// Core cells decided.
    pub core: Count,
    /// The worst risk of a live threat; absent when there is no live threat.
    pub worst: Option<Risk>,
    /// Questions without an answer, on a cell or not.
    pub open_questions: usize,
    /// Live threats, the unfiled ones included.
    pub threats: usize,
    /// Live threats without a place.
    pub unfiled: usize,
    /// How far it is: one of [`STATES`].
    pub state: &'static str,
}

/// How far a session can be, in order.
///
/// `empty`: nothing was modelled. `modelling`: there is too little to look for threats. `identifying`: core cells are
/// undecided or threats are unfiled. `responding`: the checks still find errors. `ready`: they find none.
pub const STATES: [&str; 5] = ["empty", "modelling", "identifying", "responding", "ready"];

impl SessionSummary {
    /// Where a session stands on a day; without a day, no acceptance has run out.
    pub fn of(session: &Session, today: Option<Date>) -> Self {
        let context = Context::new(session, today);
        // Which profiles there are is known to the team's file, which nobody opens for a line of a list.
        let found: Vec<_> = findings(&context).into_iter().filter(|one| one.id != "profile-unknown").collect();
        let coverage = Coverage::of(session, &context.parked).total;
        let live = || session.threats().map(|(_, threat)| threat).filter(|threat| threat.is_live());
        let unfiled = session.unfiled.iter().filter(|threat| threat.is_live()).count();
        let [empty, modelling, identifying, responding, ready] = STATES;
        let state = if session.components.is_empty() && session.flows.is_empty() && live().next().is_none() {
            empty
        } else if !missing(session).is_empty() {
            modelling
        } else if coverage.core.open() > 0 || unfiled > 0 {
            identifying
        } else if fails(&found) {
            responding
        } else {
            ready
        };
        let questions = session.notes.iter().filter(|note| note.kind == NoteKind::Question && note.is_open());
        Self {
            title: session.title.clone(),
            workload: session.workload.clone(),
            owner: session.owner.clone(),
            core: coverage.core,
            worst: live().map(|threat| effective_risk(session, threat)).max(),
            open_questions: questions.count(),
            threats: coverage.threats(),
            unfiled,
            state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{closed, login, put, question, rated, threat, web},
        session::{Letter, Level, Place, Table},
    };

    #[test]
    fn a_session_goes_from_empty_to_ready() {
        type Start = fn() -> Session;
        type Change = fn(&mut Session);
        let table: [(Start, Change, &str); 7] = [
            (|| Session::new("new"), |_| (), "empty"),
            (web, |s| s.assets = Table::default(), "modelling"),
            (web, |_| (), "identifying"),
            (closed, |s| put(s, &Place::Unfiled, rated("T1-000", Letter::S, 1, 1)), "identifying"),
            (closed, |s| put(s, &login(), rated("T1-000", Letter::S, 5, 5)), "responding"),
            (closed, |s| s.owner.clear(), "responding"),
            (closed, |_| (), "ready"),
        ];
        for (start, change, expected) in table {
            let mut session = start();
            change(&mut session);
            assert_eq!(SessionSummary::of(&session, None).state, expected);
        }
    }

    #[test]
    fn numbers_count_what_is_live_and_the_worst_is_the_worst_of_it() {
        let mut session = closed();
        put(&mut session, &login(), rated("T1-000", Letter::S, 3, 5));
        put(&mut session, &Place::Unfiled, threat("T2-000", Letter::T));
        let mut gone = rated("T3-000", Letter::S, 5, 5);
        gone.withdrawn = Some("wrong".into());
        put(&mut session, &login(), gone);
        session.notes.insert(question("N1-000", &login(), Letter::S));
        let summary = SessionSummary::of(&session, None);
        assert_eq!((summary.threats, summary.unfiled, summary.open_questions), (2, 1, 1));
        assert_eq!((summary.worst, summary.core), (Some(Risk::Level(Level::High)), Count { decided: 10, total: 11 }));
        assert_eq!(SessionSummary::of(&web(), None).worst, None);
    }
}
