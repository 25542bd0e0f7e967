//! Behaviour: keys in, and what is said, kept and written.

use strideboard::{
    app::{
        Command, Msg,
        command::TABLE,
        model::Model,
        msg::{MouseKind, SaveFailure},
        outline::Outline,
        overlay::Overlay,
        pane::Pane,
    },
    session::{Answer, Letter, MitigationState, NoteKind, Place, Rating, Response, Session},
};

use super::driver::Driver;

#[path = "workbench/any_keys.rs"]
mod any_keys;
#[path = "workbench/capturing.rs"]
mod capturing;
#[path = "workbench/cards.rs"]
mod cards;
#[path = "workbench/checklist.rs"]
mod checklist;
#[path = "workbench/file.rs"]
mod file;
#[path = "workbench/forms.rs"]
mod forms;
#[path = "workbench/keys.rs"]
mod keys;
#[path = "workbench/matrix.rs"]
mod matrix;
#[path = "workbench/meeting.rs"]
mod meeting;
#[path = "workbench/models.rs"]
mod models;
#[path = "workbench/practice.rs"]
mod practice;
#[path = "workbench/recovery.rs"]
mod recovery;
#[path = "workbench/reshape.rs"]
mod reshape;
#[path = "workbench/review.rs"]
mod review;
#[path = "workbench/suggestions.rs"]
mod suggestions;
#[path = "workbench/templates.rs"]
mod templates;
#[path = "workbench/threats.rs"]
mod threats;
#[path = "workbench/travel.rs"]
mod travel;
#[path = "workbench/tripwires.rs"]
mod tripwires;

/// A session with one flow, `F1 browser → api: login`, and the checklist on it.
fn login() -> Driver {
    Driver::captured(&["browser -> api: login [credentials] https"]).keys("2gg")
}

/// The answer of a cell of F1.
fn answer(driver: &Driver, letter: Letter) -> Option<Answer> {
    let session = driver.session();
    session.cells_at(&Place::Flow(driver.flow("F1"))).unwrap().get(letter).map(|cell| cell.state)
}

fn rating(likelihood: u8, impact: u8) -> Rating {
    Rating { likelihood: Some(likelihood), impact: Some(impact) }
}

// --- capturing

#[test]
fn a_captured_line_becomes_records_and_says_what() {
    let driver =
        Driver::empty().keys("cbrowser -> api: login [credentials] https<enter>").says("F1 browser → api: login");
    let session = driver.session();
    assert_eq!((session.components.len(), session.flows.len(), session.assets.len()), (2, 1, 1));
    driver.shows("F1  browser→api");
}

#[test]
fn what_was_typed_and_left_is_one_key_away() {
    let driver = login().keys("cstolen coo<esc>c<up>").shows("› stolen coo");
    assert_eq!(driver.keys("kie<enter>").threats(), ["T1 S stolen cookie"]);
}

#[test]
fn a_paste_of_several_lines_is_one_step() {
    let driver = Driver::empty().paste("zone Edge internet\napi @Edge aws.apigw\r\nbrowser -> api: login\n");
    let driver = driver.says("3 lines: 1 flow, 2 components, 1 zone");
    assert_eq!(driver.session().flows.len(), 1);
    let driver = driver.keys("u");
    assert_eq!((driver.session().flows.len(), driver.session().zones.len()), (0, 0));
}

#[test]
fn tab_completes_names_in_the_line() {
    let driver =
        Driver::captured(&["order service -> payments gateway: charges"]).keys("cord<tab> -> pay<tab>: refunds<enter>");
    assert_eq!((driver.session().components.len(), driver.session().flows.len()), (2, 2));
}

#[test]
fn a_completed_name_is_quoted_where_it_has_to_be() {
    let driver = Driver::captured(&["\"order history: read\" -> db: look"]).keys("corder<tab> -> db: copy<enter>");
    assert_eq!((driver.session().components.len(), driver.session().flows.len()), (2, 2), "{}", driver.text());
}

#[test]
fn a_completed_asset_is_understood_however_long_its_name_is() {
    let driver =
        login().keys("1G").keys("e<enter> and reset codes<enter><esc>").keys("cbrowser -> api: reset [cr<tab>]<enter>");
    let session = driver.session();
    assert_eq!(session.assets.iter().next().unwrap().name, "credentials and reset codes");
    assert!(session.flows.iter().all(|flow| flow.assets.len() == 1), "{}", driver.text());
}

#[test]
fn every_sign_of_the_line_finds_its_record() {
    let driver = login().capture("+ rotate keys").capture("= TLS ends at the CDN").capture("# out: batch export");
    let driver = driver.capture("> ana: open ticket by friday").capture("\" we never tested it");
    let session = driver.session();
    assert_eq!((session.mitigations.len(), session.assumptions.len(), session.notes.len()), (1, 1, 2));
    let action = session.notes.iter().find(|note| note.kind == NoteKind::Action).unwrap();
    assert_eq!((action.owner.as_str(), action.due), ("ana", Some(jiff::civil::date(2026, 11, 27))));
    assert!(session.scope.lines().any(|line| line.contains("batch export")));
}

