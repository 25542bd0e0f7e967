//! Signals where there are none.

use std::io;

use crate::runtime::signals::Signal;

/// Listens to nothing.
#[derive(Debug)]
pub struct Signals(());

/// A child has the terminal as long as this lives.
#[derive(Debug)]
pub struct Lent(());

impl Signals {
    /// Never calls `deliver`.
    #[allow(clippy::unnecessary_wraps, reason = "the same signature as where it can fail")]
    pub fn spawn(deliver: impl FnMut(Signal) + Send + 'static) -> io::Result<Self> {
        drop(deliver);
        Ok(Self(()))
    }

    /// Changes nothing.
    pub fn lend(&self) -> Lent {
        Lent(())
    }
}

/// There is no such signal.
#[allow(clippy::unnecessary_wraps, reason = "the same signature as where it can fail")]
pub fn survive_file_limit() -> io::Result<()> {
    Ok(())
}

/// Always refuses: there is no job control.
pub fn stop_self() -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system cannot stop and continue programs"))
}
