//! Where somebody stopped in each session, and what they saw of its review: small personal files in the state folder, never
//! part of a session.
//!
//! Owns those files. It is a convenience, so nothing here fails: what cannot be read or written counts as not there, and
//! who may be wrong about a place is the one who asks. Refuses: whether the place still exists (`app`).

use std::{fs, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::store;
use crate::{
    app::msg::Spot,
    review::print::Print,
    session::{Letter, Place},
};

/// Their names in the state folder.
const NAME: &str = "resume.ron";
const REVIEWS: &str = "reviews.ron";
/// Sessions that are remembered; the one left longest ago goes first.
const MOST: usize = 100;
/// A longer file was not written here.
const LONGEST: usize = 256 * 1024;

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    session: String,
    place: Place,
    letter: Letter,
}

#[derive(Debug, Serialize, Deserialize)]
struct Reviewed {
    session: String,
    seen: Vec<Print>,
}

/// Where somebody stopped in a session.
pub(super) fn recall(folder: &Path, session: &Path) -> Option<Spot> {
    let session = session.to_str()?;
    let found = entries(folder)?.into_iter().rev().find(|entry| entry.session == session)?;
    Some(Spot { place: found.place, letter: found.letter })
}

/// Keeps where somebody stopped in a session, in front of all others.
pub(super) fn remember(folder: &Path, session: &Path, spot: &Spot) {
    let Some(session) = session.to_str() else { return };
    let mut entries = entries(folder).unwrap_or_default();
    entries.retain(|entry| entry.session != session);
    entries.push(Entry { session: session.to_owned(), place: spot.place.clone(), letter: spot.letter });
    let superfluous = entries.len().saturating_sub(MOST);
    entries.drain(..superfluous);
    write(folder, NAME, &entries);
}

/// What was seen of the review of a session.
pub(super) fn seen(folder: &Path, session: &Path) -> Vec<Print> {
    let reviews: Vec<Reviewed> = read(folder, REVIEWS).unwrap_or_default();
    let found = reviews.into_iter().rev().find(|one| Some(one.session.as_str()) == session.to_str());
    found.map(|one| one.seen).unwrap_or_default()
}

/// Keeps what was seen of the review of a session.
pub(super) fn remember_seen(folder: &Path, session: &Path, seen: Vec<Print>) {
    let Some(session) = session.to_str() else { return };
    let mut reviews: Vec<Reviewed> = read(folder, REVIEWS).unwrap_or_default();
    reviews.retain(|one| one.session != session);
    reviews.push(Reviewed { session: session.to_owned(), seen });
    let superfluous = reviews.len().saturating_sub(MOST);
    reviews.drain(..superfluous);
    write(folder, REVIEWS, &reviews);
}

fn write<T: Serialize>(folder: &Path, name: &str, entries: &[T]) {
    if let Ok(text) = ron::ser::to_string_pretty(&entries, ron::ser::PrettyConfig::new().depth_limit(1)) {
        let path = folder.join(name);
        // If the folder cannot be made the file cannot be written either.
        drop(fs::create_dir_all(folder));
        let before = store::read(&path).ok().map(|content| content.fingerprint);
        drop(store::save(&path, format!("{text}\n").as_bytes(), before.as_ref()));
    }
}

fn entries(folder: &Path) -> Option<Vec<Entry>> {
    read(folder, NAME)
}

fn read<T: DeserializeOwned>(folder: &Path, name: &str) -> Option<Vec<T>> {
    let content = store::read_within(&folder.join(name), LONGEST).ok()?;
    ron::de::from_bytes(&content.bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(letter: Letter) -> Spot {
        Spot { place: Place::Flow("F1-abc".parse().unwrap()), letter }
    }

    #[test]
    fn each_session_has_its_own_place_and_the_latest_counts() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("not").join("yet");
        let (one, two) = (Path::new("/a.tm.ron"), Path::new("/b \"quoted\".tm.ron"));
        assert_eq!(recall(&state, one), None);
        for (session, letter) in [(one, Letter::S), (two, Letter::T), (one, Letter::E)] {
            remember(&state, session, &spot(letter));
        }
        assert_eq!((recall(&state, one), recall(&state, two)), (Some(spot(Letter::E)), Some(spot(Letter::T))));
    }

    #[test]
    fn only_so_many_sessions_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=MOST {
            remember(folder.path(), Path::new(&format!("/{number}.tm.ron")), &spot(Letter::S));
        }
        assert_eq!(recall(folder.path(), Path::new("/0.tm.ron")), None);
        assert_eq!(entries(folder.path()).unwrap().len(), MOST);
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_there_and_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let session = Path::new("/a.tm.ron");
        for content in ["", "[", "[(session: \"/a.tm.ron\", place: Flow(\"\u{1b}[2J\"), letter: S)]", "\u{0}\u{ff}"] {
            fs::write(folder.path().join(NAME), content).unwrap();
            assert_eq!(recall(folder.path(), session), None, "{content:?}");
            remember(folder.path(), session, &spot(Letter::R));
            assert_eq!(recall(folder.path(), session), Some(spot(Letter::R)), "{content:?}");
        }
        fs::write(folder.path().join(NAME), vec![b' '; LONGEST + 1]).unwrap();
        assert_eq!(recall(folder.path(), session), None);
    }
}
