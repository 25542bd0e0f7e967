//! The suggestions below the letters.
//!
//! Owns how much of each is shown: everything where there is room, a row each where there is not, and all of the selected
//! one always. Refuses: what is suggested (`app::suggestions`).

use crate::{
    app::{
        Command,
        model::Model,
        suggestions::{Offer, Standing},
    },
    ui::{
        pen::{Piece, piece},
        text,
        theme::Role,
    },
};

/// A row below the letters.
pub(super) struct Line {
    pub(super) left: Vec<Piece<'static>>,
    pub(super) right: Vec<Piece<'static>>,
    /// It is the selected suggestion.
    pub(super) selected: bool,
    /// The suggestion that a press on it selects.
    pub(super) offer: Option<usize>,
}

impl Line {
    fn plain((words, role): (String, Role)) -> Self {
        Self { left: vec![piece(format!("  {words}"), role)], right: Vec::new(), selected: false, offer: None }
    }
}

/// Columns before the words of a suggestion.
const INDENT: usize = 5;

/// A pane of this many columns shows on one row what is suggested and why.
const WIDE: usize = 110;

/// How much of each suggestion is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// The sentence and why it is here.
    Whole,
    /// The sentence.
    Sentence,
    /// What fits into a row.
    Row,
}

/// Words without suggestions.
pub(super) fn plain(words: Vec<(String, Role)>) -> Vec<Line> {
    words.into_iter().map(Line::plain).collect()
}

/// The suggestions while somebody is among them: as much of each as fits below the whole list, at least a row.
pub(super) fn visited(model: &Model, width: usize, free: usize, most: usize) -> Vec<Line> {
    let mut fitting = [Detail::Whole, Detail::Sentence].into_iter().map(|detail| block(model, width, detail));
    fitting.find(|lines| lines.len() <= free).unwrap_or_else(|| {
        let mut lines = block(model, width, Detail::Row);
        lines.truncate(most);
        lines
    })
}

/// What to ask with the suggestions below: the words give way before the suggestions do.
pub(super) fn beside(model: &Model, asked: Vec<(String, Role)>, width: usize, room: usize) -> Vec<Line> {
    let mut details = [Detail::Whole, Detail::Sentence].into_iter().map(|detail| block(model, width, detail));
    let roomy = details.find(|lines| lines.len() + asked.len() <= room);
    let block = roomy.unwrap_or_else(|| block(model, width, Detail::Row));
    let left = room.saturating_sub(block.len()).max(1).min(asked.len());
    // A question is there whole or not at all; the line after its end begins another one.
    let ends = |at: &usize| asked.get(*at).is_none_or(|(words, _)| !words.starts_with("  "));
    let whole = (1..=left).rev().find(ends).unwrap_or(left);
    asked.into_iter().take(whole).map(Line::plain).chain(block).collect()
}

fn block(model: &Model, width: usize, detail: Detail) -> Vec<Line> {
    let suggestions = &model.suggestions;
    let (first, page) = suggestions.page();
    let mut lines = vec![heading(model, first, page.len())];
    for (at, offer) in page.iter().enumerate() {
        let selected = suggestions.selected() == Some(first + at);
        lines.extend(offer_lines(at + 1, first + at, offer, selected, width, detail));
    }
    lines
}

fn heading(model: &Model, first: usize, shown: usize) -> Line {
    let suggestions = &model.suggestions;
    let words = match (suggestions.team(), suggestions.offers().len(), suggestions.fits()) {
        (None, ..) => "The catalogue is being read",
        (_, 0, true) => "Every suggestion for this letter is taken or dismissed",
        (_, 0, false) => "The catalogue has nothing that fits here",
        _ => {
            let mut left = vec![piece("  Suggestions ", Role::Heading)];
            let visited = suggestions.selected().is_some();
            let key = model.keymap.key(if visited { Command::Back } else { Command::OpenSuggestions });
            left.push(piece(format!(" {key}"), Role::Key));
            left.push(piece(if visited { " leaves them" } else { "" }, Role::Hint));
            let total = suggestions.offers().len();
            let mut right = Vec::new();
            if total > shown {
                right.push(piece(format!("{}–{} of {total} ", first + 1, first + shown), Role::TextDim));
                if visited {
                    right.push(piece(model.keymap.key(Command::MoreSuggestions), Role::Key));
                    right.push(piece(" more ", Role::Hint));
                }
            }
            return Line { left, right, selected: false, offer: None };
        }
    };
    Line::plain((words.to_owned(), Role::TextDim))
}

fn offer_lines(number: usize, index: usize, offer: &Offer, selected: bool, width: usize, detail: Detail) -> Vec<Line> {
    let (mut note, mut note_role) = match &offer.standing {
        Standing::Offered => ("", Role::TextDim),
        Standing::Taken => ("✓ accepted ", Role::CellClear),
        Standing::Dismissed(_) => ("dismissed ", Role::TextDim),
    };
    if offer.providers && note.is_empty() {
        (note, note_role) = ("provider report ", Role::TextDim);
    }
    let quiet = offer.providers || offer.standing != Standing::Offered;
    let role = if quiet { Role::Disabled } else { Role::Text };
    let why = match &offer.standing {
        Standing::Dismissed(reason) if !reason.is_empty() => format!("dismissed: {reason}"),
        _ => format!("{} · {}", offer.row, offer.why),
    };
    let wide = width >= WIDE;
    let mut right = Vec::new();
    if wide {
        let taken = text::width(&offer.text) + INDENT + text::width(note) + 4;
        right.push(piece(format!("{} ", text::truncate(&why, width.saturating_sub(taken))), Role::TextDim));
    }
    if !note.is_empty() {
        right.push(piece(note, note_role));
    }
    let room = width.saturating_sub(INDENT + if wide { 0 } else { text::width(note) + 1 });
    let whole = selected || detail != Detail::Row;
    let texts = if whole && !wide { text::wrap(&offer.text, room) } else { vec![offer.text.clone()] };
    let mut lines = Vec::new();
    for (at, words) in texts.into_iter().enumerate() {
        let mut left = if at == 0 {
            let mark = if selected { " ▸ " } else { "   " };
            vec![piece(mark, Role::Key), piece(format!("{number} "), Role::Key)]
        } else {
            vec![piece(" ".repeat(INDENT), Role::Text)]
        };
        left.push(piece(words, role));
        let right = if at == 0 { std::mem::take(&mut right) } else { Vec::new() };
        lines.push(Line { left, right, selected, offer: Some(index) });
    }
    let mut below = |words: &str, role: Role| {
        for words in text::wrap(words, width.saturating_sub(INDENT)) {
            let left = vec![piece(" ".repeat(INDENT), Role::Text), piece(words, role)];
            lines.push(Line { left, right: Vec::new(), selected: false, offer: Some(index) });
        }
    };
    if (selected || detail == Detail::Whole) && !wide {
        below(&why, Role::TextDim);
    }
    if selected {
        below(&format!("Ask: {}", offer.question), Role::Text);
    }
    lines
}
