//! What is known before a session starts: the kinds of components people name.
//!
//! Owns the built-in catalogue, which ships as data in the format a team writes its own in. Today that is component
//! kinds ([`Kind`]). Refuses: judging a session, reading files, and putting anything into a session by itself.

mod kinds;

pub use kinds::{Kind, kind, kinds, nearest_kind};
