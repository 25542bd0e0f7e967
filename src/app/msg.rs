//! What reaches the state machine, and what it asks the world to do.
//!
//! Owns the two vocabularies at the border: [`Msg`] comes in, [`Effect`] goes out, both as plain values that a test can
//! make and compare. Refuses: terminal types, open files and anything else that is not data.

use std::{path::PathBuf, sync::Arc};

use jiff::{Timestamp, civil::Date};

use super::{history::Revision, key::Key, outline::Outline, pane::review::Base, recovery::Recovery};
use crate::{
    catalog::{Promoted, Team},
    format::{
        beside::{Beside, Kept},
        journal::{Draft, Step},
    },
    meeting::forecast::Effort,
    review::{
        comment::Comment, endorsement::Endorsement, print::Print, reuse::Models, summary::SessionSummary,
        tripwire::Verdicts,
    },
    session::{Letter, Place, Session},
};

/// Something that happened. Made by the runtime, consumed by [`super::update()`] alone.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something at a cell of the screen.
    Mouse(Mouse),
    /// Nothing has changed for the autosave delay.
    Idle,
    /// What time it is: told before what people do, and once a second while a clock that goes is on the screen.
    Now(Timestamp),
    /// Somebody came back to the terminal from another window.
    Focused,
    /// A session was read, or not.
    Loaded(Result<Box<Opened>, Failure>),
    /// A save ended.
    Saved {
        /// The revision that was written.
        revision: Revision,
        /// How it ended.
        result: Result<(), SaveFailure>,
    },
    /// The sessions that model components were read.
    Models {
        /// The session's file.
        path: PathBuf,
        /// What was found.
        models: Models,
    },
    /// Somebody looked at the tripwires of a session's assumptions.
    Tripwires {
        /// The session's file.
        path: PathBuf,
        /// What was found.
        verdicts: Verdicts,
    },
    /// What stands in the file of the open session now, or why it cannot be read.
    Peeked(Result<Arc<Session>, String>),
    /// What became of the file of the open session since it was last read or written.
    Compared(Compared),
    /// The session lives in another file from now on.
    Moved {
        /// Its file.
        path: PathBuf,
        /// The path as shown.
        shown: String,
    },
    /// The sessions of a folder were listed, by name only.
    Listed {
        /// What was found.
        listings: Vec<Listing>,
        /// Why there may be more.
        left_out: Option<String>,
    },
    /// One of them was looked into.
    Summarized {
        /// Its file.
        path: PathBuf,
        /// What is in it, or why it cannot be read.
        summary: Result<SessionSummary, String>,
    },
    /// What the team keeps beside its sessions was read.
    Team {
        /// The session it was read for; none for new ones.
        path: Option<PathBuf>,
        /// It; what ships with the program where there is none or something is wrong with it.
        team: Arc<Team>,
        /// What is wrong with it, one line each.
        problems: Vec<String>,
        /// Why it was read.
        look: Look,
    },
    /// What was before a meeting was read.
    History {
        /// The file of the session.
        path: PathBuf,
        /// What each of the meetings of the sessions around this one took.
        efforts: Vec<Effort>,
        /// The session before the day, where somebody kept it.
        before: Option<Box<Session>>,
    },
    /// A threat was written down as a row of the team's catalogue, or not.
    Promoted {
        /// Id of the row.
        id: String,
        /// How many things are left to do before it is a good one.
        left: usize,
        /// The file it stands in now, as shown, or why it does not.
        result: Result<String, String>,
    },
    /// What a review left beside the open session was read, or why it cannot be.
    Beside(ReadBeside),
    /// What there is to review was read.
    Reviewed(Box<Reviewed>),
    /// Something was written beside the session: what stands there now, and what to say; or why it was not.
    Written(Result<(ReadBeside, String), String>),
    /// The external editor was closed.
    EditorClosed(Result<String, String>),
    /// Something the person should know; nothing else changed.
    Warning(String),
    /// The recovery journal works differently than before.
    Journal(Journaling),
    /// The runtime was asked to end: SIGTERM, SIGHUP or a closed terminal.
    Terminate,
}

/// What was left beside a session, as far as it can be read.
#[derive(Debug, Default)]
pub struct ReadBeside {
    /// What was read; a file that cannot be read is empty here.
    pub beside: Beside,
    /// Which file cannot be read, and why: `the comments cannot be read: ...`.
    pub unread: Vec<(Kept, String)>,
}

