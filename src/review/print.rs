//! What a record means, as a print that stays when only its wording on the page moves.
//!
//! An endorsement is about content, not about bytes. The projection says what of a record is content: every row of its
//! table of fields but those of `LEFT_OUT`, with spaces as one space, lists of references in alphabetical order, and
//! nothing for what is empty, so that a field that comes into the format later changes no print. Answered cells belong to
//! the flow or component, with their reasons but not with who gave them; a threat belongs to its place. Meetings and
//! people are no content: who was there changes no risk.
//!
//! A print is the first half of the SHA-256 of that, so that nobody can write two records with one print. The number of
//! the projection stands in every endorsement; what is projected otherwise is compared with nothing.
//!
//! Refuses: judging what changed (`diff`), and conflicts: who endorses settles them first.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};
use sha2::{Digest, Sha256};

use super::{fields::Fields, merge::held};
use crate::session::{Cells, Component, ConflictId, EntryId, Flow, Place, Session, Threat, Value};

/// The number of the projection below; a change of what a print is made of gives it a new one.
pub const PROJECTION: u32 = 1;

/// Rows that say how a record came about or where it stands in a list, not what holds.
const LEFT_OUT: [&str; 7] = ["rank", "basis", "taken", "by", "spread", "origin", "ticket"];

/// What a print is about: a record, or the fields above the records.
pub type About = Option<EntryId>;

/// 128 bits that stand for what something means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Print([u8; 16]);

impl Print {
    /// Of a sentence, word for word.
    pub fn of_words(words: &str) -> Self {
        Self::of([words])
    }

    /// Of parts in their order, each told apart from the next.
    fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut half = [0; 16];
        half.copy_from_slice(&hash.finalize()[..16]);
        Self(half)
    }
}

impl fmt::Display for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a text is no print.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected 32 hexadecimal digits")]
pub struct NoPrint;

