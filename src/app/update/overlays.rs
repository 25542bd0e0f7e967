//! Keys of what lies over the workbench.
//!
//! Owns what a choice, an answer or a picked row leads to. Refuses: waiting; what is asked stores what to do with the
//! answer.

use crate::{
    app::{
        days, form,
        key::{Code, Key},
        model::Model,
        msg::{Effect, Write},
        overlay::{
            Choice, Overlay, Way,
            ask::{self, Ask},
            picker::{Picker, Purpose, Value},
        },
    },
    session::{
        Acceptance, Answer, Cell, Edit, Letter, Mitigation, MitigationId, Named, Response, ThreatId, edit::Entry,
    },
};

use super::{
    apply, capturing, cells, commands, forms, meeting, models, reviewing, saving, selection, starting, suggesting,
    team, threats, travel,
};

/// A key for the overlay on top.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(overlay) = model.overlay.take() else { return Vec::new() };
    match overlay {
        Overlay::Help(top) => {
            let last = model.hits.help_last;
            let top = top.min(last);
            let top = match key.code {
                Code::Down | Code::Char('j') => Some((top + 1).min(last)),
                Code::Up | Code::Char('k') => Some(top.saturating_sub(1)),
                Code::PageDown | Code::Char(' ' | 'd') => Some((top + 10).min(last)),
                Code::PageUp | Code::Char('u') => Some(top.saturating_sub(10)),
                Code::Home | Code::Char('g') => Some(0),
                Code::End | Code::Char('G') => Some(last),
                _ => None,
            };
            model.overlay = top.map(Overlay::Help);
            Vec::new()
        }
        Overlay::Letter(letter) => {
            letter_key(model, letter, key);
            Vec::new()
        }
        Overlay::Message(failure) => {
            // Nothing else, or the rest of a sentence somebody is typing would become commands.
            if !matches!(key.code, Code::Esc | Code::Enter) {
                model.overlay = Some(Overlay::Message(failure));
            }
            Vec::new()
        }
        Overlay::Choice(choice) => choice_key(model, choice, key),
        Overlay::Picker(picker) => picker_key(model, picker, key),
        Overlay::Ask(ask) => ask_key(model, ask, key),
        Overlay::Form(mut form) => match forms::on_key(model, &mut form, key) {
            forms::Outcome::Open(effects) => {
                model.overlay = Some(Overlay::Form(form));
                effects
            }
            forms::Outcome::Choosing(picker) => {
                model.overlay = Some(Overlay::Picker(*picker));
                Vec::new()
            }
            forms::Outcome::Closed => Vec::new(),
            forms::Outcome::Elsewhere => {
                let undo = key == Key::char('u') || key == Key::ctrl('r');
                model.overlay = Some(Overlay::Form(form));
                if undo {
                    commands::run(model, if key.ctrl { crate::app::Command::Redo } else { crate::app::Command::Undo })
                } else {
                    Vec::new()
                }
            }
        },
    }
}

/// Turns to another letter, or closes what is told about this one. Any other key closes it and does
/// nothing else: half a sentence typed ahead must not become answers.
fn letter_key(model: &mut Model, letter: Letter, key: Key) {
    let step = |by: usize| Letter::ALL[(letter as usize + by) % Letter::ALL.len()];
    let next = match key.code {
        Code::Char('j' | 'l') | Code::Down | Code::Right => step(1),
        Code::Char('k' | 'h') | Code::Up | Code::Left => step(Letter::ALL.len() - 1),
        _ => return,
    };
    selection::select_cell(model, next);
    model.overlay = Some(Overlay::Letter(next));
}

/// A press on a row of the list on top selects it; on the selected row it takes it.
pub(super) fn press(model: &mut Model, row: u16) -> Vec<Effect> {
    settle(model);
    let Some((_, at)) = model.hits.over.iter().find(|(known, _)| *known == row).copied() else { return Vec::new() };
    let selected = match &mut model.overlay {
        Some(Overlay::Picker(picker)) => &mut picker.selected,
        Some(Overlay::Choice(choice)) => &mut choice.selected,
        _ => return Vec::new(),
    };
    if std::mem::replace(selected, at) == at {
        return on_key(model, Key::plain(Code::Enter));
    }
    show_theme(model);
    Vec::new()
}

