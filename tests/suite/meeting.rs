//! A meeting of sixty minutes from opening to close, key by key, and what is written up afterwards.

use strideboard::{
    meeting::latest,
    session::{NoteKind, Stop},
};

use super::driver::Driver;

/// Compares a text with the recorded one of this name.
macro_rules! recorded {
    ($name:literal, $text:expr) => {
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!($name, $text);
        });
    };
}

const PEOPLE: [&str; 5] = [
    "person Ana Ruiz: moderator, appsec",
    "person Ben Ford: developer",
    "person Cleo Marsh: business, owner",
    "person Dev Patel: defender, note-taker",
    "person Edda Lund: adversary, developer",
];

const FLOWS: [&str; 8] = [
    "shopper @Internet -> shop api @public edge internet: sign in [credentials] https",
    "shopper -> shop api: place order [orders] https",
    "shop api -> order service @App: accept order [orders] https",
    "order service -> orders db @Data: write order [orders] sql",
    "order service -> payment provider @Partners external: charge card [card token] https",
    "payment provider -> shop api: report payment [orders] https",
    "shop api -> users db @Data: check password [credentials] sql",
    "support staff @Office -> order service: refund order [orders] https",
];

/// What the room says about the cells it comes to, in the order of the route.
const SAID: [&str; 25] = [
    "breached passwords tried one after the other ~edda",
    "reset link in the log ~dev",
    "password check answered by a copy of the database ~edda",
    "sign-ins are not logged with the device ~dev",
    "password hashes readable by the shop api ~dev",
    "locked accounts after a guessing run ~dev",
    "provider denies the charge ~ben",
    "card token printed in an error ~dev",
    "stolen cookie replayed from another device ~edda",
    "price changed between basket and order ~edda",
    "shopper denies the order ~cleo",
    "role taken from a header ~edda",
    "order accepted twice when a request is repeated ~ben",
    "nobody can tell which version accepted an order ~cleo",
    "invoice of a stranger by its number ~edda",
    "sale day: ten times the orders ~ben",
    "report of a payment changed on its way ~ben",
    "provider denies the report ~ben",
    "orders wait for a slow provider ~ben",
    "payment report opens the screen for refunds ~edda",
    "order row written by an old worker ~ben",
    "address of another shopper in a backup ~ben",
    "orders table full of test orders ~dev",
    "amount of a refund typed by hand ~cleo",
    "nobody can tell who refunded what ~cleo",
];

const PARKED: [&str; 6] = [
    "which scripts may the login page load ~dev by friday",
    "does the provider know us by a certificate ~ben by friday",
    "may support see addresses ~cleo by friday",
    "who may accept orders above 500 ~cleo by next week",
    "is the old worker still running ~ben by tomorrow",
    "how many refunds an hour are usual ~cleo by next week",
];

const ACTIONS: [&str; 9] = [
    "ben: refuse breached passwords by next week",
    "ben: bind the session to the device by next month",
    "edda: replay a payment report in staging by friday",
    "dev: log refunds with name and amount by next week",
    "dev: alarm for guessing runs by next week",
    "cleo: four eyes above 500 by next month",
    "ben: idempotency key for orders by friday",
    "ben: owner check on every invoice by friday",
    "ana: book the load test by next month",
];

/// What somebody says, written down as a whole: typing it letter by letter is tried elsewhere.
fn says(driver: Driver, line: &str) -> Driver {
    driver.keys("c").paste(line).keys("<enter>")
}

