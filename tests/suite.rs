//! The one test binary.

#[path = "suite/arbitrary.rs"]
mod arbitrary;
#[path = "suite/architecture.rs"]
mod architecture;
#[path = "suite/format.rs"]
mod format;
