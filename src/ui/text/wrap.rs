//! Breaking text into lines.
//!
//! Owns where a line may break: after spaces first, then between Unicode words (so after the slashes of a path and
//! between ideographs), and inside a word only where it is longer than a line. Punctuation stays with its word.
//!
//! Refuses hyphenation and justification.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{ELLIPSIS, cells, grapheme_cells, truncate, visible};

/// The text in lines of at most this many cells, each made [`visible()`]. A line break in the text is one here, an empty
/// line stays empty, and spaces at a break are dropped. A character wider than a whole line becomes `…`; in no cells
/// there are no lines.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrapped(text, width).flatten().collect()
}

/// The first lines of [`wrap`], at most this many; the last one ends in `…` if there is more.
pub fn wrap_lines(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = wrapped(text, width).flatten().take(most.saturating_add(1)).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = truncate(&format!("{last}{ELLIPSIS}{ELLIPSIS}"), (cells(last) + 1).min(width)).into_owned();
        }
    }
    lines
}

/// Where a line being typed breaks, as byte ranges that leave nothing out: spaces at a break stay behind the words before
/// them, however many there are, so that no row begins with one.
pub fn breaks(line: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut at, mut used) = (0, 0, 0);
    for segment in Segments(line) {
        let size = super::width(segment);
        if is_space(segment) {
            (at, used) = (at + segment.len(), used + size);
            continue;
        }
        if used + size > width && start < at {
            rows.push(start..at);
            (start, used) = (at, 0);
        }
        if size <= width {
            (at, used) = (at + segment.len(), used + size);
            continue;
        }
        for grapheme in segment.graphemes(true) {
            let size = super::width(grapheme);
            if used + size > width && start < at {
                rows.push(start..at);
                (start, used) = (at, 0);
            }
            (at, used) = (at + grapheme.len(), used + size);
        }
    }
    rows.push(start..line.len());
    rows
}

fn wrapped(text: &str, width: usize) -> impl Iterator<Item = Vec<String>> {
    // `lines` has none for an empty text, where one empty line is wanted.
    let lines = text.lines().chain(text.is_empty().then_some(""));
    lines.take_while(move |_| width > 0).map(move |line| wrap_line(&visible(line), width))
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let mut page = Page { lines: Vec::new(), current: String::new(), used: 0, width };
    let mut spaces = "";
    for segment in Segments(line) {
        if is_space(segment) {
            spaces = segment;
            continue;
        }
        let (gap, size) = (cells(spaces), cells(segment));
        if page.used + gap + size <= width {
            page.push(spaces, gap);
            page.push(segment, size);
        } else {
            page.feed();
            page.push_long(segment, size);
        }
        spaces = "";
    }
    page.lines.push(page.current);
    page.lines
}

/// Lines being filled.
struct Page {
    lines: Vec<String>,
    current: String,
    used: usize,
    width: usize,
}

impl Page {
    fn push(&mut self, text: &str, size: usize) {
        self.current.push_str(text);
        self.used += size;
    }

    /// Starts a new line unless this one is still empty.
    fn feed(&mut self) {
        if self.used > 0 {
            self.lines.push(std::mem::take(&mut self.current));
            self.used = 0;
        }
    }

    fn push_long(&mut self, segment: &str, size: usize) {
        if size <= self.width {
            return self.push(segment, size);
        }
        for grapheme in segment.graphemes(true) {
            let size = grapheme_cells(grapheme);
            let (grapheme, size) = if size > self.width { (ELLIPSIS, 1) } else { (grapheme, size) };
            if self.used + size > self.width {
                self.feed();
            }
            self.push(grapheme, size);
        }
    }
}

/// The parts of a line between which it may break: runs of spaces, and words with the punctuation around them.
struct Segments<'a>(&'a str);

impl<'a> Iterator for Segments<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = match simple(self.0) {
            0 => ruled(self.0),
            end => end,
        };
        let (segment, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        (!segment.is_empty()).then_some(segment)
    }
}

/// How many bytes of a line come before the first place where it may break.
fn ruled(line: &str) -> usize {
    let mut end = 0;
    // Whether what was taken so far waits for a word, as an opening bracket does.
    let mut opening = true;
    for part in line.split_word_bounds() {
        let word = part.contains(char::is_alphanumeric);
        let space = is_space(part);
        if end > 0 && (space != is_space(&line[..end]) || (word && !opening)) {
            break;
        }
        end += part.len();
        opening = !space && !word && (opening || is_glue(part));
    }
    end
}

