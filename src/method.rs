//! What the method says: which letters matter where, what counts as decided, and how bad a threat is.
//!
//! Owns the judgements that follow from a session: the weight of a letter for a pair of ends ([`weight`]), what an
//! answer rested on ([`basis`]), what a cell says ([`cell`]), how far a session is ([`coverage`]), how bad a rating is
//! ([`matrix`]), how far a threat is ([`status`]), what to ask aloud ([`prompts`]), what a letter means
//! ([`letters`]), who should be heard ([`perspective`]), what holds by a team's declaration ([`baseline`]), whether there is
//! enough of a model to start ([`readiness`]), how long a meeting is ([`agenda`]), when a session is done ([`profile`], of
//! findings that weigh something, [`severity`]) and what a team agreed on about that ([`rules`]).
//!
//! Refuses: storing any of it. Everything here is computed from the session, so that a file never contradicts its own
//! contents. Refuses panics as well: a hand-made file may dangle, turn in circles or rate outside its matrix.

pub mod agenda;
pub mod baseline;
pub mod basis;
pub mod cell;
pub mod coverage;
#[cfg(test)]
pub(crate) mod fixture;
pub mod leaning;
pub mod letters;
pub mod matrix;
pub mod perspective;
pub mod profile;
pub mod prompts;
pub mod readiness;
pub mod rules;
pub mod severity;
pub mod status;
pub mod weight;
