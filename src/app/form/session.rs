//! The fields above the records.

use crate::{
    method::{
        matrix::{MATRICES, Matrix},
        profile::BUILTIN,
    },
    session::{Edit, Level, Named, Session},
};

use super::{
    Field,
    parse::{chosen, names, one_line, person},
};

pub(super) fn fields(session: &Session) -> Vec<Field> {
    let profile = if session.profile.is_empty() { "standard" } else { &session.profile };
    let matrix = if session.matrix.is_empty() { Matrix::of(session).id } else { &session.matrix };
    let mut profiles: Vec<&str> = BUILTIN.iter().map(|profile| profile.name.as_ref()).collect();
    // One of the team's own, chosen in the place of the meeting, stays as it is.
    if !profiles.contains(&profile) {
        profiles.push(profile);
    }
    vec![
        Field::line("title", &session.title, "the feature under discussion"),
        Field::line("workload", &session.workload, "the workload it belongs to"),
        Field::person(session, "owner", &session.owner, "the team that keeps this model alive"),
        Field::text("scope", &session.scope),
        Field::choice("profile", profile, profiles),
        Field::choice("matrix", matrix, MATRICES.iter().map(|m| m.id)),
        Field::choice("appetite", session.appetite().name(), names::<Level>()),
        Field::choice("tolerance", session.tolerance().name(), names::<Level>()),
        Field::text("note", &session.note),
    ]
}

pub(super) fn change(session: &Session, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = session.header();
    // What equals the default is left out of the file.
    let unless = |value: &str, default: &str| if value == default { String::new() } else { value.to_owned() };
    match field {
        "title" => next.title = one_line(value),
        "workload" => next.workload = one_line(value),
        "owner" => next.owner = person(session, value)?,
        "scope" => next.scope = value.into(),
        "profile" => next.profile = unless(value, "standard"),
        "matrix" => next.matrix = unless(value, MATRICES[0].id),
        "appetite" => next.appetite = Some(chosen(value)?).filter(|l| *l != Level::Low),
        "tolerance" => next.tolerance = Some(chosen(value)?).filter(|l| *l != Level::High),
        "note" => next.note = value.into(),
        _ => return Err(format!("a session has no field `{field}`")),
    }
    Ok(Edit::ChangeHeader(Box::new(next)))
}
