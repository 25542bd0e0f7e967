//! What two people sign and say in parallel, in every way git merges it.

use insta::assert_snapshot;

use super::{Repo, told};

const SHOP: &str = "Session(\n    format: 1,\n    title: \"Shop\",\n)\n";
const FILE: &str = "sessions/shop.tm.ron";
const SIGNED: &str = "sessions/shop.signoff.ron";
const SAID: &str = "sessions/shop.comments.ron";

impl Repo {
    /// Ann and Ben each sign and comment on a branch of their own; Ann's is checked out.
    fn two_reviewers(&self) {
        self.git(&["switch", "--quiet", "--create", "side"]);
        self.review("Ben");
        self.git(&["switch", "--quiet", "main"]);
        self.review("Ann");
    }

    fn review(&self, by: &str) {
        let look = self.run(&["endorse", FILE, "--by", by]);
        let shown = look.split_whitespace().last().unwrap();
        let signed = self.run(&["endorse", FILE, "--by", by, "--decision", "endorsed", "--shown", shown]);
        assert!(signed.starts_with("exit 0"), "{signed}");
        let said = self.run(&["comment", "add", FILE, "session/scope", &format!("{by} asks why"), "--by", by]);
        assert!(said.starts_with("exit 0"), "{said}");
        self.commit(by);
    }

    fn holds_both_reviews(&self) {
        for file in [SIGNED, SAID] {
            let text = self.read(file);
            assert!(text.contains("by: \"Ann\"") && text.contains("by: \"Ben\""), "{text}");
            assert!(!text.contains("<<<<<<<"), "{text}");
        }
        // Both began with one number: the whole id is what can be typed.
        let said = self.run(&["comment", "list", FILE]);
        assert!(said.contains("2 comments open") && said.matches(" C1-").count() == 2, "{said}");
        let signed = self.run(&["endorse", FILE, "--by", "Ann"]);
        assert!(signed.matches("E1-").count() == 2, "{signed}");
    }
}

#[test]
fn what_two_people_signed_and_said_in_parallel_is_all_there() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    repo.run(&["git-setup", "install"]);
    repo.commit("attributes");
    repo.two_reviewers();
    repo.git(&["merge", "--quiet", "side"]);
    repo.holds_both_reviews();
    repo.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    repo.git(&["rebase", "--quiet", "side"]);
    repo.holds_both_reviews();
}

#[test]
fn one_comment_with_two_texts_is_left_between_markers() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    repo.run(&["git-setup", "install"]);
    repo.review("Ann");
    repo.git(&["switch", "--quiet", "--create", "side"]);
    repo.change(SAID, "asks why", "asks how");
    repo.commit("theirs");
    repo.git(&["switch", "--quiet", "main"]);
    repo.change(SAID, "asks why", "asks when");
    repo.commit("ours");
    let output = repo.try_git(&["merge", "side"]);
    let text = repo.read(SAID);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("say different things in C1-"), "{}", told(&output));
    let marked = ["<<<<<<< HEAD", "asks when", "=======", "asks how", ">>>>>>> side"];
    assert!(marked.iter().all(|line| text.contains(line)), "{text}");
}

#[test]
fn without_the_driver_what_git_holds_is_joined_afterwards() {
    let Some(repo) = Repo::with(FILE, SHOP) else { return };
    repo.two_reviewers();
    assert!(!repo.try_git(&["merge", "side"]).status.success());
    let hint = repo.run(&["comment", "list", FILE]);
    assert!(
        hint.contains("merge --unmerged SESSION` takes the entries of both sides") && !hint.contains("keep"),
        "{hint}"
    );
    assert_snapshot!(repo.run(&["merge", "--unmerged", "shop"]), @r"
    exit 0
    -- err
    sessions/shop.signoff.ron holds the endorsements of both sides
    sessions/shop.comments.ron holds the comments of both sides
    ");
    repo.holds_both_reviews();
    repo.git(&["checkout", "--merge", "--", SAID]);
    assert!(repo.run(&["merge", "--unmerged", SAID]).starts_with("exit 0"));
    repo.holds_both_reviews();
    repo.git(&["add", "."]);
    assert!(repo.run(&["merge", "--unmerged", SAID]).contains("git holds no two sides"));
}

#[test]
fn a_role_is_kept_from_one_signature_to_the_next_and_known_from_the_session() {
    let people = "    people: [Person(id: \"ann\", name: \"Ann\", roles: [Defender])],\n)\n";
    let Some(repo) = Repo::with(FILE, &SHOP.replace(")\n", people)) else { return };
    let sign = |role: &[&str]| {
        let look = repo.run(&["endorse", FILE, "--by", "Ann"]);
        let shown = look.split_whitespace().last().unwrap();
        repo.run(&[&["endorse", FILE, "--by", "Ann", "--decision", "endorsed", "--shown", shown], role].concat())
    };
    assert!(sign(&[]).to_lowercase().contains("ann (defender) endorsed"));
    assert!(sign(&["--role", "AppSec"]).contains("Ann (AppSec) endorsed"));
    repo.change(FILE, "Shop", "Store");
    assert!(sign(&[]).contains("Ann (AppSec) endorsed"));
}