impl FromStr for Print {
    type Err = NoPrint;
    fn from_str(text: &str) -> Result<Self, NoPrint> {
        let plain = text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let number = u128::from_str_radix(text, 16).ok().filter(|_| plain).ok_or(NoPrint)?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl Serialize for Print {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Print {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// The print of every record of a session; in a file a list, `"T31-k7q 9f0c…"`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prints(BTreeMap<About, Print>);

impl Prints {
    /// Of everything that carries meaning.
    pub fn of(session: &Session) -> Self {
        let mut prints = Self(BTreeMap::from([(None, print(rows(&session.header())))]));
        let mut add = |id: EntryId, of: Print| {
            prints.0.insert(Some(id), of);
        };
        session.zones.iter().for_each(|record| add(EntryId::Zone(record.id.clone()), print(rows(record))));
        session.assets.iter().for_each(|record| add(EntryId::Asset(record.id.clone()), print(rows(record))));
        session.components.iter().for_each(|record| add(EntryId::Component(record.id.clone()), component(record)));
        session.flows.iter().for_each(|record| add(EntryId::Flow(record.id), flow(record)));
        session.threats().for_each(|(place, record)| add(EntryId::Threat(record.id), threat(&place, record)));
        session.mitigations.iter().for_each(|record| add(EntryId::Mitigation(record.id), print(rows(record))));
        session.assumptions.iter().for_each(|record| add(EntryId::Assumption(record.id), print(rows(record))));
        session.notes.iter().for_each(|record| add(EntryId::Note(record.id), print(rows(record))));
        prints
    }

    /// The print of a record.
    pub fn get(&self, about: &About) -> Option<Print> {
        self.0.get(about).copied()
    }

    /// What there is a print of.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &About> {
        self.0.keys()
    }

    /// One print for all of them and what they are looked at after.
    pub fn whole(&self, since: &str) -> Print {
        let parts: Vec<String> = self.0.iter().map(|(about, print)| line(about, *print)).collect();
        Print::of(std::iter::once(since).chain(parts.iter().map(String::as_str)))
    }
}

/// The print of what is said at a place of the session: a field, an answered cell or a whole record. What is empty has
/// none.
pub fn print_at(session: &Session, at: &ConflictId) -> Option<Print> {
    if at.field == ConflictId::WHOLE {
        return record(session, at.record.as_ref());
    }
    let said = meaning(&held(session, at)?)?;
    Some(Print::of([said.as_str()]))
}

/// The print of one record; none for what is no content, or not there.
fn record(session: &Session, about: Option<&EntryId>) -> Option<Print> {
    Some(match about {
        None => print(rows(&session.header())),
        Some(EntryId::Zone(id)) => print(rows(session.zones.get(id)?)),
        Some(EntryId::Asset(id)) => print(rows(session.assets.get(id)?)),
        Some(EntryId::Component(id)) => component(session.components.get(id)?),
        Some(EntryId::Flow(id)) => flow(session.flows.get(id)?),
        Some(EntryId::Threat(id)) => session.find_threat(*id).map(|(place, found)| threat(&place, found))?,
        Some(EntryId::Mitigation(id)) => print(rows(session.mitigations.get(id)?)),
        Some(EntryId::Assumption(id)) => print(rows(session.assumptions.get(id)?)),
        Some(EntryId::Note(id)) => print(rows(session.notes.get(id)?)),
        Some(EntryId::Person(_) | EntryId::Sitting(_)) => return None,
    })
}

fn component(record: &Component) -> Print {
    print(rows(record).chain(answers(&record.cells)))
}

fn flow(record: &Flow) -> Print {
    print(rows(record).chain(answers(&record.cells)))
}

/// A threat is another one somewhere else.
fn threat(place: &Place, record: &Threat) -> Print {
    let at = place.entry().map_or_else(String::new, |id| id.to_string());
    print(std::iter::once(("place".to_owned(), at)).chain(rows(record)))
}

fn print(rows: impl Iterator<Item = (String, String)>) -> Print {
    let parts: Vec<String> = rows.flat_map(|(name, value)| [name, value]).collect();
    Print::of(parts.iter().map(String::as_str))
}

/// Whether a session has such a field, or such a record.
pub fn is_field(session: &Session, at: &ConflictId) -> bool {
    if at.field == ConflictId::WHOLE { print_at(session, at).is_some() } else { held(session, at).is_some() }
}

/// The rows of a record that carry meaning.
fn rows<T: Fields>(record: &T) -> impl Iterator<Item = (String, String)> {
    let rows = record.values().into_iter().filter(|(name, _)| !LEFT_OUT.contains(name));
    rows.filter_map(|(name, value)| Some((name.to_owned(), meaning(&value)?)))
}

fn answers(cells: &Cells) -> impl Iterator<Item = (String, String)> + '_ {
    cells.iter().map(|cell| (cell.letter.to_string(), json(&(cell.state, plain(&cell.reason)))))
}

/// A value as it is hashed; none for what is empty.
fn meaning(value: &Value) -> Option<String> {
    let said = match value {
        Value::Nothing => return None,
        Value::Words(words) => plain(words),
        Value::Lines(text) => plain(text.as_str()),
        Value::List(entries) => {
            let mut entries: Vec<String> = entries.iter().map(|entry| plain(entry)).collect();
            entries.sort_unstable();
            entries.dedup();
            json(&entries)
        }
        Value::Cell { state, reason, .. } => json(&(state, plain(reason))),
        other => {
            let mut tree = serde_json::to_value(other).unwrap_or_default();
            spaces(&mut tree);
            tree.to_string()
        }
    };
    Some(said).filter(|said| !said.is_empty())
}

/// With every run of spaces and line ends as one space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Values of ours always have a form in JSON, and it is the same in every build: no maps, no floating point.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn spaces(tree: &mut serde_json::Value) {
    match tree {
        serde_json::Value::String(text) => *text = plain(text),
        serde_json::Value::Array(entries) => entries.iter_mut().for_each(spaces),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(spaces),
        _ => {}
    }
}

fn line(about: &About, print: Print) -> String {
    match about {
        None => format!("session {print}"),
        Some(record) => format!("{record} {print}"),
    }
}

impl Serialize for Prints {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(about, print)| line(about, *print)))
    }
}

