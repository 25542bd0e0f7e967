//! The meeting: its clock, who is there, what to talk about next and how it ends.
//!
//! Owns the moments that are written down and the way of `space` through the open cells. Nothing here opens by itself or
//! takes the focus: what is asked was asked for.

use std::path::Path;

use jiff::Timestamp;

use crate::{
    app::{
        days,
        document::Document,
        model::Model,
        msg::Effect,
        overlay::{
            Overlay,
            ask::{
                self, Ask,
                Question::{Day, Needed, Optional},
            },
            picker::{Item, Picker, Purpose, Value},
        },
        pane::{
            self, Pane,
            meeting::{Meeting, Seen, left},
        },
    },
    meeting::{self, clock::Clock, clock::State, delta::Delta, forecast::Effort, route::Route, voices},
    method::{
        agenda::{self, Agenda},
        coverage::PlaceSummary,
        profile::{self, Profile},
    },
    session::{Edit, Level, Moment, Phase, Session, Sitting, Stop, Turn, edit::Entry},
};

use super::{apply, selection};

/// Minutes that one key adds.
const MORE: u32 = 5;

/// Seconds without a threat that matters, after which a room may stop looking.
const DRY: i64 = 15 * 60;

/// Takes in what time it is, and says once that nothing new comes any more.
pub(super) fn on_now(model: &mut Model, now: Timestamp) {
    model.now = Some(now);
    let Some(clock) = model.session().and_then(meeting::under_way).map(Clock::of) else { return };
    let looking = clock.is_running() && clock.phase == Phase::Threats;
    let long = clock.used(Phase::Threats, now) >= DRY;
    let found = model.meeting.found.is_some_and(|found| now.as_second() - found.as_second() < DRY);
    if looking && long && !found && !model.meeting.dry && model.status.is_none() && !model.is_typing() {
        model.meeting.dry = true;
        model.say("Nothing above appetite in the last 15 minutes: you may stop looking");
    }
}

/// How many threats somebody has to care about: at or above appetite, or not rated yet.
pub(super) fn matter(document: &Document) -> usize {
    let (total, appetite): (&PlaceSummary, Level) = (document.outline().total(), document.session().appetite());
    total.unrated
        + Level::ALL.into_iter().filter(|level| *level >= appetite).map(|level| total.at(level)).sum::<usize>()
}

/// Remembers when the last threat that matters was found.
pub(super) fn noticed(model: &mut Model, before: Option<usize>) {
    if before.is_some_and(|before| model.document.as_ref().is_some_and(|document| matter(document) > before)) {
        model.meeting.found = model.now;
        model.meeting.dry = false;
    }
}

/// Looks at the whole session for place 8, when that is on the screen and something changed.
pub(super) fn look(model: &mut Model) {
    let Some(document) = model.document.as_ref().filter(|_| model.focus == Pane::Meeting) else { return };
    let revision = document.history().revision();
    let only_changed = model.meeting.only_changed;
    let fresh = |seen: &Seen| seen.revision == revision && seen.only_changed == only_changed;
    if !model.meeting.seen.as_ref().is_some_and(fresh) {
        let before = model.meeting.before.as_deref();
        let seen = Seen::of(document, &model.models, before, model.environment.today, only_changed);
        model.meeting.seen = Some(seen);
    }
}

/// Asks once what was before this meeting, when place 8 is on the screen.
pub(super) fn ask_history(model: &mut Model) -> Option<Effect> {
    let document = model.document.as_ref().filter(|_| model.focus == Pane::Meeting)?;
    if model.meeting.history.is_some() {
        return None;
    }
    model.meeting.history = Some(Vec::new());
    Some(Effect::ReadHistory(document.path.clone()))
}

/// What was before this meeting was read.
pub(super) fn on_history(model: &mut Model, path: &Path, efforts: Vec<Effort>, before: Option<Box<Session>>) {
    if model.document.as_ref().is_some_and(|document| document.path == path) {
        model.meeting.history = Some(efforts);
        (model.meeting.before, model.meeting.seen) = (before, None);
    }
}

