//! Endorsements: who looked at a session and signed for what it says, and what of that does not hold any more.
//!
//! An endorsement holds the [print](super::print) of every record as it was, so it is stale by construction: nobody has
//! to remember to take it back. A person's later one takes the place of the earlier; it is a delta, because the earlier
//! says what they had looked at before. Nothing can be endorsed that was not shown: a [`Look`] has a print of everything
//! that it shows, and signing asks for that print.
//!
//! Refuses: where endorsements are kept (`format::signoff`), who somebody really is, and endorsing what a merge left open.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    check::{Finding, Severity},
    code,
    print::{About, PROJECTION, Print, Prints},
    words,
};
use crate::session::{EndorsementId, Named, Record, Session, Table, id::Suffixes};

/// What is looked for, with a summary of each.
pub const ENDORSEMENTS: [(&str, &str); 3] = [
    ("endorsement-stale", "What somebody endorsed changed since"),
    ("endorsement-refused", "Somebody looked and did not endorse"),
    ("endorsement-conditions", "An endorsement has conditions"),
];

/// Records named in a sentence; the rest is counted.
const NAMED: usize = 3;

/// What somebody decided about a session on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endorsement {
    /// Its identity.
    pub id: EndorsementId,
    /// Who.
    pub by: String,
    /// In which role, as their company calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The day.
    pub on: Date,
    /// What they decided.
    pub decision: Decision,
    /// What has to happen, or why not; one each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// The one by the same person that this goes on from: what had not changed since was not looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<EndorsementId>,
    /// How the prints were made.
    pub projection: u32,
    /// What every record said.
    pub records: Prints,
    /// What git held at the paths of code that records name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub code: BTreeMap<String, code::Print>,
}

/// What a reviewer can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Decision {
    /// It is good.
    Endorsed,
    /// It is good once something has happened.
    WithConditions,
    /// It is not.
    NotEndorsed,
}

impl Decision {
    /// Its name, as in "Ann Lee *endorsed* this".
    pub fn name(self) -> &'static str {
        match self {
            Self::Endorsed => "endorsed",
            Self::WithConditions => "endorsed with conditions",
            Self::NotEndorsed => "did not endorse",
        }
    }
}

impl Record for Endorsement {
    type Id = EndorsementId;
    fn id(&self) -> &EndorsementId {
        &self.id
    }
}

/// What changed since an endorsement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// Records that say something else now.
    pub changed: Vec<About>,
    /// Records that were not there.
    pub new: Vec<About>,
    /// Records that are gone.
    pub gone: Vec<About>,
}

impl Delta {
    /// Between what was endorsed and what is there.
    pub fn of(was: &Prints, is: &Prints) -> Self {
        let (mut changed, mut new) = (Vec::new(), Vec::new());
        for about in is.keys() {
            match was.get(about) {
                None => new.push(about.clone()),
                Some(print) if Some(print) != is.get(about) => changed.push(about.clone()),
                Some(_) => {}
            }
        }
        let gone = was.keys().filter(|about| is.get(about).is_none()).cloned().collect();
        Self { changed, new, gone }
    }

    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }

    /// `T3 "stolen cookie" and 2 more changed, 1 is new`.
    pub fn words(&self, session: &Session) -> String {
        let name = |about: &About| match about {
            None => "the session's own fields".to_owned(),
            Some(record) => words::named(session, record),
        };
        let parts = [
            (&self.changed, "changed", "changed"),
            (&self.new, "is new", "are new"),
            (&self.gone, "is gone", "are gone"),
        ];
        let said = parts.into_iter().filter(|(records, ..)| !records.is_empty()).map(|(records, one, many)| {
            let named: Vec<String> = records.iter().take(NAMED).map(name).collect();
            let more = records.len() - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}{more} {}", named.join(", "), if records.len() == 1 { one } else { many })
        });
        said.collect::<Vec<_>>().join("; ")
    }
}

impl Endorsement {
    /// What of it does not hold any more.
    pub fn delta(&self, now: &Prints) -> Delta {
        Delta::of(&self.records, now)
    }

    /// `Ann Lee (AppSec)`.
    pub fn who(&self) -> String {
        let (by, role) = (self.by.trim(), self.role.trim());
        if role.is_empty() { by.to_owned() } else { format!("{by} ({role})") }
    }

    /// What counts of several: it was made later.
    fn age(&self) -> (Date, u32, EndorsementId) {
        (self.on, self.id.number(), self.id)
    }
}

/// A name as it is compared: people are not strict about case and spaces.
fn person(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The last endorsement of each person, oldest first.
pub fn standing(all: &Table<Endorsement>) -> Vec<&Endorsement> {
    let mut last: BTreeMap<String, &Endorsement> = BTreeMap::new();
    for one in all.iter() {
        let known = last.entry(person(&one.by)).or_insert(one);
        if one.age() > known.age() {
            *known = one;
        }
    }
    let mut last: Vec<&Endorsement> = last.into_values().collect();
    last.sort_by_key(|one| one.age());
    last
}

/// The last endorsement of a person.
pub fn last_by<'a>(all: &'a Table<Endorsement>, by: &str) -> Option<&'a Endorsement> {
    let by = person(by);
    all.iter().filter(|one| person(&one.by) == by).max_by_key(|one| one.age())
}

