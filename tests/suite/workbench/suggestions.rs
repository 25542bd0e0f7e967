//! Suggestions: seen, accepted, turned down, found by words, and whose they are.

use strideboard::session::{
    Component, Edit, Element, EntryId, MitigationState, Responsibility, ServiceClass, edit::Entry,
};

use super::*;

/// A service that writes to a database, with the checklist on tampering.
fn orders() -> Driver {
    orders_in("sqldb").keys("2ggj")
}

fn orders_in(kind: &str) -> Driver {
    let database = format!("orders @Data {kind}");
    Driver::captured(&["api @App", &database, "api -> orders: write the order [orders] postgres"]).size(160, 48)
}

#[test]
fn the_selected_cell_shows_what_could_go_wrong_there_with_the_names_of_the_place() {
    let driver = orders().shows("Suggestions  o").shows("1 Text glued into a query by api rewrites records in");
    driver.keys("o").shows("sqldb.T1 · sqldb").shows("CWE-89").shows("Ask: ");
}

#[test]
fn accepting_makes_a_threat_with_its_controls_proposed_in_one_step() {
    let driver = orders().keys("o1");
    assert_eq!(driver.threats(), ["T1 T Text glued into a query by api rewrites records in orders"]);
    let (_, threat) = driver.threat("T1");
    assert_eq!((threat.origin.as_str(), threat.references.is_empty()), ("sqldb.T1@1", false));
    let session = driver.session();
    let linked: Vec<_> = threat.mitigations.iter().filter_map(|id| session.mitigations.get(id)).collect();
    assert!(!linked.is_empty() && linked.iter().all(|m| m.state == MitigationState::Proposed && !m.origin.is_empty()));
    let driver = driver.shows("✓ accepted").keys("<esc>u");
    assert_eq!((driver.threats().len(), driver.session().mitigations.len()), (0, 0));
    driver.shows("1 Text glued into a query");
}

#[test]
fn numbers_keep_their_meaning_until_somebody_leaves() {
    let driver = orders();
    let second = driver.model().suggestions.offers()[1].text.clone();
    let third = driver.model().suggestions.offers()[2].text.clone();
    let driver = driver.keys("o132");
    let said: Vec<String> = driver.threats().iter().map(|line| line[5..].to_owned()).collect();
    assert_eq!(said[1..], [third, second.clone()]);
    let driver = driver.keys("<esc>");
    assert!(driver.model().suggestions.offers().iter().all(|offer| offer.text != second));
}

#[test]
fn a_control_that_is_there_already_is_linked_and_not_made_again() {
    let driver = orders().keys("o1<esc>").capture("api -> orders: read the order [orders] postgres").keys("2]ggjo1");
    let ((_, first), (_, second)) = (driver.threat("T1"), driver.threat("T2"));
    assert_eq!((first.origin, first.mitigations), (second.origin, second.mitigations));
}

#[test]
fn an_accepted_suggestion_can_be_rated_at_once() {
    let driver = orders().keys("o1r34");
    assert_eq!(driver.threat("T1").1.current, Some(rating(3, 4)));
}

#[test]
fn we_have_that_is_a_threat_with_a_control_in_place_that_still_wants_evidence() {
    let driver = orders().keys("oh<enter>");
    let (_, threat) = driver.threat("T1");
    let session = driver.session();
    let control = session.mitigations.get(&threat.mitigations[0]).unwrap();
    assert_eq!((control.state, threat.response), (MitigationState::InPlace, Some(Response::Mitigate)));
    let today = Some(jiff::civil::date(2026, 11, 20));
    let found = strideboard::review::check::findings(&strideboard::review::check::Context::new(&session, today));
    let asked = found.iter().find(|finding| finding.id == "mitigation-evidence").unwrap();
    assert_eq!(asked.entry, Some(EntryId::Mitigation(control.id)));
    let own = orders().keys("ohthe library escapes<enter>");
    assert_eq!(own.session().mitigations.iter().next().unwrap().title, "the library escapes");
}

#[test]
fn what_is_dismissed_does_not_come_back_and_says_why() {
    let driver = orders().keys("o-nobody would<enter>").shows("dismissed: nobody would gain anything by it");
    let session = driver.session();
    let place = Place::Flow(driver.flow("F1"));
    let (dismissed, by_row) = (session.dismissed_at(&place).unwrap(), "sqldb.T1");
    assert_eq!(dismissed.get(by_row).unwrap().reason, "nobody would gain anything by it");
    let driver = driver.keys("<esc>").hides("Text glued").idle().opened_again().keys("2ggj").hides("Text glued");
    assert_eq!(driver.on_disk().dismissed_at(&place).unwrap().len(), 1);
}

