//! Signals as events, and stopping for job control.
//!
//! Owns the one thread that signals arrive in, and what they mean for a program that shares its terminal with a shell
//! before and after, and with an editor in between. While such a child has the terminal ([`Signals::lend`]) the rules
//! of a shell hold: ctrl-c is the child's, and ctrl-z stops both, or the shell would wait for a program that waits for
//! a stopped one.
//!
//! Refuses: touching the terminal. Order for ctrl-z: pause input, suspend the terminal, [`stop_self`], resume the
//! terminal, resume input, repaint. Where there are no signals, nothing ever arrives and nothing stops.

#[cfg(not(unix))]
#[path = "signals/portable.rs"]
mod system;
#[cfg(unix)]
#[path = "signals/unix.rs"]
mod system;

pub use system::{Lent, Signals, stop_self, survive_file_limit};

/// What a signal means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Somebody wants the program to end: the number of SIGTERM, SIGHUP, SIGINT or SIGQUIT.
    ///
    /// After SIGHUP the terminal is most likely gone.
    Terminate(i32),
    /// Somebody wants it to stop, as ctrl-z does outside raw mode.
    Suspend,
    /// It was stopped and goes on; whoever had the terminal meanwhile may have changed it.
    Continue,
    /// The terminal has another size.
    Resize,
}

impl Signal {
    /// The exit code shells expect of a program that ended for this reason.
    pub fn exit_code(self) -> Option<u8> {
        match self {
            Self::Terminate(number) => Some(128_u8.saturating_add(u8::try_from(number).unwrap_or(0))),
            Self::Suspend | Self::Continue | Self::Resize => None,
        }
    }
}
