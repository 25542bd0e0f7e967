//! The recovery journal: what was done to a session since it was last in its file, record after record.
//!
//! A journal begins with the session as it is in its file, so that it can be read without that file, and goes on with
//! steps. Undo and redo are steps of their own: replaying all of them gives exactly the session that was on the screen.
//!
//! Owns the vocabulary ([`Step`], [`Draft`]), the bytes ([`begin`], [`Step::encode`], [`Draft::encode`]) and what a file
//! that was cut off or damaged still says ([`decode`]). Refuses: files, and what the steps mean (`app::recovery`).

mod frame;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::session as file;
use crate::session::{Edit, EntryId, Session};
use frame::{Frames, Left, framed};

/// The number of this format; a journal of a newer one is kept and not read.
pub const FORMAT: u32 = 1;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// An edit that changed something.
    Edit(Edit),
    /// The last step was taken back.
    Undo,
    /// A step that was taken back was done again.
    Redo,
    /// The session became this one: the file was read again, or undo went back to before the journal began.
    /// Nothing before it can be undone by a later [`Step::Undo`].
    Whole(Arc<Session>),
}

/// Text that is being typed and is in no record yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Where it is typed.
    pub place: DraftPlace,
    /// What stands there.
    pub text: String,
}

/// Where a text is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftPlace {
    /// The capture line.
    Capture,
    /// A field of the session itself or of a record.
    Field {
        /// The record; `None` is the session.
        record: Option<EntryId>,
        /// Name of the field.
        field: String,
    },
    /// The answer to a question that is on the screen.
    Answer,
}

/// What a journal says.
#[derive(Debug, Clone, PartialEq)]
pub struct Journal {
    /// Path of the session's file, for people.
    pub path: String,
    /// The session as it was in its file when the journal began.
    pub base: Session,
    /// What was done since.
    pub steps: Vec<Step>,
    /// What was being typed at the end.
    pub draft: Option<Draft>,
    /// How the file ends.
    pub end: End,
}

/// How the bytes of a journal end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With a whole record.
    Whole,
    /// With a record that was being written, which was not acknowledged.
    Torn,
    /// With something unreadable that whole records follow: the file was damaged, or written by a newer version.
    Damaged,
}

/// Why a file is not read as a journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It ends before its first record does: nothing was ever acknowledged.
    #[error("it was never begun")]
    NeverBegun,
    /// It says a format this version does not know.
    #[error("it was written by a newer strideboard (journal format {0})")]
    Newer(u32),
    /// Its beginning is damaged.
    #[error("its beginning is damaged")]
    Damaged,
}

/// A record as it is written.
#[derive(Serialize, Deserialize)]
enum Record {
    Begin { format: u32, path: String, base: String },
    Edit(Edit),
    Undo,
    Redo,
    Whole(String),
    Draft(Draft),
    NoDraft,
}

/// The number a newer format would also say.
#[derive(Deserialize)]
struct Numbered {
    format: u32,
}

/// The first record.
pub fn begin(path: &str, base: &Session) -> Vec<u8> {
    encode(&Record::Begin { format: FORMAT, path: path.to_owned(), base: file::encode(base) })
}

impl Step {
    /// The record of the step.
    pub fn encode(&self) -> Vec<u8> {
        encode(&match self {
            Self::Edit(edit) => Record::Edit(edit.clone()),
            Self::Undo => Record::Undo,
            Self::Redo => Record::Redo,
            Self::Whole(session) => Record::Whole(file::encode(session)),
        })
    }
}

/// How far undo and redo can go within a journal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trail {
    back: usize,
    forth: usize,
}

impl Trail {
    /// The records of steps that led to `after`: the steps themselves, or the whole session when one of them is about
    /// something from before the journal.
    pub fn encode(&mut self, steps: &[Step], after: &Arc<Session>) -> Vec<u8> {
        if let Some(trail) = steps.iter().try_fold(*self, Self::after) {
            *self = trail;
            steps.iter().flat_map(Step::encode).collect()
        } else {
            *self = Self::default();
            Step::Whole(after.clone()).encode()
        }
    }

    fn after(self, step: &Step) -> Option<Self> {
        let Self { back, forth } = self;
        Some(match step {
            Step::Edit(_) => Self { back: back + 1, forth: 0 },
            Step::Undo => Self { back: back.checked_sub(1)?, forth: forth + 1 },
            Step::Redo => Self { back: back + 1, forth: forth.checked_sub(1)? },
            Step::Whole(_) => Self::default(),
        })
    }
}

impl Draft {
    /// The record of a draft; `None` says that what was typed is typed no longer.
    pub fn encode(draft: Option<&Self>) -> Vec<u8> {
        encode(&draft.map_or(Record::NoDraft, |draft| Record::Draft(draft.clone())))
    }
}

