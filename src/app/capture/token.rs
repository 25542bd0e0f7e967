//! Tokens inside what was said: `@F4`, `:T`, `!4x3`, `~ana`, `%asset`, and the day at the end.
//!
//! Owns when a word is a token: only when it is well-formed and, where it names something, when that exists. Every
//! other word stays text, and a name that looks like a slip gives a warning. Each kind of line says which tokens mean
//! something to it; the others stay text there.

use jiff::civil::Date;

use crate::{
    app::days,
    session::{AssetId, Letter, Place, Rating, Session, ThreatId},
};

use super::{
    Context,
    mark::{Marks, PartKind},
    names, quote,
};

/// What stands behind `@` for no place: the unfiled tray.
pub(super) const TRAY: &str = "-";

/// A kind of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sigil {
    /// `@F4`, `@api`; `@T5` means the cell of that threat, `@-` no place at all.
    Place,
    /// `@T5` as the threat itself; `@-` means none.
    Threat,
    /// `:T`.
    Letter,
    /// `!3`, `!4x3`.
    Rating,
    /// `~ana`.
    Person,
    /// `%asset`.
    Asset,
    /// `by friday` at the end.
    Day,
}

/// What the tokens of a text say, and the text without them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// The words that are no tokens.
    pub(super) text: String,
    /// Where it was said to be.
    pub(super) place: Option<Place>,
    /// Which threat was named.
    pub(super) threat: Option<ThreatId>,
    /// The letters, in the order they were said.
    pub(super) letters: Vec<Letter>,
    /// The judgement.
    pub(super) rating: Option<Rating>,
    /// Who said it.
    pub(super) by: Option<String>,
    /// What is hurt.
    pub(super) assets: Vec<AssetId>,
    /// Until when.
    pub(super) due: Option<Date>,
    /// How to say it, when it was perhaps meant to draw.
    pub(super) doubt: Option<&'static str>,
    /// Names that led nowhere.
    pub(super) warnings: Vec<String>,
}

impl Said {
    /// Text in which nothing is a token.
    pub(super) fn literally(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// Reads the tokens that mean something to this kind of line.
pub(super) fn read(text: &str, takes: &[Sigil], ctx: &Context<'_>, marks: &mut Marks<'_>) -> Said {
    let mut said = Said::default();
    let mut words: Vec<&str> = Vec::new();
    for word in quote::words(text) {
        if !said.take(word, takes, ctx.session, marks) {
            words.push(word);
        }
    }
    if takes.contains(&Sigil::Day) {
        said.due = take_day(&mut words, ctx.today, marks);
        // A slip of the year is noticed now or never.
        let past = said.due.filter(|due| *due < ctx.today).map(|due| format!("{due} is already past"));
        said.warnings.extend(past);
        let unreadable = days::unreadable(&words, ctx.today).filter(|_| said.due.is_none());
        said.warnings.extend(
            unreadable
                .map(|day| format!("`{day}` is not a day and stays in the text; write it like {}", days::EXAMPLES)),
        );
    } else if takes.contains(&Sigil::Rating) && days::at_the_end(&words, ctx.today).is_some() {
        said.warnings.push("a threat has no day: it stays in the text; `+`, `?` and `>` have one".to_owned());
    }
    said.text = words.join(" ");
    said
}

impl Said {
    /// Whether the word is a token; the first of a kind counts, except for letters and assets.
    fn take(&mut self, word: &str, takes: &[Sigil], session: &Session, marks: &mut Marks<'_>) -> bool {
        let mut rest = word.chars();
        let Some(sigil) = rest.next() else { return false };
        let body = rest.as_str().trim_end_matches([',', ';', '.', ')']);
        let body = quote::quoted(body).unwrap_or(body);
        let wants = |kind: Sigil| takes.contains(&kind);
        match sigil {
            '@' if body == TRAY && self.place.is_none() && (wants(Sigil::Threat) || wants(Sigil::Place)) => {
                self.place = Some(Place::Unfiled);
                marks.add(word, PartKind::Place);
            }
            '@' => {
                if (wants(Sigil::Threat) || wants(Sigil::Place))
                    && let Some((place, threat)) = names::threat(session, body)
                    && self.threat.is_none()
                {
                    self.threat = Some(threat.id);
                    if wants(Sigil::Place) && self.place.is_none() {
                        self.place = Some(place);
                        if self.letters.is_empty() {
                            self.letters.push(threat.letter);
                        }
                    }
                } else if wants(Sigil::Place)
                    && self.place.is_none()
                    && let Some(place) = names::place(session, body)
                {
                    self.place = Some(place);
                } else {
                    return self.unknown(word, body, wants(Sigil::Threat) || wants(Sigil::Place));
                }
                marks.add(word, PartKind::Place);
            }
            ':' if wants(Sigil::Letter) => {
                let Some(letter) = upper_letter(body) else { return false };
                if !self.letters.contains(&letter) {
                    self.letters.push(letter);
                }
                marks.add(word, PartKind::Letter);
            }
            '!' if wants(Sigil::Rating) && self.rating.is_none() => {
                let steps = super::steps_of(session);
                let Some(rating) = rating(body, steps) else { return self.off_the_matrix(word, body, steps) };
                self.rating = Some(rating);
                marks.add(word, PartKind::Rating);
            }
            '~' if wants(Sigil::Person) && self.by.is_none() => {
                let Some(by) = speaker(session, body) else { return false };
                self.warnings.extend(names::doubt(session, body));
                self.by = Some(by);
                marks.add(word, PartKind::Person);
            }
            '%' if wants(Sigil::Asset) => {
                let Some(asset) = names::asset(session, body) else { return self.unknown(word, body, true) };
                if !self.assets.contains(&asset.id) {
                    self.assets.push(asset.id.clone());
                }
                marks.add(word, PartKind::Asset);
            }
            _ => return false,
        }
        true
    }

    /// Keeps the word as text; warns when it looks like a name and the kind of line would have used it.
    fn unknown(&mut self, word: &str, body: &str, wanted: bool) -> bool {
        if wanted && body.starts_with(char::is_alphabetic) && self.warnings.len() < 3 {
            self.warnings.push(format!("nothing here is called `{body}`; `{word}` stays in the text"));
        }
        false
    }

    /// Keeps the word as text; warns when somebody meant a rating.
    fn off_the_matrix(&mut self, word: &str, body: &str, (likelihoods, impacts): (u8, u8)) -> bool {
        let meant = |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '×' | '?');
        if body.chars().all(meant) && body.contains(|c: char| c.is_ascii_digit()) && self.warnings.len() < 3 {
            self.warnings.push(format!(
                "`{word}` is not on the matrix and stays in the text: likelihood goes from 1 to {likelihoods}, impact to {impacts}"
            ));
        }
        false
    }
}

/// Takes `by friday` off the end of the words.
fn take_day(words: &mut Vec<&str>, today: Date, marks: &mut Marks<'_>) -> Option<Date> {
    let (date, length) = days::at_the_end(words, today)?;
    let said = words.split_off(words.len() - length - 1);
    marks.add(said[0], PartKind::Keyword);
    for word in &said[1..] {
        marks.add(word, PartKind::Date);
    }
    if let Some(last) = words.last_mut() {
        *last = last.trim_end_matches([',', ';']);
    }
    Some(date)
}

/// A letter as `:T` says it: one upper-case letter.
fn upper_letter(body: &str) -> Option<Letter> {
    let mut chars = body.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase).and_then(Letter::from_char);
    letter.filter(|_| chars.as_str().is_empty())
}

