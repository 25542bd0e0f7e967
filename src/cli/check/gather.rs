//! Which sessions are checked, where they come from, and what each was before.
//!
//! Nothing here passes by accident: a name without a session, a revision that is not there, a session that cannot be read
//! and a folder without sessions are failures, not findings.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    cli::{
        Failure, Kind, shown, source,
        versions::{self, is_session},
    },
    format::{
        beside::{Beside, COMMENTS, SIGNOFF, decode_comments, decode_signoff},
        session::decode,
        waivers::{self, SUFFIX},
    },
    review::waiver::Waiver,
    runtime::{
        beside::{self, BesideError, named},
        git::{Content, Entry, Kind as Sort, ObjectId, Repository, Tree},
        store::{self, StoreError},
    },
    session::Session,
};

/// Where the sessions come from.
#[derive(Debug, Clone, Copy)]
pub(super) enum From<'a> {
    Folder,
    Staged,
    Revision(&'a str),
}

/// A session to be checked.
#[derive(Debug)]
pub(super) struct Input {
    /// What reports call it.
    pub(super) path: String,
    /// Where it lies, or would lie, whatever it is called.
    pub(super) place: PathBuf,
    pub(super) read: Result<(Vec<u8>, Session), Failure>,
    pub(super) waivers: Waivers,
    /// What reviewers left beside it.
    pub(super) beside: Beside,
    pub(super) before: Before,
}

/// What was found beside the session.
#[derive(Debug, Default)]
pub(super) struct Waivers {
    pub(super) path: String,
    pub(super) waivers: Vec<(Waiver, usize)>,
}

/// The session it is compared with.
#[derive(Debug)]
pub(super) enum Before {
    /// Nothing is compared, or nothing changed, or there was none.
    Nothing,
    Session(Box<Session>),
    /// It could not be read then.
    Unreadable,
}

/// Everything to be checked.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) inputs: Vec<Input>,
    /// Sessions of the base that are not there any more.
    pub(super) removed: Vec<String>,
    /// What could not be looked at.
    pub(super) failures: Vec<Failure>,
}

pub(super) fn gather(typed: &[String], from: From<'_>, base: Option<&str>) -> Result<Gathered, Failure> {
    let mut gathered = match from {
        From::Folder => folder(typed),
        From::Staged | From::Revision(_) => in_git(typed, from)?,
    };
    if let Some(base) = base {
        compare(&mut gathered, typed, from, base)?;
    }
    Ok(gathered)
}

fn folder(typed: &[String]) -> Gathered {
    let (paths, failures) = source::find_all(typed);
    let input = |path: PathBuf| {
        let read = source::open(&path).map(|source| (source.content.bytes, source.session));
        let waivers_at = beside::place(&path, SUFFIX);
        let waivers = match store::read(&waivers_at) {
            Ok(content) => read_waivers(&named(&path, SUFFIX), &content.bytes),
            Err(StoreError::NotFound { .. }) => Ok(Waivers::default()),
            Err(error) => Err(error.into()),
        };
        let place = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        let around = waivers.and_then(|waivers| Ok((waivers, beside::read(&path)?)));
        joined(shown(&path), place, read, around)
    };
    Gathered { inputs: paths.into_iter().map(input).collect(), removed: Vec::new(), failures }
}

fn read_waivers(path: &Path, bytes: &[u8]) -> Result<Waivers, Failure> {
    match waivers::decode(bytes) {
        Ok(waivers) => Ok(Waivers { path: shown(path), waivers }),
        Err(found) => {
            let mut failure = Failure::broken(path, &[found]);
            failure.message = format!("{} cannot be read as waivers; see the problem above", shown(path));
            Err(failure)
        }
    }
}

/// What stands beside a session and cannot be read keeps it from being judged.
fn joined(
    path: String,
    place: PathBuf,
    read: Result<(Vec<u8>, Session), Failure>,
    around: Result<(Waivers, Beside), Failure>,
) -> Input {
    let (read, (waivers, beside)) = match around {
        Ok(around) => (read, around),
        Err(failure) => (read.and(Err(failure)), Default::default()),
    };
    Input { path, place, read, waivers, beside, before: Before::Nothing }
}

