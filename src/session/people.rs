//! Who is meant when somebody says a name, and who is named where.
//!
//! Owns the one answer to that, for what is typed and for what is reviewed. Refuses to choose: a word that two people
//! share names neither, unless it is the first name of one alone.

use nucleo_matcher::chars::normalize;

use super::{Cells, Dismissal, EntryId, Person, Response, Session, Table};

/// Letters of the shortest beginning of a name that can stand for it.
const SHORTEST: usize = 2;

/// People that a doubt lists.
const LISTED: usize = 3;

/// Who is meant by what was said.
#[derive(Debug, Clone, PartialEq)]
pub enum Meant<'a> {
    /// Somebody who takes part.
    Person(&'a Person),
    /// One of these; nobody can say which.
    OneOf(Vec<&'a Person>),
    /// Nobody who takes part.
    Nobody,
}

impl Session {
    /// The person of that name or id, in any case and without accents; else the only one with that first name, else the
    /// only one whose name has that part: `lena`, `fox` and `lena_fox` are Lena Fox.
    pub fn person_called(&self, said: &str) -> Option<&Person> {
        match self.goes_by(&parts(said)) {
            Meant::Person(person) => Some(person),
            Meant::OneOf(_) | Meant::Nobody => None,
        }
    }

    /// The same for what somebody types: the beginning of a part is enough, and so are the initials. `~chl` is Chloé.
    pub fn person_meant(&self, said: &str) -> Meant<'_> {
        let said = parts(said.trim().trim_start_matches('~'));
        let called = self.goes_by(&said);
        let long = said.last().is_some_and(|last| last.chars().count() >= SHORTEST);
        if called != Meant::Nobody || !long {
            return called;
        }
        let begun = self.of(|person| begins(&parts(&person.name), &said) || begins(&parts(person.id.as_str()), &said));
        if begun == Meant::Nobody { self.of(|person| said == [person.initials()]) } else { begun }
    }

    /// What is written down for a name that was typed: the id of who is meant, else the words.
    pub fn who(&self, said: &str) -> String {
        match self.person_meant(said) {
            Meant::Person(person) => person.id.to_string(),
            Meant::OneOf(_) | Meant::Nobody => {
                let said = said.trim().trim_start_matches('~');
                said.split_whitespace().collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// Who goes by these parts of a name.
    fn goes_by(&self, said: &[String]) -> Meant<'_> {
        if said.is_empty() {
            return Meant::Nobody;
        }
        let named = |person: &&Person| parts(&person.name) == said;
        let listed = |person: &&Person| parts(person.id.as_str()) == said;
        // Of several with one name the id tells which.
        let people = || self.people.iter();
        let both = || people().find(|person| named(person) && listed(person));
        if let Some(person) = both().or_else(|| people().find(named)).or_else(|| people().find(listed)) {
            return Meant::Person(person);
        }
        let first = self.of(|person| said.len() == 1 && parts(&person.name).first() == said.first());
        if let Meant::Person(_) = first { first } else { self.of(|person| contains(&parts(&person.name), said)) }
    }

    fn of(&self, is_meant: impl Fn(&Person) -> bool) -> Meant<'_> {
        let found: Vec<&Person> = self.people.iter().filter(|person| is_meant(person)).collect();
        match found[..] {
            [] => Meant::Nobody,
            [only] => Meant::Person(only),
            _ => Meant::OneOf(found),
        }
    }

    /// Everybody who said, answered, signs for or sees to something, with the record that says so. Whoever a risk was
    /// transferred to need not take part.
    pub fn people_named(&self) -> impl Iterator<Item = (&str, EntryId)> {
        let flows = self.flows.iter().flat_map(|f| answered(&f.cells, &f.dismissed, EntryId::Flow(f.id)));
        let components = self.components.iter();
        let components = components.flat_map(|c| answered(&c.cells, &c.dismissed, EntryId::Component(c.id.clone())));
        let threats = self.threats().flat_map(|(_, threat)| {
            let signed = threat.acceptance.as_ref().filter(|_| threat.response != Some(Response::Transfer));
            let names = std::iter::once(threat.by.as_str()).chain(signed.map(|acceptance| acceptance.by.as_str()));
            names.map(|name| (name, EntryId::Threat(threat.id)))
        });
        let mitigations = self.mitigations.iter().map(|m| (m.owner.as_str(), EntryId::Mitigation(m.id)));
        let assumptions = self.assumptions.iter().map(|a| (a.by.as_str(), EntryId::Assumption(a.id)));
        let notes = self.notes.iter().flat_map(|note| {
            [note.by.as_str(), note.owner.as_str()].into_iter().map(|name| (name, EntryId::Note(note.id)))
        });
        let records = threats.chain(mitigations).chain(assumptions).chain(notes);
        flows.chain(components).chain(records).map(|(name, entry)| (name.trim(), entry))
    }
}

/// Who gave each of these answers, and who turned suggestions down.
fn answered<'a>(
    cells: &'a Cells,
    dismissed: &'a Table<Dismissal>,
    entry: EntryId,
) -> impl Iterator<Item = (&'a str, EntryId)> {
    let cells = cells.iter().map(|cell| cell.by.as_str());
    cells.chain(dismissed.iter().map(|one| one.by.as_str())).map(move |by| (by, entry.clone()))
}

