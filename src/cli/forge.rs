//! Text on its way into a comment of a forge, where everything from a session was written by whoever opened the pull
//! request.
//!
//! Owns escaping until it can only be text, or only a part of an address: it makes no table cell, no heading, no link, and mentions nobody.

use std::fmt::Write as _;

use crate::ui::text::visible;

/// A path within an address: everything that could end it or mean something else is written as its bytes.
pub(super) fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => out.push(byte as char),
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// A text that a forge shows and does nothing else with.
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let cell = |text: &str| text.split('|').map(word).collect::<Vec<_>>().join("\\|");
    text.split(' ').map(cell).collect::<Vec<_>>().join(" ")
}

/// A word without bars, which a table takes before anything else. One that a forge could take for a name, a number or
/// an address is shown as code, where it looks for none.
fn word(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let follows = |c: char, next: char| "#!%&~$^:".contains(c) && next.is_alphanumeric();
    let refers = word.chars().zip(word.chars().skip(1)).any(|(c, next)| follows(c, next));
    let commit = word.len() >= 7 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let address = word.contains('@') || word.contains("://") || lower.contains("www.") || lower.contains("gh-");
    if refers || commit || address { code(word) } else { plain(word) }
}

/// As code. A fence longer than every run of backticks inside ends only where it should.
fn code(word: &str) -> String {
    let longest = word.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if word.starts_with('`') || word.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{word}{pad}{fence}")
}

fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '!' | '^' | '=' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_only_ever_text() {
        for (text, expected) in [
            ("M2 is in place; \"rotate keys\"", "M2 is in place; \"rotate keys\""),
            ("a | b", "a \\| b"),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("[click](https://evil.example)", "`[click](https://evil.example)`"),
            ("ask @security now", "ask `@security` now"),
            ("see #12, GH-1 and 1234abc", "see `#12,` `GH-1` and `1234abc`"),
            ("x`|@y\\|z", "x\\`\\|`@y\\`\\|z"),
            ("`@y`", "`` `@y` ``"),
            ("**bold** ~~no~~ $x$ :tada:", "\\*\\*bold\\*\\* `~~no~~` `$x$` `:tada:`"),
            ("one\n| two |\n\n## three", "one␊\\| two \\|␊␊\\#\\# three"),
            ("a\u{202e}b\u{200b}c", "a⟨U+202E⟩b⟨U+200B⟩c"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    /// What a reader of Markdown finds outside of code and escapes.
    fn bare(markdown: &str) -> String {
        let mut out = String::new();
        let mut rest = markdown;
        while let Some(c) = rest.chars().next() {
            let run = rest.len() - rest.trim_start_matches('`').len();
            if c == '\\' {
                rest = rest.get(2..).unwrap_or("");
            } else if run > 0 {
                let (fence, inside) = rest.split_at(run);
                // Code ends at the next run of exactly as many backticks.
                let ends = inside.match_indices(fence).map(|(at, _)| at);
                let exact = |at: &usize| !inside[..*at].ends_with('`') && !inside[at + run..].starts_with('`');
                let end = { ends }.find(exact).expect("every code has an end");
                assert!(!inside[..end].contains('|'), "a bar in code ends a cell: {markdown}");
                rest = &inside[end + run..];
            } else {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_a_forge_acts_on_is_left(text in "([a-z@#<>|`\\\\*_\\[\\]()!~$^:/ \n.&-]|www\\.|https://|\\PC){0,30}") {
            let bare = bare(&escaped(&text));
            proptest::prop_assert!(!bare.contains(['<', '>', '@', '|', '*', '_', '[', ']', '\n']), "{}", bare);
            proptest::prop_assert!(!bare.contains("://") && !bare.contains("www."), "{}", bare);
        }
    }
}
