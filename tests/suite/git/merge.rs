//! Sessions in every way git merges: with the driver, without it, and with one that fails.

use std::{fs, process::Output};

use insta::assert_snapshot;

use super::{Repo, told};

/// Two fields side by side, which lines cannot merge, and a rating.
const SHOP: &str = r#"// strideboard session, format 1. Comments are not kept; use `note`.
Session(
    format: 1,
    title: "Shop",
    owner: "ana",
    components: [
        Component(
            id: "api",
            name: "API",
            threats: [
                Threat(
                    id: "T1-k7q",
                    letter: T,
                    statement: "webhook accepts unsigned payloads",
                    inherent: Rating(likelihood: 4, impact: 4),
                ),
            ],
        ),
    ],
)
"#;

const FILE: &str = "sessions/shop.tm.ron";

type Change = (&'static str, &'static str);

const TITLE: Change = ("\"Shop\"", "\"Store\"");
const OWNER: Change = ("\"ana\"", "\"ben\"");
const HIGHER: Change = ("likelihood: 4", "likelihood: 5");
const LOWER: Change = ("likelihood: 4", "likelihood: 1");

impl Repo {
    /// A session under version control, with everything registered.
    fn set_up() -> Option<Self> {
        let repo = Self::with(FILE, SHOP)?;
        let told = repo.run(&["git-setup", "install"]);
        assert!(told.starts_with("exit 0"), "{told}");
        repo.commit("attributes");
        Some(repo)
    }

    /// One change on the branch `side` and one on `main`, which is checked out.
    fn fork(&self, ours: Change, theirs: Change) {
        self.git(&["switch", "--quiet", "--create", "side"]);
        self.change(FILE, theirs.0, theirs.1);
        self.commit("theirs");
        self.git(&["switch", "--quiet", "main"]);
        self.change(FILE, ours.0, ours.1);
        self.commit("ours");
    }

    fn holds(&self, words: &[&str]) {
        let text = self.read(FILE);
        assert!(words.iter().all(|word| text.contains(word)), "{words:?} {text}");
        assert!(!text.contains("<<<<<<<"), "{text}");
    }

    /// Both ratings are there to be decided between, in a session that loads.
    fn waits_for_a_decision(&self, output: &Output) {
        assert!(!output.status.success(), "{}", told(output));
        self.holds(&["T1-k7q/inherent", "likelihood: 5", "likelihood: 1"]);
        assert!(self.run(&["resolve", FILE]).starts_with("exit 2"));
    }

    fn resolve(&self) {
        assert!(self.run(&["resolve", FILE, "--all", "--theirs"]).starts_with("exit 0"));
        self.git(&["add", FILE]);
    }
}

#[test]
fn a_merge_that_lines_cannot_do_is_done_record_by_record() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(TITLE, OWNER);
    repo.git(&["merge", "--quiet", "side"]);
    repo.holds(&["\"Store\"", "\"ben\""]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_conflict_is_a_record_in_a_session_that_loads_until_somebody_decides() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, LOWER);
    let output = repo.try_git(&["merge", "side"]);
    assert_snapshot!(String::from_utf8_lossy(&output.stderr), @r#"
    sessions/shop.tm.ron:
    conflict: T1 "webhook accepts unsigned payloads", inherent rating: ours High (5x4), theirs Low (1x4)
    merged with 1 conflict
    hint: strideboard resolve sessions/shop.tm.ron, then git add sessions/shop.tm.ron
    "#);
    repo.waits_for_a_decision(&output);
    let file = repo.read(FILE);
    assert!(file.contains("ours_from: \"HEAD\"") && file.contains("theirs_from: \"side\""), "{file}");
    assert!(repo.run(&["check", FILE]).contains("conflict-open"));
    repo.resolve();
    repo.git(&["commit", "--quiet", "--no-edit"]);
    repo.holds(&["likelihood: 1"]);
}

