//! Interval for the odds x / (n - x) of one rate: Wilson's limits (1927) of x / n, mapped by p / (1 - p).
//!
//! The upper limit is infinite when every trial is a success. Undefined (`None`) as Wilson's interval.

use super::uncertainty::Side;
use super::wilson;

/// Limits at critical value `z`; a negative `z` swaps them.
pub(super) fn limits(x: f64, n: f64, z: f64) -> Option<(f64, f64)> {
    let (lower, upper) = wilson::limits(x, n, z)?;
    let odds = |rate: f64| rate / (1.0 - rate);
    Some((odds(lower), odds(upper)))
}

/// One-sided p against `threshold`, the exact inversion of [`limits`].
pub(super) fn p_value(x: f64, n: f64, threshold: f64, side: Side) -> Option<f64> {
    // Odds below 0 are as impossible as a rate below 0.
    let rate = if threshold < 0.0 { -1.0 } else { threshold / (1.0 + threshold) };
    wilson::p_value(x, n, rate, side)
}
