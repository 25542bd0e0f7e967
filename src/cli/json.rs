//! JSON on standard output.
//!
//! Owns that it is plain ASCII wherever a terminal would obey, hide or reorder a character: such characters can only
//! stand inside strings, where `\uXXXX` means the same.

use std::fmt::Write;

use serde::Serialize;

use super::{Console, Failure, Kind};
use crate::ui::text::visible;

/// Prints a value, indented, with a line break at the end.
pub(super) fn print(console: Console, value: &impl Serialize) -> Result<(), Failure> {
    console.print_raw(&text(value)?)
}

/// The same as a text.
pub(super) fn text(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::new(Kind::Io, format!("the result cannot be written as JSON: {error}")))?;
    Ok(format!("{}\n", escaped(&text)))
}

fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let mut bytes = [0; 4];
        let shown = &*c.encode_utf8(&mut bytes);
        if c == '\n' || c.is_ascii_graphic() || c == ' ' || visible(shown) == shown {
            out.push(c);
        } else {
            // Writing to a string cannot fail.
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_means_the_same() {
        let text = "é日\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{e0041}👩\u{200d}💻 e\u{301}\n\"\\";
        let json = escaped(&serde_json::to_string(text).unwrap());
        assert_eq!(json, "\"é日\\u001b[2J\\u007f\\u009b\\u202e\\udb40\\udc41👩\\u200d💻 e\\u0301\\n\\\"\\\\\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
