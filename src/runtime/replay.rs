//! The workbench without a terminal: keys in, the last frame out, on the real update and the real view.
//!
//! Effects on files are carried out in line, so a replay that saves really saves. What needs a terminal (an editor, going
//! to the background) is left out.

use std::{collections::VecDeque, path::Path};

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};

use super::{disk::Disk, journal::Writer};
use crate::{
    app::{
        Effect, Model, Msg,
        key::Key,
        model::Screen,
        msg::{Journaling, Order},
        settle, update,
    },
    ui::{
        theme::{ColorDepth, Theme},
        view,
    },
};

/// A workbench that is driven by hand.
#[derive(Debug)]
pub struct Replay {
    /// The state.
    pub model: Model,
    themes: Vec<(String, Theme)>,
    disk: Disk,
    /// None when the disk keeps no journals.
    journal: Option<Writer>,
    size: (u16, u16),
    frame: Buffer,
    ended: bool,
}

impl Replay {
    /// A workbench on a screen of this size, waiting for nothing.
    pub fn new(model: Model, themes: Vec<(String, Theme)>, disk: Disk, size: (u16, u16)) -> Self {
        let journal = disk.journals().map(Writer::new);
        let mut replay = Self { model, themes, disk, journal, size, frame: Buffer::default(), ended: false };
        replay.draw();
        replay
    }

    /// Opens a session file, as a start with its name does.
    pub fn open(&mut self, path: &Path) {
        let shown = self.disk.shown(path);
        self.model.screen = Screen::Loading { shown, waiting: VecDeque::new(), from_browser: false };
        self.perform(vec![Effect::Load(path.to_owned())]);
        self.draw();
    }

    /// Lists the sessions of the folder, as a start without a name does.
    pub fn browse(&mut self) {
        self.perform(vec![Effect::List]);
        self.draw();
    }

    /// Sends one message, carries out what follows from it and draws.
    pub fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
        self.draw();
    }

    /// Presses keys, one after the other.
    pub fn keys(&mut self, keys: &[Key]) {
        for key in keys {
            if self.ended {
                break;
            }
            self.send(Msg::Key(*key));
        }
    }

    /// Makes the screen another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.draw();
    }

    /// Draws as a terminal with this many colours shows it.
    pub fn depth(&mut self, depth: ColorDepth) {
        self.themes.iter_mut().for_each(|(_, theme)| *theme = theme.at(depth));
        self.draw();
    }

    /// Whether the program has ended.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// The last frame.
    pub fn frame(&self) -> &Buffer {
        &self.frame
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        // A list and no recursion: each summary of the browser asks for the next.
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let answers = match effect {
                Effect::Quit => {
                    self.ended = true;
                    Vec::new()
                }
                Effect::OpenEditor(_) => vec![Msg::EditorClosed(Err("The editor needs a terminal".to_owned()))],
                Effect::Journal(order) => {
                    self.write(order);
                    Vec::new()
                }
                other => self.disk.perform(other),
            };
            for msg in answers {
                effects.extend(update(&mut self.model, msg));
            }
        }
    }

    /// Writes the journal at once, what is being typed as well.
    fn write(&mut self, order: Order) {
        let Some(journal) = &mut self.journal else { return };
        if let Err(error) = journal.take(order).and_then(|_| journal.write_draft()) {
            let failed = Journaling::Failed(journal.explain(&error));
            update(&mut self.model, Msg::Journal(failed));
        }
    }

    fn draw(&mut self) {
        settle(&mut self.model);
        let chosen = self.themes.iter().find(|(name, _)| *name == self.model.preferences.theme);
        let plain;
        let theme = if let Some((_, theme)) = chosen {
            theme
        } else {
            plain = Theme::default();
            &plain
        };
        let mut hits = None;
        // Drawing into memory cannot fail.
        let Ok(mut terminal) = Terminal::new(TestBackend::new(self.size.0, self.size.1));
        let Ok(done) = terminal.draw(|frame| hits = Some(view(&self.model, theme, frame)));
        self.frame = done.buffer.clone();
        self.model.hits = hits.unwrap_or_default();
    }
}

/// The text of a frame, without blanks at the ends of rows.
pub fn text(frame: &Buffer) -> String {
    let mut out = String::new();
    for y in frame.area.top()..frame.area.bottom() {
        let mut row = String::new();
        let mut x = frame.area.left();
        while x < frame.area.right() {
            let symbol = frame[(x, y)].symbol();
            row.push_str(symbol);
            x += (unicode_width::UnicodeWidthStr::width(symbol) as u16).max(1);
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}
