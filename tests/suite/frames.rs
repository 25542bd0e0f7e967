//! Frames: what a person sees in a state, reached by keys.
//!
//! Most frames are text. A few add the roles of what does not look like plain text, one for each theme.

use strideboard::{
    format::session::encode,
    session::{Edit, Session, Zone, edit::Entry},
    ui::theme::ColorDepth,
};

use super::driver::Driver;

/// Compares a frame with the recorded one of this name.
macro_rules! frame {
    ($name:literal, $driver:expr) => {{
        let driver = $driver;
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!($name, driver.text());
        });
        driver
    }};
}

/// The same with the roles below the text.
macro_rules! styled {
    ($name:literal, $driver:expr) => {{
        let driver = $driver;
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!($name, format!("{}\n{}", driver.text(), driver.roles()));
        });
    }};
}

fn meadow() -> Driver {
    Driver::open("aws-microservices")
}

#[test]
fn all_four_panes_are_on_a_wide_screen() {
    frame!("panes-120x40", meadow());
    frame!("panes-160x48", meadow().size(160, 48));
}

#[test]
fn a_small_screen_shows_one_pane_and_tabs() {
    frame!("small-components", meadow().size(80, 24));
    frame!("small-checklist", meadow().size(80, 24).keys("2"));
    frame!("small-mitigations", meadow().size(80, 24).keys("2jj3"));
    frame!("small-matrix", meadow().size(80, 24).keys("4"));
    frame!("smallest-checklist", meadow().size(60, 16).keys("2"));
}

#[test]
fn the_meeting_has_the_whole_screen() {
    let begun = || meadow().keys("8<enter>j<enter>snnn").after("6:18").keys("<esc>");
    frame!("meeting-80x24", begun().size(80, 24));
    frame!("meeting-120x40", begun());
    frame!("meeting-160x48", begun().size(160, 48));
    frame!("meeting-before", meadow().size(80, 24).keys("8"));
    frame!("vote-cast", meadow().size(80, 24).keys("2jV335"));
}

#[test]
fn a_zoomed_pane_has_the_whole_screen() {
    frame!("zoom-components", meadow().keys("z"));
    frame!("zoom-checklist", meadow().keys("2z"));
    frame!("zoom-matrix", meadow().keys("4z"));
}

#[test]
fn a_screen_that_is_too_small_says_so() {
    frame!("too-small", meadow().size(59, 15));
    meadow().size(59, 16).shows("too small");
    let small = meadow().size(40, 10).keys("2xSunseen<enter>").paste("unseen too");
    assert_eq!(*small.session(), *meadow().session());
    assert!(small.keys("<ctrl-c>").ended());
    meadow().size(60, 16).hides("too small");
}

#[test]
fn the_palette_greys_what_cannot_be_done_and_says_why() {
    frame!("palette", meadow().keys(":"));
    frame!("palette-found", meadow().keys("2:file t"));
    frame!("palette-disabled", Driver::empty().keys(":undo"));
}

#[test]
fn help_lists_every_key_of_the_screen() {
    frame!("help", meadow().keys("2?"));
}

#[test]
fn things_are_chosen_from_lists() {
    frame!("themes", meadow().keys(":theme<enter>"));
    frame!("reasons", meadow().size(80, 24).keys("2jjn"));
    frame!("reasons-own", meadow().size(80, 24).keys("2jjnwe do not bill"));
    frame!("mitigate", meadow().keys("2jmlimit"));
    frame!("link-threats", meadow().keys("2j3t"));
    frame!("file-elsewhere", meadow().keys("2jffphoto"));
}

#[test]
fn questions_come_one_after_the_other() {
    frame!("rating-half", meadow().keys("2jr3"));
    frame!("accept-asked-again", meadow().keys("2jdaMaud<enter>old clients leave in March<enter>soon<enter>"));
    frame!("new-session-asked", Driver::browser(&[]).keys("nSign"));
}

#[test]
fn the_first_key_of_a_sequence_shows_what_may_follow() {
    frame!("after-d", meadow().keys("2jd"));
    frame!("after-f", meadow().size(80, 24).keys("2jf"));
}

#[test]
fn the_capture_line_says_what_enter_will_do() {
    frame!("capture-empty", meadow().keys("2c"));
    frame!("capture-flow", meadow().keys("cbrowser -> sms gateway: code [passwords] https"));
    frame!("capture-warning", meadow().keys("2cT: body altered %paswords"));
    frame!("capture-completing", meadow().keys("cbrowser -> f<tab>"));
    frame!("capture-long", meadow().size(80, 24).keys(&format!("2cT: {}the end", "words and words ".repeat(8))));
    frame!("filter", meadow().keys("/photo"));
    frame!("filter-nothing", meadow().size(80, 24).keys("/nothing like it<enter>"));
}

