//! The matrices that come with the program, as data.

use super::{Matrix, Step};
use crate::session::{Letter, Level};

/// The built-in matrices, the default first.
pub const MATRICES: &[&Matrix] = &[&FIVE_BY_FIVE, &OWASP, &NIST, &BUG_BAR];

pub(super) const VL: Level = Level::VeryLow;
pub(super) const LO: Level = Level::Low;
pub(super) const ME: Level = Level::Medium;
pub(super) const HI: Level = Level::High;
pub(super) const CR: Level = Level::Critical;

/// What the scales of a risk matrix are about.
const RISK: [&str; 2] = ["likelihood", "impact"];

const fn step(name: &'static str) -> Step {
    Step { name }
}

/// The default.
///
/// Chosen, not calculated. No step right or up ever lowers the level, and none raises it by more than one, so that two
/// people who differ by one step do not end two levels apart. Impact weighs more than likelihood, because rooms judge
/// it better: a severe impact is never below Medium however unlikely, a negligible one never above Low however likely.
/// Critical is kept for what is both severe and at least likely, so that it still means something.
pub(super) static FIVE_BY_FIVE: Matrix = Matrix {
    id: "5x5",
    name: "Five by five",
    likelihood: &[step("Rare"), step("Unlikely"), step("Possible"), step("Likely"), step("Almost certain")],
    impact: &[step("Negligible"), step("Minor"), step("Moderate"), step("Major"), step("Severe")],
    levels: &[
        &[VL, VL, LO, LO, ME],
        &[VL, LO, LO, ME, ME],
        &[VL, LO, ME, ME, HI],
        &[LO, LO, ME, HI, CR],
        &[LO, ME, ME, HI, CR],
    ],
    of_letter: &[],
    axes: RISK,
    level_names: ["Very low", "Low", "Medium", "High", "Critical"],
};

/// The OWASP risk rating: each scale is the mean of factors from 0 to 9, cut at 3 and 6.
static OWASP: Matrix = Matrix {
    id: "owasp",
    name: "OWASP risk rating",
    likelihood: &[step("Low"), step("Medium"), step("High")],
    impact: &[step("Low"), step("Medium"), step("High")],
    levels: &[&[VL, LO, ME], &[LO, ME, HI], &[ME, HI, CR]],
    of_letter: &[],
    axes: RISK,
    level_names: ["Note", "Low", "Medium", "High", "Critical"],
};

/// NIST SP 800-30 revision 1, table I-2.
static NIST: Matrix = Matrix {
    id: "nist",
    name: "NIST SP 800-30",
    likelihood: &[step("Very low"), step("Low"), step("Moderate"), step("High"), step("Very high")],
    impact: &[step("Very low"), step("Low"), step("Moderate"), step("High"), step("Very high")],
    levels: &[
        &[VL, VL, VL, LO, LO],
        &[VL, LO, LO, LO, ME],
        &[VL, LO, ME, ME, HI],
        &[VL, LO, ME, HI, CR],
        &[VL, LO, ME, HI, CR],
    ],
    of_letter: &[],
    axes: RISK,
    level_names: ["Very low", "Low", "Moderate", "High", "Very high"],
};

/// The bug bar: who can reach it and whether it lasts, judged for each letter by itself.
///
/// Chosen, not calculated. Somebody else's rights weigh most, then what is changed, read or forged, then what cannot be
/// proven or used. Nothing falls when more people reach it or when it lasts.
static BUG_BAR: Matrix = Matrix {
    id: "bug-bar",
    name: "Bug bar",
    likelihood: &[step("Administrators"), step("Insiders"), step("Any account"), step("Anyone")],
    impact: &[step("Passing"), step("Lasting")],
    levels: &[&[LO, ME], &[ME, HI], &[HI, CR], &[CR, CR]],
    of_letter: &[
        (Letter::S, &[&[VL, LO], &[LO, ME], &[ME, HI], &[HI, HI]]),
        (Letter::T, &[&[VL, LO], &[LO, ME], &[ME, HI], &[HI, CR]]),
        (Letter::R, &[&[VL, LO], &[VL, LO], &[LO, ME], &[ME, ME]]),
        (Letter::I, &[&[VL, LO], &[LO, ME], &[ME, HI], &[HI, HI]]),
        (Letter::D, &[&[VL, VL], &[VL, LO], &[LO, ME], &[ME, HI]]),
        (Letter::E, &[&[LO, ME], &[ME, HI], &[HI, CR], &[CR, CR]]),
    ],
    axes: ["reach", "persistence"],
    level_names: ["None", "Low", "Moderate", "Important", "Critical"],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::{
        fixture::rating,
        matrix::{Risk, matrix},
    };

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
    fn the_bug_bar_has_a_table_for_each_letter_that_never_falls_and_the_worst_of_all_stands_for_it() {
        assert_eq!(BUG_BAR.of_letter.iter().map(|(letter, _)| *letter).collect::<Vec<_>>(), Letter::ALL);
        for (at, row) in BUG_BAR.levels.iter().enumerate() {
            for (column, worst) in row.iter().enumerate() {
                let levels = BUG_BAR.of_letter.iter().map(|(_, table)| table[at][column]);
                assert_eq!(levels.max(), Some(*worst), "{at} {column}");
            }
        }
        for (letter, table) in BUG_BAR.of_letter {
            assert!(table.iter().all(|row| row.len() == 2 && row.is_sorted()), "{letter}");
            assert!(table.windows(2).all(|rows| rows[0].iter().zip(rows[1]).all(|(a, b)| a <= b)), "{letter}");
        }
        let (anyone, lasting) = (rating(4, 2), |letter| BUG_BAR.level_of(letter, rating(4, 2)));
        assert_eq!((lasting(Letter::D), lasting(Letter::E)), (Risk::Level(HI), Risk::Level(CR)));
        assert_eq!(
            BUG_BAR.level(anyone),
            Risk::Unknown { worst: CR },
            "without a letter it may be anything up to that"
        );
        assert_eq!(BUG_BAR.level_of(Letter::D, rating(0, 2)), Risk::Unknown { worst: HI });
    }

    #[test]
    fn ids_are_unique_and_every_step_has_a_word() {
        for (n, one) in MATRICES.iter().enumerate() {
            assert!(MATRICES[n + 1..].iter().all(|other| other.id != one.id), "{}", one.id);
            assert!(one.likelihood.iter().chain(one.impact).all(|step| !step.name.is_empty()), "{}", one.id);
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
}
