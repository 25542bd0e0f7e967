//! The fields of flows and assets.

use crate::{
    app::overlay::picker::{Item, Value},
    session::{Asset, Class, ComponentId, Edit, Flow, Named, Session, edit::Entry},
};

use super::{
    Field, Kind,
    parse::{assets, called, chosen, meant, names, one_line, with_new},
};

pub(super) fn fields(session: &Session, flow: &Flow) -> Vec<Field> {
    vec![
        Field::line("label", &flow.label, "what moves or happens, in a few words"),
        end_field(session, "from", &flow.from, "the component it starts at"),
        end_field(session, "to", &flow.to, "the component it ends at"),
        Field::line("protocol", &flow.protocol, "how it moves, like https"),
        Field::assets(session, &flow.assets, "what it carries, like credentials, orders"),
        Field::text("note", &flow.note),
    ]
}

pub(super) fn change(session: &Session, flow: &Flow, field: &str, value: &str) -> Result<Edit, String> {
    let (mut next, mut new) = (flow.clone(), Vec::new());
    match field {
        "label" => next.label = one_line(value),
        "from" => next.from = end(session, &flow.from, value)?,
        "to" => next.to = end(session, &flow.to, value)?,
        "protocol" => next.protocol = one_line(value),
        "assets" => (next.assets, new) = assets(session, value),
        "note" => next.note = value.into(),
        _ => return Err(format!("a flow has no field `{field}`")),
    }
    Ok(with_new(session, new, Edit::Change(Entry::Flow(Box::new(next)))))
}

fn end_field(session: &Session, name: &'static str, end: &ComponentId, hint: &'static str) -> Field {
    Field { kind: Kind::Component(hint), ..Field::line(name, called(&components(session), end.as_str()), hint) }
}

/// The components a flow can begin or end at, and which of them is chosen now.
pub(super) fn components_to_choose(session: &Session, chosen: &str) -> (Vec<Item>, usize) {
    let known = components(session);
    let names = known.iter().map(|(slug, _)| called(&known, slug));
    let at = names.clone().position(|name| name == chosen).unwrap_or(0);
    (names.map(|name| Item::new(Value::Text, name)).collect(), at)
}

fn components(session: &Session) -> Vec<(&str, &str)> {
    session.components.iter().map(|component| (component.id.as_str(), component.name.as_str())).collect()
}

fn end(session: &Session, before: &ComponentId, value: &str) -> Result<ComponentId, String> {
    let value = value.trim();
    if value == called(&components(session), before.as_str()) {
        return Ok(before.clone());
    }
    let found = meant(&components(session), value).and_then(|slug| session.components.get(slug));
    found
        .map(|c| c.id.clone())
        .ok_or_else(|| format!("there is no component `{value}`; add it on the capture line first"))
}

pub(super) fn asset_fields(asset: &Asset) -> Vec<Field> {
    vec![
        Field::line("name", &asset.name, "what people call it"),
        Field::choice("class", asset.class.name(), names::<Class>()),
        Field::text("note", &asset.note),
    ]
}

pub(super) fn change_asset(asset: &Asset, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = asset.clone();
    match field {
        "name" => next.name = one_line(value),
        "class" => next.class = chosen(value)?,
        "note" => next.note = value.into(),
        _ => return Err(format!("an asset has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Asset(next)))
}
