//! Signals where there are some.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
};

use rustix::process::{getpgid, getpgrp, getppid, getsid};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator,
    low_level::emulate_default_handler,
};

use crate::runtime::signals::Signal;

/// The thread signals arrive in; dropping it stops the listening (the signals stay without effect).
#[derive(Debug)]
pub struct Signals {
    handle: iterator::Handle,
    lent: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
}

/// A child has the terminal as long as this lives.
#[derive(Debug)]
#[must_use = "the terminal is taken back when this is dropped"]
pub struct Lent(Arc<AtomicUsize>);

impl Signals {
    /// Starts listening and hands everything to `deliver`, in the thread.
    pub fn spawn(mut deliver: impl FnMut(Signal) + Send + 'static) -> io::Result<Self> {
        let mut signals = iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let handle = signals.handle();
        let lent = Arc::new(AtomicUsize::new(0));
        let lending = Arc::clone(&lent);
        let thread = thread::Builder::new().name("signals".into()).spawn(move || {
            for number in &mut signals {
                let to_child = lending.load(Ordering::SeqCst) > 0;
                match number {
                    SIGINT | SIGCONT if to_child => {}
                    // The child has been stopped by the same key; the shell now waits for this process to follow.
                    SIGTSTP if to_child => drop(stop_self()),
                    SIGTSTP => deliver(Signal::Suspend),
                    SIGCONT => deliver(Signal::Continue),
                    SIGWINCH => deliver(Signal::Resize),
                    number => deliver(Signal::Terminate(number)),
                }
            }
        })?;
        Ok(Self { handle, lent, thread: Some(thread) })
    }

    /// From now on, until the result is dropped, ctrl-c and ctrl-z belong to a child.
    pub fn lend(&self) -> Lent {
        self.lent.fetch_add(1, Ordering::SeqCst);
        Lent(Arc::clone(&self.lent))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
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
    let Some(parent) = getppid() else { return false };
    let (Ok(their_session), Ok(session)) = (getsid(Some(parent)), getsid(None)) else { return false };
    let Ok(their_group) = getpgid(Some(parent)) else { return false };
    their_session == session && their_group != getpgrp()
}
