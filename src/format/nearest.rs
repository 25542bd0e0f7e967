//! The nearest known name for a misspelled one.

/// Longer words are not compared: nobody misspells them, somebody pasted them.
const LONGEST: usize = 64;

/// The candidate that `word` is most likely meant to be; `None` when nothing is close.
///
/// Close means: equal but for upper case, hyphens and underscores, or at most one slip for every three letters, where a
/// slip is a letter left out, added, replaced or exchanged with its neighbour.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = folded(word).chars().count();
    if letters == 0 || letters > LONGEST {
        return None;
    }
    let allowed = (letters / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (slips_between(word, candidate), candidate))
        .filter(|(slips, candidate)| *slips <= allowed && *slips < candidate.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// How many slips lie between two words: letters left out, added, replaced or exchanged with their neighbour.
pub fn slips_between(a: &str, b: &str) -> usize {
    strsim::osa_distance(&folded(a), &folded(b))
}

fn folded(word: &str) -> String {
    word.chars().filter(|c| *c != '_' && *c != '-').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_finds_the_name_and_another_word_finds_nothing() {
        let names = ["statement", "source", "letter", "NotApplicable", "Clear", "S", "T"];
        for (word, expected) in [
            ("statment", Some("statement")),
            ("sttaement", Some("statement")),
            ("Letter", Some("letter")),
            ("not_applicable", Some("NotApplicable")),
            ("Claer", Some("Clear")),
            ("s", Some("S")),
            ("X", None),
            ("severity", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
        assert_eq!(nearest(&"statement".repeat(50), names), None);
    }

    #[test]
    fn slips_count_single_changes_and_hyphens_count_nothing() {
        assert_eq!(slips_between("", "abc"), 3);
        assert_eq!(slips_between("signin", "sign-in"), 0);
        assert_eq!(slips_between("kitten", "sitting"), 3);
    }
}
