//! The journal beside the event loop: handed over at once, written by one thread, confirmed by the disk behind another.
//!
//! Owns waiting: the loop waits for what it is about to show, a little; typing is written once a second; the disk is
//! asked to confirm without keeping the next step waiting. Refuses: what is written ([`Writer`]).

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::writer::{Unconfirmed, Writer};
use crate::{
    app::msg::{Journaling, Order},
    runtime::store,
};

/// How long a text may be typed before it is written again.
const DRAFT_EVERY: Duration = Duration::from_secs(1);

/// How long the disk is left alone after a write: the frame goes out first, and what is done within that time is
/// confirmed together.
const GATHER: Duration = Duration::from_millis(3);

/// Says how the journal is doing.
type Tell = Arc<dyn Fn(Journaling) + Send + Sync>;

/// The journal as the event loop sees it. Dropping it waits until everything is written.
pub struct Journaler {
    orders: Option<Sender<Order>>,
    progress: Arc<Progress>,
    thread: Option<JoinHandle<()>>,
}

impl Journaler {
    /// Starts the two threads.
    pub fn spawn(writer: Writer, tell: impl Fn(Journaling) + Send + Sync + 'static) -> io::Result<Self> {
        let (orders, inbox) = mpsc::channel();
        let (to_sync, unconfirmed) = mpsc::channel();
        let progress = Arc::new(Progress::default());
        let tell: Tell = Arc::new(tell);
        let sync = {
            let tell = Arc::clone(&tell);
            thread::Builder::new().name("journal-sync".into()).spawn(move || confirm(&unconfirmed, &tell))?
        };
        let work = Work { writer, to_sync, progress: Arc::clone(&progress), tell, drafted: None, failed: false };
        let thread = thread::Builder::new().name("journal".into()).spawn(move || {
            let ending = Ending(Arc::clone(&work.progress));
            work.run(&inbox);
            drop(ending);
            drop(sync.join());
        })?;
        Ok(Self { orders: Some(orders), progress, thread: Some(thread) })
    }

    /// Hands an order over.
    pub fn send(&mut self, order: Order) {
        if is_awaited(&order) {
            self.progress.lock().sent += 1;
        }
        if let Some(orders) = &self.orders {
            // A thread that panicked has said so; its end counts as everything done.
            drop(orders.send(order));
        }
    }

    /// Waits until every step handed over so far is dealt with, but no longer than this; says whether it is.
    ///
    /// Once it is not, it does not wait again until everything is: a slow disk does not slow every key.
    pub fn settled(&self, patience: Duration) -> bool {
        let mut state = self.progress.lock();
        if !state.behind {
            let waiting = |state: &mut State| state.done < state.sent;
            state = match self.progress.changed.wait_timeout_while(state, patience, waiting) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        state.behind = state.done < state.sent;
        !state.behind
    }
}

impl Drop for Journaler {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the panic hook already.
            drop(thread.join());
        }
    }
}

/// Whether a frame waits for it: only what it shows for the first time, not what is tidied up behind it.
fn is_awaited(order: &Order) -> bool {
    matches!(order, Order::Steps { .. })
}

/// How far the thread is.
#[derive(Debug, Default)]
struct Progress {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    sent: u64,
    done: u64,
    /// Somebody waited in vain and wants to hear when everything is done.
    behind: bool,
}

impl Progress {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets nobody wait for a thread that has ended.
struct Ending(Arc<Progress>);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.lock().done = u64::MAX;
        self.0.changed.notify_all();
    }
}

struct Work {
    writer: Writer,
    to_sync: Sender<Unconfirmed>,
    progress: Arc<Progress>,
    tell: Tell,
    /// When a draft was written last.
    drafted: Option<Instant>,
    failed: bool,
}

impl Work {
    fn run(mut self, inbox: &Receiver<Order>) {
        loop {
            let order = match self.until_draft() {
                // Nothing is typed: nothing to wake up for.
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => inbox.recv_timeout(wait),
            };
            match order {
                Ok(order) => {
                    let awaited = is_awaited(&order);
                    let result = self.writer.take(order);
                    match result {
                        // The frame that shows the step says so too.
                        Err(_) => (self.ended(result), self.done(awaited)),
                        // The frame goes out before the disk is asked to confirm.
                        Ok(_) => (self.done(awaited), self.ended(result)),
                    };
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.until_draft() == Some(Duration::ZERO) {
                self.write_draft();
            }
            self.writer.prepare();
        }
        self.write_draft();
    }

    /// How long what is being typed can wait; `None` when it is on disk.
    fn until_draft(&self) -> Option<Duration> {
        let waits = || self.drafted.map_or(Duration::ZERO, |at| DRAFT_EVERY.saturating_sub(at.elapsed()));
        self.writer.draft_waits().then(waits)
    }

    fn write_draft(&mut self) {
        self.drafted = Some(Instant::now());
        let result = self.writer.write_draft();
        self.ended(result);
    }

    fn ended(&mut self, result: io::Result<Option<Unconfirmed>>) {
        match result {
            Ok(None) => {}
            Ok(Some(unconfirmed)) => {
                if std::mem::take(&mut self.failed) {
                    (self.tell)(Journaling::Kept);
                }
                drop(self.to_sync.send(unconfirmed));
            }
            Err(error) => {
                if !std::mem::replace(&mut self.failed, true) {
                    (self.tell)(Journaling::Failed(self.writer.explain(&error)));
                }
            }
        }
    }

    fn done(&self, awaited: bool) {
        if !awaited {
            return;
        }
        let mut state = self.progress.lock();
        state.done += 1;
        self.progress.changed.notify_all();
        if state.done >= state.sent && std::mem::take(&mut state.behind) && !self.failed {
            drop(state);
            (self.tell)(Journaling::Kept);
        }
    }
}

/// Asks the disk to confirm what was written; several writes to one file are confirmed together.
fn confirm(unconfirmed: &Receiver<Unconfirmed>, tell: &Tell) {
    let mut failed = false;
    while let Ok(first) = unconfirmed.recv() {
        thread::sleep(GATHER);
        let mut folders: Option<PathBuf> = first.folder;
        let mut last = first.file;
        let mut result = Ok(());
        for next in unconfirmed.try_iter() {
            if next.folder.is_some() {
                // Another file than the one before.
                result = result.and(last.sync_data());
                folders = next.folder;
            }
            last = next.file;
        }
        result = result.and(last.sync_data());
        if let Some(folder) = folders {
            result = result.and(sync_folder(&folder));
        }
        match result {
            Ok(()) if failed => tell(Journaling::Kept),
            Err(ref error) if !failed => {
                let reason = store::reason(error);
                tell(Journaling::Failed(format!("The disk does not confirm the recovery journal: {reason}.")));
            }
            _ => {}
        }
        failed = result.is_err();
    }
}

fn sync_folder(folder: &std::path::Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
