//! The program in the terminal: a loop that shows what arrives.

use std::{
    env,
    sync::{Arc, mpsc::channel},
    thread,
};

use ratatui::{text::Line, widgets::Paragraph};
use strideboard::{
    app::{key::Key, msg::Order},
    format::journal::Step,
    runtime::{
        editor::Editor,
        input::{Arrival, Inbox, Input},
        journal::Writer,
        screen::Screen,
        signals::{Signal, Signals, stop_self},
        terminal::{MouseUse, TerminalGuard, is_taken},
    },
    session::Session,
};

enum Event {
    Signal(Signal),
    /// Only there to make the loop draw, and find out that it cannot.
    WorkerGone,
}

/// What was shown and what has to end it.
struct Child {
    guard: TerminalGuard,
    screen: Screen,
    inbox: Inbox<Event>,
    signals: Signals,
    last: String,
    count: usize,
    note: String,
}

#[test]
#[ignore = "the program that the other tests start in a terminal"]
fn run() {
    if env::var_os("STRIDEBOARD_TEST_CHILD").is_some() {
        let code = session();
        std::process::exit(code);
    }
}

fn session() -> i32 {
    let inbox = Inbox::new().unwrap();
    let guard = TerminalGuard::enter(MouseUse::Captured).unwrap();
    let screen = Screen::new().unwrap();
    let to = inbox.outbox();
    let signals = Signals::spawn(move |signal| assert!(to.send(Event::Signal(signal)))).unwrap();
    let mut child = Child { guard, screen, inbox, signals, last: String::new(), count: 0, note: String::new() };
    // A process that is to end by a panic ends with another code than these.
    child.events().unwrap_or(3)
}

/// A journal with something that is not saved.
fn begun_journal() -> Writer {
    let mut writer = Writer::new(env::temp_dir().join(format!("strideboard-test-{}", std::process::id())));
    let base = Arc::new(Session::new("A"));
    let after = Arc::new(Session::new("B"));
    writer.take(Order::Open { path: "a.tm.ron".into(), base }).unwrap();
    writer.take(Order::Steps { steps: vec![Step::Whole(after.clone())], after }).unwrap();
    writer
}

struct PanicsAgain;

impl Drop for PanicsAgain {
    fn drop(&mut self) {
        panic!("the nested one");
    }
}

impl Child {
    fn events(&mut self) -> std::io::Result<i32> {
        self.draw()?;
        while let Some(first) = self.inbox.wait(None) {
            let mut next = Some(first);
            while let Some(arrival) = next {
                match arrival {
                    Arrival::Event(Event::Signal(signal @ Signal::Terminate(_))) => {
                        return Ok(signal.exit_code().unwrap_or(0).into());
                    }
                    Arrival::Event(Event::Signal(Signal::Suspend)) => self.stop()?,
                    Arrival::Event(Event::Signal(Signal::Continue)) => {
                        if is_taken() {
                            self.guard.resume()?;
                            self.screen.repaint()?;
                        }
                    }
                    Arrival::Event(Event::Signal(Signal::Resize) | Event::WorkerGone) => {}
                    Arrival::Input(Input::Closed) => return Ok(4),
                    Arrival::Input(input) => {
                        self.count += 1;
                        self.last = describe(&input);
                        match self.last.as_str() {
                            "q" => return Ok(0),
                            "p" => panic!("on purpose"),
                            "j" => {
                                let _journal = begun_journal();
                                panic!("with a journal");
                            }
                            "n" => {
                                let _again = PanicsAgain;
                                panic!("the first of two nested panics");
                            }
                            "w" => {
                                let to = self.inbox.outbox();
                                thread::spawn(move || {
                                    drop(thread::spawn(|| panic!("in a worker")).join());
                                    to.send(Event::WorkerGone);
                                });
                            }
                            "e" => self.edit()?,
                            "<ctrl-z>" => self.stop()?,
                            _ => {}
                        }
                    }
                }
                next = self.inbox.arrived();
            }
            self.draw()?;
        }
        Ok(5)
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let (last, count, note) = (&self.last, self.count, &self.note);
        self.screen.render(|frame| {
            let area = frame.area();
            let lines = [
                format!("pid {}.", std::process::id()),
                format!("size {}x{}", area.width, area.height),
                format!("last {last}; count {count};"),
                format!("note {note}"),
            ];
            frame.render_widget(Paragraph::new(lines.map(Line::from).to_vec()), area);
        })?;
        self.screen.show()
    }

    fn stop(&mut self) -> std::io::Result<()> {
        self.inbox.pause();
        self.guard.suspend()?;
        if let Err(error) = stop_self() {
            self.note = error.to_string();
        }
        self.guard.resume()?;
        self.inbox.resume();
        self.screen.repaint()
    }

    fn edit(&mut self) -> std::io::Result<()> {
        self.inbox.pause();
        self.guard.suspend()?;
        let lent = self.signals.lend();
        let (ended, status) = channel();
        let result = Editor::choose(None, |name| env::var(name).ok())
            .and_then(|editor| editor.start("before", move |status| drop(ended.send(status))))
            .and_then(|editing| editing.ended(status.recv().unwrap()));
        drop(lent);
        self.guard.resume()?;
        self.inbox.resume();
        self.note = match result {
            Ok(text) => format!("edited {text:?}"),
            Err(error) => error.to_string(),
        };
        self.screen.repaint()
    }
}

fn describe(input: &Input) -> String {
    match input {
        Input::Key(key) => Key::notation(*key),
        Input::Paste(text) => format!("paste {text:?}"),
        Input::Mouse(mouse) => format!("{:?} {},{}", mouse.kind, mouse.column, mouse.row),
        Input::FocusGained => "focus".into(),
        other => format!("{other:?}"),
    }
}
