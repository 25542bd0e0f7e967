//! What can lie over the workbench: one thing at a time, and none while threats are being found.
//!
//! An overlay gets the keys first. A question stores what to do with the answer; nothing waits inside a loop of its own.

pub mod ask;
pub mod picker;

use super::{form::Form, msg::Failure};
use ask::Ask;
use picker::Picker;

/// What lies over the workbench.
#[derive(Debug)]
pub enum Overlay {
    /// Every key of this screen; scrolled down this many rows.
    Help(usize),
    /// A list to choose from by typing.
    Picker(Picker),
    /// One or more lines to type.
    Ask(Ask),
    /// The fields of a record.
    Form(Form),
    /// A few ways to go on, each with its key.
    Choice(Choice),
    /// Something that has to be read.
    Message(Failure),
}

/// A few ways to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is asked.
    pub title: String,
    /// What happened, line by line.
    pub text: Vec<String>,
    /// Key, words and meaning of each way.
    pub ways: Vec<(char, String, Way)>,
}

/// What a way of a [`Choice`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Close the question and go on as before.
    Stay,
    /// End the program, losing what is not saved.
    QuitAnyway,
    /// Save, then end the program.
    SaveAndQuit,
    /// Write over what somebody else wrote.
    Overwrite,
    /// Read the file again.
    Reload,
    /// Write to a new file beside it.
    SaveCopy,
}