/// What place 7 needs of the world.
#[derive(Debug)]
pub struct Reviewed {
    /// Who reviews: who they said they are, else as git knows them.
    pub by: String,
    /// What was left beside the session.
    pub beside: ReadBeside,
    /// What the session is compared with.
    pub base: Base,
    /// The last revisions of its file: id, then day and first line.
    pub revisions: Vec<(String, String)>,
    /// Prints of the sentences that were seen before.
    pub seen: Vec<Print>,
}

/// A mouse event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// Column, from 0.
    pub column: u16,
    /// Row, from 0.
    pub row: u16,
    /// What happened.
    pub kind: MouseKind,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The wheel turned away from the person.
    ScrollUp,
    /// The wheel turned towards the person.
    ScrollDown,
}

/// What the file of the open session holds, beside what was last read from or written to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// The same.
    Same,
    /// Another session, or another state of it.
    Changed,
    /// No session any more: it is gone, cannot be read or means nothing; why, in words.
    Lost(String),
}

/// A session that was read.
#[derive(Debug)]
pub struct Opened {
    /// Its file.
    pub path: PathBuf,
    /// The path as shown.
    pub shown: String,
    /// The session.
    pub session: Arc<Session>,
    /// Its outline, computed by the reader so that the first frame with content does not wait for it.
    pub outline: Outline,
    /// What the file holds that an edit would not have let in; shown once.
    pub warnings: Vec<String>,
    /// Why the file cannot be written, if it cannot.
    pub read_only: Option<String>,
    /// Where somebody stopped in it; may be gone by now.
    pub spot: Option<Spot>,
    /// Who has the session open already, in a sentence; it is only looked at then.
    pub locked: Option<String>,
    /// Something about the file that is good to know; shown once.
    pub notice: Option<String>,
    /// What an earlier run left in the recovery journal and never got into the file.
    pub recovery: Option<Box<Recovery>>,
}

/// A cell somebody stopped at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The flow or component.
    pub place: Place,
    /// The letter.
    pub letter: Letter,
}

/// How the recovery journal is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Journaling {
    /// What is on the screen is in it.
    #[default]
    Kept,
    /// The disk is slow: the last changes are not in it yet.
    Behind,
    /// It cannot be written; why, in a sentence.
    Failed(String),
}

impl Journaling {
    /// Whether changes that are not saved are kept by nothing.
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

/// What shall become of the recovery journal.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// From now on steps are about the session in this file, which holds `base`. A journal that is there stays.
    Open {
        /// The session's file.
        path: PathBuf,
        /// What it holds.
        base: Arc<Session>,
    },
    /// Everything is in the file, which holds `base` now: what was journaled is needed no longer.
    Rest {
        /// What the file holds.
        base: Arc<Session>,
    },
    /// Something was done.
    Steps {
        /// What, in order.
        steps: Vec<Step>,
        /// Where it led.
        after: Arc<Session>,
    },
    /// This is being typed now; on disk within a second.
    Draft(Option<Draft>),
    /// The person chose to lose what is in the journal.
    Discard,
}

/// Something that could not be done, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened, in a sentence.
    pub message: String,
    /// More lines: one per problem of a file, or what to do.
    pub details: Vec<String>,
}

/// Why a save did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveFailure {
    /// The file is not what was read: somebody else wrote it. The person decides.
    Changed(String),
    /// The file cannot be written.
    Refused(String),
    /// Another file, which a person named, cannot be written.
    Elsewhere {
        /// The name as it was typed.
        typed: String,
        /// Why.
        reason: String,
    },
    /// The name that was chosen is taken by another file.
    Taken {
        /// The name as it was typed.
        typed: String,
        /// The path as shown.
        shown: String,
    },
}

/// One session of the browser.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Its file.
    pub path: PathBuf,
    /// The path as shown.
    pub shown: String,
    /// What is in it, or why it cannot be read; `None` while nobody looked.
    pub summary: Option<Result<SessionSummary, String>>,
}

