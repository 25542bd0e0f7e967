//! The promises of the capture line, read from its table.

mod completion;
mod drawing;
mod elsewhere;
mod flows;
mod hostile;
mod lines;
mod shop;
mod slips;
mod tray;

use jiff::civil::{Date, date};

use super::{Captured, Context, capture, capture_all, preview};
use crate::{
    catalog::Kinds,
    session::{Letter, Place, Rating, Session, edit::EntryId},
};

/// A Wednesday.
const TODAY: Date = date(2026, 5, 6);

/// A small session: F1 browser → api with threat T1 under S, F2 api → users.
fn session() -> Session {
    let text = "person Ana Ruiz developer\nperson Ben defender\nasset credentials confidential\n\
                browser @Internet -> api @Edge: login [credentials] https\n\
                users @Data sqldb\napi -> users: look up sql\nF1 S: password guessed !?x3";
    let empty = Session::new("shop");
    capture_all(text, &nowhere(&empty), &mut || 0).1
}

fn nowhere(session: &Session) -> Context<'_> {
    Context {
        session,
        kinds: Kinds::builtin(),
        outline: None,
        place: None,
        letter: None,
        threat: None,
        by: "mo",
        today: TODAY,
    }
}

/// F1 and the letter S are selected.
fn on_a_cell(session: &Session) -> Context<'_> {
    let place = session.flows.iter().find(|f| f.id.number() == 1).map(|f| Place::Flow(f.id));
    Context { place, letter: Some(Letter::S), ..nowhere(session) }
}

/// Everything the session knows about the record a capture points at, in one line.
fn facts(session: &Session, captured: &Captured) -> String {
    let list = |items: Vec<String>| if items.is_empty() { String::new() } else { format!(" {}", items.join(" ")) };
    let step = |value: Option<u8>| value.map_or("?".to_owned(), |value| value.to_string());
    let rated = |r: Rating| format!(" {}x{}", step(r.likelihood), step(r.impact));
    let place = |place: &Option<Place>| place.as_ref().map_or("-".to_owned(), Place::short);
    match &captured.focus {
        None => session.scope.lines().collect::<Vec<_>>().join(" | "),
        Some(EntryId::Flow(id)) => {
            let f = session.flows.get(id).unwrap();
            let assets = list(f.assets.iter().map(|a| format!("%{a}")).collect());
            format!("{} → {} '{}'{assets} {}", f.from, f.to, f.label, f.protocol).trim_end().to_owned()
        }
        Some(EntryId::Component(id)) => {
            let c = session.components.get(id).unwrap();
            let zone = c.zone.as_ref().map_or("-", |z| z.as_str());
            let points = list(c.entry_points.iter().map(|p| format!("<{} {:?}>", p.name, p.exposure)).collect());
            let holds = list(c.assets.iter().map(|a| format!("%{a}")).collect());
            format!("'{}' @{zone} {:?} {}{points}{holds}", c.name, c.element, c.kind).trim_end().to_owned()
        }
        Some(EntryId::Zone(id)) => {
            let z = session.zones.get(id).unwrap();
            format!("'{}' < {} {:?}", z.name, z.parent.as_ref().map_or("-", |p| p.as_str()), z.exposure)
        }
        Some(EntryId::Asset(id)) => {
            let a = session.assets.get(id).unwrap();
            format!("'{}' {:?}", a.name, a.class)
        }
        Some(EntryId::Person(id)) => {
            let p = session.people.get(id).unwrap();
            format!("'{}' {:?}", p.name, p.roles)
        }
        Some(EntryId::Threat(id)) => {
            let (at, t) = session.find_threat(*id).unwrap();
            let also = list(t.also.iter().map(|l| format!("+{l}")).collect());
            let assets = list(t.assets.iter().map(|a| format!("%{a}")).collect());
            let rating = t.current.map_or_else(String::new, rated);
            format!("{} {}{also} '{}'{rating}{assets} by {}", at.short(), t.letter, t.statement, t.by)
        }
        Some(EntryId::Mitigation(id)) => {
            let m = session.mitigations.get(id).unwrap();
            let threats = session.threats().filter(|(_, t)| t.mitigations.contains(id));
            let threats = list(threats.map(|(_, t)| format!("for {}", t.id.short())).collect());
            let due = m.due.map_or_else(String::new, |due| format!(" due {due}"));
            let owner = if m.owner.is_empty() { String::new() } else { format!(" owner {}", m.owner) };
            format!("'{}' {}{threats}{owner}{due}", m.title, m.state.name())
        }
        Some(EntryId::Assumption(id)) => {
            let a = session.assumptions.get(id).unwrap();
            format!("{} '{}' by {}", place(&a.place), a.text, a.by)
        }
        Some(EntryId::Note(id)) => {
            let n = session.notes.get(id).unwrap();
            let letter = n.letter.map_or_else(String::new, |l| format!(" {l}"));
            let owner = if n.owner.is_empty() { String::new() } else { format!(" for {}", n.owner) };
            let due = n.due.map_or_else(String::new, |due| format!(" due {due}"));
            format!("{:?} {}{letter} '{}' by {}{owner}{due}", n.kind, place(&n.place), n.text, n.by)
        }
        Some(EntryId::Sitting(_)) => unreachable!("no line makes a sitting"),
    }
}

/// Checks `(line, became, facts)` and prints every row that differs.
fn check(ctx: impl Fn(&Session) -> Context<'_>, rows: &[(&str, &str, &str)]) {
    let session = session();
    let mut wrong = Vec::new();
    for (line, became, known) in rows {
        let captured = capture(line, &ctx(&session), &mut || 0).unwrap();
        let after = session.apply(&captured.edit).unwrap();
        let found = facts(&after, &captured);
        let shown = preview(line, &ctx(&session));
        if shown.words != *became || found != *known {
            wrong.push(format!("(\n    {line:?},\n    {:?},\n    {found:?},\n),", shown.words));
        }
        // What is said before it is done is said in the same words after it.
        let promised = shown.words.replace("changes ", "changed ").replace("rates ", "rated ");
        assert_eq!((promised, shown.warnings), (captured.became, captured.warnings), "{line}");
        for part in shown.parts {
            assert!(line.get(part.range).is_some(), "{line}");
        }
    }
    assert!(wrong.is_empty(), "these rows are wrong; found:\n{}", wrong.join("\n"));
}

fn one(line: &str, ctx: &Context<'_>) -> Captured {
    capture(line, ctx, &mut || 0).unwrap()
}