// --- order, panes, filter, zoom

#[test]
fn rows_move_in_the_meetings_order() {
    let driver = Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1G").shows("▸ F2").keys("K");
    let order = |driver: &Driver| {
        let outline = Outline::of(&driver.session());
        outline.flows().iter().map(|id| id.short()).collect::<Vec<_>>()
    };
    assert_eq!(order(&driver), ["F2", "F1"]);
    assert_eq!(order(&driver.keys("J")), ["F1", "F2"]);
    let driver = login().keys("Sone<enter>Stwo<enter>K");
    let (one, two) = (driver.text().find("T1 one").unwrap(), driver.text().find("T2 two").unwrap());
    assert!(two < one, "{}", driver.text());
}

#[test]
fn panes_are_reached_by_tab_and_digit_and_one_can_have_the_screen() {
    let mut driver = login();
    let mut focus = |keys: &str| {
        driver.press(keys);
        (driver.model().focus, driver.model().zoomed)
    };
    assert_eq!(focus("1"), (Pane::Components, false));
    assert_eq!(focus("<tab>"), (Pane::Checklist, false));
    assert_eq!(focus("<shift-tab><shift-tab>"), (Pane::Matrix, false));
    assert_eq!(focus("z3"), (Pane::Mitigations, true));
    assert_eq!(focus("<esc>"), (Pane::Mitigations, false));
}

#[test]
fn a_filter_that_is_typed_on_and_taken_back_shows_the_same_rows() {
    let typed = Driver::open("aws-microservices").keys("/photo<backspace><backspace><backspace>o in");
    let at_once = Driver::open("aws-microservices").keys("/").paste("pho in");
    assert_eq!(typed.text(), at_once.text());
}

#[test]
fn a_filter_shows_matching_rows_and_esc_shows_all() {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).keys("1/users");
    let driver = driver.shows("api→users").hides("browser→api").keys("<enter>").hides("browser→api");
    driver.keys("<esc>").shows("browser→api");
}

// --- several lines, doubtful lines, and the route

#[test]
fn several_lines_are_captured_without_leaving_the_line() {
    let driver = Driver::empty().keys("Czone Edge<enter>api @Edge<enter>browser -> api: login<enter><enter>");
    let session = driver.session();
    assert_eq!((session.zones.len(), session.components.len(), session.flows.len()), (1, 2, 1));
    assert!(driver.model().capture.is_none());
}

#[test]
fn a_line_that_looks_drawn_becomes_a_threat_only_at_the_second_enter() {
    let driver = login().keys("cstolen token -> attacker reads all orders");
    let driver = driver.shows("▲ ends of three words or in \"quotes\" draw a flow").keys("<enter>");
    let driver = driver.shows("enter again files a threat; ends of three words or in \"quotes\" draw a flow");
    assert_eq!(driver.session().threats().count(), 0);
    assert_eq!(driver.keys("<enter>").says("threat T1").session().threats().count(), 1);
}

#[test]
fn a_place_in_front_of_a_threat_is_shown_before_enter_and_taken() {
    let driver = login().keys("capi: order history leaks").shows("threat T1 I (letter guessed) on api").keys("<enter>");
    let (place, threat) = driver.threat("T1");
    assert_eq!((place.short().as_str(), threat.statement.as_str()), ("api", "order history leaks"));
}

#[test]
fn space_after_an_answer_leaves_out_no_cell() {
    let driver = login().keys("1<space>x<space>x<space>x");
    for letter in [Letter::S, Letter::T, Letter::R] {
        assert_eq!(answer(&driver, letter), Some(Answer::Clear), "{letter}");
    }
}

#[test]
fn an_answer_to_a_question_stands_beside_its_cell() {
    let driver = login().keys("2gg<space>plimit per account?<enter><enter><enter>ten per minute<esc><esc>");
    driver.shows("Answer").shows("minute");
}

// --- settings and the mouse

#[test]
fn the_settings_move_a_command_to_another_key() {
    let driver = login().idle().remapped("mark-clear", &["<ctrl-x>"]).keys("2x").says("does nothing here");
    let driver = driver.keys("<ctrl-x>");
    assert_eq!(answer(&driver, Letter::S), Some(Answer::Clear));
}

#[test]
fn the_mouse_selects_rows_panes_and_cells() {
    let driver = Driver::captured(&["browser -> api: login", "api -> users: reads"]).click("api→users");
    assert_eq!(driver.model().checklist.place, Some(Place::Flow(driver.flow("F2"))));
    let driver = driver.click("I Info disc.").shows("▸ I Info disc.");
    assert_eq!(driver.model().focus, Pane::Checklist);
    let driver = driver.click("4 Matrix");
    assert_eq!(driver.model().focus, Pane::Matrix);
    let driver = driver.click("cri");
    assert_eq!(driver.model().matrix.cursor, strideboard::app::pane::matrix::Cursor::Cell(4, 5));
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let driver = Driver::open("aws-microservices").keys("4").wheel("F1  Browser", MouseKind::ScrollDown);
    assert_eq!((driver.model().focus, driver.model().components.index()), (Pane::Components, 4));
    let driver = driver.wheel("F1  Browser", MouseKind::ScrollUp);
    assert_eq!(driver.model().components.index(), 1);
}

