//! The team's file on disk: `strideboard.ron` in the folder of the sessions, or in one above it up to the repository's top.
//!
//! Owns finding it and opening what it names, which is never anything outside of the repository: not by `..`, and not by
//! a link. Where there is no repository, only the folder itself counts. Refuses: what is in the files (`format`).

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use super::{
    paths::repository_root,
    store::{self, SaveError, StoreError},
};
use crate::{
    catalog::{Overlay, Team, Threat},
    format::{
        session::{Diagnostic, Position},
        team::{self, Rows, TeamFile},
    },
    session::limits,
};

/// What the file is called.
pub const NAME: &str = "strideboard.ron";

/// What was found for a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// What the team keeps; what ships with the program where nothing was found or something is wrong.
    pub team: Arc<Team>,
    /// The team's file, if there is one.
    pub path: Option<PathBuf>,
    /// The catalogue files it names, as far as they may be opened.
    pub catalogues: Vec<PathBuf>,
    /// Where each of the team's ids stands: the file and the place in it.
    pub places: BTreeMap<String, (PathBuf, Position)>,
    /// What is wrong; then nothing of the team's files is used.
    pub broken: Vec<Broken>,
}

/// A file of the team that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which one.
    pub path: PathBuf,
    /// What is wrong in it.
    pub problems: Vec<Diagnostic>,
}

impl Found {
    /// Everything that is wrong as `path:line:column: message; hint`, paths seen from a folder.
    pub fn sentences(&self, from: &Path) -> Vec<String> {
        let line = |broken: &Broken, one: &Diagnostic| {
            let path = broken.path.strip_prefix(from).unwrap_or(&broken.path).display();
            let hint = one.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
            format!("{path}:{one}{hint}")
        };
        self.broken.iter().flat_map(|broken| broken.problems.iter().map(move |one| line(broken, one))).collect()
    }
}

/// The team's file that counts for a folder.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let folder = &std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let top = repository_root(folder).unwrap_or(folder);
    let here = folder.ancestors().take_while(|above| above.starts_with(top));
    // Not only regular files: what is wrong with a folder of that name or a broken link is worth saying.
    let mut files = here.map(|folder| folder.join(NAME));
    files.find(|path| fs::symlink_metadata(path).is_ok())
}

/// Reads what the team keeps for the sessions of a folder.
pub fn read(folder: &Path) -> Found {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let Some(path) = find(&folder) else { return Found::default() };
    let mut found = Found { path: Some(path.clone()), ..Found::default() };
    let top = repository_root(&folder).unwrap_or(&folder);
    let file = match inside(&path, top) {
        Ok(_) => open(&path, team::decode_team),
        Err(why) => Err(vec![whole(format!("{NAME} {why}"))]),
    };
    match file {
        Ok(file) => found.take(&path, top, file),
        Err(problems) => found.broken.push(Broken { path, problems }),
    }
    found
}

impl Found {
    fn take(&mut self, path: &Path, top: &Path, file: TeamFile) {
        let base = path.parent().unwrap_or(top);
        let mut overlay = Overlay::default();
        let mut refused = self.add(path, file.rows, &mut overlay);
        for (named, at) in file.catalogues {
            let tell = |message: String| Diagnostic { line: at.line, column: at.column, message, hint: None };
            match inside(&base.join(&named), top) {
                Err(why) => refused.push(tell(format!("`{named}` {why}"))),
                Ok(catalogue) if !catalogue.exists() => refused.push(tell(format!("`{named}` does not exist"))),
                Ok(catalogue) => {
                    let problems = match open(&catalogue, team::decode_catalogue) {
                        Ok(rows) => self.add(&catalogue, rows, &mut overlay),
                        Err(problems) => problems,
                    };
                    if !problems.is_empty() {
                        self.broken.push(Broken { path: catalogue.clone(), problems });
                    }
                    self.catalogues.push(catalogue);
                }
            }
        }
        if !refused.is_empty() {
            self.broken.insert(0, Broken { path: path.to_owned(), problems: refused });
        }
        if self.broken.is_empty() {
            self.team = Arc::new(Team::new(&overlay, file.baselines).with_rules(file.rules));
        }
    }

