//! The files of a team, in repositories of a test's own.

use super::*;

/// A repository with these files; a name that ends with a slash is a folder.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.ends_with('/') { fs::create_dir_all(path).unwrap() } else { fs::write(path, text).unwrap() }
    }
    folder
}

fn told(folder: &Path) -> Vec<String> {
    let found = read(&folder.join("sessions"));
    found.sentences(&std::path::absolute(folder).unwrap())
}

const KIND: &str =
    "Catalogue(format: 1, kinds: [Kind(id: \"own.hsm\", name: \"HSM\", element: Store, zone: \"data\")])";

#[test]
fn the_file_of_the_sessions_folder_counts_before_one_above() {
    let top = repository(&[("strideboard.ron", "Team(format: 1)"), ("sessions/x/strideboard.ron", "")]);
    let at = |name: &str| find(&top.path().join(name)).map(|path| path.strip_prefix(top.path()).unwrap().to_owned());
    assert_eq!(at("sessions"), Some("strideboard.ron".into()));
    assert_eq!(at("sessions/x"), Some("sessions/x/strideboard.ron".into()));
    fs::remove_dir(top.path().join(".git")).unwrap();
    assert_eq!(at("sessions"), None, "without a repository nobody knows where to stop");
}

#[test]
fn the_rows_of_named_files_are_known_by_file_and_place() {
    let team = "Team(format: 1, catalogues: [\"own/kinds.ron\"])";
    let top = repository(&[("strideboard.ron", team), ("own/kinds.ron", KIND), ("sessions/", "")]);
    let found = read(&top.path().join("sessions"));
    assert_eq!(found.broken, []);
    assert!(found.team.kinds().get("own.hsm").is_some());
    let (path, at) = &found.places["own.hsm"];
    assert!(path.ends_with("own/kinds.ron"));
    assert_eq!(at.to_string(), "1:39");
}

#[test]
fn what_is_wrong_points_into_the_right_file_and_nothing_of_the_team_is_used() {
    let team = "Team(format: 1,\n  catalogues: [\"a.ron\", \"b.ron\", \"gone.ron\"])";
    let broken = "Catalogue(format: 1, kind: [])";
    let top = repository(&[("strideboard.ron", team), ("a.ron", KIND), ("b.ron", broken), ("sessions/", "")]);
    assert_eq!(
        told(top.path()),
        [
            "strideboard.ron:2:34: `gone.ron` does not exist",
            "b.ron:1:22: the catalogue file has no field `kind`; did you mean `kinds`?",
        ]
    );
    assert!(read(&top.path().join("sessions")).team.kinds().get("own.hsm").is_none());
}

#[test]
fn one_id_in_two_files_is_a_mistake_in_the_second() {
    let team = "Team(format: 1, catalogues: [\"a.ron\", \"b.ron\"])";
    let top = repository(&[("strideboard.ron", team), ("a.ron", KIND), ("b.ron", KIND), ("sessions/", "")]);
    assert_eq!(
        told(top.path()),
        ["b.ron:1:39: `own.hsm` stands in a.ron, line 1, as well; two rows cannot share an id: keep one of them"]
    );
}

#[test]
fn a_path_that_leaves_the_repository_is_never_opened() {
    let team = |path: &str| format!("Team(format: 1, catalogues: [\"{path}\"])");
    let top = repository(&[("strideboard.ron", &team("../own.ron")), ("sessions/", "")]);
    assert_eq!(
        told(top.path()),
        ["strideboard.ron:1:30: `../own.ron` leads out of the repository, so it is not opened"]
    );
    fs::write(top.path().join("strideboard.ron"), team("sessions/../own.ron")).unwrap();
    fs::write(top.path().join("own.ron"), KIND).unwrap();
    assert_eq!(told(top.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_repository_is_never_opened() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("own.ron"), KIND).unwrap();
    let top = repository(&[("strideboard.ron", "Team(format: 1, catalogues: [\"own.ron\"])"), ("sessions/", "")]);
    std::os::unix::fs::symlink(outside.path().join("own.ron"), top.path().join("own.ron")).unwrap();
    assert_eq!(
        told(top.path()),
        ["strideboard.ron:1:30: `own.ron` is a link that leads out of the repository, so it is not opened"]
    );
}

#[test]
fn a_folder_in_its_place_is_said_and_not_read() {
    let top = repository(&[("strideboard.ron/", ""), ("sessions/", "")]);
    assert_eq!(told(top.path()), ["strideboard.ron:1:1: strideboard.ron is a folder, not a regular file"]);
}

#[test]
fn one_id_for_two_templates_is_a_mistake_in_the_second() {
    let template = "Template(id: \"shop\", title: \"Shop\", about: \"A shop.\", lines: \"api @Edge\")";
    let team = "Team(format: 1, templates: [\"a.ron\", \"b.ron\"])";
    let top = repository(&[("strideboard.ron", team), ("a.ron", template), ("b.ron", template), ("sessions/", "")]);
    assert_eq!(
        told(top.path()),
        ["b.ron:1:14: another template of the team is called `shop` as well; two templates cannot share an id"]
    );
}

#[test]
fn what_was_read_holds_until_a_file_changes_or_one_that_was_missing_is_there() {
    let team = "Team(format: 1, catalogues: [\"own/kinds.ron\"])";
    let top = repository(&[("strideboard.ron", team), ("sessions/", "")]);
    let sessions = top.path().join("sessions");
    let seen = read(&sessions).seen;
    assert!(seen.still_holds(&sessions));
    fs::create_dir(top.path().join("own")).unwrap();
    fs::write(top.path().join("own/kinds.ron"), KIND).unwrap();
    assert!(!seen.still_holds(&sessions));
    let seen = read(&sessions).seen;
    assert!(seen.still_holds(&sessions));
    fs::write(sessions.join("strideboard.ron"), "Team(format: 1)").unwrap();
    assert!(!seen.still_holds(&sessions), "a file nearer to the sessions counts");
}
