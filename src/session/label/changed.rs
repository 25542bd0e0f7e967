//! Which fields of a record an edit changes, by the names that forms give them.

use super::super::{
    Session, Threat,
    edit::{Entry, Header},
};

/// Fields that are named before the rest is counted.
const NAMED: usize = 3;

macro_rules! differing {
    ($before:expr, $after:expr, [$($field:ident $name:literal)*]) => {{
        let (before, after) = ($before, $after);
        let fields = [$((before.$field != after.$field, $name)),*];
        fields.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name).collect()
    }};
}

/// The fields in which an entry differs from the record it takes the place of; none when there is no such record.
pub(super) fn of_entry(before: &Session, entry: &Entry) -> Vec<&'static str> {
    match entry {
        Entry::Person(after) => {
            before.people.get(&after.id).map(|before| differing!(before, after, [name "name" roles "roles"]))
        }
        Entry::Zone(after) => before
            .zones
            .get(&after.id)
            .map(|before| differing!(before, after, [name "name" exposure "exposure" parent "parent" note "note"])),
        Entry::Asset(after) => before
            .assets
            .get(&after.id)
            .map(|before| differing!(before, after, [name "name" class "class" note "note"])),
        Entry::Component(after) => before.components.get(&after.id).map(|before| {
            differing!(before, after, [
                name "name" kind "kind" element "element" zone "zone" entry_points "entry points" assets "assets"
                owner "owner" note "note" responsibility "run as" deviations "deviations"
                dismissed "dismissed suggestions" model "model" taken "what was taken from its model"
                code "code"
            ])
        }),
        Entry::Flow(after) => before.flows.get(&after.id).map(|before| {
            differing!(before, after, [
                label "label" from "from" to "to" protocol "protocol" assets "assets" note "note"
                dismissed "dismissed suggestions"
            ])
        }),
        Entry::Mitigation(after) => before.mitigations.get(&after.id).map(|before| {
            differing!(before, after, [
                title "title" state "state" owner "owner" due "due" text "text" evidence "evidence" ticket "ticket"
                layer "layer" responsibility "responsibility" effect "effect" verdict "verdict" monitor "monitor"
                note "note" code "code"
            ])
        }),
        Entry::Assumption(after) => before
            .assumptions
            .get(&after.id)
            .map(|before| differing!(before, after, [text "text" state "state" by "by" note "note" place "place" tripwires "tripwires"])),
        Entry::Note(after) => before.notes.get(&after.id).map(|before| {
            differing!(before, after, [
                text "text" answer "answer" kind "kind" owner "owner" due "due" by "by" place "place" letter "letter"
            ])
        }),
        Entry::Sitting(_) => None,
    }
    .unwrap_or_default()
}

/// The fields in which two versions of a threat differ.
pub(super) fn of_threat(before: &Threat, after: &Threat) -> Vec<&'static str> {
    differing!(before, after, [
        statement "statement" letter "letter" also "also" inherent "inherent" current "current" target "target"
        response "response" mitigations "mitigations" acceptance "acceptance" source "source"
        prerequisites "prerequisites" action "action" impact "impact" assets "assets" by "by"
        references "references" note "note" code "code"
    ])
}

/// The fields above the records that differ.
pub(super) fn of_header(before: &Header, after: &Header) -> Vec<&'static str> {
    differing!(before, after, [
        title "title" workload "workload" owner "owner" scope "scope" profile "profile" matrix "matrix"
        appetite "appetite" tolerance "tolerance" note "note"
    ])
}

/// `: title, state`, or nothing.
pub(super) fn words(fields: &[&'static str]) -> String {
    match fields {
        [] => String::new(),
        few if few.len() <= NAMED => format!(": {}", few.join(", ")),
        many => format!(": {} and {} more", many[..NAMED].join(", "), many.len() - NAMED),
    }
}
