//! The view: what a state looks like on a terminal.
//!
//! Owns drawing: themes ([`theme`]) and text made fit for cells ([`text`]).
//!
//! Refuses: changing anything, reading files, knowing the terminal. Colour depth is passed in; a theme file is passed in
//! as text.

pub mod text;
pub mod theme;
