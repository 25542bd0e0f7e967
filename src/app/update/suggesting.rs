//! Taking suggestions up and turning them down.
//!
//! Owns what each of the three answers makes of a row: a threat with its candidate controls, a threat with a control that
//! is in place, or a dismissal. Each is one step. Refuses: answering by itself; a row enters a session by a key.

use crate::{
    app::{
        document::Document,
        model::Model,
        overlay::{
            Overlay,
            picker::{Item, Picker, Purpose, Value},
        },
        pane::{Pane, checklist},
        suggestions::{Standing, standing},
    },
    catalog::{Control, Kinds, Situation, Threat as Row},
    method::{basis::basis, prompts::fill},
    session::{
        Dismissal, Edit, EditError, Letter, Mitigation, MitigationId, MitigationState, Place, Response, Responsibility,
        Session, Table, Threat, ThreatId, edit::Entry,
    },
};

use super::{apply, capturing};

/// Reasons to turn a suggestion down, offered before own words. "We have that" is left out on purpose: that is a threat
/// with a control, and has a key of its own.
const REASONS: [&str; 6] = [
    "cannot happen here: it is built in another way",
    "nobody would gain anything by it",
    "too far-fetched to spend time on",
    "said already in other words",
    "another session covers it",
    "out of scope by decision",
];

