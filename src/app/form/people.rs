//! The fields of people.

use crate::session::{Edit, Named, Person, edit::Entry};

use super::{
    Field,
    parse::{chosen, items, joined, one_line},
};

pub(super) fn fields(person: &Person) -> Vec<Field> {
    vec![
        Field::line("name", &person.name, "what people call them"),
        Field::line(
            "roles",
            joined(person.roles.iter().map(|role| role.name())),
            "business, developer, adversary, defender, appsec, moderator, note-taker, owner",
        ),
    ]
}

pub(super) fn change(person: &Person, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = person.clone();
    match field {
        "name" => next.name = one_line(value),
        "roles" => next.roles = items(value).map(chosen).collect::<Result<_, _>>()?,
        _ => return Err(format!("a person has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Person(next)))
}
