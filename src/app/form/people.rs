//! The fields of people.

use crate::session::{Edit, Person, Role, edit::Entry};

use super::{
    Field,
    parse::{chosen, items, joined, name_of, one_line},
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
