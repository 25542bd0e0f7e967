//! Raw mode by termios.
//!
//! Not crossterm's: it remembers that raw mode is on and does nothing when asked again, but after a stop from outside
//! the shell has changed the modes and they must be set again.

use std::io;

use rustix::{
    io::Errno,
    stdio::stdin,
    termios::{OptionalActions, Termios, tcgetattr, tcsetattr},
};

/// The modes before ours.
pub(super) type Original = Termios;

/// The modes as they are.
pub(super) fn current() -> io::Result<Original> {
    Ok(tcgetattr(stdin())?)
}

/// Raw mode, made from the modes before.
pub(super) fn enter(original: &Original) -> io::Result<()> {
    let mut raw = original.clone();
    raw.make_raw();
    set(&raw)
}

/// The modes before again.
pub(super) fn leave(original: &Original) -> io::Result<()> {
    set(original)
}

fn set(modes: &Termios) -> io::Result<()> {
    loop {
        // Now, not after the output has drained: on a terminal stopped with ctrl-s that might be never.
        match tcsetattr(stdin(), OptionalActions::Now, modes) {
            Err(Errno::INTR) => {}
            result => return Ok(result?),
        }
    }
}