/// The same for a word of plain letters and digits with its stops, or a run of spaces in front of one: what most text is
/// made of. 0 where the rules have to be asked.
fn simple(line: &str) -> usize {
    let bytes = line.as_bytes();
    let run = |from: usize, what: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|&b| what(b)).count();
    let spaces = run(0, |b| *b == b' ');
    if spaces > 0 {
        return if bytes.get(spaces).is_some_and(u8::is_ascii_alphanumeric) { spaces } else { 0 };
    }
    let word = run(0, u8::is_ascii_alphanumeric);
    if word == 0 {
        return 0;
    }
    let end = run(word, |b| matches!(b, b'.' | b',' | b':' | b';' | b'?' | b'!'));
    match bytes.get(end..) {
        Some([] | [b' '] | [b' ', b'!'..=b'~', ..]) => end,
        _ => 0,
    }
}

fn is_space(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() && !is_no_break(c))
}

/// Whether a break after this part would part what belongs together.
fn is_glue(part: &str) -> bool {
    part.ends_with(|c| is_no_break(c) || matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '（' | '「' | '⟨'))
}

fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ui::text::{tests::hostile, width};

    #[test]
    fn lines_break_at_spaces_then_between_words_then_anywhere() {
        for (text, width, lines) in [
            ("stolen cookie replayed", 14, vec!["stolen cookie", "replayed"]),
            ("stolen cookie", 13, vec!["stolen cookie"]),
            ("a  b", 4, vec!["a  b"]),
            ("word, (and more).", 6, vec!["word,", "(and", "more)."]),
            ("see iac/kms.tf:12", 12, vec!["see iac/", "kms.tf:12"]),
            ("confidentiality", 6, vec!["confid", "ential", "ity"]),
            ("日本語の文", 5, vec!["日本", "語の", "文"]),
            ("one\n\ntwo\n", 9, vec!["one", "", "two"]),
            ("  - item", 20, vec!["  - item"]),
            ("no\u{a0}break here", 9, vec!["no\u{a0}break", "here"]),
            ("a\u{1b}[0m", 3, vec!["a␛[", "0m"]),
            ("日", 1, vec!["…"]),
            ("", 5, vec![""]),
            ("   ", 5, vec![""]),
            ("gone", 0, vec![]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text:?} in {width}");
        }
    }

    proptest! {
        #[test]
        fn plain_words_are_parted_as_the_rules_part_them(line in "[a-z0-9A-Z .,:;?!'/(_é\u{301}-]{0,12}") {
            let short = simple(&line);
            prop_assert!(short == 0 || short == ruled(&line), "{line:?} {short} {}", ruled(&line));
        }
    }

    #[test]
    fn a_maximum_of_lines_ends_in_an_ellipsis() {
        for (text, width, most, lines) in [
            ("one two three", 5, 2, vec!["one", "two…"]),
            ("one two three", 5, 3, vec!["one", "two", "three"]),
            ("three three", 5, 1, vec!["thre…"]),
            ("one\ntwo", 9, 1, vec!["one…"]),
            ("one", 9, 0, vec![]),
        ] {
            assert_eq!(wrap_lines(text, width, most), lines, "{text:?} {width} {most}");
        }
    }

    fn without_space(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    #[test]
    fn a_typed_line_breaks_so_that_no_row_begins_with_a_space() {
        for (line, width, rows) in [
            ("stolen cookie replayed", 13, vec!["stolen cookie ", "replayed"]),
            ("stolen cookie   x", 13, vec!["stolen cookie   ", "x"]),
            ("confidentiality", 6, vec!["confid", "ential", "ity"]),
            ("  - item", 20, vec!["  - item"]),
            ("a ", 1, vec!["a "]),
            ("", 5, vec![""]),
        ] {
            let broken: Vec<&str> = breaks(line, width).into_iter().map(|row| &line[row]).collect();
            assert_eq!(broken, rows, "{line:?} in {width}");
        }
    }

    proptest! {
        #[test]
        fn a_typed_line_is_all_there(line in hostile(), width in 0_usize..24) {
            let line = line.replace('\n', " ");
            prop_assert_eq!(breaks(&line, width).into_iter().map(|row| &line[row]).collect::<String>(), line);
        }

        #[test]
        fn no_line_is_wider_than_asked(text in hostile(), limit in 0_usize..24, most in 0_usize..5) {
            for line in wrap(&text, limit).iter().chain(&wrap_lines(&text, limit, most)) {
                prop_assert!(width(line) <= limit, "{:?} is wider than {}", line, limit);
            }
            prop_assert!(wrap_lines(&text, limit, most).len() <= most);
        }

        #[test]
        fn nothing_but_space_is_lost(text in hostile(), limit in 1_usize..24) {
            let shown: Vec<String> = text.lines().map(|line| visible(line).into_owned()).collect();
            let fits = shown.iter().all(|line| line.graphemes(true).all(|g| grapheme_cells(g) <= limit));
            if fits {
                prop_assert_eq!(without_space(&wrap(&text, limit).concat()), without_space(&shown.concat()));
            }
        }
    }
}
