//! What a field holds, in words: for changes and for the sides of a conflict.

use std::collections::BTreeSet;

use super::{component, cut, place, quoted};
use crate::{
    method::matrix::Matrix,
    session::{Acceptance, Answer, Deviation, Named, Rating, Response, Session, Value},
};

/// Longest quotation of a value: it is what a reader is asked to decide about.
const LONG: usize = 160;

/// How much is shown of what two long texts begin with alike.
const BEFORE: usize = 15;

/// A value as people say it, read against the session it stands in.
pub fn value(session: &Session, value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Words(words) => cut(words, LONG),
        Value::Lines(text) => lines(text.as_str()),
        Value::List(entries) | Value::Needed(entries) => entries.join(", "),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Level(level) => Matrix::of(session).level_name(*level).to_owned(),
        Value::Exposure(exposure) => exposure.name().to_owned(),
        Value::Class(class) => class.name().to_owned(),
        Value::Letter(letter) => letter.to_string(),
        Value::Layer(layer) => layer.name().to_owned(),
        Value::Verdict(verdict) => verdict.name().to_owned(),
        Value::Stop(reason) => reason.words().to_owned(),
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
        Value::Deviations(all) if all.is_empty() => "nothing".to_owned(),
        Value::Deviations(all) => all.iter().map(deviation).collect::<Vec<_>>().join(", "),
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

/// Two values beside each other, so that it can be seen in what they differ: of long words only the part that does.
pub fn contrast(session: &Session, a: &Value, b: &Value) -> [String; 2] {
    match (a, b) {
        (Value::Words(a), Value::Words(b)) => apart(a, b),
        (Value::Lines(a), Value::Lines(b)) => {
            let only = |here: &str, there: &str| {
                let known: BTreeSet<&str> = there.lines().collect();
                here.lines().filter(|line| !known.contains(line)).map(str::to_owned).collect::<Vec<_>>()
            };
            let (here, there) = (only(a.as_str(), b.as_str()), only(b.as_str(), a.as_str()));
            let [first, second] = apart(here.first().map_or("", |line| line), there.first().map_or("", |line| line));
            [more(&first, here.len()), more(&second, there.len())]
        }
        (a, b) => [value(session, a), value(session, b)],
    }
}

/// Both texts from a little before where they part.
pub(in crate::review) fn apart(a: &str, b: &str) -> [String; 2] {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let start = if a.chars().count().max(b.chars().count()) > LONG { same.saturating_sub(BEFORE) } else { 0 };
    [a, b].map(|text| {
        let rest: String = text.chars().skip(start).collect();
        let dots = if start > 0 { "…" } else { "" };
        format!("{dots}{}", cut(&rest, LONG))
    })
}

/// A text and how many lines follow it.
fn more(first: &str, lines: usize) -> String {
    match lines {
        0 | 1 => first.to_owned(),
        2 => format!("{first} and one more line"),
        lines => format!("{first} and {} more lines", lines - 1),
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
        "effect" => "effect on the feature",
        "verdict" => "verdict of the business",
        "monitor" => "who watches it",
        "deviations" => "deviations from baselines",
        "present" => "who was there",
        "basis" => "what it rests on",
        "dismissed" => "dismissed suggestions",
        "taken" => "what was taken from its model",
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

/// `tls (ephemeral, "lives a minute", agreed by ana)`.
fn deviation(deviation: &Deviation) -> String {
    let words =
        if deviation.words.trim().is_empty() { String::new() } else { format!(", {}", quoted(&deviation.words)) };
    let by =
        if deviation.by.trim().is_empty() { String::new() } else { format!(", agreed by {}", deviation.by.trim()) };
    format!("{} ({}{words}{by})", deviation.baseline, deviation.reason.name())
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
    more(&cut(text.lines().next().unwrap_or_default(), LONG), text.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_words_the_part_that_differs_is_shown() {
        let long = "x ".repeat(100);
        let [a, b] = [format!("{long}is allowed"), format!("{long}is not allowed")];
        let [a, b] = contrast(&Session::new("x"), &Value::Words(a), &Value::Words(b));
        assert_eq!(a, "…\"x x x x x x is allowed\"");
        assert_eq!(b, "…\"x x x x x x is not allowed\"");
    }
}
