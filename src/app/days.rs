//! Days as people say them: `2026-05-08`, `31.12.`, `31.12.2026`, `31 Dec`, `December 31 2026`, `today`, `tomorrow`, `friday`, `next friday`, `next week`, `next month`, `+3d`, `+2w`, `+1m`.
//!
//! `by` may stand in front of each. A weekday is the next such day after today, in full or three letters;
//! `next friday` is that of the week after this one, as most people mean it, and whoever means the other sees the date.
//! Refuses everything else: `by the proxy` is no day.

use jiff::{
    Span, ToSpan,
    civil::{Date, Weekday},
};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The words for a day that an example in a field or an error names.
pub const EXAMPLES: &str = "2027-01-31, friday, next week or +2w";

/// The day that is said, with or without `by` in front.
pub fn day(said: &str, today: Date) -> Option<Date> {
    let said = said.trim().to_lowercase();
    let said = said.strip_prefix("by ").map_or(said.as_str(), str::trim_start);
    let ahead = |span: Span| today.checked_add(span).ok();
    match said {
        "today" => return Some(today),
        "tomorrow" => return ahead(1.days()),
        "next week" => return ahead(1.weeks()),
        "next month" => return ahead(1.months()),
        _ => {}
    }
    let weekday =
        |said: &str| WEEKDAYS.iter().find(|(name, _)| *name == said || name[..3] == *said).map(|(_, weekday)| *weekday);
    if let Some(weekday) = weekday(said) {
        let days = i64::from(today.weekday().until(weekday));
        return ahead(if days == 0 { 7 } else { days }.days());
    }
    if let Some(weekday) = said.strip_prefix("next ").and_then(|said| weekday(said.trim_start())) {
        let monday = 7 - i64::from(today.weekday().to_monday_zero_offset());
        return ahead((monday + i64::from(weekday.to_monday_zero_offset())).days());
    }
    if let Some(later) = said.strip_prefix('+') {
        let unit = later.chars().next_back()?;
        // Nobody plans further than this, and no calendar ends before it.
        let count: i64 =
            later[..later.len() - unit.len_utf8()].parse().ok().filter(|count| (0..=999).contains(count))?;
        return match unit {
            'd' => ahead(count.days()),
            'w' => ahead(count.weeks()),
            'm' => ahead(count.months()),
            _ => None,
        };
    }
    if said.len() == 10
        && let Ok(date) = said.parse()
    {
        return Some(date);
    }
    dotted(said, today).or_else(|| named(said, today))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of a name in full, in three letters or `sept`, with or without a dot.
fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let is_short = word.len() == 3 || word == "sept";
    let at = MONTHS.iter().position(|name| *name == word || (is_short && name.starts_with(word)))?;
    Some(at as i8 + 1)
}

/// `31.12.` and `31.12.2026`: day, then month. Without the last dot it may be a version.
fn dotted(said: &str, today: Date) -> Option<Date> {
    let mut parts = said.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    dated(number(day)?, number(month)?, year, today)
}

/// `31 Dec`, `31st December 2026`, `Dec 31`, `December 31, 2026`.
fn named(said: &str, today: Date) -> Option<Date> {
    let mut words = said.split_whitespace();
    let (first, second) = (words.next()?, words.next()?.trim_end_matches(','));
    let year = words.next().unwrap_or("");
    if words.next().is_some() {
        return None;
    }
    let day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        ["", ".", "st", "nd", "rd", "th"].contains(&&word[digits.len()..]).then(|| number(digits))?
    };
    let (day, month) = match month(first) {
        Some(month) => (day(second.trim_end_matches('.'))?, month),
        None => (day(first)?, month(second)?),
    };
    dated(day, month, year, today)
}

