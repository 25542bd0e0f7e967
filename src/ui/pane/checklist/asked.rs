//! The words below the letters: the selected threat in full, or what to ask about the selected letter.

use crate::{
    app::{Command, document::Document, keymap::Keymap, model::Model, words},
    method::{
        basis::Aspect,
        cell::{CellState, CellView},
        matrix::Matrix,
        prompts::Subject,
        status::{self, Gap},
        weight::Weight,
    },
    session::{Letter, Place, Point, Session, Threat},
    ui::{symbols, text, theme::Role},
};

/// More lines than any screen has rows; of very long texts the rest is not looked at.
const MOST_LINES: usize = 500;

/// The selected threat in full, as it is read aloud.
pub(super) fn details(model: &Model, document: &Document, threat: &Threat, width: usize) -> Vec<(String, Role)> {
    let session = document.session();
    let matrix = Matrix::of(session);
    let (today, keymap) = (Some(model.environment.today), &model.keymap);
    let mut lines = Vec::new();
    let mut push = |words: &str, role: Role| {
        if lines.len() < MOST_LINES {
            lines.extend(text::wrap(words, width).into_iter().map(|line| (line, role)));
        }
    };
    push(&format!("{} {}", document.outline().name(threat.id), threat.statement), Role::TextStrong);
    let ratings: Vec<String> = Point::ALL
        .into_iter()
        .filter_map(|point| {
            let rating = threat.rating(point)?;
            let step = |step: Option<u8>| step.map_or("?".to_owned(), |s| s.to_string());
            let level = matrix.level_of(threat.letter, rating).words(matrix).to_lowercase();
            Some(format!("{} {}x{} {level}", point.name(), step(rating.likelihood), step(rating.impact)))
        })
        .collect();
    let rated =
        if ratings.is_empty() { keymap.phrase("not rated: {rate} and two digits") } else { ratings.join(" → ") };
    push(&rated, symbols::risk(status::effective_risk(session, threat)));
    let mut facts = vec![status::status(session, threat, today).name().to_owned()];
    facts.extend((!threat.by.is_empty()).then(|| format!("said by {}", words::person(session, &threat.by))));
    if !threat.also.is_empty() {
        let also: Vec<String> = threat.also.iter().map(ToString::to_string).collect();
        facts.push(format!("also {}", also.join(" ")));
    }
    facts.extend(threat.references.iter().cloned());
    push(&facts.join(" · "), Role::TextDim);
    match status::gap(session, threat, today) {
        Some(Gap::NoResponse) => push(
            &keymap.phrase("Above appetite without a response: {mitigate} mitigates, {respond-accept} accepts"),
            Role::StatusWarn,
        ),
        Some(Gap::NoMitigation) => {
            push(
                &keymap.phrase("Above appetite, and no mitigation is agreed: {next-state} in pane 3 moves one on"),
                Role::StatusWarn,
            );
        }
        Some(Gap::NoAcceptance) => push(
            &keymap.phrase("Above appetite, and nobody signed for it: {respond-accept} or {respond-transfer}"),
            Role::StatusWarn,
        ),
        Some(Gap::Expired(day)) => push(
            &format!("Accepted only until {day}: decide again with {}", keymap.key(Command::RespondAccept)),
            Role::StatusError,
        ),
        None => {}
    }
    if let Some(accepted) = &threat.acceptance {
        let until = accepted.until.map_or(String::new(), |day| format!(" until {day}"));
        let by = words::person(session, &accepted.by);
        push(&format!("carried by {by}{until}: {}", accepted.reason), Role::Text);
    }
    if let Some(reason) = &threat.withdrawn {
        push(&format!("withdrawn: {reason}"), Role::StatusWarn);
    }
    for (name, words) in [
        ("source", &threat.source),
        ("when", &threat.prerequisites),
        ("does", &threat.action),
        ("leads to", &threat.impact),
    ] {
        if !words.is_empty() {
            push(&format!("{name}: {words}"), Role::Text);
        }
    }
    for id in &threat.mitigations {
        if let Some(mitigation) = session.mitigations.get(id) {
            let (symbol, role) = symbols::state(mitigation.state);
            push(&format!("{symbol} {} {}", id.short(), mitigation.title), role);
        }
    }
    for line in threat.note.lines() {
        push(line, Role::TextDim);
    }
    lines
}

/// What to ask about the selected letter, wrapped; for a stale answer what changed, first.
pub(super) fn questions(
    session: &Session,
    place: &Place,
    letter: Letter,
    view: &CellView,
    keymap: &Keymap,
    width: usize,
) -> Vec<(String, Role)> {
    let mut lines = Vec::new();
    let mut push = |words: &str, first: &str, role: Role| {
        if lines.len() > MOST_LINES {
            return;
        }
        for (index, line) in text::wrap(words, width.saturating_sub(2)).into_iter().enumerate() {
            lines.push((format!("{}{line}", if index == 0 { first } else { "  " }), role));
        }
    };
    if view.stale.contains(&Aspect::Assumption) {
        let words = "Stale: it leans on an assumption that does not hold. Answer it anew, or correct the assumption.";
        push(words, "! ", Role::CellStale);
    }
    let changed = view.stale.iter().filter(|aspect| **aspect != Aspect::Assumption);
    let changed: Vec<&str> = changed.map(|aspect| aspect.words(place)).collect();
    if !changed.is_empty() {
        push(
            &format!(
                "Stale: {} changed since. {} says that the answer still holds.",
                changed.join(", "),
                keymap.key(Command::Confirm)
            ),
            "! ",
            Role::CellStale,
        );
    }
    // The row has one line for it; here it is whole.
    let stored = session.cells_at(place).and_then(|cells| cells.get(letter)).filter(|cell| !cell.reason.is_empty());
    if let (CellState::NotApplicable | CellState::Inherited, Some(cell)) = (view.state, stored) {
        push(&format!("{}: {}", view.state.name(), cell.reason), "", Role::Text);
    }
    for question in session.open_questions(place, letter) {
        let asked = super::asked_of(words::person(session, &question.owner), question);
        let asked = if asked.is_empty() { String::new() } else { format!(" · {}", asked.join(" ")) };
        push(&format!("parked: {}{asked}", question.text), "", Role::CellParked);
    }
    let weight = match view.weight {
        _ if view.is_decided() => "decided",
        Weight::Core => "to be decided before closing",
        Weight::Ask => "worth asking",
        Weight::Rare => "seldom applies here",
    };
    push(&format!("{} ({}), {weight}", letter.name(), letter.property()), "", Role::Heading);
    let answered =
        session.notes.iter().filter(|note| note.place.as_ref() == Some(place) && note.letter == Some(letter));
    for note in answered.filter(|note| !note.answer.is_empty()) {
        push(&format!("{} Answer: {}", note.text, note.answer.as_str().replace('\n', " ")), "✓ ", Role::CellClear);
    }
    if let Some(subject) = Subject::of(session, place) {
        subject.questions(letter).for_each(|words| push(&words, "· ", Role::Text));
    }
    lines
}
