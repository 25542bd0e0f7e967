//! Answering cells, letter by letter.

use super::*;

// --- the checklist

/// Who answered a cell of F1.
fn answered_by(driver: &Driver, letter: Letter) -> String {
    let session = driver.session();
    session.cells_at(&Place::Flow(driver.flow("F1"))).unwrap().get(letter).unwrap().by.clone()
}

#[test]
fn an_answer_is_by_whoever_said_once_who_they_are() {
    let driver = login().capture("person Ben Ford: defender").keys("2ggx");
    assert_eq!(answered_by(&driver, Letter::S), "");
    let driver = driver.keys("~ford<enter>").says("Answers are by Ben Ford").keys("jxjnprovider<enter>");
    assert_eq!(
        (answered_by(&driver, Letter::T), answered_by(&driver, Letter::R)),
        ("ben-ford".into(), "ben-ford".into())
    );
    driver.shows("· Ben ").keys("~Zoe Quinn<enter>jx").shows("· Zoe Quinn");
}

#[test]
fn the_settings_say_who_sits_at_the_keyboard() {
    let driver = login().capture("person Ben Ford: defender").i_am("ben ford").keys("2ggxN");
    assert_eq!(answered_by(&driver, Letter::S), "ben-ford");
}

#[test]
fn clear_is_one_key_and_space_goes_on_when_the_room_is_ready() {
    let driver = login().keys("x").says("clear S on F1").shows("▸ S Spoofing");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    driver.keys("<space>").shows("▸ T Tampering").keys("x").says("clear T on F1");
}

#[test]
fn not_applicable_takes_a_picked_reason_or_own_words() {
    let driver = login().keys("nprovider<enter><space>nwe do not bill anybody<enter>");
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
fn words_typed_after_a_refusal_are_no_commands() {
    let driver = login().keys("Sstolen cookie<enter>nbecause nobody does<enter>");
    assert_eq!(driver.threats(), ["T1 S stolen cookie"]);
    assert!(driver.model().overlay.is_none());
    let driver = driver.keys("jp<enter>what about sso").says("").shows("what about sso").keys("<enter>");
    assert_eq!(driver.session().notes.iter().filter(|note| note.is_open()).count(), 1);
}

#[test]
fn what_contradicts_the_flow_is_no_reason_offered() {
    let inside = Driver::captured(&["web @Edge -> api @Edge: calls"]).keys("2n").shows("same zone, same owner");
    drop(inside);
    Driver::captured(&["web @Internet -> api @Edge: calls"]).keys("2n").hides("same zone, same owner");
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
    let driver = login().keys("plimit per account<enter>x<enter>");
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
    let driver = login().keys("xX").says("S on F1");
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

// --- parked cells

#[test]
fn a_parked_cell_is_cleared_with_the_answer_in_words() {
    let driver = login().keys("plimit per account<enter>x").shows("What is the answer?").keys("five a minute<enter>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    let answers: Vec<String> = driver.session().notes.iter().map(|note| note.answer.to_string()).collect();
    assert_eq!(answers, ["five a minute"]);
}

#[test]
fn taking_back_a_parked_cell_keeps_its_question_as_an_answered_one() {
    let driver = login().keys("xplimit per account<enter>").hides("✓ clear").keys("X").says("no longer parked");
    let note = driver.session().notes.iter().next().unwrap().clone();
    assert_eq!((note.text.as_str(), note.answer.as_str()), ("limit per account", "taken back"));
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
    let driver = driver.keys("u").says("Undone: take the question about S on F1 back").shows("parked: limit");
    assert!(driver.session().notes.iter().next().unwrap().is_open());
}

#[test]
fn the_mark_and_the_question_of_a_parked_row_stay_when_who_and_when_do_not_fit() {
    let driver = login().capture("person Ben Adler").keys("plimit per account ~ben by 2026-11-27<enter>");
    let driver = driver.shows("? parked  limit per a").hides("… · Ben");
    let driver = driver.shows("parked: limit per account · Ben Adler").size(160, 48).shows("· Ben Adler 2026-11-27");
    driver.size(80, 24).shows("? parked  limit per account");
}

#[test]
fn a_flow_keeps_its_label_in_the_title() {
    let driver = Driver::captured(&["notification sender -> customer support: reminders"]).keys("2");
    driver.shows("…: reminders");
}

#[test]
fn of_several_threats_in_a_cell_one_has_to_be_selected() {
    let driver = login().keys("Sone<enter>Stwo<enter>gg");
    let driver = driver.keys("r").says("2 threats here: j goes to one of them");
    let driver = driver.keys("dm").says("2 threats here").keys("fe").says("2 threats here");
    driver.keys("Sthree<enter>gge").says("Several threats here").keys("jr34").says("rate T1");
}
