//! Getting somewhere: what an undo changed, the next thing that waits, and presses of the mouse on the way.

use super::*;

/// Two flows, of which the first has a stale answer, a parked question and two threats nobody rated.
fn busy() -> Driver {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).keys("1/F1<enter><esc>2gg");
    driver.keys("x.jjj<enter>http<enter><esc>").keys("Tone<enter>Rtwo<enter>").capture("? why @F2 :D")
}

/// The pane, the place and the row that are selected, as `Checklist F1 Cell(S)`.
fn whereabouts(driver: &Driver) -> String {
    let model = driver.model();
    let place = model.checklist.place.as_ref().map_or("-".to_owned(), Place::short);
    format!("{:?} {place} {:?}", model.focus, model.checklist.letter(&driver.session()))
}

// --- undo and redo

#[test]
fn undo_goes_to_the_cell_it_took_back() {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).keys("1gg/browser→<enter><esc>");
    let driver = driver.keys("[[2ggx]4u").says("Undone: clear S on F1");
    assert_eq!(whereabouts(&driver), "Checklist F1 S");
    assert_eq!(whereabouts(&driver.keys("]3<ctrl-r>")), "Checklist F1 S");
}

#[test]
fn undo_of_a_removal_selects_the_row_that_came_back() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1GkDgg").keys("2u").says("remove flow F1");
    assert_eq!(driver.model().focus, Pane::Components);
    driver.shows("▸ F1");
}

#[test]
fn undo_of_a_new_threat_shows_the_cell_it_stood_in() {
    let driver = login().keys("Tone<enter>1ggu").says("Undone: add threat T1");
    assert_eq!(whereabouts(&driver), "Checklist F1 T");
    let driver = driver.keys("1gg<ctrl-r>");
    assert_eq!(driver.model().threat(), Some(driver.threat("T1").1.id));
}

#[test]
fn undo_of_a_drawing_leaves_its_pane_in_front_though_it_changed_something_else_too() {
    let driver = Driver::captured(&["api -> db: reads"]).keys("2gg").capture("browser -> api @Edge: login").keys("4u");
    assert_eq!(driver.model().focus, Pane::Components);
    let driver = driver.shows("▸ F1").keys("4<ctrl-r>").shows("▸ F2");
    assert_eq!(whereabouts(&driver), "Components F2 S");
}

#[test]
fn undo_of_a_filing_shows_the_threat_where_it_was_before() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1/one<enter><esc>2Sone<enter>ffb → c<enter>");
    let driver = driver.keys("1Gu").says("T1");
    assert_eq!(whereabouts(&driver), "Checklist F1 S");
    assert_eq!(whereabouts(&driver.keys("1gg<ctrl-r>")), "Checklist F2 S");
}

#[test]
fn undo_of_a_rating_stays_on_the_matrix_when_that_is_where_it_was_done() {
    let driver = login().keys("Sone<enter>r224<enter><right><enter>1gg4gg<left>u");
    assert_eq!(driver.model().focus, Pane::Matrix);
    assert_eq!(driver.model().matrix_threat(), Some(driver.threat("T1").1.id), "{}", driver.text());
}

#[test]
fn undo_of_a_mitigation_shows_it_whatever_is_selected_meanwhile() {
    let driver = login().keys("Sone<enter>mrotate<enter>3><tab><tab>jj").keys("2Gu").says("M1");
    assert_eq!(driver.model().focus, Pane::Mitigations);
    driver.shows("M1 rotate");
}

#[test]
fn on_a_small_screen_the_pane_of_what_was_undone_is_on_top() {
    let driver = login().size(80, 24).keys("1ggcasset keys<enter>2u").says("asset keys");
    assert_eq!(driver.model().focus, Pane::Components);
}

// --- what waits

#[test]
fn the_next_stale_answer_is_two_keys_away() {
    let driver = busy().shows("1 stale").keys("1Ggs");
    assert_eq!(whereabouts(&driver), "Checklist F1 S");
    driver.keys("gs").shows("▸ S").keys("y").keys("gs").says("No answer is stale");
}

