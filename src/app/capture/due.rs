//! `by friday` at the end of a line.
//!
//! Owns the words for a day: `2026-05-08`, weekdays (the next such day after today, in full or three letters), `today`
//! and `tomorrow`. Refuses everything else: `by the proxy` stays text.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::mark::{Marks, PartKind};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Takes a date phrase off the end of the words; leaves at least one word.
pub(super) fn take(words: &mut Vec<&str>, today: Date, marks: &mut Marks<'_>) -> Option<Date> {
    let [_, .., by, word] = words.as_slice() else { return None };
    let date = day(word.trim_end_matches('.'), today).filter(|_| by.eq_ignore_ascii_case("by"))?;
    marks.add(by, PartKind::Keyword);
    marks.add(word, PartKind::Date);
    words.truncate(words.len() - 2);
    if let Some(last) = words.last_mut() {
        *last = last.trim_end_matches([',', ';']);
    }
    Some(date)
}

fn day(word: &str, today: Date) -> Option<Date> {
    let word = word.to_lowercase();
    let ahead = |days: i64| today.checked_add(days.days()).ok();
    match word.as_str() {
        "today" => Some(today),
        "tomorrow" => ahead(1),
        _ => {
            let weekday = WEEKDAYS.iter().find(|(name, _)| *name == word || name[..3] == word);
            match weekday {
                Some((_, weekday)) => {
                    let days = i64::from(today.weekday().until(*weekday));
                    ahead(if days == 0 { 7 } else { days })
                }
                None if word.len() == 10 => word.parse().ok(),
                None => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_at_the_end_is_taken_and_everything_else_is_text() {
        let wednesday = date(2026, 5, 6);
        for (text, rest, due) in [
            ("open ticket by friday", "open ticket", Some(date(2026, 5, 8))),
            ("open ticket by Fri.", "open ticket", Some(date(2026, 5, 8))),
            ("open ticket, by wednesday", "open ticket", Some(date(2026, 5, 13))),
            ("open ticket by today", "open ticket", Some(wednesday)),
            ("open ticket by tomorrow", "open ticket", Some(date(2026, 5, 7))),
            ("open ticket by 2026-06-01", "open ticket", Some(date(2026, 6, 1))),
            ("open ticket by 2026-02-30", "open ticket by 2026-02-30", None),
            ("stopped by the proxy", "stopped by the proxy", None),
            ("by friday", "by friday", None),
            ("friday", "friday", None),
            ("", "", None),
        ] {
            let mut words = text.split_whitespace().collect();
            assert_eq!(take(&mut words, wednesday, &mut Marks::new(text)), due, "{text}");
            assert_eq!(words.join(" "), rest);
        }
        assert_eq!(take(&mut vec!["x", "by", "tomorrow"], Date::MAX, &mut Marks::new("")), None);
    }
}
