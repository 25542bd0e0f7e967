//! The mouse modes: buttons and the wheel, without any movement.
//!
//! crossterm's own command also asks for movements with and without a button, which nothing here uses and which would
//! wake the program up whenever the mouse crosses the window.

use std::fmt;

use crossterm::Command;
#[cfg(windows)]
use crossterm::event::{DisableMouseCapture, EnableMouseCapture};

/// Asks for the mouse: 1000 buttons, 1006 with readable coordinates beyond column 223.
pub(super) struct Capture;

/// Gives it back, in the other order.
pub(super) struct Release;

impl Command for Capture {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

impl Command for Release {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        DisableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}
