//! Behaviour: keys in, and what is said, kept and written.

use strideboard::{
    app::{
        Command, Msg,
        command::TABLE,
        model::Model,
        msg::{MouseKind, SaveFailure},
        outline::Outline,
        overlay::Overlay,
        pane::Pane,
    },
    session::{Answer, Letter, MitigationState, NoteKind, Place, Rating, Response, Session},
};

use super::driver::Driver;

#[path = "workbench/any_keys.rs"]
mod any_keys;

/// A session with one flow, `F1 browser → api: login`, and the checklist on it.
fn login() -> Driver {
    Driver::captured(&["browser -> api: login [credentials] https"]).keys("2gg")
}

/// The answer of a cell of F1.
fn answer(driver: &Driver, letter: Letter) -> Option<Answer> {
    let session = driver.session();
    session.cells_at(&Place::Flow(driver.flow("F1"))).unwrap().get(letter).map(|cell| cell.state)
}

fn rating(likelihood: u8, impact: u8) -> Rating {
    Rating { likelihood: Some(likelihood), impact: Some(impact) }
}

// --- capturing

#[test]
fn a_captured_line_becomes_records_and_says_what() {
    let driver =
        Driver::empty().keys("cbrowser -> api: login [credentials] https<enter>").says("F1 browser → api: login");
    let session = driver.session();
    assert_eq!((session.components.len(), session.flows.len(), session.assets.len()), (2, 1, 1));
    driver.shows("F1  browser→api");
}

#[test]
fn what_was_typed_and_left_is_one_key_away() {
    let driver = login().keys("cstolen coo<esc>c<up>").shows("› stolen coo");
    assert_eq!(driver.keys("kie<enter>").threats(), ["T1 S stolen cookie"]);
}

#[test]
fn a_paste_of_several_lines_is_one_step() {
    let driver = Driver::empty().paste("zone Edge internet\napi @Edge aws.apigw\r\nbrowser -> api: login\n");
    let driver = driver.says("Captured 3 lines");
    assert_eq!(driver.session().flows.len(), 1);
    let driver = driver.keys("u");
    assert_eq!((driver.session().flows.len(), driver.session().zones.len()), (0, 0));
}

#[test]
fn tab_completes_names_in_the_line() {
    let driver =
        Driver::captured(&["order service -> payments gateway: charges"]).keys("cord<tab> -> pay<tab>: refunds<enter>");
    assert_eq!((driver.session().components.len(), driver.session().flows.len()), (2, 2));
}

#[test]
fn a_completed_asset_is_understood_however_long_its_name_is() {
    let driver =
        login().keys("1G").keys("e<enter> and reset codes<enter><esc>").keys("cbrowser -> api: reset [cr<tab>]<enter>");
    let session = driver.session();
    assert_eq!(session.assets.iter().next().unwrap().name, "credentials and reset codes");
    assert!(session.flows.iter().all(|flow| flow.assets.len() == 1), "{}", driver.text());
}

#[test]
fn every_sign_of_the_line_finds_its_record() {
    let driver = login().capture("+ rotate keys").capture("= TLS ends at the CDN").capture("# out: batch export");
    let driver = driver.capture("> ana: open ticket by friday").capture("\" we never tested it");
    let session = driver.session();
    assert_eq!((session.mitigations.len(), session.assumptions.len(), session.notes.len()), (1, 1, 2));
    let action = session.notes.iter().find(|note| note.kind == NoteKind::Action).unwrap();
    assert_eq!((action.owner.as_str(), action.due), ("ana", Some(jiff::civil::date(2026, 11, 27))));
    assert!(session.scope.lines().any(|line| line.contains("batch export")));
}

// --- the checklist

#[test]
fn clear_is_one_key_and_goes_on_to_the_next_letter() {
    let driver = login().keys("xx");
    assert_eq!((answer(&driver, Letter::S), answer(&driver, Letter::T)), (Some(Answer::Clear), Some(Answer::Clear)));
    driver.keys("x").says("R on F1");
}

