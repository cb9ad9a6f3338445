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
    if value <= 0.0 {
        return None;
    }
    // The variance of the estimate, not of a row.
    let (lower, upper) = limits(0.0, variance * n, n, tail)?;
    let (lower, upper) = (value * libm::exp(lower), value * libm::exp(upper));
    (value.is_finite() && upper.is_finite()).then_some((lower, upper))
}

/// One-sided p of the t test against `threshold`.
pub(super) fn p_value(mean: f64, variance: f64, n: f64, threshold: f64, side: Side) -> Option<f64> {
    let t = (mean - threshold) / error(mean, variance, n)?;
    let signed = if side == Side::Below { t } else { -t };
    (!t.is_nan()).then(|| student_t::cdf(signed, n - 1.0))
}