/// The theme is seen while it is being chosen.
fn show_theme(model: &mut Model) {
    if let Some(Overlay::Picker(picker)) = &model.overlay
        && matches!(picker.purpose, Purpose::Theme { .. })
        && let Some(item) = picker.item()
    {
        model.preferences.theme.clone_from(&item.text);
    }
}

/// Pastes into what is typed on top; `false` when nothing there takes text.
pub(super) fn paste(model: &mut Model, text: &str) -> bool {
    match &mut model.overlay {
        Some(Overlay::Picker(picker)) => {
            picker.paste(text);
            true
        }
        Some(Overlay::Ask(ask)) => {
            ask.line.paste(text);
            true
        }
        // A form may be between two fields; the paste has nowhere to go then.
        Some(Overlay::Form(form)) => form.editing.is_none(),
        Some(_) => true,
        None => false,
    }
}

fn choice_key(model: &mut Model, mut choice: Choice, key: Key) -> Vec<Effect> {
    let last = choice.ways.len().saturating_sub(1);
    match (key.code, key.typed()) {
        // The first way is the harmless one.
        (Code::Esc, _) => {
            let way = choice.ways.first().copied().unwrap_or(Way::Stay);
            return saving::choose(model, way, choice.after);
        }
        (Code::Enter, _) => {
            let way = choice.ways.get(choice.selected).copied().unwrap_or(Way::Stay);
            return saving::choose(model, way, choice.after);
        }
        (Code::Down | Code::Tab, _) | (_, Some('j')) => choice.selected = (choice.selected + 1).min(last),
        (Code::Up, _) | (_, Some('k')) => choice.selected = choice.selected.saturating_sub(1),
        (_, Some(letter)) => {
            if let Some(at) = choice.ways.iter().position(|way| way.key() == letter) {
                if choice.ways[at].only_shows() {
                    return saving::choose(model, choice.ways[at], choice.after);
                }
                choice.selected = at;
            }
        }
        _ => {}
    }
    model.overlay = Some(Overlay::Choice(choice));
    Vec::new()
}

fn picker_key(model: &mut Model, mut picker: Picker, key: Key) -> Vec<Effect> {
    if key.typed().is_none() {
        // It may act on what is selected.
        picker.catch_up();
    }
    match key.code {
        Code::Esc => return given_up(model, picker),
        Code::Char('c') if key.ctrl => return given_up(model, picker),
        Code::Enter => return chosen(model, picker),
        Code::Down => picker.step(1),
        Code::Up => picker.step(-1),
        Code::Char('n') if key.ctrl => picker.step(1),
        Code::Char('p') if key.ctrl => picker.step(-1),
        Code::PageDown => (0..8).for_each(|_| picker.step(1)),
        Code::PageUp => (0..8).for_each(|_| picker.step(-1)),
        Code::Tab if picker.several => {
            picker.toggle();
            picker.step(1);
        }
        Code::Tab => match picker.purpose {
            Purpose::File(threat) => threats::file_under_next(model, &mut picker, threat, key),
            _ => picker.step(if key.shift { -1 } else { 1 }),
        },
        _ => picker.key(key),
    }
    model.overlay = Some(Overlay::Picker(picker));
    show_theme(model);
    Vec::new()
}

/// Does what nobody needs between two keys and somebody does who looks.
pub(super) fn settle(model: &mut Model) {
    let Some(Overlay::Picker(picker)) = &mut model.overlay else { return };
    picker.catch_up();
    show_theme(model);
    read_own(model);
}

