//! `catalog`: what is known beforehand, for people and for programs.

use insta::assert_snapshot;
use serde_json::Value;

use super::Shell;

#[test]
fn a_threat_is_shown_with_what_to_ask_and_what_helps() {
    assert_snapshot!(Shell::new().run(&["catalog", "show", "aws.s3.I1"]), @"
        exit 0
        -- out
        aws.s3.I1  A policy, access list or access point opens {self} to the public
        ask         Which setting above {self} would refuse a public policy?
        letter      Information disclosure
        about       aws.s3
        where       at any end of a flow, or the component by itself
        when        data is internal or above
        instead of  objstore.I1

        Controls
          AWS-02  Block public access to buckets, for the account and for each bucket
          AWS-13  Look regularly for access from outside and for unused rights

        References
          TOC S3.T37  TrustOnCloud ThreatModel for Amazon S3, 2026-11
          TOC S3.T54  TrustOnCloud ThreatModel for Amazon S3, 2026-11
          T1530       MITRE ATT&CK, 18.1
        ");
}

#[test]
fn a_reference_shows_every_row_that_names_it() {
    assert_snapshot!(Shell::new().run(&["catalog", "show", "cwe-384"]), @"
        exit 0
        -- out
        Threats
          web.S2  A session id set or guessed before sign-in stays valid after it
        ");
}

#[test]
fn a_slip_finds_the_nearest_row() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["catalog", "show", "aws.s3.X1"]), @"
        exit 1
        -- err
        error: there is no row `aws.s3.X1`, and no row names it as a reference
          hint: did you mean `aws.s3.S1`?
        ");
    assert_snapshot!(shell.run(&["catalog", "list", "--kind", "aws.rd"]), @"
        exit 1
        -- err
        error: there is no kind `aws.rd`
          hint: did you mean `aws.rds`?
        ");
}

#[test]
fn threats_are_listed_for_a_kind_and_a_letter() {
    assert_snapshot!(Shell::new().run(&["catalog", "list", "--kind", "rds", "--letter", "r"]), @"
        exit 0
        -- out
        Threats
          sqldb.R1    Somebody reads or edits {self} directly, past the application, without a trace
          sqldb.R2    The account that writes the audit table in {self} can also edit it
          aws.rds.R1  The audit record of the engine in {self} never leaves the database
        ");
}

#[test]
fn the_catalogue_as_json_has_an_array_for_each_sort_of_row() {
    let output = Shell::new().output(&["catalog", "list", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let count = |name: &str| json[name].as_array().unwrap().len();
    assert_eq!(["kinds", "threats", "controls", "packs"].map(count), [58, 565, 243, 10]);
    let keys = |name: &str| json[name][0].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_snapshot!(["kinds", "threats", "controls", "packs"].map(keys).join("\n"), @"
        aliases element entry_points exposure id inherits name responsibility zone
        at controls id kinds letter question references text version when
        domain id layer letters references responsibility text verify
        id name threats words
        ");
}

#[test]
fn the_built_in_rows_have_nothing_wrong() {
    assert_snapshot!(Shell::new().run(&["catalog", "lint"]), @"
        exit 0
        -- out
        58 kinds, 565 threats and 243 controls: nothing is wrong
        ");
}

#[test]
fn figures_stand_next_to_those_of_others() {
    let output = String::from_utf8(Shell::new().output(&["catalog", "stats"]).stdout).unwrap();
    let line = |start: &str| output.lines().find(|line| line.trim_start().starts_with(start)).unwrap_or_default();
    let lines = ["kind", "web ", "aws.rds", "f.login", "strideboard", "Threagile", "Microsoft TMT, SDL"].map(line);
    assert_snapshot!(lines.join("\n"), @"
          kind                all    S    T     R    I    D    E
          web                 32     5    7     2    8    4    6
          aws.rds             8+15   1+2  1+3   1+2  2+4  2+3  1+1
          f.login      6    2  –  1  1  1  1
          strideboard                             565  100  104  70  119  85  87  threats with question and controls
          Threagile                               42                              rules about the architecture
          Microsoft TMT, SDL core 4.1.0.11        41   6    13   7   6    4   5   rules on 52 stencils
        ");
}
