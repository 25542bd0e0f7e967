//! Lines that begin with a keyword: `zone`, `asset`, `person`, `entry`.
//!
//! Owns when such a line describes a record and when it is only a sentence that begins with that word: a name has at
//! most three words, and `person in the middle` names nobody.

use crate::session::{Class, Exposure, Named, Role, Session};

use super::{
    mark::{Marks, PartKind},
    model::is_name,
    names, quote,
    understood::Line,
};

/// The words of an enumeration on the capture line: its names, and others people say for them.
pub(super) struct Words<T: 'static>(&'static [(&'static str, T)]);

/// The words for who can reach something.
pub(super) const EXPOSURES: &Words<Exposure> = &Words(&[]);

/// The words for a data class.
pub(super) const CLASSES: &Words<Class> = &Words(&[("secret", Class::Restricted)]);

/// The words for a perspective.
pub(super) const ROLES: &Words<Role> = &Words(&[
    ("dev", Role::Developer),
    ("attacker", Role::Adversary),
    ("security", Role::AppSec),
    ("scribe", Role::NoteTaker),
]);

impl<T: Named> Words<T> {
    /// The value of a word in any case.
    pub(super) fn value(&self, said: &str) -> Option<T> {
        let other = || self.0.iter().find(|(word, _)| names::same(word, said)).map(|(_, value)| *value);
        T::from_name(said).or_else(other)
    }

    /// Every word.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        T::ALL.iter().map(|value| value.name()).chain(self.0.iter().map(|(word, _)| *word))
    }
}

/// The keywords, with what comes after each.
pub(super) const KEYWORDS: &[(&str, &str)] = &[
    ("zone", "NAME < PARENT internet|partner|internal|isolated"),
    ("asset", "NAME public|internal|confidential|restricted"),
    ("person", "NAME role, role"),
    ("entry", "COMPONENT: NAME internet|partner|internal|isolated"),
];

/// Splits a value word off the end, leaving at least one word in front.
fn ending<'l, T: Named>(text: &'l str, words: &Words<T>) -> Option<(&'l str, &'l str, T)> {
    let (front, last) = text.trim_end().rsplit_once(' ')?;
    let front = front.trim_end();
    words.value(last).filter(|_| !front.is_empty()).map(|value| (front, last, value))
}

/// A line with a keyword.
pub(super) fn read<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (keyword, rest) = text.split_once(' ')?;
    let here = marks.here();
    marks.add(keyword, PartKind::Keyword);
    let rest = rest.trim();
    let line = match keyword.to_ascii_lowercase().as_str() {
        "zone" => zone(rest, marks),
        "asset" => asset(rest, marks),
        "person" => person(rest, session, marks),
        "entry" => entry(rest, session, marks),
        _ => None,
    };
    if line.is_none() {
        marks.rewind(here);
    }
    line
}

/// `Edge`, `Edge < VPC`, `Edge < VPC isolated`.
fn zone<'l>(text: &'l str, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (text, said, exposure) = match ending(text, EXPOSURES) {
        Some((front, last, exposure)) if !front.ends_with('<') => (front, last, Some(exposure)),
        _ => (text, "", None),
    };
    let (name, parent) = match quote::masked(text).find('<') {
        Some(at) => (text[..at].trim(), Some(text[at + 1..].trim())),
        None => (text, None),
    };
    let name = quote::name(name)?;
    let parent = match parent {
        Some(parent) => Some(quote::name(parent)?),
        None => None,
    };
    marks.add(name, PartKind::Zone);
    marks.add(parent.unwrap_or(""), PartKind::Zone);
    marks.add(said, PartKind::Class);
    Some(Line::Zone { name, parent, exposure })
}

/// `credentials`, `credentials confidential`, `client secret: restricted`.
fn asset<'l>(text: &'l str, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let colon = quote::masked(text).find(':');
    let after_colon = colon.map(|at| (text[..at].trim(), text[at + 1..].trim()));
    let (name, said, class) = match after_colon {
        Some((name, said)) => (name, said, Some(CLASSES.value(said)?)),
        None => match ending(text, CLASSES) {
            Some((name, said, class)) => (name, said, Some(class)),
            None => (text, "", None),
        },
    };
    let name = quote::name(name)?;
    marks.add(name, PartKind::Asset);
    marks.add(said, PartKind::Class);
    Some(Line::Asset { name, class })
}

/// `Ana Ruiz developer, defender`, `ana: moderator`, `Ana Ruiz`.
fn person<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let mut roles = Vec::new();
    let mut name = text;
    if let Some((front, said)) = text.split_once(':') {
        for part in said.split([',', ' ']).filter(|part| !part.is_empty() && *part != "and") {
            roles.push((part, ROLES.value(part)?));
        }
        name = front.trim_end();
    } else {
        loop {
            let front = name.trim_end_matches([',', ' ']);
            if let Some((before, last, role)) = ending(front, ROLES) {
                roles.push((last, role));
                name = before;
            } else if let Some(before) = front.strip_suffix(" and").filter(|_| !roles.is_empty()) {
                name = before;
            } else {
                name = front;
                break;
            }
        }
        roles.reverse();
    }
    let like_a_name = || name.split(' ').all(|word| word.starts_with(char::is_uppercase)) || !name.contains(' ');
    let sure = !roles.is_empty() || session.person_called(name).is_some() || like_a_name();
    if !is_name(name) || !sure {
        return None;
    }
    marks.add(name, PartKind::Person);
    for (said, _) in &roles {
        marks.add(said, PartKind::Role);
    }
    let mut roles: Vec<Role> = roles.into_iter().map(|(_, role)| role).collect();
    roles.sort_unstable();
    roles.dedup();
    Some(Line::Person { name, roles })
}

/// `api: REST routes internet`, for a component that exists.
fn entry<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (component, rest) = text.split_once(':')?;
    let component = component.trim_end();
    names::component(session, component)?;
    let rest = rest.trim();
    let (name, said, exposure) = match ending(rest, EXPOSURES) {
        Some((name, said, exposure)) => (name, said, Some(exposure)),
        None => (rest, "", None),
    };
    if name.is_empty() {
        return Some(Line::Unsaid("a way in: a port, a page, a queue"));
    }
    marks.add(component, PartKind::Component);
    marks.add(said, PartKind::Class);
    Some(Line::Entry { component, name, exposure })
}

/// Who an action is for: a known person's slug, else a single word of letters as it was said.
pub(super) fn owner(session: &Session, said: &str) -> Option<String> {
    let known = session.person_called(said).map(|person| person.id.to_string());
    let one_word = !said.is_empty() && said.chars().all(|c| c.is_alphabetic() || c == '-');
    known.or_else(|| one_word.then(|| said.to_owned()))
}
