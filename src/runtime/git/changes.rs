//! The lists git prints between zero bytes, so that a file name can hold anything else.
//!
//! Refuses nothing that git may print: a record that is not understood is passed over.

use std::path::PathBuf;

use super::ObjectId;

/// What a name in a tree stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link; its content is a path.
    Link,
    /// Something else: another repository.
    Other,
}

impl Kind {
    fn of(mode: &str) -> Self {
        match mode {
            "100644" | "100755" | "100664" => Self::File,
            "120000" => Self::Link,
            _ => Self::Other,
        }
    }
}

/// A file in one state of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the top.
    pub path: PathBuf,
    /// Its content; `None` when only the folder has it.
    pub blob: Option<ObjectId>,
    /// What it is.
    pub kind: Kind,
}

/// A file before and after, under one name or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was there; `None` for a new file.
    pub before: Option<Entry>,
    /// What is there; `None` for one that was removed.
    pub after: Option<Entry>,
}

impl Change {
    pub(super) fn added(entry: Entry) -> Self {
        Self { before: None, after: Some(entry) }
    }
}

/// A path as git prints it: bytes where the system has them.
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes.to_vec()))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Names, each ended by a zero byte.
pub(super) fn names(out: &[u8]) -> impl Iterator<Item = PathBuf> + '_ {
    out.split(|b| *b == 0).filter(|name| !name.is_empty()).map(path)
}

/// `git diff --raw -z`: one change after the other.
pub(super) fn raw(out: &[u8]) -> Vec<Change> {
    let mut pieces = out.split(|b| *b == 0);
    let mut changes: Vec<Change> = Vec::new();
    while let Some(head) = pieces.next() {
        changes.extend(change(&String::from_utf8_lossy(head), &mut pieces));
    }
    changes
}

/// A commit that changed one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// When it was made, in seconds since 1970.
    pub when: i64,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// `git log --raw -z` with a byte 02, the id and the time of each commit in front. What stands where a change begins is
/// one or the other; a name, which may hold anything, is taken in with its change.
pub(super) fn history(out: &[u8]) -> Vec<Commit> {
    let mut pieces = out.split(|b| *b == 0);
    let mut commits: Vec<Commit> = Vec::new();
    while let Some(head) = pieces.next() {
        let head = String::from_utf8_lossy(head);
        let head = head.trim_start_matches('\n');
        if let Some((id, when)) = head.strip_prefix('\u{2}').and_then(|head| head.split_once(' ')) {
            let (id, when) = (ObjectId::read(id), when.trim().parse().ok());
            commits.extend(id.zip(when).map(|(id, when)| Commit { id, when, changes: Vec::new() }));
        } else if let (Some(change), Some(commit)) = (change(head, &mut pieces), commits.last_mut()) {
            commit.changes.push(change);
        }
    }
    commits
}

/// `:MODE MODE ID ID STATUS`, then one name, or two for a rename.
fn change<'a>(head: &str, pieces: &mut impl Iterator<Item = &'a [u8]>) -> Option<Change> {
    let fields: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
    let [mode_before, mode_after, id_before, id_after, status] = fields[..] else { return None };
    let first = pieces.next().map(path)?;
    let second = if status.starts_with(['R', 'C']) { pieces.next().map(path) } else { None };
    let entry = |path: PathBuf, mode: &str, id: &str| Entry {
        path,
        blob: ObjectId::read(id).filter(|id| !id.is_zero()),
        kind: Kind::of(mode),
    };
    let after = second.unwrap_or_else(|| first.clone());
    let before = (!status.starts_with('A')).then(|| entry(first, mode_before, id_before));
    let after = match status.as_bytes().first() {
        Some(b'D') => None,
        // Not merged yet: the folder holds what there is, and the file is listed a second time.
        Some(b'U') => return None,
        _ => Some(entry(after, mode_after, id_after)),
    };
    let before = if status.starts_with('C') { None } else { before };
    Some(Change { before, after })
}

/// `git ls-tree -r -z` and `git ls-files --stage -z`.
pub(super) fn listed(out: &[u8]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (_, entry) in records(out) {
        // A file that is not merged yet stands there once for each side.
        if entries.last().is_none_or(|last| last.path != entry.path) {
            entries.push(entry);
        }
    }
    entries
}

