//! The second half of the text: the register of threats, what is done about them, and what is still to be said.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::model::assets;
use crate::{
    app::{
        outline::Outline,
        words::{person, place as place_words},
    },
    cli::page::Page,
    method::{
        matrix::Matrix,
        status::{effective_risk, risk, status},
    },
    session::{AssumptionState, Mitigation, Named, Note, NoteKind, Place, Point, Rating, Session, Threat, ThreatId},
};

pub(super) fn write(page: &mut Page, session: &Session, outline: &Outline, today: Date) {
    threats(page, session, outline, today);
    mitigations(page, session, outline);
    assumptions(page, session);
    notes(page, session, "Open questions", NoteKind::Question);
    notes(page, session, "Open actions", NoteKind::Action);
    answers(page, session);
    quotes(page, session);
}

/// Worst first; what was withdrawn comes last.
pub(super) fn sorted(session: &Session) -> Vec<(Place, &Threat)> {
    let mut threats: Vec<_> = session.threats().collect();
    threats
        .sort_by_key(|(_, threat)| (!threat.is_live(), Reverse(effective_risk(session, threat)), threat.id.number()));
    threats
}

fn threats(page: &mut Page, session: &Session, outline: &Outline, today: Date) {
    if session.threats().next().is_none() {
        return;
    }
    page.heading("Threats, worst first");
    for (place, threat) in sorted(session) {
        let risk = effective_risk(session, threat).words(Matrix::of(session));
        let also: String = threat.also.iter().flat_map(|letter| [' ', letter.as_char()]).collect();
        let by = if threat.by.is_empty() { String::new() } else { format!("  ~{}", person(session, &threat.by)) };
        page.line(format!(
            "  {} {}{also}  {risk}  {}{by}",
            outline.name(threat.id),
            threat.letter,
            place_words(session, &place)
        ));
        page.indented(5, &threat.statement.replace('\n', " "));
        let state = status(session, threat, Some(today)).name();
        let response = threat.response.map_or("no response".to_owned(), |response| response.name().to_owned());
        let linked: Vec<String> = threat.mitigations.iter().map(|id| id.short()).collect();
        let linked = if linked.is_empty() { String::new() } else { format!(" with {}", linked.join(" ")) };
        let ratings = ratings(session, threat);
        let ratings = if ratings.is_empty() { ratings } else { format!("{ratings}; ") };
        page.line(format!("     {ratings}{response}{linked}; {state}"));
        if let Some(signed) = &threat.acceptance {
            let until = signed.until.map_or("without a last day".to_owned(), |until| format!("until {until}"));
            let by = person(session, &signed.by);
            page.line(format!("     carried by {by} {until}: {}", signed.reason));
        }
        let hurt = assets(session, &threat.assets);
        if !hurt.is_empty() {
            page.line(format!("     hurts {hurt}"));
        }
        if let Some(reason) = &threat.withdrawn {
            page.line(format!("     withdrawn: {reason}"));
        }
        page.indented(5, threat.note.as_str());
    }
}

/// `inherent 4x5 Critical → current 3x4 High → target 2x3 Low`.
fn ratings(session: &Session, threat: &Threat) -> String {
    let given = Point::ALL.into_iter().filter_map(|point| {
        let rating = threat.rating(point)?;
        let words = risk(session, threat, point).words(Matrix::of(session));
        Some(format!("{} {} {words}", point.name(), steps(rating)))
    });
    given.collect::<Vec<_>>().join(" → ")
}

fn steps(rating: Rating) -> String {
    let step = |step: Option<u8>| step.map_or("?".to_owned(), |step| step.to_string());
    format!("{}x{}", step(rating.likelihood), step(rating.impact))
}

