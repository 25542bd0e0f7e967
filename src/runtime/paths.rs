//! Where settings and state live, and which session a typed name means.
//!
//! Owns the platform's folders (with `STRIDEBOARD_CONFIG_DIR` and `STRIDEBOARD_STATE_DIR` in their place if set) and
//! the search for sessions. Refuses: opening them ([`super::store`]) and creating anything.

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
};

use directories::ProjectDirs;

use crate::format::nearest::slips_between;

/// How a session file's name ends.
pub const SUFFIX: &str = ".tm.ron";
/// The folder of a repository sessions are usually kept in.
pub const FOLDER: &str = "sessions";
/// Folders that never hold sessions but many files.
const SKIPPED: &[&str] = &["target", "node_modules", "__pycache__", "venv"];
/// Deeper folders are not searched.
const DEEPEST: usize = 8;
/// After so many files and folders nobody waits for the rest.
const MOST_ENTRIES: usize = 50_000;

/// Folder of the personal settings; it may not exist yet. `None` when the system knows no home folder.
pub fn config_dir() -> Option<PathBuf> {
    from_env("STRIDEBOARD_CONFIG_DIR").or_else(|| Some(project()?.config_dir().to_owned()))
}

/// Folder of the recovery journal, locks and the recent list; it may not exist yet.
pub fn state_dir() -> Option<PathBuf> {
    from_env("STRIDEBOARD_STATE_DIR").or_else(|| {
        let project = project()?;
        // Only Linux has a folder for state; elsewhere local data is the nearest.
        Some(project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_owned())
    })
}

/// Folder of the recovery journals and their locks, within that of the state.
pub fn journals(state: &Path) -> PathBuf {
    state.join("journals")
}

/// The personal settings file; it may not exist.
pub fn settings_path() -> Option<PathBuf> {
    Some(config_dir()?.join("settings.ron"))
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "strideboard")
}

fn from_env(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The top folder of the repository `folder` is in: the nearest one above that holds `.git`.
pub fn repository_root(folder: &Path) -> Option<&Path> {
    // A worktree or a submodule has a file of that name.
    folder.ancestors().find(|ancestor| ancestor.join(".git").exists())
}

/// No file for what was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct NotFound {
    /// What was typed.
    pub typed: String,
    /// The files looked for, in order.
    pub looked_at: Vec<PathBuf>,
    /// Sessions with a similar name, best first.
    pub near: Vec<PathBuf>,
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no session `{}`; looked for", self.typed)?;
        list(f, &self.looked_at)?;
        if !self.near.is_empty() {
            f.write_str("; did you mean")?;
            list(f, &self.near)?;
            f.write_str("?")?;
        }
        Ok(())
    }
}

fn list(f: &mut fmt::Formatter<'_>, paths: &[PathBuf]) -> fmt::Result {
    for (index, path) in paths.iter().enumerate() {
        write!(f, "{} {}", if index == 0 { "" } else { "," }, path.display())?;
    }
    Ok(())
}

/// Finds the file people mean by `typed`.
///
/// The path itself, then with `.tm.ron` and `.ron`; then, unless it starts with `/` or a dot, the same below `sessions`
/// here and in every folder up to the repository's top. A folder only counts when no file does, so that `checkout`
/// means `checkout.tm.ron` although the service's folder lies beside it; it is returned so that it can be browsed.
pub fn resolve_session(typed: &str, cwd: &Path) -> Result<PathBuf, NotFound> {
    let mut bases = vec![cwd.to_owned()];
    let explicit = Path::new(typed).is_absolute() || typed.starts_with('.');
    let top = repository_root(cwd).unwrap_or(cwd);
    let above = || cwd.ancestors().take_while(|ancestor| ancestor.starts_with(top));
    if !explicit {
        bases.extend(above().map(|ancestor| ancestor.join(FOLDER)));
    }
    let mut looked_at = Vec::new();
    if !typed.is_empty() {
        for base in &bases {
            for suffix in ["", SUFFIX, ".ron"] {
                let candidate = base.join(format!("{typed}{suffix}"));
                // Not only regular files: the store says what is wrong with a pipe or a broken link.
                if fs::symlink_metadata(&candidate).is_ok() && !candidate.is_dir() {
                    return Ok(candidate);
                }
                looked_at.push(candidate);
            }
        }
        if let Some(folder) = bases.iter().map(|base| base.join(typed)).find(|path| path.is_dir()) {
            return Ok(folder);
        }
    }
    let mut places = vec![cwd.join(typed).parent().unwrap_or(cwd).to_owned()];
    places.extend(above().map(|ancestor| ancestor.join(FOLDER)));
    Err(NotFound { typed: typed.to_owned(), looked_at, near: near(typed, &places) })
}

