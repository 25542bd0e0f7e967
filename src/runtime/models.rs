//! Reading the sessions that model components of a session.
//!
//! Owns reading each of them once, from inside the repository of the session, or below its own folder where there is no
//! repository, and finding circles. Refuses: taking anything over (`review::reuse`), and failing: whatever is wrong with
//! a file is said about the component.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    inside::{Refused, inside},
    paths, store,
};
use crate::{
    format::session as format,
    review::reuse::{Found, Models, Offer, Unusable},
    session::{ComponentId, Session},
};

/// Most files that are read for one session; who has more finds them missing one by one.
const MOST: usize = 100;

/// What is found where components of a session say their models are.
pub fn read(path: &Path, session: &Session) -> Models {
    let modelled: Vec<(&ComponentId, &str)> = modelled(session).collect();
    if modelled.is_empty() {
        return Models::new();
    }
    let Some(mut reader) = Reader::of(path) else {
        let broken = || Found::Unusable(Unusable::Broken("the folder of this session cannot be found".to_owned()));
        return modelled.into_iter().map(|(id, _)| (id.clone(), broken())).collect();
    };
    let own = reader.own.clone();
    let found = modelled.into_iter().map(|(id, file)| {
        let found = match reader.offer(&own, file) {
            Ok(offer) => Found::Offer(Box::new(offer)),
            Err(unusable) => Found::Unusable(unusable),
        };
        (id.clone(), found)
    });
    found.collect()
}

/// The components that say where their model is.
fn modelled(session: &Session) -> impl Iterator<Item = (&ComponentId, &str)> {
    session.components.iter().map(|c| (&c.id, c.model.trim())).filter(|(_, file)| !file.is_empty())
}

/// Reads each file once, however many components it models.
struct Reader {
    /// The session's own file, without symbolic links.
    own: PathBuf,
    /// Nothing outside of this folder is opened.
    root: PathBuf,
    read: HashMap<PathBuf, Result<Arc<Session>, Unusable>>,
    /// Files from which no way leads round: each is walked once, however many ways lead to it.
    straight: HashSet<PathBuf>,
}

