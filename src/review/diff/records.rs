//! What changed about mitigations, about the session as a whole, and about everything said beside it.

use super::{Report, Section, rows::rows};
use crate::{
    method::matrix::Matrix,
    review::words,
    session::{EntryId, Level, Mitigation, MitigationState},
};

impl Report<'_> {
    /// Title, limits, scope and the other fields above the records.
    pub(super) fn header(&mut self) {
        let (before, after) = (self.before, self.after);
        for row in rows(&before.header(), &after.header()) {
            let section = match row.0 {
                "scope" => Section::Scope,
                "matrix" => Section::Lowered,
                "appetite" if after.appetite() > before.appetite() => Section::Lowered,
                "tolerance" if after.tolerance() > before.tolerance() => Section::Lowered,
                _ => Section::Other,
            };
            match row.0 {
                "matrix" => {
                    let (was, is) = (Matrix::of(before).id, Matrix::of(after).id);
                    let text = format!("matrix {was} → {is}: every rating is looked up in another table");
                    self.say(section, None, "matrix", text);
                }
                "appetite" => self.limit("appetite", section, before.appetite(), after.appetite()),
                "tolerance" => self.limit("tolerance", section, before.tolerance(), after.tolerance()),
                _ => self.say_rows(section, None, "the session", &[row]),
            }
        }
    }

    fn limit(&mut self, name: &'static str, section: Section, was: Level, is: Level) {
        let (was, is) = (Matrix::of(self.before).level_name(was), Matrix::of(self.after).level_name(is));
        self.say(section, None, name, format!("{name} {was} → {is}"));
    }

    pub(super) fn mitigations(&mut self) {
        let (before, after) = (self.before, self.after);
        for (was, is) in before.mitigations.differences(&after.mitigations) {
            match (was, is) {
                (Some(was), Some(is)) if was != is => self.mitigation(was, is),
                (None, Some(is)) => {
                    let id = Some(EntryId::Mitigation(is.id));
                    let text = format!("{} is new: {}", words::mitigation(is), is.state.name());
                    if is_unseen(is) {
                        self.say(Section::Unproven, id, "state", format!("{text}, without evidence"));
                    } else {
                        self.say(Section::Other, id, "", text);
                    }
                }
                (Some(was), None) => {
                    let text = format!("{}, {}, was removed", words::mitigation(was), was.state.name());
                    self.say_gone(Section::Unproven, EntryId::Mitigation(was.id), text);
                }
                _ => {}
            }
        }
    }

    fn mitigation(&mut self, was: &Mitigation, is: &Mitigation) {
        let (id, name) = (Some(EntryId::Mitigation(is.id)), words::mitigation(is));
        let mut rows = rows(was, is);
        let lost: Vec<&str> =
            was.evidence.iter().filter(|line| !is.evidence.contains(line)).map(String::as_str).collect();
        let states = format!("{} → {}", was.state.name(), is.state.name());
        let said = if is_unseen(is) && !is_unseen(was) {
            let how = if was.state == is.state { is.state.name().to_owned() } else { states };
            Some((Section::Unproven, "state", format!("{name}: {how} without evidence"), &["state", "evidence"][..]))
        } else if progress(is.state) < progress(was.state) {
            Some((Section::Unproven, "state", format!("{name}: {states}"), &["state"][..]))
        } else if !lost.is_empty() && is.state.is_in_place() {
            let lost: Vec<String> = lost.iter().map(|line| words::quoted(line)).collect();
            let text = format!("{name}: evidence taken out: {}", lost.join(", "));
            Some((Section::Unproven, "evidence", text, &[][..]))
        } else if is.state.is_in_place() && was.state != is.state {
            let seen = is.evidence.iter().map(|line| words::quoted(line)).collect::<Vec<_>>().join(", ");
            let seen = if seen.is_empty() { String::new() } else { format!("; evidence {seen}") };
            Some((Section::Closed, "state", format!("{name}: {states}{seen}"), &["state", "evidence"][..]))
        } else {
            None
        };
        if let Some((section, field, text, spoken)) = said {
            self.say(section, id.clone(), field, text);
            rows.retain(|row| !spoken.contains(&row.0));
        }
        if !rows.is_empty() {
            self.say_rows(Section::Other, id, &name, &rows);
        }
    }

    /// People, assumptions, notes and meetings.
    pub(super) fn rest(&mut self) {
        let (before, after) = (self.before, self.after);
        self.table(Section::Other, &before.people, &after.people, EntryId::Person);
        self.table(Section::Other, &before.assumptions, &after.assumptions, EntryId::Assumption);
        self.table(Section::Other, &before.notes, &after.notes, EntryId::Note);
        self.table(Section::Other, &before.sittings, &after.sittings, EntryId::Sitting);
    }
}

/// In place, and nothing shows it.
pub(super) fn is_unseen(mitigation: &Mitigation) -> bool {
    mitigation.state.is_in_place() && mitigation.evidence.iter().all(|line| line.trim().is_empty())
}

/// How far a state is on the way to protecting.
fn progress(state: MitigationState) -> u8 {
    match state {
        MitigationState::Dropped => 0,
        MitigationState::Proposed => 1,
        MitigationState::Agreed => 2,
        MitigationState::InProgress => 3,
        MitigationState::InPlace => 4,
        MitigationState::Verified => 5,
    }
}
