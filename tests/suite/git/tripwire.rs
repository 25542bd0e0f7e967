//! Assumptions that the repository contradicts: found by `check` in every state of it, whatever the files hold.

use super::Repo;

/// A session in which F1's D does not apply because of A1.
fn shop(tripwire: &str) -> String {
    format!(
        r#"Session(
    format: 1,
    title: "Shop",
    profile: "none",
    components: [
        Component(
            id: "api",
            name: "API",
            code: [
                "src/**",
            ],
            cells: [
                Cell(letter: T, state: NotApplicable, reason: "other"),
                Cell(letter: D, state: NotApplicable, reason: "nothing is taken in (A1)"),
            ],
        ),
    ],
    assumptions: [
        Assumption(
            id: "A1-0zx",
            text: "No upload",
            tripwires: [
                {tripwire:?},
            ],
        ),
    ],
)
"#
    )
}

/// What `check` says about tripwires and code, without the line of each.
fn told(repo: &Repo, args: &[&str]) -> Vec<String> {
    let told = repo.run(&[&["check"][..], args].concat());
    let found = told
        .lines()
        .filter(|line| ["[tripwire-broken]", "[tripwire-unknown]", "[code-gone]"].iter().any(|id| line.ends_with(id)));
    found.map(|line| line.split_once(": ").unwrap().1.to_owned()).collect()
}

#[test]
fn each_condition_holds_breaks_or_is_unknown() {
    let Some(repo) = Repo::new() else { return };
    repo.write("src/app.rs", "fn main() {\n    tls(13);\n}\n");
    repo.write("my docs/values.yaml", "ingress:\n  tls: true\n");
    repo.write("main.tf", "resource \"aws_s3_bucket\" \"logs\" {\n  acl = \"private\"\n}\n");
    let name = "A1 \"No upload\"";
    let cases = [
        ("exists src", ""),
        ("exists src/*.rs", ""),
        ("exists src/*.py", "error: NAME does not hold: there is no src/*.py (WIRE) [tripwire-broken]"),
        ("missing src/upload/**", ""),
        ("missing src", "error: NAME does not hold: src/app.rs is there (WIRE) [tripwire-broken]"),
        ("matches src ^ +tls\\(1[23]\\)", ""),
        ("matches src ^tls", "error: NAME does not hold: nothing in src matches (WIRE) [tripwire-broken]"),
        ("lacks **/*.rs multipart", ""),
        ("lacks **/*.rs tls", "error: NAME does not hold: src/app.rs:2 matches (WIRE) [tripwire-broken]"),
        ("equals \"my docs/values.yaml\" ingress.tls true", ""),
        ("equals main.tf resource.aws_s3_bucket.logs.acl private", ""),
        (
            "equals main.tf resource.aws_s3_bucket.logs.acl public",
            "error: NAME does not hold: resource.aws_s3_bucket.logs.acl is private there (WIRE) [tripwire-broken]",
        ),
        ("equals gone.json a 1", "error: NAME does not hold: there is no gone.json (WIRE) [tripwire-broken]"),
        (
            "equals src/app.rs a 1",
            "warning: NAME: a in src/app.rs: values are read from .json, .yaml, .yml, .tf, .tfvars and .hcl files (WIRE) [tripwire-unknown]",
        ),
        ("lacks src (", "warning: NAME: `(` is no regular expression: unclosed group (WIRE) [tripwire-unknown]"),
    ];
    for (tripwire, expected) in cases {
        repo.write("shop.tm.ron", &shop(tripwire));
        let expected = expected.replace("NAME", name).replace("WIRE", tripwire);
        let expected: Vec<String> = if expected.is_empty() { Vec::new() } else { vec![expected] };
        assert_eq!(told(&repo, &["shop.tm.ron"]), expected, "{tripwire}");
    }
}

#[test]
fn a_broken_tripwire_reopens_exactly_what_leaned_on_it_in_the_state_that_is_checked() {
    let Some(repo) = Repo::with("shop.tm.ron", &shop("missing src/upload/**")) else { return };
    repo.write("src/app.rs", "");
    repo.commit("code");
    repo.write("src/upload/form.rs", "");
    let broken =
        "error: A1 \"No upload\" does not hold: src/upload/form.rs is there (missing src/upload/**) [tripwire-broken]";
    assert_eq!(told(&repo, &["shop.tm.ron"]), [broken], "new files count");
    assert!(told(&repo, &["--rev", "HEAD"]).is_empty());
    repo.change("shop.tm.ron", "\"Shop\"", "\"Store\"");
    repo.git(&["add", "shop.tm.ron"]);
    assert!(told(&repo, &["--staged"]).is_empty(), "it is not staged");
    repo.commit("upload");
    assert_eq!(told(&repo, &["--rev", "HEAD"]), [broken]);
    assert!(told(&repo, &["--rev", "HEAD~1"]).is_empty());
    let whole = repo.run(&["check", "shop.tm.ron", "--profile", "standard"]);
    assert!(whole.contains("API: D leans on an assumption that does not hold [cell-stale]"), "{whole}");
    assert!(whole.contains("look again at API: D, which leaned on it"), "{whole}");
    assert_eq!(whole.matches("[cell-stale]").count(), 1, "{whole}");
    let line = repo.read("shop.tm.ron").lines().position(|line| line.contains("Assumption(")).unwrap() + 1;
    assert!(whole.contains(&format!("shop.tm.ron:{line}:")), "{whole}");
}

#[test]
fn nothing_outside_of_the_repository_is_read() {
    let Some(repo) = Repo::new() else { return };
    repo.write("../secret.json", "{\"a\": 1}");
    repo.write("shop.tm.ron", &shop("equals ../secret.json a 1"));
    let told_all = repo.run(&["check", "shop.tm.ron"]);
    assert!(told_all.starts_with("exit 3") && told_all.contains("leads out of the repository"), "{told_all}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(repo.file("../secret.json"), repo.file("link.json")).unwrap();
        repo.write("shop.tm.ron", &shop("equals link.json a 1"));
        let link = "warning: A1 \"No upload\": link.json is a link, so it was not read (equals link.json a 1) [tripwire-unknown]";
        let found = told(&repo, &["shop.tm.ron"]);
        assert!(found.contains(&link.to_owned()), "{found:?}");
        repo.commit("link");
        assert!(told(&repo, &["--rev", "HEAD"]).contains(&link.to_owned()));
    }
}

#[test]
fn code_that_a_record_names_and_that_is_gone_is_said_with_where_it_may_be() {
    let Some(repo) = Repo::new() else { return };
    repo.write("shop.tm.ron", &shop("exists shop.tm.ron").replace("src/**", "src/login/token.rs"));
    repo.write("lib/auth/token.rs", "");
    let told = repo.run(&["check", "shop.tm.ron"]);
    assert!(
        told.contains("warning: component \"API\": its code src/login/token.rs is not in the repository [code-gone]")
            && told.contains("perhaps it is lib/auth/token.rs now"),
        "{told}"
    );
}
