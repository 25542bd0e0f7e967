//! What each command does.
//!
//! One arm for each command, after [`Command::available`] has agreed; what takes more than a few lines is in the file
//! named after what it acts on. Refuses: keys (the key map) and checking again what `available` has checked.

use crate::{
    app::{
        command::{Command, TABLE},
        document::After,
        document::Document,
        form::{Form, people, target::Target},
        model::{Model, RatingInput, Screen},
        msg::{Effect, Failure},
        overlay::{
            Overlay,
            ask::{
                self,
                Question::{Day, Needed},
            },
            picker::{Item, Picker, Purpose, Value},
        },
        pane::{Pane, mitigations::Shown},
        words,
    },
    review::{comment::CommentKind, merge::Choice},
    session::{Letter, Place, Point, Response, edit::EntryId},
};

use super::{
    capturing, cards, cells, forms, matrix, meeting, mitigations, models, practice, reviewing, rows, saving, selection,
    starting, suggesting, team, threats, travel, voting,
};

/// Does a command, or says what has to be done first.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if let Err(reason) = command.available(&model.context()) {
        let reason = model.keymap.phrase(reason);
        if command.asks_for_words() {
            // Whoever pressed it is typing on; those words must not become commands.
            let details = vec!["What you type meanwhile goes nowhere.".to_owned()];
            model.overlay = Some(Overlay::Message(Failure { message: reason, details }));
        } else if command == Command::Save {
            // Good news.
            model.say(reason);
        } else {
            model.warn(reason);
        }
        return Vec::new();
    }
    match command {
        Command::Help => model.overlay = Some(Overlay::Help(0)),
        Command::OpenPalette => open_palette(model),
        Command::Back => back(model),
        Command::Quit => return saving::leave(model, After::Quit),
        Command::SwitchTheme => open_themes(model),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Capture => capturing::open(model, ""),
        Command::CaptureMany => capturing::open_many(model),
        Command::NextOpenCell => {
            if !meeting::follow_route(model) {
                selection::next_open(model);
            }
        }
        Command::NextStale | Command::NextUnrated | Command::NextUnfiled => travel::next(model, command),
        Command::NextIdea => travel::next_idea(model),
        Command::NextParked => travel::next_question(model),
        Command::Undo => {
            let done = model.document.as_ref().and_then(|d| d.history().last()).cloned();
            let words = done.as_ref().map_or(String::new(), |done| format!("Undone: {}", done.label));
            travel::step(model, done, |document| drop(document.undo()));
            model.say(words);
        }
        Command::Redo => {
            let done = model.document.as_ref().and_then(|d| d.history().next()).cloned();
            let words = done.as_ref().map_or(String::new(), |done| format!("Done again: {}", done.label));
            travel::step(model, done, |document| drop(document.redo()));
            model.say(words);
        }
        Command::Save => return saving::save_now(model),
        Command::SaveAs => saving::ask_name(model, After::Say),
        Command::Filter => selection::open_filter(model),
        Command::NextPane => focus(model, model.focus.next()),
        Command::PreviousPane => focus(model, model.focus.previous()),
        Command::Zoom => model.zoomed = !model.zoomed,
        Command::FocusComponents => focus(model, Pane::Components),
        Command::FocusChecklist => focus(model, Pane::Checklist),
        Command::FocusMitigations => focus(model, Pane::Mitigations),
        Command::FocusMatrix => focus(model, Pane::Matrix),
        Command::FocusReview => {
            focus(model, Pane::Review);
            return reviewing::focus(model);
        }
        Command::FocusMeeting => focus(model, Pane::Meeting),
        Command::WhoAmI => ask_who(model),
        Command::SessionDetails => model.overlay = Some(Overlay::Form(Form::new(Target::Session))),
        Command::OpenBrowser => return saving::leave(model, After::Browse),
        Command::Reload | Command::TakeOver => return model.path().cloned().map(Effect::Load).into_iter().collect(),
        Command::InsertComponent => open_about_place(model, " via "),
        Command::CopyComponent => open_about_place(model, " x"),
        Command::TakeModel => models::take(model),
        Command::TogglePractice => practice::toggle(model),
        Command::SkipStep => practice::skip(model),
        Command::ToggleProjector => project(model),
        Command::HideNames => hide_names(model),
        Command::OnlyChanged => meeting::toggle_delta(model),
        Command::PreviousFlow => selection::step_flow(model, false),
        Command::NextFlow => selection::step_flow(model, true),
        Command::Down => selection::step(model, 1),
        Command::Up => selection::step(model, -1),
        Command::First => selection::step(model, isize::MIN / 2),
        Command::Last => selection::step(model, isize::MAX / 2),
        Command::HalfPageDown => selection::step(model, half_page(model)),
        Command::HalfPageUp => selection::step(model, -half_page(model)),
        Command::Open => return rows::open(model),
        Command::Add => rows::add(model),
        Command::Delete => rows::delete(model),
        Command::MoveDown => rows::swap(model, true),
        Command::MoveUp => rows::swap(model, false),
        Command::NextSection => rows::section(model, true),
        Command::PreviousSection => rows::section(model, false),
        Command::Edit | Command::EditMitigation => rows::edit_row(model),
        Command::CaptureS => capturing::open_at(model, "S: ", Some(Letter::S)),
        Command::CaptureT => capturing::open_at(model, "T: ", Some(Letter::T)),
        Command::CaptureR => capturing::open_at(model, "R: ", Some(Letter::R)),
        Command::CaptureI => capturing::open_at(model, "I: ", Some(Letter::I)),
        Command::CaptureD => capturing::open_at(model, "D: ", Some(Letter::D)),
        Command::CaptureE => capturing::open_at(model, "E: ", Some(Letter::E)),
        Command::MarkClear => cells::clear(model),
        Command::MarkNotApplicable => cells::ask_reason(model),
        Command::Park => {
            let letter = model.cell().map(|(_, letter)| letter);
            capturing::open_at(model, "? ", letter);
        }
        Command::Reopen => cells::reopen(model),
        Command::Confirm => cells::confirm(model),
        Command::ClearRare => cells::clear_rare(model),
        Command::Promote => return team::promote(model),
        Command::Deviate => team::choose(model),
        Command::OpenSuggestions => suggesting::open(model),
        Command::AcceptFirst => suggesting::accept_numbered(model, 1),
        Command::AcceptSecond => suggesting::accept_numbered(model, 2),
        Command::AcceptThird => suggesting::accept_numbered(model, 3),
        Command::AcceptFourth => suggesting::accept_numbered(model, 4),
        Command::AcceptFifth => suggesting::accept_numbered(model, 5),
        Command::Accept => suggesting::accept(model),
        Command::Dismiss => suggesting::dismiss(model),
        Command::HaveIt => suggesting::ask_what_is_there(model),
        Command::MoreSuggestions => model.suggestions.turn(),
        Command::SearchCatalogue => suggesting::search(model),
        Command::LetterHelp => model.overlay = model.cell().map(|(_, letter)| Overlay::Letter(letter)),
        Command::NextHat => cards::next_hat(model),
        Command::NextCard => cards::next_card(model),
        Command::TakeCard => cards::take(model),
        Command::EditPlace => {
            if let Some(id) = model.checklist.place.as_ref().and_then(Place::entry) {
                forms::open(model, id);
            }
        }
        Command::Rate => {
            model.rating = model.threat().map(|threat| RatingInput { threat, likelihood: None });
        }
        Command::Vote => voting::begin(model),
        Command::AddMitigation => threats::pick_mitigation(model),
        Command::EditThreat => {
            if let Some(threat) = model.threat() {
                forms::open(model, EntryId::Threat(threat));
            }
        }
        Command::RespondMitigate => threats::respond(model, Some(Response::Mitigate)),
        Command::RespondEliminate => threats::respond(model, Some(Response::Eliminate)),
        Command::RespondOpen => threats::respond(model, None),
        Command::RespondAccept => {
            if let Some(threat) = model.threat() {
                threats::pick_carrier(model, threat);
            }
        }
        Command::RespondTransfer => {
            let questions = [
                Needed("Who takes it over?"),
                Needed("Which evidence is there that they do?"),
                Day(threats::UNTIL_WHEN),
            ];
            threats::ask_about_threat(model, "Transfer", ask::Purpose::Transfer, &questions);
        }
        Command::FileS => threats::file(model, Letter::S),
        Command::FileT => threats::file(model, Letter::T),
        Command::FileR => threats::file(model, Letter::R),
        Command::FileI => threats::file(model, Letter::I),
        Command::FileD => threats::file(model, Letter::D),
        Command::FileE => threats::file(model, Letter::E),
        Command::FileElsewhere => threats::pick_place(model),
        Command::Withdraw => threats::withdraw(model),
        Command::NextState => mitigations::step_state(model, 1),
        Command::PreviousState => mitigations::step_state(model, -1),
        Command::LinkThreats => mitigations::pick_threats(model),
        Command::ToggleRelated => {
            model.mitigations.shown = match model.mitigations.shown {
                Shown::Related => Shown::All,
                Shown::All => Shown::Related,
            };
        }
        Command::Left => matrix::matrix_step(model, -1, 0),
        Command::Right => matrix::matrix_step(model, 1, 0),
        Command::NextInCell => matrix::in_cell(model, 1),
        Command::PreviousInCell => matrix::in_cell(model, -1),
        Command::PickUp => matrix::pick_up(model),
        Command::NextPoint => {
            model.matrix.held = None;
            model.matrix.point = Point::ALL[(model.matrix.point as usize + 1) % Point::ALL.len()];
            model.matrix.index = 0;
            model.say(format!("Matrix of {} ratings", model.matrix.point.name()));
        }
        Command::OnlyHere => {
            model.matrix.only_here = !model.matrix.only_here;
            model.matrix.index = 0;
        }
        Command::ReviewSeen => return reviewing::accept(model),
        Command::ReviewNext => reviewing::next(model),
        Command::ReviewComment => reviewing::ask_comment(model, CommentKind::Remark),
        Command::ReviewAsk => reviewing::ask_comment(model, CommentKind::Ask),
        Command::ReviewReply => reviewing::ask_reply(model, CommentKind::Reply),
        Command::ReviewSettle => reviewing::ask_reply(model, CommentKind::Resolve),
        Command::TakeOurs => reviewing::settle_with(model, Choice::Ours),
        Command::TakeTheirs => reviewing::settle_with(model, Choice::Theirs),
        Command::TakeBase => reviewing::settle_with(model, Choice::Base),
        Command::TakePresent => reviewing::settle_with(model, Choice::Keep),
        Command::ReviewBase => reviewing::pick_base(model),
        Command::Sign => reviewing::sign(model),
        Command::StartOrPause => meeting::start_or_pause(model),
        Command::NextPhase => meeting::step_phase(model, true),
        Command::PreviousPhase => meeting::step_phase(model, false),
        Command::Extend => meeting::extend(model),
        Command::CloseMeeting => meeting::close(model),
        Command::ChooseAgenda => meeting::pick_agenda(model),
        Command::AskIntake => meeting::ask_intake(model),
        Command::EditPerson => rows::edit_row(model),
        Command::ComeOrLeave => meeting::come_or_leave(model),
        Command::ToggleVoices => model.meeting.voices = !model.meeting.voices,
        Command::NewSession => starting::empty(model),
        Command::NewFromTemplate => starting::pick(model),
        Command::StartPractice => return practice::start(model),
    }
    Vec::new()
}