#[test]
fn not_applicable_takes_a_picked_reason_or_own_words() {
    let driver = login().keys("nprovider<enter>nwe do not bill anybody<enter>");
    let session = driver.session();
    let cells = session.cells_at(&Place::Flow(driver.flow("F1"))).unwrap();
    assert_eq!(cells.get(Letter::S).unwrap().reason, "the provider answers for this");
    assert_eq!(cells.get(Letter::T).unwrap().reason, "we do not bill anybody");
}

#[test]
fn not_applicable_without_a_reason_is_not_taken() {
    let driver = login().keys("n<esc>");
    assert_eq!(answer(&driver, Letter::S), None);
}

#[test]
fn a_parked_question_waits_until_it_is_answered() {
    let driver = login().keys("jplimit per account<enter>").shows("parked: limit per account");
    let driver = driver.keys("<enter>").shows("question").keys("<enter>yes, five<esc><esc>");
    assert!(driver.session().notes.iter().all(|note| !note.is_open()));
    driver.hides("parked");
}

#[test]
fn clearing_a_parked_cell_answers_its_question() {
    let driver = login().keys("plimit per account<enter>x");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    let session = driver.session();
    assert_eq!(session.notes.iter().map(|note| note.answer.to_string()).collect::<Vec<_>>(), ["clear"]);
}

#[test]
fn each_letter_starts_a_threat_for_itself() {
    let driver =
        "STRIDE".chars().fold(login(), |driver, letter| driver.keys(&format!("{letter}words of {letter}<enter>")));
    let expected: Vec<String> = ["S", "T", "R", "I", "D", "E"]
        .iter()
        .enumerate()
        .map(|(i, l)| format!("T{} {l} words of {l}", i + 1))
        .collect();
    assert_eq!(driver.threats(), expected);
}

