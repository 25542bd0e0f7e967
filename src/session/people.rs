//! Who is meant when somebody says a name.
//!
//! Owns the one answer to that, for what is typed and for what is reviewed. Refuses to choose: a word that two people
//! share names neither, unless it is the first name of one alone.

use super::{Person, Session};

impl Session {
    /// The person of that name or id, in any case; else the only one with that first name, else the only one whose name
    /// has that part: `lena`, `fox` and `lena_fox` are Lena Fox.
    pub fn person_called(&self, said: &str) -> Option<&Person> {
        let said = parts(said);
        let named = |person: &&Person| parts(&person.name) == said || parts(person.id.as_str()) == said;
        let first = |person: &&Person| said.len() == 1 && parts(&person.name).first() == said.first();
        let part = |person: &&Person| contains(&parts(&person.name), &said);
        if said.is_empty() {
            return None;
        }
        let whole = self.people.iter().find(named);
        whole.or_else(|| only(self.people.iter().filter(first))).or_else(|| only(self.people.iter().filter(part)))
    }
}

/// The parts of a name, in lower case.
fn parts(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

fn contains(whole: &[String], part: &[String]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
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
}
