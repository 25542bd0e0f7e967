//! Signing in a real repository: what was endorsed is found by its content, whatever became of its commit.

use super::Repo;

const SHOP: &str = r#"// strideboard session, format 1. Comments are not kept; use `note`.
Session(
    format: 1,
    title: "Shop",
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
                Threat(
                    id: "T2-abc",
                    letter: D,
                    statement: "floods",
                ),
            ],
        ),
    ],
)
"#;

const FILE: &str = "shop.tm.ron";

/// The print that a look gives.
fn look(repo: &Repo) -> String {
    let told = repo.run(&["endorse", "shop", "--by", "Ann Lee"]);
    told.split("--shown ").nth(1).unwrap_or_else(|| panic!("{told}")).trim().to_owned()
}

fn endorse(repo: &Repo) -> String {
    let shown = look(repo);
    repo.run(&["endorse", "shop", "--by", "Ann Lee", "--role", "AppSec", "--decision", "endorsed", "--shown", &shown])
}

#[test]
fn an_endorsement_is_a_delta_that_shows_what_changed_and_survives_a_squash() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    let first = repo.run(&["endorse", "shop", "--by", "Ann Lee"]);
    assert!(first.contains("everything, for Ann Lee has signed nothing here yet"), "{first}");
    assert!(first.contains("T1 \"webhook accepts unsigned payloads\" is new"), "{first}");
    let signed = endorse(&repo);
    assert!(signed.starts_with("exit 0") && signed.contains("Ann Lee (AppSec) endorsed"), "{signed}");
    // The commit that was signed for goes away; what it held comes back in another one.
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--amend", "--message", "squashed"]);
    assert!(!repo.run(&["check", "shop"]).contains("endorsement-stale"));

    repo.change(FILE, "likelihood: 4", "likelihood: 5");
    let told = repo.run(&["check", "shop"]);
    assert!(
        told.contains("endorsement-stale") && told.contains("T1 \"webhook accepts unsigned payloads\" changed"),
        "{told}"
    );
    let told = repo.run(&["diff"]);
    assert!(told.contains("Ann Lee (AppSec) endorsed on") && told.contains("STALE: T1"), "{told}");
    let told = repo.run(&["endorse", "shop", "--by", "Ann Lee"]);
    assert!(told.contains("what changed since Ann Lee signed E1") && told.contains("(4x4) → "), "{told}");
    assert!(!told.contains("floods"), "{told}");
    assert!(endorse(&repo).starts_with("exit 0"));
    assert!(repo.read("shop.signoff.ron").contains("since: \"E1-"));
}

#[test]
fn what_was_not_shown_is_not_signed_for() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    let shown = look(&repo);
    repo.change(FILE, "\"floods\"", "\"floods from one address\"");
    let told = repo.run(&["endorse", "shop", "--by", "Ann Lee", "--decision", "endorsed", "--shown", &shown]);
    assert!(told.starts_with("exit 1") && told.contains("the session is not what was shown"), "{told}");
    let told = repo.run(&["endorse", "shop", "--by", "Ann Lee", "--decision", "endorsed"]);
    assert!(told.starts_with("exit 1") && told.contains("nobody is there to look"), "{told}");
    assert!(!repo.file("shop.signoff.ron").exists());
}

#[test]
fn a_version_that_git_does_not_have_is_told_by_its_records() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    repo.change(FILE, "\"floods\"", "\"floods from one address\"");
    endorse(&repo);
    repo.change(FILE, "likelihood: 4", "likelihood: 5");
    let told = repo.run(&["endorse", "shop", "--by", "Ann Lee"]);
    assert!(told.contains("git does not have that version any more"), "{told}");
    assert!(told.contains("changed: T1 \"webhook accepts unsigned payloads\""), "{told}");
}

#[test]
fn a_comment_is_listed_answered_and_settled_and_check_and_show_know_it() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    let by = ["--by", "Ann\u{1b}[31m Lee"];
    let told = repo.run(&["comment", "add", "shop", "T1/inherent", "why so high?", "--ask", by[0], by[1]]);
    assert!(told.contains("C1-"), "{told}");
    repo.change(FILE, "likelihood: 4", "likelihood: 5");
    let told = repo.run(&["comment", "list", "shop"]);
    assert!(told.contains("inherent rating") && told.contains("outdated"), "{told}");
    assert!(!told.contains('\u{1b}'), "{told}");
    for command in ["check", "show"] {
        let told = repo.run(&[command, "shop"]);
        assert!(told.contains("why so high?"), "{told}");
    }
    let told = repo.run(&["comment", "reply", "shop", "C1", "measured", "--by", "Ben"]);
    assert!(told.contains("answered"), "{told}");
    assert!(repo.run(&["comment", "resolve", "shop", "C1", "--by", "Ben"]).contains("settled"));
    assert!(!repo.run(&["check", "shop"]).contains("why so high?"));
    let told = repo.run(&["comment", "add", "shop", "T9", "x", "--by", "Ben"]);
    assert!(told.starts_with("exit 1") && told.contains("there is no record `T9`"), "{told}");
}

#[test]
fn a_damaged_file_beside_a_session_is_never_a_pass() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    endorse(&repo);
    repo.commit("signed");
    repo.change("shop.signoff.ron", "decision: Endorsed", "decision: Maybe");
    for args in [&["check", "shop"][..], &["check", "--staged", "--if-any"], &["show", "shop"]] {
        let told = repo.run(args);
        let looked_at = args[1] == "--staged";
        assert_eq!(told.starts_with("exit 0") || told.starts_with("exit 2"), looked_at, "{args:?} {told}");
        assert_eq!(told.contains("shop.signoff.ron"), !looked_at, "{args:?} {told}");
    }
}
