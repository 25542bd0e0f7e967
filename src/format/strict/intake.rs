//! From bytes to text: what must hold before the text is worth parsing.
//!
//! Owns size, encoding, line ends and merge conflicts. Refuses: knowing RON beyond where a text starts and ends.

use std::borrow::Cow;

use super::{
    MOST_DIAGNOSTICS, Sort,
    position::{Diagnostic, Lines, Position},
    scan::{Token, Tokens},
};
use crate::session::limits;

/// The text of a file without byte-order mark, its lines ended by `\n`, free of merge conflicts.
pub(in crate::format) fn text<'a>(bytes: &'a [u8], sort: &Sort) -> Result<Cow<'a, str>, Vec<Diagnostic>> {
    let start = Position { line: 1, column: 1 };
    if bytes.len() > limits::FILE {
        let message = format!("the file is larger than {} MiB, the most {} can have", limits::FILE >> 20, sort.called);
        return Err(vec![Diagnostic::new(start, message).hint(sort.divide)]);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| vec![not_utf8(bytes, error.valid_up_to())])?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(vec![Diagnostic::new(start, "the file is empty").hint(sort.start())]);
    }
    // git may have checked the file out with CRLF; a text that spans lines must not get carriage returns from that.
    let text = if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    let conflicts = conflicts(&text, sort);
    if conflicts.is_empty() { Ok(text) } else { Err(conflicts) }
}

fn not_utf8(bytes: &[u8], offset: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(&bytes[..offset]);
    let at = Lines::new(&before).position(&before, before.len());
    let diagnostic = Diagnostic::new(at, format!("the file is not UTF-8 text: byte {offset} cannot be read"));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return diagnostic.hint("it looks like UTF-16; save it as UTF-8");
    }
    diagnostic.hint("save the file as UTF-8")
}

/// A line that git writes into a file when it could not merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    Ours,
    Base,
    Middle,
    Theirs,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let line = line.trim_end_matches('\r');
        let kinds =
            [("<<<<<<<", Self::Ours), ("|||||||", Self::Base), ("=======", Self::Middle), (">>>>>>>", Self::Theirs)];
        let (rest, kind) = kinds.into_iter().find_map(|(marker, kind)| Some((line.strip_prefix(marker)?, kind)))?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(kind)
    }
}

/// What to do about a conflict: sessions and what lies beside them can be merged again. Of entries that were signed or
/// said, half of one beside half of another would be nobody's, so nothing is advised there that is done by hand.
fn remedy(sort: &Sort) -> &'static str {
    match sort.opens {
        "Session(" => {
            "`strideboard merge --unmerged SESSION` merges it field by field; or keep one side or both and delete the \
             lines with `<<<<<<<`, `=======` and `>>>>>>>`"
        }
        "Signoff(" | "Comments(" => {
            "`strideboard merge --unmerged SESSION` takes the entries of both sides, while git still holds them"
        }
        _ => "keep one side or both and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
    }
}

/// One diagnostic for each conflict, and one for each marker that was left over from one.
fn conflicts(text: &str, sort: &Sort) -> Vec<Diagnostic> {
    let mut offset = 0;
    let mut markers: Vec<(usize, usize, Marker)> = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with(['<', '=', '>', '|'])
            && let Some(marker) = Marker::of(line.trim_end_matches('\n'))
        {
            markers.push((number + 1, offset, marker));
        }
        offset += line.len();
    }
    if !markers.iter().any(|(.., marker)| matches!(marker, Marker::Ours | Marker::Theirs)) && !markers.is_empty() {
        // `=======` alone also underlines headings in texts that span lines.
        let texts: Vec<_> =
            Tokens::new(text).filter(|(token, _)| *token == Token::Text).map(|(_, span)| span).collect();
        markers.retain(|(_, offset, _)| {
            let next = texts.partition_point(|span| span.end <= *offset);
            !texts.get(next).is_some_and(|span| span.contains(offset))
        });
    }
    let mut found = Vec::new();
    let mut rest = markers.as_slice();
    while let [(line, _, marker), after @ ..] = rest {
        let at = Position { line: *line, column: 1 };
        // The markers of one conflict stand in order; anything else is left over.
        let end = after.iter().position(|(.., next)| matches!(next, Marker::Theirs | Marker::Ours));
        if let (Marker::Ours, Some((end, (last, _, Marker::Theirs)))) = (marker, end.map(|end| (end, &after[end]))) {
            let message = format!("unresolved merge conflict from line {line} to line {last}");
            found.push(Diagnostic::new(at, message).hint(remedy(sort)));
            rest = &after[end + 1..];
        } else {
            let hint = "delete this line once both sides are as they should be";
            found.push(Diagnostic::new(at, "a marker of a merge conflict was left over").hint(hint));
            rest = after;
        }
        if found.len() == MOST_DIAGNOSTICS {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::session::SORT;

    fn told(bytes: &[u8]) -> Vec<String> {
        text(bytes, &SORT).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_byte_order_mark_and_carriage_returns_are_taken_off() {
        assert_eq!(text("\u{feff}a\r\nb\r\n".as_bytes(), &SORT).unwrap(), "a\nb\n");
        assert!(matches!(text(b"a\nb", &SORT).unwrap(), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_no_text_is_said_with_its_place() {
        assert_eq!(told("ok\né".as_bytes()), [""; 0]);
        assert_eq!(told(b"ok\n \xc3\xa9\xff"), ["2:3: the file is not UTF-8 text: byte 6 cannot be read"]);
        assert_eq!(told(b" \n"), ["1:1: the file is empty"]);
        assert_eq!(
            text(b"\xff\xfeS\0", &SORT).unwrap_err()[0].hint.as_deref(),
            Some("it looks like UTF-16; save it as UTF-8")
        );
        let large = vec![b' '; limits::FILE + 1];
        assert_eq!(told(&large), ["1:1: the file is larger than 16 MiB, the most a session can have"]);
    }

    #[test]
    fn each_merge_conflict_is_named_with_its_lines() {
        let file = "S(\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\nc\n<<<<<<< HEAD\na\n||||||| 123\no\n=======\nb\n>>>>>>> topic\n";
        assert_eq!(
            told(file.as_bytes()),
            [
                "2:1: unresolved merge conflict from line 2 to line 6",
                "8:1: unresolved merge conflict from line 8 to line 14",
            ]
        );
        assert_eq!(told(file.replace('\n', "\r\n").as_bytes()).len(), 2);
    }

    #[test]
    fn a_marker_left_over_is_pointed_at() {
        assert_eq!(told(b"a\n=======\nb\n"), ["2:1: a marker of a merge conflict was left over"]);
        assert_eq!(told(b"a\n>>>>>>> topic\nb\n"), ["2:1: a marker of a merge conflict was left over"]);
    }

    #[test]
    fn a_heading_underlined_in_a_text_is_no_conflict() {
        assert_eq!(told(b"S(note: \"\nSummary\n=======\n\")"), [""; 0]);
        assert_eq!(told(b"  <<<<<<< indented\n========\n<<<<<<<<\n"), [""; 0]);
    }
}
