//! Signals where there are some.

use std::{
    io,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use nix::unistd::{getpgid, getpgrp, getppid, getsid};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ},
    flag, iterator,
    low_level::{emulate_default_handler, raise},
};

use crate::runtime::signals::Signal;

/// The thread signals arrive in; dropping it stops the listening (the signals stay without effect).
#[derive(Debug)]
pub struct Signals {
    handle: iterator::Handle,
    lending: Arc<Lending>,
    thread: Option<JoinHandle<()>>,
}

/// A child has the terminal as long as this lives.
#[derive(Debug)]
#[must_use = "the terminal is taken back when this is dropped"]
pub struct Lent(Arc<Lending>);

/// Shared between the thread and whoever lends.
#[derive(Debug, Default)]
struct Lending {
    children: AtomicUsize,
    /// How many SIGWINCH the thread has passed.
    passed: Mutex<u64>,
    changed: Condvar,
}

impl Signals {
    /// Starts listening and hands everything to `deliver`, in the thread.
    pub fn spawn(mut deliver: impl FnMut(Signal) + Send + 'static) -> io::Result<Self> {
        let mut signals = iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let handle = signals.handle();
        let lending = Arc::new(Lending::default());
        let shared = Arc::clone(&lending);
        let thread = thread::Builder::new().name("signals".into()).spawn(move || {
            for number in &mut signals {
                let to_child = shared.children.load(Ordering::SeqCst) > 0;
                match number {
                    SIGINT | SIGQUIT | SIGCONT if to_child => {}
                    // The child has been stopped by the same key; the shell now waits for this process to follow.
                    SIGTSTP if to_child => drop(stop_self()),
                    SIGTSTP => deliver(Signal::Suspend),
                    SIGCONT => deliver(Signal::Continue),
                    SIGWINCH => {
                        *shared.lock() += 1;
                        shared.changed.notify_all();
                        deliver(Signal::Resize);
                    }
                    number => deliver(Signal::Terminate(number)),
                }
            }
        })?;
        Ok(Self { handle, lending, thread: Some(thread) })
    }

    /// From now on, until the result is dropped, ctrl-c and ctrl-z belong to a child.
    pub fn lend(&self) -> Lent {
        self.lending.children.fetch_add(1, Ordering::SeqCst);
        Lent(Arc::clone(&self.lending))
    }
}

impl Lending {
    fn lock(&self) -> MutexGuard<'_, u64> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the thread has looked at every signal that has arrived so far.
    ///
    /// It looks at pending signals in rounds, by ascending number, so a SIGWINCH sent now is passed after a SIGINT from
    /// before. Twice, because the first may be a SIGWINCH of a round that was under way. The limit is for a thread that
    /// has ended.
    fn settle(&self) {
        for _ in 0..2 {
            let passed = self.lock();
            let before = *passed;
            if raise(SIGWINCH).is_err() {
                return;
            }
            drop(self.changed.wait_timeout_while(passed, Duration::from_millis(500), |now| *now == before));
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // The ctrl-c that ended the child may still wait for its turn, and must not be taken for ours then.
        self.0.settle();
        self.0.children.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the panic hook already.
            drop(thread.join());
        }
    }
}

/// Makes a file that grows beyond the limit set for this program an error that can be told, instead of its end.
pub fn survive_file_limit() -> io::Result<()> {
    // Nobody asks whether it arrived; that it is caught is all.
    flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// Stops this process as ctrl-z would, and returns once it goes on; the terminal must have been given back before.
///
/// Refuses when no shell is there to continue it (started as a terminal window's only program, say): the window would
/// be frozen for good. The kernel refuses SIGTSTP there for the same reason, but not the SIGSTOP sent here.
pub fn stop_self() -> io::Result<()> {
    if has_shell() {
        emulate_default_handler(SIGTSTP)
    } else {
        Err(io::Error::new(io::ErrorKind::Unsupported, "there is no shell here that could continue the program"))
    }
}

/// Whether the parent is in the same session but another process group, as a shell with job control is.
fn has_shell() -> bool {
    // `nix` and not `rustix` here: in a container these numbers may be 0, which rustix takes for impossible.
    let parent = getppid();
    if parent.as_raw() == 0 {
        return false;
    }
    let (Ok(their_session), Ok(session)) = (getsid(Some(parent)), getsid(None)) else { return false };
    let Ok(their_group) = getpgid(Some(parent)) else { return false };
    their_session == session && their_group != getpgrp()
}
