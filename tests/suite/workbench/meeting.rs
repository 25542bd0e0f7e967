//! Place 8: the clock, who is there, the way through the open cells and the end.

use std::sync::Arc;

use strideboard::{
    app::msg::Look,
    catalog::{Overlay, Team},
    meeting::{clock::Clock, latest, under_way},
    method::baseline::Baseline,
    session::{Edit, Phase, Sitting, Stop, Turn},
};

use super::*;

/// Two flows, two people and place 8.
fn room() -> Driver {
    Driver::captured(&[
        "browser -> api @Edge: login [credentials] https",
        "api -> users db @Data: read [credentials] sql",
        "person Ana Ruiz: moderator, developer",
        "person Ben Ford: defender, adversary",
    ])
    .keys("8")
}

fn sitting(driver: &Driver) -> Sitting {
    latest(&driver.session()).unwrap().clone()
}

#[test]
fn one_key_starts_the_clock_and_the_next_phase_is_one_more() {
    let driver = room().keys("s").shows("Opening 3:00").after("2:30").shows("Opening 0:30").keys("n");
    let driver = driver.says("begin: What are we working on?").shows("Model 10:00").after("0:01").shows("Model 9:59");
    let sitting = sitting(&driver);
    assert_eq!((sitting.agenda.as_str(), sitting.moments.len()), ("60", 2));
    assert_eq!(sitting.date, jiff::civil::date(2026, 11, 20));
}

#[test]
fn a_phase_that_runs_over_changes_its_words_and_its_colour() {
    let driver = room().keys("s").after("3:00").shows("Opening 0:00 ");
    assert!(!driver.roles().lines().next().unwrap().contains("status.warn"));
    let driver = driver.after("1:15").shows("Opening 1:15 over");
    assert!(driver.roles().lines().next().unwrap().contains("status.warn"), "{}", driver.roles());
    driver.keys("+").says("5 minutes more for: Opening").shows("Opening 3:45").hides("over");
}

#[test]
fn a_clock_that_stands_still_does_not_count() {
    let driver = room().keys("s").after("1:00").keys("s").after("20:00").shows("Opening 2:00 paused");
    assert!(!driver.model().wants_time());
    driver.keys("s").after("0:30").shows("Opening 1:30").hides("paused");
}

#[test]
fn the_clock_goes_on_while_the_program_is_closed_or_dead() {
    let driver = room().keys("sn").idle().after("4:00").opened_again().after("4:00").shows("Model 6:00");
    // Four minutes for the model, then the route; the program is killed before that is in the file.
    let driver = driver.keys("8n").killed().keys("y<enter>").after("5:30").shows("Route 0:30");
    let clock = Clock::of(&sitting(&driver));
    let used = |phase| clock.used(phase, driver.model().now.unwrap());
    assert_eq!([Phase::Opening, Phase::Model, Phase::Route].map(used), [0, 240, 90]);
}

#[test]
fn only_a_clock_that_goes_wants_to_be_told_the_time() {
    let driver = room();
    assert!(!driver.model().wants_time());
    let driver = driver.keys("s");
    assert!(driver.model().wants_time());
    assert!(!driver.keys("<ctrl-o>").model().wants_time(), "the browser shows no clock");
}

#[test]
fn a_step_of_the_clock_can_be_taken_back() {
    let driver = room().keys("snn").after("1:00").keys("u").shows("Model 9:00");
    assert_eq!(under_way(&driver.session()).map(|s| Clock::of(s).phase), Some(Phase::Model));
}

#[test]
fn people_come_and_leave_and_missing_perspectives_are_a_quiet_hint() {
    let driver = room().keys("<enter>").says("Ana Ruiz is here").shows("● Ana Ruiz").shows("○ Ben Ford");
    let driver = driver.shows("missing business, adversary, defender, appsec").keys("sn").after("5:00");
    let driver = driver.keys("j<enter>").says("Ben Ford is here").shows("missing business, appsec").after("5:00");
    let driver = driver.keys("<enter>").says("Ben Ford leaves").shows("○ Ben Ford");
    let sitting = sitting(&driver);
    let moved: Vec<&Turn> = sitting.moments.iter().map(|moment| &moment.what).skip(2).collect();
    let ben: strideboard::session::PersonId = "ben-ford".parse().unwrap();
    assert_eq!(moved, [&Turn::Came(ben.clone()), &Turn::Left(ben)]);
    assert_eq!(sitting.present.len(), 2, "whoever was there for a while was there");
}

