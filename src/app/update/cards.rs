//! Hats and hands: what somebody asks for when a room falls silent.
//!
//! Owns whose turn it is and the way from a card to its cell. Refuses: opening by itself, and covering anything; both are
//! in the strip above the panes.

use crate::{
    app::{
        model::Model,
        pane::{Pane, meeting as meeting_pane},
        strip,
    },
    catalog::Situation,
    meeting::{
        self,
        hand::{self, Card, Hand},
        route::Step,
        voices,
    },
    method::prompts::Subject,
    session::PersonId,
};

use super::{capturing, selection, suggesting};

/// Asks the perspective whose turn it is, or the next one.
pub(super) fn next_hat(model: &mut Model) {
    if std::mem::replace(&mut model.hats.shown, true) {
        model.hats.turn += 1;
    }
}

/// Shows the next card; deals when there is none.
pub(super) fn next_card(model: &mut Model) {
    model.hats.shown = false;
    let at = model.hand.as_ref().and_then(Hand::card).map(|dealt| (dealt.card.place.clone(), dealt.card.letter));
    let played = at.is_some_and(|(place, letter)| strip::is_played(model, &place, letter));
    match &mut model.hand {
        Some(hand) if hand.left() > 0 => {
            if played {
                hand.put_away();
            } else {
                hand.later();
            }
        }
        _ => deal(model),
    }
    show(model);
}

fn deal(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let session = document.session().clone();
    let sitting = meeting::current(&session, model.environment.today);
    let people: Vec<PersonId> = sitting
        .into_iter()
        .flat_map(|sitting| voices::here(&session, sitting))
        .map(|person| person.id.clone())
        .collect();
    let seed = hand::seed(&session, sitting);
    let route = meeting_pane::route(document, model.meeting.only_changed).route;
    let steps = route.steps.iter().take(Hand::wanted(people.len()));
    let cards: Vec<Card> = steps.filter_map(|step| card(model, step, seed)).collect();
    if cards.is_empty() {
        model.hand = None;
        return model.say("Nothing is open on the route, so no card can be dealt");
    }
    model.hand = Some(Hand::deal(cards, &people, seed));
}

/// What is worth saying at a cell: what the catalogue knows of these ends, else a question.
fn card(model: &Model, step: &Step, seed: u64) -> Option<Card> {
    let session = model.session()?;
    let known = model.suggestions.team().and_then(|team| {
        let situation = Situation::of(session, &step.place, team.kinds())?;
        let found = team.catalogue().suggestions(&situation, step.letter);
        found.first().map(|one| (one.text(&situation), one.threat.id.clone()))
    });
    let (text, row) = if let Some((text, row)) = known {
        (text, Some(row))
    } else {
        let questions: Vec<String> = Subject::of(session, &step.place)?.questions(step.letter).collect();
        let nth = seed as usize % questions.len().max(1);
        (questions.into_iter().nth(nth)?, None)
    };
    Some(Card { place: step.place.clone(), letter: step.letter, text, row })
}

/// Goes to the cell of the card.
fn show(model: &mut Model) {
    let Some(dealt) = model.hand.as_ref().and_then(Hand::card).cloned() else { return };
    if model.session().is_some_and(|session| session.cells_at(&dealt.card.place).is_some()) {
        selection::show_place(model, &dealt.card.place);
        selection::select_cell(model, dealt.card.letter);
        model.focus = Pane::Checklist;
    }
}

/// Writes the card down: a row of the catalogue as a threat, a question as the beginning of one.
pub(super) fn take(model: &mut Model) {
    let Some(dealt) = model.hand.as_ref().and_then(Hand::card).cloned() else {
        return model.warn(model.keymap.phrase("No card is left; {next-card} deals"));
    };
    show(model);
    let Card { place, letter, row, .. } = dealt.card;
    match row {
        _ if strip::is_played(model, &place, letter) => {
            model.say(model.keymap.phrase("It was played already; {next-card} shows the next one"));
        }
        Some(row) => suggesting::capture(model, &place, letter, &row),
        None => capturing::open_at(model, &format!("{letter}: "), Some(letter)),
    }
}
