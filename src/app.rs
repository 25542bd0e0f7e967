//! The state machine of the workbench: everything that decides, nothing that draws or touches the world.
//!
//! Owns the [`command`] table, the [`keymap`], the [`Model`], and [`update()`], which takes a [`Msg`] in and gives
//! [`Effect`]s back. One file per pane keeps its state; `ui` has a file of the same name that draws it.
//!
//! Refuses: terminals, files, processes and clocks. What it needs of those is told once ([`msg::Environment`]) or comes as
//! a message.

pub mod capture;
pub mod capture_line;
pub mod command;
pub mod context;
pub mod days;
pub mod document;
pub mod form;
pub mod history;
pub mod key;
pub mod keymap;
pub mod line;
pub mod model;
pub mod models;
pub mod msg;
pub mod outline;
pub mod overlay;
pub mod pane;
pub mod practice;
pub mod recovery;
pub mod reshape;
pub mod room;
pub mod scope;
mod selected;
pub mod strip;
pub mod suggestions;
pub mod template;
pub mod tripwires;
mod update;
pub mod vote;
pub mod words;

pub use command::Command;
pub use model::Model;
pub use msg::{Effect, Msg};
pub use update::{left_behind, settle, update};
