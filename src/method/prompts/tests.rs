//! The wording rules every question keeps, checked over all of them.

use std::collections::BTreeSet;

use super::*;

const ENDS: [End; 3] = [End::External, End::Process, End::Store];
const FLOW_SLOTS: [&str; 4] = ["{from}", "{to}", "{label}", "{assets}"];
const STANDING_SLOTS: [&str; 2] = ["{self}", "{assets}"];
const NAMES: [&str; 3] = ["{from}", "{to}", "{self}"];

/// Words that carry no subject; they do not count as overlap.
const FILLER: [&str; 62] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "could", "did", "do", "does", "for", "from", "has",
    "have", "how", "if", "in", "into", "is", "it", "its", "may", "might", "more", "not", "of", "on", "only", "or",
    "out", "so", "than", "that", "the", "their", "them", "then", "these", "they", "this", "those", "to", "up", "us",
    "was", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "will", "with", "would", "our",
];

struct Place {
    title: String,
    slots: &'static [&'static str],
    questions: &'static [&'static str],
}

fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for letter in Letter::ALL {
        for from in ENDS {
            let title = format!("{from:?} by itself, {letter}");
            places.push(Place { title, slots: &STANDING_SLOTS, questions: standing(from, letter) });
            for to in ENDS {
                let title = format!("{from:?} to {to:?}, {letter}");
                places.push(Place { title, slots: &FLOW_SLOTS, questions: prompts(from, to, letter) });
            }
        }
    }
    places
}

fn every_question() -> Vec<&'static str> {
    places().iter().flat_map(|place| place.questions).copied().collect()
}

fn typical() -> Names<'static> {
    Names {
        from: "order-portal",
        to: "billing-core",
        label: "place orders",
        assets: "card numbers",
        me: "ledger-store",
    }
}

fn words(question: &str) -> BTreeSet<String> {
    let slots = ["{from}", "{to}", "{label}", "{assets}", "{self}"];
    let plain = slots.iter().fold(question.to_lowercase(), |text, slot| text.replace(slot, " "));
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !FILLER.contains(word))
        .map(|word| word.trim_end_matches("ing").trim_end_matches('s').to_owned())
        .collect()
}

/// Shared words over the words of the shorter question, so that a long question cannot hide a short one.
fn overlap(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let shorter = a.len().min(b.len()).max(1);
    f64::from(u32::try_from(a.intersection(&b).count()).unwrap()) / f64::from(u32::try_from(shorter).unwrap())
}

/// The placeholders of a question; anything else in braces is returned as well.
fn slots_of(question: &str) -> Vec<String> {
    question.split('{').skip(1).map(|part| format!("{{{}}}", part.split('}').next().unwrap_or_default())).collect()
}

#[test]
fn every_cell_has_three_to_five_questions() {
    for Place { title, questions, .. } in places() {
        assert!((3..=5).contains(&questions.len()), "{title}: {}", questions.len());
    }
}

#[test]
fn questions_fit_one_breath() {
    for question in every_question() {
        assert!(question.chars().count() <= 110, "{} characters: {question}", question.chars().count());
        let filled = fill(question, &typical());
        assert!(filled.chars().count() <= 140, "{} characters: {filled}", filled.chars().count());
        assert!(words(question).len() >= 3, "too thin: {question}");
    }
}

#[test]
fn only_names_the_place_has_are_used() {
    for Place { title, slots, questions } in places() {
        for question in questions {
            for slot in slots_of(question) {
                assert!(slots.contains(&slot.as_str()), "{title}: {slot} in {question}");
            }
            assert_eq!(question.matches('{').count(), question.matches('}').count(), "{question}");
        }
    }
}

#[test]
fn questions_point_at_this_place() {
    for Place { title, questions, .. } in places() {
        let named = questions.iter().filter(|question| NAMES.iter().any(|name| question.contains(name))).count();
        assert!(named + 1 >= questions.len(), "{title}: only {named} name an end");
        for question in questions {
            assert!(!slots_of(question).is_empty(), "{title}: {question}");
        }
    }
}

#[test]
fn questions_are_open_questions() {
    let asking = ["how", "who", "whom", "whose", "what", "where", "which"];
    let answered_by_yes = ["Is", "Are", "Was", "Do", "Does", "Did", "Can", "Could", "Has", "Have", "Will", "Would"];
    for question in every_question() {
        assert!(question.ends_with('?') && question.matches('?').count() == 1, "{question}");
        assert!(question.starts_with(char::is_uppercase), "begins with a name: {question}");
        assert!(!answered_by_yes.contains(&question.split(' ').next().unwrap()), "{question}");
        let lower = question.to_lowercase();
        assert!(lower.split(|c: char| !c.is_alphabetic()).any(|word| asking.contains(&word)), "{question}");
    }
}