fn mitigations(page: &mut Page, session: &Session, outline: &Outline) {
    if session.mitigations.is_empty() {
        return;
    }
    page.heading("Mitigations");
    let mut all: Vec<&Mitigation> = session.mitigations.iter().collect();
    all.sort_by_key(|mitigation| mitigation.id.number());
    for mitigation in all {
        page.line(format!("  {} {}", mitigation.id.short(), mitigation.title));
        let mut facts = vec![mitigation.state.name().to_owned()];
        let owner = person(session, &mitigation.owner);
        facts.push(if owner.is_empty() { "no owner".to_owned() } else { format!("owner {owner}") });
        facts.extend(mitigation.due.map(|due| format!("due {due}")));
        facts.extend(Some(&mitigation.ticket).filter(|ticket| !ticket.is_empty()).cloned());
        facts.extend(mitigation.layer.map(|layer| layer.name().to_owned()));
        let mut helped: Vec<u32> = outline.linked(mitigation.id).map(ThreatId::number).collect();
        helped.sort_unstable();
        let helped: Vec<String> = helped.iter().map(|number| format!("T{number}")).collect();
        facts.extend((!helped.is_empty()).then(|| format!("for {}", helped.join(" "))));
        facts.extend(mitigation.verdict.map(|verdict| format!("business: {}", verdict.name())));
        page.line(format!("     {}", facts.join(" · ")));
        page.indented(5, mitigation.text.as_str());
        for (label, said) in [("effect", &mitigation.effect), ("watched by", &mitigation.monitor)] {
            if !said.is_empty() {
                page.line(format!("     {label} {said}"));
            }
        }
        for evidence in &mitigation.evidence {
            page.line(format!("     evidence {evidence}"));
        }
        for path in &mitigation.code {
            page.line(format!("     code {path}"));
        }
        page.indented(5, mitigation.note.as_str());
    }
}

fn assumptions(page: &mut Page, session: &Session) {
    if session.assumptions.is_empty() {
        return;
    }
    page.heading("Assumptions");
    let mut all: Vec<_> = session.assumptions.iter().collect();
    all.sort_by_key(|assumption| assumption.id.number());
    for assumption in all {
        let state = match assumption.state {
            AssumptionState::Unconfirmed => "not looked into",
            state => state.name(),
        };
        let at = at(session, assumption.place.as_ref());
        page.line(format!("  {} {}  ({state}{at})", assumption.id.short(), assumption.text));
        for tripwire in &assumption.tripwires {
            page.line(format!("     as long as {tripwire}"));
        }
        page.indented(5, assumption.note.as_str());
    }
}

fn notes(page: &mut Page, session: &Session, heading: &str, kind: NoteKind) {
    let mut open: Vec<&Note> = session.notes.iter().filter(|note| note.kind == kind && note.is_open()).collect();
    if open.is_empty() {
        return;
    }
    page.heading(heading);
    open.sort_by_key(|note| note.id.number());
    for note in open {
        let owner =
            if note.owner.is_empty() { "nobody yet".to_owned() } else { person(session, &note.owner).to_owned() };
        let letter = note.letter.map_or(String::new(), |letter| format!(" {letter}"));
        let due = note.due.map_or(String::new(), |due| format!(", due {due}"));
        let at = at(session, note.place.as_ref());
        page.line(format!("  {} {}  ({owner}{due}{at}{letter})", note.id.short(), note.text));
    }
}

fn answers(page: &mut Page, session: &Session) {
    let answered = session.notes.iter().filter(|note| note.kind != NoteKind::Quote && !note.answer.is_empty());
    let mut answered: Vec<&Note> = answered.collect();
    if answered.is_empty() {
        return;
    }
    page.heading("Answered");
    answered.sort_by_key(|note| note.id.number());
    for note in answered {
        let letter = note.letter.map_or(String::new(), |letter| format!(" {letter}"));
        let at = at(session, note.place.as_ref());
        page.line(format!("  {} {}{at}{letter}", note.id.short(), note.text));
        page.indented(5, note.answer.as_str());
    }
}

/// What was said in just these words, for the minutes.
fn quotes(page: &mut Page, session: &Session) {
    let mut quotes: Vec<&Note> = session.notes.iter().filter(|note| note.kind == NoteKind::Quote).collect();
    if quotes.is_empty() {
        return;
    }
    page.heading("Quotes");
    quotes.sort_by_key(|note| note.id.number());
    for note in quotes {
        let by = if note.by.is_empty() { String::new() } else { format!("  ~{}", person(session, &note.by)) };
        let at = at(session, note.place.as_ref().filter(|place| **place != Place::Unfiled));
        page.line(format!("  {} {}{at}{by}", note.id.short(), note.text));
    }
}

fn at(session: &Session, place: Option<&Place>) -> String {
    place.map_or(String::new(), |place| format!(", at {}", place_words(session, place)))
}
