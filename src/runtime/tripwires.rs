//! Looking at the tripwires of a session in the files of its repository.
//!
//! Owns which files count (those git knows, and new ones it does not ignore; no links, nothing outside) and how much is
//! read: a file of at most 1 MiB, 2,000 files for a tripwire, 32 MiB and 200 tripwires for a session. Regular expressions
//! take time in step with the text they read, so these bounds bound the time. What was not read is said to be unknown.
//! Nothing is run but git. Refuses: what follows from a verdict (`review::tripwire`).

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::bytes::{Regex, RegexBuilder};

use super::{
    git::{Content, Entry, GitError, Kind, Repository, Tree},
    store,
};
use crate::{
    format::value,
    review::{
        code::{self, Listing},
        tripwire::{self, Verdict, Verdicts},
    },
    session::{CodePath, Session, Tripwire},
};

/// Most bytes of a file that is read.
const FILE: usize = 1 << 20;
/// Most bytes that are read for a session.
const ALL: usize = 32 << 20;
/// Most files that are read for a tripwire.
const FILES: usize = 2_000;
/// Most tripwires of a session that are looked at.
const TRIPWIRES: usize = 200;
/// Most bytes of a compiled regular expression.
const REGEX: usize = 1 << 20;

/// The files of a repository in one state.
#[derive(Debug)]
pub struct Ground {
    repository: Repository,
    top: PathBuf,
    entries: BTreeMap<String, Entry>,
    folders: BTreeSet<String>,
}

impl Ground {
    /// The files of a repository as they are in one state.
    pub fn of(repository: &Repository, tree: &Tree) -> Result<Self, GitError> {
        let entries = match tree {
            Tree::Work => repository.present()?,
            Tree::Index | Tree::Commit(_) => repository.files(tree)?,
        };
        let top = repository.top();
        let top = fs::canonicalize(&top).unwrap_or(top);
        let named = entries.into_iter().map(|entry| {
            let path = entry.path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            (path, entry)
        });
        let entries: BTreeMap<String, Entry> = named.collect();
        let above = |path: &String| path.match_indices('/').map(|(at, _)| path[..at].to_owned()).collect::<Vec<_>>();
        let folders = entries.keys().flat_map(above).collect();
        Ok(Self { repository: repository.clone(), top, entries, folders })
    }

    /// The files as they lie in the folder around a session.
    pub fn around(session: &Path) -> Result<Self, GitError> {
        let folder = session.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self::of(&Repository::around(folder)?, &Tree::Work)
    }

    /// Every file and folder by name; content that git has not seen has no name.
    pub fn listing(&self) -> Listing {
        let files = self.entries.iter().map(|(path, entry)| {
            let id = entry.blob.as_ref().map_or(String::new(), |id| id.as_str().to_owned());
            (path.clone(), code::Kind::File, id)
        });
        let folders = self.folders.iter().map(|path| (path.clone(), code::Kind::Folder, String::new()));
        files.chain(folders).collect()
    }