/// Opens the capture line with the flow or component on screen in front, as it is said.
fn open_about_place(model: &mut Model, then: &str) {
    let said = match &model.checklist.place {
        Some(Place::Flow(id)) => id.short(),
        Some(Place::Component(id)) => id.to_string(),
        _ => return,
    };
    capturing::open(model, &format!("{said}{then}"));
}

fn half_page(model: &Model) -> isize {
    (model.hits.page / 2).max(1) as isize
}

fn focus(model: &mut Model, pane: Pane) {
    if pane != Pane::Matrix {
        matrix::put_back(model);
    }
    if pane == Pane::Matrix && model.focus != Pane::Matrix {
        // The matrix opens on the threat that is selected wherever somebody comes from.
        if let Some(threat) = model.selected_threat() {
            matrix::matrix_to(model, threat);
        }
    }
    model.focus = pane;
}

fn back(model: &mut Model) {
    if let Some(held) = model.matrix.held.take() {
        model.matrix.cursor = held.from;
        model.say("Put back where it was");
    } else if model.suggestions.selected().is_some() {
        model.suggestions.leave();
    } else if std::mem::take(&mut model.hats.shown) || model.hand.take().is_some() {
        // One at a time, the one that was asked for last.
    } else if model.components.filter().is_some() {
        selection::set_filter(model, None);
    } else if model.zoomed {
        model.zoomed = false;
    } else if model.projector.on {
        model.projector.on = false;
    } else if matches!(model.screen, Screen::Browser(_)) && model.document.is_some() {
        model.screen = Screen::Workbench;
    }
}

