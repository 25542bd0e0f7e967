//! `git-setup`: what it writes, twice and back, and what it leaves alone.

use std::fs;

use insta::assert_snapshot;

use super::Repo;

const SHOP: &str = "Session(\n    format: 1,\n    title: \"Shop\",\n)\n";

#[test]
fn installing_twice_is_installing_once_and_can_be_taken_back() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    repo.write(".gitattributes", "*.png binary");
    let before = (repo.read(".git/config"), repo.read(".gitattributes"));
    assert_snapshot!(repo.run(&["git-setup", "install", "--hooks", "pre-commit,pre-push"]), @r"
    exit 0
    -- out
    merge driver: strideboard merge-driver --handshake %O %A %B -l %L -p %P -s %S -x %X -y %Y; case $? in 40) exit 0;; 41) exit 1;; esac; git merge-file --marker-size=%L -L %X -L %S -L %Y %A %O %B
    attributes: added to [work]/.gitattributes
    hook: [work]/.git/hooks/pre-commit
    hook: [work]/.git/hooks/pre-push
    commit .gitattributes once; everybody runs `strideboard git-setup install` in their clone
    ");
    let once = (repo.read(".git/config"), repo.read(".gitattributes"), repo.read(".git/hooks/pre-push"));
    repo.run(&["git-setup", "install", "--hooks", "pre-commit,pre-push"]);
    assert_eq!(once, (repo.read(".git/config"), repo.read(".gitattributes"), repo.read(".git/hooks/pre-push")));
    assert_snapshot!(repo.read(".gitattributes"), @r"
    *.png binary
    *.tm.ron text eol=lf diff=strideboard merge=strideboard
    *.signoff.ron text eol=lf diff=strideboard merge=strideboard
    *.comments.ron text eol=lf diff=strideboard merge=strideboard
    ");
    assert_snapshot!(repo.run(&["git-setup", "doctor"]).replace(&repo.git(&["version"]), "git version\n"), @r"
    exit 0
    -- out
    good  git version
    good  the merge driver is registered
    good  `git diff` and `git log` name the record of a change
    good  the attributes of sessions are in effect
    good  the hook pre-commit is ours
    good  the hook pre-push is ours
    good  a trial merge came out as it should
    ");
    assert_snapshot!(repo.run(&["git-setup", "uninstall"]), @r"
    exit 0
    -- out
    merge driver: taken out
    attributes: taken out of [work]/.gitattributes; for everybody who shares the repository, once this is committed
    hook: [work]/.git/hooks/pre-commit removed
    hook: [work]/.git/hooks/pre-push removed
    ");
    assert_eq!(repo.read(".gitattributes").trim(), before.1);
    assert!(!repo.read(".git/config").contains("driver"), "{}", repo.read(".git/config"));
    assert!(repo.run(&["git-setup", "uninstall"]).contains("nothing of strideboard was registered here"));
    assert!(repo.run(&["git-setup", "doctor"]).starts_with("exit 2"));
}

#[test]
fn a_clone_that_was_set_up_for_sessions_alone_is_told_and_mended() {
    let Some(repo) = Repo::with("a/shop.tm.ron", SHOP) else { return };
    repo.run(&["git-setup", "install"]);
    repo.write(".gitattributes", "*.tm.ron text eol=lf diff=strideboard merge=strideboard\n");
    let told = repo.run(&["git-setup", "doctor"]);
    assert!(told.contains("bad   git merges a/shop.comments.ron as any text"), "{told}");
    repo.run(&["git-setup", "install"]);
    assert!(repo.run(&["git-setup", "doctor"]).starts_with("exit 0"));
    assert_eq!(repo.read(".gitattributes").lines().count(), 3);
}

#[test]
fn what_somebody_else_set_is_left_alone() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    repo.git(&["config", "merge.strideboard.driver", "mine %A"]);
    assert_snapshot!(repo.run(&["git-setup", "install"]), @r"
    exit 1
    -- err
    error: git merges sessions with something else: `mine %A`
      hint: `strideboard git-setup install --force` replaces it
    ");
    assert!(repo.run(&["git-setup", "uninstall"]).contains("not ours and was left alone"));
    repo.git(&["config", "--unset", "merge.strideboard.driver"]);
    repo.write(".gitattributes", "*.ron merge=union\n");
    assert_snapshot!(repo.run(&["git-setup", "install"]), @r"
    exit 1
    -- err
    error: an attributes file says that sessions merge with `union`
      hint: take that line out, or add ours after it with --force
    ");
    repo.write(".git/hooks/pre-commit", "#!/bin/sh\ntrue\n");
    let told = repo.run(&["git-setup", "install", "--force", "--hooks", "pre-commit"]);
    assert!(told.contains("not ours and was left alone; add this to it: strideboard check --staged"), "{told}");
    assert_eq!(repo.read(".git/hooks/pre-commit"), "#!/bin/sh\ntrue\n");
    assert!(repo.run(&["git-setup", "doctor"]).contains("the hook pre-commit is somebody else's"));
}

#[test]
fn one_clone_alone_can_know_and_a_worktree_knows_what_its_repository_does() {
    let Some(repo) = Repo::with("a/shop.tm.ron", SHOP) else { return };
    repo.git(&["worktree", "add", "--quiet", "../tree two", "-b", "two"]);
    let told = repo.run_in("../tree two/a", &["git-setup", "install", "--attributes", "info"]);
    assert!(told.starts_with("exit 0"), "{told}");
    assert!(
        !repo.file("../tree two/.gitattributes").exists() && repo.read(".git/info/attributes").contains("*.tm.ron")
    );
    for folder in ["", "../tree two"] {
        let told = repo.run_in(folder, &["git-setup", "doctor"]);
        assert!(told.starts_with("exit 0"), "{told}");
    }
}

#[test]
fn a_change_is_shown_with_its_record_and_without_strideboard_too() {
    let text = "Session(\n    format: 1,\n    title: \"Shop\",\n    notes: [\n        Note(\n            id: \"N1-abc\",\n            text: \"a\",\n            by: \"ana\",\n            owner: \"ana\",\n            due: \"2026-01-01\",\n            done: \"b\",\n        ),\n    ],\n)\n";
    let Some(repo) = Repo::with("shop.tm.ron", text) else { return };
    repo.run(&["git-setup", "install"]);
    repo.change("shop.tm.ron", "2026-01-01", "2026-01-02");
    let shown = repo.git(&["diff", "--unified=1"]);
    assert!(shown.contains("@@ N1-abc\n") || shown.lines().any(|line| line.ends_with("@@ N1-abc")), "{shown}");
    repo.git(&[
        "config",
        "diff.strideboard.textconv",
        &repo.git(&["config", "diff.strideboard.textconv"]).trim().replace("strideboard fmt", "/gone/strideboard fmt"),
    ]);
    let without = repo.git(&["diff", "--unified=1"]);
    assert!(without.contains("+            due: \"2026-01-02\""), "{without}");
    assert!(repo.git(&["log", "--patch"]).contains("N1-abc"));
}

#[test]
fn a_program_that_is_not_on_the_path_is_called_by_its_path() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    let folder = repo.file("../it's 100%Ours");
    fs::create_dir(&folder).unwrap();
    let program = folder.join("strideboard");
    fs::hard_link(env!("CARGO_BIN_EXE_strideboard"), &program)
        .or_else(|_| fs::copy(env!("CARGO_BIN_EXE_strideboard"), &program).map(drop))
        .unwrap();
    let output = repo.command(program.to_str().unwrap(), &repo.top()).args(["git-setup", "install"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let driver = repo.git(&["config", "merge.strideboard.driver"]);
    assert!(driver.contains("100%%Ours/strideboard' merge-driver"), "{driver}");
    let told = repo.run(&["git-setup", "doctor"]);
    assert!(told.contains("a trial merge came out as it should"), "{told}");
}
