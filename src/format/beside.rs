//! What review leaves beside a session: `checkout.signoff.ron` and `checkout.comments.ron` beside `checkout.tm.ron`.
//!
//! ```ron
//! // strideboard endorsements, format 1. Only ever added to.
//! Signoff(
//!     format: 1,
//!     endorsements: [
//!         Endorsement(
//!             id: "E1-h4n",
//!             by: "Ann Lee",
//!             role: "AppSec",
//!             on: "2026-11-20",
//!             decision: Endorsed,
//!             projection: 1,
//!             records: [
//!                 "session 3f0a…",
//!                 "T31-k7q 9f0c…",
//!             ],
//!         ),
//!     ],
//! )
//! ```
//!
//! Files of their own, so that signing changes nothing of what is signed, and a code-owners rule can ask for reviewers
//! there. Entries stand in the order of the random end of their id, so that what two people add in parallel rarely
//! meets in a line; where it does, the [union](Kept::union) of both is what they meant. Reading is as strict as for sessions, because a lost entry is a lost signature.
//!
//! Refuses: what entries mean (`review::endorsement`, `review::comment`), and touching an entry that is there.

mod union;

use serde::{Deserialize, Serialize};

pub use union::{Apart, Kept};

use super::{
    session::rewrite,
    strict::{self, Diagnostic, Position, Sort, dialect},
};
use crate::{
    review::{comment::Comment, endorsement::Endorsement, print::PROJECTION},
    session::Table,
};

/// How the name of the file of endorsements ends, in the place of `.tm.ron`.
pub const SIGNOFF: &str = ".signoff.ron";
/// How the name of the file of comments ends.
pub const COMMENTS: &str = ".comments.ron";

/// The newest format of both.
const FORMAT: u32 = 1;

const SIGNOFF_SORT: Sort = Sort {
    file: "a file of endorsements",
    called: "a file of endorsements",
    opens: "Signoff(",
    format: FORMAT,
    divide: "begin a new one; git has the old one",
};

const COMMENTS_SORT: Sort = Sort {
    file: "a file of comments",
    called: "a file of comments",
    opens: "Comments(",
    format: FORMAT,
    divide: "begin a new one; git has the old one",
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Signoff")]
struct SignoffFile {
    format: u32,
    endorsements: Table<Endorsement>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Comments")]
struct CommentsFile {
    format: u32,
    comments: Table<Comment>,
}

/// Everything a review left beside a session.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// Who signed.
    pub endorsements: Table<Endorsement>,
    /// What was said.
    pub comments: Table<Comment>,
}

/// Reads a file of endorsements; no bytes are none.
pub fn decode_signoff(bytes: &[u8]) -> Result<Table<Endorsement>, Vec<Diagnostic>> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Table::default());
    }
    let text = strict::text(bytes, &SIGNOFF_SORT)?;
    let file = strict::parse(&text, |file: &SignoffFile, text| {
        let newer = file.endorsements.iter().filter(|one| one.projection != PROJECTION).map(|one| {
            let message = format!("{} is of a newer strideboard, or damaged: its prints cannot be compared", one.id);
            Diagnostic::new(position(text, &one.id.to_string()), message)
        });
        unknown_format(file.format).into_iter().chain(newer).collect()
    })?;
    Ok(file.endorsements)
}

/// Reads a file of comments; no bytes are none.
pub fn decode_comments(bytes: &[u8]) -> Result<Table<Comment>, Vec<Diagnostic>> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Table::default());
    }
    let text = strict::text(bytes, &COMMENTS_SORT)?;
    let file = strict::parse(&text, |file: &CommentsFile, text| {
        let faults = file.comments.iter().filter_map(|one| Some((one.id, one.fault(&file.comments)?)));
        let faults = faults.map(|(id, why)| Diagnostic::new(position(text, &id.to_string()), format!("{id}: {why}")));
        unknown_format(file.format).into_iter().chain(faults).collect()
    })?;
    Ok(file.comments)
}

fn unknown_format(format: u32) -> Option<Diagnostic> {
    let message = || format!("format {format} is not known; this strideboard reads {FORMAT}");
    (format != FORMAT).then(|| Diagnostic::new(Position { line: 1, column: 1 }, message()))
}