impl Meant<'_> {
    /// Why a name that was typed is not a person who takes part, for the one who typed it; nothing where it is one.
    pub fn doubt(&self, said: &str) -> Option<String> {
        match self {
            Self::Person(_) => None,
            Self::Nobody => Some(format!("nobody here is called {said}: a new name")),
            Self::OneOf(people) => {
                let names: Vec<&str> = people.iter().take(LISTED).map(|person| person.name.as_str()).collect();
                let more = if people.len() > LISTED { " or others" } else { "" };
                Some(format!("`{said}` may be {}{more}; write more of the name", names.join(" or ")))
            }
        }
    }
}

impl Person {
    /// The first letters of their name: `ar` for Ana Ruiz.
    pub fn initials(&self) -> String {
        plain(&self.name).split_whitespace().filter_map(|part| part.chars().next()).collect()
    }
}

/// Text in which nobody needs to find the accents: lower case, `é` as `e`.
pub fn plain(text: &str) -> String {
    plain_letters(text).collect()
}

fn plain_letters(text: &str) -> impl Iterator<Item = char> {
    // An accent may be a character of its own, as in what is pasted from a file name.
    let letters = text.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    letters.map(normalize).flat_map(char::to_lowercase)
}

/// Whether both name the same, in any case, without accents, and however the parts are joined.
pub fn is_same_name(a: &str, b: &str) -> bool {
    let joined = |c| if matches!(c, '-' | '_') { ' ' } else { c };
    if a.is_ascii() && b.is_ascii() {
        // Most names, and most of them of another length or with another end.
        let same = |(x, y): (char, char)| joined(x.to_ascii_lowercase()) == joined(y.to_ascii_lowercase());
        return a.len() == b.len() && a.chars().rev().zip(b.chars().rev()).all(same);
    }
    plain_letters(a).map(joined).eq(plain_letters(b).map(joined))
}

/// The parts of a name, plain.
fn parts(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|part| !part.is_empty());
    parts.map(plain).collect()
}

fn contains(whole: &[String], part: &[String]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

/// Whether some parts of a name in a row are the words, the last of which may be cut short.
fn begins(whole: &[String], words: &[String]) -> bool {
    let Some((last, front)) = words.split_last() else { return false };
    whole.windows(words.len()).any(|window| {
        let (cut, exact) = (&window[front.len()], &window[..front.len()]);
        exact == front && cut.starts_with(last.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_by_any_part_that_nobody_shares() {
        let mut session = Session::new("Shop");
        for (id, name) in
            [("lena-fox", "Lena Fox"), ("ana", "Ana Ruiz"), ("bo", "Bo Ana Fox"), ("li", "Jean-Luc van der Li")]
        {
            let person = Person { id: id.parse().unwrap(), name: name.into(), roles: Vec::new() };
            session.people.insert(person);
        }
        for (said, id) in [
            ("lena", Some("lena-fox")),
            ("LENA fox", Some("lena-fox")),
            ("lena_fox", Some("lena-fox")),
            ("ana", Some("ana")),
            ("ruiz", Some("ana")),
            ("luc", Some("li")),
            ("van der", Some("li")),
            ("fox", None),
            ("len", None),
            ("zoe", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(session.person_called(said).map(|person| person.id.as_str()), id, "{said}");
        }
    }

    #[test]
    fn what_is_typed_may_be_a_beginning_without_accents() {
        let mut session = Session::new("Shop");
        for (id, name) in [("chloe-dupont", "Chloé Dupont"), ("ana", "Ana Ruiz"), ("anton", "Anton de la Cruz")] {
            let person = Person { id: id.parse().unwrap(), name: name.into(), roles: Vec::new() };
            session.people.insert(person);
        }
        for (said, ids) in [
            ("chl", &["chloe-dupont"][..]),
            ("chloe", &["chloe-dupont"]),
            ("CHLOÉ", &["chloe-dupont"]),
            ("Chloe\u{301}", &["chloe-dupont"]),
            ("~dup", &["chloe-dupont"]),
            ("chloé dup", &["chloe-dupont"]),
            ("de la cr", &["anton"]),
            ("ana", &["ana"]),
            ("an", &["ana", "anton"]),
            ("cd", &["chloe-dupont"]),
            ("c", &[]),
            ("zoe", &[]),
            ("hloe", &[]),
            ("", &[]),
        ] {
            let found = match session.person_meant(said) {
                Meant::Person(person) => vec![person.id.as_str()],
                Meant::OneOf(people) => people.iter().map(|person| person.id.as_str()).collect(),
                Meant::Nobody => Vec::new(),
            };
            assert_eq!(found, ids, "{said}");
        }
        assert_eq!((session.who("chl"), session.who(" an  x ")), ("chloe-dupont".to_owned(), "an x".to_owned()));
        assert_eq!(session.person_called("chl"), None);
        assert!(session.person_called("chloe").is_some());
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for (a, b, same) in [
            ("Ana Ruiz", "ana-ruiz", true),
            ("Chlo\u{e9} Dupont", "chloe dupont", true),
            ("Ana Ruiz", "Ana Ruis", false),
            ("Ana", "Ana Ruiz", false),
        ] {
            assert_eq!((is_same_name(a, b), is_same_name(b, a)), (same, same), "{a} {b}");
        }
    }
}
