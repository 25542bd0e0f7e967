//! Raw mode and the alternate screen, and giving them back whatever happens.
//!
//! Owns the terminal's modes. There is one terminal, so there is one state, in a static: the panic hook and the guard
//! restore the same thing, at most once. A [`TerminalGuard`] restores it on drop, the hook before it prints a panic,
//! [`TerminalGuard::suspend`] before a shell or an editor gets it.
//!
//! Refuses: drawing ([`super::screen`]), reading ([`super::input`]), and asking the terminal questions, whose answers
//! would arrive among the keys.

use std::{
    io::{self, IsTerminal, Write},
    panic,
    sync::{Mutex, MutexGuard, Once, PoisonError},
};

use crossterm::{
    cursor::Show,
    event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange},
    queue,
    style::ResetColor,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen},
};

mod mouse;
mod output;
#[cfg(not(unix))]
#[path = "terminal/raw_portable.rs"]
mod raw;
#[cfg(unix)]
#[path = "terminal/raw_unix.rs"]
mod raw;

use mouse::{Capture, Release};
use output::write_all;
use raw::Original;

/// Whether the program wants the mouse; if not, the terminal keeps it for selecting text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseUse {
    /// Presses and the wheel arrive as input.
    Captured,
    /// The terminal keeps the mouse.
    Free,
}

/// Why the workbench cannot start here.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Keys cannot be read.
    #[error(
        "standard input is not a terminal, so no key can be read; start the workbench without a pipe or `<`, or use \
         `strideboard capture SESSION -` to feed lines"
    )]
    InputIsNoTerminal,
    /// Nothing can be drawn.
    #[error(
        "standard output is not a terminal, so nothing can be drawn; start the workbench without a pipe or `>`, or use \
         `strideboard show SESSION` for text"
    )]
    OutputIsNoTerminal,
    /// The terminal refused a mode.
    #[error("the terminal cannot be put into raw mode")]
    Refused(#[source] io::Error),
}

/// The terminal is ours as long as this lives.
#[derive(Debug)]
#[must_use = "the terminal is given back when this is dropped"]
pub struct TerminalGuard {
    mouse: MouseUse,
}

impl TerminalGuard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, focus events and, if wanted, the mouse.
    ///
    /// Also installs the panic hook, once for the process.
    pub fn enter(mouse: MouseUse) -> Result<Self, TerminalError> {
        if !io::stdin().is_terminal() {
            return Err(TerminalError::InputIsNoTerminal);
        }
        if !io::stdout().is_terminal() {
            return Err(TerminalError::OutputIsNoTerminal);
        }
        install_panic_hook();
        // Made first, so that a failure half way is undone by its drop.
        let guard = Self { mouse };
        take(mouse).map_err(TerminalError::Refused)?;
        Ok(guard)
    }

    /// Gives the terminal back for a while; the inbox must be paused before.
    pub fn suspend(&self) -> io::Result<()> {
        give_back()
    }

    /// Takes it again; the screen must be repainted after.
    ///
    /// Also right without a [`Self::suspend`] before: a process stopped from outside finds the modes of its shell.
    pub fn resume(&self) -> io::Result<()> {
        take(self.mouse)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        // Nobody is left to tell; a terminal that cannot be written to is gone.
        drop(give_back());
    }
}

/// Whether the terminal is ours now; it is not after a panic in any thread.
pub fn is_taken() -> bool {
    state().taken
}

/// Writes to the terminal while it is ours.
///
/// The check and the write are one step: a frame that lost the race with a panic in another thread would hide the
/// cursor of the shell again and be painted over the panic's words.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let state = state();
    if state.taken {
        write_all(bytes)
    } else {
        Err(io::Error::new(io::ErrorKind::NotConnected, "the terminal has been given back"))
    }
}

/// What the terminal was like before, while it is ours.
struct State {
    taken: bool,
    original: Option<Original>,
}

static STATE: Mutex<State> = Mutex::new(State { taken: false, original: None });

/// Nothing panics while this is held (it only writes bytes and sets modes), so the panic hook may wait for it.
fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take(mouse: MouseUse) -> io::Result<()> {
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    if mouse == MouseUse::Captured {
        queue!(bytes, Capture)?;
    }
    let mut state = state();
    if !state.taken {
        state.original = Some(raw::current()?);
    }
    // From here on there is something to give back, even if the rest fails.
    state.taken = true;
    if let Some(original) = &state.original {
        raw::enter(original)?;
    }
    write_all(&bytes)
}

fn give_back() -> io::Result<()> {
    let mut bytes = Vec::new();
    // Everything is switched off whether it was on or not: the other order of mistakes leaves a broken shell.
    queue!(bytes, Release, DisableFocusChange, DisableBracketedPaste, ResetColor, LeaveAlternateScreen, Show)?;
    let mut state = state();
    if !state.taken {
        return Ok(());
    }
    state.taken = false;
    let written = write_all(&bytes);
    let restored = state.original.take().map_or(Ok(()), |original| raw::leave(&original));
    written.and(restored)
}

fn install_panic_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // First of all, and without anything that could panic: whatever follows must be readable.
            drop(give_back());
            previous(info);
            let place = match env!("CARGO_PKG_REPOSITORY") {
                "" => String::new(),
                repository => format!(" at {repository}/issues"),
            };
            let kept = super::journal::current().map_or(String::new(), |path| {
                format!(
                    "What was not saved yet is in the recovery journal {}; the next start offers it.\n",
                    path.display()
                )
            });
            let advice = format!(
                "\nstrideboard {} stopped because of a mistake in it; the terminal has been restored.\n{kept}\
                 Please report the lines above, and what you did last{place}.\n",
                env!("CARGO_PKG_VERSION"),
            );
            // A panic because standard error is gone would end the process here, so it is not `eprintln`.
            drop(io::stderr().write_all(advice.as_bytes()));
        }));
    });
}
