//! A finished part of the model drawn anew: a component in the middle of a flow, several of a component.

use super::*;

#[test]
fn a_load_balancer_goes_in_front_and_one_undo_takes_it_out() {
    let driver = Driver::open("aws-web-hosting")
        .keys("/forwards<enter>:insert-comp<enter>")
        .shows("› F4 via")
        .shows("a component that the flow goes through");
    let before = driver.session();
    let driver = driver.keys("waf @edge aws.waf<enter>").says("F4");
    let (after, id) = (driver.session(), driver.flow("F4"));
    assert_eq!(after.flows.get(&id).unwrap().to.as_str(), "waf");
    assert_eq!(after.flows.get(&driver.flow("F11")).unwrap().from.as_str(), "waf");
    assert_eq!(after.flows.get(&id).unwrap().threats, before.flows.get(&id).unwrap().threats);
    assert_eq!(driver.keys("u").session(), before);
}

#[test]
fn a_component_is_made_several_times_with_its_flows() {
    let driver = Driver::open("aws-web-hosting").keys("/web ins<enter>:copy-comp<enter>").shows("web x");
    let before = driver.session();
    let driver = driver.keys("3<enter>").shows("Web instances 3");
    assert_eq!(driver.session().flows.len(), before.flows.len() + 2 * 4);
    assert_eq!(driver.keys("u").session(), before);
}

#[test]
fn words_behind_a_flow_that_name_no_component_are_asked_about_before_they_are_a_threat() {
    let driver = Driver::open("aws-web-hosting").keys("cF4 via the admin port<enter>").shows("leads the flow through");
    assert_eq!(driver.session().threats().count(), Driver::open("aws-web-hosting").session().threats().count());
}

#[test]
fn each_of_the_two_says_what_has_to_be_selected_first() {
    Driver::open("aws-web-hosting").keys("/web ins<enter>:insert-comp<enter>").shows("Select a flow first");
    Driver::open("aws-web-hosting").keys("/forwards<enter>:copy-comp<enter>").shows("Select a component first");
}