#[test]
fn how_often_somebody_was_heard_is_shown_on_demand_only() {
    let driver = room().keys("2").capture("T: stolen cookie ~ana").keys("8").hides("1 said");
    driver.keys("v").shows("1 said").keys("v").hides("1 said");
}

#[test]
fn what_a_phase_is_for_is_a_list_that_the_session_ticks_off() {
    let driver = room().keys("<enter>s").shows("✓ somebody moderates").shows("○ two perspectives beside that");
    let driver = driver.keys("j<enter>").shows("✓ two perspectives beside that").keys("nn").shows("○ what is in and");
    driver.capture("# out: batch export").shows("✓ what is in and");
}

#[test]
fn space_stays_in_a_flow_until_its_core_letters_are_done_and_says_where_it_goes_then() {
    let mut driver = room().keys("snnn<space>").shows("▸ S Spoofing").shows("F1 browser");
    while driver.status().is_empty() {
        assert_eq!(driver.model().cell().unwrap().0.short(), "F1");
        driver = driver.keys("x<space>");
    }
    driver.shows("▸ S Spoofing").says("route: F1 → F2 S, crosses a boundary");
}

#[test]
fn what_a_room_passes_over_comes_again_at_the_end() {
    let driver = room().keys("snnn<space>").keys("<space>").shows("F1 browser").shows("▸ T Tampering");
    let mut driver = driver.keys("x");
    for _ in 0..10 {
        driver = driver.keys("<space>x");
    }
    driver.keys("<space>").shows("F1 browser").shows("▸ S Spoofing").says("→ F1 S, passed over before");
}

#[test]
fn a_look_at_the_clock_does_not_lead_away_from_the_flow() {
    let driver = room().keys("snnn<space>x<space>x8").shows("next R on F1").keys("<space>");
    driver.shows("F1 browser").shows("▸ R Repudiation");
}

#[test]
fn without_a_meeting_space_stays_on_the_flow() {
    login().keys("x<space>").shows("▸ T Tampering").shows("F1 browser");
}

#[test]
fn the_route_says_what_fits_and_what_stopping_now_leaves() {
    let driver = room().keys("snnn").shows("12 of 12 cells fit in 25:00").hides("will not fit");
    driver.after("20:30").shows("4 of 12 cells fit in 4:30").shows("will not fit  F1 4 · F2 4");
}

#[test]
fn nothing_new_for_a_while_is_said_once_and_no_dialog_opens() {
    let driver = room().keys("snnn").after("14:59").keys("2S").keys("cookie replayed<enter>").after("10:00");
    let driver = driver.says("threat T1").keys("<esc>").after("6:00").says("you may stop looking");
    assert!(driver.model().overlay.is_none());
    let driver = driver.keys("j").after("3:00");
    assert_eq!(driver.status(), "", "once is enough");
}

#[test]
fn the_first_thing_at_stake_chooses_the_profile_and_stays_as_the_reason() {
    let driver = room().keys("ipayment<enter>").says("profile standard").shows("Enough?  standard");
    assert!(driver.session().intake.as_str().ends_with("AI tool? yes"));
    let driver = driver.keys("iprototype<enter>").shows("Enough?  quick");
    assert_eq!((driver.session().profile.as_str(), driver.session().intake.lines().count()), ("quick", 6));
}

#[test]
fn an_agenda_of_ninety_minutes_has_other_boxes() {
    room().keys("A90<enter>").shows("of 90 min").keys("snnn").shows("Find threats 35:00");
}

/// The team of `docs/meeting.md`.
fn lunch() -> Team {
    let file = strideboard::format::team::decode_team(crate::docs::team_of_the_meeting().as_bytes()).unwrap();
    Team::default().with_rules(file.rules)
}