/// Says beside the typed text what it will become, where it is more than words.
fn read_own(model: &mut Model) {
    let Some(Overlay::Picker(picker)) = &model.overlay else { return };
    let typed = picker.query.first_line().trim();
    let own = match picker.purpose {
        Purpose::Mitigate(threat) if picker.offers_free() => capturing::mitigation_words(model, threat, typed),
        _ if picker.names && picker.offers_free() => {
            model.session().map_or_else(String::new, |session| form::people::doubt(session, typed))
        }
        _ => String::new(),
    };
    if let Some(Overlay::Picker(picker)) = &mut model.overlay {
        picker.own = own;
    }
}

/// Closes a list without choosing; what was only tried on is taken off.
fn given_up(model: &mut Model, picker: Picker) -> Vec<Effect> {
    match picker.purpose {
        Purpose::Theme { before } => model.preferences.theme = before,
        Purpose::Field(target, name) => forms::take_choice(model, target, name, None),
        _ => {}
    }
    Vec::new()
}

fn chosen(model: &mut Model, picker: Picker) -> Vec<Effect> {
    let item = picker.item().cloned();
    if let Some(reason) = item.as_ref().and_then(|item| item.disabled.clone()) {
        model.warn(reason);
        model.overlay = Some(Overlay::Picker(picker));
        return Vec::new();
    }
    let typed = picker.query.first_line().trim().to_owned();
    if item.is_none() && !picker.offers_free() {
        model.overlay = Some(Overlay::Picker(picker));
        return Vec::new();
    }
    match (picker.purpose, item.map(|item| (item.value, item.text))) {
        (Purpose::Command, Some((Value::Command(command), _))) => return commands::run(model, command),
        (Purpose::Command, Some((Value::Record(record), _))) => travel::go(model, &record),
        // Nothing is called so: perhaps it is something that can go wrong.
        (Purpose::Command, None) => {
            let effects = commands::run(model, crate::app::Command::SearchCatalogue);
            if let Some(Overlay::Picker(list)) = &mut model.overlay {
                list.query.replace(&typed);
                list.filter();
            }
            return effects;
        }
        (Purpose::Catalogue(place, letter), Some((Value::Suggestion(row), _))) => {
            suggesting::capture(model, &place, letter, &row);
        }
        (Purpose::Dismiss(place, row), item) => {
            let reason = item.map_or(typed, |(_, text)| text);
            suggesting::dismissed(model, &place, &row, reason);
        }
        (Purpose::InPlace(place, letter, row), item) => {
            let control = match &item {
                Some((Value::Control(id), _)) => Some(id.as_str()),
                _ => None,
            };
            suggesting::in_place(model, &place, letter, &row, control, &typed);
        }
        (Purpose::Theme { .. }, Some((_, name))) => {
            model.preferences.theme.clone_from(&name);
            model.say(format!("Theme {name}"));
            return vec![Effect::RememberTheme(name)];
        }
        (Purpose::Reason(place, letter), item) => {
            let reason = item.map_or(typed, |(_, text)| text);
            decide_not_applicable(model, &place, letter, reason);
        }
        (Purpose::Baseline, Some((Value::Baseline(component, baseline), _))) => {
            team::chosen(model, &component, &baseline);
        }
        (Purpose::Deviation(component, baseline), Some((_, reason))) => {
            team::because(model, component, baseline, &reason);
        }
        (Purpose::Mitigate(threat), Some((Value::Mitigation(mitigation), _))) => {
            link(model, threat, mitigation, None);
        }
        (Purpose::Mitigate(threat), Some((Value::Upstream(component, original), _))) => {
            if let Some((id, new)) = models::adopted(model, &component, original) {
                link(model, threat, id, new);
            }
        }
        (Purpose::Mitigate(threat), None) => capturing::mitigate(model, threat, &typed),
        (Purpose::File(threat), Some((Value::Cell(place, letter), _))) => {
            threats::file_to(model, threat, &place, letter);
        }
        (Purpose::Carries(threat), item) => match somebody(model, item.map(|(value, _)| value), &typed) {
            Ok(by) => threats::ask_why(model, threat, &by),
            Err(doubt) => {
                threats::pick_carrier(model, threat);
                model.warn(doubt);
            }
        },
        (Purpose::Me, item) => {
            match somebody(model, item.map(|(value, _)| value), &typed) {
                Ok(me) => model.preferences.me = Some(me),
                Err(doubt) => {
                    model.warn(doubt);
                    return Vec::new();
                }
            }
            model.say(format!("Answers are by {} from now on", model.my_name()));
            return reviewing::follow_me(model);
        }
        (Purpose::Agenda, Some((_, name))) => meeting::follow_agenda(model, &name),
        (Purpose::Intake, Some((_, question))) => meeting::take_intake(model, &question),
        (Purpose::Base, item) => {
            let revision = match item {
                Some((Value::Word(id), _)) => Some(id),
                Some(_) => None,
                None => Some(typed),
            };
            return reviewing::take_base(model, revision);
        }
        (Purpose::Decision, Some((_, words))) => reviewing::decided(model, &words),
        (Purpose::Stop, Some((Value::Stop(stop), _))) => meeting::ask_close(model, stop),
        (Purpose::Field(target, name), item) if picker.several => {
            // What is typed means the row it leads to, whether that is marked or not.
            let typed = Some(item.map_or(typed.clone(), |(_, text)| text)).filter(|_| !typed.is_empty());
            let marked = picker.items.into_iter().filter(|item| item.marked).map(|item| item.text);
            let mut values: Vec<String> = marked.collect();
            values.extend(typed.filter(|typed| !values.contains(typed)));
            forms::take_choice(model, target, name, Some(&values.join(", ")));
        }
        (Purpose::Field(target, name), item) => {
            let value = match (item, model.session()) {
                (Some((Value::Word(word), _)), _) => word,
                (Some((Value::Person(id), _)), Some(session)) => form::person_name(session, id.as_str()).to_owned(),
                (Some((_, text)), _) => text,
                (None, _) => typed,
            };
            forms::take_choice(model, target, name, Some(&value));
        }
        (Purpose::Template, Some((Value::Word(id), _))) => starting::chosen(model, &id),
        (Purpose::Chat, _) => capturing::take_chat(model, &picker.items),
        (Purpose::Threats(mitigation), _) => take_marks(model, mitigation, &picker.items),
        _ => {}
    }
    Vec::new()
}

