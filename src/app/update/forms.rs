//! Keys of forms: over the workbench for any record, and in pane 3 for mitigations.

use crate::{
    app::{
        document::Document,
        form::{self, Form, Kind, target::Target},
        key::{Code, Key},
        line::Typing,
        model::Model,
        msg::Effect,
        overlay::{
            Overlay,
            picker::{Picker, Purpose},
        },
        pane::Pane,
    },
    session::edit::EntryId,
};

/// Opens the fields of a record: mitigations in their pane, everything else over the workbench.
pub(super) fn open(model: &mut Model, id: EntryId) {
    if let EntryId::Mitigation(mitigation) = id {
        model.focus = Pane::Mitigations;
        model.mitigations.selected = Some(mitigation);
        model.mitigations.form = Some(Form::new(Target::Entry(id)));
    } else {
        model.overlay = Some(Overlay::Form(Form::new(Target::Entry(id))));
    }
}

/// Opens the fields of a record with one of them selected.
pub(super) fn open_field(model: &mut Model, id: EntryId, field: &str) {
    if let Some(document) = &model.document {
        let form = Form::at(document.session(), document.outline(), document.team.kinds(), Target::Entry(id), field);
        model.overlay = Some(Overlay::Form(form));
    }
}

/// Opens a record with one of its fields being edited already.
pub(super) fn go_on(model: &mut Model, target: Target, field: &str, typing: Typing) {
    let Some(document) = &model.document else { return };
    let mut form = Form::at(document.session(), document.outline(), document.team.kinds(), target, field);
    form.editing = Some(typing);
    if let Target::Entry(EntryId::Mitigation(mitigation)) = form.target {
        model.focus = Pane::Mitigations;
        model.mitigations.selected = Some(mitigation);
        model.mitigations.form = Some(form);
    } else {
        model.overlay = Some(Overlay::Form(form));
    }
}

/// A key for the editor in pane 3.
pub(super) fn pane_key(model: &mut Model, key: Key) -> Outcome {
    let Some(mut form) = model.mitigations.form.take() else { return Outcome::Closed };
    let outcome = on_key(model, &mut form, key);
    if !matches!(outcome, Outcome::Closed) {
        model.mitigations.form = Some(form);
    }
    outcome
}

/// What became of a key in a form.
pub(super) enum Outcome {
    /// The form stays open.
    Open(Vec<Effect>),
    /// A field is chosen from a list, and the form comes back afterwards.
    Choosing(Box<Picker>),
    /// The form is done.
    Closed,
    /// The key means nothing to a form.
    Elsewhere,
}

