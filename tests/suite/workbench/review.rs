//! Place 7: one change after the other, what is said about it, conflicts and signing.

use strideboard::{
    format::session::decode,
    review::{
        diff::{Section, diff},
        merge::{Names, merge},
    },
};

use super::*;

/// Two threats above appetite that nobody answers for, and a reviewer.
pub(super) fn shop() -> Driver {
    let driver = Driver::captured(&["browser -> api: login", "S: stolen cookie replayed !!!!", "T: body changed"]);
    driver.idle().i_am("Ann Lee")
}

/// Sees everything and endorses it.
fn signed(driver: Driver) -> Driver {
    let mut driver = driver.keys("7");
    while driver.model().review.next_open().is_some() {
        driver = driver.keys("y");
    }
    driver.keys("s<enter>AppSec<enter>")
}

/// A session whose rating two people changed differently.
pub(super) fn in_conflict() -> Driver {
    let rating = |base: &str, step: &str| {
        base.replace("inherent: Rating(likelihood: 4", &format!("inherent: Rating(likelihood: {step}"))
    };
    let base = r#"Session(format: 1, title: "Shop", components: [Component(id: "api", name: "API", threats: [
        Threat(id: "T1-k7q", letter: T, statement: "unsigned payloads", inherent: Rating(likelihood: 4, impact: 4)),
    ])])"#;
    let [o, a, b] =
        [base.to_owned(), rating(base, "5"), rating(base, "2")].map(|text| decode(text.as_bytes()).unwrap());
    let names = Names { ours: "main", theirs: "feature" };
    Driver::with(&merge(Some(&o), &a, &b, names).session)
}

#[test]
fn what_was_seen_can_be_endorsed_and_a_later_change_makes_it_stale() {
    let driver = shop().keys("7").shows("everything: nothing was signed yet").shows("○");
    let driver = driver.keys("s<enter>").says("not seen yet").keys("<esc>");
    let driver = signed(driver).says("Ann Lee (AppSec) endorsed");
    assert!(driver.file_beside("sign-in.signoff.ron").contains("by: \"Ann Lee\""));
    let driver = driver.shows("holds").shows("Nothing is left to look at");

    let driver = driver.keys("2").capture("D: flooded").idle().keys("7");
    driver.shows("stale: T3 \"flooded\" is new").shows("only the records are known").hides("holds");
}

#[test]
fn a_letter_that_was_clear_before_its_threat_is_not_said_to_be_nothing() {
    let before = login().session().clone();
    let driver = login().keys("2x").keys("Sprinted photo opens the gate<enter>jjx");
    let changes = diff(&before, &driver.session());
    let said: Vec<&str> = changes.section(Section::Other).map(|change| change.text.as_str()).collect();
    assert!(said.iter().any(|text| text.ends_with("S was called clear beside a threat")), "{said:#?}");
    assert!(said.iter().all(|text| !text.contains("S, ") || !text.contains("nothing was found")), "{said:#?}");
}

#[test]
fn a_first_review_begins_with_the_worst_risk_in_each_section() {
    let session = Driver::open("aws-web-hosting").session().clone();
    let changes = diff(&strideboard::session::Session::new(""), &session);
    let others: Vec<&str> = changes.section(Section::Other).map(|change| change.text.as_str()).collect();
    let new = |level: &str| others.iter().position(|text| text.contains(&format!("is new: {level}")));
    let rest = others.iter().position(|text| text.starts_with("the session: "));
    assert!(new("High") < new("Medium") && new("Medium") < new("Low") && new("Low") < rest, "{others:#?}");
    assert!(new("High").is_some());
}

#[test]
fn who_signs_again_signs_in_the_same_role_unless_they_say_another() {
    let driver = signed(shop()).keys("2").capture("D: flooded").idle().keys("7y");
    driver.keys("s<enter>").shows("AppSec").keys("<enter>").says("Ann Lee (AppSec) endorsed");
}

#[test]
fn a_file_that_cannot_be_read_takes_nothing_from_the_other() {
    let driver = signed(shop()).keys("2").writes("sign-in.comments.ron", "<<<<<<< a\n=======\n>>>>>>> b\n");
    let driver = driver.opened_again().i_am("Ann Lee").keys("7").shows("the comments cannot be read").shows("holds");
    let driver =
        driver.hides("nothing was signed").keys("s").says("The comments cannot be read: sign-in.comments.ron:1");

    let driver = driver.keys("2").writes("sign-in.signoff.ron", "Signoff(").opened_again().i_am("Ann Lee").keys("7");
    let driver = driver.shows("the endorsements cannot be read").shows("it is not known what you signed last");
    assert_eq!(driver.hides("nothing was signed").model().review.rows(), []);
}

#[test]
fn what_was_seen_is_still_seen_another_day() {
    let driver = shop().keys("7y").shows("1 of").opened_again().keys("7");
    driver.shows("1 of").keys("ggy").says("Not seen any more").opened_again().keys("7").shows("0 of");
}

#[test]
fn a_comment_stands_beside_the_record_and_nothing_in_the_session_changes() {
    let driver = shop().keys("7");
    let before = driver.session();
    let driver = driver.keys("aWho can steal it?<enter>").says("written beside the session");
    let driver = driver.keys("G").shows("Ann Lee asks about").shows("Who can steal it?");
    assert_eq!((*driver.session()).clone(), (*before).clone());
    assert!(driver.file_beside("sign-in.comments.ron").contains("kind: Ask"));
    let driver = driver.keys("2").shows("❝ ").keys("7G");
    driver
        .keys("rAnybody on the wifi<enter>G")
        .shows("Ann Lee: Anybody on the wifi")
        .keys("x<enter>")
        .hides("Who can steal it?");
}

#[test]
fn whoever_says_no_takes_the_open_asks_along() {
    let driver = shop().keys("7aRate it<enter>").keys("s<down><down><enter>AppSec<enter><enter>");
    let driver = driver.says("did not endorse");
    let signoff = driver.file_beside("sign-in.signoff.ron");
    assert!(signoff.contains("decision: NotEndorsed") && signoff.contains("Rate it"), "{signoff}");
}

#[test]
fn conflicts_come_first_and_one_key_takes_a_side_until_undo() {
    let driver = in_conflict().i_am("Ann Lee").keys("7gg").shows("Both sides changed it").shows("(feature)");
    let driver = driver.keys("s").says("Settle the conflicts first");
    let driver = driver.keys("t");
    assert_eq!((driver.session().conflicts.len(), driver.threat("T1").1.inherent.unwrap().likelihood), (0, Some(2)));
    let driver = driver.keys("u");
    assert_eq!(driver.session().conflicts.len(), 1);
}

#[test]
fn a_row_opens_its_record_and_nothing_is_asked_of_an_empty_session() {
    let driver = shop().keys("7gg<enter>");
    assert!(driver.model().overlay.is_some());
    let driver = Driver::empty().keys("7").shows("~ says who you are");
    driver.keys("y").says("Select a row of the review first");
}

#[test]
fn a_file_beside_the_session_that_is_broken_is_told_and_left_alone() {
    let driver = shop();
    std::fs::write(driver.folder().join("sign-in.signoff.ron"), "Signoff(format: 1, endorsements: [\u{1b}[2J").unwrap();
    let driver = driver.keys("7").shows("cannot be read").keys("s").says("cannot be read");
    assert!(driver.file_beside("sign-in.signoff.ron").contains('\u{1b}'));
}
