//! The fields of flows and assets.

use crate::session::{Asset, Class, ComponentId, Edit, Flow, Named, Session, edit::Entry};

use super::{
    Field,
    parse::{asset_names, assets, called, chosen, meant, names, one_line},
};

pub(super) fn fields(session: &Session, flow: &Flow) -> Vec<Field> {
    vec![
        Field::line("label", &flow.label, "what moves or happens, in a few words"),
        Field::line("from", called(&components(session), flow.from.as_str()), "the component it starts at"),
        Field::line("to", called(&components(session), flow.to.as_str()), "the component it ends at"),
        Field::line("protocol", &flow.protocol, "how it moves, like https"),
        Field::line("assets", asset_names(session, &flow.assets), "what it carries, like credentials, orders"),
        Field::text("note", &flow.note),
    ]
}

pub(super) fn change(session: &Session, flow: &Flow, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = flow.clone();
    match field {
        "label" => next.label = one_line(value),
        "from" => next.from = end(session, &flow.from, value)?,
        "to" => next.to = end(session, &flow.to, value)?,
        "protocol" => next.protocol = one_line(value),
        "assets" => next.assets = assets(session, value)?,
        "note" => next.note = value.into(),
        _ => return Err(format!("a flow has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Flow(Box::new(next))))
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
