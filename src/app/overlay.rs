//! What can lie over the workbench: one thing at a time, and none while threats are being found.
//!
//! An overlay gets the keys first. A question stores what to do with the answer; nothing waits inside a loop of its own.

pub mod ask;
pub mod picker;

use super::{document::After, form::Form, msg::Failure};
use crate::session::Letter;
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
    /// What a letter means.
    Letter(Letter),
    /// Something that has to be read.
    Message(Failure),
}

/// A few ways to go on. A letter selects a way, enter takes it: no key typed into the question by accident decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is asked.
    pub title: String,
    /// What happened, line by line.
    pub text: Vec<String>,
    /// The ways; the first is the harmless one.
    pub ways: Vec<Way>,
    /// Index of the selected way.
    pub selected: usize,
    /// What waits for the answer.
    pub after: After,
}

impl Choice {
    /// A question with its first way selected.
    pub fn new(title: &str, text: Vec<String>, ways: &[Way], after: After) -> Self {
        Self { title: title.to_owned(), text, ways: ways.to_vec(), selected: 0, after }
    }
}

/// What a way of a [`Choice`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Close the question and go on as before.
    Stay,
    /// Leave, losing what is not saved.
    LeaveAnyway,
    /// Leave; what is not saved stays in the recovery journal.
    LeaveForNow,
    /// Save, then leave.
    SaveThenLeave,
    /// Write the file again, as a moment ago.
    TryAgain,
    /// Write over what somebody else wrote.
    Overwrite,
    /// Write the file where there is no session any more.
    WriteAgain,
    /// Read the file again.
    Reload,
    /// Keep both: merge what the file holds now with what is here.
    Merge,
    /// Write to a new file beside it.
    SaveCopy,
    /// Write to a file with a name to be typed.
    SaveAs,
    /// Write over the file that has the chosen name.
    Replace,
    /// Go on with what the recovery journal brought back.
    Recover,
    /// Write what was brought back to a new file beside the session's.
    RecoverCopy,
    /// Show what was brought back.
    Look,
    /// Ask again.
    BackToQuestion,
    /// Throw away what was brought back; asks once more.
    DiscardRecovered,
    /// Throw it away.
    DiscardForGood,
}

impl Way {
    /// The ways out without saving, for somebody who wants to leave; `kept` says whether the journal holds what is unsaved.
    pub fn leaving(after: After, kept: bool) -> impl Iterator<Item = Self> {
        let leaves = matches!(after, After::Quit | After::Browse);
        [(Self::LeaveForNow, kept), (Self::LeaveAnyway, true)]
            .into_iter()
            .filter(move |(_, can)| leaves && *can)
            .map(|(way, _)| way)
    }

    /// The letter that selects it, the same in every question.
    pub fn key(self) -> char {
        match self {
            Self::Stay => 's',
            Self::LeaveAnyway => 'l',
            Self::LeaveForNow => 'n',
            Self::SaveThenLeave => 'w',
            Self::TryAgain => 't',
            Self::Overwrite | Self::WriteAgain => 'o',
            Self::Reload => 'r',
            Self::Merge => 'm',
            Self::SaveCopy | Self::RecoverCopy => 'c',
            Self::SaveAs => 'a',
            Self::Replace => 'o',
            Self::Recover => 'y',
            Self::Look => 'v',
            Self::BackToQuestion => 'b',
            Self::DiscardRecovered | Self::DiscardForGood => 'x',
        }
    }

    /// Whether it decides nothing, so that its letter does it at once; the others are confirmed.
    pub fn only_shows(self) -> bool {
        matches!(self, Self::Look | Self::BackToQuestion)
    }

    /// What it does, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Stay => "stay; nothing is lost while strideboard runs",
            Self::LeaveAnyway => "leave and lose what is not saved",
            Self::LeaveForNow => "leave for now; the next start offers it again",
            Self::SaveThenLeave => "save, then leave",
            Self::TryAgain => "try again",
            Self::Overwrite => "overwrite theirs with mine",
            Self::WriteAgain => "write mine there, over what is there now",
            Self::Reload => "read theirs; what I have stays one undo away",
            Self::Merge => "keep both: merge theirs with mine, field by field",
            Self::SaveCopy => "keep mine as a copy beside it and go on with the copy",
            Self::SaveAs => "save under another name and go on with that file",
            Self::Replace => "write over that file",
            Self::Recover => "go on with it; it is saved like any change",
            Self::RecoverCopy => "keep it as a copy beside the file and go on with the copy",
            Self::Look => "look at what it is",
            Self::BackToQuestion => "back to the question",
            Self::DiscardRecovered => "discard it; asks once more",
            Self::DiscardForGood => "discard it for good",
        }
    }
}