/// `3` impact, `4x3` likelihood and impact, `?x3` and `4x?` with one unknown; nothing outside the matrix.
fn rating(body: &str, (likelihoods, impacts): (u8, u8)) -> Option<Rating> {
    let step = |text: &str, steps: u8| match text {
        "?" => Some(None),
        _ if text.len() == 1 => text.parse().ok().filter(|step| (1..=steps).contains(step)).map(Some),
        _ => None,
    };
    let rating = match body.split_once(['x', 'X', '×']) {
        Some((likelihood, impact)) => {
            Rating { likelihood: step(likelihood, likelihoods)?, impact: step(impact, impacts)? }
        }
        None => Rating { likelihood: None, impact: step(body, impacts)? },
    };
    (rating != Rating::default()).then_some(rating)
}

/// Who `~ana` is: a known person's slug, else the name as it was said.
fn speaker(session: &Session, body: &str) -> Option<String> {
    let letters = body.chars().all(|c| c.is_alphabetic() || c == '-') && body.starts_with(char::is_alphabetic);
    let is_name = letters && (2..=30).contains(&body.chars().count());
    (is_name || session.person_called(body).is_some()).then(|| session.who(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_one_or_two_steps_of_the_matrix() {
        for (body, expected) in [
            ("3", Some((None, Some(3)))),
            ("4x3", Some((Some(4), Some(3)))),
            ("4×3", Some((Some(4), Some(3)))),
            ("?x3", Some((None, Some(3)))),
            ("4x?", Some((Some(4), None))),
            ("?", None),
            ("?x?", None),
            ("0", None),
            ("6", None),
            ("4x6", None),
            ("33", None),
            ("important", None),
            ("+3", None),
            ("", None),
        ] {
            let expected = expected.map(|(likelihood, impact)| Rating { likelihood, impact });
            assert_eq!(rating(body, (5, 5)), expected, "{body}");
        }
    }

    #[test]
    fn what_only_looks_like_a_token_stays_text() {
        let session = Session::new("x");
        let ctx = Context {
            session: &session,
            kinds: crate::catalog::Kinds::builtin(),
            outline: None,
            place: None,
            letter: None,
            threat: None,
            by: "",
            today: Date::ZERO,
        };
        let all = [Sigil::Place, Sigil::Threat, Sigil::Letter, Sigil::Rating, Sigil::Person, Sigil::Asset];
        for text in [
            "ana@example.com",
            "C:T",
            "%20",
            "100%",
            "!important",
            "!9x9",
            "~5",
            "~/.ssh",
            ":t",
            ":-D",
            "@",
            "%",
            "~",
            "!",
            "a:T",
            ":TT",
            "a!3",
            "@home",
            "%nothing",
        ] {
            assert_eq!(read(text, &all, &ctx, &mut Marks::new(text)).text, text);
        }
        let warns = |text: &str| !read(text, &all, &ctx, &mut Marks::new(text)).warnings.is_empty();
        assert!(warns("!9x9") && warns("!6") && warns("!33"));
        assert!(!warns("!important") && !warns("!") && !warns("!?"));
    }
}
