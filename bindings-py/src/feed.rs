//! Feeds pieces of a table to threads that measure them, while the calling thread stays open to Ctrl-C.
//!
//! The calling thread runs without the interpreter lock. Between pieces, and at least every [`TICK`] while it
//! waits, it lets Python handle signals and report progress; an exception from either stops everything.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use modelassay::audit::Intake;
use modelassay::error::{Code, Error, Problem, Result};
use modelassay::table::{Batch, Sink};
use pyo3::prelude::*;

/// Longest time without looking for signals.
const TICK: Duration = Duration::from_millis(50);
/// Shortest time between two reports of progress.
const REPORT: Duration = Duration::from_millis(100);
/// Pieces that wait for each thread.
const WAITING: usize = 2;

/// What ends a run early: bad input, or an exception of Python's (Ctrl-C, a callback).
pub(crate) enum Stop {
    /// Bad input.
    Input(Error),
    /// An exception.
    Python(PyErr),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl From<PyErr> for Stop {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

/// Watches for signals and reports progress; for the calling thread.
pub(crate) struct Watch {
    callback: Option<Py<PyAny>>,
    total: Option<u64>,
    unit: &'static str,
    done: AtomicU64,
    stopped: AtomicBool,
    looked: Mutex<(Instant, Instant)>,
}

impl Watch {
    /// `callback(done, total, unit)` hears of the progress.
    #[expect(clippy::disallowed_methods, reason = "how often Python is asked has no part in any result")]
    pub(crate) fn new(callback: Option<Py<PyAny>>, total: Option<u64>, unit: &'static str) -> Self {
        let now = Instant::now();
        Self {
            callback,
            total,
            unit,
            done: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            looked: Mutex::new((now, now)),
        }
    }

    /// Counts what is done; any thread may.
    pub(crate) fn add(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
    }

    /// Lets Python handle signals, and hear of the progress, when it is time.
    #[expect(clippy::disallowed_methods, reason = "how often Python is asked has no part in any result")]
    pub(crate) fn tick(&self) -> PyResult<()> {
        let now = Instant::now();
        let report = {
            let mut looked = locked(&self.looked);
            if now.duration_since(looked.0) < TICK {
                return Ok(());
            }
            looked.0 = now;
            let report = self.callback.is_some() && now.duration_since(looked.1) >= REPORT;
            if report {
                looked.1 = now;
            }
            report
        };
        let answer = Python::attach(|py| {
            py.check_signals()?;
            if report { self.report(py) } else { Ok(()) }
        });
        if answer.is_err() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        answer
    }

    /// Whether the calling thread was told to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Reports the progress at the end of a table.
    pub(crate) fn finish(&self) -> PyResult<()> {
        Python::attach(|py| self.report(py))
    }

    fn report(&self, py: Python<'_>) -> PyResult<()> {
        match &self.callback {
            Some(callback) => {
                callback.call1(py, (self.done.load(Ordering::Relaxed), self.total, self.unit)).map(|_| ())
            }
            None => Ok(()),
        }
    }
}

/// What a thread says that was told to stop; users see the exception behind it.
pub(crate) fn stopped() -> Error {
    Problem::new(Code::Interrupted, "the run was stopped").into()
}

/// What a thread works with; `settle` is its last work when no more pieces come.
pub(crate) trait Worker: Send {
    fn settle(&mut self) {}
}

/// An intake that gives up when the calling thread was told to stop.
pub(crate) struct Watched<'w> {
    pub(crate) intake: Intake,
    watch: &'w Watch,
    counts_rows: bool,
}

impl<'w> Watched<'w> {
    /// An intake like `empty`; `counts_rows` where rows are what the progress counts.
    pub(crate) fn new(empty: &Intake, watch: &'w Watch, counts_rows: bool) -> Self {
        Self { intake: empty.clone(), watch, counts_rows }
    }
}

impl Worker for Watched<'_> {
    fn settle(&mut self) {
        self.intake.settle();
    }
}

impl Sink for Watched<'_> {
    fn batch(&mut self, batch: &Batch<'_>, first_row: u64) -> Result<()> {
        if self.watch.is_stopped() {
            return Err(stopped());
        }
        self.intake.batch(batch, first_row)?;
        if self.counts_rows {
            self.watch.add(batch.rows as u64);
        }
        Ok(())
    }
}

/// A bounded queue that tells everyone when it is over.
struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    capacity: usize,
}

