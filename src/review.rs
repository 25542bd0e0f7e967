//! What is to be looked at: findings of the checks, and one line about a whole session.
//!
//! Owns the questions a reviewer asks of a session: what stands in the way of calling it done ([`check`]) and where it
//! stands ([`summary`]). Both are computed from the session and from today's date, which is passed in.
//!
//! Refuses: mending anything (that is an [`Edit`](crate::session::Edit)), looking at files (whether evidence exists is
//! asked at the edge) and panicking on a session no edit would have made.

pub mod check;
mod fields;
pub mod merge;
pub mod summary;
mod words;
