//! What a field holds, in words: for changes and for the sides of a conflict.

use super::{component, place, quoted};
use crate::{
    method::matrix::Matrix,
    session::{Acceptance, Answer, Rating, Response, Session, Value},
};

/// A value as people say it, read against the session it stands in.
pub fn value(session: &Session, value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Words(words) => quoted(words),
        Value::Lines(text) => lines(text.as_str()),
        Value::List(entries) | Value::Needed(entries) => entries.join(", "),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Level(level) => Matrix::of(session).level_name(*level).to_owned(),
        Value::Exposure(exposure) => exposure.name().to_owned(),
        Value::Class(class) => class.name().to_owned(),
        Value::Letter(letter) => letter.to_string(),
        Value::Layer(layer) => layer.name().to_owned(),
        Value::Responsibility(who) => who.name().to_owned(),
        Value::Mitigation(state) => state.name().to_owned(),
        Value::Assumption(state) => state.name().to_owned(),
        Value::Note(kind) => kind.name().to_owned(),
        Value::Zone(id) => session.zones.get(id).map_or_else(|| id.to_string(), |zone| zone.name.clone()),
        Value::EntryPoints(ways) if ways.is_empty() => "nothing".to_owned(),
        Value::EntryPoints(ways) => {
            let ways: Vec<String> = ways.iter().map(|way| format!("{} ({})", way.name, way.exposure.name())).collect();
            ways.join(", ")
        }
        Value::Rating { likelihood, impact } => {
            rating(session, Some(Rating { likelihood: *likelihood, impact: *impact }))
        }
        Value::Kind { kind, element } if kind.is_empty() => element.name().to_owned(),
        Value::Kind { kind, element } => format!("{kind}, {}", element.name()),
        Value::Ends { from, to } => format!("{} → {}", component(session, from), component(session, to)),
        Value::Place { place: at, letter: None } => place(session, at),
        Value::Place { place: at, letter: Some(letter) } => format!("{letter} on {}", place(session, at)),
        Value::Response { response, acceptance } => answer(*response, acceptance.as_ref()),
        Value::Cell { state, reason, by, basis: _ } => cell(*state, reason, by),
        Value::Gone => "removed it".to_owned(),
        Value::Changed(rows) => format!("changed {}", rows.iter().map(|name| row(name)).collect::<Vec<_>>().join(", ")),
    }
}

/// A field as people call it.
pub(in crate::review) fn row(name: &str) -> &str {
    match name {
        "rank" => "order",
        "inherent" => "inherent rating",
        "current" => "current rating",
        "target" => "target rating",
        "from" => "ends",
        "entry_points" => "entry points",
        "parent" => "zone around it",
        "also" => "other letters",
        "by" => "said by",
        "present" => "who was there",
        "basis" => "what it rests on",
        other => other,
    }
}

/// A rating with its level: `High (4x4)`.
pub(in crate::review) fn rating(session: &Session, rating: Option<Rating>) -> String {
    let Some(rating) = rating else { return "unrated".to_owned() };
    let matrix = Matrix::of(session);
    let step = |step: Option<u8>| step.map_or("?".to_owned(), |step| step.to_string());
    format!("{} ({}x{})", matrix.level(rating).words(matrix), step(rating.likelihood), step(rating.impact))
}

/// Who carries a risk and why: `by CFO until 2026-09-30: replaced in Q3`.
pub(in crate::review) fn acceptance(signed: &Acceptance) -> String {
    let until = signed.until.map_or_else(|| "without an end".to_owned(), |day| format!("until {day}"));
    format!("by {} {until}: {}", signed.by.trim(), quoted(&signed.reason))
}

fn answer(response: Option<Response>, signed: Option<&Acceptance>) -> String {
    let response = response.map_or("no response", Response::name);
    signed.map_or_else(|| response.to_owned(), |signed| format!("{response}, {}", acceptance(signed)))
}

fn cell(state: Answer, reason: &str, by: &str) -> String {
    let state = match state {
        Answer::Clear => "clear",
        Answer::NotApplicable => "not applicable",
        Answer::Inherited => "inherited",
    };
    let reason = if reason.trim().is_empty() { String::new() } else { format!(": {}", quoted(reason)) };
    let by = if by.trim().is_empty() { String::new() } else { format!(" ({})", by.trim()) };
    format!("{state}{reason}{by}")
}

/// The first line of a text and how many follow.
fn lines(text: &str) -> String {
    let first = quoted(text.lines().next().unwrap_or_default());
    match text.lines().count() {
        0 | 1 => first,
        2 => format!("{first} and one more line"),
        more => format!("{first} and {} more lines", more - 1),
    }
}