struct State<T> {
    items: VecDeque<T>,
    open: bool,
    /// Threads that still measure.
    working: usize,
}

impl<T> Queue<T> {
    fn new(threads: usize) -> Self {
        let state = State { items: VecDeque::new(), open: true, working: threads };
        Self { state: Mutex::new(state), changed: Condvar::new(), capacity: threads * WAITING }
    }

    /// Adds an item, waiting for room; false when nothing more is wanted.
    fn push(&self, item: T, watch: &Watch) -> PyResult<bool> {
        loop {
            watch.tick()?;
            let state = locked(&self.state);
            if !state.open {
                return Ok(false);
            }
            if state.items.len() < self.capacity {
                break;
            }
            drop(self.changed.wait_timeout(state, TICK));
        }
        locked(&self.state).items.push_back(item);
        self.changed.notify_all();
        Ok(true)
    }

    /// The next item; none when the queue is over.
    fn pop(&self) -> Option<T> {
        let mut state = locked(&self.state);
        loop {
            if let Some(item) = state.items.pop_front() {
                self.changed.notify_all();
                return Some(item);
            }
            if !state.open {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes no more items; those that wait are still served unless they are dropped.
    fn close(&self, drop_waiting: bool) {
        let mut state = locked(&self.state);
        state.open = false;
        let dropped = if drop_waiting { std::mem::take(&mut state.items) } else { VecDeque::new() };
        drop(state);
        drop(dropped);
        self.changed.notify_all();
    }

    /// Waits until no thread works any more.
    fn wait(&self, watch: &Watch) -> PyResult<()> {
        loop {
            watch.tick()?;
            let state = locked(&self.state);
            if state.working == 0 {
                return Ok(());
            }
            drop(self.changed.wait_timeout(state, TICK));
        }
    }
}

/// Says that a thread has ended, also when it panics: then no one must wait for it.
struct Working<'q, T>(&'q Queue<T>);

impl<T> Drop for Working<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close(true);
        }
        locked(&self.0.state).working -= 1;
        self.0.changed.notify_all();
    }
}

/// Ends the queue also when the feeding panics: else the threads would wait for ever.
struct Feeding<'q, T>(&'q Queue<T>);

impl<T> Drop for Feeding<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close(true);
        }
    }
}

/// Hands out pieces and returns the workers with what they measured.
///
/// Called without the interpreter lock. `feed` runs on the calling thread and hands over one piece at a time until
/// told that no more are wanted. Of several errors the one of the earliest piece is returned, so that the number of
/// threads never changes what a user reads.
pub(crate) fn feed<T: Send, W: Worker>(
    watch: &Watch,
    workers: Vec<W>,
    work: impl Fn(&mut W, T) -> Result<()> + Sync,
    feed: impl FnOnce(&mut dyn FnMut(T) -> PyResult<bool>) -> std::result::Result<(), Stop>,
) -> std::result::Result<Vec<W>, Stop> {
    let queue = Queue::new(workers.len());
    let first_error: Mutex<Option<(u64, Error)>> = Mutex::new(None);
    let measure = |mut worker: W| {
        let working = Working(&queue);
        while let Some((index, piece)) = queue.pop() {
            if let Err(error) = work(&mut worker, piece) {
                let mut first = locked(&first_error);
                if first.as_ref().is_none_or(|(earliest, _)| index < *earliest) {
                    *first = Some((index, error));
                }
                drop(first);
                queue.close(true);
                break;
            }
        }
        worker.settle();
        drop(working);
        worker
    };
    thread::scope(|scope| {
        let measure = &measure;
        let threads: Vec<_> = workers.into_iter().map(|worker| scope.spawn(move || measure(worker))).collect();
        let mut index = 0;
        let _feeding = Feeding(&queue);
        let fed = feed(&mut |piece| {
            index += 1;
            queue.push((index, piece), watch)
        });
        queue.close(fed.is_err());
        let waited = queue.wait(watch);
        if waited.is_err() {
            queue.close(true);
        }
        let mut measured = Vec::with_capacity(threads.len());
        for thread in threads {
            match thread.join() {
                Ok(worker) => measured.push(worker),
                Err(panic) => resume_unwind(panic),
            }
        }
        waited?;
        match (fed, locked(&first_error).take()) {
            (Err(Stop::Python(exception)), _) => Err(Stop::Python(exception)),
            (_, Some((_, error))) => Err(Stop::Input(error)),
            (Err(stop), None) => Err(stop),
            (Ok(()), None) => Ok(measured),
        }
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