/// Sessions in these places whose name resembles what was typed.
fn near(typed: &str, places: &[PathBuf]) -> Vec<PathBuf> {
    let wanted = stem(Path::new(typed));
    let mut found: Vec<(usize, PathBuf)> = Vec::new();
    for path in places.iter().flat_map(|place| session_files(place).files) {
        let name = stem(&path);
        let far = if !wanted.is_empty() && (name.contains(&wanted) || wanted.contains(&name)) {
            1
        } else {
            slips_between(&wanted, &name)
        };
        if far <= 1 + wanted.chars().count() / 4 && !found.iter().any(|(_, known)| *known == path) {
            found.push((far, path));
        }
    }
    found.sort();
    found.truncate(5);
    found.into_iter().map(|(_, path)| path).collect()
}

/// The name without folders and suffixes, in lower case.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    [SUFFIX, ".ron"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(&name).to_owned()
}

/// The name of a copy beside a session: `sign-in.tm.ron` gives `sign-in-copy.tm.ron`, then `sign-in-copy-2.tm.ron`.
pub fn copy_name(path: &Path, number: u32) -> PathBuf {
    let name = path.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let (stem, suffix) = match name.split_once('.') {
        Some((stem, rest)) => (stem.to_owned(), format!(".{rest}")),
        None => (name, SUFFIX.to_owned()),
    };
    let count = if number == 1 { String::new() } else { format!("-{number}") };
    path.with_file_name(format!("{stem}-copy{count}{suffix}"))
}

/// The session files of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The files, sorted.
    pub files: Vec<PathBuf>,
    /// The folder, when it holds so much that not all of it was looked at.
    too_large: Option<PathBuf>,
}

impl Found {
    /// Why there may be more of them, and what to do about it.
    pub fn left_out(&self) -> Option<String> {
        let folder = self.too_large.as_ref()?.display();
        Some(format!(
            "{folder} holds more than {MOST_ENTRIES} files and folders, so the rest was left out; name one further down"
        ))
    }
}

/// Every session file in `folder` and below.
///
/// Skips hidden folders and those of build tools, does not follow links to folders or leave the file system, and stops
/// after eight levels or very many files, what is near first. What cannot be read is left out.
pub fn session_files(folder: &Path) -> Found {
    session_files_among(folder, MOST_ENTRIES)
}

fn session_files_among(folder: &Path, most: usize) -> Found {
    let mut found = Found { files: Vec::new(), too_large: None };
    let mut seen = 0;
    let mut level = vec![folder.to_owned()];
    let disk = disk_of(folder);
    for _ in 0..=DEEPEST {
        let mut below = Vec::new();
        for entry in level.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            seen += 1;
            if seen > most {
                found.too_large = Some(folder.to_owned());
                found.files.sort();
                return found;
            }
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            // The entry's own type, which does not follow links: a link to a folder above would never end.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if !name.starts_with('.') && !SKIPPED.contains(&name.as_ref()) && disk_of(&path) == disk {
                    below.push(path);
                }
            } else if name.ends_with(SUFFIX) && !name.starts_with('.') && path.is_file() {
                found.files.push(path);
            }
        }
        level = below;
    }
    found.files.sort();
    found
}

/// What tells file systems apart, where that can be asked.
#[cfg(unix)]
fn disk_of(folder: &Path) -> Option<u64> {
    fs::metadata(folder).ok().map(|metadata| std::os::unix::fs::MetadataExt::dev(&metadata))
}

/// What tells file systems apart, where that can be asked.
#[cfg(not(unix))]
fn disk_of(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
#[path = "paths_tests.rs"]
mod tests;
