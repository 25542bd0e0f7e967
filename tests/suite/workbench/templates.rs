//! A session that begins with a template.

use strideboard::{app::key::Key, catalog::template::templates};

use super::*;

#[test]
fn a_template_is_chosen_named_and_adjusted_from_the_browser() {
    let driver = Driver::browser(&[]).keys("t").shows("Browser, API and database").keys("micro<enter>");
    let driver = driver.shows("AWS microservices").shows("What is it called?").keys("Meadow<enter>");
    let driver = driver.shows("What is somebody with an account called?").shows("Member").keys("Guest<enter>");
    let driver = driver.keys("invite, export<enter>").shows("Meadow");
    let session = driver.session();
    assert_eq!(session.title, "Meadow");
    assert!(session.assets.contains("guest-profiles") && session.components.contains("export-function"));
    assert_eq!(driver.on_disk(), *session);
}

#[test]
fn an_answer_that_is_none_is_asked_for_again_and_esc_leads_back() {
    let driver = Driver::browser(&[]).keys("taws web<enter>Shop<enter><enter><enter>none<enter>");
    let driver = driver.shows("a number from 1 to 20").keys("<ctrl-u>2<enter>").shows("Web instances 2");
    drop(driver);
    let driver = Driver::browser(&[]).keys("taws web<enter>Shop<enter><esc><esc>");
    assert!(!driver.is_workbench() && driver.model().overlay.is_none());
}

#[test]
fn every_template_is_started_with_at_most_forty_keys() {
    for template in templates() {
        let questions = "<enter>".repeat(template.questions.len());
        let keys = format!("t{}<enter>Shop<enter>{questions}", template.id);
        let driver = Driver::browser(&[]).keys(&keys);
        assert!(driver.session().flows.len() >= 10, "{}", template.id);
        let count = Key::parse_sequence(&keys).unwrap().len();
        assert!(count <= 40, "{}: {count} keys", template.id);
    }
}
