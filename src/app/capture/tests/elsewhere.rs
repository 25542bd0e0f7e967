//! What is said about another place than the selected one.

use super::{check, nowhere, on_a_cell, one, session};
use crate::app::capture::{PartKind, preview};

#[test]
fn a_place_in_front_is_where_the_threat_goes() {
    check(
        on_a_cell,
        &[
            (
                "F2 charge card twice by replay !3x4",
                "threat T2 S (letter guessed) on F2 api → users, likelihood 3, impact 4",
                "F2 S 'charge card twice by replay' 3x4 by mo",
            ),
            ("f2: query altered", "threat T2 T (letter guessed) on F2 api → users", "F2 T 'query altered' by mo"),
            ("F2 query altered :E", "threat T2 E on F2 api → users", "F2 E 'query altered' by mo"),
            (
                "api: order history leaks other orders",
                "threat T2 I (letter guessed) on api",
                "api I 'order history leaks other orders' by mo",
            ),
            ("API: maps x -> y", "threat T2 S on api", "api S 'maps x -> y' by mo"),
            ("\"api\": odd", "threat T2 S on api", "api S 'odd' by mo"),
            ("F1 cookie altered", "threat T2 S on F1 browser → api", "F1 S 'cookie altered' by mo"),
            ("F1 and F2 share a key", "threat T2 S on F1 browser → api", "F1 S 'F1 and F2 share a key' by mo"),
            ("F2, F1 leak", "threat T2 I (letter guessed) on F2 api → users", "F2 I 'F2, F1 leak' by mo"),
            ("F2 -> api", "threat T2 S on F1 browser → api", "F1 S 'F2 -> api' by mo"),
            ("F9 cookie altered", "threat T2 S on F1 browser → api", "F1 S 'F9 cookie altered' by mo"),
            ("they said: it leaks", "threat T2 S on F1 browser → api", "F1 S 'they said: it leaks' by mo"),
            ("api:8080 is open", "threat T2 S on F1 browser → api", "F1 S 'api:8080 is open' by mo"),
        ],
    );
}

#[test]
fn a_flow_that_does_not_exist_stays_in_the_words_with_a_warning() {
    let session = session();
    for line in ["F9 cookie altered", "F9: cookie altered", "F9 T: cookie altered"] {
        assert_eq!(one(line, &on_a_cell(&session)).warnings, ["there is no F9 here; it stays in the text"], "{line}");
    }
    assert_eq!(one("F16 jets flooded the radar", &nowhere(&session)).warnings.len(), 2);
    assert_eq!(one("Fine-grained roles are missing", &on_a_cell(&session)).warnings, [""; 0]);
}

#[test]
fn a_place_alone_waits_for_words() {
    let session = session();
    for line in ["F2", "F2 ", "F2:"] {
        let shown = preview(line, &on_a_cell(&session));
        assert_eq!((shown.words.as_str(), shown.captures), ("a threat in a few words…", false), "{line}");
        assert_eq!(shown.parts[0].kind, PartKind::Place, "{line}");
    }
}
