//! The strip above the panes: one instruction or prompt at a time, that somebody asked for.
//!
//! Owns which of them is shown and its words. Refuses: covering anything; the panes give it room.

use super::{
    command::Command,
    model::Model,
    practice::{DONE, Step},
    words,
};
use crate::{
    meeting::{self, hats},
    method::{
        cell::{CellState, cell},
        prompts::Subject,
    },
    session::{Letter, Named, PersonId, Place},
};

/// What the strip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// What it is about.
    pub heading: String,
    /// What to do or to think about.
    pub text: String,
    /// What to type, letter by letter; empty for nothing.
    pub example: &'static str,
    /// Keys that are about the strip, with a word each.
    pub keys: Vec<(Command, &'static str)>,
}

/// The strip; nothing when nobody asked for one.
pub fn strip(model: &Model) -> Option<Strip> {
    if model.hats.shown {
        return hat(model);
    }
    card(model).or_else(|| practice(model))
}

fn practice(model: &Model) -> Option<Strip> {
    let (practice, document) = model.practice.as_ref().zip(model.document.as_ref())?;
    let (heading, said, example) = match practice.step() {
        Some(step) => {
            let words = step.words(document, model.focus, model.capture.is_some());
            let number = format!("Practice {}/{}", practice.behind() + 1, Step::ALL.len());
            (format!("{number} · {}", step.question()), words.text, words.example)
        }
        None => ("Practice · done".to_owned(), DONE.to_owned(), ""),
    };
    let leave = (Command::TogglePractice, "leave");
    let skip = practice.step().map(|_| (Command::SkipStep, "skip"));
    let keys = skip.into_iter().chain([leave]).collect();
    Some(Strip { heading, text: model.keymap.phrase(&said), example, keys })
}

fn hat(model: &Model) -> Option<Strip> {
    let session = model.session()?;
    let subject = Subject::of(session, model.checklist.place.as_ref()?)?;
    let sitting = meeting::current(session, model.environment.today);
    let hat = hats::hat(session, sitting, &subject, model.hats.turn);
    let heading = format!("{} as {}", whose(model, hat.person.as_ref()), hat.role.name());
    let keys = vec![(Command::NextHat, "next"), (Command::Back, "close")];
    Some(Strip { heading, text: hat.text, example: "", keys })
}

fn card(model: &Model) -> Option<Strip> {
    let (hand, session) = model.hand.as_ref().zip(model.session())?;
    let keys = |first: &[(Command, &'static str)]| first.iter().copied().chain([(Command::Back, "close")]).collect();
    let Some(dealt) = hand.card() else {
        let text = "Every card was played. A new hand is dealt from what is still open.".to_owned();
        return Some(Strip {
            heading: "Cards".to_owned(),
            text,
            example: "",
            keys: keys(&[(Command::NextCard, "deal")]),
        });
    };
    let at = format!("{} on {}", dealt.card.letter, words::place(session, &dealt.card.place));
    let whose = whose(model, dealt.person.as_ref());
    let played = is_played(model, &dealt.card.place, dealt.card.letter);
    let heading = format!("Card for {whose} · {} left · {at}", hand.left());
    let text = if played { format!("✓ played: {}", dealt.card.text) } else { dealt.card.text.clone() };
    let take: &[_] = if played {
        &[(Command::NextCard, "next")]
    } else {
        &[(Command::TakeCard, "take"), (Command::NextCard, "later")]
    };
    Some(Strip { heading, text, example: "", keys: keys(take) })
}

/// Whether something was said to the cell of a card.
pub(super) fn is_played(model: &Model, place: &Place, letter: Letter) -> bool {
    let Some(document) = &model.document else { return true };
    if document.session().cells_at(place).is_none() {
        // What the card is about is gone.
        return true;
    }
    let view = cell(document.session(), place, letter, document.outline().parked());
    view.state != CellState::Open && view.stale.is_empty()
}

fn whose(model: &Model, person: Option<&PersonId>) -> String {
    let named = model.session().zip(person).map(|(session, id)| words::first_name(session, id.as_str()).to_owned());
    let hidden = model.projector.on && model.projector.hides_names;
    let name = named.filter(|_| !hidden);
    name.unwrap_or_else(|| "Whoever likes".to_owned())
}
