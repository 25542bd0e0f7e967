//! The fields of people and sittings.

use crate::session::{Edit, Person, Role, Session, Sitting, edit::Entry};

use super::{
    Field,
    parse::{chosen, date, items, joined, name_of, one_line},
};

const ROLES: [(&str, Role); 8] = [
    ("business", Role::Business),
    ("developer", Role::Developer),
    ("adversary", Role::Adversary),
    ("defender", Role::Defender),
    ("appsec", Role::AppSec),
    ("moderator", Role::Moderator),
    ("note taker", Role::NoteTaker),
    ("owner", Role::Owner),
];

/// The name of a role on screen.
pub(in crate::app) fn role_name(role: Role) -> &'static str {
    name_of(&role, &ROLES)
}

pub(super) fn fields(person: &Person) -> Vec<Field> {
    vec![
        Field::line("name", &person.name, "what people call them"),
        Field::line(
            "roles",
            joined(person.roles.iter().map(|r| role_name(*r))),
            "business, developer, adversary, defender, appsec, moderator, note taker, owner",
        ),
    ]
}

pub(super) fn change(person: &Person, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = person.clone();
    match field {
        "name" => next.name = one_line(value),
        "roles" => next.roles = items(value).map(|role| chosen(role, &ROLES)).collect::<Result<_, _>>()?,
        _ => return Err(format!("a person has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Person(next)))
}

pub(super) fn sitting_fields(sitting: &Sitting) -> Vec<Field> {
    vec![
        Field::line("date", sitting.date, "a day like 2027-01-31"),
        Field::line("minutes", sitting.minutes, "how long it took"),
        Field::line("present", joined(&sitting.present), "who was there"),
        Field::text("summary", &sitting.summary),
    ]
}

pub(super) fn change_sitting(session: &Session, sitting: &Sitting, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = sitting.clone();
    match field {
        "date" => next.date = date(value)?.ok_or("a sitting needs a day, like 2027-01-31")?,
        "minutes" => {
            next.minutes =
                value.trim().parse().map_err(|_| format!("`{}` is not a number of minutes", value.trim()))?;
        }
        "present" => {
            let known = |item: &str| session.people.get(item).map(|p| p.id.clone());
            next.present = items(value)
                .map(|item| {
                    known(item).ok_or_else(|| {
                        format!("there is no person `{item}`; add them with `person {item}` on the capture line")
                    })
                })
                .collect::<Result<_, _>>()?;
        }
        "summary" => next.summary = value.into(),
        _ => return Err(format!("a sitting has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Sitting(next)))
}
