//! Welch's interval for the difference of two means of independent rows with variances of their own.
//!
//! Welch 1947, "The generalization of Student's problem when several different population variances are involved",
//! Biometrika 34, 28-35: d ± t √(s₁²/n₁ + s₂²/n₂), t with (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁-1) + (s₂²/n₂)²/(n₂-1)) degrees
//! of freedom. Asymptotic, as Student's t for one mean.
//!
//! Undefined (`None`) for n <= 1 on a side, a variance that is negative, both 0 (no width), NaN or ∞.

use super::student_t;
use super::uncertainty::Side;

/// Mean, variance (divisor n - 1) and rows.
pub(super) type Sample = (f64, f64, f64);

/// Difference, its error and degrees of freedom.
fn difference(first: Sample, second: Sample) -> Option<(f64, f64, f64)> {
    let valid = |(mean, variance, n): Sample| {
        mean.is_finite() && variance >= 0.0 && variance.is_finite() && n > 1.0 && n.is_finite()
    };
    if !(valid(first) && valid(second)) {
        return None;
    }
    let (a, b) = (first.1 / first.2, second.1 / second.2);
    let squared = a + b;
    let freedom = squared * squared / (a * a / (first.2 - 1.0) + b * b / (second.2 - 1.0));
    (squared > 0.0 && freedom.is_finite()).then(|| (first.0 - second.0, squared.sqrt(), freedom))
}

/// Limits that are each exceeded with probability `tail`.
pub(super) fn limits(first: Sample, second: Sample, tail: f64) -> Option<(f64, f64)> {
    let (value, error, freedom) = difference(first, second)?;
    let reach = -student_t::quantile(tail, freedom) * error;
    Some((value - reach, value + reach))
}

/// One-sided p against `threshold`.
pub(super) fn p_value(first: Sample, second: Sample, threshold: f64, side: Side) -> Option<f64> {
    let (value, error, freedom) = difference(first, second)?;
    let t = (value - threshold) / error;
    let signed = if side == Side::Below { t } else { -t };
    (!t.is_nan()).then(|| student_t::cdf(signed, freedom))
}