#[test]
fn a_press_does_not_lose_what_is_being_typed() {
    let driver = login().keys("chalf a thou").click("api");
    driver.shows("› half a thou");
}

// --- every command

/// Sessions and keys that lead to where a command can be used.
const CONTEXTS: &[fn() -> Driver] = &[
    || Driver::browser(&[]),
    || login().without_autosave().keys("Sone<enter>r22"),
    || login().keys("xk"),
    || login().keys("xu"),
    || login().keys("x.jjj<enter><ctrl-u>http<enter><esc>gg"),
    || login().keys("x.jjj<enter><ctrl-u>http<enter><esc>Tone<enter>Rtwo<enter>jpwhy?<enter>1gg"),
    || Driver::empty().capture("said by nobody").capture("a -> b: one").keys("2"),
    || login().keys("Sone<enter>r22mrotate<enter>3"),
    || login().keys("Sone<enter>r22Stwo<enter>r224"),
    || login().idle().opened_twice().keys("<esc>").first_closed(),
    || login().capture("person Ana Ruiz: developer").keys("8sn"),
    || Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1"),
    models::relying,
    || Driver::captured(&["a -> b: one", "b -> c: two"]).keys("1Gzz"),
    || Driver::in_team(&login().session(), &[("strideboard.ron", BASELINE)]).keys("2"),
    || Driver::open("aws-microservices").keys("2ggo"),
    || review::shop().keys("7"),
    || review::shop().keys("7aRate it<enter>G"),
    || review::in_conflict().keys("7gg"),
    || login().capture("+ passkeys").capture("+ rate limits").keys("2"),
    || login().keys("gl"),
    || login().keys("H"),
];

/// A team with one baseline.
const BASELINE: &str =
    "Team(format: 1, baselines: [(id: \"mesh\", title: \"Every hop is encrypted\", kinds: [\"api\", \"browser\"])])";

/// What a person could notice.
fn noticed(driver: &Driver) -> (String, Option<std::sync::Arc<Session>>, bool) {
    let session = driver.model().document.as_ref().map(|document| document.session().clone());
    (driver.text(), session, driver.ended())
}

#[test]
fn every_command_does_something_where_it_is_available() {
    let mut reached = vec![false; TABLE.len()];
    for open in CONTEXTS {
        let here = open().model().context();
        for row in TABLE.iter().filter(|row| row.command.available(&here).is_ok()) {
            if reached[row.command as usize] {
                continue;
            }
            let mut driver = open().size(80, 24);
            let before = noticed(&driver);
            match row.keys.first().filter(|_| here.scopes().contains(&row.scope)) {
                Some(keys) => driver.press(keys),
                None => driver.press(&format!(":{}<enter>", row.name)),
            }
            // These two are seen on a terminal only.
            let terminal = matches!(row.command, Command::Redraw | Command::Suspend);
            reached[row.command as usize] = terminal || noticed(&driver) != before;
        }
    }
    let never: Vec<&str> = TABLE.iter().filter(|row| !reached[row.command as usize]).map(|row| row.name).collect();
    assert_eq!(never, Vec::<&str>::new());
}

#[test]
fn every_command_that_is_not_available_says_why() {
    for open in CONTEXTS {
        let mut driver = open().size(80, 24);
        let here = driver.model().context();
        for row in TABLE {
            let Err(reason) = row.command.available(&here) else { continue };
            driver.press(&format!(":{}<enter>", row.name));
            assert_eq!(driver.status(), driver.model().keymap.phrase(reason), "{}: {}", row.name, driver.text());
            driver.press("<esc>");
        }
    }
}

#[test]
fn every_command_leaves_a_frame_at_every_size() {
    let sizes = [(60, 16), (100, 30), (120, 28), (200, 60)];
    let mut driver = Driver::open("aws-microservices");
    for (columns, rows) in sizes {
        driver.resize(columns, rows);
        for row in TABLE.iter().filter(|row| row.command != Command::Quit) {
            for keys in row.keys {
                driver.press(keys);
                driver.press("<esc><esc>");
            }
        }
        driver.press("<esc><esc>");
        assert!(driver.is_workbench() || driver.keys_to_workbench(), "{}", driver.text());
    }
}

#[test]
fn the_focused_pane_is_on_every_screen() {
    for (columns, rows) in [(60, 16), (80, 24), (119, 40), (120, 27), (120, 28), (200, 60)] {
        for (digit, pane) in [
            ("1", Pane::Components),
            ("2", Pane::Checklist),
            ("3", Pane::Mitigations),
            ("4", Pane::Matrix),
            ("8", Pane::Meeting),
        ] {
            let driver = Driver::open("aws-microservices").size(columns, rows).keys(digit);
            let model: &Model = driver.model();
            assert!(model.hits.panes.iter().any(|(shown, _)| *shown == pane), "{columns}x{rows} {digit}");
        }
    }
}
