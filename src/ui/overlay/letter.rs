//! Draws what a letter means at the place on screen.

use ratatui::layout::Rect;

use crate::{
    app::{Command, model::Model},
    method::{letters::explain, prompts::Subject},
    session::Letter,
    ui::{pen::Pen, pen::piece, text, theme::Role},
};

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, letter: Letter) {
    let place = model.session().zip(model.checklist.place.as_ref());
    let Some(subject) = place.and_then(|(session, place)| Subject::of(session, place)) else { return };
    let room = super::room(area);
    let told = explain(letter, &subject);
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut push = |first: &str, words: &str, role: Role| {
        let wrapped = text::wrap(words, room.saturating_sub(text::width(first)));
        let indent = " ".repeat(text::width(first));
        lines.extend(
            wrapped
                .into_iter()
                .enumerate()
                .map(|(at, line)| (format!("{}{line}", if at == 0 { first } else { &indent }), role)),
        );
    };
    push("", told.means, Role::TextStrong);
    push("", "Where to look", Role::Heading);
    told.look.iter().for_each(|line| push("· ", line, Role::Text));
    push("", "What would prove it closed", Role::Heading);
    told.proof.iter().for_each(|line| push("✓ ", line, Role::Text));
    let answers = "Then, in the checklist: {threat-s} to {threat-e} write a threat down, {mark-clear} nothing found, {mark-not-applicable} cannot happen here.";
    push("", &model.keymap.phrase(answers), Role::TextDim);
    let title = format!("{letter} {}, against {}", letter.name(), letter.property());
    let inside = super::boxed(pen, area, &title, lines.len() + 1, Role::BorderFocus);
    for (row, (line, role)) in inside.rows().zip(&lines) {
        pen.row(row, Role::Overlay, &[piece(line.as_str(), *role)], &[]);
    }
    let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    let keys = [
        piece("j k", Role::Key),
        piece(" other letters  ", Role::Hint),
        piece(format!("{} or esc", model.keymap.key(Command::LetterHelp)), Role::Key),
        piece(" closes", Role::Hint),
    ];
    pen.row(last, Role::Overlay, &keys, &[]);
}
