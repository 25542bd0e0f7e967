//! What the team keeps, from the shell: rows and baselines beside sessions, and what is wrong with them.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use super::{SIGN_IN, Shell};
use crate::team::{FILES, example};

/// A repository with the worked example and a session.
fn repository() -> Shell {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    fs::create_dir(shell.path(".git")).unwrap();
    for name in FILES {
        shell.write(name, example(name));
    }
    shell
}

#[test]
fn the_commands_speak_of_the_merged_catalogue() {
    let shell = repository();
    assert_snapshot!(shell.run(&["catalog", "show", "PAY-01"]), @"
        exit 0
        -- out
        PAY-01  Give each merchant a key of its own
        verify      List the keys and count the merchants
        domain      data protection
        layer       correct
        done by     us
        answers     Information disclosure

        Helps against
          secrets.I3  One key in {self} guards every merchant

        References
        ");
    assert_snapshot!(shell.run(&["catalog", "lint"]), @"
        exit 0
        -- out
        59 kinds, 565 threats and 245 controls: nothing is wrong
        ");
    assert_snapshot!(shell.run(&["catalog", "show", "cache.I1"]), @"
        exit 1
        -- err
        error: there is no row `cache.I1`, and no row names it as a reference
          hint: did you mean `cache.S1`?
        ");
    assert!(shell.run(&["catalog", "show", "cache.I1", "--builtin"]).starts_with("exit 0"));
}

#[test]
fn lint_points_at_the_row_of_the_team() {
    let shell = repository();
    let broken = example("threat-catalogue/payments.ron").replace("controls: [\"PAY-02\"]", "controls: [\"PAY-2\"]");
    shell.write("threat-catalogue/payments.ron", &broken);
    assert_snapshot!(shell.run(&["catalog", "lint"]), @"
        exit 2
        -- out
        threat-catalogue/payments.ron:17:17: own.hsm.E1: there is no control `PAY-2`
        threat-catalogue/payments.ron:37:17: PAY-02: no threat names this control
        ");
}

#[test]
fn a_broken_file_is_told_by_file_line_and_column_and_check_fails() {
    let shell = repository();
    shell.write("threat-catalogue/payments.ron", "Catalogue(format: 1, threat: [], disable: 3)");
    assert_snapshot!(shell.run(&["catalog", "list", "packs"]), @"
        exit 1
        -- err
        threat-catalogue/payments.ron:1:22: the catalogue file has no field `threat`
          hint: did you mean `threats`?
        threat-catalogue/payments.ron:1:43: `disable`: expected a list in `[ ]`, found `3`
        error: threat-catalogue/payments.ron cannot be used; see the problems above
        ");
    let told = shell.run(&["check", "sessions"]);
    assert!(told.starts_with("exit 3") && told.contains("threat-catalogue/payments.ron:1:22"), "{told}");
    let told = shell.feed(&["capture", "sign-in"], "redis @Data");
    assert!(told.starts_with("exit 0") && told.contains("payments.ron:1:22"), "{told}");
}

#[test]
fn check_lists_deviations_and_baselines_without_evidence() {
    let shell = repository();
    let team = example("strideboard.ron").replace("zones: [\"Production\"]", "zones: [\"Edge\", \"Data\"]");
    shell.write("strideboard.ron", &team.replace("evidence: [", "letters: [], evidence: [\"\"], // "));
    let told = shell.run(&["check", "sessions"]);
    let lines: Vec<&str> = told.lines().filter(|line| line.contains("baseline")).collect();
    assert_snapshot!(lines.join("\n"), @r#"
        sessions/sign-in.tm.ron:4:5: warning: baseline tls-everywhere "Every hop is encrypted by the service mesh" holds for Users, but nothing shows it [baseline-evidence]
        sessions/sign-in.tm.ron:71:9: hint: API gateway deviates from baseline tls-everywhere: compensating control: by a sidecar (agreed by Ana Ruiz) [deviation]
        "#);
}

#[test]
fn a_threat_is_promoted_to_the_shell_or_into_a_file() {
    let shell = repository();
    assert_snapshot!(shell.run(&["catalog", "promote", "sign-in", "T2"]), @r#"
        exit 0
        -- out
                Threat(
                    id: "own.aws.apigw.S1",
                    letter: S,
                    kinds: ["aws.apigw"],
                    text: "stolen cookie replayed from another device",
                    question: "How could a stranger find, buy or guess what it takes to sign in to {to} as {from}?",
                    controls: [],
                    references: ["CAPEC-60", "https://cwe.mitre.org/data/definitions/294.html"],
                ),
        -- err
        before it is a good row, 3 things:
          "Bind cookies to devices" is no control of the catalogue yet: add it and name it under `controls`
          "Rotate session keys" is no control of the catalogue yet: add it and name it under `controls`
          it names no control that helps
        "#);
    let told = shell.run(&["catalog", "promote", "sign-in", "T2", "--to", "threat-catalogue/new.ron"]);
    assert!(told.contains("stands in threat-catalogue/new.ron now"), "{told}");
    assert!(shell.read("threat-catalogue/new.ron").contains("letter: S,"));
    assert_snapshot!(shell.run(&["catalog", "promote", "sign-in", "T7"]), @"
        exit 1
        -- err
        error: there is no threat `T7` in the session
          hint: did you mean `T2`?
        ");
    assert_snapshot!(shell.run(&["catalog", "promote", "sign-in", "T9"]), @"
        exit 1
        -- err
        error: T9 has no place yet, so a row would be about nothing
          hint: file it to a flow or component first
        ");
}

#[test]
fn stats_count_what_sessions_took_and_dismissed() {
    let shell = repository();
    let told = shell.run(&["catalog", "stats", "sessions"]);
    let used = told.find("What 1 session").unwrap();
    assert_snapshot!(&told[used..], @"
        What 1 session made of the rows, the most used first
          row                 taken  withdrawn  dismissed  text
          web.session-replay  1      –          –          (no row has this id any more)
          api.D1              –      –          1          One caller asks {self} for the dearest answer again and again
          api.I4              –      –          1          One polite request after another through {self} copies everything there is
          flow.I1             –      –          1          Somebody on the network between {from} and {to} reads {assets}
          1 threat from the catalogue, 1 in somebody's own words; 3 dismissals
        ");
    let json = shell.json(&["catalog", "stats", "sessions", "--format", "json"]);
    let rows = &json["usage"]["rows"];
    assert_eq!((&rows[0]["taken"], &rows[0]["text"]), (&1.into(), &Value::Null), "{rows}");
    assert_eq!((&rows[1]["dismissed"], &rows[1]["text"].is_string()), (&1.into(), &true), "{rows}");
    assert_eq!(json["others"].as_array().map(Vec::len), Some(7));
    assert!(shell.json(&["catalog", "stats", "--format", "json"])["usage"].is_null());
}

#[test]
fn a_template_may_name_kinds_of_the_team() {
    let shell = repository();
    let lines = "signer @Keys own.hsm";
    shell.write("ours.ron", &format!("(id: \"ours\", title: \"Ours\", about: \"Signing\", lines: \"{lines}\")"));
    assert_snapshot!(shell.run(&["new", "signing", "--template", "ours.ron"]), @"
        exit 0
        -- out
        sessions/signing.tm.ron
        -- err
        next: strideboard sessions/signing.tm.ron
        ");
    assert!(shell.read("sessions/signing.tm.ron").contains("kind: \"own.hsm\","));
}

#[test]
fn the_templates_of_the_team_are_listed_first_and_found_by_name() {
    let shell = repository();
    let listed = shell.run(&["new", "--template", "list"]);
    let first: Vec<&str> = listed.lines().skip(2).take(4).collect();
    assert_snapshot!(first.join("\n"), @r#"
        signing  Partners call our API, a service asks the security module to sign, and every signature is recorded.
          partner     Who calls us?  "Bank"
          signers     How many security modules are there?  "2"
        browser-api-database  A web page that calls APIs behind a load balancer, one database, sign-in by an identity provider.
        "#);
    let shown = shell.output(&["catalog", "show", "signing"]).stdout;
    assert_eq!(String::from_utf8(shown).unwrap(), example("threat-catalogue/signing.ron"));
    let set = ["new", "signing", "--template", "signing", "--set", "signers=1"];
    assert!(shell.run(&set).starts_with("exit 0"));
    assert!(shell.read("sessions/signing.tm.ron").contains("kind: \"own.hsm\","));
}

#[test]
fn a_broken_template_of_the_team_is_pointed_at() {
    let shell = repository();
    let template = "threat-catalogue/signing.ron";
    shell.write(template, &example(template).replace("{partner} @Partners", "{partners} @Partners"));
    assert_snapshot!(shell.run(&["catalog", "lint"]), @"
        exit 1
        -- err
        threat-catalogue/signing.ron:15:9: line 7 has {partners}, and no question is called so
        error: threat-catalogue/signing.ron cannot be used; see the problem above
        ");
    shell.write(template, &example(template).replace("zone Production\n", "zone Production\n        T: stolen\n"));
    assert_snapshot!(shell.run(&["catalog", "lint"]), @"
        exit 2
        -- out
        threat-catalogue/signing.ron:2:9: signing: `T: stolen` would become: threat T1 T in the unfiled tray; a template only draws
        ");
    shell.write("strideboard.ron", "Team(format: 1, templates: [\"../signing.ron\", \"gone.ron\"])");
    assert_snapshot!(shell.run(&["catalog", "lint"]), @"
        exit 1
        -- err
        strideboard.ron:1:29: `../signing.ron` leads out of the repository, so it is not opened
        strideboard.ron:1:47: `gone.ron` does not exist
        error: strideboard.ron cannot be used; see the problems above
        ");
}

#[test]
fn a_profile_of_the_team_is_one_that_sessions_are_held_to() {
    let shell = repository();
    shell.write("strideboard.ron", crate::docs::team_of_the_meeting());
    let told = shell.run(&["check", "sessions", "--profile", "payments"]);
    assert!(told.contains("above the tolerance of Medium") && !told.contains("retrospective"), "{told}");
    assert_snapshot!(shell.run(&["check", "sessions", "--profile", "payment"]), @"
        exit 1
        -- err
        error: there is no profile `payment` for [work]/sessions/sign-in.tm.ron
          hint: use one of payments, none, quick, standard, high-risk
        ");
    let session = SIGN_IN.replacen("profile: \"standard\"", "profile: \"payments\"", 1);
    shell.write("sessions/sign-in.tm.ron", &session);
    let told = shell.run(&["check", "sessions"]);
    assert!(!told.contains("profile-unknown") && !told.contains("retrospective-missing"), "{told}");
    let told = shell.run(&["check", "--explain"]);
    assert!(told.contains("payments  the team's own"), "{told}");
}
