//! Free text of any number of lines, one string per line in the file so that a diff shows sentences.
//!
//! Refuses: making text safe to show. It is kept as it was written; `ui::text` shows it.

use std::fmt;

use serde::{Deserialize, Serialize, de, ser::SerializeSeq};

/// Free text. Lines are separated by `\n`; carriage returns are dropped and blank lines at the end are cut.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }

    /// The same text with one more line at the end.
    pub fn with_line(&self, line: &str) -> Self {
        if self.is_empty() { line.into() } else { Self::from(format!("{}\n{line}", self.0)) }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.replace('\r', "").trim_end_matches(['\n', ' ', '\t']).to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.contains('\n') {
            return serializer.serialize_str(&self.0);
        }
        let mut list = serializer.serialize_seq(None)?;
        for line in self.0.split('\n') {
            list.serialize_element(line)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lines;

        impl<'de> de::Visitor<'de> for Lines {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text: one string, or a list with one string per line")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
                let mut lines: Vec<String> = Vec::new();
                while let Some(line) = list.next_element()? {
                    lines.push(line);
                }
                Ok(lines.join("\n").into())
            }
        }

        deserializer.deserialize_any(Lines)
    }
}
