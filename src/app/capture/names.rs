//! What a said name means in a session.
//!
//! Owns how people's words find records: a name in any case first, then the slug. Refuses to guess from parts; people
//! are found by [`Session::person_meant`].

use std::borrow::Cow;

use crate::{
    app::words,
    catalog::{Kind, Kinds},
    session::{Asset, Component, Element, Exposure, Flow, Place, Session, Threat, Zone},
};

use super::quote;

/// Whether two words are the same but for case.
pub(super) fn same(a: &str, b: &str) -> bool {
    // Every name of the session is compared with every name said, and most of both are ASCII.
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether `said` spells the slug, with blanks or underscores for hyphens.
fn spells(slug: &str, said: &str) -> bool {
    if slug.len() != said.len() && said.is_ascii() {
        return false;
    }
    let said = said.chars().flat_map(char::to_lowercase).map(|c| if matches!(c, ' ' | '_') { '-' } else { c });
    said.eq(slug.chars())
}

/// The first record with that name, else with that slug; `words` gives slug and name.
fn find<'a, T: 'a, I: Iterator<Item = &'a T>>(
    records: impl Fn() -> I,
    words: fn(&T) -> (&str, &str),
    said: &str,
) -> Option<&'a T> {
    let by_name = records().find(|r| same(words(r).1, said));
    by_name.or_else(|| records().find(|r| spells(words(r).0, said)))
}

/// What to look at when somebody is named who does not take part, where it is known who does.
pub(super) fn doubt(session: &Session, said: &str) -> Option<String> {
    if session.people.is_empty() { None } else { session.person_meant(said).doubt(said) }
}

/// The component called `said`.
pub(super) fn component<'a>(session: &'a Session, said: &str) -> Option<&'a Component> {
    find(|| session.components.iter(), |c| (c.id.as_str(), &c.name), said)
}

/// The only component that goes by another word of the same kind: `spa` where `browser` stands.
///
/// One of the two words must be the id of the kind, so that `mail` and `sms` stay two components.
pub(super) fn synonym<'a>(session: &'a Session, kinds: &Kinds, said: &str) -> Option<&'a Component> {
    let kind = kinds.get(said).filter(|kind| kind.is_component())?;
    let mut others = session.components.iter().filter(|component| {
        component.kind == kind.id
            && (same(&component.name, &kind.id)
                || (same(said, &kind.id) && kind.aliases.iter().any(|alias| same(alias, &component.name))))
    });
    others.next().filter(|_| others.next().is_none())
}

/// Words in front of `agent` that tell a program.
const PROGRAMS: &[&str] = &[
    "ai",
    "backup",
    "build",
    "ci",
    "code",
    "coding",
    "deploy",
    "endpoint",
    "llm",
    "log",
    "metrics",
    "monitoring",
    "node",
    "research",
    "security",
    "software",
    "ssm",
    "user",
    "virtual",
];

/// Whether a zone is that of somebody else: partners reach it, or its name says so.
pub(super) fn is_outside(zone: &Zone) -> bool {
    let told = |word: &str| {
        ["provider", "partner", "vendor", "supplier", "external"]
            .iter()
            .any(|other| same(other, word.strip_suffix('s').unwrap_or(word)))
    };
    let named = zone.name.split(|c: char| !c.is_alphanumeric()).any(told);
    zone.exposure == Exposure::Partner || named
}

/// The kind that the name of a component tells.
///
/// `redis` says it all; in `users db` and `match visitor` the last word does. Words for processes say too little there:
/// `ticket service` may be of any kind. An `admin` is a person unless the kind is said, and so is a `support agent`: only an
/// agent of [`PROGRAMS`] is one.
pub(super) fn kind<'k>(kinds: &'k Kinds, name: &str) -> Option<&'k Kind> {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let before = name.rsplit(' ').nth(1);
    let is_agent = same(last, "agent") && before.is_some_and(|word| !PROGRAMS.iter().any(|p| same(p, word)));
    if same(last, "admin") || is_agent {
        return kinds.get("human");
    }
    let tells = |kind: &&Kind| kind.element != Element::Process;
    let kind = kinds.get(name).or_else(|| kinds.get(last).filter(tells));
    kind.filter(|kind| kind.is_component())
}

