//! Bytes and sessions: every way a session is written down or read back.
//!
//! Owns the session file ([`session`]), the same with conflict markers ([`markers`]), the recovery journal ([`journal`]),
//! what a team keeps ([`team`]), what it waives ([`waivers`]), strict reading ([`strict`]) and the formats that other
//! programs read or write. Everything here turns values
//! into bytes and bytes into values.
//!
//! Refuses: paths, files, clocks. Whoever has a file reads its bytes first; whoever gets bytes puts them somewhere.

pub mod beside;
pub mod journal;
pub mod markers;
pub mod nearest;
pub mod session;
pub mod strict;
pub mod team;
pub mod value;
pub mod waivers;