#[test]
fn a_cell_with_threats_is_not_clear_until_they_are_gone() {
    let driver = login().keys("Sstolen cookie<enter>ggx").says("Threats stand here");
    let driver = driver.keys("jwnot with this browser<enter>ggx");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

#[test]
fn an_answer_can_be_taken_back() {
    let driver = login().keys("xkX").says("S on F1");
    assert_eq!(answer(&driver, Letter::S), None);
    driver.keys("X").says("no answer to take back");
}

#[test]
fn the_route_leads_through_core_cells_first_then_those_worth_asking() {
    let mut driver = Driver::open("aws-web-hosting").keys("2gg");
    let mut route = Vec::new();
    // Every answer is taken back first, so that there is a way to go.
    let session = driver.session();
    for flow in session.flows.iter() {
        for cell in flow.cells.iter() {
            let edit = strideboard::session::Edit::Reopen { place: Place::Flow(flow.id), letter: cell.letter };
            driver = driver.edit(&edit);
        }
    }
    for _ in 0..400 {
        driver.press("<space>");
        if driver.status().contains("decided") {
            break;
        }
        let (place, letter) = driver.model().cell().unwrap();
        let document = driver.model().document.as_ref().unwrap();
        let view = strideboard::method::cell::cell(document.session(), &place, letter, document.outline().parked());
        route.push(view.weight);
        driver.press("x");
    }
    assert!(driver.status().starts_with("Every c"), "{}", driver.status());
    assert!(route.is_sorted(), "core comes before ask: {route:?}");
    assert!(route.len() > 10 && route.first() != route.last(), "{route:?}");
}

#[test]
fn brackets_go_from_flow_to_flow_and_keep_the_letter() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1gg2").keys("[[jj]").shows("▸ R");
    driver.shows("2 STRIDE  F2").keys("]").says("last flow");
}

#[test]
fn rare_cells_are_put_aside_together() {
    let driver = Driver::captured(&["browser -> api: login"]).keys("1gg/browser<enter>2N");
    let session = driver.session();
    let cells = session.cells_at(&Place::Component("browser".parse().unwrap())).unwrap();
    assert!(cells.iter().count() > 1, "{}", driver.text());
    assert!(cells.iter().all(|cell| cell.state == Answer::NotApplicable && !cell.reason.is_empty()));
    assert_eq!(
        driver.keys("u").session().cells_at(&Place::Component("browser".parse().unwrap())).unwrap().iter().count(),
        0
    );
}

#[test]
fn another_protocol_makes_answers_stale_until_somebody_confirms_them() {
    let driver = login().keys("x.jjj<enter><ctrl-u>http<enter>");
    let driver = driver.keys("<esc>gg").shows("! clear  stale").shows("Stale: its protocol changed since");
    driver.keys("y").says("confirm S on F1").hides("stale");
}

// --- threats

#[test]
fn a_rating_is_two_digits_and_zero_is_unknown() {
    let driver = login().keys("Sstolen cookie<enter>r34");
    assert_eq!(driver.threat("T1").1.current, Some(rating(3, 4)));
    let driver = driver.keys("r05").says("T1");
    assert_eq!(driver.threat("T1").1.current, Some(Rating { likelihood: None, impact: Some(5) }));
    let driver = driver.keys("r9").says("Type 1 to 5").keys("4<esc>");
    assert_eq!(driver.threat("T1").1.current, Some(Rating { likelihood: None, impact: Some(5) }));
}

#[test]
fn mitigations_are_many_to_many() {
    let driver = login().keys("Sstolen cookie<enter>mshort sessions<enter>").keys("Treplayed<enter>mshort<enter>");
    let session = driver.session();
    let id = session.mitigations.iter().next().unwrap().id;
    assert_eq!(session.mitigations.len(), 1);
    assert!(["T1", "T2"].iter().all(|name| driver.threat(name).1.mitigations == [id]));
    assert_eq!(driver.threat("T2").1.response, Some(Response::Mitigate));
    let driver = driver.keys("msigned requests<enter>");
    assert_eq!(driver.threat("T2").1.mitigations.len(), 2);
}

#[test]
fn the_marks_of_a_mitigation_are_its_threats() {
    let driver = login().keys("Sone<enter>mrotate<enter>Ttwo<enter>Ithree<enter>3v").keys("t<down><tab><enter>");
    let linked = |name: &str| driver.threat(name).1.mitigations.len();
    assert_eq!((linked("T1"), linked("T2"), linked("T3")), (1, 1, 0));
}

#[test]
fn accepting_asks_who_why_and_until_when_and_again_for_a_day_that_is_none() {
    let driver =
        login().keys("Sstolen cookie<enter>daAna<enter>old clients<enter>soon<enter>").shows("`soon` is not a day");
    let driver = driver.keys("<ctrl-u>2027-03-31<enter>").says("accept T1");
    let accepted = driver.threat("T1").1.acceptance.unwrap();
    assert_eq!((accepted.by.as_str(), accepted.until), ("Ana", Some(jiff::civil::date(2027, 3, 31))));
    assert_eq!(driver.threat("T1").1.response, Some(Response::Accept));
}

#[test]
fn every_response_is_two_keys_and_can_be_taken_back() {
    let mut driver = login().keys("Sstolen cookie<enter>");
    for (keys, response) in [("dm", Some(Response::Mitigate)), ("de", Some(Response::Eliminate)), ("do", None)] {
        driver.press(keys);
        assert_eq!(driver.threat("T1").1.response, response, "{keys}");
    }
    driver.press("dtthe bank<enter>contract of May<enter><enter>");
    assert_eq!(driver.threat("T1").1.response, Some(Response::Transfer));
}

#[test]
fn a_withdrawn_threat_stays_readable_and_can_come_back() {
    let driver = login().keys("Sstolen cookie<enter>wnot here<enter>").shows("withdrawn: not here");
    assert!(!driver.threat("T1").1.is_live());
    let driver = driver.keys("w");
    assert!(driver.threat("T1").1.is_live(), "{}", driver.text());
}

#[test]
fn deleting_takes_a_draft_away_and_asks_for_a_reason_once_it_was_decided() {
    let driver = login().keys("Sone<enter><delete>");
    assert_eq!(driver.threats().len(), 0);
    let driver = driver.keys("uSsecond<enter>");
    let driver = driver.keys("<ctrl-r>").keys("r34dm<delete>");
    assert_eq!(driver.threats().len(), 2, "{}", driver.text());
    driver.shows("Why does it no longer count?");
}

#[test]
fn a_threat_is_filed_under_another_letter_or_elsewhere() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("gg/F1<enter>2Sone<enter>ft");
    assert_eq!(driver.threats(), ["T1 T one"]);
    let driver = driver.keys("[ffb → c<enter>");
    assert_eq!(driver.threat("T1").0, Place::Flow(driver.flow("F2")), "{}", driver.text());
}

