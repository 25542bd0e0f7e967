//! Who is meant when somebody says a name, and who is named where.
//!
//! Owns the one answer to that, for what is typed and for what is reviewed. Refuses to choose: a word that two people
//! share names neither, unless it is the first name of one alone.

use super::{Cells, EntryId, Person, Response, Session};

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

    /// Everybody who said, answered, signs for or sees to something, with the record that says so. Whoever a risk was
    /// transferred to need not take part.
    pub fn people_named(&self) -> impl Iterator<Item = (&str, EntryId)> {
        let flows = self.flows.iter().flat_map(|f| answered(&f.cells, EntryId::Flow(f.id)));
        let components = self.components.iter().flat_map(|c| answered(&c.cells, EntryId::Component(c.id.clone())));
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

/// Who gave each of these answers.
fn answered(cells: &Cells, entry: EntryId) -> impl Iterator<Item = (&str, EntryId)> {
    cells.iter().map(move |cell| (cell.by.as_str(), entry.clone()))
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
