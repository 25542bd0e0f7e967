//! What a phase of a meeting is for, as conditions that the session itself answers.
//!
//! Owns the conditions. Refuses: keeping anybody in a phase. A list with open points is shown, and the room goes on when
//! it wants to.

use jiff::civil::Date;

use super::voices;
use crate::{
    method::{
        cell::{CellState, Parked, cells},
        perspective,
        readiness::{self, Missing},
        status::{gap, needs_rating},
        weight::Weight,
    },
    session::{Note, NoteKind, Phase, Place, Role, Session, Sitting, Threat},
};

/// More threats than that are better rated outside the room.
const TOGETHER: usize = 12;

/// Something a phase is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What shall hold, in few words.
    pub words: &'static str,
    /// How many things keep it from holding; none when it holds.
    pub left: usize,
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.left == 0
    }
}

/// What a phase is for, in the order in which a room does it.
pub fn conditions(session: &Session, sitting: &Sitting, phase: Phase, parked: &Parked, today: Date) -> Vec<Condition> {
    let condition = |words, left| Condition { words, left };
    let holds = |words, holds: bool| Condition { words, left: usize::from(!holds) };
    let live = || session.threats().map(|(_, threat)| threat).filter(|threat| threat.is_live());
    let count = |of: &dyn Fn(&&Threat) -> bool| live().filter(of).count();
    let open = |kind: NoteKind| session.notes.iter().filter(move |note| note.kind == kind && note.is_open());
    let vague = |note: &&Note| note.owner.trim().is_empty() || note.due.is_none();
    match phase {
        Phase::Opening => {
            let here: Vec<_> = voices::here(session, sitting).collect();
            let moderated = here.iter().any(|person| person.roles.contains(&Role::Moderator));
            let views = perspective::WANTED.len() - perspective::missing(here).len();
            vec![
                holds("somebody moderates", moderated),
                condition("two perspectives beside that", 2usize.saturating_sub(views)),
            ]
        }
        Phase::Model => {
            let missing = readiness::missing(session);
            let there = |what: Missing| !missing.contains(&what);
            vec![
                holds("something worth protecting", there(Missing::Asset)),
                holds("a way in", there(Missing::EntryPoint)),
                holds("two components and a flow", there(Missing::Component) && there(Missing::Flow)),
            ]
        }
        Phase::Route => vec![holds("what is in and what is out", !session.scope.is_empty())],
        Phase::Threats => vec![
            // What is parked waits for somebody outside the room.
            condition("core cells decided or parked", undecided(session, parked)),
            condition("every threat has a place", session.unfiled.iter().filter(|t| t.is_live()).count()),
        ],
        Phase::Rating => {
            let unrated = count(&|threat| needs_rating(threat));
            let later = (unrated > TOGETHER)
                .then_some(Condition { words: "more than twelve: rate the rest later", left: unrated });
            [condition("every threat rated, or unknown", unrated)].into_iter().chain(later).collect()
        }
        Phase::Response => {
            let unanswered = count(&|threat| gap(session, threat, Some(today)).is_some());
            let actions = open(NoteKind::Action).filter(vague).count();
            vec![
                condition("threats above appetite answered", unanswered),
                condition("ideas agreed or dropped", session.ideas().count()),
                condition("actions with owner and day", actions),
            ]
        }
        Phase::Close => vec![
            condition("parked questions with owner and day", open(NoteKind::Question).filter(vague).count()),
            condition("actions with owner and day", open(NoteKind::Action).filter(vague).count()),
            condition("every threat has a place", session.unfiled.iter().filter(|t| t.is_live()).count()),
            holds("something to keep or to change", !sitting.keep.is_empty() || !sitting.change.is_empty()),
            holds("the day of the next meeting", sitting.next.is_some()),
        ],
    }
}

/// Core cells of flows that nobody decided, apart from those that wait for an answer.
fn undecided(session: &Session, parked: &Parked) -> usize {
    let views = session.flows.iter().flat_map(|flow| cells(session, &Place::Flow(flow.id), parked));
    views.filter(|cell| cell.weight == Weight::Core && !cell.is_decided() && cell.state != CellState::Parked).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{closed, login, put, question, rated, threat, web},
        session::{Letter, Person},
    };

    const TODAY: Date = jiff::civil::date(2026, 3, 17);

    fn left(session: &Session, sitting: &Sitting, phase: Phase) -> Vec<usize> {
        conditions(session, sitting, phase, &Parked::of(session), TODAY)
            .iter()
            .map(|condition| condition.left)
            .collect()
    }

    #[test]
    fn each_phase_is_done_when_the_session_says_so() {
        let (mut session, mut sitting) = (Session::new("Shop"), Sitting::new("W1-abc".parse().unwrap(), TODAY));
        let phases = |session: &Session, sitting: &Sitting| Phase::ALL.map(|phase| left(session, sitting, phase));
        let expected: [&[usize]; 7] = [&[1, 2], &[1, 1, 1], &[1], &[0, 0], &[0], &[0, 0, 0], &[0, 0, 0, 1, 1]];
        assert_eq!(phases(&session, &sitting), expected);
        session = Session { scope: "sign-in only".into(), ..closed() };
        let roles = vec![Role::Moderator, Role::Developer, Role::Defender];
        session.people.insert(Person { id: "ana".parse().unwrap(), name: "Ana".into(), roles });
        sitting.present.push("ana".parse().unwrap());
        sitting.keep = "the order".into();
        sitting.next = Some(TODAY);
        assert!(phases(&session, &sitting).iter().flatten().all(|left| *left == 0));
    }

    #[test]
    fn what_is_open_is_counted() {
        let (mut session, sitting) = (web(), Sitting::new("W1-abc".parse().unwrap(), TODAY));
        session.notes.insert(question("N1-000", &login(), Letter::S));
        assert_eq!(left(&session, &sitting, Phase::Threats), [10, 0], "11 core cells, one of them parked");
        put(&mut session, &Place::Unfiled, threat("T1-000", Letter::S));
        put(&mut session, &login(), rated("T2-000", Letter::T, 5, 5));
        session.notes.insert(Note::new("N2-000".parse().unwrap(), NoteKind::Action, "open a ticket"));
        assert_eq!(left(&session, &sitting, Phase::Threats), [9, 1]);
        assert_eq!(left(&session, &sitting, Phase::Rating), [1]);
        assert_eq!(left(&session, &sitting, Phase::Response), [1, 0, 1]);
        assert_eq!(left(&session, &sitting, Phase::Close), [1, 1, 1, 1, 1]);
    }
}
