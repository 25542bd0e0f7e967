//! From a line that draws to edits: flows, components, zones, assets, people, ways in.

use crate::{
    app::{reshape, words},
    session::{
        AssetId, Class, ComponentId, Edit, EntryPoint, Exposure, Flow, FlowId, Named, Person, Place, Role, Session,
        edit::{Entry, EntryId},
    },
};

use super::{
    Became,
    draft::Draft,
    names,
    understood::{Detail, Phrase, Record},
};

/// Flows along a route, with the components and assets they need.
pub(super) fn flows(draft: &mut Draft<'_>, ends: &[Phrase<'_>], back: &[bool], detail: &Detail<'_>) -> Became {
    let ids: Vec<ComponentId> = ends.iter().map(|end| draft.end(end)).collect();
    let assets: Vec<_> = detail.assets.iter().map(|asset| draft.asset(asset, None)).collect();
    let mut drawn: Vec<(FlowId, &'static str)> = Vec::new();
    for (pair, back) in ids.windows(2).zip(back) {
        let [from, to] = pair else { continue };
        let there = (from, to);
        let ways = if *back && from != to { vec![there, (to, from)] } else { vec![there] };
        for (from, to) in ways {
            let same = |f: &&Flow| f.from == *from && f.to == *to && names::same(&f.label, &detail.label);
            let before = draft.session.flows.iter().find(same).cloned();
            let is_new = before.is_none();
            let mut flow = before.clone().unwrap_or_else(|| {
                let id = draft.session.fresh_flow(draft.suffixes);
                Flow { label: detail.label.clone(), ..Flow::new(id, from.clone(), to.clone()) }
            });
            for asset in &assets {
                if !flow.assets.contains(asset) {
                    flow.assets.push(asset.clone());
                }
            }
            if !detail.protocol.is_empty() {
                flow.protocol.clone_from(&detail.protocol);
            }
            let id = flow.id;
            let verb = if is_new {
                draft.try_push(Edit::Add(Entry::Flow(Box::new(flow))));
                "add"
            } else if before.as_ref() == Some(&flow) {
                "keep"
            } else {
                draft.try_push(Edit::Change(Entry::Flow(Box::new(flow))));
                "change"
            };
            drawn.push((id, verb));
        }
    }
    let drawn_as = draft.take_drawn_as();
    let shaped = |id: &ComponentId| {
        let name = words::component(&draft.session, id);
        let shape = drawn_as.iter().find(|(drawn, _)| matches!(drawn, EntryId::Component(drawn) if drawn == id));
        shape.map_or_else(|| name.to_owned(), |(_, shape)| format!("{name} ({shape})"))
    };
    let shown = |id: FlowId| match draft.session.flows.get(&id) {
        Some(flow) => format!("{} {} → {}", id.short(), shaped(&flow.from), shaped(&flow.to)),
        None => id.short(),
    };
    let plain = |id: FlowId| names::words(&draft.session, &Place::Flow(id));
    let list = |wanted: &str, words: &dyn Fn(FlowId) -> String| {
        let ids = drawn.iter().filter(|(_, verb)| *verb == wanted).map(|(id, _)| *id);
        let list: Vec<String> = ids.map(words).collect();
        let noun = if list.len() == 1 { "flow" } else { "flows" };
        (!list.is_empty()).then(|| format!("{noun} {}", list.join(", ")))
    };
    let (added, changed, kept) = (list("add", &shown), list("change", &plain), list("keep", &plain));
    let colon = if detail.label.is_empty() { "" } else { ": " };
    let words = [
        added.as_ref().map(|flows| format!("{flows}{colon}{}", detail.label)),
        changed.as_ref().map(|flows| {
            format!("{} {flows}{}", draft.verb("changes", "changed"), said(&draft.session, &assets, detail))
        }),
        kept.as_ref().map(|flows| format!("{flows} is there already")),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let label = match (added, changed, kept) {
        (Some(_), _, _) => format!("add {}", list("add", &plain).unwrap_or_default()),
        (None, Some(flows), _) => format!("change {flows}"),
        (None, None, flows) => format!("keep {}", flows.unwrap_or_default()),
    };
    let focus = drawn.iter().find(|(_, verb)| *verb == "add").or(drawn.first()).map(|(id, _)| EntryId::Flow(*id));
    let besides = focus.as_ref().map_or_else(String::new, |focus| draft.besides(focus));
    Became { label, words: format!("{}{besides}", words.join("; ")), focus }
}

/// What a line says about flows besides ends and label: `: %credentials, https`.
fn said(session: &Session, assets: &[AssetId], detail: &Detail<'_>) -> String {
    let assets = assets.iter().map(|asset| format!("%{}", words::asset(session, asset)));
    let protocol = Some(detail.protocol.clone()).filter(|protocol| !protocol.is_empty());
    let said: Vec<String> = assets.chain(protocol).collect();
    if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) }
}

