//! Text being typed: one line (capture, filter, prompts) or many (the text fields of a form).
//!
//! Both are `tui_textarea` underneath, so that cursor movement, wide characters and undo while typing behave the same
//! everywhere. Its built-in shortcuts are off; the few keys people expect in any terminal are mapped here.

use tui_textarea::{CursorMove, Input, Key as AreaKey, TextArea};

use super::key::{Code, Key};
use crate::session::limits::TEXT;

/// Whether a typed text may hold more than one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Text,
}

/// A text with a cursor in it.
#[derive(Debug, Clone)]
pub struct Typing {
    area: TextArea<'static>,
    shape: Shape,
    /// The first character typed takes the place of everything.
    replacing: bool,
}

impl Typing {
    /// A single line, with the cursor at its end.
    pub fn line(text: &str) -> Self {
        Self::new(vec![text.replace(['\n', '\r'], " ")], Shape::Line)
    }

    /// A single line that the first character typed replaces; any other key keeps it.
    pub fn replacing(text: &str) -> Self {
        Self { replacing: true, ..Self::line(text) }
    }

    /// Several lines, with the cursor at the end.
    pub fn text(text: &str) -> Self {
        Self::new(text.split('\n').map(str::to_owned).collect(), Shape::Text)
    }

    fn new(lines: Vec<String>, shape: Shape) -> Self {
        let mut area = TextArea::new(lines);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, shape, replacing: false }
    }

    /// What stands there.
    pub fn value(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The first line, without copying.
    pub fn first_line(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.area.lines().iter().all(String::is_empty)
    }

    /// Whether the next character typed takes the place of everything.
    pub fn is_replacing(&self) -> bool {
        self.replacing && !self.is_empty()
    }

    /// Its lines, one at least.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Cursor position as (line, character).
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// Cursor position in the first line, in bytes.
    pub fn cursor_byte(&self) -> usize {
        let line = self.first_line();
        line.char_indices().nth(self.cursor().1).map_or(line.len(), |(at, _)| at)
    }

    /// Puts another text there, cursor at its end.
    pub fn replace(&mut self, text: &str) {
        *self = match self.shape {
            Shape::Line => Self::line(text),
            Shape::Text => Self::text(text),
        };
    }

    /// Replaces the bytes `from..to` of the first line and puts the cursor after them.
    pub fn splice(&mut self, from: usize, to: usize, with: &str) {
        let line = self.first_line();
        if let (Some(head), Some(tail)) = (line.get(..from), line.get(to..)) {
            let cursor = (head.chars().count() + with.chars().count()) as u16;
            let text = format!("{head}{with}{tail}");
            self.replace(&text);
            self.area.move_cursor(CursorMove::Jump(0, cursor));
        }
    }

    /// Inserts pasted text. In a single line, line ends become spaces.
    pub fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.replacing) {
            self.replace("");
        }
        let clean = text.replace("\r\n", "\n").replace('\r', "\n");
        let room = self.room();
        let _ = match self.shape {
            Shape::Line => {
                let line = clean.trim_end_matches('\n').chars().take(room);
                self.area.insert_str(line.map(|c| if c == '\n' { ' ' } else { c }).collect::<String>())
            }
            Shape::Text => self.area.insert_str(clean),
        };
    }

    /// How many more characters the line of the cursor takes. Without an end, a megabyte that arrives key by key (a paste
    /// into a terminal that does not mark it) would keep everybody waiting.
    fn room(&self) -> usize {
        let line = self.area.lines().get(self.cursor().0).map_or("", String::as_str);
        TEXT.saturating_sub(line.chars().count())
    }

    /// Takes a key if it edits text or moves the cursor; `false` leaves it to others.
    pub fn key(&mut self, key: Key) -> bool {
        if std::mem::take(&mut self.replacing) && key.typed().is_some() {
            self.replace("");
        }
        let full = key.typed().is_some() && self.room() == 0;
        let area = &mut self.area;
        match (key.code, key.ctrl, key.alt) {
            (Code::Char('a'), true, _) | (Code::Home, ..) => area.move_cursor(CursorMove::Head),
            (Code::Char('e'), true, _) if self.shape == Shape::Line => area.move_cursor(CursorMove::End),
            (Code::End, ..) => area.move_cursor(CursorMove::End),
            (Code::Char('w'), true, _) | (Code::Backspace, false, true) => drop(area.delete_word()),
            (Code::Char('u'), true, _) => {
                // Before the first character there is nothing to its left: what stands there is to go.
                let nothing_before = !area.delete_line_by_head();
                if nothing_before && self.shape == Shape::Line {
                    area.delete_line_by_end();
                }
            }
            (Code::Char('k'), true, _) => drop(area.delete_line_by_end()),
            (Code::Char('h'), true, _) => drop(area.delete_char()),
            (Code::Char('b'), _, true) | (Code::Left, true, _) => area.move_cursor(CursorMove::WordBack),
            (Code::Char('f'), _, true) | (Code::Right, true, _) => area.move_cursor(CursorMove::WordForward),
            // As in a shell; ctrl-z puts the program into the background.
            (Code::Char('_'), true, _) => drop(area.undo()),
            (Code::Char('y'), true, _) => drop(area.redo()),
            (_, true, _) | (_, _, true) => return false,
            (Code::Char(_), false, false) if full => {}
            (Code::Char(c), false, false) => area.insert_char(c),
            (Code::Backspace, ..) => drop(area.delete_char()),
            (Code::Delete, ..) => drop(area.delete_next_char()),
            (Code::Left, ..) => area.move_cursor(CursorMove::Back),
            (Code::Right, ..) => area.move_cursor(CursorMove::Forward),
            (Code::Up, ..) if self.shape == Shape::Text => area.move_cursor(CursorMove::Up),
            (Code::Down, ..) if self.shape == Shape::Text => area.move_cursor(CursorMove::Down),
            (Code::Enter, ..) if self.shape == Shape::Text => area.insert_newline(),
            (Code::PageUp | Code::PageDown, ..) if self.shape == Shape::Text => {
                let key = if key.code == Code::PageUp { AreaKey::PageUp } else { AreaKey::PageDown };
                let _ = area.input_without_shortcuts(Input { key, ctrl: false, alt: false, shift: false });
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(start: Typing, keys: &str) -> String {
        let mut typing = start;
        for key in Key::parse_sequence(keys).unwrap() {
            typing.key(key);
        }
        typing.value()
    }

    #[test]
    fn a_line_is_edited_like_in_a_shell() {
        assert_eq!(typed(Typing::line("one two"), "<ctrl-w>three"), "one three");
        assert_eq!(typed(Typing::line("bc"), "<home>a<end>d"), "abcd");
        assert_eq!(typed(Typing::line("gone"), "<ctrl-u>new"), "new");
        assert_eq!(typed(Typing::line(" @edge"), "<home><ctrl-u>new"), "new");
    }

    #[test]
    fn a_line_to_be_replaced_goes_with_the_first_character_and_stays_with_any_other_key() {
        assert_eq!(typed(Typing::replacing("2026-05-06"), "fri"), "fri");
        assert_eq!(typed(Typing::replacing("2026-05-06"), "<backspace>7"), "2026-05-07");
        let mut pasted = Typing::replacing("2026-05-06");
        pasted.paste("friday");
        assert_eq!(pasted.value(), "friday");
    }

    #[test]
    fn a_line_never_holds_a_second_one() {
        let mut typing = Typing::line("a");
        typing.paste("b\r\nc\n");
        assert_eq!(typing.value(), "ab c");
        assert!(!typing.key(Key::plain(Code::Enter)));
    }

    #[test]
    fn a_line_has_an_end_however_much_is_typed_or_pasted() {
        let mut typing = Typing::line("");
        typing.paste(&"é".repeat(TEXT - 1));
        for key in Key::parse_sequence("abc").unwrap() {
            assert!(typing.key(key));
        }
        assert_eq!((typing.value().chars().count(), typing.value().chars().last()), (TEXT, Some('a')));
        typing.paste("d");
        assert_eq!(typing.value().chars().count(), TEXT);
        typing.key(Key::plain(Code::Backspace));
        typing.key(Key::char('e'));
        assert!(typing.value().ends_with('e'));
    }

    #[test]
    fn splicing_counts_bytes_and_keeps_the_cursor_after_it() {
        let mut typing = Typing::line("é -> ap");
        typing.splice("é -> ".len(), "é -> ap".len(), "api");
        assert_eq!((typing.value().as_str(), typing.cursor()), ("é -> api", (0, 8)));
    }
}
