//! Draws place 8: phases and the conditions of the one at hand on the left; people, the way ahead and what is left on
//! the right. Without a meeting, what the last one wants to be remembered.

use jiff::Timestamp;
use ratatui::layout::Rect;

use crate::{
    app::{
        document::Document,
        model::{Hits, Model},
        pane::{Pane, meeting::Meeting},
        words,
    },
    meeting::{
        self,
        clock::{Clock, Seconds, State, shown},
        pace::{Pace, Source},
        voices,
    },
    method::{agenda::Agenda, perspective, weight::Weight},
    session::{Named, NoteKind, Phase, Session, Sitting, SittingId},
    ui::{
        pen::{Pen, Piece, piece, top_of},
        text,
        theme::Role,
    },
};

type Line<'a> = (Vec<Piece<'a>>, Vec<Piece<'a>>);

pub(in crate::ui) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, hits: &mut Hits) {
    let (border, _, _) = super::roles(model, Pane::Meeting);
    let mut title = super::title(model, Pane::Meeting);
    let session = document.session();
    let now = model.now.unwrap_or(Timestamp::UNIX_EPOCH);
    let sitting = meeting::current(session, model.environment.today);
    let empty = Sitting::new(SittingId::new(0, *b"000"), model.environment.today);
    let of = sitting.unwrap_or(&empty);
    let (clock, agenda) = (Clock::of(of), document.team.rules().agenda(&of.agenda));
    if let Some(sitting) = sitting {
        title.push(piece(format!("  {}", sitting.id.short()), Role::TextStrong));
    }
    let state = match clock.state {
        State::Ready => "  not begun",
        State::Running(_) => "",
        State::Paused => "  paused",
        State::Over => "  over",
    };
    title.push(piece(state, Role::StatusWarn));
    let used = format!("{} of {} min ", shown(clock.total(now)), agenda.total());
    let inside = pen.frame(area, border, &title, &[piece(used, Role::Text)]);
    let gap = 2.min(inside.width);
    let half = inside.width.saturating_sub(gap + 1) / 2;
    let left = Rect { x: inside.x + 1, width: half, ..inside };
    let right = Rect { x: left.right() + gap, width: inside.right().saturating_sub(left.right() + gap), ..inside };
    lines(pen, left, phases(model, session, &clock, agenda, now));
    let rest = people(pen, right, model, session, of, hits);
    let ahead = match clock.phase {
        Phase::Close if clock.is_under_way() => read_back(model, session, usize::from(rest.height)),
        Phase::Response if clock.is_under_way() => ideas(model, document, usize::from(rest.height)),
        _ => ahead(model, document, of, &clock, agenda),
    };
    let enough = enough(document, model, usize::from(rest.width));
    lines(pen, rest, ahead.into_iter().chain(enough).collect());
}

fn lines(pen: &mut Pen<'_>, area: Rect, lines: Vec<Line<'_>>) {
    for (row, (left, right)) in area.rows().zip(lines) {
        pen.row(row, Role::Text, &left, &right);
    }
}

fn heading(words: impl Into<String>) -> Line<'static> {
    (vec![piece(words.into(), Role::Heading)], Vec::new())
}

fn blank() -> Line<'static> {
    (Vec::new(), Vec::new())
}

fn phases<'a>(model: &'a Model, session: &'a Session, clock: &Clock, agenda: &Agenda, now: Timestamp) -> Vec<Line<'a>> {
    let mut out = vec![(vec![piece("Phase", Role::TextDim)], vec![piece("planned     used", Role::TextDim)])];
    for phase in Phase::ALL {
        let at_hand = clock.phase == phase && clock.is_under_way();
        let (mark, role) = match (at_hand, clock.has_begun(phase)) {
            (true, _) => ("▸ ", Role::Key),
            (false, true) => ("✓ ", Role::StatusGood),
            (false, false) => ("  ", Role::Text),
        };
        let name = if at_hand { Role::TextStrong } else { Role::Text };
        let over = clock.left(phase, agenda, now) < 0;
        let used = if clock.has_begun(phase) { shown(clock.used(phase, now)) } else { "–".to_owned() };
        let used = format!("{}{used:>8}", if over { " over" } else { "     " });
        let planned = format!("{:>3}", clock.planned(phase, agenda) / 60);
        let time = if over { Role::StatusWarn } else { Role::Text };
        out.push((
            vec![piece(mark, role), piece(phase.short(), name)],
            vec![piece(planned, Role::TextDim), piece(used, time)],
        ));
    }
    out.push(blank());
    if clock.is_under_way() {
        out.push(heading(clock.phase.name()));
        let seen = model.meeting.seen.as_ref();
        for condition in seen.map_or(&[][..], |seen| &seen.conditions[clock.phase as usize]) {
            let (mark, role) = if condition.holds() { ("✓ ", Role::StatusGood) } else { ("○ ", Role::CellOpen) };
            let left = if condition.left > 1 { format!("{} left", condition.left) } else { String::new() };
            out.push((vec![piece(mark, role), piece(condition.words, Role::Text)], vec![piece(left, Role::TextDim)]));
        }
    } else {
        out.extend(last_time(session, model));
    }
    out
}

