//! What was said becomes records: mitigations, people, the tray, many lines at once.

use strideboard::session::{Edit, Person, edit::Entry};

use super::*;

// --- mitigations

#[test]
fn a_mitigation_is_one_language_behind_m_and_behind_a_plus() {
    let people = || login().keys("cperson Ana Ruiz<enter>Sstolen cookie<enter>");
    let typed = people().keys("mverify the owner ~ana by +2w").shows("M1 for T1, owner Ana Ruiz by 2026-12-04");
    let (typed, said) = (typed.keys("<enter>"), people().keys("c+ verify the owner ~ana by +2w<enter>"));
    assert_eq!(typed.session(), said.session());
    let session = said.session();
    let mitigation = session.mitigations.iter().next().unwrap();
    assert_eq!((mitigation.title.as_str(), mitigation.owner.as_str()), ("verify the owner", "ana-ruiz"));
    assert_eq!(mitigation.due, Some(jiff::civil::date(2026, 12, 4)));
}

#[test]
fn however_a_threat_gets_a_mitigation_it_is_mitigated_from_then_on_in_one_step() {
    let open = || login().keys("Sone<enter>mrotate<enter>Ttwo<enter>");
    for keys in ["c+ sign requests<enter>", "mrotate<enter>", "3vt<down><tab><enter>", "3vt<down><tab><enter>"] {
        let driver = open();
        let before = driver.session();
        let driver = driver.keys(keys);
        let (_, threat) = driver.threat("T2");
        assert_eq!((threat.response, threat.mitigations.len()), (Some(Response::Mitigate), 1), "{keys}");
        assert_eq!(driver.keys("<esc>u").session(), before, "{keys}");
    }
    let decided = open().keys("de").keys("c+ sign requests<enter>");
    assert_eq!(decided.threat("T2").1.response, Some(Response::Eliminate));
}

#[test]
fn naming_mitigations_in_the_form_of_a_threat_answers_it_too() {
    let driver = login().keys("Sone<enter>mrotate<enter>Ttwo<enter>ejjjjjjj").shows("mitigations");
    let driver = driver.keys("<enter>M1<enter><esc>");
    assert_eq!(driver.threat("T2").1.response, Some(Response::Mitigate));
}

#[test]
fn an_idea_without_a_threat_stays_an_idea() {
    let driver = login().keys("c+ sign requests").shows("M1, an idea without a threat yet").keys("<enter>");
    assert_eq!(driver.session().mitigations.len(), 1);
}

#[test]
fn a_line_for_the_mitigations_of_a_threat_is_for_that_threat() {
    let driver = login().keys("Sone<enter>3").shows("3 Mitigations  for T1");
    let driver = driver.keys("c+ sign requests").shows("mitigation M1 for T1").keys("<enter>");
    assert_eq!(driver.threat("T1").1.mitigations.len(), 1);
}

#[test]
fn a_narrow_screen_shows_all_that_a_typed_mitigation_becomes() {
    let people = login().keys("cperson Ana Ruiz<enter>Sstolen cookie<enter>").size(80, 24);
    people.keys("mverify owner ~ana by +2w").shows("M1 for T1, owner Ana Ruiz by 2026-12-04");
}

// --- people

/// A session with Chloé Dupont, Ana Ruiz and Anton Li, and one threat.
fn people() -> Driver {
    let lines = ["person Chloé Dupont", "person Ana Ruiz", "person Anton Li", "a -> b: read", "F1 S: stolen cookie"];
    Driver::captured(&lines).keys("gg/F1<enter>2jS<esc>")
}

#[test]
fn a_beginning_of_a_name_without_accents_names_its_owner() {
    for said in ["~chl", "~Chloe", "~dup", "~cd"] {
        people().keys(&format!("c+ sign {said}")).shows("owner Chloé Dupont");
    }
    let driver = people().keys("c+ sign ~chl<enter>");
    let id = driver.session().person_called("Chloé").unwrap().id.to_string();
    assert_eq!(driver.session().mitigations.iter().next().unwrap().owner, id);
}

#[test]
fn a_name_of_nobody_or_of_several_is_marked_before_enter() {
    people().keys("c+ sign ~zoe").shows("▲ nobody here is called zoe: a new name");
    people().keys("c? sign ~an").shows("▲ `an` may be Ana Ruiz or Anton Li; write more of the name");
    people().keys("c> zoe: sign").shows("▲ nobody here is called zoe: a new name");
    login().keys("c+ sign ~zoe").hides("▲");
}

#[test]
fn whoever_carries_a_risk_is_chosen_or_typed() {
    let driver = people().keys("dachl<enter>").shows("Who carries the risk? Chloé Dupont");
    let driver = driver.keys("old clients<enter><enter>");
    let chloe = driver.session().person_called("Chloé").unwrap().id.to_string();
    assert_eq!(driver.threat("T1").1.acceptance.unwrap().by, chloe);
    let driver = people().keys("dazoe").shows("▲ nobody here is called zoe: a new name");
    let driver = driver.keys("<enter>why<enter><esc><esc>").shows("who carries the risk?");
    assert_eq!(driver.threat("T1").1.acceptance, None);
}

