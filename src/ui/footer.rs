//! The lower lines: capture line with its preview, or what happened last, and the keys that matter here.
//!
//! Owns which hints fit. Refuses: which keys hold (the context) and what they are called (the command table).

use ratatui::layout::Rect;

use super::{
    input,
    pen::{Pen, Piece, piece},
    text,
    theme::Role,
};
use crate::{
    app::{
        Command,
        capture::{self, Part, Preview},
        capture_line::CaptureLine,
        command::TABLE,
        model::{Judged, Model, Screen, Severity, Status},
        outline::Row,
        pane::Pane,
        vote::{Half, Stage, Vote},
    },
    meeting::{self, voices},
    method::matrix::{Matrix, Step},
    session::Session,
};

/// Most names shown above the capture line while completing.
const MOST_NAMES: usize = 6;

/// Most rows of a sentence that somebody has to read whole.
const MOST_SAID: usize = 3;

/// Rows the footer needs in so many columns.
pub(super) fn height(model: &Model, columns: u16) -> u16 {
    let names =
        model.capture.as_ref().and_then(|line| line.completion.as_ref()).map_or(0, |c| c.completion.candidates.len());
    let said = told(model).map_or(1, |said| wrapped(said, columns).len());
    // While lines follow each other, what became of the last ones stands above the line when it is long.
    let above = before(model, columns).len();
    (1 + said.max(1) + names.min(MOST_NAMES) + anchors(model).len() + above) as u16
}

/// What the steps mean to the team, while one of them is chosen.
fn anchors(model: &Model) -> Vec<(&'static str, &str)> {
    let Some(document) = &model.document else { return Vec::new() };
    let matrix = Matrix::of(document.session());
    let half = match (&model.rating, &model.vote) {
        (Some(rating), _) if rating.likelihood.is_none() => Half::Likelihood,
        (Some(_), _) => Half::Impact,
        (None, Some(vote)) => vote.half,
        (None, None) => return Vec::new(),
    };
    let (steps, anchors) = (half.steps(matrix), document.team.rules().anchors(matrix.id));
    let words = anchors.map_or(&[][..], |anchors| match half {
        Half::Likelihood => &anchors.likelihood,
        Half::Impact => &anchors.impact,
    });
    steps.iter().map(|step| step.name).zip(words.iter().map(String::as_str)).collect()
}

/// What happened last, where the footer has rows for it.
fn told(model: &Model) -> Option<&Status> {
    let other = model.capture.is_some()
        || model.components.typing.is_some()
        || model.rating.is_some()
        || model.vote.is_some()
        || !model.following.is_empty();
    model.status.as_ref().filter(|_| !other)
}

/// What became of the lines before the one being typed, when that takes more than a row.
fn before(model: &Model, columns: u16) -> Vec<String> {
    let fresh = model.capture.as_ref().is_some_and(|line| line.typing.is_empty());
    let said = model.status.as_ref().filter(|_| fresh).map(|status| wrapped(status, columns)).unwrap_or_default();
    if said.len() > 1 { said } else { Vec::new() }
}

fn wrapped(status: &Status, columns: u16) -> Vec<String> {
    text::wrap_lines(&status.text, usize::from(columns).saturating_sub(4), MOST_SAID)
}

