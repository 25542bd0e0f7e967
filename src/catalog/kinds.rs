//! Component kinds: what a word like `redis` or `aws.rds` says about a component.
//!
//! Owns the table in `kinds.ron` and how a word finds its row. Refuses to guess from part of a name: `users db` is a
//! name, `db` is a kind.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;

use super::compiled_in;
use crate::session::{Element, Exposure, ServiceClass};

/// A kind of component, generic (`sqldb`) or a service that inherits from generic kinds (`aws.rds`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// What a session stores in [`crate::session::Component::kind`].
    pub id: String,
    /// What a screen shows.
    pub name: String,
    /// What a component of this kind is in the diagram.
    pub element: Element,
    /// The zone word people usually put it in.
    pub zone: String,
    /// Who can usually reach it.
    #[serde(default)]
    pub exposure: Exposure,
    /// Other words for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Ids of the kinds whose knowledge also holds for it, nearest first.
    #[serde(default)]
    pub inherits: Vec<String>,
    /// How much of a provider's service the customer answers for; absent where the kind alone does not say.
    #[serde(default)]
    pub responsibility: Option<ServiceClass>,
    /// Ways in to ask for.
    #[serde(default)]
    pub entry_points: Vec<String>,
}

impl Kind {
    /// Whether a component can be of this kind; `flow` only collects what holds for every flow.
    pub fn is_component(&self) -> bool {
        self.id != "flow"
    }

    /// The ids of the kinds whose knowledge holds for it: its own, then those it inherits from.
    pub fn lineage(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.id.as_str()).chain(self.inherits.iter().map(String::as_str))
    }
}

/// Kinds and the words for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds {
    rows: Vec<Kind>,
    by_word: HashMap<String, usize>,
}

impl Kinds {
    /// What ships with the program.
    pub fn builtin() -> &'static Arc<Self> {
        static BUILTIN: LazyLock<Arc<Kinds>> =
            LazyLock::new(|| Arc::new(Kinds::new(compiled_in("kinds.ron", include_str!("kinds.ron")))));
        &BUILTIN
    }

    /// Where two kinds have a word, it means the one whose id it is, else the later one.
    pub(super) fn new(rows: Vec<Kind>) -> Self {
        let numbered = || rows.iter().enumerate();
        let aliases =
            numbered().flat_map(|(row, kind)| kind.aliases.iter().map(move |word| (word.to_lowercase(), row)));
        let ids = numbered().map(|(row, kind)| (kind.id.to_lowercase(), row));
        let by_word = aliases.chain(ids).collect();
        Self { rows, by_word }
    }

    /// Every kind: the generic ones first, then services by id, then those of a team.
    pub fn all(&self) -> &[Kind] {
        &self.rows
    }

    /// The kind with this id or alias, in any case.
    pub fn get(&self, word: &str) -> Option<&Kind> {
        let row = self.by_word.get(word).or_else(|| self.by_word.get(word.to_lowercase().as_str()))?;
        Some(&self.rows[*row])
    }

    /// The kind with just this id.
    pub fn by_id(&self, id: &str) -> Option<&Kind> {
        self.get(id).filter(|kind| kind.id == id)
    }

    /// The id or alias that looks most like a word that is none: one slip in short words, two in longer ones.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let word: String = word.to_lowercase().chars().take(40).collect();
        let allowed = match word.chars().count() {
            0..=3 => return None,
            4..=6 => 1,
            _ => 2,
        };
        let words = self.rows.iter().flat_map(|kind| std::iter::once(&kind.id).chain(&kind.aliases));
        let near = words.filter_map(|known| {
            let slips = strsim::osa_distance(&word, known);
            let longer = known.starts_with(&word);
            (slips <= allowed || (longer && word.contains('.'))).then_some((slips, known.as_str()))
        });
        near.min().map(|(_, known)| known)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn kinds() -> &'static [Kind] {
        Kinds::builtin().all()
    }

    fn kind(word: &str) -> Option<&'static Kind> {
        Kinds::builtin().get(word)
    }

    #[test]
    fn every_word_names_one_kind() {
        let mut seen = HashSet::new();
        for kind in kinds() {
            for word in std::iter::once(&kind.id).chain(&kind.aliases) {
                assert!(seen.insert(word), "`{word}` names two kinds");
                assert_eq!(*word, word.to_lowercase(), "`{word}` is not lower case");
                assert!(!word.contains(char::is_whitespace), "`{word}` is more than one word");
            }
        }
    }

    #[test]
    fn every_inherited_kind_exists_and_is_generic() {
        for kind in kinds() {
            for parent in &kind.inherits {
                let parent = kinds().iter().find(|k| k.id == *parent);
                assert!(parent.is_some_and(|p| p.inherits.is_empty()), "{} inherits from nowhere", kind.id);
            }
            assert_eq!(kind.inherits.is_empty(), !kind.id.contains('.'), "{}", kind.id);
        }
    }

    #[test]
    fn a_service_is_drawn_like_the_kind_it_inherits_from() {
        for service in kinds().iter().filter(|k| !k.inherits.is_empty()) {
            let parent = kind(&service.inherits[0]).unwrap();
            assert_eq!(service.element, parent.element, "{}", service.id);
        }
    }

    #[test]
    fn every_kind_says_where_it_stands_and_how_to_get_in() {
        for kind in kinds() {
            assert!(!kind.name.is_empty() && !kind.zone.is_empty() && !kind.entry_points.is_empty(), "{}", kind.id);
        }
    }

    #[test]
    fn the_table_holds_the_thirty_generic_kinds_and_twenty_eight_services_in_order() {
        let (services, generic): (Vec<_>, Vec<_>) = kinds().iter().partition(|k| k.id.contains('.'));
        assert_eq!((generic.len(), services.len()), (30, 28));
        assert!(services.is_sorted_by_key(|k| &k.id));
    }

    #[test]
    fn every_service_says_what_the_customer_answers_for_and_no_generic_kind_does() {
        for kind in kinds() {
            assert_eq!(kind.responsibility.is_some(), kind.id.contains('.'), "{}", kind.id);
        }
    }

    #[test]
    fn a_kind_is_found_by_id_or_alias_in_any_case() {
        for (word, id) in [
            ("sqldb", "sqldb"),
            ("Redis", "cache"),
            ("AWS.RDS", "aws.rds"),
            ("lambda", "aws.lambda"),
            ("kms", "secrets"),
        ] {
            assert_eq!(kind(word).map(|k| k.id.as_str()), Some(id), "{word}");
        }
        assert_eq!(kind("users"), None);
        let external = ["saas", "iot"].map(|word| kind(word).unwrap().element);
        assert_eq!(external, [Element::External; 2]);
        let actors = ["human", "browser", "mobile", "thick"].map(|word| kind(word).unwrap().element);
        assert_eq!(actors, [Element::Actor; 4]);
    }

    #[test]
    fn a_slip_of_the_finger_finds_the_nearest_word() {
        for (word, near) in [("aws.rd", Some("aws.rds")), ("rediss", Some("redis")), ("aws.api", Some("aws.apigw"))] {
            assert_eq!(Kinds::builtin().nearest(word), near, "{word}");
        }
        for word in ["", "x", "stolen", "reads", "payments"] {
            assert_eq!(Kinds::builtin().nearest(word), None, "{word}");
        }
    }
}