/// The zone called `said`.
pub(super) fn zone<'a>(session: &'a Session, said: &str) -> Option<&'a Zone> {
    find(|| session.zones.iter(), |z| (z.id.as_str(), &z.name), said)
}

/// How a line says a component: by its name, by its slug when the name means another one.
pub fn say_component<'a>(session: &Session, component: &'a Component) -> Cow<'a, str> {
    let said = self::component(session, &component.name).is_some_and(|found| found.id == component.id);
    if said { quote::sayable(&component.name) } else { component.id.as_str().into() }
}

/// How a line says a zone behind an `@`: by its name, by its slug when the name means another one.
pub fn say_zone<'a>(session: &Session, zone: &'a Zone) -> Cow<'a, str> {
    let said = self::zone(session, &zone.name).is_some_and(|found| found.id == zone.id);
    if said { quote::sayable(&zone.name) } else { zone.id.as_str().into() }
}

/// The asset called `said`.
pub(super) fn asset<'a>(session: &'a Session, said: &str) -> Option<&'a Asset> {
    find(|| session.assets.iter(), |a| (a.id.as_str(), &a.name), said)
}

/// The number in `F3`, and the whole identity if a tail was said too.
fn number(said: &str, letter: char) -> Option<u32> {
    let digits = said.strip_prefix(letter).or_else(|| said.strip_prefix(letter.to_ascii_lowercase()))?;
    let digits = digits.split_once('-').map_or(digits, |(digits, _)| digits);
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Whether the word is spoken like a flow or threat, so that no component may be called so.
pub(super) fn is_numbered(said: &str) -> bool {
    number(said, 'F').or(number(said, 'T')).is_some()
}

/// The flow said as `F3`; none when two branches both made an `F3` and no tail tells them apart.
pub(super) fn flow<'a>(session: &'a Session, said: &str) -> Option<&'a Flow> {
    let number = number(said, 'F')?;
    let mut flows = session
        .flows
        .iter()
        .filter(|f| f.id.number() == number && (!said.contains('-') || f.id.to_string().eq_ignore_ascii_case(said)));
    flows.next().filter(|_| flows.next().is_none())
}

/// The threat said as `T5`, with its place.
pub(super) fn threat<'a>(session: &'a Session, said: &str) -> Option<(Place, &'a Threat)> {
    let number = number(said, 'T')?;
    let mut ids = session
        .threat_ids()
        .filter(|id| id.number() == number && (!said.contains('-') || id.to_string().eq_ignore_ascii_case(said)));
    let id = ids.next().filter(|_| ids.next().is_none())?;
    session.find_threat(id)
}

/// The flow or component said as `F3` or `api`.
pub(super) fn place(session: &Session, said: &str) -> Option<Place> {
    let on_flow = flow(session, said).map(|f| Place::Flow(f.id));
    on_flow.or_else(|| component(session, said).map(|c| Place::Component(c.id.clone())))
}

/// The place in words: `F3 browser → api`, `api`, `the unfiled tray`.
pub(super) fn words(session: &Session, place: &Place) -> String {
    match place {
        Place::Flow(id) => session.flows.get(id).map_or_else(
            || id.short(),
            |flow| {
                let [from, to] = [&flow.from, &flow.to].map(|end| words::component(session, end));
                format!("{} {from} → {to}", id.short())
            },
        ),
        Place::Component(id) => words::component(session, id).to_owned(),
        Place::Unfiled => "the unfiled tray".to_owned(),
    }
}

/// Whether the place exists.
pub(super) fn exists(session: &Session, place: &Place) -> bool {
    session.threats_at(place).is_some()
}
