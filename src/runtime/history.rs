//! What the meetings of the sessions around one took.
//!
//! Owns which files are looked into: the sessions of the folder and below it. Refuses: saying what is wrong with one; a
//! session that cannot be read has no history here, and its own reader says why.

use std::path::Path;

use super::{paths, store};
use crate::{format::session, meeting::forecast::Effort};

/// Most sessions that are read for a line on the screen.
const MOST: usize = 200;

/// What the meetings of every session beside this one took.
pub fn read(path: &Path) -> Vec<Effort> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let others = paths::session_files(folder).files.into_iter().filter(|other| other != path).take(MOST);
    let read = others.filter_map(|other| session::decode(&store::read(&other).ok()?.bytes).ok());
    read.flat_map(|session| Effort::all(&session).collect::<Vec<_>>()).collect()
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
        assert_eq!(read(&at("a.tm.ron")), [Effort { phases: [0, 0, 0, 540, 0, 0, 0], cells: 9 }]);
    }
}
