//! Where repudiation weighs more: records that others rely on, money and consent.

use crate::session::{Component, Element, Flow, Session};

/// Whether someone will have to prove what happened on a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// No more than anywhere else.
    Usual,
    /// The flow writes a record that others rely on, moves money or takes consent.
    Owed,
}

/// Words in the name or kind of a target that make it a log or audit store. Whole words, so `login` is none of them.
const RECORDS: [&str; 9] =
    ["log", "logs", "logging", "logstore", "audit", "auditlog", "siem", "cloudtrail", "cloudwatch"];

/// Words in an asset or the label of a flow that mean money or consent.
const OBLIGATIONS: [&str; 9] =
    ["payment", "payments", "invoice", "invoices", "refund", "refunds", "money", "consent", "consents"];

impl Proof {
    /// Reads it from the target's name and kind and from what the flow carries and is called.
    ///
    /// Limitations: knows a few English words and nothing else. A miss leaves R at "ask", where it is still asked.
    pub fn of(session: &Session, flow: &Flow) -> Self {
        let records = session.components.get(&flow.to).is_some_and(keeps_records);
        let carries_obligation = flow.assets.iter().any(|id| {
            let name = session.assets.get(id).map_or("", |asset| &asset.name);
            says(id.as_str(), &OBLIGATIONS) || says(name, &OBLIGATIONS)
        });
        if records || carries_obligation || says(&flow.label, &OBLIGATIONS) { Self::Owed } else { Self::Usual }
    }
}

/// Whether a component is a log or audit store, as its name or kind says. A person is none.
pub fn keeps_records(component: &Component) -> bool {
    component.element != Element::Actor && (says(&component.name, &RECORDS) || says(&component.kind, &RECORDS))
}

fn says(text: &str, words: &[&str]) -> bool {
    let mut said = text.split(|c: char| !c.is_alphanumeric());
    said.any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::{
            fixture::{asset, component, flow},
            weight::{Weight, weight},
        },
        session::{Letter, Place},
    };

    #[test]
    fn repudiation_is_core_where_someone_will_have_to_prove_what_happened() {
        let table = [
            ("users", "", "", "", Proof::Usual),
            ("Login", "", "login", "credentials", Proof::Usual),
            ("Audit log", "", "", "", Proof::Owed),
            ("trail", "logstore", "", "", Proof::Owed),
            ("trail", "aws.cloudtrail", "", "", Proof::Owed),
            ("metrics", "aws.cloudwatch", "", "", Proof::Owed),
            ("orders", "", "submit payment", "", Proof::Owed),
            ("orders", "", "", "marketing-consent", Proof::Owed),
        ];
        for (name, kind, label, carried, expected) in table {
            let mut session = Session::new("proof");
            let mut target = component("target", Element::Store, None);
            (target.name, target.kind) = (name.to_owned(), kind.to_owned());
            session.components.insert(target);
            session.components.insert(component("source", Element::Process, None));
            let mut writes = flow("F1-000", "source", "target");
            label.clone_into(&mut writes.label);
            if !carried.is_empty() {
                session.assets.insert(asset(carried));
                writes.assets.push(carried.parse().unwrap());
            }
            session.flows.insert(writes.clone());
            assert_eq!(Proof::of(&session, &writes), expected, "{name} {kind} {label} {carried}");
            let found = weight(&session, &Place::Flow(writes.id), Letter::R);
            assert_eq!(found == Weight::Core, expected == Proof::Owed, "{name} {kind} {label} {carried}");
        }
    }
}