/// Draws the footer; gives the cursor's place while something is typed there.
pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model) -> Option<(u16, u16)> {
    let rows: Vec<Rect> = area.rows().collect();
    let (upper, lower) = (*rows.get(rows.len().checked_sub(2)?)?, *rows.last()?);
    if let Some(line) = &model.capture {
        let (above, free) = (before(model, area.width), &rows[..rows.len() - 2]);
        names(pen, free, line);
        let role = model.status.as_ref().map_or(Role::Text, |status| severity_role(status.severity));
        for (row, words) in free.iter().zip(&above) {
            pen.row(*row, Role::Text, &[piece(format!(" {words}"), role)], &[]);
        }
        let read = model.document.as_ref().map(|document| line.preview(document, model.environment.today));
        let parts = read.as_ref().map_or(&[][..], |preview| &preview.parts);
        let cursor = capture(pen, upper, line, parts);
        if let Some(read) = &read {
            let status = model.status.as_ref().filter(|_| above.is_empty());
            preview(pen, lower, line, read, model.session(), status);
        }
        return Some(cursor);
    }
    if let Some(typing) = &model.components.typing {
        hints(pen, lower, model);
        return Some(input::line(pen, upper, " / ", typing, "words that rows must contain; esc clears"));
    }
    for (row, (step, (name, words))) in rows.iter().zip((1..).zip(anchors(model))) {
        let left = [
            piece(format!("   {step} "), Role::Key),
            piece(format!("{name}: "), Role::TextStrong),
            piece(words, Role::Text),
        ];
        pen.row(*row, Role::Overlay, &left, &[]);
    }
    if let Some(rating) = &model.rating {
        rate(pen, upper, model, rating.likelihood);
    } else if let Some(vote) = &model.vote {
        voting(pen, upper, model, vote);
    } else if !model.following.is_empty() {
        following(pen, upper, model);
    } else if let Some(status) = told(model) {
        let mark = match status.severity {
            Severity::Error => " ✗ ",
            Severity::Warning => " ▲ ",
            Severity::Info => " ",
        };
        let role = severity_role(status.severity);
        let said = wrapped(status, area.width);
        let from = rows.len().saturating_sub(1 + said.len());
        for (index, (row, words)) in rows[from..].iter().zip(said).enumerate() {
            let mark = match (index, status.severity) {
                (0, _) => mark,
                (_, Severity::Info) => " ",
                (_, Severity::Warning | Severity::Error) => "   ",
            };
            pen.row(*row, Role::Text, &[piece(mark, role), piece(words, role)], &[]);
        }
    } else if model.document.is_some() && matches!(model.screen, Screen::Workbench) && model.overlay.is_none() {
        // What is said about a review is a comment there.
        let words = match model.focus {
            Pane::Review => {
                model.keymap.phrase(" › {comment} comments on the row, {capture-many} captures what is said")
            }
            _ => model.keymap.phrase(" › {capture} captures what is said"),
        };
        pen.row(upper, Role::Text, &[piece(words, Role::Placeholder)], &[]);
    }
    hints(pen, lower, model);
    None
}

fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Info => Role::StatusInfo,
        Severity::Warning => Role::StatusWarn,
        Severity::Error => Role::StatusError,
    }
}

fn capture(pen: &mut Pen<'_>, area: Rect, line: &CaptureLine, parts: &[Part]) -> (u16, u16) {
    let sign = " › ";
    pen.row(area, Role::Text, &[piece(sign, Role::Key)], &[]);
    let field = Rect { x: area.x + 3, width: area.width.saturating_sub(3), ..area };
    if line.typing.is_empty() {
        let help = "api -> db: read [orders] sql · a threat · T: a threat · + mitigation · ? question · = assumption · > action";
        pen.row(field, Role::Text, &[piece(help, Role::Placeholder)], &[]);
        return (field.x, field.y);
    }
    let parts: Vec<_> = parts.iter().map(|part| (part.range.clone(), part_role(part.kind))).collect();
    input::typed(pen, field, line.typing.first_line(), line.typing.cursor().1, &parts)
}

fn part_role(kind: crate::app::capture::PartKind) -> Role {
    use crate::app::capture::PartKind;
    match kind {
        PartKind::Sign | PartKind::Keyword | PartKind::Arrow => Role::Key,
        PartKind::Component | PartKind::Place => Role::TextStrong,
        PartKind::Zone => Role::Boundary,
        PartKind::Asset | PartKind::Class => Role::Asset,
        PartKind::Kind | PartKind::Protocol | PartKind::Date => Role::StatusInfo,
        PartKind::Person | PartKind::Role => Role::StatusGood,
        PartKind::Letter | PartKind::Rating => Role::Heading,
    }
}

fn preview(
    pen: &mut Pen<'_>,
    area: Rect,
    line: &CaptureLine,
    preview: &Preview,
    session: Option<&Session>,
    status: Option<&Status>,
) {
    let mut left = Vec::new();
    if let (true, Some(status)) = (preview.words.is_empty(), status) {
        // What became of the line before, while lines follow each other.
        left.push(piece(format!(" {}", status.text), severity_role(status.severity)));
    } else if preview.words.is_empty() {
        let place =
            line.here.place.as_ref().zip(session).map(|(place, session)| crate::app::words::place(session, place));
        let here = place.map_or("nothing is selected".to_owned(), |place| format!("here: {place}"));
        left.push(piece(format!(" {here}"), Role::TextDim));
    } else if line.doubted.as_deref() == Some(line.typing.first_line()) {
        let words = preview.doubt.map_or_else(String::new, |doubt| format!(" ▲ {}", capture::again(doubt)));
        left.push(piece(words, Role::StatusWarn));
    } else {
        let sign = if preview.captures { " ↵ " } else { "   " };
        left.push(piece(sign, Role::Key));
        left.push(piece(preview.words.as_str(), Role::Text));
    }
    let doubted = line.doubted.as_deref() == Some(line.typing.first_line());
    if let (Some(warning), false) = (preview.warnings.first(), doubted) {
        // In front, so that it is not what gets cut.
        left.insert(usize::from(left.len() > 1), piece(format!("▲ {warning}  "), Role::StatusWarn));
    }
    let said: usize = left.iter().map(|piece| text::width(&piece.text)).sum();
    let right = [
        piece("tab", Role::Key),
        piece(" names ", Role::Hint),
        piece("↑", Role::Key),
        piece(" earlier ", Role::Hint),
        piece("esc", Role::Key),
        piece(" leave ", Role::Hint),
    ];
    let keys: usize = right.iter().map(|piece| text::width(&piece.text)).sum();
    let right = if said + keys < usize::from(area.width) { &right[..] } else { &[] };
    pen.row(area, Role::Bar, &left, right);
}