#[test]
fn names_may_be_singular_or_plural() {
    let agreeing = ["is", "are", "was", "has", "have", "does", "do"];
    let base_form = ["have", "do"];
    let mut wrong = Vec::new();
    let harmless = ["this", "as", "across", "always", "access", "besides", "pass"];
    for question in every_question() {
        assert!(!question.contains("}'"), "possessive: {question}");
        let tokens: Vec<&str> = question.split([' ', ',', ':', '?']).collect();
        for (at, _) in tokens.iter().enumerate().filter(|(_, token)| token.starts_with('{')) {
            let before = at.checked_sub(1).map_or("", |at| tokens[at]).to_lowercase();
            let after = tokens.get(at + 1).copied().unwrap_or_default();
            let verb = agreeing.contains(&after) && !base_form.contains(&after)
                || (after.ends_with('s') && !harmless.contains(&after));
            if verb || agreeing.contains(&before.as_str()) || ["a", "an"].contains(&before.as_str()) {
                wrong.push(question);
            }
        }
    }
    assert!(wrong.is_empty(), "a verb agrees with a name:\n{}", wrong.join("\n"));
}

#[test]
fn nobody_is_blamed_and_no_word_needs_a_dictionary() {
    let unwelcome = [
        "you",
        "your",
        "forgot",
        "forgotten",
        "fail to",
        "failed to",
        "should have",
        "mtls",
        "jwt",
        "csrf",
        "ssrf",
        "xss",
        "idempotent",
        "idempotency",
        "non-repudiation",
        "least privilege",
        "attack surface",
        "exfiltrate",
        "leverage",
        "aws",
        "azure",
        "google",
        "kubernetes",
        "postgres",
        "kafka",
        "github",
    ];
    for question in every_question() {
        let spaced = format!(" {} ", question.to_lowercase().replace([',', ':', '?', '"'], " "));
        for word in unwelcome {
            assert!(!spaced.contains(&format!(" {word} ")), "`{word}` in {question}");
        }
        assert!(question.is_ascii() && !question.contains("  ") && question.trim() == question, "{question}");
    }
}

#[test]
fn the_questions_of_a_cell_look_at_different_things() {
    for Place { title, questions, .. } in places() {
        for (at, a) in questions.iter().enumerate() {
            for b in &questions[at + 1..] {
                assert!(overlap(a, b) < 0.34, "{title}: {:.2}\n  {a}\n  {b}", overlap(a, b));
            }
        }
    }
}

#[test]
fn no_question_is_asked_in_two_places() {
    let all = every_question();
    for (at, a) in all.iter().enumerate() {
        for b in &all[at + 1..] {
            assert_ne!(a, b);
            assert!(overlap(a, b) < 0.67, "{:.2}\n  {a}\n  {b}", overlap(a, b));
        }
    }
}

#[test]
fn names_are_filled_in() {
    let filled = fill("How does {label} carry {assets} from {from} to {to} past {self}?", &typical());
    assert_eq!(filled, "How does place orders carry card numbers from order-portal to billing-core past ledger-store?");
}

#[test]
fn missing_names_still_read_well() {
    let names = Names { from: "browser", to: "api", label: " ", ..Names::default() };
    assert_eq!(
        fill("What in {label} could bend {assets} between {from} and {to}?", &names),
        "What in this exchange could bend this data between browser and api?"
    );
    assert_eq!(fill("{from}, {to}, {self}", &Names::default()), "the source, the target, this component");
}

#[test]
fn a_name_that_looks_like_a_placeholder_stays_a_name() {
    let names = Names { from: "{to}", to: "{from}", ..Names::default() };
    assert_eq!(fill("{from} {to} {other} { {{to} é", &names), "{to} {from} {other} { {{from} é");
}

#[test]
fn no_placeholder_is_left_after_filling() {
    for question in every_question() {
        assert!(!fill(question, &typical()).contains(['{', '}']), "{question}");
    }
}

#[test]
fn the_measure_catches_a_reworded_question() {
    let (a, b) = ("Who could edit {assets} directly in {self}?", "Who might change {assets} in {self} directly?");
    assert!(overlap(a, b) > 0.34);
    assert!(overlap(a, "Which clean-up script could damage {self}?") < 0.01);
}

#[test]
fn names_in_a_row_are_told_apart_where_one_has_an_and_of_its_own() {
    assert_eq!(joined(&["Orders"]), "Orders");
    assert_eq!(joined(&["Orders", "Invoices", "Cookies"]), "Orders, Invoices and Cookies");
    assert_eq!(joined(&["Backups", "Orders and addresses"]), "Backups, and Orders and addresses");
}