#[test]
fn rebase_cherry_pick_revert_stash_and_squash_ask_the_driver_too() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(TITLE, OWNER);
    repo.git(&["branch", "start"]);
    let both = ["\"Store\"", "\"ben\""];
    for command in
        [&["rebase", "--quiet", "side"][..], &["cherry-pick", "side"], &["merge", "--squash", "--quiet", "side"]]
    {
        repo.git(command);
        repo.holds(&both);
        repo.git(&["reset", "--quiet", "--hard", "start"]);
    }
    repo.git(&["cherry-pick", "side"]);
    repo.git(&["revert", "--no-edit", "HEAD~1"]);
    repo.holds(&["\"Shop\"", "\"ben\""]);
    repo.git(&["reset", "--quiet", "--hard", "start"]);
    repo.change(FILE, OWNER.0, OWNER.1);
    repo.git(&["stash", "--quiet"]);
    repo.change(FILE, "\"Store\"", "\"Market\"");
    repo.commit("meanwhile");
    repo.git(&["stash", "pop", "--quiet"]);
    repo.holds(&["\"Market\"", "\"ben\""]);
}

#[test]
fn what_conflicts_in_a_rebase_a_cherry_pick_or_a_stash_waits_for_a_decision() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, LOWER);
    repo.git(&["branch", "start"]);
    for (command, abort) in [
        (&["rebase", "side"][..], &["rebase", "--abort"][..]),
        (&["cherry-pick", "side"], &["cherry-pick", "--abort"]),
        (&["merge", "--squash", "side"], &["reset", "--hard"]),
    ] {
        repo.waits_for_a_decision(&repo.try_git(command));
        repo.git(abort);
        repo.git(&["reset", "--quiet", "--hard", "start"]);
    }
    repo.waits_for_a_decision(&repo.try_git(&["rebase", "side"]));
    repo.resolve();
    repo.git(&["rebase", "--continue"]);
    repo.holds(&["likelihood: 5"]);
}

#[test]
fn both_sides_can_add_the_session() {
    let Some(repo) = Repo::set_up() else { return };
    let add = |text: String| {
        repo.write("sessions/new.tm.ron", &text);
        repo.commit("new");
    };
    repo.git(&["switch", "--quiet", "--create", "side"]);
    add(SHOP.replace("    owner: \"ana\",\n", "").replace("T1-k7q", "T2-abc").replace("webhook", "callback"));
    repo.git(&["switch", "--quiet", "main"]);
    add(SHOP.to_owned());
    let output = repo.try_git(&["merge", "side"]);
    let text = repo.read("sessions/new.tm.ron");
    assert!(text.contains("T1-k7q") && text.contains("T2-abc") && !text.contains("<<<<<<<"), "{}{text}", told(&output));
    // What lines of text would have joined silently is named.
    assert!(told(&output).contains("the same?"), "{}", told(&output));
}

#[test]
fn a_session_renamed_on_one_side_is_merged_under_its_new_name() {
    let Some(repo) = Repo::set_up() else { return };
    repo.git(&["switch", "--quiet", "--create", "side"]);
    repo.git(&["mv", FILE, "sessions/store.tm.ron"]);
    repo.commit("renamed");
    repo.change("sessions/store.tm.ron", OWNER.0, OWNER.1);
    repo.commit("theirs");
    repo.git(&["switch", "--quiet", "main"]);
    repo.change(FILE, TITLE.0, TITLE.1);
    repo.commit("ours");
    repo.git(&["merge", "--quiet", "side"]);
    let text = repo.read("sessions/store.tm.ron");
    assert!(text.contains("\"Store\"") && text.contains("\"ben\"") && !repo.file(FILE).exists(), "{text}");
}

