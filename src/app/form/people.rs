//! The fields of people.

use crate::{
    app::overlay::picker::{Item, Value},
    session::{Edit, Meant, Named, Person, Session, edit::Entry},
};

use super::{
    Field,
    parse::{chosen, items, joined, one_line, person_name},
};

/// Everybody a field can name, and which of them it names now; somebody who does not take part can be typed.
pub(super) fn choices(session: &Session, chosen: &str) -> (Vec<Item>, usize) {
    let mut items = items_of(session);
    let known = session.people.iter().position(|person| person_name(session, person.id.as_str()) == chosen);
    let at = known.unwrap_or(items.len());
    if known.is_none() && !chosen.is_empty() {
        items.push(Item::new(Value::Text, chosen).with("as it is"));
    }
    if !chosen.is_empty() {
        items.push(Item::new(Value::Word(String::new()), "nobody").with("empties the field"));
    }
    let last = items.len().saturating_sub(1);
    (items, at.min(last))
}

/// The people, to choose from.
pub(in crate::app) fn items_of(session: &Session) -> Vec<Item> {
    let item = |person: &Person| {
        let item = Item::new(Value::Person(person.id.clone()), &person.name);
        // Two of one name are told apart by what the file calls them.
        let is_alone = person_name(session, person.id.as_str()) == person.name;
        if is_alone { item } else { item.with(person.id.to_string()) }
    };
    session.people.iter().map(item).collect()
}

/// What is to be looked at in a name that was typed instead of chosen.
pub(in crate::app) fn doubt(session: &Session, typed: &str) -> String {
    let meant = session.person_meant(typed);
    match (&meant, meant.doubt(typed)) {
        (Meant::Person(person), _) => person.name.clone(),
        (_, Some(doubt)) => format!("▲ {doubt}"),
        (_, None) => String::new(),
    }
}

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
