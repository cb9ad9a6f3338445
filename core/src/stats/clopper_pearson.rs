//! Clopper and Pearson's exact interval for one proportion.
//!
//! Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika
//! 26, 404-413: all rates under which neither x or more nor x or fewer successes are rarer than the tail. By the relation of
//! the binomial to the beta distribution the limits are quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x). It never
//! covers less than it says, and therefore usually more: Wilson's interval is our default, this one is for those who must
//! quote it.
//!
//! `x` and `n` may be real numbers (Kish-effective counts: Korn and Graubard 1998 use it so). Undefined (`None`) for n <= 0,
//! x outside [0, n], NaN. x = 0 gives exactly 0 as lower limit, x = n exactly 1 as upper limit; the width is never zero.

use super::uncertainty::Side;
use super::{beta, root, wilson};

/// Lower and upper limit, each exceeded with probability at most `tail`.
pub(super) fn limits(x: f64, n: f64, tail: f64) -> Option<(f64, f64)> {
    if !wilson::valid(x, n) {
        return None;
    }
    Some((lower(x, n, tail)?, 1.0 - lower(n - x, n, tail)?))
}

fn lower(x: f64, n: f64, tail: f64) -> Option<f64> {
    if x == 0.0 {
        return Some(0.0);
    }
    root::bracketed(|p| at_least(x, n, p) - tail, 0.0, 1.0)
}

/// P(X >= x) at rate `p`, for x > 0.
fn at_least(x: f64, n: f64, p: f64) -> f64 {
    beta::regularised(x, n - x + 1.0, p, 1.0 - p)
}

/// One-sided p of the exact test against `threshold`, the inversion of [`limits`].
pub(super) fn p_value(x: f64, n: f64, threshold: f64, side: Side) -> Option<f64> {
    if !wilson::valid(x, n) || threshold.is_nan() {
        return None;
    }
    // Seen from below, everything mirrors.
    let (x, threshold) = match side {
        Side::Above => (x, threshold),
        Side::Below => (n - x, 1.0 - threshold),
    };
    Some(if threshold < 0.0 {
        0.0
    } else if x == 0.0 || threshold >= 1.0 {
        1.0
    } else {
        at_least(x, n, threshold)
    })
}
