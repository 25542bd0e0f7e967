//! What is compared: two files, or sessions in two states of a repository.
//!
//! What is typed can be a revision or a session. One that can be both is refused, as git does it; two that are both
//! files are always files, so that comparing files needs no git.

use std::path::{Path, PathBuf};

use crate::{
    cli::{
        Failure, Kind, source,
        versions::{self, Version, is_session},
    },
    format::beside::{SIGNOFF, decode_signoff},
    review::endorsement::Endorsement,
    runtime::{
        beside::{self, BesideError, named},
        git::{Content, Entry, Repository, Tree},
    },
    session::Table,
};

/// Everything that is compared.
#[derive(Debug)]
pub(super) struct Compared {
    /// The revision before, as it was typed; none for files.
    pub(super) from: Option<String>,
    /// The revision after; none for what lies in the folder.
    pub(super) to: Option<String>,
    pub(super) sessions: Vec<Pair>,
}

/// A session before and after, as far as it is there and can be read.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) before: Option<Result<Version, Failure>>,
    pub(super) after: Option<Result<Version, Failure>>,
    /// What it is called: its present name, or the last one it had.
    pub(super) path: PathBuf,
    /// Whether git says that it had another name before.
    pub(super) renamed: bool,
    /// Who signed for what it says after, or why that cannot be read.
    pub(super) endorsements: Result<Table<Endorsement>, Failure>,
}

/// What a range of revisions means.
struct Range {
    from: String,
    /// The folder when absent.
    to: Option<String>,
    /// Compare with what both have in common, as a pull request does.
    fork: bool,
}

/// Finds what was typed: revisions and sessions, then paths behind `--`.
pub(super) fn find(typed: &[String], paths: &[String]) -> Result<Compared, Failure> {
    if let ([before, after], []) = (typed, paths)
        && range(before).is_none()
        && (is_file(before) || Path::new(before).extension().is_some_and(|extension| extension == "ron"))
    {
        return files(before, after);
    }
    let repository = versions::repository().map_err(|failure| failure.hint("or name two session files"))?;
    let (range, mut wanted) = match typed {
        [] => (head(), Vec::new()),
        [one] => match one_word(&repository, one, paths.is_empty())? {
            Word::Range(range) => (range, Vec::new()),
            Word::Path(path) => (head(), vec![path]),
        },
        [first, second] => {
            match (one_word(&repository, first, false)?, one_word(&repository, second, paths.is_empty())?) {
                (Word::Range(range), Word::Path(path)) => (range, vec![path]),
                (Word::Range(Range { from, to: None, .. }), Word::Range(Range { from: to, to: None, .. })) => {
                    (Range { from, to: Some(to), fork: false }, Vec::new())
                }
                _ => {
                    let failure = Failure::new(Kind::Usage, format!("`{first}` and `{second}` are not two revisions"));
                    return Err(failure.hint("for example `strideboard diff main..HEAD checkout`"));
                }
            }
        }
        _ => return Err(Failure::new(Kind::Usage, "at most two revisions or files are compared")),
    };
    wanted.extend(paths.iter().map(|path| source::find(path).unwrap_or_else(|_| PathBuf::from(path))));
    between(&repository, range, &wanted)
}

fn head() -> Range {
    Range { from: "HEAD".to_owned(), to: None, fork: false }
}

fn is_file(typed: &str) -> bool {
    source::find(typed).is_ok_and(|path| !path.is_dir())
}

fn files(before: &str, after: &str) -> Result<Compared, Failure> {
    let open = |typed: &str| {
        let source = source::find_file(typed).and_then(|path| source::open(&path))?;
        let label = crate::cli::shown(&source.path);
        Ok::<_, Failure>(Version { path: source.path, label, bytes: source.content.bytes, session: source.session })
    };
    let (before, after) = (open(before)?, open(after)?);
    let endorsements = beside::read(&after.path).map(|beside| beside.endorsements).map_err(Failure::from);
    let path = after.path.clone();
    let pair = Pair { path, renamed: false, endorsements, before: Some(Ok(before)), after: Some(Ok(after)) };
    Ok(Compared { from: None, to: None, sessions: vec![pair] })
}

enum Word {
    Range(Range),
    Path(PathBuf),
}

