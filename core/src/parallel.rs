//! Work on several threads. State merges exactly and without order, and results keep their places, so the number of
//! threads never shows. One thread is the calling one: nothing is spawned, as in a browser nothing can be.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::audit::Intake;
use crate::error::{Error, Result};

/// Measures pieces of a table on up to `threads` threads; `empty` is an intake without rows.
///
/// `read` pushes the rows of one piece. If several pieces fail, the error is that of the first piece.
pub fn measure<P: Sync>(
    empty: &Intake,
    pieces: &[P],
    threads: usize,
    read: impl Fn(&P, &mut Intake) -> Result<()> + Sync,
) -> Result<Intake> {
    let threads = threads.clamp(1, pieces.len().max(1));
    // Every thread takes every n-th piece, so that pieces of growing cost spread evenly.
    let work = &|first: usize| -> std::result::Result<Intake, (usize, Error)> {
        let mut intake = empty.clone();
        for (place, piece) in pieces.iter().enumerate().skip(first).step_by(threads) {
            read(piece, &mut intake).map_err(|error| (place, error))?;
        }
        intake.settle();
        Ok(intake)
    };
    if threads == 1 {
        return work(0).map_err(|(_, error)| error);
    }
    let results: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || work(first))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut merged = empty.clone();
    let mut failure: Option<(usize, Error)> = None;
    for result in results {
        match result {
            Ok(intake) => merged.merge(intake),
            Err((place, error)) => {
                if failure.as_ref().is_none_or(|(first, _)| place < *first) {
                    failure = Some((place, error));
                }
            }
        }
    }
    failure.map_or(Ok(merged), |(_, error)| Err(error))
}

/// What `work` makes of every item, in the order of the items, on up to `threads` threads.
///
/// A free thread takes the next item, so items that cost much should come first.
pub(crate) fn map<I: Sync, R: Send>(items: &[I], threads: usize, work: impl Fn(&I) -> R + Sync) -> Vec<R> {
    let threads = threads.clamp(1, items.len().max(1));
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let next = &AtomicUsize::new(0);
    let take =
        || std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&place| place < items.len()));
    let share = &|| take().map(|place| (place, work(&items[place]))).collect::<Vec<_>>();
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mut results = share();
        for worker in workers {
            results.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        let squares: Vec<u64> = items.iter().map(|item| item * item).collect();
        for threads in [0, 1, 2, 7, 2000] {
            assert_eq!(map(&items, threads, |item| item * item), squares);
        }
        assert!(map(&[], 4, |item: &u64| *item).is_empty());
    }
}
