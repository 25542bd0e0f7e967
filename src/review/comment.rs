//! Comments of a review: what was said about a field of a record, answered and settled beside the session.
//!
//! A comment keeps the print of the value it is about, so that it is known to be outdated once the value is another one.
//! Nothing that was said is changed or removed: an answer is one more entry, and settling a thread is one, too. An
//! [ask](CommentKind::Ask) is a comment that wants something done before the reviewer signs.
//!
//! Refuses: where comments are kept (`format::comments`), and doing what they ask for.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    check::{Finding, Severity},
    print::{Print, print_at},
    words,
};
use crate::session::{CommentId, ConflictId, Record, Session, Table, Text, id::Suffixes};

/// What is looked for, with a summary of each.
pub const COMMENTS: [(&str, &str); 3] = [
    ("ask-unsettled", "A reviewer asked for something and it is not settled"),
    ("comment-open", "A comment waits for an answer"),
    ("comment-outdated", "What an open comment is about changed since"),
];

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Its identity.
    pub id: CommentId,
    /// What sort of thing it is.
    #[serde(default, skip_serializing_if = "is_remark")]
    pub kind: CommentKind,
    /// The record and field it is about, named like a conflict there: `T31-k7q/current`. Answers leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<ConflictId>,
    /// The comment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<CommentId>,
    /// Who said it.
    pub by: String,
    /// The day.
    pub on: Date,
    /// What was said; settling needs no words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// What the field said then; nothing when it was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<Print>,
}

/// What sort of comment it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CommentKind {
    /// Something worth saying.
    #[default]
    Remark,
    /// Something to be done before the reviewer signs.
    Ask,
    /// An answer to either.
    Reply,
    /// The thread is settled.
    Resolve,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_remark(kind: &CommentKind) -> bool {
    *kind == CommentKind::Remark
}

impl Record for Comment {
    type Id = CommentId;
    fn id(&self) -> &CommentId {
        &self.id
    }
}

impl Comment {
    /// A comment about a field of the session, or about a whole record.
    pub fn new(
        session: &Session,
        all: &Table<Self>,
        said: Said,
        about: ConflictId,
        suffixes: &mut dyn Suffixes,
    ) -> Self {
        let print = print_at(session, &about);
        Self { about: Some(about), print, ..Self::plain(all, said, suffixes) }
    }

    /// An answer to a comment.
    pub fn answer(all: &Table<Self>, said: Said, to: CommentId, suffixes: &mut dyn Suffixes) -> Self {
        Self { to: Some(to), ..Self::plain(all, said, suffixes) }
    }

    fn plain(all: &Table<Self>, said: Said, suffixes: &mut dyn Suffixes) -> Self {
        let number = all.keys().map(|id| id.number()).max().unwrap_or(0).saturating_add(1);
        let mut id = CommentId::new(number, suffixes.next());
        while all.contains(&id) {
            id = CommentId::new(number, suffixes.next());
        }
        let Said { kind, by, on, text } = said;
        Self { id, kind, about: None, to: None, by: by.trim().to_owned(), on, text, print: None }
    }

    /// What keeps it from being a comment among the others; none for a good one.
    pub fn fault(&self, all: &Table<Self>) -> Option<&'static str> {
        let wordless = self.kind != CommentKind::Resolve && self.text.as_str().trim().is_empty();
        match (self.kind, &self.about, self.to.map(|to| all.get(&to))) {
            _ if wordless => Some("the comment says nothing"),
            (CommentKind::Remark | CommentKind::Ask, Some(_), None) => None,
            (CommentKind::Remark | CommentKind::Ask, ..) => Some("a remark or ask needs `about`, and no `to`"),
            (_, Some(_), _) => Some("an answer needs `to`, and no `about`"),
            (_, None, Some(Some(first))) if first.to.is_none() => None,
            (_, None, Some(Some(_))) => Some("an answer is to the first comment of a thread"),
            (_, None, _) => Some("the comment it answers is not there"),
        }
    }
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What sort of thing.
    pub kind: CommentKind,
    /// Who.
    pub by: String,
    /// The day.
    pub on: Date,
    /// The words.
    pub text: Text,
}

/// A comment with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread<'a> {
    /// What began it.
    pub first: &'a Comment,
    /// What it is called: `C1`, or its whole id where two branches both made one.
    pub called: String,
    /// What it is about.
    pub about: &'a ConflictId,
    /// What was answered, oldest first.
    pub answers: Vec<&'a Comment>,
    /// Whether it is settled.
    pub resolved: bool,
    /// Whether the field says something else than then.
    pub outdated: bool,
}

impl Thread<'_> {
    /// Whether something has to be done before the reviewer signs.
    pub fn asks(&self) -> bool {
        self.first.kind == CommentKind::Ask && !self.resolved
    }

    /// `Ann Lee asks about T1 "stolen cookie", current rating: why so low?`
    pub fn words(&self, session: &Session) -> String {
        let verb = if self.first.kind == CommentKind::Ask { "asks about" } else { "on" };
        let about = words::subject(session, self.about);
        format!("{} {verb} {about}: {}", self.first.by.trim(), words::quoted(self.first.text.as_str()))
    }
}

