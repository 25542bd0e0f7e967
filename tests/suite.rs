//! The one test binary.

#[cfg(unix)]
#[path = "suite/pty.rs"]
mod pty;
#[path = "suite/store.rs"]
mod store;
