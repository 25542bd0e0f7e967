//! What a letter means, where to look for it and what would prove it closed, in plain sentences for the pair of ends.
//!
//! Owns the wording, one sentence for the source, one for the target and one for the way between them. Refuses:
//! questions to ask aloud (`prompts`) and judging whether anything is closed.

use super::{
    prompts::{Subject, fill},
    weight::End,
};
use crate::session::Letter;

/// Sentences in the order of the letters.
type Six = [&'static str; 6];

/// What each letter means.
const MEANS: Six = [
    "Somebody or something passes for another: a person, a program, a server.",
    "Data or code is changed by somebody who may not: on the way, at rest, or while it is worked on.",
    "Somebody can deny what they did, because nothing proves it.",
    "Somebody learns what is not meant for them.",
    "Somebody keeps others from using it: by load, by breaking it, by filling it up.",
    "Somebody does what they are not allowed to do, with rights they were given or rights they got hold of.",
];

/// Where to look at a source that is a person or another company, code of ours, a store.
const SOURCE: [Six; 3] = [
    [
        "How {from} proves who is there: sign-in, recovery, sessions that stay open.",
        "Everything {from} may fill in or leave out: fields, headers, numbers, files.",
        "Acts that {from} may deny later: an order, a payment, consent.",
        "What stays with {from} afterwards: downloads, caches, a shared screen.",
        "How much {from} may send, how often, and what a stranger may start.",
        "Calls that {from} is not meant to make, and what stands in their way.",
    ],
    [
        "The identity {from} shows: a certificate, a token, an account of its own.",
        "What the message of {from} is made of, and what of that nobody checked.",
        "Whether {from} passes on who asked, or acts under its own name alone.",
        "What {from} sends along without need, or writes into logs and traces.",
        "Retries and loops in {from}, and what it does when nobody answers.",
        "The rights {from} runs with, against those that {label} needs.",
    ],
    [
        "How {from} is known to be the real one, and not a copy or a restore.",
        "Who else writes to {from}, so that what comes out cannot simply be trusted.",
        "What is recorded of who read {from} or took an export.",
        "How much {from} gives out at once, and which of it belongs to somebody else.",
        "Large results, locks and jobs in {from} that others wait for.",
        "The account that opens {from}, and what else that account can do.",
    ],
];

/// Where to look at a target, likewise.
const TARGET: [Six; 3] = [
    [
        "How {to} is recognised before anything is sent: name, certificate, account.",
        "What may happen to the data at {to}, where none of us can look.",
        "What {to} would show as proof of what arrived, and when.",
        "Who else reads along at {to}: assistants, partners, a lock screen.",
        "What stops on our side when {to} is slow, blocked or gone.",
        "What could come alive at {to}: a link, a script, a formula.",
    ],
    [
        "Where {to} checks who calls, and which calls it answers without asking.",
        "Where {to} checks what it is given: length, range, signature, repetition.",
        "What {to} writes down about a call, and who could change those lines.",
        "Errors, lists and answers of {to} that say more than was asked for.",
        "What {to} runs out of first: memory, connections, threads, money.",
        "Where {to} decides what a caller may do, for each call and each record.",
    ],
    [
        "Which accounts open {to}, and who shares them.",
        "Queries made of text, and everybody who may write to {to}.",
        "What {to} keeps of earlier values, and of who changed them.",
        "Backups, exports, replicas and disks of {to}, and who can read them.",
        "How {to} grows, what could fill it, and how long a restore takes.",
        "Rights on {to} that no feature needs: drop, grant, read everything.",
    ],
];

/// Where to look between two ends.
const WAY: Six = [
    "The way between them: could somebody stand in the middle and speak for both?",
    "The way between them: what keeps a message from being changed or sent twice?",
    "One number that follows the act through the logs of both ends.",
    "The way between them: encryption, and every proxy or queue that opens it.",
    "What is refused early on the way, before it costs much.",
    "Ways around it: a second entrance without these checks.",
];

/// What would prove it closed.
const PROOF: [[&str; 2]; 6] = [
    [
        "A test: a call without proof of identity is refused, and so is one with the proof of another.",
        "The setting that demands it, and how a stolen secret is replaced.",
    ],
    [
        "A test: changed, repeated and malformed input is refused.",
        "The rule that says who may write, and what would show that somebody else did.",
    ],
    [
        "One act, looked up: who, what, when, from where.",
        "The rule that keeps those who act from editing the log, and how long it is kept.",
    ],
    [
        "A test: a stranger asks, another customer asks, and neither learns anything.",
        "The settings for encryption and access, and a list of every place where a copy lies.",
    ],
    [
        "A figure from a load test: what happens at ten times the usual.",
        "The limits as they are set, and the alarm that tells when one is reached.",
    ],
    [
        "A test for each role: what it must not do is refused.",
        "The rights as they are deployed, no more than what is used.",
    ],
];

/// What is known about a letter at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    /// What it means.
    pub means: &'static str,
    /// Where to look.
    pub look: Vec<String>,
    /// What would prove it closed.
    pub proof: [&'static str; 2],
}

/// Explains a letter for the ends of a place.
pub fn explain(letter: Letter, subject: &Subject) -> Letters {
    let at = letter as usize;
    let way = (!subject.is_by_itself()).then_some(WAY[at]);
    let ends = [SOURCE[row(subject.from)][at], TARGET[row(subject.to)][at]];
    let look = ends.into_iter().chain(way).map(|sentence| fill(sentence, &subject.names())).collect();
    Letters { means: MEANS[at], look, proof: PROOF[at] }
}

fn row(end: End) -> usize {
    match end {
        End::External => 0,
        End::Process => 1,
        End::Store => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{login, web},
        session::Place,
    };

    #[test]
    fn it_speaks_of_the_ends_at_hand() {
        let session = web();
        let told = explain(Letter::I, &Subject::of(&session, &login()).unwrap());
        insta::assert_snapshot!(told.look.join("\n"), @r"
        What stays with browser afterwards: downloads, caches, a shared screen.
        Errors, lists and answers of api that say more than was asked for.
        The way between them: encryption, and every proxy or queue that opens it.
        ");
        let users = Place::Component("users".parse().unwrap());
        let told = explain(Letter::D, &Subject::of(&session, &users).unwrap());
        assert_eq!(told.look.len(), 2, "a component has no way between two ends");
        assert!(told.look[1].contains("How users grows"));
    }

    #[test]
    fn nothing_is_left_to_fill_in_and_every_sentence_fits_two_short_lines() {
        let session = web();
        let places = session.places().filter_map(|place| Subject::of(&session, &place));
        for (subject, letter) in places.flat_map(|subject| Letter::ALL.map(|letter| (subject.clone(), letter))) {
            let told = explain(letter, &subject);
            let all = told.look.iter().map(String::as_str).chain(told.proof).chain([told.means]);
            assert!(all.clone().all(|sentence| !sentence.contains('{') && sentence.len() < 120), "{told:?}");
        }
    }
}
