//! The history for people: a line that rises and falls for each number, bars for shares, the last revisions as a table.

use super::{Log, short};
use crate::{
    cli::page::Page,
    review::trend::{Row, Share},
};

/// Most revisions of the table.
const TABLE: usize = 10;
/// Columns of a line that rises and falls.
const LINE: usize = 32;
/// Columns of a bar.
const BAR: usize = 10;
/// Revisions that could not be read and are named.
const NAMED: usize = 5;

pub(super) fn page(log: &Log, mut page: Page) -> Page {
    let (Some(first), Some(last)) = (log.rows.first(), log.rows.last()) else { return page };
    let count = log.rows.len();
    let times = if count == 1 { "1 revision".to_owned() } else { format!("{count} revisions") };
    page.line(format!("{}: {times}, {} to {}", log.path, first.day, last.day));
    if log.shallow {
        page.line("This clone holds only the end of the history; `git fetch --unshallow` gets the rest.");
    }
    page.line("");
    let curve = |name: &str, of: &dyn Fn(&Row) -> usize| {
        let values: Vec<usize> = log.rows.iter().map(of).collect();
        let (was, is) = (of(first), of(last));
        let ends = if count == 1 { is.to_string() } else { format!("{was} → {is}") };
        values.iter().any(|value| *value > 0).then(|| [name.to_owned(), line(&values), ends])
    };
    let open = curve("open threats", &Row::all_open);
    let mut rows = vec![open.unwrap_or(["open threats".to_owned(), String::new(), "none at any revision".to_owned()])];
    for (name, level) in [("  critical", 4), ("  high", 3), ("  medium", 2), ("  low", 1), ("  very low", 0)] {
        rows.extend(curve(name, &|row| row.open[level]));
    }
    rows.extend(curve("  not rated", &|row| row.unrated));
    rows.extend(curve("reopened", &|row| row.reopened));
    let days = |row: &Row| row.oldest_high.and_then(|days| usize::try_from(days).ok()).unwrap_or(0);
    rows.extend(curve("oldest high, days", &days));
    rows.push(["evidence".to_owned(), bar(last.evidence), share(first.evidence, last.evidence, "in place")]);
    let cells = share(first.not_applicable, last.not_applicable, "cells");
    rows.push(["not applicable".to_owned(), bar(last.not_applicable), cells]);
    page.table(0, &rows);
    let reopened: usize = log.rows.iter().map(|row| row.reopened).sum();
    if reopened > 0 {
        page.line("");
        page.line(format!("{} came back after being closed.", things(reopened, "threat")));
    }
    page.line("");
    table(log, &mut page);
    if !log.unreadable.is_empty() {
        page.line("");
        let count = log.unreadable.len();
        let they = if count == 1 { "the session counts" } else { "the sessions count" };
        page.line(format!("{} could not be read; {they} there as before:", things(count, "version")));
        for one in log.unreadable.iter().take(NAMED) {
            page.line(format!("  {} {}: {}", short(&one.commit), one.path, one.reason));
        }
        if count > NAMED {
            page.line(format!("  and {} more; --format json names them all", count - NAMED));
        }
    }
    page
}

fn table(log: &Log, page: &mut Page) {
    let head = ["day", "commit", "open", "critical", "high", "medium", "low", "not rated", "reopened"];
    let mut rows = vec![head.map(str::to_owned)];
    let number = |count: usize| if count == 0 { "·".to_owned() } else { count.to_string() };
    let skipped = log.rows.len().saturating_sub(TABLE);
    rows.extend(log.rows[skipped..].iter().rev().map(|row| {
        let [very_low, low, medium, high, critical] = row.open;
        let counts = [row.all_open(), critical, high, medium, low + very_low, row.unrated, row.reopened];
        let [open, critical, high, medium, low, unrated, reopened] = counts.map(number);
        [row.day.to_string(), short(&row.commit).to_owned(), open, critical, high, medium, low, unrated, reopened]
    }));
    page.table(0, &rows);
    if skipped > 0 {
        page.line(format!("{} before; --format csv lists all", things(skipped, "revision")));
    }
}

/// A line of at most [`LINE`] columns that rises and falls with the values; each column is the last of its part.
fn line(values: &[usize]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let columns = values.len().min(LINE);
    let value = |column: usize| values[(column + 1) * values.len() / columns - 1];
    (0..columns).map(|column| STEPS[value(column) * (STEPS.len() - 1) / most]).collect()
}

fn bar(share: Share) -> String {
    let full = share.percent().unwrap_or(0).min(100) * BAR / 100;
    (0..BAR).map(|column| if column < full { '█' } else { '░' }).collect()
}

/// `60 %, 3 of 5 in place; 20 % at first`.
fn share(first: Share, last: Share, of: &str) -> String {
    let Some(percent) = last.percent() else { return format!("none of 0 {of}") };
    let before = match first.percent() {
        Some(before) if before != percent => format!("; {before} % at first"),
        _ => String::new(),
    };
    format!("{percent} %, {} of {} {of}{before}", last.part, last.of)
}

fn things(count: usize, of: &str) -> String {
    format!("{count} {of}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_the_highest_and_ends_with_the_last() {
        assert_eq!(line(&[0, 1, 7, 3]), "▁▂█▄");
        assert_eq!(line(&[5]), "█");
        let long: Vec<usize> = (0..200).collect();
        assert_eq!((line(&long).chars().count(), line(&long).chars().last()), (LINE, Some('█')));
    }

    #[test]
    fn a_bar_is_as_full_as_its_share() {
        assert_eq!(bar(Share { part: 3, of: 5 }), "██████░░░░");
        assert_eq!(bar(Share::default()), "░░░░░░░░░░");
        assert_eq!(
            share(Share { part: 1, of: 5 }, Share { part: 3, of: 5 }, "in place"),
            "60 %, 3 of 5 in place; 20 % at first"
        );
    }
}