#[test]
fn a_session_removed_on_one_side_is_left_to_git_and_stays_readable() {
    let Some(repo) = Repo::set_up() else { return };
    repo.git(&["switch", "--quiet", "--create", "side"]);
    repo.git(&["rm", "--quiet", FILE]);
    repo.commit("removed");
    repo.git(&["switch", "--quiet", "main"]);
    repo.change(FILE, TITLE.0, TITLE.1);
    repo.commit("ours");
    let output = repo.try_git(&["merge", "side"]);
    assert!(told(&output).contains("modify/delete"), "{}", told(&output));
    repo.holds(&["\"Store\""]);
}

#[test]
fn two_common_ancestors_are_merged_first_and_lose_nothing() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, LOWER);
    // Each takes the other in and decides differently: what they have in common is a merge with a conflict.
    let start = repo.git(&["rev-parse", "main", "side"]);
    let tips: Vec<&str> = start.lines().collect();
    for (branch, other, rating) in [("main", tips[1], "likelihood: 3"), ("side", tips[0], "likelihood: 2")] {
        repo.git(&["switch", "--quiet", branch]);
        repo.try_git(&["merge", other]);
        repo.write(FILE, &SHOP.replace("likelihood: 4", rating));
        repo.commit("decided");
    }
    repo.git(&["switch", "--quiet", "main"]);
    let output = repo.try_git(&["merge", "side"]);
    assert!(!output.status.success(), "{}", told(&output));
    repo.holds(&["T1-k7q/inherent", "likelihood: 3", "likelihood: 2"]);
    assert_eq!(repo.read(FILE).matches("Conflict(").count(), 1);
}

#[test]
fn who_kept_the_cautious_value_and_who_changed_it_disagree() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, LOWER);
    repo.try_git(&["merge", "side"]);
    repo.commit("undecided");
    repo.git(&["switch", "--quiet", "--create", "kept"]);
    assert!(repo.run(&["resolve", FILE, "--all", "--keep"]).starts_with("exit 0"));
    repo.commit("kept");
    repo.git(&["switch", "--quiet", "main"]);
    assert!(repo.run(&["resolve", FILE, "--all", "--theirs"]).starts_with("exit 0"));
    repo.commit("lowered");
    repo.waits_for_a_decision(&repo.try_git(&["merge", "kept"]));
}

#[test]
fn a_worktree_and_line_ends_of_another_system_change_nothing() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(TITLE, OWNER);
    repo.git(&["config", "core.autocrlf", "true"]);
    repo.git(&["config", "core.eol", "crlf"]);
    repo.git(&["worktree", "add", "--quiet", "../tree two", "-b", "two", "main"]);
    repo.git(&["-C", "../tree two", "merge", "--quiet", "side"]);
    let text = fs::read_to_string(repo.file("../tree two").join(FILE)).unwrap();
    assert!(text.contains("\"Store\"") && text.contains("\"ben\"") && !text.contains('\r'), "{text}");
    // Without the attributes a checkout may have other line ends; they are read all the same.
    repo.write(".gitattributes", "");
    repo.write(FILE, &SHOP.replace('\n', "\r\n"));
    assert!(!repo.run(&["check", FILE]).contains("cannot be read"));
}

#[test]
fn a_driver_that_is_missing_crashes_or_knows_nothing_leaves_ordinary_markers() {
    let endings =
        ["exit 0", "exit 1", "exit 2", "exit 101", "exit 124", "exit 127", "exit 137", "exit 139", "kill -9 $$"];
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, LOWER);
    let program = repo.file("../it's broken");
    for ending in endings.into_iter().map(Some).chain([None]) {
        match ending {
            Some(ending) => fs::write(&program, format!("#!/bin/sh\n{ending}\n")).unwrap(),
            None => fs::remove_file(&program).unwrap(),
        }
        if ending.is_some() {
            fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
        let told_setup = repo.run(&["git-setup", "install", "--program", program.to_str().unwrap()]);
        assert!(told_setup.starts_with("exit 0"), "{told_setup}");
        let output = repo.try_git(&["merge", "side"]);
        let text = repo.read(FILE);
        let marked = ["<<<<<<< HEAD", "likelihood: 5", "=======", "likelihood: 1", ">>>>>>> side"];
        assert!(marked.iter().all(|line| text.contains(line)), "{ending:?}: {}{text}", told(&output));
        assert_eq!(output.status.code(), Some(1), "{ending:?}");
        repo.git(&["merge", "--abort"]);
        repo.git(&["diff"]);
    }
    let told = repo.run(&["git-setup", "doctor"]);
    assert!(told.contains("bad   a trial merge was done by lines"), "{told}");
}

