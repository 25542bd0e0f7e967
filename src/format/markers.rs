//! A session with conflicts as a text with the conflict markers everybody knows.
//!
//! For people and tools that settle conflicts in an editor. Both ways to settle everything are written down as sessions;
//! where they differ, the lines stand between markers. What is agreed is merged field by field all the same.
//!
//! Refuses: a text that would lose a conflict. Where a side cannot be written as a session, there is no such text.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::session::encode;
use crate::{
    review::merge::{Choice, Names, settle},
    session::{ConflictId, Session},
};

/// The text; `None` when the conflicts cannot be told by lines alone.
pub fn marked(session: &Session, names: Names<'_>, size: usize) -> Option<String> {
    let [ours, theirs] = [settled(session, Choice::Ours)?, settled(session, Choice::Theirs)?];
    let [a, b] = [&ours, &theirs].map(|text| text.lines().collect::<Vec<_>>());
    let mut out = String::with_capacity(ours.len() + theirs.len() / 8);
    let marker = |out: &mut String, sign: &str, name: &str| {
        out.push_str(&sign.repeat(size));
        let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        out.push_str(if name.is_empty() { "" } else { " " });
        out.push_str(&name);
        out.push('\n');
    };
    let lines = |out: &mut String, lines: &[&str]| {
        for line in lines {
            out.push_str(line);
            out.push('\n');
        }
    };
    let mut hunks = 0;
    for op in capture_diff_slices(Algorithm::Patience, &a, &b) {
        if op.tag() == DiffTag::Equal {
            lines(&mut out, &a[op.old_range()]);
            continue;
        }
        hunks += 1;
        marker(&mut out, "<", names.ours);
        lines(&mut out, &a[op.old_range()]);
        marker(&mut out, "=", "");
        lines(&mut out, &b[op.new_range()]);
        marker(&mut out, ">", names.theirs);
    }
    (hunks > 0).then_some(out)
}

/// The session with every conflict settled for one side.
fn settled(session: &Session, choice: Choice) -> Option<String> {
    let mut now = session.clone();
    let ids: Vec<ConflictId> = session.conflicts.keys().cloned().collect();
    for id in ids {
        // One that went with its record is settled.
        if now.conflicts.contains(&id) {
            now = now.apply(&settle(&now, &id, choice).ok()?).ok()?;
        }
    }
    Some(encode(&now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{review::merge::merge, session::Session};

    fn titled(title: &str, owner: &str) -> Session {
        let mut header = Session::new(title).header();
        owner.clone_into(&mut header.owner);
        let mut session = Session::new(title);
        session.set_header(&header);
        session
    }

    #[test]
    fn only_what_is_undecided_stands_between_markers() {
        let (base, ours, theirs) = (titled("Shop", ""), titled("Store", ""), titled("Market", "ana"));
        let names = Names { ours: "HEAD", theirs: "a\nb" };
        let merged = merge(Some(&base), &ours, &theirs, names).session;
        let text = marked(&merged, names, 7).unwrap();
        let (_, body) = text.split_once('\n').unwrap();
        assert_eq!(
            body,
            "Session(\n    format: 1,\n<<<<<<< HEAD\n    title: \"Store\",\n=======\n    title: \"Market\",\n\
             >>>>>>> a b\n    owner: \"ana\",\n)\n"
        );
        assert_eq!(marked(&ours, names, 7), None);
    }
}