/// Changes the meeting at hand, or the new one that this begins, and writes down what happened to its clock.
fn change(model: &mut Model, label: &str, change: impl FnOnce(&mut Sitting, &mut dyn FnMut(Turn) -> Moment)) -> bool {
    let Some(now) = model.now else {
        model.fail("The time of day is not known here, so no clock can run");
        return false;
    };
    let today = model.environment.today;
    let Some(document) = &model.document else { return false };
    let session = document.session().clone();
    let total = document.outline().total();
    let decided = (total.core.decided + total.ask.decided) as u32;
    let current = meeting::current(&session, today).cloned();
    let new = current.is_none();
    let mut sitting = current.unwrap_or_else(|| {
        let agenda = meeting::latest(&session).map_or("", |sitting| sitting.agenda.as_str());
        let agenda = if agenda.is_empty() { agenda::USUAL.name.to_string() } else { agenda.to_owned() };
        Sitting { agenda, ..Sitting::new(session.fresh_sitting(&mut model.random), today) }
    });
    change(&mut sitting, &mut |what| Moment { at: now, what, decided });
    let entry = Entry::Sitting(sitting);
    let edit = if new { Edit::Add(entry) } else { Edit::Change(entry) };
    apply(model, &Edit::Batch { label: label.to_owned(), edits: vec![edit] })
}

/// The clock of the meeting at hand.
fn clock(model: &Model) -> Option<Clock> {
    let session = model.session()?;
    Some(Clock::of(meeting::current(session, model.environment.today)?))
}

/// Starts the clock, stops it, or lets it go on.
pub(super) fn start_or_pause(model: &mut Model) {
    let (what, label) = match clock(model).map(|clock| clock.state) {
        Some(State::Running(_)) => (Turn::Pause, "pause"),
        Some(State::Paused) => (Turn::Resume, "go on"),
        Some(State::Ready | State::Over) | None => (Turn::Begin(Phase::Opening), "begin the meeting"),
    };
    if matches!(what, Turn::Begin(_)) {
        model.meeting.passed.clear();
        model.meeting.at = None;
        (model.meeting.found, model.meeting.dry) = (None, false);
    }
    change(model, label, |sitting, moment| sitting.moments.push(moment(what)));
}

/// Goes to the phase after the one at hand, or to the one before.
pub(super) fn step_phase(model: &mut Model, forward: bool) {
    let Some(clock) = clock(model).filter(Clock::is_under_way) else {
        return start_or_pause(model);
    };
    let before = || Phase::ALL.iter().rev().find(|phase| **phase < clock.phase).copied();
    let next = if forward { clock.phase.next() } else { before() };
    match next {
        Some(phase) => {
            let label = format!("begin: {}", phase.name());
            change(model, &label, |sitting, moment| sitting.moments.push(moment(Turn::Begin(phase))));
        }
        None if forward => close(model),
        None => model.say("This is the first phase"),
    }
}

/// Gives the phase at hand some minutes more.
pub(super) fn extend(model: &mut Model) {
    let Some(clock) = clock(model) else { return };
    let label = format!("{MORE} minutes more for: {}", clock.phase.name());
    change(model, &label, |sitting, moment| sitting.moments.push(moment(Turn::Extend(MORE))));
}

/// The selected person comes or leaves.
pub(super) fn come_or_leave(model: &mut Model) {
    let Some(session) = model.session() else { return };
    let Some(person) = model.meeting.person(session).and_then(|id| session.people.get(id)).cloned() else {
        return model.warn(model.keymap.phrase("Nobody is on the list yet: {add} adds somebody"));
    };
    let current = meeting::current(session, model.environment.today);
    let here = current.is_some_and(|sitting| voices::is_here(sitting, &person.id));
    // Whoever is named while the meeting opens was there from the beginning.
    let begun = current.map(Clock::of).is_some_and(|clock| clock.is_under_way() && clock.phase != Phase::Opening);
    let label = format!("{} {}", person.name, if here { "leaves" } else { "is here" });
    change(model, &label, |sitting, moment| {
        let id = person.id;
        match (here, begun) {
            (true, false) => sitting.present.retain(|other| *other != id),
            (true, true) => sitting.moments.push(moment(Turn::Left(id))),
            (false, _) => {
                if begun {
                    sitting.moments.push(moment(Turn::Came(id.clone())));
                }
                if !sitting.present.contains(&id) {
                    sitting.present.push(id);
                    sitting.present.sort_unstable();
                }
            }
        }
    });
}

