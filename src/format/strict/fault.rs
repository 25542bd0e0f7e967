//! One error of ron seen in the outline of the file: what to say, where, and what to take out to look for the next.

use std::collections::BTreeSet;

use ron::{Error, error::SpannedError};

use super::{
    escape::visible,
    explain::{Scene, explain},
    outline::{Node, Outline},
    position::{Diagnostic, Lines, Position},
};

/// How the lists of a session end their complaint about a second record with one identity; what stands before may be
/// text from the file.
const TWICE: [&str; 2] = ["stands here twice; two records cannot share an id", "is answered twice here; keep one cell"];

/// The outline of a broken file, and what was already said about it.
#[derive(Debug)]
pub(in crate::format) struct Survey<'a> {
    source: &'a str,
    outline: Outline,
    lines: Lines,
    /// Fields that were taken out of a record, so that their absence is not a second error.
    taken: BTreeSet<(usize, String)>,
}

/// What follows from an error.
#[derive(Debug, Default)]
pub(in crate::format) struct Verdict {
    /// What to say; nothing when the error only follows from an earlier one.
    pub(in crate::format) diagnostic: Option<Diagnostic>,
    /// The bytes to blank before looking for more; nothing when the rest cannot be trusted.
    pub(in crate::format) blank: Option<std::ops::Range<usize>>,
}

impl<'a> Survey<'a> {
    pub(in crate::format) fn new(source: &'a str) -> Self {
        Self { source, outline: Outline::new(source), lines: Lines::new(source), taken: BTreeSet::new() }
    }

    /// Judges an error found in `text`: the source, some of it blanked byte for byte.
    pub(in crate::format) fn judge(&mut self, text: &str, error: &SpannedError) -> Verdict {
        let end = Position { line: error.span.end.line, column: error.span.end.col };
        let at = self.lines.offset(text, end);
        match &error.code {
            Error::MissingStructField { field, .. } => self.missing(at, field, &error.code),
            Error::NoSuchStructField { found, .. } => self.unwanted_field(at, found, &error.code),
            Error::DuplicateStructField { field, .. } => self.unwanted_field(at, field, &error.code),
            Error::Message(message) if TWICE.iter().any(|end| message.ends_with(end)) => self.duplicate(at, message),
            code if self.is_about_a_value(at, code) => self.value(at, code),
            code => self.spelling(at, code),
        }
    }

    fn missing(&mut self, at: usize, field: &str, code: &Error) -> Verdict {
        let Some(record) = self.outline.around(at, |node| is_record(node) && node.value < at && at < node.span.end)
        else {
            return self.spelling(at, code);
        };
        let known = self.taken.contains(&(record, field.to_owned()));
        let diagnostic = (!known).then(|| self.tell(self.outline.node(record).value, code, record));
        Verdict { diagnostic, blank: self.take(record) }
    }

    fn unwanted_field(&mut self, at: usize, field: &str, code: &Error) -> Verdict {
        let Some(node) = self.outline.around(at, |node| self.source[node.field.clone()] == *field) else {
            return self.spelling(at, code);
        };
        let mut diagnostic = self.tell(self.outline.node(node).span.start, code, node);
        let record = self.outline.node(node).parent;
        if let (Error::NoSuchStructField { expected, .. }, Some(record)) = (code, record) {
            // A misspelled field is one error, not also the absence of the right one.
            let meant = crate::format::nearest::nearest(field, expected.iter().copied());
            self.taken.extend(meant.map(|meant| (record, meant.to_owned())));
        }
        if let (Error::DuplicateStructField { .. }, Some(record)) = (code, record) {
            let first = self.outline.field(self.source, record, field).filter(|first| *first != node);
            diagnostic.hint = first.map(|first| format!("it stands first in line {}", self.line(first)));
        }
        Verdict { diagnostic: Some(diagnostic), blank: self.take(node) }
    }

    /// Two records with one id, or two cells with one letter: said by the list after it has read the second.
    fn duplicate(&mut self, at: usize, message: &str) -> Verdict {
        let list = self.outline.around(at, |node| node.bracket == b'[' && node.value < at && at < node.span.end);
        let entries = list.into_iter().flat_map(|list| self.outline.children(list));
        let entries: Vec<usize> = entries.take_while(|entry| self.outline.node(*entry).span.end <= at).collect();
        let key = |entry: usize| {
            let entry = self.outline.inner(self.source, entry);
            let field = |name| self.outline.field(self.source, entry, name);
            field("id").or_else(|| field("letter")).or_else(|| field("baseline"))
        };
        let Some((node, id)) = entries.last().and_then(|last| Some((*last, key(*last)?))) else {
            return Verdict { diagnostic: Some(Diagnostic::new(self.position(at), message)), blank: None };
        };
        let written = self.written(id);
        let mut earlier = entries[..entries.len() - 1].iter().filter_map(|entry| key(*entry));
        let first = earlier.find(|earlier| self.written(*earlier) == written);
        let mut diagnostic = Diagnostic::new(self.position(self.outline.node(id).value), message);
        diagnostic.hint = first.map(|first| format!("it stands first in line {}", self.line(first)));
        Verdict { diagnostic: Some(diagnostic), blank: self.take(node) }
    }

