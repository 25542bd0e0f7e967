//! `diff` over revisions, and what git is asked on the way.

use insta::assert_snapshot;

use super::Repo;

/// A session with one threat that nobody answers for.
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
            ],
        ),
    ],
)
"#;

#[test]
fn what_changed_since_the_last_commit_is_said_with_the_line_to_look_at() {
    let Some(repo) = Repo::with("sessions/shop.tm.ron", SHOP) else { return };
    assert_snapshot!(repo.run(&["diff", "--exit-code"]), @r"
    exit 0
    -- out
    no session changed
    ");
    repo.change("sessions/shop.tm.ron", "likelihood: 4", "likelihood: 1");
    repo.write("sessions/new one.tm.ron", "Session(format: 1, title: \"New\")");
    let expected = repo.run(&["diff", "--exit-code"]);
    assert_snapshot!(expected, @r#"
    exit 2
    -- out
    HEAD:sessions/shop.tm.ron → sessions/shop.tm.ron
    High 0 (−1)  Low 1 (+1)  unanswered above appetite 0 (−1)

    Ratings and limits lowered
      sessions/shop.tm.ron:14: T1 "webhook accepts unsigned payloads": High (4x4) → Low (1x4); no reason given

    sessions/new one.tm.ron: a new session
    no threats

    Other changes
      sessions/new one.tm.ron:1: the session: title "New"
    "#);
    assert_eq!(repo.run(&["diff", "HEAD", "--exit-code"]), expected);
    assert_snapshot!(repo.run_in("sessions", &["diff", "shop", "--exit-code"]), @r#"
    exit 2
    -- out
    HEAD:sessions/shop.tm.ron → shop.tm.ron
    High 0 (−1)  Low 1 (+1)  unanswered above appetite 0 (−1)

    Ratings and limits lowered
      shop.tm.ron:14: T1 "webhook accepts unsigned payloads": High (4x4) → Low (1x4); no reason given
    "#);
}

#[test]
fn sessions_come_go_and_take_another_name_between_revisions() {
    let Some(repo) = Repo::with("sessions/shop.tm.ron", SHOP) else { return };
    repo.write("old.tm.ron", &SHOP.replace("Shop", "Old").replace("T1-k7q", "T9-abc"));
    repo.commit("two");
    repo.git(&["mv", "sessions/shop.tm.ron", "sessions/store.tm.ron"]);
    repo.git(&["rm", "--quiet", "old.tm.ron"]);
    repo.write("broken.tm.ron", "Session(");
    repo.commit("three");
    assert_snapshot!(repo.run(&["diff", "HEAD~1..HEAD"]), @r#"
    exit 1
    -- out
    broken.tm.ron: cannot be compared
      error: HEAD:broken.tm.ron cannot be read as a session
      HEAD:broken.tm.ron:1:1: the file does not say which format it has

    old.tm.ron: the session was removed
    High 0 (−1)  unanswered above appetite 0 (−1)

    Withdrawn, removed or not applicable
      old.tm.ron:1: the session "Old" was removed, with 1 live threat and 1 above appetite that nobody answers for

    HEAD~1:sessions/shop.tm.ron → HEAD:sessions/store.tm.ron
    -- err
    error: 1 session could not be compared
      hint: what is wrong stands with the session
    "#);
    assert_snapshot!(repo.run(&["diff", "HEAD~1..", "--", "sessions"]), @r"
    exit 0
    -- out
    HEAD~1:sessions/shop.tm.ron → HEAD:sessions/store.tm.ron
    ");
    assert_snapshot!(repo.run(&["diff", "HEAD~1", "HEAD", "--format", "markdown", "--link", "https://forge.example/x"]), @r"
    exit 1
    -- err
    error: `https://forge.example/x` is the address of one file, and several changed
      hint: write `{path}` where the path of the session belongs
    ");
}

#[test]
fn a_branch_is_compared_with_where_it_left_the_other() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    repo.git(&["switch", "--quiet", "--create", "feature"]);
    repo.change("shop.tm.ron", "name: \"API\"", "name: \"Gateway\"");
    repo.commit("feature");
    repo.git(&["switch", "--quiet", "main"]);
    repo.change("shop.tm.ron", "likelihood: 4", "likelihood: 1");
    repo.commit("main");
    let fork = repo.run(&["diff", "main...feature"]);
    assert!(fork.contains("Gateway") && !fork.contains("High (4x4)"), "{fork}");
    let tips = repo.run(&["diff", "main..feature"]);
    assert!(tips.contains("Gateway") && tips.contains("Low (1x4) → High (4x4)"), "{tips}");
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let Some(repo) = Repo::new() else { return };
    repo.write("shop.tm.ron", SHOP);
    let untracked = repo.run(&["diff"]);
    repo.git(&["add", "shop.tm.ron"]);
    assert_eq!(repo.run(&["diff"]), untracked);
    assert!(untracked.contains("shop.tm.ron: a new session"), "{untracked}");
}

#[test]
fn what_cannot_be_found_is_said_in_plain_words() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    repo.git(&["branch", "shop"]);
    assert_snapshot!(repo.run(&["diff", "shop"]), @r"
    exit 1
    -- err
    error: `shop` is a revision and a session
      hint: the revision: `strideboard diff shop^0`
      hint: the session: `strideboard diff -- shop`
    ");
    assert!(repo.run(&["diff", "shop^0"]).starts_with("exit 0"));
    assert!(repo.run(&["diff", "--", "shop"]).starts_with("exit 0"));
    assert_snapshot!(repo.run(&["diff", "gone"]), @r"
    exit 1
    -- err
    error: `gone` is neither a revision nor a session here
      hint: `git branch --all` and `git log` show what there is
      hint: `strideboard list` shows the sessions
    ");
    assert_snapshot!(repo.run(&["diff", "--output=x..HEAD"]).lines().next().unwrap_or_default(), @"exit 1");
    assert_snapshot!(repo.run(&["diff", "HEAD..", "HEAD"]), @r"
    exit 1
    -- err
    error: `HEAD..` and `HEAD` are not two revisions
      hint: for example `strideboard diff main..HEAD checkout`
    ");
    assert_snapshot!(repo.run_in("..", &["diff"]), @r"
    exit 1
    -- err
    error: [home] is not in a git repository
      hint: or name two session files
    ");
    let without_git = Repo { path: "/nowhere".to_owned(), ..repo };
    assert_snapshot!(without_git.run(&["diff"]), @r"
    exit 1
    -- err
    error: git was not found; install it, or make sure that it is on the PATH
      hint: or name two session files
    ");
}

#[test]
fn names_that_look_like_options_drivers_and_links_do_nothing() {
    let Some(repo) = Repo::with("--output=x.tm.ron", SHOP) else { return };
    repo.write(".gitattributes", "* diff=evil filter=evil\n");
    repo.commit("attributes");
    repo.git(&["config", "diff.evil.command", "touch ran; true"]);
    repo.git(&["config", "diff.evil.textconv", "touch ran; cat"]);
    repo.git(&["config", "core.fsmonitor", "touch ran; false"]);
    repo.change("--output=x.tm.ron", "likelihood: 4", "likelihood: 1");
    repo.write("a\nb\u{1b}[2J.tm.ron", SHOP);
    let told = repo.run(&["diff"]);
    assert!(told.contains("--output=x.tm.ron:14: T1") && told.contains("a␊b␛[2J.tm.ron: a new session"), "{told}");
    assert!(!repo.file("ran").exists() && !repo.file("x.tm.ron").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/passwd", repo.file("link.tm.ron")).unwrap();
        repo.commit("link");
        let told = repo.run(&["diff", "HEAD~1..HEAD"]);
        assert!(told.contains("HEAD:link.tm.ron is a link, not a session"), "{told}");
    }
}

#[test]
fn a_clone_with_only_the_end_of_the_history_says_so() {
    let Some(repo) = Repo::with("shop.tm.ron", SHOP) else { return };
    repo.change("shop.tm.ron", "likelihood: 4", "likelihood: 1");
    repo.commit("two");
    let from = format!("file://{}", repo.top().display());
    repo.git(&["clone", "--quiet", "--depth", "1", &from, "shallow"]);
    assert_snapshot!(repo.run_in("shallow", &["diff", "HEAD~1"]), @r"
    exit 1
    -- err
    error: `HEAD~1` is neither a revision nor a session here
      hint: the clone holds only the end of the history; `git fetch --unshallow` gets the rest
      hint: `strideboard list` shows the sessions
    ");
    assert!(repo.run_in("shallow", &["diff"]).contains("no session changed"));
}

#[test]
fn a_sparse_checkout_and_a_second_worktree_are_compared_like_any_other() {
    let Some(repo) = Repo::with("a/shop.tm.ron", SHOP) else { return };
    repo.write("b/other.tm.ron", SHOP);
    repo.commit("two");
    repo.git(&["worktree", "add", "--quiet", "../tree two", "-b", "two"]);
    repo.git(&["sparse-checkout", "set", "a"]);
    assert!(!repo.file("b/other.tm.ron").exists());
    assert!(repo.run(&["diff"]).contains("no session changed"));
    std::fs::write(repo.file("../tree two/a/shop.tm.ron"), SHOP.replace("likelihood: 4", "likelihood: 1")).unwrap();
    let told = repo.run_in("../tree two", &["diff"]);
    assert!(told.contains("HEAD:a/shop.tm.ron → a/shop.tm.ron"), "{told}");
}

#[test]
fn what_a_session_said_before_the_day_of_a_meeting_is_what_git_held_then() {
    let Some(repo) = Repo::with("sessions/shop.tm.ron", "Session(format: 1, title: \"Shop\")") else { return };
    let path = repo.top().join("sessions").join("shop.tm.ron");
    let title = |day| Some(strideboard::runtime::history::before(&path, day)?.title);
    repo.write("sessions/shop.tm.ron", "Session(format: 1, title: \"Shop, later\")");
    assert_eq!(title(jiff::civil::date(2090, 1, 1)).as_deref(), Some("Shop"));
    assert_eq!(title(jiff::civil::date(2000, 1, 1)), None, "nobody had committed it");
}