#[test]
fn the_teams_own_agenda_and_profile_are_offered_and_used() {
    let mut driver = room();
    let path = Some(driver.path());
    driver.send(Msg::Team { path, team: Arc::new(lunch()), problems: Vec::new(), look: Look::First });
    let driver = driver.keys("A").shows("45 minutes: 2 + 8 + 1 + 20 + 5 + 6 + 3").keys("lunch<enter>");
    let driver =
        driver.says("meeting of 45 minutes, lunch").shows("of 45 min").keys("snnn").shows("Find threats 20:00");
    let driver = driver.keys("8i").shows("The team says: it moves money").keys("money<enter>").says("profile payments");
    let driver = driver.shows("Enough?  payments").hides("five perspectives");
    assert_eq!(driver.session().intake.as_str(), "The team says: it moves money: yes");
    let driver = driver.keys("2").capture("S: replayed report").keys("gur").hides("the evening news").keys("4");
    let driver = driver.shows("5 Severe: the evening news, or the licence").keys("5").hides("the evening news");
    driver.keys("V").shows("1 Negligible: nobody outside of the team notices");
}

#[test]
fn the_opening_says_how_long_the_next_meeting_takes_or_that_there_is_no_history() {
    let driver = room().shows("forecast: no history");
    let driver = driver.keys("sn").after("6:00").keys("nn");
    let mut driver =
        driver.keys("<space>x<space>x<space>x<space>x<space>x<space>x").after("3:00").keys("8xtime<enter>");
    driver = driver.keys("<enter><enter><enter><enter>").shows("forecast: 9 min, from 1 meeting");
    let path = driver.path();
    let around = strideboard::meeting::forecast::Effort { phases: [0, 720, 0, 600, 0, 0, 0], cells: 10 };
    driver.send(Msg::History { path, efforts: vec![around], before: None });
    driver.shows("forecast: 14 min (9 to 18), from 2 meetings");
}

#[test]
fn an_idea_said_while_looking_for_threats_waits_for_its_phase_and_is_two_keys_away() {
    let driver = room().keys("snnn").capture("+ passkeys").capture("+ sign every report");
    let driver = driver.hides("Ideas that wait").keys("8nn").shows("Ideas that wait  2").shows("2 left");
    let driver = driver.keys("gi").shows("▸◌ M1").keys("gi").shows("▸◌ M2").keys("gi").shows("▸◌ M1").keys(">");
    let driver = driver.says("M1 is agreed").keys("8").shows("Ideas that wait  1").hides("passkeys");
    driver.keys("gi>8").shows("every idea is agreed or dropped").keys("gi").says("No idea waits for a decision");
}

#[test]
fn the_end_says_what_changed_since_last_time_where_somebody_kept_it() {
    let driver = room();
    let (path, before) = (driver.path(), driver.session());
    let mut driver = driver.keys("2").capture("S: stolen cookie").keys("8snnnnnn").hides("Since last time");
    driver.send(Msg::History { path, efforts: Vec::new(), before: Some(Box::new((*before).clone())) });
    driver.shows("Since last time  1").shows("stolen cookie");
}

#[test]
fn a_team_without_matrices_rates_by_a_bug_bar() {
    let driver = room().keys("2").capture("D: flood of sign-ins").capture("E: role from a header");
    let mut header = driver.session().header();
    header.matrix = "bug-bar".to_owned();
    let driver = driver.edit(&Edit::ChangeHeader(Box::new(header)));
    let driver = driver
        .keys("gur")
        .shows("rate reach first: 1 Administrators")
        .keys("4")
        .shows("reach 4, then persistence: 1 Passing");
    let driver = driver.keys("2gur42");
    let level = |id: &str| strideboard::method::status::effective_risk(&driver.session(), &driver.threat(id).1);
    assert_eq!(level("T1"), strideboard::method::matrix::Risk::Level(strideboard::session::Level::High));
    assert_eq!(level("T2"), strideboard::method::matrix::Risk::Level(strideboard::session::Level::Critical));
}

#[test]
fn closing_asks_why_and_what_to_keep_and_the_next_opening_shows_it() {
    let driver = room().keys("<enter>s").after("42:10").keys("xtime<enter>Short stories<enter>Start on time<enter>");
    let driver = driver.keys("next week<enter>Login walked<enter>").says("The meeting is closed");
    let sitting = sitting(&driver);
    assert_eq!((sitting.minutes, sitting.stop), (42, Some(Stop::Time)));
    assert_eq!(sitting.next, Some(jiff::civil::date(2026, 11, 27)));
    assert!(!driver.model().wants_time());
    driver.shows("keep Short stories").shows("change Start on time").shows("W1 of 2026-11-20, 42 minutes");
}

