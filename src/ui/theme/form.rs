//! The form of a theme file: what RON must hold before its names are looked at.
//!
//! Owns the serde shapes. Refuses meaning: names of roles, colours and modifiers are plain text here, so that `file` can
//! report all wrong ones together.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de};

use super::Ground;

/// A theme file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Theme")]
pub(super) struct File {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) ground: Ground,
    #[serde(default)]
    pub(super) palette: Pairs<String>,
    pub(super) roles: Pairs<Entry>,
}

/// What it says about a role; an empty colour leaves the colour as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Style")]
pub(super) struct Entry {
    #[serde(default)]
    pub(super) fg: String,
    #[serde(default)]
    pub(super) bg: String,
    #[serde(default)]
    pub(super) add: Vec<Word>,
}

/// A map that keeps its order and its repetitions, which a text merge can leave behind.
pub(super) struct Pairs<V>(pub(super) Vec<(String, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> de::Visitor<'de> for Visitor<V> {
            type Value = Pairs<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map in braces")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs<V>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Visitor(PhantomData))
    }
}

/// A bare word such as `Bold`; taken as it is, so that several wrong ones are reported together.
pub(super) struct Word(pub(super) String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one of Bold, Dim, Italic, Underlined, Reversed")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Word, E> {
                Ok(Word(word.to_owned()))
            }
        }

        deserializer.deserialize_identifier(Visitor)
    }
}
