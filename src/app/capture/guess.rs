//! The letter a fragment most likely means when nobody said one.
//!
//! Owns a short list of tell-tale words; the first that occurs decides. A guess is always shown as one, and filing to
//! another letter is two keys.

use crate::session::Letter;

/// Words that tell the letter. A trailing `*` means "and every longer word".
const TELLTALES: &[(Letter, &[&str])] = &[
    (
        Letter::S,
        &[
            "spoof*",
            "impersonat*",
            "imposter",
            "impostor*",
            "stolen",
            "steal*",
            "phish*",
            "pretend*",
            "replay*",
            "forge*",
            "fake*",
            "credential*",
            "password*",
            "hijack*",
        ],
    ),
    (Letter::T, &["tamper*", "inject*", "alter*", "modif*", "manipulat*", "overwrit*", "corrupt*", "poison*", "swap*"]),
    (
        Letter::R,
        &[
            "deny",
            "denies",
            "denied",
            "repudiat*",
            "log",
            "logs",
            "logged",
            "logging",
            "audit*",
            "untraceable",
            "traceab*",
        ],
    ),
    (
        Letter::I,
        &[
            "leak*",
            "disclos*",
            "read",
            "reads",
            "reading",
            "expos*",
            "sniff*",
            "eavesdrop*",
            "exfiltrat*",
            "enumerat*",
            "reveal*",
        ],
    ),
    (
        Letter::D,
        &[
            "flood*",
            "exhaust*",
            "crash*",
            "dos",
            "ddos",
            "outage*",
            "overload*",
            "starv*",
            "unavailab*",
            "block*",
            "timeout*",
        ],
    ),
    (
        Letter::E,
        &["privilege*", "escalat*", "admin", "admins", "administrator*", "bypass*", "elevat*", "root", "takeover"],
    ),
];

/// The letter of the first tell-tale word, if there is one.
pub(super) fn letter(text: &str) -> Option<Letter> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).find_map(|word| {
        let word = word.to_lowercase();
        let tells = |pattern: &&'static str| match pattern.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == **pattern,
        };
        TELLTALES.iter().find(|(_, words)| words.iter().any(tells)).map(|(letter, _)| *letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_telltale_word_decides() {
        for (text, guess) in [
            ("stolen cookie replayed", Some(Letter::S)),
            ("SQL injection in search", Some(Letter::T)),
            ("user denies the order", Some(Letter::R)),
            ("stack trace leaks paths", Some(Letter::I)),
            ("login form flooded", Some(Letter::D)),
            ("role check bypassed", Some(Letter::E)),
            ("login page", None),
            ("", None),
        ] {
            assert_eq!(letter(text), guess, "{text}");
        }
    }
}
