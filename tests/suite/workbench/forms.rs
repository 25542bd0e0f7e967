//! The fields of records, and lists to choose from.

use super::*;

/// The form of the component `users`, with its kind selected.
fn kind_of_users() -> Driver {
    Driver::captured(&["api -> users: reads"]).keys("1/users<enter><esc>ggjj").keys("ej").shows("▸kind")
}

fn kind(driver: &Driver) -> String {
    driver.session().components.get("users").unwrap().kind.clone()
}

#[test]
fn a_kind_is_found_by_a_part_of_any_of_its_words() {
    let driver = kind_of_users().keys("<enter>").shows("sqldb            SQL database");
    let driver = driver.keys("postg<enter>").shows("▸kind").shows("SQL database");
    assert_eq!(kind(&driver), "sqldb");
    assert_eq!(driver.session().components.get("users").unwrap().element, strideboard::session::Element::Store);
}

#[test]
fn a_kind_of_ones_own_is_kept_and_said_to_be_one() {
    let driver = kind_of_users().keys("<enter>mainframe tape<enter>").shows("not a known kind; kept as your own words");
    assert_eq!(kind(&driver), "mainframe tape");
    let driver = driver.keys("<enter>postgrs<enter>").shows("not a known kind; is it postgres?");
    assert_eq!(kind(&driver), "postgrs");
}

#[test]
fn leaving_the_list_of_kinds_leads_back_to_the_form() {
    let driver = kind_of_users().keys("<enter>post<esc>").shows("▸kind");
    assert_eq!(kind(&driver), "");
}

#[test]
fn own_words_are_taken_unless_something_there_is_clearly_meant() {
    let driver = login().keys("Sone<enter>mlimit logins per hour<enter>").keys("Ttwo<enter>mlog in per link<enter>");
    assert_eq!(driver.session().mitigations.len(), 2);
    let driver = driver.keys("Rthree<enter>mlim log<enter>");
    assert_eq!(driver.session().mitigations.len(), 2, "{}", driver.text());
    let driver = driver.keys("1gg2jjjjjjj").keys("gg2Gn").keys("pro bil<enter>");
    let session = driver.session();
    let cells = session.cells_at(&Place::Flow(driver.flow("F1"))).unwrap();
    assert_eq!(cells.get(Letter::E).unwrap().reason, "pro bil");
}

#[test]
fn a_choice_is_made_from_a_list_and_typing_into_it_changes_nothing_by_itself() {
    let driver = Driver::captured(&["zone Shop internet", "cdn @Edge -> api @Shop: pages"]);
    let driver = driver.keys("1/cdn<enter>e").keys("jjj").shows("▸zone").keys("<enter>Sho");
    assert_eq!(driver.session().components.get("cdn").unwrap().zone.as_ref().unwrap().as_str(), "edge");
    let driver = driver.keys("<enter>").shows("▸zone").says("change component cdn");
    assert_eq!(driver.session().components.get("cdn").unwrap().zone.as_ref().unwrap().as_str(), "shop");
}

// --- ends and assets

/// The fields of F1, with the one of this name selected.
fn field_of_flow(driver: Driver, name: &str) -> Driver {
    let at = ["label", "from", "to", "protocol", "assets"].iter().position(|field| *field == name).unwrap();
    driver.keys("1/login<enter>e").keys(&"j".repeat(at)).shows(&format!("▸{name}"))
}

#[test]
fn an_end_of_a_flow_is_found_by_a_part_of_its_name() {
    let driver = Driver::captured(&["browser -> photo worker: login", "rider app -> api: ride"]);
    let driver = field_of_flow(driver, "to").keys("<enter>rid<enter>").says("change flow F1");
    assert_eq!(driver.session().flows.get(&driver.flow("F1")).unwrap().to.as_str(), "rider-app");
}

#[test]
fn assets_are_marked_in_a_list_and_new_ones_come_into_being() {
    let driver = Driver::captured(&["browser -> api: login [credentials]", "api -> db: write [orders, photos]"]);
    let driver = field_of_flow(driver, "assets").keys("<enter>").shows("[x] credentials").shows("[ ] photos");
    let driver = driver.keys("pho<enter>").shows("credentials, photos");
    let driver = driver.keys("<enter>trip log<enter>").shows("credentials, photos, trip log");
    assert!(driver.session().assets.iter().any(|asset| asset.name == "trip log"));
    // One that is taken off is one mark.
    let driver = driver.keys("<enter><tab><enter>").shows("photos, trip log").hides("credentials, photos");
    assert_eq!(driver.keys("<esc>uuu").session().assets.len(), 3);
}

#[test]
fn a_form_that_goes_on_below_says_so() {
    let driver = login()
        .keys("Sa stolen cookie is replayed from another device after the member has signed out on this one<enter>")
        .size(80, 24)
        .hides("┃");
    driver.keys("e").hides(" note ").shows("┃");
}

