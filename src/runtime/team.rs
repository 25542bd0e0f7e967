//! The team's file on disk: `strideboard.ron` in the folder of the sessions, or in one above it up to the repository's top.
//!
//! Owns finding it, opening what it names inside the repository, and telling whether any of these files is another one
//! than it was. Where there is no repository, only the folder itself counts. Refuses: what is in the files (`format`).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    inside::{Refused, inside},
    paths::repository_root,
    store::{self, Fingerprint, SaveError, StoreError},
};
use crate::{
    catalog::{Overlay, Team, Threat, template::Template},
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
    /// Where each of the team's templates stands, by its id.
    pub templates: BTreeMap<String, (PathBuf, Position)>,
    /// What is wrong; then nothing of the team's files is used.
    pub broken: Vec<Broken>,
    /// What was read.
    pub seen: Seen,
}

/// What the files of a team held when they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The top of the repository, or the folder where there is none.
    top: PathBuf,
    /// The team's file.
    own: Option<PathBuf>,
    /// Every file that was looked at; nothing where none could be read.
    files: BTreeMap<PathBuf, Option<Fingerprint>>,
}

impl Seen {
    /// Whether reading the team's files for a folder again would find the same.
    pub fn still_holds(&self, folder: &Path) -> bool {
        let now = |path: &Path| {
            // What was inside may be a link by now.
            inside(&self.top, path.parent()?, Path::new(path.file_name()?)).ok()?;
            store::read_within(path, limits::FILE).ok().map(|content| content.fingerprint)
        };
        find(folder) == self.own && self.files.iter().all(|(path, then)| now(path) == *then)
    }
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
    found.seen = Seen { top: top.to_owned(), own: Some(path.clone()), files: BTreeMap::new() };
    let file = match inside(top, path.parent().unwrap_or(top), Path::new(NAME)) {
        Ok(_) => found.open(&path, team::decode_team),
        Err(refused) => Err(vec![whole(format!("{NAME} {}", refused.words()))]),
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
            let Some(catalogue) = self.locate(top, base, &named, at, &mut refused) else { continue };
            let problems = match self.open(&catalogue, team::decode_catalogue) {
                Ok(rows) => self.add(&catalogue, rows, &mut overlay),
                Err(problems) => problems,
            };
            self.tell(&catalogue, problems);
            self.catalogues.push(catalogue);
        }
        let mut templates: Vec<Arc<Template>> = Vec::new();
        for (named, at) in file.templates {
            let Some(path) = self.locate(top, base, &named, at, &mut refused) else { continue };
            match self.open(&path, team::decode_template) {
                Ok((template, id)) => {
                    if templates.iter().any(|other| other.id == template.id) {
                        let message = format!("another template of the team is called `{}` as well", template.id);
                        let hint = Some("two templates cannot share an id".to_owned());
                        self.tell(&path, vec![Diagnostic { line: id.line, column: id.column, message, hint }]);
                    }
                    self.templates.insert(template.id.clone(), (path, id));
                    templates.push(Arc::new(template));
                }
                Err(problems) => self.tell(&path, problems),
            }
        }
        if !refused.is_empty() {
            self.broken.insert(0, Broken { path: path.to_owned(), problems: refused });
        }
        if self.broken.is_empty() {
            let team = Team::new(&overlay, file.baselines).with_templates(templates).with_rules(file.rules);
            self.team = Arc::new(team);
        }
    }

    /// The file that the team's file names, or `None` once it was said why it is not opened.
    fn locate(
        &mut self,
        top: &Path,
        base: &Path,
        named: &str,
        at: Position,
        refused: &mut Vec<Diagnostic>,
    ) -> Option<PathBuf> {
        match inside(top, base, Path::new(named)) {
            Ok(found) => Some(found.path),
            Err(why) => {
                let message = format!("`{named}` {}", why.words());
                refused.push(Diagnostic { line: at.line, column: at.column, message, hint: None });
                if why == Refused::Missing {
                    // Once it is there there is something to read.
                    self.seen.files.insert(base.join(named), None);
                }
                None
            }
        }
    }

    fn tell(&mut self, path: &Path, problems: Vec<Diagnostic>) {
        if !problems.is_empty() {
            self.broken.push(Broken { path: path.to_owned(), problems });
        }
    }

    /// Reads a file; what the disk says becomes a problem of its first line.
    fn open<T>(
        &mut self,
        path: &Path,
        decode: impl Fn(&[u8]) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<T, Vec<Diagnostic>> {
        let content = store::read_within(path, limits::FILE);
        self.seen.files.insert(path.to_owned(), content.as_ref().ok().map(|content| content.fingerprint));
        let content = content.map_err(|error| vec![unreadable(path, &error)])?;
        decode(&content.bytes)
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

fn unreadable(path: &Path, error: &StoreError) -> Diagnostic {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    whole(error.to_string().replace(&path.display().to_string(), &name))
}

/// Something about a file that no line of it says.
fn whole(message: String) -> Diagnostic {
    Diagnostic { line: 1, column: 1, message, hint: None }
}

#[cfg(test)]
mod tests;
