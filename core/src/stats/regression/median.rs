//! The median of weighted rows, and limits for it from order statistics.
//!
//! Limits: the number of rows below the true median is binomial with probability one half, whatever the distribution, so
//! two order statistics hold it (Thompson 1936, Annals of Mathematical Statistics 7, 122-128; David and Nagaraja 2003, "Order
//! Statistics", sec. 7.1). Exact, so never too short, for rows without ties or weights; weighted rows enter with Kish's
//! effective number, and the order statistics become values at those shares of the weight (Woodruff 1952, JASA 47, 635-646).

use super::super::beta;

/// A value and what the rows up to it, itself included, weigh together. Sequences of these ascend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// The value.
    pub value: f64,
    /// Weight of the rows with this value or a smaller one.
    pub up_to: f64,
}

/// The middle value; where exactly half of the weight lies on either side, the mean of the two next to it. `None` when
/// nothing weighs anything.
#[must_use]
pub fn median(values: &[Weighed]) -> Option<f64> {
    let half = 0.5 * values.last().filter(|last| last.up_to > 0.0)?.up_to;
    let place = values.partition_point(|one| one.up_to < half);
    let value = values[place].value;
    if values[place].up_to > half {
        return Some(value);
    }
    // Values of rows that weigh nothing are no neighbours.
    let next = values[place..].iter().find(|one| one.up_to > half)?;
    Some(0.5 * value + 0.5 * next.value)
}

/// Mean distance from `centre`.
#[must_use]
pub fn absolute_deviation(values: &[Weighed], centre: f64) -> Option<f64> {
    let all = values.last().filter(|last| last.up_to > 0.0)?.up_to;
    let mut before = 0.0;
    let mut sum = 0.0;
    for one in values {
        sum += (one.up_to - before) * (one.value - centre).abs();
        before = one.up_to;
    }
    Some(sum / all)
}

/// Limits of the median that are each exceeded with probability at most `tail`; above one half they change places. Infinite
/// where no order statistic is far enough out: for five rows at a tail of 0.025.
#[must_use]
pub fn median_limits(values: &[Weighed], n: f64, tail: f64) -> Option<(f64, f64)> {
    if tail > 0.5 {
        return median_limits(values, n, 1.0 - tail).map(|(lower, upper)| (upper, lower));
    }
    let all = values.last().filter(|last| last.up_to > 0.0)?.up_to;
    if !(n >= 1.0 && n.is_finite() && tail >= 0.0) {
        return None;
    }
    let Some(rank) = lowest_rank(n, tail) else { return Some((f64::NEG_INFINITY, f64::INFINITY)) };
    // The rank-th smallest row and the rank-th largest.
    let lower = values.partition_point(|one| one.up_to < rank / n * all * (1.0 - ROUNDING));
    let upper = values.partition_point(|one| one.up_to < (n - rank + 1.0) / n * all * (1.0 - ROUNDING));
    Some((values.get(lower)?.value, values.get(upper.min(values.len() - 1))?.value))
}

/// What shares of the weight may differ by without being different.
const ROUNDING: f64 = 1e-12;

/// The largest r with P(B <= r - 1) <= tail for B binomial with n trials and probability one half.
fn lowest_rank(n: f64, tail: f64) -> Option<f64> {
    // P(B <= k) = I_½(n - k, k + 1)
    let below = |rank: f64| beta::regularised(n - rank + 1.0, rank, 0.5, 0.5);
    if below(1.0) > tail {
        return None;
    }
    let (mut fits, mut exceeds) = (1.0, (0.5 * n).floor() + 1.0);
    while exceeds - fits > 1.0 {
        let middle = (0.5 * (fits + exceeds)).floor();
        if below(middle) <= tail {
            fits = middle;
        } else {
            exceeds = middle;
        }
    }
    Some(fits)
}
