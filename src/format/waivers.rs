//! The waivers beside a session: `checkout.waivers.ron` beside `checkout.tm.ron`.
//!
//! ```ron
//! Waivers(
//!     format: 1,
//!     waivers: [
//!         Waiver(
//!             finding: "mitigation-evidence",
//!             record: "M7-aa3",
//!             reason: "the test runs from April on",
//!             owner: "ana",
//!             until: "2026-04-30",
//!         ),
//!     ],
//! )
//! ```
//!
//! A file of its own, so that whoever owns risk can own it in the forge, and so that waiving changes nothing of what is
//! reviewed. Refuses: what a waiver covers (`review::waiver`), and anything it does not know.

use serde::Deserialize;

use super::session::{Diagnostic, Position, sentence};
use crate::{review::waiver::Waiver, session::limits};

/// How the name of the file ends, in the place of `.tm.ron`.
pub const SUFFIX: &str = ".waivers.ron";

/// The newest format.
const FORMAT: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Waivers")]
struct File {
    format: u32,
    waivers: Vec<Waiver>,
}

/// Reads a file of waivers, each with the line it begins in.
pub fn decode(bytes: &[u8]) -> Result<Vec<(Waiver, usize)>, Diagnostic> {
    let start = Position { line: 1, column: 1 };
    if bytes.len() > limits::SETTINGS {
        return Err(Diagnostic::new(start, format!("the file is larger than {} MiB", limits::SETTINGS >> 20)));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Diagnostic::new(start, "the file is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: File = super::strict::dialect().from_str(text).map_err(|error| {
        let at = Position { line: error.span.start.line, column: error.span.start.col };
        Diagnostic::new(at, sentence(&error.code))
    })?;
    if file.format != FORMAT {
        return Err(Diagnostic::new(
            start,
            format!("format {} is not known; this strideboard reads {FORMAT}", file.format),
        ));
    }
    // A waiver begins where its first field names a check; without such a line of its own, the file does.
    let mut lines = text.lines().enumerate().filter(|(_, line)| line.contains("finding:")).map(|(n, _)| n + 1);
    Ok(file.waivers.into_iter().map(|waiver| (waiver, lines.next().unwrap_or(1))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_strictly_and_says_where_it_is_wrong() {
        let good = "Waivers(\n    format: 1,\n    waivers: [\n        Waiver(finding: \"a\", reason: \"b\", owner: \"c\", until: \"2026-04-30\"),\n    ],\n)";
        let read = decode(good.as_bytes()).unwrap();
        assert_eq!((read.len(), read[0].1, read[0].0.owner.as_str()), (1, 4, "c"));
        for (from, to, expected) in [
            ("owner: \"c\", ", "", "4:"),
            ("2026-04-30", "soon", "4:"),
            ("format: 1", "format: 2", "1:1: format 2 is not known"),
            ("owner", "ower", "4:"),
        ] {
            let error = decode(good.replace(from, to).as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
