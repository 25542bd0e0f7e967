//! The code that records speak of: which paths they name, what git held there once, and what it holds now.
//!
//! Owns reading a path or glob, what one stands for in a [`Listing`] ([`Print`]), and the comparison of two moments
//! ([`Drift`]). Only the names git gives to content count: they are the same in a clone of depth 1, after a squash and
//! after a rebase, and differ whenever a byte differs.
//!
//! Refuses: asking git (`runtime::git` makes the listing and measures changes) and keeping prints (an endorsement does).

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::session::{EntryId, MitigationState, Session};

/// Most files that one glob may stand for; a glob with more names no place.
pub const MOST: usize = 500;

/// Most places that are named as where something went.
const GUESSES: usize = 3;

/// A path or glob from the top of the repository, written with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePath(String);

impl CodePath {
    /// Reads what a person typed; an error is a sentence for them.
    pub fn new(text: &str) -> Result<Self, String> {
        let path = text.trim();
        let path = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
        if path.is_empty() || path == "." {
            return Err("name a file, a folder or a glob below the top of the repository, like src/login/**".to_owned());
        }
        if path.starts_with('/') || path.starts_with('~') || path.split('/').any(|part| part == "..") {
            return Err(format!("`{path}` leads out of the repository; paths begin at its top, like src/login/**"));
        }
        if path.contains(['\\', '\0']) {
            return Err(format!("`{path}` is no path of the repository; parts are separated by `/`"));
        }
        Ok(Self(path.to_owned()))
    }
}

impl fmt::Display for CodePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The paths that records of a session name, with the records; what was withdrawn or dropped leans on nothing.
pub fn named(session: &Session) -> BTreeMap<&str, Vec<EntryId>> {
    let components = session.components.iter().map(|one| (EntryId::Component(one.id.clone()), &one.code));
    let threats =
        session.threats().filter(|(_, one)| one.is_live()).map(|(_, one)| (EntryId::Threat(one.id), &one.code));
    let mitigations = session.mitigations.iter().filter(|one| one.state != MitigationState::Dropped);
    let mitigations = mitigations.map(|one| (EntryId::Mitigation(one.id), &one.code));
    let mut named: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (id, paths) in components.chain(threats).chain(mitigations) {
        for path in paths.iter().map(|path| path.trim()).filter(|path| !path.is_empty()) {
            named.entry(path).or_default().push(id.clone());
        }
    }
    named
}

/// What a name of a listing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file, or a link, which is content as well.
    File,
    /// A folder with everything in it.
    Folder,
}

/// Every file and folder of one revision, with the name git gives to what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing(BTreeMap<String, (Kind, String)>);

impl FromIterator<(String, Kind, String)> for Listing {
    fn from_iter<I: IntoIterator<Item = (String, Kind, String)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(path, kind, id)| (path, (kind, id))).collect())
    }
}

impl Listing {
    /// What a path stands for here. A file may be called like a glob, so the path itself is looked for first.
    pub fn print(&self, path: &str) -> Print {
        let Ok(CodePath(path)) = CodePath::new(path) else { return Print::Nothing };
        match self.0.get(&path) {
            Some((Kind::File, id)) => Print::File(id.clone()),
            Some((Kind::Folder, id)) => Print::Folder(id.clone()),
            None => {
                let files: BTreeMap<String, String> =
                    self.matching(&path).take(MOST + 1).map(|(file, id)| (file.to_owned(), id.to_owned())).collect();
                match files.len() {
                    0 => Print::Nothing,
                    found if found > MOST => Print::TooMany,
                    _ => Print::Files(files),
                }
            }
        }
    }

