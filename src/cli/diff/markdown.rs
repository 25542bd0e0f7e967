//! Changes as a comment of a forge.
//!
//! Everything from a session was written by whoever opened the pull request, so it is escaped until it can only be
//! text: it makes no table cell, no heading, no link, and mentions nobody. A comment has a largest size; what does not
//! fit is left out from the end, which is the least important, and the comment says how much.

use std::fmt::Write as _;

use super::{
    folds,
    report::{Became, Changed, Part, Report, Said},
};
use crate::cli::{
    forge::{address, escaped},
    words::count,
};

/// Forges refuse longer comments; counted in bytes here, so that it holds however they count.
const LARGEST: usize = 65_536;

/// Kept free for what is said about what was left out, and for the end.
const RESERVE: usize = 600;

/// A longer sentence is cut.
const LONGEST: usize = 400;

/// Endorsements that are listed; the rest is counted.
const MOST_SIGNED: usize = 10;

/// What a comment starts with, so that it can be found and replaced by the next one.
const MARK: &str = "<!-- strideboard diff -->";

/// The comment.
pub(super) fn comment(report: &Report, link: Option<&str>) -> String {
    let mut out = format!("{MARK}\n");
    let mut room = Room { left_out: Vec::new(), sessions: 0 };
    for changed in &report.sessions {
        session(changed, link, &mut out, &mut room);
    }
    if report.sessions.is_empty() {
        out.push_str("### Threat model\n\nNo session changed.\n");
    }
    room.say(&mut out);
    out
}

/// What found no room any more.
struct Room<'a> {
    left_out: Vec<(&'a str, usize)>,
    sessions: usize,
}

impl Room<'_> {
    fn is_full(&self) -> bool {
        self.sessions > 0 || !self.left_out.is_empty()
    }

    fn say(&self, out: &mut String) {
        if !self.is_full() {
            return;
        }
        // The same heading may be left out in several sessions.
        let mut titles: Vec<(&str, usize)> = Vec::new();
        for (title, changes) in &self.left_out {
            match titles.iter_mut().find(|(known, _)| known == title) {
                Some((_, all)) => *all += changes,
                None => titles.push((title, *changes)),
            }
        }
        let said = titles.iter().map(|(title, changes)| format!("{title} ({changes})")).collect::<Vec<_>>().join(", ");
        let all: usize = titles.iter().map(|(_, changes)| changes).sum();
        let sessions =
            if self.sessions == 0 { String::new() } else { format!(" in {}", count(self.sessions, "further session")) };
        let what = if all == 0 { format!("Changes{sessions}") } else { format!("{}{sessions}", count(all, "change")) };
        let said = if said.is_empty() { String::new() } else { format!(" {said}.") };
        let _ = writeln!(out, "**{what} did not fit here:**{said} `strideboard diff` shows all of them.");
    }
}

fn session<'a>(changed: &'a Changed, link: Option<&str>, out: &mut String, room: &mut Room<'a>) {
    const MOST: usize = LARGEST - RESERVE;
    let mut head = format!("### Threat model: {}\n\n", escaped(&changed.path));
    if let Some(fate) = changed.fate() {
        let _ = writeln!(head, "{}\n", sentence(&fate));
    }
    for error in &changed.errors {
        let _ = writeln!(head, "- **{}**", escaped(cut(&error.message)));
        for problem in &error.problems {
            let _ = writeln!(head, "- line {}: {}", problem.line, escaped(cut(&problem.message)));
        }
        head.push('\n');
    }
    if changed.status == Became::Same {
        head.push_str("Nothing changed.\n");
    }
    if !changed.is_empty() {
        risk(changed, &mut head);
    }
    // Everybody may sign under any name, so even names are bounded.
    for signed in changed.endorsements.iter().take(MOST_SIGNED) {
        let mark = if signed.stale { "**stale** " } else { "" };
        let _ = writeln!(head, "- {mark}{}", escaped(cut(&signed.text)));
    }
    if changed.endorsements.len() > MOST_SIGNED {
        let _ = writeln!(head, "- and {}", count(changed.endorsements.len() - MOST_SIGNED, "more endorsement"));
    }
    if !changed.endorsements.is_empty() {
        head.push('\n');
    }
    if room.is_full() || out.len() + head.len() > MOST {
        room.sessions += 1;
        room.left_out.extend(changed.sections.iter().map(|part| (part.title, part.changes.len())));
        return;
    }
    out.push_str(&head);
    let link = link.map(|link| link.replace("{path}", &address(&changed.path)));
    for part in &changed.sections {
        let left = if room.is_full() { 0 } else { MOST.saturating_sub(out.len()) };
        let written = section(part, link.as_deref(), left);
        out.push_str(&written.text);
        if written.rows < part.changes.len() {
            room.left_out.push((part.title, part.changes.len() - written.rows));
        }
    }
    if let Some(rest) = changed.counted() {
        let _ = writeln!(out, "{rest}.\n");
    }
}

/// What happened to a file, which may hold names, as a sentence.
fn sentence(fate: &str) -> String {
    let mut chars = fate.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase()).into_iter().collect::<String>();
    format!("{}.", escaped(&(first + chars.as_str())))
}

/// At most as much of a text as a reader of a comment wants.
fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

fn risk(report: &Changed, out: &mut String) {
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
