//! Hats and dealt hands, the view for the wall, what changed, and a chat that is pasted.

use super::*;

/// Two flows and two people who are here.
fn room() -> Driver {
    Driver::captured(&[
        "browser @Internet -> api @Edge: login [credentials] https",
        "api -> users db @Data: read [credentials] sql",
        "person Ana Ruiz: moderator, business",
        "person Ben Ford: developer, adversary",
    ])
    .keys("8<enter>j<enter>2")
}

#[test]
fn a_hat_asks_whoever_is_next_from_their_perspective() {
    let driver = room().keys("[h").shows("Ana as business").shows("if credentials were lost");
    let driver = driver.keys("h").shows("Ben as developer").keys("h").shows("Ben as adversary");
    let driver = driver.shows("What would credentials be worth").keys("h").shows("Ana as business");
    driver.keys("<esc>").hides("Ana as business").keys("h").shows("Ana as business");
}

#[test]
fn somebody_alone_wears_the_hats_in_turn() {
    login().keys("2h").shows("Whoever likes as business").keys("hh").shows("Whoever likes as adversary");
}

#[test]
fn cards_are_dealt_in_turn_and_lead_to_their_cells() {
    let driver = room().keys("H").shows("Card for Ana").shows("8 left");
    let first = driver.model().hand.as_ref().unwrap().card().unwrap().clone();
    assert_eq!(driver.model().cell(), Some((first.card.place.clone(), first.card.letter)));
    // Later: below the others. Played: gone.
    let driver =
        driver.keys("H").shows("Card for Ben").shows("8 left").keys("x").shows("✓ played").keys("H").shows("7 left");
    let again = room().keys("H");
    assert_eq!(again.model().hand.as_ref().unwrap().card(), Some(&first), "the same meeting deals the same");
    driver.keys("<esc>").hides("Card for");
}

#[test]
fn a_card_becomes_a_threat_with_one_key() {
    let driver = room().keys("H");
    let card = driver.model().hand.as_ref().unwrap().card().unwrap().card.clone();
    assert!(card.row.is_some(), "the catalogue knows something of these ends");
    let driver = driver.keys("t").shows("✓ played");
    let session = driver.session();
    let (place, threat) = session.threats().next().unwrap();
    assert_eq!((place, threat.letter, threat.statement.as_str()), (card.place, card.letter, card.text.as_str()));
    let driver = driver.keys("t").says("played already");
    driver.keys("u").hides("✓ played");
}

#[test]
fn nothing_is_dealt_where_nothing_is_open() {
    Driver::empty().keys("H").says("There is no flow yet").keys("t").hides("Card");
    let driver = Driver::captured(&["a -> b: x"]);
    (0..6).fold(driver.keys("2"), |driver, _| driver.keys("xj")).keys("NH").says("no card can be dealt");
}

#[test]
fn the_wall_shows_place_letters_question_and_what_was_said() {
    let driver = room().keys("[S").keys("stolen cookie replayed ~ben<enter>").keys("P");
    let driver = driver.shows("▶▶ T1 stolen cookie").shows("SPOOFING").shows("Ben").hides("unrated").keys("k");
    let driver = driver.shows("▶▶ S  SPOOFING").keys("gn").says("sees no names").hides("Ben");
    driver.keys("<esc>").hides("SPOOFING").shows("core decided");
}

#[test]
fn the_wall_hides_ratings_while_the_room_votes() {
    let driver =
        room().keys("[S").keys("stolen cookie<enter>").keys("r55P").shows("critical").keys("V").hides("critical");
    driver.keys("<esc>").shows("critical");
}

#[test]
fn the_wall_is_readable_at_both_sizes() {
    for (columns, rows) in [(80, 24), (160, 48)] {
        let driver = room().keys("8snnn2[").keys("S").keys("stolen cookie replayed from another device<enter>");
        let driver = driver.size(columns, rows).keys("PV12").after("3:00");
        insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(format!("projector-{columns}x{rows}"), driver.text());
        });
    }
}

#[test]
fn only_what_changed_is_on_the_route_and_the_rest_is_counted() {
    let driver = room().keys("[xjxjx").keys("]xjx");
    let driver = driver.keys("gd").says("nothing changed or is new; ").says("cells of 2 places left out");
    let driver = driver.keys("gd").says("everything that is open").capture("F1 via lb @Edge").keys("gd");
    let driver = driver.says("stale first").keys("8").shows("Route, only what changed").shows("left out  F2");
    driver.keys("2<space>").shows("stale");
}

const CHAT: &str = "10:32 Ana Ruiz: what if the token leaks?\n10:33 Ben: +1\n10:34 Ben: api: order history of others";

#[test]
fn a_chat_becomes_captures_of_those_who_said_it_as_one_step() {
    let driver = room().paste(CHAT).shows("A chat").shows("what if the token leaks?");
    let driver = driver.keys("<enter>").says("2 lines: 1 threat to the tray, 1 threat");
    let session = driver.session();
    let by = |words: &str| session.threats().find(|(_, t)| t.statement.contains(words)).unwrap().1.by.clone();
    assert_eq!((by("token"), by("history")), ("ana-ruiz".to_owned(), "ben-ford".to_owned()));
    assert!(session.threats().all(|(_, threat)| !threat.statement.contains("10:3")));
    assert_eq!(driver.keys("u").session().threats().count(), 0);
}

#[test]
fn a_chat_is_looked_at_first_and_lines_can_be_taken_out() {
    let driver = room().paste(CHAT).keys("<tab><down><tab><enter>").says("No line was marked");
    let driver = driver.paste(CHAT).keys("<esc>");
    assert_eq!(driver.session().threats().count(), 0);
}

#[test]
fn on_the_wall_the_selected_threat_stays_in_sight_however_much_was_said() {
    let said = |driver: Driver, number| driver.capture(&format!("F1 S: threat number {number}"));
    let driver = (1..=12).fold(room(), said).size(80, 24).keys("[P").shows("T1 threat").hides("T12 threat");
    driver.keys("jjjjjjjjjjjj").shows("▶▶ T12 threat").hides("T1 threat");
}

#[test]
fn names_in_a_chat_cannot_bring_anything_but_names() {
    let driver = room().paste("10:32 Eve\u{1b}[2J\u{202e}: what if the token leaks?\nmore of it here").keys("<enter>");
    assert!(driver.session().threats().all(|(_, threat)| !threat.by.contains(['\u{1b}', '\u{202e}'])));
}