#[test]
fn the_rest_is_waived_by_somebody_and_a_day_that_is_none_is_asked_for_again() {
    let driver = room().keys("sxwaived<enter>").shows("Who takes it on themselves").keys("<enter>");
    let driver = driver.shows("An answer is needed").keys("ana<enter><enter><enter>someday<enter>");
    // At once, and not only after the next question.
    let driver = driver.shows("`someday` is not a day").hides("in a sentence?");
    let driver = driver.keys("<ctrl-u>next friday").shows("Friday 2026-11-27").keys("<enter><enter>");
    let sitting = sitting(&driver);
    assert_eq!((sitting.stop, sitting.waived_by.as_str()), (Some(Stop::Waived), "ana-ruiz"));
}

#[test]
fn nobody_can_say_that_everything_is_done_while_the_profile_asks_for_more() {
    let driver = room().keys("sxeverything<enter>").says("The profile still asks for").shows("Why does it end?");
    assert_eq!(sitting(&driver).stop, None);
}

#[test]
fn what_was_parked_and_promised_is_read_back_at_the_end() {
    let driver = room().keys("snnnnnn").capture("? limit per account ~ben by friday").capture("> ana: open a ticket");
    driver.shows("Parked  1").shows("limit per account").shows("Ben Ford 2026-11-27").shows("Ana Ruiz no day");
}

/// One threat on F1, selected, and its votes begun.
fn vote() -> Driver {
    login().keys("Sstolen cookie<enter>V")
}

#[test]
fn a_vote_is_hidden_until_everybody_has_voted() {
    let driver = vote().keys("335").shows("vote impact first: ●●●").hides("3 3 5");
    driver
        .keys("<backspace>24<enter>")
        .shows("3 3 2 4")
        .shows("middle 3")
        .shows("spread 2: highest and lowest say why");
}

#[test]
fn votes_are_counted_against_who_is_present() {
    let driver = room().keys("s2Sstolen cookie<enter>V3").shows("nobody is marked present: 8").keys("<esc>");
    let driver = driver.keys("8<enter>j<enter>2V3").shows("● 1 of 2").keys("4").shows("●● 2 of 2");
    driver.keys("<esc>r").shows("likelihood first:").keys("2").shows("likelihood 2, then impact:");
}

#[test]
fn a_room_that_agrees_rates_in_two_rounds_and_only_numbers_are_kept() {
    let driver = vote().paste("33534").keys("<enter><enter>").shows("vote likelihood:").keys("2322<enter><enter>");
    let (_, threat) = driver.says("vote on T1: 2x3, spread 2").threat("T1");
    assert_eq!((threat.current, threat.spread), (Some(rating(2, 3)), Some(2)));
}

#[test]
fn far_apart_is_voted_on_once_more_and_then_the_moderator_decides() {
    let driver = vote().keys("515<enter>v").shows("vote impact first:").keys("414<enter>").hides("vote again");
    let driver =
        driver.keys("v").shows("enter takes the middle").keys("3").shows("vote likelihood:").keys("0<enter><enter>");
    let (_, threat) = driver.threat("T1");
    assert_eq!(threat.current, Some(Rating { likelihood: None, impact: Some(3) }));
    assert_eq!(threat.spread, Some(4));
}

#[test]
fn where_the_impact_cannot_be_bad_nobody_argues_about_likelihood() {
    let driver = vote().keys("11<enter><enter>").says("vote on T1: ?x1");
    assert!(driver.model().vote.is_none());
    driver.keys("u").says("Undone: vote on T1");
}

#[test]
fn a_vote_that_is_left_changes_nothing_and_no_other_key_counts() {
    let driver = vote().keys("9x<enter>").shows("A digit each, 1 to 5").keys("3<enter><esc>").says("No vote");
    assert_eq!(driver.threat("T1").1.current, None);
}

#[test]
fn a_session_that_is_only_looked_at_has_no_meeting() {
    let driver = room().idle().opened_twice().keys("<esc>8s").says("Somebody else has this session open");
    assert!(driver.session().sittings.is_empty());
}

#[test]
fn a_baseline_that_nothing_shows_is_among_what_is_left() {
    let mut driver = room().hides("what is in place proven");
    let team = Team::new(&Overlay::default(), vec![Baseline::new("tls", "All traffic is encrypted")]);
    let path = Some(driver.path());
    driver.send(Msg::Team { path, team: Arc::new(team), problems: Vec::new(), look: Look::First });
    driver.shows("what is in place proven");
}
