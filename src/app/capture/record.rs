//! Lines that begin with a keyword: `zone`, `asset`, `person`, `entry`.
//!
//! Owns when such a line describes a record and when it is only a sentence that begins with that word: a name has at
//! most three words, and `person in the middle` names nobody. One bad word makes no sentence: it is left out and named
//! in a warning.

use crate::session::{Class, Exposure, Named, Role, Session};

use super::{
    mark::{Marks, PartKind},
    names, quote,
    understood::{Line, Record},
};

/// The words of an enumeration on the capture line: its names, and others people say for them.
pub(super) struct Words<T: 'static>(&'static [(&'static str, T)]);

/// The words for who can reach something.
pub(super) const EXPOSURES: &Words<Exposure> = &Words(&[
    ("public", Exposure::Internet),
    // Whoever says no more than that may mean anybody.
    ("external", Exposure::Internet),
    ("third-party", Exposure::Partner),
    ("private", Exposure::Internal),
    ("restricted", Exposure::Isolated),
]);

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

    /// The word that was probably meant by one with a slip of the pen in it.
    fn meant(&self, said: &str) -> Option<&'static str> {
        let said = said.to_lowercase();
        self.all().filter(|word| word.len() >= 5).find(|word| strsim::osa_distance(word, &said) == 1)
    }

    /// Says that a word is none of these.
    fn refusal(&self, what: &str, said: &str) -> String {
        let names = || T::ALL.iter().map(|value| value.name()).collect::<Vec<_>>().join(", ");
        let near = self.meant(said).map(|meant| format!("is it `{meant}`?"));
        format!("`{said}` is no {what}; {}", near.unwrap_or_else(|| format!("there are {}", names())))
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

/// A value at the end of some words, and what stands in front of it.
struct Ending<'l, T> {
    front: &'l str,
    /// The word as it was said; empty when there is none.
    said: &'l str,
    value: Option<T>,
    /// What is wrong with it.
    wrong: Option<String>,
}

/// Splits a value word off the end, or one that was probably meant to be one, leaving at least one word in front.
fn ending<'l, T: Named>(text: &'l str, what: &str, words: &Words<T>) -> Ending<'l, T> {
    let none = Ending { front: text, said: "", value: None, wrong: None };
    let Some((front, said)) = text.trim_end().rsplit_once(' ') else { return none };
    let front = front.trim_end();
    let value = words.value(said);
    let wrong = words.meant(said).filter(|_| value.is_none()).map(|_| words.refusal(what, said));
    let fits = !front.is_empty() && !front.ends_with('<') && (value.is_some() || wrong.is_some());
    if fits { Ending { front, said, value, wrong } } else { none }
}

/// The value after a colon or at the end; `None` for a sentence after a colon.
fn value<'l, T: Named>(text: &'l str, what: &str, words: &Words<T>) -> Option<Ending<'l, T>> {
    let Some(at) = quote::masked(text).find(':') else { return Some(ending(text, what, words)) };
    let (front, said) = (text[..at].trim_end(), text[at + 1..].trim());
    let value = words.value(said);
    let wrong = (value.is_none() && !said.is_empty()).then(|| words.refusal(what, said));
    (said.split(' ').count() <= 2).then_some(Ending { front, said, value, wrong })
}

/// A line with a keyword.
pub(super) fn read<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (keyword, rest) = text.split_once(' ')?;
    let here = marks.here();
    marks.add(keyword, PartKind::Keyword);
    let rest = rest.trim();
    let line = match keyword.to_ascii_lowercase().as_str() {
        "zone" => zone(rest, session, marks),
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

/// `Edge`, `Edge < VPC`, `Edge < VPC isolated`, `Edge: internet`.
fn zone<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let exposure = value(text, "exposure", EXPOSURES)?;
    let text = exposure.front;
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
    exposure.mark(PartKind::Class, marks);
    let wrong =
        exposure.wrong.or_else(|| [Some(name), parent].into_iter().flatten().find_map(|name| longer(session, name)));
    Some(Line::Record(Record::Zone { name, parent, exposure: exposure.value }, wrong))
}

/// Says that a new name begins like that of a zone there is: the word behind it was perhaps to say who can reach it.
fn longer(session: &Session, name: &str) -> Option<String> {
    let (front, last) = name.rsplit_once(' ')?;
    let known = names::zone(session, front).filter(|_| names::zone(session, name).is_none())?;
    let words = Exposure::ALL.iter().map(|value| value.name()).collect::<Vec<_>>().join(", ");
    let known = &known.name;
    Some(format!("`{name}` is another zone than `{known}`: `{last}` does not say who can reach it; there are {words}"))
}