#[test]
fn an_unfiled_threat_is_filed_in_two_keys() {
    let driver = Driver::empty().capture("somebody reads the logs").capture("a -> b: one");
    assert_eq!(driver.threat("T1").0, Place::Unfiled);
    let driver = driver.keys("1G");
    let driver = driver.keys("fi");
    assert_eq!(driver.threat("T1").0, Place::Flow(driver.flow("F1")), "{}", driver.text());
    assert_eq!(driver.threats(), ["T1 I somebody reads the logs"]);
}

// --- undo

#[test]
fn every_change_is_one_step_back_and_forth_and_says_what_it_was() {
    let steps = [
        ("x", "clear T on F1"),
        ("nout of scope<enter>", "on F1"),
        ("Sstolen cookie<enter>", "T1"),
        ("r34", "T1"),
        ("mshort sessions<enter>", "mitigate T1 with M1"),
        ("dawho<enter>why<enter><enter>", "accept T1"),
        ("wnot here<enter>", "T1"),
        ("1/api<enter>D", "remove flow F1"),
    ];
    let mut driver = login().keys("j");
    for (keys, words) in steps {
        let before = driver.session();
        driver.press(keys);
        let after = driver.session();
        assert!(before != after, "{keys} changes nothing: {}", driver.text());
        driver.press("u");
        assert_eq!(driver.session(), before, "{keys}");
        assert!(
            driver.status().starts_with("Undone: ") && driver.status().contains(words),
            "{keys}: {}",
            driver.status()
        );
        driver.press("<ctrl-r>");
        assert_eq!(driver.session(), after, "{keys}");
        assert!(driver.status().starts_with("Done again: "), "{keys}: {}", driver.status());
    }
    assert_eq!(driver.keys("u").keys("uuuuuuuuuuuuuu").says("Nothing to undo").session().flows.len(), 0);
}

#[test]
fn each_field_of_a_form_is_one_step() {
    let driver = login().keys(".<enter><ctrl-u>sign in<enter>").says("F1");
    let label = driver.session().flows.iter().next().unwrap().label.clone();
    let from = driver.text();
    let driver = driver.keys("jjj<enter><ctrl-u>tls<enter>");
    assert_ne!(driver.text(), from);
    let driver = driver.keys("uu<esc>");
    assert_ne!(driver.session().flows.iter().next().unwrap().label, label);
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "login");
}

#[test]
fn a_field_that_is_refused_stays_open_with_its_words() {
    let driver = login().keys("Sone<enter>e<down><down><down><down>").shows("current");
    let driver = driver.keys("<enter>9x9<enter>").shows("9x9");
    assert_eq!(driver.threat("T1").1.current, None);
    driver.keys("<ctrl-u>3x3<enter>").keys("<esc>").shows("medium");
}

// --- order, panes, filter, zoom

#[test]
fn rows_move_in_the_meetings_order() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1G").shows("▸ F2").keys("K");
    let order = |driver: &Driver| {
        let outline = Outline::of(&driver.session());
        outline.flows().iter().map(|id| id.short()).collect::<Vec<_>>()
    };
    assert_eq!(order(&driver), ["F2", "F1"]);
    assert_eq!(order(&driver.keys("J")), ["F1", "F2"]);
    let driver = login().keys("Sone<enter>Stwo<enter>K");
    let (one, two) = (driver.text().find("T1 one").unwrap(), driver.text().find("T2 two").unwrap());
    assert!(two < one, "{}", driver.text());
}