#[test]
fn the_browser_shows_every_session_even_a_broken_one() {
    let shipped = |name: &str| std::fs::read(format!("{}/sessions/{name}.tm.ron", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (new, torn) = (encode(&Session::new("Payments, second try")), "Session(\n    format: 1,\n    title: \"Torn\n");
    let files: &[(&str, &[u8])] = &[
        ("meadow.tm.ron", &shipped("aws-microservices")),
        ("web.tm.ron", &shipped("aws-web-hosting")),
        ("new.tm.ron", new.as_bytes()),
        ("torn.tm.ron", torn.as_bytes()),
    ];
    frame!("browser-small", Driver::browser(files).size(80, 24));
    frame!("browser-empty", Driver::browser(&[]).size(80, 24));
}

#[test]
fn an_empty_session_teaches_what_to_type() {
    frame!("empty", Driver::empty());
    for (name, digit) in [("1", "components"), ("2", "checklist"), ("3", "mitigations"), ("4", "matrix")] {
        let driver = Driver::empty().size(80, 24).keys(name);
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(format!("empty-{digit}"), driver.text());
        });
    }
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone_and_says_where() {
    let torn = "Session(\n    format: 1,\n    title: \"Torn\",\n    flows: [\n        Flow(id: \"F1-abc\", from: \"web\", too: \"db\"),\n    ],\n)\n";
    frame!("broken", Driver::file("torn", torn.as_bytes()).size(80, 24));
}

#[test]
fn a_file_changed_by_somebody_else_is_a_question() {
    let driver = Driver::captured(&["browser -> api: login"]).idle();
    let driver = driver.changed_outside(|text| text.replace("Sign-in", "Sign-in and out"));
    frame!("changed-outside", driver.capture("api -> users: reads").keys("<ctrl-s>"));
}

#[cfg(unix)]
#[test]
fn a_read_only_file_says_so_at_once() {
    use std::os::unix::fs::PermissionsExt;
    let mut driver = Driver::captured(&["browser -> api: login"]).idle();
    std::fs::set_permissions(driver.path(), std::fs::Permissions::from_mode(0o444)).unwrap();
    let path = driver.path();
    driver.load(&path);
    frame!("read-only", driver.size(80, 24));
}

#[test]
fn mitigations_are_edited_in_their_pane() {
    frame!("mitigation-open", meadow().keys("2j3<enter>"));
    frame!("mitigation-typing", meadow().keys("2j3<enter>j<enter> and again after a day"));
}

#[test]
fn records_are_edited_in_forms() {
    frame!("form-component", meadow().keys("je"));
    frame!("form-threat-small", meadow().size(80, 24).keys("2j<enter>"));
    frame!("form-session", meadow().keys("<ctrl-t>"));
    frame!("form-refused", meadow().keys("2j<enter>jjjj<enter>9x9<enter>"));
}

#[test]
fn threats_travel_on_the_matrix() {
    frame!("matrix-in-hand", meadow().keys("4<enter>hk"));
    frame!("matrix-only-here", meadow().keys("4o"));
    frame!("matrix-inherent", meadow().keys("4vv"));
    frame!("matrix-unrated", meadow().keys("2cT: replayed by a proxy<enter>4GG"));
}

#[test]
fn what_became_stale_or_was_withdrawn_can_still_be_read() {
    let driver =
        Driver::captured(&["browser -> api: login https"]).keys("2xIread by a proxy<enter>Tbody altered<enter>");
    let driver = driver.keys("wmeasured<enter>.jjj<enter><ctrl-u>http<enter><esc>gg");
    frame!("stale", driver.size(80, 24));
}

#[test]
fn hostile_text_cannot_harm_the_screen() {
    frame!("hostile", hostile().keys("G"));
    frame!("hostile-checklist", hostile().size(80, 24).keys("2"));
}

/// A session as somebody else's branch may bring it.
fn hostile() -> Driver {
    let mut session = Session::new("\u{1b}[31mred \u{202e}txt.exe\u{202c}");
    let zone = |id: &str, name: &str| {
        Edit::Add(Entry::Zone(Zone {
            id: id.parse().unwrap(),
            rank: 1,
            name: name.to_owned(),
            parent: None,
            exposure: strideboard::session::Exposure::default(),
            note: "".into(),
        }))
    };
    let component = |id: &str, name: &str| {
        let mut component = strideboard::session::Component::new(id.parse().unwrap(), name);
        component.zone = Some("edge".parse().unwrap());
        Edit::Add(Entry::Component(Box::new(component)))
    };
    let flow = |id: &str, from: &str, to: &str, label: &str| {
        let mut flow = strideboard::session::Flow::new(id.parse().unwrap(), from.parse().unwrap(), to.parse().unwrap());
        label.clone_into(&mut flow.label);
        Edit::Add(Entry::Flow(Box::new(flow)))
    };
    let long = "a name that never ends ".repeat(20);
    let edits = [
        zone("edge", "Edge\u{7}\u{9b}2J"),
        component("cjk", "決済サービス平台"),
        component("emoji", "🦀 family 👨‍👩‍👧‍👦 done"),
        component("esc", "\u{1b}]0;title\u{7}api"),
        component("long", &long),
        component("bidi", "user\u{2066}\u{202e}nimda\u{2069}"),
        flow("F1-aaa", "cjk", "emoji", "支払いを送る"),
        flow("F2-aaa", "esc", "long", "line\nbreak\ttab"),
        flow("F3-aaa", "bidi", "cjk", "e\u{301}\u{301}\u{301} zero\u{200b}width"),
    ];
    for edit in edits {
        session = session.apply(&edit).unwrap();
    }
    let bytes = encode(&session);
    Driver::file("hostile", bytes.as_bytes())
}

#[test]
fn every_theme_tells_the_same_story() {
    let small = || Driver::open("aws-microservices").size(80, 24).keys("2j");
    styled!("theme-dark", small());
    styled!("theme-light", small().theme("light", ColorDepth::True));
    styled!("theme-high-contrast", small().theme("high-contrast", ColorDepth::True));
    styled!("theme-colorblind", small().keys("4").theme("colorblind", ColorDepth::True));
    styled!("theme-mono", small().theme("dark", ColorDepth::Mono));
}
