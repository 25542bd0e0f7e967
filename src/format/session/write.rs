//! The canonical writer: ron's pretty printing, laid out so that two people rarely touch the same line.
//!
//! Owns the layout: which records stand on one line, and the escapes. Refuses: options; there is one layout.

use ron::ser::PrettyConfig;

use crate::{
    format::strict::{Escaper, dialect},
    session::Session,
};

/// The first line of every session file.
pub const FIRST_LINE: &str = "// strideboard session, format 1. Comments are not kept; use `note`.";

/// Records that stand on one line when they fit: few short fields that one person sets at once.
const SHORT: [&str; 8] = ["Person", "EntryPoint", "Deviation", "Cell", "Dismissal", "Rating", "Acceptance", "Moment"];

/// How many characters a line with a whole record may have.
///
/// Characters, not terminal columns: a table of widths changes with its version, and the bytes must not.
const WIDEST: usize = 110;

/// The bytes of a session: the same for equal sessions, on every platform.
#[expect(clippy::missing_panics_doc, reason = "it cannot, as the comment inside proves")]
pub fn encode(session: &Session) -> String {
    let config = PrettyConfig::new().new_line("\n").indentor("    ").struct_names(true);
    // Writing to a String cannot fail, the records are seven levels deep at most, and all their names are identifiers:
    // those are the only errors ron has for writing.
    let pretty = dialect().to_string_pretty(session, config).expect("a session can always be written");
    let mut out = String::with_capacity(pretty.len() + FIRST_LINE.len() + 2);
    out.push_str(FIRST_LINE);
    out.push('\n');
    lay_out(&pretty, &mut out);
    out
}

/// Copies pretty printed RON with texts escaped our way and short records on one line.
///
/// ron puts every field and element on its own line and escapes line breaks in texts, so lines are all the structure
/// that has to be looked at.
fn lay_out(pretty: &str, out: &mut String) {
    let mut lines = pretty.split('\n');
    while let Some(line) = lines.next() {
        if opens_short_record(line) {
            let start = out.len();
            let mut after = lines.clone();
            if join(line, &mut after, out) && out[start..].chars().count() <= WIDEST {
                out.push('\n');
                lines = after;
                continue;
            }
            out.truncate(start);
        }
        rewrite(line, out);
        out.push('\n');
    }
}

fn opens_short_record(line: &str) -> bool {
    let Some(head) = line.strip_suffix('(') else { return false };
    SHORT.contains(&head.rsplit(' ').next().unwrap_or(head))
}

/// Joins the lines of a record that has been opened, up to its closing line; `false` when it holds another record.
fn join<'a>(open: &str, lines: &mut impl Iterator<Item = &'a str>, out: &mut String) -> bool {
    rewrite(open, out);
    for line in lines {
        let line = line.trim_start_matches(' ');
        if line.starts_with([')', ']']) {
            // The comma and space that ended the last field or element.
            out.truncate(out.trim_end_matches([' ', ',']).len());
        }
        rewrite(line, out);
        if line.starts_with(')') {
            return true;
        }
        if line.ends_with('(') {
            return false;
        }
        if line.ends_with(',') {
            out.push(' ');
        }
    }
    false
}

/// Copies a line, texts in it escaped our way.
pub(in crate::format) fn rewrite(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(quote) = rest.find('"') {
        let (before, text) = rest.split_at(quote + 1);
        out.push_str(before);
        rest = rewrite_text(text, out);
    }
    out.push_str(rest);
}

/// Copies a text up to and with its closing quote; gives back what follows.
fn rewrite_text<'a>(text: &'a str, out: &mut String) -> &'a str {
    let mut escaper = Escaper::default();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                break;
            }
            '\\' => escaper.push(unescape(&mut chars), out),
            c => escaper.push(c, out),
        }
    }
    chars.as_str()
}

/// The character that ron wrote as an escape; the backslash is already read.
fn unescape(chars: &mut std::str::Chars<'_>) -> char {
    match chars.next() {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('0') => '\0',
        Some('u') => {
            let (digits, rest) = chars.as_str().trim_start_matches('{').split_once('}').unwrap_or_default();
            *chars = rest.chars();
            // ron writes the number of a character; anything else cannot stand here.
            u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        Some(c) => c,
        None => '\\',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(pretty: &str) -> String {
        let mut out = String::new();
        lay_out(pretty, &mut out);
        out
    }

    #[test]
    fn short_records_stand_on_one_line_with_their_lists() {
        let pretty = "    Person(\n        id: \"ana\",\n        roles: [\n            Developer,\n            Defender,\n        ],\n    ),\n    current: Rating(\n        impact: 4,\n    ),";
        assert_eq!(
            laid_out(pretty),
            "    Person(id: \"ana\", roles: [Developer, Defender]),\n    current: Rating(impact: 4),\n"
        );
    }

    #[test]
    fn a_comma_at_the_end_of_a_text_stays() {
        assert_eq!(laid_out("Cell(\n    reason: \"a, \",\n),"), "Cell(reason: \"a, \"),\n");
        assert_eq!(laid_out("Cell(\n    reason: \")\",\n),"), "Cell(reason: \")\"),\n");
        assert_eq!(laid_out("Cell(\n    reason: \"Person(\",\n),"), "Cell(reason: \"Person(\"),\n");
    }

    #[test]
    fn a_short_record_that_is_too_wide_stays_on_several_lines() {
        let reason = "x".repeat(WIDEST);
        let pretty = format!("Cell(\n    letter: S,\n    reason: \"{reason}\",\n),\n");
        assert_eq!(laid_out(&pretty).trim_end(), pretty.trim_end());
    }

    #[test]
    fn long_records_and_their_lists_keep_one_line_each() {
        let pretty = "Flow(\n    assets: [\n        \"a\",\n    ],\n),";
        assert_eq!(laid_out(pretty), format!("{pretty}\n"));
    }

    #[test]
    fn texts_are_written_as_people_wrote_them() {
        assert_eq!(
            laid_out(r#"title: "don\'t \u{301}\u{200d} \u{1b}\0 \"x\" \\n","#),
            "title: \"don't \u{301}\u{200d} \\u{1b}\\u{0} \\\"x\\\" \\\\n\",\n"
        );
    }
}
