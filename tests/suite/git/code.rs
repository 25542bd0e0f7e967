//! Code that records name, in real repositories: what moved on is found whatever became of the commits.

use std::process::Command;

use strideboard::{
    review::code::{Drift, Print, drift},
    runtime::git::{Repository, Tree},
};

use super::Repo;

const NAMED: [&str; 3] = ["src/login", "infra/*.tf", "src/main.rs"];

fn repo() -> Option<Repo> {
    let repo = Repo::new()?;
    for file in ["src/login/a.rs", "src/login/b.rs", "infra/net.tf", "infra/read me.md", "src/main.rs"] {
        repo.write(file, &format!("one\ntwo of {file}\n"));
    }
    repo.commit("one");
    Some(repo)
}

fn prints(git: &Repository) -> [Print; 3] {
    let listing = git.listing(&Tree::Commit(git.head().unwrap())).unwrap();
    NAMED.map(|path| listing.print(path))
}

/// What became of each named path, in words.
fn told(git: &Repository, then: &[Print; 3]) -> [String; 3] {
    let now = git.listing(&Tree::Commit(git.head().unwrap())).unwrap();
    let one = |n: usize| match drift(NAMED[n], &then[n], &now) {
        Drift::Moved(steps) => Drift::words(&Drift::Moved(steps.clone()), git.measure(&steps)),
        other => other.words(None),
    };
    [one(0), one(1), one(2)]
}

const SAME: &str = "is as it was";

#[test]
fn changed_new_and_moved_code_is_told_with_its_size() {
    let Some(repo) = repo() else { return };
    let git = Repository::alone(&repo.top());
    let then = prints(&git);
    repo.change("src/login/a.rs", "one\n", "1\nand a half\n");
    repo.write("infra/waf.tf", "on\n");
    repo.git(&["mv", "src/main.rs", "src/server.rs"]);
    assert_eq!(told(&git, &then), [SAME; 3], "code counts once it is committed");
    repo.commit("two");
    assert_eq!(
        told(&git, &then),
        ["changed: 1 file, 3 lines", "changed: 1 new", "is gone; perhaps it is src/server.rs now"]
    );
}

#[test]
fn squash_rebase_and_a_clone_of_depth_one_say_the_same() {
    let Some(repo) = repo() else { return };
    let git = Repository::alone(&repo.top());
    let then = prints(&git);
    repo.git(&["switch", "--quiet", "--create", "topic"]);
    repo.write("notes.md", "x");
    repo.commit("two");
    repo.write("notes.md", "y");
    repo.commit("three");
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", "--squash", "topic"]);
    repo.commit("squashed");
    assert_eq!(told(&git, &then), [SAME; 3]);
    repo.change("src/login/b.rs", "one\n", "1\n");
    repo.commit("moved on");
    let shallow = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repo.top().display());
    let done = Command::new("git")
        .args(["clone", "--quiet", "--depth", "1", &url, "clone"])
        .current_dir(shallow.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .status();
    assert!(done.unwrap().success());
    let clone = Repository::alone(&shallow.path().join("clone"));
    assert_eq!(told(&clone, &then), ["changed", SAME, SAME], "the old content is not there to be measured");
    assert_eq!(told(&git, &then), ["changed: 1 file, 2 lines", SAME, SAME]);
}