fn project(model: &mut Model) {
    model.projector.on = !model.projector.on;
    if model.projector.on {
        focus(model, Pane::Checklist);
        model.say(model.keymap.phrase("For the room; {hide-names} hides names, {projector} goes back"));
    }
}

fn hide_names(model: &mut Model) {
    model.projector.hides_names = !model.projector.hides_names;
    model.say(if model.projector.hides_names { "The room sees no names" } else { "The room sees who said what" });
}

fn open_palette(model: &mut Model) {
    let ctx = model.context();
    let scopes = ctx.scopes();
    let items = TABLE.iter().map(|row| {
        let mut item = Item::new(Value::Command(row.command), row.help);
        item.name = row.name.into();
        let key = model.keymap.keys_of(row.command).into_iter().next();
        item.detail = key.map_or(row.name.to_owned(), |key| format!("{}  {key}", row.name));
        item.disabled = row.command.available(&ctx).err().map(|reason| model.keymap.phrase(reason));
        (scopes.contains(&row.scope), item)
    });
    let (here, elsewhere): (Vec<_>, Vec<_>) = items.partition(|(here, _)| *here);
    let items = here.into_iter().chain(elsewhere).map(|(_, item)| item);
    let items = items.chain(model.document.as_ref().into_iter().flat_map(places_to_go)).collect();
    model.overlay =
        Some(Overlay::Picker(Picker::new("Commands", Purpose::Command, items).or_new("search the catalogue")));
}