/// `credentials`, `credentials confidential`, `client secret: restricted`.
fn asset<'l>(text: &'l str, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let class = value(text, "class", CLASSES)?;
    let name = quote::name(class.front)?;
    marks.add(name, PartKind::Asset);
    class.mark(PartKind::Class, marks);
    Some(Line::Record(Record::Asset { name, class: class.value }, class.wrong))
}

impl<T> Ending<'_, T> {
    /// Marks the word as it was said, when it is a value.
    fn mark(&self, kind: PartKind, marks: &mut Marks<'_>) {
        if self.value.is_some() {
            marks.add(self.said, kind);
        }
    }
}

/// Words after the colon of a person that are no roles, at most; more are a sentence.
const SLIPS: usize = 2;

/// `Ana Ruiz developer, defender`, `ana: moderator`, `Ana Ruiz`.
fn person<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (name, said) = match text.split_once(':') {
        Some((name, said)) => (name.trim_end(), said.split([',', ' ']).filter(|part| !part.is_empty()).collect()),
        None => roles_at_the_end(text, session),
    };
    let said: Vec<&str> = said.into_iter().filter(|part| *part != "and").collect();
    let (known, unknown): (Vec<&str>, Vec<&str>) = said.into_iter().partition(|part| ROLES.value(part).is_some());
    let is_known = session.person_called(name).is_some();
    let sure = is_known || is_capitalised(name) || !name.contains(' ') || (!known.is_empty() && unknown.is_empty());
    if !quote::is_name(name) || !sure || unknown.len() > SLIPS {
        return None;
    }
    marks.add(name, PartKind::Person);
    for said in &known {
        marks.add(said, PartKind::Role);
    }
    let mut roles: Vec<Role> = known.iter().filter_map(|said| ROLES.value(said)).collect();
    roles.sort_unstable();
    roles.dedup();
    let wrong = (!unknown.is_empty()).then(|| ROLES.refusal("role", &unknown.join(" ")));
    Some(Line::Record(Record::Person { name, roles }, wrong))
}

/// A name and the roles behind it: known ones, and one word in lower case after words with capitals.
fn roles_at_the_end<'l>(text: &'l str, session: &Session) -> (&'l str, Vec<&'l str>) {
    let mut roles = Vec::new();
    let mut name = text.trim_end_matches([',', ' ']);
    while let Some((front, last)) = name.rsplit_once(' ') {
        let is_and = last == "and" && !roles.is_empty();
        if ROLES.value(last).is_some() {
            roles.push(last);
        } else if !is_and {
            break;
        }
        name = front.trim_end_matches([',', ' ']);
    }
    if let Some((front, last)) = name.rsplit_once(' ')
        && is_capitalised(front)
        && !is_capitalised(last)
        && session.person_called(name).is_none()
    {
        roles.push(last);
        name = front.trim_end_matches([',', ' ']);
    }
    roles.reverse();
    (name, roles)
}

/// Whether every word begins with a capital.
fn is_capitalised(text: &str) -> bool {
    text.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// `api: REST routes internet`, for a component that exists.
fn entry<'l>(text: &'l str, session: &Session, marks: &mut Marks<'l>) -> Option<Line<'l>> {
    let (component, rest) = text.split_at(quote::masked(text).find(':')?);
    let component = component.trim_end();
    let component = quote::quoted(component).unwrap_or(component);
    names::component(session, component)?;
    let exposure = ending(rest[1..].trim(), "exposure", EXPOSURES);
    let name = exposure.front;
    if name.is_empty() {
        return Some(Line::Unsaid("a way in: a port, a page, a queue"));
    }
    marks.add(component, PartKind::Component);
    exposure.mark(PartKind::Class, marks);
    Some(Line::Record(Record::Entry { component, name, exposure: exposure.value }, exposure.wrong))
}

/// Who an action is for: a known person's slug, else a single word of letters as it was said.
pub(super) fn owner(session: &Session, said: &str) -> Option<String> {
    let one_word = !said.is_empty() && said.chars().all(|c| c.is_alphabetic() || c == '-');
    (one_word || session.person_called(said).is_some()).then(|| session.who(said))
}
