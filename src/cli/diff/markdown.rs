//! Changes as a comment of a forge.
//!
//! Everything from a session was written by whoever opened the pull request, so it is escaped until it can only be
//! text: it makes no table cell, no heading, no link, and mentions nobody. A comment has a largest size; what does not
//! fit is left out from the end, which is the least important, and the comment says how much.

use std::fmt::Write as _;

use super::{
    folds,
    report::{Part, Report, Said},
};
use crate::{cli::words::count, ui::text::visible};

/// Forges refuse longer comments; counted in bytes here, so that it holds however they count.
const LARGEST: usize = 65_536;

/// Kept free for what is said about what was left out, and for the end.
const RESERVE: usize = 600;

/// A longer sentence is cut.
const LONGEST: usize = 400;

/// What a comment starts with, so that it can be found and replaced by the next one.
const MARK: &str = "<!-- strideboard diff -->";

/// The comment.
pub(super) fn comment(report: &Report, link: Option<&str>) -> String {
    let mut out = format!("{MARK}\n### Threat model: {}\n\n", escaped(&report.after));
    if report.is_empty() {
        out.push_str("Nothing changed.\n");
        return out;
    }
    risk(report, &mut out);
    let room = LARGEST - RESERVE;
    let mut left_out = Vec::new();
    for part in &report.sections {
        if left_out.is_empty() {
            let written = section(part, link, room.saturating_sub(out.len()));
            out.push_str(&written.text);
            if written.rows < part.changes.len() {
                left_out.push((part, part.changes.len() - written.rows));
            }
        } else {
            left_out.push((part, part.changes.len()));
        }
    }
    if let Some(rest) = report.counted() {
        let _ = writeln!(out, "{rest}.\n");
    }
    if !left_out.is_empty() {
        let said = left_out.iter().map(|(part, changes)| format!("{} ({changes})", part.title));
        let all: usize = left_out.iter().map(|(_, changes)| changes).sum();
        let said = said.collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            out,
            "**{} did not fit here:** {said}. `strideboard diff` shows all of them.",
            count(all, "change")
        );
    }
    out
}

fn risk(report: &Report, out: &mut String) {
    let levels = report.risk.levels.iter().map(|level| (level.name, level.count));
    let rest = [
        ("unrated", report.risk.unrated),
        ("above appetite, unanswered", report.risk.unanswered),
        ("unresolved conflicts", report.risk.conflicts),
    ];
    let rest = rest.into_iter().filter(|(_, pair)| pair.before + pair.after > 0);
    let columns: Vec<_> = levels.chain(rest).collect();
    if columns.is_empty() {
        return;
    }
    let row = |out: &mut String, first: &str, cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..columns.len()).map(cell).collect();
        let _ = writeln!(out, "| {first} | {} |", cells.join(" | "));
    };
    row(out, "threats", &|n| columns[n].0.to_owned());
    row(out, "---", &|_| "---:".to_owned());
    row(out, "before", &|n| columns[n].1.before.to_string());
    row(out, "after", &|n| {
        let pair = columns[n].1;
        if pair.before == pair.after { pair.after.to_string() } else { format!("**{}**", pair.after) }
    });
    out.push('\n');
}

/// A section as far as there is room.
struct Written {
    text: String,
    rows: usize,
}

fn section(part: &Part, link: Option<&str>, room: usize) -> Written {
    let title = format!("{} ({})", part.title, part.changes.len());
    let (open, close) = if folds(part.kind) {
        (format!("<details><summary>{title}</summary>\n\n"), "\n</details>\n\n")
    } else {
        (format!("**{title}**\n\n"), "\n")
    };
    let mut text = format!("{open}| record | change | line |\n|---|---|---:|\n");
    let mut rows = 0;
    for change in &part.changes {
        let row = row(change, link);
        if text.len() + row.len() + close.len() > room {
            break;
        }
        text.push_str(&row);
        rows += 1;
    }
    if rows == 0 {
        return Written { text: String::new(), rows };
    }
    text.push_str(close);
    Written { text, rows }
}

fn row(change: &Said, link: Option<&str>) -> String {
    let record = change.record.as_deref().map_or_else(|| "session".to_owned(), escaped);
    let place = match link {
        _ if change.gone => format!("{} before", change.line),
        Some(address) => format!("[{0}]({address}#L{0})", change.line),
        None => change.line.to_string(),
    };
    let text = match change.text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", escaped(&change.text[..end])),
        None => escaped(&change.text),
    };
    format!("| {record} | {text} | {place} |\n")
}

/// A text that a forge shows and does nothing else with.
pub(in crate::cli) fn escaped(text: &str) -> String {
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