    /// The files that a glob matches, in order.
    pub fn matching<'a>(&'a self, glob: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        // Without a character of a glob nothing but the path itself could match.
        let is_glob = glob.contains(['*', '?', '[', '{']);
        let files = self.0.iter().filter(move |(_, (kind, _))| is_glob && *kind == Kind::File);
        files
            .filter(move |(file, _)| fast_glob::glob_match(glob, file))
            .map(|(file, (_, id))| (file.as_str(), id.as_str()))
    }

    /// Where something may have gone: what holds the same now, else what has the same name.
    pub fn perhaps(&self, path: &str, then: &Print) -> Vec<String> {
        let id = match then {
            Print::File(id) | Print::Folder(id) => Some(id),
            Print::Nothing | Print::Files(_) | Print::TooMany => None,
        };
        let same: Vec<String> =
            self.0.iter().filter(|(_, (_, is))| Some(is) == id).map(|(path, _)| path.clone()).take(GUESSES).collect();
        if !same.is_empty() {
            return same;
        }
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let alike = self.0.keys().filter(|other| !name.is_empty() && other.rsplit('/').next() == Some(name));
        alike.take(GUESSES).cloned().collect()
    }
}

/// What a path stood for at one moment, by the names git gives to content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Print {
    /// Nothing there.
    Nothing,
    /// A file with this content.
    File(String),
    /// A folder with this content.
    Folder(String),
    /// The files that a glob matched, each with its content.
    Files(BTreeMap<String, String>),
    /// More than [`MOST`] files: too wide to say anything about.
    TooMany,
}

impl Print {
    /// The content of each file or folder.
    fn parts<'a>(&'a self, path: &'a str) -> BTreeMap<&'a str, &'a str> {
        match self {
            Self::Nothing | Self::TooMany => BTreeMap::new(),
            Self::File(id) | Self::Folder(id) => BTreeMap::from([(path, id.as_str())]),
            Self::Files(files) => files.iter().map(|(file, id)| (file.as_str(), id.as_str())).collect(),
        }
    }
}

/// One file or folder that differs between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where it is, or was.
    pub path: String,
    /// What it held; `None` for what is new.
    pub before: Option<String>,
    /// What it holds; `None` for what is gone.
    pub after: Option<String>,
}

/// How much changed, as far as the old content is still in the clone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Files that differ.
    pub files: usize,
    /// Lines that are new.
    pub added: usize,
    /// Lines that are gone.
    pub removed: usize,
}

/// What became of a path between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// Byte for byte what it was.
    Same,
    /// Something differs; new files that a glob matches now are among the steps.
    Moved(Vec<Step>),
    /// There is nothing any more; perhaps it is one of these now.
    Gone(Vec<String>),
    /// The glob matches too many files to say.
    TooMany,
}

/// What became of a path since it stood for `then`.
pub fn drift(path: &str, then: &Print, now: &Listing) -> Drift {
    let is = now.print(path);
    if *then == Print::TooMany || is == Print::TooMany {
        return Drift::TooMany;
    }
    if is == Print::Nothing && *then != Print::Nothing {
        return Drift::Gone(now.perhaps(path, then));
    }
    let (before, after) = (then.parts(path), is.parts(path));
    let mut names: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let steps = names.into_iter().filter(|name| before.get(name) != after.get(name)).map(|name| Step {
        path: name.to_owned(),
        before: before.get(name).map(|id| (*id).to_owned()),
        after: after.get(name).map(|id| (*id).to_owned()),
    });
    let steps: Vec<Step> = steps.collect();
    if steps.is_empty() { Drift::Same } else { Drift::Moved(steps) }
}

impl Drift {
    /// Whether nothing has to be looked at again.
    pub fn is_same(&self) -> bool {
        *self == Self::Same
    }

    /// What became of the path, as in "`src/login` *changed: 2 files, 14 lines*"; `size` when it could be measured.
    pub fn words(&self, size: Option<Size>) -> String {
        match self {
            Self::Same => "is as it was".to_owned(),
            Self::TooMany => format!("matches more than {MOST} files; name a folder instead"),
            Self::Gone(perhaps) => match perhaps.as_slice() {
                [] => "is gone".to_owned(),
                perhaps => format!("is gone; perhaps it is {} now", perhaps.join(" or ")),
            },
            Self::Moved(steps) => {
                let new = steps.iter().filter(|step| step.before.is_none()).count();
                let gone = steps.iter().filter(|step| step.after.is_none()).count();
                let changed = steps.len() - new - gone;
                let mut parts = Vec::new();
                match size {
                    Some(Size { files, added, removed }) if files > 0 => {
                        parts.push(count(files, "file"));
                        parts.push(count(added + removed, "line"));
                    }
                    _ if changed > 1 => parts.push(count(changed, "file")),
                    _ => {}
                }
                parts.extend((new > 0).then(|| format!("{new} new")));
                parts.extend((gone > 0).then(|| format!("{gone} gone")));
                if parts.is_empty() { "changed".to_owned() } else { format!("changed: {}", parts.join(", ")) }
            }
        }
    }
}