/// `git ls-tree -r -t -z`: each name, whether it is a folder, and what it holds.
pub(super) fn named(out: &[u8]) -> impl Iterator<Item = (PathBuf, bool, ObjectId)> + '_ {
    out.split(|b| *b == 0).filter_map(|record| {
        let tab = record.iter().position(|b| *b == b'\t')?;
        let head = String::from_utf8_lossy(&record[..tab]).into_owned();
        let mut words = head.split(' ');
        let (kind, id) = (words.nth(1)?, ObjectId::read(words.next()?)?);
        Some((path(&record[tab + 1..]), kind == "tree", id))
    })
}

/// `git ls-files --unmerged -z` of one file: before, ours and theirs.
pub(super) fn stages(out: &[u8]) -> [Option<Entry>; 3] {
    let mut stages = [None, None, None];
    for (stage, entry) in records(out) {
        if let Some(place) = stage.checked_sub(1).and_then(|n| stages.get_mut(n)) {
            *place = Some(entry);
        }
    }
    stages
}

/// `MODE [TYPE] ID [STAGE]`, a tab, the name.
fn records(out: &[u8]) -> impl Iterator<Item = (usize, Entry)> + '_ {
    out.split(|b| *b == 0).filter_map(|record| {
        let tab = record.iter().position(|b| *b == b'\t')?;
        let head = String::from_utf8_lossy(&record[..tab]).into_owned();
        let words: Vec<&str> = head.split(' ').collect();
        let blob = words.iter().find_map(|word| ObjectId::read(word))?;
        let stage = words.last().filter(|word| word.len() == 1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let kind = Kind::of(words.first().copied().unwrap_or_default());
        Some((stage, Entry { path: path(&record[tab + 1..]), blob: Some(blob), kind }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";
    const NONE: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn every_kind_of_change_is_read_and_a_name_can_hold_anything() {
        let out = format!(
            ":100644 100644 {A} {B} M\0a b\"\n.ron\0:000000 100644 {NONE} {A} A\0new\0:100644 000000 {A} {NONE} D\0old\0\
             :100644 100644 {A} {B} R086\0from\0to\0:100644 120000 {A} {NONE} T\0link\0:000000 000000 {NONE} {NONE} U\0x\0"
        );
        let told: Vec<(String, String)> = raw(out.as_bytes())
            .into_iter()
            .map(|change| {
                let one = |entry: Option<Entry>| {
                    entry.map_or("-".to_owned(), |entry| {
                        let blob = entry.blob.map_or("?".to_owned(), |id| id.as_str()[..1].to_owned());
                        format!("{} {blob} {:?}", entry.path.display(), entry.kind)
                    })
                };
                (one(change.before), one(change.after))
            })
            .collect();
        let expected = [
            ("a b\"\n.ron 1 File", "a b\"\n.ron 2 File"),
            ("-", "new 1 File"),
            ("old 1 File", "-"),
            ("from 1 File", "to 2 File"),
            ("link 1 File", "link ? Link"),
        ];
        assert_eq!(told, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn a_history_is_told_commit_by_commit_and_a_name_forges_none() {
        let out = format!(
            "\u{2}{A} 12\0\n:100644 100644 {A} {B} M\0\u{2}{B} 99\0\u{2}{B} 10\0\u{2}{B} 9\0\n:000000 100644 {NONE} {A} A\0new\0"
        );
        let told: Vec<(i64, usize)> = history(out.as_bytes()).iter().map(|c| (c.when, c.changes.len())).collect();
        assert_eq!(told, [(12, 1), (10, 0), (9, 1)]);
    }

    #[test]
    fn a_list_names_each_file_once() {
        let out = format!("100644 {A} 1\tx\0100644 {B} 2\tx\0120000 blob {B}\ty z\0\0nonsense\0");
        let listed = listed(out.as_bytes());
        let names: Vec<_> = listed.iter().map(|entry| (entry.path.to_str().unwrap(), entry.kind)).collect();
        assert_eq!(names, [("x", Kind::File), ("y z", Kind::Link)]);
    }
}
