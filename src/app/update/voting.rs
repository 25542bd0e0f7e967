//! Keys of a vote.
//!
//! Owns the protocol: digits unseen, then all at once; far apart means one word each and one more vote; then the
//! moderator decides. Impact comes first, and where it cannot be above the appetite nobody argues about likelihood.

use crate::{
    app::{
        key::{Code, Key},
        model::Model,
        vote::{Stage, Vote},
    },
    method::matrix::{Matrix, Risk},
    session::{Edit, Rating},
};

use super::{apply, matrix};

/// Most votes on one thing: more people than that do not rate together.
const MOST: usize = 40;

pub(super) fn begin(model: &mut Model) {
    model.vote = model.threat().map(Vote::new);
}

/// A key while a vote is under way.
pub(super) fn on_key(model: &mut Model, key: Key) {
    let Some(mut vote) = model.vote.take() else { return };
    let Some(matrix) = model.session().map(Matrix::of) else { return };
    let steps = vote.half.steps(matrix).len();
    let step = match key.code {
        Code::Char('0' | '?') => Some(None),
        Code::Char(c @ '1'..='9') if usize::from(c as u8 - b'0') <= steps => Some(Some(c as u8 - b'0')),
        _ => None,
    };
    match (vote.stage, key.code, step) {
        (_, Code::Esc, _) => return model.say("No vote: the rating stays as it is"),
        (Stage::Casting, _, Some(step)) if vote.ballot.votes.len() < MOST => vote.ballot.votes.push(step),
        (Stage::Casting, Code::Backspace, _) => drop(vote.ballot.votes.pop()),
        (Stage::Casting, Code::Enter, _) if !vote.ballot.votes.is_empty() => {
            vote.stage = Stage::Revealed;
            vote.spread = vote.spread.max(vote.ballot.spread());
        }
        (Stage::Revealed, Code::Enter, _) => {
            let median = vote.ballot.median();
            return settle(model, vote, median);
        }
        (Stage::Revealed, _, Some(step)) => return settle(model, vote, step),
        (Stage::Revealed, Code::Char('v'), _) if !vote.again => {
            vote.again = true;
            vote.stage = Stage::Casting;
            vote.ballot.votes.clear();
        }
        (Stage::Casting, ..) => model.warn(format!("A digit each, 1 to {steps} or 0 for unknown; enter shows them")),
        (Stage::Revealed, ..) => model.warn("enter takes the middle, a digit decides, esc leaves the rating as it is"),
    }
    model.vote = Some(vote);
}

/// Digits as they are read from raised fingers.
pub(super) fn paste(model: &mut Model, text: &str) {
    for digit in text.chars().filter(char::is_ascii_digit) {
        on_key(model, Key::char(digit));
    }
}

fn settle(model: &mut Model, vote: Vote, step: Option<u8>) {
    let Some(session) = model.session() else { return };
    let matrix = Matrix::of(session);
    let Some(mut threat) = model.document.as_ref().and_then(|d| d.threat(vote.threat)).cloned() else { return };
    let rating = match vote.impact {
        None => {
            let alone = Rating { impact: step, likelihood: None };
            let worst = match matrix.level_of(threat.letter, alone) {
                Risk::Unrated => None,
                Risk::Unknown { worst } | Risk::Level(worst) => Some(worst),
            };
            if worst.is_none_or(|worst| worst > session.appetite()) {
                model.vote = Some(vote.about_likelihood(step));
                return;
            }
            alone
        }
        Some(impact) => Rating { impact, likelihood: step },
    };
    threat.current = Some(rating);
    threat.spread = Some(u32::from(vote.spread));
    let said = |step: Option<u8>| step.map_or_else(|| "?".to_owned(), |step| step.to_string());
    let (likelihood, impact) = (said(rating.likelihood), said(rating.impact));
    let label = format!("vote on {}: {likelihood}x{impact}, spread {}", vote.threat.short(), vote.spread);
    if apply(model, &Edit::Batch { label, edits: vec![Edit::ChangeThreat(Box::new(threat))] }) {
        matrix::matrix_to(model, vote.threat);
    }
}