#[test]
fn a_disk_without_room_leaves_ordinary_markers() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, LOWER);
    let program = repo.file("../full");
    fs::write(&program, "#!/bin/sh\nulimit -f 0\nexec strideboard \"$@\"\n").unwrap();
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    repo.run(&["git-setup", "install", "--program", program.to_str().unwrap()]);
    let output = repo.try_git(&["merge", "side"]);
    let text = repo.read(FILE);
    assert!(text.contains("<<<<<<< HEAD") && text.contains(">>>>>>> side"), "{}{text}", told(&output));
    assert!(told(&output).contains("shop.tm.ron"), "{}", told(&output));
}

#[test]
fn a_side_that_is_no_session_is_merged_by_lines_and_said_to_be() {
    let Some(repo) = Repo::set_up() else { return };
    repo.fork(HIGHER, ("likelihood: 4", "likelihod: 1"));
    let output = repo.try_git(&["merge", "side"]);
    assert_snapshot!(String::from_utf8_lossy(&output.stderr), @r"
    sessions/shop.tm.ron (side):15:38: a rating has no field `likelihod`
      hint: did you mean `likelihood`?
    error: sessions/shop.tm.ron (side) cannot be read as a session; see the problem above
    sessions/shop.tm.ron is merged line by line instead
    ");
    let text = repo.read(FILE);
    assert!(text.contains("<<<<<<< HEAD") && text.contains(">>>>>>> side"), "{text}");
}

#[test]
fn without_the_driver_the_versions_in_git_are_merged_afterwards() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    repo.fork(TITLE, OWNER);
    assert!(!repo.try_git(&["merge", "side"]).status.success());
    assert!(repo.read(FILE).contains("<<<<<<<"));
    assert_snapshot!(repo.run(&["merge", "--unmerged", "shop"]), @r"
    exit 0
    -- err
    merged without conflicts
    ");
    repo.holds(&["\"Store\"", "\"ben\""]);
    repo.git(&["add", FILE]);
    assert_snapshot!(repo.run(&["merge", "--unmerged", "shop"]), @r"
    exit 1
    -- err
    error: git holds no two sides of sessions/shop.tm.ron
      hint: there is nothing to merge: `git status` lists what is not merged yet
    ");
}

#[test]
fn conflicts_can_be_ordinary_markers_around_what_is_undecided() {
    let Some(repo) = Repo::set_up() else { return };
    repo.run(&["git-setup", "install", "--conflicts", "markers"]);
    repo.fork(HIGHER, LOWER);
    repo.git(&["switch", "--quiet", "side"]);
    repo.change(FILE, OWNER.0, OWNER.1);
    repo.commit("more");
    repo.git(&["switch", "--quiet", "main"]);
    repo.change(FILE, TITLE.0, TITLE.1);
    repo.commit("more");
    assert!(!repo.try_git(&["merge", "side"]).status.success());
    let text = repo.read(FILE);
    let marked = "<<<<<<< HEAD
                    inherent: Rating(likelihood: 5, impact: 4),
=======
                    inherent: Rating(likelihood: 1, impact: 4),
>>>>>>> side
";
    assert!(text.contains(marked) && text.matches("<<<<<<<").count() == 1, "{text}");
    assert!(text.contains("\"Store\"") && text.contains("\"ben\""), "{text}");
}
