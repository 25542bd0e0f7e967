//! What is offered at the cursor.

use jiff::civil::date;

use crate::{
    app::capture::{Context, capture_all, complete},
    session::Session,
};

fn shop() -> Session {
    let text = "person Ana Ruiz developer\nzone Public subnet\nasset session keys restricted\n\
                browser @Internet -> api @Edge: login [credentials] https\napi -> order service @App: order\n\
                F1 S: stolen cookie";
    let empty = Session::new("shop");
    let ctx = Context {
        session: &empty,
        kinds: crate::catalog::Kinds::builtin(),
        outline: None,
        place: None,
        letter: None,
        threat: None,
        by: "",
        today: date(2026, 5, 6),
    };
    capture_all(text, &ctx, &mut || 0).1
}

fn texts(line: &str) -> (usize, Vec<String>) {
    let session = shop();
    let ctx = Context {
        session: &session,
        kinds: crate::catalog::Kinds::builtin(),
        outline: None,
        place: None,
        letter: None,
        threat: None,
        by: "",
        today: date(2026, 5, 6),
    };
    let completion = complete(line, line.len(), &ctx);
    (completion.start, completion.candidates.into_iter().map(|c| c.text).collect())
}

#[test]
fn names_are_offered_where_they_fit() {
    let mut wrong = Vec::new();
    for (line, start, offered) in [
        ("br", 0, vec!["browser", "F1"]),
        ("ord", 0, vec!["order service", "F2"]),
        ("serv", 0, vec!["order service"]),
        ("f", 0, vec!["F1", "F2"]),
        ("zo", 0, vec!["zone"]),
        ("a -> order s", 5, vec!["order service"]),
        ("api -> b", 7, vec!["browser", "batch", "aws.bedrock"]),
        (
            "api @",
            4,
            vec![
                "@App",
                "@Edge",
                "@Internet",
                "@public-subnet",
                "@F1",
                "@F2",
                "@api",
                "@browser",
                "@order-service",
                "@T1",
                "@-",
            ],
        ),
        ("api @Edge aws.apig", 10, vec!["aws.apigw"]),
        ("stolen cookie on @F1 then %", 26, vec!["%credentials", "%session-keys"]),
        ("stolen cookie replayed today @F", 29, vec!["@F1", "@F2"]),
        ("+ rotate @T", 9, vec!["@T1"]),
        ("x ~a", 2, vec!["~ana-ruiz"]),
        ("stolen cookie :E", 14, vec![]),
        ("stolen cookie :", 14, vec![":S", ":T", ":R", ":I", ":D", ":E"]),
        ("a -> b: login [ses", 15, vec!["session keys"]),
        ("a -> b: login [credentials, se", 28, vec!["session keys"]),
        ("a -> b: login ht", 14, vec!["http", "http2", "http3", "https"]),
        ("zone Edge < Pub", 12, vec!["Public subnet"]),
        ("zone Edge < App iso", 16, vec!["isolated"]),
        ("asset session keys res", 19, vec!["restricted"]),
        ("person Ben de", 11, vec!["developer", "defender", "dev"]),
        ("entry a", 6, vec!["api"]),
        ("> an", 2, vec!["ana-ruiz"]),
        ("api ", 4, vec!["S:", "T:", "R:", "I:", "D:", "E:"]),
        ("the cred", 4, vec!["credentials"]),
        ("nothing fits", 8, vec![]),
    ] {
        let (at, found) = texts(line);
        let offered: Vec<String> = offered.into_iter().map(str::to_owned).collect();
        if (at, &found) != (start, &offered) {
            wrong.push(format!("{line}: {at} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_cursor_anywhere_is_fine() {
    let session = shop();
    let ctx = Context {
        session: &session,
        kinds: crate::catalog::Kinds::builtin(),
        outline: None,
        place: None,
        letter: None,
        threat: None,
        by: "",
        today: date(2026, 5, 6),
    };
    let line = "ü → ö: %é [ß, 平";
    for cursor in 0..line.len() + 3 {
        let completion = complete(line, cursor, &ctx);
        assert!(line.is_char_boundary(completion.start) && completion.start <= cursor.max(line.len()));
    }
}