#[test]
fn unrated_threats_are_visited_one_after_the_other_and_around_the_end() {
    let mut driver = busy().shows("2 unrated").keys("1G");
    let mut visited = Vec::new();
    for _ in 0..3 {
        driver.press("gu");
        visited.push(driver.model().threat().unwrap());
    }
    let named: Vec<String> = visited.iter().map(|id| id.short()).collect();
    assert_eq!(named, ["T1", "T2", "T1"]);
    driver.keys("r22gur22gu").says("Every threat is rated");
}

#[test]
fn a_parked_question_is_found_on_another_flow() {
    let driver = busy().shows("1 parked").keys("gp").shows("parked: why");
    assert_eq!(whereabouts(&driver), "Checklist F2 D");
    driver.keys("x<enter>gp").says("No question is open");
}

#[test]
fn threats_without_a_place_are_found_in_the_tray() {
    let driver = Driver::empty().capture("odd").capture("strange").capture("a -> b: one").keys("2gf").shows("▸ T1 odd");
    let driver = driver.keys("gf").shows("▸ T2 strange").keys("gugu").shows("▸ T2 strange");
    driver.keys("fidd").keys("gf").shows("▸ T1 odd");
}

// --- the mouse

#[test]
fn the_counters_of_the_title_line_lead_where_they_count() {
    assert_eq!(whereabouts(&busy().click("1 stale")), "Checklist F1 S");
    assert_eq!(whereabouts(&busy().click("1 parked")), "Checklist F2 D");
    let driver = busy().keys("1G").click("2 unrated");
    assert_eq!(driver.model().threat(), Some(driver.threat("T1").1.id));
    busy().click("? help").shows("Keys of this screen");
}

#[test]
fn tabs_and_sessions_can_be_pressed() {
    let driver = login().size(80, 24).click("3 Mitigations");
    assert_eq!(driver.model().focus, Pane::Mitigations);
    let session = strideboard::format::session::encode(&Session::new("Sign-in"));
    let files = [("a.tm.ron", session.as_bytes()), ("b.tm.ron", session.as_bytes())];
    let driver = Driver::browser(&files).size(80, 24).click("b.tm.ron");
    assert!(!driver.is_workbench());
    let driver = driver.click("b.tm.ron");
    assert!(driver.is_workbench() && driver.path().ends_with("b.tm.ron"));
}

// --- the next day

#[test]
fn a_session_opens_where_somebody_stopped() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("2[]jj").opened_again().says("R on F2 b → c");
    assert_eq!(whereabouts(&driver), "Checklist F2 R");
    driver.shows("▸ R");
}

#[test]
fn a_place_that_is_gone_or_made_up_is_not_missed() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("2[]jj").opened_again();
    let driver = driver.changed_outside(|text| text.replace("F2-", "F3-")).opened_again();
    assert_eq!(whereabouts(&driver), "Components F1 S");
    let state = driver.folder().join("state").join("resume.ron");
    std::fs::write(state, "[(session: \"\", place: Flow(\"F9-zzz\"), letter: X)").unwrap();
    let again = driver.path();
    let mut driver = driver;
    driver.load(&again);
    assert!(driver.is_workbench() && driver.status().is_empty(), "{}", driver.status());
}

#[test]
fn where_somebody_stopped_is_not_in_the_session() {
    let driver = login().keys("jjj<ctrl-s>");
    let before = std::fs::read_to_string(driver.path()).unwrap();
    let driver = driver.keys("kk").opened_again();
    assert_eq!(std::fs::read_to_string(driver.path()).unwrap(), before);
}

// --- the route of space

/// Flows with nothing answered, pane 1 in front and its last flow selected.
fn shop() -> Driver {
    let zoned = ["browser @Internet -> web @Edge: shops", "web -> api @App: orders"];
    Driver::captured(&[zoned[0], zoned[1], "api -> db @Data: writes", "api -> billing @Vendor: charges"])
}

#[test]
fn space_in_pane_1_begins_with_the_selected_flow_and_goes_on_from_there() {
    let driver = shop().keys("1/F2<enter><esc>").keys("1/charges<enter><esc><space>");
    assert_eq!(whereabouts(&driver), "Checklist F4 S");
    let driver = driver.keys("x1<space>");
    assert_eq!(whereabouts(&driver), "Checklist F4 T");
    assert_eq!(whereabouts(&driver.keys("3<space>")), "Checklist F4 R");
}

