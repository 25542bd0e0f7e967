//! What is read from a session: `show` and `check`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use insta::assert_snapshot;
use serde_json::Value;

use super::{SIGN_IN, Shell, told};

/// Every field with the types it has: `.threats[].by string`.
fn shape(value: &Value) -> String {
    let mut found = BTreeMap::new();
    walk(value, String::new(), &mut found);
    let lines =
        found.iter().map(|(path, kinds)| format!("{path} {}\n", kinds.iter().copied().collect::<Vec<_>>().join("|")));
    lines.collect()
}

fn walk(value: &Value, path: String, found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(values) => return values.iter().for_each(|value| walk(value, format!("{path}[]"), found)),
        Value::Object(fields) => {
            return fields.iter().for_each(|(name, value)| walk(value, format!("{path}.{name}"), found));
        }
    };
    found.entry(path).or_default().insert(kind);
}

#[test]
fn show_reads_like_minutes() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sign-in"]), @r#"
        exit 0
        -- out
        Sign-in
        file      sessions/sign-in.tm.ron
        workload  Checkout
        owner     team-payments
        state     identifying
        profile   standard
        risk      OWASP risk rating; appetite Low, tolerance High
        people    Ana Ruiz (developer, defender), Ben Öztürk 👩‍💻 (business, adversary, appsec, moderator, note-taker, owner), Chi

        Scope
          Password and social sign-in.
          Out: account deletion, "remember me" on shared devices.

        Note
          Don't merge this with the sign-up model: 登録 is another team's.

        Assets
          Credentials  restricted  Passwords and refresh tokens.  Not: session cookies.
          Audit log    internal

        Zones and components
          AWS account (internal)
            Data (isolated): No route to the internet.
              Users (store, aws.rds)
          Edge (internet)
            API gateway (process, aws.apigw, run by team-platform)  [Audit log, Credentials]
              entry REST routes (internet)
              entry Health check (internal)
              code src/gateway/**
              deviates from tls-everywhere (compensating control, agreed by ana): by a sidecar
              by itself S◌ T^ R◌ I◌ D◌ E◌
              Throttled at 50 req/s.
          no zone
            Browser (actor)

        Flows
          F1 API gateway → Users
             S○ T○ R○ I○ D○ E◌   crosses a boundary
          F3 Browser → API gateway: login
             S●! T○ R✓! I– D○ E○   https  [Credentials]  crosses a boundary
             Also used by the mobile app.

          ● threat  ✓ clear  – not applicable  ^ inherited  ? parked  ○ open  ◌ open, ask  · open, rare  ! stale

        Coverage
          core cells decided 1/11; worth a question 1/2
          0 parked, 2 stale, 1 not applicable
          2 threats: 1 Critical, 1 of them not fully rated, 1 unrated

        Threats, worst first
          T2 S I E  up to Critical  F3 Browser → API gateway: login  ~Ana Ruiz
             stolen cookie replayed from another device
             inherent 5x4 up to Critical → current 3x4 up to Critical → target ?x4 up to Critical; accept with M1 M2; accepted
             carried by Checkout until 2026-09-30: replaced in Q3
             hurts Credentials
             Seen once: a forwarded HAR file.
             Hidden characters stay visible: ⟨U+202E⟩evil⟨U+200B⟩.
          T9 E  unrated  unfiled
             somebody said "the C:\temp trick"
             mitigate; decided
          T4 D  unrated  API gateway
             an administrator deletes the routes
             no response; withdrawn
             withdrawn: covered by the platform's model

        Mitigations
          M1 Bind cookies to devices
             proposed · no owner · for T2
          M2 Rotate session keys
             in place · owner Ana Ruiz · due 2026-05-31 · PAY-123 · prevent · for T2 · business: fits
             Keys live 24 h with an overlap of 1 h.
             Revocation list checked at the edge.
             effect Everybody signs in again once a day.
             watched by platform on call, who rotates by hand
             evidence iac/kms.tf#12
             evidence https://ci.example.org/checks/88
             code iac/kms.tf
             The overlap was 6 h before.

        Assumptions
          A1 TLS ends at the gateway  (confirmed, at F3 Browser → API gateway: login)
             as long as matches iac/gateway.tf ssl_policy
             as long as missing src/tls/**
             Checked in the load balancer's settings.

        Answered
          N4 Who may read the audit log?, at API gateway I
             Only the auditors' role.

        Quotes
          N1 "Nobody reads the audit log."  ~Chi
        "#);
}

#[test]
fn show_as_json_is_documented_and_stable() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    let shown = shell.json(&["show", "sign-in", "--format", "json"]);
    assert_eq!(shown["threats"][0]["risk"], serde_json::json!({"level": "critical", "words": "up to Critical"}));
    assert_eq!(shown["threats"][0]["place"], serde_json::json!({"flow": "F3-a2c"}));
    assert_eq!(shown["threats"][1]["place"], serde_json::Value::Null);
    assert_snapshot!(shape(&shown), @"
        .assets[].class string
        .assets[].id string
        .assets[].name string
        .assets[].note string
        .assumptions[].by string
        .assumptions[].id string
        .assumptions[].note string
        .assumptions[].place.flow string
        .assumptions[].state string
        .assumptions[].text string
        .assumptions[].tripwires[] string
        .components[].assets[] string
        .components[].cells[].by string
        .components[].cells[].decided bool
        .components[].cells[].letter string
        .components[].cells[].reason string
        .components[].cells[].state string
        .components[].cells[].weight string
        .components[].code[] string
        .components[].deviations[].baseline string
        .components[].deviations[].by string
        .components[].deviations[].reason string
        .components[].deviations[].words string
        .components[].dismissed[].by string
        .components[].dismissed[].id string
        .components[].dismissed[].reason string
        .components[].element string
        .components[].entry_points[].exposure string
        .components[].entry_points[].name string
        .components[].id string
        .components[].kind string
        .components[].model string
        .components[].name string
        .components[].note string
        .components[].owner string
        .components[].responsibility null|string
        .components[].zone null|string
        .coverage.ask.decided number
        .coverage.ask.total number
        .coverage.core.decided number
        .coverage.core.total number
        .coverage.not_applicable number
        .coverage.parked number
        .coverage.stale number
        .coverage.threats number
        .coverage.unrated number
        .flows[].assets[] string
        .flows[].cells[].by string
        .flows[].cells[].decided bool
        .flows[].cells[].letter string
        .flows[].cells[].reason string
        .flows[].cells[].stale[] string
        .flows[].cells[].state string
        .flows[].cells[].weight string
        .flows[].crosses bool
        .flows[].dismissed[].by string
        .flows[].dismissed[].id string
        .flows[].dismissed[].reason string
        .flows[].from string
        .flows[].id string
        .flows[].label string
        .flows[].note string
        .flows[].protocol string
        .flows[].to string
        .mitigations[].code[] string
        .mitigations[].due null|string
        .mitigations[].effect string
        .mitigations[].evidence[] string
        .mitigations[].id string
        .mitigations[].layer null|string
        .mitigations[].monitor string
        .mitigations[].note string
        .mitigations[].origin string
        .mitigations[].owner string
        .mitigations[].responsibility string
        .mitigations[].state string
        .mitigations[].text string
        .mitigations[].ticket string
        .mitigations[].title string
        .mitigations[].verdict null|string
        .note string
        .notes[].answer string
        .notes[].by string
        .notes[].due null|string
        .notes[].id string
        .notes[].kind string
        .notes[].letter null|string
        .notes[].open bool
        .notes[].owner string
        .notes[].place null
        .notes[].place.component string
        .notes[].text string
        .owner string
        .path string
        .risk.appetite string
        .risk.matrix string
        .risk.tolerance string
        .scope string
        .state string
        .threats[].acceptance null
        .threats[].acceptance.by string
        .threats[].acceptance.reason string
        .threats[].acceptance.until string
        .threats[].also[] string
        .threats[].assets[] string
        .threats[].by string
        .threats[].code[] string
        .threats[].current null
        .threats[].current.impact number
        .threats[].current.likelihood number
        .threats[].current.risk.level string
        .threats[].current.risk.words string
        .threats[].id string
        .threats[].inherent null
        .threats[].inherent.impact number
        .threats[].inherent.likelihood number
        .threats[].inherent.risk.level string
        .threats[].inherent.risk.words string
        .threats[].letter string
        .threats[].mitigations[] string
        .threats[].note string
        .threats[].origin string
        .threats[].place null
        .threats[].place.component string
        .threats[].place.flow string
        .threats[].response null|string
        .threats[].risk.level null|string
        .threats[].risk.words string
        .threats[].statement string
        .threats[].status string
        .threats[].target null
        .threats[].target.impact number
        .threats[].target.likelihood null
        .threats[].target.risk.level string
        .threats[].target.risk.words string
        .threats[].withdrawn null|string
        .title string
        .version number
        .workload string
        .zones[].exposure string
        .zones[].id string
        .zones[].name string
        .zones[].note string
        .zones[].parent null|string
        ");
}

#[test]
fn check_names_the_line_and_ends_with_2_when_there_are_errors() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["check", "sessions"]), @r#"
        exit 2
        -- out
        sessions/sign-in.tm.ron:4:5: warning: 1/2 ask letters are decided; `standard` wants 2 [ask-open]
          hint: say clear, not applicable or a threat for the open ask letters (`space` goes to the next)
        sessions/sign-in.tm.ron:71:9: hint: API gateway deviates from baseline tls-everywhere: compensating control: by a sidecar (agreed by Ana Ruiz) [deviation]
        sessions/sign-in.tm.ron:125:9: error: F3 Browser → API gateway: T, D, E are open [cell-open]
          hint: capture a threat, or say clear, not applicable or a question
        sessions/sign-in.tm.ron:125:9: error: F3 Browser → API gateway: S, R were decided before its ends and a zone and its assets and its protocol changed [cell-stale]
          hint: look again: confirm the answer or reopen the cell
        sessions/sign-in.tm.ron:145:17: error: T2 "stolen cookie replayed from another device": inherent likelihood 5 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:145:17: error: T2 "stolen cookie replayed from another device": inherent impact 4 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:145:17: error: T2 "stolen cookie replayed from another device": current impact 4 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:145:17: error: T2 "stolen cookie replayed from another device": target impact 4 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:145:17: warning: T2 "stolen cookie replayed from another device" is signed for at up to Critical, above the tolerance of High [threat-tolerance]
          hint: bring it down with a mitigation before anybody carries it
        sessions/sign-in.tm.ron:145:17: warning: nobody among the people is `Checkout`, named by T2 [person-unknown]
          hint: mend the name, or add the person: `person Checkout` on the capture line
        sessions/sign-in.tm.ron:187:9: error: F1 API gateway → Users: S, T, R, I, D are open [cell-open]
          hint: capture a threat, or say clear, not applicable or a question
        sessions/sign-in.tm.ron:195:9: error: T9 "somebody said "the C:\temp trick"" has no place yet [unfiled]
          hint: file it to a flow or component, or withdraw it
        sessions/sign-in.tm.ron:195:9: error: T9 "somebody said "the C:\temp trick"" is not rated [threat-unrated]
          hint: rate its impact first; leave the likelihood unknown rather than guess
        sessions/sign-in.tm.ron:235:9: warning: A1 "TLS ends at the gateway": [work]/sessions is not in a git repository (matches iac/gateway.tf ssl_policy) [tripwire-unknown]
          hint: until it can be looked up, nobody knows whether the assumption holds
        sessions/sign-in.tm.ron:235:9: warning: A1 "TLS ends at the gateway": [work]/sessions is not in a git repository (missing src/tls/**) [tripwire-unknown]
          hint: until it can be looked up, nobody knows whether the assumption holds
        9 errors, 5 warnings, 1 hint in 1 session
        "#);
    let checked = shell.json(&["check", "sign-in", "--format", "json", "--today", "2030-01-01"]);
    assert_snapshot!(shape(&checked), @"
        .files[].findings[].column number
        .files[].findings[].command string
        .files[].findings[].fingerprint string
        .files[].findings[].hint null|string
        .files[].findings[].id string
        .files[].findings[].letter null|string
        .files[].findings[].line number
        .files[].findings[].message string
        .files[].findings[].record null|string
        .files[].findings[].severity string
        .files[].findings[].waived null
        .files[].path string
        .summary.errors number
        .summary.hints number
        .summary.unreadable number
        .summary.waived number
        .summary.warnings number
        .version number
        ");
    let ids = checked["files"][0]["findings"].as_array().unwrap().iter().map(|finding| &finding["id"]);
    assert!(ids.into_iter().any(|id| id == "acceptance-expired"));
    assert_snapshot!(shell.run(&["check", "sign-in", "--today", "tomorrow"]), @"
        exit 1
        -- err
        error: invalid value 'tomorrow' for '--today <DATE>': expected a day like 2026-03-01

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["check", "gone"]), @"
        exit 3
        -- err
        error: there is no session `gone`
          hint: looked for `gone`, `gone.tm.ron`, `gone.ron`, `sessions/gone`, `sessions/gone.tm.ron`, `sessions/gone.ron`
        ");
    fs::create_dir(shell.path("empty")).unwrap();
    assert_snapshot!(shell.run(&["check", "empty"]), @"
        exit 3
        -- err
        error: there are no sessions (*.tm.ron) below empty
        ");
    assert_snapshot!(shell.run(&["check", "--explain"]), @"
        exit 0
        -- out
        record-broken           always         References lead nowhere, zones stand inside themselves, ids or words are missing or doubled
        conflict-open           always         A merge left something undecided
        matrix-unknown          always         The session names a risk matrix that is not known
        profile-unknown         always         The session names a profile that is not known
        rating-range            always         A likelihood or impact is not on the scale of the matrix
        model-unusable          always         The session that models a component is missing, broken, out of reach or goes round in a circle
        tripwire-broken         always         The repository contradicts an assumption
        tripwire-unknown        always         Whether an assumption holds cannot be looked up
        code-gone               always         A record names code that is not in the repository, or too much of it to say what changed
        owner-missing           always         The session names no owner
        readiness               from quick     The model lacks an asset, an entry point, or a flow between two components
        cell-open               from standard  A flow has core letters nobody talked about
        cell-stale              from standard  A cell was decided before what it rested on changed
        model-moved             from standard  The session that models a component decided something anew since it was taken over
        ask-open                from standard  Fewer letters worth a question were talked about than the profile wants
        question-open           from standard  A question still waits for its answer
        unfiled                 from quick     A threat in the tray has no place yet
        threat-unrated          from quick     A threat is not rated
        threat-response         from quick     A threat above appetite is not answered for
        acceptance-expired      from quick     An acceptance has run out
        threat-tolerance        from quick     A threat above tolerance is accepted or transferred
        acceptance-undated      from quick     An acceptance names no last day
        mitigation-evidence     from standard  A mitigation is in place without evidence
        mitigation-owner        from quick     A mitigation is agreed or in progress without an owner
        mitigation-monitor      from standard  A mitigation that detects is in place and nobody watches it
        baseline-evidence       from standard  A baseline of the team holds here without evidence
        overdue                 always         A mitigation, an action or a question was due on a day that has passed
        deviation               always         A component deviates from a baseline of the team
        provider-only           always         Every threat to a component is left to its provider
        person-unknown          always         Somebody is named who is not among the people
        perspective-missing     from standard  One of five perspectives was at no meeting
        retrospective-missing   from standard  The last meeting said nothing about how it went
        rating-lowered          with --base    A rating became lower and nothing says why
        threat-removed          with --base    A threat was deleted, not withdrawn
        reason-weakened         with --base    The reason why something does not count lost words
        evidence-removed        with --base    A mitigation in place lost evidence
        limit-raised            with --base    Appetite or tolerance was raised
        profile-lowered         with --base    The session is held to less than before
        session-removed         with --base    A session was deleted
        endorsement-stale       always         What somebody endorsed changed since
        endorsement-refused     always         Somebody looked and did not endorse
        endorsement-conditions  always         An endorsement has conditions
        ask-unsettled           always         A reviewer asked for something and it is not settled
        comment-open            always         A comment waits for an answer
        comment-outdated        always         What an open comment is about changed since
        waiver-expired          always         The last day of a waiver has passed
        waiver-unused           always         A waiver covers nothing that is found
        waiver-invalid          always         A waiver lacks a reason or an owner, runs too long, or names what cannot be waived

        none       no session needed: only what is broken is found
        quick      prototypes and internal tools: a model, placed threats, and an answer for those above appetite
        standard   what most features need: every core letter, every question, and seven of ten ask letters
        high-risk  identity, tenants, the most sensitive data: everything, and nobody signs above Medium
        ");
}

#[test]
fn check_passes_what_only_has_warnings() {
    let shell = Shell::with("shop.tm.ron", include_str!("../../../sessions/aws-web-hosting.tm.ron"));
    let output = shell.output(&["check", "shop"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output, &shell));
    assert!(String::from_utf8(output.stdout).unwrap().contains("0 errors"));
}

#[test]
fn the_shipped_sessions_are_canonical_and_have_no_errors() {
    let shell = Shell::new();
    for (name, text) in [
        ("aws-microservices", include_str!("../../../sessions/aws-microservices.tm.ron")),
        ("aws-web-hosting", include_str!("../../../sessions/aws-web-hosting.tm.ron")),
        ("strideboard", include_str!("../../../sessions/strideboard.tm.ron")),
    ] {
        shell.write(&format!("sessions/{name}.tm.ron"), text);
    }
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"exit 0");
    assert_snapshot!(shell.run(&["list"]), @"
        exit 0
        -- out
        session                            state  decided  worst  threats  unfiled  questions  owner            changed  title
        sessions/aws-microservices.tm.ron  ready  80/80    High   35       0        3          team-members     today    Sign-up, sign-in and feedback
        sessions/aws-web-hosting.tm.ron    ready  50/50    High   35       0        2          team-storefront  today    Web shop on EC2
        sessions/strideboard.tm.ron        ready  61/61    High   25       0        2          maintainers      today    strideboard itself
        ");
}

/// A session as a room leaves it half way.
fn half_way() -> Shell {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let said = "browser @Internet -> api @Edge: login [credentials] https\napi -> users db @Data: read [credentials] sql\n\
                T: card number changed on its way !4x4 @F1\nS: stolen cookie @F1\nE: admin page for everybody !3x5 @F2\n\
                ? who rotates the key @F2\n";
    let told = shell.feed(&["capture", "shop"], said);
    assert!(told.starts_with("exit 0"), "{told}");
    shell
}

/// Compares what `check` says for a profile with what was recorded, and says which checks spoke.
fn checked(profile: &str) -> Vec<String> {
    let told = half_way().run(&["check", "shop", "--profile", profile]);
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(format!("check-{profile}"), told);
    });
    let mut ids: Vec<String> = told.lines().filter_map(|line| Some(line.rsplit_once('[')?.1)).map(Into::into).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn each_profile_finds_its_criteria_with_the_reason_and_what_settles_it() {
    assert_eq!(checked("none"), ["owner-missing]"]);
    assert_eq!(checked("quick"), ["owner-missing]", "readiness]", "threat-response]", "threat-unrated]"]);
    let first = ["cell-open]", "owner-missing]"];
    let last = ["question-open]", "readiness]", "threat-response]", "threat-unrated]"];
    assert_eq!(checked("standard"), [&first[..], &last].concat());
    let high = [
        &first[..],
        &["perspective-missing]", "question-open]", "readiness]", "retrospective-missing]"],
        &["threat-response]", "threat-unrated]"],
    ];
    assert_eq!(checked("high-risk"), high.concat());
}

#[test]
fn what_shipping_now_risks_stands_beside_what_less_of_it_costs_and_undecided_pairs_come_first() {
    use strideboard::session::Verdict;
    let mut session = strideboard::format::session::decode(SIGN_IN.as_bytes()).unwrap();
    session.matrix.clear();
    let threat = session.threats().find(|(_, threat)| threat.id.short() == "T2").unwrap().1.clone();
    let ids: Vec<_> = session.mitigations.keys().copied().collect();
    for (id, effect, verdict) in
        [(ids[0], "everybody signs in twice a day", Some(Verdict::TooCostly)), (ids[1], "a week of work", None)]
    {
        let mitigation = session.mitigations.get_mut(&id).unwrap();
        (mitigation.effect, mitigation.verdict) = (effect.to_owned(), verdict);
        mitigation.state = strideboard::session::MitigationState::Agreed;
    }
    let threat = strideboard::session::Threat { mitigations: ids, ..threat };
    let edit = strideboard::session::Edit::ChangeThreat(Box::new(threat));
    let session = session.apply(&edit).unwrap();
    let shell = Shell::with("sign-in.tm.ron", &strideboard::format::session::encode(&session));
    let told = shell.run(&["minutes", "sign-in"]);
    let at = told.find("## Ship now or mitigate first").unwrap();
    let rows: Vec<&str> = told[at..].lines().skip(4).take(2).collect();
    assert!(rows[0].contains("a week of work | **not decided** |"), "{rows:?}");
    assert!(rows[1].contains("everybody signs in twice a day | too costly |"), "{rows:?}");
}
