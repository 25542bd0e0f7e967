//! The team's file, end to end: the worked example of `docs/team-catalogue.md`, on the command line and on screen.

use std::{fs, path::Path, sync::Arc};

use strideboard::{
    app::{Effect, Msg, msg::Look, update},
    catalog::{Situation, lint},
    format::session::encode,
    runtime::team,
    session::{Letter, Place, Session},
};
use tempfile::TempDir;

use crate::driver::Driver;

const DOCS: &str = include_str!("../../docs/team-catalogue.md");

/// The session that the example is tried on.
const CHECKOUT: &str = "zone Production
zone Data < Production
hsm @Data own.hsm
api @Production aws.apigw
browser -> api: pay
api -> hsm: sign
";

/// The files of the example.
pub(crate) const FILES: [&str; 3] =
    ["strideboard.ron", "threat-catalogue/payments.ron", "threat-catalogue/signing.ron"];

/// A file of the example: the block after the line that names it.
pub(crate) fn example(name: &str) -> &'static str {
    let named = DOCS.find(&format!("\n`{name}`")).unwrap();
    let block = &DOCS[named..];
    let start = block.find("```ron\n").unwrap() + "```ron\n".len();
    &block[start..start + block[start..].find("```").unwrap()]
}

/// A repository with the example and a session that was captured with it.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    fs::create_dir(folder.path().join(".git")).unwrap();
    for name in FILES {
        write(name, example(name));
    }
    write("sessions/checkout.tm.ron", &encode(&checkout(folder.path())));
    folder
}

fn checkout(folder: &Path) -> Session {
    let team = team::read(folder).team;
    let session = Session::new("Checkout");
    let context = strideboard::app::capture::Context {
        session: &session,
        kinds: team.kinds(),
        outline: None,
        place: None,
        letter: None,
        threat: None,
        by: "ana",
        today: jiff::civil::date(2026, 11, 20),
    };
    let mut random = || 7;
    strideboard::app::capture::capture_all(CHECKOUT, &context, &mut random).1
}

#[test]
fn the_example_is_read_and_nothing_is_wrong_with_it() {
    let folder = repository();
    let found = team::read(&folder.path().join("sessions"));
    assert_eq!(found.broken, []);
    assert_eq!(lint::problems(found.team.catalogue()), []);
    assert_eq!(lint::baselines(&found.team), []);
}

#[test]
fn rows_are_overridden_left_out_and_added() {
    let folder = repository();
    let team = team::read(folder.path()).team;
    let catalogue = team.catalogue();
    assert!(catalogue.threat("cache.I1").is_none());
    assert_eq!(catalogue.threat("secrets.I3").unwrap().origin(), "secrets.I3@2");
    let session = checkout(folder.path());
    let hsm = session.components.get("hsm").unwrap();
    assert_eq!(hsm.kind, "own.hsm");
    let place = Place::Component(hsm.id.clone());
    let situation = Situation::of(&session, &place, team.kinds()).unwrap();
    let offered = catalogue.suggestions(&situation, Letter::E);
    assert_eq!(offered[0].text(&situation), "One person alone runs a key ceremony on hsm");
    let offered = catalogue.suggestions(&situation, Letter::I);
    assert!(offered.iter().any(|one| one.text(&situation) == "One key in hsm guards every merchant"));
}

/// The workbench on the session of the example.
fn workbench() -> Driver {
    Driver::in_team(&checkout(repository().path()), &FILES.map(|name| (name, example(name))))
}

#[test]
fn a_baseline_is_seen_at_its_components_and_beside_the_threats_it_answers() {
    workbench().keys("/hsm<enter><enter>").shows("by baseline").shows("Keys never leave");
    let driver = workbench().keys("/hsm<enter><enter>I");
    let driver = driver.keys("a key is printed in a log<enter>").shows("for T1").shows("Keys never leave");
    // Own words under another letter are answered by none, and this row by the one that names its control.
    driver.keys("Sa clone answers<enter>").shows("for T2").hides("Keys never leave");
}

#[test]
fn a_deviation_is_recorded_with_who_agreed_and_withdrawn_and_undone() {
    let driver = workbench().keys("/hsm<enter><enter>:deviate<enter>").shows("Which baseline does not hold at hsm?");
    let driver = driver.keys("leave<enter>").shows("Why does keys-in-hsm not hold for hsm?");
    let driver =
        driver.keys("ephem<enter>keys live an hour<enter>Ana<enter>").says("hsm deviates from baseline keys-in-hsm");
    let driver = driver.shows("deviates: ephemeral").shows("1 deviation");
    let kept = |driver: &Driver| {
        let session = driver.session();
        session
            .components
            .get("hsm")
            .unwrap()
            .deviations
            .iter()
            .map(|one| format!("{} {}", one.words, one.by))
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(&driver), ["keys live an hour Ana"]);
    let driver = driver.keys(":deviate<enter>leave<enter>").says("holds for hsm again").hides("deviates: ephemeral");
    assert_eq!(kept(&driver), [""; 0]);
    assert_eq!(kept(&driver.keys("u")), ["keys live an hour Ana"]);
}

