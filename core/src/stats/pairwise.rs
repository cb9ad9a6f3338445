//! Intervals for max - min and min / max over K groups.
//!
//! The estimate picks the extreme pair, so the interval of that pair alone is far too sure of itself: with ten equal
//! groups it excludes "no difference" in more than half of all samples. All K(K-1)/2 pairs are therefore bounded at
//! once, each at tail / (K(K-1)/2) (Bonferroni). When every pair's interval holds, so do
//! max - min ∈ [max(0, largest lower limit), largest upper limit] and
//! min / max ∈ [smallest lower limit, min(1, smallest upper limit)] over ordered pairs.
//!
//! The two limits together fail with at most the stated probability. The lower one alone can take all of it when all rates
//! are equal, because either member of a pair may come out on top: against a threshold of exactly "no difference" the
//! one-sided p-value is half of what it should be; against a tolerated gap of ordinary size only one direction counts.
//!
//! Pairs use Newcombe's difference and Koopman's ratio. Undefined (`None`) for fewer than two groups or when any group
//! has no rate (n <= 0, x outside [0, n], NaN): the caller leaves such groups out and says so.

use super::koopman::Pair;
use super::newcombe::Rate;
use super::uncertainty::Side;
use super::{normal, wilson};

type Group = (f64, f64);

fn pairs(groups: &[Group]) -> Option<f64> {
    let k = groups.len() as f64;
    (groups.len() >= 2).then_some(k * (k - 1.0) / 2.0)
}

/// Critical value of each pair when the whole has the given tail probability.
fn adjusted_z(tail: f64, pairs: f64) -> f64 {
    -normal::quantile(tail / pairs)
}

/// Limits of max - min, each of them exceeded with probability at most `tail`.
pub(super) fn max_difference(groups: &[Group], tail: f64) -> Option<(f64, f64)> {
    let z = adjusted_z(tail, pairs(groups)?);
    let rates = groups.iter().map(|&(x, n)| Rate::new(x, n, z)).collect::<Option<Vec<_>>>()?;
    let (mut lower, mut upper) = (0.0_f64, 0.0_f64);
    for (i, &a) in rates.iter().enumerate() {
        for (j, &b) in rates.iter().enumerate() {
            if i != j {
                let limit = a.lower_difference(b);
                lower = lower.max(limit);
                // Minus the lower limit of a - b is the upper limit of b - a.
                upper = upper.max(-limit);
            }
        }
    }
    // Only two groups at a tail above one half have a negative z; their limits change places.
    Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
}

/// Every ordered pair of groups; `None` for fewer than two and where a group has no rate.
fn ordered_pairs(groups: &[Group]) -> Option<impl Iterator<Item = Pair> + '_> {
    pairs(groups)?;
    if !groups.iter().all(|&(x, n)| wilson::valid(x, n)) {
        return None;
    }
    let others = |i: usize| groups.iter().enumerate().filter(move |(j, _)| *j != i);
    Some(groups.iter().enumerate().flat_map(move |(i, &a)| others(i).filter_map(move |(_, &b)| Pair::new(a, b))))
}

/// Limits of min / max, each of them exceeded with probability at most `tail`.
///
/// A pair is solved only when its score statistic shows that it moves the bound, and that is worked out only when bounds
/// of its variance leave it open: with many groups nearly all pairs cost a few multiplications.
pub(super) fn min_ratio(groups: &[Group], tail: f64) -> Option<(f64, f64)> {
    let z = adjusted_z(tail, pairs(groups)?);
    let smallest = |z: f64| {
        let mut best = 1.0;
        for pair in ordered_pairs(groups)? {
            let limit_is_smaller = if best == 0.0 {
                false
            } else if pair.is_empty() {
                z >= 0.0
            } else {
                pair.score_may_be_below(best, z) && pair.score(best) < z
            };
            if limit_is_smaller {
                best = best.min(pair.lower(z)?);
            }
        }
        Some(best)
    };
    Some((smallest(z)?, smallest(-z)?))
}

/// One-sided p of min / max against `threshold`, the exact inversion of [`min_ratio`].
pub(super) fn min_ratio_p_value(groups: &[Group], threshold: f64, side: Side) -> Option<f64> {
    let count = pairs(groups)?;
    if threshold.is_nan() {
        return None;
    }
    let all = ordered_pairs(groups)?;
    if threshold > 1.0 {
        return Some(if side == Side::Below { 0.0 } else { 1.0 });
    }
    let mut each = all.map(|pair| pair.p_value(threshold, side));
    let p = match side {
        // One pair below suffices.
        Side::Below => each.try_fold(1.0, |least: f64, p| Some(least.min(p?)))?,
        // Every pair must be above.
        Side::Above => each.try_fold(0.0, |most: f64, p| Some(most.max(p?)))?,
    };
    Some((p * count).min(1.0))
}
