//! Mean score, and the observed share of positives relative to it.
//!
//! The mean score Σ w s / Σ w is the share of positives the scores promise. Its variance is that of a ratio,
//! linearised: Σ w² (s - mean)² / (Σ w)², times n / (n - 1) with Kish's effective n (Särndal, Swensson and Wretman
//! 1992, "Model Assisted Survey Sampling", sec. 5.7), so that equal weights give s² / n.
//!
//! O/E = weighted positives / weighted sum of scores: below 1 the scores are too high on the whole, above 1 too low.
//! Its limits are Wilson's for the observed share (Kish-effective n), divided by the mean score, which is taken as
//! given: scores are inputs, outcomes are what varies.

use crate::stats::exact_sum::ExactSum;
use crate::stats::scored::class_masses;
use crate::stats::{Mass, Scored, normal, wilson};

/// A weighted mean of scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanScore {
    /// The mean.
    pub mean: f64,
    /// Its sampling variance; `None` when no more than one row counts.
    pub variance: Option<f64>,
}

/// Weighted mean of the scores. `None` without weight.
#[must_use]
pub fn mean_score(groups: impl Iterator<Item = Scored> + Clone) -> Option<MeanScore> {
    let (_, mass, mean) = totals(groups.clone())?;
    let variance = mass.deviation_correction().map(|correction| {
        let sum: f64 = groups.map(|group| group.mass().squared * ((group.score - mean) * (group.score - mean))).sum();
        correction * sum / (mass.weight * mass.weight)
    });
    Some(MeanScore { mean, variance })
}

/// Observed positives relative to those expected from the scores. `None` without weight or when all scores are 0.
#[must_use]
pub fn observed_expected_ratio(groups: impl Iterator<Item = Scored> + Clone) -> Option<f64> {
    let (positives, mass, mean) = totals(groups)?;
    (mean > 0.0).then(|| positives.weight / mass.weight / mean)
}

/// Limits of the ratio, each exceeded with probability `tail`; above one half they change places.
///
/// `None` as the ratio, and for a tail outside (0, 1).
#[must_use]
pub fn observed_expected_limits(groups: impl Iterator<Item = Scored> + Clone, tail: f64) -> Option<(f64, f64)> {
    let (positives, mass, mean) = totals(groups)?;
    if !(mean > 0.0 && tail > 0.0 && tail < 1.0) {
        return None;
    }
    let n = mass.effective();
    let (lower, upper) = wilson::limits(n * (positives.weight / mass.weight), n, -normal::quantile(tail))?;
    Some((lower / mean, upper / mean))
}

/// Positives, all rows and the mean score.
fn totals(groups: impl Iterator<Item = Scored> + Clone) -> Option<(Mass, Mass, f64)> {
    let (positives, negatives) = class_masses(groups.clone());
    let mass = positives + negatives;
    if mass.weight <= 0.0 {
        return None;
    }
    let mut scores = ExactSum::new();
    for group in groups {
        scores.add_product(group.mass().weight, group.score);
    }
    Some((positives, mass, scores.value() / mass.weight))
}
