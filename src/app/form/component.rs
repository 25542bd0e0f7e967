//! The fields of components and zones.

use crate::{
    app::overlay::picker::{Item, Value},
    catalog::{self, Kinds, Part},
    session::{
        Component, Edit, Element, EntryPoint, Exposure, Named, ServiceClass, Session, Zone, ZoneId, edit::Entry,
    },
};

use super::{
    Field, Kind,
    parse::{assets, called, chosen, meant, names, one_line, paths, person, with_new},
};

const NO_ZONE: &str = "no zone";

fn known(session: &Session) -> Vec<(&str, &str)> {
    session.zones.iter().map(|zone| (zone.id.as_str(), zone.name.as_str())).collect()
}

fn zones(session: &Session, but: Option<&ZoneId>) -> Vec<String> {
    let zones = session.zones.keys().filter(|id| Some(*id) != but).map(|id| zone_text(session, Some(id)).to_owned());
    std::iter::once(NO_ZONE.to_owned()).chain(zones).collect()
}

fn zone_value(session: &Session, value: &str) -> Result<Option<ZoneId>, String> {
    if value == NO_ZONE {
        return Ok(None);
    }
    let found = meant(&known(session), value).unwrap_or(value);
    found.parse().map(Some).map_err(|e: crate::session::id::IdError| e.to_string())
}

fn zone_text<'a>(session: &'a Session, zone: Option<&'a ZoneId>) -> &'a str {
    zone.map_or(NO_ZONE, |zone| called(&known(session), zone.as_str()))
}

pub(super) fn fields(session: &Session, kinds: &Kinds, component: &Component) -> Vec<Field> {
    let entry_points = component.entry_points.iter().map(|point| match point.exposure {
        Exposure::Internal => point.name.clone(),
        exposure => format!("{}: {}", point.name, exposure.name()),
    });
    vec![
        Field::line("name", &component.name, "what people call it"),
        kind_field(kinds, &component.kind),
        Field::choice("element", component.element.name(), names::<Element>()),
        Field::choice("zone", zone_text(session, component.zone.as_ref()), zones(session, None)),
        Field::text("entry points", entry_points.collect::<Vec<_>>().join("\n")),
        Field::assets(session, &component.assets, "what it holds, like credentials, orders"),
        class_field(kinds, component),
        Field::person(session, "owner", &component.owner, "who runs it, when not the session's owner"),
        Field::line("model", &component.model, "the session file that models it, like ../identity/sign-in.tm.ron"),
        Field::text("code", component.code.join("\n")),
        Field::text("note", &component.note),
    ]
}

/// What a class is called that nobody set.
const BY_KIND: &str = "as its kind says";

/// How much of it the provider runs, and who answers for which part then.
fn class_field(kinds: &Kinds, component: &Component) -> Field {
    let set = component.responsibility.map_or(BY_KIND, Named::name);
    let options = std::iter::once(BY_KIND).chain(names::<ServiceClass>());
    let remark = catalog::class_of(kinds, component).map_or(String::new(), |class| {
        let shares = Part::ALL.map(|part| format!("{} {}", part.name(), part.answered_by(class).name()));
        let own = if component.responsibility.is_none() { format!("{}: ", class.name()) } else { String::new() };
        format!("{own}{}", shares.join(", "))
    });
    Field { remark, ..Field::choice("run as", set, options) }
}

fn kind_field(kinds: &Kinds, kind: &str) -> Field {
    let remark = match (kind, kinds.get(kind)) {
        ("", _) => String::new(),
        (_, Some(known)) => known.name.clone(),
        (_, None) => match kinds.nearest(kind) {
            Some(near) => format!("not a known kind; is it {near}?"),
            None => "not a known kind; kept as your own words".to_owned(),
        },
    };
    let hint = "enter lists what is known: sqldb, queue, aws.rds";
    Field { kind: Kind::Known(hint), remark, ..Field::line("kind", kind, hint) }
}

/// What a field can be chosen from, and which of it is chosen now.
pub(super) fn known_kinds(kinds: &Kinds, chosen: &str) -> (Vec<Item>, usize) {
    let known = kinds.all().iter().filter(|kind| kind.is_component());
    let items: Vec<Item> = known
        .map(|kind| {
            let mut item = Item::new(Value::Word(kind.id.clone()), format!("{:<16} {}", kind.id, kind.name));
            item.name = kind.id.clone().into();
            item.with(kind.aliases.join(" "))
        })
        .collect();
    let chosen = kinds.get(chosen).and_then(|kind| items.iter().position(|item| item.name == kind.id));
    (items, chosen.unwrap_or(0))
}

pub(super) fn change(
    session: &Session,
    kinds: &Kinds,
    component: &Component,
    field: &str,
    value: &str,
) -> Result<Edit, String> {
    let (mut next, mut new) = (component.clone(), Vec::new());
    match field {
        "name" => next.name = one_line(value),
        "kind" => {
            next.kind = one_line(value);
            // A kind that is known brings its element; one that is not leaves it as people set it.
            if next.kind != component.kind
                && let Some(kind) = kinds.get(&next.kind)
            {
                next.kind.clone_from(&kind.id);
                next.element = kind.element;
            }
        }
        "element" => next.element = chosen(value)?,
        "run as" => {
            next.responsibility = if value == BY_KIND { None } else { Some(chosen(value)?) };
        }
        "zone" => next.zone = zone_value(session, value)?,
        "entry points" => {
            next.entry_points =
                value.lines().filter_map(|line| entry_point(line).transpose()).collect::<Result<_, _>>()?;
        }
        "assets" => (next.assets, new) = assets(session, value),
        "owner" => next.owner = person(session, value)?,
        "model" => {
            next.model = one_line(value);
            // What was taken was taken from another file.
            next.taken = component.taken.filter(|_| next.model == component.model);
        }
        "code" => next.code = paths(value)?,
        "note" => next.note = value.into(),
        _ => return Err(format!("a component has no field `{field}`")),
    }
    Ok(with_new(session, new, Edit::Change(Entry::Component(Box::new(next)))))
}

/// `REST routes: internet`; without a word after a colon it is internal.
fn entry_point(line: &str) -> Result<Option<EntryPoint>, String> {
    let line = one_line(line);
    if line.is_empty() {
        return Ok(None);
    }
    Ok(Some(match line.rsplit_once(':') {
        Some((name, word)) => EntryPoint { name: name.trim().to_owned(), exposure: chosen(word)? },
        None => EntryPoint { name: line, exposure: Exposure::Internal },
    }))
}

pub(super) fn zone_fields(session: &Session, zone: &Zone) -> Vec<Field> {
    vec![
        Field::line("name", &zone.name, "what people call it"),
        Field::choice("exposure", zone.exposure.name(), names::<Exposure>()),
        Field::choice("parent", zone_text(session, zone.parent.as_ref()), zones(session, Some(&zone.id))),
        Field::text("note", &zone.note),
    ]
}

pub(super) fn change_zone(session: &Session, zone: &Zone, field: &str, value: &str) -> Result<Edit, String> {
    let mut next = zone.clone();
    match field {
        "name" => next.name = one_line(value),
        "exposure" => next.exposure = chosen(value)?,
        "parent" => next.parent = zone_value(session, value)?,
        "note" => next.note = value.into(),
        _ => return Err(format!("a zone has no field `{field}`")),
    }
    Ok(Edit::Change(Entry::Zone(next)))
}