/// From opening to close; nothing opens by itself.
fn hour() -> Driver {
    let mut driver = Driver::empty();
    // Opening.
    for line in PEOPLE {
        driver = says(driver, line);
    }
    driver = driver.keys("8s<enter>j<enter>j<enter>j<enter>j<enter>").after("2:40").keys("n");
    // What are we working on?
    for line in FLOWS {
        driver = says(driver, line).after("0:55");
    }
    driver = driver.capture("asset credentials restricted").capture("asset card token confidential").after("2:00");
    driver = driver.keys("8n").capture("# out: the warehouse").after("1:10").keys("8n");
    // What can go wrong?
    let (mut said, mut parked) = (SAID.iter(), PARKED.iter());
    for cell in 0..48 {
        driver = driver.keys("<space>");
        driver = match cell % 8 {
            1 => match parked.next() {
                Some(question) => driver.keys("p").paste(question).keys("<enter>"),
                None => driver.keys("x"),
            },
            2 | 5 => driver.keys("x"),
            _ => match said.next() {
                Some(threat) => says(driver, threat),
                None => driver.keys("x"),
            },
        };
        assert!(driver.model().overlay.is_none(), "{}", driver.text());
        driver = driver.after("0:33");
    }
    for idea in ["+ passkeys ~ben", "+ sign the reports ~dev"] {
        driver = says(driver, idea);
    }
    // Rate: the worst dozen, impact and likelihood.
    driver = driver.keys("8n");
    for pair in ["45", "35", "34", "24", "33", "43", "25", "23", "33", "14", "22"] {
        let (likelihood, impact) = pair.split_at(1);
        driver = driver.keys("guV").paste(&impact.repeat(5)).keys("<enter><enter>").after("0:20");
        driver = driver.keys(&likelihood.repeat(5)).keys("<enter><enter>").after("0:10");
    }
    // Far apart, a word each, once more; where it cannot be bad nobody argues about how likely it is.
    driver = driver.keys("guV41211<enter>").shows("spread 3: highest and lowest say why").after("1:00");
    driver = driver.keys("v11211<enter><enter>").says("?x1, spread 3");
    // What do we do about it?
    driver = driver.keys("8n");
    for action in ACTIONS {
        driver = says(driver, &format!("> {action}")).after("0:50");
    }
    // Good enough?
    driver = driver.keys("8n").after("3:00");
    driver
        .keys("xtime<enter>Nobody explained the diagram<enter>Invite support earlier<enter>next week<enter>")
        .keys("Every flow was looked at; the refund is the weakest place.<enter>")
}

/// The text of `minutes`.
fn written_up(driver: &Driver, format: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_strideboard"))
        .args(["minutes", driver.path().to_str().unwrap(), "--format", format])
        .env("STRIDEBOARD_TODAY", "2026-11-20")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_hour_with_five_people_is_led_with_a_few_keys_and_written_up() {
    let driver = hour().idle();
    let session = driver.session();
    assert_eq!(driver.on_disk(), *session);
    let notes = |kind: NoteKind| session.notes.iter().filter(|note| note.kind == kind).count();
    assert_eq!((session.people.len(), session.flows.len()), (5, 8));
    assert_eq!((session.threats().count(), notes(NoteKind::Question), notes(NoteKind::Action)), (25, 6, 9));
    assert_eq!(session.threats().filter(|(_, threat)| threat.current.is_some()).count(), 12);
    let total = *driver.model().document.as_ref().unwrap().outline().total();
    assert_eq!((total.core.total + total.ask.total, total.parked), (48, 6));
    assert_eq!(total.core.decided + total.ask.decided, 42);
    let sitting = latest(&session).unwrap();
    assert_eq!((sitting.stop, sitting.present.len()), (Some(Stop::Time), 5));
    assert!((55..=60).contains(&sitting.minutes), "{}", sitting.minutes);
    recorded!("minutes-markdown", written_up(&driver, "markdown"));
    recorded!("minutes-message", written_up(&driver, "message"));
}

#[test]
fn what_was_agreed_is_to_do_with_its_owner_and_its_day() {
    let driver = Driver::captured(&["browser -> api: login", "person Ben Ford: developer"]).keys("2ggSone<enter>");
    let driver = driver.capture("+ passkeys ~ben by next week").capture("+ shorter sessions ~ben").keys("3G>8s").idle();
    let page = written_up(&driver, "markdown");
    assert!(page.contains("## To do\n\n- [ ] **Ben Ford, by 2026-11-27:** passkeys (M1, agreed, for T1)"), "{page}");
    assert!(page.contains("- **Ben Ford:** shorter sessions (M2, for T1)"), "{page}");
    let message = written_up(&driver, "message");
    assert!(message.contains("To do:\n• Ben Ford, by 2026-11-27: passkeys\n"), "{message}");
}