    /// Whether the brackets and commas around an error are fine and only a value is not.
    fn is_about_a_value(&self, at: usize, code: &Error) -> bool {
        match code {
            Error::Message(_)
            | Error::InvalidEscape(_)
            | Error::InvalidValueForType { .. }
            | Error::ExpectedDifferentLength { .. }
            | Error::ExpectedDifferentStructName { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::ExpectedArray
            | Error::ExpectedBoolean
            | Error::ExpectedFloat
            | Error::ExpectedInteger
            | Error::ExpectedMap
            | Error::ExpectedNamedStructLike(_)
            | Error::ExpectedOption
            | Error::ExpectedString
            | Error::ExpectedStructLike
            | Error::ExpectedUnit
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. } => true,
            Error::ExpectedIdentifier => self.outline.around(at, |_| true).is_some_and(|node| {
                let node = self.outline.node(node);
                !is_record(node) && node.value == at
            }),
            _ => false,
        }
    }

    fn value(&mut self, at: usize, code: &Error) -> Verdict {
        let Some(mut node) = self.outline.around(at, |_| true) else { return self.spelling(at, code) };
        let diagnostic = self.tell(self.outline.node(node).value, code, node);
        // What stands in `Some(…)` or `Flow(…)` cannot be missing there.
        while let Some(parent) = self.outline.node(node).parent
            && self.outline.node(node).field.is_empty()
            && is_record(self.outline.node(parent))
        {
            node = parent;
        }
        Verdict { diagnostic: Some(diagnostic), blank: self.take(node) }
    }

    /// Brackets, commas and quotes: only the entry of a list around it can be taken out.
    fn spelling(&mut self, at: usize, code: &Error) -> Verdict {
        let entry = self.outline.around(at, |node| {
            let listed = node.parent.is_some_and(|parent| self.outline.node(parent).bracket == b'[');
            listed && is_record(node) && at < node.span.end
        });
        let hopeless = matches!(code, Error::ExceededRecursionLimit | Error::TrailingCharacters | Error::Eof);
        let (message, hint) = explain(code, Scene { field: "", record: "", written: "" });
        let hint = match code {
            Error::UnclosedBlockComment => hint,
            _ => self.hidden(at).or_else(|| self.unclosed_text(at)).or_else(|| self.unclosed_bracket()).or(hint),
        };
        let diagnostic = Diagnostic { hint, ..Diagnostic::new(self.position(at), message) };
        Verdict { diagnostic: Some(diagnostic), blank: entry.filter(|_| !hopeless).and_then(|entry| self.take(entry)) }
    }

    /// An invisible character outside of a text, pasted along with something else.
    fn hidden(&self, at: usize) -> Option<String> {
        let c = self.source[at..].chars().next().filter(|c| !c.is_whitespace())?;
        let shown = visible(c.encode_utf8(&mut [0; 4]));
        shown.starts_with("\\u").then(|| format!("a hidden character, `{shown}`, stands here; delete it"))
    }

    /// A text that runs over several lines up to an error has probably lost its closing quote.
    fn unclosed_text(&self, at: usize) -> Option<String> {
        let text = self.outline.text_before(self.source, at)?;
        let (first, last) = (self.position(text.start).line, self.position(text.end).line);
        (first < last && last == self.position(at).line).then(|| {
            format!("the text that starts in line {first} goes on to line {last}: is its closing quote missing?")
        })
    }

    fn unclosed_bracket(&self) -> Option<String> {
        let offset = self.outline.unbalanced?;
        let line = self.position(offset).line;
        Some(match self.outline.around(offset, |node| is_opening(node, offset)) {
            Some(node) => {
                let open = char::from(self.outline.node(node).bracket);
                format!("the `{open}` in line {line} is not closed as it should be")
            }
            None => format!("the bracket in line {line} closes nothing"),
        })
    }

    /// Notes that a value is taken out; the session itself never is.
    fn take(&mut self, node: usize) -> Option<std::ops::Range<usize>> {
        if !self.outline.is_sound() {
            return None;
        }
        let Node { span, field, parent, .. } = self.outline.node(node);
        let parent = (*parent)?;
        if !field.is_empty() {
            self.taken.insert((parent, self.source[field.clone()].to_owned()));
        }
        Some(span.clone())
    }

    fn tell(&self, at: usize, code: &Error, node: usize) -> Diagnostic {
        let field = self.named(node).map_or("", |named| &self.source[self.outline.node(named).field.clone()]);
        let record = self.outline.node(node);
        let record =
            if is_record(record) { Some(record) } else { record.parent.map(|parent| self.outline.node(parent)) };
        let record = record.map_or("", |record| &self.source[record.name.clone()]);
        let (message, hint) = explain(code, Scene { field, record, written: self.written(node) });
        let hint = hint.or_else(|| self.unclosed_bracket());
        Diagnostic { hint, ..Diagnostic::new(self.position(at), message) }
    }

    /// The value itself or the nearest one around it that has a field name, within its record.
    fn named(&self, mut node: usize) -> Option<usize> {
        while self.outline.node(node).field.is_empty() {
            node = self.outline.node(node).parent?;
        }
        Some(node)
    }

    fn written(&self, node: usize) -> &'a str {
        let node = self.outline.node(node);
        &self.source[node.value..node.span.end]
    }

    fn position(&self, offset: usize) -> Position {
        self.lines.position(self.source, offset)
    }

    fn line(&self, node: usize) -> usize {
        self.position(self.outline.node(node).span.start).line
    }
}

fn is_record(node: &Node) -> bool {
    node.bracket == b'('
}

fn is_opening(node: &Node, offset: usize) -> bool {
    node.bracket != 0 && node.value == offset
}
