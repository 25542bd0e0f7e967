//! The one test binary.

#[path = "suite/arbitrary.rs"]
mod arbitrary;
#[path = "suite/format.rs"]
mod format;
#[cfg(unix)]
#[path = "suite/pty.rs"]
mod pty;
#[path = "suite/store.rs"]
mod store;
