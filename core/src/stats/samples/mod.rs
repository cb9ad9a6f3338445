//! Two samples of scores compared: means in units of spread, and distances of the distributions.
//!
//! A sample is its distinct scores in ascending order, each with the rows that have it; scores are finite. Weighted rows
//! enter with their weights, and errors with sums of squared weights, as in the rest of the crate.

mod median;
mod moments;
mod standardised;
mod wasserstein;
mod whole;

pub use median::median;
pub use standardised::{Standardised, pooled_standardised, population_standardised};
pub use wasserstein::wasserstein;
pub use whole::{Distance, PartRows, from_whole};

use super::{Mass, Scored};

/// All rows that share one score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// The score they share.
    pub score: f64,
    /// The rows.
    pub mass: Mass,
}

/// Two samples as one sequence of scores: the first as positives, the second as negatives, so that what compares the
/// scores of two classes compares those of two groups.
#[must_use]
pub fn side_by_side(first: &[Atom], second: &[Atom]) -> Vec<Scored> {
    let (mut a, mut b) = (first.iter().peekable(), second.iter().peekable());
    let mut both = Vec::with_capacity(first.len().max(second.len()));
    loop {
        let score = match (a.peek(), b.peek()) {
            (Some(one), Some(other)) => one.score.min(other.score),
            (Some(one), None) | (None, Some(one)) => one.score,
            (None, None) => return both,
        };
        let positives = a.next_if(|atom| atom.score == score).map_or(Mass::default(), |atom| atom.mass);
        let negatives = b.next_if(|atom| atom.score == score).map_or(Mass::default(), |atom| atom.mass);
        both.push(Scored { score, positives, negatives });
    }
}

/// Several samples taken together.
#[must_use]
pub fn together<'a>(samples: impl Iterator<Item = &'a [Atom]>) -> Vec<Atom> {
    let mut all: Vec<Atom> = samples.flatten().copied().collect();
    all.sort_by(|a, b| a.score.total_cmp(&b.score));
    all.dedup_by(|next, kept| {
        let same = next.score == kept.score;
        if same {
            kept.mass += next.mass;
        }
        same
    });
    all
}

/// The rows of a sample.
#[must_use]
pub fn mass(sample: impl Iterator<Item = Atom>) -> Mass {
    sample.fold(Mass::default(), |sum, atom| sum + atom.mass)
}
