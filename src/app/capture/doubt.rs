//! Words that became a threat and were perhaps meant to draw, and roles that nobody knows.
//!
//! Owns what is said then: how such a line is written. An arrow, a keyword in front or `F3 via` is what makes it
//! doubtful; a line that names its letter or begins with a backslash is a threat beyond doubt.

use super::{model, quote};

/// How to lead a flow through a component.
pub(super) const VIA: &str = "`F3 via NAME @ZONE` leads the flow through a component";

/// The words that say what somebody brings.
pub(super) const ROLES: &str = "roles: business, developer, adversary, defender, appsec, moderator, note-taker, owner";

/// What a second enter does with a doubtful line, and how it is written instead.
pub fn again(doubt: &str) -> String {
    let does = if doubt == ROLES { "leaves the unknown role out" } else { "files a threat" };
    format!("enter again {does}; {doubt}")
}

/// How to write what was perhaps meant.
pub(super) fn doubt(text: &str) -> Option<&'static str> {
    let keyword = text.split_once(' ').map_or("", |(keyword, _)| keyword);
    match keyword.to_ascii_lowercase().as_str() {
        "zone" => Some("`zone NAME < PARENT` records a zone"),
        "asset" => Some("`asset NAME: confidential` records an asset"),
        "person" => Some("`person NAME: developer` records a person"),
        "entry" => Some("`entry COMPONENT: NAME` needs one that is drawn"),
        _ => {
            let words = quote::words(text);
            let at = words.iter().position(|word| model::is_arrow(word))?;
            let has_ends = at > 0 && at + 1 < words.len();
            Some(if has_ends {
                "ends of three words or in \"quotes\" draw a flow"
            } else {
                "a flow needs a name at both ends of the arrow"
            })
        }
    }
}
