//! The event loop: messages in, effects out, one frame after each round.
//!
//! ```text
//! terminal ─────┐                    ┌─> worker thread (Disk) ──┐
//! signal thread ┼─> Inbox ─> update ─┼─> journal thread (Writer)┼─> Inbox
//!               │       draw <───────┘ terminal effects         │
//!               └───────────────────────────────────────────────┘
//! ```
//!
//! Everything that has arrived is taken in before the next frame is drawn. Idle means asleep in the inbox; only unsaved
//! changes make it wait with a limit, once, for autosave, and a clock that goes, once a second.
//!
//! The frame that shows a change is made while the journal writes it and shown once it is written, or with the words that
//! it is not. While the person's editor has the terminal the loop goes on without drawing.

use std::{
    collections::HashMap,
    env, io,
    path::PathBuf,
    process::ExitStatus,
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

use super::{
    clock,
    disk::Disk,
    editor::{Editing, Editor},
    input::{Arrival, Inbox, Input, Outbox},
    journal::{Journaler, Writer},
    screen::Screen,
    signals::{Lent, Signal, Signals, stop_self},
    terminal::{MouseUse, TerminalGuard, is_taken},
};
use crate::{
    app::{
        Effect, Model, Msg, history::Revision, left_behind, model::Screen as Place, msg::Journaling, settle, update,
    },
    ui::{
        theme::{ColorDepth, Theme},
        view,
    },
};

/// How long a frame waits for the journal. Nobody notices that much, and a disk that is slower is worth a word.
const JOURNAL_PATIENCE: Duration = Duration::from_millis(100);

/// Signals closer together are one wish to end.
const TOLD_AGAIN: Duration = Duration::from_millis(500);

/// After so long without input somebody may have been in another window, whether the terminal says so or not.
const AWAY: Duration = Duration::from_secs(10);

/// What the loop needs to know beside the model.
#[derive(Debug)]
pub struct Options {
    /// The session to open; none opens the browser.
    pub open: Option<PathBuf>,
    /// The themes there are, by the name the settings use.
    pub themes: Vec<(String, Theme)>,
    /// How many colours the terminal shows.
    pub depth: ColorDepth,
    /// Whether the mouse is taken from the terminal.
    pub mouse: MouseUse,
    /// How long nothing has to change before unsaved changes are written.
    pub autosave_after: Duration,
    /// The editor of the settings.
    pub editor: Option<String>,
}

/// Why the workbench ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The person quit.
    Quit,
    /// The file could not be opened; the person has read why.
    NotOpened,
    /// A signal or a closed terminal ended it; the exit code shells expect.
    Killed(u8),
}

enum Event {
    Msg(Msg),
    /// The worker ended before it was told to; the panic hook has said why.
    WorkerGone,
    /// A clock on the screen shows another second.
    Tick,
    Signal(Signal),
    /// The person's editor has ended.
    EditorEnded(io::Result<ExitStatus>),
}

/// Runs the workbench until it ends, and says what somebody who did not end it has to know about their work. The
/// terminal is given back whatever happens.
pub fn run(model: Model, disk: Disk, options: Options) -> io::Result<(Ended, Option<String>)> {
    let guard = TerminalGuard::enter(options.mouse).map_err(io::Error::other)?;
    let inbox = Inbox::new()?;
    let (to_worker, jobs) = mpsc::channel();
    let journal = match disk.journals() {
        Some(folder) => {
            let events = inbox.outbox();
            let tell = move |journaling| {
                events.send(Event::Msg(Msg::Journal(journaling)));
            };
            Some(Journaler::spawn(Writer::new(folder), tell)?)
        }
        None => None,
    };
    let worker = {
        let events = inbox.outbox();
        thread::Builder::new().name("files".into()).spawn(move || work(disk, &jobs, &events))?
    };
    let signals = {
        let events = inbox.outbox();
        Signals::spawn(move |signal| {
            events.send(Event::Signal(signal));
        })?
    };
    let depth = options.depth;
    let themes = options.themes.iter().map(|(name, theme)| (name.clone(), theme.at(depth))).collect();
    let mut looping = Loop {
        model,
        screen: Screen::new()?,
        themes,
        plain: Theme::default().at(depth),
        guard,
        inbox,
        signals,
        to_worker,
        journal,
        editing: None,
        options,
        ended: None,
        told: None,
        resting: None,
        touched: Instant::now(),
    };
    let first = match looping.options.open.clone() {
        Some(path) => Effect::Load(path),
        None => Effect::List,
    };
    looping.perform(vec![first])?;
    let ended = looping.turn();
    let left_behind = left_behind(&looping.model);
    // The worker finishes what it was given before the program ends.
    drop(looping);
    drop(worker.join());
    Ok((ended?, left_behind))
}