/// A record that was said after its keyword.
pub(super) fn said_record(draft: &mut Draft<'_>, said: Record<'_>) -> Option<Became> {
    Some(match said {
        Record::Entry { component, name, exposure } => entry(draft, component, name, exposure)?,
        Record::Zone { name, parent, exposure } => zone(draft, name, parent, exposure),
        Record::Asset { name, class } => asset(draft, name, class),
        Record::Person { name, roles } => person(draft, name, &roles),
    })
}

/// A component in a zone, and what it holds besides what it held before.
pub(super) fn component(draft: &mut Draft<'_>, phrase: &Phrase<'_>, held: &[&str]) -> Became {
    let id = draft.component(phrase);
    let held: Vec<_> = held.iter().map(|asset| draft.asset(asset, None)).collect();
    if let Some(mut component) = draft.session.components.get(&id).cloned() {
        let more: Vec<_> = held.into_iter().filter(|asset| !component.assets.contains(asset)).collect();
        let record = EntryId::Component(id.clone());
        if !more.is_empty() {
            component.assets.extend(more);
            if draft.try_push(Edit::Change(Entry::Component(Box::new(component)))) && !draft.made.contains(&record) {
                draft.changed.push(record);
            }
        }
    }
    let kind = phrase.kind.map_or_else(String::new, |kind| format!(", {}", kind.id));
    let zone = draft.session.components.get(&id).and_then(|c| c.zone.as_ref());
    let zone = zone.map_or_else(String::new, |zone| format!(" in zone {}", words::zone(&draft.session, zone)));
    record(draft, EntryId::Component(id), &format!("{zone}{kind}"))
}

/// A component in the middle of a flow; where nothing else is said a new one stands in the zone the flow leads to.
pub(super) fn via(draft: &mut Draft<'_>, flow: FlowId, phrase: &Phrase<'_>) -> Option<Became> {
    let before = draft.session.flows.get(&flow)?.clone();
    let is_new = names::component(&draft.session, phrase.name).is_none();
    let id = draft.component(phrase);
    if is_new && phrase.zone.is_none() {
        let zone = draft.session.components.get(&before.to).and_then(|to| to.zone.clone());
        let mut component = draft.session.components.get(&id)?.clone();
        component.zone = zone;
        draft.try_push(Edit::Change(Entry::Component(Box::new(component))));
    }
    let words = match reshape::via(&draft.session, flow, &id, draft.suffixes) {
        Ok(edits) => {
            for edit in edits {
                draft.try_push(edit);
            }
            let after = draft.session.flows.iter().max_by_key(|flow| flow.id.number()).map(|flow| flow.id)?;
            let [first, second] = [flow, after].map(|flow| names::words(&draft.session, &Place::Flow(flow)));
            format!("{} flow {first}; new flow {second}", draft.verb("changes", "changed"))
        }
        Err(reason) => {
            draft.warnings.push(reason.to_owned());
            format!("flow {} stays as it is", names::words(&draft.session, &Place::Flow(flow)))
        }
    };
    let besides = draft.besides(&EntryId::Flow(flow));
    let label = format!("put {id} into flow {}", flow.short());
    Some(Became { label, words: format!("{words}{besides}"), focus: Some(EntryId::Flow(flow)) })
}

/// As many of a component as wanted, those counted that are there already.
pub(super) fn copies(draft: &mut Draft<'_>, of: &ComponentId, wanted: usize) -> Option<Became> {
    let mut made = Vec::new();
    for name in reshape::missing(&draft.session, of, wanted) {
        for edit in reshape::copy(&draft.session, of, &name, draft.suffixes) {
            if let Edit::Add(Entry::Component(copy)) = &edit {
                made.push(copy.id.clone());
            }
            draft.try_push(edit);
        }
    }
    let flows = draft.edits.iter().filter(|edit| matches!(edit, Edit::Add(Entry::Flow(_)))).count();
    let name = draft.session.components.get(of)?.name.clone();
    let focus = Some(EntryId::Component(made.first().unwrap_or(of).clone()));
    let words = match made.as_slice() {
        [] => format!("there are {wanted} of {name} already"),
        made => {
            let list: Vec<String> = made.iter().map(ToString::to_string).collect();
            let noun = if made.len() == 1 { "component" } else { "components" };
            let with = if flows == 1 { "flow" } else { "flows" };
            format!("new {noun} {} like {name}, {flows} {with}", list.join(", "))
        }
    };
    Some(Became { label: format!("make {wanted} of {of}"), words, focus })
}

