//! The one test binary.

#[path = "suite/arbitrary.rs"]
mod arbitrary;
#[path = "suite/format.rs"]
mod format;
#[path = "suite/format_properties.rs"]
mod format_properties;
