//! Risk matrices: lookup tables from a likelihood and an impact to a level.
//!
//! Steps are ordinal words, so nothing here multiplies or adds them. A table is data and may say what its authors mean:
//! in NIST's, an almost certain event that harms nobody is still very low. The name of the matrix is stored in the
//! session; the level never is.

use std::cmp::Ordering;

use crate::session::{Level, Rating, Session};

/// One step of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its word.
    pub name: &'static str,
    /// What one can recognise it by.
    pub anchor: &'static str,
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

    /// The level of a rating. A step outside the scale counts as unknown; `check` reports it.
    pub fn level(&self, rating: Rating) -> Risk {
        let rows = chosen(rating.likelihood, self.likelihood.len());
        let columns = chosen(rating.impact, self.impact.len());
        let certain = rows.len() == 1 && columns.len() == 1;
        let possible = self.levels.get(rows).unwrap_or_default().iter();
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

/// The built-in matrices, the default first.
pub const MATRICES: &[&Matrix] = &[&FIVE_BY_FIVE, &OWASP, &NIST];

const VL: Level = Level::VeryLow;
const LO: Level = Level::Low;
const ME: Level = Level::Medium;
const HI: Level = Level::High;
const CR: Level = Level::Critical;

const fn step(name: &'static str, anchor: &'static str) -> Step {
    Step { name, anchor }
}

/// The default.
///
/// Chosen, not calculated. No step right or up ever lowers the level, and none raises it by more than one, so that two
/// people who differ by one step do not end two levels apart. Impact weighs more than likelihood, because rooms judge
/// it better: a severe impact is never below Medium however unlikely, a negligible one never above Low however likely.
/// Critical is kept for what is both severe and at least likely, so that it still means something.
static FIVE_BY_FIVE: Matrix = Matrix {
    id: "5x5",
    name: "Five by five",
    likelihood: &[
        step("Rare", "needs an administrator's rights, or research nobody has published"),
        step("Unlikely", "needs an insider, or skill and weeks of work"),
        step("Possible", "needs an account, skill and time"),
        step("Likely", "any account with a tool that is around"),
        step("Almost certain", "anyone with a click or a script; we would not notice"),
    ],
    impact: &[
        step("Negligible", "hardly anyone notices; less than two hours lost"),
        step("Minor", "complaints and bug reports; less than a day for users"),
        step("Moderate", "a team loses days, or internal data gets out"),
        step("Major", "the trade press writes about it; users lose up to two days; confidential data gets out"),
        step("Severe", "front-page news; more than two days for all users, or harm that cannot be undone"),
    ],
    levels: &[
        &[VL, VL, LO, LO, ME],
        &[VL, LO, LO, ME, ME],
        &[VL, LO, ME, ME, HI],
        &[LO, LO, ME, HI, CR],
        &[LO, ME, ME, HI, CR],
    ],
    level_names: ["Very low", "Low", "Medium", "High", "Critical"],
};

/// The OWASP risk rating: each scale is the mean of factors from 0 to 9, cut at 3 and 6.
static OWASP: Matrix = Matrix {
    id: "owasp",
    name: "OWASP risk rating",
    likelihood: &[
        step("Low", "attacker and weakness factors average below 3 of 9"),
        step("Medium", "attacker and weakness factors average from 3 to below 6 of 9"),
        step("High", "attacker and weakness factors average 6 of 9 or more"),
    ],
    impact: &[
        step("Low", "business factors, or technical ones if unknown, average below 3 of 9"),
        step("Medium", "business factors, or technical ones if unknown, average from 3 to below 6 of 9"),
        step("High", "business factors, or technical ones if unknown, average 6 of 9 or more"),
    ],
    levels: &[&[VL, LO, ME], &[LO, ME, HI], &[ME, HI, CR]],
    level_names: ["Note", "Low", "Medium", "High", "Critical"],
};

/// NIST SP 800-30 revision 1, table I-2.
static NIST: Matrix = Matrix {
    id: "nist",
    name: "NIST SP 800-30",
    likelihood: &[
        step("Very low", "0 to 4 of 100: hardly to be expected"),
        step("Low", "5 to 20 of 100: unlikely"),
        step("Moderate", "21 to 79 of 100: it may well happen"),
        step("High", "80 to 95 of 100: to be expected"),
        step("Very high", "96 to 100 of 100: as good as certain"),
    ],
    impact: &[
        step("Very low", "0 to 4 of 100: not worth a mention"),
        step("Low", "5 to 20 of 100: a limited setback"),
        step("Moderate", "21 to 79 of 100: a serious setback"),
        step("High", "80 to 95 of 100: severe or catastrophic"),
        step("Very high", "96 to 100 of 100: several severe or catastrophic effects at once"),
    ],
    levels: &[
        &[VL, VL, VL, LO, LO],
        &[VL, LO, LO, LO, ME],
        &[VL, LO, ME, ME, HI],
        &[VL, LO, ME, HI, CR],
        &[VL, LO, ME, HI, CR],
    ],
    level_names: ["Very low", "Low", "Moderate", "High", "Very high"],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::fixture::rating;

    #[test]
    fn tables_have_a_row_per_likelihood_and_a_column_per_impact_and_never_fall() {
        for matrix in MATRICES {
            assert_eq!(matrix.levels.len(), matrix.likelihood.len(), "{}", matrix.id);
            assert!(matrix.levels.iter().all(|row| row.len() == matrix.impact.len()), "{}", matrix.id);
            assert!(matrix.levels.iter().all(|row| row.is_sorted()), "{}", matrix.id);
            for rows in matrix.levels.windows(2) {
                assert!(rows[0].iter().zip(rows[1]).all(|(below, above)| below <= above), "{}", matrix.id);
            }
        }
    }

    #[test]
    fn ids_are_unique_and_every_step_has_a_word_and_an_anchor() {
        for (n, one) in MATRICES.iter().enumerate() {
            assert!(MATRICES[n + 1..].iter().all(|other| other.id != one.id), "{}", one.id);
            let steps = one.likelihood.iter().chain(one.impact);
            assert!(steps.clone().all(|step| !step.name.is_empty() && step.anchor.len() <= 100), "{}", one.id);
        }
    }

    #[test]
    fn one_step_in_the_default_never_jumps_over_a_level() {
        let levels = FIVE_BY_FIVE.levels;
        let near = |a: Level, b: Level| (a as u8).abs_diff(b as u8) <= 1;
        for row in levels {
            assert!(row.windows(2).all(|pair| near(pair[0], pair[1])), "{row:?}");
            assert!(row[4] >= Level::Medium && row[0] <= Level::Low, "{row:?}");
        }
        for rows in levels.windows(2) {
            assert!(rows[0].iter().zip(rows[1]).all(|(below, above)| near(*below, *above)), "{rows:?}");
        }
    }

    #[test]
    fn published_cells_are_looked_up_and_not_multiplied() {
        let table = [
            ("owasp", 1, 1, VL),
            ("owasp", 1, 3, ME),
            ("owasp", 3, 1, ME),
            ("owasp", 2, 3, HI),
            ("owasp", 3, 3, CR),
            ("nist", 5, 1, VL),
            ("nist", 1, 5, LO),
            ("nist", 2, 5, ME),
            ("nist", 3, 4, ME),
            ("nist", 4, 5, CR),
        ];
        for (id, likelihood, impact, level) in table {
            let found = matrix(id).unwrap().level(rating(likelihood, impact));
            assert_eq!(found, Risk::Level(level), "{id} {likelihood}x{impact}");
        }
    }

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
