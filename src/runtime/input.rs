//! What the terminal sends, and the one place where the event loop waits: for it and for everybody else.
//!
//! Owns [`Input`], and [`Inbox`] with its [`Outbox`]es. Nothing runs while nobody types: the loop sleeps until a byte
//! arrives or another thread sends something. While something else owns the terminal (an editor, the shell after ctrl-z)
//! the inbox is paused and reads nothing, so that no key of the other program is lost.
//!
//! ```text
//! terminal ──> wait readable ──> read ──> Parser ──┐
//!                    ^                             ├──> Arrival
//! Outbox (a thread) ─┴──────────> channel ─────────┘
//! ```
//!
//! On unix the bytes are read and parsed here rather than by crossterm. Its reader waits for *changes* of readiness:
//! when more than 1024 bytes arrive at once (a paste into a terminal without bracketed paste), the rest lies there
//! until the next key, and a caller who waits for readability itself spins meanwhile. It also spins on a terminal that
//! hung up, and blocks inside `read` after a byte that is no key, where it cannot be paused. And they are read by the
//! thread that draws: to wake another one up costs about as much as half of a frame. Elsewhere crossterm reads, in a
//! thread of its own.
//!
//! Refuses: what a key means ([`crate::app`]). [`Input::Resize`] only comes from here where there are no signals; on
//! unix it is [`super::signals::Signal::Resize`].

use crate::app::{key::Key, msg::Mouse};

#[cfg(not(unix))]
#[path = "input/portable.rs"]
mod inbox;
#[cfg(unix)]
#[path = "input/unix.rs"]
mod inbox;
#[cfg(unix)]
mod parser;

pub use inbox::{Inbox, Outbox};
#[cfg(unix)]
pub use parser::Parser;

/// One thing the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed or repeats.
    Key(Key),
    /// A text was pasted; line ends are `\n`.
    Paste(String),
    /// The left button went down, or the wheel turned.
    Mouse(Mouse),
    /// The terminal has another size; ask for it when drawing.
    Resize,
    /// The terminal window has the focus now.
    FocusGained,
    /// The terminal window has lost the focus.
    FocusLost,
    /// The terminal is gone; nothing follows.
    Closed,
}

/// What the event loop is woken up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival<E> {
    /// The terminal sent it.
    Input(Input),
    /// Another thread sent it.
    Event(E),
}
