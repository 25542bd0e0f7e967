//! What changed about threats: whether they count, how bad they are, and who answers for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Report, Section,
    records::is_unseen,
    rows::{Row, rows},
};
use crate::{
    method::{
        matrix::Matrix,
        status::{ThreatStatus, acceptance, effective, effective_risk, gap, status},
    },
    review::words,
    session::{EntryId, Mitigation, MitigationId, Named, Place, Response, Session, Threat, ThreatId},
};

type Placed<'a> = BTreeMap<ThreatId, (Place, &'a Threat)>;

impl Report<'_> {
    /// Everything about threats, in the order of where they stand now, then of where they stood.
    pub(super) fn threats(&mut self) {
        let (before, after) = (self.before, self.after);
        let was: Placed<'_> = before.threats().map(|(place, threat)| (threat.id, (place, threat))).collect();
        let mut seen = BTreeSet::new();
        for (place, threat) in after.threats() {
            seen.insert(threat.id);
            match was.get(&threat.id) {
                Some((from, old)) => self.threat(old, threat, (from, &place)),
                None => self.new_threat(threat, &place),
            }
        }
        for (place, threat) in before.threats().filter(|(_, threat)| !seen.contains(&threat.id)) {
            let name = words::threat(threat);
            let text = if threat.is_live() {
                let risk = effective_risk(before, threat).words(Matrix::of(before));
                format!("{name} was removed; it was {risk}, {}", words::at(before, &place))
            } else {
                format!("{name}, withdrawn before, was removed")
            };
            self.say_gone(Section::Withdrawn, EntryId::Threat(threat.id), text);
        }
    }

    fn new_threat(&mut self, threat: &Threat, place: &Place) {
        let after = self.after;
        let name = words::threat(threat);
        let id = Some(EntryId::Threat(threat.id));
        if let Some(reason) = &threat.withdrawn {
            let text = format!("{name} is new and already withdrawn: {}", words::quoted(reason));
            return self.say(Section::Withdrawn, id, "withdrawn", text);
        }
        let risk = effective_risk(after, threat).words(Matrix::of(after));
        let text = format!("{name} is new: {risk}, {} {}", threat.letter.name(), words::at(after, place));
        if gap(after, threat, None).is_some() {
            return self.say(Section::Unanswered, id, "", format!("{text}; {}", unanswered(after, threat)));
        }
        match acceptance(threat) {
            Some(signed) => {
                self.say(
                    Section::Accepted,
                    id,
                    "response",
                    format!("{text}; {}", carried(threat, &words::acceptance(signed))),
                );
            }
            None => self.say(Section::Other, id, "", format!("{text}{}", mitigated(after, threat))),
        }
    }

    fn threat(&mut self, old: &Threat, new: &Threat, (from, to): (&Place, &Place)) {
        let mut rows = if old == new { Vec::new() } else { rows(old, new) };
        self.standing(old, new, &mut rows);
        if old.is_live() && new.is_live() {
            self.risk(old, new, &mut rows);
        }
        let (id, name) = (Some(EntryId::Threat(new.id)), words::threat(new));
        if from != to {
            let (from, to) = (words::place(self.before, from), words::place(self.after, to));
            self.say(Section::Other, id.clone(), "", format!("{name} moved from {from} to {to}"));
        }
        if !rows.is_empty() {
            self.say_rows(Section::Other, id, &name, &rows);
        }
    }

    /// Whether it counts.
    fn standing(&mut self, old: &Threat, new: &Threat, rows: &mut Vec<Row>) {
        if take(rows, &["withdrawn"]).is_empty() {
            return;
        }
        let (id, name) = (Some(EntryId::Threat(new.id)), words::threat(new));
        let (section, text) = match (&old.withdrawn, &new.withdrawn) {
            (Some(was), Some(is)) => {
                let [was, is] = words::apart(was, is);
                (Section::Withdrawn, format!("{name}: the reason for withdrawing it was {was} and is {is}"))
            }
            (None, Some(reason)) => {
                let risk = effective_risk(self.before, old).words(Matrix::of(self.before));
                (Section::Withdrawn, format!("{name}, {risk}, was withdrawn: {}", words::quoted(reason)))
            }
            (_, None) => {
                let after = self.after;
                let risk = effective_risk(after, new).words(Matrix::of(after));
                if gap(after, new, None).is_some() {
                    let text = format!("{name} is back: {risk}; {}", unanswered(after, new));
                    (Section::Unanswered, text)
                } else {
                    (Section::Other, format!("{name} is back: {risk}{}", mitigated(after, new)))
                }
            }
        };
        self.say(section, id, "withdrawn", text);
    }

    /// How bad it is and who answers for it.
    fn risk(&mut self, old: &Threat, new: &Threat, rows: &mut Vec<Row>) {
        let (before, after) = (self.before, self.after);
        let (id, name) = (Some(EntryId::Threat(new.id)), words::threat(new));
        let (was, is) = (effective_risk(before, old), effective_risk(after, new));
        let rated = effective(old) != effective(new);
        let steps = || format!("{} → {}", words::rating(before, effective(old)), words::rating(after, effective(new)));
        if rated && is < was {
            let field = if new.current.is_some() { "current" } else { "inherent" };
            let why = lowered_because(before, after, old, new).unwrap_or_else(|| "no reason given".to_owned());
            take(rows, &["current", "inherent"]);
            self.say(Section::Lowered, id.clone(), field, format!("{name}: {}; {why}", steps()));
        }
        let open = |session: &Session, threat: &Threat| gap(session, threat, None).is_some();
        // What got worse is new to whoever answered for less.
        if rated
            && is > was
            && is.worst().is_some_and(|level| level > after.appetite())
            && open(before, old) == open(after, new)
        {
            take(rows, &["current", "inherent"]);
            let (section, answer) = if open(after, new) {
                (Section::Unanswered, unanswered(after, new))
            } else {
                (Section::Raised, carrier(after, new))
            };
            self.say(section, id.clone(), "", format!("{name}: {}; {answer}", steps()));
        }
        match (open(before, old), open(after, new)) {
            (false, true) => {
                let rose = if rated && is > was { format!("{}; ", steps()) } else { String::new() };
                if rated && is > was {
                    take(rows, &["current", "inherent"]);
                }
                let level = is.words(Matrix::of(after));
                let text = format!("{name}: {rose}{level}, and {}", unanswered(after, new));
                self.say(Section::Unanswered, id.clone(), "", text);
            }
            (true, false) if acceptance(new).is_none() && is >= was => {
                self.say(Section::Closed, id.clone(), "", format!("{name} is answered for{}", mitigated(after, new)));
            }
            _ if status(after, new, None) == ThreatStatus::Treated
                && status(before, old, None) != ThreatStatus::Treated
                && is_proven(after, new) =>
            {
                self.say(Section::Closed, id.clone(), "", format!("{name} is treated{}", mitigated(after, new)));
            }
            _ => {}
        }
        if let Some(signed) = acceptance(new)
            && (acceptance(old) != Some(signed) || old.response != new.response)
        {
            take(rows, &["response"]);
            let before =
                acceptance(old).map_or_else(String::new, |was| format!(" (before: {})", words::acceptance(was)));
            let text = format!(
                "{name}, {}, is {}{before}",
                is.words(Matrix::of(after)),
                carried(new, &words::acceptance(signed))
            );
            self.say(Section::Accepted, id, "response", text);
        }
    }
}

