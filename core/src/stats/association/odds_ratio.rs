//! The sample odds ratio ad / (bc) of a two-by-two table and its limits.
//!
//! Woolf 1955, "On estimating the relation between blood group and disease", Annals of Human Genetics 19, 251-253: the
//! logarithm has the variance 1/a + 1/b + 1/c + 1/d. When a cell is 0, ½ is added to all four first, for the limits only
//! (Haldane 1956, "The estimation and significance of the logarithm of a ratio of frequencies", Annals of Human Genetics
//! 20, 309-311; Anscombe 1956, "On estimating binomial response relations", Biometrika 43, 461-464).
//!
//! Edges: with a or d 0 the ratio is 0 and so is its lower limit, with b or c 0 it is ∞ and so is its upper limit.
//! Undefined (`None`) when a margin is 0 (0/0).

use libm::{exp, log};

use super::super::uncertainty::Side;
use super::TwoByTwo;

/// Odds of selection in the first group as a multiple of the odds in the second.
#[must_use]
pub fn odds_ratio(table: TwoByTwo) -> Option<f64> {
    let TwoByTwo { a, b, c, d } = table;
    let ratio = super::product(a, d) as f64 / super::product(b, c) as f64;
    (!ratio.is_nan() && !table.margins()?.is_degenerate()).then_some(ratio)
}

/// Logarithm of the ratio and its standard error.
fn log_estimate(TwoByTwo { a, b, c, d }: TwoByTwo) -> (f64, f64) {
    let shift = if a == 0 || b == 0 || c == 0 || d == 0 { 0.5 } else { 0.0 };
    let [a, b, c, d] = [a, b, c, d].map(|count| count as f64 + shift);
    (log(a / b) - log(c / d), (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt())
}

/// Limits at critical value `z`; a negative `z` gives the bounds of a tail above one half.
#[must_use]
pub fn odds_ratio_limits(table: TwoByTwo, z: f64) -> Option<(f64, f64)> {
    let ratio = odds_ratio(table)?;
    if z.is_nan() {
        return None;
    }
    let (centre, error) = log_estimate(table);
    // The shifted estimate would leave the ratio itself outside.
    let lower = if ratio == 0.0 && z >= 0.0 { 0.0 } else { exp(centre - z * error) };
    let upper = if ratio == f64::INFINITY && z >= 0.0 { f64::INFINITY } else { exp(centre + z * error) };
    Some((lower, upper))
}

/// One-sided p against the ratio `threshold`, the exact inversion of [`odds_ratio_limits`].
#[must_use]
pub fn odds_ratio_p_value(table: TwoByTwo, threshold: f64, side: Side) -> Option<f64> {
    let ratio = odds_ratio(table)?;
    if threshold.is_nan() || threshold == f64::INFINITY {
        return None;
    }
    if threshold <= 0.0 {
        // Every lower limit is at or above 0, and above it unless the ratio is 0.
        let excluded = side == Side::Above && (threshold < 0.0 || ratio > 0.0);
        return Some(if excluded { 0.0 } else { 1.0 });
    }
    let (centre, error) = log_estimate(table);
    let p = side.p_value((centre - log(threshold)) / error);
    // A limit that is the end of the range excludes nothing at any critical value above 0.
    let open = matches!((side, ratio), (Side::Above, 0.0) | (Side::Below, f64::INFINITY));
    Some(if open { p.max(0.5) } else { p })
}