    /// The files that a path means: itself, everything in a folder of that name, or what a glob matches.
    fn meant<'a>(&'a self, path: &'a CodePath) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        let path = path.as_str();
        let is_one = self.entries.contains_key(path);
        let is_folder = self.folders.contains(path);
        let means = move |file: &str| match (is_one, is_folder) {
            (true, _) => file == path,
            (_, true) => file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')),
            _ => code::is_glob(path) && fast_glob::glob_match(path, file),
        };
        self.entries.iter().map(|(file, entry)| (file.as_str(), entry)).filter(move |(file, _)| means(file))
    }

    /// What a file holds, as far as it may be read.
    fn read(&self, file: &str, entry: &Entry, left: &Cell<usize>) -> Result<Vec<u8>, String> {
        if entry.kind != Kind::File {
            return Err(format!("{file} is a link, so it was not read"));
        }
        let most = FILE.min(left.get());
        let bytes = match entry.blob {
            None => {
                let path = self.top.join(&entry.path);
                let real = fs::canonicalize(&path).map_err(|error| format!("{file}: {}", store::reason(&error)))?;
                // Between listing and reading a name may have become a link.
                if real != path {
                    return Err(format!("{file} is a link, so it was not read"));
                }
                store::read_within(&path, most).map(|content| content.bytes).map_err(|_| too_large(file))?
            }
            Some(_) => match self.repository.content(entry) {
                Ok(Content::Bytes(bytes)) if bytes.len() <= most => bytes,
                Ok(_) => return Err(too_large(file)),
                Err(error) => return Err(error.to_string()),
            },
        };
        left.set(left.get().saturating_sub(bytes.len()));
        Ok(bytes)
    }

    /// Looks at every tripwire of a session.
    pub fn test(&self, session: &Session) -> Verdicts {
        let left = Cell::new(ALL);
        let mut looked = 0;
        let one = |tripwire: &Tripwire| {
            looked += 1;
            let verdict = if looked > TRIPWIRES {
                Verdict::Unknown(format!("only {TRIPWIRES} tripwires are looked at"))
            } else {
                self.judge(tripwire, &left)
            };
            (tripwire.clone(), verdict)
        };
        let mut one = one;
        tripwire::of(session).map(|(id, all)| (id, all.iter().map(&mut one).collect())).collect()
    }

    fn judge(&self, tripwire: &Tripwire, left: &Cell<usize>) -> Verdict {
        match tripwire {
            Tripwire::Exists(path) => match self.meant(path).next() {
                Some(_) => Verdict::Holds,
                None => Verdict::Broken(format!("there is no {path}")),
            },
            Tripwire::Missing(path) => match self.meant(path).next() {
                Some((file, _)) => Verdict::Broken(format!("{file} is there")),
                None => Verdict::Holds,
            },
            Tripwire::Matches(path, pattern) => match self.search(path, pattern, left) {
                Ok(Some(_)) => Verdict::Holds,
                Ok(None) => Verdict::Broken(format!("nothing in {path} matches")),
                Err(why) => Verdict::Unknown(why),
            },
            Tripwire::Lacks(path, pattern) => match self.search(path, pattern, left) {
                Ok(Some(found)) => Verdict::Broken(format!("{found} matches")),
                Ok(None) => Verdict::Holds,
                Err(why) => Verdict::Unknown(why),
            },
            Tripwire::Equals(path, key, expected) => {
                let file = path.as_str();
                let Some(entry) = self.entries.get(file) else { return Verdict::Broken(format!("there is no {file}")) };
                let found = self.read(file, entry, left).and_then(|bytes| {
                    let text = String::from_utf8(bytes).map_err(|_| format!("{file} is not text"))?;
                    value::find(file, &text, key).map_err(|why| format!("{key} in {file}: {why}"))
                });
                match found {
                    Ok(Some(is)) if is == *expected => Verdict::Holds,
                    Ok(Some(is)) => Verdict::Broken(format!("{key} is {} there", excerpt(&is))),
                    Ok(None) => Verdict::Broken(format!("{file} has no {key}")),
                    Err(why) => Verdict::Unknown(why),
                }
            }
        }
    }

    /// The first place, as `file:line`, that a regular expression matches; an error when not everything could be read.
    fn search(&self, path: &CodePath, pattern: &str, left: &Cell<usize>) -> Result<Option<String>, String> {
        let regex = regex(pattern)?;
        let mut unread = None;
        for (n, (file, entry)) in self.meant(path).enumerate() {
            if n >= FILES {
                unread = Some(format!("{path} means more than {FILES} files"));
                break;
            }
            match self.read(file, entry, left) {
                Ok(bytes) => {
                    if let Some(found) = regex.find(&bytes) {
                        let line = bytes[..found.start()].split(|byte| *byte == b'\n').count();
                        return Ok(Some(format!("{file}:{line}")));
                    }
                }
                Err(why) => unread = unread.or(Some(why)),
            }
        }
        unread.map_or(Ok(None), Err)
    }
}

/// Compiles a regular expression: `^` and `$` are the ends of a line. An error is a sentence.
fn regex(pattern: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern).multi_line(true).size_limit(REGEX).dfa_size_limit(2 * REGEX).build();
    built.map_err(|error| {
        let text = error.to_string();
        let last = text.lines().last().unwrap_or_default();
        format!("`{}` is no regular expression: {}", excerpt(pattern), last.trim_start_matches("error: "))
    })
}

fn too_large(file: &str) -> String {
    format!("{file} is larger than {} MiB, or more than {} MiB would be read", FILE >> 20, ALL >> 20)
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The verdicts for a session as it lies in its folder.
pub fn test(path: &Path, session: &Session) -> Verdicts {
    if tripwire::of(session).next().is_none() {
        return Verdicts::new();
    }
    match Ground::around(path) {
        Ok(ground) => ground.test(session),
        Err(error) => unknown(session, &error.to_string()),
    }
}

/// Every tripwire of a session, none of which could be looked at.
pub fn unknown(session: &Session, why: &str) -> Verdicts {
    let one = |tripwire: &Tripwire| (tripwire.clone(), Verdict::Unknown(why.to_owned()));
    tripwire::of(session).map(|(id, all)| (id, all.iter().map(one).collect())).collect()
}