fn count(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(files: &[(&str, &str)]) -> Listing {
        let entries = files.iter().map(|(path, id)| match path.strip_suffix('/') {
            Some(folder) => (folder.to_owned(), Kind::Folder, (*id).to_owned()),
            None => ((*path).to_owned(), Kind::File, (*id).to_owned()),
        });
        entries.collect()
    }

    /// What became of a path, in words.
    fn told(path: &str, then: &[(&str, &str)], now: &[(&str, &str)]) -> String {
        drift(path, &listing(then).print(path), &listing(now)).words(None)
    }

    #[test]
    fn a_file_and_a_folder_change_go_and_come_back_under_another_name() {
        let then = [("src/", "t1"), ("src/a.rs", "b1"), ("src/b.rs", "b2")];
        assert_eq!(told("src", &then, &then), "is as it was");
        assert_eq!(told("src/a.rs", &then, &[("src/a.rs", "b9")]), "changed");
        assert_eq!(told("src/", &then, &[("src/", "t2")]), "changed");
        assert_eq!(told("src/a.rs", &then, &[("lib/x.rs", "b1")]), "is gone; perhaps it is lib/x.rs now");
        assert_eq!(told("src", &then, &[("lib/", "t1")]), "is gone; perhaps it is lib now");
        assert_eq!(told("src/a.rs", &then, &[("lib/a.rs", "b9")]), "is gone; perhaps it is lib/a.rs now");
        assert_eq!(told("src/a.rs", &then, &[]), "is gone");
    }

    #[test]
    fn a_glob_tells_new_matches_from_changed_and_gone_ones() {
        let then = [("infra/a.tf", "1"), ("infra/b.tf", "2"), ("infra/x.md", "3")];
        let now = [("infra/a.tf", "9"), ("infra/c.tf", "4"), ("infra/d.tf", "5"), ("infra/x.md", "9")];
        assert_eq!(told("infra/*.tf", &then, &now), "changed: 2 new, 1 gone");
        assert_eq!(told("infra/*.md", &then, &then), "is as it was");
        assert_eq!(told("infra/*.py", &[], &[("infra/new.py", "1")]), "changed: 1 new");
        assert_eq!(told("**/*.tf", &then, &now), "changed: 2 new, 1 gone");
    }

    #[test]
    fn a_file_that_is_called_like_a_glob_is_that_file() {
        let then = [("app/[id]/page.tsx", "1"), ("app/i/page.tsx", "2")];
        assert_eq!(listing(&then).print("app/[id]/page.tsx"), Print::File("1".to_owned()));
    }

    #[test]
    fn a_glob_over_everything_says_that_it_is_too_wide() {
        let many: Vec<(String, Kind, String)> =
            (0..=MOST).map(|n| (format!("f{n}"), Kind::File, n.to_string())).collect();
        let now: Listing = many.into_iter().collect();
        assert_eq!(drift("*", &Print::Nothing, &now), Drift::TooMany);
    }

    #[test]
    fn only_paths_below_the_top_are_taken() {
        for text in ["", ".", "/etc/passwd", "../x", "a/../../x", "~/x", "a\\b"] {
            assert!(CodePath::new(text).is_err(), "{text}");
        }
        for (text, path) in [("./src/login/", "src/login"), (" infra/*.tf ", "infra/*.tf"), ("..x/y", "..x/y")] {
            assert_eq!(CodePath::new(text).unwrap().to_string(), path);
        }
    }
}
