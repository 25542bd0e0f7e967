//! Hats: a question from the perspective whose turn it is, formed from the place at hand.
//!
//! Owns the questions of each perspective and whose turn comes after whose: one person after the other, each with all
//! the perspectives they bring. Where nobody is in the room the perspectives themselves take turns, for somebody who
//! argues with themselves. Refuses: asking by itself, and counting the turns.

use super::voices;
use crate::{
    method::{
        perspective,
        prompts::{Subject, fill},
    },
    session::{PersonId, Role, Session, Sitting},
};

/// A question for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hat {
    /// Whose turn it is; nobody where nobody is in the room.
    pub person: Option<PersonId>,
    /// The perspective.
    pub role: Role,
    /// The question.
    pub text: String,
}

const BUSINESS: [&str; 4] = [
    "What would it cost us if {assets} were lost, wrong or in the news tomorrow, and who would call first?",
    "Which promise to a customer rests on {to} doing what we believe it does?",
    "What is the least that {label} has to do for us, and what could be left out?",
    "Whom outside would we have to tell if something went wrong at {to}, and how soon?",
];

const DEVELOPER: [&str; 4] = [
    "What does {to} take for granted about whatever reaches it?",
    "Which corner of {to} would you rather not show to anybody, and why?",
    "What was meant to be finished in {to} and never was?",
    "Which mistake in {label} would none of our tests notice?",
];

const ADVERSARY: [&str; 4] = [
    "What would {assets} be worth to you, and how would you get at it through {to}?",
    "You have an afternoon and nothing to fear: what do you try on {to} first?",
    "The front of {to} is well guarded: whom or what beside it do you go for instead?",
    "You are in already: what do you take, and how do you stay unseen at {to}?",
];

const DEFENDER: [&str; 4] = [
    "Three in the morning, something is wrong with {to}: what do you look at first, and is it there?",
    "How would you notice within an hour that somebody walks off with {assets}?",
    "What could you switch off at {to} while it happens, and what would that break?",
    "Which alarm about {to} would you trust enough to wake somebody?",
];

const APPSEC: [&str; 4] = [
    "Which rule that {to} relies on is checked in one place only?",
    "Where have you seen something like {label} go wrong, and what is different here?",
    "Which answer about {to} rests on something that nobody tried?",
    "If the check in front of {to} failed without a word, what would be left?",
];

fn questions(role: Role) -> [&'static str; 4] {
    match role {
        Role::Business => BUSINESS,
        Role::Adversary => ADVERSARY,
        Role::Defender => DEFENDER,
        Role::AppSec => APPSEC,
        _ => DEVELOPER,
    }
}

/// The question of a turn, counted from 0.
pub fn hat(session: &Session, sitting: Option<&Sitting>, subject: &Subject, turn: usize) -> Hat {
    let turns = turns(session, sitting);
    let (person, role) = turns[turn % turns.len()].clone();
    // A perspective that several people bring does not ask the same twice.
    let in_a_round = turns.iter().filter(|(_, other)| *other == role).count();
    let this_round = turns[..turn % turns.len()].iter().filter(|(_, other)| *other == role).count();
    let questions = questions(role);
    let nth = (turn / turns.len()) * in_a_round + this_round;
    Hat { person, role, text: fill(questions[nth % questions.len()], &subject.names()) }
}

/// Everybody's perspectives in the order of their turns: at least one.
fn turns(session: &Session, sitting: Option<&Sitting>) -> Vec<(Option<PersonId>, Role)> {
    let here = sitting.into_iter().flat_map(|sitting| voices::here(session, sitting));
    let bring: Vec<(PersonId, Vec<Role>)> = here
        .map(|person| {
            let wanted = perspective::WANTED.into_iter().filter(|role| person.roles.contains(role));
            (person.id.clone(), wanted.collect())
        })
        .collect();
    let most = bring.iter().map(|(_, roles)| roles.len()).max().unwrap_or(0);
    let rounds = (0..most)
        .flat_map(|round| bring.iter().filter_map(move |(id, roles)| Some((Some(id.clone()), *roles.get(round)?))));
    let turns: Vec<_> = rounds.collect();
    if turns.is_empty() { perspective::WANTED.into_iter().map(|role| (None, role)).collect() } else { turns }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::clock::tests::sitting,
        method::fixture::{login, web},
        session::{Named, Person},
    };

    fn room(people: &[(&str, &[Role])]) -> (Session, Sitting) {
        let (mut session, mut sitting) = (web(), sitting(&[]));
        for (id, roles) in people {
            let id: PersonId = id.parse().unwrap();
            session.people.insert(Person { id: id.clone(), name: id.to_string(), roles: roles.to_vec() });
            sitting.present.push(id);
        }
        (session, sitting)
    }

    #[test]
    fn people_take_turns_before_anybody_puts_on_a_second_hat() {
        let (session, sitting) = room(&[
            ("ana", &[Role::Moderator, Role::AppSec]),
            ("ben", &[Role::Developer, Role::Adversary]),
            ("cleo", &[Role::NoteTaker]),
            ("dev", &[Role::Adversary]),
        ]);
        let subject = Subject::of(&session, &login()).unwrap();
        let asked: Vec<Hat> = (0..8).map(|turn| hat(&session, Some(&sitting), &subject, turn)).collect();
        let turns: Vec<_> =
            asked.iter().map(|hat| format!("{} {}", hat.person.as_ref().unwrap(), hat.role.name())).collect();
        insta::assert_snapshot!(turns[..5].join(", "), @"ana appsec, ben developer, dev adversary, ben adversary, ana appsec");
        let mut texts: Vec<&str> = asked.iter().map(|hat| hat.text.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 8, "{texts:?}");
    }

    #[test]
    fn alone_one_wears_every_hat_in_turn() {
        let session = web();
        let subject = Subject::of(&session, &login()).unwrap();
        let roles: Vec<Role> = (0..6).map(|turn| hat(&session, None, &subject, turn).role).collect();
        assert_eq!(roles[..5], perspective::WANTED);
        assert_eq!(roles[5], roles[0]);
        let adversary = hat(&session, None, &subject, 2).text;
        assert_eq!(adversary, "What would credentials be worth to you, and how would you get at it through api?");
    }

    #[test]
    fn every_question_reads_without_a_gap_for_every_kind_of_place() {
        let session = web();
        for subject in session.places().filter_map(|place| Subject::of(&session, &place)) {
            assert!((0..20).all(|turn| !hat(&session, None, &subject, turn).text.contains('{')));
        }
    }
}
