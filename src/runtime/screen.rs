//! Drawing one frame as one write.
//!
//! Owns ratatui's terminal. Its backend flushes several times per frame (before and after moving the cursor), which a
//! terminal may show as flicker; here everything is collected and written once, and not at all if the frame says the
//! same as the one before.
//!
//! Never call `clear` of ratatui's terminal: it asks where the cursor is and waits for the answer on standard input,
//! which the inbox reads. [`Screen::repaint`] does without.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ratatui::{Frame, Terminal, backend::CrosstermBackend};

use super::terminal::write;

/// A frame without a changed cell is shorter than this: it places or hides the cursor and resets the colours. Two equal
/// ones in a row say nothing new.
const NO_CHANGE: usize = 64;
/// Larger frames may arrive in several reads at the terminal, so it is told to wait for the end.
const TELL_THE_END: usize = 4096;
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// What is drawn on; needs the terminal to be taken by a [`super::terminal::TerminalGuard`].
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Collected>>,
    collected: Collected,
    last: Vec<u8>,
}

impl Screen {
    /// An empty screen of the terminal's size.
    pub fn new() -> io::Result<Self> {
        let collected = Collected::default();
        let terminal = Terminal::new(CrosstermBackend::new(collected.clone()))?;
        Ok(Self { terminal, collected, last: Vec::new() })
    }

    /// Makes a frame; takes a changed size of the terminal into account. [`Self::show`] brings it to the terminal.
    pub fn render<R>(&mut self, render: impl FnOnce(&mut Frame<'_>) -> R) -> io::Result<R> {
        let mut result = None;
        self.terminal.draw(|frame| result = Some(render(frame)))?;
        result.ok_or_else(|| io::Error::other("the frame was not drawn"))
    }

    /// Brings what was rendered to the terminal.
    ///
    /// Fails with `NotConnected` when the terminal was given back, which after a panic in another thread is how the
    /// loop learns that it must end.
    pub fn show(&mut self) -> io::Result<()> {
        let mut bytes = self.collected.bytes();
        if bytes.len() <= NO_CHANGE && *bytes == self.last {
            // Only finds out whether the terminal is still there.
            write(&[])?;
        } else if bytes.len() > TELL_THE_END {
            write(&[BEGIN, &bytes, END].concat())?;
        } else {
            write(&bytes)?;
        }
        std::mem::swap(&mut self.last, &mut bytes);
        bytes.clear();
        Ok(())
    }

    /// Forgets what the terminal shows, so that the next frame is drawn whole.
    pub fn repaint(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.last.clear();
        self.terminal.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))
    }

    /// Columns and rows of the terminal now.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }
}

/// Collects what the backend writes; flushing it does nothing.
#[derive(Debug, Clone, Default)]
struct Collected(Arc<Mutex<Vec<u8>>>);

impl Collected {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Collected {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