/// The sessions as they are staged, or as a revision has them.
fn in_git(typed: &[String], from: From<'_>) -> Result<Gathered, Failure> {
    let repository = versions::repository()?;
    let tree = tree(&repository, from)?;
    let entries = repository.files(&tree)?;
    let changed: Option<Vec<PathBuf>> = match from {
        // Only what a commit would change: what was there before is not what it brings.
        From::Staged => {
            let changes = repository.changes(&repository.head()?, &tree, &[])?;
            Some(changes.into_iter().filter_map(|change| Some(change.after?.path)).collect())
        }
        _ => None,
    };
    let (top, wanted) = (top(&repository), Wanted::new(typed));
    let meant = |entry: &&Entry| {
        is_session(&entry.path)
            && changed.as_ref().is_none_or(|changed| changed.contains(&entry.path))
            && wanted.holds(&repository.from_here(&entry.path))
    };
    let content = |entry: &Entry| -> Result<Vec<u8>, Failure> {
        match repository.content(entry)? {
            Content::Bytes(bytes) => Ok(bytes),
            Content::InFolder(path) => Ok(store::read(&path)?.bytes),
        }
    };
    let known: BTreeMap<&Path, &Entry> = entries.iter().map(|entry| (entry.path.as_path(), entry)).collect();
    let mut gathered = Gathered::default();
    for entry in entries.iter().filter(meant) {
        let here = repository.from_here(&entry.path);
        let read = if entry.kind == Sort::File {
            content(entry).and_then(|bytes| match decode(&bytes) {
                Ok(session) => Ok((bytes, session)),
                Err(found) => Err(Failure::broken(&here, &found)),
            })
        } else {
            Err(Failure::new(Kind::Broken, format!("{} is a link, not a session", shown(&here))))
        };
        let held = |suffix: &str| -> Result<(PathBuf, Vec<u8>), Failure> {
            match known.get(named(&entry.path, suffix).as_path()) {
                Some(found) => Ok((repository.from_here(&found.path), content(found)?)),
                None => Ok((PathBuf::new(), Vec::new())),
            }
        };
        let around = || -> Result<(Waivers, Beside), Failure> {
            let waivers = match held(SUFFIX)? {
                (path, _) if path.as_os_str().is_empty() => Waivers::default(),
                (path, bytes) => read_waivers(&path, &bytes)?,
            };
            let ((signoff, signed), (comments, said)) = (held(SIGNOFF)?, held(COMMENTS)?);
            let beside = Beside {
                endorsements: decode_signoff(&signed).map_err(|found| BesideError::Broken(signoff, found))?,
                comments: decode_comments(&said).map_err(|found| BesideError::Broken(comments, found))?,
            };
            Ok((waivers, beside))
        };
        gathered.inputs.push(joined(shown(&here), top.join(&entry.path), read, around()));
    }
    Ok(gathered)
}

fn tree(repository: &Repository, from: From<'_>) -> Result<Tree, Failure> {
    Ok(match from {
        From::Folder => Tree::Work,
        From::Staged => Tree::Index,
        From::Revision(name) => Tree::Commit(repository.commit(name)?),
    })
}

/// The paths that were named.
struct Wanted(Vec<PathBuf>);

impl Wanted {
    fn new(typed: &[String]) -> Self {
        Self(typed.iter().map(|name| source::find(name).unwrap_or_else(|_| PathBuf::from(name))).collect())
    }

    /// Whether a path from the current folder is one of them or below one.
    fn holds(&self, here: &Path) -> bool {
        let below = |path: &PathBuf| here.starts_with(path) || (path.as_os_str() == "." && !here.starts_with(".."));
        self.0.iter().any(below)
    }
}

/// The top folder as the system knows it, to recognise files by.
fn top(repository: &Repository) -> PathBuf {
    let top = repository.top();
    fs::canonicalize(&top).unwrap_or(top)
}

/// Finds what every session was where the work left the base.
fn compare(gathered: &mut Gathered, typed: &[String], from: From<'_>, base: &str) -> Result<(), Failure> {
    let repository = versions::repository()?;
    let base_id = repository.commit(base)?;
    let (tip_name, tip): (&str, ObjectId) = match from {
        From::Revision(name) => (name, repository.commit(name)?),
        _ => ("HEAD", repository.head()?),
    };
    let fork = repository.merge_base((base, &base_id), (tip_name, &tip))?;
    let (top, wanted) = (top(&repository), Wanted::new(typed));
    for input in gathered.inputs.iter().filter(|input| !input.place.starts_with(&top)) {
        let message = format!("{} is not in this repository, so it cannot be compared with `{base}`", input.path);
        gathered.failures.push(Failure::new(Kind::Usage, message));
    }
    for change in repository.changes(&fork, &tree(&repository, from)?, &[])? {
        let Some(was) = change.before else { continue };
        let gone = change.after.is_none();
        let is = change.after.map_or_else(|| was.path.clone(), |is| is.path);
        let place = top.join(&is);
        if let Some(input) = gathered.inputs.iter_mut().find(|input| input.place == place) {
            input.before = match versions::open(&repository, &was, Some(base)) {
                Ok(version) => Before::Session(Box::new(version.session)),
                Err(_) => Before::Unreadable,
            };
        } else if gone && is_session(&is) && wanted.holds(&repository.from_here(&is)) {
            gathered.removed.push(shown(&repository.from_here(&is)));
        }
    }
    Ok(())
}
