//! `check` on what is staged, on revisions, against a base, and from hooks.

use insta::assert_snapshot;

use super::{Repo, told};

const SHOP: &str = r#"// strideboard session, format 1. Comments are not kept; use `note`.
Session(
    format: 1,
    title: "Shop",
    components: [
        Component(
            id: "api",
            name: "API",
            cells: [
                Cell(letter: R, state: NotApplicable, reason: "no user can reach it from outside"),
            ],
            threats: [
                Threat(
                    id: "T1-k7q",
                    letter: T,
                    statement: "webhook accepts unsigned payloads",
                    inherent: Rating(likelihood: 4, impact: 4),
                ),
                Threat(
                    id: "T2-abc",
                    letter: D,
                    statement: "floods",
                ),
            ],
        ),
    ],
    mitigations: [
        Mitigation(
            id: "M1-abc",
            title: "Sign payloads",
            state: InPlace,
            evidence: [
                "src/sign.rs#L1",
            ],
        ),
    ],
)
"#;

/// A reference that leads nowhere: what a merge by lines can leave.
const BROKEN: (&str, &str) = ("letter: D,", "letter: D, mitigations: [\"M9-zzz\"],");

/// The findings of a run, without where they stand.
fn found(told: &str) -> Vec<&str> {
    let ids = told.lines().filter_map(|line| line.rsplit_once(" [")?.1.strip_suffix(']'));
    ids.filter(|id| {
        ["rating-lowered", "threat-removed", "reason-weakened", "evidence-removed", "limit-raised", "session-removed"]
            .contains(id)
    })
    .collect()
}

#[test]
fn what_a_branch_takes_back_without_a_word_is_found_against_its_base() {
    let Some(repo) = Repo::with("sessions/shop.tm.ron", SHOP) else { return };
    repo.git(&["switch", "--quiet", "--create", "feature"]);
    let unchanged = repo.run(&["check", "--base", "main"]);
    assert!(found(&unchanged).is_empty(), "{unchanged}");
    for (from, to) in [
        ("likelihood: 4", "likelihood: 1"),
        ("no user can reach it from outside", "internal"),
        ("            evidence: [\n                \"src/sign.rs#L1\",\n            ],\n", ""),
        (
            "                Threat(\n                    id: \"T2-abc\",\n                    letter: D,\n                    statement: \"floods\",\n                ),\n",
            "",
        ),
    ] {
        repo.change("sessions/shop.tm.ron", from, to);
    }
    let expected = ["rating-lowered", "threat-removed", "reason-weakened", "evidence-removed"];
    let in_folder = repo.run(&["check", "--base", "main"]);
    let mut ids = found(&in_folder);
    ids.sort_unstable();
    let mut sorted = expected;
    sorted.sort_unstable();
    assert_eq!(ids, sorted, "{in_folder}");
    repo.git(&["add", "."]);
    assert_eq!(found(&repo.run(&["check", "--staged", "--base", "main"])).len(), 4);
    repo.commit("taken back");
    // What main does meanwhile is not what the branch does.
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("sessions/new.tm.ron", SHOP);
    repo.commit("main");
    let told = repo.run(&["check", "--rev", "feature", "--base", "main"]);
    assert_eq!(found(&told).len(), 4, "{told}");
    repo.git(&["mv", "sessions/shop.tm.ron", "sessions/store.tm.ron"]);
    assert!(found(&repo.run(&["check", "--base", "HEAD"])).is_empty(), "a new name takes nothing back");
    repo.git(&["rm", "--quiet", "-f", "sessions/new.tm.ron"]);
    assert_eq!(found(&repo.run(&["check", "--base", "HEAD"])), ["session-removed"]);
    // From another folder and by name it is the same session.
    repo.git(&["reset", "--quiet", "--hard", "feature"]);
    repo.write("src/main.rs", "");
    let told = repo.run_in("src", &["check", "shop", "--base", "HEAD~1"]);
    assert_eq!(found(&told).len(), 4, "{told}");
    repo.write("../elsewhere.tm.ron", SHOP);
    let told = repo.run(&["check", "../elsewhere.tm.ron", "--base", "HEAD"]);
    assert!(told.starts_with("exit 3") && told.contains("is not in this repository"), "{told}");
}

#[test]
fn a_base_that_is_not_there_is_no_pass() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    assert_snapshot!(repo.run(&["check", "--base", "origin/main"]), @"
        exit 3
        -- err
        error: there is no revision `origin/main` here
          hint: `git branch --all` and `git log` show what there is
        ");
    repo.commit("two");
    repo.git(&["clone", "--quiet", "--depth", "1", &format!("file://{}", repo.top().display()), "shallow"]);
    let told = repo.run_in("shallow", &["check", "--base", "HEAD~1"]);
    assert!(told.starts_with("exit 3") && told.contains("git fetch --unshallow"), "{told}");
    repo.git(&["switch", "--quiet", "--orphan", "alone"]);
    repo.write("shop.tm.ron", SHOP);
    repo.commit("alone");
    let told = repo.run(&["check", "--base", "main"]);
    assert!(told.starts_with("exit 3") && told.contains("have no commit in common here"), "{told}");
}

