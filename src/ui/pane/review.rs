//! Draws place 7: who signed, the rows of the review, and what there is to say about the selected one.

use ratatui::layout::Rect;

use crate::{
    app::{
        document::Document,
        model::{Hits, Model},
        pane::{
            Pane,
            review::{Base, Review, Row},
        },
    },
    review::{
        comment::{CommentKind, Thread, threads},
        diff::Change,
        endorsement::{called, standing},
        words,
    },
    session::{Conflict, ConflictKind, Session},
    ui::{
        pen::{Pen, Piece, piece, top_of},
        text,
        theme::Role,
    },
};

/// Endorsements that have a line; the rest is counted.
const MOST_SIGNED: usize = 3;

type Line<'a> = Vec<Piece<'a>>;

pub(in crate::ui) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, document: &Document, hits: &mut Hits) {
    let (border, _, _) = super::roles(model, Pane::Review);
    let (review, session) = (&model.review, document.session());
    let mut title = super::title(model, Pane::Review);
    title.push(piece(format!("  {}", since(review)), Role::Text));
    let (done, all) = review.progress();
    let progress = if all > 0 { format!("{done} of {all} seen ") } else { String::new() };
    let inside = pen.frame(area, border, &title, &[piece(progress, Role::Text)]);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let width = usize::from(inside.width);
    let mut top = signed(review, session);
    top.extend(first_words(model, review, width));
    let head = lines(pen, inside, &top);
    let rest = Rect { y: inside.y + head, height: inside.height.saturating_sub(head), ..inside };
    let below = about(model, review, session, width);
    let room = usize::from(rest.height);
    let want = below.len().min(room / 2 + 1);
    let height = room.saturating_sub(want + 1).min(review.rows().len()) as u16;
    rows(pen, Rect { height, ..rest }, model, hits);
    let foot = Rect { y: rest.y + height + 1, height: rest.height.saturating_sub(height + 1), ..rest };
    lines(pen, foot, &below);
}

/// Draws lines from the top; gives the number of rows they took.
fn lines(pen: &mut Pen<'_>, area: Rect, lines: &[Line<'_>]) -> u16 {
    for (row, line) in area.rows().zip(lines) {
        pen.row(row, Role::Text, line, &[]);
    }
    lines.len().min(usize::from(area.height)) as u16
}

fn since(review: &Review) -> String {
    match &review.base {
        Base::Unread => "reading…".to_owned(),
        Base::Nothing => "everything: nothing was signed yet".to_owned(),
        Base::Endorsed(id, _) | Base::Lost(id) => match review.beside.endorsements.get(id) {
            Some(one) => format!("since {} of {}", called(&review.beside.endorsements, *id), one.on),
            None => format!("since {}", id.short()),
        },
        Base::Revision(name, _) => format!("since {}", name.chars().take(24).collect::<String>()),
        Base::Unreadable(_) => String::new(),
    }
}

/// Who signed, and whether it still holds.
fn signed(review: &Review, session: &Session) -> Vec<Line<'static>> {
    let all = standing(&review.beside.endorsements);
    let Some(now) = review.seen.as_ref().map(|seen| &seen.look.records) else { return Vec::new() };
    let mut out: Vec<Line<'static>> = Vec::new();
    for one in all.iter().rev().take(MOST_SIGNED) {
        let delta = one.delta(now);
        let (mark, role, state) = if delta.is_empty() {
            ("✓ ", Role::StatusGood, "holds".to_owned())
        } else {
            ("▲ ", Role::StatusWarn, format!("stale: {}", delta.words(session)))
        };
        let said = format!("{} {} on {}; {state}", one.who(), one.decision.name(), one.on);
        out.push(vec![piece(mark, role), piece(said, Role::Text)]);
    }
    if all.len() > MOST_SIGNED {
        out.push(vec![piece(format!("  and {} more", all.len() - MOST_SIGNED), Role::TextDim)]);
    }
    out
}

/// What to do first, or where there is nothing to do.
fn first_words(model: &Model, review: &Review, width: usize) -> Vec<Line<'static>> {
    let mut said: Vec<String> = Vec::new();
    said.extend(review.unread.iter().map(|(_, why)| why.clone()));
    match &review.base {
        Base::Unreadable(why) => said.push(format!("{why}; {{review-base}} chooses another")),
        Base::Unread => {}
        _ if review.rows().is_empty() => {
            said.push("Nothing is left to look at: {sign} signs, {review-base} looks further back".to_owned());
        }
        Base::Lost(_) => said.push("Git does not have that version any more, so only the records are known".to_owned()),
        _ => {}
    }
    if review.by.trim().is_empty() && !matches!(review.base, Base::Unread) {
        said.push("{who-am-i} says who you are; it goes on what you say and sign".to_owned());
    }
    let wrapped = said.iter().flat_map(|line| text::wrap(&model.keymap.phrase(line), width));
    wrapped.map(|line| vec![piece(line, Role::TextDim)]).collect()
}

