//! References: where a reader finds more, and in which edition of which list.
//!
//! Owns the lists and what their ids look like. Refuses: knowing the lists themselves; that an id exists was checked when
//! its row was written.

use std::sync::LazyLock;

use serde::Deserialize;

use super::compiled_in;

/// A published list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What it is called.
    pub name: String,
    /// The edition whose ids are meant.
    pub version: String,
    /// What an id looks like: `#` digits, `9` one digit, `?` one capital letter, `*` letters and digits.
    pub patterns: Vec<String>,
}

static LISTS: LazyLock<Vec<List>> = LazyLock::new(|| compiled_in("lists.ron", include_str!("lists.ron")));

/// Every list that references name.
pub fn lists() -> &'static [List] {
    &LISTS
}

/// The list a reference belongs to; `None` when it looks like an id of none.
pub fn list(reference: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.patterns.iter().any(|pattern| matches(pattern, reference)))
}

fn matches(pattern: &str, text: &str) -> bool {
    let mut rest = text;
    for c in pattern.chars() {
        let taken = match c {
            '#' => rest.chars().take_while(char::is_ascii_digit).count(),
            '*' => rest.chars().take_while(char::is_ascii_alphanumeric).count(),
            '9' => usize::from(rest.starts_with(|c: char| c.is_ascii_digit())),
            '?' => usize::from(rest.starts_with(|c: char| c.is_ascii_uppercase())),
            other => usize::from(rest.starts_with(other)),
        };
        // Only ASCII was counted, or the one character of the pattern.
        match rest.get(if c.is_ascii() { taken } else { c.len_utf8() }..) {
            Some(after) if taken > 0 => rest = after,
            _ => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_belongs_to_one_list_or_to_none() {
        for (reference, name) in [
            ("CWE-79", Some("MITRE CWE")),
            ("CWE-", None),
            ("CWE-79a", None),
            ("T1566.002", Some("MITRE ATT&CK")),
            ("T15", None),
            ("AML.T0051.000", Some("MITRE ATLAS")),
            ("ASVS 5.0 6.3.3", Some("OWASP ASVS")),
            ("ASVS 6.3.3", None),
            ("A07:2025", Some("OWASP Top 10")),
            ("LLM01", None),
            ("NIST 800-53r5 AC-2", Some("NIST SP 800-53")),
            ("FSBP EC2.18", Some("AWS Foundational Security Best Practices")),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(list(reference).map(|list| list.name.as_str()), name, "{reference}");
        }
    }
}