#[test]
fn what_is_staged_is_checked_and_not_what_lies_in_the_folder() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    assert!(repo.run(&["check", "--staged"]).starts_with("exit 3"), "nothing is staged");
    assert!(repo.run(&["check", "--staged", "--if-any"]).starts_with("exit 0"));
    repo.change("shop.tm.ron", BROKEN.0, BROKEN.1);
    repo.git(&["add", "."]);
    repo.write("shop.tm.ron", SHOP);
    let told = repo.run(&["check", "--staged", "--only", "structure"]);
    assert!(told.starts_with("exit 2") && told.contains("[record-broken]"), "{told}");
    repo.change("shop.tm.ron", "\"Shop\"", "\"Store\"");
    repo.git(&["add", "."]);
    repo.write("shop.tm.ron", "no session");
    assert!(repo.run(&["check", "--staged", "--only", "structure"]).starts_with("exit 0"));
}

#[test]
fn hooks_stop_a_commit_a_merge_and_a_push_of_a_session_that_is_not_whole() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    repo.git(&["init", "--quiet", "--bare", "../remote"]);
    repo.git(&["remote", "add", "origin", "../remote"]);
    repo.run(&["git-setup", "install", "--hooks", "pre-commit,pre-merge-commit,pre-push"]);
    // A session that is not finished is no reason to keep it from being saved.
    repo.commit("unfinished");
    repo.git(&["push", "--quiet", "origin", "main"]);
    repo.change("shop.tm.ron", BROKEN.0, BROKEN.1);
    repo.git(&["add", "."]);
    let output = repo.try_git(&["commit", "--message", "broken"]);
    assert!(!output.status.success() && told(&output).contains("[record-broken]"), "{}", told(&output));
    repo.git(&["commit", "--quiet", "--no-verify", "--message", "broken"]);
    let output = repo.try_git(&["push", "origin", "main"]);
    assert!(!output.status.success() && told(&output).contains("[record-broken]"), "{}", told(&output));
    repo.git(&["switch", "--quiet", "--create", "other", "HEAD~1"]);
    repo.write("else.txt", "x");
    repo.commit("other");
    let output = repo.try_git(&["merge", "--no-edit", "main"]);
    assert!(!output.status.success() && told(&output).contains("[record-broken]"), "{}", told(&output));
    repo.git(&["merge", "--abort"]);
    // Where strideboard is missing, hooks say so and let everything pass.
    let alone = Repo { path: std::env::var("PATH").unwrap(), ..repo };
    alone.write("more.txt", "x");
    alone.git(&["add", "."]);
    let output = alone.try_git(&["commit", "--message", "more"]);
    assert!(output.status.success() && told(&output).contains("strideboard was not found"), "{}", told(&output));
    alone.git(&["push", "--quiet", "origin", "--delete", "main"]);
}

#[test]
fn models_and_what_the_team_keeps_are_those_of_the_state_that_is_checked() {
    let upstream = "Session(format: 1, title: \"Identity\")";
    let Some(repo) = Repo::with("models/up.tm.ron", upstream) else { return };
    let relying = |model: &str| {
        format!(
            "Session(format: 1, title: \"Shop\", owner: \"us\", components: [Component(id: \"in\", name: \"Sign-in\", model: \"{model}\")])"
        )
    };
    repo.write("sessions/shop.tm.ron", &relying("../models/up.tm.ron"));
    repo.write("strideboard.ron", "Team(format: 1)");
    repo.commit("whole");
    repo.git(&["rm", "--quiet", "models/up.tm.ron"]);
    repo.write("strideboard.ron", "Team(format: 1, oops: 1)");
    assert!(repo.run(&["check", "sessions"]).contains("[model-unusable]"));
    let told = repo.run(&["check", "sessions", "--rev", "HEAD"]);
    assert!(told.starts_with("exit 2") && !told.contains("[model-unusable]") && !told.contains("oops"), "{told}");
    repo.change("sessions/shop.tm.ron", "\"Shop\"", "\"Store\"");
    repo.git(&["add", "--all"]);
    repo.write("strideboard.ron", "Team(format: 1)");
    repo.write("models/up.tm.ron", upstream);
    let told = repo.run(&["check", "--staged"]);
    assert!(told.starts_with("exit 3") && told.contains("[model-unusable]"), "{told}");
    assert!(told.contains("strideboard.ron:1:17: the team file has no field `oops`"), "{told}");
    repo.git(&["commit", "--quiet", "--message", "broken"]);
    let told = repo.run(&["check", "sessions", "--rev", "HEAD"]);
    assert!(told.contains("HEAD:strideboard.ron cannot be used"), "{told}");
}

#[test]
fn a_lower_profile_is_among_what_a_branch_takes_back() {
    let Some(repo) =
        Repo::with("shop.tm.ron", &SHOP.replace("    components", "    profile: \"high-risk\",\n    components"))
    else {
        return;
    };
    repo.change("shop.tm.ron", "high-risk", "quick");
    let told = repo.run(&["check", "--base", "HEAD"]);
    assert!(told.contains("the profile was high-risk and is quick") && told.contains("[profile-lowered]"), "{told}");
    assert!(told.lines().any(|line| line.starts_with("shop.tm.ron:5:") && line.contains("profile-lowered")), "{told}");
}
