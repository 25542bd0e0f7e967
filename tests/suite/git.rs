//! Real repositories: a folder of its own for each test, the real `git`, the real binary.
//!
//! Where git is missing, these tests say so and pass; `.ci/run` refuses to start without it.

#[path = "git/beside.rs"]
mod beside;
#[path = "git/check.rs"]
mod check;
#[path = "git/code.rs"]
mod code;
#[path = "git/diff.rs"]
mod diff;
#[path = "git/figures.rs"]
mod figures;
#[path = "git/log.rs"]
mod log;
#[path = "git/merge.rs"]
mod merge;
#[path = "git/review.rs"]
mod review;
#[path = "git/setup.rs"]
mod setup;
#[path = "git/tripwire.rs"]
mod tripwire;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// The folder of the binary under test, in front of everything else on the PATH.
fn path_with_binary() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_strideboard")).parent().unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default())
}

/// A repository and a home that nobody else uses.
pub(crate) struct Repo {
    home: TempDir,
    /// What is found when programs are started.
    path: String,
}

impl Repo {
    /// An empty repository on the branch `main`; nothing where there is no git.
    pub(crate) fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: git was not found");
            return None;
        }
        let repo = Self { home: tempfile::tempdir().unwrap(), path: path_with_binary() };
        fs::create_dir(repo.top()).unwrap();
        repo.git(&["init", "--quiet", "--initial-branch=main"]);
        Some(repo)
    }

    /// With a session that is committed.
    pub(crate) fn with(name: &str, content: &str) -> Option<Self> {
        let repo = Self::new()?;
        repo.write(name, content);
        repo.commit("one");
        Some(repo)
    }

    /// The top folder; it has a space and a quote in its name, like everything people do not expect.
    pub(crate) fn top(&self) -> PathBuf {
        self.home.path().join("it's a \"work\"")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.top().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        let path = self.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    /// Replaces what stands once in a file.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        self.write(name, &text.replace(from, to));
    }

    /// Everything as it is becomes a commit.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    /// A program in the repository.
    fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", &self.path)
            .env("HOME", self.home.path())
            .env("GIT_CONFIG_GLOBAL", self.home.path().join("gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .env("GIT_AUTHOR_NAME", "Ana")
            .env("GIT_AUTHOR_EMAIL", "ana@example.org")
            .env("GIT_AUTHOR_DATE", "2026-03-01T12:00:00Z")
            .env("GIT_COMMITTER_NAME", "Ana")
            .env("GIT_COMMITTER_EMAIL", "ana@example.org")
            .env("GIT_COMMITTER_DATE", "2026-03-01T12:00:00Z")
            .env("TZ", "UTC")
            .env("STRIDEBOARD_CONFIG_DIR", self.home.path().join("config"))
            .env("STRIDEBOARD_STATE_DIR", self.home.path().join("state"))
            .env("STRIDEBOARD_TODAY", "2026-03-01")
            .current_dir(folder);
        command
    }

    /// What git says; it has to work.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let output = self.try_git(args);
        assert!(output.status.success(), "git {args:?}: {}", told(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Git, whatever comes of it.
    pub(crate) fn try_git(&self, args: &[&str]) -> Output {
        self.command("git", &self.top()).args(args).output().unwrap()
    }

    /// Exit code, standard output and standard error of strideboard as one text.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        self.run_in("", args)
    }

    pub(crate) fn run_in(&self, folder: &str, args: &[&str]) -> String {
        let output = self.command(env!("CARGO_BIN_EXE_strideboard"), &self.file(folder)).args(args).output().unwrap();
        let told = told(&output).replace(&*self.top().to_string_lossy(), "[work]");
        told.replace(&*self.home.path().to_string_lossy(), "[home]")
    }
}

fn told(output: &Output) -> String {
    let mut told = format!("exit {}\n", output.status.code().map_or("by a signal".to_owned(), |code| code.to_string()));
    for (name, bytes) in [("out", &output.stdout), ("err", &output.stderr)] {
        if !bytes.is_empty() {
            let _ = write!(told, "-- {name}\n{}", String::from_utf8_lossy(bytes));
        }
    }
    told
}
