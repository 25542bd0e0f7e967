//! Which file a name means, in real folders.

use super::*;

fn folder(files: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in files {
        let path = root.path().join(file);
        if file.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "()").unwrap();
        }
    }
    root
}

#[test]
fn a_name_is_looked_for_here_and_in_sessions_up_to_the_repository() {
    let root = folder(&[
        "sessions/outside.tm.ron",
        "repo/.git/",
        "repo/sessions/sign-in.tm.ron",
        "repo/sessions/old.ron",
        "repo/sessions/team/pay.tm.ron",
        "repo/a/b/here.tm.ron",
        "repo/a/sessions/middle.tm.ron",
        "repo/a/b/sign-in/",
        "repo/a/b/only/",
    ]);
    let cwd = root.path().join("repo/a/b");
    let table = [
        ("here.tm.ron", Some("repo/a/b/here.tm.ron")),
        ("here", Some("repo/a/b/here.tm.ron")),
        ("./here", Some("repo/a/b/here.tm.ron")),
        ("middle", Some("repo/a/sessions/middle.tm.ron")),
        ("sign-in", Some("repo/sessions/sign-in.tm.ron")),
        ("old", Some("repo/sessions/old.ron")),
        ("team/pay", Some("repo/sessions/team/pay.tm.ron")),
        ("only", Some("repo/a/b/only")),
        ("outside", None),
        ("./sign-in.tm.ron", None),
        ("", None),
    ];
    for (typed, expected) in table {
        let found = resolve_session(typed, &cwd).ok();
        let expected = expected.map(|path| root.path().join(path));
        assert_eq!(found.map(|path| path.canonicalize().unwrap()), expected.map(|path| path.canonicalize().unwrap()));
    }
    let absolute = root.path().join("repo/sessions/old");
    assert!(resolve_session(absolute.to_str().unwrap(), &cwd).is_ok());
}

#[test]
fn outside_a_repository_nothing_above_is_searched() {
    let root = folder(&["sessions/up.tm.ron", "work/sessions/mine.tm.ron"]);
    let cwd = root.path().join("work");
    assert!(resolve_session("mine", &cwd).is_ok());
    assert!(resolve_session("up", &cwd).is_err());
}

#[test]
fn what_was_not_found_names_the_places_and_the_neighbours() {
    let root = folder(&[".git/", "sessions/sign-in.tm.ron", "sessions/checkout.tm.ron", "sessions/billing.tm.ron"]);
    let error = resolve_session("signin", root.path()).unwrap_err();
    assert_eq!(error.near, [root.path().join("sessions/sign-in.tm.ron")]);
    assert_eq!(error.looked_at.len(), 6);
    let text = error.to_string().replace(root.path().to_str().unwrap(), "R");
    assert_eq!(
        text,
        "there is no session `signin`; looked for R/signin, R/signin.tm.ron, R/signin.ron, R/sessions/signin, \
         R/sessions/signin.tm.ron, R/sessions/signin.ron; did you mean R/sessions/sign-in.tm.ron?"
    );
    assert_eq!(resolve_session("check", root.path()).unwrap_err().near, [root.path().join("sessions/checkout.tm.ron")]);
    assert!(resolve_session("zzz", root.path()).unwrap_err().near.is_empty());
}

#[test]
fn sessions_are_found_below_and_nothing_else_is() {
    let root = folder(&[
        "b.tm.ron",
        "a/x.tm.ron",
        "a/x.signoff.ron",
        "a/x.comments.ron",
        "a/strideboard.ron",
        "a/.x.tm.ron.k3j4h5.tmp",
        "a/.hidden.tm.ron",
        ".git/y.tm.ron",
        "target/y.tm.ron",
        "web/node_modules/y.tm.ron",
        "1/2/3/4/5/6/7/8/deep.tm.ron",
        "1/2/3/4/5/6/7/8/9/too-deep.tm.ron",
        "folder.tm.ron/",
    ]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.path(), root.path().join("a/loop")).unwrap();
        std::os::unix::fs::symlink("b.tm.ron", root.path().join("link.tm.ron")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.path().join("broken.tm.ron")).unwrap();
    }
    let names: Vec<String> = session_files(root.path())
        .files
        .iter()
        .map(|path| path.strip_prefix(root.path()).unwrap().to_string_lossy().into_owned())
        .collect();
    let expected: &[&str] = if cfg!(unix) {
        &["1/2/3/4/5/6/7/8/deep.tm.ron", "a/x.tm.ron", "b.tm.ron", "link.tm.ron"]
    } else {
        &["1/2/3/4/5/6/7/8/deep.tm.ron", "a/x.tm.ron", "b.tm.ron"]
    };
    assert_eq!(names, expected);
    assert!(session_files(&root.path().join("nowhere")).files.is_empty());
}

#[test]
fn of_a_folder_that_is_too_large_what_is_near_is_found_and_the_rest_is_said() {
    let root = tempfile::tempdir().unwrap();
    for name in ["a.tm.ron", "b/c.tm.ron", "b/d/e.tm.ron"] {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let names = |most| session_files_among(root.path(), most).files.len();
    assert_eq!((names(2), names(4), names(5)), (1, 2, 3));
    assert_eq!(session_files_among(root.path(), 5).left_out(), None);
    let left_out = session_files_among(root.path(), 4).left_out().unwrap();
    assert!(left_out.contains(&root.path().display().to_string()) && left_out.contains("left out"), "{left_out}");
}

#[test]
fn a_copy_stands_beside_the_original() {
    let name = |number| copy_name(Path::new("a/sign-in.tm.ron"), number).display().to_string();
    assert_eq!((name(1), name(2)), ("a/sign-in-copy.tm.ron".into(), "a/sign-in-copy-2.tm.ron".into()));
}
