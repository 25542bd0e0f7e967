//! The one test binary.

#[path = "suite/arbitrary.rs"]
mod arbitrary;
#[path = "suite/cli.rs"]
mod cli;
#[path = "suite/format.rs"]
mod format;
#[path = "suite/format_properties.rs"]
mod format_properties;
#[cfg(unix)]
#[path = "suite/pty.rs"]
mod pty;
#[path = "suite/store.rs"]
mod store;
