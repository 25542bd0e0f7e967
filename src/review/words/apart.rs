//! Records that people call alike: two branches may both have made a `T31`, and then neither is one.
//!
//! Owns which numbers stand for several records, and writing the whole id where one of them is the subject.

use std::collections::BTreeSet;

use crate::session::{EntryId, Session, ThreatId};

/// What several records are called, `T31`; nearly always empty.
pub(in crate::review) fn shared(session: &Session) -> BTreeSet<String> {
    let threats: Vec<u32> = session.threat_ids().map(ThreatId::number).collect();
    let lists = [
        ('F', session.flows.keys().map(|id| id.number()).collect()),
        ('T', threats),
        ('M', session.mitigations.keys().map(|id| id.number()).collect()),
        ('A', session.assumptions.keys().map(|id| id.number()).collect()),
        ('N', session.notes.keys().map(|id| id.number()).collect()),
    ];
    let twice = |mut numbers: Vec<u32>| {
        numbers.sort_unstable();
        let pairs = numbers.windows(2).filter(|pair| pair[0] == pair[1]);
        pairs.map(|pair| pair[0]).collect::<BTreeSet<u32>>()
    };
    lists
        .into_iter()
        .flat_map(|(letter, numbers)| twice(numbers).into_iter().map(move |n| format!("{letter}{n}")))
        .collect()
}

/// Writes the whole id in front of a sentence about a record that shares its number.
pub(in crate::review) fn told_apart(shared: &BTreeSet<String>, id: Option<&EntryId>, sentence: &mut String) {
    let Some(id) = id.filter(|_| !shared.is_empty()) else { return };
    let short = id.short();
    let rest = sentence.strip_prefix(short.as_str()).filter(|rest| rest.starts_with([' ', ':', ',']));
    if let Some(rest) = rest.filter(|_| shared.contains(&short)) {
        *sentence = format!("{id}{rest}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{closed, login, put, rated},
        review::{check, diff::diff, words},
        session::Letter,
    };

    #[test]
    fn of_two_records_with_one_number_the_whole_id_is_said_everywhere() {
        let mut session = closed();
        put(&mut session, &login(), rated("T2-aaa", Letter::S, 4, 4));
        let alone = diff(&closed(), &session);
        assert!(alone.said[0].text.starts_with("T2 \""), "{}", alone.said[0].text);
        put(&mut session, &login(), rated("T2-bbb", Letter::S, 4, 4));
        let said = diff(&closed(), &session).said;
        assert!(said.iter().any(|change| change.text.starts_with("T2-aaa \"")), "{said:?}");
        assert!(said.iter().any(|change| change.text.starts_with("T2-bbb \"")), "{said:?}");
        let found = check::findings(&check::Context::new(&session, None));
        assert!(found.iter().any(|finding| finding.message.starts_with("T2-bbb \"")), "{found:?}");
        let id = EntryId::numbered("T2-bbb").unwrap();
        assert!(words::named(&session, &id).starts_with("T2-bbb \""));
    }
}