/// What the palette finds by id or name besides commands.
fn places_to_go(document: &Document) -> Vec<Item> {
    let (session, outline) = (document.session(), document.outline());
    let go = |record: EntryId, words: &str| {
        let name = record.short().to_lowercase();
        Item { name: name.into(), ..Item::new(Value::Record(record), format!("go to {words}")) }
    };
    let flows = outline.flows().iter().map(|id| go(EntryId::Flow(*id), &words::place(session, &Place::Flow(*id))));
    let components =
        session.components.iter().map(|component| go(EntryId::Component(component.id.clone()), &component.name));
    let threats = session.threats().map(|(_, threat)| {
        go(EntryId::Threat(threat.id), &format!("{} {}", outline.name(threat.id), threat.statement))
    });
    let mitigations = session.mitigations.iter().map(|mitigation| {
        go(EntryId::Mitigation(mitigation.id), &format!("{} {}", mitigation.id.short(), mitigation.title))
    });
    flows.chain(components).chain(threats).chain(mitigations).collect()
}

fn ask_who(model: &mut Model) {
    let items = model.session().map(people::items_of).unwrap_or_default();
    let title = if model.me().is_empty() {
        "Who are you?".to_owned()
    } else {
        format!("You are {}; who else?", model.my_name())
    };
    let mut picker = Picker::new(title, Purpose::Me, items).or_new("another name");
    picker.names = true;
    model.overlay = Some(Overlay::Picker(picker));
}

fn open_themes(model: &mut Model) {
    let items: Vec<Item> = model.environment.themes.iter().map(|name| Item::new(Value::Text, name)).collect();
    let mut picker = Picker::new("Theme", Purpose::Theme { before: model.preferences.theme.clone() }, items);
    picker.selected = model.environment.themes.iter().position(|t| *t == model.preferences.theme).unwrap_or(0);
    model.overlay = Some(Overlay::Picker(picker));
}
