//! Identities: slugs for what is named, numbers with a random tail for what is said.
//!
//! Zones, assets, components and people carry a slug made once from their first name. Everything else carries a
//! letter, a number and three random characters, `T31-k7q`: people say `T31`, the whole string is the identity. Numbers
//! of two branches may collide, whole identities do not. An id is never reused, renumbered or changed.

use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize, de};

use super::limits;

/// The characters of a random tail: digits and lower-case letters without `i l o u`, which are misread or misspell.
pub const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A source of random tails; passed in so that the session room stays pure.
pub trait Suffixes {
    /// Three characters of [`ALPHABET`].
    fn next(&mut self) -> [u8; 3];
}

impl<F: FnMut() -> u32> Suffixes for F {
    fn next(&mut self) -> [u8; 3] {
        let bits = self();
        [0, 5, 10].map(|shift| ALPHABET[(bits >> shift) as usize & 31])
    }
}

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a lower-case slug.
    #[error("`{0}` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`")]
    Slug(String),
    /// More characters than [`limits::ID`].
    #[error("`{0}` is longer than {most} characters, the most an id can have", most = limits::ID)]
    TooLong(String),
    /// Not a numbered id of the expected letter.
    #[error(
        "`{text}` is not an id of this kind: expected {letter}, a number, `-` and three characters, like `{letter}7-k3q`"
    )]
    Numbered {
        /// What was read.
        text: String,
        /// The letter the place asks for.
        letter: char,
    },
}

/// Turns a name into a slug: lower case, runs of other characters become one hyphen, at most 40 characters.
///
/// Letters of any script are kept, so that a name without Latin letters still gives a readable slug.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.chars().count() >= 40 {
            break;
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() { "x".to_owned() } else { trimmed.to_owned() }
}

/// `slug(name)`, made unique with `-2`, `-3`… against `taken`.
pub fn free_slug(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(name);
    if !taken(&base) {
        return base;
    }
    // The number of records bounds the search; the range is only there to be an iterator.
    (2..=u32::MAX).map(|n| format!("{base}-{n}")).find(|candidate| !taken(candidate)).unwrap_or(base)
}

/// As much of what is no id as a sentence about it can hold.
fn excerpt(text: &str) -> String {
    match text.char_indices().nth(limits::ID) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.chars().all(|c| c == '-' || (c.is_alphanumeric() && c.to_lowercase().eq([c])))
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The slug as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// A fresh id from a first name, unique against `taken`.
            pub fn from_name(name: &str, taken: impl Fn(&str) -> bool) -> Self {
                Self(free_slug(name, taken).into())
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                match text {
                    long if long.chars().nth(limits::ID).is_some() => Err(IdError::TooLong(excerpt(long))),
                    slug if is_slug(slug) => Ok(Self(slug.into())),
                    other => Err(IdError::Slug(other.to_owned())),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

macro_rules! numbered_id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        ///
        /// Ordered by its random tail first: that is the order in the file, which keeps concurrent additions apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            tail: [u8; 3],
            number: u32,
        }

        impl $name {
            /// The letter in front of the number.
            pub const LETTER: char = $letter;

            /// An id from its parts; `tail` is three characters of [`ALPHABET`].
            pub fn new(number: u32, tail: [u8; 3]) -> Self {
                debug_assert!(tail.iter().all(|b| ALPHABET.contains(b)));
                Self { tail, number }
            }

            /// The number people say.
            pub fn number(self) -> u32 {
                self.number
            }

            /// What people say and the screen shows while it is unambiguous: `T31`.
            pub fn short(self) -> String {
                format!("{}{}", $letter, self.number)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let wrong = || IdError::Numbered { text: excerpt(text), letter: $letter };
                let (number, tail) = text.strip_prefix($letter).and_then(|rest| rest.split_once('-')).ok_or_else(wrong)?;
                let plain = !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
                let number: u32 = number.parse().ok().filter(|_| plain).ok_or_else(wrong)?;
                let tail: [u8; 3] = tail.as_bytes().try_into().map_err(|_| wrong())?;
                if tail.iter().all(|b| ALPHABET.contains(b)) { Ok(Self { tail, number }) } else { Err(wrong()) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let [a, b, c] = self.tail.map(char::from);
                write!(f, "{}{}-{a}{b}{c}", $letter, self.number)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

slug_id!(
    /// Identity of a person.
    PersonId
);
slug_id!(
    /// Identity of a trust zone.
    ZoneId
);
slug_id!(
    /// Identity of an asset.
    AssetId
);
slug_id!(
    /// Identity of a component.
    ComponentId
);
numbered_id!(
    /// Identity of a flow, `F3-a2c`.
    FlowId,
    'F'
);
numbered_id!(
    /// Identity of a threat, `T31-k7q`.
    ThreatId,
    'T'
);
numbered_id!(
    /// Identity of a mitigation, `M2-9fd`.
    MitigationId,
    'M'
);
numbered_id!(
    /// Identity of an assumption, `A1-0zx`.
    AssumptionId,
    'A'
);
numbered_id!(
    /// Identity of a note, `N4-p3w`.
    NoteId,
    'N'
);
numbered_id!(
    /// Identity of a sitting, `W1-g5t`.
    SittingId,
    'W'
);
numbered_id!(
    /// Identity of an endorsement, `E2-h4n`; it stands beside the session, not in it.
    EndorsementId,
    'E'
);
numbered_id!(
    /// Identity of a review comment, `C5-x2m`; it stands beside the session, not in it.
    CommentId,
    'C'
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_what_can_be_said_and_nothing_else() {
        assert_eq!(slug("API gateway (v2)"), "api-gateway-v2");
        assert_eq!(slug("  --  "), "x");
        assert_eq!(slug("Zürich 平台"), "zürich-平台");
        assert_eq!(free_slug("api", |s| s == "api" || s == "api-2"), "api-3");
    }

    #[test]
    fn every_slug_made_is_a_slug_read() {
        for name in ["API gateway", "ÄÖÜ", "İstanbul", "ß", "a--b", "ǅ", &"x-".repeat(90)] {
            let made = slug(name);
            assert!(made.parse::<ComponentId>().is_ok(), "{name} gave {made}");
        }
    }

    #[test]
    fn numbered_ids_survive_a_round_trip_and_refuse_everything_else() {
        let id: ThreatId = "T31-k7q".parse().unwrap();
        assert_eq!((id.to_string().as_str(), id.short().as_str(), id.number()), ("T31-k7q", "T31", 31));
        let endless = "T7-k7q".repeat(20_000);
        let said = endless.parse::<ThreatId>().unwrap_err().to_string();
        assert!(said.len() < 300 && said.contains("T7-k7qT7"), "{said}");
        let long = "a".repeat(limits::ID + 1);
        assert_eq!(long.parse::<ComponentId>(), Err(IdError::TooLong(format!("{}…", &long[1..]))));
        assert!(long[1..].parse::<ComponentId>().is_ok());
        for wrong in [
            "",
            "T",
            "T31",
            "T-k7q",
            "F31-k7q",
            "T031-k7q",
            "T31-k7",
            "T31-k7qq",
            "T31-k7i",
            "T+1-k7q",
            "T99999999999-k7q",
        ] {
            assert!(wrong.parse::<ThreatId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn file_order_is_the_order_of_the_random_tail() {
        let (early, late): (FlowId, FlowId) = ("F9-a2c".parse().unwrap(), "F1-z00".parse().unwrap());
        assert!(early < late);
    }
}
