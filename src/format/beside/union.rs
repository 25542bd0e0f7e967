//! The union of two versions of a file beside a session: what both sides of a merge added to it.
//!
//! Entries are only ever added, so the version that both started from says nothing more: what one side lacks, it had not
//! seen yet. An entry that both have is written once.
//!
//! Refuses: choosing between two entries with one id that say different things.

use super::{COMMENTS, SIGNOFF, decode_comments, decode_signoff, encode_comments, encode_signoff};
use crate::{
    format::strict::Diagnostic,
    session::{Record, Table},
};

/// A file beside a session, by what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Endorsements.
    Signoff,
    /// Comments.
    Comments,
}

/// Why two versions have no union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apart {
    /// One side cannot be read: 0 is ours, 1 is theirs.
    Broken(usize, Vec<Diagnostic>),
    /// The ids of entries that say different things on the two sides.
    Differ(Vec<String>),
}

impl Kept {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Signoff, Self::Comments];

    /// What a file of this name holds; nothing for a session and any other file.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| name.ends_with(kept.suffix()))
    }

    /// How the name of the file ends.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Signoff => SIGNOFF,
            Self::Comments => COMMENTS,
        }
    }

    /// What its entries are called.
    pub fn entries(self) -> &'static str {
        match self {
            Self::Signoff => "endorsements",
            Self::Comments => "comments",
        }
    }

    /// The text of a file with the entries of both sides.
    pub fn union(self, ours: &[u8], theirs: &[u8]) -> Result<String, Apart> {
        match self {
            Self::Signoff => Ok(encode_signoff(&union([ours, theirs].map(decode_signoff))?)),
            Self::Comments => Ok(encode_comments(&union([ours, theirs].map(decode_comments))?)),
        }
    }
}

fn union<T: Record + PartialEq>([ours, theirs]: [Result<Table<T>, Vec<Diagnostic>>; 2]) -> Result<Table<T>, Apart> {
    let ours = ours.map_err(|found| Apart::Broken(0, found))?;
    let theirs = theirs.map_err(|found| Apart::Broken(1, found))?;
    let apart = |one: &&T| ours.get(one.id()).is_some_and(|own| own != *one);
    let differ: Vec<String> = theirs.iter().filter(apart).map(|one| one.id().to_string()).collect();
    if !differ.is_empty() {
        return Err(Apart::Differ(differ));
    }
    Ok(ours.iter().chain(theirs.iter().filter(|one| !ours.contains(one.id()))).cloned().collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        review::comment::{Comment, CommentKind, Said},
        session::Session,
    };

    /// A file with one comment for each name; the number is the random end of its id.
    fn file(said: &[(u32, &str)]) -> String {
        let mut all = Table::default();
        for (end, by) in said {
            let (kind, on) = (CommentKind::Ask, date(2026, 11, 20));
            let said = Said { kind, by: (*by).to_owned(), on, text: "why?".into() };
            let about = "session/scope".parse().unwrap();
            all.insert(Comment::new(&Session::new("Shop"), &Table::default(), said, about, &mut || *end));
        }
        encode_comments(&all)
    }

    fn union(ours: &[(u32, &str)], theirs: &[(u32, &str)]) -> Result<String, Apart> {
        Kept::Comments.union(file(ours).as_bytes(), file(theirs).as_bytes())
    }

    #[test]
    fn what_both_sides_added_is_there_once_whoever_merges() {
        let (ann, ben, cy) = ((3, "Ann"), (4, "Ben"), (5, "Cy"));
        let all = file(&[ann, ben, cy]);
        assert_eq!(union(&[ann, ben], &[ann, cy]).as_ref(), Ok(&all));
        assert_eq!(union(&[ann, cy], &[ben, ann]).as_ref(), Ok(&all));
        assert_eq!(Kept::Comments.union(b"", all.as_bytes()).as_ref(), Ok(&all));
    }

    #[test]
    fn one_id_with_two_meanings_is_for_a_person() {
        assert_eq!(union(&[(3, "Ann")], &[(3, "Ben"), (4, "Cy")]), Err(Apart::Differ(vec!["C1-300".to_owned()])));
        let broken = Kept::Comments.union(b"", b"Comments(");
        assert!(matches!(&broken, Err(Apart::Broken(1, found)) if !found.is_empty()), "{broken:?}");
    }

    #[test]
    fn a_file_is_known_by_its_name() {
        assert_eq!(Kept::of("a/shop.signoff.ron"), Some(Kept::Signoff));
        assert_eq!(Kept::of("shop.comments.ron"), Some(Kept::Comments));
        assert_eq!(Kept::of("shop.tm.ron"), None);
    }
}