impl Reader {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = fs::canonicalize(folder).ok()?;
        let root = paths::repository_root(&folder).unwrap_or(&folder).to_owned();
        // A session that is not on disk yet has a place all the same.
        let own = fs::canonicalize(folder.join(name)).unwrap_or_else(|_| folder.join(name));
        Some(Self { own, root, read: HashMap::new(), straight: HashSet::new() })
    }

    fn offer(&mut self, from: &Path, file: &str) -> Result<Offer, Unusable> {
        let target = self.target(from, file)?;
        let mut way = vec![self.own.clone()];
        self.walk(&target, &mut way)?;
        self.session(&target).map(|session| Offer::of(&session))
    }

    /// The file that a path in another file means, if it may be opened.
    fn target(&self, from: &Path, file: &str) -> Result<PathBuf, Unusable> {
        let folder = from.parent().unwrap_or(Path::new(""));
        let found = inside(&self.root, folder, Path::new(file));
        found.map(|found| found.real).map_err(|refused| match refused {
            Refused::Outside | Refused::LinkOutside => Unusable::Outside,
            Refused::Missing => Unusable::Missing,
            Refused::Unreadable(why) => Unusable::Broken(why),
        })
    }

    fn session(&mut self, target: &Path) -> Result<Arc<Session>, Unusable> {
        if let Some(known) = self.read.get(target) {
            return known.clone();
        }
        if self.read.len() >= MOST {
            return Err(Unusable::Broken(format!("more than {MOST} files would be read")));
        }
        let read = || {
            let content = store::read(target).map_err(|error| error.to_string())?;
            let session = format::decode(&content.bytes);
            session.map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))
        };
        let session = read().map(Arc::new).map_err(Unusable::Broken);
        self.read.insert(target.to_owned(), session.clone());
        session
    }

    /// Follows the models of models; an error is a circle. What else is wrong with them is said where they are used.
    fn walk(&mut self, target: &Path, way: &mut Vec<PathBuf>) -> Result<(), Unusable> {
        if let Some(at) = way.iter().position(|known| known == target) {
            let files = way[at..].iter().map(PathBuf::as_path).chain([target]);
            return Err(Unusable::Cycle(files.map(|file| self.shown(file)).collect()));
        }
        if self.straight.contains(target) {
            return Ok(());
        }
        let Ok(session) = self.session(target) else { return Ok(()) };
        way.push(target.to_owned());
        for (_, file) in modelled(&session) {
            if let Ok(next) = self.target(target, file) {
                self.walk(&next, way)?;
            }
        }
        way.pop();
        self.straight.insert(target.to_owned());
        Ok(())
    }

    /// A file as seen from the top of the repository, as paths are written in a session.
    fn shown(&self, file: &Path) -> String {
        let parts = file.strip_prefix(&self.root).unwrap_or(file).iter();
        parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Component;

    /// A repository in a folder; the session in `a/own.tm.ron` has one component, modelled in a file.
    struct Repository(tempfile::TempDir);

    impl Repository {
        fn new(files: &[(&str, &str)]) -> Self {
            let here = Self(tempfile::tempdir().unwrap());
            fs::create_dir_all(here.0.path().join("repo/.git")).unwrap();
            here.session("repo/a/own.tm.ron", "");
            for (file, model) in files {
                here.session(file, model);
            }
            here
        }

        fn session(&self, file: &str, model: &str) {
            let path = self.0.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format::encode(&with(model))).unwrap();
        }

        fn found(&self, model: &str) -> String {
            let models = read(&self.0.path().join("repo/a/own.tm.ron"), &with(model));
            match models.into_values().next().unwrap() {
                Found::Offer(offer) => offer.title.clone(),
                Found::Unusable(unusable) => unusable.words(),
            }
        }
    }

    fn with(model: &str) -> Session {
        let mut session = Session::new("Upstream");
        let api = Component { model: model.to_owned(), ..Component::new("api".parse().unwrap(), "api") };
        session.components.insert(api);
        session
    }

    #[test]
    fn a_model_is_found_from_the_file_that_names_it() {
        let here = Repository::new(&[("repo/b/up.tm.ron", ""), ("repo/top.tm.ron", "b/up.tm.ron")]);
        for (model, found) in [
            ("../b/up.tm.ron", "Upstream"),
            ("./../b/./up.tm.ron", "Upstream"),
            ("../top.tm.ron", "Upstream"),
            ("up.tm.ron", "is not there"),
            ("own.tm.ron/up.tm.ron", "is not there"),
        ] {
            assert_eq!(here.found(model), found, "{model}");
        }
        assert!(here.found("../b").contains("cannot be read"));
        fs::write(here.0.path().join("repo/b/up.tm.ron"), "Session(").unwrap();
        assert!(here.found("../b/up.tm.ron").contains("cannot be read"));
    }

    #[test]
    fn nothing_outside_of_the_repository_is_opened() {
        let here = Repository::new(&[("other/up.tm.ron", ""), ("repo/b/up.tm.ron", "")]);
        let absolute = here.0.path().join("repo/b/up.tm.ron");
        for model in
            ["../../other/up.tm.ron", "../../nowhere.tm.ron", "../../repo/b/up.tm.ron", absolute.to_str().unwrap()]
        {
            assert!(here.found(model).contains("out of the repository"), "{model}: {}", here.found(model));
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(here.0.path().join("other"), here.0.path().join("repo/link")).unwrap();
            assert!(here.found("../link/up.tm.ron").contains("out of the repository"));
        }
    }

    #[test]
    fn many_ways_to_the_same_files_are_no_circle_and_no_work() {
        let here = Repository::new(&[]);
        let tower = |level: usize| {
            let mut session = Session::new(format!("level {level}"));
            for one in 0..8 {
                let model = if level == 20 { String::new() } else { format!("{}.tm.ron", level + 1) };
                let id = format!("c{one}");
                session.components.insert(Component { model, ..Component::new(id.parse().unwrap(), id) });
            }
            format::encode(&session)
        };
        for level in 0..=20 {
            fs::write(here.0.path().join(format!("repo/a/{level}.tm.ron")), tower(level)).unwrap();
        }
        assert_eq!(here.found("0.tm.ron"), "level 0");
    }

    #[test]
    fn models_that_lead_back_are_a_circle_wherever_it_begins() {
        let here = Repository::new(&[
            ("repo/b/one.tm.ron", "../b/two.tm.ron"),
            ("repo/b/two.tm.ron", "one.tm.ron"),
            ("repo/b/back.tm.ron", "../a/own.tm.ron"),
        ]);
        here.session("repo/a/own.tm.ron", "../b/back.tm.ron");
        for (model, circle) in [
            ("own.tm.ron", "a/own.tm.ron → a/own.tm.ron"),
            ("../b/back.tm.ron", "a/own.tm.ron → b/back.tm.ron → a/own.tm.ron"),
            ("../b/one.tm.ron", "b/one.tm.ron → b/two.tm.ron → b/one.tm.ron"),
        ] {
            assert_eq!(here.found(model), format!("goes round in a circle: {circle}"), "{model}");
        }
    }
}
