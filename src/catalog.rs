//! What is known before a session starts: kinds of components, what goes wrong with them, what helps, and what of it
//! fits a place.
//!
//! Owns the built-in catalogue, which ships as data in the format a team writes its own in: component kinds ([`Kind`]),
//! threats ([`Threat`]), controls ([`Control`]), feature packs ([`Pack`]), models to begin with ([`template`]) and the
//! lists that references name ([`reference`](mod@reference)). Owns the ranking of threats for a cell as well
//! ([`Catalogue::suggestions`]), which looks at one [`Situation`] and at nothing else of a session, what a team lays over
//! it ([`Team`]), and what makes a catalogue a good one ([`lint`]).
//!
//! Refuses: judging a session, reading files, and putting anything into a session by itself. Nothing is parsed before
//! somebody asks for it.

mod control;
mod fit;
mod kinds;
mod library;
pub mod lint;
mod overlay;
mod pack;
mod promote;
mod protocol;
pub mod reference;
mod responsibility;
mod situation;
pub mod stats;
mod suggest;
mod team;
pub mod template;
mod threat;
pub mod usage;
mod words;

use serde::de::DeserializeOwned;

pub use control::{Control, Domain};
pub use fit::Fact;
pub use kinds::{Kind, Kinds};
pub use library::{Catalogue, builtin, is_read};
pub use overlay::Overlay;
pub use pack::Pack;
pub use promote::Promoted;
pub use protocol::{Carrier, Protocol};
pub use responsibility::{Part, class_of};
pub use situation::{Party, Present, Situation, Spot};
pub use suggest::{Suggestion, Via};
pub use team::Team;
pub use threat::{Condition, Peer, Seat, Threat};

/// How files of the catalogue are written.
fn dialect() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// Reads rows that are compiled in.
fn compiled_in<T: DeserializeOwned>(file: &str, source: &str) -> Vec<T> {
    compiled_in_one(file, source)
}

/// Reads a file that is compiled in and holds one thing.
fn compiled_in_one<T: DeserializeOwned>(file: &str, source: &str) -> T {
    // The tests read every file that is compiled in, so this cannot fail in a released binary.
    dialect().from_str(source).unwrap_or_else(|error| panic!("src/catalog/{file}:{error}"))
}
