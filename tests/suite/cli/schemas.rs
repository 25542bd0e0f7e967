//! The forms of `check` against what their readers ask for: SARIF 2.1.0, GitLab Code Quality, `JUnit`.
//!
//! The rules are those of the published schemas as far as they touch what is written here, so that no schema has to be
//! there. `STRIDEBOARD_SARIF_SCHEMA=FILE` holds the names that are used against those the schema itself defines.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Shell;

/// A finding of each severity, one that is waived, and a file that cannot be read.
fn shell() -> Shell {
    let shell = Shell::with(
        "a b/x.tm.ron",
        "Session(format: 1, title: \"x\", components: [Component(id: \"api\", name: \"\")], mitigations: [
Mitigation(id: \"M1-abc\", title: \"one\", state: InPlace),
Mitigation(id: \"M2-abc\", title: \"two\", state: InPlace)])",
    );
    shell.write("a b/broken.tm.ron", "Session(");
    shell.write(
        "a b/x.waivers.ron",
        "Waivers(format: 1, waivers: [Waiver(finding: \"mitigation-evidence\", record: \"M1-abc\", reason: \"r\", \
         owner: \"ana\", until: \"2026-03-31\")])",
    );
    shell
}

fn written(format: &str) -> String {
    String::from_utf8(shell().output(&["check", "a b", "--format", format]).stdout).unwrap()
}

/// The fields of an object: all of the required ones, and none but those that are known.
fn fields(value: &Value, required: &[&str], known: &[&str]) {
    let names: BTreeSet<&str> =
        value.as_object().unwrap_or_else(|| panic!("{value}")).keys().map(String::as_str).collect();
    assert!(required.iter().all(|name| names.contains(name)), "{required:?} in {value}");
    let strange: Vec<&&str> = names.iter().filter(|name| !required.contains(name) && !known.contains(name)).collect();
    assert!(strange.is_empty(), "{strange:?} in {value}");
}

fn items(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value}"))
}

#[test]
fn sarif_is_as_its_schema_asks() {
    let log: Value = serde_json::from_str(&written("sarif")).unwrap();
    fields(&log, &["version", "runs"], &["$schema"]);
    assert_eq!(log["version"], "2.1.0");
    for run in items(&log["runs"]) {
        fields(run, &["tool"], &["invocations", "results", "columnKind"]);
        fields(&run["tool"], &["driver"], &[]);
        fields(&run["tool"]["driver"], &["name"], &["version", "rules"]);
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&text(&run["columnKind"])));
        let rules = items(&run["tool"]["driver"]["rules"]);
        for rule in rules {
            fields(rule, &["id"], &["shortDescription"]);
            fields(&rule["shortDescription"], &["text"], &[]);
        }
        let ids: Vec<&str> = rules.iter().map(|rule| text(&rule["id"])).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "rules are unique");
        for one in items(&run["invocations"]) {
            fields(one, &["executionSuccessful"], &["toolExecutionNotifications"]);
            assert!(one["executionSuccessful"].is_boolean());
            for note in items(&one["toolExecutionNotifications"]) {
                fields(note, &["message"], &["level"]);
            }
        }
        assert!(items(&run["results"]).len() >= 3);
        for result in items(&run["results"]) {
            fields(result, &["message"], &["ruleId", "level", "locations", "partialFingerprints", "suppressions"]);
            fields(&result["message"], &["text"], &[]);
            assert!(["none", "note", "warning", "error"].contains(&text(&result["level"])));
            assert!(ids.contains(&text(&result["ruleId"])));
            for location in items(&result["locations"]) {
                fields(location, &["physicalLocation"], &[]);
                let place = &location["physicalLocation"];
                fields(place, &["artifactLocation", "region"], &[]);
                let uri = text(&place["artifactLocation"]["uri"]);
                assert!(uri.starts_with("a%20b/") && !uri.contains(' '), "{uri}");
                fields(&place["region"], &["startLine", "startColumn"], &[]);
                assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
                assert!(place["region"]["startColumn"].as_u64().unwrap() >= 1);
            }
            for waived in result["suppressions"].as_array().into_iter().flatten() {
                fields(waived, &["kind"], &["status", "justification"]);
                assert!(["inSource", "external"].contains(&text(&waived["kind"])));
                assert!(["accepted", "underReview", "rejected"].contains(&text(&waived["status"])));
            }
        }
    }
}

#[test]
fn sarif_names_nothing_that_the_schema_does_not_know() {
    let Some(path) = std::env::var_os("STRIDEBOARD_SARIF_SCHEMA") else {
        println!("skipped: STRIDEBOARD_SARIF_SCHEMA names no file");
        return;
    };
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let log: Value = serde_json::from_str(&written("sarif")).unwrap();
    let result = &log["runs"][0]["results"][0];
    for (value, definition) in [
        (&log["runs"][0], "run"),
        (&log["runs"][0]["tool"]["driver"], "toolComponent"),
        (&log["runs"][0]["invocations"][0], "invocation"),
        (result, "result"),
        (&result["locations"][0], "location"),
        (&result["locations"][0]["physicalLocation"], "physicalLocation"),
        (&result["locations"][0]["physicalLocation"]["region"], "region"),
    ] {
        let defined = &schema["definitions"][definition];
        let known = defined["properties"].as_object().unwrap();
        for name in value.as_object().unwrap().keys() {
            assert!(known.contains_key(name), "{definition} has no {name}");
        }
        for name in defined["required"].as_array().into_iter().flatten() {
            assert!(!value[text(name)].is_null(), "{definition} needs {name}");
        }
    }
}

#[test]
fn code_quality_is_as_gitlab_asks() {
    let report: Value = serde_json::from_str(&written("gitlab")).unwrap();
    let issues = items(&report);
    for issue in issues {
        fields(issue, &["description", "check_name", "fingerprint", "severity", "location"], &[]);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text(&issue["severity"])));
        fields(&issue["location"], &["path", "lines"], &[]);
        assert!(text(&issue["location"]["path"]).starts_with("a b/"), "from the top, without `./`");
        fields(&issue["location"]["lines"], &["begin"], &[]);
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    let prints: BTreeSet<&str> = issues.iter().map(|issue| text(&issue["fingerprint"])).collect();
    assert_eq!(prints.len(), issues.len(), "equal ones collapse");
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

#[test]
fn junit_counts_what_it_holds_and_names_each_test_once() {
    let xml = written("junit");
    let tags: Vec<&str> = xml.split('<').filter_map(|piece| Some(piece.split_once('>')?.0)).collect();
    let of = |name: &'static str| tags.iter().filter(move |tag| tag.split([' ', '/']).next() == Some(name));
    let sum = |of: &mut dyn Iterator<Item = &&str>, name: &str| -> usize {
        of.filter_map(|tag| attribute(tag, name)?.parse::<usize>().ok()).sum()
    };
    for (counted, elements) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
        assert_eq!(sum(&mut of("testsuites"), counted), of(elements).count(), "{counted}");
        assert_eq!(sum(&mut of("testsuite"), counted), of(elements).count(), "{counted}");
    }
    assert_eq!(sum(&mut of("testsuite"), "skipped"), of("skipped").count());
    let names: Vec<_> = of("testcase").map(|tag| (attribute(tag, "classname"), attribute(tag, "name"))).collect();
    assert!(names.iter().all(|(class, name)| class.is_some() && name.is_some()));
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    let known = ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"];
    assert!(
        tags.iter()
            .filter(|tag| !tag.starts_with(['?', '/']))
            .all(|tag| { known.contains(&tag.split([' ', '/']).next().unwrap()) })
    );
}