fn encode(record: &Record) -> Vec<u8> {
    // JSON has no word for maps without text as keys and for failing writers; a record has neither.
    framed(&serde_json::to_vec(record).expect("a record can always be written"))
}

/// Reads a journal as far as it can be read.
pub fn decode(bytes: &[u8]) -> Result<Journal, Unreadable> {
    let mut frames = Frames::new(bytes);
    let Some(first) = frames.next() else {
        return Err(if frames.left() == Left::Damage { Unreadable::Damaged } else { Unreadable::NeverBegun });
    };
    let mut journal = opened(first)?;
    for payload in frames.by_ref() {
        match serde_json::from_slice(payload) {
            Ok(Record::Edit(edit)) => journal.steps.push(Step::Edit(edit)),
            Ok(Record::Undo) => journal.steps.push(Step::Undo),
            Ok(Record::Redo) => journal.steps.push(Step::Redo),
            Ok(Record::Draft(draft)) => journal.draft = Some(draft),
            Ok(Record::NoDraft) => journal.draft = None,
            Ok(Record::Whole(text)) => match file::decode(text.as_bytes()) {
                Ok(session) => journal.steps.push(Step::Whole(Arc::new(session))),
                Err(_) => return Ok(Journal { end: End::Damaged, ..journal }),
            },
            Ok(Record::Begin { .. }) | Err(_) => return Ok(Journal { end: End::Damaged, ..journal }),
        }
    }
    journal.end = match frames.left() {
        Left::Nothing => End::Whole,
        Left::Torn => End::Torn,
        Left::Damage => End::Damaged,
    };
    Ok(journal)
}

fn opened(first: &[u8]) -> Result<Journal, Unreadable> {
    let begin = match serde_json::from_slice(first) {
        Ok(Record::Begin { format: FORMAT, path, base }) => (path, base),
        _ => return Err(newer(first).map_or(Unreadable::Damaged, Unreadable::Newer)),
    };
    let base = file::decode(begin.1.as_bytes()).map_err(|_| Unreadable::Damaged)?;
    Ok(Journal { path: begin.0, base, steps: Vec::new(), draft: None, end: End::Whole })
}

/// The format a first record of any shape says, if it is a newer one.
fn newer(first: &[u8]) -> Option<u32> {
    let named: std::collections::BTreeMap<String, Numbered> = serde_json::from_slice(first).ok()?;
    named.get("Begin").map(|begin| begin.format).filter(|format| *format > FORMAT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Vec<u8> {
        let mut bytes = begin("a.tm.ron", &Session::new("A"));
        bytes.extend(Step::Undo.encode());
        bytes.extend(Draft::encode(Some(&Draft { place: DraftPlace::Capture, text: "half a".into() })));
        bytes.extend(Step::Whole(Arc::new(Session::new("B\n\u{1b}"))).encode());
        bytes
    }

    #[test]
    fn what_was_written_is_read() {
        let journal = decode(&written()).unwrap();
        assert_eq!((journal.path.as_str(), journal.base.title.as_str(), journal.end), ("a.tm.ron", "A", End::Whole));
        assert_eq!(journal.steps, [Step::Undo, Step::Whole(Arc::new(Session::new("B\n\u{1b}")))]);
        assert_eq!(journal.draft.unwrap().text, "half a");
    }

    #[test]
    fn wherever_it_is_cut_every_whole_record_is_read() {
        let bytes = written();
        let first = begin("a.tm.ron", &Session::new("A")).len();
        for at in 0..bytes.len() {
            match decode(&bytes[..at]) {
                Err(error) => assert!(at < first && error == Unreadable::NeverBegun, "{at}: {error}"),
                Ok(journal) => assert!(at >= first && journal.end != End::Damaged, "{at}"),
            }
        }
    }

    #[test]
    fn a_tail_of_zeros_is_torn_and_a_damaged_middle_is_damaged() {
        let mut bytes = written();
        bytes.extend([0; 700]);
        let journal = decode(&bytes).unwrap();
        assert_eq!((journal.steps.len(), journal.end), (2, End::Torn));

        let mut bytes = written();
        let at = begin("a.tm.ron", &Session::new("A")).len() + 20;
        bytes[at] ^= 1;
        let journal = decode(&bytes).unwrap();
        assert_eq!((journal.steps.len(), journal.end), (0, End::Damaged));
        bytes[30] ^= 1;
        assert_eq!(decode(&bytes), Err(Unreadable::Damaged));
    }

    #[test]
    fn a_newer_format_is_named_and_not_read() {
        let bytes = framed(br#"{"Begin":{"format":2,"what":"else"}}"#);
        assert_eq!(decode(&bytes), Err(Unreadable::Newer(2)));
        assert_eq!(decode(b"hello\n"), Err(Unreadable::Damaged));
        assert_eq!(decode(b""), Err(Unreadable::NeverBegun));
    }
}
