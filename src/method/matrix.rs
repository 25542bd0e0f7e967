//! Risk matrices: lookup tables from a likelihood and an impact to a level.
//!
//! Steps are ordinal words, so nothing here multiplies or adds them. A table is data and may say what its authors mean:
//! in NIST's, an almost certain event that harms nobody is still very low. The name of the matrix is stored in the
//! session; the level never is.
//!
//! A bug bar is a matrix, too: for each letter a table from how far away the attacker may stand and how long the harm
//! lasts. Whoever does not want to argue about likelihood answers these two instead.

mod builtin;

use std::cmp::Ordering;

use builtin::FIVE_BY_FIVE;
pub use builtin::MATRICES;

use crate::session::{Letter, Level, Rating, Session};

/// One step of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its word.
    pub name: &'static str,
}

/// A lookup table with the words of its scales.
#[derive(Debug, PartialEq, Eq)]
pub struct Matrix {
    /// What sessions call it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The likelihood scale; step 1 first.
    pub likelihood: &'static [Step],
    /// The impact scale; step 1 first.
    pub impact: &'static [Step],
    /// A row per likelihood, a column per impact, both from step 1.
    pub levels: &'static [&'static [Level]],
    /// For a bar that tells letters apart, a table for each; then `levels` are the worst of them. Empty for a matrix.
    pub of_letter: &'static [(Letter, &'static [&'static [Level]])],
    /// What its two scales are about: likelihood and impact, or what stands in their place.
    pub axes: [&'static str; 2],
    /// What this matrix calls the levels, lowest first.
    pub level_names: [&'static str; 5],
}

/// How bad a threat is, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Risk {
    /// Nobody rated it.
    Unrated,
    /// Likelihood or impact is unknown.
    Unknown {
        /// The worst level still possible.
        worst: Level,
    },
    /// The level of the matrix.
    Level(Level),
}

impl Risk {
    /// The level to reckon with; `None` when nobody rated it.
    pub fn worst(self) -> Option<Level> {
        match self {
            Self::Unrated => None,
            Self::Unknown { worst } => Some(worst),
            Self::Level(level) => Some(level),
        }
    }

    /// In the words of a matrix: `High`, `up to High`, `unrated`.
    pub fn words(self, matrix: &Matrix) -> String {
        match self {
            Self::Unrated => "unrated".to_owned(),
            Self::Unknown { worst } => format!("up to {}", matrix.level_name(worst)),
            Self::Level(level) => matrix.level_name(level).to_owned(),
        }
    }
}

/// By how bad it may be; what is certain weighs more than what is only possible, and anything rated more than nothing.
/// Sort with [`std::cmp::Reverse`] to have the worst first.
impl Ord for Risk {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |risk: &Self| (risk.worst(), matches!(risk, Self::Level(_)));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Risk {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Matrix {
    /// The matrix a session names; the default one when it names none or one that is not known ([`is_known`]).
    pub fn of(session: &Session) -> &'static Self {
        matrix(&session.matrix).unwrap_or(&FIVE_BY_FIVE)
    }

    /// The level of a rating whatever the letter. Where that tells letters apart, the worst that it may be.
    pub fn level(&self, rating: Rating) -> Risk {
        let of_letter: Vec<Risk> = self.of_letter.iter().map(|(_, table)| self.looked_up(table, rating)).collect();
        match self.looked_up(self.levels, rating) {
            Risk::Level(worst) if of_letter.iter().any(|risk| *risk != Risk::Level(worst)) => Risk::Unknown { worst },
            risk => risk,
        }
    }

    /// The level of a rating of a threat with this letter. A step outside the scale counts as unknown; `check` reports
    /// it.
    pub fn level_of(&self, letter: Letter, rating: Rating) -> Risk {
        let own = self.of_letter.iter().find(|(of, _)| *of == letter).map(|(_, table)| *table);
        self.looked_up(own.unwrap_or(self.levels), rating)
    }

    fn looked_up(&self, table: &[&[Level]], rating: Rating) -> Risk {
        let rows = chosen(rating.likelihood, self.likelihood.len());
        let columns = chosen(rating.impact, self.impact.len());
        let certain = rows.len() == 1 && columns.len() == 1;
        let possible = table.get(rows).unwrap_or_default().iter();
        let possible = possible.flat_map(|row| row.get(columns.clone()).unwrap_or_default());
        match possible.max() {
            Some(level) if certain => Risk::Level(*level),
            Some(level) => Risk::Unknown { worst: *level },
            None => Risk::Unrated,
        }
    }

    /// Whether both steps are unknown or on the scale.
    pub fn admits(&self, rating: Rating) -> bool {
        let on = |step: Option<u8>, scale: &[Step]| step.is_none_or(|n| (1..=scale.len()).contains(&usize::from(n)));
        on(rating.likelihood, self.likelihood) && on(rating.impact, self.impact)
    }

    /// What this matrix calls a level.
    pub fn level_name(&self, level: Level) -> &'static str {
        self.level_names[level as usize]
    }
}

/// The rows or columns a step selects: its own, or all of them when it is unknown. Never empty for a scale that is not.
fn chosen(step: Option<u8>, len: usize) -> std::ops::Range<usize> {
    match step.map(usize::from) {
        Some(step) if (1..=len).contains(&step) => step - 1..step,
        _ => 0..len,
    }
}

/// The built-in matrix of this name; an empty name means the default.
pub fn matrix(id: &str) -> Option<&'static Matrix> {
    MATRICES.iter().copied().find(|matrix| matrix.id == id || (id.is_empty() && matrix.id == FIVE_BY_FIVE.id))
}

/// Whether a session may name this matrix.
pub fn is_known(id: &str) -> bool {
    matrix(id).is_some()
}

#[cfg(test)]
mod tests {
    use super::builtin::{CR, HI, LO, ME};
    use super::*;
    use crate::method::fixture::rating;

    #[test]
    fn what_is_unknown_or_off_the_scale_counts_by_the_worst_it_may_be() {
        let table = [
            (rating(0, 0), CR, true),
            (rating(0, 1), LO, true),
            (rating(1, 0), ME, true),
            (rating(9, 1), LO, false),
            (Rating { likelihood: Some(0), impact: Some(200) }, CR, false),
        ];
        for (rating, worst, admitted) in table {
            assert_eq!(FIVE_BY_FIVE.level(rating), Risk::Unknown { worst }, "{rating:?}");
            assert_eq!(FIVE_BY_FIVE.admits(rating), admitted, "{rating:?}");
        }
    }

    #[test]
    fn sorting_backwards_puts_the_worst_first_and_the_unrated_last() {
        let mut risks = [
            Risk::Unrated,
            Risk::Level(LO),
            Risk::Unknown { worst: HI },
            Risk::Level(CR),
            Risk::Level(HI),
            Risk::Unknown { worst: ME },
        ];
        risks.sort_unstable_by_key(|risk| std::cmp::Reverse(*risk));
        let words = risks.map(|risk| risk.words(&FIVE_BY_FIVE));
        assert_eq!(words, ["Critical", "High", "up to High", "up to Medium", "Low", "unrated"]);
    }

    #[test]
    fn an_unknown_name_falls_back_to_the_default_and_can_be_noticed() {
        let mut session = Session::new("matrices");
        for (name, used, known) in [("", "5x5", true), ("owasp", "owasp", true), ("ours", "5x5", false)] {
            name.clone_into(&mut session.matrix);
            assert_eq!((Matrix::of(&session).id, is_known(name)), (used, known), "{name}");
        }
    }
}