/// What the last meeting wants to be remembered, and how to begin.
fn last_time<'a>(session: &'a Session, model: &Model) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    if let Some(last) = session
        .sittings
        .iter()
        .filter(|sitting| Clock::of(sitting).state == State::Over || sitting.minutes > 0)
        .max_by_key(|s| (s.date, s.id.number()))
    {
        out.push(heading(format!("{} of {}, {} minutes", last.id.short(), last.date, last.minutes)));
        for (label, said) in [("keep ", &last.keep), ("change ", &last.change)] {
            for line in said.lines() {
                out.push((vec![piece(label, Role::TextDim), piece(line, Role::Text)], Vec::new()));
            }
        }
        out.push(blank());
    }
    out.push((vec![piece(forecast(session, model), Role::Text)], Vec::new()));
    out.push(blank());
    for words in [
        "{start-or-pause} starts the clock",
        "{come-or-leave} on a name: is here, or not",
        "{agenda} chooses the length",
        "{intake} asks what is at stake",
    ] {
        out.push((vec![piece(model.keymap.phrase(words), Role::TextDim)], Vec::new()));
    }
    out
}

/// How long the next meeting will take.
fn forecast(session: &Session, model: &Model) -> String {
    let open = model.meeting.seen.as_ref().map_or(0, |seen| seen.route.steps.len());
    match model.meeting.forecast(session) {
        None => "forecast: no history".to_owned(),
        Some(_) if open == 0 => "forecast: no cell is open".to_owned(),
        Some(known) => {
            let meetings = if known.meetings == 1 { "meeting" } else { "meetings" };
            format!("forecast: {}, from {} {meetings}", known.meeting(open).in_minutes(), known.meetings)
        }
    }
}

/// The people with their perspectives; gives the space below.
fn people(pen: &mut Pen<'_>, area: Rect, model: &Model, session: &Session, sitting: &Sitting, hits: &mut Hits) -> Rect {
    let missing = perspective::missing(voices::here(session, sitting));
    let missing: Vec<&str> = missing.into_iter().map(Named::name).collect();
    let mut rows = area.rows();
    let words = if missing.is_empty() {
        "People, of every perspective".to_owned()
    } else {
        format!("People; missing {}", missing.join(", "))
    };
    if let Some(row) = rows.next() {
        pen.row(row, Role::Text, &[piece(words, Role::Heading)], &[]);
    }
    let selected = model.meeting.person(session);
    let at = selected.and_then(|id| session.people.keys().position(|other| other == id)).unwrap_or(0);
    let height = session.people.len().min(usize::from(area.height / 3).max(3));
    let top = top_of(0, at, height, session.people.len());
    let heard = model.meeting.seen.as_ref().map(|seen| &seen.heard).filter(|_| model.meeting.voices);
    let (_, _, selection) = super::roles(model, Pane::Meeting);
    for (row, (index, person)) in rows.by_ref().zip(session.people.iter().enumerate().skip(top).take(height)) {
        let (mark, role) =
            if voices::is_here(sitting, &person.id) { ("●", Role::StatusGood) } else { ("○", Role::TextDim) };
        let roles: Vec<&str> = person.roles.iter().map(|role| role.name()).collect();
        let left = [
            piece(if index == at { "▸" } else { " " }, Role::Key),
            piece(format!("{mark} "), role),
            piece(format!("{}  ", person.name), Role::Text),
            piece(roles.join(", "), Role::TextDim),
        ];
        let times = match heard.and_then(|heard| heard.get(&person.id)) {
            Some(count) => format!(" {count} said "),
            None => String::new(),
        };
        pen.row(row, if index == at { selection } else { Role::Text }, &left, &[piece(times, Role::TextDim)]);
        hits.rows.push((Pane::Meeting, row.y, index));
    }
    hits.page = height;
    if session.people.is_empty()
        && let Some(row) = rows.next()
    {
        let words = model.keymap.phrase("{add} adds somebody: `person Ana Ruiz: developer`");
        pen.row(row, Role::Text, &[piece(words, Role::TextDim)], &[]);
    }
    let used = 1 + height.max(usize::from(session.people.is_empty())) as u16;
    Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area }
}

