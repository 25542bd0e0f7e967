//! Waivers: findings that somebody answers for until a day, instead of a gate that is switched off.
//!
//! A waiver names a check and a record; it has a reason, an owner and a last day. What it covers is still listed in every
//! report. Owns what one covers and what can be wrong with one. Refuses: covering what makes a session unusable, and
//! running longer than [`LONGEST`] days ahead, because such a day never comes.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::check::{Finding, Severity};

/// Days ahead that a waiver can run.
pub const LONGEST: i64 = 366;

/// Findings that nobody can waive: the session is not whole.
pub const NEVER: [&str; 2] = ["record-broken", "conflict-open"];

/// What can be wrong with waivers, with a summary of each.
pub const WAIVERS: [(&str, &str); 3] = [
    ("waiver-expired", "The last day of a waiver has passed"),
    ("waiver-unused", "A waiver covers nothing that is found"),
    ("waiver-invalid", "A waiver lacks a reason or an owner, runs too long, or names what cannot be waived"),
];

/// A finding that somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The check.
    pub finding: String,
    /// The record it is about; empty for the whole session.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub record: String,
    /// Why it may stay for now.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day.
    pub until: Date,
}

impl Waiver {
    /// What keeps it from covering anything; none when it is good on this day.
    pub fn fault(&self, today: Date) -> Option<(&'static str, String)> {
        let name = self.name();
        let latest = today.saturating_add(LONGEST.days());
        let invalid = |why: String| Some(("waiver-invalid", format!("the waiver of {name} {why}")));
        if NEVER.contains(&self.finding.as_str()) {
            invalid("covers nothing: the session is not whole, and that has to be mended".to_owned())
        } else if self.reason.trim().is_empty() {
            invalid("gives no reason".to_owned())
        } else if self.owner.trim().is_empty() {
            invalid("names nobody who answers for it".to_owned())
        } else if self.until > latest {
            invalid(format!("runs until {}, longer than {LONGEST} days", self.until))
        } else if self.until < today {
            let (owner, until) = (self.owner.trim(), self.until);
            Some(("waiver-expired", format!("the waiver of {name} by {owner} ended on {until}")))
        } else {
            None
        }
    }

    /// Whether it is about a finding; `record` is how the finding's record is written in the file.
    pub fn covers(&self, finding: &str, record: &str) -> bool {
        self.finding == finding && self.record == record
    }

    /// `mitigation-evidence at M7-aa3`.
    pub fn name(&self) -> String {
        if self.record.is_empty() { self.finding.clone() } else { format!("{} at {}", self.finding, self.record) }
    }
}

/// What is wrong with a waiver, as a finding about the session.
pub fn complaint(id: &'static str, message: String) -> Finding {
    let hint = match id {
        "waiver-unused" => "take it out of the waivers",
        "waiver-expired" => "mend what it covered, or have its owner set a new day",
        _ => "mend it in the waivers of the session",
    };
    let severity = if id == "waiver-invalid" { Severity::Error } else { Severity::Warning };
    Finding { id, severity, entry: None, letter: None, message, hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_waiver_has_a_reason_an_owner_and_a_day_that_comes() {
        let good = Waiver {
            finding: "mitigation-evidence".to_owned(),
            record: "M1-000".to_owned(),
            reason: "the test follows".to_owned(),
            owner: "ana".to_owned(),
            until: date(2026, 4, 1),
        };
        let today = date(2026, 3, 1);
        let fault = |waiver: &Waiver| waiver.fault(today).map(|(id, _)| id);
        assert_eq!(fault(&good), None);
        assert_eq!(fault(&Waiver { until: today, ..good.clone() }), None);
        for (bad, expected) in [
            (Waiver { until: date(2026, 2, 28), ..good.clone() }, "waiver-expired"),
            (Waiver { until: date(2028, 1, 1), ..good.clone() }, "waiver-invalid"),
            (Waiver { reason: " ".to_owned(), ..good.clone() }, "waiver-invalid"),
            (Waiver { owner: String::new(), ..good.clone() }, "waiver-invalid"),
            (Waiver { finding: "conflict-open".to_owned(), ..good.clone() }, "waiver-invalid"),
        ] {
            assert_eq!(fault(&bad), Some(expected), "{bad:?}");
        }
        assert!(good.covers("mitigation-evidence", "M1-000") && !good.covers("mitigation-evidence", "M2-000"));
    }
}
