//! The fields of a threat.

use jiff::civil::Date;

use crate::{
    method::matrix::Matrix,
    session::{Acceptance, Edit, Letter, Named, Rating, Response, Session, Threat},
};

use super::{
    Field,
    parse::{
        assets, chosen_or, date, joined, letters, lines, mitigations, names, one_line, paths, person, rating,
        rating_text, with_new,
    },
};

/// The response of a threat nobody decided about.
const OPEN: &str = "open";

pub(super) fn fields(session: &Session, threat: &Threat) -> Vec<Field> {
    let acceptance = threat.acceptance.as_ref();
    vec![
        Field::sentence("statement", &threat.statement, "what can go wrong, in one sentence"),
        Field::choice("letter", &threat.letter.to_string(), Letter::ALL.map(|letter| letter.to_string())),
        Field::line("also", joined(&threat.also), "other letters it touches, like T, I"),
        Field::line("inherent", rating_text(threat.inherent), "likelihood x impact without controls, like 4x4"),
        Field::line("current", rating_text(threat.current), "likelihood x impact now, like 3x4; ? for unknown"),
        Field::line("target", rating_text(threat.target), "likelihood x impact after mitigations, like 1x4"),
        Field::choice(
            "response",
            threat.response.map_or(OPEN, Response::name),
            std::iter::once(OPEN).chain(names::<Response>()),
        ),
        Field::line("mitigations", joined(threat.mitigations.iter().map(|m| m.short())), "like M2, M5"),
        Field::person(session, "accepted by", acceptance.map_or("", |a| &a.by), "who carries the risk"),
        Field::sentence("accepted because", acceptance.map_or("", |a| &a.reason), "why that is reasonable"),
        Field::day("accepted until", acceptance.and_then(|a| a.until)),
        Field::line("source", &threat.source, "who or what causes it"),
        Field::sentence("prerequisites", &threat.prerequisites, "what must hold before"),
        Field::sentence("action", &threat.action, "what is done"),
        Field::sentence("impact", &threat.impact, "what it leads to"),
        Field::assets(session, &threat.assets, "what is hurt, like credentials, orders"),
        Field::person(session, "by", &threat.by, "who said it"),
        Field::text("references", threat.references.join("\n")),
        Field::text("code", threat.code.join("\n")),
        Field::text("note", &threat.note),
    ]
}

pub(super) fn change(
    session: &Session,
    threat: &Threat,
    field: &str,
    value: &str,
    today: Date,
) -> Result<Edit, String> {
    let (mut next, mut new) = (threat.clone(), Vec::new());
    match field {
        "statement" => next.statement = one_line(value),
        "letter" => next.letter = letters(value)?.first().copied().ok_or("a threat needs a letter of STRIDE")?,
        "also" => next.also = letters(value)?,
        "inherent" => next.inherent = rated(session, threat.inherent, value)?,
        "current" => next.current = rated(session, threat.current, value)?,
        "target" => next.target = rated(session, threat.target, value)?,
        "response" => next.response = chosen_or(OPEN, value)?,
        "mitigations" => {
            next.mitigations = mitigations(session, value)?;
            let is_answered = next.mitigations.iter().any(|id| !threat.mitigations.contains(id));
            next.response = next.response.or(is_answered.then_some(Response::Mitigate));
        }
        "accepted by" => {
            let by = person(session, value)?;
            accepted(&mut next, |a| a.by = by);
        }
        "accepted because" => accepted(&mut next, |a| a.reason = one_line(value)),
        "accepted until" => {
            let until = date(value, today)?;
            accepted(&mut next, |a| a.until = until);
        }
        "source" => next.source = one_line(value),
        "prerequisites" => next.prerequisites = one_line(value),
        "action" => next.action = one_line(value),
        "impact" => next.impact = one_line(value),
        "assets" => (next.assets, new) = assets(session, value),
        "by" => next.by = person(session, value)?,
        "references" => next.references = lines(value),
        "code" => next.code = paths(value)?,
        "note" => next.note = value.into(),
        _ => return Err(format!("a threat has no field `{field}`")),
    }
    next.also.retain(|also| *also != next.letter);
    Ok(with_new(session, new, Edit::ChangeThreat(Box::new(next))))
}

/// A rating the session's matrix has; one it has not may stay, as after a change of the matrix.
fn rated(session: &Session, before: Option<Rating>, value: &str) -> Result<Option<Rating>, String> {
    let next = rating(value)?;
    let matrix = Matrix::of(session);
    match next {
        Some(judged) if next != before && !matrix.admits(judged) => Err(format!(
            "the matrix has {} steps of likelihood and {} of impact",
            matrix.likelihood.len(),
            matrix.impact.len()
        )),
        _ => Ok(next),
    }
}

/// Changes the acceptance; one with nothing in it is none.
fn accepted(threat: &mut Threat, change: impl FnOnce(&mut Acceptance)) {
    let empty = Acceptance { by: String::new(), reason: String::new(), until: None };
    let mut acceptance = threat.acceptance.take().unwrap_or_else(|| empty.clone());
    change(&mut acceptance);
    threat.acceptance = (acceptance != empty).then_some(acceptance);
}
