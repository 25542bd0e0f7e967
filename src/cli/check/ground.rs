//! What a session is judged by besides itself: the team's baselines, the models of components, the code and the
//! tripwires, all of them from where the session itself is from.
//!
//! Of a revision, or of what is staged, the `.ron` files are copied into a folder of their own, so that models and the
//! team's files are found there as they are found in a folder. Refuses: judging.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;

use super::gather::From;
use crate::{
    catalog::Team,
    cli::{Failure, Kind, team, versions},
    review::{code, reuse::Models, tripwire},
    runtime::{
        git::{self, Repository, Tree},
        models,
        tripwires::{self, Ground},
    },
    session::{Session, limits},
};

/// Where everything else is looked for.
#[derive(Debug)]
pub(super) struct Around {
    state: Option<State>,
    /// What the team keeps for each folder, read once.
    teams: BTreeMap<PathBuf, Arc<Team>>,
    /// The files of each repository, listed once; nothing where there is none.
    grounds: BTreeMap<PathBuf, Result<Ground, String>>,
}

/// A state of the repository that is not the folder.
#[derive(Debug)]
struct State {
    repository: Repository,
    tree: Tree,
    top: PathBuf,
    /// What it is called in front of a path.
    name: String,
    /// The copy, made when something in it is asked for.
    copy: Option<TempDir>,
}

impl Around {
    pub(super) fn new(from: From<'_>) -> Result<Self, Failure> {
        let state = match from {
            From::Folder => None,
            From::Staged | From::Revision(_) => {
                let repository = versions::repository()?;
                let (tree, name) = match from {
                    From::Revision(name) => (Tree::Commit(repository.commit(name)?), format!("{name}:")),
                    From::Staged | From::Folder => (Tree::Index, String::new()),
                };
                let top = repository.top();
                let top = fs::canonicalize(&top).unwrap_or(top);
                Some(State { repository, tree, top, name, copy: None })
            }
        };
        Ok(Self { state, teams: BTreeMap::new(), grounds: BTreeMap::new() })
    }

    /// Where a session lies together with what belongs to it.
    fn place(&mut self, session: &Path) -> Result<PathBuf, Failure> {
        let Some(state) = &mut self.state else { return Ok(session.to_owned()) };
        let Ok(below) = session.strip_prefix(&state.top) else { return Ok(session.to_owned()) };
        if state.copy.is_none() {
            let copied = copy(&state.repository, &state.tree);
            state.copy = Some(copied?);
        }
        let folder = state.copy.as_ref().map_or_else(PathBuf::new, |copy| copy.path().to_owned());
        Ok(folder.join(below))
    }

    /// What the team keeps for a session; a broken file is a failure, once for all sessions it is about.
    pub(super) fn team(&mut self, session: &Path, failures: &mut Vec<Failure>) -> Arc<Team> {
        let place = match self.place(session) {
            Ok(place) => place,
            Err(failure) => {
                tell(failures, [failure]);
                return Arc::default();
            }
        };
        let folder = team::folder_of(&place).to_owned();
        if let Some(known) = self.teams.get(&folder) {
            return known.clone();
        }
        let found = match team::of(&folder) {
            Ok(found) => found.team,
            Err(broken) => {
                tell(failures, broken.into_iter().map(|failure| self.renamed(failure)));
                Arc::default()
            }
        };
        self.teams.insert(folder, found.clone());
        found
    }

    /// A failure about the copy, as one about what was copied.
    fn renamed(&self, failure: Failure) -> Failure {
        let Some((state, copy)) = self.state.as_ref().and_then(|state| Some((state, state.copy.as_ref()?))) else {
            return failure;
        };
        let inside = format!("{}/", copy.path().display());
        let plain = |text: String| text.replace(&inside, &state.name);
        Failure { path: plain(failure.path.clone()), message: plain(failure.message.clone()), ..failure }
    }

    /// The sessions that model components.
    pub(super) fn models(&mut self, session: &Path, of: &Session) -> Models {
        if of.components.iter().all(|component| component.model.trim().is_empty()) {
            return Models::new();
        }
        self.place(session).map_or_else(|_| Models::new(), |place| models::read(&place, of))
    }

    /// What the repository says about assumptions, and which files it has, as far as the session asks for either.
    pub(super) fn code(&mut self, session: &Path, of: &Session) -> (tripwire::Verdicts, Option<code::Listing>) {
        let asks = tripwire::of(of).next().is_some();
        let names = !code::named(of).is_empty();
        if !asks && !names {
            return (tripwire::Verdicts::new(), None);
        }
        match self.ground(session) {
            Ok(ground) => (ground.test(of), names.then(|| ground.listing())),
            Err(why) => (tripwires::unknown(of, why), None),
        }
    }

    fn ground(&mut self, session: &Path) -> Result<&Ground, &str> {
        let folder = match &self.state {
            Some(state) => state.top.clone(),
            None => team::folder_of(session).to_owned(),
        };
        let state = &self.state;
        let found = self.grounds.entry(folder).or_insert_with(|| {
            let found = match state {
                Some(state) => Ground::of(&state.repository, &state.tree),
                None => Ground::around(session),
            };
            found.map_err(|error| error.to_string())
        });
        found.as_ref().map_err(String::as_str)
    }
}

fn tell(failures: &mut Vec<Failure>, new: impl IntoIterator<Item = Failure>) {
    for one in new {
        if !failures.contains(&one) {
            failures.push(one);
        }
    }
}

/// Every `.ron` file of a state, in a folder that looks like the top of a repository. Links are left out: whatever a
/// path of the team's files or of a model leads to is in the repository, or it is not there.
fn copy(repository: &Repository, tree: &Tree) -> Result<TempDir, Failure> {
    let failed =
        |error: io::Error| Failure::new(Kind::Io, format!("files of git cannot be laid out to be read: {error}"));
    let folder = tempfile::tempdir().map_err(failed)?;
    fs::create_dir(folder.path().join(".git")).map_err(failed)?;
    let mut wanted: BTreeMap<git::ObjectId, Vec<PathBuf>> = BTreeMap::new();
    for entry in repository.files(tree)? {
        let is_ron = entry.path.extension().is_some_and(|ending| ending == "ron");
        let is_plain = entry.path.components().all(|part| matches!(part, Component::Normal(_)));
        if let Some(blob) = entry.blob.filter(|_| is_ron && is_plain && entry.kind == git::Kind::File) {
            wanted.entry(blob).or_default().push(entry.path);
        }
    }
    let ids: Vec<git::ObjectId> = wanted.keys().cloned().collect();
    let mut written = Ok(());
    repository.contents(&ids, limits::FILE, |id, content| {
        // What is missing or too large is not there.
        let Some(content) = content else { return };
        for path in wanted.get(id).into_iter().flatten() {
            let path = folder.path().join(path);
            let write = || {
                fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
                fs::write(&path, &content)
            };
            if let Err(error) = write() {
                written = Err(error);
            }
        }
    })?;
    written.map_err(failed)?;
    Ok(folder)
}
