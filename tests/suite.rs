//! The one test binary.

#[path = "suite/arbitrary.rs"]
mod arbitrary;
#[path = "suite/architecture.rs"]
mod architecture;
#[path = "suite/edits.rs"]
mod edits;
#[path = "suite/format.rs"]
mod format;
#[path = "suite/properties.rs"]
mod properties;
