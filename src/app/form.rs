//! Editing every field of a record: a list of fields, one edited at a time, each change one edit and one undo.
//!
//! Owns the form's state and the conversion between fields and text. Which fields a record has, and what their text
//! means, stands in one file per record. Refuses: applying edits (`update`), drawing (`ui`).

mod component;
mod flow;
pub(in crate::app) mod mitigation;
mod note;
mod parse;
pub(in crate::app) mod people;
mod session;
pub mod target;
mod threat;

use jiff::civil::Date;

use crate::{
    catalog::Kinds,
    session::{AssetId, Edit, Session, edit::EntryId},
};

use target::Target;

use super::{
    line::Typing,
    outline::Outline,
    overlay::picker::{Item, Value},
};

/// How a field is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One line; the hint says what it may hold.
    Line(&'static str),
    /// One line that may be long; the hint says what it may hold.
    Sentence(&'static str),
    /// One line, usually one of some known words; the hint says what it may hold.
    Known(&'static str),
    /// Somebody, usually one of the people; the hint says who that is.
    Person(&'static str),
    /// A component that is there; the hint says which.
    Component(&'static str),
    /// Any number of assets, also such as are new; the hint says which.
    Assets(&'static str),
    /// A day, in any of the words of [`super::days`].
    Day,
    /// Several lines.
    Text,
    /// One of these.
    Choice(Vec<String>),
}

impl Kind {
    /// Whether it may be more than a line on screen, so that the person's own editor is offered for it.
    pub fn is_long(&self) -> bool {
        matches!(self, Self::Text | Self::Sentence(_))
    }

    /// What it may hold; empty where that needs no saying.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Line(hint)
            | Self::Sentence(hint)
            | Self::Known(hint)
            | Self::Person(hint)
            | Self::Component(hint)
            | Self::Assets(hint) => hint,
            Self::Day | Self::Text | Self::Choice(_) => "",
        }
    }
}

/// One field as the form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, on screen and in [`change`].
    pub name: &'static str,
    /// Its present value as text.
    pub value: String,
    /// How it is edited.
    pub kind: Kind,
    /// What the value means, or why nobody knows; may be empty.
    pub remark: String,
}

impl Field {
    fn line(name: &'static str, value: impl std::fmt::Display, hint: &'static str) -> Self {
        Self { name, value: value.to_string(), kind: Kind::Line(hint), remark: String::new() }
    }

    fn person(session: &Session, name: &'static str, value: &str, hint: &'static str) -> Self {
        Self { kind: Kind::Person(hint), ..Self::line(name, parse::person_name(session, value), hint) }
    }

    fn assets(session: &Session, assets: &[AssetId], hint: &'static str) -> Self {
        Self { kind: Kind::Assets(hint), ..Self::line("assets", parse::asset_names(session, assets), hint) }
    }

    fn sentence(name: &'static str, value: impl std::fmt::Display, hint: &'static str) -> Self {
        Self { kind: Kind::Sentence(hint), ..Self::line(name, value, hint) }
    }

    fn day(name: &'static str, value: Option<jiff::civil::Date>) -> Self {
        Self { kind: Kind::Day, ..Self::line(name, value.map_or(String::new(), |day| day.to_string()), "") }
    }

    fn text(name: &'static str, value: impl std::fmt::Display) -> Self {
        Self { kind: Kind::Text, ..Self::line(name, value, "") }
    }

    fn choice(name: &'static str, value: &str, options: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { kind: Kind::Choice(options.into_iter().map(Into::into).collect()), ..Self::line(name, value, "") }
    }
}

/// The fields of a record as they are now; `None` when it does not exist.
pub fn fields(session: &Session, outline: &Outline, kinds: &Kinds, target: &Target) -> Option<Vec<Field>> {
    Some(match target {
        Target::Session => session::fields(session),
        Target::Entry(EntryId::Threat(id)) => threat::fields(session, outline.threat(session, *id)?.1),
        Target::Entry(EntryId::Mitigation(id)) => mitigation::fields(session, outline, session.mitigations.get(id)?),
        Target::Entry(EntryId::Component(id)) => component::fields(session, kinds, session.components.get(id)?),
        Target::Entry(EntryId::Zone(id)) => component::zone_fields(session, session.zones.get(id)?),
        Target::Entry(EntryId::Flow(id)) => flow::fields(session, session.flows.get(id)?),
        Target::Entry(EntryId::Asset(id)) => flow::asset_fields(session.assets.get(id)?),
        Target::Entry(EntryId::Note(id)) => note::fields(session, session.notes.get(id)?),
        Target::Entry(EntryId::Assumption(id)) => {
            note::assumption_fields(session, outline, session.assumptions.get(id)?)
        }
        Target::Entry(EntryId::Person(id)) => people::fields(session.people.get(id)?),
        Target::Entry(EntryId::Sitting(_)) => return None,
    })
}

/// The edit that gives a field another value; an error is a sentence for the person who typed it.
pub fn change(
    session: &Session,
    outline: &Outline,
    kinds: &Kinds,
    target: &Target,
    field: &str,
    value: &str,
    today: Date,
) -> Result<Edit, String> {
    let gone = || "This record was removed".to_owned();
    match target {
        Target::Session => session::change(session, field, value),
        Target::Entry(EntryId::Threat(id)) => {
            threat::change(session, outline.threat(session, *id).ok_or_else(gone)?.1, field, value, today)
        }
        Target::Entry(EntryId::Mitigation(id)) => {
            mitigation::change(session, outline, session.mitigations.get(id).ok_or_else(gone)?, field, value, today)
        }
        Target::Entry(EntryId::Component(id)) => {
            component::change(session, kinds, session.components.get(id).ok_or_else(gone)?, field, value)
        }
        Target::Entry(EntryId::Zone(id)) => {
            component::change_zone(session, session.zones.get(id).ok_or_else(gone)?, field, value)
        }
        Target::Entry(EntryId::Flow(id)) => {
            flow::change(session, session.flows.get(id).ok_or_else(gone)?, field, value)
        }
        Target::Entry(EntryId::Asset(id)) => flow::change_asset(session.assets.get(id).ok_or_else(gone)?, field, value),
        Target::Entry(EntryId::Note(id)) => {
            note::change(session, session.notes.get(id).ok_or_else(gone)?, field, value, today)
        }
        Target::Entry(EntryId::Assumption(id)) => {
            note::change_assumption(session, outline, session.assumptions.get(id).ok_or_else(gone)?, field, value)
        }
        Target::Entry(EntryId::Person(id)) => people::change(session.people.get(id).ok_or_else(gone)?, field, value),
        Target::Entry(EntryId::Sitting(_)) => Err("a sitting has no form".to_owned()),
    }
}

/// What a field can be chosen from, and which of it is chosen now; `None` for a field that is typed.
pub fn choices(session: &Session, kinds: &Kinds, field: &Field) -> Option<(Vec<Item>, usize)> {
    match &field.kind {
        Kind::Person(_) => Some(people::choices(session, &field.value)),
        Kind::Known(_) => Some(component::known_kinds(kinds, &field.value)),
        Kind::Component(_) => Some(flow::components_to_choose(session, &field.value)),
        Kind::Assets(_) => Some((parse::assets_to_mark(session, &field.value), 0)),
        Kind::Choice(options) => {
            let chosen = options.iter().position(|option| *option == field.value).unwrap_or(0);
            Some((options.iter().map(|option| Item::new(Value::Text, option)).collect(), chosen))
        }
        Kind::Line(_) | Kind::Sentence(_) | Kind::Day | Kind::Text => None,
    }
}

/// Who a name that was typed is, as a field for a person takes it.
pub(in crate::app) fn person(session: &Session, typed: &str) -> Result<String, String> {
    parse::person(session, typed)
}

/// Whoever a field for a person holds, as it shows them.
pub(in crate::app) fn person_name<'a>(session: &'a Session, held: &'a str) -> &'a str {
    parse::person_name(session, held)
}

/// A form on screen.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it edits.
    pub target: Target,
    /// The selected field.
    pub selected: usize,
    /// The text of the selected field while it is being edited.
    pub editing: Option<Typing>,
    /// Why the last value was refused.
    pub error: Option<String>,
}

impl Form {
    /// A form with its first field selected.
    pub fn new(target: Target) -> Self {
        Self { target, selected: 0, editing: None, error: None }
    }

    /// A form with a field of this name selected.
    pub fn at(session: &Session, outline: &Outline, kinds: &Kinds, target: Target, field: &str) -> Self {
        let selected =
            fields(session, outline, kinds, &target).and_then(|f| f.iter().position(|f| f.name == field)).unwrap_or(0);
        Self { selected, ..Self::new(target) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{
        Acceptance, Asset, Assumption, Component, EntryPoint, Flow, Letter, Mitigation, Note, NoteKind, Person, Place,
        Rating, Threat, Zone, edit::Entry,
    };

    const TODAY: Date = jiff::civil::date(2026, 11, 20);

    /// A session with one record of each kind, every field filled.
    fn filled() -> Session {
        let text = |s: &str| crate::session::Text::from(s);
        let date = jiff::civil::date(2027, 1, 31);
        let zone = |id: &str| Zone {
            id: id.parse().unwrap(),
            rank: 1,
            name: id.into(),
            parent: None,
            exposure: crate::session::Exposure::Internet,
            note: text("a\nb"),
        };
        let asset = Asset {
            id: "keys".parse().unwrap(),
            rank: 1,
            name: "Keys".into(),
            class: crate::session::Class::Restricted,
            note: text("n"),
        };
        let mut api = Component::new("api".parse().unwrap(), "API");
        api.zone = Some("edge".parse().unwrap());
        api.kind = "aws.apigw".into();
        api.assets = vec!["keys".parse().unwrap()];
        api.entry_points = vec![EntryPoint { name: "REST".into(), exposure: crate::session::Exposure::Partner }];
        let mut flow = Flow::new("F1-abc".parse().unwrap(), api.id.clone(), api.id.clone());
        flow.assets = vec!["keys".parse().unwrap()];
        flow.label = "self".into();
        let mut mitigation = Mitigation::new("M1-abc".parse().unwrap(), "rotate");
        mitigation.due = Some(date);
        mitigation.evidence = vec!["a#1".into(), "b".into()];
        let mut threat = Threat::new("T1-abc".parse().unwrap(), Letter::S, "stolen");
        threat.also = vec![Letter::I, Letter::E];
        threat.current = Some(Rating { likelihood: Some(3), impact: None });
        threat.target = Some(Rating::default());
        threat.acceptance = Some(Acceptance { by: "ana".into(), reason: "old".into(), until: Some(date) });
        threat.response = Some(crate::session::Response::Accept);
        threat.assets = vec!["keys".parse().unwrap()];
        threat.mitigations = vec![mitigation.id];
        threat.references = vec!["CWE-1".into(), "CWE-2".into()];
        let mut note = Note::new("N1-abc".parse().unwrap(), NoteKind::Question, "why?");
        note.place = Some(Place::Flow(flow.id));
        note.letter = Some(Letter::D);
        note.due = Some(date);
        let place = Place::Flow(flow.id);
        let edits = vec![
            Edit::Add(Entry::Zone(zone("vpc"))),
            Edit::Add(Entry::Zone(Zone { parent: Some("vpc".parse().unwrap()), ..zone("edge") })),
            Edit::Add(Entry::Asset(asset)),
            Edit::Add(Entry::Component(Box::new(api))),
            Edit::Add(Entry::Flow(Box::new(flow))),
            Edit::Add(Entry::Mitigation(Box::new(mitigation))),
            Edit::AddThreat { place, threat: Box::new(threat) },
            Edit::Add(Entry::Note(note)),
            Edit::Add(Entry::Assumption(Assumption {
                id: "A1-abc".parse().unwrap(),
                text: "TLS ends at the edge".into(),
                place: None,
                state: crate::session::AssumptionState::default(),
                by: "ben".into(),
                tripwires: Vec::new(),
                note: text(""),
            })),
            Edit::Add(Entry::Person(Person {
                id: "ana".parse().unwrap(),
                name: "Ana".into(),
                roles: vec![crate::session::Role::AppSec],
            })),
        ];
        Session::new("x").apply(&Edit::Batch { label: String::new(), edits }).unwrap()
    }

    fn targets() -> Vec<Target> {
        vec![
            Target::Session,
            Target::Entry(EntryId::Zone("edge".parse().unwrap())),
            Target::Entry(EntryId::Asset("keys".parse().unwrap())),
            Target::Entry(EntryId::Component("api".parse().unwrap())),
            Target::Entry(EntryId::Flow("F1-abc".parse().unwrap())),
            Target::Entry(EntryId::Mitigation("M1-abc".parse().unwrap())),
            Target::Entry(EntryId::Threat("T1-abc".parse().unwrap())),
            Target::Entry(EntryId::Note("N1-abc".parse().unwrap())),
            Target::Entry(EntryId::Assumption("A1-abc".parse().unwrap())),
            Target::Entry(EntryId::Person("ana".parse().unwrap())),
        ]
    }

    #[test]
    fn giving_a_field_the_value_it_has_changes_nothing() {
        let session = filled();
        for target in targets() {
            for field in fields(&session, &Outline::of(&session), Kinds::builtin(), &target).unwrap() {
                let edit = change(
                    &session,
                    &Outline::of(&session),
                    Kinds::builtin(),
                    &target,
                    field.name,
                    &field.value,
                    TODAY,
                );
                let edit = edit.unwrap_or_else(|e| panic!("{target:?} {} = {:?}: {e}", field.name, field.value));
                assert_eq!(session.apply(&edit).unwrap(), session, "{target:?} {}", field.name);
            }
        }
    }

    #[test]
    fn every_option_of_every_choice_can_be_chosen_and_is_shown_then() {
        let session = filled();
        for target in targets() {
            for field in fields(&session, &Outline::of(&session), Kinds::builtin(), &target).unwrap() {
                let Kind::Choice(options) = &field.kind else { continue };
                for option in options {
                    let edit =
                        change(&session, &Outline::of(&session), Kinds::builtin(), &target, field.name, option, TODAY)
                            .unwrap();
                    let Ok(after) = session.apply(&edit) else { continue };
                    let shown = fields(&after, &Outline::of(&after), Kinds::builtin(), &target)
                        .unwrap()
                        .into_iter()
                        .find(|f| f.name == field.name)
                        .unwrap();
                    assert_eq!(shown.value, *option, "{target:?} {}", field.name);
                }
            }
        }
    }

    #[test]
    fn a_field_for_a_person_takes_any_part_of_a_name_that_nobody_shares() {
        let mut session = filled();
        let lena = Person { id: "lena-fox".parse().unwrap(), name: "Lena Fox".into(), roles: Vec::new() };
        session.people.insert(lena);
        let outline = Outline::of(&session);
        for (target, field) in targets().iter().flat_map(|target| ["owner", "by", "accepted by"].map(|f| (target, f))) {
            let known =
                fields(&session, &outline, Kinds::builtin(), target).unwrap().iter().any(|known| known.name == field);
            if !known || *target == Target::Session {
                continue;
            }
            for (typed, kept) in [("lena", "lena-fox"), ("Fox", "lena-fox"), ("team  shop", "team shop"), ("", "")] {
                let name = if kept == "lena-fox" { "Lena Fox" } else { kept };
                let edit = change(&session, &outline, Kinds::builtin(), target, field, typed, TODAY).unwrap();
                assert!(format!("{edit:?}").contains(&format!(": {kept:?}")), "{edit:?}");
                let after = session.apply(&edit).unwrap();
                let shown = fields(&after, &Outline::of(&after), Kinds::builtin(), target).unwrap();
                let shown = shown.into_iter().find(|known| known.name == field).unwrap();
                assert_eq!(shown.value, name, "{target:?} {field} {typed}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_in_words() {
        let session = filled();
        let threat = Target::Entry(EntryId::Threat("T1-abc".parse().unwrap()));
        for (field, value) in
            [("current", "9x9x9"), ("accepted until", "soon"), ("mitigations", "M9"), ("statement", " ")]
        {
            let refused = change(&session, &Outline::of(&session), Kinds::builtin(), &threat, field, value, TODAY)
                .and_then(|edit| session.apply(&edit).map_err(|e| e.to_string()));
            assert!(refused.is_err(), "{field} = {value}");
        }
    }
}