/// How much of the route fits into what is left for it.
fn ahead<'a>(
    model: &Model,
    document: &'a Document,
    sitting: &Sitting,
    clock: &Clock,
    agenda: &Agenda,
) -> Vec<Line<'a>> {
    let (session, now) = (document.session(), model.now.unwrap_or(Timestamp::UNIX_EPOCH));
    let Some(seen) = &model.meeting.seen else { return Vec::new() };
    let route = &seen.route;
    let core = route.steps.iter().filter(|step| step.weight == Weight::Core).count();
    let counts = match (core, route.steps.len() - core) {
        (0, 0) => String::new(),
        (0, ask) => format!("  {ask} to ask"),
        (core, 0) => format!("  {core} core"),
        (core, ask) => format!("  {core} core, then {ask} to ask"),
    };
    let changed = if seen.only_changed { ", only what changed" } else { "" };
    let mut out = vec![blank(), heading(format!("Route{changed}{counts}"))];
    let left_out: Vec<String> =
        seen.left_out.untouched(0).iter().map(|(place, count)| format!("{} {count}", place.short())).collect();
    if !left_out.is_empty() {
        out.push((vec![piece("left out  ", Role::TextDim), piece(left_out.join(" · "), Role::Text)], Vec::new()));
    }
    if route.steps.is_empty() {
        out.push((vec![piece("nothing is open on it", Role::StatusGood)], Vec::new()));
        return out;
    }
    let total = document.outline().total();
    let pace = Pace::of(session, sitting, (total.core.decided + total.ask.decided) as u32, now);
    let left: Seconds = clock.left(Phase::Threats, agenda, now).max(0);
    let fitting = pace.cells_in(left).min(route.steps.len());
    let source = match pace.source {
        Source::Now(_) => "at this pace",
        Source::Earlier(_) => "at the pace of last time",
        Source::Usual => "at a usual pace",
    };
    let words = format!(
        "{fitting} of {} cells fit in {}, {source} of {} each",
        route.steps.len(),
        shown(left),
        shown(pace.seconds)
    );
    out.push((vec![piece(words, Role::Text)], Vec::new()));
    let planned = Meeting::planned(document, sitting, now);
    if let Some(step) = route.next(model.meeting.at.as_ref(), planned, &model.meeting.passed) {
        let next = format!("next {} on {}", step.letter, words::place(session, &step.place));
        out.push((vec![piece(next, Role::TextDim)], Vec::new()));
    }
    let untouched = route.untouched(fitting);
    if !untouched.is_empty() {
        let names: Vec<String> = untouched.iter().map(|(place, count)| format!("{} {count}", place.short())).collect();
        out.push((vec![piece("will not fit  ", Role::StatusWarn), piece(names.join(" · "), Role::Text)], Vec::new()));
    }
    out
}

/// What somebody said could be done while the room still looked for threats; it waited for its phase.
fn ideas<'a>(model: &Model, document: &'a Document, room: usize) -> Vec<Line<'a>> {
    let mut ideas: Vec<_> = document.session().ideas().collect();
    ideas.sort_by_key(|idea| idea.id.number());
    let mut out = vec![blank(), heading(format!("Ideas that wait  {}", ideas.len()))];
    let shown = room.saturating_sub(10).max(2);
    let more = ideas.len().saturating_sub(shown);
    let words = if ideas.is_empty() {
        "every idea is agreed or dropped; `+ words` is a new one"
    } else {
        "{next-idea} goes to the next; {next-state} there agrees, {edit-mitigation} has `dropped`"
    };
    for idea in ideas.into_iter().take(shown) {
        let mut threats: Vec<_> = document.outline().linked(idea.id).collect();
        threats.sort_unstable_by_key(|id| id.number());
        let against: Vec<String> = threats.into_iter().map(|id| document.outline().name(id)).collect();
        let against = if against.is_empty() { "against nothing yet".to_owned() } else { against.join(" ") };
        out.push((
            vec![piece(format!("{} ", idea.id.short()), Role::Key), piece(idea.title.as_str(), Role::Text)],
            vec![piece(format!(" {against}"), Role::TextDim)],
        ));
    }
    if more > 0 {
        out.push((vec![piece(format!("and {more} more"), Role::TextDim)], Vec::new()));
    }
    out.push((vec![piece(model.keymap.phrase(words), Role::TextDim)], Vec::new()));
    out
}

