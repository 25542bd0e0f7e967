//! Days as people say them: `2026-05-08`, `today`, `tomorrow`, `friday`, `next week`, `next month`, `+3d`, `+2w`, `+1m`.
//!
//! `by` may stand in front of each. A weekday is the next such day after today, in full or three letters. Refuses everything else: `by the proxy` is no
//! day, and neither is `next friday`, which people mean in two ways.

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
    if let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| *name == said || name[..3] == *said) {
        let days = i64::from(today.weekday().until(*weekday));
        return ahead(if days == 0 { 7 } else { days }.days());
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
    if said.len() == 10 { said.parse().ok() } else { None }
}

/// The day at the end of some words, after `by`, and how many words it takes; at least one word is left in front.
pub fn at_the_end(words: &[&str], today: Date) -> Option<(Date, usize)> {
    [1, 2].into_iter().find_map(|length| {
        let (front, last) = words.split_at_checked(words.len().checked_sub(length)?)?;
        let [_, .., by] = front else { return None };
        let date = day(last.join(" ").trim_end_matches('.'), today)?;
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
            ("next friday", None),
            ("2026-02-30", None),
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
}