#[test]
fn panes_are_reached_by_tab_and_digit_and_one_can_have_the_screen() {
    let mut driver = login();
    let mut focus = |keys: &str| {
        driver.press(keys);
        (driver.model().focus, driver.model().zoomed)
    };
    assert_eq!(focus("1"), (Pane::Components, false));
    assert_eq!(focus("<tab>"), (Pane::Checklist, false));
    assert_eq!(focus("<shift-tab><shift-tab>"), (Pane::Matrix, false));
    assert_eq!(focus("z3"), (Pane::Mitigations, true));
    assert_eq!(focus("<esc>"), (Pane::Mitigations, false));
}

#[test]
fn a_filter_shows_matching_rows_and_esc_shows_all() {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).keys("1/users");
    let driver = driver.shows("api→users").hides("browser→api").keys("<enter>").hides("browser→api");
    driver.keys("<esc>").shows("browser→api");
}

// --- the matrix

#[test]
fn a_threat_carried_over_the_matrix_is_one_step() {
    let driver = login().keys("Sone<enter>r22").keys("4<enter>llkk<enter>");
    assert_eq!(driver.threat("T1").1.current, Some(rating(4, 4)));
    assert_eq!(driver.keys("u").threat("T1").1.current, Some(rating(2, 2)));
}

#[test]
fn esc_puts_a_threat_back_where_it_was() {
    let driver = login().keys("Sone<enter>r22").keys("4<enter>llkk").shows("[T1]").keys("<esc>").says("Put back");
    assert_eq!(driver.threat("T1").1.current, Some(rating(2, 2)));
    assert!(driver.model().matrix.held.is_none());
}

#[test]
fn an_unrated_threat_is_picked_up_from_the_tray() {
    let driver = login().keys("Sone<enter>4").shows("not rated at this point: 1").keys("<enter><enter>");
    assert_eq!(driver.threat("T1").1.current, Some(rating(3, 3)));
}

#[test]
fn another_point_in_time_has_a_matrix_of_its_own() {
    let driver = login().keys("Sone<enter>r22").keys("4v").says("target").keys("Gr11");
    let threat = driver.threat("T1").1;
    assert_eq!((threat.current, threat.target), (Some(rating(2, 2)), Some(rating(1, 1))));
}

// --- mitigations

#[test]
fn a_mitigation_moves_from_state_to_state() {
    let driver = login().keys("Sone<enter>mrotate<enter>3>>").says("M1 is in progress");
    assert_eq!(driver.session().mitigations.iter().next().unwrap().state, MitigationState::InProgress);
    driver.keys("<lt>").says("M1 is agreed");
}

#[test]
fn a_mitigation_text_is_one_step() {
    let driver = login().keys("Sone<enter>mrotate<enter>3<enter>");
    let before = driver.session();
    let text = form_row(&driver, "text");
    let driver = driver.keys(&"j".repeat(text)).keys("<enter>first line<enter>second line<esc>");
    let stored = driver.session().mitigations.iter().next().unwrap().text.to_string();
    assert_eq!(stored, "first line\nsecond line", "{}", driver.text());
    assert_eq!(driver.keys("u").session(), before);
}

/// The number of a field of the mitigation that is open in pane 3.
fn form_row(driver: &Driver, name: &str) -> usize {
    let form = driver.model().mitigations.form.as_ref().expect("an open mitigation");
    let document = driver.model().document.as_ref().unwrap();
    let fields = strideboard::app::form::fields(document.session(), document.outline(), &form.target).unwrap();
    fields.iter().position(|field| field.name == name).unwrap_or_else(|| panic!("no field {name}"))
}

// --- the file

