//! What the filter of pane 1 looks at: the text of each row, written out once and again when its record changes.
//!
//! Owns what of a record can be searched for. Refuses: which rows there are and which are shown.

use std::collections::HashMap;

use crate::{
    app::outline::Row,
    session::{AssetId, Record, Session, Table, Threat, edit::EntryId},
};

/// The texts of the rows that were looked at.
#[derive(Debug)]
pub(super) struct Texts {
    session: Session,
    by_record: HashMap<EntryId, Box<str>>,
}

impl Texts {
    /// Of this session; nothing is written out yet.
    pub(super) fn of(session: &Session) -> Self {
        Self { session: session.clone(), by_record: HashMap::new() }
    }

    /// Takes the session as it is now; forgets the texts of what is another.
    pub(super) fn follow(&mut self, new: &Session) {
        let old = std::mem::replace(&mut self.session, new.clone());
        self.forget(&old.zones, &new.zones, EntryId::Zone);
        self.forget(&old.components, &new.components, EntryId::Component);
        self.forget(&old.flows, &new.flows, EntryId::Flow);
        self.forget(&old.unfiled, &new.unfiled, EntryId::Threat);
        self.forget(&old.notes, &new.notes, EntryId::Note);
        self.forget(&old.assumptions, &new.assumptions, EntryId::Assumption);
        self.forget(&old.assets, &new.assets, EntryId::Asset);
        self.forget(&old.people, &new.people, EntryId::Person);
    }

    fn forget<T: Record>(&mut self, old: &Table<T>, new: &Table<T>, entry: impl Fn(T::Id) -> EntryId) {
        if !self.by_record.is_empty() {
            for record in old.differences(new).filter_map(|(before, _)| before) {
                self.by_record.remove(&entry(record.id().clone()));
            }
        }
    }

    /// Whether the row holds each of these words, which are in lower case.
    pub(super) fn hold(&mut self, row: &Row, words: &[String]) -> bool {
        let session = &self.session;
        match row.entry() {
            None => matches!(row, Row::Zone(..)) && words.iter().all(|word| "no zone".contains(word)),
            Some(entry) => {
                let text = self.by_record.entry(entry).or_insert_with(|| text(session, row).to_lowercase().into());
                words.iter().all(|word| text.contains(word))
            }
        }
    }
}

fn text(session: &Session, row: &Row) -> String {
    let threats = |threats: &Table<Threat>| {
        let said = threats.iter().map(|t| format!(" {} {}", t.id, t.statement));
        said.collect::<String>()
    };
    let found = match row {
        Row::Heading(_) | Row::Zone(None, _) => None,
        Row::Zone(Some(id), _) => session.zones.get(id).map(|z| format!("{id} {}", z.name)),
        Row::Component(id, _) => {
            session.components.get(id).map(|c| format!("{id} {} {}{}", c.name, c.kind, threats(&c.threats)))
        }
        Row::Flow(id) => session.flows.get(id).map(|f| {
            let assets: Vec<_> = f.assets.iter().map(AssetId::as_str).collect();
            format!("{id} {} {} {} {} {} {}", f.from, f.to, f.label, f.protocol, assets.join(" "), threats(&f.threats))
        }),
        Row::Unfiled(id) => session.unfiled.get(id).map(|t| format!("{id} {}", t.statement)),
        Row::Note(id) => session.notes.get(id).map(|n| format!("{id} {} {}", n.text, n.owner)),
        Row::Assumption(id) => session.assumptions.get(id).map(|a| format!("{id} {}", a.text)),
        Row::Asset(id) => session.assets.get(id).map(|a| format!("{id} {}", a.name)),
        Row::Person(id) => session.people.get(id).map(|p| format!("{id} {}", p.name)),
    };
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture,
        session::{Edit, edit::Entry},
    };

    #[test]
    fn a_changed_record_alone_is_written_out_again() {
        let before = fixture::web();
        let rows: Vec<Row> = before.flows.keys().map(|id| Row::Flow(*id)).collect();
        let words = ["quarterly".to_owned()];
        let mut texts = Texts::of(&before);
        assert!(rows.iter().all(|row| !texts.hold(row, &words)));

        let mut flow = before.flows.iter().next().unwrap().clone();
        "quarterly report".clone_into(&mut flow.label);
        texts.follow(&before.apply(&Edit::Change(Entry::Flow(Box::new(flow)))).unwrap());
        assert_eq!(texts.by_record.len(), rows.len() - 1);
        assert!(texts.hold(&rows[0], &words) && !texts.hold(&rows[1], &words));
    }
}