impl<'de> Deserialize<'de> for Prints {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut prints = Self::default();
        for line in Vec::<String>::deserialize(deserializer)? {
            let read = || {
                let (record, print) = line.rsplit_once(' ')?;
                let about = if record == "session" { None } else { Some(EntryId::named(record)?) };
                Some((about, print.parse().ok()?))
            };
            let (about, print) = read().ok_or_else(|| {
                de::Error::custom("expected a record and 32 hexadecimal digits, like `T31-k7q 9f0c…`")
            })?;
            if prints.0.insert(about, print).is_some() {
                return Err(de::Error::custom("a record stands here twice"));
            }
        }
        Ok(prints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{closed, flow_id, login, mitigation, put, rated},
        session::{Answer, Cell, Letter, Level, MitigationState, Text},
    };

    fn sample() -> Session {
        let mut session = closed();
        put(&mut session, &login(), rated("T1-000", Letter::S, 4, 4));
        session.mitigations.insert(mitigation("M1-000", MitigationState::Agreed));
        session
    }

    fn moved(change: impl FnOnce(&mut Session)) -> Vec<String> {
        let (before, mut after) = (sample(), sample());
        change(&mut after);
        let (was, is) = (Prints::of(&before), Prints::of(&after));
        let all: std::collections::BTreeSet<&About> = was.keys().chain(is.keys()).collect();
        let differ = all.into_iter().filter(|about| was.get(about) != is.get(about));
        differ.map(|about| about.as_ref().map_or("session".to_owned(), ToString::to_string)).collect()
    }

    #[test]
    fn what_carries_no_meaning_changes_no_print() {
        let quiet = moved(|session| {
            let mut threat = rated("T1-000", Letter::S, 4, 4);
            threat.statement = format!("  {}\t ", threat.statement);
            (threat.rank, threat.by) = (Some(77), "ben".into());
            put(session, &login(), threat);
            session.mitigations.get_mut(&"M1-000".parse().unwrap()).unwrap().ticket = "APP-1".into();
            session.people.remove("ana");
        });
        assert_eq!(quiet, [""; 0]);
    }

    #[test]
    fn what_carries_meaning_changes_the_print_of_its_record_alone() {
        assert_eq!(moved(|s| put(s, &login(), rated("T1-000", Letter::S, 4, 3))), ["T1-000"]);
        let evidence = |s: &mut Session| {
            s.mitigations.get_mut(&"M1-000".parse().unwrap()).unwrap().evidence.push("src/a.rs".into());
        };
        assert_eq!(moved(evidence), ["M1-000"]);
        assert_eq!(moved(|s| s.scope = Text::from("out: admin")), ["session"]);
        assert_eq!(moved(|s| s.appetite = Some(Level::High)), ["session"]);
        let answer = |s: &mut Session| {
            let flow = s.flows.get_mut(&flow_id("F1-a00")).unwrap();
            flow.cells.set(Cell {
                letter: Letter::R,
                state: Answer::NotApplicable,
                reason: "no log".into(),
                by: String::new(),
                basis: None,
            });
        };
        assert_eq!(moved(answer), ["F1-a00"]);
    }

    #[test]
    fn prints_never_change_between_builds_because_files_hold_them() {
        let prints = Prints::of(&sample());
        let told = ["session", "F1-a00", "T1-000", "M1-000"].map(|name| {
            let about = if name == "session" { None } else { EntryId::named(name) };
            prints.get(&about).unwrap().to_string()
        });
        let held = [
            "aa309bfb2b70c25a7237bc2a83349f2e",
            "0611534d5572f95a55332200ddf7579e",
            "ef22f2783123e171fa67b1bae8077148",
            "8361e60a6ca6da2d69fc96481bbb0de7",
        ];
        assert_eq!(told, held);
    }
}