/// Says that the worker is gone, however it ends.
struct Farewell<'a>(&'a Outbox<Event>);

impl Drop for Farewell<'_> {
    fn drop(&mut self) {
        self.0.send(Event::WorkerGone);
    }
}

fn work(mut disk: Disk, jobs: &Receiver<Effect>, events: &Outbox<Event>) {
    let _farewell = Farewell(events);
    while let Ok(job) = jobs.recv() {
        for msg in disk.perform(job) {
            if !events.send(Event::Msg(msg)) {
                return;
            }
        }
    }
}

struct Loop {
    model: Model,
    screen: Screen,
    themes: HashMap<String, Theme>,
    /// For a name nobody knows.
    plain: Theme,
    guard: TerminalGuard,
    inbox: Inbox<Event>,
    signals: Signals,
    to_worker: Sender<Effect>,
    /// None when there is nowhere to keep journals.
    journal: Option<Journaler>,
    /// The person's editor, while it has the terminal.
    editing: Option<(Editing, Lent)>,
    options: Options,
    ended: Option<Ended>,
    /// The signal that ends the program once everything is written, and when it came.
    told: Option<(u8, Instant)>,
    /// The change that waits to be written, and since when.
    resting: Option<(Revision, Instant)>,
    /// When the last input came.
    touched: Instant,
}

impl Loop {
    fn turn(&mut self) -> io::Result<Ended> {
        loop {
            if let Some(ended) = self.ended {
                return Ok(ended);
            }
            if let Err(error) = self.draw() {
                // Without a terminal there is nothing left to do but keep what can be kept.
                if self.told.is_none() {
                    self.told = Some((129, Instant::now()));
                    self.take(Msg::Terminate)?;
                    if self.ended.is_some() {
                        return Err(error);
                    }
                }
            }
            let (save, tick) = (self.until_autosave(), self.until_tick());
            // Whichever comes first; a clock that goes must not put a save off.
            let (wait, then) = match (save, tick) {
                (Some(save), tick) if tick.is_none_or(|tick| save <= tick) => (Some(save), Event::Msg(Msg::Idle)),
                (_, tick) => (tick, Event::Tick),
            };
            let first = match wait {
                // Typing without end does not put it off.
                Some(Duration::ZERO) => Arrival::Event(then),
                wait => self.inbox.wait(wait).unwrap_or(Arrival::Event(then)),
            };
            // What is done from here on is done now.
            self.take(Msg::Now(clock::now()))?;
            let mut next = Some(first);
            while let Some(arrival) = next {
                match arrival {
                    Arrival::Input(input) => self.on_input(input)?,
                    Arrival::Event(event) => self.on_event(event)?,
                }
                next = if self.ended.is_some() { None } else { self.inbox.arrived() };
            }
        }
    }

    /// How long until a clock on the screen shows another second; `None` when there is none, and while the person's editor
    /// has the terminal.
    fn until_tick(&self) -> Option<Duration> {
        (self.model.wants_time() && self.editing.is_none()).then(clock::until_next_second)
    }

    /// How long what is unsaved has to rest before it is written; `None` when nothing is to be written. Keys that change
    /// nothing do not put it off.
    fn until_autosave(&mut self) -> Option<Duration> {
        let revision = self.model.document.as_ref().filter(|_| self.model.wants_idle())?.history().revision();
        let since = match self.resting {
            Some((known, since)) if known == revision => since,
            _ => Instant::now(),
        };
        self.resting = Some((revision, since));
        Some(self.options.autosave_after.saturating_sub(since.elapsed()))
    }