/// Where an id stands; the start of the file when it is written in some other way.
fn position(text: &str, id: &str) -> Position {
    let quoted = format!("id: \"{id}\"");
    let line = text.lines().position(|line| line.contains(&quoted)).map_or(1, |n| n + 1);
    Position { line, column: 1 }
}

/// The bytes of a file of endorsements.
pub fn encode_signoff(endorsements: &Table<Endorsement>) -> String {
    let file = SignoffFile { format: FORMAT, endorsements: endorsements.clone() };
    pretty("// strideboard endorsements, format 1. Only ever added to.", &file)
}

/// The bytes of a file of comments.
pub fn encode_comments(comments: &Table<Comment>) -> String {
    let file = CommentsFile { format: FORMAT, comments: comments.clone() };
    pretty("// strideboard comments, format 1. Only ever added to.", &file)
}

fn pretty<T: Serialize>(first_line: &str, file: &T) -> String {
    let config = ron::ser::PrettyConfig::new().new_line("\n").indentor("    ").struct_names(true);
    // Writing to a String cannot fail, the files are four levels deep, and all names in them are identifiers: those are
    // the only errors ron has for writing.
    let pretty = dialect().to_string_pretty(file, config).expect("a file can always be written");
    let mut out = format!("{first_line}\n");
    for line in pretty.lines() {
        rewrite(line, &mut out);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        method::fixture::closed,
        review::{
            comment::{CommentKind, Said},
            endorsement::{Decision, Look, Signature},
        },
    };

    fn signed() -> Table<Endorsement> {
        let (session, none) = (closed(), Table::default());
        let look = Look::of(&session, &none, "Ann");
        let shown = look.shown();
        let signature = Signature {
            by: "Ann \u{1b}[31mLee".into(),
            role: String::new(),
            on: date(2026, 11, 20),
            decision: Decision::WithConditions,
            conditions: vec!["rate T1".into()],
        };
        [look.sign(&session, &none, shown, signature, &mut || 9).unwrap()].into_iter().collect()
    }

    fn said() -> Table<Comment> {
        let text = "first\nsecond".into();
        let said = Said { kind: CommentKind::Ask, by: "Ann".into(), on: date(2026, 11, 20), text };
        let about = "session/scope".parse().unwrap();
        [Comment::new(&closed(), &Table::default(), said, about, &mut || 9)].into_iter().collect()
    }

    #[test]
    fn what_is_written_is_read_again_and_written_the_same() {
        let (signed, said) = (signed(), said());
        let text = encode_signoff(&signed);
        assert_eq!(decode_signoff(text.as_bytes()).unwrap(), signed);
        assert!(!text.contains('\u{1b}'), "{text}");
        let text = encode_comments(&said);
        assert_eq!(decode_comments(text.as_bytes()).unwrap(), said);
        assert_eq!(encode_comments(&decode_comments(text.as_bytes()).unwrap()), text);
        assert!(decode_signoff(b" \n").unwrap().is_empty() && decode_comments(b"").unwrap().is_empty());
    }

    #[test]
    fn a_file_is_read_strictly_and_says_where_it_is_wrong() {
        let good = encode_signoff(&signed());
        for (from, to, expected) in [
            ("by: \"Ann", "bye: \"Ann", "7:"),
            ("2026-11-20", "soon", "8:"),
            ("decision: WithConditions", "decision: Fine", "9:"),
            ("projection: 1", "projection: 2", "6:1: E1-900 is of a newer"),
            ("session ", "sessio ", "1"),
            ("format: 1", "format: 2", ""),
        ] {
            let broken = good.replacen(from, to, 1);
            let error = decode_signoff(broken.as_bytes()).unwrap_err()[0].to_string();
            assert!(error.starts_with(expected), "{from}: {error}\n{broken}");
        }
        let good = encode_comments(&said());
        for (from, to, expected) in
            [("about: \"session/scope\",", "", "6:1: C1-900: a remark or ask needs"), ("kind: Ask", "kind: No", "7:")]
        {
            let error = decode_comments(good.replacen(from, to, 1).as_bytes()).unwrap_err()[0].to_string();
            assert!(error.starts_with(expected), "{from}: {error}");
        }
    }
}
