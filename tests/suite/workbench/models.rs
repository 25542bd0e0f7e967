//! A component that another session models: what was decided there holds here, until that session moves.

use std::fs;

use super::*;

/// A session with the component `hosting`, modelled in `web.tm.ron` beside it, which is the shipped example.
pub(super) fn relying() -> Driver {
    let driver = Driver::captured(&["hosting @App process"]);
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/sessions/aws-web-hosting.tm.ron");
    fs::copy(shipped, driver.folder().join("web.tm.ron")).unwrap();
    driver.keys("/hosting<enter>ejjjjjjjj<enter>web.tm.ron<enter><esc>")
}

fn states(driver: &Driver) -> Vec<(Letter, Answer)> {
    let session = driver.session();
    session.components.get("hosting").unwrap().cells.iter().map(|cell| (cell.letter, cell.state)).collect()
}

#[test]
fn what_was_decided_in_the_model_is_taken_over_and_taken_back_in_one_step() {
    let driver = relying().shows("model not taken over");
    assert_eq!(states(&driver), [], "nothing is taken by itself");
    let driver = driver.keys(":take-model<enter>").says("take over what web.tm.ron decided").shows("model taken over");
    assert_eq!(states(&driver).len(), 6);
    assert!(states(&driver).iter().all(|(_, state)| *state == Answer::Inherited));
    let driver = driver.keys("2gg").shows("inherited").shows("Web shop on EC2: 9 core cells");
    assert_eq!(states(&driver.keys("u")), []);
}

#[test]
fn a_model_that_moved_is_announced_once_somebody_comes_back() {
    let driver = relying().keys(":take-model<enter><ctrl-s>");
    let path = driver.folder().join("web.tm.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("state: InPlace", "state: Dropped", 1)).unwrap();
    let driver = driver.come_back().says("decided something anew since it was taken over").shows("model moved since");
    driver.keys(":take-model<enter>").shows("model taken over");
}

#[test]
fn mitigations_of_the_model_can_be_linked_and_keep_where_they_come_from() {
    let driver = relying().keys("2S").keys("forged request<enter>").keys("mnormalised<enter>");
    let session = driver.session();
    let linked = session.mitigations.iter().next().unwrap();
    assert_eq!(
        (linked.title.as_str(), linked.state),
        ("Requests are normalised at edge and balancer", MitigationState::InPlace)
    );
    assert!(linked.evidence[0].starts_with("web.tm.ron#M6-"), "{:?}", linked.evidence);
    assert_eq!(driver.threat("T1").1.mitigations, [linked.id]);
}

#[test]
fn a_model_that_cannot_be_used_is_said_and_takes_nothing_away() {
    let driver = relying().keys("ejjjjjjjj<enter><ctrl-u>gone.tm.ron<enter>");
    let driver = driver.says("its model \"gone.tm.ron\" is not there").keys("<esc>").shows("model missing gone.tm.ron");
    driver.keys(":take-model<enter>").shows("cannot be used");
    let driver = relying().keys("ejjjjjjjj<enter><ctrl-u>../../up.tm.ron<enter>");
    driver.says("leads out of the repository").keys("<esc>").shows("model not opened");
}
