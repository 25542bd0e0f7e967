//! Which files may be opened because a file inside the repository names them: those inside it, however they are named.
//!
//! Owns the one rule for every path that a session or a team's file holds. A path leads from the folder of the file that
//! names it; not out of the repository by `..`, not from the top of a disk, and not by a symbolic link. Refuses: opening
//! anything; asking where a link leads opens nothing.

use std::{
    fs,
    io::ErrorKind,
    path::{Component, Path, PathBuf},
};

use super::store;

/// A file that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inside {
    /// The path as people would write it, without `.` and `..`.
    pub(super) path: PathBuf,
    /// Where it leads, without symbolic links: one file has one such path.
    pub(super) real: PathBuf,
}

/// Why a path is not one to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It leads out of the repository.
    Outside,
    /// It is a link, or goes through one, that leads out of the repository.
    LinkOutside,
    /// Nothing is there.
    Missing,
    /// The system does not say where it leads; why, in words.
    Unreadable(String),
}

impl Refused {
    /// Behind the path, as in "`../x.ron` *leads out of the repository*".
    pub(super) fn words(&self) -> String {
        match self {
            Self::Outside => "leads out of the repository, so it is not opened".to_owned(),
            Self::LinkOutside => "is a link that leads out of the repository, so it is not opened".to_owned(),
            Self::Missing => "does not exist".to_owned(),
            Self::Unreadable(why) => format!("cannot be read: {why}"),
        }
    }
}

/// Where a path leads that a file in `folder` names, within the repository below `root`.
pub(super) fn inside(root: &Path, folder: &Path, named: &Path) -> Result<Inside, Refused> {
    let mut path = folder.to_owned();
    for part in named.components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir if path != root && path.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return Err(Refused::Outside),
        }
    }
    let real = |path: &Path| {
        fs::canonicalize(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Refused::Missing,
            _ => Refused::Unreadable(store::reason(&error).into_owned()),
        })
    };
    let (top, real) = (real(root)?, real(&path)?);
    if real.starts_with(top) { Ok(Inside { path, real }) } else { Err(Refused::LinkOutside) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_followed_inside_and_never_out_even_if_it_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        fs::create_dir_all(&folder).unwrap();
        fs::write(root.path().join("a/x.ron"), "").unwrap();
        let found = |named: &str| inside(root.path(), &folder, Path::new(named)).map(|found| found.path);
        assert_eq!(found("../x.ron"), Ok(root.path().join("a/x.ron")));
        assert_eq!(found("./../../a/./x.ron"), Ok(root.path().join("a/x.ron")));
        assert_eq!(found("../gone.ron"), Err(Refused::Missing));
        assert_eq!(found("../x.ron/below.ron"), Err(Refused::Missing));
        let name = root.path().file_name().unwrap().to_str().unwrap();
        for named in
            ["../../../x.ron", &format!("../../../{name}/a/x.ron"), root.path().join("a/x.ron").to_str().unwrap()]
        {
            assert_eq!(found(named), Err(Refused::Outside), "{named}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_lead_anywhere_inside() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(root.path().join("x.ron"), "").unwrap();
        fs::write(outside.path().join("x.ron"), "").unwrap();
        std::os::unix::fs::symlink(root.path().join("x.ron"), root.path().join("near.ron")).unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("far")).unwrap();
        let found = |named: &str| inside(root.path(), root.path(), Path::new(named));
        assert!(found("near.ron").unwrap().real.ends_with("x.ron"));
        assert_eq!(found("far/x.ron"), Err(Refused::LinkOutside));
    }
}
