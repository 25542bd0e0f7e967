//! Place 8: the meeting, with its phases, its people and what is left.
//!
//! Owns which person is selected and which cells the room passed over. Refuses: the clock, which is in the session
//! ([`crate::session::Sitting`]), and how it adds up ([`crate::meeting`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use crate::{
    app::{document::Document, history::Revision},
    meeting::{
        self,
        clock::Clock,
        delta::{Delta, Since},
        exit::{self, Condition},
        forecast::{Effort, Forecast},
        pace::Pace,
        route::Route,
        voices,
    },
    method::profile::Criterion,
    review::{
        check::{self, Context},
        diff::{Change, diff},
        reuse::Models,
    },
    session::{EntryId, Letter, PersonId, Phase, Place, Session, Sitting, SittingId},
};

/// What place 8 shows of the whole session: looked up once after each change, so that a frame costs the same however
/// large the session is.
#[derive(Debug)]
pub struct Seen {
    /// The revision it was looked up in.
    pub revision: Revision,
    /// The way through the open cells, or through those of what changed.
    pub route: Route,
    /// What is left out of it.
    pub left_out: Route,
    /// Whether only what changed is on it.
    pub only_changed: bool,
    /// How many findings keep each criterion of the profile from being met.
    pub left: Vec<(Criterion, usize)>,
    /// What each phase is for.
    pub conditions: [Vec<Condition>; 7],
    /// How often everybody was heard.
    pub heard: BTreeMap<PersonId, usize>,
    /// What changed since the last time, the worst first; only while the meeting closes.
    pub changed: Vec<String>,
}

impl Seen {
    /// Looks at a session on a day.
    pub fn of(document: &Document, models: &Models, before: Option<&Session>, today: Date, only_changed: bool) -> Self {
        let (session, parked) = (document.session(), document.outline().parked());
        let nobody = Sitting::new(SittingId::new(0, *b"000"), today);
        let sitting = meeting::current(session, today).unwrap_or(&nobody);
        let Delta { route, left_out } = route(document, only_changed);
        Self {
            revision: document.history().revision(),
            route,
            left_out,
            only_changed,
            left: left(document, models, today),
            conditions: Phase::ALL.map(|phase| exit::conditions(session, sitting, phase, parked, today)),
            heard: voices::heard(session),
            changed: changed(before.filter(|_| Clock::of(sitting).phase == Phase::Close), session),
        }
    }
}

/// What changed since a session as it was before, as the room would say it; the meetings themselves are not among it.
fn changed(before: Option<&Session>, now: &Session) -> Vec<String> {
    let said = before.map_or_else(Vec::new, |before| diff(before, now).said);
    let meeting = |change: &Change| matches!(change.record, Some(EntryId::Sitting(_)));
    said.into_iter().filter(|change| !meeting(change)).map(|change| change.text).collect()
}

/// The way through the open cells of a session, or through those of what changed and what that leaves out.
pub fn route(document: &Document, only_changed: bool) -> Delta {
    let (session, parked) = (document.session(), document.outline().parked());
    let route = Route::of(session, parked);
    if only_changed {
        Delta::of(route, session, parked, Since::Answers)
    } else {
        Delta { route, left_out: Route::default() }
    }
}

/// How many findings keep each criterion of the profile from being met, with the team's baselines and the models of
/// components.
pub fn left(document: &Document, models: &Models, today: Date) -> Vec<(Criterion, usize)> {
    let session = document.session();
    let context = Context::new(session, Some(today)).with_rules(document.team.rules());
    check::left(&context.with_baselines(document.team.standing_everywhere(session)).with_models(models.clone()))
}

/// What place 8 remembers.
#[derive(Debug, Default)]
pub struct Meeting {
    /// The selected person.
    pub selected: Option<PersonId>,
    /// Whether only what changed is talked about.
    pub only_changed: bool,
    /// Whether it is shown how often everybody was heard. The moderator asks for it; nobody else has to see it.
    pub voices: bool,
    /// Open cells that the room went past; they come again once everything else was looked at.
    pub passed: BTreeSet<(Place, Letter)>,
    /// Where the route led to last; the room stays there until the planned cells are done.
    pub at: Option<Place>,
    /// When a threat that matters was found last.
    pub found: Option<Timestamp>,
    /// What there is to show of the whole session, once it was shown.
    pub seen: Option<Seen>,
    /// What the meetings of the sessions around this one took; none while nobody asked.
    pub history: Option<Vec<Effort>>,
    /// The session before today, where somebody kept it.
    pub before: Option<Box<Session>>,
    /// It was said that nothing new comes any more.
    pub dry: bool,
}

impl Meeting {
    /// How many cells of the route fit into what is left for them; all of them once nothing is left.
    pub fn planned(document: &Document, sitting: &Sitting, now: Timestamp) -> usize {
        let (session, total) = (document.session(), document.outline().total());
        let (clock, agenda) = (Clock::of(sitting), document.team.rules().agenda(&sitting.agenda));
        let decided = (total.core.decided + total.ask.decided) as u32;
        let left = clock.left(Phase::Threats, agenda, now);
        match Pace::of(session, sitting, decided, now).cells_in(left) {
            0 => usize::MAX,
            cells => cells,
        }
    }

    /// The people in the order of the list.
    pub fn people(session: &Session) -> impl ExactSizeIterator<Item = &PersonId> {
        session.people.keys()
    }

    /// The selected person, else the first.
    pub fn person<'a>(&'a self, session: &'a Session) -> Option<&'a PersonId> {
        let selected = self.selected.as_ref().filter(|id| session.people.contains(*id));
        selected.or_else(|| Self::people(session).next())
    }

    /// What earlier meetings of this session and of those around it say about the next one.
    pub fn forecast(&self, session: &Session) -> Option<Forecast> {
        let around = self.history.iter().flatten().copied();
        Forecast::of(&Effort::all(session).chain(around).collect::<Vec<_>>())
    }

    /// Moves the selection.
    pub fn step(&mut self, session: &Session, by: isize) {
        let now = self.person(session).and_then(|id| Self::people(session).position(|other| other == id)).unwrap_or(0);
        let last = session.people.len().saturating_sub(1);
        self.selected = Self::people(session).nth(now.saturating_add_signed(by).min(last)).cloned();
    }
}
