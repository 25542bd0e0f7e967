//! Threats: rating, deciding, filing, withdrawing, and taking each back.

use super::*;

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
fn whoever_carries_a_risk_is_found_by_a_first_name() {
    let driver = login().keys("cperson Lena Fox<enter>Sstolen cookie<enter>");
    let driver = driver.keys("dalena<enter>old clients<enter>by +2w<enter>").says("accept T1");
    let accepted = driver.threat("T1").1.acceptance.unwrap();
    assert_eq!(accepted.by, "lena-fox");
    assert!(accepted.until.is_some());
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
        ("1/api<enter>D", "remove component api, 1 flow"),
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

#[test]
fn an_unfiled_threat_keeps_its_letter_wherever_it_is_filed_unless_another_is_chosen() {
    let tray = || {
        let driver = login().capture("order history leaks @-").keys("2Ggf");
        driver.shows("f f file").keys("ff")
    };
    let driver = tray().shows("File T1 under I Information disclosure").keys("F1<enter>");
    assert_eq!(driver.threats(), ["T1 I order history leaks"]);
    let driver = tray().keys("<tab>").shows("File T1 under D Denial of service").keys("F1<enter>");
    assert_eq!(driver.threats(), ["T1 D order history leaks"]);
}
