//! The rows of a record that differ, as a sentence.

use std::collections::BTreeSet;

use super::{Report, Section};
use crate::{
    review::{
        fields::{Fields, ORDER},
        words,
    },
    session::{EntryId, Value},
};

/// More changed lines of a text than this are counted.
const QUOTED_LINES: usize = 2;

/// A row that differs: its name, what it held, what it holds.
pub(super) type Row = (&'static str, Value, Value);

/// The rows in which two versions of a record differ.
pub(super) fn rows<T: Fields>(before: &T, after: &T) -> Vec<Row> {
    let pairs = before.values().into_iter().zip(after.values());
    pairs.filter(|(a, b)| a != b).map(|((name, was), (_, is))| (name, was, is)).collect()
}

impl Report<'_> {
    /// Says what is left of the rows of a record, in one sentence. Order and spelling are only counted.
    pub(super) fn say_rows(&mut self, section: Section, record: Option<EntryId>, name: &str, rows: &[Row]) {
        let spelled = |row: &&Row| is_spelling(&row.1, &row.2);
        let (spelling, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(spelled);
        let (order, rest): (Vec<&Row>, Vec<&Row>) = rest.into_iter().partition(|row| row.0 == ORDER);
        let Some((first, ..)) = rest.first() else {
            self.spelling += usize::from(!spelling.is_empty());
            self.order += usize::from(spelling.is_empty() && !order.is_empty());
            return;
        };
        let said: Vec<String> = rest.iter().map(|(row, was, is)| self.row(row, was, is)).collect();
        self.say(section, record, first, format!("{name}: {}", said.join("; ")));
    }

    /// `owner ana → ben`, `assets +credentials −audit-log`.
    fn row(&self, name: &str, was: &Value, is: &Value) -> String {
        let called = words::row(name);
        match (was, is) {
            (Value::List(_), _) | (_, Value::List(_)) => format!("{called} {}", entries(was, is)),
            (Value::Lines(_), _) | (_, Value::Lines(_)) => format!("{called} {}", lines(was, is)),
            (_, Value::Words(_)) if name == "basis" => format!("{called} was looked at again"),
            (Value::Nothing, is) => format!("{called} {}", words::value(self.after, is)),
            (was, Value::Nothing) => format!("{called} {} taken out", words::value(self.before, was)),
            (Value::Words(_), Value::Words(_)) => {
                let [was, is] = words::contrast(self.after, was, is);
                format!("{called} {was} → {is}")
            }
            (was, is) => format!("{called} {} → {}", words::value(self.before, was), words::value(self.after, is)),
        }
    }
}

/// Whether two values differ in spacing, case and the signs between words alone. Other signs can turn a sentence round.
fn is_spelling(was: &Value, is: &Value) -> bool {
    let plain = |text: &str| {
        let kept: String = text.chars().filter(|c| !".,;'\"’“”".contains(*c)).flat_map(char::to_lowercase).collect();
        kept.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    match (was, is) {
        (Value::Words(was), Value::Words(is)) => plain(was) == plain(is),
        (Value::Lines(was), Value::Lines(is)) => plain(was.as_str()) == plain(is.as_str()),
        _ => false,
    }
}

/// `+credentials −audit-log`.
fn entries(was: &Value, is: &Value) -> String {
    let list = |value: &Value| if let Value::List(entries) = value { entries.clone() } else { Vec::new() };
    let (was, is) = (list(was), list(is));
    let (known, now): (BTreeSet<&String>, BTreeSet<&String>) = (was.iter().collect(), is.iter().collect());
    let added = is.iter().filter(|entry| !known.contains(entry)).map(|entry| format!("+{entry}"));
    let removed = was.iter().filter(|entry| !now.contains(entry)).map(|entry| format!("−{entry}"));
    let changes: Vec<String> = added.chain(removed).collect();
    if changes.is_empty() { "in another order".to_owned() } else { changes.join(" ") }
}

/// The lines that came and went, the first ones quoted.
fn lines(was: &Value, is: &Value) -> String {
    let text = |value: &Value| if let Value::Lines(text) = value { text.to_string() } else { String::new() };
    let (was, is) = (text(was), text(is));
    let (known, now): (BTreeSet<&str>, BTreeSet<&str>) = (was.lines().collect(), is.lines().collect());
    let added: Vec<&str> = is.lines().filter(|line| !known.contains(line)).collect();
    let removed: Vec<&str> = was.lines().filter(|line| !now.contains(line)).collect();
    if let ([new], [old]) = (added.as_slice(), removed.as_slice()) {
        let [old, new] = words::apart(old, new);
        return format!("{old} → {new}");
    }
    let added = added.into_iter().map(|line| format!("+{}", words::quoted(line)));
    let removed = removed.into_iter().map(|line| format!("−{}", words::quoted(line)));
    let mut changes: Vec<String> = added.chain(removed).collect();
    if changes.is_empty() {
        return "in another order".to_owned();
    }
    let more = changes.len().saturating_sub(QUOTED_LINES);
    changes.truncate(QUOTED_LINES);
    match more {
        0 => changes.join(" "),
        1 => format!("{} and one more line", changes.join(" ")),
        more => format!("{} and {more} more lines", changes.join(" ")),
    }
}