/// What an endorsement is called: `E1`, or its whole id where two branches both made one.
pub fn called(all: &Table<Endorsement>, id: EndorsementId) -> String {
    let alone = all.keys().filter(|other| other.number() == id.number()).count() < 2;
    if alone { id.short() } else { id.to_string() }
}

/// In which role a person signs unless they say another: as they last did, else with what the session says they bring.
pub fn usual_role(session: &Session, all: &Table<Endorsement>, by: &str) -> String {
    let last = last_by(all, by).map(|one| one.role.trim()).filter(|role| !role.is_empty());
    let bring = || {
        let roles = session.person_called(by).map_or(&[][..], |person| &person.roles);
        roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
    };
    last.map_or_else(bring, str::to_owned)
}

/// What a person has to look at before they sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Their last endorsement.
    pub since: Option<EndorsementId>,
    /// What there is now.
    pub records: Prints,
    /// What of it they have not signed for yet.
    pub delta: Delta,
}

/// What a person says when they sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub by: String,
    /// In which role.
    pub role: String,
    /// The day.
    pub on: Date,
    /// What they decided.
    pub decision: Decision,
    /// What has to happen, or why not.
    pub conditions: Vec<String>,
}

/// Why somebody cannot sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// Something else is there than what was shown.
    #[error("the session is not what was shown")]
    NotShown,
    /// A merge left something open.
    #[error("{0} of a merge {verb} undecided", verb = if *.0 == 1 { "conflict is" } else { "conflicts are" })]
    Conflicts(usize),
    /// Conditions without any, or a refusal without a reason.
    #[error("no condition is given")]
    NoConditions,
    /// Conditions beside a decision without any.
    #[error("conditions are given, but the decision has none")]
    Unconditional,
    /// Nobody.
    #[error("nobody is named who signs")]
    Nobody,
}

impl Look {
    /// At a session, for a person.
    pub fn of(session: &Session, all: &Table<Endorsement>, by: &str) -> Self {
        let records = Prints::of(session);
        let last = last_by(all, by).filter(|one| one.projection == PROJECTION);
        let delta = last.map_or_else(|| Delta::of(&Prints::default(), &records), |one| one.delta(&records));
        Self { since: last.map(|one| one.id), records, delta }
    }

    /// What stands for having seen it.
    pub fn shown(&self) -> Print {
        self.records.whole(&self.since.map(|id| id.to_string()).unwrap_or_default())
    }

    /// The endorsement, if what was shown is what is there.
    pub fn sign(
        self,
        session: &Session,
        all: &Table<Endorsement>,
        shown: Print,
        signature: Signature,
        suffixes: &mut dyn Suffixes,
    ) -> Result<Endorsement, Unsigned> {
        let Signature { by, role, on, decision, conditions } = signature;
        let conditions: Vec<String> = conditions.iter().map(|line| line.trim().to_owned()).collect();
        let conditions: Vec<String> = conditions.into_iter().filter(|line| !line.is_empty()).collect();
        if by.trim().is_empty() {
            return Err(Unsigned::Nobody);
        }
        if !session.conflicts.is_empty() {
            return Err(Unsigned::Conflicts(session.conflicts.len()));
        }
        if conditions.is_empty() && decision != Decision::Endorsed {
            return Err(Unsigned::NoConditions);
        }
        if !conditions.is_empty() && decision == Decision::Endorsed {
            return Err(Unsigned::Unconditional);
        }
        if shown != self.shown() {
            return Err(Unsigned::NotShown);
        }
        let number = all.keys().map(|id| id.number()).max().unwrap_or(0).saturating_add(1);
        let mut id = EndorsementId::new(number, suffixes.next());
        while all.contains(&id) {
            id = EndorsementId::new(number, suffixes.next());
        }
        Ok(Endorsement {
            id,
            by: by.trim().to_owned(),
            role: role.trim().to_owned(),
            on,
            decision,
            conditions,
            since: self.since,
            projection: PROJECTION,
            records: self.records,
            code: BTreeMap::new(),
        })
    }
}

