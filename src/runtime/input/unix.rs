//! The inbox where terminals are file descriptors: one wait for the terminal and for a bell that other threads ring.

use std::{
    collections::VecDeque,
    io::{self, PipeReader, PipeWriter, Read, Write},
    os::fd::{AsFd, OwnedFd},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::runtime::input::{Arrival, Input, Parser};

/// How much of what was typed is taken in at once. A frame follows: a flood of keys does not keep it away.
const MOST: usize = 4096;

/// Where the event loop waits.
#[derive(Debug)]
pub struct Inbox<E> {
    /// None once it is gone.
    terminal: Option<OwnedFd>,
    paused: bool,
    parser: Parser,
    /// When half a sequence is taken for what came of it.
    expires: Option<Instant>,
    inputs: VecDeque<Input>,
    /// Whether keys are first in turn.
    keys_turn: bool,
    events: Receiver<E>,
    rung: PipeReader,
    outbox: Outbox<E>,
}

/// Sends to the event loop, from any thread.
#[derive(Debug)]
pub struct Outbox<E> {
    events: Sender<E>,
    bell: Arc<Bell>,
}

/// Wakes the loop up.
#[derive(Debug)]
struct Bell {
    /// It was rung and nobody has looked yet: once is enough, and the pipe never fills.
    rings: AtomicBool,
    pipe: PipeWriter,
}

impl<E> Clone for Outbox<E> {
    fn clone(&self) -> Self {
        Self { events: self.events.clone(), bell: Arc::clone(&self.bell) }
    }
}

impl<E> Outbox<E> {
    /// Hands something over; says whether anybody is left to take it.
    pub fn send(&self, event: E) -> bool {
        // First the event, then the bell: whoever hears it finds something.
        let taken = self.events.send(event).is_ok();
        if taken && !self.bell.rings.swap(true, Ordering::SeqCst) {
            drop((&self.bell.pipe).write(&[0]));
        }
        taken
    }
}

impl<E> Inbox<E> {
    /// Listens to standard input.
    pub fn new() -> io::Result<Self> {
        Self::on(io::stdin().as_fd().try_clone_to_owned()?)
    }

    /// Listens to another terminal.
    pub fn on(terminal: OwnedFd) -> io::Result<Self> {
        let (rung, pipe) = io::pipe()?;
        let (sender, events) = channel();
        let outbox = Outbox { events: sender, bell: Arc::new(Bell { rings: AtomicBool::new(false), pipe }) };
        let (parser, inputs) = (Parser::default(), VecDeque::new());
        let (terminal, paused, expires, keys_turn) = (Some(terminal), false, None, false);
        Ok(Self { terminal, paused, parser, expires, inputs, keys_turn, events, rung, outbox })
    }

    /// One more way to send to it.
    pub fn outbox(&self) -> Outbox<E> {
        self.outbox.clone()
    }

    /// Not a byte is taken from the terminal from now until [`Self::resume`].
    pub fn pause(&mut self) {
        self.paused = true;
        // Half a sequence from before has no other half after.
        (self.parser, self.expires) = (Parser::default(), None);
    }

    /// Reads again.
    pub fn resume(&mut self) {
        self.paused = false;
    }

    /// What has arrived and was not handed out yet, without waiting and without reading more. By turns: whoever asks the
    /// program to end does not stand in line behind a flood of keys, nor a key behind a flood of messages.
    pub fn arrived(&mut self) -> Option<Arrival<E>> {
        self.keys_turn = !self.keys_turn;
        let event = |inbox: &mut Self| inbox.events.try_recv().ok().map(Arrival::Event);
        let input = |inbox: &mut Self| inbox.inputs.pop_front().map(Arrival::Input);
        if self.keys_turn { input(self).or_else(|| event(self)) } else { event(self).or_else(|| input(self)) }
    }

    /// Waits for the next arrival, but no longer than this; `None` when nothing came.
    pub fn wait(&mut self, limit: Option<Duration>) -> Option<Arrival<E>> {
        if let Some(arrived) = self.arrived() {
            // Threads that send without end do not keep what is typed away.
            self.listen(Some(Duration::ZERO));
            return Some(arrived);
        }
        let until = limit.map(|limit| Instant::now() + limit);
        loop {
            let first = until.into_iter().chain(self.expires).min();
            self.listen(first.map(|first| first.saturating_duration_since(Instant::now())));
            let arrived = self.arrived();
            if arrived.is_some() || until.is_some_and(|until| until <= Instant::now()) {
                return arrived;
            }
        }
    }

    /// Sleeps until there is something to read or the bell rings, and reads it, or makes of half a sequence what it can.
    fn listen(&mut self, timeout: Option<Duration>) {
        let timeout = timeout.map(timespec);
        let bell = PollFd::new(&self.rung, PollFlags::IN);
        let heard = if let Some(terminal) = self.terminal.as_ref().filter(|_| !self.paused) {
            let mut both = [bell, PollFd::new(terminal, PollFlags::IN)];
            poll(&mut both, timeout.as_ref()).map(|_| both.map(|end| end.revents()))
        } else {
            let mut alone = [bell];
            poll(&mut alone, timeout.as_ref()).map(|_| [alone[0].revents(), PollFlags::empty()])
        };
        let [bell, terminal] = match heard {
            Ok(heard) => heard,
            Err(Errno::INTR) => return,
            Err(_) => return self.closed(),
        };
        if !bell.is_empty() {
            // Silent before the channel is looked at: what is sent after that rings again.
            drop(self.rung.read(&mut [0; 64]));
            self.outbox.bell.rings.store(false, Ordering::SeqCst);
        }
        // What was typed before a hang-up is still readable, so data comes first.
        if terminal.contains(PollFlags::IN) {
            self.read();
        } else if !terminal.is_empty() {
            self.closed();
        } else if self.expires.is_some_and(|at| at <= Instant::now()) {
            self.expires = None;
            self.parser.expire(&mut |input| self.inputs.push_back(input));
        }
    }

    fn read(&mut self) {
        let Some(terminal) = &self.terminal else { return };
        let mut bytes = [0; MOST];
        match rustix::io::read(terminal, &mut bytes) {
            Ok(0) => self.closed(),
            Ok(length) => {
                self.parser.advance(&bytes[..length], &mut |input| self.inputs.push_back(input));
                self.expires = self.parser.pending().map(|wait| Instant::now() + wait);
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.closed(),
        }
    }

    fn closed(&mut self) {
        (self.terminal, self.expires) = (None, None);
        self.parser.expire(&mut |input| self.inputs.push_back(input));
        self.inputs.push_back(Input::Closed);
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX), tv_nsec: duration.subsec_nanos().into() }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::app::key::{Code, Key};

    const LONG: Option<Duration> = Some(Duration::from_secs(10));
    const SHORT: Option<Duration> = Some(Duration::from_millis(2));

    fn start() -> (PipeWriter, Inbox<u8>) {
        let (read, write) = io::pipe().unwrap();
        (write, Inbox::on(read.into()).unwrap())
    }

    fn key(c: char) -> Arrival<u8> {
        Arrival::Input(Input::Key(Key::char(c)))
    }

    #[test]
    fn what_is_typed_arrives_and_the_end_is_told_once() {
        let (mut write, mut inbox) = start();
        write.write_all(b"x").unwrap();
        assert_eq!(inbox.wait(LONG), Some(key('x')));
        write.write_all(b"\x1b").unwrap();
        assert_eq!(inbox.wait(LONG), Some(Arrival::Input(Input::Key(Key::plain(Code::Esc)))));
        drop(write);
        assert_eq!(inbox.wait(LONG), Some(Arrival::Input(Input::Closed)));
        assert_eq!(inbox.wait(SHORT), None);
    }

    #[test]
    fn what_threads_send_wakes_it_up_however_much_there_is() {
        let (_write, mut inbox) = start();
        let outbox = inbox.outbox();
        let sending = thread::spawn(move || (0..10_000).all(|number| outbox.send(u8::try_from(number % 200).unwrap())));
        for number in 0..10_000 {
            assert_eq!(inbox.wait(LONG), Some(Arrival::Event(u8::try_from(number % 200).unwrap())));
        }
        assert!(sending.join().unwrap());
        assert_eq!(inbox.wait(SHORT), None);
        let outbox = inbox.outbox();
        drop(inbox);
        assert!(!outbox.send(1));
    }

    #[test]
    fn a_flood_of_keys_arrives_whole_in_portions_a_frame_can_follow() {
        let (mut write, mut inbox) = start();
        write.write_all(&[b'a'; 3 * MOST]).unwrap();
        for _ in 0..3 {
            assert_eq!(inbox.wait(LONG), Some(key('a')));
            for _ in 1..MOST {
                assert_eq!(inbox.arrived(), Some(key('a')));
            }
            assert_eq!(inbox.arrived(), None);
        }
    }

    #[test]
    fn an_event_does_not_make_half_a_sequence_wait_for_ever() {
        let (mut write, mut inbox) = start();
        write.write_all(b"\x1b").unwrap();
        let outbox = inbox.outbox();
        let mut events = 0;
        loop {
            outbox.send(1);
            match inbox.wait(LONG).unwrap() {
                Arrival::Event(_) => events += 1,
                Arrival::Input(input) => break assert_eq!(input, Input::Key(Key::plain(Code::Esc))),
            }
        }
        assert!(events > 0);
    }

    #[test]
    fn an_event_waits_for_one_key_at_most() {
        let (mut write, mut inbox) = start();
        write.write_all(b"abc").unwrap();
        assert_eq!(inbox.wait(LONG), Some(key('a')));
        inbox.outbox().send(1);
        assert!([inbox.arrived(), inbox.arrived()].contains(&Some(Arrival::Event(1))));
    }

    #[test]
    fn paused_it_leaves_the_bytes_to_others_and_hears_the_threads() {
        let (mut write, mut inbox) = start();
        let outbox = inbox.outbox();
        for _ in 0..50 {
            inbox.pause();
            write.write_all(b"q").unwrap();
            assert_eq!(inbox.wait(SHORT), None);
            outbox.send(7);
            assert_eq!(inbox.wait(LONG), Some(Arrival::Event(7)));
            inbox.resume();
            assert_eq!(inbox.wait(LONG), Some(key('q')));
        }
    }
}