/// What the state machine asks of the world. Only the runtime acts on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a session file; answers with [`Msg::Loaded`].
    Load(PathBuf),
    /// Read what the team keeps for a session; answers with [`Msg::Team`], or with nothing when it is looked at again and
    /// is what it was.
    ReadTeam {
        /// The session's file; none for new sessions of the folder.
        path: Option<PathBuf>,
        /// Why it is read.
        look: Look,
    },
    /// Read what a review left beside the session in this file; answers with [`Msg::Beside`].
    ReadBeside(PathBuf),
    /// Read what there is to review; answers with [`Msg::Reviewed`].
    ReadReview {
        /// The session's file.
        path: PathBuf,
        /// Who they said they are; may be empty.
        by: String,
        /// A revision to compare with; their last endorsement when absent.
        revision: Option<String>,
    },
    /// Write a comment beside the session; answers with [`Msg::Written`].
    Comment {
        /// The session's file.
        path: PathBuf,
        /// What was said.
        comment: Comment,
    },
    /// Write an endorsement beside the session; answers with [`Msg::Written`].
    Endorse {
        /// The session's file.
        path: PathBuf,
        /// What was signed.
        endorsement: Box<Endorsement>,
        /// The paths of code that records name; what git holds there goes along.
        code: Vec<String>,
    },
    /// Read what was before a meeting of the session in this file; answers with [`Msg::History`].
    ReadHistory(PathBuf),
    /// Add a row to the team's catalogue; answers with [`Msg::Promoted`].
    Promote {
        /// The session whose team it is.
        path: PathBuf,
        /// The row, and what is left to do about it.
        promoted: Box<Promoted>,
    },
    /// Read a session file without going on with it; answers with [`Msg::Peeked`].
    Peek(PathBuf),
    /// Read the sessions that model components of a session; answers with [`Msg::Models`].
    ReadModels {
        /// The session's file, from which their paths are seen.
        path: PathBuf,
        /// The session.
        session: Arc<Session>,
    },
    /// Look at the tripwires of a session's assumptions; answers with [`Msg::Tripwires`].
    TestTripwires {
        /// The session's file, around which the repository is.
        path: PathBuf,
        /// The session.
        session: Arc<Session>,
    },
    /// Compare a session file with what was last seen in it; answers with [`Msg::Compared`].
    Compare(PathBuf),
    /// Make a new session file; answers with [`Msg::Loaded`].
    Create {
        /// What people typed as its name.
        name: String,
        /// What is in it.
        session: Arc<Session>,
    },
    /// Write the session; answers with [`Msg::Saved`].
    Save {
        /// What to write.
        session: Arc<Session>,
        /// Its number in the history.
        revision: Revision,
        /// The session's file.
        path: PathBuf,
        /// What may be written over.
        write: Write,
    },
    /// Write the session to a new file beside the present one and go on with that; answers with [`Msg::Moved`] and
    /// [`Msg::Saved`].
    SaveCopy {
        /// The file beside which the copy is to stand.
        path: PathBuf,
        /// What to write.
        session: Arc<Session>,
        /// Its number in the history.
        revision: Revision,
    },
    /// Write the session to the file that a person named and go on with that; answers like [`Effect::SaveCopy`].
    SaveAs {
        /// The name as it was typed: a path, with or without the usual ending.
        typed: String,
        /// The session's present file.
        path: PathBuf,
        /// What to write.
        session: Arc<Session>,
        /// Its number in the history.
        revision: Revision,
        /// What may be written over: nothing is expected there.
        write: Write,
    },
    /// Write the recovery journal.
    Journal(Order),
    /// List the sessions of the folder; answers with [`Msg::Listed`].
    List,
    /// Look into one of them; answers with [`Msg::Summarized`].
    Summarize(PathBuf),
    /// Open a text in the person's editor; answers with [`Msg::EditorClosed`].
    OpenEditor(String),
    /// Put the program in the background.
    Suspend,
    /// Clear the terminal and draw everything.
    Redraw,
    /// Remember a setting in the personal settings file.
    RememberTheme(String),
    /// Remember what was seen of a review, for the next time it is opened.
    RememberSeen {
        /// The session's file.
        path: PathBuf,
        /// Prints of the sentences.
        seen: Vec<Print>,
    },
    /// Remember where the person stopped in a session, for the next time it is opened.
    RememberSpot {
        /// The session's file.
        path: PathBuf,
        /// The selected cell.
        spot: Spot,
    },
    /// End the program.
    Quit,
}

/// Why what the team keeps is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// It is needed.
    First,
    /// Somebody may have pulled or edited it meanwhile.
    Again,
}

/// What a save may write over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Only what was last read or written here.
    Expecting,
    /// Whatever is there.
    Over,
}

/// What the state machine is told once, at the start.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The day, for expiries and due dates.
    pub today: Date,
    /// Seed of the random tails of new ids.
    pub seed: u64,
    /// Names of the themes there are.
    pub themes: Vec<String>,
    /// Folder shown by the session browser.
    pub folder: String,
}