#[test]
fn a_dismissal_is_taken_back_by_the_same_key_or_undone() {
    let again = orders().keys("o-nobody would<enter>gg-").says("offer sqldb.T1 on F1 again");
    assert!(again.session().dismissed_at(&Place::Flow(again.flow("F1"))).unwrap().is_empty());
    orders().keys("o-nobody would<enter><esc>u").shows("1 Text glued");
}

#[test]
fn the_suggestions_are_left_by_esc_and_by_going_elsewhere() {
    for keys in ["<esc>", "<tab>", "<space>"] {
        let driver = orders().keys("o").keys(keys);
        assert_eq!(driver.model().suggestions.selected(), None, "{keys}");
    }
}

#[test]
fn more_shows_the_next_five() {
    let driver = Driver::open("aws-microservices").keys("2ggo");
    let sixth = driver.model().suggestions.offers()[5].text.clone();
    let driver = driver.shows("1–5 of").keys("o").shows("6–").keys("1");
    let count = driver.threats().len();
    assert!(driver.threats()[count - 1].ends_with(&sixth));
}

#[test]
fn a_letter_without_a_fitting_row_says_so_and_asks() {
    let mut store = Component::new("b".parse().unwrap(), "b");
    store.element = Element::Store;
    let driver = Driver::empty().edit(&Edit::Add(Entry::Component(Box::new(store)))).keys("1G<enter>");
    driver.shows("The catalogue has nothing that fits here").shows("· ").keys("o").says("No suggestion is left");
}

#[test]
fn the_catalogue_is_searched_by_reference_and_words_and_captures_to_the_cell() {
    let driver = orders().keys("gcCWE-79").shows("CWE-79");
    let driver = driver.keys("<enter>");
    let (_, threat) = driver.threat("T1");
    assert!(threat.references.iter().any(|one| one == "CWE-79"), "{:?}", threat.references);
    assert_eq!(threat.letter, Letter::T);
    orders()
        .keys("gcransom<enter>")
        .says("accept sqldb.D2")
        .keys("gcsqldb.d2<enter>")
        .says("It is a threat here already");
    orders().keys(":API1:2023<enter>").shows("Catalogue, to T on F1").keys("<enter>").says("accept");
}

#[test]
fn the_mouse_selects_a_suggestion_and_once_more_accepts_it() {
    let driver = orders().click("Text glued").shows("Ask: ");
    assert_eq!(driver.threats().len(), 0);
    assert_eq!(driver.click("Text glued").threats().len(), 1);
}

#[test]
fn who_answers_for_what_stands_on_a_component_and_can_be_set() {
    let driver = orders_in("aws.rds")
        .keys("1/orders<enter>gg2")
        .shows("container · OS provider · engine us · API us · policy us");
    let driver = driver.keys(".jjjjjj<enter>abstr<enter><esc>");
    let session = driver.session();
    let class = session.components.get("orders").unwrap().responsibility;
    assert_eq!(class, Some(ServiceClass::Abstracted), "{}", driver.text());
}

#[test]
fn what_the_provider_answers_for_is_shown_with_the_report_as_its_evidence() {
    let driver = orders_in("aws.rds").keys("2G").shows("provider report");
    let at = driver.model().suggestions.offers().iter().position(|offer| offer.providers).unwrap();
    let driver = driver.keys(&format!("o{}", at + 1));
    let session = driver.session();
    let mine = session.mitigations.iter().next().unwrap();
    assert_eq!(mine.responsibility, Responsibility::Provider);
    assert!(mine.note.as_str().contains("provider's report"));
}

#[test]
fn every_size_has_room_for_all_five() {
    for (columns, rows) in [(80, 24), (120, 40), (160, 48)] {
        let driver = Driver::open("aws-microservices").size(columns, rows).keys("2ggo");
        for number in 1..=5 {
            let text = driver.text();
            assert!(text.contains(&format!(" {number} ")), "{columns}x{rows}: {text}");
        }
    }
}

#[test]
fn somebody_who_only_looks_reads_the_suggestions_and_takes_none() {
    orders()
        .idle()
        .opened_twice()
        .keys("<esc>2]ggjo")
        .shows("Ask: ")
        .keys("1")
        .says("Somebody else has this session open");
}
