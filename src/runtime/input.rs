//! What the terminal sends: keys, pastes, the mouse, focus, and its end.
//!
//! Owns [`Input`] and the thread that produces it. The thread is blocked until a byte arrives: no timer runs while
//! nobody types. While something else owns the terminal (an editor, the shell after ctrl-z) it is paused and reads
//! nothing, so that no key of the other program is lost.
//!
//! ```text
//! terminal -> wait readable -> read -> Parser -> Input -> deliver(input)
//!                  ^ a second descriptor wakes it up to pause or stop
//! ```
//!
//! On unix the bytes are read and parsed here rather than by crossterm. Its reader waits for *changes* of readiness:
//! when more than 1024 bytes arrive at once (a paste into a terminal without bracketed paste), the rest lies there
//! until the next key, and a caller who waits for readability itself spins meanwhile. It also spins on a terminal that
//! hung up, and blocks inside `read` after a byte that is no key, where it cannot be paused. Elsewhere crossterm reads.
//!
//! Refuses: what a key means ([`crate::app`]). [`Input::Resize`] only comes from here where there are no signals; on
//! unix it is [`super::signals::Signal::Resize`].

use crate::app::{key::Key, msg::Mouse};

#[cfg(unix)]
mod parser;
#[cfg(not(unix))]
#[path = "input/portable.rs"]
mod thread;
#[cfg(unix)]
#[path = "input/unix.rs"]
mod thread;

#[cfg(unix)]
pub use parser::Parser;
pub use thread::InputThread;

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