    /// Takes in the rows of a file; says which of them another file has already.
    fn add(&mut self, path: &Path, rows: Rows, overlay: &mut Overlay) -> Vec<Diagnostic> {
        let mut twice = Vec::new();
        for (id, at) in rows.places {
            let both = overlay.disable.contains(&id) || rows.overlay.disable.contains(&id);
            if let Some((other, first)) = self.places.get(&id).filter(|_| !both) {
                let (line, column) = (at.line, at.column);
                let name = other.file_name().unwrap_or_default().to_string_lossy();
                let message = format!("`{id}` stands in {name}, line {}, as well", first.line);
                let hint = Some("two rows cannot share an id: keep one of them".to_owned());
                twice.push(Diagnostic { line, column, message, hint });
            }
            self.places.insert(id, (path.to_owned(), at));
        }
        overlay.append(rows.overlay);
        twice
    }
}

/// Why a row was not added to a file.
#[derive(Debug, thiserror::Error)]
pub enum NotAdded {
    /// The file could not be read.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file is not one that a row can be added to, or the row does not fit in.
    #[error("line {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Broken(Vec<Diagnostic>),
}

/// Adds a threat to a file of the team and changes nothing else in it; makes the file if there is none.
pub fn add(path: &Path, row: &Threat) -> Result<(), NotAdded> {
    let (bytes, fingerprint) = match store::read(path) {
        Ok(content) => (content.bytes, Some(content.fingerprint)),
        Err(StoreError::NotFound { .. }) => (Vec::new(), None),
        Err(error) => return Err(error.into()),
    };
    let new = team::with_threat(&bytes, row).map_err(NotAdded::Broken)?;
    store::save(path, new.as_bytes(), fingerprint.as_ref())?;
    Ok(())
}

/// Reads a file; what the disk says becomes a problem of its first line.
fn open<T>(path: &Path, decode: impl Fn(&[u8]) -> Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    let content = store::read_within(path, limits::FILE).map_err(|error| vec![unreadable(path, &error)])?;
    decode(&content.bytes)
}

fn unreadable(path: &Path, error: &StoreError) -> Diagnostic {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    whole(error.to_string().replace(&path.display().to_string(), &name))
}

/// Something about a file that no line of it says.
fn whole(message: String) -> Diagnostic {
    Diagnostic { line: 1, column: 1, message, hint: None }
}