    fn on_event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Msg(msg) => self.take(msg),
            // What time it is was said already.
            Event::Tick => Ok(()),
            Event::EditorEnded(status) => self.edited(status),
            Event::WorkerGone => Err(io::Error::other("reading and writing files has stopped working; see above")),
            Event::Signal(signal) => match signal {
                Signal::Terminate(_) => self.terminate(signal.exit_code().unwrap_or(1)),
                Signal::Suspend => self.suspend(),
                // Whoever had the terminal meanwhile may have left it in another state.
                Signal::Continue if is_taken() && self.editing.is_none() => {
                    self.guard.resume()?;
                    self.screen.repaint()
                }
                Signal::Continue => Ok(()),
                Signal::Resize => Ok(()),
            },
        }
    }

    fn on_input(&mut self, input: Input) -> io::Result<()> {
        let away = std::mem::replace(&mut self.touched, Instant::now()).elapsed() > AWAY;
        if away && self.editing.is_none() {
            self.take(Msg::Focused)?;
        }
        match input {
            Input::Key(key) => self.take(Msg::Key(key)),
            Input::Paste(text) => self.take(Msg::Paste(text)),
            Input::Mouse(mouse) => self.take(Msg::Mouse(mouse)),
            Input::FocusGained => self.take(Msg::Focused),
            // The next frame has the terminal's size, whatever that is then.
            Input::Resize | Input::FocusLost => Ok(()),
            Input::Closed => self.terminate(129),
        }
    }

    fn terminate(&mut self, code: u8) -> io::Result<()> {
        if let Some((_, since)) = self.told {
            // Told again: whoever asks does not want to wait for a slow disk any more. A window that is closed says it
            // in several ways at once.
            if since.elapsed() > TOLD_AGAIN {
                self.ended = Some(Ended::Killed(code));
            }
            return Ok(());
        }
        self.told = Some((code, Instant::now()));
        if let Some((editing, lent)) = self.editing.take() {
            // What the editor has written so far is what was typed so far.
            let text = editing.stop();
            drop(lent);
            if let Some(text) = text {
                self.take(Msg::EditorClosed(Ok(text)))?;
            }
        }
        self.take(Msg::Terminate)
    }

    fn take(&mut self, msg: Msg) -> io::Result<()> {
        let effects = update(&mut self.model, msg);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Quit => {
                    let by_hand =
                        if matches!(self.model.screen, Place::Broken { .. }) { Ended::NotOpened } else { Ended::Quit };
                    self.ended = Some(self.told.map_or(by_hand, |(code, _)| Ended::Killed(code)));
                }
                Effect::Suspend => self.suspend()?,
                Effect::Redraw => self.screen.repaint()?,
                Effect::OpenEditor(text) => self.edit(&text)?,
                Effect::Journal(order) => {
                    if let Some(journal) = &mut self.journal {
                        journal.send(order);
                    }
                }
                // The worker lives as long as the loop; if it is gone its thread panicked and the hook has said so.
                other => drop(self.to_worker.send(other)),
            }
        }
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.inbox.pause();
        self.guard.suspend()?;
        let stopped = stop_self();
        self.guard.resume()?;
        self.inbox.resume();
        self.screen.repaint()?;
        if let Err(error) = stopped {
            self.take(Msg::Warning(error.to_string()))?;
        }
        Ok(())
    }

    /// Gives the terminal to the person's editor; the loop goes on without drawing until it ends.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        let editor = Editor::choose(self.options.editor.as_deref(), |name| env::var(name).ok());
        self.inbox.pause();
        self.guard.suspend()?;
        let lent = self.signals.lend();
        let events = self.inbox.outbox();
        let tell = move |status| {
            events.send(Event::EditorEnded(status));
        };
        let started = editor.and_then(|editor| editor.start(text, tell));
        match started {
            Ok(editing) => {
                self.editing = Some((editing, lent));
                Ok(())
            }
            Err(error) => {
                drop(lent);
                self.back_from_editor(Err(error.to_string()))
            }
        }
    }

    fn edited(&mut self, status: io::Result<ExitStatus>) -> io::Result<()> {
        // Without one the program is ending and has taken over what was written.
        let Some((editing, lent)) = self.editing.take() else { return Ok(()) };
        drop(lent);
        let text = editing.ended(status);
        self.back_from_editor(text.map_err(|error| error.to_string()))
    }

    fn back_from_editor(&mut self, text: Result<String, String>) -> io::Result<()> {
        self.guard.resume()?;
        self.inbox.resume();
        self.screen.repaint()?;
        self.take(Msg::EditorClosed(text))
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.editing.is_some() {
            return Ok(());
        }
        self.render()?;
        let settled = self.journal.as_ref().is_none_or(|journal| journal.settled(JOURNAL_PATIENCE));
        if !settled && self.model.journaling == Journaling::Kept {
            self.take(Msg::Journal(Journaling::Behind))?;
            self.render()?;
        }
        self.screen.show()
    }

    fn render(&mut self) -> io::Result<()> {
        settle(&mut self.model);
        let model = &self.model;
        let theme = self.themes.get(&model.preferences.theme).unwrap_or(&self.plain);
        self.model.hits = self.screen.render(|frame| view(model, theme, frame))?;
        Ok(())
    }
}
