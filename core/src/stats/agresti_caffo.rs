//! Agresti and Caffo's interval for the difference p1 - p2 of two independent proportions.
//!
//! Agresti and Caffo 2000, "Simple and effective confidence intervals for proportions and differences of proportions result
//! from adding two successes and two failures", The American Statistician 54, 280-288: the textbook interval after adding one
//! success and one failure to each group, p̃ = (x + 1)/(n + 2), p̃1 - p̃2 ± z √(p̃1(1-p̃1)/(n1+2) + p̃2(1-p̃2)/(n2+2)), cut
//! off at -1 and 1. Its centre is drawn towards no difference.
//!
//! Undefined (`None`) for n <= 0, x outside [0, n], NaN. The width is never zero.

use super::uncertainty::Side;
use super::wilson;

/// Centre and standard error.
fn estimate((x1, n1): (f64, f64), (x2, n2): (f64, f64)) -> Option<(f64, f64)> {
    if !(wilson::valid(x1, n1) && wilson::valid(x2, n2)) {
        return None;
    }
    let rate = |x: f64, n: f64| (x + 1.0) / (n + 2.0);
    let variance = |x: f64, n: f64| rate(x, n) * (rate(n - x, n) / (n + 2.0));
    Some((rate(x1, n1) - rate(x2, n2), (variance(x1, n1) + variance(x2, n2)).sqrt()))
}

/// Limits of p1 - p2 at critical value `z`; a negative `z` swaps them.
pub(super) fn limits(first: (f64, f64), second: (f64, f64), z: f64) -> Option<(f64, f64)> {
    let (centre, error) = estimate(first, second)?;
    let within = |limit: f64| limit.clamp(-1.0, 1.0);
    Some((within(centre - z * error), within(centre + z * error)))
}

/// One-sided p against `threshold`, the inversion of [`limits`].
pub(super) fn p_value(first: (f64, f64), second: (f64, f64), threshold: f64, side: Side) -> Option<f64> {
    let (centre, error) = estimate(first, second)?;
    if threshold.is_nan() {
        return None;
    }
    // The cut-off limits exclude what lies beyond them at every level, and their own ends at none.
    let beyond = match side {
        Side::Above => -threshold,
        Side::Below => threshold,
    };
    Some(if beyond > 1.0 {
        0.0
    } else if beyond <= -1.0 {
        1.0
    } else {
        side.p_value((centre - threshold) / error)
    })
}
