//! The world: the terminal, the keyboard, signals, the disk, the environment, the clock.
//!
//! Owns everything that can block, fail for reasons outside the program, or answer differently tomorrow:
//!
//! | module | owns |
//! |---|---|
//! | [`terminal`] | raw mode and the alternate screen, and giving them back whatever happens |
//! | [`screen`] | drawing one frame as one write |
//! | [`input`] | the thread that turns bytes from the terminal into keys, pastes and mouse events |
//! | [`signals`] | the thread that turns signals into events, and stopping for job control |
//! | [`store`] | reading a session file and saving it atomically, never over somebody else's change |
//! | [`team`] | what the team keeps beside its sessions, in `strideboard.ron` |
//! | `inside` | which files may be opened because a file names them: those inside the repository |
//! | [`paths`] | where settings and state live, and which file a typed name means |
//! | [`disk`] | carrying out the effects that read and write files |
//! | [`journal`] | the recovery journal: written before a frame is shown, found again after a crash |
//! | [`lock`] | who has a session open |
//! | [`workbench`] | the event loop: messages in, effects out, one frame after each round |
//! | [`replay`] | the same without a terminal: keys in, the last frame out |
//! | `resume` | where somebody stopped in each session, in the state folder |
//! | [`settings`] | the personal settings file, and remembering the theme in it |
//! | [`editor`] | a text in `$EDITOR` and back |
//! | [`color`] | how many colours the terminal has |
//! | [`git`] | what git knows of files: revisions, changes, contents |
//! | [`clock`] | today's date and random numbers |
//!
//! Refuses: deciding. What a key means, when to save and what to draw is decided in the pure rooms; this one carries
//! it out. No module here knows the session's content: files are bytes.

pub mod beside;
pub mod clock;
pub mod color;
pub mod disk;
pub mod earlier;
pub mod editor;
pub mod git;
pub mod history;
pub mod input;
mod inside;
pub mod journal;
pub mod lock;
pub mod models;
pub mod paths;
pub mod replay;
mod resume;
pub mod screen;
pub mod settings;
pub mod signals;
pub mod store;
pub mod team;
pub mod terminal;
pub mod tripwires;
pub mod workbench;
