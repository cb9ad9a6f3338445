//! Binned calibration errors: how far observed shares lie from mean scores.
//!
//! With o the observed share of positives, c the mean score and s the share of all weight of each bin: expected
//! calibration error Σ s |o - c|, maximum calibration error max |o - c| (Naeini, Cooper and Hauskrecht 2015, "Obtaining
//! well calibrated probabilities using Bayesian binning", AAAI-15, 2901-2907), root mean square √(Σ s (o - c)²).
//!
//! These measures are never 0 in a sample: an absolute value keeps the noise of every bin, so the expected calibration
//! error of a perfectly calibrated model is positive, about Σ s √(2 c (1 - c) / (π n)) for bins of n rows, and grows as
//! 1/√n when rows become few or bins many. [`expected_under_calibration`] gives that amount, so that noise can be told
//! from error. Nor are they measures of the scores alone: they depend on the binning, and deviations of opposite sign
//! within a bin cancel.
//!
//! Limits: every bin's share gets a Wilson interval for its Kish-effective number of rows at tail / bins (Bonferroni;
//! Wilson 1927), with mean scores and weight shares taken as given. Where all those intervals hold at once, which fails
//! with probability 2 tail at most, |o - c| of each bin lies between its smallest and largest value over the bin's
//! interval, the weighted sum of these bounds the expected error and their maximum the maximum error. Conservative on
//! purpose and of positive width always; the lower limit is 0 unless some bin is off by itself.
//!
//! All are `None` without bins. Above a tail of one half the limits of a single bin change places.

use core::f64::consts::PI;

use super::Bin;
use crate::stats::{normal, wilson};

/// Expected calibration error: weighted mean of |observed share - mean score| over bins.
#[must_use]
pub fn expected(bins: &[Bin]) -> Option<f64> {
    mean(bins, |bin| bin.gap().abs())
}

/// Maximum calibration error: largest |observed share - mean score| of any bin, however few rows it has.
#[must_use]
pub fn maximum(bins: &[Bin]) -> Option<f64> {
    bins.iter().map(|bin| bin.gap().abs()).reduce(f64::max)
}

/// Root mean square calibration error: square root of the weighted mean of (observed share - mean score)² over bins.
#[must_use]
pub fn expected_squared(bins: &[Bin]) -> Option<f64> {
    mean(bins, |bin| bin.gap() * bin.gap()).map(f64::sqrt)
}

/// About what [`expected`] would be on average if the scores were the true probabilities.
///
/// The mean of |x| for a normal x with the variance c (1 - c) / n of each bin, summed. Good where bins expect at least
/// a handful of each class, and slightly too large where scores vary much within a bin.
#[must_use]
pub fn expected_under_calibration(bins: &[Bin]) -> Option<f64> {
    mean(bins, |bin| (2.0 * bin.score * (1.0 - bin.score) / (PI * bin.mass().effective())).sqrt())
}

/// Limits of the expected calibration error that together fail with probability 2 `tail` at most.
#[must_use]
pub fn expected_limits(bins: &[Bin], tail: f64) -> Option<(f64, f64)> {
    let z = critical_value(bins, tail)?;
    let gaps = gap_limits(bins, z)?;
    let total = total(bins)?;
    let (lower, upper) = bins.iter().zip(gaps).fold((0.0, 0.0), |(lower, upper), (bin, (small, large))| {
        let share = bin.mass().weight / total;
        (lower + share * small, upper + share * large)
    });
    Some(ordered(lower, upper, z))
}

/// Limits of the maximum calibration error that together fail with probability 2 `tail` at most.
#[must_use]
pub fn maximum_limits(bins: &[Bin], tail: f64) -> Option<(f64, f64)> {
    let z = critical_value(bins, tail)?;
    let (lower, upper) =
        gap_limits(bins, z)?.into_iter().reduce(|(a, b), (small, large)| (a.max(small), b.max(large)))?;
    Some(ordered(lower, upper, z))
}

fn total(bins: &[Bin]) -> Option<f64> {
    let total: f64 = bins.iter().map(|bin| bin.mass().weight).sum();
    (total > 0.0).then_some(total)
}

/// Mean over bins by weight.
fn mean(bins: &[Bin], value: impl Fn(&Bin) -> f64) -> Option<f64> {
    let total = total(bins)?;
    Some(bins.iter().map(|bin| bin.mass().weight * value(bin)).sum::<f64>() / total)
}

fn critical_value(bins: &[Bin], tail: f64) -> Option<f64> {
    (tail > 0.0 && tail < 1.0 && !bins.is_empty()).then(|| -normal::quantile(tail / bins.len() as f64))
}

/// Smallest and largest |o - c| of each bin over the interval of its share.
fn gap_limits(bins: &[Bin], z: f64) -> Option<Vec<(f64, f64)>> {
    let of_bin = |bin: &Bin| {
        let n = bin.mass().effective();
        let (lower, upper) = wilson::limits(n * bin.observed(), n, z.abs())?;
        let (below, above) = (bin.score - lower, upper - bin.score);
        // Outside the interval one of the two is negative, and the distance to the nearer end is its opposite.
        let small = (-below).max(-above).max(0.0);
        Some((small, below.abs().max(above.abs())))
    };
    bins.iter().map(of_bin).collect()
}

fn ordered(lower: f64, upper: f64, z: f64) -> (f64, f64) {
    if z < 0.0 { (upper, lower) } else { (lower, upper) }
}
