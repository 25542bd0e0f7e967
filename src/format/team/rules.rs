//! What a team's own agendas and profiles may hold.

use std::collections::BTreeSet;

use super::Shape;
use crate::{
    method::{
        matrix::{MATRICES, is_known, matrix},
        rules::Rules,
    },
    session::limits,
};

/// More agendas or profiles than this nobody chooses from.
const MOST: usize = 50;

/// Nobody meets for longer.
const LONGEST: u32 = 480;

/// What is wrong: where it begins, what, and what to do about it.
pub(super) fn contradictions(rules: &Rules, shape: &Shape<'_>) -> Vec<(usize, String, &'static str)> {
    let Rules { agendas, profiles, anchors } = rules;
    let mut found = Vec::new();
    let names = agendas.iter().map(|agenda| agenda.name.as_ref());
    called("agenda", names, shape.elements("agendas"), &mut found);
    let names = profiles.iter().map(|profile| profile.name.as_ref());
    called("profile", names, shape.elements("profiles"), &mut found);
    for (agenda, at) in agendas.iter().zip(shape.elements("agendas")) {
        let name = &agenda.name;
        match agenda.total() {
            0 => found.push((at, format!("agenda `{name}` has no minutes"), "give its phases some: `threats: 25`")),
            1..=LONGEST => {}
            total => {
                let message = format!("agenda `{name}` takes {total} minutes");
                found.push((at, message, "a meeting has at most 480; divide it into several"));
            }
        }
    }
    for (profile, at) in profiles.iter().zip(shape.elements("profiles")) {
        if profile.ask > 100 {
            let message = format!("profile `{}` wants {} of a hundred ask letters", profile.name, profile.ask);
            found.push((at, message, "`ask` is a number from 0 to 100"));
        }
    }
    let mut seen = BTreeSet::new();
    for (anchors, at) in anchors.iter().zip(shape.elements("anchors")) {
        let name = &anchors.matrix;
        if !seen.insert(name) {
            found.push((at, format!("the steps of `{name}` have words twice"), "bring them together"));
        }
        let Some(matrix) = matrix(name).filter(|_| is_known(name)) else {
            let known: Vec<&str> = MATRICES.iter().map(|matrix| matrix.id).collect();
            let message = format!("matrix `{name}` is none of {}", known.join(", "));
            found.push((at, message, "anchors are words for the steps of a built-in matrix"));
            continue;
        };
        let scales = [(&anchors.likelihood, matrix.likelihood), (&anchors.impact, matrix.impact)];
        for ((words, steps), axis) in scales.into_iter().zip(matrix.axes) {
            if !words.is_empty() && words.len() != steps.len() {
                let message = format!("`{name}` has {} steps of {axis}, and {} have words", steps.len(), words.len());
                found.push((at, message, "give each step its words, or leave the list out"));
            }
        }
    }
    found
}

/// Names by which somebody chooses: each there, once, and short enough to be shown.
fn called<'a>(
    what: &str,
    names: impl Iterator<Item = &'a str>,
    places: impl Iterator<Item = usize>,
    found: &mut Vec<(usize, String, &'static str)>,
) {
    let mut seen = BTreeSet::new();
    for (index, (name, at)) in names.zip(places).enumerate() {
        if index == MOST {
            found.push((at, format!("more than {MOST} {what}s are declared here"), "keep those that meetings use"));
        }
        if name.trim().is_empty() || name.chars().count() > limits::ID || name.chars().any(char::is_control) {
            let message = format!("`{}` is not a name for {what}s", name.escape_debug());
            found.push((at, message, "a name is one line of at most 80 characters"));
        }
        if !seen.insert(name) {
            found.push((at, format!("two {what}s are called `{name}`"), "give one of them another name"));
        }
    }
}
