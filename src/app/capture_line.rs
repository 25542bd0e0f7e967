//! The capture line while it is open: what is typed, where it will go, and the names that would complete it.
//!
//! What a line means is [`super::capture`]'s; this is its editor.

use jiff::civil::Date;

use crate::session::{Letter, Place, ThreatId};

use super::{
    capture::{self, Completion, Preview},
    document::Document,
    line::Typing,
};

/// Where a captured line goes when it does not say so itself: what was selected when the line was opened.
#[derive(Debug, Clone, Default)]
pub struct Here {
    /// The flow or component on the checklist.
    pub place: Option<Place>,
    /// The selected letter, when the checklist is where the person looks.
    pub letter: Option<Letter>,
    /// The selected threat.
    pub threat: Option<ThreatId>,
}

impl Here {
    /// The context of a line captured from here.
    pub fn context<'a>(&self, document: &'a Document, today: Date) -> capture::Context<'a> {
        capture::Context {
            session: document.session(),
            kinds: document.team.kinds(),
            outline: Some(document.outline()),
            place: self.place.clone(),
            letter: self.letter,
            threat: self.threat,
            by: "",
            today,
        }
    }
}

/// The capture line while it is open.
#[derive(Debug)]
pub struct CaptureLine {
    /// What is typed.
    pub typing: Typing,
    /// Where it goes when it does not say so itself.
    pub here: Here,
    /// The names that complete the word at the cursor, while they are shown.
    pub completion: Option<Cycle>,
    /// Which earlier line is shown, counted from the latest; 0 is the one being typed.
    pub recall: usize,
    /// It stays open for the next line.
    pub many: bool,
    /// The line that enter was pressed on while it looked like something else than it would become.
    pub doubted: Option<String>,
    /// What stood there when it was opened.
    opened_with: String,
    /// What was being typed before an earlier line was shown.
    draft: String,
}

/// Completing a word: each `tab` shows the next name.
#[derive(Debug)]
pub struct Cycle {
    /// What can be chosen.
    pub completion: Completion,
    /// Which one stands in the line; `None` before the first.
    pub chosen: Option<usize>,
    /// End of what stands in the line now, in bytes.
    end: usize,
}

impl CaptureLine {
    /// A line that starts with some text.
    pub fn new(text: &str, here: Here) -> Self {
        Self {
            typing: Typing::line(text),
            here,
            completion: None,
            recall: 0,
            many: false,
            doubted: None,
            opened_with: text.to_owned(),
            draft: String::new(),
        }
    }

    /// Whether it was opened for something particular, such as a threat of one letter.
    pub fn asked_for_words(&self) -> bool {
        !self.opened_with.trim().is_empty()
    }

    /// What the line will do, read on every key.
    pub fn preview(&self, document: &Document, today: Date) -> Preview {
        capture::preview(self.typing.first_line(), &self.context(document, today))
    }

    /// The context of a line captured now.
    pub fn context<'a>(&self, document: &'a Document, today: Date) -> capture::Context<'a> {
        self.here.context(document, today)
    }

    /// Shows the names for the word at the cursor, or puts the next of them into the line.
    pub fn complete(&mut self, document: &Document, today: Date, forward: bool) {
        if self.completion.is_none() {
            let context = self.context(document, today);
            let at = self.typing.cursor_byte();
            let completion = capture::complete(self.typing.first_line(), at, &context);
            if completion.candidates.is_empty() {
                return;
            }
            self.completion = Some(Cycle { completion, chosen: None, end: at });
        }
        let Some(cycle) = &mut self.completion else { return };
        let count = cycle.completion.candidates.len();
        let next = match (cycle.chosen, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(now), true) => (now + 1) % count,
            (Some(now), false) => (now + count - 1) % count,
        };
        let text = cycle.completion.candidates[next].text.clone();
        self.typing.splice(cycle.completion.start, cycle.end, &text);
        cycle.end = cycle.completion.start + text.len();
        cycle.chosen = Some(next);
        // A single name needs no further choosing.
        if count == 1 {
            self.completion = None;
        }
    }

    /// Whether anything was typed since it was opened.
    pub fn is_touched(&self) -> bool {
        self.typing.first_line().trim() != self.opened_with.trim()
    }

    /// Shows an earlier or later line of the meeting.
    pub fn recall(&mut self, captured: &[String], back: bool) {
        let next = if back { (self.recall + 1).min(captured.len()) } else { self.recall.saturating_sub(1) };
        if next != self.recall {
            if self.recall == 0 {
                self.draft = self.typing.value();
            }
            self.recall = next;
            let text = if next == 0 { self.draft.clone() } else { captured[captured.len() - next].clone() };
            self.typing.replace(&text);
            self.completion = None;
        }
    }
}
