//! Minutes as a page of a wiki: what came out, who does what, what is open, and how it went.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::Held;
use crate::{
    app::words,
    cli::{forge::escaped, words::count},
    meeting::clock::shown,
    method::{
        matrix::Matrix,
        perspective,
        status::{ThreatStatus, needs_rating, status},
    },
    session::{Mitigation, Named, NoteKind, Phase, Place, Response, Threat, Turn},
};

pub(super) fn write(held: &Held<'_>) -> String {
    let mut out = String::new();
    head(held, &mut out);
    outcome(held, &mut out);
    worst(held, &mut out);
    not_judged(held, &mut out);
    ship_or_mitigate(held, &mut out);
    to_do(held, &mut out);
    ideas(held, &mut out);
    signed(held, &mut out);
    taken_as_true(held, &mut out);
    looking_back(held, &mut out);
    time(held, &mut out);
    out
}

fn section(out: &mut String, title: &str) {
    let _ = writeln!(out, "\n## {title}\n");
}

fn head(held: &Held<'_>, out: &mut String) {
    let (session, sitting) = (held.session, held.sitting);
    let _ = writeln!(out, "# {}: meeting of {}\n", escaped(&session.title), sitting.date);
    let late =
        |person: &str| sitting.moments.iter().any(|m| matches!(&m.what, Turn::Came(id) if id.as_str() == person));
    let early = |person: &str| {
        let last = sitting
            .moments
            .iter()
            .rfind(|m| matches!(&m.what, Turn::Came(id) | Turn::Left(id) if id.as_str() == person));
        last.is_some_and(|m| matches!(m.what, Turn::Left(_)))
    };
    let people = session.people.iter().filter(|person| sitting.present.contains(&person.id));
    let people: Vec<String> = people
        .map(|person| {
            let mut facts: Vec<&str> = person.roles.iter().map(|role| role.name()).collect();
            facts.extend(late(person.id.as_str()).then_some("came later"));
            facts.extend(early(person.id.as_str()).then_some("left before the end"));
            let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
            format!("{}{facts}", escaped(&person.name))
        })
        .collect();
    let people = if people.is_empty() { "nobody noted who was there".to_owned() } else { people.join("; ") };
    let _ = writeln!(out, "**Present:** {people}.  ");
    let there = session.people.iter().filter(|person| sitting.present.contains(&person.id));
    let missing: Vec<&str> = perspective::missing(there).into_iter().map(Named::name).collect();
    if !missing.is_empty() {
        let _ = writeln!(out, "**Not in the room:** the view of {}.  ", missing.join(", "));
    }
    let profile = if session.profile.is_empty() { "standard" } else { &session.profile };
    let _ =
        writeln!(out, "**Took:** {}. **Profile:** {}.", count(sitting.minutes as usize, "minute"), escaped(profile));
    for line in sitting.summary.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(out, "\n> {}", escaped(line));
    }
}

fn outcome(held: &Held<'_>, out: &mut String) {
    let total = &held.covered.total;
    section(out, "What came out");
    let _ = writeln!(out, "- {}.", held.threats());
    let waits = if total.parked == 0 { String::new() } else { format!(", {} wait for an answer", total.parked) };
    let _ = writeln!(out, "- {} of {} core letters are decided{waits}.", total.core.decided, total.core.total);
    if let Some(why) = held.stopped() {
        let _ = writeln!(out, "- {}", escaped(&why));
    }
    for line in held.session.scope.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(out, "- Scope: {}", escaped(line));
    }
}

fn worst(held: &Held<'_>, out: &mut String) {
    let above = held.above_appetite();
    if above.is_empty() {
        return;
    }
    let appetite = Matrix::of(held.session).level_name(held.session.appetite());
    section(out, &format!("Above the appetite of {}", appetite.to_lowercase()));
    out.push_str("| risk | threat | where | what we do |\n|---|---|---|---|\n");
    for (place, threat) in above {
        let helps = threat.mitigations.iter().filter_map(|id| held.session.mitigations.get(id));
        let helps: Vec<String> = helps.map(|m| format!("{} {}", m.id.short(), escaped(&m.title))).collect();
        let doing = match threat.response {
            None => "not decided".to_owned(),
            Some(response) if helps.is_empty() => response.name().to_owned(),
            Some(response) => format!("{}: {}", response.name(), helps.join("; ")),
        };
        let place = escaped(&words::place(held.session, &place));
        let (id, said) = (threat.id.short(), escaped(&threat.statement));
        let _ = writeln!(out, "| {} | {id} {said} | {} on {place} | {doing} |", held.risk(threat), threat.letter);
    }
}