fn names(pen: &mut Pen<'_>, rows: &[Rect], line: &CaptureLine) {
    let Some(cycle) = &line.completion else { return };
    let chosen = cycle.chosen.unwrap_or(0);
    let top = (chosen + 1).saturating_sub(rows.len());
    for (row, (index, candidate)) in rows.iter().zip(cycle.completion.candidates.iter().enumerate().skip(top)) {
        let under = if Some(index) == cycle.chosen { Role::Selection } else { Role::Overlay };
        let left = [piece("   ", Role::Text), piece(candidate.text.as_str(), Role::Text)];
        pen.row(*row, under, &left, &[piece(candidate.detail.as_str(), Role::TextDim), piece(" ", Role::Text)]);
    }
}

fn rate(pen: &mut Pen<'_>, area: Rect, model: &Model, likelihood: Option<Judged>) {
    let Some(matrix) = model.session().map(Matrix::of) else { return };
    let [first, second] = matrix.axes;
    let (what, steps) = match likelihood {
        None => (first, matrix.likelihood),
        Some(_) => (second, matrix.impact),
    };
    let mut pieces = vec![piece(" rate ", Role::Key)];
    let order = match likelihood {
        None => format!("{what} first: "),
        Some(judged) => {
            let step = judged.step().map_or("?".to_owned(), |s| s.to_string());
            pieces.push(piece(format!("{first} {step}, "), Role::Text));
            format!("then {what}: ")
        }
    };
    pieces.push(piece(order, Role::TextStrong));
    named(&mut pieces, steps, usize::from(area.width));
    pen.row(area, Role::Text, &pieces, &[]);
}

/// Names every step behind some pieces, cut if need be: a digit without a name is a guess.
fn named(pieces: &mut Vec<Piece<'_>>, steps: &[Step], columns: usize) {
    let taken: usize = pieces.iter().map(|piece| text::width(&piece.text)).sum();
    let room = columns.saturating_sub(taken) / (steps.len() + 1);
    let names = steps.iter().map(|step| step.name).zip(1..).chain([("unknown", 0)]);
    for (name, digit) in names {
        pieces.push(piece(format!("{digit} "), Role::Key));
        pieces.push(piece(text::truncate(name, room.saturating_sub(3)).into_owned(), Role::Text));
        pieces.push(piece(" ", Role::Text));
    }
}

