//! Draws the browser of sessions.

use ratatui::layout::Rect;

use super::{
    pen::{Pen, piece, top_of},
    symbols,
    theme::Role,
};
use crate::{
    app::{
        keymap::Keymap,
        model::{Browser, Hits},
    },
    method::matrix::{Matrix, Risk},
    session::Session,
};

pub(super) fn draw(pen: &mut Pen<'_>, area: Rect, browser: &Browser, keymap: &Keymap, hits: &mut Hits) {
    let inside = pen.frame(area, Role::BorderFocus, &[piece("Sessions", Role::TitleFocus)], &[]);
    let Some(listings) = &browser.listings else {
        pen.row(inside, Role::Text, &[piece(" ◌ looking for sessions", Role::TextDim)], &[]);
        return;
    };
    if listings.is_empty() {
        let lines = [
            ("No session here yet.", Role::TextStrong),
            ("", Role::Text),
            ("A session is a file NAME.tm.ron that your team keeps in its repository.", Role::Text),
            (
                "{new-session} starts a new one in this folder, {new-from-template} one that begins with a model.",
                Role::Text,
            ),
            ("{start-practice} is a practice session: ten minutes, one instruction at a time.", Role::Text),
            ("{quit} leaves.", Role::TextDim),
        ];
        for (row, (line, role)) in inside.rows().skip(1).zip(lines) {
            pen.row(row, Role::Text, &[piece(format!("  {}", keymap.phrase(line)), role)], &[]);
        }
        return;
    }
    let height = usize::from(inside.height);
    hits.page = height;
    let top = top_of(0, browser.selected, height, listings.len());
    for (row, (index, listing)) in inside.rows().zip(listings.iter().enumerate().skip(top)) {
        hits.listings.push((row.y, index));
        let selected = index == browser.selected;
        let under = if selected { Role::Selection } else { Role::Text };
        let mark = piece(if selected { " ▸ " } else { "   " }, Role::Key);
        match &listing.summary {
            None => pen.row(
                row,
                under,
                &[mark, piece(format!("{}  ", listing.shown), Role::Text), piece("◌", Role::TextDim)],
                &[],
            ),
            Some(Ok(summary)) => {
                let left = [
                    mark,
                    piece(format!("{}  ", summary.title), Role::TextStrong),
                    piece(listing.shown.as_str(), Role::TextDim),
                ];
                // The words of the default matrix: a list compares sessions, whatever matrix each uses.
                let matrix = Matrix::of(&Session::new(""));
                let worst = summary.worst.unwrap_or(Risk::Unrated);
                let words = match worst {
                    Risk::Unrated => String::new(),
                    risk => format!("  worst {}", risk.words(matrix).to_lowercase()),
                };
                let right = [
                    piece(format!("{}  ", summary.state), Role::Text),
                    piece(format!("{} core", summary.core), Role::TextDim),
                    piece(words, symbols::risk(worst)),
                    piece(" ", Role::Text),
                ];
                pen.row(row, under, &left, &right);
            }
            Some(Err(reason)) => {
                let left = [
                    mark,
                    piece(format!("{}  ", listing.shown), Role::Text),
                    piece(reason.as_str(), Role::StatusError),
                ];
                pen.row(row, under, &left, &[]);
            }
        }
    }
    pen.scroll(Rect { y: inside.y, height: inside.height, ..area }, top, height, listings.len(), Role::BorderFocus);
}