/// What is known to help.
#[derive(Debug, Clone, Copy)]
enum Helps<'a> {
    /// These might; nobody has agreed to any of them.
    Perhaps(&'a [&'a Control]),
    /// This is in place already.
    Already(&'a Control),
    /// This is in place already, in somebody's own words.
    InWords(&'a str),
}

/// Keeps the suggestions up with the cell on screen; who leaves the checklist leaves them.
pub(super) fn follow(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let session = document.session();
    if model.focus != Pane::Checklist && model.suggestions.selected().is_some() {
        model.suggestions.leave();
    }
    let cell = model.checklist.place.as_ref().map(|place| (place, model.checklist.letter(session)));
    model.suggestions.follow(session, cell, document.history().revision());
}

/// Goes among the suggestions of the cell.
pub(super) fn open(model: &mut Model) {
    model.suggestions.enter(0);
}

/// Accepts one by its number on the screen.
pub(super) fn accept_numbered(model: &mut Model, number: usize) {
    let (first, _) = model.suggestions.page();
    model.suggestions.select(first + number - 1);
    accept(model);
}

/// Accepts the selected one.
pub(super) fn accept(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let Some(offer) = model.suggestions.offer() else { return };
    if offer.standing == Standing::Taken {
        return model.say("It is a threat here already");
    }
    let row = offer.row.clone();
    take_up(model, &place, letter, &row, None);
}

/// Captures any row of the catalogue to a cell.
pub(super) fn capture(model: &mut Model, place: &Place, letter: Letter, row: &str) {
    take_up(model, place, letter, row, None);
}

/// Says that the selected one is dealt with; asks by what when more than one control could be meant.
pub(super) fn ask_what_is_there(model: &mut Model) {
    let Some((place, letter)) = model.cell() else { return };
    let Some((offer, team)) = model.suggestions.offer().zip(model.suggestions.team()) else { return };
    let catalogue = team.catalogue();
    if offer.standing == Standing::Taken {
        return model.say(model.keymap.phrase("It is a threat here already; {mitigate} adds what helps"));
    }
    let row = offer.row.clone();
    let helps = catalogue.threat(&row).map_or(&[][..], |threat| &threat.controls);
    let items = helps
        .iter()
        .filter_map(|id| catalogue.control(id))
        .map(|control| Item::new(Value::Control(control.id.clone()), control.text.as_str()).with(control.id.clone()));
    let picker = Picker::new("What do you have already?", Purpose::InPlace(place, letter, row), items.collect());
    model.overlay = Some(Overlay::Picker(picker.or_new("own words")));
}

/// Takes a row up with what somebody said is there: a control by its id, or own words.
pub(super) fn in_place(
    model: &mut Model,
    place: &Place,
    letter: Letter,
    row: &str,
    control: Option<&str>,
    words: &str,
) {
    let Some(team) = model.suggestions.team().cloned() else { return };
    let control = control.and_then(|id| team.catalogue().control(id));
    let there = control.map_or(Helps::InWords(words), Helps::Already);
    take_up(model, place, letter, row, Some(there));
}

/// Asks why the selected one is turned down, or takes that back.
pub(super) fn dismiss(model: &mut Model) {
    let Some((place, _)) = model.cell() else { return };
    let Some(offer) = model.suggestions.offer() else { return };
    let row = offer.row.clone();
    match &offer.standing {
        Standing::Taken => model.say(model.keymap.phrase("It is a threat here; {withdraw} withdraws that")),
        Standing::Dismissed(_) => {
            let label = format!("offer {row} on {} again", place.short());
            change_dismissed(model, &place, label, |dismissed| drop(dismissed.remove(row.as_str())));
        }
        Standing::Offered => {
            let items = REASONS.iter().map(|reason| Item::new(Value::Text, *reason)).collect();
            let title = format!("Dismiss “{}”, because", offer.text);
            let picker = Picker::new(title, Purpose::Dismiss(place, row), items).or_new("own words");
            model.overlay = Some(Overlay::Picker(picker));
        }
    }
}

/// Turns a row down for a place.
pub(super) fn dismissed(model: &mut Model, place: &Place, row: &str, reason: String) {
    let label = format!("dismiss {row} on {}: {reason}", place.short());
    let one = Dismissal { id: row.to_owned(), reason, by: model.me() };
    if change_dismissed(model, place, label, |dismissed| drop(dismissed.insert(one))) {
        follow(model);
        model.suggestions.go_on();
    }
}

fn change_dismissed(
    model: &mut Model,
    place: &Place,
    label: String,
    change: impl FnOnce(&mut Table<Dismissal>),
) -> bool {
    let Some(session) = model.session() else { return false };
    let entry = match place {
        Place::Flow(id) => session.flows.get(id).cloned().map(|mut flow| {
            change(&mut flow.dismissed);
            Entry::Flow(Box::new(flow))
        }),
        Place::Component(id) => session.components.get(id).cloned().map(|mut component| {
            change(&mut component.dismissed);
            Entry::Component(Box::new(component))
        }),
        Place::Unfiled => None,
    };
    let Some(entry) = entry else { return false };
    apply(model, &Edit::Batch { label, edits: vec![Edit::Change(entry)] })
}

/// Makes a row a threat of the cell, with its candidate controls or with what is there already.
fn take_up(model: &mut Model, place: &Place, letter: Letter, row: &str, there: Option<Helps<'_>>) {
    let (Some(team), Some(document)) = (model.suggestions.team().cloned(), &model.document) else { return };
    let catalogue = team.catalogue();
    let Some(row) = catalogue.threat(row) else { return };
    let candidates: Vec<&Control> = row.controls.iter().filter_map(|id| catalogue.control(id)).collect();
    let helps = there.unwrap_or(Helps::Perhaps(&candidates));
    let found = model.suggestions.offers().iter().find(|offer| offer.row == row.id);
    let (statement, providers) = match found {
        Some(offer) => (offer.text.clone(), offer.providers),
        None => (words(document.session(), team.kinds(), place, row, &row.text), false),
    };
    let id = ThreatId::fresh(document.outline().next_threat(), &mut model.random);
    let threat = Threat {
        also: Some(row.letter).filter(|own| *own != letter).into_iter().collect(),
        by: model.me(),
        origin: row.origin(),
        references: row.references.clone(),
        basis: basis(document.session(), place),
        ..Threat::new(id, letter, statement)
    };
    let taken = Taken { place, threat, helps, providers };
    match taken.edit(document, &mut model.random) {
        Ok((edit, links)) => {
            if apply(model, &edit) {
                let session = model.document.as_ref().map(|document| document.session().clone());
                if let Some(session) = session {
                    model.checklist.select(&session, checklist::Row::Threat(id));
                }
                model.mitigations.selected = links.first().copied().or(model.mitigations.selected);
                follow(model);
                model.suggestions.go_on();
            }
        }
        Err(error) => model.fail(error.to_string()),
    }
}

/// A sentence of a row with the names of a place.
fn words(session: &Session, kinds: &Kinds, place: &Place, row: &Row, sentence: &str) -> String {
    Situation::of(session, place, kinds)
        .map_or_else(|| sentence.to_owned(), |situation| fill(sentence, &situation.names(situation.about(row.at))))
}

/// A row on its way into the session.
struct Taken<'a> {
    place: &'a Place,
    threat: Threat,
    helps: Helps<'a>,
    providers: bool,
}