pub(super) fn pick_agenda(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let item = |agenda: &Agenda| {
        let phases: Vec<String> = agenda.minutes.iter().map(ToString::to_string).collect();
        let total = agenda.total();
        let total = if agenda.name == total.to_string() { String::new() } else { format!("{total} ") };
        Item::new(Value::Text, agenda.name.clone()).with(format!("{total}minutes: {}", phases.join(" + ")))
    };
    let items = document.team.rules().agendas().map(item).collect();
    model.overlay = Some(Overlay::Picker(Picker::new("How long is the meeting?", Purpose::Agenda, items)));
}

pub(super) fn follow_agenda(model: &mut Model, name: &str) {
    let Some(document) = &model.document else { return };
    let total = document.team.rules().agenda(name).total();
    let called = if name == total.to_string() { String::new() } else { format!(", {name}") };
    let label = format!("meeting of {total} minutes{called}");
    change(model, &label, |sitting, _| name.clone_into(&mut sitting.agenda));
}

/// Asks what is at stake; the first thing that holds chooses the profile. The team's own profiles come first: nobody but
/// the team knows what they are for.
pub(super) fn ask_intake(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let own = document.team.rules().profiles.iter();
    let own = own.map(|profile| Item::new(Value::Text, for_what(profile)).with(profile.name.clone()));
    let asked = profile::INTAKE.iter().map(|intake| Item::new(Value::Text, intake.question).with(intake.profile));
    let none = Item::new(Value::Text, NOTHING).with(profile::USUAL.name.clone());
    let title = "Which is the first that holds? It chooses the profile";
    model.overlay =
        Some(Overlay::Picker(Picker::new(title, Purpose::Intake, own.chain(asked).chain([none]).collect())));
}

/// What a profile of the team is for, as a question of the list.
fn for_what(profile: &Profile) -> String {
    let said: &str = if profile.summary.is_empty() { &profile.name } else { &profile.summary };
    format!("The team says: {said}")
}

/// The answer after the last question.
const NOTHING: &str = "None of these";

pub(super) fn take_intake(model: &mut Model, answer: &str) {
    let Some(document) = &model.document else { return };
    let own = document.team.rules().profiles.iter().find(|profile| for_what(profile) == answer);
    let first = profile::INTAKE.iter().position(|intake| intake.question == answer);
    let (name, why) = match own {
        Some(profile) => (profile.name.as_ref(), format!("{answer}: yes")),
        None => profile::chosen(first),
    };
    let mut header = document.session().header();
    header.profile = if name == profile::USUAL.name { String::new() } else { name.to_owned() };
    header.intake = why.into();
    let label = format!("profile {name}");
    apply(model, &Edit::Batch { label, edits: vec![Edit::ChangeHeader(Box::new(header))] });
}

/// Asks why the meeting ends. That everything is done cannot be said while the profile asks for more.
pub(super) fn close(model: &mut Model) {
    let Some(document) = &model.document else { return };
    let left: usize = left(document, &model.models, model.environment.today).iter().map(|(_, left)| left).sum();
    let reasons = match left {
        0 => [Stop::Met, Stop::Time, Stop::Exhausted, Stop::Waived],
        _ => [Stop::Time, Stop::Exhausted, Stop::Waived, Stop::Met],
    };
    let items = reasons.iter().map(|stop| {
        let short = (*stop == Stop::Met && left > 0).then(|| format!("The profile still asks for {left} things"));
        Item { disabled: short, ..Item::new(Value::Stop(*stop), stop.words()) }
    });
    model.overlay = Some(Overlay::Picker(Picker::new("Why does it end?", Purpose::Stop, items.collect())));
}

/// Asks what the room takes with it.
pub(super) fn ask_close(model: &mut Model, stop: Stop) {
    let who = (stop == Stop::Waived).then_some(Needed("Who takes it on themselves to leave the rest?"));
    let rest = [
        Optional("What was good and shall stay?"),
        Optional("What shall be different the next time?"),
        Day("When is the next meeting? (next friday, next week, 2027-01-31)"),
        Optional("What came out of it, in a sentence?"),
    ];
    let questions = who.into_iter().chain(rest).collect();
    model.overlay = Some(Overlay::Ask(Ask::new("Close the meeting", ask::Purpose::Close(stop), questions)));
}