/// A zone, its parent and who can reach it.
fn zone(draft: &mut Draft<'_>, name: &str, parent: Option<&str>, exposure: Option<Exposure>) -> Became {
    let id = draft.zone(name, exposure);
    let parent = parent.map(|parent| draft.zone(parent, None));
    if let Some(before) = draft.session.zones.get(&id).cloned() {
        let mut zone = before.clone();
        zone.exposure = exposure.unwrap_or(zone.exposure);
        if zone != before && draft.try_push(Edit::Change(Entry::Zone(zone.clone()))) {
            draft.changed.push(EntryId::Zone(id.clone()));
        }
        // The parent comes last: a zone inside itself is refused, and the rest of the line still counts.
        if parent.is_some() && zone.parent != parent {
            zone.parent = parent;
            if draft.try_push(Edit::Change(Entry::Zone(zone))) {
                draft.changed.push(EntryId::Zone(id.clone()));
            }
        }
    }
    let zone = draft.session.zones.get(&id);
    let inside = zone
        .and_then(|z| z.parent.as_ref())
        .map_or_else(String::new, |parent| format!(" in {}", words::zone(&draft.session, parent)));
    let reach = zone.map_or("", |z| z.exposure.name());
    record(draft, EntryId::Zone(id), &format!("{inside}, {reach}"))
}

/// An asset and its class.
fn asset(draft: &mut Draft<'_>, name: &str, class: Option<Class>) -> Became {
    let id = draft.asset(name, class);
    if let Some(mut asset) = draft.session.assets.get(&id).cloned()
        && let Some(class) = class.filter(|class| *class != asset.class)
    {
        asset.class = class;
        if draft.try_push(Edit::Change(Entry::Asset(asset))) {
            draft.changed.push(EntryId::Asset(id.clone()));
        }
    }
    let class = draft.session.assets.get(&id).map_or("", |asset| asset.class.name());
    record(draft, EntryId::Asset(id), &format!(", {class}"))
}

/// A person; roles said later are added to those said before.
fn person(draft: &mut Draft<'_>, name: &str, roles: &[Role]) -> Became {
    let before = draft.session.person_called(name).cloned();
    let mut person = before.clone().unwrap_or_else(|| Person {
        id: draft.session.fresh_person(name),
        name: name.to_owned(),
        roles: Vec::new(),
    });
    person.roles.extend(roles.iter().filter(|role| !person.roles.contains(role)).copied().collect::<Vec<_>>());
    person.roles.sort_unstable();
    let id = person.id.clone();
    let said: Vec<&str> = person.roles.iter().map(|role| role.name()).collect();
    let roles = if said.is_empty() { String::new() } else { format!(", {}", said.join(", ")) };
    match before {
        None => {
            if draft.try_push(Edit::Add(Entry::Person(person))) {
                draft.made.push(EntryId::Person(id.clone()));
            }
        }
        Some(before) if before != person => {
            if draft.try_push(Edit::Change(Entry::Person(person))) {
                draft.changed.push(EntryId::Person(id.clone()));
            }
        }
        Some(_) => {}
    }
    record(draft, EntryId::Person(id), &roles)
}

/// A way into a component; reachable like its zone unless it was said otherwise.
fn entry(draft: &mut Draft<'_>, component: &str, name: &str, exposure: Option<Exposure>) -> Option<Became> {
    let mut component = names::component(&draft.session, component)?.clone();
    let (id, called) = (component.id.clone(), component.name.clone());
    let point = component.entry_points.iter_mut().find(|point| names::same(&point.name, name));
    let reach = exposure.unwrap_or_else(|| match &point {
        Some(point) => point.exposure,
        None => zone_exposure(&draft.session, component.zone.as_ref()),
    });
    match point {
        Some(point) => point.exposure = reach,
        None => component.entry_points.push(EntryPoint { name: name.to_owned(), exposure: reach }),
    }
    let reach = reach.name();
    let words = if draft.session.components.get(&id) == Some(&component) {
        format!("entry point {name} of {called} is there already")
    } else {
        draft.try_push(Edit::Change(Entry::Component(Box::new(component))));
        format!("entry point of {called}: {name}, {reach}")
    };
    Some(Became { label: format!("add entry point to {called}"), words, focus: Some(EntryId::Component(id)) })
}

fn zone_exposure(session: &Session, zone: Option<&crate::session::ZoneId>) -> Exposure {
    zone.and_then(|zone| session.zones.get(zone)).map_or(Exposure::default(), |zone| zone.exposure)
}

/// The words for one record that was made, changed, or is as it was said.
fn record(draft: &Draft<'_>, id: EntryId, details: &str) -> Became {
    let subject = draft.subject(&id);
    let besides = draft.besides(&id);
    let (verb, words) = if draft.made.contains(&id) {
        ("add", format!("{subject}{details}{}{besides}", draft.drawn_as(&id)))
    } else if draft.changed.contains(&id) {
        ("change", format!("{} {subject}{details}{besides}", draft.verb("changes", "changed")))
    } else {
        ("keep", format!("{subject} is there already{besides}"))
    };
    Became { label: format!("{verb} {subject}"), words, focus: Some(id) }
}
