//! Git, through the `git` program: which revisions there are, what changed between them, and what a file held.
//!
//! Owns every question that is put to git and the form of the answers. No shell is involved; what a person or a file
//! name says is never taken for an option (`--end-of-options`, `--`, literal paths) and names come back between zero
//! bytes. Answers are bounded. Nothing asked here writes, waits for a pager or a password, fetches over a network, or
//! runs a driver that the repository's attributes name. What is a session among the files is for the caller to say.
//!
//! Refuses: changing a repository, except through [`Repository::set_up`], which only `git-setup` calls.

mod ask;
mod batch;
mod changes;
mod code;
mod history;

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

pub use changes::{Change, Commit, Entry, Kind};
use jiff::civil::Date;

use crate::session::limits;
use ask::Answer;

/// Most bytes of a list of files.
const LISTED: usize = 64 << 20;

/// Most bytes of a short answer.
const SHORT: usize = 1 << 20;

/// Why git gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no git to ask.
    #[error("git was not found; install it, or make sure that it is on the PATH")]
    Missing,
    /// Git could not be run.
    #[error("git could not be started")]
    Start(#[source] io::Error),
    /// Nothing here is in a repository.
    #[error("{} is not in a git repository", .0.display())]
    NotARepository(PathBuf),
    /// The name means no commit here.
    #[error("there is no revision `{name}` here")]
    UnknownRevision {
        /// What was asked for.
        name: String,
        /// Whether the clone holds only a part of the history.
        shallow: bool,
    },
    /// Two revisions that have nothing in common here.
    #[error("`{0}` and `{1}` have no commit in common here")]
    Unrelated(String, String),
    /// The object is not in this clone.
    #[error("what git holds of {} is not in this clone", .0.display())]
    Absent(PathBuf),
    /// The answer is longer than anything that makes sense.
    #[error("git answered with more than {} MiB", .0 >> 20)]
    TooMuch(usize),
    /// Anything else that git said no to.
    #[error("git could not {doing}: {said}")]
    Refused {
        /// What it was asked to do.
        doing: &'static str,
        /// What it said, one line.
        said: String,
    },
}

/// A commit, tree or content by its name in git: only hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(String);

impl ObjectId {
    /// The id that git printed, if it is one.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim_end_matches(['\n', '\r']);
        (text.len() >= 40 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
    }

    /// As git writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it stands for nothing.
    pub fn is_zero(&self) -> bool {
        self.0.bytes().all(|b| b == b'0')
    }
}

/// One state of all files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// As a commit has them; for a repository without commits, none.
    Commit(ObjectId),
    /// As they are staged.
    Index,
    /// As they lie in the folder.
    Work,
}

/// A repository, seen from a folder in it.
#[derive(Debug, Clone)]
pub struct Repository {
    folder: PathBuf,
    /// Which repository is meant: what a hook was told, or only what lies around the folder.
    meant: ask::Meant,
    /// The way from the folder to the top, `../../` or nothing.
    up: PathBuf,
    /// The way from the top to the folder, `a/b/` or nothing.
    down: PathBuf,
}