/// A vote: dots until everybody has voted, then the numbers and what they come to.
fn voting(pen: &mut Pen<'_>, area: Rect, model: &Model, vote: &Vote) {
    let Some(matrix) = model.session().map(Matrix::of) else { return };
    let steps = vote.half.steps(matrix);
    let order = if vote.half == Half::Impact { " first" } else { "" };
    let what = format!("{}{order}: ", vote.half.name(matrix));
    let mut pieces = vec![piece(" vote ", Role::Key), piece(what, Role::TextStrong)];
    // The room is known while a meeting is under way.
    let sitting = model.session().zip(model.session().and_then(meeting::under_way));
    let present = sitting.map(|(session, sitting)| voices::here(session, sitting).count());
    let mut nobody = None;
    let name = |step: Option<u8>| match step.and_then(|step| steps.get(usize::from(step).checked_sub(1)?)) {
        Some(named) => format!("{} {}", step.unwrap_or(0), named.name),
        None => "unknown".to_owned(),
    };
    match vote.stage {
        Stage::Casting => {
            let votes = vote.ballot.votes.len();
            pieces.push(piece(format!("{} ", "●".repeat(votes)), Role::TextStrong));
            match present {
                Some(0) => {
                    let words = model.keymap.phrase(" nobody is marked present: {meeting} ");
                    nobody = Some(piece(words, Role::StatusWarn));
                }
                Some(present) => {
                    let role = if votes > present { Role::StatusWarn } else { Role::TextStrong };
                    pieces.push(piece(format!("{votes} of {present} "), role));
                }
                None => {}
            }
            let reminder = nobody.as_ref().map_or(0, |piece: &Piece<'_>| text::width(&piece.text));
            named(&mut pieces, steps, usize::from(area.width).saturating_sub(reminder));
        }
        Stage::Revealed => {
            let votes: Vec<String> =
                vote.ballot.votes.iter().map(|vote| vote.map_or("?".to_owned(), |vote| vote.to_string())).collect();
            pieces.push(piece(votes.join(" "), Role::TextStrong));
            pieces.push(piece(format!("  middle {}", name(vote.ballot.median())), Role::Text));
            if vote.ballot.is_far_apart() {
                let words = format!("  spread {}: highest and lowest say why", vote.ballot.spread());
                pieces.push(piece(words, Role::StatusWarn));
            }
        }
    }
    pen.row(area, Role::Text, &pieces, nobody.as_slice());
}

/// What may follow the keys typed so far, in the order of the help screen.
fn following(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let typed: Vec<String> = model.pending.iter().map(ToString::to_string).collect();
    let typed = format!(" {} ", typed.join(" "));
    let mut following: Vec<_> = model.following.iter().collect();
    following.sort_by_key(|(_, command)| *command);
    let words = |whole: bool| {
        let mut pieces = vec![piece(typed.clone(), Role::Key), piece("then ", Role::TextDim)];
        for (keys, command) in &following {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            pieces.push(piece(format!(" {} ", keys.join(" ")), Role::Key));
            let name = command.row().name.replace('-', " ");
            let name = if whole { name } else { name.split(' ').next_back().unwrap_or("").to_owned() };
            // `s s` says nothing that `s` does not.
            let name = if name == keys.join(" ") { String::new() } else { format!("{name} ") };
            pieces.push(piece(name, Role::Hint));
        }
        pieces
    };
    // Where space is short the last word of each is enough, so that no key is missing.
    let fits = |pieces: &Vec<Piece<'_>>| {
        pieces.iter().map(|piece| text::width(&piece.text)).sum::<usize>() <= usize::from(area.width)
    };
    let pieces = Some(words(true)).filter(fits).unwrap_or_else(|| words(false));
    pen.row(area, Role::Text, &pieces, &[]);
}

/// The keys that matter here, from the command table: those that can be used now, of the narrowest place first.
fn hints(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let mut pieces = Vec::new();
    let mut left = usize::from(area.width);
    // A hint is there whole or not at all.
    let mut push = |key: &str, words: &str| {
        let wanted = text::width(key) + text::width(words) + 3;
        if wanted <= left {
            left -= wanted;
            pieces.push(piece(format!(" {key}"), Role::Key));
            pieces.push(piece(format!(" {words} "), Role::Hint));
        }
    };
    let form = model.mitigations.form.as_ref().filter(|_| model.focus == Pane::Mitigations);
    if let Some(overlay) = &model.overlay {
        super::overlay::hints(overlay, model.document.as_ref(), &mut push);
    } else if model.components.typing.is_some() {
        push("enter", "keep the filter");
        push("esc", "show everything");
    } else if model.rating.is_some() {
        match &model.status {
            Some(status) => push("▲", &status.text),
            None => push("esc", "leave the rating as it is"),
        }
    } else if let Some(vote) = &model.vote {
        match (&model.status, vote.stage) {
            (Some(status), _) => push("▲", &status.text),
            (None, Stage::Casting) => {
                push("1…9", "a vote each");
                push("enter", "show them");
                push("backspace", "take one back");
                push("esc", "no vote");
            }
            (None, Stage::Revealed) => {
                push("enter", "take the middle");
                if !vote.again {
                    push("v", "vote again");
                }
                push("1…9", "decide");
                push("esc", "no vote");
            }
        }
    } else if let Some(form) = form {
        super::form::hints(form, model.document.as_ref(), &mut push);
    } else if model.matrix.held.is_some() && model.focus == Pane::Matrix {
        push("arrows", "move");
        push("enter", "put down");
        push("esc", "put back");
    } else {
        let ctx = model.context();
        if matches!(model.components.selected(), Some(Row::Unfiled(_))) && model.focus == Pane::Components {
            // What it waits for.
            push(&model.keymap.key(Command::FileElsewhere), "file");
        }
        // A key means what the narrowest scope says; the wider meaning would be a lie here.
        let mut taken: Vec<String> = Vec::new();
        for scope in ctx.scopes() {
            for row in TABLE.iter().filter(|row| row.scope == scope && !row.hint.is_empty()) {
                if row.command.available(&ctx).is_err() || (row.command == Command::Back && !model.zoomed) {
                    continue;
                }
                if let Some(key) = model.keymap.keys_of(row.command).into_iter().find(|key| !taken.contains(key)) {
                    push(&key, row.hint);
                    taken.push(key);
                }
            }
        }
    }
    pen.row(area, Role::Bar, &pieces, &[]);
}