/// What the room said it would find out or do, to be read aloud at the end.
fn read_back<'a>(model: &'a Model, session: &'a Session, room: usize) -> Vec<Line<'a>> {
    let mut out = vec![blank()];
    let changed = model.meeting.seen.as_ref().map_or(&[][..], |seen| &seen.changed);
    let room = room.saturating_sub(if model.meeting.before.is_some() { room / 3 } else { 0 });
    for (kind, title) in [(NoteKind::Question, "Parked"), (NoteKind::Action, "Actions")] {
        let mut notes: Vec<_> = session.notes.iter().filter(|note| note.kind == kind && note.is_open()).collect();
        notes.sort_by_key(|note| note.id.number());
        out.push(heading(format!("{title}  {}", notes.len())));
        let shown = (room.saturating_sub(8) / 2).max(2);
        let more = notes.len().saturating_sub(shown);
        for note in notes.into_iter().take(shown) {
            let who = if note.owner.is_empty() { "nobody" } else { words::person(session, &note.owner) };
            let due = note.due.map_or_else(|| "no day".to_owned(), |due| due.to_string());
            out.push((
                vec![piece(format!("{} ", note.id.short()), Role::Key), piece(note.text.as_str(), Role::Text)],
                vec![piece(format!("{who} {due}"), Role::TextDim)],
            ));
        }
        if more > 0 {
            out.push((vec![piece(format!("and {more} more"), Role::TextDim)], Vec::new()));
        }
    }
    if model.meeting.before.is_some() {
        out.push(heading(format!("Since last time  {}", changed.len())));
        let shown = (room / 4).max(2);
        out.extend(changed.iter().take(shown).map(|words| (vec![piece(words.as_str(), Role::Text)], Vec::new())));
        if changed.len() > shown {
            let more = format!("and {} more; `strideboard diff` tells all of it", changed.len() - shown);
            out.push((vec![piece(more, Role::TextDim)], Vec::new()));
        }
    }
    out
}

/// What the profile still asks for.
fn enough<'a>(document: &Document, model: &Model, width: usize) -> Vec<Line<'a>> {
    let profile = document.team.rules().profile_of(document.session());
    let left = model.meeting.seen.as_ref().map_or(&[][..], |seen| &seen.left);
    let open: Vec<_> = left.iter().filter(|(_, left)| *left > 0).collect();
    let mut out = vec![blank(), heading(text::truncate(&format!("Enough?  {}", profile.name), width))];
    if open.is_empty() {
        out.push((vec![piece("everything it asks for is done", Role::StatusGood)], Vec::new()));
    }
    for (criterion, left) in open {
        let count = vec![piece(format!("{left} left"), Role::TextDim)];
        out.push((vec![piece("○ ", Role::CellOpen), piece(criterion.words(), Role::Text)], count));
    }
    out
}

/// The clock of the title line: the phase at hand and what is left of it. Words and colour change when it runs over.
pub(in crate::ui) fn clock(model: &Model) -> Option<Piece<'static>> {
    let document = model.document.as_ref()?;
    let sitting = meeting::under_way(document.session())?;
    let (clock, agenda, now) = (Clock::of(sitting), document.team.rules().agenda(&sitting.agenda), model.now?);
    let left = clock.left(clock.phase, agenda, now);
    let over = if left < 0 { " over" } else { "" };
    let (paused, role) = match (clock.state, left < 0) {
        (State::Paused, _) => (" paused", Role::TextDim),
        (_, true) => ("", Role::StatusWarn),
        (_, false) => ("", Role::StatusInfo),
    };
    Some(piece(format!("{} {}{over}{paused}  ", clock.phase.short(), shown(left)), role))
}