impl Repository {
    /// The repository a folder is in.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let answer = ask::git(folder, ["rev-parse", "--show-cdup", "--show-prefix"], SHORT)?;
        if !answer.done() {
            let said = answer.said();
            return Err(if said.contains("not a git repository") {
                GitError::NotARepository(folder.to_owned())
            } else {
                GitError::Refused { doing: "open the repository", said }
            });
        }
        let end = answer.out.iter().position(|b| *b == b'\n').unwrap_or(answer.out.len());
        let down = answer.out.get(end + 1..).unwrap_or_default();
        let down = down.strip_suffix(b"\n").unwrap_or(down);
        let up = changes::path(&answer.out[..end]);
        let meant = ask::Meant::AsTold;
        Ok(Self { folder: folder.to_owned(), meant, up, down: changes::path(down) })
    }

    /// The repository whose top a folder is, or will be, whatever the environment says.
    pub fn alone(folder: &Path) -> Self {
        let (up, down) = (PathBuf::new(), PathBuf::new());
        Self { folder: folder.to_owned(), meant: ask::Meant::ByFolder, up, down }
    }

    /// The top folder.
    pub fn top(&self) -> PathBuf {
        self.folder.join(&self.up)
    }

    /// A path from the top, as it is from the folder.
    pub fn from_here(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.down).map_or_else(|_| self.up.join(path), Path::to_owned)
    }

    /// The commit that a name means.
    pub fn commit(&self, name: &str) -> Result<ObjectId, GitError> {
        let wanted = format!("{name}^{{commit}}");
        let answer = self.ask(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted], SHORT)?;
        let found = answer.done().then(|| ObjectId::read(&answer.text())).flatten();
        found.ok_or_else(|| GitError::UnknownRevision { name: name.to_owned(), shallow: self.is_shallow() })
    }

    /// What is checked out: the last commit, or the empty tree before the first one.
    pub fn head(&self) -> Result<ObjectId, GitError> {
        self.commit("HEAD").or_else(|error| {
            // A name without a commit is a branch before its first; anything else is damage.
            let unborn = self.ask(["symbolic-ref", "--quiet", "HEAD"], SHORT)?.done() && !self.has_head()?;
            if unborn { self.empty_tree() } else { Err(error) }
        })
    }

    fn has_head(&self) -> Result<bool, GitError> {
        Ok(self.ask(["rev-parse", "--verify", "--quiet", "HEAD"], SHORT)?.done())
    }

    fn empty_tree(&self) -> Result<ObjectId, GitError> {
        let answer = self.ask(["hash-object", "-t", "tree", "--stdin"], SHORT)?.or_refused("name the empty tree")?;
        ObjectId::read(&answer.text())
            .ok_or_else(|| GitError::Refused { doing: "name the empty tree", said: answer.text() })
    }

    /// The last commit before a day that is behind what is checked out and says something about a path.
    pub fn last_before(&self, day: Date, path: &Path) -> Result<Option<ObjectId>, GitError> {
        let options = ["rev-list", "--max-count=1"].map(OsString::from);
        let until =
            [format!("--before={day} 00:00:00").into(), "HEAD".into(), "--".into(), path.as_os_str().to_owned()];
        let answer = self.ask(options.into_iter().chain(until), SHORT)?;
        Ok(answer.done().then(|| ObjectId::read(&answer.text())).flatten())
    }

    /// The last commit that two revisions have in common.
    pub fn merge_base(&self, (one, a): (&str, &ObjectId), (other, b): (&str, &ObjectId)) -> Result<ObjectId, GitError> {
        let answer = self.ask(["merge-base", a.as_str(), b.as_str()], SHORT)?;
        let text = answer.text();
        let found = answer.done().then(|| ObjectId::read(text.lines().next().unwrap_or_default())).flatten();
        found.ok_or_else(|| GitError::Unrelated(one.to_owned(), other.to_owned()))
    }

    /// Whether the clone holds only the end of the history.
    pub fn is_shallow(&self) -> bool {
        let answer = self.ask(["rev-parse", "--is-shallow-repository"], SHORT);
        answer.is_ok_and(|answer| answer.text().trim() == "true")
    }

    /// What changed from a commit to another state of the files, below these paths or everywhere. Files that git does
    /// not know yet count as new in the folder, unless they are ignored.
    pub fn changes(&self, from: &ObjectId, to: &Tree, paths: &[PathBuf]) -> Result<Vec<Change>, GitError> {
        let mut arguments: Vec<OsString> = [
            "diff",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-relative",
            "--find-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--ignore-submodules=all",
        ]
        .map(OsString::from)
        .to_vec();
        if *to == Tree::Index {
            arguments.push("--cached".into());
        }
        arguments.extend(["--end-of-options".into(), from.as_str().into()]);
        if let Tree::Commit(to) = to {
            arguments.push(to.as_str().into());
        }
        arguments.push("--".into());
        arguments.extend(paths.iter().map(OsString::from));
        let answer = self.ask(&arguments, LISTED)?.or_refused("compare the files")?;
        let mut changes = changes::raw(&answer.out);
        if *to == Tree::Work {
            changes.extend(self.untracked(paths)?);
        }
        Ok(changes)
    }

    fn untracked(&self, paths: &[PathBuf]) -> Result<Vec<Change>, GitError> {
        let options = ["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--"];
        // Asked from the top without paths: from a folder below it would only tell of that folder.
        let folder = if paths.is_empty() { self.top() } else { self.folder.clone() };
        let arguments = options.iter().map(OsString::from).chain(paths.iter().map(OsString::from));
        let answer = ask::git(&folder, arguments, LISTED)?.or_refused("list new files")?;
        Ok(changes::names(&answer.out)
            .map(|path| Change::added(Entry { path, blob: None, kind: Kind::File }))
            .collect())
    }

    /// Every file of a commit or of what is staged.
    pub fn files(&self, of: &Tree) -> Result<Vec<Entry>, GitError> {
        let answer = match of {
            Tree::Commit(id) => self.ask(["ls-tree", "-r", "-z", "--full-tree", id.as_str()], LISTED)?,
            Tree::Index | Tree::Work => ask::git(&self.top(), ["ls-files", "--stage", "-z", "--full-name"], LISTED)?,
        };
        Ok(changes::listed(&answer.or_refused("list the files")?.out))
    }

    /// Every file of the folder that git knows, and the new ones it does not ignore.
    pub fn present(&self) -> Result<Vec<Entry>, GitError> {
        let arguments = ["ls-files", "--cached", "--others", "--exclude-standard", "--full-name", "-z"];
        let top = self.top();
        let answer = ask::git_in(&top, self.meant, arguments, LISTED)?.or_refused("list the files")?;
        let mut paths: Vec<PathBuf> = changes::names(&answer.out).collect();
        paths.sort_unstable();
        paths.dedup();
        let entry = |path: PathBuf| {
            // What git knows may have been deleted since.
            let found = std::fs::symlink_metadata(top.join(&path)).ok()?.file_type();
            let kind = match () {
                () if found.is_file() => Kind::File,
                () if found.is_symlink() => Kind::Link,
                () => Kind::Other,
            };
            Some(Entry { path, blob: None, kind })
        };
        Ok(paths.into_iter().filter_map(entry).collect())
    }

    /// A path from the folder, as it is from the top.
    pub fn from_top(&self, path: &Path) -> PathBuf {
        self.down.join(path)
    }

    /// A file in a commit by its path from the top, if it is there.
    pub fn file_at(&self, commit: &ObjectId, path: &Path) -> Result<Option<Entry>, GitError> {
        let arguments = ["ls-tree", "-z", "--full-tree", commit.as_str(), "--"].map(OsString::from);
        let path = path.as_os_str().to_owned();
        let answer = self.ask(arguments.into_iter().chain([path]), SHORT)?.or_refused("look for the file")?;
        Ok(changes::listed(&answer.out).into_iter().next())
    }

    /// The last commits that changed a file of this folder, newest first.
    pub fn revisions_of(&self, file: &Path, most: usize) -> Result<Vec<ObjectId>, GitError> {
        let log = self.log_of(file, most)?;
        Ok(log.iter().filter_map(|(id, _)| ObjectId::read(id)).collect())
    }

    /// The same with their days and first lines, `2026-11-20 retries added`.
    pub fn log_of(&self, file: &Path, most: usize) -> Result<Vec<(String, String)>, GitError> {
        if !self.has_head()? {
            return Ok(Vec::new());
        }
        let most = format!("--max-count={most}");
        let arguments =
            ["log", "--no-show-signature", "--no-color", "--format=%H%x00%cs %s%x00", "-z", &most, "HEAD", "--"];
        let name = file.file_name().unwrap_or_default().to_owned();
        let arguments = arguments.map(OsString::from).into_iter().chain([name]);
        let answer = self.ask(arguments, LISTED)?.or_refused("list the revisions of the file")?;
        let fields: Vec<&[u8]> = answer.out.split(|b| *b == 0).filter(|field| !field.is_empty()).collect();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(fields.chunks_exact(2).map(|pair| (text(pair[0]), text(pair[1]))).collect())
    }

    /// What git holds of a file that it could not merge: before, ours and theirs, as far as there are.
    pub fn unmerged(&self, path: &Path) -> Result<[Option<Entry>; 3], GitError> {
        let arguments = ["ls-files", "--unmerged", "--full-name", "-z", "--"].map(OsString::from);
        let answer = self.ask(arguments.into_iter().chain([path.as_os_str().to_owned()]), LISTED)?;
        Ok(changes::stages(&answer.or_refused("list what is not merged")?.out))
    }

    /// What a file held: git's content, or what lies in the folder when there is none. At most as much as a session can
    /// be and one byte more, so that reading it as one says what is wrong.
    pub fn content(&self, entry: &Entry) -> Result<Content, GitError> {
        let Some(blob) = &entry.blob else {
            return Ok(Content::InFolder(self.folder.join(self.from_here(&entry.path))));
        };
        match self.ask(["cat-file", "blob", blob.as_str()], limits::FILE) {
            Ok(answer) if answer.done() => Ok(Content::Bytes(answer.out)),
            Ok(_) => Err(GitError::Absent(entry.path.clone())),
            Err(error) => Err(error),
        }
    }

    /// One answer of git about its own settings, without the line end: `config`, `rev-parse`, `check-attr`.
    pub fn told<S: Into<OsString>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<Option<String>, GitError> {
        let answer = self.ask(arguments, SHORT)?;
        let text = answer.text();
        Ok(answer.done().then(|| text.strip_suffix('\n').unwrap_or(&text).to_owned()))
    }

    /// Has git do something that needs no answer.
    pub fn set_up<S: Into<OsString>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<(), GitError> {
        self.ask(arguments, SHORT)?.or_refused("be set up").map(drop)
    }

    fn ask<S: Into<OsString>>(&self, arguments: impl IntoIterator<Item = S>, most: usize) -> Result<Answer, GitError> {
        ask::git_in(&self.folder, self.meant, arguments, most)
    }
}

/// Where the content of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Here.
    Bytes(Vec<u8>),
    /// In the folder, to be read like any other file.
    InFolder(PathBuf),
}

/// Merges three files line by line, with ordinary conflict markers, into the second. Whether nothing conflicts.
pub fn merge_lines(labels: [&str; 3], marker_size: usize, [base, ours, theirs]: [&Path; 3]) -> Result<bool, GitError> {
    let mut arguments: Vec<OsString> = vec!["merge-file".into(), format!("--marker-size={marker_size}").into()];
    arguments.extend(labels.iter().flat_map(|label| ["-L".into(), OsString::from(label)]));
    arguments.push("--".into());
    arguments.extend([ours, base, theirs].map(|path| path.as_os_str().to_owned()));
    let answer = ask::git(Path::new("."), arguments, SHORT)?;
    match answer.code {
        Some(0) => Ok(true),
        Some(1..=127) => Ok(false),
        _ => Err(GitError::Refused { doing: "merge the lines", said: answer.said() }),
    }
}
