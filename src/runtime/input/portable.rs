//! The inbox where there are no signals and no descriptors to wait for: crossterm reads, in a thread.

use std::{
    io,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind, poll, read};

use crate::{
    app::{
        key::{Code, Key},
        msg::{Mouse, MouseKind},
    },
    runtime::input::{Arrival, Input},
};

/// How long a wish to pause may have to wait: there is nothing here to wake the reader up with.
const LOOK: Duration = Duration::from_millis(200);

/// Where the event loop waits.
#[derive(Debug)]
pub struct Inbox<E> {
    arrivals: Receiver<Arrival<E>>,
    outbox: Outbox<E>,
    gate: Arc<(Mutex<Gate>, Condvar)>,
}

/// Sends to the event loop, from any thread.
#[derive(Debug)]
pub struct Outbox<E>(Sender<Arrival<E>>);

impl<E> Clone for Outbox<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E> Outbox<E> {
    /// Hands something over; says whether anybody is left to take it.
    pub fn send(&self, event: E) -> bool {
        self.0.send(Arrival::Event(event)).is_ok()
    }
}

#[derive(Debug, Default)]
struct Gate {
    paused: bool,
    stopped: bool,
    reading: bool,
}

impl<E: Send + 'static> Inbox<E> {
    /// Listens to the console.
    pub fn new() -> io::Result<Self> {
        let (sender, arrivals) = channel();
        let gate = Arc::new((Mutex::new(Gate::default()), Condvar::new()));
        let (seen, inputs) = (Arc::clone(&gate), sender.clone());
        thread::Builder::new().name("input".into()).spawn(move || {
            let deliver = |input| drop(inputs.send(Arrival::Input(input)));
            while enter(&seen) {
                let result = poll(LOOK).and_then(|ready| if ready { read().map(Some) } else { Ok(None) });
                lock(&seen).reading = false;
                seen.1.notify_all();
                match result {
                    Ok(event) => event.and_then(convert).into_iter().for_each(deliver),
                    Err(_) => return deliver(Input::Closed),
                }
            }
        })?;
        Ok(Self { arrivals, outbox: Outbox(sender), gate })
    }
}

impl<E> Inbox<E> {
    /// One more way to send to it.
    pub fn outbox(&self) -> Outbox<E> {
        self.outbox.clone()
    }

    /// Nothing is taken from the console from now until [`Self::resume`].
    pub fn pause(&mut self) {
        let mut gate = lock(&self.gate);
        gate.paused = true;
        drop(self.gate.1.wait_while(gate, |gate| gate.reading));
    }

    /// Reads again.
    pub fn resume(&mut self) {
        lock(&self.gate).paused = false;
        self.gate.1.notify_all();
    }

    /// What has arrived and was not handed out yet, without waiting.
    pub fn arrived(&mut self) -> Option<Arrival<E>> {
        self.arrivals.try_recv().ok()
    }

    /// Waits for the next arrival, but no longer than this; `None` when nothing came.
    pub fn wait(&mut self, limit: Option<Duration>) -> Option<Arrival<E>> {
        match limit {
            Some(limit) => self.arrivals.recv_timeout(limit).ok(),
            None => self.arrivals.recv().ok(),
        }
    }
}

impl<E> Drop for Inbox<E> {
    fn drop(&mut self) {
        lock(&self.gate).stopped = true;
        self.gate.1.notify_all();
    }
}

fn lock(gate: &(Mutex<Gate>, Condvar)) -> MutexGuard<'_, Gate> {
    gate.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits while paused; says whether to read at all.
fn enter(gate: &(Mutex<Gate>, Condvar)) -> bool {
    let mut state =
        gate.1.wait_while(lock(gate), |state| state.paused && !state.stopped).unwrap_or_else(PoisonError::into_inner);
    state.reading = !state.stopped;
    state.reading
}

fn convert(event: Event) -> Option<Input> {
    Some(match event {
        Event::FocusGained => Input::FocusGained,
        Event::FocusLost => Input::FocusLost,
        Event::Resize(..) => Input::Resize,
        Event::Paste(text) => Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n")),
        Event::Mouse(event) => {
            let kind = match event.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::ScrollUp => MouseKind::ScrollUp,
                MouseEventKind::ScrollDown => MouseKind::ScrollDown,
                _ => return None,
            };
            Input::Mouse(Mouse { column: event.column, row: event.row, kind })
        }
        Event::Key(event) if event.kind == KeyEventKind::Release => return None,
        Event::Key(event) => {
            let (ctrl, alt) =
                (event.modifiers.contains(KeyModifiers::CONTROL), event.modifiers.contains(KeyModifiers::ALT));
            let shift = event.modifiers.contains(KeyModifiers::SHIFT);
            let key = |code| Key { code, ctrl, alt, shift };
            Input::Key(match event.code {
                // AltGr arrives as control and alt together, around the character it types.
                KeyCode::Char(c) if ctrl && alt && !c.is_ascii_alphanumeric() => Key::char(c),
                KeyCode::Char(c) if ctrl => Key { shift: false, ..key(Code::Char(c.to_ascii_lowercase())) },
                KeyCode::Char(c) => Key { shift: false, ..key(Code::Char(c)) },
                KeyCode::BackTab => Key { shift: true, ..key(Code::Tab) },
                KeyCode::F(number) => key(Code::F(number)),
                KeyCode::Enter => key(Code::Enter),
                KeyCode::Esc => key(Code::Esc),
                KeyCode::Tab => key(Code::Tab),
                KeyCode::Backspace => key(Code::Backspace),
                KeyCode::Delete => key(Code::Delete),
                KeyCode::Insert => key(Code::Insert),
                KeyCode::Up => key(Code::Up),
                KeyCode::Down => key(Code::Down),
                KeyCode::Left => key(Code::Left),
                KeyCode::Right => key(Code::Right),
                KeyCode::Home => key(Code::Home),
                KeyCode::End => key(Code::End),
                KeyCode::PageUp => key(Code::PageUp),
                KeyCode::PageDown => key(Code::PageDown),
                _ => return None,
            })
        }
    })
}