/// `A..B`, `A...B`, a revision alone, or a session.
fn one_word(repository: &Repository, typed: &str, may_be_path: bool) -> Result<Word, Failure> {
    let path = if may_be_path { source::find(typed).ok() } else { None };
    if let Some(range) = range(typed).filter(|_| path.is_none()) {
        return Ok(Word::Range(range));
    }
    match (repository.commit(typed), path) {
        (Ok(_), None) => Ok(Word::Range(Range { from: typed.to_owned(), to: None, fork: false })),
        (Err(_), Some(path)) => Ok(Word::Path(path)),
        (Ok(_), Some(_)) => {
            let failure = Failure::new(Kind::Usage, format!("`{typed}` is a revision and a session"));
            let failure = failure.hint(format!("the revision: `strideboard diff {typed}^0`"));
            Err(failure.hint(format!("the session: `strideboard diff -- {typed}`")))
        }
        (Err(error), None) if may_be_path => {
            let failure = Failure::from(error);
            let message = format!("`{typed}` is neither a revision nor a session here");
            Err(Failure { message, ..failure }.hint("`strideboard list` shows the sessions"))
        }
        (Err(error), None) => Err(error.into()),
    }
}

fn range(typed: &str) -> Option<Range> {
    let at = typed.find("..")?;
    let (from, rest) = (&typed[..at], &typed[at + 2..]);
    let (fork, to) = rest.strip_prefix('.').map_or((false, rest), |to| (true, to));
    let name = |text: &str| if text.is_empty() { "HEAD".to_owned() } else { text.to_owned() };
    (!to.contains("..")).then(|| Range { from: name(from), to: Some(name(to)), fork })
}

/// The sessions that differ between two states of the repository.
fn between(repository: &Repository, range: Range, wanted: &[PathBuf]) -> Result<Compared, Failure> {
    let resolve = |name: &str| if name == "HEAD" { repository.head() } else { repository.commit(name) };
    let mut from = resolve(&range.from)?;
    let to = match &range.to {
        Some(name) => {
            let id = resolve(name)?;
            if range.fork {
                from = repository.merge_base((&range.from, &from), (name, &id))?;
            }
            Tree::Commit(id)
        }
        None => Tree::Work,
    };
    // What both had in common has no name; enough of its id has to do.
    let before = if range.fork { from.as_str()[..12].to_owned() } else { range.from };
    let meant = |entry: &Entry| is_session(&entry.path) || wanted.contains(&repository.from_here(&entry.path));
    let mut sessions = Vec::new();
    for change in repository.changes(&from, &to, wanted)? {
        let [was, is] = [change.before, change.after].map(|entry| entry.filter(&meant));
        let Some(path) = is.as_ref().or(was.as_ref()).map(|entry| repository.from_here(&entry.path)) else { continue };
        let open = |entry: &Entry, revision: Option<&str>| versions::open(repository, entry, revision);
        let endorsements = match is.as_ref() {
            Some(entry) => endorsements(repository, &to, entry),
            None => Ok(Table::default()),
        };
        let pair = Pair {
            endorsements,
            before: was.as_ref().map(|entry| open(entry, Some(&before))),
            after: is.as_ref().map(|entry| open(entry, range.to.as_deref())),
            renamed: was.zip(is).is_some_and(|(was, is)| was.path != is.path),
            path,
        };
        sessions.push(pair);
    }
    sessions.sort_by(|a, b| a.path.cmp(&b.path));
    sessions.dedup_by(|a, b| Path::eq(&a.path, &b.path) && a.after.is_some() == b.after.is_some());
    Ok(Compared { from: Some(before), to: range.to, sessions })
}

/// Who signed for a session, as the state after has it.
fn endorsements(repository: &Repository, to: &Tree, session: &Entry) -> Result<Table<Endorsement>, Failure> {
    let Tree::Commit(commit) = to else {
        return Ok(beside::read(&repository.from_here(&session.path))?.endorsements);
    };
    let path = named(&session.path, SIGNOFF);
    let bytes = match repository.file_at(commit, &path)? {
        Some(entry) => match repository.content(&entry)? {
            Content::Bytes(bytes) => bytes,
            Content::InFolder(_) => Vec::new(),
        },
        None => Vec::new(),
    };
    Ok(decode_signoff(&bytes).map_err(|found| BesideError::Broken(path, found))?)
}
