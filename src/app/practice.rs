//! The practice session: a newcomer goes through the four questions by doing, one instruction at a time.
//!
//! Owns the steps, their words, and what of the session says that a step is done. It never asks which key was pressed,
//! so that every way there counts, undo leads back, and a session that is opened again goes on where it was left.
//! Refuses: keeping any of that in the session; it is one like any other.

use std::collections::BTreeSet;

use super::{document::Document, history::Revision, pane::Pane};
use crate::{
    meeting,
    method::status::needs_rating,
    session::{Answer, Session},
};

/// What a practice session is called. The strip is there by itself in a session of this name.
pub const TITLE: &str = "Practice: sign in to a shop";

/// Whether it is one: its meetings are nobody's history.
pub fn is_practice(session: &Session) -> bool {
    session.title == TITLE
}

/// The name of its file.
pub const NAME: &str = "practice";

/// Cells that are enough to have learnt the way through them.
const ENOUGH: usize = 6;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Two components and a flow.
    Draw,
    /// One more flow.
    Store,
    /// A threat at a place.
    Threat,
    /// A cell where nothing was found.
    Clear,
    /// A cell that does not apply.
    NotApplicable,
    /// A few more cells.
    More,
    /// A rating.
    Rate,
    /// A mitigation of a threat.
    Mitigate,
    /// A meeting that ended for a reason.
    Enough,
    /// A session that is in its file.
    Save,
}

/// What a step says on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What to do; `{capture}` stands for the key of that command.
    pub text: String,
    /// What to type, letter by letter.
    pub example: &'static str,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Draw,
        Self::Store,
        Self::Threat,
        Self::Clear,
        Self::NotApplicable,
        Self::More,
        Self::Rate,
        Self::Mitigate,
        Self::Enough,
        Self::Save,
    ];

    /// Which of the four questions it belongs to.
    pub fn question(self) -> &'static str {
        match self {
            Self::Draw | Self::Store => "What are we working on?",
            Self::Threat | Self::Clear | Self::NotApplicable | Self::More => "What can go wrong?",
            Self::Rate | Self::Mitigate => "What do we do about it?",
            Self::Enough | Self::Save => "Was it good enough?",
        }
    }

    /// Whether the session says that it is done.
    pub fn is_done(self, document: &Document) -> bool {
        let session = document.session();
        match self {
            Self::Draw => !session.flows.is_empty(),
            Self::Store => session.flows.len() > 1,
            Self::Threat => placed(session).next().is_some(),
            Self::Clear => answered(session, Answer::Clear),
            Self::NotApplicable => answered(session, Answer::NotApplicable),
            Self::More => decided(document) >= ENOUGH,
            Self::Rate => placed(session).any(|threat| !needs_rating(threat)),
            Self::Mitigate => placed(session).any(|threat| !threat.mitigations.is_empty()),
            Self::Enough => session.sittings.iter().any(|sitting| sitting.stop.is_some()),
            Self::Save => !document.is_unsaved(),
        }
    }

    /// What to do, for somebody who looks at this pane and has the capture line open or not.
    pub fn words(self, document: &Document, at: Pane, typing: bool) -> Words {
        let there = at == Pane::Checklist;
        let (text, example) = match self {
            Self::Draw | Self::Store if typing => ("Type this and press enter:", self.example()),
            Self::Draw => {
                ("Draw how a customer signs in to a shop: press {capture}, type this line, then enter:", self.example())
            }
            Self::Store => {
                ("That is a flow. The shop looks passwords up: press {capture} again and type", self.example())
            }
            Self::Threat if typing => (
                "Write in a few words what could go wrong, and press enter. For example:",
                "somebody comes in with a stolen password",
            ),
            Self::Threat if !there => (
                "Now look at one flow. Press {checklist} for its checklist: six letters, and for each what could go wrong.",
                "",
            ),
            Self::Threat => (
                "S is for spoofing: could somebody pass for another here? Press {threat-s} to write down how, or {letter} to read more about a letter first. {previous-flow} and {next-flow} choose the flow.",
                "",
            ),
            _ if !there && matches!(self, Self::Clear | Self::NotApplicable) => {
                ("Press {checklist} to go back to the checklist.", "")
            }
            Self::Clear => (
                "There it stands. Press {down} for the next letter. Suppose you talk it over and find nothing: press {mark-clear} to say so ({undo} takes it back).",
                "",
            ),
            Self::NotApplicable => (
                "That it cannot happen here at all is another answer, and wants a reason. Press {down} to go to a letter without an answer, then {mark-not-applicable}, and choose one.",
                "",
            ),
            Self::More => {
                let done = decided(document);
                let text = format!(
                    "Press {{next-open-cell}} to go to the next open letter, on any flow, and decide it: {{mark-clear}}, {{mark-not-applicable}} or a threat, whatever you think. {done} of {ENOUGH} are decided."
                );
                return Words { text, example: "" };
            }
            Self::Rate => (
                "How bad is your threat? Press {next-unrated} to go to one that nobody rated. Then press {rate} and two digits: how likely it is, how bad it would be.",
                "",
            ),
            Self::Mitigate => (
                "What would help? With the threat selected press {mitigate}, type what to do, then enter. It is a proposal then; {mitigations} shows how far each one is.",
                "",
            ),
            Self::Enough if at != Pane::Meeting => {
                ("Is that enough? Press {meeting}: the place of the meeting says what is still open.", "")
            }
            Self::Enough if meeting::under_way(document.session()).is_some() => (
                "Press {close-meeting} to end it and choose why. The questions after that may stay empty: enter passes each.",
                "",
            ),
            Self::Enough => (
                "Below Enough? stands what is still open. Nobody settles all of it in one go: when to stop is yours to say, with a reason. Press {start-or-pause}: a meeting begins.",
                "",
            ),
            Self::Save => {
                ("Press {save} to write it to its file. You may also wait: it happens by itself after a moment.", "")
            }
        };
        Words { text: text.to_owned(), example }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Draw => "customer @Internet -> shop @Edge: sign in [password] https",
            Self::Store => "shop -> users db @Data: check password [password] sql",
            _ => "",
        }
    }
}

