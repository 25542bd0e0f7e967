//! Feature packs: what holds wherever a flow does something, such as signing in or uploading.
//!
//! Owns the form of a row in `packs.ron` and how a flow is found to have the feature. Refuses to guess: only the words a
//! pack lists count, and only whole ones.

use serde::Deserialize;

use super::compiled_in;
use crate::session::Element;

/// Threats that come with a feature.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// `f.login`: never renamed.
    pub id: String,
    /// What a screen shows.
    pub name: String,
    /// A flow has the feature when its label or the name of an end says one of them.
    pub words: Vec<String>,
    /// What the target of the flow has to be.
    pub elements: Vec<Element>,
    /// Ids of the threats it brings.
    pub threats: Vec<String>,
}

impl Pack {
    /// Whether one of the texts says one of its words.
    pub(super) fn is_said(&self, texts: &[Said]) -> bool {
        self.words.iter().any(|word| texts.iter().any(|text| text.says(word)))
    }
}

/// A text as lower-case words with one space around each, so that a phrase is found by looking for it.
pub(super) struct Said(String);

impl Said {
    pub(super) fn new(text: &str) -> Self {
        let mut said = String::with_capacity(text.len() + 2);
        said.push(' ');
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            said.extend(word.chars().flat_map(char::to_lowercase));
            said.push(' ');
        }
        Self(said)
    }

    /// Whether it says a word or phrase, in lower case, as whole words.
    pub(super) fn says(&self, phrase: &str) -> bool {
        self.0
            .match_indices(phrase)
            .any(|(at, _)| self.0[..at].ends_with(' ') && self.0[at + phrase.len()..].starts_with(' '))
    }
}

/// Every built-in pack.
pub(super) fn packs() -> Vec<Pack> {
    compiled_in("packs.ron", include_str!("packs.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_by_whole_words_only() {
        let packs = packs();
        let having = |text: &str| {
            let said = [Said::new(text)];
            packs.iter().filter(|pack| pack.is_said(&said)).map(|pack| pack.id.as_str()).collect::<Vec<_>>()
        };
        for (text, found) in [
            ("Sign-in function", vec!["f.login"]),
            ("asks for a reset, sets a new password", vec!["f.recover"]),
            ("ships logs to the recovery account", vec![]),
            ("sharing prepaid uploader logins", vec![]),
            ("pays after LOGIN", vec!["f.login", "f.pay"]),
        ] {
            assert_eq!(having(text), found, "{text}");
        }
    }
}