fn rows(pen: &mut Pen<'_>, area: Rect, model: &Model, hits: &mut Hits) {
    let review = &model.review;
    let Some(document) = &model.document else { return };
    let session = document.session();
    let (_, _, selection) = super::roles(model, Pane::Review);
    let threads = threads(session, &review.beside.comments);
    let height = usize::from(area.height);
    let top = top_of(0, review.selected, height, review.rows().len());
    hits.page = height;
    for (row, (index, one)) in area.rows().zip(review.rows().iter().enumerate().skip(top)) {
        let (mark, role, words) = match one {
            Row::Conflict(id) => ("✗ ", Role::StatusError, words::subject(session, id)),
            Row::Change(_) if review.is_done(one) => ("✓ ", Role::StatusGood, said(review.change(one))),
            Row::Change(_) => {
                let asks = review.change(one).is_some_and(|change| change.section.asks());
                ("○ ", if asks { Role::StatusWarn } else { Role::CellOpen }, said(review.change(one)))
            }
            Row::Thread(id) => match threads.iter().find(|thread| thread.first.id == *id) {
                Some(thread) => ("❝ ", if thread.asks() { Role::StatusWarn } else { Role::Key }, thread.words(session)),
                None => continue,
            },
        };
        let text = if review.is_done(one) && matches!(one, Row::Change(_)) { Role::TextDim } else { Role::Text };
        let left =
            [piece(if index == review.selected { "▸" } else { " " }, Role::Key), piece(mark, role), piece(words, text)];
        pen.row(row, if index == review.selected { selection } else { Role::Text }, &left, &[]);
        hits.rows.push((Pane::Review, row.y, index));
    }
    pen.scroll(area, top, height, review.rows().len(), Role::TextDim);
}

fn said(change: Option<&Change>) -> String {
    change.map_or_else(String::new, |change| change.text.clone())
}

/// What there is to say about the selected row.
fn about(model: &Model, review: &Review, session: &Session, width: usize) -> Vec<Line<'static>> {
    let Some(row) = review.row() else { return Vec::new() };
    let threads = threads(session, &review.beside.comments);
    let mut out = Vec::new();
    match row {
        Row::Conflict(id) => {
            if let Some(found) = session.conflicts.get(id) {
                out.extend(conflict(model, session, found, width));
            }
        }
        Row::Change(_) => {
            if let Some(change) = review.change(row) {
                out.push(vec![piece(change.section.title(), Role::Heading)]);
                out.extend(wrapped(&change.text, width, Role::Text));
                let record = change.record.clone();
                let here = threads.iter().filter(|thread| !thread.resolved && thread.about.record == record);
                here.for_each(|thread| out.extend(self::thread(thread, session, width)));
            }
        }
        Row::Thread(id) => {
            if let Some(found) = threads.iter().find(|thread| thread.first.id == *id) {
                out.extend(thread(found, session, width));
                let keys =
                    model.keymap.phrase("{reply} answers, {settle-comment} settles, {open-row} opens the record");
                out.push(vec![piece(keys, Role::TextDim)]);
            }
        }
    }
    out
}

fn conflict(model: &Model, session: &Session, found: &Conflict, width: usize) -> Vec<Line<'static>> {
    let why = match found.kind {
        ConflictKind::Differ => "Both sides changed it",
        ConflictKind::Removed => "One side removed it, the other changed it",
        ConflictKind::Needed => "One side removed it, the other refers to it",
        ConflictKind::Together => "Each change is sound alone, not both together",
    };
    let mut out = vec![vec![piece(why, Role::Heading)]];
    let from = |name: &str| if name.is_empty() { String::new() } else { format!("  ({name})") };
    let ways = [
        ("{take-ours}  ours    ", words::value(session, &found.ours), from(&found.ours_from)),
        ("{take-theirs}  theirs  ", words::value(session, &found.theirs), from(&found.theirs_from)),
        ("{take-base}  before  ", words::value(session, &found.base), String::new()),
    ];
    for (keys, value, from) in ways {
        out.push(vec![
            piece(model.keymap.phrase(keys), Role::Key),
            piece(text::truncate(&value, width.saturating_sub(12)).into_owned(), Role::Text),
            piece(from, Role::TextDim),
        ]);
    }
    let rest =
        model.keymap.phrase("{take-present}  what the session holds now; {open-row} opens the record to change that");
    out.push(vec![piece(rest, Role::TextDim)]);
    out
}

fn thread(thread: &Thread<'_>, session: &Session, width: usize) -> Vec<Line<'static>> {
    let first = thread.first;
    let verb = if first.kind == CommentKind::Ask { "asks about" } else { "on" };
    let moved = if thread.outdated { "; it says something else now" } else { "" };
    let about = words::subject(session, thread.about);
    let head = format!("{} {} {verb} {about}, {}{moved}", thread.called, first.by.trim(), first.on);
    let mut out: Vec<Line<'static>> = vec![vec![piece("❝ ", Role::Key), piece(head, Role::Heading)]];
    out.extend(first.text.lines().flat_map(|line| wrapped(line, width, Role::Text)));
    for answer in &thread.answers {
        let settled = if answer.kind == CommentKind::Resolve { " settled it" } else { "" };
        let said = format!("  {}{settled}: {}", answer.by.trim(), answer.text.as_str().replace('\n', " "));
        out.extend(wrapped(said.trim_end_matches(": "), width, Role::TextDim));
    }
    out
}

fn wrapped(words: &str, width: usize, role: Role) -> Vec<Line<'static>> {
    text::wrap(words, width).into_iter().map(|line| vec![piece(line, role)]).collect()
}