/// A key for a form.
pub(super) fn on_key(model: &mut Model, form: &mut Form, key: Key) -> Outcome {
    let fields =
        model.document.as_ref().and_then(|d| form::fields(d.session(), d.outline(), d.team.kinds(), &form.target));
    let Some(fields) = fields else { return Outcome::Closed };
    form.selected = form.selected.min(fields.len().saturating_sub(1));
    let field = &fields[form.selected];
    if let Some(typing) = &mut form.editing {
        let several = field.kind == Kind::Text;
        match key.code {
            Code::Esc if form.error.is_some() => {
                // What cannot be read was refused once already; nobody is locked in.
                form.editing = None;
                form.error = None;
                model.say("Left as it was");
            }
            Code::Esc => {
                let value = typing.value();
                if commit(model, form, field.name, &value) {
                    form.editing = None;
                } else if let Some(error) = &mut form.error {
                    error.push_str(" (esc again leaves it as it was)");
                }
            }
            Code::Char('c') if key.ctrl => {
                form.editing = None;
                form.error = None;
                model.say("Left as it was");
            }
            Code::Char('e') if key.ctrl && field.kind.is_long() => {
                return Outcome::Open(vec![Effect::OpenEditor(typing.value())]);
            }
            Code::Enter if !several => {
                let value = typing.value();
                if commit(model, form, field.name, &value) {
                    form.editing = None;
                }
            }
            Code::Tab => {
                let value = typing.value();
                if commit(model, form, field.name, &value) {
                    form.editing = None;
                    step(form, fields.len(), if key.shift { -1 } else { 1 });
                    begin(form, &fields);
                }
            }
            _ => drop(typing.key(key)),
        }
        return Outcome::Open(Vec::new());
    }
    form.error = None;
    let begins = matches!(key.code, Code::Enter | Code::Left | Code::Right | Code::Char(' ' | 'h' | 'l' | 'i' | 'e'));
    if let (true, Some(Err(locked))) = (begins, model.document.as_ref().map(Document::is_writable)) {
        // Before anything is typed that could not be kept.
        form.error = Some(model.keymap.phrase(locked));
        return Outcome::Open(Vec::new());
    }
    match (key.code, &field.kind) {
        (Code::Esc | Code::Char('q'), _) => return Outcome::Closed,
        (Code::Char('e'), kind) if key.ctrl && kind.is_long() => {
            let value = field.value.clone();
            begin(form, &fields);
            return Outcome::Open(vec![Effect::OpenEditor(value)]);
        }
        (_, _) if key.ctrl || key.alt => return Outcome::Elsewhere,
        (Code::Down | Code::Char('j'), _) => step(form, fields.len(), 1),
        (Code::Tab, _) => step(form, fields.len(), if key.shift { -1 } else { 1 }),
        (Code::Up | Code::Char('k'), _) => step(form, fields.len(), -1),
        (Code::Home | Code::Char('g'), _) => form.selected = 0,
        (Code::End | Code::Char('G'), _) => form.selected = fields.len().saturating_sub(1),
        (Code::Char('l') | Code::Right, Kind::Choice(_)) => cycle(model, form, field, 1),
        (Code::Char('h') | Code::Left, Kind::Choice(_)) => cycle(model, form, field, -1),
        (Code::Enter | Code::Char(' ' | 'i' | 'e'), _) => {
            let choices = model
                .document
                .as_ref()
                .and_then(|document| form::choices(document.session(), document.team.kinds(), field));
            if let Some((items, chosen)) = choices {
                let (title, own) = match field.kind {
                    Kind::Known(_) => (": choose, or type your own words", Some("own words")),
                    Kind::Person(_) => (": choose, or type a name", Some("name")),
                    Kind::Assets(_) => (": tab marks, enter takes the marks", Some("new asset")),
                    _ => ("", None),
                };
                let title = format!("{}{title}", super::sentence(field.name));
                let picker = Picker::new(title, Purpose::Field(form.target.clone(), field.name), items);
                let mut picker = own.into_iter().fold(picker, Picker::or_new);
                picker.names = matches!(field.kind, Kind::Person(_));
                picker.several = matches!(field.kind, Kind::Assets(_));
                picker.selected = chosen;
                return Outcome::Choosing(Box::new(picker));
            }
            begin(form, &fields);
        }
        _ => return Outcome::Elsewhere,
    }
    Outcome::Open(Vec::new())
}

fn step(form: &mut Form, count: usize, by: isize) {
    if count > 0 {
        form.selected = (form.selected as isize + by).rem_euclid(count as isize) as usize;
    }
}

/// Starts typing in the selected field, unless it is one to choose.
fn begin(form: &mut Form, fields: &[form::Field]) {
    let field = &fields[form.selected];
    form.editing = match field.kind {
        Kind::Line(_) | Kind::Sentence(_) => Some(Typing::line(&field.value)),
        Kind::Day => Some(Typing::replacing(&field.value)),
        Kind::Text => Some(Typing::text(&field.value)),
        Kind::Choice(_) | Kind::Known(_) | Kind::Person(_) | Kind::Component(_) | Kind::Assets(_) => None,
    };
}

