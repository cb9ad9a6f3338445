//! Student's t interval for a mean (Brier score, log loss): mean ± t √(s²/n) with n - 1 degrees of freedom.
//!
//! Student 1908, "The probable error of a mean", Biometrika 6, 1-25. Asymptotically right for any finite variance; with
//! few rows and a skewed loss (a rare confident mistake not seen yet) it is too narrow, see docs/statistics.md.
//!
//! Undefined (`None`) for n <= 1, s² <= 0 (no width), NaN or ∞.

use super::student_t;
use super::uncertainty::Side;

fn error(mean: f64, variance: f64, n: f64) -> Option<f64> {
    let defined = mean.is_finite() && n > 1.0 && n.is_finite() && variance > 0.0 && variance.is_finite();
    defined.then(|| (variance / n).sqrt())
}

/// Limits that are each exceeded with probability `tail`.
pub(super) fn limits(mean: f64, variance: f64, n: f64, tail: f64) -> Option<(f64, f64)> {
    let error = error(mean, variance, n)?;
    let reach = -student_t::quantile(tail, n - 1.0) * error;
    Some((mean - reach, mean + reach))
}

/// The same for the logarithm of a positive estimate, mapped back; `variance` is that of the logarithm.
pub(super) fn log_limits(value: f64, variance: f64, n: f64, tail: f64) -> Option<(f64, f64)> {
    if !(value > 0.0 && value.is_finite()) {
        return None;
    }
    // The variance of the estimate, not of a row.
    let (lower, upper) = limits(0.0, variance * n, n, tail)?;
    Some((value * libm::exp(lower), value * libm::exp(upper)))
}

/// One-sided p of the t test on that scale. A threshold that no positive measure can take is excluded always or never.
pub(super) fn log_p_value(value: f64, variance: f64, n: f64, threshold: f64, side: Side) -> Option<f64> {
    if !(value > 0.0 && value.is_finite()) {
        return None;
    }
    let p = |logarithm| p_value(0.0, variance * n, n, logarithm, side);
    let excluded = |by: Side| p(0.0).map(|_| if side == by { 0.0 } else { 1.0 });
    match libm::log(threshold / value) {
        _ if threshold <= 0.0 => excluded(Side::Above),
        logarithm if logarithm.is_nan() => None,
        logarithm if logarithm.is_infinite() => excluded(if logarithm < 0.0 { Side::Above } else { Side::Below }),
        logarithm => p(logarithm),
    }
}

/// One-sided p of the t test against `threshold`.
pub(super) fn p_value(mean: f64, variance: f64, n: f64, threshold: f64, side: Side) -> Option<f64> {
    let t = (mean - threshold) / error(mean, variance, n)?;
    let signed = if side == Side::Below { t } else { -t };
    (!t.is_nan()).then(|| student_t::cdf(signed, n - 1.0))
}