#[test]
fn a_pause_saves_and_what_is_saved_is_what_is_there() {
    let driver = login();
    assert!(driver.on_disk().flows.is_empty());
    let driver = driver.idle().hides("unsaved");
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn control_s_saves_at_once_and_undoing_to_it_is_clean() {
    let driver = login().without_autosave().keys("<ctrl-s>").hides("unsaved").keys("x").shows("unsaved");
    let driver = driver.keys("u").hides("unsaved");
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn reading_the_file_again_is_one_step() {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    let driver = driver.keys(":reload<enter>").shows("sign-in");
    assert_eq!(driver.keys("u").session().flows.iter().next().unwrap().label, "login");
}

fn conflict() -> Driver {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    driver.keys("x<ctrl-s>").shows("is not what was read")
}

#[test]
fn a_save_nobody_asked_for_never_takes_the_focus() {
    let driver = login().idle().changed_outside(|text| text.replace("login", "sign-in"));
    let driver = driver.keys("xS").idle().shows("not saved: changed outside");
    driver.keys("over the wire<enter>").shows("over the wire");
}

#[test]
fn a_file_changed_underneath_keeps_mine_as_a_copy() {
    let driver = conflict().keys("c<enter>");
    assert!(driver.path().ends_with("sign-in-copy.tm.ron"), "{:?}", driver.path());
    assert_eq!(driver.on_disk(), *driver.session());
    let theirs = std::fs::read_to_string(driver.folder().join("sign-in.tm.ron")).unwrap();
    assert!(theirs.contains("\"sign-in\"") && !theirs.contains("Clear"), "{theirs}");
}

#[test]
fn a_file_changed_underneath_is_read_and_mine_is_one_undo_away() {
    let driver = conflict().keys("r<enter>");
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "sign-in");
    let driver = driver.keys("u");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    assert_eq!(driver.session().flows.iter().next().unwrap().label, "login");
}

#[test]
fn a_file_changed_underneath_is_overwritten_only_when_asked() {
    let driver = conflict();
    assert_eq!(driver.on_disk().flows.iter().next().unwrap().label, "sign-in");
    // The letter alone decides nothing.
    let driver = driver.keys("o");
    assert_eq!(driver.on_disk().flows.iter().next().unwrap().label, "sign-in");
    let driver = driver.keys("<enter>");
    assert_eq!(driver.on_disk(), *driver.session());
}

#[test]
fn deciding_later_loses_nothing() {
    let driver = conflict().keys("<esc>").shows("not saved");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    driver.keys("<ctrl-s>").shows("is not what was read");
}

// --- several lines, doubtful lines, and the route

#[test]
fn several_lines_are_captured_without_leaving_the_line() {
    let driver = Driver::empty().keys("Czone Edge<enter>api @Edge<enter>browser -> api: login<enter><enter>");
    let session = driver.session();
    assert_eq!((session.zones.len(), session.components.len(), session.flows.len()), (1, 2, 1));
    assert!(driver.model().capture.is_none());
}

#[test]
fn a_line_that_looks_drawn_becomes_a_threat_only_at_the_second_enter() {
    let driver = login().keys("cstaff admin @New Zone -> api: slots<enter>").shows("press enter again");
    assert_eq!(driver.session().threats().count(), 0);
    assert_eq!(driver.keys("<enter>").session().threats().count(), 1);
}

#[test]
fn space_after_an_answer_leaves_out_no_cell() {
    let driver = login().keys("1<space>x<space>x<space>x");
    for letter in [Letter::S, Letter::T, Letter::R] {
        assert_eq!(answer(&driver, letter), Some(Answer::Clear), "{letter}");
    }
}

#[test]
fn an_answer_to_a_question_stands_beside_its_cell() {
    let driver = login().keys("2gg<space>plimit per account?<enter><enter><enter>ten per minute<esc><esc>");
    driver.shows("Answer").shows("minute");
}

// --- leaving

#[test]
fn when_the_terminal_goes_away_nothing_is_lost_even_beside_a_changed_file() {
    let mut driver = login().idle().changed_outside(|text| text.replace("login", "sign-in")).keys("xcT: half a senten");
    driver.send(Msg::Terminate);
    assert!(driver.ended());
    let copy = std::fs::read_to_string(driver.folder().join("sign-in-copy.tm.ron")).unwrap();
    assert!(copy.contains("Clear") && copy.contains("half a senten"), "{copy}");
}

#[test]
fn a_new_session_never_takes_the_place_of_unsaved_work() {
    let driver = login().without_autosave().keys("x<ctrl-o><esc>").keys("<ctrl-o>");
    assert!(
        driver.model().document.as_ref().is_some_and(strideboard::app::document::Document::is_unsaved),
        "{}",
        driver.text()
    );
    driver.shows("Changes are not saved");
}

#[test]
fn quitting_asks_only_when_something_could_be_lost() {
    assert!(Driver::empty().keys("q").ended());
    let driver = login().keys("xq");
    assert!(driver.ended());
    assert_eq!(driver.on_disk(), *driver.session());
    let driver = login().without_autosave().keys("q").shows("save, then leave");
    assert!(!driver.ended());
    assert!(driver.keys("w<enter>").ended());
}

#[test]
fn quitting_without_saving_writes_nothing() {
    let driver = login().without_autosave().keys("ql<enter>");
    assert!(driver.ended());
    assert!(driver.on_disk().flows.is_empty());
}

#[test]
fn a_save_that_fails_keeps_the_program_and_the_words() {
    let driver = login();
    std::fs::remove_dir_all(driver.folder()).unwrap();
    let driver = driver.keys("q");
    assert!(!driver.ended(), "{}", driver.text());
    assert_eq!(driver.session().flows.len(), 1);
    assert!(matches!(driver.model().overlay, Some(Overlay::Choice(_))), "{}", driver.text());
    assert!(!driver.keys("<esc>").ended());
}

#[test]
fn a_refused_autosave_says_so_and_waits_for_another_change() {
    let mut driver = login();
    let document = driver.model().document.as_ref().unwrap();
    let revision = document.history().revision();
    driver.send(Msg::Saved { revision, result: Err(SaveFailure::Refused("the disk is full".to_owned())) });
    assert!(!driver.model().wants_idle());
    assert!(driver.says("Not saved: the disk is full").keys("x").model().wants_idle());
}

#[test]
fn keys_typed_while_a_session_is_read_are_not_lost() {
    let mut driver = login().idle();
    let path = driver.path();
    driver.type_ahead(&path, "2xx");
    assert_eq!((answer(&driver, Letter::S), answer(&driver, Letter::T)), (Some(Answer::Clear), Some(Answer::Clear)));
}

#[test]
fn the_browser_opens_and_comes_back() {
    let driver = login().idle().keys("<ctrl-o>").shows("Sessions").keys("<enter>");
    assert!(driver.is_workbench());
    let driver = Driver::browser(&[]).keys("nPayments<enter>");
    assert!(driver.is_workbench() && driver.path().ends_with("payments.tm.ron"));
}

// --- settings and the mouse

#[test]
fn the_settings_move_a_command_to_another_key() {
    let driver = login().idle().remapped("mark-clear", &["<ctrl-x>"]).keys("2x").says("does nothing here");
    let driver = driver.keys("<ctrl-x>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

#[test]
fn the_mouse_selects_rows_panes_and_cells() {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).click("api→users");
    assert_eq!(driver.model().checklist.place, Some(Place::Flow(driver.flow("F2"))));
    let driver = driver.click("I Info disc.").shows("▸ I Info disc.");
    assert_eq!(driver.model().focus, Pane::Checklist);
    let driver = driver.click("4 Matrix");
    assert_eq!(driver.model().focus, Pane::Matrix);
    let driver = driver.click("cri");
    assert_eq!(driver.model().matrix.cursor, strideboard::app::pane::matrix::Cursor::Cell(4, 5));
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let driver = Driver::open("aws-microservices").keys("4").wheel("F1  Browser", MouseKind::ScrollDown);
    assert_eq!((driver.model().focus, driver.model().components.index()), (Pane::Components, 4));
    let driver = driver.wheel("F1  Browser", MouseKind::ScrollUp);
    assert_eq!(driver.model().components.index(), 1);
}

#[test]
fn a_press_does_not_lose_what_is_being_typed() {
    let driver = login().keys("chalf a thou").click("api");
    driver.shows("› half a thou");
}

// --- every command

/// Sessions and keys that lead to where a command can be used.
const CONTEXTS: &[fn() -> Driver] = &[
    || Driver::browser(&[]),
    || login().without_autosave().keys("Sone<enter>r22"),
    || login().keys("xk"),
    || login().keys("xu"),
    || login().keys("x.jjj<enter><ctrl-u>http<enter><esc>gg"),
    || login().keys("Sone<enter>r22mrotate<enter>3"),
    || login().keys("Sone<enter>r22Stwo<enter>r224"),
    || Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1"),
    || Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1Gzz"),
];

/// What a person could notice.
fn noticed(driver: &Driver) -> (String, Option<std::sync::Arc<Session>>, bool) {
    let session = driver.model().document.as_ref().map(|document| document.session().clone());
    (driver.text(), session, driver.ended())
}

#[test]
fn every_command_does_something_where_it_is_available() {
    let mut reached = vec![false; TABLE.len()];
    for open in CONTEXTS {
        let here = open().model().context();
        for row in TABLE.iter().filter(|row| row.command.available(&here).is_ok()) {
            if reached[row.command as usize] {
                continue;
            }
            let mut driver = open().size(80, 24);
            let before = noticed(&driver);
            match row.keys.first().filter(|_| here.scopes().contains(&row.scope)) {
                Some(keys) => driver.press(keys),
                None => driver.press(&format!(":{}<enter>", row.name)),
            }
            // These two are seen on a terminal only.
            let terminal = matches!(row.command, Command::Redraw | Command::Suspend);
            reached[row.command as usize] = terminal || noticed(&driver) != before;
        }
    }
    let never: Vec<&str> = TABLE.iter().filter(|row| !reached[row.command as usize]).map(|row| row.name).collect();
    assert_eq!(never, Vec::<&str>::new());
}

#[test]
fn every_command_that_is_not_available_says_why() {
    for open in CONTEXTS {
        let mut driver = open().size(80, 24);
        let here = driver.model().context();
        for row in TABLE {
            let Err(reason) = row.command.available(&here) else { continue };
            driver.press(&format!(":{}<enter>", row.name));
            assert_eq!(driver.status(), reason, "{}: {}", row.name, driver.text());
            driver.press("<esc>");
        }
    }
}

#[test]
fn every_command_leaves_a_frame_at_every_size() {
    let sizes = [(60, 16), (100, 30), (120, 28), (200, 60)];
    let mut driver = Driver::open("aws-microservices");
    for (columns, rows) in sizes {
        driver.resize(columns, rows);
        for row in TABLE.iter().filter(|row| row.command != Command::Quit) {
            for keys in row.keys {
                driver.press(keys);
                driver.press("<esc><esc>");
            }
        }
        driver.press("<esc><esc>");
        assert!(driver.is_workbench() || driver.keys_to_workbench(), "{}", driver.text());
    }
}

#[test]
fn the_focused_pane_is_on_every_screen() {
    for (columns, rows) in [(60, 16), (80, 24), (119, 40), (120, 27), (120, 28), (200, 60)] {
        for (digit, pane) in
            [("1", Pane::Components), ("2", Pane::Checklist), ("3", Pane::Mitigations), ("4", Pane::Matrix)]
        {
            let driver = Driver::open("aws-microservices").size(columns, rows).keys(digit);
            let model: &Model = driver.model();
            assert!(model.hits.panes.iter().any(|(shown, _)| *shown == pane), "{columns}x{rows} {digit}");
        }
    }
}