/// What was said and nobody placed or rated yet: it is in no table, and must not be lost for whoever was not there.
fn not_judged(held: &Held<'_>, out: &mut String) {
    let live = held.session.threats().filter(|(_, threat)| threat.is_live());
    let mut waiting: Vec<_> = live.filter(|(place, threat)| *place == Place::Unfiled || needs_rating(threat)).collect();
    if waiting.is_empty() {
        return;
    }
    waiting.sort_by_key(|(_, threat)| threat.id.number());
    section(out, "Not placed or not rated yet");
    for (place, threat) in waiting {
        let place = match place {
            Place::Unfiled => "no place yet".to_owned(),
            place => format!("{} on {}", threat.letter, escaped(&words::place(held.session, &place))),
        };
        let by =
            if threat.by.is_empty() { String::new() } else { format!(", said by {}", escaped(held.name(&threat.by))) };
        let _ = writeln!(out, "- {} {} ({place}{by})", threat.id.short(), escaped(&threat.statement));
    }
}

/// What stands against what: the risk of shipping now, and what less of it costs. Pairs that nobody decided come first.
fn ship_or_mitigate(held: &Held<'_>, out: &mut String) {
    let weighed = |mitigation: &&Mitigation| !mitigation.effect.is_empty() || mitigation.verdict.is_some();
    let mut pairs: Vec<(&Threat, &Mitigation)> = Vec::new();
    for (_, threat) in held.above_appetite() {
        let mitigations = threat.mitigations.iter().filter_map(|id| held.session.mitigations.get(id));
        pairs.extend(mitigations.filter(|m| !m.state.is_in_place()).filter(weighed).map(|m| (threat, m)));
    }
    if pairs.is_empty() {
        return;
    }
    pairs.sort_by_key(|(_, mitigation)| mitigation.verdict.is_some());
    section(out, "Ship now or mitigate first");
    out.push_str("| if we ship now | mitigation | what it costs | business |\n|---|---|---|---|\n");
    for (threat, mitigation) in pairs {
        let (id, said) = (threat.id.short(), escaped(&threat.statement));
        let helps = format!("{} {}", mitigation.id.short(), escaped(&mitigation.title));
        let verdict = mitigation.verdict.map_or("**not decided**", Named::name);
        let _ = writeln!(
            out,
            "| {}: {id} {said} | {helps} | {} | {verdict} |",
            held.risk(threat),
            escaped(&mitigation.effect)
        );
    }
}

fn to_do(held: &Held<'_>, out: &mut String) {
    for (kind, title) in [(NoteKind::Action, "To do"), (NoteKind::Question, "Waiting for an answer")] {
        let notes = held.open(kind);
        let promised = if kind == NoteKind::Action { held.promised() } else { Vec::new() };
        if notes.is_empty() && promised.is_empty() {
            continue;
        }
        section(out, title);
        for note in notes {
            let place = held.whereabouts(note);
            let place = if place.is_empty() { String::new() } else { format!(", {}", escaped(&place)) };
            // Nobody has it, so whoever said it can be asked.
            let by = if note.by.is_empty() || !note.owner.is_empty() {
                String::new()
            } else {
                format!(", said by {}", escaped(held.name(&note.by)))
            };
            let (who, said) = (escaped(&held.who_and_when(&note.owner, note.due)), escaped(&note.text));
            let _ = writeln!(out, "- [ ] **{who}:** {said} ({}{place}{by})", note.id.short());
        }
        for mitigation in promised {
            let who = escaped(&held.who_and_when(&mitigation.owner, mitigation.due));
            let (id, state, against) = (mitigation.id.short(), mitigation.state.name(), against(held, mitigation));
            let _ = writeln!(out, "- [ ] **{who}:** {} ({id}, {state}{against})", escaped(&mitigation.title));
        }
    }
}