#[test]
fn an_owner_is_chosen_instead_of_typed_behind_the_one_before() {
    let driver = people().keys("c+ sign ~ana @T1<enter>3<enter>").keys("jj<enter>").shows("choose, or type a name");
    let owner = |driver: &Driver| driver.session().mitigations.iter().next().unwrap().owner.clone();
    let driver = driver.keys("anton<enter>");
    assert_eq!(owner(&driver), "anton-li");
    let driver = driver.keys("<enter>an<up><enter>").shows("`an` may be Ana Ruiz");
    let driver = driver.keys("<enter>zoe").shows("▲ nobody here is called zoe").keys("<enter>");
    assert_eq!(owner(&driver), "zoe");
    let driver = driver.keys("<enter>nobody<enter>");
    assert_eq!(owner(&driver), "");
}

#[test]
fn of_two_people_with_one_name_the_chosen_one_is_meant() {
    let lines = ["person Ana Ruiz", "a -> b: read", "F1 S: stolen cookie", "+ sign @T1"];
    let driver = Driver::captured(&lines);
    let twin = Person { id: "ana-2".parse().unwrap(), name: "Ana Ruiz".into(), roles: Vec::new() };
    let driver = driver.edit(&Edit::Add(Entry::Person(twin)));
    let driver = driver.keys("3<enter>jj<enter>").shows("ana-2").keys("Ruiz<enter>");
    let owner = |driver: &Driver| driver.session().mitigations.iter().next().unwrap().owner.clone();
    let first = owner(&driver);
    let second = owner(&driver.keys("<enter>Ruiz<down><enter>"));
    assert!(first != second && !second.is_empty(), "{first} {second}");
}

#[test]
fn whoever_answers_is_one_of_the_people_by_the_same_rule() {
    let by = |driver: Driver| driver.keys("j").keys("x").session().flows.iter().next().unwrap().cells.clone();
    let cells = by(people().i_am("~chl"));
    assert!(cells.iter().all(|cell| cell.by.starts_with("chlo") && cell.by.ends_with("dupont")), "{cells:?}");
    assert!(cells.iter().next().is_some());
}

// --- places

#[test]
fn what_belongs_nowhere_goes_to_the_tray_from_any_cell() {
    let driver = login().keys("cstolen cookie @-").shows("in the unfiled tray").keys("<enter>");
    assert_eq!(driver.threat("T1").0, Place::Unfiled);
}

#[test]
fn an_assumption_can_be_taken_off_its_place_and_put_on_another() {
    let driver = login().keys("c= TLS ends at the CDN<enter>1/TLS<enter><enter>").shows("place");
    let place = |driver: &Driver| driver.session().assumptions.iter().next().unwrap().place.clone();
    assert!(place(&driver).is_some());
    let driver = driver.keys("j<enter>no place<enter>");
    assert_eq!(place(&driver), None);
    let driver = driver.keys("<enter>api<down><enter>");
    assert!(place(&driver).is_some(), "{}", driver.text());
    assert_eq!(place(&driver.keys("u")), None);
}

// --- many lines

#[test]
fn a_paste_says_what_became_of_it_and_files_nothing_to_what_is_selected() {
    let driver = login().paste("buyer -> api: buy\nstolen cookie\nsomething odd\n> zoe: look\n");
    let driver = driver.says("4 lines: 2 threats to the tray, 1 flow, 1 component, 1 action; u takes them all back");
    assert!(["T1", "T2"].iter().all(|name| driver.threat(name).0 == Place::Unfiled));
    assert_eq!(driver.keys("u").threats().len(), 0);
    let driver = login().paste("buyer -> api: buy\nstolen cookie @nowhere\n");
    driver.says("line 2: nothing here is called `nowhere`");
}

// --- what is to be looked at before enter

#[test]
fn a_day_that_has_passed_is_said_before_it_is_captured() {
    let driver = login().keys("c+ rotate keys by 2026-03-01").shows("▲ 2026-03-01 is already past");
    driver.keys("<ctrl-u>> ana: ticket by 2026-11-20").hides("already past");
}

#[test]
fn a_component_that_moves_to_another_zone_is_said_first() {
    let driver = Driver::captured(&["booking api @\"Public edge\" internet", "zone Backend"]).size(80, 24);
    let driver =
        driver.keys("cbooking api @Backend aws.nosuch").shows("▲ moves booking api from Public edge to Backend");
    let driver = driver.keys("<ctrl-u>booking api @Backend<enter>");
    driver.says("moves booking api from Public edge to Backend");
}

#[test]
fn a_role_that_is_none_is_left_out_by_a_second_enter_alone() {
    let driver = Driver::empty().keys("cperson Ana Ruiz: developer, wizard<enter>");
    let driver = driver.shows("▲ enter again leaves the unknown role out; roles: business, developer");
    assert!(driver.session().people.is_empty());
    let driver = driver.keys("<enter>").says("`wizard` is no role");
    assert_eq!(driver.session().people.len(), 1);
}

#[test]
fn a_paste_among_many_lines_says_everything_and_leaves_the_line_open() {
    let said = "browser @Internet -> api @Edge: login [credentials]\napi -> db @Data: read [orders]\nperson Ana Ruiz\n\
        + rotate keys by friday\n? who rotates\n= TLS ends at the edge\nstolen cookie\nreplayed body @F1\n> ana: ticket";
    let driver = Driver::empty().size(80, 24).keys("C").paste(said);
    let driver = driver.shows("9 lines: 1 threat to the tray, 1 threat, 2 flows, 3 components").shows("them all back");
    driver.keys("zone Shop<enter>").says("zone Shop").keys("<esc>");
}