impl Taken<'_> {
    /// One step that makes the threat, and which mitigations it is linked to. One that came from the same control, or is
    /// called so, is linked and not made again.
    fn edit(
        mut self,
        document: &Document,
        random: &mut crate::app::model::Random,
    ) -> Result<(Edit, Vec<MitigationId>), EditError> {
        let mut session = (**document.session()).clone();
        let mut edits = Vec::new();
        let mut made = Vec::new();
        let wanted: Vec<Mitigation> = match self.helps {
            Helps::Perhaps(controls) => controls.iter().map(|control| self.mitigation(control)).collect(),
            Helps::Already(control) => vec![self.in_place(self.mitigation(control))],
            Helps::InWords(words) => vec![self.in_place(Mitigation::new(MitigationId::new(1, *b"000"), words))],
        };
        for mitigation in wanted {
            let alike = |other: &&Mitigation| {
                (!mitigation.origin.is_empty() && other.origin == mitigation.origin) || other.title == mitigation.title
            };
            let edit = if let Some(known) = session.mitigations.iter().find(alike) {
                made.push(known.id);
                let arrived = mitigation.state.is_in_place() && !known.state.is_in_place();
                let known = Mitigation { state: mitigation.state, ..known.clone() };
                arrived.then(|| Edit::Change(Entry::Mitigation(Box::new(known))))
            } else {
                let id = session.fresh_mitigation(random);
                made.push(id);
                Some(Edit::Add(Entry::Mitigation(Box::new(Mitigation { id, ..mitigation }))))
            };
            if let Some(edit) = edit {
                session = session.apply(&edit)?;
                edits.push(edit);
            }
        }
        self.threat.mitigations.clone_from(&made);
        self.threat.mitigations.sort_unstable();
        self.threat.mitigations.dedup();
        if !matches!(self.helps, Helps::Perhaps(_)) {
            self.threat.response = Some(Response::Mitigate);
        }
        let verb = if matches!(self.helps, Helps::Perhaps(_)) { "accept" } else { "have" };
        let (id, row) = (self.threat.id.short(), self.threat.origin.split('@').next().unwrap_or_default());
        let with: Vec<String> = made.iter().map(|id| id.short()).collect();
        let with = if with.is_empty() { String::new() } else { format!(" with {}", with.join(" ")) };
        let label = format!("{verb} {row} as {id} on {}{with}", self.place.short());
        edits.push(Edit::AddThreat { place: self.place.clone(), threat: Box::new(self.threat) });
        Ok((Edit::Batch { label, edits }, made))
    }

    /// What a control becomes in a session.
    fn mitigation(&self, control: &Control) -> Mitigation {
        let (responsibility, note) = if self.providers {
            (Responsibility::Provider, "Evidence: the provider's report.".to_owned())
        } else {
            (control.side, format!("To see that it works: {}.", control.verify))
        };
        Mitigation {
            layer: Some(control.layer),
            responsibility,
            origin: control.id.clone(),
            note: note.into(),
            // Its id is given when it is known to be new.
            ..Mitigation::new(MitigationId::new(1, *b"000"), control.text.as_str())
        }
    }

    fn in_place(&self, mitigation: Mitigation) -> Mitigation {
        let responsibility = if self.providers { Responsibility::Provider } else { mitigation.responsibility };
        Mitigation { state: MitigationState::InPlace, responsibility, ..mitigation }
    }
}

/// Opens the list of every row of the catalogue.
pub(super) fn search(model: &mut Model) {
    let (Some((place, letter)), Some(team)) = (model.cell(), model.suggestions.team()) else { return };
    let catalogue = team.catalogue();
    let Some(session) = model.session() else { return };
    let mut rows: Vec<&Row> = catalogue.threats().iter().collect();
    rows.sort_by_key(|row| row.letter != letter);
    let items = rows.into_iter().map(|row| {
        let mut item =
            Item::new(Value::Suggestion(row.id.clone()), words(session, team.kinds(), &place, row, &row.text));
        if standing(session, &place, &row.id) == Standing::Taken {
            item.disabled = Some("It is a threat here already".to_owned());
        }
        item.tags = std::iter::once(&row.id).chain(&row.references).cloned().collect();
        let first = row.references.first().map_or("", String::as_str);
        let why = format!("{} · {} · {}", row.letter.name(), row.kinds.join(", "), row.references.join(", "));
        item.more = format!("{}\n{why}\nAsk: {}", item.text, words(session, team.kinds(), &place, row, &row.question));
        item.with(format!("{}  {first}", row.id))
    });
    let items: Vec<Item> = items.collect();
    let title = format!("Catalogue, to {letter} on {}", capturing::place_words(model, &place));
    let picker = Picker::new(title, Purpose::Catalogue(place, letter), items);
    model.overlay = Some(Overlay::Picker(picker));
}
