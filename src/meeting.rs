//! How a meeting runs: agenda, clock, route, who speaks and what is left.
//!
//! Owns everything that follows from a session and the moments recorded in its sittings: how much of each phase is used
//! ([`clock`]) of what was planned ([`Agenda`](crate::method::agenda::Agenda)), how fast the room is ([`pace`]), which
//! cells come next and which will not fit ([`route`]), which of them changed ([`delta`]), which perspectives are missing
//! ([`voices`]) and what a phase still waits for ([`exit`]), what votes add up to ([`vote`]), what to ask when a room falls
//! silent ([`hats`], [`hand`]) and how long the next meeting will take ([`forecast`]).
//!
//! Refuses: clocks. The present moment is passed in, and without one nothing runs. Refuses to push: nothing here asks
//! for attention, it only answers when something looks.

pub mod clock;
pub mod delta;
pub mod exit;
pub mod forecast;
pub mod hand;
pub mod hats;
pub mod pace;
pub mod route;
pub mod voices;
pub mod vote;

use jiff::civil::Date;

use crate::session::{Session, Sitting};

/// The meeting under way: the latest one whose clock was started and that is not over.
pub fn under_way(session: &Session) -> Option<&Sitting> {
    latest(session).filter(|sitting| clock::Clock::of(sitting).is_under_way())
}

/// The meeting that can be led on a day: the one under way, or the one of that day whose clock nobody started yet.
pub fn current(session: &Session, today: Date) -> Option<&Sitting> {
    let fresh = |sitting: &&Sitting| sitting.moments.is_empty() && sitting.minutes == 0 && sitting.date == today;
    under_way(session).or_else(|| latest(session).filter(fresh))
}

/// The latest meeting of all.
pub fn latest(session: &Session) -> Option<&Sitting> {
    session.sittings.iter().max_by_key(|sitting| (sitting.date, sitting.id.number(), sitting.id))
}

/// The meetings before one, the latest first.
pub fn before<'a>(session: &'a Session, sitting: &'a Sitting) -> impl Iterator<Item = &'a Sitting> {
    let key = |sitting: &Sitting| (sitting.date, sitting.id.number(), sitting.id);
    let mut earlier: Vec<&Sitting> = session.sittings.iter().filter(|other| key(other) < key(sitting)).collect();
    earlier.sort_by_key(|other| std::cmp::Reverse(key(other)));
    earlier.into_iter()
}
