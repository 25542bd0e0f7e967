//! Which words of a sentence carry its subject, to tell whether two sentences say nearly the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words that carry no subject.
const FILLER: [&str; 78] = [
    "a", "an", "and", "any", "anyone", "are", "as", "at", "be", "but", "by", "can", "could", "did", "do", "does",
    "every", "for", "from", "has", "have", "he", "how", "if", "in", "into", "is", "it", "its", "may", "might", "more",
    "nobody", "not", "of", "on", "one", "only", "or", "other", "our", "out", "own", "she", "so", "somebody", "someone",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
    "up", "us", "was", "we", "were", "what", "when", "where", "which", "who", "whoever", "whom", "whose", "will",
    "with", "would", "without",
];

/// The words of a sentence that carry its subject, placeholders left out, endings cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Subject(BTreeSet<String>);

/// Fewer shared words than this are chance.
const FEWEST: usize = 3;

impl Subject {
    pub(super) fn of(sentence: &str) -> Self {
        let mut plain = String::with_capacity(sentence.len());
        let mut inside = false;
        for c in sentence.chars() {
            match c {
                '{' => inside = true,
                '}' => {
                    inside = false;
                    plain.push(' ');
                }
                c if !inside => plain.extend(c.to_lowercase()),
                _ => (),
            }
        }
        let words = plain.split(|c: char| !c.is_alphanumeric());
        let subject = words.filter(|word| !word.is_empty() && !FILLER.contains(word)).map(stem);
        Self(subject.map(str::to_owned).collect())
    }

    /// Whether two sentences share most words of the shorter one.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        self.is_near_with(other, self.0.intersection(&other.0).count())
    }

    fn is_near_with(&self, other: &Self, shared: usize) -> bool {
        let shorter = self.0.len().min(other.0.len());
        shared >= FEWEST && shared * 10 >= shorter * 7
    }
}

/// The pairs among so many sentences that are near each other, the earlier one first. Looks only at sentences that share
/// a word, so that ten thousand are compared in a moment.
pub(super) fn near<'s>(count: usize, subject: impl Fn(usize) -> &'s Subject) -> Vec<(usize, usize)> {
    let mut saying: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for later in 0..count {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &subject(later).0 {
            let earlier = saying.entry(word).or_default();
            for at in earlier.iter() {
                *shared.entry(*at).or_default() += 1;
            }
            earlier.push(later);
        }
        let near = shared.into_iter().filter(|(at, shared)| subject(*at).is_near_with(subject(later), *shared));
        pairs.extend(near.map(|(earlier, _)| (earlier, later)));
    }
    pairs
}

/// Cuts the endings that grammar adds; what stays need not be a word.
fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "e", "s"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() > 2
        {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_near_when_they_share_most_of_their_subject() {
        let near = |a: &str, b: &str| Subject::of(a).is_near(&Subject::of(b));
        assert!(near("A stolen session cookie from {self} works elsewhere", "stolen session cookies"));
        assert!(near(
            "Stolen session cookie from Browser works from another machine",
            "a session cookie, stolen, works"
        ));
        assert!(!near("A stolen session cookie from {self} works elsewhere", "Stolen passwords open {self}"));
        assert!(!near("{from} and {to}", "{from} and {to}"));
    }
}
