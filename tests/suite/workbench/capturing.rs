//! What was said becomes records: mitigations, people, the tray, many lines at once.

use super::*;

// --- mitigations

#[test]
fn a_mitigation_is_one_language_behind_m_and_behind_a_plus() {
    let people = || login().keys("cperson Ana Ruiz<enter>Sstolen cookie<enter>");
    let typed = people().keys("mverify the owner ~ana by +2w").shows("M1 for T1, owner ana-ruiz by 2026-12-04");
    let (typed, said) = (typed.keys("<enter>"), people().keys("c+ verify the owner ~ana by +2w<enter>"));
    assert_eq!(typed.session(), said.session());
    let session = said.session();
    let mitigation = session.mitigations.iter().next().unwrap();
    assert_eq!((mitigation.title.as_str(), mitigation.owner.as_str()), ("verify the owner", "ana-ruiz"));
    assert_eq!(mitigation.due, Some(jiff::civil::date(2026, 12, 4)));
}

#[test]
fn however_a_threat_gets_a_mitigation_it_is_mitigated_from_then_on_in_one_step() {
    let open = || login().keys("Sone<enter>mrotate<enter>Ttwo<enter>");
    for keys in ["c+ sign requests<enter>", "mrotate<enter>", "3vt<down><tab><enter>", "3vt<down><tab><enter>"] {
        let driver = open();
        let before = driver.session();
        let driver = driver.keys(keys);
        let (_, threat) = driver.threat("T2");
        assert_eq!((threat.response, threat.mitigations.len()), (Some(Response::Mitigate), 1), "{keys}");
        assert_eq!(driver.keys("<esc>u").session(), before, "{keys}");
    }
    let decided = open().keys("de").keys("c+ sign requests<enter>");
    assert_eq!(decided.threat("T2").1.response, Some(Response::Eliminate));
}

#[test]
fn naming_mitigations_in_the_form_of_a_threat_answers_it_too() {
    let driver = login().keys("Sone<enter>mrotate<enter>Ttwo<enter>ejjjjjjj").shows("mitigations");
    let driver = driver.keys("<enter>M1<enter><esc>");
    assert_eq!(driver.threat("T2").1.response, Some(Response::Mitigate));
}

#[test]
fn an_idea_without_a_threat_stays_an_idea() {
    let driver = login().keys("c+ sign requests").shows("M1, an idea without a threat yet").keys("<enter>");
    assert_eq!(driver.session().mitigations.len(), 1);
}

#[test]
fn a_line_for_the_mitigations_of_a_threat_is_for_that_threat() {
    let driver = login().keys("Sone<enter>3").shows("3 Mitigations  for T1");
    let driver = driver.keys("c+ sign requests").shows("mitigation M1 for T1").keys("<enter>");
    assert_eq!(driver.threat("T1").1.mitigations.len(), 1);
}
