//! `check` on components that other sessions model.

use insta::assert_snapshot;

use super::Shell;

fn session(model: &str, taken: &str) -> String {
    format!(
        "Session(format: 1, title: \"Shop\", owner: \"us\", components: [Component(id: \"sign-in\", name: \"Sign-in\", \
         model: {model:?}{taken})])"
    )
}

/// What `check` says about models.
fn told(shell: &Shell, file: &str) -> String {
    let told = shell.run(&["check", file]);
    let lines: Vec<&str> = told.lines().skip_while(|line| !line.contains("[model-")).take(2).collect();
    lines.join("\n")
}

#[test]
fn a_model_that_is_missing_broken_out_of_reach_or_circular_is_a_finding() {
    let shell = Shell::new();
    for (name, model) in
        [("missing", "gone.tm.ron"), ("outside", "/etc/passwd"), ("self", "self.tm.ron"), ("broken", "x.ron")]
    {
        shell.write(&format!("{name}.tm.ron"), &session(model, ""));
    }
    shell.write("x.ron", "Session(format: 1)");
    assert_snapshot!(told(&shell, "missing.tm.ron"), @r#"
    missing.tm.ron:1:61: error: Sign-in: its model "gone.tm.ron" is not there [model-unusable]
      hint: mend the path in `model`, or clear it
    "#);
    assert_snapshot!(told(&shell, "outside.tm.ron"), @r#"
    outside.tm.ron:1:61: error: Sign-in: its model "/etc/passwd" leads out of the repository, so it was not opened [model-unusable]
      hint: mend the path in `model`, or clear it
    "#);
    assert_snapshot!(told(&shell, "self.tm.ron"), @r#"
    self.tm.ron:1:61: error: Sign-in: its model "self.tm.ron" goes round in a circle: self.tm.ron → self.tm.ron [model-unusable]
      hint: mend the path in `model`, or clear it
    "#);
    assert_snapshot!(told(&shell, "broken.tm.ron"), @r#"
    broken.tm.ron:1:61: error: Sign-in: its model "x.ron" cannot be read: 1:1: the session needs `title` [model-unusable]
      hint: mend the path in `model`, or clear it
    "#);
}

#[test]
fn a_model_that_moved_is_a_finding_and_one_that_did_not_is_none() {
    let shell = Shell::new();
    shell.write("up.tm.ron", "Session(format: 1, title: \"Identity\")");
    shell.write("moved.tm.ron", &session("up.tm.ron", ", taken: \"00000000\""));
    shell.write("untaken.tm.ron", &session("up.tm.ron", ""));
    assert_snapshot!(told(&shell, "moved.tm.ron"), @r#"
    moved.tm.ron:1:61: warning: Sign-in: "Identity" decided something anew since it was taken over [model-moved]
      hint: read up.tm.ron, then take it over again with the command take-model
    "#);
    assert_eq!(told(&shell, "untaken.tm.ron"), "");
}