/// Who was chosen or typed; an error says that a typed name is that of several.
fn somebody(model: &Model, chosen: Option<Value>, typed: &str) -> Result<String, String> {
    match (chosen, model.session()) {
        (Some(Value::Person(id)), _) => Ok(id.to_string()),
        (_, Some(session)) => form::person(session, typed).map_err(|doubt| super::sentence(&doubt)),
        (_, None) => Ok(typed.to_owned()),
    }
}

fn decide_not_applicable(model: &mut Model, place: &crate::session::Place, letter: Letter, reason: String) {
    let cell = Cell { reason, ..Cell::new(letter, Answer::NotApplicable) };
    cells::decide(model, place, &cell, "");
}

/// Links a mitigation that is there.
fn link(model: &mut Model, id: ThreatId, mitigation: MitigationId, new: Option<Mitigation>) {
    let Some(threat) = model.document.as_ref().and_then(|document| document.threat(id)) else { return };
    let new = new.map(|new| Edit::Add(Entry::Mitigation(Box::new(new))));
    let edits = new.into_iter().chain(Edit::mitigate(threat, mitigation)).collect();
    let label = format!("mitigate {} with {}", id.short(), mitigation.short());
    if apply(model, &Edit::Batch { label, edits }) {
        model.mitigations.selected = Some(mitigation);
    }
}

