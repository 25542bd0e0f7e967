//! Minutes as a message: what everybody has to know, short enough to be read in a chat.

use super::Held;
use crate::{
    cli::{page::Page, words::count},
    session::NoteKind,
};

/// Rows of one kind; what is left is counted.
const MOST: usize = 5;

pub(super) fn write(held: &Held<'_>, mut page: Page) -> Page {
    let (session, sitting) = (held.session, held.sitting);
    page.line(format!(
        "{}, {}: {} in {}",
        session.title,
        sitting.date,
        held.threats(),
        count(sitting.minutes as usize, "minute")
    ));
    for line in sitting.summary.lines().filter(|line| !line.trim().is_empty()) {
        page.line(line);
    }
    let total = &held.covered.total;
    let parked = if total.parked == 0 { String::new() } else { format!(", {} parked", total.parked) };
    let state = format!("{} of {} core letters decided{parked}", total.core.decided, total.core.total);
    let why = held.stopped().map_or_else(String::new, |why| format!(" {why}"));
    page.line(format!("{state}.{why}"));
    let worst = held.above_appetite();
    let worst: Vec<String> = worst
        .iter()
        .map(|(_, threat)| format!("{}: {} {}", held.risk(threat), threat.id.short(), threat.statement))
        .collect();
    list(&mut page, "Worst", &worst);
    for (kind, title) in [(NoteKind::Action, "To do"), (NoteKind::Question, "Waiting for")] {
        let notes = held.open(kind);
        let notes = notes.iter().map(|note| (&note.owner, note.due, &note.text));
        let promised = if kind == NoteKind::Action { held.promised() } else { Vec::new() };
        let promised = promised.iter().map(|mitigation| (&mitigation.owner, mitigation.due, &mitigation.title));
        let row = |(owner, due, text): (&String, _, &String)| format!("{}: {text}", held.who_and_when(owner, due));
        let rows: Vec<String> = notes.map(row).chain(promised.map(row)).collect();
        list(&mut page, title, &rows);
    }
    if let Some(day) = sitting.next {
        page.line("");
        page.line(format!("Next meeting: {day}"));
    }
    page
}

fn list(page: &mut Page, title: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    page.line("");
    page.line(format!("{title}:"));
    for row in rows.iter().take(MOST) {
        page.line(format!("• {row}"));
    }
    if let Some(more) = rows.len().checked_sub(MOST).filter(|more| *more > 0) {
        page.line(format!("• and {more} more"));
    }
}
