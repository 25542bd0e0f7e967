//! The matrix and the mitigations, driven with the keys.

use strideboard::session::ThreatId;

use super::*;

// --- the matrix

#[test]
fn every_live_threat_is_on_the_matrix_or_beside_it() {
    let driver = Driver::open("aws-microservices");
    let document = driver.model().document.as_ref().unwrap();
    let placed: usize =
        document.outline().buckets(strideboard::session::Point::Current).map(|(_, threats)| threats).sum();
    let beside = driver.model().matrix.count(
        document.session(),
        document.outline(),
        None,
        strideboard::app::pane::matrix::Cursor::Tray,
    );
    let on_scale = document.session().threats().filter(|(_, threat)| threat.is_live()).count();
    assert_eq!(placed + beside, on_scale);
}

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
    let driver = login().keys("Sone<enter>4").shows("without a place on this matrix: 1").keys("<enter><enter>");
    assert_eq!(driver.threat("T1").1.current, Some(rating(3, 3)));
}

#[test]
fn another_point_in_time_has_a_matrix_of_its_own() {
    let driver = login().keys("Sone<enter>r22").keys("4v").says("target").keys("Gr11");
    let threat = driver.threat("T1").1;
    assert_eq!((threat.current, threat.target), (Some(rating(2, 2)), Some(rating(1, 1))));
}

#[test]
fn the_matrix_opens_on_the_threat_marked_on_the_checklist_from_any_pane() {
    let two = || login().keys("Sone<enter>r22").keys("Ttwo<enter>r44").keys("mlimit<enter>").keys("2ggj");
    // The mark follows while another pane has the keys.
    two().shows("▸     T1 one").shows("▸T1").hides("▸T2");
    for panes in ["34", "14", "84"] {
        let driver = two().keys(panes);
        assert_eq!(driver.model().matrix_threat().map(ThreatId::short).as_deref(), Some("T1"), "{panes}");
    }
    // While the matrix is walked through, it alone has the mark.
    two().keys("4llkk").shows("▸T2").hides("▸     T1");
}

// --- mitigations

#[test]
fn a_threat_shows_what_helps_whatever_was_decided_and_what_was_agreed_first() {
    let driver = login().keys("Sone<enter>mfirst<enter>mlimit<enter>mlast<enter>").keys("do").shows("M3 M2+1");
    // What the room chose is not what is cut.
    let driver = driver.keys("3G>2").shows("M1 M3+1");
    assert_eq!(driver.threat("T1").1.response, None);
}

#[test]
fn a_day_that_has_passed_is_marked_and_not_broken_in_two() {
    let driver = login().keys("Sone<enter>").capture("+ rotate keys ~ana by 2026-03-01").size(80, 24).keys("3");
    driver.shows("▲ proposed").shows("▲ due 2026-03-01, already past");
}

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
pub(super) fn form_row(driver: &Driver, name: &str) -> usize {
    let form = driver.model().mitigations.form.as_ref().expect("an open mitigation");
    let document = driver.model().document.as_ref().unwrap();
    let fields =
        strideboard::app::form::fields(document.session(), document.outline(), document.team.kinds(), &form.target)
            .unwrap();
    fields.iter().position(|field| field.name == name).unwrap_or_else(|| panic!("no field {name}"))
}

#[test]
fn a_threat_that_is_half_rated_is_picked_up_in_its_column() {
    let driver = login().keys("Sone<enter>r404<enter>l<enter>");
    assert_eq!(driver.threat("T1").1.current, Some(rating(5, 3)));
}

#[test]
fn the_matrix_says_which_axis_is_likelihood() {
    login().shows("→ likelihood").size(160, 48).shows("↑ impact  → likelihood");
}

#[test]
fn e_edits_the_selected_mitigation_in_its_pane() {
    let driver = login().keys("Sone<enter>mrotate<enter>3e").shows("▸title").shows("responsibility ");
    driver.keys("<enter> the keys<enter>").says("change mitigation M1: title").shows("rotate the keys");
}