fn number(digits: &str) -> Option<i8> {
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// That day of the year, or the next such day from today on where no year was said.
fn dated(day: i8, month: i8, year: &str, today: Date) -> Option<Date> {
    if year.is_empty() {
        // The 29th of February is at most eight years away.
        let mut years = (0..=8).filter_map(|later| Date::new(today.year().checked_add(later)?, month, day).ok());
        return years.find(|date| *date >= today);
    }
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    Date::new(year.parse().ok().filter(|_| is_year)?, month, day).ok()
}

/// What stands after a `by` near the end of some words, looks like a day and is none: `by 31.13.`, `by end of year`.
pub fn unreadable(words: &[&str], today: Date) -> Option<String> {
    let at = words.iter().rposition(|word| word.eq_ignore_ascii_case("by")).filter(|at| *at > 0)?;
    let said = &words[at + 1..];
    let (first, rest) = said.split_first()?;
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let is_capital = |word: &&&str| word.starts_with(char::is_uppercase);
    let like_a_day = match rest {
        [] => has_digit(first) || ["eod", "eow", "eom", "eoy"].iter().any(|word| first.eq_ignore_ascii_case(word)),
        // `by 31 Dezember` is one, `by 2 people` is none.
        [other] => (has_digit(first) && is_capital(&other)) || (has_digit(other) && is_capital(&first)),
        [..] => rest.len() <= 3 && ["of", "the"].contains(&rest[0]) && ["end", "middle"].contains(first),
    } || (rest.len() == 1 && first.eq_ignore_ascii_case("next"));
    (like_a_day && at_the_end(words, today).is_none()).then(|| said.join(" "))
}

/// The day at the end of some words, after `by`, and how many words it takes; at least one word is left in front.
pub fn at_the_end(words: &[&str], today: Date) -> Option<(Date, usize)> {
    [1, 2, 3].into_iter().find_map(|length| {
        let (front, last) = words.split_at_checked(words.len().checked_sub(length)?)?;
        let [_, .., by] = front else { return None };
        let said = last.join(" ");
        // The dot may be that of `31.12.` or that of the sentence.
        let date = day(&said, today).or_else(|| day(said.trim_end_matches('.'), today))?;
        by.eq_ignore_ascii_case("by").then_some((date, length))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_understood_as_people_say_it() {
        let wednesday = date(2026, 5, 6);
        for (said, expected) in [
            ("2026-06-01", Some(date(2026, 6, 1))),
            ("today", Some(wednesday)),
            ("Tomorrow", Some(date(2026, 5, 7))),
            ("fri", Some(date(2026, 5, 8))),
            ("wednesday", Some(date(2026, 5, 13))),
            ("next week", Some(date(2026, 5, 13))),
            ("next month", Some(date(2026, 6, 6))),
            ("+3d", Some(date(2026, 5, 9))),
            ("+2w", Some(date(2026, 5, 20))),
            ("+1m", Some(date(2026, 6, 6))),
            ("by +2w", Some(date(2026, 5, 20))),
            ("By  friday", Some(date(2026, 5, 8))),
            ("by", None),
            ("by by friday", None),
            ("bytoday", None),
            ("+1y", None),
            ("+d", None),
            ("+-1d", None),
            ("+9999999999999999d", None),
            ("+é", None),
            ("next friday", Some(date(2026, 5, 15))),
            ("next mon", Some(date(2026, 5, 11))),
            ("next soon", None),
            ("2026-02-30", None),
            ("31.12.", Some(date(2026, 12, 31))),
            ("1.2.", Some(date(2027, 2, 1))),
            ("6.5.", Some(wednesday)),
            ("29.2.", Some(date(2028, 2, 29))),
            ("31.12.2026", Some(date(2026, 12, 31))),
            ("31 Dec", Some(date(2026, 12, 31))),
            ("31 December", Some(date(2026, 12, 31))),
            ("31st of", None),
            ("31. Dec. 2027", Some(date(2027, 12, 31))),
            ("Dec 31", Some(date(2026, 12, 31))),
            ("by December 31st, 2027", Some(date(2027, 12, 31))),
            ("3 Sept", Some(date(2026, 9, 3))),
            ("31.12", None),
            ("3.1.4", None),
            ("31.13.", None),
            ("31.2.", None),
            ("31 Dez", None),
            ("31 Dec 26", None),
            ("Dec Dec", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(day(said, wednesday), expected, "{said}");
        }
        assert_eq!(day("tomorrow", Date::MAX), None);
    }

    #[test]
    fn a_day_at_the_end_is_found_after_by_alone() {
        let wednesday = date(2026, 5, 6);
        for (text, expected) in [
            ("open ticket by friday", Some((date(2026, 5, 8), 1))),
            ("open ticket by Fri.", Some((date(2026, 5, 8), 1))),
            ("open ticket by next week", Some((date(2026, 5, 13), 2))),
            ("open ticket by 31.12.", Some((date(2026, 12, 31), 1))),
            ("open ticket by 31 Dec 2026.", Some((date(2026, 12, 31), 3))),
            ("open ticket by 2026-02-30", None),
            ("stopped by the proxy", None),
            ("open ticket next week", None),
            ("by friday", None),
            ("by next week", None),
            ("friday", None),
            ("", None),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(at_the_end(&words, wednesday), expected, "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_day_and_is_none_is_noticed() {
        let wednesday = date(2026, 5, 6);
        for (text, expected) in [
            ("ticket by 31.13.", Some("31.13.")),
            ("ticket by 2026-02-30", Some("2026-02-30")),
            ("ticket by 31 Dezember", Some("31 Dezember")),
            ("ticket by next friday", None),
            ("ticket by next sprint", Some("next sprint")),
            ("ticket by end of year", Some("end of year")),
            ("ticket by EOD", Some("EOD")),
            ("approved by 2 people", None),
            ("stopped by the proxy", None),
            ("ticket by 31.12.", None),
            ("by 31.13.", None),
            ("ticket by", None),
            ("", None),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(unreadable(&words, wednesday).as_deref(), expected, "{text}");
        }
    }
}