#[test]
fn a_refused_value_says_why_in_as_many_rows_as_that_takes() {
    let driver = login().keys("Sone<enter>mrotate<enter>3<enter>");
    let due = super::matrix::form_row(&driver, "due");
    let driver = driver.keys(&"j".repeat(due)).keys("<enter>next fridayish<enter>");
    let text = driver.text();
    assert!(text.contains("not a day") && text.contains("+2w"), "{text}");
}

// --- days

#[test]
fn a_day_is_said_as_people_say_it_and_replaces_the_one_that_was_there() {
    let driver = login().capture("> ana: open ticket by friday").keys("1G").keys("k").keys("/ticket<enter>e");
    let due = |driver: &Driver| driver.session().notes.iter().next().unwrap().due;
    assert_eq!(due(&driver), Some(jiff::civil::date(2026, 11, 27)));
    let driver = driver.keys("jjjj<enter>next week").shows("Friday 2026-11-27").keys("<enter><enter>+2w<enter>");
    assert_eq!(due(&driver), Some(jiff::civil::date(2026, 12, 4)));
    let driver = driver.keys("<enter><backspace>6<enter>");
    assert_eq!(due(&driver), Some(jiff::civil::date(2026, 12, 6)));
    driver.keys("<enter>soon<enter>").shows("`soon` is not a day; write it like 2027-01-31, friday, next week or +2w");
}

#[test]
fn an_acceptance_ends_on_a_day_in_words() {
    let driver = login().keys("Sstolen cookie<enter>daAna<enter>old clients<enter>+3m<enter>").says("accept T1");
    assert_eq!(driver.threat("T1").1.acceptance.unwrap().until, Some(jiff::civil::date(2027, 2, 20)));
}

#[test]
fn what_was_pasted_into_a_search_matches_nothing_instead_of_being_compared_with_everything() {
    let long = "a".repeat(300);
    let driver = login().capture(&format!("= {long}")).keys("/").paste(&long[..250]);
    let driver = driver.shows("No row holds these words").keys("<esc>").capture(&format!("+ {long}"));
    driver.keys("2Sone<enter>m").shows("1 of 1").paste(&long[..250]).shows("0 of 1");
}

// --- names and long texts

#[test]
fn a_new_name_is_read_everywhere_at_once() {
    let driver = Driver::captured(&["stripe -> webhook receiver: pays", "asset session cookie"]);
    let driver = driver.keys("1/webhook<enter>gg").keys("/").keys("<ctrl-u>webhook receiver<enter>gge");
    let driver =
        driver.keys("<enter><ctrl-u>payment hooks<enter>").says("rename component webhook receiver to payment hooks");
    let driver = driver.keys("<esc><esc>1/pays<enter>2").shows("F1 stripe → payment hooks: pays").keys("cF1 S: forged");
    let driver = driver.shows("threat T1 S on F1 stripe → payment hooks").keys("<enter>.");
    let driver = driver.shows("payment hooks").hides("webhook-receiver").keys("jj<enter><ctrl-u>stripe<enter><esc>");
    let driver = driver.says("").keys("u").says("Undone: change flow F1 stripe → payment hooks: to");
    driver.keys("cbrowser -> payment hooks: asks").shows("browser → payment hooks").hides("webhook-receiver");
}

#[test]
fn a_zone_and_an_asset_go_by_their_names() {
    let driver = Driver::captured(&["zone Public subnet", "api @Edge", "asset session cookie", "api -> db: reads"]);
    let driver = driver.keys("1/api<enter>gge").keys("jjj<enter>Public<enter>").says("change component api: zone");
    let driver = driver.shows("‹ Public subnet ›").keys("jj<enter>session cookie<enter>").says("api: assets");
    driver.shows("session cookie").hides("session-cookie").keys("<esc>").shows("Public subnet");
}

#[test]
fn what_is_done_is_said_as_done() {
    let driver = Driver::captured(&["api @Edge"]).keys("capi @Vault").shows("changes component api in zone Vault");
    driver.keys("<enter>").says("changed component api in zone Vault");
}

/// More than one row of a form holds.
const LONG: &str = "somebody who has found a cookie in a log file signs in as somebody else and orders things in their name \
    until the session ends by itself";

#[test]
fn a_statement_wraps_while_it_is_edited_and_can_be_written_in_an_editor() {
    let driver = login().capture(&format!("S: {LONG}")).keys("2gge").shows("until the session ends by itself");
    let driver = driver.shows("ctrl-e").keys("<enter>").shows("somebody who").keys("!!").shows("by itself!!");
    let driver = driver.keys("<enter>");
    assert!(driver.threat("T1").1.statement.ends_with("by itself!!"));
}

#[test]
fn a_mitigation_title_wraps_in_its_pane() {
    let driver = login().keys("Sone<enter>").capture(&format!("+ {LONG}")).keys("3e<enter>");
    driver.shows("somebody who has found").shows("ends by itself");
}

#[test]
fn the_scope_has_the_room_there_is() {
    let lines: Vec<String> = (1..=14).map(|number| format!("line {number}")).collect();
    let driver = lines.iter().fold(login(), |driver, line| driver.capture(&format!("# {line}")));
    driver.keys("<ctrl-t>jjj").shows("line 14").keys("<enter>").shows("line 1 ").shows("line 14");
}
