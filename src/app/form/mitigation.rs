//! The fields of a mitigation, and of its links to threats.

use jiff::civil::Date;

use crate::session::{
    Edit, Layer, Mitigation, MitigationState, Named, Responsibility, Session, ThreatId, Verdict, edit::Entry,
};

use super::{
    Field, Outline,
    parse::{chosen, chosen_or, date, items, joined, lines, names, one_line, paths, person},
};

/// The layer of a mitigation nobody thought about.
const NOT_SAID: &str = "not said";

/// The verdict on a mitigation that the business did not hear of yet.
const UNDECIDED: &str = "not decided";

fn linked(outline: &Outline, mitigation: &Mitigation) -> Vec<ThreatId> {
    let mut linked: Vec<_> = outline.linked(mitigation.id).collect();
    linked.sort_by_key(|id| id.number());
    linked
}

pub(super) fn fields(session: &Session, outline: &Outline, mitigation: &Mitigation) -> Vec<Field> {
    vec![
        Field::sentence("title", &mitigation.title, "what is done, in a few words"),
        Field::choice("state", mitigation.state.name(), names::<MitigationState>()),
        Field::person(session, "owner", &mitigation.owner, "who sees to it"),
        Field::day("due", mitigation.due),
        Field::line(
            "threats",
            joined(linked(outline, mitigation).iter().map(|t| t.short())),
            "what it helps against, like T2, T5",
        ),
        Field::text("text", &mitigation.text),
        Field::text("evidence", mitigation.evidence.join("\n")),
        Field::text("code", mitigation.code.join("\n")),
        Field::line("ticket", &mitigation.ticket, "where the work is tracked"),
        Field::choice(
            "layer",
            mitigation.layer.map_or(NOT_SAID, Layer::name),
            std::iter::once(NOT_SAID).chain(names::<Layer>()),
        ),
        Field::choice("responsibility", mitigation.responsibility.name(), names::<Responsibility>()),
        Field::sentence("effect", &mitigation.effect, "what it costs, and what it does to the feature"),
        Field::choice(
            "verdict",
            mitigation.verdict.map_or(UNDECIDED, Verdict::name),
            std::iter::once(UNDECIDED).chain(names::<Verdict>()),
        ),
        Field::sentence("monitor", &mitigation.monitor, "who watches it, and what they do when it speaks"),
        Field::text("note", &mitigation.note),
    ]
}

pub(super) fn change(
    session: &Session,
    outline: &Outline,
    mitigation: &Mitigation,
    field: &str,
    value: &str,
    today: Date,
) -> Result<Edit, String> {
    let mut next = mitigation.clone();
    match field {
        "title" => next.title = one_line(value),
        "state" => next.state = chosen(value)?,
        "owner" => next.owner = person(session, value)?,
        "due" => next.due = date(value, today)?,
        "threats" => return link(session, outline, mitigation, value),
        "text" => next.text = value.into(),
        "evidence" => next.evidence = lines(value),
        "code" => next.code = paths(value)?,
        "ticket" => next.ticket = one_line(value),
        "layer" => next.layer = chosen_or(NOT_SAID, value)?,
        "responsibility" => next.responsibility = chosen(value)?,
        "effect" => next.effect = one_line(value),
        "verdict" => next.verdict = chosen_or(UNDECIDED, value)?,
        "monitor" => next.monitor = one_line(value),
        "note" => next.note = value.into(),
        _ => return Err(format!("a mitigation has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Mitigation(Box::new(next))))
}

/// The links a mitigation shall have instead of those it has, as one step.
fn link(session: &Session, outline: &Outline, mitigation: &Mitigation, value: &str) -> Result<Edit, String> {
    let before = linked(outline, mitigation);
    let after = items(value)
        .map(|item| {
            let named = |id: ThreatId| id.to_string() == item || id.short().eq_ignore_ascii_case(item);
            let mut named = session.threat_ids().filter(|id| named(*id));
            match (named.next(), named.next()) {
                (Some(id), None) => Ok(id),
                (None, _) => Err(format!("there is no threat `{item}`")),
                (Some(_), Some(_)) => Err(format!("`{item}` names two threats; write the whole id")),
            }
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(relink(session, outline, mitigation, &before, &after))
}

/// One step from one set of linked threats to another.
pub(in crate::app) fn relink(
    session: &Session,
    outline: &Outline,
    mitigation: &Mitigation,
    before: &[ThreatId],
    after: &[ThreatId],
) -> Edit {
    let id = mitigation.id;
    let come = after.iter().filter(|t| !before.contains(t)).filter_map(|t| outline.threat(session, *t));
    let come = come.flat_map(|(_, threat)| Edit::mitigate(threat, id));
    let gone = before.iter().filter(|t| !after.contains(t)).map(|t| Edit::Unlink { threat: *t, mitigation: id });
    Edit::Batch { label: format!("change what {} helps against", id.short()), edits: come.chain(gone).collect() }
}
