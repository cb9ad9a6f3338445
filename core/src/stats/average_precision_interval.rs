//! Logit interval for average precision (area under the precision-recall curve).
//!
//! Boyd, Eng and Page 2013, "Area under the precision-recall curve: point estimates and confidence intervals", ECML PKDD,
//! LNCS 8190, 451-466: logit(AP) ± z / √(positives · AP(1-AP)), mapped back. At AP = 1, where that has no width,
//! Wilson's interval for `positives` successes of `positives` is used instead (the paper's binomial view of AP).
//!
//! Undefined (`None`) without positives, for AP = 0 (which no ranking of a positive can have), outside [0, 1] or NaN.

use super::auc_interval::{expit, logit};
use super::uncertainty::Side;
use super::wilson;

fn valid(value: f64, positives: f64) -> bool {
    value > 0.0 && value <= 1.0 && positives >= 1.0 && positives.is_finite()
}

/// Standard error on the logit scale.
fn error(value: f64, positives: f64) -> f64 {
    1.0 / (positives * value * (1.0 - value)).sqrt()
}

/// Limits at critical value `z`; a negative `z` swaps them.
pub(super) fn limits(value: f64, positives: f64, z: f64) -> Option<(f64, f64)> {
    if !valid(value, positives) {
        return None;
    }
    if value == 1.0 {
        return wilson::limits(positives, positives, z);
    }
    let reach = z * error(value, positives);
    Some((expit(logit(value) - reach), expit(logit(value) + reach)))
}

/// One-sided p against `threshold`, the exact inversion of [`limits`].
pub(super) fn p_value(value: f64, positives: f64, threshold: f64, side: Side) -> Option<f64> {
    if !valid(value, positives) || threshold.is_nan() {
        return None;
    }
    if value == 1.0 {
        return wilson::p_value(positives, positives, threshold, side);
    }
    if threshold <= 0.0 || threshold >= 1.0 {
        let excluded = (threshold <= 0.0) == (side == Side::Above);
        return Some(if excluded { 0.0 } else { 1.0 });
    }
    Some(side.p_value((logit(value) - logit(threshold)) / error(value, positives)))
}

/// Whether the logit interval is used; otherwise Wilson's.
pub(super) fn is_logit(value: f64) -> bool {
    value < 1.0
}
