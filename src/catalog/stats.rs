//! Figures: how many rows each kind has for each letter, next to what other tools ship.
//!
//! Owns the counting and the figures of others, which were counted in their repositories in November 2026.

use super::{Catalogue, Kind};
use crate::session::Letter;

/// The rows of a kind, letter by letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage<'c> {
    /// Which kind.
    pub kind: &'c Kind,
    /// Rows about the kind itself.
    pub own: [usize; 6],
    /// Rows about what it inherits from.
    pub inherited: [usize; 6],
}

/// What another tool ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    /// The tool and the version that was counted.
    pub name: &'static str,
    /// How many threats or rules.
    pub size: usize,
    /// How many of each letter, where each has one.
    pub letters: Option<[usize; 6]>,
    /// What they are.
    pub note: &'static str,
}

/// Tools whose threats anybody may count, largest first.
pub const OTHERS: [Other; 7] = [
    Other {
        name: "Microsoft TMT, Azure template 1.0.0.33",
        size: 191,
        letters: Some([33, 27, 12, 47, 6, 66]),
        note: "rules on 48 stencils, Azure only",
    },
    Other { name: "Microsoft TMT, medical template", size: 119, letters: None, note: "rules on 79 stencils" },
    Other { name: "pytm, OWASP @86ccaa8", size: 114, letters: None, note: "mostly input handling, no cloud services" },
    Other { name: "TrustOnCloud, Amazon S3", size: 64, letters: None, note: "173 controls for one service" },
    Other { name: "Threagile", size: 42, letters: None, note: "rules about the architecture" },
    Other {
        name: "Microsoft TMT, SDL core 4.1.0.11",
        size: 41,
        letters: Some([6, 13, 7, 6, 4, 5]),
        note: "rules on 52 stencils",
    },
    Other {
        name: "AWS Threat Composer, one pack",
        size: 37,
        letters: None,
        note: "generative AI chatbot, 84 mitigations",
    },
];

/// How many threats each letter has.
pub fn letters(catalogue: &Catalogue) -> [usize; 6] {
    Letter::ALL.map(|letter| catalogue.threats().iter().filter(|threat| threat.letter == letter).count())
}

/// The rows of every kind.
pub fn coverage(catalogue: &Catalogue) -> Vec<Coverage<'_>> {
    let rows = |id: &str, letter| catalogue.about(id, letter).count();
    let of = |kind| Coverage {
        kind,
        own: Letter::ALL.map(|letter| rows(&kind.id, letter)),
        inherited: Letter::ALL.map(|letter| kind.inherits.iter().map(|parent| rows(parent, letter)).sum()),
    };
    catalogue.kinds().all().iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::builtin;

    #[test]
    fn every_threat_is_counted_once_by_its_letter() {
        assert_eq!(letters(builtin()), [100, 104, 70, 119, 85, 87]);
    }

    #[test]
    fn letters_of_others_add_up_to_their_size() {
        for other in OTHERS {
            assert!(other.letters.is_none_or(|six| six.iter().sum::<usize>() == other.size), "{}", other.name);
        }
    }
}
