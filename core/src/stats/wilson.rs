//! Wilson's score interval for one proportion.
//!
//! Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22, 209-212:
//! the p with |x/n - p| <= z √(p(1-p)/n), that is
//! (x + z²/2 ± z √(x(n-x)/n + z²/4)) / (n + z²).
//!
//! `x` and `n` may be real numbers (Kish-effective counts). Undefined (`None`) for n <= 0, x < 0, x > n, NaN or ∞.
//! x = 0 gives exactly 0 as lower limit, x = n exactly 1 as upper limit; the width is never zero.

use super::normal;
use super::uncertainty::Side;

/// Whether `x` successes of `n` trials describe a proportion at all.
pub(super) fn valid(x: f64, n: f64) -> bool {
    n > 0.0 && n.is_finite() && x >= 0.0 && x <= n
}

/// Lower and upper limit at critical value `z`. A negative `z` swaps them, so that one-sided bounds are defined for
/// every tail probability.
pub(super) fn limits(x: f64, n: f64, z: f64) -> Option<(f64, f64)> {
    if !valid(x, n) || z.is_nan() {
        return None;
    }
    let lower = lower(x, n, z.abs());
    let upper = 1.0 - self::lower(n - x, n, z.abs());
    Some(if z < 0.0 { (upper, lower) } else { (lower, upper) })
}

/// The smaller root, written as (product of the roots) / (larger root) so that nothing cancels.
fn lower(x: f64, n: f64, z: f64) -> f64 {
    if x == 0.0 {
        return 0.0;
    }
    let half = 0.5 * z;
    (x / n * x) / (x + 2.0 * half * half + z * (x * ((n - x) / n) + half * half).sqrt())
}

/// One-sided p of the score test against `threshold`, the exact inversion of [`limits`].
///
/// Thresholds at or beyond 0 and 1 are excluded at every level or at none: p is then 0 or 1.
pub(super) fn p_value(x: f64, n: f64, threshold: f64, side: Side) -> Option<f64> {
    if !valid(x, n) || threshold.is_nan() {
        return None;
    }
    // Seen from above, everything mirrors.
    let (x, threshold) = match side {
        Side::Below => (x, threshold),
        Side::Above => (n - x, 1.0 - threshold),
    };
    if threshold <= 0.0 || (threshold == 1.0 && x == n) {
        return Some(1.0);
    }
    if threshold >= 1.0 {
        return Some(0.0);
    }
    Some(normal::cdf((x - n * threshold) / (n * threshold * (1.0 - threshold)).sqrt()))
}
