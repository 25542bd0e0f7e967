//! What was before a meeting: what the meetings of the sessions around took, and what the session said the last time.
//!
//! Owns which files are looked into: the sessions of the folder and below it, and the session as git held it before the
//! day of the meeting. Refuses: saying what is wrong with one; a
//! session that cannot be read has no history here, and its own reader says why.

use std::path::Path;

use jiff::civil::Date;

use super::{
    git::{Content, Kind, Repository, Tree},
    paths, store,
};
use crate::{app::practice::is_practice, format::session, meeting::forecast::Effort, session::Session};

/// Most sessions that are read for a line on the screen.
const MOST: usize = 200;

/// What the meetings of every session beside this one took.
pub fn read(path: &Path) -> Vec<Effort> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let others = paths::session_files(folder).files.into_iter().filter(|other| other != path).take(MOST);
    let read = others.filter_map(|other| session::decode(&store::read(&other).ok()?.bytes).ok());
    read.filter(|session| !is_practice(session)).flat_map(|session| Effort::all(&session).collect::<Vec<_>>()).collect()
}

/// What git held of a session before a day; nothing where it held none, or where there is no git.
pub fn before(path: &Path, day: Date) -> Option<Session> {
    let (folder, name) = (path.parent()?, path.file_name()?);
    // Nobody has to wait for git where there is nothing to ask.
    paths::repository_root(folder)?;
    let repository = Repository::around(folder).ok()?;
    let commit = repository.last_before(day, Path::new(name)).ok()??;
    let mut files = repository.files(&Tree::Commit(commit)).ok()?.into_iter();
    let entry = files.find(|entry| entry.kind == Kind::File && repository.from_here(&entry.path) == Path::new(name))?;
    match repository.content(&entry).ok()? {
        Content::Bytes(bytes) => session::decode(&bytes).ok(),
        Content::InFolder(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::clock::tests::sitting,
        session::{Phase, Session, Turn},
    };

    #[test]
    fn the_meetings_of_the_other_sessions_are_the_history_and_a_broken_file_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut held = Session::new("Shop");
        held.sittings.insert(sitting(&[("0:00", Turn::Begin(Phase::Threats), 0), ("9:00", Turn::End, 9)]));
        for name in ["a.tm.ron", "b.tm.ron"] {
            std::fs::write(at(name), session::encode(&held)).unwrap();
        }
        std::fs::write(at("c.tm.ron"), "Session(").unwrap();
        let practised = Session { title: crate::app::practice::TITLE.to_owned(), ..held };
        std::fs::write(at("d.tm.ron"), session::encode(&practised)).unwrap();
        assert_eq!(read(&at("a.tm.ron")), [Effort { phases: [0, 0, 0, 540, 0, 0, 0], cells: 9 }]);
    }
}
