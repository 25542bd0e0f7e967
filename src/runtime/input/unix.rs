//! The input thread where terminals are file descriptors.

use std::{
    io::{self, PipeReader, PipeWriter, Read, Write},
    os::fd::{AsFd, OwnedFd},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::runtime::input::{Input, Parser};

/// The thread that reads the terminal; it ends when this is dropped or the terminal is gone.
#[derive(Debug)]
pub struct InputThread {
    gate: Arc<Gate>,
    wake: PipeWriter,
    thread: Option<JoinHandle<()>>,
}

impl InputThread {
    /// Starts reading standard input and hands everything to `deliver`, in the thread.
    ///
    /// `deliver` must not wait for the thread that calls [`Self::pause`].
    pub fn spawn(deliver: impl FnMut(Input) + Send + 'static) -> io::Result<Self> {
        Self::spawn_on(io::stdin().as_fd().try_clone_to_owned()?, deliver)
    }

    /// The same on another terminal.
    pub fn spawn_on(terminal: OwnedFd, deliver: impl FnMut(Input) + Send + 'static) -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        let gate = Arc::new(Gate::default());
        let reader = Reader { terminal, woken, gate: Arc::clone(&gate), parser: Parser::default(), deliver };
        let thread = thread::Builder::new().name("input".into()).spawn(move || reader.run())?;
        Ok(Self { gate, wake, thread: Some(thread) })
    }

    /// Stops reading; once this returns, not a byte is taken from the terminal until [`Self::resume`].
    pub fn pause(&self) {
        let mut state = self.gate.lock();
        if state.wish == Wish::Read {
            state.wish = Wish::Pause;
        }
        self.knock();
        drop(self.gate.changed.wait_while(state, |state| state.at == At::Reading));
    }

    /// Reads again.
    pub fn resume(&self) {
        let mut state = self.gate.lock();
        if state.wish == Wish::Pause {
            state.wish = Wish::Read;
            // Set here and not by the thread: a `pause` right after this must wait for it again.
            if state.at == At::Parked {
                state.at = At::Reading;
            }
        }
        drop(state);
        self.gate.changed.notify_all();
    }

    /// Wakes the thread up; it looks at its gate then. An error means it has ended, which is as good.
    fn knock(&self) {
        drop((&self.wake).write(&[0]));
    }
}

impl Drop for InputThread {
    fn drop(&mut self) {
        self.gate.lock().wish = Wish::Stop;
        self.gate.changed.notify_all();
        self.knock();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the panic hook already.
            drop(thread.join());
        }
    }
}

/// Where the thread is asked to be, and where it is.
#[derive(Debug, Default)]
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct GateState {
    wish: Wish,
    at: At,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Wish {
    #[default]
    Read,
    Pause,
    Stop,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum At {
    #[default]
    Reading,
    Parked,
    Ended,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets a waiting [`InputThread::pause`] go on even if the thread panics.
struct Ending(Arc<Gate>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.lock().at = At::Ended;
        self.0.changed.notify_all();
    }
}

struct Reader<D> {
    terminal: OwnedFd,
    woken: PipeReader,
    gate: Arc<Gate>,
    parser: Parser,
    deliver: D,
}

/// What a wait for the terminal came to.
enum Step {
    Again,
    Closed,
}

impl<D: FnMut(Input)> Reader<D> {
    fn run(mut self) {
        let _ending = Ending(Arc::clone(&self.gate));
        while self.may_read() {
            if let Step::Closed = self.wait_and_read() {
                self.parser.expire(&mut self.deliver);
                (self.deliver)(Input::Closed);
                return;
            }
        }
    }

    /// Waits while paused; says whether to go on at all.
    fn may_read(&mut self) -> bool {
        let mut state = self.gate.lock();
        while state.wish == Wish::Pause {
            // Half a sequence from before has no other half after.
            self.parser = Parser::default();
            // Said in every round: a quick resume and pause leaves the thread here, with somebody waiting for it.
            state.at = At::Parked;
            self.gate.changed.notify_all();
            state = self.gate.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.wish == Wish::Read
    }

    fn wait_and_read(&mut self) -> Step {
        let timeout = self.parser.pending().map(timespec);
        let (terminal, woken) = {
            let mut ends = [PollFd::new(&self.terminal, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
            match poll(&mut ends, timeout.as_ref()) {
                Ok(0) => {
                    self.parser.expire(&mut self.deliver);
                    return Step::Again;
                }
                Ok(_) => (ends[0].revents(), ends[1].revents()),
                Err(Errno::INTR) => return Step::Again,
                Err(_) => return Step::Closed,
            }
        };
        if !woken.is_empty() {
            // Nothing is read from the terminal before the gate has been looked at.
            drop(self.woken.read(&mut [0; 64]));
            return Step::Again;
        }
        // What was typed before a hang-up is still readable, so data comes first.
        if terminal.contains(PollFlags::IN) {
            let mut bytes = [0; 4096];
            return match rustix::io::read(&self.terminal, &mut bytes) {
                Ok(0) => Step::Closed,
                Ok(length) => {
                    self.parser.advance(&bytes[..length], &mut self.deliver);
                    Step::Again
                }
                Err(Errno::INTR | Errno::AGAIN) => Step::Again,
                Err(_) => Step::Closed,
            };
        }
        if terminal.is_empty() { Step::Again } else { Step::Closed }
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX), tv_nsec: duration.subsec_nanos().into() }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::app::key::Key;

    fn start() -> (PipeWriter, InputThread, Receiver<Input>) {
        let (read, write) = io::pipe().unwrap();
        let (sender, receiver) = channel();
        let thread = InputThread::spawn_on(read.into(), move |input| drop(sender.send(input))).unwrap();
        (write, thread, receiver)
    }

    fn next(receiver: &Receiver<Input>) -> Input {
        receiver.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    #[test]
    fn what_is_typed_arrives_and_the_end_is_told() {
        let (mut write, _thread, receiver) = start();
        write.write_all(b"x").unwrap();
        assert_eq!(next(&receiver), Input::Key(Key::char('x')));
        write.write_all(b"\x1b").unwrap();
        assert_eq!(next(&receiver), Input::Key(Key::plain(crate::app::key::Code::Esc)));
        drop(write);
        assert_eq!(next(&receiver), Input::Closed);
    }

    #[test]
    fn more_than_one_read_full_arrives_whole() {
        let (mut write, _thread, receiver) = start();
        write.write_all("a".repeat(20_000).as_bytes()).unwrap();
        for _ in 0..20_000 {
            assert_eq!(next(&receiver), Input::Key(Key::char('a')));
        }
    }

    #[test]
    fn a_paused_thread_leaves_the_bytes_to_others() {
        let (mut write, thread, receiver) = start();
        for _ in 0..50 {
            thread.pause();
            write.write_all(b"q").unwrap();
            assert!(receiver.recv_timeout(Duration::from_millis(2)).is_err());
            thread.resume();
            assert_eq!(next(&receiver), Input::Key(Key::char('q')));
        }
        for _ in 0..1000 {
            thread.pause();
            thread.pause();
            thread.resume();
        }
        write.write_all(b"z").unwrap();
        assert_eq!(next(&receiver), Input::Key(Key::char('z')));
    }

    #[test]
    fn it_can_be_dropped_paused_and_paused_ended() {
        let (_write, thread, _receiver) = start();
        thread.pause();
        drop(thread);
        let (write, thread, receiver) = start();
        drop(write);
        assert_eq!(next(&receiver), Input::Closed);
        thread.pause();
        thread.resume();
    }
}
