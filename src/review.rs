//! What is to be looked at: findings of the checks, one line about a whole session, and what became of it.
//!
//! Owns the questions a reviewer asks of a session: what stands in the way of calling it done ([`check`]), where it
//! stands ([`summary`]), what changed since another version ([`diff`], and of that what a gate asks about, [`since`]), who
//! signed for what ([`endorsement`], by its [`mod@print`]), what reviewers said about it ([`comment`]), which findings
//! somebody answers for meanwhile ([`waiver`]), what two people's versions are together ([`merge`]), what of another session
//! holds here ([`reuse`]), what became of the code that records name ([`code`]) and of the assumptions that were made about it
//! ([`tripwire`]), and how risk went over the revisions ([`trend`]). All of it is computed from sessions and from
//! today's date, which is passed in; [`words`] is how it speaks of records.
//!
//! Refuses: mending anything (that is an [`Edit`](crate::session::Edit)), looking at files (whether evidence exists is
//! asked at the edge) and panicking on a session no edit would have made.

pub mod check;
pub mod code;
pub mod comment;
pub mod diff;
pub mod endorsement;
mod fields;
pub mod merge;
pub mod print;
pub mod reuse;
pub mod since;
pub mod summary;
pub mod trend;
pub mod tripwire;
pub mod waiver;
pub mod words;
