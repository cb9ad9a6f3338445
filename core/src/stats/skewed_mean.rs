//! Interval for the mean of numbers that are not negative and have a long tail, such as squared errors, and for a power of it.
//!
//! Hall 1992, "On the removal of skewness by transformation", Journal of the Royal Statistical Society B 54, 221-228: the
//! studentised mean T errs to one side by its skewness γ, and T + γT²/(3√n) + γ²T³/(27n) + γ/(6√n), a cubic that rises
//! everywhere and so has one inverse, does not to that order. Its quantiles are taken as those of Student's t, so that
//! μ = mean - s/√n · T⁻¹(t). A limit below 0 is 0.
//!
//! Undefined (`None`) for n <= 1, a variance or skewness that is no number, no variance (no width), or a mean that is not
//! positive.

use super::student_t;

/// Limits of the mean to the `power`, each exceeded with probability `tail`; `(mean, variance, skewness)` are those of a row.
pub(super) fn limits((mean, variance, skewness): (f64, f64, f64), n: f64, power: f64, tail: f64) -> Option<(f64, f64)> {
    let defined = mean > 0.0 && variance > 0.0 && (mean + variance).is_finite() && skewness.is_finite();
    if !(defined && n > 1.0 && n.is_finite()) {
        return None;
    }
    let (error, t) = ((variance / n).sqrt(), -student_t::quantile(tail, n - 1.0));
    let limit = |t: f64| libm::pow((mean - error * untransformed(t, skewness / n.sqrt())).max(0.0), power);
    Some((limit(t), limit(-t)))
}

/// The T that Hall's cubic takes to `y`; `skew` is γ/√n.
fn untransformed(y: f64, skew: f64) -> f64 {
    let (slope, y) = (skew / 3.0, y - skew / 6.0);
    // With u = 1 + aT the cubic is (u³ - 1) / 3a, a = γ/(3√n); for a of nearly 0 it is T.
    if slope.abs() < 1e-9 { y } else { (libm::cbrt(1.0 + 3.0 * slope * y) - 1.0) / slope }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_is_that_of_halls_cubic() {
        for skew in [-1.1, -0.1, 1e-12, 0.05, 0.9, 3.1] {
            for t in [-3.0, -0.4, 0.0, 0.2, 2.5_f64] {
                let y = t + skew / 3.0 * t * t + skew * skew / 27.0 * t * t * t + skew / 6.0;
                assert!((untransformed(y, skew) - t).abs() < 1e-9, "{skew} {t}");
            }
        }
    }

    #[test]
    fn without_skewness_it_is_students_t() {
        let (lower, upper) = limits((5.0, 4.0, 0.0), 16.0, 1.0, 0.025).expect("defined");
        // scipy.stats.t.ppf(0.975, 15) = 2.131449545559323
        assert!((lower - (5.0 - 2.131_449_545_559_323 * 0.5)).abs() < 1e-12);
        assert!((upper - (5.0 + 2.131_449_545_559_323 * 0.5)).abs() < 1e-12);
    }
}
