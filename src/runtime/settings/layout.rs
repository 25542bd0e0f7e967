//! Where things stand in a settings file: enough of RON's spelling to point at a field and to change one value.

use std::ops::Range;

/// A piece of RON that is neither a blank nor a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Comma,
    Colon,
    Text,
    Word,
}

/// A settings file taken apart.
#[derive(Debug)]
pub(super) struct Layout {
    source: String,
    tokens: Vec<(Kind, Range<usize>)>,
}

impl Layout {
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.to_owned(), tokens: tokens(source) }
    }

    /// Whether there is nothing but blanks and comments.
    pub(super) fn is_blank(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Line and column of the field with this index, counted from 0.
    pub(super) fn field(&self, index: usize) -> (usize, usize) {
        self.position(self.fields().get(index).map_or(0, |(name, _)| name.start))
    }

    /// Line and column of a text: the last one, because a command may also be named in front of `keys`.
    pub(super) fn text(&self, text: &str) -> (usize, usize) {
        let quoted = format!("\"{text}\"");
        let found = self.tokens.iter().rfind(|(kind, span)| *kind == Kind::Text && self.source[span.clone()] == quoted);
        self.position(found.map_or(0, |(_, span)| span.start))
    }

    /// The source with another value of `theme`; `None` when its brackets do not fit.
    pub(super) fn with_theme(&self, value: &str) -> Option<String> {
        if self.is_blank() {
            return Some(format!("Settings(\n    theme: {value},\n)\n{}", self.source));
        }
        let depth = |kind: Kind| match kind {
            Kind::Open => 1_i32,
            Kind::Close => -1,
            _ => 0,
        };
        let (last, before) = self.tokens.split_last()?;
        let closed = last.0 == Kind::Close && self.tokens.iter().map(|(kind, _)| depth(*kind)).sum::<i32>() == 0;
        let open = before.iter().find(|(kind, _)| *kind == Kind::Open).filter(|_| closed)?;
        let mut new = self.source.clone();
        let theme = self.fields().into_iter().find(|(name, _)| self.source[name.clone()] == *"theme");
        match theme {
            Some((_, old)) => new.replace_range(old, value),
            None => new.insert_str(open.1.end, &format!("\n    theme: {value},")),
        }
        Some(new)
    }

    /// Name and value of every field of the outermost record.
    fn fields(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut fields: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        let mut depth = 0_usize;
        let mut inside = false;
        for (index, (kind, span)) in self.tokens.iter().enumerate() {
            let next = self.tokens.get(index + 1).map(|(kind, _)| *kind);
            match kind {
                Kind::Close if depth <= 1 => break,
                Kind::Comma if depth == 1 => inside = false,
                Kind::Word if depth == 1 && !inside && next == Some(Kind::Colon) => {
                    inside = true;
                    fields.push((span.clone(), span.end..span.end));
                }
                Kind::Colon if depth == 1 => {}
                _ if inside => {
                    if let Some((name, value)) = fields.last_mut() {
                        let start = if value.start == name.end { span.start } else { value.start };
                        *value = start..span.end;
                    }
                }
                _ => {}
            }
            match kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
        }
        fields
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.source[..offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (1 + before.matches('\n').count(), 1 + before[start..].chars().count())
    }
}

fn tokens(source: &str) -> Vec<(Kind, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (kind, length) = match first {
            '/' if rest.starts_with("//") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, block_comment(rest)),
            '(' | '[' | '{' => (Some(Kind::Open), 1),
            ')' | ']' | '}' => (Some(Kind::Close), 1),
            ',' => (Some(Kind::Comma), 1),
            ':' => (Some(Kind::Colon), 1),
            '"' => (Some(Kind::Text), text(rest)),
            'r' if rest[1..].trim_start_matches('#').starts_with('"') => (Some(Kind::Text), raw_text(rest)),
            c if c.is_alphanumeric() || "_+-.#".contains(c) => (
                Some(Kind::Word),
                rest.find(|c: char| !c.is_alphanumeric() && !"_+-.".contains(c)).unwrap_or(rest.len()).max(1),
            ),
            c => (None, c.len_utf8()),
        };
        tokens.extend(kind.map(|kind| (kind, at..at + length)));
        at += length;
    }
    tokens
}

fn text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

fn raw_text(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    let end = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 2; // `r`, the hashes and the quote
    rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
}

/// Comments of this kind may stand inside each other.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                break;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}
