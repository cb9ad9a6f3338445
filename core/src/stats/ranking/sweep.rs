//! What every threshold would select, from scores counted and weighed.
//!
//! Scores ascend, each once, and never NaN. A threshold selects the rows at or above it, so rows that share a score are
//! selected together or not at all.

use crate::stats::Mass;

/// Thresholds worth trying, at most `most` of them, ascending: scores at which the share of selected rows passes equal
/// steps from none to all. Counts rows whatever they weigh, in integers, so the choice is the same everywhere. With no
/// more distinct scores than `most` steps apart, every score is one; empty without rows.
#[must_use]
pub fn thresholds(scores: impl DoubleEndedIterator<Item = (f64, Mass)> + Clone, most: usize) -> Vec<f64> {
    let occurring = || scores.clone().filter(|(_, rows)| rows.rows > 0);
    if occurring().nth(most).is_none() {
        return occurring().map(|(score, _)| score).collect();
    }
    let parts = most.max(2) as u128 - 1;
    let total: u128 = occurring().map(|(_, rows)| u128::from(rows.rows)).sum();
    let (mut selected, mut needed) = (0, 0);
    let mut kept = Vec::with_capacity(most);
    for (score, rows) in occurring().rev() {
        selected += u128::from(rows.rows);
        if selected >= needed {
            kept.push(score);
            let next = selected * parts / total + 1;
            needed = (next * total).div_ceil(parts);
        }
    }
    kept.reverse();
    kept
}

/// What lies at or above each threshold; thresholds ascend.
#[must_use]
pub fn at_or_above(scores: impl DoubleEndedIterator<Item = (f64, Mass)>, thresholds: &[f64]) -> Vec<Mass> {
    let mut left = scores.rev().peekable();
    let mut above = Mass::default();
    let mut masses: Vec<Mass> = thresholds
        .iter()
        .rev()
        .map(|threshold| {
            while let Some((_, rows)) = left.next_if(|(score, _)| score >= threshold) {
                above += rows;
            }
            above
        })
        .collect();
    masses.reverse();
    masses
}