/// Opens the form of a record again with this field selected, and gives it what was chosen.
pub(super) fn take_choice(model: &mut Model, target: Target, name: &str, value: Option<&str>) {
    let Some(document) = &model.document else { return };
    let mut form = Form::at(document.session(), document.outline(), document.team.kinds(), target, name);
    if let Some(value) = value {
        commit(model, &mut form, name, value);
    }
    if matches!(form.target, Target::Entry(EntryId::Mitigation(_))) {
        model.mitigations.form = Some(form);
    } else {
        model.overlay = Some(Overlay::Form(form));
    }
}

fn cycle(model: &mut Model, form: &mut Form, field: &form::Field, by: isize) {
    let Kind::Choice(options) = &field.kind else { return };
    let now = options.iter().position(|o| *o == field.value).unwrap_or(0);
    let next = (now as isize + by).rem_euclid(options.len() as isize) as usize;
    if let Some(option) = options.get(next) {
        commit(model, form, field.name, option);
    }
}

/// Gives a field its value as one edit; `false` when that was refused and the person should mend it.
fn commit(model: &mut Model, form: &mut Form, name: &str, value: &str) -> bool {
    let Some(document) = &mut model.document else { return false };
    let today = model.environment.today;
    match form::change(document.session(), document.outline(), document.team.kinds(), &form.target, name, value, today)
    {
        Ok(edit) => {
            let label = edit.label(document.session());
            match document.apply(&edit) {
                Ok(changed) => {
                    form.error = None;
                    // A field left as it was is no step to undo and nothing to report.
                    if changed {
                        super::selection::refresh(model);
                        model.say(label);
                    }
                    true
                }
                Err(error) => {
                    form.error = Some(super::sentence(&error.to_string()));
                    false
                }
            }
        }
        Err(error) => {
            form.error = Some(super::sentence(&error));
            false
        }
    }
}

/// Gives the field being edited its value, if it can be read.
pub(super) fn keep(model: &mut Model) {
    let overlaid = matches!(model.overlay, Some(Overlay::Form(_)));
    let form = match model.overlay.take() {
        Some(Overlay::Form(form)) => Some(form),
        other => {
            model.overlay = other;
            model.mitigations.form.take()
        }
    };
    let Some(mut form) = form else { return };
    let fields =
        model.document.as_ref().and_then(|d| form::fields(d.session(), d.outline(), d.team.kinds(), &form.target));
    let fields = fields.unwrap_or_default();
    if let (Some(typing), Some(field)) = (form.editing.take(), fields.get(form.selected)) {
        commit(model, &mut form, field.name, &typing.value());
    }
    if overlaid {
        model.overlay = Some(Overlay::Form(form));
    } else {
        model.mitigations.form = Some(form);
    }
}

/// Pastes into the field being edited; `false` when none is.
pub(super) fn paste(model: &mut Model, text: &str) -> bool {
    let focused = model.focus == Pane::Mitigations;
    let form = match &mut model.overlay {
        Some(Overlay::Form(form)) => Some(form),
        Some(_) => None,
        None => model.mitigations.form.as_mut().filter(|_| focused),
    };
    match form.and_then(|form| form.editing.as_mut()) {
        Some(typing) => {
            typing.paste(text);
            true
        }
        None => false,
    }
}

/// Takes over what the person's editor left.
pub(super) fn on_editor_closed(model: &mut Model, text: Result<String, String>) -> Vec<Effect> {
    let form = match &mut model.overlay {
        Some(Overlay::Form(form)) => Some(form),
        Some(_) => None,
        None => model.mitigations.form.as_mut(),
    };
    match (text, form.and_then(|form| form.editing.as_mut())) {
        (Ok(text), Some(typing)) => {
            typing.replace(&text);
            model.say("Text taken over; esc keeps it, ctrl-c leaves the field as it was");
        }
        (Ok(_), None) => {}
        (Err(reason), _) => model.fail(reason),
    }
    Vec::new()
}