/// What the endorsements of a session say to whoever checks it.
pub fn findings(session: &Session, all: &Table<Endorsement>) -> Vec<Finding> {
    if all.is_empty() {
        return Vec::new();
    }
    let now = Prints::of(session);
    let mut found = Vec::new();
    for one in standing(all) {
        let who = format!("{} {} on {}", one.who(), one.decision.name(), one.on);
        let conditions = one.conditions.join("; ");
        let finding = |id, severity, message: String, hint: &str| Finding {
            id,
            severity,
            entry: None,
            letter: None,
            message,
            hint: Some(hint.to_owned()),
        };
        let delta = one.delta(&now);
        if !delta.is_empty() {
            let message = format!("{who}; since then {}", delta.words(session));
            let entry = delta.changed.iter().chain(&delta.new).flatten().next().cloned();
            let hint = "have them look at what changed";
            found.push(Finding { entry, ..finding("endorsement-stale", Severity::Warning, message, hint) });
        }
        match one.decision {
            Decision::Endorsed => {}
            Decision::WithConditions => {
                let message = format!("{who}: {conditions}");
                let hint = "meet the conditions, then have them look again";
                found.push(finding("endorsement-conditions", Severity::Hint, message, hint));
            }
            Decision::NotEndorsed => {
                let message = format!("{who}: {conditions}");
                let hint = "mend what they ask for, then have them look again";
                found.push(finding("endorsement-refused", Severity::Warning, message, hint));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        method::fixture::{closed, login, put, rated},
        session::Letter,
    };

    fn ann(decision: Decision, conditions: &[&str]) -> Signature {
        Signature {
            by: "Ann Lee".into(),
            role: "AppSec".into(),
            on: date(2026, 11, 20),
            decision,
            conditions: conditions.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    fn sign(session: &Session, all: &Table<Endorsement>, signature: Signature) -> Result<Endorsement, Unsigned> {
        let look = Look::of(session, all, &signature.by);
        let shown = look.shown();
        look.sign(session, all, shown, signature, &mut || 7)
    }

    fn ids(session: &Session, all: &Table<Endorsement>) -> Vec<&'static str> {
        findings(session, all).iter().map(|found| found.id).collect()
    }

    #[test]
    fn an_endorsement_is_stale_once_a_record_says_something_else_and_names_it() {
        let mut session = closed();
        put(&mut session, &login(), rated("T1-000", Letter::S, 4, 4));
        let mut all = Table::default();
        all.insert(sign(&session, &all, ann(Decision::Endorsed, &[])).unwrap());
        assert_eq!(ids(&session, &all), [""; 0]);

        put(&mut session, &login(), rated("T1-000", Letter::S, 2, 2));
        put(&mut session, &login(), rated("T2-000", Letter::T, 1, 1));
        let found = findings(&session, &all);
        assert_eq!((found.len(), found[0].id), (1, "endorsement-stale"));
        assert_eq!(
            found[0].message,
            "Ann Lee (AppSec) endorsed on 2026-11-20; since then T1 \"stolen cookie replayed\" changed; T2 \"stolen cookie replayed\" is new"
        );

        let again = sign(&session, &all, ann(Decision::Endorsed, &[])).unwrap();
        assert_eq!((again.since, again.id.number()), (all.keys().next().copied(), 2));
        all.insert(again);
        assert_eq!(ids(&session, &all), [""; 0]);
    }

    #[test]
    fn a_print_signs_for_one_state_of_the_session_only() {
        let (before, mut after) = (closed(), closed());
        put(&mut after, &login(), rated("T1-000", Letter::S, 4, 4));
        let none = Table::default();
        let shown = Look::of(&before, &none, "Ann Lee").shown();
        let signed =
            Look::of(&after, &none, "Ann Lee").sign(&after, &none, shown, ann(Decision::Endorsed, &[]), &mut || 7);
        assert_eq!(signed, Err(Unsigned::NotShown));
    }

    #[test]
    fn a_decision_comes_with_what_it_needs() {
        let (session, none) = (closed(), Table::default());
        assert_eq!(sign(&session, &none, ann(Decision::NotEndorsed, &[" "])), Err(Unsigned::NoConditions));
        assert_eq!(sign(&session, &none, ann(Decision::Endorsed, &["later"])), Err(Unsigned::Unconditional));
        let nobody = Signature { by: " ".into(), ..ann(Decision::Endorsed, &[]) };
        assert_eq!(sign(&session, &none, nobody), Err(Unsigned::Nobody));
        let refused = sign(&session, &none, ann(Decision::NotEndorsed, &["rate T1"])).unwrap();
        assert_eq!(ids(&session, &[refused].into_iter().collect()), ["endorsement-refused"]);
    }

    #[test]
    fn of_each_person_the_last_one_counts() {
        let session = closed();
        let mut all = Table::default();
        all.insert(sign(&session, &all, ann(Decision::NotEndorsed, &["rate T1"])).unwrap());
        let mut later = sign(&session, &all, ann(Decision::Endorsed, &[])).unwrap();
        later.by = "ann  lee".into();
        all.insert(later);
        assert_eq!(standing(&all).iter().map(|one| one.id.number()).collect::<Vec<_>>(), [2]);
        assert_eq!(last_by(&all, "ANN LEE").unwrap().id.number(), 2);
    }
}