#[test]
fn a_threat_becomes_a_row_of_the_team_and_every_other_line_stays() {
    let driver = workbench().keys("2TOld prices are paid at the api<enter>:promote<enter>");
    let driver = driver.says("own.aws.apigw.T1 stands in threat-catalogue/payments.ron now");
    let file = driver.file_beside("threat-catalogue/payments.ron");
    assert!(
        example("threat-catalogue/payments.ron").lines().all(|line| file.lines().any(|other| other == line)),
        "{file}"
    );
    assert!(file.contains("text: \"Old prices are paid at the {self}\""), "{file}");
}

#[test]
fn a_broken_team_file_is_said_and_what_ships_is_used() {
    let driver =
        Driver::in_team(&checkout(repository().path()), &[("strideboard.ron", "Team(format: 1, disabled: [])")]);
    let driver =
        driver.says("The built-in catalogue is used, not the team's: strideboard.ron:1:17: the team file has no field");
    driver.keys("cbrowser -> redis: cached<enter>").says("redis");
}

#[test]
fn the_templates_of_the_team_are_offered_first_and_drawn_with_its_kinds() {
    let files = FILES.map(|name| (name, example(name).as_bytes()));
    let driver = Driver::browser(&files).keys("t").shows("of the team · signing");
    let driver = driver.keys("signing<enter>").shows("Partners call our API").keys("Pay<enter>Acme<enter>3<enter>");
    let session = driver.session();
    assert_eq!(session.components.get("security-module-3").unwrap().kind, "own.hsm");
    assert_eq!(session.components.get("acme").unwrap().name, "Acme");
}

#[test]
fn a_team_file_that_changed_meanwhile_is_read_again_and_said() {
    let driver = workbench().keys("/hsm<enter><enter>").shows("Keys never leave").come_back();
    assert_eq!(driver.status(), "");
    let changed = example("strideboard.ron").replace("Keys never leave", "Keys stay");
    let driver = driver.writes("strideboard.ron", &changed).come_back();
    let driver = driver.says("The team's files changed and were read again").shows("Keys stay");
    // One that it names counts as well.
    let row = example("threat-catalogue/payments.ron").replace("One person alone", "A single person");
    let driver = driver.writes("threat-catalogue/payments.ron", &row).come_back().says("read again");
    driver.keys("<tab>2G").shows("A single person runs a key ceremony");
}

#[test]
fn a_team_file_that_broke_meanwhile_leaves_what_was_read_before_in_use() {
    let broken = example("strideboard.ron").replace("disable:", "disabled:");
    let driver = workbench().keys("/hsm<enter><enter>").writes("strideboard.ron", &broken).come_back();
    let driver =
        driver.says("The team's files stay in use as they were: strideboard.ron:11:5: ").shows("Keys never leave");
    // Said once; what is mended is used again.
    let driver = driver.keys("<esc>").come_back();
    assert_eq!(driver.status(), "");
    driver
        .writes("strideboard.ron", example("strideboard.ron"))
        .come_back()
        .says("read again")
        .shows("Keys never leave");
}

#[test]
fn what_was_read_for_another_session_is_not_used_and_one_that_moved_is_asked_for() {
    let mut driver = workbench().keys("/hsm<enter><enter>").shows("Keys never leave");
    let moved = driver.folder().join("elsewhere/checkout.tm.ron");
    let first = |path: &Path| Msg::Team {
        path: Some(path.to_owned()),
        team: Arc::default(),
        problems: Vec::new(),
        look: Look::First,
    };
    assert_eq!(update(driver.model_mut(), first(&moved)), []);
    assert_eq!(driver.model().document.as_ref().unwrap().team.baselines().len(), 2);
    let effects = update(driver.model_mut(), Msg::Moved { path: moved.clone(), shown: String::new() });
    let asked = Effect::ReadTeam { path: Some(moved.clone()), look: Look::First };
    assert!(effects.contains(&asked), "{effects:?}");
    update(driver.model_mut(), first(&moved));
    assert_eq!(driver.model().document.as_ref().unwrap().team.baselines().len(), 0);
}

#[test]
fn broken_templates_are_said_in_the_browser_and_those_that_ship_are_offered() {
    let driver = Driver::browser(&[("strideboard.ron", b"Team(format: 1, templates: [\"gone.ron\"])")]);
    let driver = driver.says("The built-in templates are used, not the team's: strideboard.ron:1:29: `gone.ron`");
    let template = example("threat-catalogue/signing.ron");
    let driver = driver.writes("gone.ron", template).come_back().says("read again");
    driver.keys("t").shows("of the team · signing");
}