/// Ends the meeting with the answers.
pub(super) fn closed(model: &mut Model, mut answers: Vec<String>, stop: Stop) {
    let summary = answers.pop().unwrap_or_default();
    let next = days::day(&answers.pop().unwrap_or_default(), model.environment.today);
    let changed = answers.pop().unwrap_or_default();
    let keep = answers.pop().unwrap_or_default();
    let waived = answers.pop().unwrap_or_default();
    let waived = model.session().and_then(|s| s.person_called(&waived)).map_or(waived, |person| person.id.to_string());
    let ended = change(model, "close the meeting", |sitting, moment| {
        sitting.moments.push(moment(Turn::End));
        let end = sitting.moments.last().map_or(Timestamp::UNIX_EPOCH, |end| end.at);
        sitting.minutes = u32::try_from((Clock::of(sitting).total(end) + 30) / 60).unwrap_or(u32::MAX);
        (sitting.stop, sitting.waived_by) = (Some(stop), waived);
        (sitting.keep, sitting.change, sitting.next) = (keep.into(), changed.into(), next);
        sitting.summary = summary.into();
    });
    if ended {
        model.say("The meeting is closed; `strideboard minutes` writes it up");
    }
}

/// Talks about what changed alone, or about everything again, and says what that leaves out.
pub(super) fn toggle_delta(model: &mut Model) {
    model.meeting.only_changed = !model.meeting.only_changed;
    model.meeting.passed.clear();
    let Some(document) = model.document.as_ref().filter(|_| model.meeting.only_changed) else {
        return model.say("The route leads through everything that is open");
    };
    let Delta { route, left_out } = pane::meeting::route(document, true);
    let count = |route: &Route, what: &str| match route.untouched(0).len() {
        0 => format!("nothing {what}"),
        1 => format!("{} cells of 1 place {what}", route.steps.len()),
        places => format!("{} cells of {places} places {what}", route.steps.len()),
    };
    let words = format!("{}; {}", count(&route, "changed or is new"), count(&left_out, "left out"));
    model.say(format!("Only what changed since it was answered, stale first: {words}"));
}

/// The next cell on the route that the room did not pass over yet: of the flow at hand while it has planned ones, else of
/// the next flow, and that is said. `false` when no meeting is under way and nobody asked for what changed.
pub(super) fn follow_route(model: &mut Model) -> bool {
    let Some(document) = &model.document else { return false };
    let session = document.session().clone();
    let sitting = meeting::under_way(&session);
    if sitting.is_none() && !model.meeting.only_changed {
        return false;
    }
    let route = pane::meeting::route(document, model.meeting.only_changed).route;
    let now = model.now.unwrap_or(Timestamp::UNIX_EPOCH);
    let planned = sitting.map_or(usize::MAX, |sitting| Meeting::planned(document, sitting, now));
    let here = model.cell().filter(|_| model.focus == Pane::Checklist);
    if let Some(here) = here
        .clone()
        .filter(|(place, letter)| route.steps.iter().any(|step| step.place == *place && step.letter == *letter))
    {
        model.meeting.passed.insert(here);
    }
    let at = here.as_ref().map(|(place, _)| place.clone()).or_else(|| model.meeting.at.clone());
    let mut again = false;
    let next = route.next(at.as_ref(), planned, &model.meeting.passed).or_else(|| {
        // Everything was looked at once: what was passed over comes again.
        again = true;
        model.meeting.passed.clear();
        model.meeting.passed.extend(here.filter(|_| route.steps.len() > 1));
        route.next(None, planned, &model.meeting.passed)
    });
    let Some(step) = next else { return false };
    if let Some(before) = at.filter(|at| *at != step.place) {
        let why = if again { "passed over before".to_owned() } else { step.why(&session) };
        model.say(format!("route: {} → {} {}, {why}", before.short(), step.place.short(), step.letter));
    }
    selection::show_place(model, &step.place);
    selection::select_cell(model, step.letter);
    model.meeting.at = Some(step.place.clone());
    model.focus = Pane::Checklist;
    true
}