/// What is said when everything was done.
pub const DONE: &str = "That was a whole session, and its file is like any other. Yours: {open}, then {new-session}. {help} shows every key of where you are.";

/// The live threats that stand somewhere.
fn placed(session: &Session) -> impl Iterator<Item = &crate::session::Threat> {
    let unfiled = |place: &crate::session::Place| *place == crate::session::Place::Unfiled;
    session.threats().filter(move |(place, threat)| !unfiled(place) && threat.is_live()).map(|(_, threat)| threat)
}

fn answered(session: &Session, answer: Answer) -> bool {
    let mut cells = session.places().filter_map(|place| session.cells_at(&place));
    cells.any(|cells| cells.iter().any(|cell| cell.state == answer))
}

fn decided(document: &Document) -> usize {
    let total = document.outline().total();
    total.core.decided + total.ask.decided
}

/// The practice strip while it is on the screen.
#[derive(Debug, Default)]
pub struct Practice {
    /// Steps that somebody went past.
    skipped: BTreeSet<Step>,
    /// What is to be done at a moment of the session; no step once all are done.
    seen: Option<((Revision, bool), Option<Step>)>,
}

impl Practice {
    /// What is to be done; nothing once all is done.
    pub fn step(&self) -> Option<Step> {
        self.seen.as_ref().and_then(|(_, step)| *step)
    }

    /// How many steps are behind.
    pub fn behind(&self) -> usize {
        self.step().map_or(Step::ALL.len(), |step| step as usize)
    }

    /// Keeps up with the session. Costs nothing while it is the same.
    pub fn follow(&mut self, document: &Document) {
        let at = (document.history().revision(), document.is_unsaved());
        if self.seen.as_ref().is_none_or(|(seen, _)| *seen != at) {
            let open = |step: &Step| !self.skipped.contains(step) && !step.is_done(document);
            self.seen = Some((at, Step::ALL.into_iter().find(open)));
        }
    }

    /// Goes past the step at hand.
    pub fn skip(&mut self, document: &Document) {
        self.skipped.extend(self.step());
        self.seen = None;
        self.follow(document);
    }
}
