//! Measuring on several threads. State merges exactly and without order, so the number of threads never shows.

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