/// The path without `.` and `..`, if it stays within the repository; so does what it leads to.
fn inside(path: &Path, top: &Path) -> Result<PathBuf, &'static str> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => (),
            other => plain.push(other),
        }
    }
    if !plain.starts_with(top) {
        return Err("leads out of the repository, so it is not opened");
    }
    // A link may lead anywhere; what is not there leads nowhere.
    match (fs::canonicalize(&plain), fs::canonicalize(top)) {
        (Ok(real), Ok(top)) if !real.starts_with(&top) => {
            Err("is a link that leads out of the repository, so it is not opened")
        }
        _ => Ok(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository with these files; a name that ends with a slash is a folder.
    fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if name.ends_with('/') { fs::create_dir_all(path).unwrap() } else { fs::write(path, text).unwrap() }
        }
        folder
    }

    fn told(folder: &Path) -> Vec<String> {
        let found = read(&folder.join("sessions"));
        found.sentences(&std::path::absolute(folder).unwrap())
    }

    const KIND: &str =
        "Catalogue(format: 1, kinds: [Kind(id: \"own.hsm\", name: \"HSM\", element: Store, zone: \"data\")])";

    #[test]
    fn the_file_of_the_sessions_folder_counts_before_one_above() {
        let top = repository(&[("strideboard.ron", "Team(format: 1)"), ("sessions/x/strideboard.ron", "")]);
        let at =
            |name: &str| find(&top.path().join(name)).map(|path| path.strip_prefix(top.path()).unwrap().to_owned());
        assert_eq!(at("sessions"), Some("strideboard.ron".into()));
        assert_eq!(at("sessions/x"), Some("sessions/x/strideboard.ron".into()));
        fs::remove_dir(top.path().join(".git")).unwrap();
        assert_eq!(at("sessions"), None, "without a repository nobody knows where to stop");
    }

    #[test]
    fn the_rows_of_named_files_are_known_by_file_and_place() {
        let team = "Team(format: 1, catalogues: [\"own/kinds.ron\"])";
        let top = repository(&[("strideboard.ron", team), ("own/kinds.ron", KIND), ("sessions/", "")]);
        let found = read(&top.path().join("sessions"));
        assert_eq!(found.broken, []);
        assert!(found.team.kinds().get("own.hsm").is_some());
        let (path, at) = &found.places["own.hsm"];
        assert!(path.ends_with("own/kinds.ron"));
        assert_eq!(at.to_string(), "1:39");
    }

    #[test]
    fn what_is_wrong_points_into_the_right_file_and_nothing_of_the_team_is_used() {
        let team = "Team(format: 1,\n  catalogues: [\"a.ron\", \"b.ron\", \"gone.ron\"])";
        let broken = "Catalogue(format: 1, kind: [])";
        let top = repository(&[("strideboard.ron", team), ("a.ron", KIND), ("b.ron", broken), ("sessions/", "")]);
        assert_eq!(
            told(top.path()),
            [
                "strideboard.ron:2:34: `gone.ron` does not exist",
                "b.ron:1:22: the catalogue file has no field `kind`; did you mean `kinds`?",
            ]
        );
        assert!(read(&top.path().join("sessions")).team.kinds().get("own.hsm").is_none());
    }

    #[test]
    fn one_id_in_two_files_is_a_mistake_in_the_second() {
        let team = "Team(format: 1, catalogues: [\"a.ron\", \"b.ron\"])";
        let top = repository(&[("strideboard.ron", team), ("a.ron", KIND), ("b.ron", KIND), ("sessions/", "")]);
        assert_eq!(
            told(top.path()),
            ["b.ron:1:39: `own.hsm` stands in a.ron, line 1, as well; two rows cannot share an id: keep one of them"]
        );
    }

    #[test]
    fn a_path_that_leaves_the_repository_is_never_opened() {
        let team = |path: &str| format!("Team(format: 1, catalogues: [\"{path}\"])");
        let top = repository(&[("strideboard.ron", &team("../own.ron")), ("sessions/", "")]);
        assert_eq!(
            told(top.path()),
            ["strideboard.ron:1:30: `../own.ron` leads out of the repository, so it is not opened"]
        );
        fs::write(top.path().join("strideboard.ron"), team("sessions/../own.ron")).unwrap();
        fs::write(top.path().join("own.ron"), KIND).unwrap();
        assert_eq!(told(top.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leaves_the_repository_is_never_opened() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("own.ron"), KIND).unwrap();
        let top = repository(&[("strideboard.ron", "Team(format: 1, catalogues: [\"own.ron\"])"), ("sessions/", "")]);
        std::os::unix::fs::symlink(outside.path().join("own.ron"), top.path().join("own.ron")).unwrap();
        assert_eq!(
            told(top.path()),
            ["strideboard.ron:1:30: `own.ron` is a link that leads out of the repository, so it is not opened"]
        );
    }

    #[test]
    fn a_folder_in_its_place_is_said_and_not_read() {
        let top = repository(&[("strideboard.ron/", ""), ("sessions/", "")]);
        assert_eq!(told(top.path()), ["strideboard.ron:1:1: strideboard.ron is a folder, not a regular file"]);
    }
}
