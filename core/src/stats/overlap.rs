//! Intervals for Jaccard = TP/(TP+FP+FN) and F1 = 2TP/(2TP+FP+FN).
//!
//! Given that a row is predicted or truly positive, TP is binomial with the Jaccard index as rate, so Wilson's interval
//! applies to it; F1 = 2J/(1+J) is increasing in J, so the limits map (Takahashi et al. 2022, "Confidence interval for
//! micro-averaged F1 and macro-averaged F1 scores", Applied Intelligence 52, treat F1 by the delta method, which has zero
//! width at 0 and 1; this does not).
//!
//! Undefined (`None`) when TP + FP + FN = 0, a count is negative or NaN.

use super::uncertainty::Side;
use super::wilson;

fn union(tp: f64, fp: f64, fn_: f64) -> Option<f64> {
    (tp >= 0.0 && fp >= 0.0 && fn_ >= 0.0).then_some(tp + fp + fn_)
}

/// Limits of the Jaccard index at critical value `z`; a negative `z` swaps them.
pub(super) fn jaccard_limits(tp: f64, fp: f64, fn_: f64, z: f64) -> Option<(f64, f64)> {
    wilson::limits(tp, union(tp, fp, fn_)?, z)
}

/// Limits of F1 at critical value `z`; a negative `z` swaps them.
pub(super) fn f1_limits(tp: f64, fp: f64, fn_: f64, z: f64) -> Option<(f64, f64)> {
    let f1 = |j: f64| 2.0 * j / (1.0 + j);
    let (lower, upper) = jaccard_limits(tp, fp, fn_, z)?;
    Some((f1(lower), f1(upper)))
}

/// One-sided p of the Jaccard index against `threshold`.
pub(super) fn jaccard_p_value(tp: f64, fp: f64, fn_: f64, threshold: f64, side: Side) -> Option<f64> {
    wilson::p_value(tp, union(tp, fp, fn_)?, threshold, side)
}

/// One-sided p of F1 against `threshold`.
pub(super) fn f1_p_value(tp: f64, fp: f64, fn_: f64, threshold: f64, side: Side) -> Option<f64> {
    // Beyond [0, 1] the inverse map means nothing; the nearest point outside has the same answer.
    let threshold = threshold.clamp(-1.0, 1.5);
    jaccard_p_value(tp, fp, fn_, threshold / (2.0 - threshold), side)
}