/// Takes rows out that have been spoken of; gives them back.
fn take(rows: &mut Vec<Row>, names: &[&str]) -> Vec<Row> {
    rows.extract_if(.., |row| names.contains(&row.0)).collect()
}

fn carried(threat: &Threat, signed: &str) -> String {
    if threat.response == Some(Response::Transfer) {
        format!("transferred {signed}")
    } else {
        format!("accepted {signed}")
    }
}

/// What is missing: `no response`, `only M2 is proposed`.
fn unanswered(session: &Session, threat: &Threat) -> String {
    match threat.response {
        None => "no response".to_owned(),
        Some(Response::Accept | Response::Transfer) => "nobody signed for it".to_owned(),
        Some(_) if threat.mitigations.is_empty() => "no mitigation".to_owned(),
        Some(_) => format!("only {}", states(session, threat)),
    }
}

/// Who answered for it when it was less: `accepted by ana`, or the mitigations.
fn carrier(session: &Session, threat: &Threat) -> String {
    match acceptance(threat) {
        Some(signed) => carried(threat, &words::acceptance(signed)),
        None if threat.mitigations.is_empty() => threat.response.map_or("no response", Response::name).to_owned(),
        None => states(session, threat),
    }
}

/// `; M2 "rotate keys" is agreed`, or nothing without mitigations.
fn mitigated(session: &Session, threat: &Threat) -> String {
    if threat.mitigations.is_empty() { String::new() } else { format!("; {}", states(session, threat)) }
}

fn states(session: &Session, threat: &Threat) -> String {
    let state = |id: &MitigationId| match session.mitigations.get(id) {
        Some(found) => format!("{} is {}{}", words::mitigation(found), found.state.name(), unseen(found)),
        None => format!("{} is missing", id.short()),
    };
    threat.mitigations.iter().map(state).collect::<Vec<_>>().join(", ")
}

/// What to add about a mitigation that nothing shows.
fn unseen(mitigation: &Mitigation) -> &'static str {
    if is_unseen(mitigation) { ", without evidence" } else { "" }
}

/// Whether nothing that helps against the threat is only said to.
fn is_proven(session: &Session, threat: &Threat) -> bool {
    threat.mitigations.iter().all(|id| session.mitigations.get(id).is_some_and(|m| !is_unseen(m)))
}

/// What came along with a lower rating: a mitigation that now protects, or a remark.
pub(in crate::review) fn lowered_because(
    before: &Session,
    after: &Session,
    old: &Threat,
    new: &Threat,
) -> Option<String> {
    let protects = |session: &Session, threat: &Threat, id: &MitigationId| {
        threat.mitigations.contains(id) && session.mitigations.get(id).is_some_and(|m| m.state.is_in_place())
    };
    let helps = |id: &&MitigationId| protects(after, new, id) && !protects(before, old, id);
    if let Some(found) = new.mitigations.iter().find(helps).and_then(|id| after.mitigations.get(id)) {
        return Some(format!("{} is in place now{}", words::mitigation(found), unseen(found)));
    }
    let known: BTreeSet<&str> = old.note.lines().collect();
    let line = new.note.lines().find(|line| !known.contains(line) && !line.trim().is_empty())?;
    Some(format!("noted: {}", words::quoted(line)))
}