#[test]
fn space_on_a_component_begins_with_the_first_flow_that_touches_it() {
    let driver = shop().keys("1/db<enter><esc>1<space>");
    assert_eq!(whereabouts(&driver), "Checklist F3 S");
}

#[test]
fn where_somebody_stopped_is_said_until_they_go_on() {
    let driver = shop().opened_again().says("You stopped here: S on F4");
    driver.click("browser").says("").hides("You stopped here");
}

#[test]
fn a_new_component_of_a_zone_is_asked_for_and_the_line_can_be_emptied() {
    let driver = Driver::captured(&["zone Public subnet internet"]).keys("1gg/public<enter>a");
    let driver = driver.shows(" @Public subnet").shows("the name of a component, in front of its zone…");
    let driver = driver.keys("<enter>").says("Nothing is said yet").keys("web");
    driver.keys("<ctrl-u>").hides("› web").keys("<ctrl-u>").hides("@Public subnet");
}

#[test]
fn every_open_question_is_visited() {
    let driver = shop().capture("? who owns it @F2").capture("? how long @db :D").capture("? how many @F1 :T");
    let driver = driver.keys("2Sone<enter>").capture("? who else @F4 :S").keys("1gg/charges<enter><esc>");
    let mut seen = Vec::new();
    let mut driver = driver.keys("[[[");
    for _ in 0..5 {
        driver.press("gp");
        seen.push(match driver.model().focus {
            Pane::Components => "who owns it".to_owned(),
            _ => whereabouts(&driver),
        });
    }
    assert_eq!(seen, ["Checklist F1 T", "Checklist F4 S", "Checklist db D", "who owns it", "Checklist F1 T"]);
}

// --- what goes with a removal

#[test]
fn a_removal_says_what_goes_along_and_what_stays() {
    let driver =
        shop().keys("1/charges<enter><esc>2xSforged<enter>j").capture("? how long @F3 :D").keys("1/billing<enter>");
    let driver =
        driver.keys("1ggD").says("Removed component billing, 1 flow, 1 threat and 1 answer; u brings them back");
    let driver = driver.keys("<esc>1/db<enter>ggD").says("; u brings them back; 1 question stays, about no place");
    driver.keys("u").says("Undone: remove component db and 1 flow; 1 question stays, about no place");
}

#[test]
fn a_person_who_goes_is_still_named_by_what_they_said() {
    let driver = shop().capture("person Ana Ruiz").capture("F1 S: stolen ~ana").capture("+ rotate ~ana");
    driver.keys("1/ruiz<enter>ggD").says("Removed person Ana Ruiz; u brings it back; still named by T1 and M1");
}

#[test]
fn pane_2_is_not_empty_when_the_last_row_of_a_filter_goes() {
    let driver = shop().keys("1/charges<enter>ggD").says("Removed flow F4");
    driver.hides("The six letters of STRIDE").shows("2 STRIDE  F1");
}

#[test]
fn the_palette_goes_to_what_an_id_or_a_name_says() {
    let driver = || login().keys("Sstolen cookie<enter>").capture("api -> users db: reads").keys("1gg");
    let found = |typed: &str| whereabouts(&driver().keys(":").keys(typed).keys("<enter>"));
    assert_eq!(found("F2"), "Checklist F2 S");
    assert_eq!(found("users db"), "Checklist users-db S");
    assert_eq!(found("t1"), "Checklist F1 S");
    let driver = driver().keys(":T1<enter>");
    assert_eq!(driver.model().threat().map(strideboard::session::ThreatId::short).as_deref(), Some("T1"));
}

#[test]
fn the_next_section_begins_with_its_first_row_and_the_checklist_follows() {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).keys("1gg");
    let mut driver = driver;
    for _ in 0..3 {
        driver.press("}");
        let flow = matches!(driver.model().components.selected(), Some(strideboard::app::outline::Row::Flow(_)));
        if flow {
            assert_eq!(whereabouts(&driver), "Components F1 S");
            return;
        }
    }
    panic!("no section of flows: {}", driver.text());
}
