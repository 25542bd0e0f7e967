//! Raw mode where there is no termios: crossterm remembers the modes before.

use std::io;

/// Nothing to remember here.
pub(super) struct Original;

/// Nothing to ask.
#[allow(clippy::unnecessary_wraps, reason = "the same signature as where it can fail")]
pub(super) fn current() -> io::Result<Original> {
    Ok(Original)
}

/// Raw mode.
pub(super) fn enter(_: &Original) -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()
}

/// The modes before again.
pub(super) fn leave(_: &Original) -> io::Result<()> {
    crossterm::terminal::disable_raw_mode()
}