fn ideas(held: &Held<'_>, out: &mut String) {
    let mut proposed: Vec<_> = held.session.ideas().collect();
    if proposed.is_empty() {
        return;
    }
    proposed.sort_by_key(|m| m.id.number());
    section(out, "Ideas that wait for a decision");
    for mitigation in proposed {
        let said = !mitigation.owner.trim().is_empty() || mitigation.due.is_some();
        let who = escaped(&held.who_and_when(&mitigation.owner, mitigation.due));
        let who = if said { format!("**{who}:** ") } else { String::new() };
        let (id, against) = (mitigation.id.short(), against(held, mitigation));
        let _ = writeln!(out, "- {who}{} ({id}{against})", escaped(&mitigation.title));
    }
}

/// The threats a mitigation helps against, as the end of a list.
fn against(held: &Held<'_>, mitigation: &Mitigation) -> String {
    let threats = held.session.threats().filter(|(_, t)| t.is_live() && t.mitigations.contains(&mitigation.id));
    let threats: Vec<String> = threats.map(|(_, threat)| threat.id.short()).collect();
    if threats.is_empty() { String::new() } else { format!(", for {}", threats.join(", ")) }
}

fn signed(held: &Held<'_>, out: &mut String) {
    let live = held.session.threats().filter(|(_, threat)| threat.is_live());
    let mut carried: Vec<_> = live.filter_map(|(_, threat)| Some((threat, threat.acceptance.as_ref()?))).collect();
    if carried.is_empty() {
        return;
    }
    carried.sort_by_key(|(threat, _)| threat.id.number());
    section(out, "Carried");
    for (threat, acceptance) in carried {
        let verb = if threat.response == Some(Response::Transfer) { "taken over" } else { "accepted" };
        let until = acceptance.until.map_or_else(String::new, |day| format!(" until {day}"));
        let over = status(held.session, threat, Some(held.today)) == ThreatStatus::Expired;
        let over = if over { ", which has passed" } else { "" };
        let (who, why) = (escaped(held.name(&acceptance.by)), escaped(&acceptance.reason));
        let (id, said) = (threat.id.short(), escaped(&threat.statement));
        let _ = writeln!(out, "- {id} {said}: {verb} by {who}{until}{over}, because {why}");
    }
}

fn taken_as_true(held: &Held<'_>, out: &mut String) {
    let mut assumed: Vec<_> = held.session.assumptions.iter().collect();
    assumed.sort_by_key(|assumption| assumption.id.number());
    if !assumed.is_empty() {
        section(out, "Taken as true");
        for assumption in assumed {
            let _ = writeln!(
                out,
                "- {} ({}, {})",
                escaped(&assumption.text),
                assumption.id.short(),
                assumption.state.name()
            );
        }
    }
    let quotes = held.notes(NoteKind::Quote);
    if !quotes.is_empty() {
        section(out, "Said in the room");
        for quote in quotes {
            let by = if quote.by.is_empty() { String::new() } else { format!(" ({})", escaped(held.name(&quote.by))) };
            let _ = writeln!(out, "- \"{}\"{by}", escaped(&quote.text));
        }
    }
}

fn looking_back(held: &Held<'_>, out: &mut String) {
    let sitting = held.sitting;
    let said = [("Keep", &sitting.keep), ("Change", &sitting.change)];
    if said.iter().all(|(_, text)| text.is_empty()) && sitting.next.is_none() {
        return;
    }
    section(out, "Looking back");
    for (title, text) in said {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(out, "- {title}: {}", escaped(line));
        }
    }
    if let Some(day) = sitting.next {
        let _ = writeln!(out, "- The next meeting is on {day}.");
    }
}

fn time(held: &Held<'_>, out: &mut String) {
    if held.sitting.moments.is_empty() {
        return;
    }
    // What has not ended counts up to its last moment.
    let end = held.sitting.moments.iter().map(|moment| moment.at).max().unwrap_or(Timestamp::UNIX_EPOCH);
    section(out, "Time");
    out.push_str("| phase | planned | used |\n|---|---:|---:|\n");
    for phase in Phase::ALL.into_iter().filter(|phase| held.clock.has_begun(*phase)) {
        let planned = held.clock.planned(phase, held.agenda) / 60;
        let _ = writeln!(out, "| {} | {planned} min | {} |", phase.name(), shown(held.clock.used(phase, end)));
    }
    let cells = held.clock.decided(Phase::Threats, 0);
    let used = held.clock.used(Phase::Threats, end);
    if cells > 0 {
        let each = shown(used / i64::from(cells));
        let _ = writeln!(out, "\n{} decided while looking for threats, {each} each.", count(cells as usize, "letter"));
    }
}