fn take_marks(model: &mut Model, id: MitigationId, items: &[crate::app::overlay::picker::Item]) {
    let Some(document) = &model.document else { return };
    let (session, outline) = (document.session(), document.outline());
    let Some(mitigation) = session.mitigations.get(&id) else { return };
    let threat = |item: &crate::app::overlay::picker::Item| match item.value {
        Value::Threat(threat) => Some(threat),
        _ => None,
    };
    let after: Vec<ThreatId> = items.iter().filter(|item| item.marked).filter_map(threat).collect();
    let before: Vec<ThreatId> = items
        .iter()
        .filter_map(threat)
        .filter(|t| outline.threat(session, *t).is_some_and(|(_, t)| t.mitigations.contains(&id)))
        .collect();
    let edit = crate::app::form::mitigation::relink(session, outline, mitigation, &before, &after);
    apply(model, &edit);
}

fn ask_key(model: &mut Model, mut ask: Ask, key: Key) -> Vec<Effect> {
    match key.code {
        Code::Esc => {
            ask.line.replace("");
            if let (ask::Purpose::Accept(threat), 1) = (&ask.purpose, ask.answers.len()) {
                threats::pick_carrier(model, *threat);
            } else if ask.back(None) {
                model.overlay = Some(Overlay::Ask(ask));
            }
            return Vec::new();
        }
        Code::Char('c') if key.ctrl => return Vec::new(),
        Code::Enter => {
            if ask.answer(model.environment.today) {
                return answered(model, ask);
            }
        }
        _ => drop(ask.line.key(key)),
    }
    model.overlay = Some(Overlay::Ask(ask));
    Vec::new()
}

fn answered(model: &mut Model, mut ask: Ask) -> Vec<Effect> {
    match ask.purpose.clone() {
        ask::Purpose::Withdraw(threat) => {
            apply(model, &Edit::Withdraw { threat, reason: ask.answers.pop() });
            Vec::new()
        }
        ask::Purpose::Close(stop) => {
            meeting::closed(model, ask.answers, stop);
            Vec::new()
        }
        ask::Purpose::SaveAs(after) => {
            let typed = ask.answers.pop().unwrap_or_default();
            saving::save_as(model, typed, Write::Expecting, after)
        }
        ask::Purpose::Clear(place, letter) => {
            let said = ask.answers.pop().unwrap_or_default();
            cells::decide(model, &place, &Cell::new(letter, Answer::Clear), &said);
            Vec::new()
        }
        ask::Purpose::Accept(threat) => {
            carried(model, ask.answers, threat, Response::Accept);
            Vec::new()
        }
        ask::Purpose::Transfer(threat) => {
            carried(model, ask.answers, threat, Response::Transfer);
            Vec::new()
        }
        ask::Purpose::Deviate { component, baseline, reason } => {
            team::record(model, &component, baseline, reason, ask.answers);
            Vec::new()
        }
        ask::Purpose::Comment(kind, about) => {
            let text = ask.answers.pop().unwrap_or_default();
            reviewing::comment(model, kind, about, &text)
        }
        ask::Purpose::Reply(kind, to) => {
            let text = ask.answers.pop().unwrap_or_default();
            reviewing::reply(model, kind, to, &text)
        }
        ask::Purpose::Sign(decision) => reviewing::signed(model, decision, ask.answers),
        ask::Purpose::NewSession(template) => starting::answered(model, template.as_deref(), ask.answers),
    }
}

/// Records who carries a threat.
fn carried(model: &mut Model, answers: Vec<String>, threat: ThreatId, response: Response) {
    let until = answers.last().and_then(|day| days::day(day, model.environment.today));
    let mut answers = answers.into_iter();
    let (by, reason) = (answers.next().unwrap_or_default(), answers.next().unwrap_or_default());
    let Some(session) = model.session() else { return };
    let Some(mut next) = session.find_threat(threat).map(|(_, t)| t.clone()) else { return };
    // Whoever takes a risk over need not take part, so that only a whole name is one of the people.
    let by = session.person_called(&by).map_or(by, |person| person.id.to_string());
    next.response = Some(response);
    next.acceptance = Some(Acceptance { by, reason, until });
    let edits = vec![Edit::ChangeThreat(Box::new(next))];
    apply(model, &Edit::Batch { label: format!("{} {}", response.name(), threat.short()), edits });
    selection::refresh(model);
}
