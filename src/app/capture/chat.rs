//! A chat that was copied: who said what, without the times.
//!
//! Owns the forms in which chats are copied: a time in front of a name and a colon, with or without a date or brackets; a
//! time behind a name, with what was said on the same line or the lines below. Refuses to guess: a text whose first line
//! has no time is no chat.

/// A line of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// Who said it, as the chat calls them.
    pub by: &'a str,
    /// What.
    pub text: &'a str,
}

/// Characters and words of the longest name.
const LONGEST: usize = 40;
const MOST_WORDS: usize = 5;

/// What was said, line by line; nothing for a text that is no chat.
pub fn messages(text: &str) -> Option<Vec<Message<'_>>> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut by, first) = head(lines.next()?)?;
    let mut said = vec![Message { by, text: first }];
    for line in lines {
        let text = match head(line) {
            Some((speaker, text)) => {
                by = speaker;
                text
            }
            None => line,
        };
        said.push(Message { by, text });
    }
    said.retain(|message| !message.text.is_empty());
    (!said.is_empty()).then_some(said)
}

/// What people in a chat answer with while somebody else speaks.
const ASSENT: [&str; 12] = ["ok", "okay", "yes", "yep", "no", "nope", "sure", "thanks", "thx", "hi", "hello", "sorry"];

/// Whether it is worth writing down: a word of assent is not, and what begins with a sign of the capture line is.
pub fn says_something(text: &str) -> bool {
    if let Some(said) = text.strip_prefix(['+', '?', '=', '>']) {
        return said.contains(char::is_alphabetic);
    }
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    if ASSENT.contains(&first.as_str()) {
        return false;
    }
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    words.count() > 2
}

/// Who speaks in a line with a time, and what they say there.
fn head(line: &str) -> Option<(&str, &str)> {
    let (before, after) = around_time(line)?;
    let closing = |c: char| c.is_whitespace() || matches!(c, ']' | ')' | '-' | '–' | ',');
    let opening = |c: char| c.is_whitespace() || matches!(c, '[' | '(' | ',' | '·' | '|');
    let (before, after) = (before.trim_end_matches(opening), after.trim_start_matches(closing));
    if !before.contains(char::is_alphabetic) {
        let (name, text) = after.split_once(':')?;
        return Some((speaker(name)?, text.trim()));
    }
    let text = match after.strip_prefix(':') {
        Some(text) => text.trim(),
        None if after.is_empty() => "",
        None => return None,
    };
    // A date stands between the name and the time.
    let name = before.split(['[', '(', ',']).next().unwrap_or(before);
    Some((speaker(name)?, text))
}

/// A name, without what some chats write around it.
fn speaker(name: &str) -> Option<&str> {
    let name = name.trim();
    let name = name.strip_prefix("From ").unwrap_or(name);
    let name = name.split_once(" to ").map_or(name, |(name, _)| name).trim();
    let short = name.chars().count() <= LONGEST && name.split_whitespace().count() <= MOST_WORDS;
    (short && name.starts_with(char::is_alphabetic)).then_some(name)
}

/// What stands before and after the first time of a line: `9:05`, `09:05:30`, `9:05 AM`.
fn around_time(line: &str) -> Option<(&str, &str)> {
    let colon = line.find(':')?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let hours = line[..colon].chars().rev().take_while(char::is_ascii_digit).count();
    let mut end = colon + 1 + digits(&line[colon + 1..]);
    if !(1..=2).contains(&hours) || end - colon != 3 {
        return None;
    }
    if line[end..].starts_with(':') && digits(&line[end + 1..]) == 2 {
        end += 3;
    }
    let after = &line[end..];
    let half = after.trim_start();
    let half = half.get(..2).filter(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    let taken = half.map_or(0, |_| after.len() - after.trim_start().len() + 2);
    // `10:32 Amy` begins with a name.
    let taken = if after[taken..].starts_with(char::is_alphanumeric) { 0 } else { taken };
    Some((&line[..colon - hours], &after[taken..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chats_are_read_however_they_were_copied() {
        for line in [
            "10:32 Ana: what if the token leaks?",
            "[10:32] Ana: what if the token leaks?",
            "10:32:07 From Ana to Everyone: what if the token leaks?",
            "10:32 AM Ana: what if the token leaks?",
            "2026-11-20 10:32 Ana: what if the token leaks?",
            "[20.11.26, 10:32:07] Ana: what if the token leaks?",
            "20/11/2026, 10:32 - Ana: what if the token leaks?",
            "Ana (10:32): what if the token leaks?",
            "Ana  10:32 AM\nwhat if the token leaks?",
            "Ana, [20.11.2026 10:32]\nwhat if the token leaks?",
        ] {
            let said = messages(line);
            let expected = Message { by: "Ana", text: "what if the token leaks?" };
            assert_eq!(said, Some(vec![expected]), "{line}");
        }
    }

    #[test]
    fn assent_is_not_written_down_and_what_has_a_sign_is() {
        for (text, says) in [
            ("ok, one sec", false),
            ("Thanks, that was it", false),
            ("right", false),
            ("+1", false),
            ("+ rate limits", true),
            ("? who owns it", true),
            ("what if it leaks", true),
        ] {
            assert_eq!(says_something(text), says, "{text}");
        }
    }

    #[test]
    fn lines_below_a_name_are_theirs_and_times_inside_a_sentence_stay() {
        let said = messages("10:32 Amy Lee: first\nand more\n\n10:33 Ben: the job at 2:30 fails").unwrap();
        let said: Vec<_> = said.iter().map(|message| (message.by, message.text)).collect();
        assert_eq!(said, [("Amy Lee", "first"), ("Amy Lee", "and more"), ("Ben", "the job at 2:30 fails")]);
    }

    #[test]
    fn what_has_no_time_and_name_in_front_is_no_chat() {
        for text in [
            "api: order history leaks\nT: token",
            "browser -> api: login\n",
            "at 2:30 the job fails\nx",
            "10:32\n",
            "\n",
            "é:10:3",
            "1:2:3:4",
        ] {
            assert_eq!(messages(text), None, "{text}");
        }
    }

    #[test]
    fn assent_is_not_worth_a_record() {
        assert!(["+1", "ok", "yes, that", "👍 👍 👍", "haha"].iter().all(|text| !says_something(text)));
        assert!(says_something("what if the token leaks?"));
    }
}
