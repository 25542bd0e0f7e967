//! `log`: risk over the revisions of a real repository.

use insta::assert_snapshot;

use super::Repo;

fn session(title: &str, threats: &[(&str, &str, u8)]) -> String {
    let one = |(id, more, step): &(&str, &str, u8)| {
        format!(
            "Threat(id: \"{id}\", letter: T, statement: \"x\", inherent: Rating(likelihood: {step}, impact: {step}){more})"
        )
    };
    let threats = threats.iter().map(one).collect::<Vec<_>>().join(", ");
    format!(
        "Session(format: 1, title: \"{title}\", components: [Component(id: \"api\", name: \"API\", threats: [{threats}])], \
         mitigations: [Mitigation(id: \"M1-abc\", title: \"m\", state: InPlace, evidence: [\"a\"]), \
         Mitigation(id: \"M2-abc\", title: \"m\", state: InPlace)])"
    )
}

const TREATED: &str = ", mitigations: [\"M1-abc\"]";

/// Found, treated, broken file, renamed, open again.
fn story() -> Option<Repo> {
    let repo = Repo::with("sessions/shop.tm.ron", &session("Shop", &[("T1-abc", "", 5), ("T2-abc", "", 1)]))?;
    repo.write("sessions/shop.tm.ron", &session("Shop", &[("T1-abc", TREATED, 5), ("T2-abc", "", 1)]));
    repo.commit("treated");
    repo.write("src/main.rs", "");
    repo.commit("not about a session");
    let good = repo.read("sessions/shop.tm.ron");
    repo.write("sessions/shop.tm.ron", "Session(oops \u{1b}[2J)");
    repo.commit("broken");
    repo.write("sessions/shop.tm.ron", &good);
    repo.commit("mended");
    repo.git(&["mv", "sessions/shop.tm.ron", "sessions/store.tm.ron"]);
    repo.commit("renamed");
    repo.write("sessions/store.tm.ron", &session("Shop", &[("T1-abc", "", 5), ("T2-abc", "", 1)]));
    repo.commit("open again");
    Some(repo)
}

/// Without the ids of commits.
fn plain(repo: &Repo, told: &str) -> String {
    let commits = repo.git(&["rev-list", "--reverse", "HEAD"]);
    let mut told = told.to_owned();
    for (n, commit) in commits.lines().enumerate() {
        told = told.replace(commit, &format!("commit{n}")).replace(&commit[..10], &format!("commit{n}   "));
    }
    told
}

#[test]
fn a_session_is_followed_through_renames_and_a_broken_revision_is_named() {
    let Some(repo) = story() else { return };
    assert_snapshot!(plain(&repo, &repo.run(&["log", "sessions/store.tm.ron"])), @"
        exit 0
        -- out
        sessions/store.tm.ron: 6 revisions, 2026-03-01 to 2026-03-01

        open threats    █▄▄▄▄█      2 → 2
          critical      █▁▁▁▁█      1 → 1
          very low      ██████      1 → 1
        reopened        ▁▁▁▁▁█      0 → 1
        evidence        █████░░░░░  50 %, 1 of 2 in place
        not applicable  ░░░░░░░░░░  0 %, 0 of 1 cells

        1 threat came back after being closed.

        day         commit      open  critical  high  medium  low  not rated  reopened
        2026-03-01  commit6     2     1         ·     ·       1    ·          1
        2026-03-01  commit5     1     ·         ·     ·       1    ·          ·
        2026-03-01  commit4     1     ·         ·     ·       1    ·          ·
        2026-03-01  commit3     1     ·         ·     ·       1    ·          ·
        2026-03-01  commit1     1     ·         ·     ·       1    ·          ·
        2026-03-01  commit0     2     1         ·     ·       1    ·          ·

        1 version could not be read; the session counts there as before:
          commit3    sessions/shop.tm.ron: 1:1: the file does not say which format it has
        ");
    assert_snapshot!(plain(&repo, &repo.run(&["log", "sessions", "--format", "csv"])), @"
        exit 0
        -- out
        day,commit,sessions,critical,high,medium,low,very_low,unrated,reopened,oldest_high_days,evidence,in_place,not_applicable,cells
        2026-03-01,commit0,1,1,0,0,0,1,0,0,0,1,2,0,1
        2026-03-01,commit1,1,0,0,0,0,1,0,0,,1,2,0,1
        2026-03-01,commit3,1,0,0,0,0,1,0,0,,1,2,0,1
        2026-03-01,commit4,1,0,0,0,0,1,0,0,,1,2,0,1
        2026-03-01,commit5,1,0,0,0,0,1,0,0,,1,2,0,1
        2026-03-01,commit6,1,1,0,0,0,1,0,1,0,1,2,0,1
        -- err
        not all could be read (1); --format text names them
        ");
}

#[test]
fn json_says_the_same_and_what_could_not_be_read() {
    let Some(repo) = story() else { return };
    let told = repo.run(&["log", "store", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(told.split_once("-- out\n").unwrap().1).unwrap();
    let reopened: Vec<u64> =
        json["revisions"].as_array().unwrap().iter().map(|row| row["reopened"].as_u64().unwrap()).collect();
    assert_eq!(reopened, [0, 0, 0, 0, 0, 1]);
    assert_eq!(json["unreadable"][0]["path"], "sessions/shop.tm.ron");
    assert_eq!((&json["version"], &json["shallow"]), (&1.into(), &false.into()));
}

#[test]
fn a_history_without_a_session_says_what_to_do() {
    let Some(repo) = Repo::with("readme", "x") else { return };
    assert_snapshot!(repo.run(&["log"]), @"
        exit 1
        -- err
        error: there is no session that can be read in the history of .
          hint: commit a session, or name one that is committed
        ");
    assert!(repo.run(&["log", "--rev", "gone"]).contains("there is no revision `gone` here"));
}

/// `cargo test --release --test suite two_hundred_revisions -- --ignored --nocapture` prints how long it takes to tell the
/// history of 200 revisions of a session with 200 threats, and `git log -p` beside it.
#[test]
#[ignore = "a figure, not a test; see its comment"]
fn two_hundred_revisions() {
    let Some(repo) = Repo::new() else { return };
    for revision in 0..200_u32 {
        let threats: Vec<(String, &str, u8)> = (1..=200)
            .map(|n| (format!("T{n}-abc"), if n < revision { TREATED } else { "" }, 1 + (n % 5) as u8))
            .collect();
        let threats: Vec<(&str, &str, u8)> =
            threats.iter().map(|(id, more, step)| (id.as_str(), *more, *step)).collect();
        repo.write("big.tm.ron", &session("Big", &threats));
        repo.run(&["fmt", "big.tm.ron"]);
        repo.commit("next");
    }
    let time = |act: &dyn Fn()| {
        let start = std::time::Instant::now();
        act();
        start.elapsed()
    };
    let log = time(&|| assert!(repo.run(&["log", "big.tm.ron", "--format", "csv"]).starts_with("exit 0")));
    let git = time(&|| drop(repo.git(&["log", "-p", "--", "big.tm.ron"])));
    println!("strideboard log: {log:?}, git log -p: {git:?}");
}