/// The threads of a session's comments: what is open before what is settled, asks before remarks, older ones first.
pub fn threads<'a>(session: &Session, all: &'a Table<Comment>) -> Vec<Thread<'a>> {
    let mut found: Vec<Thread<'a>> = all
        .iter()
        .filter_map(|first| {
            let about = first.about.as_ref()?;
            let mut answers: Vec<&Comment> = all.iter().filter(|other| other.to == Some(first.id)).collect();
            answers.sort_by_key(|answer| (answer.on, answer.id.number(), answer.id));
            let resolved = answers.last().is_some_and(|last| last.kind == CommentKind::Resolve);
            let outdated = print_at(session, about) != first.print;
            let alone = all.keys().filter(|other| other.number() == first.id.number()).count() < 2;
            let called = if alone { first.id.short() } else { first.id.to_string() };
            Some(Thread { first, called, about, answers, resolved, outdated })
        })
        .collect();
    found.sort_by_key(|thread| (thread.resolved, !thread.asks(), thread.first.on, thread.first.id.number()));
    found
}

/// What the comments of a session say to whoever checks it.
pub fn findings(session: &Session, all: &Table<Comment>) -> Vec<Finding> {
    let open = threads(session, all).into_iter().filter(|thread| !thread.resolved);
    let found = open.map(|thread| {
        let id = match (thread.asks(), thread.outdated) {
            (true, _) => COMMENTS[0].0,
            (false, false) => COMMENTS[1].0,
            (false, true) => COMMENTS[2].0,
        };
        let severity = if thread.asks() { Severity::Warning } else { Severity::Hint };
        let moved = if thread.outdated { "; it says something else now" } else { "" };
        Finding {
            id,
            severity,
            entry: thread.about.record.clone(),
            letter: thread.about.cell().map(|(_, letter)| letter),
            message: format!("{} {}{moved}", thread.called, thread.words(session)),
            hint: Some("answer it, or settle it once it is done".to_owned()),
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        method::fixture::{closed, login, put, rated},
        session::Letter,
    };

    fn said(kind: CommentKind, text: &str) -> Said {
        Said { kind, by: "Ann Lee".into(), on: date(2026, 11, 20), text: text.into() }
    }

    fn sample() -> (Session, Table<Comment>) {
        let mut session = closed();
        put(&mut session, &login(), rated("T1-000", Letter::S, 4, 4));
        let mut all = Table::default();
        let about = "T1-000/current".parse().unwrap();
        all.insert(Comment::new(&session, &all, said(CommentKind::Ask, "why so high?"), about, &mut || 1));
        (session, all)
    }

    #[test]
    fn a_comment_is_outdated_once_its_field_says_something_else_and_only_then() {
        let (mut session, all) = sample();
        let mut threat = rated("T1-000", Letter::S, 4, 4);
        threat.statement = "another".into();
        put(&mut session, &login(), threat);
        assert!(!threads(&session, &all)[0].outdated);
        put(&mut session, &login(), rated("T1-000", Letter::S, 2, 2));
        assert!(threads(&session, &all)[0].outdated);
        assert_eq!(
            findings(&session, &all)[0].message,
            "C1 Ann Lee asks about T1 \"stolen cookie replayed\", current rating: \"why so high?\"; it says something else now"
        );
    }

    #[test]
    fn a_thread_is_settled_by_its_last_answer() {
        let (session, mut all) = sample();
        let first = *all.keys().next().unwrap();
        for (kind, text, open) in
            [(CommentKind::Resolve, "", 0), (CommentKind::Reply, "no, it is not", 1), (CommentKind::Resolve, "now", 0)]
        {
            let mut tail = all.len() as u32;
            let answer = Comment::answer(&all, said(kind, text), first, &mut || {
                tail += 1;
                tail
            });
            assert_eq!(answer.fault(&all), None);
            all.insert(answer);
            assert_eq!(findings(&session, &all).len(), open);
        }
        assert_eq!(threads(&session, &all)[0].answers.len(), 3);
    }

    #[test]
    fn what_is_no_comment_says_why() {
        let (_, all) = sample();
        let good = all.iter().next().unwrap().clone();
        assert_eq!(good.fault(&all), None);
        for (bad, why) in [
            (Comment { text: " ".into(), ..good.clone() }, "says nothing"),
            (Comment { about: None, ..good.clone() }, "needs `about`"),
            (Comment { kind: CommentKind::Reply, ..good.clone() }, "needs `to`"),
            (
                Comment { kind: CommentKind::Reply, about: None, to: "C9-000".parse().ok(), ..good.clone() },
                "is not there",
            ),
        ] {
            assert!(bad.fault(&all).unwrap().contains(why), "{bad:?}");
        }
    }
}
