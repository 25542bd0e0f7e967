//! The recovery journal on disk: one file for each session file, in the platform's state folder.
//!
//! ```text
//! effects ─> Journaler ─> channel ─> journal thread: Writer ─> file
//!              ^  settled?                │ written         └─> sync thread: the disk confirms, behind
//!              └──────────────────────────┘
//! ```
//!
//! A step is handed over before the frame that shows it is drawn, and written before that frame reaches the terminal:
//! [`Journaler::settled`] waits for it, but never long. The file is begun with the first step, private, and removed once
//! everything is in the session's file. Nothing here wakes up by itself: only typing makes the thread wait with a limit.
//!
//! Refuses: what records look like (`format::journal`) and what to do with what was found (`app::recovery`).

mod find;
mod thread;
mod writer;

pub use find::{Found, Place, all, find, keep_aside};
pub use thread::Journaler;
pub use writer::Writer;
pub(super) use writer::private_folder;

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

/// The journal that is being written, for whoever has to say where it is when nothing else works any more.
static CURRENT: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The file that holds what is not saved, if there is one. Never waits: a panic asks.
pub(super) fn current() -> Option<PathBuf> {
    CURRENT.try_lock().ok()?.clone()
}

fn set_current(path: Option<PathBuf>) {
    *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = path;
}
